//! Lists put together by chance of what people write: what is kept of a file, and its annotated copy, are read as it.

use crate::base::{idag, read};
use proptest::prelude::*;
use proptest::sample::select;
use samsyn_core::personnummer::contains_personnummer;
use samsyn_document::Datum;
use samsyn_import::grid::{Book, Cell, Kind, Row, Sheet};
use samsyn_import::uppfoljningsfil::{Ordlista, anmarkt, las};

/// Headings, known and unknown, and words over several columns.
const HEADINGS: [&str; 24] = [
    "Nr",
    "Kön",
    "Född",
    "Start",
    "Slut",
    "Orsak",
    "Arbete",
    "Studier",
    "Söker arbete",
    "Plan",
    "Försörjning före",
    "Försörjning",
    "Hur länge",
    "Anonym",
    "Efter insatsen",
    "Utbildning",
    "Kommentar",
    "Före insatsen",
    "Datum",
    "Registrerad",
    "Lönestöd",
    "Att rätta",
    "Arbetar (ja/nej)",
    "Omf %",
];

const WORDS: [&str; 44] = [
    "K",
    "kv",
    "Man",
    "x",
    "ja",
    "nej",
    "-",
    "Arbete",
    "studier",
    "50 %",
    "halvtid",
    "0,5",
    "1",
    "2022-03-01",
    "2022-02-30",
    "1/3 2022",
    "03/04/2022",
    "mars 2022",
    "220301",
    "85",
    "1985",
    "850312",
    "Summa",
    "Antal",
    "Totalt",
    "Mars 2022",
    "gymnasium",
    "sjukpenning",
    "1-3 år",
    "flytt",
    "Arbete 25 %, studier",
    "pågår",
    "7",
    "7b",
    "\"citat\"",
    "a;b",
    "två\nrader",
    "Nr",
    "Kön",
    "å\u{308}",
    "fick jobb 50 %, pluggar",
    "jobbar",
    "söker jobb",
    "skyddad",
];

fn cell() -> impl Strategy<Value = Cell> {
    let number =
        prop_oneof![Just(0.5), Just(1.0), Just(85.0), Just(1985.0), Just(44_621.0), 0.0..100_000.0, any::<f64>()];
    let day =
        (1_950i32..2_040, 1u8..13, 1u8..29).prop_map(|(y, m, d)| Datum::new(y, m, d).map_or(Cell::Empty, Cell::Date));
    prop_oneof![
        3 => Just(Cell::Empty),
        6 => select(&WORDS[..]).prop_map(|word| Cell::Text(word.into())),
        2 => number.prop_map(Cell::Number),
        2 => day,
        1 => any::<bool>().prop_map(Cell::Bool),
        1 => Just(Cell::Fault("#REF!".into())),
        1 => "\\PC{1,12}".prop_map(|text| Cell::Text(text.trim().into())),
    ]
}

fn sheet() -> impl Strategy<Value = Sheet> {
    let heading = select(&HEADINGS[..]).prop_map(|heading| Cell::Text(heading.into()));
    let head = proptest::collection::vec(heading, 2..14);
    let rows = proptest::collection::vec((1u32..3, any::<bool>(), proptest::collection::vec(cell(), 1..14)), 0..12);
    ("[A-Cå ]{0,3}", any::<bool>(), 1u32..4, head, rows).prop_map(|(name, hidden, first, head, body)| {
        let mut rows = vec![Row { number: first, hidden: false, cells: head }];
        let mut number = first;
        for (step, hidden, cells) in body {
            number += step;
            rows.push(Row { number, hidden, cells });
        }
        rows.retain(|row| {
            row.cells.iter().any(|cell| !matches!(cell, Cell::Text(text) if text.is_empty()) && *cell != Cell::Empty)
        });
        Sheet { name: name.trim().to_owned(), hidden, rows, ..Sheet::default() }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn what_is_kept_and_what_is_annotated_are_read_as_the_file(
        sheets in proptest::collection::vec(sheet(), 1..3), epoch_1904 in any::<bool>()
    ) {
        let book = Book { kind: Kind::Xlsx, sheets, epoch_1904, notes: Vec::new() };
        let last = las(&book, &Ordlista::default(), idag());
        let text = String::from_utf8(last.som_last.clone()).unwrap();
        for finding in &last.findings {
            prop_assert!(!contains_personnummer(&finding.to_string()), "{}", finding);
        }
        if text.lines().all(|line| !contains_personnummer(line)) {
            prop_assert_eq!(&read("som-last.csv", &last.som_last).rader, &last.rader, "{}", text);
        }
        prop_assert!(anmarkt(&book, &last.blad, &last.findings).is_ok());
    }
}
