//! The first sheet: what the document is, and a link to every other.

use super::grid::Grid;
use super::names::{CHARTS, CONTENTS, clean, quoted};
use super::sheet::{merged, value};
use super::style::Style;
use super::width::{height, lines, measure};
use super::{XlsxError, page};
use rust_xlsxwriter::{Url, Worksheet};
use samsyn_document::{Align, Document, RowKind, Value};

const ABOUT: &str = "I cellerna står hela värden: belopp i kronor och öre, andelar utan avrundning. Tusental kronor och \
    hela procent är talformat. Summor och andelar är formler när allt de räknas av står i samma tabell.";

/// The width of the first column, and of the second.
const LINKS: (usize, usize) = (30, 88);
const NAMES: usize = 28;

/// Writes the sheet.
pub(super) fn write(
    sheet: &mut Worksheet,
    document: &Document,
    style: &Style,
    grids: &[Grid],
    charts: bool,
) -> Result<(), XlsxError> {
    sheet.set_name(CONTENTS)?;
    let widest = grids.iter().map(|grid| measure(&grid.title())).max().unwrap_or(0) + 3;
    let first = widest.clamp(LINKS.0, LINKS.1);
    sheet.set_column_width(0, first as f64)?.set_column_width(1, NAMES as f64)?;
    let mut row = about(sheet, document, style)? + 2;
    let heading = style.heading(Align::Left);
    sheet.write_string_with_format(row, 0, "Blad", &heading)?;
    sheet.write_string_with_format(row, 1, "Områdets namn", &heading)?;
    let tables = grids.iter().map(|grid| (grid.title(), grid.sheet.as_str(), grid.name.as_str()));
    let charts = charts.then(|| (CHARTS.to_owned(), CHARTS, ""));
    for (title, target, name) in tables.chain(charts) {
        row += 1;
        let format = style.cell(&Value::Missing, Align::Left, RowKind::Normal, &[]);
        let link = Url::new(format!("internal:{}!A1", quoted(target))).set_text(title);
        let linked = format.clone().merge(&style.link());
        sheet.write_url_with_format(row, 0, link, &linked)?;
        sheet.write_string_with_format(row, 1, name, &format)?;
    }
    let legend = samsyn_document::format::legend(document);
    for text in std::iter::once(ABOUT).chain(legend.as_deref()).chain(document.foot.as_deref()) {
        row += if text == ABOUT { 2 } else { 1 };
        merged(sheet, (row, 0, row, 1), text, &style.note())?;
        sheet.set_row_height(row, height(lines(text, first + NAMES)))?;
    }
    sheet.set_print_area(0, 0, row, 1)?;
    sheet.set_screen_gridlines(false);
    page::set(sheet, document, first + NAMES);
    Ok(())
}

/// Title, issuer, day and what else the title page says; gives the last row used.
fn about(sheet: &mut Worksheet, document: &Document, style: &Style) -> Result<u32, XlsxError> {
    sheet.write_string_with_format(0, 0, clean(&document.title), &style.title().set_font_size(18))?;
    let mut row = 0;
    for words in [&document.subtitle, &document.organisation] {
        if !words.trim().is_empty() {
            row += 1;
            sheet.write_string(row, 0, clean(words))?;
        }
    }
    let plain = |value: &Value| style.cell(value, Align::Left, RowKind::Normal, &[]);
    let per = ("Uppgifter per".to_owned(), Value::Datum(document.per));
    let meta = document.meta.iter().map(|(label, words)| (label.clone(), Value::Text(words.clone())));
    row += 1;
    for (label, said) in std::iter::once(per).chain(meta) {
        row += 1;
        let label = Value::Text(label);
        value(sheet, (row, 0), &label, None, &plain(&label))?;
        value(sheet, (row, 1), &said, None, &plain(&said))?;
    }
    Ok(row)
}
