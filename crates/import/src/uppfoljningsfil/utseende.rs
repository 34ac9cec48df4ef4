//! How the workbooks look that are made here: the same colours as in the reports' Excel files.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, FormatUnderline, Worksheet};
use std::fmt;

/// Dark on white, and for less weight.
const INK: Color = Color::RGB(0x1b2330);
const MUTED: Color = Color::RGB(0x4a5364);
const HEAD: Color = Color::RGB(0x1f5c66);
const HEAD_AFTER: Color = Color::RGB(0x3a4a6b);
const RULE: Color = Color::RGB(0xc9d0d0);
const LOCKED: Color = Color::RGB(0xeef2f2);
/// A fault: dark red on a light ground.
const FAULT: (Color, Color) = (Color::RGB(0x8a1c1c), Color::RGB(0xfbdcd8));
/// Something to look at.
const REMARK: Color = Color::RGB(0xfdf0c8);
/// A4.
const PAPER: u8 = 9;

/// Why a workbook could not be put together: what went wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skrivfel(pub String);

impl fmt::Display for Skrivfel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Excelfilen kunde inte sättas ihop ({}).", self.0)
    }
}

impl std::error::Error for Skrivfel {}

impl From<rust_xlsxwriter::XlsxError> for Skrivfel {
    fn from(error: rust_xlsxwriter::XlsxError) -> Skrivfel {
        Skrivfel(error.to_string())
    }
}

pub(super) fn title() -> Format {
    Format::new().set_bold().set_font_size(16).set_font_color(HEAD)
}

pub(super) fn muted() -> Format {
    Format::new().set_font_color(MUTED)
}

pub(super) fn section() -> Format {
    Format::new().set_bold().set_font_size(12).set_font_color(HEAD)
}

/// A column's heading; those about the exit have a colour of their own.
pub(super) fn heading(after: bool) -> Format {
    let color = if after { HEAD_AFTER } else { HEAD };
    let head = Format::new().set_bold().set_font_color(Color::White).set_background_color(color);
    head.set_text_wrap()
        .set_align(FormatAlign::VerticalCenter)
        .set_border_right(FormatBorder::Thin)
        .set_border_right_color(RULE)
}

/// A cell in a table.
pub(super) fn cell() -> Format {
    Format::new().set_font_color(INK).set_border(FormatBorder::Thin).set_border_color(RULE).set_align(FormatAlign::Left)
}

/// Running text over several lines.
pub(super) fn text() -> Format {
    Format::new().set_font_color(INK).set_text_wrap().set_align(FormatAlign::Top)
}

pub(super) fn locked() -> Format {
    cell().set_background_color(LOCKED)
}

/// A link to a cell.
pub(super) fn link() -> Format {
    text().set_font_color(HEAD).set_underline(FormatUnderline::Single)
}

/// What is laid over a faulty cell.
pub(super) fn fault() -> Format {
    Format::new().set_font_color(FAULT.0).set_background_color(FAULT.1)
}

/// What is laid over a cell with something that need not be mended.
pub(super) fn remark() -> Format {
    Format::new().set_font_color(INK).set_background_color(REMARK)
}

/// What is laid over the row of one who has exited.
pub(super) fn exited() -> Format {
    Format::new().set_font_color(MUTED).set_background_color(LOCKED)
}

pub(super) fn fault_words() -> Format {
    Format::new().set_font_color(FAULT.0).set_bold()
}

/// A4 lying down, one page wide.
pub(super) fn page(sheet: &mut Worksheet) {
    sheet.set_paper_size(PAPER).set_landscape().set_print_fit_to_pages(1, 0);
    sheet.set_margins(0.5, 0.5, 0.6, 0.6, 0.3, 0.3).set_footer("&L&A&R&P (&N)");
}

/// How high a row is in which texts stand over several lines in columns so wide, in points. Not every program that opens
/// a workbook finds out by itself.
pub(super) fn height(texts: &[(&str, u8)]) -> u32 {
    let lines = texts.iter().map(|(text, width)| text.chars().count().div_ceil(usize::from(*width)));
    lines.max().unwrap_or(1).clamp(1, 20) as u32 * 15 + 3
}

/// Text that a workbook can hold: no signs that XML forbids, no longer than `most`.
pub(super) fn clean(text: &str, most: usize) -> String {
    let good = |c: &char| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}');
    text.chars().map(|c| if matches!(c, '\n' | '\r' | '\t') { ' ' } else { c }).filter(good).take(most).collect()
}
