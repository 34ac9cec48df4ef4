//! Spreadsheets in: .xlsx, .xls, .ods and .csv become sheets of typed cells. Knows no field of the domain.
//!
//! Nothing in a file is believed: not its size, not what it says of its own dimensions. Nothing is followed or run:
//! no link, no formula, no macro. A file that holds a personnummer or a name of a person anywhere is refused.

mod columns;
mod csv;
mod dates;
mod draft;
mod kind;
mod namn;
mod ods;
mod ole;
mod parts;
mod prose;
mod reading;
mod search;
mod xls;
mod xlsx;
mod xml;

pub use dates::day_of_serial;
pub(crate) use draft::ATT_RATTA;
pub(crate) use namn::given_name_in;

use reading::Reading;
use samsyn_core::Finding;
use samsyn_document::Datum;

/// A cell's value.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing, or nothing but space.
    Empty,
    /// Text, without space around it.
    Text(Box<str>),
    /// A number that is no date.
    Number(f64),
    /// A day: a number with a date's format, of either epoch; time of day is left out.
    Date(Datum),
    /// True or false.
    Bool(bool),
    /// A formula's error, such as `#REF!`.
    Fault(Box<str>),
}

/// A row with anything in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Its number as a person sees it; the first row of the sheet is 1.
    pub number: u32,
    /// Whether it is hidden (only known where the file tells).
    pub hidden: bool,
    /// Its cells from column A on; those after the last filled one are left out.
    pub cells: Vec<Cell>,
}

/// A sheet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    /// Its name; of a CSV file empty.
    pub name: String,
    /// Whether it is hidden.
    pub hidden: bool,
    /// Its rows, those without content left out.
    pub rows: Vec<Row>,
    /// Columns that are hidden, counted from 0.
    pub hidden_columns: Vec<u32>,
    /// Merged areas: first row, first column, last row, last column; rows from 1 and columns from 0.
    pub merged: Vec<(u32, u32, u32, u32)>,
}

/// What kind of file it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Excel since 2007, with or without macros.
    Xlsx,
    /// Excel before 2007.
    Xls,
    /// OpenDocument.
    Ods,
    /// Text.
    Csv,
}

/// A file's sheets.
#[derive(Clone, Debug, PartialEq)]
pub struct Book {
    /// What kind of file it was.
    pub kind: Kind,
    /// Its sheets, in their order.
    pub sheets: Vec<Sheet>,
    /// Whether its numbers of days are counted from 1904 instead of 1900; see [`day_of_serial`].
    pub epoch_1904: bool,
    /// What is worth knowing: that formulas, macros or links are not used, which encoding text was read in.
    pub notes: Vec<Finding>,
}

/// Why a file is not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Whether it holds a personnummer or a name. Then nothing of it may be kept, and nothing is quoted.
    pub personal: bool,
    /// What is wrong and what to do, each with its place.
    pub findings: Vec<Finding>,
}

/// How much is read of a file. What goes beyond is refused, never cut.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The largest file, in bytes.
    pub max_file_bytes: u64,
    /// The most bytes that its parts may hold together when unpacked.
    pub max_unpacked_bytes: u64,
    /// The most parts of a package.
    pub max_parts: usize,
    /// The most sheets.
    pub max_sheets: usize,
    /// The most filled rows, in all sheets together.
    pub max_rows: usize,
    /// The most columns; a filled cell to the right of them is refused.
    pub max_columns: u32,
    /// The most cells up to the last filled one of each row, in all sheets together.
    pub max_cells: usize,
    /// The longest text of a cell, in bytes.
    pub max_text_bytes: usize,
    /// The most bytes of text in cells, in all sheets together.
    pub max_all_text_bytes: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            max_file_bytes: 64 << 20,
            max_unpacked_bytes: 384 << 20,
            max_parts: 4_000,
            max_sheets: 200,
            max_rows: 200_000,
            max_columns: 256,
            max_cells: 6_000_000,
            max_text_bytes: 100_000,
            max_all_text_bytes: 256 << 20,
        }
    }
}

/// Reads a spreadsheet. What kind it is, its bytes tell; `name` is only for messages.
///
/// Errors: everything that keeps it from being read, and everything personal that was found in it, with place and
/// remedy. Source of the latter: docs/regler.md, *Personal data*.
pub fn read(name: &str, bytes: &[u8], limits: &Limits) -> Result<Book, Refused> {
    let mut reading = Reading::new(name, limits);
    let book = kind::of(&mut reading, bytes).and_then(|found| match found {
        kind::Found::Xlsx(parts) => xlsx::read(&mut reading, parts),
        kind::Found::Ods(parts) => ods::read(&mut reading, parts),
        kind::Found::Xls(streams) => xls::read(&mut reading, &streams),
        kind::Found::Text => csv::read(&mut reading, bytes),
    });
    reading.close(book)
}

/// The name of a column by its place: 0 is A, 26 is AA.
pub fn column_letters(place: u32) -> String {
    let mut letters = Vec::new();
    let mut left = place + 1;
    while left > 0 {
        let digit = (left - 1) % 26;
        letters.push(char::from(b'A' + digit as u8));
        left = (left - 1) / 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_letters() {
        for (place, letters) in [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD")] {
            assert_eq!(column_letters(place), letters);
        }
    }
}
