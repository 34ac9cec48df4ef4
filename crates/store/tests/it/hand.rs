//! Changing single facts, undoing an import, and the history of one fact.

use crate::base::{Base, both, noon};
use crate::made::{self, Chance, day, deltagande, exited};
use crate::times::{current, known, with};
use samsyn_core::deltagande::Deltagande;
use samsyn_core::sparandesteg::Sparandesteg;
use samsyn_core::{Access, Fact, Facts, for_every_noun};
use samsyn_store::change::{self, Changed, Upon};
use samsyn_store::import::{self, Reading, Undone};
use samsyn_store::{Signature, facts, forbund, handelse, history, inlast};

fn on(day: &str) -> Signature<'static> {
    Signature { who: "Kim", why: "rättat för hand", now_ms: noon(day) }
}

async fn change(base: &Base, rows: &Facts, day: &str) -> Changed {
    let access = base.access("ett").await;
    change::change(&base.db, &access, rows, on(day), "rattelse").await.unwrap()
}

async fn end(base: &Base, resource: &str, key: &str, day: &str) -> Option<i64> {
    let access = base.access("ett").await;
    change::end(&base.db, &access, resource, key, on(day), "borttagning").await.unwrap()
}

async fn undo(base: &Base, nr: i64, day: &str) -> Undone {
    import::undo(&base.db, &base.access("ett").await, nr, on(day)).await.unwrap()
}

fn only(row: Deltagande) -> Facts {
    Facts { deltagare: vec![row], ..Facts::default() }
}

/// No fact has two versions known at once, and every version points to events that there are.
async fn whole(base: &Base) {
    macro_rules! check {
        ($($field:ident: $type:ty,)+) => { $(
            let table = <$type>::TABLE;
            let keys: String =
                <$type>::KEY.iter().map(|&i| format!(" AND a.{0} = b.{0}", <$type>::FIELDS[i])).collect();
            let both = format!(
                "SELECT count(*) FROM {table} a JOIN {table} b ON a.forbund = b.forbund{keys} \
                 AND (a.known < b.known OR (a.known = b.known AND a.handelse < b.handelse)) \
                 WHERE (a.ended IS NULL OR a.ended > b.known) AND (b.ended IS NULL OR b.ended > b.known)"
            );
            assert_eq!(base.count(&both).await, 0, "{table}");
            let lost = format!(
                "SELECT count(*) FROM {table} a WHERE (a.ended IS NULL) <> (a.handelse_slut IS NULL) OR a.ended < a.known \
                 OR NOT EXISTS (SELECT 1 FROM handelse h WHERE h.forbund = a.forbund AND h.nr = a.handelse)"
            );
            assert_eq!(base.count(&lost).await, 0, "{table}");
        )+ };
    }
    for_every_noun!(check);
}

both! {
    /// Only the rows given are touched; what is new comes last; the same again is no event.
    async fn single_facts_change(base: &Base) {
        let stored = made::forbund("ett", 1, 60);
        base.import(&stored, "2025-01-01").await;
        let mut corrected = stored.deltagare[30].clone();
        corrected.fodelsear = Some(1901);
        let mut insats = stored.insatser[3].clone();
        insats.namn = "Nytt namn".into();
        let rows = Facts {
            deltagare: vec![deltagande("Å-ny", "2025-02-01"), corrected.clone(), deltagande("A-ny", "2025-02-20")],
            insatser: vec![insats.clone()],
            ..Facts::default()
        };
        let changed = change(base, &rows, "2025-03-01").await;
        assert_eq!(changed, Changed { event: Some(2), per_noun: vec![("insatser", 0, 1), ("deltagare", 2, 1)] });
        let mut expected = stored.clone();
        expected.deltagare[30] = corrected;
        expected.insatser[3] = insats;
        expected.deltagare.extend([deltagande("Å-ny", "2025-02-01"), deltagande("A-ny", "2025-02-20")]);
        assert_eq!(current(base, "ett").await, expected);
        // Dated by the row itself, or known from now.
        assert_eq!(known(base, "ett", day("2025-02-10")).await.deltagare.len(), stored.known_at(day("2025-02-10")).deltagare.len() + 1);
        assert_eq!(known(base, "ett", day("2025-02-28")).await.insatser, stored.insatser);
        assert_eq!(known(base, "ett", day("2025-03-01")).await.insatser, expected.insatser);
        let again = change(base, &rows, "2025-03-02").await;
        assert_eq!(again, Changed { event: None, per_noun: vec![("insatser", 0, 0), ("deltagare", 0, 0)] });
        let log = handelse::list(&base.db, 1).await.unwrap();
        assert_eq!((log.len(), &*log[1].slag, &*log[1].varfor, log[1].import), (2, "rattelse", "rättat för hand", None));
        // The same as an import of everything would have given.
        assert!(base.import(&expected, "2025-03-03").await.unchanged);
        // Many at once are compared with all that is stored.
        let mut many = Facts { deltagare: expected.deltagare.clone(), ..Facts::default() };
        many.deltagare.iter_mut().for_each(|row| row.anonym = !row.anonym);
        many.deltagare.push(deltagande("sist", "2025-02-01"));
        let count = expected.deltagare.len();
        assert_eq!(change(base, &many, "2025-04-01").await.per_noun, [("deltagare", 1, count)]);
        assert_eq!(current(base, "ett").await.deltagare, many.deltagare);
        let twice = Facts { deltagare: vec![deltagande("x", "2025-01-01"); 2], ..Facts::default() };
        assert!(change::change(&base.db, &base.access("ett").await, &twice, on("2025-04-02"), "x").await.is_err());
        assert!(change::change(&base.db, &Access::command_line(9), &rows, on("2025-04-02"), "x").await.is_err());
        // A förbund neither becomes two nor ends.
        let (access, mut own) = (base.access("ett").await, made::bare("två"));
        assert!(change::change(&base.db, &access, &own, on("2025-04-03"), "x").await.is_err());
        assert!(change::end(&base.db, &access, "forbund", "ett", on("2025-04-03"), "x").await.is_err());
        own.forbund[0] = samsyn_core::forbund::Forbund { namn: "Nytt".into(), ..expected.forbund[0].clone() };
        assert_eq!(change(base, &own, "2025-04-03").await.per_noun, [("forbund", 0, 1)]);
        assert_eq!(forbund::find(&base.db, "ett").await.unwrap().namn, "Nytt");
        whole(base).await;
    }

    /// Of two changes made from the same facts the second is not stored; facts whose keys only begin alike are others.
    async fn a_change_upon_facts_that_have_changed_is_not_stored(base: &Base) {
        base.import(&made::forbund("ett", 1, 10), "2025-01-01").await;
        let access = base.access("ett").await;
        let row = |income: i64, from: &str| Sparandesteg {
            galler_fran: day(from),
            intakt_fran_kr: samsyn_document::Belopp::from_kronor(income),
            hogst_procent: Some(20),
            hogst_kr: None,
            kalla: "Skrivelse".into(),
        };
        let rows = |income: i64, from: &str| Facts { sparandesteg: vec![row(income, from)], ..Facts::default() };
        let upon = async |rows: Facts, ended: &[(&str, String)], prefix: &str, event: i64, on_day: &str| {
            let upon = Upon { resource: Sparandesteg::RESOURCE, prefix, event };
            change::change_upon(&base.db, &access, &rows, ended, Some(upon), (on(on_day), "x")).await.unwrap()
        };
        let table = "2031-01-01";
        let first = forbund::state(&base.db, 1).await.unwrap().0;
        assert!(upon(rows(1, table), &[], table, first, "2025-02-01").await.is_some());
        let before = current(base, "ett").await;
        assert_eq!(upon(rows(2, table), &[], table, first, "2025-02-02").await, None);
        assert_eq!(current(base, "ett").await, before);
        assert!(upon(rows(3, "2032-01-01"), &[], "2032-01-01", first, "2025-02-03").await.is_some());
        assert!(upon(rows(4, table), &[], "2031-01", first, "2025-02-03").await.is_some());
        // One that has ended has changed too.
        let now = forbund::state(&base.db, 1).await.unwrap().0;
        let ended = [(Sparandesteg::RESOURCE, row(1, table).key())];
        assert!(upon(Facts::default(), &ended, table, now, "2025-02-04").await.is_some());
        assert_eq!(upon(rows(5, table), &[], table, now, "2025-02-05").await, None);
        assert_eq!(upon(rows(5, table), &[], &row(1, table).key(), now, "2025-02-05").await, None);
        whole(base).await;
    }

    /// An ended fact is not known from then on; one that comes again is known from its end at the earliest.
    async fn a_fact_ends(base: &Base) {
        let enrolled = deltagande("D1", "2022-03-01");
        base.import(&with([enrolled.clone(), deltagande("D2", "2022-03-01")]), "2022-04-01").await;
        base.import(&with([exited(enrolled.clone(), "2022-05-20", "2022-07-05"), deltagande("D2", "2022-03-01")]), "2022-06-01").await;
        assert_eq!(end(base, "deltagare", "D3", "2022-06-10").await, None);
        assert_eq!(end(base, "ingen", "D1", "2022-06-10").await, None);
        // Ended before the exit, already stored, is known.
        assert_eq!(end(base, "deltagare", "D1", "2022-06-10").await, Some(3));
        assert_eq!(end(base, "deltagare", "D1", "2022-06-11").await, None);
        assert_eq!(known(base, "ett", day("2022-06-09")).await.deltagare[0], enrolled);
        for later in ["2022-06-10", "2022-07-05", "2025-01-01"] {
            assert_eq!(known(base, "ett", day(later)).await.deltagare.len(), 1, "{later}");
        }
        assert_eq!(current(base, "ett").await.deltagare.len(), 1);
        whole(base).await;
        let again = exited(enrolled, "2022-05-20", "2022-05-25");
        assert_eq!(change(base, &only(again.clone()), "2022-08-01").await.per_noun, [("deltagare", 1, 0)]);
        assert_eq!(known(base, "ett", day("2022-06-09")).await.deltagare.len(), 2);
        assert_eq!(known(base, "ett", day("2022-06-10")).await.deltagare[1], again);
        whole(base).await;
        assert_eq!(end(base, "medlemmar", "", "2022-08-02").await, None);
    }

    /// After the undoing everything is as before the import; as known before it, as it was then.
    async fn an_undone_import_leaves_everything_as_it_was(base: &Base) {
        let mut chance = Chance(5);
        let mut stored = made::forbund("ett", 3, 40);
        base.import(&stored, "2025-01-15").await;
        for (round, on) in ["2025-02-01", "2025-03-01", "2025-04-01"].into_iter().enumerate() {
            let others = made::forbund("ett", 100 + round as u64, 40);
            let mut next = stored.clone();
            for row in &mut next.deltagare {
                if chance.once_in(3) {
                    let other = chance.one(&others.deltagare.iter().collect::<Vec<_>>());
                    *row = Deltagande { deltagande_id: row.deltagande_id.clone(), ..other.clone() };
                }
            }
            next.deltagare.insert(3, deltagande(&format!("N{round}"), "2025-01-20"));
            // Dated ahead of the undoing: an exit and an enrolment that are never to be known.
            next.deltagare[7] = exited(deltagande(next.deltagare[7].deltagande_id.as_str(), "2024-12-01"), "2026-05-01", "2026-05-01");
            next.deltagare.push(deltagande(&format!("F{round}"), "2026-06-01"));
            next.insatser[round].namn = format!("Namn {round}");
            next.budget = others.budget;
            let undoing = day(on).add_days(11).to_string();
            let ahead = ["2026-05-01", "2026-06-02", "2030-01-01"];
            let mut expected = Vec::new();
            for later in [undoing.as_str()].into_iter().chain(ahead) {
                expected.push((day(later), known(base, "ett", day(later)).await));
            }
            let imported = base.import(&next, on).await.import_nr.unwrap();
            let mut before = Vec::new();
            for ahead in 0..20 {
                before.push(known(base, "ett", day(on).add_days(ahead - 9)).await);
            }
            let done = undo(base, imported, &undoing).await;
            assert!(matches!(done, Undone::Done { ended, again, .. } if ended > again && again > 50), "{done:?}");
            for (ahead, was) in (0..20).zip(before) {
                assert_eq!(known(base, "ett", day(on).add_days(ahead - 9)).await, was, "{round}: {ahead}");
            }
            assert_eq!(current(base, "ett").await, stored, "round {round}");
            for (later, expected) in expected {
                assert_eq!(known(base, "ett", later).await, expected, "{round}: {later}");
            }
            whole(base).await;
            let Undone::Already(by) = undo(base, imported, "2025-05-01").await else { panic!("undone twice") };
            assert_eq!((by.slag.as_str(), by.import), ("angra", Some(imported)));
            let list = import::list(&base.db, 1).await.unwrap();
            assert_eq!(list.last().unwrap().angrad_av, Some(by.nr));
            assert_eq!(list[0].angrad_av, None);
            // The package can be imported again, and the next round goes on from there.
            let redone = base.import(&next, &day(&undoing).add_days(1).to_string()).await;
            assert!(redone.stored);
            assert_eq!(current(base, "ett").await.deltagare.len(), next.deltagare.len());
            whole(base).await;
            stored = current(base, "ett").await;
        }
    }

    /// Imports are undone from the latest backwards, though each was built upon the one before.
    async fn one_import_after_another_is_undone(base: &Base) {
        let mut stored = vec![made::forbund("ett", 3, 20)];
        base.import(&stored[0], "2025-01-15").await;
        for round in 1..4_u16 {
            let mut next = stored.last().unwrap().clone();
            next.deltagare[0].fodelsear = Some(1950 + round);
            next.deltagare[usize::from(round)].fodelsear = Some(1950 + round);
            next.deltagare.push(deltagande(&format!("N{round}"), "2025-01-20"));
            next.insatser[0].namn = format!("Namn {round}");
            assert_eq!(base.import(&next, &format!("2025-02-0{round}")).await.import_nr, Some(i64::from(round) + 1));
            stored.push(next);
        }
        assert!(matches!(undo(base, 2, "2025-03-01").await, Undone::Later(events) if events[0].nr == 3));
        for round in [3, 2] {
            let done = undo(base, round + 1, &format!("2025-03-0{}", 4 - round)).await;
            assert!(matches!(done, Undone::Done { ended: 4, again: 3, .. }), "{done:?}");
            assert_eq!(current(base, "ett").await, stored[round as usize - 1]);
            whole(base).await;
        }
        // Imported anew the second stands upon the first, until it is undone too.
        let again = base.import(&stored[2], "2025-03-05").await.import_nr.unwrap();
        assert!(matches!(undo(base, 2, "2025-03-06").await, Undone::Later(events) if events.len() == 1 && events[0].nr == 7));
        assert!(matches!(undo(base, again, "2025-03-07").await, Undone::Done { .. }));
        let done = undo(base, 2, "2025-03-08").await;
        assert!(matches!(done, Undone::Done { ended: 4, again: 3, .. }), "{done:?}");
        assert_eq!(current(base, "ett").await, stored[0]);
        for (at, expected) in [("2025-02-02", 2), ("2025-02-28", 3), ("2025-03-01", 2), ("2025-03-03", 1), ("2025-03-05", 2), ("2025-03-08", 0)] {
            assert_eq!(known(base, "ett", day(at)).await.deltagare[0], stored[expected].deltagare[0], "{at}");
        }
        whole(base).await;
    }

    /// What was changed since is not undone, and neither is the beginning.
    async fn an_import_that_was_built_upon_stays(base: &Base) {
        let rows = |name: &str| with(["D1", "D2", "D3"].map(|id| Deltagande { utbildning: None, ..deltagande(id, "2022-03-01") }).map(
            |row| if row.deltagande_id.as_str() <= name { row } else { deltagande(row.deltagande_id.as_str(), "2022-03-01") },
        ));
        base.import(&rows(""), "2022-04-01").await;
        base.import(&rows("D1"), "2022-05-01").await;
        base.import(&rows("D2"), "2022-06-01").await;
        assert_eq!(undo(base, 1, "2022-07-01").await, Undone::First);
        assert_eq!(undo(base, 9, "2022-07-01").await, Undone::Unknown);
        assert_eq!(end(base, "deltagare", "D1", "2022-07-02").await, Some(4));
        let mut other = deltagande("D2", "2022-03-01");
        other.fodelsear = None;
        assert_eq!(change(base, &only(other), "2022-07-03").await.event, Some(5));
        let events = |undone: Undone| match undone {
            Undone::Later(events) => events.into_iter().map(|event| event.nr).collect(),
            _ => Vec::new(),
        };
        let before = base.count("SELECT count(*) FROM deltagande").await;
        assert_eq!(events(undo(base, 2, "2022-07-04").await), [4]);
        assert_eq!(events(undo(base, 3, "2022-07-04").await), [5]);
        assert_eq!(base.count("SELECT count(*) FROM deltagande").await, before);
        assert_eq!(forbund::state(&base.db, 1).await.unwrap(), (5, 1));
        assert!(forbund::state(&base.db, 2).await.is_err());
    }

    /// The log names the insats that something was decided or written about, also when all of it is gone.
    async fn events_tell_which_insats_they_were_about(base: &Base) {
        let stored = made::forbund("ett", 1, 30);
        base.import(&stored, "2025-01-01").await;
        let mut insats = stored.insatser[1].clone();
        insats.namn = "Bytt".into();
        let owner = insats.insatsagare.clone();
        let renamed = Facts { insatser: vec![insats.clone()], ..Facts::default() };
        assert_eq!(change(base, &renamed, "2025-02-01").await.event, Some(2));
        let mut period = stored.insatsperioder.iter().find(|row| row.insats_id == insats.insats_id).unwrap().clone();
        period.beslutad = day("2025-02-02");
        let decided = Facts { insatsperioder: vec![period], ..Facts::default() };
        assert_eq!(change(base, &decided, "2025-02-03").await.event, Some(3));
        let avvikelse = &stored.avvikelser[0];
        let comment = |om: &str, key: &str| {
            let cells = [om, key, "2024-H2", "Sagt."];
            let row = Fact::parse(&|at| cells[at], &mut |_, _| ()).unwrap();
            Facts { kommentarer: vec![row], ..Facts::default() }
        };
        assert_eq!(change(base, &comment("insats", insats.insats_id.as_str()), "2025-02-04").await.event, Some(4));
        assert_eq!(change(base, &comment("avvikelse", avvikelse.avvikelse_id.as_str()), "2025-02-05").await.event, Some(5));
        assert_eq!(change(base, &only(deltagande("Ny", "2025-02-01")), "2025-02-06").await.event, Some(6));
        assert_eq!(end(base, "insatser", insats.insats_id.as_str(), "2025-02-07").await, Some(7));
        let of_avvikelse = stored.insatser.iter().find(|insats| insats.insats_id == avvikelse.insats_id).unwrap();
        let named = if of_avvikelse.insats_id == insats.insats_id { "Bytt" } else { of_avvikelse.namn.as_str() };
        let told = |nr: i64| (nr, "Bytt".to_owned(), owner.clone());
        let about = (5, named.to_owned(), of_avvikelse.insatsagare.clone());
        assert_eq!(
            handelse::insatser(&base.db, 1, &[2, 3, 4, 5, 6, 7]).await.unwrap(),
            [told(2), told(3), told(4), about, told(7)]
        );
        assert_eq!(handelse::insatser(&base.db, 1, &[3]).await.unwrap(), [told(3)]);
        assert_eq!(handelse::insatser(&base.db, 1, &[]).await.unwrap(), []);
    }

    /// The history of one fact, and of what belongs to one insats.
    async fn one_fact_has_a_history(base: &Base) {
        let mut stored = made::forbund("ett", 1, 30);
        // A key may hold an amount, which is kept in öre and told in kronor.
        stored.sparandesteg.extend([500_000_000, 7, 1250, -150, -5].map(|ore| Sparandesteg {
            galler_fran: day("2013-10-02"),
            intakt_fran_kr: samsyn_document::Belopp::from_ore(ore),
            hogst_procent: Some(20),
            hogst_kr: None,
            kalla: "Skrivelse".into(),
        }));
        base.import(&stored, "2025-01-01").await;
        stored.insatser[1].namn = "Bytt".into();
        stored.budget.iter_mut().for_each(|row| row.belopp_kr = samsyn_document::Belopp::from_ore(7));
        stored.deltagare[4].anonym = !stored.deltagare[4].anonym;
        base.import(&stored, "2025-02-01").await;
        let access = base.access("ett").await;
        let all = history::all(&base.db, &access).await.unwrap();
        for noun in &all {
            for key in noun.versions.iter().map(|version| &version.key).step_by(if noun.resource == "sparandesteg" { 1 } else { 3 }) {
                let expected: Vec<_> = noun.versions.iter().filter(|version| version.key == *key).cloned().collect();
                assert_eq!(history::of_fact(&base.db, &access, noun.resource, key).await.unwrap(), expected, "{key}");
            }
        }
        let resources = ["insatser", "budget", "mal"];
        let found = history::of_prefix(&base.db, &access, &resources, "insats-1").await.unwrap();
        let told: Vec<_> = found.iter().map(|noun| (noun.resource, noun.versions.len())).collect();
        assert_eq!(told, [("insatser", 2), ("budget", 8), ("mal", 1)]);
        assert!(found[1].versions.iter().all(|version| version.key.starts_with("insats-1/")));
        assert_eq!(history::of_fact(&base.db, &access, "insatser", "insats").await.unwrap(), []);
        assert_eq!(history::of_prefix(&base.db, &access, &[], "insats-1").await.unwrap(), []);
        // All of some nouns.
        let of = |resource: &str| all.iter().find(|noun| noun.resource == resource).cloned().unwrap();
        let found = history::of_nouns(&base.db, &access, &["budget", "sparandesteg"]).await.unwrap();
        assert_eq!(found, [of("budget"), of("sparandesteg")]);
        for nr in 0..5 {
            change(base, &only(deltagande(&format!("X{nr}"), "2025-01-01")), "2025-03-01").await;
        }
        let page = async |before| {
            let page = handelse::page(&base.db, 1, before, 3).await.unwrap();
            page.into_iter().map(|event| event.nr).collect::<Vec<_>>()
        };
        assert_eq!((page(None).await, page(Some(5)).await, page(Some(1)).await), (vec![7, 6, 5], vec![4, 3, 2], vec![]));
        assert_eq!(facts::current(&base.db, &access).await.unwrap().deltagare.len(), 35);
        assert!(end(base, "sparandesteg", "2013-10-02/12,50", "2025-04-20").await.is_some());
        assert_eq!(end(base, "sparandesteg", "2013-10-02/1250", "2025-04-20").await, None);
    }
}

both! {
    /// What an import made is told: what is new and what it changed, also when it stays.
    async fn what_an_import_made_is_told(base: &Base) {
        let stored = made::forbund("ett", 1, 20);
        base.import(&stored, "2025-01-01").await;
        let access = base.access("ett").await;
        let mut rows = only(deltagande("A-ny", "2025-02-20"));
        let take_in = async |rows: &Facts, read: i64, day: &str| {
            let outcome = import::store_rows(&base.db, &access, Reading { name: "Uppföljningsfil", after: read, files_alone: false }, rows, &[], &[], on(day)).await;
            assert!(outcome.unwrap().stored);
        };
        take_in(&rows, 1, "2025-03-01").await;
        rows.deltagare[0].fodelsear = Some(1999);
        rows.deltagare.push(deltagande("B-ny", "2025-02-21"));
        take_in(&rows, 2, "2025-04-01").await;
        let counts = async |event| inlast::per_noun(&base.db, &access, event).await.unwrap();
        assert_eq!((counts(2).await, counts(3).await), (vec![("deltagare", 1, 0)], vec![("deltagare", 1, 1)]));
        let first = counts(1).await;
        let people = stored.deltagare.len() as i64;
        assert!(first.contains(&("deltagare", people, 0)) && first.contains(&("forbund", 1, 0)), "{first:?}");
        let made = inlast::of_noun(&base.db, &access, "deltagare", 3).await.unwrap();
        let at = Deltagande::FIELDS.iter().position(|field| *field == "fodelsear");
        let year = |version: &history::Version| version.cells[at.unwrap()].clone();
        let told: Vec<_> =
            made.iter().map(|one| (one.efter.key.as_str(), one.fore.as_ref().map(&year), year(&one.efter))).collect();
        assert_eq!(told, [("A-ny", Some("1980".to_owned()), "1999".to_owned()), ("B-ny", None, "1980".to_owned())]);
        // The first and the one that another builds on stay; the question changes nothing.
        let stays = async |nr| inlast::stays(&base.db, &access, nr).await.unwrap();
        assert_eq!((stays(1).await, stays(3).await), (Some(Undone::First), None));
        assert!(matches!(stays(2).await, Some(Undone::Later(_))));
        // Nor does it wait for one who writes.
        let writing = base.db.transaction().await.unwrap();
        let asked = tokio::time::timeout(std::time::Duration::from_secs(2), stays(3)).await;
        writing.rollback().await.unwrap();
        assert_eq!(asked.ok(), Some(None), "the question waits for the lock");
        assert!(matches!(undo(base, 3, "2025-04-02").await, Undone::Done { .. }));
        let first = handelse::first_import(&base.db, access.forbund()).await.unwrap();
        assert_eq!(first, handelse::list(&base.db, access.forbund()).await.unwrap().first().map(|event| event.registrerad_ms));
        whole(base).await;
    }
}

both! {
    /// A file of single rows is an import: its files are kept, the others' rows are left, and it can be undone.
    async fn a_file_of_single_rows_is_an_import(base: &Base) {
        let stored = made::forbund("ett", 1, 20);
        base.import(&stored, "2025-01-01").await;
        let access = base.access("ett").await;
        let rows = only(deltagande("A-ny", "2025-02-20"));
        let files = [("uppfoljningsfil.csv".to_owned(), b"nummer;kon\r\n".to_vec())];
        let take_in = |read| import::store_rows(&base.db, &access, Reading { name: "Uppföljningsfil", after: read, files_alone: false }, &rows, &[], &files, on("2025-03-01"));
        let late = take_in(0).await.unwrap();
        assert_eq!((late.stored, late.unchanged), (false, false), "something has happened since it was judged");
        let outcome = take_in(1).await.unwrap();
        assert_eq!((outcome.stored, outcome.import_nr, outcome.per_noun.clone()), (true, Some(2), vec![("deltagare", 1, 0)]));
        assert_eq!(import::files(&base.db, &access, 2).await.unwrap()[0].innehall, files[0].1);
        let again = take_in(2).await.unwrap();
        assert!(again.unchanged && !again.stored);
        assert_eq!(import::list(&base.db, access.forbund()).await.unwrap().len(), 2);
        assert_eq!(current(base, "ett").await.deltagare.len(), stored.deltagare.len() + 1);
        assert!(matches!(undo(base, 2, "2025-03-02").await, Undone::Done { ended: 1, again: 0, .. }));
        assert_eq!(current(base, "ett").await, stored);
        whole(base).await;
    }
}
