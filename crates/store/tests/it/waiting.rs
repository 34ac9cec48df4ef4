//! Proposals that wait for a yes, and settings.

use crate::base::both;
use crate::made;
use samsyn_core::Access;
use samsyn_store::{Signature, anvandare, forslag, handelse, import, installning};
use std::collections::BTreeMap;

const KIND: &str = installning::KIND;

fn at(now_ms: i64) -> Signature<'static> {
    Signature { who: "Kim", why: "ny logga", now_ms }
}

fn values(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

both! {
    /// A setting is known from when it was set; the same again is no event.
    async fn settings_have_two_times(base: &Base) {
        base.import(&made::bare("ett"), "2025-01-01").await;
        base.import(&made::bare("två"), "2025-01-01").await;
        let set = async |values: &[(&str, Option<&str>)], now| installning::set(&base.db, 1, values, at(now)).await.unwrap();
        let known = async |at| installning::known_at(&base.db, 1, at).await.unwrap();
        assert_eq!(set(&[], 100).await, None);
        assert_eq!(set(&[("a", Some("1")), ("b", Some(""))], 100).await, Some(2));
        assert_eq!(set(&[("a", Some("1")), ("c", None)], 110).await, None);
        assert_eq!(set(&[("a", Some("2")), ("b", None), ("d", Some("4"))], 120).await, Some(3));
        // At the same moment, and after a clock that was set back.
        assert_eq!(set(&[("a", Some("3"))], 120).await, Some(4));
        assert_eq!(set(&[("a", Some("5"))], 90).await, Some(5));
        assert_eq!(known(99).await, values(&[]));
        assert_eq!(known(100).await, values(&[("a", "1"), ("b", "")]));
        assert_eq!(known(119).await, known(100).await);
        assert_eq!(known(120).await, values(&[("a", "5"), ("d", "4")]));
        assert_eq!(installning::current(&base.db, 1).await.unwrap(), known(120).await);
        assert_eq!(installning::current(&base.db, 2).await.unwrap(), values(&[]));
        let log = handelse::list(&base.db, 1).await.unwrap();
        assert_eq!(log.iter().map(|event| &*event.slag).collect::<Vec<_>>(), ["import", KIND, KIND, KIND, KIND]);
        assert!(installning::set(&base.db, 99, &[("a", None)], at(1)).await.is_err());
    }

    /// A picture is kept once and is found by its hash; a file of an import never is.
    async fn a_picture_is_a_setting(base: &Base) {
        base.import(&made::bare("ett"), "2025-01-01").await;
        let access = base.access("ett").await;
        assert_eq!(installning::set_bild(&base.db, 1, "logga", b"\x89PNG", at(100)).await.unwrap(), Some(2));
        assert_eq!(installning::set_bild(&base.db, 1, "logga", b"\x89PNG", at(110)).await.unwrap(), None);
        assert_eq!(installning::set_bild(&base.db, 1, "logga", b"annan", at(120)).await.unwrap(), Some(3));
        let hash = installning::known_at(&base.db, 1, 110).await.unwrap().remove("logga").unwrap();
        assert_eq!(installning::bild(&base.db, 1, &hash).await.unwrap().as_deref(), Some(&b"\x89PNG"[..]));
        assert_eq!(installning::bild(&base.db, 2, &hash).await.unwrap(), None);
        let imported = import::files(&base.db, &access, 1).await.unwrap().remove(0).sha256;
        assert_eq!(installning::bild(&base.db, 1, &imported).await.unwrap(), None);
        installning::set(&base.db, 1, &[("logga", Some(&imported))], at(130)).await.unwrap();
        assert_eq!(installning::bild(&base.db, 1, &imported).await.unwrap(), None);
    }

    /// An upload waits with its files until it is discarded or too old; its number never returns.
    async fn a_proposal_waits(base: &Base) {
        base.import(&made::bare("ett"), "2025-01-01").await;
        base.import(&made::bare("två"), "2025-01-01").await;
        let (one, two) = (base.access("ett").await, base.access("två").await);
        let nr = anvandare::create(&base.db, "a@b.se", "Kim", 1).await.unwrap();
        let files = vec![("b.csv".to_owned(), vec![0, 255, 3]), ("å.csv".to_owned(), vec![])];
        let keep = async |access: &Access, now| forslag::keep(&base.db, access, nr, "mapp", &files, now).await.unwrap();
        let find = async |access: &Access, nr| forslag::find(&base.db, access, nr).await.unwrap();
        let (first, second, third) = (keep(&one, 10).await, keep(&two, 20).await, keep(&one, 30).await);
        let (found, kept) = find(&one, first).await.unwrap();
        assert_eq!((found.anvandare, found.skapad_ms, &*found.namn, kept), (nr, 10, "mapp", files.clone()));
        assert!(find(&two, first).await.is_none() && find(&one, second).await.is_none());
        let numbers: Vec<i64> = forslag::list(&base.db, &one).await.unwrap().iter().map(|row| row.nr).collect();
        assert_eq!(numbers, [first, third]);
        assert!(!forslag::discard(&base.db, &two, third).await.unwrap());
        assert!(forslag::discard(&base.db, &one, third).await.unwrap());
        assert!(!forslag::discard(&base.db, &one, third).await.unwrap());
        assert!(keep(&one, 40).await > third);
        assert_eq!(forslag::thin_out(&base.db, 30).await.unwrap(), 2);
        assert_eq!(forslag::list(&base.db, &two).await.unwrap(), []);
        assert_eq!(base.count("SELECT count(*) FROM forslag_fil").await, 2);
    }
}
