//! `core` cannot fail on well-typed input: what no import lets through still gives figures, and a figure
//! still agrees with its list.

use crate::check::{check, check_per, figures, rows, underlag};
use crate::given::{Given, anonym, forbund, kvinna, man, of};
use samsyn_core::calc::{Rakning, siffror};
use samsyn_core::insats::Insats;
use samsyn_document::Halvar;

fn alby() -> Given {
    forbund().insats("a").period("2024-01-01", "2024-12-31")
}

#[test]
fn no_facts_give_noughts_and_missing_values() {
    check(&Given::default(), "2024-H1", &[("6/summa/pagaende_S", "0"), ("4/summa/forbrukningskvot", "")]);
}

#[test]
fn the_first_and_the_last_years_have_figures() {
    let given = forbund()
        .insats("a")
        .beslut("1900-01-01", "1900-01-01", "2198-12-31")
        .beslut("2198-12-31", "2198-12-31", "1900-01-01")
        .malutfall("2198-K4")
        .malutfall("1900-K1")
        .budget("1900-K1", "1")
        .rekvisition("2198-K4", "1")
        .overforing("1", 2200, "bifall", "1900-01-01")
        .deltagande(kvinna("1900-01-01").med("fodelsear", "65535"))
        .deltagande(man("2198-12-31").med("fodelsear", "0"));
    for period in ["1900-H1", "1900-H2", "1901-H1", "2024-H1", "2198-H1", "2198-H2"] {
        for per in ["1900-01-01", "1969-12-31", "2024-06-30", "2198-12-31"] {
            figures(&given.facts, period, per);
        }
    }
    check_per(&given, "1900-H1", "2024-01-01", &[("6/a/inregistrerade_K", "1"), ("malgrupp/under_30/andel", "100")]);
}

#[test]
fn an_exit_before_its_enrolment_and_one_without_a_registration() {
    let given = alby()
        .deltagande(kvinna("2024-05-01").ut("2024-02-01"))
        .deltagande(kvinna("2024-05-01").ut("2023-02-01"))
        .deltagande(man("2024-05-01").ut("2024-06-01").med("utskriven_registrerad", ""))
        .deltagande(man("2024-05-01").arbetar("50"));
    check(&given, "2024-H1", &[("6/a/avslutade_M", "0"), ("6/a/till_arbete_studier_M", "0"), ("6/a/pagaende_M", "2")]);
}

// Sex is missing only for an anonymous person; a row that breaks this is in the sum, but no woman or man.
#[test]
fn a_missing_sex_is_neither_a_woman_nor_a_man() {
    let given = alby().deltagande(kvinna("2024-02-01").med("kon", "")).deltagande(anonym("2024-02-01"));
    check(&given, "2024-H1", &[("6/a/inregistrerade_S", "1"), ("6/a/inregistrerade_K", "0"), ("7/a/anonyma", "1")]);
    check(&given, "2024-H1", &[("6/a/inregistrerade_M", "0"), ("malgrupp/kvinnor/andel", "0")]);
}

// Cycles are an error; an insats alone is a chain of one.
#[test]
fn a_cycle_counts_as_insatser_alone_and_leaves_other_chains_whole() {
    let link = |given: Given, id: &str, earlier: &str| {
        given.insats(id).redovisas_med(earlier).period("2024-01-01", "2024-12-31").deltagande(kvinna("2024-02-01"))
    };
    let given = link(link(link(link(alby(), "b", "a"), "x", "y"), "y", "x"), "z", "missing");
    assert_eq!(rows(&link(given, "into", "x"), "2024-H1", "7"), ["a", "x", "y", "z", "into", "summa"]);
}

#[test]
fn facts_of_an_unknown_insats_are_left_out() {
    let mut given = alby().deltagande(kvinna("2024-02-01")).budget("2024-K1", "1").rapport("2024-K1", |_| {});
    given.facts.insatser[0].insats_id = of("other");
    check(&given, "2024-H1", &[("6/summa/inregistrerade_S", "0"), ("4/summa/budget_tkr", "0")]);
}

// More insatser than 65 535: each deltagande stays with its own.
#[test]
fn there_is_no_largest_number_of_insatser() {
    let mut given = alby().deltagande(kvinna("2024-02-01"));
    let one = given.facts.insatser[0].clone();
    given.facts.insatser = (0..70_000).map(|n| Insats { insats_id: of(&format!("i{n}")), ..one.clone() }).collect();
    given.facts.deltagare[0].insats_id = of("i69999");
    let underlag = underlag(&given.facts, crate::check::SIST);
    let rakning = Rakning::new(&underlag, Halvar::new(2024, 1).unwrap());
    assert_eq!(rakning.rader.tabell_6, [69_999]);
}

#[test]
fn large_numbers_expected_do_not_overflow() {
    let given = alby().forvantat(u32::MAX).deltagande(kvinna("2024-02-01"));
    check(&given, "2024-H2", &[("forvantat/a/forvantat", "4294967295"), ("forvantat/a/andel", "0")]);
    let rich = (1..=4).fold(alby(), |given, n| {
        given.rekvisition(&format!("2024-K{n}"), "999999999999").budget(&format!("2024-K{n}"), "0,01")
    });
    let underlag = underlag(&rich.facts, crate::check::SIST);
    assert!(!siffror(&Rakning::new(&underlag, Halvar::new(2024, 2).unwrap())).is_empty());
    check(&rich, "2024-H2", &[("4/a/utfall_tkr", "2000000000"), ("4/a/ack_utfall_tkr", "4000000000")]);
}
