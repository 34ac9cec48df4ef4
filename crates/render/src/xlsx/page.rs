//! How a sheet is printed: A4, one page wide, headings on every page, and what stands at the edges.

use super::XlsxError;
use super::names::{clean, cut};
use rust_xlsxwriter::Worksheet;
use samsyn_document::Document;

/// A4.
const PAPER: u8 = 9;
/// Characters on a line of an upright A4 page at full size.
const UPRIGHT: usize = 92;
/// Most characters of a text at the edge of a page; Excel takes 255 for an edge.
const EDGE: usize = 70;

/// Sets up the printing of a sheet so many characters wide: one page wide, lying down when it is wide.
pub(super) fn set(sheet: &mut Worksheet, document: &Document, width: usize) {
    edges(sheet, document);
    sheet.set_print_fit_to_pages(1, 0);
    if width > UPRIGHT {
        sheet.set_landscape();
    }
}

/// Sets up the printing of a sheet with pages of its own: Excel heeds no breaks when it fits a sheet to
/// a page by itself.
pub(super) fn set_scaled(
    sheet: &mut Worksheet,
    document: &Document,
    scale: u16,
    breaks: &[u32],
) -> Result<(), XlsxError> {
    edges(sheet, document);
    sheet.set_landscape().set_print_scale(scale);
    if !breaks.is_empty() {
        sheet.set_page_breaks(breaks)?;
    }
    Ok(())
}

fn edges(sheet: &mut Worksheet, document: &Document) {
    sheet.set_paper_size(PAPER).set_margins(0.6, 0.6, 0.8, 0.7, 0.35, 0.35);
    let title = [document.title.trim(), document.subtitle.trim()];
    let title = title.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(", ");
    sheet.set_header(format!("&L{}&R{}", edge(&document.organisation), edge(&title)));
    sheet.set_footer(format!("&LUppgifter per {}&R&P (&N)", document.per));
}

/// Words at the edge of a page, where "&" begins a code.
fn edge(text: &str) -> String {
    let words = clean(text).split_whitespace().collect::<Vec<_>>().join(" ");
    let most = if words.contains('&') { EDGE * 2 / 3 } else { EDGE };
    cut(&words, most).replace('&', "&&")
}
