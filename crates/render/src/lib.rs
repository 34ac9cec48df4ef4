//! Writes a [`Document`] as HTML, Markdown or JSON. Renderers never compute and never know the
//! field: all formats say the same because all say what the document says.

pub mod csv;
pub mod docx;
pub mod html;
mod hyphen;
mod json;
pub mod markdown;
mod xlsx;

pub use csv::CsvError;
pub use docx::DocxError;
pub use xlsx::XlsxError;

use samsyn_document::{Document, Look};

/// The document as one accessible HTML file that needs nothing else: style inside, no script.
///
/// Every figure stands in an element with `data-siffra="tabell/rad/kolumn"`, and one of them, in a
/// table where there is one, has the id that [`html::anchor`] gives.
pub fn html(document: &Document) -> String {
    html::page(document)
}

/// The document as Markdown (GitHub's kind, for the tables) that is pleasant to read as it stands.
pub fn markdown(document: &Document) -> String {
    markdown::document(document)
}

/// The document as indented JSON: the model as it is, values with their type, figures with their id.
pub fn json(document: &Document) -> String {
    json::document(document)
}

/// The document's tables and charts as an Excel workbook: a sheet of contents, a sheet per table, one
/// for the charts. Cells hold kronor and exact ratios; sums and shares are formulas where the model
/// gives them. The same document gives the same bytes.
pub fn xlsx(document: &Document, look: &Look) -> Result<Vec<u8>, XlsxError> {
    xlsx::workbook(document, look)
}

/// The document as a Word file (`.docx`) with real headings, captions, footnotes and styles: one of its
/// own, or put into a template by the template's styles. The same document gives the same bytes.
///
/// # Errors
/// When the template cannot be used; see [`docx::Template::read`].
pub fn docx(document: &Document, look: &Look, template: Option<&docx::Template>) -> Result<Vec<u8>, DocxError> {
    docx::write(document, look, template)
}

/// One table of the document as CSV, found by its number (`6`) or id (`tabell-inriktning`).
pub fn csv(document: &Document, which: &str) -> Result<String, CsvError> {
    csv::table(csv::find(document, which)?)
}
