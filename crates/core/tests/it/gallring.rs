//! When inskrivningar are to be removed: the boundaries of the months, and which years' reports count a row.

use crate::given::{Given, anonym, forbund, kvinna, of};
use samsyn_core::deltagande::Deltagande;
use samsyn_core::gallring::{Mogen, Regel, Skal, mogna};
use samsyn_document::Datum;

const AVSLUT: Regel = Regel { efter_avslut: Some(1), efter_insats: None };
const INSATS: Regel = Regel { efter_avslut: None, efter_insats: Some(1) };

fn on(given: &Given, regel: Regel, dag: &str) -> Vec<Mogen> {
    mogna(&given.facts, &[], regel, of(dag))
}

/// Who is to be removed on a day, why, and since when.
fn check(given: &Given, regel: Regel, dag: &str, expect: &[(&str, Skal, &str)]) {
    let found = on(given, regel, dag);
    let found: Vec<_> = found.iter().map(|row| (row.deltagande_id.as_str(), row.skal, row.sedan.to_string())).collect();
    let expect: Vec<_> = expect.iter().map(|&(id, skal, sedan)| (id, skal, sedan.to_owned())).collect();
    assert_eq!(found, expect, "{dag}");
}

/// Rows are thinned out (*gallring*) by the förbund's rule.
#[test]
fn without_a_rule_nothing_is_to_be_removed() {
    let given =
        forbund().insats("a").period("2020-01-01", "2020-12-31").deltagande(kvinna("2020-01-01").ut("2020-02-01"));
    check(&given, Regel::default(), "2090-01-01", &[]);
    assert!(!Regel::default().finns() && AVSLUT.finns() && INSATS.finns());
}

/// Months after exit: on the very day they have passed it is not yet time, the day after it is.
#[test]
fn the_months_after_an_exit_have_passed_the_day_after() {
    let given =
        forbund().insats("a").deltagande(kvinna("2022-01-01").ut("2022-03-15")).deltagande(kvinna("2022-01-01"));
    check(&given, AVSLUT, "2022-04-15", &[]);
    check(&given, AVSLUT, "2022-04-16", &[("D1", Skal::Avslut, "2022-04-16")]);
    check(&given, AVSLUT, "2030-01-01", &[("D1", Skal::Avslut, "2022-04-16")]);
}

/// 31 January and one month is the last of February, leap year or not.
#[test]
fn a_month_ends_where_the_calendar_says() {
    for (exit, day_before, first) in [
        ("2022-01-31", "2022-02-28", "2022-03-01"),
        ("2024-01-31", "2024-02-29", "2024-03-01"),
        ("2022-12-31", "2023-01-31", "2023-02-01"),
    ] {
        let given = forbund().insats("a").deltagande(kvinna("2021-01-01").ut(exit));
        check(&given, AVSLUT, day_before, &[]);
        check(&given, AVSLUT, first, &[("D1", Skal::Avslut, first)]);
    }
    let given = forbund().insats("a").deltagande(kvinna("2021-01-01").ut("2022-06-30"));
    let twenty_years = Regel { efter_avslut: Some(240), efter_insats: None };
    check(&given, twenty_years, "2042-06-30", &[]);
    check(&given, twenty_years, "2042-07-01", &[("D1", Skal::Avslut, "2042-07-01")]);
}

/// Months after insats end: also for the anonymous and for those without exit.
#[test]
fn when_an_insats_has_ended_all_of_its_rows_are_to_be_removed() {
    let given = forbund().insats("a").period("2022-01-01", "2022-06-30").deltagande(kvinna("2022-02-01"));
    let given = given.deltagande(anonym("2022-02-01")).deltagande(kvinna("2022-02-01").ut("2022-03-01"));
    let given = given.insats("b").deltagande(kvinna("2022-02-01"));
    check(&given, INSATS, "2022-07-30", &[]);
    let all = ["D1", "D2", "D3"].map(|id| (id, Skal::Insats, "2022-07-31"));
    check(&given, INSATS, "2022-07-31", &all);
    let both = Regel { efter_avslut: Some(2), efter_insats: Some(1) };
    check(&given, both, "2022-07-31", &[all[0], all[1], ("D3", Skal::Avslut, "2022-05-02")]);
}

/// The latest decision on the period is in force, and a chain ends with its last link.
#[test]
fn an_insats_ends_when_its_chain_does_by_the_latest_decision() {
    let given = forbund().insats("a").beslut("2021-12-01", "2022-01-01", "2022-06-30");
    let given = given.beslut("2022-05-01", "2022-01-01", "2022-12-31").deltagande(kvinna("2022-02-01"));
    check(&given, INSATS, "2023-01-31", &[]);
    check(&given, INSATS, "2023-02-01", &[("D1", Skal::Insats, "2023-02-01")]);
    let given = given.insats("c").redovisas_med("a").period("2023-01-01", "2023-03-31");
    check(&given, INSATS, "2023-04-30", &[]);
    check(&given, INSATS, "2023-05-01", &[("D1", Skal::Insats, "2023-05-01")]);
    // A link that is not yet decided on does not keep the chain alive.
    let given = given.insats("d").redovisas_med("c");
    check(&given, INSATS, "2023-05-01", &[("D1", Skal::Insats, "2023-05-01")]);
}

#[test]
fn what_is_cancelled_or_taken_back_is_to_be_removed_too() {
    let given = forbund().insats("a").deltagande(kvinna("2022-01-01").makulerad("2022-03-15"));
    check(&given, AVSLUT, "2022-04-15", &[]);
    check(&given, AVSLUT, "2022-04-16", &[("D1", Skal::Makulerad, "2022-04-16")]);
    let back = Deltagande { deltagande_id: of("B1"), insats_id: of("a"), ..kvinna("2022-01-01").0 };
    let gone = |dag: &str| mogna(&forbund().insats("a").facts, &[(back.clone(), of("2022-05-31"))], AVSLUT, of(dag));
    assert_eq!(gone("2022-06-30"), []);
    let found = gone("2022-07-01");
    assert_eq!((found[0].skal, found[0].ar.clone()), (Skal::Borttagen, 2022..=2022));
}

#[test]
fn a_row_is_needed_by_the_reports_of_the_years_that_count_it_and_the_one_after() {
    let years = |del: crate::given::Del, dag: &str| {
        let given = forbund().insats("a").period("2020-01-01", "2020-12-31").deltagande(del);
        let rule = Regel { efter_avslut: Some(1), efter_insats: Some(1) };
        on(&given, rule, dag)[0].ar.clone()
    };
    assert_eq!(years(kvinna("2020-02-01").ut("2022-03-01"), "2026-01-01"), 2020..=2023);
    assert_eq!(years(kvinna("2020-02-01").ut("2022-03-01"), "2022-12-01"), 2020..=2022);
    assert_eq!(years(kvinna("2020-02-01"), "2026-01-01"), 2020..=2026);
    assert_eq!(years(anonym("2020-02-01"), "2026-01-01"), 2020..=2021);
    // Until it was cancelled it counted, and a report as of a day before that still needs it.
    assert_eq!(years(kvinna("2020-02-01").makulerad("2022-03-01"), "2026-01-01"), 2020..=2023);
}

#[test]
fn the_list_follows_the_order_of_insatser() {
    let given = forbund().insats("b").deltagande(kvinna("2022-01-01").ut("2022-02-01")).insats("a");
    let mut given = given.deltagande(kvinna("2022-01-01").ut("2022-02-01"));
    given.facts.deltagare.reverse();
    let found = on(&given, AVSLUT, "2023-01-01");
    assert_eq!(found.iter().map(|row| row.insats_id.as_str()).collect::<Vec<_>>(), ["b", "a"]);
    assert!(found.iter().all(|row| row.sedan <= Datum::parse("2023-01-01").unwrap()));
}
