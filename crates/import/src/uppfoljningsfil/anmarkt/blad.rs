//! A sheet of the file in the copy: its values, with what is wrong at the cells and at the end of the rows.

use super::plats::{LAST, Platser};
use super::{LISTA, Mark};
use crate::grid::{Cell, Sheet, day_of_serial};
use crate::uppfoljningsfil::utseende::{self, Skrivfel, clean};
use rust_xlsxwriter::{ExcelDateTime, Format, FormatAlign, Note, Worksheet};
use samsyn_core::Severity;
use std::collections::{BTreeMap, HashSet};

/// The longest text that a cell of Excel takes, and what is wanted of a note and of a row's words.
const LONGEST: usize = 32_000;
const NOTE: usize = 1_000;
const WORDS: usize = 2_000;
/// How wide the column of a row's words is, and how many characters fewer it holds of bold text.
const WORDS_WIDTH: u8 = 70;
const BOLD: u8 = 10;
/// The most notes on a sheet: each is a drawing.
const NOTES: usize = 2_000;
/// Column widths in characters, and how many rows are measured.
const WIDTHS: (usize, usize) = (9, 36);
const MEASURED: usize = 200;

/// Writes the sheet.
pub(super) fn write(
    out: &mut Worksheet,
    sheet: &Sheet,
    name: &str,
    platser: &Platser,
    from_1904: bool,
    marks: &[&Mark<'_>],
) -> Result<(), Skrivfel> {
    out.set_name(name)?.set_hidden(sheet.hidden);
    let mut cells: BTreeMap<(u32, u16), Vec<&Mark<'_>>> = BTreeMap::new();
    let mut rows: BTreeMap<u32, Vec<&Mark<'_>>> = BTreeMap::new();
    for mark in marks.iter().filter(|mark| mark.finding.severity != Severity::Upplysning) {
        let Some(cell) = mark.cell else { continue };
        if let Some(column) = cell.column {
            cells.entry((cell.row, column)).or_default().push(mark);
        }
        if mark.finding.place.row.is_some() {
            rows.entry(cell.row).or_default().push(mark);
        }
    }
    let words = platser.att_ratta.unwrap_or(platser.bredd);
    let mut filled: HashSet<(u32, u16)> = HashSet::new();
    for row in sheet.rows.iter().filter(|row| (1..=LAST.0 + 1).contains(&row.number)) {
        let number = row.number - 1;
        for (column, cell) in (0..=LAST.1).zip(&row.cells) {
            let head = platser.huvud == Some(number);
            let marked = cells.get(&(number, column));
            if marked.is_some() && *cell != Cell::Empty {
                filled.insert((number, column));
            }
            if platser.att_ratta != Some(column) || head {
                let day = from_1904.then(|| day_from_1904(cell, platser.is_day(column))).flatten();
                put(out, (number, column), day.as_ref().unwrap_or(cell), &look(head, marked))?;
            }
        }
    }
    for (at, marks) in cells.iter().take(NOTES) {
        if !filled.contains(at) {
            out.write_blank(at.0, at.1, &look(platser.huvud == Some(at.0), Some(marks)))?;
        }
        let note = Note::new(clean(&joined(marks), NOTE)).add_author_prefix(false).set_width(320).set_height(110);
        out.insert_note(at.0, at.1, &note)?;
    }
    widths(out, sheet, platser)?;
    if let Some(head) = platser.huvud.filter(|head| *head < LAST.0) {
        out.write_string_with_format(head, words, LISTA, &utseende::heading(false))?;
        let last = sheet.rows.iter().map(|row| row.number.saturating_sub(1)).max().unwrap_or(head).clamp(head, LAST.0);
        let last = rows.keys().copied().max().unwrap_or(head).max(last);
        out.autofilter(head, 0, last, words)?.set_freeze_panes(head + 1, 0)?;
    }
    for (row, marks) in &rows {
        let said: Vec<String> = marks.iter().map(|mark| mark.words_of_row()).collect();
        let look = utseende::fault_words().set_text_wrap().set_align(FormatAlign::Top);
        let said = clean(&said.join(" "), WORDS);
        out.set_row_height(*row, utseende::height(&[(&said, WORDS_WIDTH - BOLD)]))?;
        out.write_string_with_format(*row, words, said, &look)?;
    }
    if !rows.is_empty() {
        out.set_column_width(words, WORDS_WIDTH)?;
    }
    utseende::page(out);
    Ok(())
}

/// A day of a file that counts days from 1904, which the copy does not.
fn day_from_1904(cell: &Cell, days_stand_here: bool) -> Option<Cell> {
    match cell {
        Cell::Number(number) if days_stand_here && (10_000.0..100_000.0).contains(number) => {
            day_of_serial(*number, true).map(Cell::Date)
        }
        _ => None,
    }
}

/// All that is said of a cell.
fn joined(marks: &[&Mark<'_>]) -> String {
    marks.iter().map(|mark| mark.words()).collect::<Vec<_>>().join(" ")
}

fn look(head: bool, marks: Option<&Vec<&Mark<'_>>>) -> Format {
    let base = if head { Format::new().set_bold() } else { Format::new() };
    match marks {
        None => base,
        Some(marks) if marks.iter().any(|mark| mark.stops()) => base.merge(&utseende::fault()),
        Some(_) => base.merge(&utseende::remark()),
    }
}

fn put(out: &mut Worksheet, (row, column): (u32, u16), cell: &Cell, look: &Format) -> Result<(), Skrivfel> {
    match cell {
        Cell::Empty => {}
        Cell::Text(text) | Cell::Fault(text) => {
            out.write_string_with_format(row, column, lines(text), look)?;
        }
        Cell::Number(number) => {
            out.write_number_with_format(row, column, *number, look)?;
        }
        Cell::Bool(yes) => {
            out.write_boolean_with_format(row, column, *yes, look)?;
        }
        Cell::Date(day) => {
            let day = ExcelDateTime::from_ymd(u16::try_from(day.year()).unwrap_or(1900), day.month(), day.day())?;
            out.write_datetime_with_format(row, column, &day, &look.clone().set_num_format("yyyy-mm-dd"))?;
        }
    }
    Ok(())
}

/// A cell's text with its line breaks.
fn lines(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(|line| clean(line, LONGEST)).collect();
    lines.join("\n").chars().take(LONGEST).collect()
}

/// Columns as wide as what stands in them, titles above the headings left out.
fn widths(out: &mut Worksheet, sheet: &Sheet, platser: &Platser) -> Result<(), Skrivfel> {
    let mut widths = vec![WIDTHS.0; usize::from(platser.bredd)];
    let from = platser.huvud.unwrap_or(0);
    for row in sheet.rows.iter().filter(|row| row.number > from).take(MEASURED) {
        for (width, cell) in widths.iter_mut().zip(&row.cells) {
            let length = crate::uppfoljningsfil::varden::text(cell).chars().count() + 2;
            *width = length.clamp(*width, WIDTHS.1);
        }
    }
    for (column, width) in (0..=LAST.1).zip(widths) {
        out.set_column_width(column, width as f64)?;
    }
    Ok(())
}
