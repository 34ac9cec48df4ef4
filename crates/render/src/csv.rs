//! One table as CSV, for spreadsheets and programs: semicolons, UTF-8, one row of headings.
//!
//! The file begins with a byte order mark. It is opened in Excel most of all, which without the mark
//! reads UTF-8 as an old Windows code page and shows "Ã¥" for å; programs that read CSV skip it.
//!
//! Excel runs a field that begins with `=`, `+`, `-` or `@` as a formula, in quotes or not, and the
//! words of a table may come from anyone. Words that begin so, but for blanks, get an apostrophe before
//! them. Numbers and dates are written by their type and never get one: -12 stays a number.

use samsyn_document::markup::is_printable;
use samsyn_document::{Cell, Document, Row, RowKind, Table, Value, format};
use std::fmt;

/// What the columns are called that the table itself has no heading for.
const GROUP: &str = "Grupp";
/// Above the smaller lines of the row headers, such as an owner; the model has no heading for them.
pub(crate) const BELONGS: &str = "Hör till";

/// Why a table could not be written as CSV.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CsvError {
    /// There is no such table; what was asked for, and the tables that there are.
    Unknown(String, Vec<String>),
    /// The text could not be put together; what went wrong.
    Write(String),
}

impl fmt::Display for CsvError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CsvError::Unknown(which, known) if known.is_empty() => {
                write!(f, "Tabell {which} finns inte: dokumentet har inga tabeller.")
            }
            CsvError::Unknown(which, known) => {
                write!(f, "Tabell {which} finns inte i dokumentet. Välj någon av: {}.", known.join(", "))
            }
            CsvError::Write(cause) => write!(f, "CSV-filen kunde inte sättas ihop ({cause})."),
        }
    }
}

impl std::error::Error for CsvError {}

/// The table with that number (`6`), printed name (`Tabell 6`) or id (`tabell-inriktning`).
pub fn find<'a>(document: &'a Document, which: &str) -> Result<&'a Table, CsvError> {
    let tables = document.tables();
    let wanted = which.trim().to_lowercase();
    let is_it = |table: &&&Table| {
        let label = table.label.as_deref().unwrap_or_default().to_lowercase();
        [table.id.to_lowercase(), short(table).to_lowercase(), label].contains(&wanted) && !wanted.is_empty()
    };
    let known = || tables.iter().map(|table| short(table).to_owned()).collect();
    tables.iter().find(is_it).copied().ok_or_else(|| CsvError::Unknown(clean(which), known()))
}

/// What a table is asked for by: its number, else its id.
fn short(table: &Table) -> &str {
    let number = table.label.as_deref().and_then(|label| label.rsplit(' ').next());
    number.filter(|word| word.starts_with(|c: char| c.is_ascii_digit())).unwrap_or(&table.id)
}

/// The table as CSV. Values are plain: whole percent, thousands where the table shows thousands, codes
/// for answers, nothing where a value is missing.
pub fn table(table: &Table) -> Result<String, CsvError> {
    let wrong = |error: &dyn fmt::Display| CsvError::Write(error.to_string());
    let has_groups = table.rows.iter().any(|row| matches!(row, Row::Group { .. }));
    let has_sub = table.rows.iter().any(|row| matches!(row, Row::Data { sub: Some(_), .. }));
    let mut out = ::csv::WriterBuilder::new().delimiter(b';').flexible(false).from_writer(Vec::new());
    let mut headings = Vec::new();
    headings.extend(has_groups.then(|| GROUP.to_owned()));
    headings.push(words(&table.corner));
    headings.extend(has_sub.then(|| BELONGS.to_owned()));
    headings.extend(table.columns.iter().map(|column| match &column.group {
        Some(group) => words(&format!("{group}, {}", column.heading)),
        None => words(&column.heading),
    }));
    out.write_record(&headings).map_err(|error| wrong(&error))?;
    let mut group = "";
    for row in &table.rows {
        match row {
            Row::Group { heading } => group = heading,
            Row::Data { header, sub, cells, kind } => {
                let mut fields = Vec::with_capacity(headings.len());
                // A sum may be of several groups.
                let of = if *kind == RowKind::Normal { group } else { "" };
                fields.extend(has_groups.then(|| words(of)));
                fields.push(field(header));
                fields.extend(has_sub.then(|| words(sub.as_deref().unwrap_or_default())));
                fields.extend((0..table.columns.len()).map(|i| cells.get(i).map_or_else(String::new, field)));
                out.write_record(&fields).map_err(|error| wrong(&error))?;
            }
        }
    }
    let bytes = out.into_inner().map_err(|error| wrong(&error))?;
    Ok(format!("\u{feff}{}", String::from_utf8(bytes).map_err(|error| wrong(&error))?))
}

fn field(cell: &Cell) -> String {
    match &cell.value {
        Value::Text(text) => words(text),
        value => format::plain(value),
    }
}

/// Words that no spreadsheet takes for a formula.
fn words(text: &str) -> String {
    let text = clean(text);
    let first = text.trim_start().chars().next();
    let runs = first.is_some_and(|c| matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠'));
    if runs { format!("'{text}") } else { text }
}

fn clean(text: &str) -> String {
    text.chars().filter(|c| is_printable(*c)).collect()
}
