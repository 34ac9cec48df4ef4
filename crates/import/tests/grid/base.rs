//! Files to read, made by other programs' writers or by hand, and what is said of them.

use rust_xlsxwriter::{Format, Workbook};
use samsyn_import::grid::{self, Book, Cell, Limits, Refused};
use std::io::{Cursor, Write};
use std::time::Duration;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// How soon any file must be read or refused: two seconds, and more for a program that is not optimised.
pub const SOON: Duration = Duration::from_secs(if cfg!(debug_assertions) { 15 } else { 2 });

/// Reads a file with the ordinary limits.
pub fn read(name: &str, bytes: &[u8]) -> Result<Book, Refused> {
    grid::read(name, bytes, &Limits::default())
}

/// The cells of a book as people see them: sheets, rows by number, cells between bars.
pub fn shown(book: &Book) -> String {
    let mut text = String::new();
    for sheet in &book.sheets {
        text += &format!("[{}]{}\n", sheet.name, if sheet.hidden { " dolt" } else { "" });
        for row in &sheet.rows {
            let cells: Vec<String> = row.cells.iter().map(cell).collect();
            text += &format!("{}{} {}\n", row.number, if row.hidden { " dold" } else { "" }, cells.join("|"));
        }
    }
    text
}

fn cell(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => format!("'{text}"),
        Cell::Number(number) => number.to_string(),
        Cell::Date(day) => day.to_string(),
        Cell::Bool(value) => value.to_string(),
        Cell::Fault(fault) => fault.to_string(),
    }
}

/// What a refusal says, one finding a line.
pub fn said(refused: &Refused) -> String {
    refused.findings.iter().map(|finding| format!("{finding}\n")).collect()
}

/// A workbook of one sheet, filled by `fill`, in Excel's form.
pub fn xlsx(fill: impl FnOnce(&mut rust_xlsxwriter::Worksheet)) -> Vec<u8> {
    let mut workbook = Workbook::new();
    fill(workbook.add_worksheet().set_name("Deltagare").unwrap());
    workbook.save_to_buffer().unwrap()
}

/// The rows that every kind of file is tried with.
pub fn usual(sheet: &mut rust_xlsxwriter::Worksheet) {
    let day = Format::new().set_num_format("yyyy-mm-dd");
    for (column, heading) in (0..).zip(["Nr", "Kön", "Inskriven", "Antal", "Ja"]) {
        sheet.write(0, column, heading).unwrap();
    }
    sheet.write(1, 0, "D1").unwrap();
    sheet.write(1, 1, " Kvinna ").unwrap();
    sheet.write_with_format(1, 2, 44_571.6, &day).unwrap();
    sheet.write(1, 3, 1.5).unwrap();
    sheet.write(1, 4, true).unwrap();
    sheet.write(3, 0, "D2").unwrap();
    sheet.write(3, 3, -3).unwrap();
}

/// What is read of them.
pub const USUAL: &str =
    "[Deltagare]\n1 'Nr|'Kön|'Inskriven|'Antal|'Ja\n2 'D1|'Kvinna|2022-01-10|1.5|true\n4 'D2|||-3\n";

/// A zip archive of these parts.
pub fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// An OpenDocument spreadsheet with this between the tags of its body, and these styles.
pub fn ods(styles: &str, body: &str) -> Vec<u8> {
    let spaces: String = ["office", "table", "text", "style", "number", "calcext"]
        .map(|space| format!(" xmlns:{space}=\"urn:{space}\""))
        .concat();
    let content = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content{spaces}>\
         <office:automatic-styles>{styles}</office:automatic-styles>\
         <office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>"
    );
    zipped(&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", &content)])
}

/// The rows that every kind of file is tried with, as OpenDocument.
pub fn usual_ods() -> Vec<u8> {
    let text = |text: &str| {
        format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>")
    };
    let number = |number: &str| {
        format!(
            "<table:table-cell office:value-type=\"float\" office:value=\"{number}\"><text:p>{number}</text:p></table:table-cell>"
        )
    };
    let heading = ["Nr", "Kön", "Inskriven", "Antal", "Ja"].map(text).concat();
    let day = "<table:table-cell office:value-type=\"date\" office:date-value=\"2022-01-10T14:24:00\"><text:p>2022-01-10</text:p></table:table-cell>";
    let yes = "<table:table-cell office:value-type=\"boolean\" office:boolean-value=\"true\"><text:p>SANT</text:p></table:table-cell>";
    let first = [text("D1"), text(" Kvinna "), day.to_owned(), number("1.5"), yes.to_owned()].concat();
    let second =
        [text("D2"), "<table:table-cell table:number-columns-repeated=\"2\"/>".to_owned(), number("-3")].concat();
    let row = |cells: &str| format!("<table:table-row>{cells}</table:table-row>");
    let empty = "<table:table-row table:number-rows-repeated=\"1\"><table:table-cell table:number-columns-repeated=\"1024\"/></table:table-row>";
    let rest = "<table:table-row table:number-rows-repeated=\"1048572\"><table:table-cell table:number-columns-repeated=\"1024\"/></table:table-row>";
    ods(
        "",
        &format!(
            "<table:table table:name=\"Deltagare\">{}{}{empty}{}{rest}</table:table>",
            row(&heading),
            row(&first),
            row(&second)
        ),
    )
}

/// The same package with one part changed; a part that is not there is added.
pub fn with_part(bytes: &[u8], name: &str, change: impl Fn(&str) -> String) -> Vec<u8> {
    let mut parts = parts_of(bytes);
    match parts.iter_mut().find(|(known, _)| known == name) {
        Some((_, text)) => *text = change(&String::from_utf8_lossy(text)).into_bytes(),
        None => parts.push((name.to_owned(), change("").into_bytes())),
    }
    packed(&parts)
}

/// A package's parts, in their order.
pub fn parts_of(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let one = |index: usize| {
        let mut part = zip.by_index(index).unwrap();
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut part, &mut bytes).unwrap();
        (part.name().unwrap().into_owned(), bytes)
    };
    (0..zip::ZipArchive::new(Cursor::new(bytes)).unwrap().len()).map(one).collect()
}

/// A package of these parts.
pub fn packed(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}
