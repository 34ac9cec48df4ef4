//! The forecast of a year's outcome.

use crate::given::{Given, forbund, of};
use samsyn_core::calc::prognos::{Grund, Provning, avrundad, prognos, provningar, senaste_kvartal};
use samsyn_core::calc::{Rakning, prognoser};
use samsyn_core::underlag::Underlag;
use samsyn_document::{Belopp, Halvar, format};

fn kr(kronor: i64) -> Belopp {
    Belopp::from_kronor(kronor)
}

fn underlag(given: &Given) -> Underlag {
    Underlag::new(given.facts.clone(), of("2024-12-31"))
}

/// A budget of a hundred thousand each quarter of these years, and claims in thousands from the first quarter on.
fn insats(given: Given, id: &str, first: u16, claims: &[i64]) -> Given {
    let mut given = given.insats(id).period(&format!("{first}-01-01"), "2025-12-31");
    for year in first..=2024 {
        given = (1..=4).fold(given, |given, number| given.budget(&format!("{year}-K{number}"), "100000"));
    }
    for (at, claim) in claims.iter().enumerate() {
        let quarter = format!("{}-K{}", usize::from(first) + at / 4, at % 4 + 1);
        given = given.rekvisition(&quarter, &(claim * 1_000).to_string());
    }
    given
}

#[test]
fn what_remains_is_used_as_in_the_same_quarters_of_earlier_years() {
    // 2023: 70, 80, 90, 100; 2024 so far 60, 70. Of quarters 3 and 4 nineteen twentieths were used: 190 of 200 remain.
    let given = insats(forbund(), "a", 2023, &[70, 80, 90, 100, 60, 70]);
    let found = prognos(&underlag(&given), 0, 2024).unwrap();
    assert_eq!((found.grund, found.utfall, found.aterstar), (Grund::Egna, kr(130_000), kr(200_000)));
    assert_eq!(found.varde(), kr(320_000));
    // A new one follows the others.
    let given = insats(given, "b", 2024, &[10]);
    let found = prognos(&underlag(&given), 1, 2024).unwrap();
    assert_eq!((found.grund, found.andel), (Grund::Allas, Some((kr(270_000), kr(300_000)))));
    assert_eq!(found.varde(), kr(280_000));
}

#[test]
fn without_earlier_years_the_share_so_far_goes_on() {
    let given = insats(forbund(), "a", 2024, &[80, 60]);
    let found = prognos(&underlag(&given), 0, 2024).unwrap();
    assert_eq!((found.grund, found.varde()), (Grund::Hittills, kr(280_000)));
    // Nothing claimed and nothing earlier: nothing tells.
    assert_eq!(prognos(&underlag(&insats(forbund(), "a", 2024, &[])), 0, 2024), None);
    // A year without budget or claims has no forecast.
    assert_eq!(prognos(&underlag(&given), 0, 2023), None);
}

#[test]
fn a_year_that_is_claimed_for_is_its_outcome() {
    let given = insats(forbund(), "a", 2023, &[70, 80, 90, 100, 60, 70, 80, 91]);
    let found = prognos(&underlag(&given), 0, 2024).unwrap();
    assert_eq!((found.grund, found.varde()), (Grund::Klart, kr(301_000)));
    // A quarter that is passed over is still to come.
    let mut late = given.clone();
    late.facts.rekvisitioner.retain(|row| row.kvartal != of("2024-K2"));
    assert_eq!(prognos(&underlag(&late), 0, 2024).unwrap().aterstar, kr(100_000));
}

#[test]
fn earlier_years_are_tried_with_what_was_known_then() {
    let given = insats(forbund(), "a", 2022, &[50, 50, 60, 80, 70, 80, 90, 100, 60, 70]);
    let underlag = underlag(&given);
    assert_eq!(senaste_kvartal(&underlag, &[0], 2024), 2);
    let tried = provningar(&underlag, &[0], 2024, 2);
    // 2022 had no earlier year: half of its budget had been used. 2023 followed 2022: 140 of 200.
    let first = Provning { ar: 2022, prognos: kr(200_000), utfall: kr(240_000) };
    let second = Provning { ar: 2023, prognos: kr(290_000), utfall: kr(340_000) };
    assert_eq!(tried, [first, second]);
}

#[test]
fn a_forecast_has_no_more_digits_than_it_deserves() {
    let tried = |off: i64| [Provning { ar: 2023, prognos: kr(1_000_000 + off), utfall: kr(1_000_000) }];
    for (off, shown) in [(400, 1_234_000), (4_000, 1_234_000), (-40_000, 1_230_000), (400_000, 1_200_000)] {
        assert_eq!(avrundad(kr(1_234_321), &tried(off), kr(0)), kr(shown), "{off}");
    }
    // Nothing earlier is known: a tenth of what remains.
    assert_eq!(avrundad(kr(1_234_321), &[], kr(2_000_000)), kr(1_200_000));
    assert_eq!(avrundad(kr(1_234_321), &[], kr(0)), kr(1_234_000));
    assert_eq!(avrundad(kr(-1_264_321), &tried(40_000), kr(0)), kr(-1_260_000));
}

#[test]
fn the_sum_is_of_forecasts_before_they_are_rounded() {
    let given = insats(insats(forbund(), "a", 2024, &[80, 60]), "b", 2024, &[61, 61]);
    let underlag = underlag(&given);
    let rakning = Rakning::new(&underlag, Halvar::new(2024, 2).unwrap());
    let figures = prognoser(&rakning);
    let shown = |id: &str| {
        let figure = figures.iter().find(|figure| figure.id.to_string() == format!("prognos-2024/{id}")).unwrap();
        assert!(!figure.source.rule(&rakning).is_empty() && !figure.source.facts(&rakning).is_empty());
        format::plain(&figure.value)
    };
    // 280 and 244, of which 20 are uncertain: whole tens.
    assert_eq!([shown("a/prognos_tkr"), shown("b/prognos_tkr")], ["280", "240"]);
    assert_eq!(
        [shown("summa/prognos_tkr"), shown("summa/utfall_tkr"), shown("summa/budget_tkr")],
        ["520", "262", "800"]
    );
}

/// One that nothing of its own tells of follows the others so far this year, so the sum is of all of them.
#[test]
fn the_sum_leaves_no_insats_out() {
    let given = insats(insats(forbund(), "a", 2024, &[80, 60]), "b", 2024, &[]);
    let known = underlag(&given);
    let found = prognos(&known, 1, 2024).unwrap();
    // 140 of the first 200 have been used, of 400.
    assert_eq!((found.grund, found.varde()), (Grund::AllasHittills, kr(280_000)));
    let shown = |underlag: &Underlag, id: &str| {
        let rakning = Rakning::new(underlag, Halvar::new(2024, 2).unwrap());
        let figures = prognoser(&rakning);
        let figure = figures.iter().find(|figure| figure.id.to_string() == format!("prognos-2024/{id}")).unwrap();
        (format::plain(&figure.value), figure.source.rule(&rakning))
    };
    assert_eq!(shown(&known, "summa/prognos_tkr").0, "560");
    // Nothing at all is claimed: no forecast of one, and no sum that would leave it out.
    let mut without = given.clone();
    without.facts.rekvisitioner.clear();
    let without = underlag(&without);
    let (value, rule) = shown(&without, "b/prognos_tkr");
    assert!(value.is_empty() && rule.contains("Ingen rekvisition är känd") && !rule.contains("Summan"), "{rule}");
    let (value, rule) = shown(&without, "summa/prognos_tkr");
    assert!(value.is_empty() && rule.contains("Summan saknas"), "{rule}");
    // Some of it claimed, but nothing of what budgets there are: the sum is missing, and the paper says of whom.
    let rakning = Rakning::new(&without, Halvar::new(2024, 2).unwrap());
    let paper = format!("{:?}", samsyn_core::rapport::prognos::prognos(&rakning).sections);
    assert!(paper.contains("Summan av prognoserna saknas"), "{paper}");
}

/// The share that is used leads to the claims and budgets that it is of.
#[test]
fn the_share_of_a_forecast_has_its_facts() {
    let given = insats(forbund(), "a", 2023, &[70, 80, 90, 100, 60, 70]);
    let known = underlag(&given);
    let rakning = Rakning::new(&known, Halvar::new(2024, 2).unwrap());
    let figures = prognoser(&rakning);
    let figure = figures.iter().find(|figure| figure.id.to_string() == "prognos-2024/a/prognos_tkr").unwrap();
    let groups = figure.source.facts(&rakning);
    let share = groups.last().unwrap();
    assert!(share.heading.starts_with("Andel som används (190 av 200"), "{}", share.heading);
    let nouns: Vec<&str> = share.facts.iter().map(|fact| fact.noun).collect();
    assert_eq!(nouns, ["rekvisitioner", "budget", "rekvisitioner", "budget"]);
    assert!(share.facts[0].key.contains("2023-K3"), "{:?}", share.facts[0]);
}

#[test]
fn no_amounts_are_too_large_to_forecast() {
    let huge = "999999999999".to_owned();
    let mut given = forbund().insats("a").period("2023-01-01", "2025-12-31");
    for quarter in ["2023-K3", "2024-K3"] {
        given = given.budget(quarter, if quarter == "2023-K3" { "1" } else { &huge });
    }
    let given = given.rekvisition("2023-K3", &huge);
    assert!(prognos(&underlag(&given), 0, 2024).unwrap().varde().ore() > 0);
}
