//! Counting participants where insatser hand in counts by month in place of single inskrivningar.

use crate::check::{INGEN, SIST, agrees_with_its_list, check, check_per, rows, underlag};
use crate::given::{Given, forbund, kvinna, man};
use crate::random::{as_counts, day, facts, period};
use proptest::prelude::*;
use samsyn_core::Facts;
use samsyn_core::calc::{Rakning, insatsens, siffror};
use samsyn_core::rapport::pm::pm;
use samsyn_core::underlag::Underlag;
use samsyn_document::{Manad, Value, format};
use std::collections::HashMap;

fn alby() -> Given {
    forbund().insats("a").period("2023-10-01", "2024-12-31")
}

/// Half a year of one insats: 3 women when it begins, then 8 women and 2 men in and 6 women and 1 man out.
///
/// | month   | women in, out, ongoing | men in, out, ongoing |
/// |---------|------------------------|----------------------|
/// | 2023-12 | 3, 0, 3                |                      |
/// | 2024-01 | 5, 0, 8                | 2, 0, 2              |
/// | 2024-02 | 2, 1, 9                | 0, 0, 2              |
/// | 2024-03 | 0, 2, 7                | 0, 0, 2              |
/// | 2024-04 | 0, 0, 7                | 0, 1, 1              |
/// | 2024-05 | 1, 0, 8                | 0, 0, 1              |
/// | 2024-06 | 0, 3, 5                | 0, 0, 1              |
pub fn half_a_year() -> Given {
    alby().counted()
}

impl Given {
    fn counted(self) -> Given {
        let women = [("2023-12", 3, 3), ("2024-01", 5, 8), ("2024-02", 2, 9), ("2024-03", 0, 7)];
        let women = women.into_iter().chain([("2024-04", 0, 7), ("2024-05", 1, 8), ("2024-06", 0, 5)]);
        let men = [("2024-01", 2, 2), ("2024-02", 0, 2), ("2024-03", 0, 2), ("2024-04", 0, 1), ("2024-05", 0, 1)];
        let men = men.into_iter().chain([("2024-06", 0, 1)]);
        let given =
            women.fold(self, |given, (month, entered, ongoing)| given.manadsantal(month, "K", entered, ongoing));
        let given = men.fold(given, |given, (month, entered, ongoing)| given.manadsantal(month, "M", entered, ongoing));
        given
            .avslutsantal("2024-02", "K", "arbete", [1, 1, 1])
            .avslutsantal("2024-03", "K", "insatsen_avslutad", [2, 1, 0])
            .avslutsantal("2024-06", "K", "fortsatt_rehabilitering", [3, 0, 2])
            .avslutsantal("2024-04", "M", "sjukdom", [1, 0, 1])
    }

    /// Without the counts of one month.
    fn without(mut self, month: &str) -> Given {
        let month: Manad = month.parse().unwrap();
        self.facts.manadsantal.retain(|row| row.manad != month);
        self.facts.avslutsantal.retain(|row| row.manad != month);
        self
    }
}

// every insats can instead hand in **counts only** (in, out, ongoing, per sex, month and exit reason), from which the
// participant tables come out as well.
#[test]
fn the_participant_tables_come_out_of_counts() {
    let given = half_a_year().forvantat(20).rekvisition("2024-K1", "13000");
    check(
        &given,
        "2024-H1",
        &[
            ("6/a/inregistrerade_K", "8"),
            ("6/a/inregistrerade_M", "2"),
            ("6/a/inregistrerade_S", "10"),
            ("6/a/avslutade_K", "6"),
            ("6/a/avslutade_S", "7"),
            ("6/a/avslutade_totalt_S", "7"),
            ("6/a/pagaende_K", "5"),
            ("6/a/pagaende_M", "1"),
            ("6/summa/pagaende_S", "6"),
            ("6/a/till_arbete_studier_K", "2"),
            ("6/a/till_arbete_studier_M", "0"),
            ("6/fordelning/inregistrerade_K", "80"),
            // Of the base, 4 women and 1 man: 1 woman to work, 3 women and 1 man with a plan.
            ("8/a/till_arbete_studier_S", "2"),
            ("8/a/andel_K", "25"),
            ("8/a/andel_M", "0"),
            ("8/a/andel_S", "20"),
            ("8/summa/andel_plan", "80"),
            ("nyckeltal/inskrivna/antal", "10"),
            ("nyckeltal/avslutade/antal", "7"),
            ("nyckeltal/avslutade_exkl_insatsens_avslut/antal", "5"),
            ("nyckeltal/till_arbete_studier/andel", "20"),
            ("nyckeltal/fortsatt_rehabilitering_K/antal", "3"),
            ("nyckeltal/sjukdom_M/antal", "1"),
            ("nyckeltal/sjukdom_K/antal", "0"),
            // Ongoing on 30 June and exited since 1 January; 3 when the year began and 10 since.
            ("nyckeltal/deltagit/antal", "13"),
            ("forvantat/a/faktiskt", "13"),
            ("forvantat/a/andel", "130"),
            ("kostnad/a/per_deltagare_kr", "1000"),
            ("kostnad/summa/per_till_arbete_studier_kr", "6500"),
        ],
    );
}

// avslutade: a ≤ utskriven ≤ b; avslutade_totalt: utskriven ≤ b (no lower limit)
#[test]
fn months_before_and_after_the_year_so_far() {
    let given = half_a_year().avslutsantal("2023-12", "K", "flytt", [4, 0, 0]).manadsantal("2024-07", "K", 9, 14);
    check(&given, "2024-H1", &[("6/a/avslutade_S", "7"), ("6/a/avslutade_totalt_S", "11")]);
    check(&given, "2024-H1", &[("6/a/inregistrerade_S", "10"), ("6/a/pagaende_K", "5")]);
    check(&given, "2023-H2", &[("6/a/inregistrerade_S", "3"), ("6/a/avslutade_S", "4"), ("6/a/pagaende_S", "3")]);
}

// what cannot be known is "–"
#[test]
fn who_seeks_work_is_not_known_from_counts() {
    let rows = ["nyckeltal/till_arbete_studier_eller_arbetssokande/antal", "nyckeltal/ovriga_avslut/antal"];
    let share = "nyckeltal/till_arbete_studier_eller_arbetssokande/andel";
    check(&half_a_year(), "2024-H1", &[(rows[0], ""), (rows[1], ""), (share, "")]);
    // But when nobody of the base is counted by month, it is.
    let given = forbund().insats("a").period("2023-10-01", "2024-12-31");
    let given = given.manadsantal("2024-06", "K", 1, 1).avslutsantal("2024-06", "K", "insatsen_avslutad", [1, 0, 0]);
    let single = given.insats("b").period("2024-01-01", "2024-12-31").deltagande(kvinna("2024-02-01").ut("2024-03-01"));
    check(&single, "2024-H1", &[(rows[0], "0"), (rows[1], "1"), (share, "0")]);
}

// pagaende = that of the last month; if that month is not handed in it is unknown, and so is everything that adds it.
#[test]
fn without_the_last_month_ongoing_is_not_known() {
    let given = half_a_year().without("2024-06").forvantat(20).rekvisition("2024-K1", "13000");
    let given = given.insats("b").period("2024-01-01", "2024-12-31").deltagande(man("2024-02-01"));
    check(
        &given,
        "2024-H1",
        &[
            ("6/a/pagaende_K", ""),
            ("6/a/pagaende_S", ""),
            ("6/b/pagaende_S", "1"),
            ("6/summa/pagaende_M", ""),
            ("6/fordelning/pagaende_M", ""),
            ("nyckeltal/deltagit/antal", ""),
            ("forvantat/a/faktiskt", ""),
            ("forvantat/a/andel", ""),
            ("forvantat/b/faktiskt", "1"),
            ("kostnad/a/per_deltagare_kr", ""),
            ("kostnad/summa/per_deltagare_kr", ""),
            // Nor who came and left in that month: the sum of the others looks as good as a whole one.
            ("kostnad/summa/per_till_arbete_studier_kr", ""),
            ("6/summa/inregistrerade_S", ""),
            ("6/a/avslutade_S", ""),
            ("6/a/avslutade_totalt_S", ""),
            ("6/b/inregistrerade_S", "1"),
        ],
    );
    let said = said(&given, "2024-H1");
    assert!(said.contains("inte känt för a (Bolmen), som inte har lämnat antal för periodens sista månad"), "{said}");
    assert!(said.contains("Antal saknas för a (Bolmen) i juni 2024."), "{said}");
    assert!(!said.contains("Ingen har deltagit"), "{said}");
}

// Known from the day that the numbers came in.
#[test]
fn a_month_is_known_from_the_day_it_came_in() {
    check_per(&half_a_year(), "2024-H1", "2024-07-04", &[("6/a/pagaende_S", ""), ("6/a/inregistrerade_S", "")]);
    check_per(&half_a_year(), "2024-H1", "2024-07-05", &[("6/a/pagaende_S", "6"), ("6/a/inregistrerade_S", "10")]);
    // Of a half-year that has begun, and of which no month is in, nothing is known but who was there before.
    check_per(&half_a_year(), "2024-H1", "2024-01-05", &[("6/a/inregistrerade_S", ""), ("6/a/pagaende_S", "3")]);
    check_per(&half_a_year(), "2024-H1", "2024-01-04", &[("6/a/pagaende_S", "0")]);
}

// While the half-year is not over the ongoing are those of the last month handed in, also in sums, and a note says which.
#[test]
fn a_half_year_that_is_not_over_has_the_ongoing_of_the_last_month_handed_in() {
    let given = half_a_year().insats("b").period("2024-01-01", "2024-12-31").deltagande(man("2024-02-01"));
    // April came in on 5 May. On 20 May neither May nor June has ended.
    let ongoing = [("6/a/pagaende_S", "8"), ("6/summa/pagaende_S", "9"), ("nyckeltal/deltagit/antal", "13")];
    check_per(&given, "2024-H1", "2024-05-20", &ongoing);
    let noted = said_per(&given, "2024-H1", "2024-05-20");
    assert!(noted.contains("Pågående och deltagit är per månadens slut: april 2024 för a (Bolmen)."), "{noted}");
    assert!(!noted.contains("Antal saknas") && !noted.contains("inte känt"), "{noted}");
    // A month that has ended and is not in is told; when the half-year is over it leaves the ongoing unknown.
    let noted = said_per(&given, "2024-H1", "2024-06-02");
    assert!(noted.contains("april 2024 för a (Bolmen). Antal saknas för a (Bolmen) i maj 2024."), "{noted}");
    check_per(&given, "2024-H1", "2024-06-29", &[("6/a/pagaende_S", "9")]);
    check_per(&given, "2024-H1", "2024-06-30", &[("6/a/pagaende_S", ""), ("6/summa/pagaende_S", "")]);
    assert!(!said_per(&given, "2024-H1", "2024-12-31").contains("månadens slut"));
    // One who has been silent since before the month ahead of the year is not known.
    check_per(&alby().manadsantal("2023-11", "K", 3, 3), "2024-H1", "2024-02-20", &[("6/a/pagaende_S", "")]);
    // Nor one whose single inskrivningar or exits are of later than its counts: somebody would be counted twice.
    let over = alby().manadsantal("2024-01", "K", 3, 3).deltagande(kvinna("2024-02-01"));
    check_per(&over, "2024-H1", "2024-02-20", &[("6/a/pagaende_S", "")]);
    let exit = alby().manadsantal("2024-01", "K", 3, 3).avslutsantal("2024-02", "K", "arbete", [1, 1, 0]);
    check_per(&exit, "2024-H1", "2024-03-20", &[("6/a/pagaende_S", "")]);
}

// Nobody was ongoing in the last month handed in, and since then the insats has not run.
#[test]
fn an_insats_that_ended_empty_has_nobody_ongoing() {
    let ended = |ongoing| {
        let given = forbund().insats("a").period("2024-01-01", "2024-03-31").manadsantal("2024-02", "K", 4, 4);
        given.manadsantal("2024-03", "K", 0, ongoing).avslutsantal("2024-03", "K", "arbete", [4 - ongoing, 0, 0])
    };
    check(&ended(0), "2024-H1", &[("6/a/pagaende_S", "0"), ("nyckeltal/deltagit/antal", "4")]);
    check(&ended(1), "2024-H1", &[("6/a/pagaende_S", ""), ("nyckeltal/deltagit/antal", "")]);
    // The year after it neither runs nor hands in anything, and has no row.
    assert!(rows(&ended(1), "2025-H1", "6").iter().all(|row| row != "a"));
    let prolonged = ended(0).beslut("2024-02-01", "2024-01-01", "2024-12-31");
    check(&prolonged, "2024-H1", &[("6/a/pagaende_S", "")]);
}

// a switch from one kind to the other
#[test]
fn an_insats_may_go_over_from_one_kind_to_the_other() {
    let to_counts = forbund().insats("a").period("2024-01-01", "2024-12-31");
    let to_counts = to_counts.deltaganden(2, kvinna("2024-01-15").ut("2024-03-31").studerar());
    let to_counts = to_counts.manadsantal("2024-04", "K", 3, 3).manadsantal("2024-05", "K", 0, 3);
    let to_counts = to_counts.manadsantal("2024-06", "K", 0, 2).avslutsantal("2024-06", "K", "arbete", [1, 1, 0]);
    let both = [("6/a/inregistrerade_K", "5"), ("6/a/avslutade_K", "3"), ("6/a/pagaende_K", "2")];
    check(&to_counts, "2024-H1", &both);
    check(&to_counts, "2024-H1", &[("6/a/till_arbete_studier_K", "3"), ("nyckeltal/deltagit/antal", "5")]);

    let to_single = forbund().insats("a").period("2024-01-01", "2024-12-31").manadsantal("2024-01", "K", 3, 0);
    let to_single = to_single.avslutsantal("2024-01", "K", "arbete", [3, 1, 0]).deltaganden(2, kvinna("2024-02-01"));
    check(&to_single, "2024-H1", &[("6/a/pagaende_K", "2"), ("6/a/inregistrerade_K", "5")]);
    check(&to_single, "2024-H1", &[("nyckeltal/deltagit/antal", "5")]);
}

// Tabell 9 and the target group: over single inskrivningar only, with a note that names the others.
#[test]
fn what_counts_do_not_tell_is_of_single_inskrivningar() {
    let single = half_a_year().insats("b").period("2024-01-01", "2024-12-31");
    let out = || man("2024-02-01").ut("2024-03-01").med("fodelsear", "2000");
    let single = single.deltagande(out().arbetar("50")).deltaganden(2, out()).deltagande(kvinna("2024-02-01"));
    check(
        &single,
        "2024-H1",
        &[
            ("9/avslutade/S", "3"),
            ("9/summa_arbete_eller_studier/S", "1"),
            ("9/arbetar_50/M", "1"),
            ("malgrupp/alla/antal", "4"),
            ("malgrupp/kvinnor/andel", "25"),
            ("malgrupp/under_30/andel", "75"),
            ("malgrupp-deltagit/alla/antal", "4"),
            ("8/summa/till_arbete_studier_S", "3"),
        ],
    );
    let said = said(&single, "2024-H1");
    assert!(said.contains("Räknat på 3 avslutade i insatser som lämnar inskrivningar en och en. Inte med: a (Bolmen)"));
    assert!(said.contains("räknas på 4 inskrivna och alla 4 som deltagit i insatser som lämnar"), "{said}");
    assert!(said.contains("Siffrorna för a (Bolmen) kommer ur antal per månad"), "{said}");
    // Without counts nothing of it is there.
    let plain = forbund().insats("b").period("2024-01-01", "2024-12-31").deltagande(out());
    check(&plain, "2024-H1", &[("9/avslutade/S", INGEN), ("malgrupp/alla/antal", INGEN)]);
    assert!(!self::said(&plain, "2024-H1").contains("per månad"));
}

// Quarters of an insats follow the measures with the quarter's first and last day as *a* and *b*
#[test]
fn quarters_are_three_months() {
    let underlag = underlag(&half_a_year().without("2024-03").facts, SIST);
    let rakning = Rakning::new(&underlag, "2024-H1".parse().unwrap());
    let found: HashMap<String, String> = insatsens(&rakning, 0)
        .into_iter()
        .map(|figure| {
            agrees_with_its_list(&rakning, &figure);
            (figure.id.to_string(), format::plain(&figure.value))
        })
        .collect();
    let of = |name: &str, quarter: &str| found[&format!("kvartal/a/{name}_{quarter}")].clone();
    assert_eq!(["2023-K4", "2024-K1", "2024-K2"].map(|q| of("inregistrerade", q)), ["3", "", "1"]);
    assert_eq!(["2023-K4", "2024-K1", "2024-K2"].map(|q| of("avslutade", q)), ["0", "", "4"]);
    assert_eq!(["2023-K4", "2024-K1", "2024-K2"].map(|q| of("pagaende", q)), ["3", "", "6"]);
    assert_eq!(of("till_arbete_studier", "2024-K1"), "");
}

/// A figure of an insats by quarter, as known on a day.
fn of_quarter(given: &Given, per: &str, name: &str) -> String {
    let underlag = underlag(&given.facts, per);
    let found = insatsens(&Rakning::new(&underlag, "2024-H1".parse().unwrap()), 0);
    let found = found.into_iter().find(|figure| figure.id.to_string() == format!("kvartal/a/{name}"));
    found.map_or(INGEN.to_owned(), |figure| format::plain(&figure.value))
}

// what cannot be known is "–": of a quarter that has not begun nobody knows anything, whichever kind is handed in.
#[test]
fn a_quarter_that_has_not_begun_is_not_known() {
    let single = forbund().insats("a").period("2024-01-01", "2024-12-31").deltagande(kvinna("2024-02-01"));
    for given in [half_a_year(), single] {
        for name in ["inregistrerade", "avslutade", "pagaende", "till_arbete_studier"] {
            assert_eq!(of_quarter(&given, "2024-03-31", &format!("{name}_2024-K2")), "", "{name}");
        }
    }
    let given = forbund().insats("a").period("2024-01-01", "2024-12-31").deltagande(kvinna("2024-02-01"));
    assert_eq!(of_quarter(&given, "2024-04-01", "pagaende_2024-K2"), "1");
}

// An insats that runs in a part of a quarter, and has handed in none of its months there, tells nothing of it.
#[test]
fn a_quarter_in_which_an_insats_partly_runs_is_not_nought() {
    let given = forbund().insats("a").period("2023-10-01", "2024-05-31").manadsantal("2024-03", "K", 2, 2);
    for name in ["inregistrerade", "avslutade", "pagaende", "till_arbete_studier"] {
        assert_eq!(of_quarter(&given, SIST, &format!("{name}_2024-K2")), "", "{name}");
        assert_eq!(of_quarter(&given, "2024-05-20", &format!("{name}_2024-K2")), "", "{name}, running");
    }
}

// An insats that has handed in nothing of the year so far has "–" in table 6, and so has the sum.
#[test]
fn nothing_handed_in_is_not_nought() {
    let given = alby().manadsantal("2023-11", "K", 3, 0).avslutsantal("2023-11", "K", "flytt", [3, 0, 0]);
    let given = given.insats("b").period("2024-01-01", "2024-12-31").deltagande(man("2024-02-01"));
    let names = ["inregistrerade_S", "avslutade_K", "avslutade_totalt_S", "till_arbete_studier_M"];
    for per in ["2024-06-29", SIST] {
        let figures: Vec<String> =
            ["a", "summa"].iter().flat_map(|row| names.iter().map(move |name| format!("6/{row}/{name}"))).collect();
        let missing: Vec<(&str, &str)> = figures.iter().map(|name| (name.as_str(), "")).collect();
        check_per(&given, "2024-H1", per, &missing);
    }
    let said = said(&given, "2024-H1");
    let told = "Hur många som skrivits in och avslutats är inte känt för a (Bolmen), som inte har lämnat antal för alla \
                periodens månader";
    assert!(said.contains(told), "{said}");
    // A month that lacks in an earlier year is one whose exits nobody knows.
    let earlier = half_a_year().manadsantal("2023-10", "K", 0, 0);
    check(&earlier, "2024-H1", &[("6/a/avslutade_S", "7"), ("6/a/avslutade_totalt_S", "")]);
}

/// Everything that the PM says.
fn said(given: &Given, period: &str) -> String {
    said_per(given, period, SIST)
}

fn said_per(given: &Given, period: &str, per: &str) -> String {
    let underlag = underlag(&given.facts, per);
    let document = pm(&Rakning::new(&underlag, period.parse().unwrap()));
    let mut all = String::new();
    for table in document.tables() {
        table.remarks.iter().for_each(|remark| all += &format!("{}\n", format::text(remark)));
    }
    fn each(section: &samsyn_document::Section, all: &mut String) {
        for block in &section.blocks {
            if let samsyn_document::Block::Paragraph(text) = block {
                *all += &format!("{}\n", format::text(text));
            }
        }
        section.sections.iter().for_each(|section| each(section, all));
    }
    document.sections.iter().for_each(|section| each(section, &mut all));
    all
}

/// The figures that counts can tell, and what they are.
fn told_by_counts(underlag: &Underlag, period: samsyn_document::Halvar) -> Vec<(String, Value)> {
    let rakning = Rakning::new(underlag, period);
    let told = |id: &str| {
        let rows = ["nyckeltal/till_arbete_studier_eller_arbetssokande", "nyckeltal/ovriga_avslut"];
        let tables = ["9/", "malgrupp", "fjolar-malgrupp"];
        !rows.iter().chain(&tables).any(|beginning| id.starts_with(beginning))
    };
    let named = siffror(&rakning).into_iter().map(|figure| {
        agrees_with_its_list(&rakning, &figure);
        (figure.id.to_string(), figure.value)
    });
    named.filter(|(id, _)| told(id)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    // from which the participant tables come out as well: the same people, handed in one by one or as counts, give the
    // same tables 6, 7 and 8, costs, expected numbers and key figures.
    #[test]
    fn counts_and_single_inskrivningar_of_the_same_people_agree(
        facts in facts(),
        counted in 1u8..32,
        period in period(),
        per in day(),
    ) {
        let known = facts.known_at(per);
        let counts = as_counts(&known, |nr| counted & (1 << nr) != 0);
        let single = Underlag::new(known, per);
        let both = Underlag::new(counts, per);
        let as_before = told_by_counts(&single, period);
        let of_counts = told_by_counts(&both, period);
        prop_assert_eq!(as_before, of_counts);
    }

    // Whatever an insats hands in, every figure agrees with its list, and documents can be made.
    #[test]
    fn any_counts_can_be_counted(
        facts in facts(),
        months in prop::collection::vec((0usize..5, 0u8..30, any::<bool>(), 0u32..9, 0u32..9), 1..20),
        period in period(),
        per in day(),
    ) {
        let underlag = underlag(&with_any_counts(facts, &months), &per.to_string());
        let rakning = Rakning::new(&underlag, period);
        for figure in siffror(&rakning) {
            agrees_with_its_list(&rakning, &figure);
            let unknown = figure.source.is_unknown(&rakning);
            prop_assert!(!unknown || figure.value == Value::Missing, "{}", figure.id);
        }
        pm(&rakning);
    }
}

/// Counts that need not hang together.
pub fn with_any_counts(facts: Facts, months: &[(usize, u8, bool, u32, u32)]) -> Facts {
    let mut given = Given { facts };
    let insatser = std::mem::take(&mut given.facts.insatser);
    for &(nr, month, woman, entered, ongoing) in months {
        let Some(insats) = insatser.get(nr % insatser.len()) else { continue };
        given.facts.insatser.push(insats.clone());
        let month = Manad::new(2023 + u16::from(month / 12), month % 12 + 1).unwrap().to_string();
        let kon = if woman { "K" } else { "M" };
        let twice = |m: &samsyn_core::manadsantal::Manadsantal| {
            m.insats_id == insats.insats_id && m.manad.to_string() == month && (m.kon.kod() == kon)
        };
        if !given.facts.manadsantal.iter().any(twice) {
            given = given.manadsantal(&month, kon, entered, ongoing);
            given = given.avslutsantal(
                &month,
                kon,
                if woman { "arbete" } else { "insatsen_avslutad" },
                [ongoing, entered.min(ongoing), 0],
            );
        }
    }
    given.facts.insatser = insatser;
    given.facts
}
