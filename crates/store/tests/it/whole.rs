//! An import is one transaction, of one förbund, signed and with its files.

use crate::base::{Base, both, noon};
use crate::made::{self, day, deltagande, kvartal};
use crate::times::{current, known, with};
use samsyn_core::Facts;
use samsyn_store::import::{ImportOutcome, Package};
use samsyn_store::{Db, Signature, StoreError, forbund, handelse, import};
use std::collections::BTreeSet;

/// Rows of every table that an import writes.
async fn rows(base: &Base) -> Vec<i64> {
    let mut counts = Vec::new();
    for table in ["forbund", "handelse", "import", "fil", "import_fil", "insats", "deltagande", "forbundsuppgift"] {
        counts.push(base.count(&format!("SELECT count(*) FROM {table}")).await);
    }
    counts
}

fn package<'a>(facts: &'a Facts, present: &'a BTreeSet<&'a str>, files: &'a [(String, Vec<u8>)]) -> Package<'a> {
    Package { name: "mapp", facts, present, files }
}

const KIM: Signature<'_> = Signature { who: "Kim", why: "ny uppföljningsfil", now_ms: 1_700_000_000_000 };

both! {
    /// When one row in the middle cannot be stored, nothing is.
    async fn all_of_it_or_nothing(base: &Base) {
        // A database that refuses the year 1899.
        let mut tx = base.db.transaction().await.unwrap();
        let index = "CREATE UNIQUE INDEX prov ON deltagande (forbund) WHERE fodelsear = 1899";
        tx.execute(index, Vec::new()).await.unwrap();
        tx.commit().await.unwrap();
        let refused = |mut facts: Facts| {
            facts.deltagare[1900].fodelsear = Some(1899);
            facts.deltagare[1901].fodelsear = Some(1899);
            facts
        };
        let mut facts = made::forbund("ett", 1, 2000);
        let error = base.try_import(&refused(facts.clone()), "2022-01-01", false).await.unwrap_err();
        assert!(matches!(error, StoreError::Database(_)), "{error:?}");
        assert_eq!(rows(base).await, [0; 8]);

        base.import(&facts, "2025-01-01").await;
        let before = rows(base).await;
        facts.insatser[0].namn = "Nytt namn".into();
        facts.deltagare[0].fodelsear = Some(1999);
        base.try_import(&refused(facts), "2025-01-02", false).await.unwrap_err();
        assert_eq!(rows(base).await, before);
        let left = current(base, "ett").await;
        assert_ne!(left.insatser[0].namn, "Nytt namn");
        assert_ne!(left.deltagare[0].fodelsear, Some(1999));
    }

    /// Two rows with one key would be two facts known at once.
    async fn a_fact_that_stands_twice_is_refused(base: &Base) {
        let twice = with([deltagande("D1", "2022-01-01"), deltagande("D2", "2022-01-01"), deltagande("D1", "2022-01-02")]);
        let error = base.try_import(&twice, "2022-02-01", false).await.unwrap_err();
        assert_eq!(error.to_string(), "deltagare.csv: D1 står två gånger. Inget har ändrats.");
        assert_eq!(rows(base).await, [0; 8]);
    }

    /// What separates columns and rows on the way back can never be stored; nor a key too long to index.
    async fn control_characters_and_endless_keys_are_refused(base: &Base) {
        for (text, good) in [("a\u{1e}b", false), ("a\u{1f}b", false), ("a\0b", false), ("a\tb\r\nc", true)] {
            let mut facts = made::bare("ett");
            facts.forbund[0].namn = text.into();
            let stored = base.try_import(&facts, "2022-01-01", false).await;
            assert_eq!(stored.is_ok(), good, "{text:?}");
            if let Err(error) = stored {
                assert!(matches!(error, StoreError::Text("forbund", _, "namn")), "{error:?}");
            }
        }
        let mut facts = made::forbund("två", 1, 0);
        facts.aktiviteter[0].titel = "å".repeat(1_200);
        let error = base.try_import(&facts, "2022-01-01", false).await.unwrap_err();
        assert!(error.to_string().starts_with("aktiviteter.csv, 2022-05-03/seminarium/åå"), "{error}");
        assert!(error.to_string().contains("kolumn \"titel\""), "{error}");
        facts.aktiviteter[0].titel = "å".repeat(900);
        base.import(&facts, "2022-01-01").await;
    }

    /// Text comes back as it was, whatever it holds.
    async fn text_is_kept_as_it_is(base: &Base) {
        let mut facts = made::forbund("ett", 2, 3);
        let odd = "semikolon; \"citat\"\nny rad\r\n'apostrof' -- $1 ? % \\ åäöÅÄÖ é 𝄞 \u{a0}slut";
        facts.kvartalsrapporter[0].kommentar = Some(odd.into());
        facts.aktiviteter[0].titel = odd.into();
        facts.medlemmar[0].medlem = format!("{odd}'); DROP TABLE insats; --");
        base.import(&facts, "2025-01-01").await;
        assert_eq!(current(base, "ett").await, facts);
        facts.aktiviteter[0].antal_deltagare = Some(0);
        assert_eq!(base.import(&facts, "2025-01-02").await.per_noun[15], ("aktiviteter", 0, 1));
        assert_eq!(current(base, "ett").await, facts);
    }

    /// A row that is gone is reported and left; nothing is stored until a person says so.
    async fn a_row_that_is_gone_is_reported_and_left(base: &Base) {
        let rows = ["D1", "D2", "D3"].map(|name| deltagande(name, "2022-03-01"));
        base.import(&with(rows.clone()), "2022-04-01").await;
        let mut less = with([rows[0].clone(), rows[2].clone()]);
        less.deltagare[1].fodelsear = Some(1999);
        let told = base.import(&less, "2022-05-01").await;
        assert_eq!(told.gone, [("deltagare", "D2".to_owned())]);
        assert!(!told.stored && !told.unchanged);
        assert_eq!(current(base, "ett").await, with(rows.clone()));

        let accepted = base.try_import(&less, "2022-05-02", true).await.unwrap();
        assert!(accepted.stored && accepted.gone == told.gone && accepted.import_nr == Some(2));
        let mut left = rows.clone();
        left[2].fodelsear = Some(1999);
        assert_eq!(current(base, "ett").await, with(left));

        let only_gone = base.try_import(&less, "2022-05-03", true).await.unwrap();
        assert!(only_gone.unchanged && !only_gone.stored && only_gone.gone == told.gone);
    }

    /// A file that is absent from the package changes nothing and misses nothing.
    async fn an_absent_file_is_no_empty_file(base: &Base) {
        base.import(&made::forbund("ett", 5, 20), "2025-01-01").await;
        let before = current(base, "ett").await;
        let mut part = made::bare("ett");
        part.forbund[0].namn = "Nytt namn".into();
        let present = BTreeSet::from(["forbund"]);
        let outcome = import::store(&base.db, package(&part, &present, &[]), KIM, false, &mut |_, _| ()).await.unwrap();
        assert_eq!((outcome.stored, outcome.gone.len(), outcome.per_noun), (true, 0, vec![("forbund", 0, 1)]));
        let after = current(base, "ett").await;
        assert_eq!(after, Facts { forbund: part.forbund, ..before });
        assert_eq!(forbund::find(&base.db, "ett").await.unwrap().namn, "Nytt namn");
        // The opposite: a file that is there and empty.
        let empty = BTreeSet::from(["forbund", "deltagare"]);
        let part = Facts { forbund: after.forbund, ..Facts::default() };
        let package = package(&part, &empty, &[]);
        assert_eq!(import::store(&base.db, package, KIM, false, &mut |_, _| ()).await.unwrap().gone.len(), 20);
    }

    /// Everything belongs to one förbund; the same ids in two never meet.
    async fn two_forbund_never_see_each_other(base: &Base) {
        let (one, two) = (made::forbund("ett", 1, 30), made::forbund("två", 2, 20));
        base.import(&one, "2025-01-01").await;
        assert!(base.import(&two, "2025-01-01").await.first);
        assert_eq!(current(base, "ett").await, one);
        assert_eq!(current(base, "två").await, two);
        let mut changed = two.clone();
        changed.deltagare[3].fodelsear = Some(1901);
        changed.insatser[0].namn = "Bytt".into();
        assert!(base.import(&changed, "2025-01-02").await.gone.is_empty());
        assert_eq!(current(base, "ett").await, one);
        assert_eq!(known(base, "ett", day("2025-02-01")).await, one.known_at(day("2025-02-01")));
        assert!(base.import(&one, "2025-01-03").await.unchanged);
        let all = forbund::all(&base.db).await.unwrap();
        let all: Vec<_> = all.iter().map(|row| (row.nr, row.forbund_id.as_str(), row.namn.as_str())).collect();
        assert_eq!(all, [(1, "ett", "Samordningsförbundet ett"), (2, "två", "Samordningsförbundet två")]);
        assert_eq!(handelse::list(&base.db, 1).await.unwrap().len(), 1);
        assert_eq!(import::list(&base.db, 2).await.unwrap().len(), 2);
        let error = forbund::find(&base.db, "tre").await.unwrap_err();
        assert_eq!(error.to_string(), "Det finns inget samordningsförbund med id \"tre\".");
        let error = base.try_import(&Facts::default(), "2025-01-01", false).await.unwrap_err();
        assert!(matches!(error, StoreError::NoForbund));
    }

    /// Accepted files are kept as received with their hash; the log says who, when and why.
    async fn files_are_kept_as_received(base: &Base) {
        let mut facts = made::forbund("ett", 1, 5);
        let bytes: Vec<u8> = (0..=255).cycle().take(300_000).collect();
        let files = |extra: &str| {
            vec![("å.csv".to_owned(), bytes.clone()), ("b.csv".to_owned(), extra.into()), ("tom.csv".to_owned(), vec![])]
        };
        let present = made::every_file();
        let store = async |facts: &Facts, files: &[(String, Vec<u8>)]| {
            import::store(&base.db, package(facts, &present, files), KIM, false, &mut |_, _| ()).await.unwrap()
        };
        assert_eq!(store(&facts, &files("abc")).await.import_nr, Some(1));
        assert_eq!(store(&facts, &files("abcd")).await.import_nr, None);
        facts.budget[0].belopp_kr = samsyn_document::Belopp::from_ore(1);
        assert_eq!(store(&facts, &files("abcd")).await.import_nr, Some(2));

        let list = import::list(&base.db, 1).await.unwrap();
        let shown: Vec<_> = list.iter().map(|i| (i.nr, &*i.namn, i.registrerad_ms, &*i.vem, &*i.varfor)).collect();
        let told = ("mapp", 1_700_000_000_000, "Kim", "ny uppföljningsfil");
        assert_eq!(shown, [(1, told.0, told.1, told.2, told.3), (2, told.0, told.1, told.2, told.3)]);
        assert_ne!(list[0].paket_sha256, list[1].paket_sha256);
        let access = base.access("ett").await;
        let kept = import::files(&base.db, &access, 1).await.unwrap();
        let names: Vec<_> = kept.iter().map(|file| (&*file.namn, file.innehall.len())).collect();
        assert_eq!(names, [("b.csv", 3), ("tom.csv", 0), ("å.csv", 300_000)]);
        assert_eq!(kept[0].sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(kept[2].innehall, bytes);
        assert_eq!(import::files(&base.db, &access, 2).await.unwrap()[0].innehall, b"abcd");
        assert_eq!(base.count("SELECT count(*) FROM fil").await, 4);
        assert_eq!(import::files(&base.db, &access, 3).await.unwrap(), []);
    }

    /// Progress ends with all of it.
    async fn progress_is_told(base: &Base) {
        let facts = made::forbund("ett", 1, 3000);
        let mut told = Vec::new();
        let package = Package { name: "", facts: &facts, present: &made::every_file(), files: &[] };
        import::store(&base.db, package, KIM, false, &mut |done, total| told.push((done, total))).await.unwrap();
        let total = told[0].1;
        assert!(total > 5000 && told.len() > 10 && told.is_sorted() && told.iter().all(|step| step.1 == total));
        assert_eq!(told.last(), Some(&(total, total)));
    }

    /// Two who import for one förbund at once come one after the other.
    async fn two_imports_at_once_queue(base: &Base) {
        let facts = |nr: usize| {
            let mut facts = made::forbund("ett", 1, 300);
            facts.budget[nr].kvartal = kvartal(&format!("2030-K{}", nr % 4 + 1));
            facts.deltagare[nr].fodelsear = Some(1900 + nr as u16);
            facts
        };
        let mut tasks = tokio::task::JoinSet::new();
        for nr in 0..6 {
            let (target, facts) = (base.target.clone(), facts(nr));
            tasks.spawn(async move {
                let db = Db::open(&target).await.unwrap();
                let present = made::every_file();
                let signature = Signature { now_ms: noon("2025-01-01") + nr as i64, ..KIM };
                import::store(&db, package(&facts, &present, &[]), signature, true, &mut |_, _| ()).await.unwrap()
            });
        }
        let outcomes: Vec<ImportOutcome> = tasks.join_all().await;
        assert!(outcomes.iter().all(|outcome| outcome.stored));
        assert_eq!(outcomes.iter().filter(|outcome| outcome.first).count(), 1);
        let numbers: BTreeSet<_> = outcomes.iter().map(|outcome| outcome.import_nr).collect();
        assert_eq!(numbers, (1..=6).map(Some).collect());
        assert_eq!(base.count("SELECT count(*) FROM deltagande WHERE ended IS NULL").await, 300);
        let log = handelse::list(&base.db, 1).await.unwrap();
        assert_eq!(log.iter().map(|event| event.nr).collect::<Vec<_>>(), [1, 2, 3, 4, 5, 6]);
    }

    /// Two new förbund at the same moment get a number each.
    async fn two_new_forbund_at_once(base: &Base) {
        let mut tasks = tokio::task::JoinSet::new();
        for nr in 0..6 {
            let target = base.target.clone();
            tasks.spawn(async move {
                let db = Db::open(&target).await.unwrap();
                let (facts, present) = (made::bare(&format!("f{nr}")), made::every_file());
                import::store(&db, package(&facts, &present, &[]), KIM, false, &mut |_, _| ()).await.unwrap()
            });
        }
        assert!(tasks.join_all().await.iter().all(|outcome| outcome.first && outcome.import_nr == Some(1)));
        let numbers: Vec<i64> = forbund::all(&base.db).await.unwrap().iter().map(|row| row.nr).collect();
        assert_eq!(numbers, [1, 2, 3, 4, 5, 6]);
    }
}
