//! Users, roles, sessions, links and the log of use.

use crate::base::{Base, both};
use crate::made;
use samsyn_store::lank::Slag;
use samsyn_store::roll::Roll;
use samsyn_store::{Db, StoreError, anvandare, lank, logg, roll, session};
use std::collections::BTreeSet;

fn role(anvandare: i64, roll: &str, insats_id: &str, till_ms: Option<i64>) -> Roll {
    let (roll, insats_id, given_av) = (roll.to_owned(), insats_id.to_owned(), "Kim".to_owned());
    Roll { anvandare, forbund: 1, roll, insats_id, till_ms, given_ms: 5, given_av }
}

async fn user(base: &Base, epost: &str) -> i64 {
    anvandare::create(&base.db, epost, "Kim", 10).await.unwrap()
}

async fn visitor(base: &Base, token: &str, now_ms: i64) -> Option<session::Visitor> {
    session::visitor(&base.db, token, now_ms).await.unwrap()
}

both! {
    /// An address is one user's, however it is written, and says so in Swedish.
    async fn an_address_is_one_users(base: &Base) {
        assert_eq!(anvandare::count(&base.db).await.unwrap(), 0);
        let nr = user(base, " Kim@Exempel.SE ").await;
        let taken = anvandare::create(&base.db, "kim@exempel.se", "Kim två", 11).await.unwrap_err();
        assert!(matches!(taken, StoreError::AddressTaken(_)));
        assert_eq!(taken.to_string(), "Det finns redan en användare med e-postadressen kim@exempel.se.");
        let next = user(base, "åsa@exempel.se").await;
        assert!(next > nr);
        let found = anvandare::by_epost(&base.db, "ÅSA@exempel.se").await.unwrap().unwrap();
        assert_eq!((found.nr, &*found.epost, &*found.namn, found.skapad_ms), (next, "åsa@exempel.se", "Kim", 10));
        assert!(anvandare::rename(&base.db, nr, "Kim Ek").await.unwrap());
        assert!(!anvandare::rename(&base.db, 99, "Ingen").await.unwrap());
        let found = anvandare::find(&base.db, nr).await.unwrap().unwrap();
        assert_eq!((&*found.epost, &*found.namn, found.losenord, found.avstangd_ms), ("kim@exempel.se", "Kim Ek", None, None));
        assert_eq!(anvandare::count(&base.db).await.unwrap(), 2);
        assert_eq!(anvandare::find(&base.db, 99).await.unwrap(), None);
    }

    /// Roles are in force until they end; giving one again moves the end.
    async fn roles_end(base: &Base) {
        base.import(&made::bare("ett"), "2025-01-01").await;
        let (one, two) = (user(base, "a@b.se").await, user(base, "c@d.se").await);
        let (always, short) = (role(one, "lasare", "", None), role(one, "insats", "a", Some(100)));
        for given in [&always, &short, &role(two, "lasare", "", Some(1))] {
            roll::give(&base.db, given).await.unwrap();
        }
        assert_eq!(roll::of(&base.db, one, 99).await.unwrap(), [short.clone(), always.clone()]);
        assert_eq!(roll::of(&base.db, one, 100).await.unwrap(), std::slice::from_ref(&always));
        let longer = Roll { till_ms: Some(200), given_av: "Bo".into(), ..short };
        roll::give(&base.db, &longer).await.unwrap();
        assert_eq!(roll::of(&base.db, one, 150).await.unwrap(), [longer, always]);
        assert_eq!(roll::of_forbund(&base.db, 1).await.unwrap().len(), 3);
        let users = anvandare::of_forbund(&base.db, 1).await.unwrap();
        assert_eq!(users.iter().map(|user| user.nr).collect::<Vec<_>>(), [one, two]);
        assert!(roll::take_back(&base.db, two, 1, "lasare", "").await.unwrap());
        assert!(!roll::take_back(&base.db, two, 1, "lasare", "").await.unwrap());
        assert_eq!(anvandare::of_forbund(&base.db, 1).await.unwrap().len(), 1);
        assert_eq!(anvandare::of_forbund(&base.db, 2).await.unwrap(), []);
    }

    /// One question tells the session, the user and the roles in force.
    async fn a_visitor_is_known_by_the_token(base: &Base) {
        base.import(&made::bare("ett"), "2025-01-01").await;
        let nr = user(base, "a@b.se").await;
        assert!(session::begin(&base.db, "t1", nr, 100).await.unwrap());
        assert!(!session::begin(&base.db, "t2", 99, 100).await.unwrap());
        let bare = visitor(base, "t1", 150).await.unwrap();
        assert_eq!((bare.skapad_ms, bare.senast_ms, bare.anvandare.nr, bare.roller.len()), (100, 100, nr, 0));
        roll::give(&base.db, &role(nr, "lasare", "", None)).await.unwrap();
        roll::give(&base.db, &role(nr, "insats", "a", Some(200))).await.unwrap();
        session::touch(&base.db, "t1", 160).await.unwrap();
        session::touch(&base.db, "t1", 120).await.unwrap();
        let found = visitor(base, "t1", 199).await.unwrap();
        assert_eq!((found.senast_ms, found.roller), (160, roll::of(&base.db, nr, 199).await.unwrap()));
        assert_eq!(visitor(base, "t1", 200).await.unwrap().roller, [role(nr, "lasare", "", None)]);
        assert_eq!(visitor(base, "t2", 150).await, None);
        assert!(session::end(&base.db, "t1").await.unwrap());
        assert_eq!(visitor(base, "t1", 200).await, None);
        for (token, begun) in [("a", 10), ("b", 20), ("c", 30)] {
            session::begin(&base.db, token, nr, begun).await.unwrap();
        }
        session::touch(&base.db, "b", 50).await.unwrap();
        assert_eq!(session::thin_out(&base.db, 15, 40).await.unwrap(), 2);
        assert!(visitor(base, "b", 60).await.is_some());
        assert_eq!(session::end_all(&base.db, nr).await.unwrap(), 1);
    }

    /// A new password and a closed account end every session; a closed user begins none.
    async fn sessions_end_with_the_password(base: &Base) {
        let (one, two) = (user(base, "a@b.se").await, user(base, "c@d.se").await);
        for (token, nr) in [("1", one), ("2", one), ("3", two)] {
            session::begin(&base.db, token, nr, 100).await.unwrap();
        }
        assert!(anvandare::set_password(&base.db, one, "$argon2id$x").await.unwrap());
        assert!(!anvandare::set_password(&base.db, 99, "$argon2id$x").await.unwrap());
        let found = anvandare::find(&base.db, one).await.unwrap().unwrap();
        assert_eq!(found.losenord.as_deref(), Some("$argon2id$x"));
        assert!(!format!("{found:?}").contains("argon"));
        assert!(visitor(base, "1", 101).await.is_none() && visitor(base, "2", 101).await.is_none());
        assert!(visitor(base, "3", 101).await.is_some());
        assert!(anvandare::set_closed(&base.db, two, Some(110)).await.unwrap());
        assert!(visitor(base, "3", 111).await.is_none());
        assert!(!session::begin(&base.db, "4", two, 112).await.unwrap());
        assert!(anvandare::set_closed(&base.db, two, None).await.unwrap());
        assert!(session::begin(&base.db, "4", two, 113).await.unwrap());
    }

    /// A link sets a password once, before its end; a newer one replaces it.
    async fn a_link_is_used_once(base: &Base) {
        let nr = user(base, "a@b.se").await;
        let use_it = async |token: &str, now| lank::use_it(&base.db, token, "phc", now).await.unwrap();
        assert!(lank::make(&base.db, "gammal", nr, Slag::Inbjudan, (100, 1000)).await.unwrap());
        assert!(lank::make(&base.db, "ny", nr, Slag::Aterstallning, (200, 1000)).await.unwrap());
        assert!(!lank::make(&base.db, "ingen", 99, Slag::Inbjudan, (200, 1000)).await.unwrap());
        session::begin(&base.db, "t", nr, 250).await.unwrap();
        assert_eq!((use_it("gammal", 300).await, use_it("okänd", 300).await, use_it("ny", 1000).await), (None, None, None));
        assert!(visitor(base, "t", 300).await.is_some());
        anvandare::set_closed(&base.db, nr, Some(300)).await.unwrap();
        assert_eq!(use_it("ny", 301).await, None);
        anvandare::set_closed(&base.db, nr, None).await.unwrap();
        session::begin(&base.db, "t", nr, 302).await.unwrap();
        assert!(lank::find(&base.db, "ny").await.unwrap().unwrap().good(999));
        assert_eq!((use_it("ny", 999).await, use_it("ny", 999).await), (Some(nr), None));
        let used = lank::find(&base.db, "ny").await.unwrap().unwrap();
        assert_eq!((used.anvand_ms, &*used.slag, used.good(999)), (Some(999), "aterstallning", false));
        assert!(visitor(base, "t", 999).await.is_none());
        let phc = anvandare::find(&base.db, nr).await.unwrap().unwrap().losenord;
        assert_eq!(phc.as_deref(), Some("phc"));
        assert_eq!(lank::thin_out(&base.db, 1000).await.unwrap(), 1);
    }

    /// Of many who use a link at once, one does.
    async fn one_of_many_uses_a_link(base: &Base) {
        let nr = user(base, "a@b.se").await;
        for round in 0..5 {
            let token = format!("t{round}");
            lank::make(&base.db, &token, nr, Slag::Inbjudan, (100, 1000)).await.unwrap();
            let mut tasks = tokio::task::JoinSet::new();
            for who in 0..6 {
                let (target, token) = (base.target.clone(), token.clone());
                tasks.spawn(async move {
                    let db = Db::open(&target).await.unwrap();
                    let phc = format!("phc {who}");
                    (lank::use_it(&db, &token, &phc, 200).await.unwrap(), phc)
                });
            }
            let outcomes = tasks.join_all().await;
            let won: Vec<_> = outcomes.into_iter().filter(|outcome| outcome.0 == Some(nr)).collect();
            assert_eq!(won.len(), 1);
            assert_eq!(anvandare::find(&base.db, nr).await.unwrap().unwrap().losenord.as_ref(), Some(&won[0].1));
        }
    }

    /// Many who write at once get a number each; the newest come first, in pages.
    async fn the_log_is_numbered(base: &Base) {
        base.import(&made::bare("ett"), "2025-01-01").await;
        let nr = user(base, "a@b.se").await;
        let mut tasks = tokio::task::JoinSet::new();
        for who in 0..4 {
            let target = base.target.clone();
            tasks.spawn(async move {
                let db = Db::open(&target).await.unwrap();
                for times in 0..10 {
                    let slag = if times % 2 == 0 { "inloggning" } else { "lasning" };
                    let (vem, forbund) = (format!("användare {who}"), (times > 0).then_some(1));
                    let row =
                        logg::Row { forbund, tid_ms: times, anvandare: Some(nr), vem: &vem, slag, vad: "listan" };
                    logg::write(&db, row).await.unwrap();
                }
            });
        }
        tasks.join_all().await;
        let list = async |forbund, before, limit, slag| logg::list(&base.db, forbund, before, limit, slag).await.unwrap();
        let all = list(Some(1), None, 100, None).await;
        assert_eq!(all.len(), 36);
        assert!(all.windows(2).all(|pair| pair[0].nr > pair[1].nr));
        assert_eq!((all[0].anvandare, &*all[0].vad, all[0].forbund), (Some(nr), "listan", Some(1)));
        let none = list(None, None, 100, None).await;
        assert_eq!(none.len(), 4);
        let numbers: BTreeSet<i64> = all.iter().chain(&none).map(|row| row.nr).collect();
        assert_eq!(numbers, (1..=40).collect());
        assert_eq!(list(Some(1), Some(all[9].nr), 5, None).await, all[10..15]);
        let reads = list(Some(1), None, 100, Some("lasning")).await;
        assert!(reads.len() == 20 && reads.iter().all(|row| row.slag == "lasning"));
        assert_eq!(list(Some(2), None, 100, None).await, []);
        assert_eq!(logg::thin_out(&base.db, 5).await.unwrap(), 20);
    }
}
