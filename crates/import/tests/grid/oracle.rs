//! The crate calamine reads the same cells where it reads the file at all.

use crate::base::{read, usual, xlsx};
use crate::gamla::{self, PLAIN, Sheet, Xls};
use calamine::{Data, Reader, open_workbook_auto_from_rs};
use proptest::prelude::*;
use samsyn_import::grid::{Book, Cell};
use std::collections::BTreeMap;
use std::io::Cursor;

/// Cells by sheet, row and column, as texts.
type Cells = BTreeMap<(String, u32, u32), String>;

fn ours(book: &Book) -> Cells {
    let mut cells = Cells::new();
    for sheet in &book.sheets {
        for row in &sheet.rows {
            for (column, cell) in (0..).zip(&row.cells) {
                let text = match cell {
                    Cell::Empty => continue,
                    Cell::Text(text) | Cell::Fault(text) => text.to_string(),
                    Cell::Number(number) => number.to_string(),
                    Cell::Date(day) => day.to_string(),
                    Cell::Bool(value) => value.to_string(),
                };
                cells.insert((sheet.name.clone(), row.number - 1, column), text);
            }
        }
    }
    cells
}

fn theirs(bytes: &[u8]) -> Cells {
    let mut workbook = open_workbook_auto_from_rs(Cursor::new(bytes.to_vec())).unwrap();
    let mut cells = Cells::new();
    for name in workbook.sheet_names() {
        let range = workbook.worksheet_range(&name).unwrap();
        let (top, left) = range.start().unwrap_or_default();
        for (row, column, cell) in range.used_cells() {
            let text = match cell {
                Data::Empty => continue,
                Data::String(text) => text.trim().to_owned(),
                Data::Float(number) => number.to_string(),
                Data::Int(number) => number.to_string(),
                Data::Bool(value) => value.to_string(),
                Data::DateTime(day) => {
                    let (year, month, day, ..) = day.to_ymd_hms_milli();
                    format!("{year:04}-{month:02}-{day:02}")
                }
                Data::DateTimeIso(day) => day[..10].to_owned(),
                other => other.to_string(),
            };
            if !text.is_empty() {
                cells.insert((name.clone(), top + row as u32, left + column as u32), text);
            }
        }
    }
    cells
}

#[test]
fn the_usual_files_are_read_as_calamine_reads_them() {
    for bytes in [xlsx(usual), gamla::usual().bytes()] {
        let found = ours(&read("x", &bytes).unwrap());
        assert!(found.len() == 12 && found == theirs(&bytes), "{found:#?}\n{:#?}", theirs(&bytes));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// Any numbers and texts anywhere, in the new form and the old.
    #[test]
    fn any_cells_are_read_as_calamine_reads_them(
        numbers in proptest::collection::btree_map((0u16..200, 0u16..40), -1e6..1e6f64, 0..30),
        texts in proptest::collection::btree_map((200u16..300, 0u16..40), "[x-zåäö<&\"_ ]{1,12}", 0..30),
    ) {
        let new = xlsx(|sheet| {
            for ((row, column), number) in &numbers {
                sheet.write(u32::from(*row), *column, *number).unwrap();
            }
            for ((row, column), text) in &texts {
                sheet.write(u32::from(*row), *column, text).unwrap();
            }
        });
        let mut sheet = Sheet::new("Deltagare", false);
        for ((row, column), number) in &numbers {
            sheet = sheet.number(*row, *column, PLAIN, *number);
        }
        for ((row, column), text) in &texts {
            // A label with its text in the cell itself.
            let data = [gamla::words(&[*row, *column, PLAIN]), gamla::text(text, false)].concat();
            sheet = sheet.with(0x204, &data);
        }
        let old = Xls { sheets: vec![sheet], ..Xls::default() }.bytes();
        for bytes in [new, old] {
            prop_assert_eq!(ours(&read("x", &bytes).unwrap()), theirs(&bytes));
        }
    }
}
