//! An insats's own list, of cells of all kinds: never panics, never tells a personnummer, and what is kept of it gives
//! the same rows when it is read again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use samsyn_core::personnummer::contains_personnummer;
use samsyn_document::Datum;
use samsyn_import::grid::{self, Book, Cell, Kind, Limits, Row, Sheet};
use samsyn_import::uppfoljningsfil::{Ordlista, anmarkt, las};

/// A cell of text: `@2022-03-01` is a day, `#44621` a number, `!` a formula's fault, `+` a yes.
fn cell(text: &str) -> Cell {
    let rest = text.get(1..).unwrap_or("");
    match text.chars().next() {
        None => Cell::Empty,
        Some('@') => Datum::parse(rest).map_or(Cell::Empty, Cell::Date),
        Some('#') => rest.parse().map_or(Cell::Empty, Cell::Number),
        Some('!') => Cell::Fault(rest.into()),
        Some('+') => Cell::Bool(rest.is_empty()),
        Some(_) if text.trim().is_empty() => Cell::Empty,
        Some(_) => Cell::Text(text.trim().into()),
    }
}

/// Sheets of lines, each after a line `=name` or, hidden, `-name`; `~4` passes over rows, `^r c r c` merges. Cells are
/// parted by `|`. A line `%` counts days from 1904.
fn book(text: &str) -> Book {
    let mut book = Book { kind: Kind::Xlsx, sheets: vec![Sheet::default()], epoch_1904: false, notes: Vec::new() };
    let mut number = 0u32;
    for line in text.split('\n') {
        let (first, rest) = line.split_at(line.chars().next().map_or(0, char::len_utf8));
        if matches!(first, "=" | "-") {
            number = 0;
            book.sheets.push(Sheet { name: rest.trim().to_owned(), hidden: first == "-", ..Sheet::default() });
            continue;
        }
        let Some(sheet) = book.sheets.last_mut() else { continue };
        let numbers: Vec<u32> = rest.split(' ').filter_map(|part| part.parse().ok()).collect();
        match (first, numbers.as_slice()) {
            ("%", _) => book.epoch_1904 = true,
            ("~", [step]) => number = number.saturating_add(*step),
            ("^", [a, b, c, d]) => sheet.merged.push((*a, *b, *c, *d)),
            ("^", [column]) => sheet.hidden_columns.push(*column),
            _ => {
                number = number.saturating_add(1);
                let cells: Vec<Cell> = line.split('|').map(cell).collect();
                if cells.iter().any(|cell| *cell != Cell::Empty) {
                    sheet.rows.push(Row { number, hidden: number % 7 == 0, cells });
                }
            }
        }
    }
    book
}

fuzz_target!(|text: &str| {
    let today = Datum::new(2026, 3, 15).unwrap();
    let book = book(text);
    let list = Ordlista::of_text(text);
    assert_eq!(Ordlista::of_text(&list.to_text()), list);
    let last = las(&book, &list, today);
    for finding in &last.findings {
        assert!(!contains_personnummer(&finding.to_string()), "{finding}");
    }
    // To put a workbook together takes far longer than all else.
    if text.len() % 32 == 0 {
        anmarkt(&book, &last.blad, &last.findings).unwrap();
    }
    // A file with a personnummer is refused before it comes so far.
    if text.split(['\n', '|']).any(contains_personnummer) {
        return;
    }
    match grid::read("som-last.csv", &last.som_last, &Limits::default()) {
        Ok(kept) => {
            let again = las(&kept, &list, today);
            assert_eq!(again.rader, last.rader, "{}", String::from_utf8_lossy(&last.som_last));
        }
        // So is one with a name.
        Err(refused) => assert!(refused.personal || last.rader.is_empty(), "{refused:?}"),
    }
});
