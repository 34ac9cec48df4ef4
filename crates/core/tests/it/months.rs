//! Figures month by month, and the head counts of Uppföljning Finsam.

use crate::check::{INGEN, SIST, agrees_with_its_list, underlag};
use crate::counts::half_a_year;
use crate::given::{Given, anonym, forbund, kvinna, man};
use crate::random::{as_counts, day, facts};
use proptest::prelude::*;
use samsyn_core::calc::{Rakning, finsam, manader, siffra, siffror};
use samsyn_core::rapport;
use samsyn_core::underlag::Underlag;
use samsyn_document::{Document, Halvar, Value, format};
use std::collections::HashMap;

/// The figures month by month and of Uppföljning Finsam, by name; each agrees with its list and is found by its name.
fn of(underlag: &Underlag, period: &str) -> HashMap<String, String> {
    let rakning = Rakning::new(underlag, period.parse().unwrap());
    let figures = manader(&rakning).into_iter().chain(finsam(&rakning));
    let named = figures.map(|figure| {
        agrees_with_its_list(&rakning, &figure);
        assert_eq!(siffra(&rakning, &figure.id).map(|found| found.value), Some(figure.value.clone()), "{}", figure.id);
        (figure.id.to_string(), format::plain(&figure.value))
    });
    named.collect()
}

/// One insats with counts from December to June, and one with single inskrivningar.
fn two() -> Given {
    let given = half_a_year().forvantat(24).insats("b").period("2024-02-15", "2024-12-31").forvantat(12);
    given
        .deltaganden(2, kvinna("2024-02-20"))
        .deltagande(man("2024-03-01").ut("2024-03-31").studerar())
        .deltagande(anonym("2024-03-01"))
}

// Monthly key figures per insats (in, out, ongoing, to work or studies, against plan)
#[test]
fn months_of_counts_and_of_single_inskrivningar() {
    let facts = two().facts;
    let found = of(&underlag(&facts, SIST), "2024-H1");
    let row = |insats: &str, name: &str| -> Vec<&str> {
        let of = |month| found.get(&format!("manad/{insats}/{name}_2024-{month:02}")).map_or(INGEN, String::as_str);
        (1..=6).map(of).collect()
    };
    assert_eq!(row("a", "nya_K"), ["5", "2", "0", "0", "1", "0"]);
    assert_eq!(row("a", "pagaende_S"), ["10", "11", "9", "8", "9", "6"]);
    assert_eq!(row("a", "avslutade_M"), ["0", "0", "0", "1", "0", "0"]);
    assert_eq!(row("a", "till_arbete_studier_S"), ["0", "1", "1", "0", "0", "0"]);
    // It began in February: January has no row.
    assert_eq!(row("b", "nya_S"), [INGEN, "2", "1", "0", "0", "0"]);
    assert_eq!(row("b", "pagaende_K"), [INGEN, "2", "2", "2", "2", "2"]);
    assert_eq!(row("summa", "pagaende_S"), ["10", "13", "11", "10", "11", "8"]);
    assert_eq!(row("summa", "avslutade_S"), ["0", "1", "3", "1", "0", "3"]);
    // 13 took part; 24 a year in six months of the year are 12 expected: 108 %.
    let year = |insats: &str, name: &str| found[&format!("manad/{insats}/{name}")].as_str();
    assert_eq!(
        ["nya_S_hittills", "deltagit", "forvantat", "mot_plan"].map(|name| year("a", name)),
        ["10", "13", "12", "108"]
    );
    // Its period overlaps five of the six months: 12 ÷ 12 × 5.
    assert_eq!(
        ["nya_S_hittills", "deltagit", "forvantat", "mot_plan"].map(|name| year("b", name)),
        ["3", "3", "5", "60"]
    );
    assert_eq!(
        ["nya_S_hittills", "pagaende_S_hittills", "deltagit"].map(|name| year("summa", name)),
        ["13", "8", "16"]
    );
}

// forvantat_antal_per_ar × months of the year so far that its period overlaps ÷ 12, half up
#[test]
fn expected_by_months_is_rounded_half_up() {
    let expected = |number: u32, start: &str| {
        let given = forbund().insats("a").period(start, "2024-12-31").forvantat(number);
        of(&underlag(&given.facts, SIST), "2024-H1")["manad/a/forvantat"].clone()
    };
    assert_eq!(expected(1, "2024-01-01"), "1"); // 0.5
    assert_eq!(expected(1, "2024-02-01"), "0"); // 0.42
    assert_eq!(expected(3, "2024-01-31"), "2"); // 1.5
}

// Months after the kännedomsdatum or not begun are left out.
#[test]
fn months_that_have_not_begun_are_left_out() {
    let months = |per: &str, period: &str| {
        let underlag = underlag(&two().facts, per);
        let found = of(&underlag, period);
        (1..=12).filter(|month| found.contains_key(&format!("manad/a/nya_S_2024-{month:02}"))).count()
    };
    assert_eq!(months("2024-04-30", "2024-H2"), 4);
    assert_eq!(months("2024-05-01", "2024-H2"), 5);
    assert_eq!(months("2024-12-31", "2024-H1"), 6);
    assert_eq!(months("2023-12-31", "2024-H2"), 0);
    let underlag = underlag(&two().facts, "2023-12-31");
    assert!(
        said(&rapport::manad::manad(&Rakning::new(&underlag, "2024-H1".parse().unwrap()), None))
            .contains("inte börjat")
    );
}

// What counts do not tell yet is "–", and the year so far is told up to the last month that they tell.
#[test]
fn the_year_so_far_ends_with_the_last_month_handed_in() {
    let underlag = underlag(&two().facts, "2024-06-01");
    let found = of(&underlag, "2024-H1");
    assert_eq!(found["manad/a/pagaende_S_2024-04"], "8");
    assert_eq!(found["manad/a/pagaende_S_2024-05"], "");
    assert_eq!(found["manad/summa/pagaende_S_2024-05"], "");
    // Nobody knows how many came in a month that is not handed in; nought would say that none did.
    assert_eq!(
        ["nya_S", "avslutade_K", "till_arbete_studier_M"]
            .map(|name| found[&format!("manad/a/{name}_2024-05")].as_str()),
        [""; 3]
    );
    assert_eq!(found["manad/summa/nya_S_2024-05"], "", "a sum of what is not known is not known");
    // Nor do counts tell anything of the month that has begun.
    assert_eq!(["a", "summa"].map(|row| found[&format!("manad/{row}/pagaende_S_2024-06")].as_str()), [""; 2]);
    assert_eq!(found["manad/b/pagaende_S_2024-06"], "2");
    // 3 when the year began and 9 since; four months of 24 a year.
    assert_eq!((found["manad/a/deltagit"].as_str(), found["manad/a/forvantat"].as_str()), ("12", "8"));
    assert_eq!(found["manad/b/deltagit"], "3");
    let document = rapport::manad::manad(&Rakning::new(&underlag, "2024-H1".parse().unwrap()), None);
    let said = said(&document);
    assert!(said.contains("Till och med april 2024 har 12 deltagit. Mot plan är det 150 % av 8 förväntade"), "{said}");
    assert!(said.contains("Antal saknas för maj 2024. "), "{said}");
    assert!(said.contains("Antal saknas för a (Bolmen) i maj 2024. "), "under the sum: {said}");
    assert!(said.contains("Den sista månaden var inte slut den 1 juni 2024."), "{said}");
    assert_eq!(document.tables().len(), 3);
    let one = rapport::manad::manad(&Rakning::new(&underlag, "2024-H1".parse().unwrap()), Some(1));
    assert_eq!(one.tables().iter().map(|table| table.id.as_str()).collect::<Vec<_>>(), ["manad-b"]);
}

// head counts per insats and sex: new, taken part, exited, ongoing at the year's end, to work or studies, anonymous
#[test]
fn uppfoljning_finsam_is_of_the_whole_year() {
    let given = two().insats("c").period("2024-01-01", "2024-03-31").insats("s").typ("struktur");
    let underlag = underlag(&given.facts, SIST);
    let found = of(&underlag, "2024-H1");
    let row = |insats: &str| {
        let names =
            ["nya_K", "nya_M", "deltagit_K", "deltagit_S", "avslutade_S", "pagaende_S", "till_arbete_studier_M"];
        names.map(|name| found[&format!("finsam/{insats}/{name}")].as_str()).join(" ")
    };
    assert_eq!(row("a"), "8 2 11 13 7 6 0");
    assert_eq!(row("b"), "2 1 2 3 1 2 1");
    assert_eq!(row("summa"), "10 3 13 16 8 8 1");
    assert_eq!(found["finsam/b/anonyma"], "1");
    let whole = rapport::finsam::finsam(&Rakning::new(&underlag, "2024-H2".parse().unwrap()));
    assert_eq!((whole.title.as_str(), whole.subtitle.as_str()), ("Uppföljning Finsam", "2024"));
    let said = said(&whole);
    assert!(said.contains("inte känt för a (Bolmen)"), "{said}");
    assert!(said.contains("Individinsatser som pågått utan deltagare: c (Bolmen)."), "{said}");
    assert!(!said.contains("preliminära"), "{said}");
    let early = self::underlag_at("2024-05-10");
    assert!(
        self::said(&rapport::finsam::finsam(&Rakning::new(&early, "2024-H1".parse().unwrap()))).contains("preliminära")
    );
}

fn underlag_at(per: &str) -> Underlag {
    underlag(&two().facts, per)
}

// withheld entirely when small counts are withheld from the reader
#[test]
fn one_who_may_not_see_small_counts_sees_no_months() {
    let underlag = underlag(&two().facts, SIST);
    let rakning = Rakning::withholding(&underlag, "2024-H1".parse().unwrap(), 5);
    for figure in manader(&rakning).iter().filter(|figure| figure.source.counts_people()) {
        assert_eq!(figure.value, Value::Withheld, "{}", figure.id);
        assert!(figure.source.facts(&rakning).iter().all(|group| group.facts.is_empty()), "{}", figure.id);
    }
    let document = rapport::manad::manad(&rakning, None);
    assert!(document.tables().is_empty() && said(&document).contains("visas bara för den som får se"));
    // Uppföljning Finsam has the half-year's own counts, withheld as those are; others are withheld.
    let own: HashMap<_, _> = siffror(&rakning).into_iter().map(|figure| (figure.source, figure.value)).collect();
    for figure in finsam(&rakning) {
        let expected = own.get(&figure.source).cloned().unwrap_or(Value::Withheld);
        assert_eq!(figure.value, expected, "{}", figure.id);
    }
    assert!(finsam(&rakning).iter().any(|figure| matches!(figure.value, Value::Antal(number) if number > 0)));
}

fn said(document: &Document) -> String {
    let mut all = String::new();
    for section in &document.sections {
        for block in &section.blocks {
            match block {
                samsyn_document::Block::Paragraph(text) | samsyn_document::Block::Notice(text) => {
                    all += &format!("{}\n", format::text(text));
                }
                _ => {}
            }
        }
    }
    let tables = document.tables();
    tables.iter().flat_map(|table| &table.remarks).for_each(|text| all += &format!("{}\n", format::text(text)));
    all.replace('\u{a0}', " ")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    // The months of a year make the year, whichever kind is handed in, and Uppföljning Finsam tells the same.
    #[test]
    fn the_months_make_the_year(facts in facts(), counted in 0u8..32, year in 2023u16..=2025, per in day()) {
        let known = facts.known_at(per);
        let underlag = Underlag::new(as_counts(&known, |nr| counted & (1 << nr) != 0), per);
        let rakning = Rakning::new(&underlag, Halvar::new(year, 2).unwrap());
        let found: HashMap<String, Value> =
            manader(&rakning).into_iter().chain(finsam(&rakning)).map(|f| (f.id.to_string(), f.value)).collect();
        let number = |id: &str| match found.get(id) {
            Some(Value::Antal(number)) => *number,
            other => panic!("{id}: {other:?}"),
        };
        let whole = (1..=12).all(|month| found.contains_key(&format!("manad/summa/nya_S_{year}-{month:02}")));
        let rows: std::collections::BTreeSet<&str> =
            found.keys().filter_map(|id| id.strip_prefix("manad/")?.split('/').next()).collect();
        for row in rows.iter().filter(|_| whole) {
            for name in ["nya_S", "nya_K", "avslutade_M", "till_arbete_studier_S"] {
                // Months before a chain began have no row.
                let of_months = (1..=12).map(|month| format!("manad/{row}/{name}_{year}-{month:02}"));
                let months: i64 = of_months.filter(|id| found.contains_key(id)).map(|id| number(&id)).sum();
                prop_assert_eq!(months, number(&format!("manad/{row}/{name}_hittills")));
                if let Some(Value::Antal(told)) = found.get(&format!("finsam/{row}/{name}")).filter(|_| *row != "summa") {
                    prop_assert_eq!(*told, months, "{} {}", row, name);
                }
            }
            let ongoing = number(&format!("manad/{row}/pagaende_S_{year}-12"));
            prop_assert_eq!(ongoing, number(&format!("manad/{row}/pagaende_S_hittills")));
        }
        rapport::manad::manad(&rakning, None);
        rapport::finsam::finsam(&rakning);
    }
}
