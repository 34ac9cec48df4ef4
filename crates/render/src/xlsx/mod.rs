//! A document's tables as an Excel workbook: a sheet of contents, a sheet per table, a sheet of charts.
//!
//! Cells hold whole values: amounts in kronor with öre, shares unrounded. Thousands and whole percent
//! are number formats, so a figure shows as it does in every other format and can be counted on.
//! Nothing is computed here: a formula comes from the model, and is written only when it gives what
//! the model says (see [`formula`]).

mod charts;
mod contents;
mod formula;
mod grid;
mod names;
mod page;
mod sheet;
mod style;
mod width;

use charts::charts_of;
use grid::Grid;
use names::Names;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook};
use samsyn_document::{Document, Look, format};
use std::fmt;
use style::Style;

/// Most rows and columns that a sheet of Excel has.
const MAX_ROWS: usize = 1_048_576;
const MAX_COLUMNS: usize = 16_384;
/// Rows that headings and notes may take beside those of the table.
const SPARE: usize = 1_000;

/// Why a document could not become a workbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum XlsxError {
    /// The table with this name has more rows or columns than a sheet can hold.
    TooLarge(String),
    /// The workbook could not be put together; what went wrong.
    Write(String),
}

impl fmt::Display for XlsxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            XlsxError::TooLarge(table) => write!(
                f,
                "{table} får inte plats på ett blad i Excel, som har {} rader och {} kolumner. Ta ut den som CSV.",
                format::number(MAX_ROWS as i64),
                format::number(MAX_COLUMNS as i64)
            ),
            XlsxError::Write(cause) => write!(f, "Excelfilen kunde inte sättas ihop ({cause})."),
        }
    }
}

impl std::error::Error for XlsxError {}

impl From<rust_xlsxwriter::XlsxError> for XlsxError {
    fn from(error: rust_xlsxwriter::XlsxError) -> XlsxError {
        XlsxError::Write(error.to_string())
    }
}

/// The tables and charts of the document as a workbook. The same document gives the same bytes.
pub fn workbook(document: &Document, look: &Look) -> Result<Vec<u8>, XlsxError> {
    let style = Style::new(look);
    let mut names = Names::default();
    let grids: Vec<Grid> = document.tables().into_iter().map(|table| Grid::new(table, &mut names)).collect();
    if let Some(grid) = grids.iter().find(|grid| {
        let notes = grid.table.footnotes.len() + grid.table.remarks.len();
        grid.table.rows.len() + notes + SPARE > MAX_ROWS || grid.table.columns.len() + SPARE > MAX_COLUMNS
    }) {
        return Err(XlsxError::TooLarge(grid.title()));
    }
    let charts = charts_of(document);
    let mut book = Workbook::new();
    contents::write(book.add_worksheet(), document, &style, &grids, !charts.is_empty())?;
    for grid in &grids {
        sheet::write(book.add_worksheet(), document, &style, grid)?;
        book.define_name(grid.name.as_str(), &format!("={}", grid.area()))?;
    }
    if !charts.is_empty() {
        charts::write(book.add_worksheet(), document, &style, &grids, &charts)?;
    }
    book.set_properties(&properties(document)?);
    Ok(book.save_to_buffer()?)
}

/// Title, issuer and the day of the document; no clock is read.
fn properties(document: &Document) -> Result<DocProperties, XlsxError> {
    let clean = |text: &str| names::cut(&names::clean(text), 255);
    let day = document.per;
    let created = ExcelDateTime::from_ymd(u16::try_from(day.year()).unwrap_or(1900), day.month(), day.day())?;
    Ok(DocProperties::new()
        .set_title(clean(&document.title))
        .set_subject(clean(&document.subtitle))
        .set_author(clean(&document.organisation))
        .set_company(clean(&document.organisation))
        .set_creation_datetime(&created))
}
