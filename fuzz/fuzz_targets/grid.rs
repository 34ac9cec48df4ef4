//! Bytes to a book: never panics, keeps to the limits, hands on nothing that holds a personnummer, and says what is
//! wrong without quoting one.
#![no_main]

use libfuzzer_sys::fuzz_target;
use samsyn_core::personnummer::contains_personnummer;
use samsyn_import::grid::{self, Cell, Limits};
use std::io::{Cursor, Write};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

#[allow(dead_code)]
#[path = "../../crates/import/tests/grid/gamla.rs"]
mod gamla;

fuzz_target!(|data: &[u8]| {
    let limits = Limits { max_unpacked_bytes: 4 << 20, max_rows: 5_000, max_cells: 100_000, ..Limits::default() };
    let file = match data {
        [b'=', b'=', b'=', b' ', ..] => package(data),
        [b'B', b'I', b'F', b'F', stream @ ..] => gamla::compound(&[("Workbook", stream.to_vec())]),
        _ => data.to_vec(),
    };
    match grid::read("fil", &file, &limits) {
        Ok(book) => {
            let sheets = &book.sheets;
            assert!(sheets.len() <= limits.max_sheets);
            assert!(sheets.iter().map(|sheet| sheet.rows.len()).sum::<usize>() <= limits.max_rows);
            for row in sheets.iter().flat_map(|sheet| &sheet.rows) {
                assert!(row.number > 0 && row.cells.len() <= limits.max_columns as usize);
                assert!(row.cells.last().is_some_and(|cell| *cell != Cell::Empty));
                for cell in &row.cells {
                    if let Cell::Text(text) | Cell::Fault(text) = cell {
                        assert!(!contains_personnummer(text));
                    }
                }
            }
            for sheet in sheets {
                assert!(sheet.rows.is_sorted_by(|a, b| a.number < b.number) && !contains_personnummer(&sheet.name));
            }
        }
        Err(refused) => {
            assert!(!refused.findings.is_empty());
            assert!(refused.findings.iter().all(|finding| !contains_personnummer(&finding.to_string())));
        }
    }
});

/// Parts of a package, each after a line `=== name`.
fn package(data: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(data);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for part in text.split("=== ").skip(1).take(20) {
        let (name, inside) = part.split_once('\n').unwrap_or((part, ""));
        if zip.start_file(name.chars().take(100).collect::<String>(), options).is_ok() {
            let _ = zip.write_all(inside.as_bytes());
        }
    }
    zip.finish().map(Cursor::into_inner).unwrap_or_default()
}
