//! A sheet's cells, comments and shapes.

use super::globals::Globals;
use super::records::{CONTINUE, Chunks, Record, Records, text_at};
use crate::grid::dates::{Format, day_of_serial};
use crate::grid::draft::{self, Draft};
use crate::grid::namn;
use crate::grid::ole::{u16_at, u32_at};
use crate::grid::reading::Reading;
use crate::grid::{Cell, Refused, Sheet};
use std::collections::{HashMap, HashSet};

/// What has been read of a sheet.
#[derive(Default)]
struct Found {
    /// Row and column, both from 0.
    cells: Vec<(u32, u32, Cell)>,
    hidden_rows: HashSet<u32>,
    /// The shape that was described last, and the texts of shapes.
    shape: u16,
    texts: HashMap<u16, String>,
    /// Comments: row, column and shape.
    notes: Vec<(u32, u32, u16)>,
}

/// Reads a sheet, whose records come first in `from`.
pub(super) fn read(
    reading: &mut Reading,
    from: &[u8],
    mut draft: Draft,
    globals: &mut Globals,
) -> Result<Sheet, Refused> {
    let mut records = Records(from);
    if records.next().is_none_or(|first| first.kind != 0x0809) {
        return Err(reading.damaged(draft.label(), "bladet går inte att läsa"));
    }
    let mut found = Found::default();
    // Charts in the sheet begin and end as sheets do.
    let mut depth = 1;
    while depth > 0 {
        let Some(record) = records.next() else {
            return Err(reading.damaged(draft.label(), "bladet är avhugget"));
        };
        match record.kind {
            0x0809 => depth += 1,
            0x0A => depth -= 1,
            _ if depth > 1 => {}
            0x5D if u16_at(record.data, 0) == 0x15 => found.shape = u16_at(record.data, 6),
            0x1B6 => {
                let length = usize::from(u16_at(record.data, 10));
                let text = records.with_continued(&[]);
                // The first byte tells how wide the letters are, as where any text goes on.
                found.texts.insert(found.shape, Chunks::new(text).letters(length, false).unwrap_or_default());
            }
            0x207 => {
                let text = Chunks::new(records.with_continued(record.data)).text().unwrap_or_default();
                if let Some((_, _, cell)) = found.cells.last_mut() {
                    *cell = draft::text(&text);
                }
            }
            CONTINUE => {}
            _ => found.record(reading, record, &mut draft, globals)?,
        }
        if found.cells.len() > reading.limits.max_cells {
            return Err(reading.stop(draft.label(), "Filen har för många celler.", "Dela upp den på flera filer."));
        }
    }
    found.look_through_comments(reading, &draft);
    found.finish(reading, draft)
}

impl Found {
    fn record(
        &mut self,
        reading: &mut Reading,
        record: Record<'_>,
        draft: &mut Draft,
        globals: &mut Globals,
    ) -> Result<(), Refused> {
        let data = record.data;
        let (row, column, style) = (u32::from(u16_at(data, 0)), u32::from(u16_at(data, 2)), u16_at(data, 4));
        let place = draft.cell(row + 1, column);
        let cell = match record.kind {
            0x203 => number(reading, f64_at(data, 6), globals.format(style), globals.epoch_1904, &place),
            0x27E => number(reading, rk(u32_at(data, 6)), globals.format(style), globals.epoch_1904, &place),
            0xBD => {
                // Several numbers in neighbouring columns; the last two bytes are the last column.
                let numbers = data.get(4..data.len().saturating_sub(2)).unwrap_or_default().chunks_exact(6);
                for (column, entry) in (column..).zip(numbers) {
                    let place = draft.cell(row + 1, column);
                    let format = globals.format(u16_at(entry, 0));
                    let cell = number(reading, rk(u32_at(entry, 2)), format, globals.epoch_1904, &place);
                    self.cells.push((row, column, cell));
                }
                return Ok(());
            }
            0xFD => match globals.text(u32_at(data, 6) as usize) {
                Some(text) => draft::text(text),
                None => return Err(reading.damaged(&place, "cellens text saknas i den")),
            },
            0x204 | 0xD6 => draft::text(&text_at(data, 6, false).unwrap_or_default()),
            0x205 if data.get(7) == Some(&0) => Cell::Bool(data.get(6) == Some(&1)),
            0x205 => Cell::Fault(fault(data.get(6).copied().unwrap_or_default()).into()),
            0x06 => {
                reading.formula(true, || place.clone());
                match (u16_at(data, 12), data.get(6), data.get(8).copied().unwrap_or_default()) {
                    // The text follows in a record of its own.
                    (0xFFFF, Some(0 | 3), _) => Cell::Empty,
                    (0xFFFF, Some(1), value) => Cell::Bool(value == 1),
                    (0xFFFF, _, value) => Cell::Fault(fault(value).into()),
                    _ => number(reading, f64_at(data, 6), globals.format(style), globals.epoch_1904, &place),
                }
            }
            _ => {
                self.around(record, draft, reading.limits.max_columns);
                return Ok(());
            }
        };
        self.cells.push((row, column, cell));
        Ok(())
    }

    /// Records about the sheet.
    fn around(&mut self, record: Record<'_>, draft: &mut Draft, most: u32) {
        let data = record.data;
        let (first, second) = (u32::from(u16_at(data, 0)), u32::from(u16_at(data, 2)));
        match record.kind {
            0x208 if u16_at(data, 12) & 0x20 != 0 => drop(self.hidden_rows.insert(first)),
            0x7D if u16_at(data, 8) & 1 != 0 => draft.sheet.hidden_columns.extend(first..=second.min(most)),
            0xE5 => {
                let areas = data.get(2..).unwrap_or_default().chunks_exact(8);
                let at = |area: &[u8], place: usize| u32::from(u16_at(area, place));
                draft
                    .sheet
                    .merged
                    .extend(areas.map(|area| (at(area, 0) + 1, at(area, 4), at(area, 2) + 1, at(area, 6))));
            }
            0x1C => self.notes.push((first, second, u16_at(data, 6))),
            _ => {}
        }
    }

    fn look_through_comments(&mut self, reading: &mut Reading, draft: &Draft) {
        for (row, column, shape) in &self.notes {
            let text = self.texts.remove(shape).unwrap_or_default();
            let cell = draft::cell_at("", row + 1, *column);
            let place = || format!("{}, kommentar till {cell}", draft.label());
            reading.search.text(&text, place);
            reading.search.names(namn::without_author(&text), place);
        }
        for text in self.texts.values() {
            let place = || format!("{}, en textruta eller form", draft.label());
            reading.search.text(text, place);
            reading.search.names(text, place);
        }
    }

    /// The cells in the order of their places.
    fn finish(mut self, reading: &mut Reading, mut draft: Draft) -> Result<Sheet, Refused> {
        self.cells.retain(|(_, _, cell)| *cell != Cell::Empty);
        self.cells.sort_by_key(|(row, column, _)| (*row, *column));
        for (row, column, cell) in self.cells {
            if draft.number() != row + 1 {
                draft.begin_row(reading, row + 1, self.hidden_rows.contains(&row))?;
            }
            draft.put(reading, column, cell)?;
        }
        draft.finish(reading)
    }
}

/// A number, or the day that its format makes of it.
fn number(reading: &mut Reading, number: f64, format: Format, epoch_1904: bool, place: &str) -> Cell {
    if !number.is_finite() {
        return Cell::Empty;
    }
    if format == Format::Digits {
        reading.search.padded(number, || place.to_owned());
    }
    match day_of_serial(number, epoch_1904).filter(|_| format == Format::Day) {
        Some(day) => Cell::Date(day),
        None => Cell::Number(number),
    }
}

fn f64_at(data: &[u8], at: usize) -> f64 {
    f64::from_bits(u64::from(u32_at(data, at)) | u64::from(u32_at(data, at + 4)) << 32)
}

/// A number in four bytes (RkNumber): whole or the first half of a longer one, and perhaps hundredths.
fn rk(bits: u32) -> f64 {
    let number = if bits & 2 != 0 { f64::from((bits as i32) >> 2) } else { f64::from_bits(u64::from(bits & !3) << 32) };
    if bits & 1 != 0 { number / 100.0 } else { number }
}

fn fault(code: u8) -> &'static str {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        _ => "#N/A",
    }
}

#[cfg(test)]
mod tests {
    use super::rk;

    #[test]
    fn numbers_in_four_bytes() {
        assert_eq!(rk(0x3FF0_0000), 1.0);
        assert_eq!(rk(0x3FF0_0001), 0.01);
        assert_eq!(rk((44_562 << 2) | 2), 44_562.0);
        assert_eq!(rk(((-5_i32 as u32) << 2) | 2), -5.0);
    }
}
