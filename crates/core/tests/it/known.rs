//! Time: what was true, and what was known.

use crate::check::{check, check_per, rows_per, underlag};
use crate::given::{Given, anonym, forbund, kvinna, man};

fn alby() -> Given {
    forbund().insats("a").period("2024-01-01", "2024-12-31")
}

const IN: &str = "6/a/inregistrerade_K";
const OUT: &str = "6/a/avslutade_K";
const NOW: &str = "6/a/pagaende_K";
const WORK: &str = "6/a/till_arbete_studier_K";

// Reports take a kännedomsdatum and use only what was **known on or before that day** (its end, Swedish
// time; default today).
#[test]
fn an_enrolment_is_known_from_the_end_of_the_day_that_it_was_registered() {
    let given = alby().deltagande(kvinna("2024-02-01").registrerad("2024-03-15"));
    check_per(&given, "2024-H1", "2024-03-14", &[(IN, "0"), (NOW, "0")]);
    check_per(&given, "2024-H1", "2024-03-15", &[(IN, "1"), (NOW, "1")]);
}

// An exit whose registration is not yet known does not exist, nor do its outcome fields.
#[test]
fn an_exit_is_known_from_the_day_that_it_was_registered() {
    let given = alby().deltagande(kvinna("2024-02-01").ut("2024-05-31").arbetar("50").ut_registrerad("2024-07-02"));
    check_per(&given, "2024-H1", "2024-07-01", &[(IN, "1"), (OUT, "0"), (NOW, "1"), (WORK, "0")]);
    check_per(&given, "2024-H1", "2024-07-01", &[("8/a/andel_K", ""), ("9/arbetar_50/K", "0")]);
    check_per(&given, "2024-H1", "2024-07-02", &[(IN, "1"), (OUT, "1"), (NOW, "0"), (WORK, "1")]);
    check_per(&given, "2024-H1", "2024-07-02", &[("8/a/andel_K", "100"), ("9/arbetar_50/K", "1")]);
}

#[test]
fn nothing_of_an_exit_is_told_before_it_is_registered() {
    let del = kvinna("2024-02-01").ut("2024-05-31").arbetar("50").studerar().soker();
    let del = del.med("arbete_subventionerat", "ja").med("plan_vid_avslut", "ja").med("forsorjning_efter", "ingen");
    let given = alby().deltagande(del.ut_registrerad("2024-07-02"));
    let known = |per| given.facts.known_at(crate::given::of(per)).deltagare[0].clone();
    let enrolled = alby().deltagande(kvinna("2024-02-01"));
    assert_eq!(known("2024-07-01"), enrolled.facts.deltagare[0]);
    assert_eq!(known("2024-07-02"), given.facts.deltagare[0]);
}

// An exit may be registered before its enrolment is; neither counts until the enrolment is known.
#[test]
fn an_exit_registered_before_its_enrolment_waits_for_it() {
    let late = kvinna("2024-02-01").registrerad("2024-06-10").ut("2024-03-01").ut_registrerad("2024-03-05");
    let given = alby().deltagande(late);
    check_per(&given, "2024-H1", "2024-06-09", &[(IN, "0"), (OUT, "0"), (NOW, "0")]);
    check_per(&given, "2024-H1", "2024-06-10", &[(IN, "1"), (OUT, "1"), (NOW, "0")]);
}

// One row of deltagare.csv is up to three versions: enrolled, exit known, cancelled.
#[test]
fn a_cancelled_deltagande_counts_until_the_cancellation_is_known() {
    let given = alby().deltagande(kvinna("2024-02-01").ut("2024-04-01").makulerad("2024-10-20"));
    check_per(&given, "2024-H1", "2024-03-31", &[(IN, "1"), (OUT, "0"), (NOW, "1")]);
    check_per(&given, "2024-H1", "2024-04-01", &[(IN, "1"), (OUT, "1"), (NOW, "0")]);
    check_per(&given, "2024-H1", "2024-10-19", &[(IN, "1"), (OUT, "1"), (NOW, "0")]);
    check_per(&given, "2024-H1", "2024-10-20", &[(IN, "0"), (OUT, "0"), (NOW, "0")]);
}

// A felregistrering (makulering) ends it without a successor.
#[test]
fn cancelled_on_the_day_of_registration_never_counts() {
    let given = alby().deltagande(kvinna("2024-02-01").registrerad("2024-03-15").makulerad("2024-03-15"));
    check_per(&given, "2024-H1", "2024-03-14", &[(IN, "0")]);
    check_per(&given, "2024-H1", "2024-03-15", &[(IN, "0")]);
    let before = alby().deltagande(kvinna("2024-02-01").registrerad("2024-03-15").makulerad("2024-03-01"));
    check_per(&before, "2024-H1", "2024-03-15", &[(IN, "0")]);
}

#[test]
fn an_exit_registered_after_the_cancellation_never_counts() {
    let given =
        alby().deltagande(kvinna("2024-02-01").ut("2024-04-01").ut_registrerad("2024-05-10").makulerad("2024-05-05"));
    check_per(&given, "2024-H1", "2024-05-04", &[(IN, "1"), (OUT, "0")]);
    check_per(&given, "2024-H1", "2024-05-10", &[(IN, "0"), (OUT, "0")]);
}

#[test]
fn a_cancelled_anonymous_enrolment_does_not_count() {
    let given = alby().deltagande(anonym("2024-02-01").makulerad("2024-05-05")).deltagande(anonym("2024-02-02"));
    check_per(&given, "2024-H1", "2024-05-04", &[("7/a/anonyma", "2")]);
    check_per(&given, "2024-H1", "2024-05-05", &[("7/a/anonyma", "1")]);
}

// So a published figure can always be computed again
#[test]
fn what_is_registered_later_about_an_earlier_year_changes_only_later_reports() {
    let given = alby().deltagande(man("2023-11-01").registrerad("2024-09-12")).deltagande(man("2024-01-10"));
    check_per(&given, "2024-H1", "2024-08-30", &[("6/a/pagaende_M", "1")]);
    check_per(&given, "2024-H1", "2024-09-12", &[("6/a/pagaende_M", "2"), ("6/a/inregistrerade_M", "1")]);
}

// a fact that carries a date of registration (inskriven_registrerad, utskriven_registrerad, inkommen,
// inlamnad, beslutad, makulerad) is known from that day
#[test]
fn a_claim_a_report_and_a_deviation_are_known_from_the_day_they_came_in() {
    let given = alby()
        .budget("2024-K1", "1000000")
        .rekvisition_inkommen("2024-04-20", "2024-K1", "500000")
        .rapport("2024-K1", |r| r.inlamnad = crate::given::of("2024-04-20"))
        .avvikelse("2024-04-20", "budget", |_| {});
    let before =
        [("4/a/utfall_tkr", "0"), ("2/a/i_fas", ""), ("3/a/avvikelse_budget", "nej"), ("4/a/budget_tkr", "1000")];
    check_per(&given, "2024-H1", "2024-04-19", &before);
    let after = [("4/a/utfall_tkr", "500"), ("2/a/i_fas", "ja"), ("3/a/avvikelse_budget", "ja")];
    check_per(&given, "2024-H1", "2024-04-20", &after);
}

#[test]
fn a_decision_on_a_period_is_known_from_its_day() {
    let given = forbund().insats("a").beslut("2024-05-20", "2024-06-01", "2024-12-31");
    assert!(rows_per(&given, "2024-H1", "2024-05-19", "1").is_empty());
    assert_eq!(rows_per(&given, "2024-H1", "2024-05-20", "1"), ["a"]);
    let longer = alby().beslut("2024-06-01", "2024-01-01", "2025-06-30");
    check_per(&longer, "2024-H1", "2024-05-31", &[("1/a/slut", "2024-12-31")]);
    check_per(&longer, "2024-H1", "2024-06-01", &[("1/a/slut", "2025-06-30")]);
}

// one that carries none (an insats, a budget, a goal) counts as always known.
#[test]
fn an_insats_and_its_budget_are_always_known() {
    let given = forbund().insats("a").budget("2024-K1", "1000");
    check_per(&given, "2024-H1", "2000-01-01", &[("4/a/budget_tkr", "1")]);
}

// A malutfall is known with its quarter's report or, without one, from one month after the quarter's end.
#[test]
fn an_outcome_of_a_goal_is_known_with_its_report() {
    let number = |given: &Given, per| underlag(&given.facts, per).insatser[0].malutfall.len();
    let alone = alby().malutfall("2024-K1");
    assert_eq!([number(&alone, "2024-04-29"), number(&alone, "2024-04-30")], [0, 1]);
    let with =
        |day: &'static str| alby().malutfall("2024-K1").rapport("2024-K1", |r| r.inlamnad = crate::given::of(day));
    assert_eq!([number(&with("2024-04-10"), "2024-04-09"), number(&with("2024-04-10"), "2024-04-10")], [0, 1]);
    assert_eq!([number(&with("2024-06-10"), "2024-06-09"), number(&with("2024-06-10"), "2024-06-10")], [0, 1]);
    let other = alby().malutfall("2024-K1").rapport("2024-K2", |r| r.inlamnad = crate::given::of("2024-04-10"));
    assert_eq!([number(&other, "2024-04-29"), number(&other, "2024-04-30")], [0, 1]);
    let early = |r: &mut samsyn_core::kvartalsrapport::Kvartalsrapport| r.inlamnad = crate::given::of("2024-04-10");
    let mut of_another = alby().malutfall("2024-K1").insats("b").rapport("2024-K1", early);
    of_another.facts.insatser.swap(0, 1);
    let number = |per| underlag(&of_another.facts, per).insatser[1].malutfall.len();
    assert_eq!([number("2024-04-29"), number("2024-04-30")], [0, 1]);
}

// four participants registered in September 2023 had started in 2022 (two insatser), and two were
// cancelled in October 2023 as double registrations.
#[test]
fn late_and_cancelled_registrations_meet_in_the_year_end_report() {
    let given = forbund()
        .insats("a")
        .period("2022-01-01", "2023-12-31")
        .deltaganden(2, kvinna("2022-03-01").registrerad("2023-09-14"))
        .deltaganden(2, kvinna("2023-02-01").makulerad("2023-10-05"))
        .deltagande(kvinna("2023-02-01"));
    check_per(&given, "2023-H1", "2023-08-30", &[(IN, "3"), (NOW, "3")]);
    check_per(&given, "2023-H1", "2023-09-30", &[(IN, "3"), (NOW, "5")]);
    check_per(&given, "2023-H1", "2023-10-31", &[(IN, "1"), (NOW, "3")]);
    check(&given, "2022-H1", &[(IN, "2")]);
}
