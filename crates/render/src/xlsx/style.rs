//! How cells look: the number formats that show a whole value as documents write it, and the
//! organisation's colour.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};
use samsyn_document::{Align, Ljus, Look, RowKind, Unit, Value};

/// Text on white and on light colours.
const INK: u32 = 0x1b2330;
const MUTED: u32 = 0x4a5364;
/// Rules between rows, and above sums.
const RULE: u32 = 0xc9d0d0;
const BAND: u32 = 0xeef2f2;

/// The formats that all sheets share.
pub(super) struct Style {
    /// The organisation's colour, or dark ink when white text could not be read on it.
    pub(super) color: Color,
}

impl Style {
    pub(super) fn new(look: &Look) -> Style {
        let samsyn_document::Color(red, green, blue) = look.color;
        let rgb = u32::from(red) << 16 | u32::from(green) << 8 | u32::from(blue);
        Style { color: Color::RGB(if look.color.contrast_on_white() >= 4.5 { rgb } else { INK }) }
    }

    /// A sheet's title.
    pub(super) fn title(&self) -> Format {
        Format::new().set_bold().set_font_size(14).set_font_color(self.color)
    }

    /// Words of less weight: under titles, below tables.
    pub(super) fn muted(&self) -> Format {
        Format::new().set_font_color(MUTED)
    }

    /// Notes below a table, over several lines.
    pub(super) fn note(&self) -> Format {
        Format::new().set_font_color(INK).set_text_wrap().set_align(FormatAlign::Top).set_align(FormatAlign::Left)
    }

    /// A link to another sheet.
    pub(super) fn link(&self) -> Format {
        Format::new().set_font_color(self.color).set_underline(rust_xlsxwriter::FormatUnderline::Single)
    }

    /// A column's heading.
    pub(super) fn heading(&self, align: Align) -> Format {
        self.head().set_align(side(align))
    }

    /// A heading above several columns.
    pub(super) fn group_heading(&self) -> Format {
        self.head()
            .set_align(FormatAlign::Center)
            .set_border_bottom(FormatBorder::Thin)
            .set_border_bottom_color(0xffffff)
    }

    fn head(&self) -> Format {
        let format = Format::new().set_bold().set_font_color(0xffffff).set_background_color(self.color);
        let format = format.set_border_left(FormatBorder::Thin).set_border_left_color(self.color);
        format.set_text_wrap().set_align(FormatAlign::Bottom)
    }

    /// The heading over a group of rows.
    pub(super) fn row_group(&self) -> Format {
        ruled(Format::new().set_bold().set_font_color(self.color).set_background_color(BAND))
    }

    /// A cell.
    pub(super) fn cell(&self, value: &Value, align: Align, kind: RowKind, notes: &[usize]) -> Format {
        let format = match value {
            Value::Text(text) => self.words(text, kind, notes).set_text_wrap(),
            Value::Svar(_) => self.words("", kind, notes).set_text_wrap(),
            Value::Ljus(light) => self.words("", kind, notes).set_background_color(fill(*light)),
            Value::Missing | Value::Withheld => self.words("", kind, notes),
            _ => row(kind).set_num_format(format!("{}{}", number_format(value), mark(notes))),
        };
        let format = format.set_align(side(align));
        // Of less weight also in a sum.
        if align == Align::Earlier { format.set_font_color(MUTED).unset_bold() } else { format }
    }

    /// A cell with words. Those that Excel would take for a formula, were they typed anew, are marked as text.
    fn words(&self, text: &str, kind: RowKind, notes: &[usize]) -> Format {
        let format = row(kind);
        let format = if text.starts_with(['=', '+', '-', '@']) { format.set_quote_prefix() } else { format };
        if notes.is_empty() { format } else { format.set_num_format(format!("@{}", mark(notes))) }
    }
}

fn side(align: Align) -> FormatAlign {
    if align.is_right() { FormatAlign::Right } else { FormatAlign::Left }
}

/// How a row of that kind looks.
fn row(kind: RowKind) -> Format {
    let format = ruled(Format::new().set_font_color(INK).set_align(FormatAlign::Top));
    match kind {
        RowKind::Normal | RowKind::Share => format,
        RowKind::ByHand => format.set_align(FormatAlign::Bottom),
        RowKind::Sum => format.set_bold().set_border_top(FormatBorder::Thin).set_border_top_color(INK),
    }
}

fn ruled(format: Format) -> Format {
    format.set_border_bottom(FormatBorder::Thin).set_border_bottom_color(RULE)
}

/// The number format that shows a value as documents write it.
pub(super) fn number_format(value: &Value) -> String {
    match value {
        Value::Belopp(_, Unit::Tkr) => "#,##0,".to_owned(),
        Value::Belopp(_, Unit::Kronor) | Value::Antal(_) => "#,##0".to_owned(),
        Value::Andel(_) => "0\\ %".to_owned(),
        Value::Tal(tal) => match tal.parts().2.len() {
            0 => "#,##0".to_owned(),
            decimals => format!("#,##0.{}", "0".repeat(decimals)),
        },
        Value::Datum(_) => "yyyy\\-mm\\-dd".to_owned(),
        _ => "General".to_owned(),
    }
}

/// The marks of footnotes, as words that a number format puts after the value: the value itself stays
/// a number, a name stays a name.
fn mark(notes: &[usize]) -> String {
    let raised = |index: &usize| -> String {
        let digits = (index + 1).to_string();
        digits
            .bytes()
            .map(|digit| ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'][usize::from(digit - b'0')])
            .collect()
    };
    let marks: Vec<String> = notes.iter().map(|note| format!("{}⁾", raised(note))).collect();
    if marks.is_empty() { String::new() } else { format!("\" {}\"", marks.join(" ")) }
}

/// Light enough for dark text; the word stands in the cell.
fn fill(light: Ljus) -> u32 {
    match light {
        Ljus::Gron => 0xcfe8d5,
        Ljus::Gul => 0xffe9a8,
        Ljus::Rod => 0xf8cdc6,
    }
}
