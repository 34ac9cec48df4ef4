//! Counting participants: kostnad and forvantat.

use crate::check::{INGEN, check, check_per, rows};
use crate::given::{Given, forbund, kvinna, man};

fn alby() -> Given {
    forbund().insats("a").period("2024-01-01", "2024-12-31")
}

// `per_deltagare_kr` = accumulated outcome in kronor ÷ deltagit, `per_till_arbete_studier_kr` = ÷
// till_arbete_studier; whole kronor, half up; missing when divided by none
#[test]
fn cost_is_accumulated_and_in_whole_kronor() {
    let given = alby()
        .rekvisition("2024-K1", "100")
        .rekvisition("2024-K2", "101")
        .rekvisition("2024-K3", "100")
        .deltagande(kvinna("2023-06-01"))
        .deltagande(man("2024-02-01").ut("2024-03-01"));
    check(&given, "2024-H1", &[("kostnad/a/per_deltagare_kr", "101"), ("kostnad/a/per_till_arbete_studier_kr", "")]);
    check(&given, "2024-H2", &[("kostnad/a/per_deltagare_kr", "151")]); // 150.50
    let exact = alby().rekvisition("2024-K1", "100,49").deltaganden(1, kvinna("2024-02-01"));
    check(&exact, "2024-H1", &[("kostnad/a/per_deltagare_kr", "100")]);
    let none = alby().rekvisition("2024-K1", "100");
    check(&none, "2024-H1", &[("kostnad/a/per_deltagare_kr", ""), ("kostnad/summa/per_deltagare_kr", "")]);
}

// Money paid back gives a negative cost, also rounded half up.
#[test]
fn a_negative_cost_is_rounded_half_up() {
    let given = alby().rekvisition("2024-K1", "-3").deltaganden(2, kvinna("2024-02-01"));
    check(&given, "2024-H1", &[("kostnad/a/per_deltagare_kr", "-1")]);
}

#[test]
fn cost_per_person_to_work_or_studies_divides_by_all_of_them() {
    let out = || kvinna("2024-01-15").ut("2024-05-15").studerar();
    let given = alby().rekvisition("2024-K2", "1000").deltagande(out()).deltagande(out().orsak("insatsen_avslutad"));
    check(&given, "2024-H1", &[("kostnad/a/per_till_arbete_studier_kr", "500")]);
    check(&given, "2024-H1", &[("kostnad/summa/per_till_arbete_studier_kr", "500")]);
}

// per chain with typ individ, and rows arbetsnara, forrehabilitering, summa (all individ chains, those
// without inriktning too)
#[test]
fn cost_is_summed_by_inriktning_and_for_all_individinsatser() {
    let part = |given: Given, kronor: &str| {
        given.period("2024-01-01", "2024-12-31").rekvisition("2024-K1", kronor).deltagande(kvinna("2024-02-01"))
    };
    let given = part(forbund().insats("near").inriktning("arbetsnära"), "100");
    let given = part(given.insats("far").inriktning("förrehabilitering"), "200");
    let given = part(given.insats("far2").inriktning("förrehabilitering"), "301");
    let given = part(given.insats("none"), "1000");
    let given = part(given.insats("s").typ("struktur").inriktning("arbetsnära"), "7000");
    assert_eq!(
        rows(&given, "2024-H1", "kostnad"),
        ["near", "far", "far2", "none", "arbetsnara", "forrehabilitering", "summa"]
    );
    check(
        &given,
        "2024-H1",
        &[("kostnad/near/per_deltagare_kr", "100"), ("kostnad/arbetsnara/per_deltagare_kr", "100")],
    );
    check(&given, "2024-H1", &[("kostnad/forrehabilitering/per_deltagare_kr", "251")]); // 250.50
    check(&given, "2024-H1", &[("kostnad/summa/per_deltagare_kr", "400"), ("kostnad/s/per_deltagare_kr", INGEN)]); // 400.25
}

#[test]
fn a_chain_has_one_cost_over_all_its_links() {
    let given = forbund()
        .insats("a")
        .period("2024-01-01", "2024-03-31")
        .rekvisition("2024-K1", "100")
        .deltagande(kvinna("2024-02-01").ut("2024-03-31"))
        .insats("b")
        .redovisas_med("a")
        .period("2024-04-01", "2024-12-31")
        .rekvisition("2024-K2", "300")
        .deltagande(kvinna("2024-04-01"));
    check(&given, "2024-H1", &[("kostnad/a/per_deltagare_kr", "200"), ("kostnad/b/per_deltagare_kr", INGEN)]);
}

/// What is expected of one insats with four a year by the end of the half-year.
#[track_caller]
fn expected(start: &str, slut: &str, period: &str, number: &str) {
    check(&forbund().insats("a").forvantat(4).period(start, slut), period, &[("forvantat/a/forvantat", number)]);
}

// `forvantat` = the sum over its links of forvantat_antal_per_ar × quarters of the year so far that its
// latest known period overlaps ÷ 4
#[test]
fn expected_counts_the_quarters_that_the_period_overlaps() {
    expected("2024-01-01", "2024-12-31", "2024-H1", "2");
    expected("2024-01-01", "2024-12-31", "2024-H2", "4");
    expected("2020-01-01", "2030-12-31", "2024-H2", "4");
    expected("2024-03-31", "2024-12-31", "2024-H1", "2");
    expected("2024-04-01", "2024-12-31", "2024-H1", "1");
    expected("2023-01-01", "2024-01-01", "2024-H1", "1");
    expected("2023-01-01", "2024-04-01", "2024-H2", "2");
    expected("2024-06-30", "2024-07-01", "2024-H2", "2");
    // A period that does not overlap the year expects nobody, and the chain is not shown.
    expected("2023-01-01", "2023-12-31", "2024-H1", INGEN);
}

#[test]
fn expected_follows_the_latest_known_period() {
    let given = forbund().insats("a").forvantat(4).period("2024-01-01", "2024-03-31").beslut(
        "2024-09-01",
        "2024-01-01",
        "2024-12-31",
    );
    check_per(&given, "2024-H1", "2024-08-31", &[("forvantat/a/forvantat", "1")]);
    check_per(&given, "2024-H1", "2024-09-01", &[("forvantat/a/forvantat", "2")]);
}

// the sum half up, missing when no link has a number; `faktiskt` = deltagit; `andel` = faktiskt ÷
// forvantat as printed
#[test]
fn expected_is_rounded_as_a_sum_and_the_share_divides_what_is_printed() {
    // 5 × 2 ÷ 4 = 2.5 is printed 3.
    let given = alby().forvantat(5).deltaganden(2, kvinna("2024-02-01"));
    check(
        &given,
        "2024-H1",
        &[("forvantat/a/forvantat", "3"), ("forvantat/a/faktiskt", "2"), ("forvantat/a/andel", "67")],
    );
    // 1 × 1 ÷ 4 + 1 × 1 ÷ 4 = 0.5 is printed 1; each alone would be 0.
    let chain = forbund()
        .insats("a")
        .forvantat(1)
        .period("2024-01-01", "2024-03-31")
        .insats("b")
        .redovisas_med("a")
        .forvantat(1)
        .period("2024-04-01", "2024-12-31")
        .insats("c")
        .redovisas_med("b")
        .deltaganden(3, man("2024-05-01"));
    check(
        &chain,
        "2024-H1",
        &[("forvantat/a/forvantat", "1"), ("forvantat/a/faktiskt", "3"), ("forvantat/a/andel", "300")],
    );
    let missing = alby().deltagande(kvinna("2024-02-01"));
    check(
        &missing,
        "2024-H1",
        &[("forvantat/a/forvantat", ""), ("forvantat/a/faktiskt", "1"), ("forvantat/a/andel", "")],
    );
    let nought = alby().forvantat(0).deltagande(kvinna("2024-02-01"));
    check(&nought, "2024-H1", &[("forvantat/a/forvantat", "0"), ("forvantat/a/andel", "")]);
}

// per chain with typ individ
#[test]
fn a_strukturinsats_with_participants_has_neither_cost_nor_expected_number() {
    let given = alby().typ("struktur").forvantat(10).rekvisition("2024-K1", "10").deltagande(kvinna("2024-02-01"));
    check(&given, "2024-H1", &[("forvantat/a/forvantat", INGEN), ("kostnad/a/per_deltagare_kr", INGEN)]);
    check(&given, "2024-H1", &[("kostnad/summa/per_deltagare_kr", ""), ("6/a/inregistrerade_K", "1")]);
}
