//! Bytes to text to rows: never panics, every line is counted, and the rows are those of the `csv`
//! crate where no quotation mark is amiss.
#![no_main]

use libfuzzer_sys::fuzz_target;
use samsyn_import::csv::{Rows, write_cell};
use samsyn_import::text;

fuzz_target!(|data: &[u8]| {
    let Ok((text, _)) = text::read(data) else { return };
    let mut rows = Rows::new(&text);
    let mut found: Vec<Vec<String>> = Vec::new();
    let (mut last, mut whole) = (0, true);
    while let Some(row) = rows.next_row() {
        assert!(row.line > last && row.line <= 1 + text.matches('\n').count() as u64);
        last = row.line;
        whole &= row.fault.is_none();
        found.push(rows.cells.iter().map(|cell| cell.to_string()).collect());
    }
    // The crate also ends a row at a lone carriage return, and takes away a second byte-order mark.
    if !whole || text.starts_with('\u{feff}') || text.replace("\r\n", "").contains('\r') {
        return;
    }
    let mut reader =
        csv::ReaderBuilder::new().delimiter(b';').has_headers(false).flexible(true).from_reader(text.as_bytes());
    let theirs: Vec<Vec<String>> =
        reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
    assert_eq!(found, theirs);

    let mut written = String::new();
    for row in &found {
        for (i, cell) in row.iter().enumerate() {
            if i > 0 {
                written.push(';');
            }
            write_cell(cell, &mut written);
        }
        written.push_str("\r\n");
    }
    let mut rows = Rows::new(&written);
    // A row of one empty cell is an empty line when written; no form has such rows.
    for row in found.iter().filter(|row| row.as_slice() != [""]) {
        assert!(rows.next_row().is_some_and(|row| row.fault.is_none()));
        assert_eq!(rows.cells, *row);
    }
    assert!(rows.next_row().is_none());
});
