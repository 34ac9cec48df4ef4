//! A copy of an insats's own file in which every fault is marked: the cell is coloured and has a note, the row has it
//! in words, and a first sheet lists them all.

mod blad;
mod lista;
mod plats;

use super::blad::EGNA;
use super::utseende::Skrivfel;
use crate::grid::{Book, Sheet};
use plats::{Platser, namn};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook};
use samsyn_core::{Finding, Severity};

/// The sheet that lists what is found; one of that name in the file is an earlier such list, and left out.
const LISTA: &str = EGNA[2];

/// The annotated copy as an .xlsx file: every sheet's values, days as days, without the file's own colours, formulas
/// and merged cells. `blad` is the sheet on which findings are that name none; the place's file names one.
///
/// A finding on a column without a row stands at its heading, one without a column at its row, one with neither only
/// in the list.
pub fn anmarkt(book: &Book, blad: &str, findings: &[Finding]) -> Result<Vec<u8>, Skrivfel> {
    let mut found: Vec<&Finding> = findings.iter().collect();
    found.sort_by_key(|finding| finding.severity);
    let sheets: Vec<&Sheet> = book.sheets.iter().filter(|sheet| sheet.name != LISTA).collect();
    let names = namn(&sheets);
    let platser: Vec<Platser> = sheets.iter().map(|sheet| Platser::of(sheet)).collect();
    let first = sheets.iter().position(|sheet| sheet.name == blad);
    let first = first.or_else(|| sheets.iter().position(|sheet| !sheet.hidden)).unwrap_or(0);
    let on = |finding: &Finding| {
        let named = finding.place.file.as_deref().and_then(|file| sheets.iter().position(|sheet| sheet.name == file));
        named.unwrap_or(first)
    };
    let marks: Vec<Mark<'_>> = found
        .iter()
        .map(|finding| {
            let sheet = on(finding);
            let cell = platser.get(sheet).and_then(|platser| platser.cell(&finding.place));
            Mark { finding, sheet, cell }
        })
        .collect();
    let mut out = Workbook::new();
    lista::write(out.add_worksheet(), &marks, &names)?;
    for (nr, ((sheet, name), platser)) in sheets.iter().zip(&names).zip(&platser).enumerate() {
        let here: Vec<&Mark<'_>> = marks.iter().filter(|mark| mark.sheet == nr).collect();
        blad::write(out.add_worksheet(), sheet, name, platser, book.epoch_1904, &here)?;
    }
    // The same file gives the same bytes.
    let day = ExcelDateTime::from_ymd(2000, 1, 1)?;
    out.set_properties(&DocProperties::new().set_title("Fil med anmärkningar").set_creation_datetime(&day));
    Ok(out.save_to_buffer()?)
}

/// A finding with where it stands in the copy.
struct Mark<'f> {
    finding: &'f Finding,
    /// Which of the file's sheets.
    sheet: usize,
    cell: Option<Cell>,
}

/// A cell by row and column from 0; a row without column is the row as a whole.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Cell {
    row: u32,
    column: Option<u16>,
}

impl Mark<'_> {
    fn stops(&self) -> bool {
        self.finding.severity == Severity::Fel
    }

    /// Fault and remedy.
    fn words(&self) -> String {
        let space = if self.finding.hint.is_empty() { "" } else { " " };
        format!("{}{space}{}", self.finding.message, self.finding.hint)
    }

    /// The same after the heading of the cell, where other cells of the row may be faulty too.
    fn words_of_row(&self) -> String {
        self.finding.place.column.as_ref().map_or_else(|| self.words(), |column| format!("{column}: {}", self.words()))
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::sheet;
    use super::*;
    use crate::grid::Kind;
    use samsyn_core::Place;

    /// A sheet's name that Excel does not take, or that there is already, becomes one that it takes.
    #[test]
    fn every_sheet_gets_a_name_of_its_own() {
        let sheets: Vec<Sheet> =
            ["", "A/B", "a b", "Att rätta 2", "'x'", &"å".repeat(40)].iter().map(|name| sheet(name, &["x"])).collect();
        let names = namn(&sheets.iter().collect::<Vec<_>>());
        assert_eq!(names, ["Inskrivningar", "A B", "a b 2", "Att rätta 2", "x", &"å".repeat(31)]);
    }

    #[test]
    fn a_place_becomes_a_cell() {
        let sheet = sheet("L", &["Titel", "Nr|Kön|Start", "1|K|@2022-03-01"]);
        let platser = Platser::of(&sheet);
        let cell = |row, column: Option<&str>| {
            platser.cell(&Place { row, column: column.map(str::to_owned), ..Place::default() })
        };
        assert!(cell(Some(3), Some("Kön")) == Some(Cell { row: 2, column: Some(1) }));
        assert!(cell(Some(3), Some("inskriven")) == Some(Cell { row: 2, column: Some(2) }));
        assert!(cell(Some(3), None) == Some(Cell { row: 2, column: None }));
        assert!(cell(None, Some("Start")) == Some(Cell { row: 1, column: Some(2) }));
        assert!(cell(None, None).is_none());
        assert!(cell(Some(u64::MAX), Some("Kön")).is_none());
        assert!(cell(None, Some("Finns inte")).is_none());
    }

    #[test]
    fn a_book_without_sheets_has_a_list() {
        let book = Book { kind: Kind::Csv, sheets: Vec::new(), epoch_1904: false, notes: Vec::new() };
        assert!(anmarkt(&book, "", &[Finding::error(Place::default(), "Fel.", "Gör om.")]).is_ok());
    }
}
