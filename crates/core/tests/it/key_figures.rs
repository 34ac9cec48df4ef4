//! Counting participants: nyckeltal.

use crate::check::check;
use crate::given::{Del, Given, forbund, kvinna, man};

fn alby() -> Given {
    forbund().insats("a").period("2024-01-01", "2024-12-31")
}

fn ut() -> Del {
    kvinna("2024-01-15").ut("2024-05-15")
}

/// Key figures, `antal` unless the name says otherwise.
#[track_caller]
fn nyckeltal(given: &Given, expected: &[(&str, &str)]) {
    for (name, value) in expected {
        let id = if name.contains('/') { format!("nyckeltal/{name}") } else { format!("nyckeltal/{name}/antal") };
        check(given, "2024-H1", &[(&id, value)]);
    }
}

// insatser, individinsatser, strukturinsatser (of table 2's rows)
#[test]
fn insatser_are_the_rows_of_table_2() {
    let all_year = |given: Given, id: &str, typ: &str| given.insats(id).typ(typ).period("2024-01-01", "2024-12-31");
    let given = all_year(all_year(all_year(alby(), "b", "struktur"), "c", "struktur"), "d", "kompetens")
        .insats("hidden")
        .period("2023-01-01", "2024-02-01")
        .insats("shown")
        .redovisas_med("hidden")
        .period("2024-02-02", "2024-12-31")
        .insats("ended")
        .period("2023-01-01", "2023-12-31");
    let expected = [("insatser", "5"), ("individinsatser", "2"), ("strukturinsatser", "2"), ("kompetensinsatser", "1")];
    nyckeltal(&given, &expected);
}

// inskrivna = inregistrerade; anonyma; avslutade; deltagit; avslutade_exkl_insatsens_avslut = the base
#[test]
fn key_figures_count_all_chains_together() {
    let given = alby()
        .deltagande(kvinna("2023-05-01"))
        .deltagande(ut())
        .deltagande(ut().orsak("insatsen_avslutad"))
        .insats("b")
        .typ("struktur")
        .deltagande(man("2024-03-01"))
        .deltagande(crate::given::anonym("2024-03-01"));
    nyckeltal(&given, &[("inskrivna", "3"), ("deltagit", "4"), ("avslutade", "2"), ("anonyma", "1")]);
    nyckeltal(&given, &[("avslutade_exkl_insatsens_avslut", "1")]);
}

// till_arbete_studier (share); till_arbete_studier_eller_arbetssokande (number in the base, and its
// share); ovriga_avslut = the rest of the base
#[test]
fn the_base_is_divided_into_two() {
    let given = alby()
        .deltagande(ut().arbetar("25").soker())
        .deltagande(ut().soker())
        .deltagande(ut().studerar())
        .deltaganden(5, ut())
        .deltagande(ut().orsak("insatsen_avslutad").arbetar("100").soker())
        .deltagande(ut().orsak("insatsen_avslutad"));
    nyckeltal(&given, &[("avslutade", "10"), ("avslutade_exkl_insatsens_avslut", "8")]);
    nyckeltal(&given, &[("till_arbete_studier/andel", "25"), ("till_arbete_studier_eller_arbetssokande", "3")]);
    nyckeltal(&given, &[("till_arbete_studier_eller_arbetssokande/andel", "38"), ("ovriga_avslut", "5")]);
}

// An empty base gives a missing value ("–", an empty field in `siffror`), never 0.
#[test]
fn an_empty_base_gives_no_share_but_nought_as_a_number() {
    let given = alby().deltagande(ut().orsak("insatsen_avslutad").arbetar("100"));
    nyckeltal(&given, &[("till_arbete_studier/andel", ""), ("till_arbete_studier_eller_arbetssokande/andel", "")]);
    nyckeltal(&given, &[("till_arbete_studier_eller_arbetssokande", "0"), ("ovriga_avslut", "0")]);
}

// fortsatt_rehabilitering_K/M and sjukdom_K/M by avslutsorsak
#[test]
fn rehabilitation_and_illness_are_counted_by_reason() {
    let given = alby()
        .deltagande(ut().orsak("fortsatt_rehabilitering"))
        .deltagande(ut().orsak("fortsatt_rehabilitering").arbetar("50"))
        .deltagande(kvinna("2023-01-15").ut("2023-12-31").orsak("fortsatt_rehabilitering"))
        .deltagande(man("2023-01-15").ut("2024-01-01").orsak("sjukdom"))
        .deltagande(man("2024-01-15").ut("2024-07-01").orsak("sjukdom"))
        .deltagande(man("2024-01-15").ut("2024-06-30").orsak("arbete"));
    nyckeltal(&given, &[("fortsatt_rehabilitering_K", "2"), ("fortsatt_rehabilitering_M", "0")]);
    nyckeltal(&given, &[("sjukdom_K", "0"), ("sjukdom_M", "1")]);
}

// A PM … shows answers, vacancies, deviations and quality **of the half-year**
#[test]
fn deviations_about_budget_are_those_handed_in_during_the_half_year() {
    let given = alby()
        .avvikelse("2023-12-31", "budget", |_| {})
        .avvikelse("2024-01-01", "tid|budget", |_| {})
        .avvikelse("2024-06-30", "budget", |_| {})
        .avvikelse("2024-07-01", "budget", |_| {})
        .avvikelse("2024-03-01", "mal", |_| {});
    nyckeltal(&given, &[("avvikelser_budget", "2")]);
    check(&given, "2024-H2", &[("nyckeltal/avvikelser_budget/antal", "1")]);
}

// Figures that no fact can give (other years, national averages, number of employees) are **historiska
// tal**: value, period, source (`historiska_tal.csv`).
#[test]
fn last_year_is_computed_where_it_is_complete_else_taken_from_a_publication() {
    use samsyn_core::historiskt_tal::HistorisktTal;
    let mut given = forbund().insats("a").period("2023-04-01", "2024-12-31").deltaganden(2, kvinna("2023-05-01"));
    given.facts.historiska_tal.push(HistorisktTal {
        nyckeltal: "inskrivna".into(),
        period: crate::given::of("2023-H1"),
        varde: Some(crate::given::of("17")),
        enhet: None,
        kalla: "PM 2023".into(),
    });
    check(&given, "2024-H1", &[("fjolar/inskrivna/antal", "17"), ("fjolar/deltagit/antal", crate::check::INGEN)]);
    // The period asks for the second quarter alone.
    let given = given.rapport("2023-K2", |_| {});
    check(&given, "2024-H1", &[("fjolar/inskrivna/antal", "2"), ("fjolar/deltagit/antal", "2")]);
    check(&given, "2024-H1", &[("fjolar-malgrupp/kvinnor/andel", "100"), ("fjolar/till_arbete_studier/andel", "")]);
    let other = given.insats("b").period("2023-01-01", "2023-12-31").rapport("2023-K1", |_| {});
    check(&other, "2024-H1", &[("fjolar/inskrivna/antal", "17")]);
}
