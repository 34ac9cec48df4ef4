//! Time: a fact's versions on a first import, on later ones and on edits.

use crate::given::{Del, anonym, forbund, kvinna, of};
use crate::random::{day, facts};
use proptest::prelude::*;
use samsyn_core::deltagande::Deltagande;
use samsyn_core::known::{Current, NewVersion, Plan, plan};
use samsyn_core::{Fact, Facts, for_every_noun};
use samsyn_document::Datum;
use std::collections::{BTreeMap, HashMap, HashSet};

/// What a first import gives, then each later one, on its day.
fn import<F: Fact>(files: &[(&str, Vec<F>)]) -> (Vec<NewVersion<F>>, Plan<F>) {
    let mut versions: Vec<NewVersion<F>> = Vec::new();
    let mut last = None;
    for (i, (day, rows)) in files.iter().enumerate() {
        let current = versions.iter().filter(|v| v.ended.is_none());
        let stored: HashMap<String, Current<F>> = current
            .map(|v| (v.key.clone(), Current { known: v.known, order: v.order, fact: v.fact.clone() }))
            .collect();
        let planned = plan(&stored, Some(rows), &Facts::default(), i == 0, of::<Datum>(day).begins_ms());
        for (key, moment) in &planned.end {
            let ended = versions.iter_mut().find(|v| v.key == *key && v.ended.is_none()).expect("stored");
            ended.ended = Some(*moment);
        }
        versions.extend(planned.add.clone());
        last = Some(planned);
    }
    (versions, last.expect("a file"))
}

/// The version known at the end of the day.
fn at<'v, F>(versions: &'v [NewVersion<F>], day: &str) -> Option<&'v F> {
    let ms = of::<Datum>(day).ends_ms();
    let mut known = versions.iter().filter(|v| v.known <= ms && v.ended.is_none_or(|ended| ended > ms));
    let found = known.next();
    assert!(known.next().is_none(), "two versions known on {day}");
    found.map(|v| &v.fact)
}

fn row(del: Del) -> Deltagande {
    Deltagande { deltagande_id: of("D1"), insats_id: of("a"), ..del.0 }
}

// **Later imports and edits**: what is new or changed is known from that day, unless a registration date in
// the file says otherwise.
#[test]
fn an_exit_in_a_later_file_is_known_from_its_registration() {
    let enrolled = row(kvinna("2024-02-01"));
    let exited = row(kvinna("2024-02-01").ut("2024-05-01").ut_registrerad("2024-05-10"));
    let (versions, _) = import(&[("2024-03-01", vec![enrolled]), ("2024-08-01", vec![exited])]);
    assert_eq!(at(&versions, "2024-05-09").unwrap().utskriven, None);
    assert_eq!(at(&versions, "2024-05-10").unwrap().utskriven, Some(of("2024-05-01")));
}

#[test]
fn a_corrected_field_is_known_from_the_day_of_the_import() {
    let before = row(kvinna("2024-02-01").med("fodelsear", "1990"));
    let after = row(kvinna("2024-02-01").med("fodelsear", "1991"));
    let (versions, last) = import(&[("2024-03-01", vec![before]), ("2024-08-01", vec![after])]);
    assert_eq!((last.new, last.changed), (0, 1));
    assert_eq!(at(&versions, "2024-07-31").unwrap().fodelsear, Some(1990));
    assert_eq!(at(&versions, "2024-08-01").unwrap().fodelsear, Some(1991));
}

#[test]
fn an_exit_and_a_correction_in_one_file_are_known_from_each_its_day() {
    let before = row(kvinna("2024-02-01").med("fodelsear", "1990"));
    let after = row(kvinna("2024-02-01").med("fodelsear", "1991").ut("2024-05-01"));
    let (versions, _) = import(&[("2024-03-01", vec![before]), ("2024-08-01", vec![after])]);
    let seen = |day| at(&versions, day).map(|d| (d.utskriven.is_some(), d.fodelsear));
    assert_eq!(seen("2024-04-30"), Some((false, Some(1990))));
    assert_eq!(seen("2024-05-01"), Some((true, Some(1990))));
    assert_eq!(seen("2024-08-01"), Some((true, Some(1991))));
}

#[test]
fn a_corrected_exit_is_known_from_its_new_registration_when_that_is_later() {
    let exit = |registered: &str, extent: &str| {
        row(kvinna("2024-02-01").ut("2024-05-01").ut_registrerad(registered).arbetar(extent))
    };
    let extent = |versions: &[NewVersion<Deltagande>], day| at(versions, day).unwrap().arbete_omfattning.unwrap().kod();
    let (versions, _) =
        import(&[("2024-06-01", vec![exit("2024-05-10", "50")]), ("2024-08-01", vec![exit("2024-07-10", "100")])]);
    assert_eq!([extent(&versions, "2024-07-09"), extent(&versions, "2024-07-10")], ["50", "100"]);
    let (versions, _) =
        import(&[("2024-06-01", vec![exit("2024-05-10", "50")]), ("2024-08-01", vec![exit("2024-05-05", "100")])]);
    assert_eq!([extent(&versions, "2024-07-31"), extent(&versions, "2024-08-01")], ["50", "100"]);
}

// A malutfall is known with its quarter's report or, without one, from one month after the quarter's end. …
// what is new or changed is known from that day
#[test]
fn an_outcome_of_a_goal_in_a_later_file_does_not_change_what_was_known() {
    let outcomes = |quarters: &[&str]| {
        let all = quarters.iter().fold(forbund().insats("a"), |all, quarter| all.malutfall(quarter));
        all.facts.malutfall
    };
    let (versions, _) =
        import(&[("2024-08-01", outcomes(&["2024-K1"])), ("2024-09-01", outcomes(&["2024-K1", "2024-K2"]))]);
    let known = |day: &str| {
        let ms = of::<Datum>(day).ends_ms();
        versions.iter().filter(|v| v.known <= ms).count()
    };
    assert_eq!([known("2024-04-29"), known("2024-04-30"), known("2024-08-31"), known("2024-09-01")], [0, 1, 1, 2]);
}

#[test]
fn a_cancellation_in_a_later_file_is_known_from_its_day() {
    let before = row(kvinna("2024-02-01"));
    let after = row(kvinna("2024-02-01").makulerad("2024-06-15"));
    let (versions, _) = import(&[("2024-03-01", vec![before]), ("2024-08-01", vec![after])]);
    assert_eq!(at(&versions, "2024-06-14").unwrap().makulerad, None);
    assert!(at(&versions, "2024-06-15").unwrap().makulerad.is_some());
}

#[test]
fn a_claim_that_came_in_again_is_known_from_then_and_one_only_changed_from_the_import() {
    let claim = |day: &str, kronor: &str| {
        forbund().insats("a").rekvisition_inkommen(day, "2024-K1", kronor).facts.rekvisitioner
    };
    let amount = |versions: &[NewVersion<_>], day| {
        at(versions, day).map(|c: &samsyn_core::rekvisition::Rekvisition| c.belopp_kr)
    };
    let (again, _) = import(&[("2024-05-01", claim("2024-04-20", "10")), ("2024-08-01", claim("2024-06-20", "20"))]);
    assert_eq!([amount(&again, "2024-06-19"), amount(&again, "2024-06-20")], [Some(of("10")), Some(of("20"))]);
    let (changed, _) = import(&[("2024-05-01", claim("2024-04-20", "10")), ("2024-08-01", claim("2024-04-20", "20"))]);
    assert_eq!([amount(&changed, "2024-07-31"), amount(&changed, "2024-08-01")], [Some(of("10")), Some(of("20"))]);
}

#[test]
fn a_decision_on_a_deviation_in_a_later_file_is_known_from_its_day() {
    let given = || forbund().insats("a");
    let before = given().overforing("1000", 2025, "", "").facts.avvikelser;
    let after = given().overforing("1000", 2025, "bifall", "2024-06-15").facts.avvikelser;
    let (versions, _) = import(&[("2024-03-01", before), ("2024-08-01", after)]);
    assert_eq!(at(&versions, "2024-06-14").unwrap().beslut, None);
    assert!(at(&versions, "2024-06-15").unwrap().beslut.is_some());
}

// one that carries none (an insats, a budget, a goal) counts as always known. … what is new or changed is
// known from that day
#[test]
fn a_budget_row_is_always_known_at_first_and_later_from_its_import() {
    let budget = |kronor: &str| forbund().insats("a").budget("2024-K1", kronor).facts.budget;
    let (versions, _) = import(&[("2024-03-01", budget("10")), ("2024-08-01", budget("20"))]);
    let amount = |day| at(&versions, day).map(|b| b.belopp_kr);
    assert_eq!([amount("2000-01-01"), amount("2024-07-31")], [Some(of("10")); 2]);
    assert_eq!(amount("2024-08-01"), Some(of("20")));
}

// A row that is gone from a later file is a finding and changes nothing until a person says so.
#[test]
fn a_row_that_is_gone_changes_nothing() {
    let first = vec![row(kvinna("2024-02-01"))];
    let (versions, last) = import(&[("2024-03-01", first), ("2024-08-01", Vec::new())]);
    assert_eq!((last.gone, last.add.len(), last.end.len()), (vec!["D1".to_owned()], 0, 0));
    assert!(at(&versions, "2024-12-31").is_some());
}

// One row of deltagare.csv is up to three versions: enrolled, exit known, cancelled.
#[test]
fn a_row_is_one_two_or_three_versions() {
    let number = |del: Del| import(&[("2024-12-01", vec![row(del)])]).0.len();
    assert_eq!(number(kvinna("2024-02-01")), 1);
    assert_eq!(number(kvinna("2024-02-01").ut("2024-05-01")), 2);
    assert_eq!(number(kvinna("2024-02-01").makulerad("2024-05-01")), 2);
    assert_eq!(number(kvinna("2024-02-01").ut("2024-05-01").makulerad("2024-06-01")), 3);
    assert_eq!(number(kvinna("2024-02-01").ut("2024-02-01")), 1);
    assert_eq!(number(anonym("2024-02-01")), 1);
}

/// The first import's versions, by key, and how a second import of the same file goes.
fn versions<F: Fact>(rows: &[F], all: &Facts) -> BTreeMap<String, Vec<NewVersion<F>>> {
    let mut by_key: BTreeMap<String, Vec<NewVersion<F>>> = BTreeMap::new();
    for version in plan(&HashMap::new(), Some(rows), all, true, 0).add {
        by_key.entry(version.key.clone()).or_default().push(version);
    }
    by_key
}

/// Versions of a fact never overlap and leave no gap, and the last one is the row itself.
fn follow_on_each_other<F: Fact>(rows: &[F], all: &Facts) {
    let by_key = versions(rows, all);
    assert_eq!(by_key.len(), rows.len());
    for row in rows {
        let versions = &by_key[&row.key()];
        for pair in versions.windows(2) {
            assert_eq!(pair[0].ended, Some(pair[1].known));
            assert!(pair[0].known < pair[1].known && pair[0].fact != pair[1].fact);
        }
        let last = versions.last().expect("a version");
        assert_eq!((last.ended, &last.fact), (None, row));
    }
}

/// The same file twice changes nothing.
fn again_changes_nothing<F: Fact>(rows: &[F], all: &Facts) {
    let current = |v: &NewVersion<F>| Current { known: v.known, order: v.order, fact: v.fact.clone() };
    let by_key = versions(rows, all);
    let stored = by_key.iter().map(|(key, list)| (key.clone(), current(&list[list.len() - 1]))).collect();
    let again = plan(&stored, Some(rows), all, false, of::<Datum>("2027-01-01").begins_ms());
    assert_eq!((again.add.len(), again.end.len(), again.gone.len()), (0, 0, 0));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    // Nothing is overwritten: a correction ends the old version and adds a new one
    #[test]
    fn versions_follow_on_each_other(facts in facts()) {
        macro_rules! each {
            ($($field:ident: $type:ty,)+) => {$(
                follow_on_each_other(&facts.$field, &facts);
                again_changes_nothing(&facts.$field, &facts);
            )+};
        }
        for_every_noun!(each);
    }

    // Reports take a kännedomsdatum and use only what was **known on or before that day**: what is known
    // on a day is known on every later one, each fact in one version.
    #[test]
    fn what_is_known_only_grows(facts in facts(), one in day(), other in day()) {
        let (early, late) = (facts.known_at(one.min(other)), facts.known_at(one.max(other)));
        macro_rules! each {
            ($($field:ident: $type:ty,)+) => {$(
                let keys: HashSet<String> = late.$field.iter().map(Fact::key).collect();
                prop_assert_eq!(keys.len(), late.$field.len());
                prop_assert!(early.$field.iter().all(|fact| keys.contains(&fact.key())));
            )+};
        }
        for_every_noun!(each);
    }

    // Facts that carry their day of registration are known from it, whichever file brought them.
    #[test]
    fn the_order_of_registration_does_not_matter(
        (facts, some) in facts().prop_flat_map(|facts| {
            let number = facts.deltagare.len();
            let some = proptest::sample::subsequence(facts.deltagare.clone(), 0..=number).prop_shuffle();
            (Just(facts), some)
        }),
        per in day(),
    ) {
        let (versions, _) = import(&[("2026-01-01", some), ("2026-02-01", facts.deltagare.clone())]);
        let ms = per.ends_ms();
        let known = versions.into_iter().filter(|v| v.known <= ms && v.ended.is_none_or(|ended| ended > ms));
        let mut known: Vec<(String, Deltagande)> = known.map(|v| (v.key, v.fact)).collect();
        let mut at_once: Vec<_> = facts.known_at(per).deltagare.into_iter().map(|d| (d.key(), d)).collect();
        known.sort_by(|one, other| one.0.cmp(&other.0));
        at_once.sort_by(|one, other| one.0.cmp(&other.0));
        prop_assert_eq!(known, at_once);
    }
}
