//! Which rows.

use crate::check::{INGEN, check, check_per, rows, rows_per};
use crate::given::{Given, anonym, forbund, kvinna};

const NONE: [&str; 0] = [];

// An insats **belongs to the half-year** if its latest decided period, among decisions known, overlaps it
// by at least one day.
#[test]
fn one_day_is_enough() {
    let shown = |start, slut| !rows(&forbund().insats("a").period(start, slut), "2024-H1", "2").is_empty();
    assert!(!shown("2023-01-01", "2023-12-31"));
    assert!(shown("2023-01-01", "2024-01-01"));
    assert!(shown("2024-06-30", "2024-12-31"));
    assert!(!shown("2024-07-01", "2024-12-31"));
    assert!(shown("2020-01-01", "2030-12-31"));
    assert!(shown("2024-03-01", "2024-03-01"));
}

#[test]
fn the_latest_decision_known_is_in_force() {
    // Written in any order in the file; the last to be decided holds.
    let given = forbund().insats("a").beslut("2024-05-01", "2023-01-01", "2025-12-31").beslut(
        "2022-12-01",
        "2023-01-01",
        "2023-12-31",
    );
    assert_eq!(rows_per(&given, "2024-H1", "2024-04-30", "2"), NONE);
    assert_eq!(rows_per(&given, "2024-H1", "2024-05-01", "2"), ["a"]);
    let cut = forbund().insats("a").beslut("2022-12-01", "2023-01-01", "2025-12-31").beslut(
        "2023-11-01",
        "2023-01-01",
        "2023-12-31",
    );
    assert_eq!(rows(&cut, "2024-H1", "2"), NONE);
}

// `redovisas_med` names an earlier insats that this one continues; the chain's name is its earliest link.
#[test]
fn a_chain_is_shown_under_its_earliest_link_wherever_it_stands_in_the_file() {
    let given = forbund()
        .insats("c")
        .redovisas_med("b")
        .period("2024-01-01", "2024-12-31")
        .deltagande(kvinna("2024-02-01"))
        .insats("a")
        .period("2020-01-01", "2021-12-31")
        .insats("b")
        .redovisas_med("a")
        .period("2022-01-01", "2023-12-31")
        .deltagande(kvinna("2022-02-01"));
    assert_eq!(rows(&given, "2024-H1", "1"), ["c"]);
    assert_eq!(rows(&given, "2024-H1", "6"), ["a", "summa", "fordelning"]);
    check(&given, "2024-H1", &[("6/a/pagaende_K", "2"), ("6/c/pagaende_K", INGEN)]);
    assert_eq!(rows(&given, "2024-H1", "7"), ["a", "summa"]);
    assert_eq!(rows(&given, "2024-H1", "8"), ["a", "summa", "fordelning"]);
}

// Of a chain, tables 1, 2, 3 and 5 show the link that started last among those that belong to the
// half-year (ties: later in insatser.csv), with that link's own answers and avvikelser.
#[test]
fn the_link_that_started_last_speaks_for_the_chain() {
    let given = forbund()
        .insats("b")
        .redovisas_med("a")
        .period("2024-04-01", "2024-12-31")
        .rapport("2024-K2", |r| r.vakans_sof = true)
        .insats("a")
        .period("2023-01-01", "2024-03-31")
        .rapport("2024-K1", |_| {})
        .avvikelse("2024-02-01", "budget", |_| {});
    for table in ["1", "2", "3", "5"] {
        assert_eq!(rows(&given, "2024-H1", table), ["b"], "table {table}");
    }
    check(&given, "2024-H1", &[("3/b/vakans_sof", "ja"), ("3/b/avvikelse_budget", "nej")]);
    // b does not belong to the half-year before, so a is shown there.
    assert_eq!(rows(&given, "2023-H2", "1"), ["a"]);
    // Nor does a link that is not decided yet, as things were known.
    let later = forbund().insats("a").period("2023-01-01", "2024-12-31").insats("b").redovisas_med("a").beslut(
        "2024-06-15",
        "2024-06-01",
        "2024-12-31",
    );
    assert_eq!(rows_per(&later, "2024-H1", "2024-06-14", "1"), ["a"]);
    assert_eq!(rows_per(&later, "2024-H1", "2024-06-15", "1"), ["b"]);
}

#[test]
fn a_tie_on_start_is_settled_by_the_file() {
    let a = |given: Given| given.insats("a").period("2024-01-01", "2024-12-31");
    let b = |given: Given| given.insats("b").redovisas_med("a").period("2024-01-01", "2024-06-30");
    assert_eq!(rows(&b(a(forbund())), "2024-H1", "2"), ["b"]);
    assert_eq!(rows(&a(b(forbund())), "2024-H1", "2"), ["a"]);
}

// Table 4 shows each insats. … Table 4: every insats with a budget in the year so far.
#[test]
fn table_4_shows_each_link_with_a_budget_in_the_year_so_far() {
    let given = forbund()
        .insats("a")
        .period("2023-01-01", "2024-03-31")
        .budget("2024-K1", "100000")
        .insats("b")
        .redovisas_med("a")
        .period("2024-04-01", "2024-12-31")
        .budget("2024-K2", "100000")
        .insats("c")
        .budget("2024-K3", "100000")
        .insats("d")
        .budget("2023-K4", "100000")
        .insats("e")
        .period("2024-01-01", "2024-12-31");
    assert_eq!(rows(&given, "2024-H1", "4"), ["a", "b", "summa"]);
    assert_eq!(rows(&given, "2024-H2", "4"), ["a", "b", "c", "summa"]);
}

// Tables 1 and 3 also show an insats that has not started by the period's end but was first decided to
// start on or before the period's end; tables 2 and 5 and the number of insatser leave it out.
#[test]
fn an_insats_that_was_put_off_is_shown_as_not_started() {
    let put_off = |first: &str, then: &str| {
        forbund().insats("a").beslut("2023-11-01", first, "2025-12-31").beslut("2024-03-01", then, "2025-12-31")
    };
    let given = put_off("2024-06-30", "2024-07-01");
    assert_eq!(rows(&given, "2024-H1", "1"), ["a"]);
    assert_eq!(rows(&given, "2024-H1", "3"), ["a"]);
    assert_eq!(rows(&given, "2024-H1", "2"), NONE);
    assert_eq!(rows(&given, "2024-H1", "5"), NONE);
    assert_eq!(rows(&given, "2024-H1", "6"), ["summa", "fordelning"]);
    check(&given, "2024-H1", &[("nyckeltal/insatser/antal", "0"), ("nyckeltal/ej_startade_insatser/antal", "1")]);
    assert_eq!(rows(&put_off("2024-07-01", "2024-08-01"), "2024-H1", "1"), NONE);
    let by_one_month = put_off("2024-06-01", "2024-06-30");
    assert_eq!(rows(&by_one_month, "2024-H1", "2"), ["a"]);
    check(&by_one_month, "2024-H1", &[("nyckeltal/ej_startade_insatser/antal", "0")]);
}

#[test]
fn not_started_asks_the_first_decision_and_the_last_not_those_between() {
    let given = forbund()
        .insats("a")
        .beslut("2023-11-01", "2024-07-01", "2025-12-31")
        .beslut("2024-01-01", "2024-05-01", "2025-12-31")
        .beslut("2024-03-01", "2024-09-01", "2025-12-31");
    assert_eq!(rows(&given, "2024-H1", "1"), NONE);
    // With the last decision unknown the second is in force, and the insats belongs.
    assert_eq!(rows_per(&given, "2024-H1", "2024-02-29", "2"), ["a"]);
    let once = forbund().insats("a").period("2024-07-01", "2024-12-31");
    assert_eq!(rows(&once, "2024-H1", "1"), NONE);
}

// Tables 6, 7, 8: every chain shown with typ individ in table 1 that has started, and every chain with
// someone who deltagit, or an anonymous enrolment, from 1 January.
#[test]
fn tables_6_to_8_show_individinsatser_and_whoever_has_participants() {
    let empty = |typ: &str| forbund().insats("a").typ(typ).period("2024-01-01", "2024-12-31");
    let chains = |given: &Given| rows(given, "2024-H1", "7");
    assert_eq!(chains(&empty("individ")), ["a", "summa"]);
    assert_eq!(chains(&empty("struktur")), ["summa"]);
    assert_eq!(chains(&empty("kompetens")), ["summa"]);
    assert_eq!(chains(&empty("struktur").deltagande(kvinna("2024-06-30"))), ["a", "summa"]);
    assert_eq!(chains(&empty("struktur").deltagande(kvinna("2024-07-01"))), ["summa"]);
    assert_eq!(chains(&empty("struktur").deltagande(kvinna("2023-02-01").ut("2024-01-01"))), ["a", "summa"]);
    assert_eq!(chains(&empty("struktur").deltagande(kvinna("2023-02-01").ut("2023-12-31"))), ["summa"]);
    assert_eq!(chains(&empty("struktur").deltagande(anonym("2024-01-01"))), ["a", "summa"]);
    assert_eq!(chains(&empty("struktur").deltagande(anonym("2023-12-31"))), ["summa"]);
    check(&empty("struktur").deltagande(kvinna("2024-02-01")), "2024-H1", &[("6/summa/inregistrerade_S", "1")]);
}

#[test]
fn an_insats_that_ended_is_shown_as_long_as_someone_took_part_this_year() {
    let given =
        forbund().insats("a").period("2023-01-01", "2023-12-31").deltagande(kvinna("2023-05-01").ut("2024-01-01"));
    assert_eq!(rows(&given, "2024-H1", "1"), NONE);
    check(&given, "2024-H2", &[("6/a/avslutade_K", "1"), ("6/a/inregistrerade_K", "0")]);
}

// Order: individ, struktur, kompetens; within them the order of insatser.csv.
#[test]
fn tables_are_in_order_of_typ_then_of_the_file() {
    let add = |given: Given, id: &str, typ: &str| {
        let insats = given.insats(id).typ(typ).period("2024-01-01", "2024-12-31").budget("2024-K1", "1");
        insats.deltagande(kvinna("2024-02-01"))
    };
    let given = add(add(add(add(forbund(), "z", "kompetens"), "y", "individ"), "x", "struktur"), "b", "individ");
    for table in ["1", "2", "3", "5"] {
        assert_eq!(rows(&given, "2024-H1", table), ["y", "b", "x", "z"], "table {table}");
    }
    assert_eq!(rows(&given, "2024-H1", "4"), ["y", "b", "x", "z", "summa"]);
    assert_eq!(rows(&given, "2024-H1", "7"), ["y", "b", "x", "z", "summa"]);
}

// Ended insatser: every insats whose period, as known, ends in the half-year, hidden links of a chain too.
#[test]
fn ended_insatser_are_those_whose_period_ends_in_the_half_year() {
    let ended = |slut: &str, expected| {
        let given = forbund().insats("a").period("2023-01-01", slut);
        check(&given, "2024-H1", &[("nyckeltal/avslutade_insatser/antal", expected)]);
    };
    ended("2023-12-31", "0");
    ended("2024-01-01", "1");
    ended("2024-06-30", "1");
    ended("2024-07-01", "0");
    let hidden = forbund()
        .insats("a")
        .period("2023-01-01", "2024-03-31")
        .insats("b")
        .redovisas_med("a")
        .period("2024-04-01", "2024-12-31");
    check(&hidden, "2024-H1", &[("nyckeltal/avslutade_insatser/antal", "1"), ("nyckeltal/insatser/antal", "1")]);
    let prolonged =
        forbund().insats("a").period("2023-01-01", "2024-03-31").beslut("2024-06-30", "2023-01-01", "2024-12-31");
    check_per(&prolonged, "2024-H1", "2024-06-29", &[("nyckeltal/avslutade_insatser/antal", "1")]);
    check_per(&prolonged, "2024-H1", "2024-06-30", &[("nyckeltal/avslutade_insatser/antal", "0")]);
}
