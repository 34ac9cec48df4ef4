//! Reads figures back out of spreadsheets: a workbook as Excel would show it, and CSV.

use super::{coded, one_line, plain};
use calamine::{Data, Range, Reader, Style, StyleRange, Xlsx};
use samsyn_document::{Cell, Document, Row, Table, Value, format};
use std::io::Cursor;

/// What [`xlsx`] should find: the figures of the rows of all tables, in their order.
pub fn tables(document: &Document) -> Vec<(String, String)> {
    document.tables().into_iter().flat_map(table).collect()
}

/// What [`csv`] should find: the figures of the table's rows, in their order.
pub fn table(table: &Table) -> Vec<(String, String)> {
    let cells = table.rows.iter().flat_map(|row| match row {
        Row::Data { header, cells, .. } => std::iter::once(header).chain(cells).collect::<Vec<_>>(),
        Row::Group { .. } => Vec::new(),
    });
    let figure = |cell: &Cell| Some((cell.figure.as_ref()?.to_string(), plain(&format::plain(&cell.value))));
    cells.filter_map(figure).collect()
}

/// The figures of a workbook's tables, as they are shown: the value of a cell through its number format.
/// The model tells where to look, never what stands there.
pub fn xlsx(bytes: &[u8], document: &Document) -> Vec<(String, String)> {
    let mut book = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let sheets = book.sheet_names();
    let mut found = Vec::new();
    for (table, sheet) in document.tables().into_iter().zip(&sheets[1..]) {
        let values = book.worksheet_range(sheet).expect("values");
        let styles = book.worksheet_style(sheet).expect("styles");
        rows(table, &Shown { values, styles }, &mut found);
    }
    found
}

/// A sheet as it is seen.
struct Shown {
    values: Range<Data>,
    styles: StyleRange,
}

impl Shown {
    fn words(&self, row: u32, column: u32) -> String {
        let code = self.styles.get((row, column)).and_then(code).unwrap_or_else(|| "General".to_owned());
        self.values.get_value((row, column)).map_or_else(String::new, |value| shown(value, &code))
    }
}

fn code(style: &Style) -> Option<String> {
    Some(style.number_format.as_ref()?.format_code.clone())
}

fn rows(table: &Table, sheet: &Shown, found: &mut Vec<(String, String)>) {
    let corner = one_line(&table.corner);
    let head = (3..20).find(|row| one_line(&sheet.words(*row, 0)) == corner).expect("the headings of the table");
    let groups = table.columns.iter().any(|column| column.group.is_some());
    let first = head + if groups { 2 } else { 1 };
    let beside = 1 + u32::from(has_sub(table));
    for (row, model) in (first..).zip(&table.rows) {
        let Row::Data { header, cells, .. } = model else { continue };
        let places = std::iter::once(0).chain(beside..);
        for (column, cell) in places.zip(std::iter::once(header).chain(cells)) {
            keep(cell, &sheet.words(row, column), found);
        }
    }
}

fn has_sub(table: &Table) -> bool {
    table.rows.iter().any(|row| matches!(row, Row::Data { sub: Some(_), .. }))
}

/// A value through its number format, as plain characters.
fn shown(value: &Data, code: &str) -> String {
    let code = code.split('"').next().unwrap_or_default();
    match value {
        Data::Int(whole) => shown(&Data::Float(*whole as f64), code),
        Data::Float(number) => match code {
            "#,##0," => whole(number / 1_000.0),
            "#,##0" => whole(*number),
            "0\\ %" => whole(number * 100.0),
            decimals => {
                let (_, zeros) = decimals.strip_prefix("#,##0").and_then(|rest| rest.split_once('.')).expect(decimals);
                format!("{number:.*}", zeros.len())
            }
        },
        Data::DateTime(moment) => {
            assert_eq!(code, "yyyy\\-mm\\-dd");
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        Data::Empty => String::new(),
        other => other.to_string(),
    }
}

/// Rounded as Excel rounds what it shows: half away from zero, of the fifteen digits that it keeps.
fn whole(number: f64) -> String {
    let kept: f64 = format!("{number:.14e}").parse().expect("a number");
    let rounded = kept.round();
    format!("{}", if rounded == 0.0 { 0.0 } else { rounded })
}

/// The figures of one table as CSV.
pub fn csv(text: &str, table: &Table) -> Vec<(String, String)> {
    let text = text.strip_prefix('\u{feff}').expect("a byte order mark");
    let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_reader(text.as_bytes());
    let groups = usize::from(table.rows.iter().any(|row| matches!(row, Row::Group { .. })));
    let beside = groups + 1 + usize::from(has_sub(table));
    assert_eq!(reader.headers().expect("headings").len(), beside + table.columns.len());
    let data = table.rows.iter().filter_map(|row| match row {
        Row::Data { header, cells, .. } => Some((header, cells)),
        Row::Group { .. } => None,
    });
    let mut found = Vec::new();
    for (record, (header, cells)) in reader.records().zip(data) {
        let record = record.expect("a row");
        let places = std::iter::once(groups).chain(beside..);
        for (place, cell) in places.zip(std::iter::once(header).chain(cells)) {
            if let Some(figure) = &cell.figure {
                found.push((figure.to_string(), plain(&record[place])));
            }
        }
    }
    found
}

fn keep(cell: &Cell, words: &str, found: &mut Vec<(String, String)>) {
    if let Some(figure) = &cell.figure {
        // A figure is a number in its cell: words there would be read as such and not be rounded.
        let words = if matches!(cell.value, Value::Text(_)) { plain(words) } else { coded(cell, words) };
        found.push((figure.to_string(), words));
    }
}
