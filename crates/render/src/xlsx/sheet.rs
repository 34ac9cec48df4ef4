//! A table on a sheet of its own.

use super::XlsxError;
use super::formula::{Exact, formulas};
use super::grid::Grid;
use super::names::{CONTENTS, clean, quoted};
use super::page;
use super::style::Style;
use super::width::{self, HIGH, groups, height, lines};
use crate::csv::BELONGS;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, IgnoreError, Url, Worksheet};
use samsyn_document::{Align, Cell, Document, Row, RowKind, Text, Value, format};

/// Titles and notes take at least so many characters, also when the table is narrower.
const NOTES: usize = 84;
/// The width that Excel gives a column by itself.
const SPARE: usize = 9;

/// Writes the sheet.
pub(super) fn write(sheet: &mut Worksheet, document: &Document, style: &Style, grid: &Grid) -> Result<(), XlsxError> {
    sheet.set_name(grid.sheet.as_str())?;
    let widths = width::widths(grid);
    for (column, width) in (0..).zip(&widths) {
        sheet.set_column_width(column, *width as f64)?;
    }
    let total: usize = widths.iter().sum();
    let extra = NOTES.saturating_sub(total).div_ceil(SPARE);
    let across = Across { last: grid.last().1 + extra as u16, width: total + extra * SPARE };
    top(sheet, document, style, grid)?;
    head(sheet, style, grid, &widths)?;
    rows(sheet, style, grid, &widths)?;
    let last = below(sheet, style, grid, &across)?;
    let ((first, under), (bottom, right)) = (grid.head(), grid.last());
    sheet.set_freeze_panes(under + 1, 1)?;
    sheet.set_repeat_rows(first, under)?;
    sheet.set_print_area(0, 0, last, across.last)?;
    if bottom > under {
        // Excel would put a green corner on names that are digits, and on sums beside other sums.
        let figures = grid.column(0);
        sheet.ignore_error_range(under + 1, 0, bottom, figures - 1, IgnoreError::NumberStoredAsText)?;
        if right >= figures {
            sheet.ignore_error_range(under + 1, figures, bottom, right, IgnoreError::FormulaDiffers)?;
        }
    }
    page::set(sheet, document, across.width);
    Ok(())
}

/// The columns that a note goes across, and how many characters they hold.
struct Across {
    last: u16,
    width: usize,
}

/// Title, the document it is from, and the way back.
fn top(sheet: &mut Worksheet, document: &Document, style: &Style, grid: &Grid) -> Result<(), XlsxError> {
    sheet.write_string_with_format(0, 0, grid.title(), &style.title())?;
    let parts = [&document.title, &document.subtitle, &document.organisation].map(|part| clean(part.trim()));
    let from: Vec<&str> = parts.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    sheet.write_string_with_format(1, 0, clean(&from.join(" · ")), &style.muted())?;
    let back = Url::new(format!("internal:{}!A1", quoted(CONTENTS))).set_text("Till innehållet");
    sheet.write_url_with_format(2, 0, back, &style.link())?;
    Ok(())
}

fn head(sheet: &mut Worksheet, style: &Style, grid: &Grid, widths: &[usize]) -> Result<(), XlsxError> {
    let (first, last) = grid.head();
    let mut columns = vec![(0, grid.table.corner.as_str(), Align::Left, false)];
    if grid.has_sub {
        columns.push((1, BELONGS, Align::Left, false));
    }
    for (heading, of) in groups(grid.table) {
        if let Some(heading) = heading {
            let (from, to) = (grid.column(of.start), grid.column(of.end - 1));
            merged(sheet, (first, from, first, to), &clean(heading), &style.group_heading())?;
        }
        let under = of.map(|i| (grid.column(i), &grid.table.columns[i]));
        columns.extend(under.map(|(at, column)| (at, column.heading.as_str(), column.align, heading.is_some())));
    }
    for (column, words, align, grouped) in &columns {
        let from = if *grouped { last } else { first };
        let format = style.heading(*align);
        let apart = *align == Align::Left && *column >= grid.column(0);
        let format = if apart { format.set_indent(1) } else { format };
        merged(sheet, (from, *column, last, *column), &clean(words), &format)?;
    }
    let high = |words: &str, width: usize| lines(words, (width - width.div_ceil(16)).saturating_sub(1));
    if grid.has_groups {
        let groups = groups(grid.table).into_iter().filter_map(|(heading, of)| {
            let of = usize::from(grid.column(of.start))..usize::from(grid.column(of.end - 1)) + 1;
            Some(high(heading?, widths[of].iter().sum()))
        });
        sheet.set_row_height(first, height(groups.max().unwrap_or(1)))?;
    }
    // A heading over both rows has the upper one too.
    let of = columns.iter().map(|(column, words, _, grouped)| {
        high(words, widths[usize::from(*column)]).saturating_sub(usize::from(grid.has_groups && !grouped)).max(1)
    });
    sheet.set_row_height(last, height(of.max().unwrap_or(1)))?;
    Ok(())
}

fn rows(sheet: &mut Worksheet, style: &Style, grid: &Grid, widths: &[usize]) -> Result<(), XlsxError> {
    let formulas = formulas(grid);
    let last = grid.last().1;
    for (i, row) in grid.table.rows.iter().enumerate() {
        let at = grid.row(i);
        match row {
            Row::Group { heading } => {
                let format = style.row_group();
                sheet.write_string_with_format(at, 0, clean(heading), &format)?;
                for column in 1..=last {
                    sheet.write_blank(at, column, &format)?;
                }
            }
            Row::Data { header, sub, cells, kind } => {
                let words = std::iter::once(header).chain(cells).map(|cell| match &cell.value {
                    Value::Text(text) => text.as_str(),
                    _ => "",
                });
                let columns = std::iter::once(0).chain((0..).map(|j| usize::from(grid.column(j))));
                let fits = columns.zip(words).filter_map(|(column, words)| Some(lines(words, widths.get(column)? - 1)));
                let sub_fits = sub.iter().map(|sub| lines(sub, widths[1] - 1));
                let by_hand = (*kind == RowKind::ByHand).then_some(HIGH);
                let most = fits.chain(sub_fits).chain(by_hand).max().unwrap_or(1);
                if most > 1 {
                    sheet.set_row_height(at, height(most))?;
                }
                row_header(sheet, style, (at, 0), header, *kind)?;
                if grid.has_sub {
                    let sub = Cell::text(sub.clone().unwrap_or_default());
                    value(sheet, (at, 1), &sub.value, None, &style.cell(&sub.value, Align::Left, *kind, &[]))?;
                }
                for (j, (column, cell)) in grid.table.columns.iter().zip(cells).enumerate() {
                    let format = style.cell(&cell.value, column.align, *kind, &cell.notes);
                    let format = if column.align == Align::Left { format.set_indent(1) } else { format };
                    let place = (at, grid.column(j));
                    value(sheet, place, &cell.value, formulas.get(&place).map(String::as_str), &format)?;
                }
            }
        }
    }
    Ok(())
}

fn row_header(
    sheet: &mut Worksheet,
    style: &Style,
    place: (u32, u16),
    header: &Cell,
    kind: RowKind,
) -> Result<(), XlsxError> {
    let format = style.cell(&header.value, Align::Left, kind, &header.notes).set_text_wrap();
    value(sheet, place, &header.value, None, &format)
}

/// Writes a value as what it is: a number, a day, words.
pub(super) fn value(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    value: &Value,
    formula: Option<&str>,
    format: &Format,
) -> Result<(), XlsxError> {
    match (Exact::of(value).map(Exact::number), value) {
        (Some(number), _) => match formula {
            Some(text) => {
                let formula = Formula::new(text).set_result(number.to_string());
                sheet.write_formula_with_format(row, column, formula, format)?
            }
            None => sheet.write_number_with_format(row, column, number, format)?,
        },
        (None, Value::Datum(day)) => {
            let year = u16::try_from(day.year()).unwrap_or(0);
            // Programs disagree on the days of 1900, which Excel holds for a leap year: they stand as words.
            match ExcelDateTime::from_ymd(year, day.month(), day.day()) {
                Ok(moment) if year > 1900 => sheet.write_datetime_with_format(row, column, &moment, format)?,
                _ => sheet.write_string_with_format(row, column, day.to_string(), format)?,
            }
        }
        (None, Value::Text(text)) if text.is_empty() => sheet.write_blank(row, column, format)?,
        (None, _) => sheet.write_string_with_format(row, column, clean(&format::value(value)), format)?,
    };
    Ok(())
}

/// Footnotes and remarks; gives the last row used.
fn below(sheet: &mut Worksheet, style: &Style, grid: &Grid, across: &Across) -> Result<u32, XlsxError> {
    let numbered = |(i, text): (usize, &Text)| format!("{}) {}", i + 1, format::text(text));
    let notes = grid.table.footnotes.iter().enumerate().map(numbered);
    let notes: Vec<String> = notes.chain(grid.table.remarks.iter().map(format::text)).collect();
    let mut last = grid.last().0;
    for (row, text) in (last + 2..).zip(&notes) {
        let text = clean(text);
        merged(sheet, (row, 0, row, across.last), &text, &style.note())?;
        sheet.set_row_height(row, height(lines(&text, across.width - 2)))?;
        last = row;
    }
    Ok(last)
}

/// Words in an area as one cell; an area of one cell needs no merging.
pub(super) fn merged(
    sheet: &mut Worksheet,
    (top, left, bottom, right): (u32, u16, u32, u16),
    words: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    if (top, left) == (bottom, right) {
        sheet.write_string_with_format(top, left, words, format)?;
    } else {
        sheet.merge_range(top, left, bottom, right, words, format)?;
    }
    Ok(())
}
