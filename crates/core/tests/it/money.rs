//! Money.

use crate::check::{INGEN, check, check_per};
use crate::given::{Given, forbund};

fn alby() -> Given {
    forbund().insats("a").period("2024-01-01", "2024-12-31")
}

// money of the half-year (`utfall_tkr`, `budget_tkr`) **and** accumulated from 1 January (`ack_utfall_tkr`,
// `ack_budget_tkr`)
#[test]
fn money_is_told_for_the_half_year_and_from_1_january() {
    let names = ["2023-K4", "2024-K1", "2024-K2", "2024-K3", "2024-K4", "2025-K1"];
    let amounts = ["1000", "2000", "4000", "8000", "16000", "32000"];
    let given = names.iter().zip(amounts).fold(alby(), |given, (quarter, amount)| {
        given.rekvisition(quarter, amount).budget(quarter, &format!("{amount}0"))
    });
    let money = |a, b, c, d| {
        [("4/a/utfall_tkr", a), ("4/a/ack_utfall_tkr", b), ("4/a/budget_tkr", c), ("4/a/ack_budget_tkr", d)]
    };
    check(&given, "2024-H1", &money("6", "6", "60", "60"));
    check(&given, "2024-H2", &money("24", "30", "240", "300"));
    check(&given, "2023-H2", &money("1", "1", "10", "10"));
}

// Ratios are computed on kronor before rounding (486,4 and 561,6 tkr print as 486 and 562 and give 87 %).
#[test]
fn the_ratio_is_of_kronor_before_rounding() {
    let given = alby().rekvisition("2024-K1", "486400").budget("2024-K1", "561600");
    let printed = [("4/a/ack_utfall_tkr", "486"), ("4/a/ack_budget_tkr", "562"), ("4/a/forbrukningskvot", "87")];
    check(&given, "2024-H1", &printed);
    check(&given, "2024-H1", &[("4/summa/forbrukningskvot", "87")]);
    // Whole öre: one öre below half a percent.
    let near = alby().rekvisition("2024-K1", "1249,99").budget("2024-K1", "10000");
    check(&near, "2024-H1", &[("4/a/forbrukningskvot", "12")]);
    let half = alby().rekvisition("2024-K1", "1250").budget("2024-K1", "10000");
    check(&half, "2024-H1", &[("4/a/forbrukningskvot", "13")]);
}

// Tkr is rounded half away from zero.
#[test]
fn tkr_is_rounded_half_away_from_zero() {
    let tkr = |kronor: &str, expected| {
        check(
            &alby().rekvisition("2024-K1", kronor).budget("2024-K1", "1"),
            "2024-H1",
            &[("4/a/utfall_tkr", expected)],
        );
    };
    tkr("499,99", "0");
    tkr("500", "1");
    tkr("1499,99", "1");
    tkr("1500", "2");
    tkr("-499,99", "0");
    tkr("-500", "-1");
    tkr("-1500", "-2");
}

// Sums and totals are rounded from kronor, so they may differ by one from the sum of the rows
#[test]
fn a_sum_is_rounded_from_kronor() {
    let given = alby()
        .rekvisition("2024-K1", "400")
        .budget("2024-K1", "600")
        .insats("b")
        .rekvisition("2024-K1", "400")
        .budget("2024-K2", "600");
    let rows = [("4/a/utfall_tkr", "0"), ("4/b/utfall_tkr", "0"), ("4/a/budget_tkr", "1"), ("4/b/budget_tkr", "1")];
    check(&given, "2024-H1", &rows);
    check(&given, "2024-H1", &[("4/summa/utfall_tkr", "1"), ("4/summa/budget_tkr", "1")]);
    let quarters = alby().budget("2024-K1", "1").rekvisition("2024-K1", "250").rekvisition("2024-K2", "250");
    check(&quarters, "2024-H1", &[("4/a/utfall_tkr", "1")]);
}

// Förbrukningskvot is accumulated outcome ÷ accumulated budget; over 100 % is legal.
#[test]
fn the_ratio_is_accumulated_and_may_pass_100() {
    let given = alby()
        .budget("2024-K1", "1000")
        .budget("2024-K3", "1000")
        .rekvisition("2024-K1", "1060")
        .rekvisition("2024-K3", "40");
    check(&given, "2024-H1", &[("4/a/forbrukningskvot", "106")]);
    check(&given, "2024-H2", &[("4/a/forbrukningskvot", "55")]);
}

// An empty base gives a missing value ("–", an empty field in `siffror`), never 0.
#[test]
fn no_budget_gives_no_ratio() {
    let nought = alby().budget("2024-K1", "0").rekvisition("2024-K1", "100");
    check(&nought, "2024-H1", &[("4/a/forbrukningskvot", ""), ("4/summa/forbrukningskvot", "")]);
    check(&forbund(), "2024-H1", &[("4/summa/forbrukningskvot", ""), ("4/summa/utfall_tkr", "0")]);
    let unused = alby().budget("2024-K1", "100");
    check(&unused, "2024-H1", &[("4/a/forbrukningskvot", "0")]);
}

// Table 4: every insats with a budget in the year so far. – its sum is that of its rows.
#[test]
fn the_sum_of_table_4_is_of_the_insatser_that_it_shows() {
    let given =
        alby().budget("2024-K1", "5000").rekvisition("2024-K1", "3000").insats("b").rekvisition("2024-K1", "9000");
    check(&given, "2024-H1", &[("4/b/utfall_tkr", INGEN), ("4/summa/utfall_tkr", "3")]);
    check(&given, "2024-H1", &[("inriktning/summa/ack_utfall_tkr", "12")]);
}

// `overfort_till_nasta_ar_tkr` is the sum granted (bifall, known) to the year after the report's; empty
// when none.
#[test]
fn carry_over_is_what_is_granted_to_next_year() {
    let over = |given: &Given, period, expected| check(given, period, &[("4/a/overfort_till_nasta_ar_tkr", expected)]);
    let with_budget = || alby().budget("2024-K1", "1000000");
    over(&with_budget(), "2024-H1", "");
    let given = with_budget().overforing("100400", 2025, "bifall", "2024-03-01").overforing(
        "50200",
        2025,
        "bifall",
        "2024-04-01",
    );
    over(&given, "2024-H1", "151");
    over(&given, "2024-H2", "151");
    over(&with_budget().overforing("1000", 2025, "avslag", "2024-03-01"), "2024-H1", "");
    over(&with_budget().overforing("1000", 2025, "", ""), "2024-H1", "");
    over(&with_budget().overforing("1000", 2024, "bifall", "2024-03-01"), "2024-H1", "");
    over(&with_budget().overforing("1000", 2026, "bifall", "2024-03-01"), "2024-H1", "");
    over(&with_budget().avvikelse("2024-02-01", "budget", |a| a.beslut = crate::given::of("bifall")), "2024-H1", "");
    let late = with_budget().overforing("1000", 2025, "bifall", "2024-12-10");
    check_per(
        &late,
        "2024-H1",
        "2024-12-09",
        &[("4/a/overfort_till_nasta_ar_tkr", ""), ("3/a/avvikelse_budget", "ja")],
    );
    check_per(&late, "2024-H1", "2024-12-10", &[("4/a/overfort_till_nasta_ar_tkr", "1")]);
}

// an avvikelse in an imported package is not added again.
#[test]
fn a_granted_carry_over_does_not_change_the_budget() {
    let given = alby().budget("2024-K1", "1000000").overforing("100000", 2024, "bifall", "2024-03-01");
    check(&given, "2024-H1", &[("4/a/budget_tkr", "1000"), ("4/a/ack_budget_tkr", "1000")]);
}
