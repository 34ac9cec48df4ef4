//! Counting participants: the measures and table 6 and 7.

use crate::check::{INGEN, SIST, check, figures};
use crate::given::{Del, Given, anonym, forbund, kvinna, man};

fn alby() -> Given {
    forbund().insats("a").period("2024-01-01", "2024-12-31")
}

/// What one woman's deltagande counts as, in table 6 and in deltagit.
#[track_caller]
fn counts_as(period: &str, del: Del, measures: &[&str]) {
    let expected = |measure: &str| if measures.contains(&measure) { "1" } else { "0" };
    let figures = [
        ("6/a/inregistrerade_K", expected("inregistrerade")),
        ("6/a/avslutade_K", expected("avslutade")),
        ("6/a/avslutade_totalt_K", expected("avslutade_totalt")),
        ("6/a/pagaende_K", expected("pagaende")),
        ("nyckeltal/deltagit/antal", expected("deltagit")),
    ];
    check(&alby().deltagande(del), period, &figures);
}

// From *a* (1 January) to *b* (the half-year's end) … inregistrerade: a ≤ inskriven ≤ b
// pagaende: inskriven ≤ b and (no exit or utskriven > b)
#[test]
fn enrolled_from_the_first_to_the_last_day() {
    counts_as("2024-H1", kvinna("2023-12-31"), &["pagaende", "deltagit"]);
    counts_as("2024-H1", kvinna("2024-01-01"), &["inregistrerade", "pagaende", "deltagit"]);
    counts_as("2024-H1", kvinna("2024-06-30"), &["inregistrerade", "pagaende", "deltagit"]);
    counts_as("2024-H1", kvinna("2024-07-01"), &[]);
}

// avslutade: a ≤ utskriven ≤ b; avslutade_totalt: utskriven ≤ b (no lower limit)
// deltagit: inskriven ≤ b and (no exit or utskriven ≥ a)
// Exited on *b* is avslutad and not pågående; exited on *a* has deltagit
#[test]
fn exited_from_the_first_to_the_last_day() {
    let del = || kvinna("2023-03-01");
    counts_as("2024-H1", del().ut("2023-12-31"), &["avslutade_totalt"]);
    counts_as("2024-H1", del().ut("2024-01-01"), &["avslutade", "avslutade_totalt", "deltagit"]);
    counts_as("2024-H1", del().ut("2024-06-30"), &["avslutade", "avslutade_totalt", "deltagit"]);
    counts_as("2024-H1", del().ut("2024-07-01"), &["pagaende", "deltagit"]);
}

// participants **accumulated from 1 January** to the half-year's end.
#[test]
fn the_second_half_counts_from_1_january() {
    let all = &["inregistrerade", "avslutade", "avslutade_totalt", "deltagit"];
    counts_as("2024-H2", kvinna("2024-01-01").ut("2024-06-30"), all);
    counts_as("2024-H2", kvinna("2024-01-01").ut("2024-12-31"), all);
    counts_as("2024-H2", kvinna("2024-12-31"), &["inregistrerade", "pagaende", "deltagit"]);
    counts_as("2024-H2", kvinna("2025-01-01"), &[]);
    counts_as("2024-H2", kvinna("2023-01-01").ut("2024-01-01"), &["avslutade", "avslutade_totalt", "deltagit"]);
    counts_as("2024-H2", kvinna("2023-01-01").ut("2025-01-01"), &["pagaende", "deltagit"]);
}

// enrolled and exited on the same day is both inregistrerad and avslutad.
#[test]
fn enrolled_and_exited_on_the_same_day() {
    for day in ["2024-01-01", "2024-03-01", "2024-06-30"] {
        let del = kvinna(day).ut(day);
        counts_as("2024-H1", del, &["inregistrerade", "avslutade", "avslutade_totalt", "deltagit"]);
    }
}

// At one and the same kännedomsdatum: pågående the day before *a* + inregistrerade − avslutade = pågående
// on *b*.
#[test]
fn what_flows_in_and_out_is_what_changed() {
    let given = forbund()
        .insats("a")
        .period("2023-01-01", "2024-12-31")
        .deltaganden(3, kvinna("2023-04-01"))
        .deltaganden(2, kvinna("2023-04-01").ut("2024-01-01"))
        .deltagande(kvinna("2023-04-01").ut("2023-12-31"))
        .deltaganden(4, kvinna("2024-01-01"))
        .deltagande(kvinna("2024-02-01").ut("2024-06-30"));
    check(&given, "2023-H2", &[("6/a/pagaende_K", "5")]);
    let flow = [("6/a/inregistrerade_K", "5"), ("6/a/avslutade_K", "3"), ("6/a/pagaende_K", "7")];
    check(&given, "2024-H1", &flow);
}

// anonymous with a ≤ inskriven ≤ b; shown apart, in no other figure but the key figure `anonyma`
#[test]
fn an_anonymous_person_is_only_counted() {
    for (day, number) in [("2023-12-31", "0"), ("2024-01-01", "1"), ("2024-06-30", "1"), ("2024-07-01", "0")] {
        let found = figures(&alby().deltagande(anonym(day)).facts, "2024-H1", SIST);
        for id in ["7/a/anonyma", "7/summa/anonyma", "nyckeltal/anonyma/antal"] {
            assert_eq!(found[id], number, "{id} {day}");
        }
        let other = |id: &&String| !id.contains("anonyma") && !id.starts_with("1/");
        let is_empty = |value: &str| ["0", "", "nej"].contains(&value);
        for id in found.keys().filter(other) {
            let rows = ["nyckeltal/insatser/antal", "nyckeltal/individinsatser/antal"];
            let answers = id.starts_with("svar/");
            assert!(is_empty(&found[id]) || rows.contains(&id.as_str()) || answers, "{id} {}", found[id]);
        }
    }
}

// Some register the sex of an anonymous person; it is shown nowhere.
#[test]
fn an_anonymous_man_is_one_anonymous_person() {
    let given = alby().deltagande(anonym("2024-02-01").med("kon", "M")).deltagande(anonym("2024-02-01"));
    check(&given, "2024-H1", &[("7/a/anonyma", "2"), ("6/a/inregistrerade_M", "0"), ("6/a/inregistrerade_K", "0")]);
}

// each measure but deltagit and anonyma, with `_K`, `_M`, `_S` (women, men, sum); row `summa`
#[test]
fn table_6_has_women_men_and_sum_per_chain_and_in_all() {
    let given = alby()
        .deltaganden(3, kvinna("2024-02-01"))
        .deltaganden(2, man("2024-02-01"))
        .insats("b")
        .period("2024-01-01", "2024-12-31")
        .deltaganden(1, man("2024-02-01").ut("2024-03-01").arbetar("25"));
    let ids = ["inregistrerade", "pagaende", "avslutade", "avslutade_totalt", "till_arbete_studier"];
    let a = ["3 2 5", "3 2 5", "0 0 0", "0 0 0", "0 0 0"];
    let b = ["0 1 1", "0 0 0", "0 1 1", "0 1 1", "0 1 1"];
    let sum = ["3 3 6", "3 2 5", "0 1 1", "0 1 1", "0 1 1"];
    let found = figures(&given.facts, "2024-H1", SIST);
    for (row, values) in [("a", a), ("b", b), ("summa", sum)] {
        for (measure, values) in ids.iter().zip(values) {
            let of = |letter| found[&format!("6/{row}/{measure}_{letter}")].clone();
            assert_eq!([of("K"), of("M"), of("S")].join(" "), values, "{row} {measure}");
        }
    }
    check(&given, "2024-H1", &[("6/a/deltagit_S", INGEN), ("6/a/anonyma_S", INGEN)]);
}

// row `fordelning` = share of women and men of the sum
#[test]
fn the_split_by_sex_is_of_the_sum() {
    let given = alby().deltaganden(2, kvinna("2024-02-01")).deltagande(man("2024-02-01")).deltagande(man("2023-02-01"));
    check(
        &given,
        "2024-H1",
        &[
            ("6/fordelning/inregistrerade_K", "67"),
            ("6/fordelning/inregistrerade_M", "33"),
            ("6/fordelning/pagaende_K", "50"),
            ("6/fordelning/pagaende_M", "50"),
            // An empty base gives a missing value ("–", an empty field in `siffror`), never 0.
            ("6/fordelning/avslutade_K", ""),
            ("6/fordelning/avslutade_totalt_M", ""),
            ("6/fordelning/inregistrerade_S", INGEN),
        ],
    );
}

// Shares … are whole percent, rounded half up from the exact ratio; women and men need not sum to 100.
#[test]
fn shares_are_rounded_half_up_and_need_not_sum_to_100() {
    let split = |women, men, share_of_women, share_of_men| {
        let given = alby().deltaganden(women, kvinna("2024-02-01")).deltaganden(men, man("2024-02-01"));
        let id = |letter: &str| format!("6/fordelning/inregistrerade_{letter}");
        check(&given, "2024-H1", &[(&id("K"), share_of_women), (&id("M"), share_of_men)]);
    };
    split(1, 7, "13", "88"); // 12.5 and 87.5
    split(1, 6, "14", "86"); // 14.29 and 85.71
    split(1, 199, "1", "100"); // 0.5 and 99.5
    split(1, 200, "0", "100"); // 0.498 and 99.502
    split(0, 3, "0", "100");
}
