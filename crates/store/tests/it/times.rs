//! Two times for every fact: what was true, and when it was known.

use crate::base::{Base, both, noon};
use crate::made::{self, Chance, day, deltagande, exited};
use samsyn_core::deltagande::Deltagande;
use samsyn_core::{Facts, Known};
use samsyn_document::Datum;
use samsyn_store::{facts, history};
use std::collections::BTreeSet;

/// Every day on which something becomes known, and the days around it.
fn interesting_days(facts: &Facts) -> BTreeSet<Datum> {
    use samsyn_core::{Fact, for_every_noun};
    let mut days = BTreeSet::from([day("1990-01-01"), day("2030-01-01")]);
    macro_rules! add {
        ($($field:ident: $type:ty,)+) => { $(
            for known in facts.$field.iter().flat_map(|fact| fact.versions(facts)).map(|version| version.0) {
                if let Known::Day(day) = known {
                    days.extend([day.add_days(-1), day]);
                }
            }
        )+ };
    }
    for_every_noun!(add);
    days
}

/// What the database says is known at the end of a day.
pub async fn known(base: &Base, forbund_id: &str, on: Datum) -> Facts {
    facts::known_at(&base.db, &base.access(forbund_id).await, on.ends_ms()).await.unwrap()
}

pub async fn current(base: &Base, forbund_id: &str) -> Facts {
    facts::current(&base.db, &base.access(forbund_id).await).await.unwrap()
}

/// A förbund with these deltaganden and nothing else.
pub fn with(deltagare: impl IntoIterator<Item = Deltagande>) -> Facts {
    Facts { deltagare: deltagare.into_iter().collect(), ..made::bare("ett") }
}

/// How the versions of the deltaganden were known: key, from, until (days), the exit and the numbers of
/// the events that made and ended it.
async fn versions(base: &Base) -> Vec<String> {
    let nouns = history::all(&base.db, &base.access("ett").await).await.unwrap();
    let noun = nouns.iter().find(|noun| noun.resource == "deltagare").unwrap();
    let cell = |version: &history::Version, name: &str| {
        version.cells[noun.fields.iter().position(|field| *field == name).unwrap()].clone()
    };
    let shown = noun.versions.iter().map(|version| {
        let until = version.ended_ms.map_or_else(|| "-".into(), |ms| Datum::of_ms(ms).to_string());
        let known = Datum::of_ms(version.known_ms);
        let exit = cell(version, "utskriven") + &cell(version, "makulerad");
        let ended_by = version.ended_by.as_ref().map_or(0, |event| event.nr);
        format!("{} {known} {until} [{exit}] {} {ended_by}", version.key, version.event.nr)
    });
    shown.collect()
}

both! {
    /// A first import followed by a question about any day gives what core says was known on it.
    async fn known_at_agrees_with_core(base: &Base) {
        for seed in 0..4 {
            let name = format!("forbund-{seed}");
            let facts = made::forbund(&name, seed, 30);
            let outcome = base.import(&facts, "2025-01-15").await;
            assert!(outcome.stored && outcome.first && !outcome.unchanged && outcome.gone.is_empty());
            for day in interesting_days(&facts) {
                assert_eq!(known(base, &name, day).await, facts.known_at(day), "förbund {seed}, {day}");
            }
            assert_eq!(current(base, &name).await, facts);
        }
    }

    /// The same package again changes nothing and says so.
    async fn the_same_again_changes_nothing(base: &Base) {
        let facts = made::forbund("ett", 7, 40);
        let first = base.import(&facts, "2025-01-15").await;
        let again = base.import(&facts, "2025-01-16").await;
        assert!(again.unchanged && !again.stored && !again.first && again.import_nr.is_none());
        assert!(again.per_noun.iter().all(|noun| (noun.1, noun.2) == (0, 0)));
        assert_eq!(first.per_noun.iter().find(|noun| noun.0 == "deltagare"), Some(&("deltagare", 40, 0)));
        assert_eq!(base.count("SELECT count(*) FROM handelse").await, 1);
        assert_eq!(base.count("SELECT handelser FROM forbund").await, 1);
        assert_eq!(base.count("SELECT count(*) FROM import").await, 1);
    }

    /// A correction ends the old version and adds a new one, known from the moment it is stored. The
    /// fact keeps its place, and what was known before is still so known.
    async fn a_changed_row_is_one_new_version(base: &Base) {
        let rows = ["D3", "D1", "D2"].map(|name| deltagande(name, "2022-03-01"));
        base.import(&with(rows.clone()), "2022-04-01").await;
        let mut changed = rows.clone();
        changed[1].fodelsear = Some(1999);
        let outcome = base.import(&with(changed.clone()), "2022-05-10").await;
        assert!(outcome.stored && !outcome.unchanged);
        assert!(outcome.per_noun.contains(&("deltagare", 0, 1)), "{:?}", outcome.per_noun);
        assert_eq!(current(base, "ett").await, with(changed.clone()));
        assert_eq!(known(base, "ett", day("2022-05-09")).await, with(rows));
        assert_eq!(known(base, "ett", day("2022-05-10")).await, with(changed));
        assert_eq!(
            versions(base).await,
            [
                "D3 2022-03-01 - [] 1 0",
                "D1 2022-03-01 2022-05-10 [] 1 2",
                "D1 2022-05-10 - [] 2 0",
                "D2 2022-03-01 - [] 1 0"
            ]
        );
        // To the millisecond: known from the very moment, not before.
        let access = base.access("ett").await;
        let year = async |at| facts::known_at(&base.db, &access, at).await.unwrap().deltagare[1].fodelsear;
        assert_eq!(year(noon("2022-05-10") - 1).await, Some(1980));
        assert_eq!(year(noon("2022-05-10")).await, Some(1999));
    }

    /// An exit whose registration is not yet known does not exist; a later file may claim a day.
    async fn an_exit_is_known_from_the_day_it_was_registered(base: &Base) {
        let enrolled = deltagande("D1", "2022-03-01");
        base.import(&with([enrolled.clone()]), "2022-04-01").await;
        let out = exited(enrolled.clone(), "2022-06-20", "2022-07-05");
        base.import(&with([out.clone()]), "2022-09-01").await;
        assert_eq!(known(base, "ett", day("2022-07-04")).await.deltagare, std::slice::from_ref(&enrolled));
        assert_eq!(known(base, "ett", day("2022-07-05")).await.deltagare, std::slice::from_ref(&out));
        // A corrected exit is known from now.
        let corrected = exited(enrolled, "2022-06-22", "2022-07-05");
        base.import(&with([corrected.clone()]), "2022-10-01").await;
        assert_eq!(known(base, "ett", day("2022-09-30")).await.deltagare, [out]);
        assert_eq!(known(base, "ett", day("2022-10-01")).await.deltagare, [corrected]);
        assert_eq!(
            versions(base).await,
            [
                "D1 2022-03-01 2022-07-05 [] 1 2",
                "D1 2022-07-05 2022-10-01 [2022-06-20] 2 3",
                "D1 2022-10-01 - [2022-06-22] 3 0"
            ]
        );
    }

    /// A cancelled registration stays as a version that says so; before that day it counts.
    async fn a_cancellation_is_a_version(base: &Base) {
        let enrolled = deltagande("D1", "2022-03-01");
        base.import(&with([enrolled.clone()]), "2022-04-01").await;
        let cancelled = Deltagande { makulerad: Some(day("2023-10-05")), ..enrolled.clone() };
        base.import(&with([cancelled.clone()]), "2023-11-01").await;
        assert_eq!(known(base, "ett", day("2023-10-04")).await.deltagare, [enrolled]);
        assert_eq!(known(base, "ett", day("2023-10-05")).await.deltagare, std::slice::from_ref(&cancelled));
        assert_eq!(current(base, "ett").await.deltagare, [cancelled]);
    }

    /// A version that replaces another from the same moment leaves the log whole.
    async fn a_correction_may_be_known_from_the_same_moment(base: &Base) {
        let enrolled = deltagande("D1", "2022-03-01");
        base.import(&with([enrolled.clone()]), "2022-01-01").await; // registered ahead of time
        let changed = Deltagande { fodelsear: Some(1999), ..enrolled.clone() };
        base.import(&with([changed.clone()]), "2022-01-02").await;
        assert_eq!(known(base, "ett", day("2022-02-28")).await.deltagare, []);
        assert_eq!(known(base, "ett", day("2022-03-01")).await.deltagare, [changed]);
        assert_eq!(
            versions(base).await,
            ["D1 2022-03-01 2022-03-01 [] 1 2", "D1 2022-03-01 - [] 2 0"]
        );
    }

    /// A later package stands as it was written, row for row, whatever came before.
    async fn the_last_package_is_what_is_current(base: &Base) {
        let mut chance = Chance(11);
        let mut facts = made::forbund("ett", 3, 25);
        let mut stored = 0;
        for round in 0..8 {
            let on = day("2025-01-15").add_days(round);
            let outcome = base.import(&facts, &on.to_string()).await;
            assert!(outcome.stored, "round {round}");
            assert_eq!(current(base, "ett").await, facts, "round {round}");
            assert_eq!(known(base, "ett", on).await.insatser, facts.insatser, "round {round}");
            stored = facts.deltagare.len() as i64;
            // New rows in the middle, changed ones, exits.
            let others = made::forbund("ett", 100 + round as u64, 25);
            for row in &mut facts.deltagare {
                if chance.once_in(5) {
                    let other = chance.one(&others.deltagare.iter().collect::<Vec<_>>());
                    *row = Deltagande { deltagande_id: row.deltagande_id.clone(), ..other.clone() };
                }
            }
            for nr in 0..3 {
                let at = chance.below(facts.deltagare.len() as u64) as usize;
                facts.deltagare.insert(at, deltagande(&format!("N{round}{nr}"), "2024-02-01"));
            }
            facts.insatser[chance.below(12) as usize].namn = format!("Namn {round}");
            facts.budget[chance.below(40) as usize].belopp_kr = samsyn_document::Belopp::from_ore(round * 100 + 1);
        }
        // Every version points to an event, and every fact has one last version.
        let lost = "SELECT count(*) FROM deltagande d LEFT JOIN handelse h ON h.forbund = d.forbund AND \
                    (h.nr = d.handelse OR h.nr = d.handelse_slut) WHERE h.nr IS NULL OR \
                    (d.ended IS NULL AND d.handelse_slut IS NOT NULL) OR (d.ended IS NOT NULL AND d.handelse_slut IS NULL)";
        assert_eq!(base.count(lost).await, 0);
        let last = base.count("SELECT count(*) FROM deltagande WHERE ended IS NULL").await;
        assert_eq!(last, stored);
    }
}
