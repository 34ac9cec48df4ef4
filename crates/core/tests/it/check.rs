//! From facts to figures, as a report gets them; and the check that a figure agrees with its list.

use crate::given::{Given, of};
use samsyn_core::calc::figure::{FactGroup, FactRef};
use samsyn_core::calc::{Figure, Matt, Rakning, Source, siffror};
use samsyn_core::underlag::Underlag;
use samsyn_core::{Fact, Facts};
use samsyn_document::{Belopp, Datum, Value, format};
use std::collections::HashMap;

/// A day after everything that the tests tell of.
pub const SIST: &str = "2026-12-31";

/// What stands in an expectation where there is to be no such figure. `""` is a figure that is missing.
pub const INGEN: &str = "(ingen)";

/// What is known at the end of `per`.
pub fn underlag(facts: &Facts, per: &str) -> Underlag {
    let per: Datum = of(per);
    Underlag::new(facts.known_at(per), per)
}

/// Every figure, by name. Sees too that each one agrees with its list.
pub fn figures(facts: &Facts, period: &str, per: &str) -> HashMap<String, String> {
    let underlag = underlag(facts, per);
    let rakning = Rakning::new(&underlag, period.parse().unwrap());
    let figures = siffror(&rakning);
    let named = figures.iter().map(|figure| (figure.id.to_string(), format::plain(&figure.value))).collect();
    for figure in &figures {
        agrees_with_its_list(&rakning, figure);
    }
    named
}

/// The figures of a half-year, all facts known.
#[track_caller]
pub fn check(given: &Given, period: &str, expected: &[(&str, &str)]) {
    check_per(given, period, SIST, expected);
}

/// The figures of a half-year as known at the end of `per`.
#[track_caller]
pub fn check_per(given: &Given, period: &str, per: &str, expected: &[(&str, &str)]) {
    let found = figures(&given.facts, period, per);
    for (id, value) in expected {
        assert_eq!(found.get(*id).map_or(INGEN, String::as_str), *value, "{id} of {period} per {per}");
    }
}

/// The rows of a table, in order.
pub fn rows(given: &Given, period: &str, tabell: &str) -> Vec<String> {
    rows_per(given, period, SIST, tabell)
}

/// The rows of a table as known at the end of `per`, in order.
pub fn rows_per(given: &Given, period: &str, per: &str, tabell: &str) -> Vec<String> {
    let underlag = underlag(&given.facts, per);
    let rakning = Rakning::new(&underlag, period.parse().unwrap());
    let mut rows: Vec<String> = siffror(&rakning)
        .into_iter()
        .map(|figure| figure.id.to_string())
        .filter_map(|id| Some(id.strip_prefix(tabell)?.strip_prefix('/')?.split_once('/')?.0.to_owned()))
        .collect();
    rows.dedup();
    rows
}

/// A figure and its list never disagree: as many facts as are counted, amounts that sum to the amount.
pub fn agrees_with_its_list(rakning: &Rakning<'_>, figure: &Figure) {
    assert_eq!(figure.value, figure.source.value(rakning), "{}", figure.id);
    assert!(!figure.source.rule(rakning).is_empty());
    agree(rakning, &figure.source, &figure.id.to_string());
}

fn agree(rakning: &Rakning<'_>, source: &Source, name: &str) {
    let groups = source.facts(rakning);
    let facts: Vec<&FactRef> = groups.iter().flat_map(|group| &group.facts).collect();
    match source {
        Source::Deltaganden(_, _, matt) | Source::Kvartal(_, _, matt) | Source::Manader(_, _, _, _, matt) => {
            people(rakning, &groups, &source.value(rakning), *matt, name);
            listed_once(&facts, name);
        }
        Source::Insatser(_) | Source::BudgetAvvikelser => {
            assert_eq!(source.value(rakning), Value::Antal(facts.len() as i64), "{name}");
            listed_once(&facts, name);
        }
        Source::Pengar(..) | Source::Overfort(_) => {
            let sum: Belopp = facts.iter().map(|fact| amount(rakning.underlag, fact)).sum();
            match source.value(rakning) {
                Value::Belopp(value, _) => assert_eq!(value, sum, "{name}"),
                value => assert!(value == Value::Missing && facts.is_empty(), "{name}: {value:?}"),
            }
        }
        Source::Andel(part, base) | Source::PerStyck(part, base) => {
            let of = |source: &Source| source.facts(rakning).into_iter().map(|group| group.value).collect::<Vec<_>>();
            let listed: Vec<Value> = groups.iter().map(|group| group.value.clone()).collect();
            assert_eq!(listed, [of(part), of(base)].concat(), "{name}");
            agree(rakning, part, name);
            agree(rakning, base, name);
        }
        Source::Fjolar(source) => {
            if let Some(before) = rakning.year_before() {
                agree(before, source, name);
            }
        }
        _ => {}
    }
}

fn listed_once(facts: &[&FactRef], name: &str) {
    let mut keys: Vec<(&str, &str)> = facts.iter().map(|fact| (fact.noun, fact.key.as_str())).collect();
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(keys.len(), facts.len(), "{name}: a fact listed twice");
}

/// Single inskrivningar count one each, a month's row what it says; together they are the value.
fn people(rakning: &Rakning<'_>, groups: &[FactGroup], value: &Value, matt: Matt, name: &str) {
    let mut sum = 0;
    for group in groups {
        let number = match group.each_counts_one {
            true => group.facts.len() as i64,
            false => group.facts.iter().map(|fact| of_month(rakning.underlag, fact, matt)).sum(),
        };
        let deltagare = group.facts.iter().all(|fact| (fact.noun == "deltagare") == group.each_counts_one);
        assert!(deltagare, "{name}: {group:?}");
        if *value != Value::Missing {
            assert_eq!(group.value, Value::Antal(number), "{name}");
        }
        sum += number;
    }
    assert!(*value == Value::Missing || *value == Value::Antal(sum), "{name}: {value:?}, listed {sum}");
}

/// What a month's row says of a measure, read from its own fields.
fn of_month(underlag: &Underlag, fact: &FactRef, matt: Matt) -> i64 {
    let mut insatser = underlag.insatser.iter();
    let number = if fact.noun == "manadsantal" {
        let row = insatser.find_map(|i| i.manadsantal.iter().find(|row| row.key() == fact.key)).expect("a month");
        if matt == Matt::Inregistrerade { row.inskrivna } else { row.pagaende }
    } else {
        let row = insatser.find_map(|i| i.avslutsantal.iter().find(|row| row.key() == fact.key)).expect("an exit");
        match matt {
            Matt::TillArbeteStudier | Matt::BasTillArbeteStudier => row.till_arbete_studier,
            Matt::BasMedPlan => row.med_plan,
            _ => row.utskrivna,
        }
    };
    assert!(fact.text.starts_with(&format!("{number}: ")), "{}", fact.text);
    i64::from(number)
}

/// The amount of the row of money with this key.
fn amount(underlag: &Underlag, fact: &FactRef) -> Belopp {
    let mut found = underlag.insatser.iter().flat_map(|insats| match fact.noun {
        "budget" => insats.budget.iter().filter(|r| r.key() == fact.key).map(|r| r.belopp_kr).collect::<Vec<_>>(),
        "rekvisitioner" => insats.rekvisitioner.iter().filter(|r| r.key() == fact.key).map(|r| r.belopp_kr).collect(),
        _ => insats.avvikelser.iter().filter(|a| a.key() == fact.key).filter_map(|a| a.overforing_kr).collect(),
    });
    found.next().expect("the fact exists")
}
