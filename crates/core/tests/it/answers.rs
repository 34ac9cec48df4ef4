//! Combining the quarters of a half-year.

use crate::check::{check, check_per, rows};
use crate::given::{Given, forbund, of};
use samsyn_core::kvartalsrapport::Kvartalsrapport;

fn alby() -> Given {
    forbund().insats("a").period("2024-01-01", "2024-12-31")
}

/// What the half-year says when its quarters say this.
#[track_caller]
fn combined(quarters: &[fn(&mut Kvartalsrapport)], id: &str, answer: &str) {
    let names = ["2024-K1", "2024-K2"];
    let given = names.iter().zip(quarters).fold(alby(), |given, (quarter, change)| given.rapport(quarter, change));
    check(&given, "2024-H1", &[(id, answer)]);
}

// Over the known reports of the half-year; none: missing
#[test]
fn without_a_report_answers_are_missing() {
    let given = alby().rapport("2023-K4", |_| {}).rapport("2024-K3", |_| {});
    for id in ["2/a/i_fas", "2/a/prognos", "2/a/trafikljus", "3/a/vakans_sof", "3/a/vakans_egen"] {
        check(&given, "2024-H1", &[(id, "")]);
    }
    for question in [
        "styrgruppsmoten",
        "ordinarie_representation",
        "uppfoljning",
        "kontroll_metod",
        "kontroll_malgrupp",
        "jamlikhet",
        "jamstalldhet",
        "implementering_diskuterad",
        "avvikelse_malgrupp_metod",
    ] {
        check(&given, "2024-H1", &[(&format!("5/a/{question}"), "")]);
        check(
            &given,
            "2024-H2",
            &[(&format!("5/a/{question}"), if question.starts_with("avv") { "nej" } else { "ja" })],
        );
    }
}

#[test]
fn a_report_that_is_not_known_yet_is_not_asked() {
    let given = alby().rapport("2024-K1", |_| {}).rapport("2024-K2", |r| {
        r.i_fas = of("nej");
        r.inlamnad = of("2024-07-30");
    });
    check_per(&given, "2024-H1", "2024-07-29", &[("2/a/i_fas", "ja"), ("svar/i_fas/antal", "1")]);
    check_per(&given, "2024-H1", "2024-07-30", &[("2/a/i_fas", "nej")]);
}

#[test]
fn the_quarters_of_the_first_half_are_not_asked_in_the_second() {
    let given = alby().rapport("2024-K2", |r| r.vakans_sof = true);
    check(&given, "2024-H2", &[("2/a/i_fas", ""), ("3/a/vakans_sof", "")]);
    check(&given.rapport("2024-K3", |_| {}), "2024-H2", &[("2/a/i_fas", "ja"), ("3/a/vakans_sof", "nej")]);
}

// i_fas: the latest quarter: the kansli's view where it has given one, else the styrgrupp's.
#[test]
fn i_fas_is_that_of_the_latest_quarter_the_kansli_first() {
    combined(&[|r| r.i_fas = of("nej"), |r| r.i_fas = of("delvis")], "2/a/i_fas", "delvis");
    combined(&[|r| r.i_fas = of("i_stort_sett")], "2/a/i_fas", "i_stort_sett");
    combined(&[|_| {}, |r| r.kansli_i_fas = of("nej")], "2/a/i_fas", "nej");
    // The kansli's view of an earlier quarter says nothing of the latest.
    combined(&[|r| r.kansli_i_fas = of("nej"), |_| {}], "2/a/i_fas", "ja");
    combined(&[|r| r.kansli_i_fas = of("nej")], "2/a/i_fas", "nej");
}

#[test]
fn the_latest_quarter_is_the_latest_whatever_the_order_of_rows() {
    let given = alby().rapport("2024-K2", |r| r.i_fas = of("delvis")).rapport("2024-K1", |r| {
        r.inlamnad = of("2024-08-01");
        r.prognos = of("nås_ej");
    });
    check(&given, "2024-H1", &[("2/a/i_fas", "delvis"), ("2/a/prognos", "nås")]);
}

// prognos: the latest quarter
#[test]
fn prognos_is_that_of_the_latest_quarter() {
    combined(&[|r| r.prognos = of("nås_ej"), |_| {}], "2/a/prognos", "nås");
    combined(&[|_| {}, |r| r.prognos = of("nås_ej")], "2/a/prognos", "nås_ej");
    combined(&[|_| {}, |r| r.prognos = of("ej_uppgett")], "2/a/prognos", "ej_uppgett");
}

// vakans_sof, vakans_egen, avvikelse_malgrupp_metod: ja if any quarter says ja
#[test]
fn a_vacancy_in_any_quarter_is_a_vacancy() {
    for (id, yes) in [
        ("3/a/vakans_sof", (|r| r.vakans_sof = true) as fn(&mut Kvartalsrapport)),
        ("3/a/vakans_egen", |r| r.vakans_egen = true),
        ("5/a/avvikelse_malgrupp_metod", |r| r.avvikelse_malgrupp_metod = true),
    ] {
        combined(&[|_| {}, |_| {}], id, "nej");
        combined(&[yes, |_| {}], id, "ja");
        combined(&[|_| {}, yes], id, "ja");
        combined(&[yes], id, "ja");
    }
}

// styrgruppsmoten, ordinarie_representation, kontroll_metod, kontroll_malgrupp, jamlikhet, jamstalldhet,
// implementering_diskuterad: ja only if all quarters say ja
#[test]
fn quality_holds_only_if_it_holds_in_all_quarters() {
    for (id, no) in [
        ("styrgruppsmoten", (|r| r.styrgruppsmoten = false) as fn(&mut Kvartalsrapport)),
        ("ordinarie_representation", |r| r.ordinarie_representation = false),
        ("kontroll_metod", |r| r.kontroll_metod = false),
        ("kontroll_malgrupp", |r| r.kontroll_malgrupp = false),
        ("jamlikhet", |r| r.jamlikhet = false),
        ("jamstalldhet", |r| r.jamstalldhet = false),
        ("implementering_diskuterad", |r| r.implementering_diskuterad = false),
    ] {
        let id = format!("5/a/{id}");
        combined(&[|_| {}, |_| {}], &id, "ja");
        combined(&[no, |_| {}], &id, "nej");
        combined(&[|_| {}, no], &id, "nej");
        combined(&[no], &id, "nej");
        combined(&[|_| {}], &id, "ja");
    }
}

// uppfoljning: all the same, else delvis
#[test]
fn follow_up_in_one_quarter_of_two_is_partial() {
    let no: fn(&mut Kvartalsrapport) = |r| r.uppfoljning = false;
    combined(&[|_| {}, |_| {}], "5/a/uppfoljning", "ja");
    combined(&[no, no], "5/a/uppfoljning", "nej");
    combined(&[no, |_| {}], "5/a/uppfoljning", "delvis");
    combined(&[|_| {}, no], "5/a/uppfoljning", "delvis");
    combined(&[no], "5/a/uppfoljning", "nej");
}

// avvikelse_budget: ja if an avvikelse whose typer include budget was handed in during the half-year and is
// known, else nej; from the avvikelser alone, with or without a quarterly report
#[test]
fn a_deviation_about_budget_needs_no_report() {
    let given = |day: &str, kinds: &str| alby().avvikelse(day, kinds, |_| {});
    for (day, kinds, answer) in [
        ("2023-12-31", "budget", "nej"),
        ("2024-01-01", "budget", "ja"),
        ("2024-06-30", "tid|budget", "ja"),
        ("2024-07-01", "budget", "nej"),
        ("2024-03-01", "mal|tid|malgrupp_metod", "nej"),
    ] {
        check(&given(day, kinds), "2024-H1", &[("3/a/avvikelse_budget", answer)]);
    }
    check(&alby(), "2024-H1", &[("3/a/avvikelse_budget", "nej")]);
    check_per(&given("2024-06-30", "budget"), "2024-H1", "2024-06-29", &[("3/a/avvikelse_budget", "nej")]);
    // Those of the first half are not those of the second.
    check(&given("2024-06-30", "budget"), "2024-H2", &[("3/a/avvikelse_budget", "nej")]);
    check(&given("2024-07-01", "budget"), "2024-H2", &[("3/a/avvikelse_budget", "ja")]);
    // The report's own deviation is another question.
    combined(&[|r| r.avvikelse_malgrupp_metod = true], "3/a/avvikelse_budget", "nej");
}

// `2;X;trafikljus`: ja → grön, i_stort_sett or delvis → gul, nej → röd; prognos nås_ej makes it at least
// gul, ej_uppgett changes nothing.
#[test]
fn the_traffic_light() {
    for (i_fas, prognos, light) in [
        ("ja", "nås", "grön"),
        ("ja", "ej_uppgett", "grön"),
        ("ja", "nås_ej", "gul"),
        ("i_stort_sett", "nås", "gul"),
        ("i_stort_sett", "nås_ej", "gul"),
        ("delvis", "nås", "gul"),
        ("delvis", "ej_uppgett", "gul"),
        ("nej", "nås", "röd"),
        ("nej", "ej_uppgett", "röd"),
        ("nej", "nås_ej", "röd"),
    ] {
        let given = alby().rapport("2024-K2", |r| {
            r.i_fas = of(i_fas);
            r.prognos = of(prognos);
        });
        check(&given, "2024-H1", &[("2/a/trafikljus", light), (&format!("svar/trafikljus/{light}"), "1")]);
    }
    combined(&[|r| r.kansli_i_fas = of("nej")], "2/a/trafikljus", "röd");
    combined(&[|r| r.prognos = of("nås_ej"), |_| {}], "2/a/trafikljus", "grön");
}

// An insats that has not started has no answers, but its row in table 3.
#[test]
fn a_not_started_insats_is_asked_in_table_3_only() {
    let given = alby()
        .rapport("2024-K1", |_| {})
        .insats("b")
        .beslut("2023-11-01", "2024-06-01", "2025-12-31")
        .beslut("2024-03-01", "2024-09-01", "2025-12-31")
        .rapport("2024-K1", |r| r.vakans_sof = true);
    assert_eq!(rows(&given, "2024-H1", "3"), ["a", "b"]);
    check(&given, "2024-H1", &[("3/b/vakans_sof", "ja"), ("svar/vakans_sof/ja", "1"), ("svar/vakans_sof/antal", "2")]);
    check(&given, "2024-H1", &[("svar/i_fas/antal", "1"), ("svar/styrgruppsmoten/ja", "1")]);
}
