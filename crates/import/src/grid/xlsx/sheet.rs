//! A sheet's cells, and what stands around them.

use super::strings::{Strings, plain};
use super::workbook::Workbook;
use crate::grid::dates::{Format, day_of_serial};
use crate::grid::draft::{self, Draft};
use crate::grid::prose::Prose;
use crate::grid::reading::Reading;
use crate::grid::xml::{Piece, Tag, Xml};
use crate::grid::{Cell, Refused, Sheet};
use samsyn_document::Datum;

/// A cell as it is written.
#[derive(Default)]
struct Written {
    kind: String,
    style: usize,
    column: u32,
    value: String,
    formula: String,
    has_formula: bool,
}

/// Which text of a cell is being read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Nothing,
    Value,
    Formula,
}

/// Reads a sheet.
pub(super) fn read(
    reading: &mut Reading,
    text: &str,
    mut draft: Draft,
    workbook: &Workbook,
    strings: &mut Strings,
) -> Result<Sheet, Refused> {
    let mut xml = Xml::with_root(text, "worksheet");
    let mut prose = Prose::default();
    let (mut cell, mut open, mut part) = (Written::default(), false, Part::Nothing);
    let (mut next_column, mut aside) = (0u32, false);
    while let Some(piece) = xml.next(reading)? {
        match &piece {
            Piece::Open(tag) => match tag.name() {
                "row" => {
                    let number = tag.number("r").unwrap_or(draft.number().saturating_add(1));
                    let hidden = tag.is("hidden") || tag.number::<f64>("ht") == Some(0.0);
                    draft.begin_row(reading, number, hidden)?;
                    next_column = 0;
                    continue;
                }
                "c" => {
                    begin(&mut cell, tag, next_column);
                    next_column = cell.column.saturating_add(1);
                    (open, part) = (true, Part::Nothing);
                    continue;
                }
                "f" if open => {
                    cell.has_formula = true;
                    part = Part::Formula;
                    continue;
                }
                "v" if open => {
                    part = Part::Value;
                    continue;
                }
                "t" if open && !aside => {
                    part = Part::Value;
                    continue;
                }
                "rPh" => aside = true,
                "col" => hidden_columns(tag, reading.limits.max_columns, &mut draft.sheet),
                "mergeCell" => draft.sheet.merged.extend(tag.get("ref").as_deref().and_then(area)),
                _ => {}
            },
            Piece::Text(text) if part == Part::Value => {
                cell.value.push_str(text);
                continue;
            }
            Piece::Text(text) if part == Part::Formula => {
                cell.formula.push_str(text);
                continue;
            }
            Piece::Close(name) => match name.name() {
                "c" if open => {
                    open = false;
                    let value = value(reading, &cell, &draft, workbook, strings)?;
                    draft.put(reading, cell.column, value)?;
                    continue;
                }
                "v" | "f" | "t" => part = Part::Nothing,
                "rPh" => aside = false,
                _ => {}
            },
            Piece::Text(_) | Piece::Comment(_) => {}
        }
        prose.take(&piece, |text| {
            reading.search.text(text, || format!("{}, utanför cellerna (sidhuvud, listor, länkar)", draft.label()));
        });
    }
    draft.finish(reading)
}

fn begin(cell: &mut Written, tag: &Tag<'_>, next: u32) {
    cell.value.clear();
    cell.formula.clear();
    cell.kind.clear();
    (cell.style, cell.column, cell.has_formula) = (0, next, false);
    for (name, value) in tag.each() {
        match name {
            "r" => cell.column = column(&value).unwrap_or(next),
            "s" => cell.style = value.parse().unwrap_or(0),
            "t" => cell.kind.push_str(&value),
            _ => {}
        }
    }
}

/// What a cell holds.
fn value(
    reading: &mut Reading,
    cell: &Written,
    draft: &Draft,
    workbook: &Workbook,
    strings: &mut Strings,
) -> Result<Cell, Refused> {
    let place = || draft.cell(draft.number(), cell.column);
    if cell.has_formula {
        reading.search.text(&cell.formula, || format!("{}, formeln", place()));
        if !draft.is_check(cell.column) {
            reading.formula(!cell.value.is_empty() || cell.kind == "str", place);
        }
    }
    let written = cell.value.as_str();
    Ok(match cell.kind.as_str() {
        "s" if written.is_empty() => Cell::Empty,
        "s" => match written.trim().parse().ok().and_then(|at| strings.take(at)) {
            Some(text) => draft::text(text),
            None => return Err(reading.damaged(&place(), "cellens text saknas i den")),
        },
        "str" | "inlineStr" => draft::text(&plain(written)),
        "b" if !written.is_empty() => Cell::Bool(matches!(written.trim(), "1" | "true")),
        "e" if !written.is_empty() => Cell::Fault(written.trim().into()),
        "d" => match written.get(..10).and_then(Datum::parse) {
            Some(day) => Cell::Date(day),
            None => draft::text(written),
        },
        _ => number(reading, written, workbook.format(cell.style), workbook.epoch_1904, place),
    })
}

/// A number, or the day that its format makes of it.
fn number(reading: &mut Reading, written: &str, format: Format, epoch_1904: bool, place: impl Fn() -> String) -> Cell {
    let Some(number) = written.trim().parse().ok().filter(|number: &f64| number.is_finite()) else {
        return draft::text(written);
    };
    if format == Format::Digits {
        reading.search.padded(number, place);
    }
    match day_of_serial(number, epoch_1904).filter(|_| format == Format::Day) {
        Some(day) => Cell::Date(day),
        None => Cell::Number(number),
    }
}

fn hidden_columns(tag: &Tag<'_>, most: u32, sheet: &mut Sheet) {
    if tag.is("hidden") || tag.number::<f64>("width") == Some(0.0) {
        let first: u32 = tag.number("min").unwrap_or(1).max(1);
        let last: u32 = tag.number("max").unwrap_or(first).min(most);
        sheet.hidden_columns.extend((first..=last).map(|column| column - 1));
    }
}

/// The column of a cell's name, from 0; `None` when it has no letters or too many.
fn column(name: &str) -> Option<u32> {
    let letters =
        name.bytes().take_while(u8::is_ascii_alphabetic).map(|b| u32::from(b.to_ascii_uppercase() - b'A') + 1);
    let place = letters.take(5).fold(0u32, |place, letter| place * 26 + letter);
    place.checked_sub(1)
}

/// An area such as `A1:C3`: first row and column, last row and column.
fn area(name: &str) -> Option<(u32, u32, u32, u32)> {
    let corner = |name: &str| {
        let digits = name.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        Some((digits.parse::<u32>().ok()?, column(name)?))
    };
    let (first, last) = name.split_once(':')?;
    let ((top, left), (bottom, right)) = (corner(first)?, corner(last)?);
    Some((top, left, bottom, right))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_cells_and_areas_are_read() {
        assert_eq!(
            (column("A1"), column("XFD1048576"), column("aa7"), column("12")),
            (Some(0), Some(16_383), Some(26), None)
        );
        assert_eq!(column("ZZZZZZZZZZZZ1"), Some(12_356_629));
        assert_eq!(area("B2:D10"), Some((2, 1, 10, 3)));
        assert_eq!((area("B2"), area("2:3"), area("A:B")), (None, None, None));
    }
}
