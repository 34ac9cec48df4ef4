//! A sheet that is being read, cell by cell, within the limits. No more is set aside than what cells are there.

use super::reading::Reading;
use super::{Cell, Refused, Row, Sheet, column_letters};

/// The heading of the column in which our own template says what is wrong with a row.
pub const ATT_RATTA: &str = "Att rätta";

/// How many filled rows down the template's headings are looked for.
const CHECK_WITHIN: usize = 12;

/// A sheet so far.
pub(super) struct Draft {
    pub sheet: Sheet,
    /// How messages name the sheet.
    label: String,
    number: u32,
    hidden: bool,
    cells: Vec<Cell>,
}

impl Draft {
    pub fn new(sheet: Sheet, label: String) -> Draft {
        Draft { sheet, label, number: 0, hidden: false, cells: Vec::new() }
    }

    /// How messages name the sheet.
    pub fn label(&self) -> &str {
        &self.label
    }

    /// How messages name a cell: row from 1, column from 0.
    pub fn cell(&self, row: u32, column: u32) -> String {
        cell_at(&self.label, row, column)
    }

    /// The number of the row that is being read; 0 before the first.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// Whether a column is the one in which our own template says what is wrong with a row. It is never read, so nothing
    /// need be told of its formulas.
    pub fn is_check(&self, column: u32) -> bool {
        let heading =
            |row: &Row| matches!(row.cells.get(column as usize), Some(Cell::Text(text)) if **text == *ATT_RATTA);
        self.sheet.rows.iter().take(CHECK_WITHIN).any(heading)
    }

    /// The next row, which must come after the one before it.
    pub fn begin_row(&mut self, reading: &mut Reading, number: u32, hidden: bool) -> Result<(), Refused> {
        self.end_row(reading)?;
        if number <= self.number {
            return Err(reading.damaged(&self.label, "raderna står inte i ordning"));
        }
        (self.number, self.hidden) = (number, hidden);
        Ok(())
    }

    /// A cell of the row, which must come after the one before it.
    pub fn put(&mut self, reading: &mut Reading, column: u32, cell: Cell) -> Result<(), Refused> {
        if cell == Cell::Empty {
            return Ok(());
        }
        let limits = reading.limits;
        if column >= limits.max_columns {
            let message =
                format!("Här står något, men bara kolumnerna A–{} läses.", column_letters(limits.max_columns - 1));
            let hint = "Ta bort det som står där, eller flytta det till vänster.";
            return Err(reading.stop(&self.cell(self.number, column), message, hint));
        }
        let place = column as usize;
        if place < self.cells.len() {
            return Err(reading.damaged(&self.cell(self.number, column), "cellerna står inte i ordning"));
        }
        reading.cells += place + 1 - self.cells.len();
        if reading.cells > limits.max_cells {
            return Err(reading.stop(&self.label, "Filen har för många celler.", "Dela upp den på flera filer."));
        }
        if let Cell::Text(text) | Cell::Fault(text) = &cell {
            reading.text += text.len();
            if text.len() > limits.max_text_bytes {
                let hint = "Korta texten, eller ta bort den.";
                return Err(reading.stop(&self.cell(self.number, column), "Texten är för lång.", hint));
            }
            if reading.text > limits.max_all_text_bytes {
                return Err(reading.stop(&self.label, "Filen har för mycket text.", "Dela upp den på flera filer."));
            }
        }
        self.cells.resize(place, Cell::Empty);
        self.cells.push(cell);
        Ok(())
    }

    /// The row as often as the file says that it stands: `more` rows below have the same cells.
    pub fn repeat_row(&mut self, reading: &mut Reading, more: u64) -> Result<(), Refused> {
        let (cells, hidden) = (self.cells.clone(), self.hidden);
        let last = u64::from(self.number) + more;
        if cells.is_empty() {
            self.number = u32::try_from(last).unwrap_or(u32::MAX);
            return Ok(());
        }
        for _ in 0..more {
            self.begin_row(reading, self.number.saturating_add(1), hidden)?;
            for (column, cell) in (0..).zip(&cells) {
                self.put(reading, column, cell.clone())?;
            }
        }
        Ok(())
    }

    fn end_row(&mut self, reading: &mut Reading) -> Result<(), Refused> {
        if self.cells.is_empty() {
            return Ok(());
        }
        reading.rows += 1;
        if reading.rows > reading.limits.max_rows {
            let most = samsyn_document::format::number(reading.limits.max_rows as i64);
            let message = format!("Filen har fler än {most} ifyllda rader.");
            return Err(reading.stop(&self.label, message, "Dela upp den på flera filer."));
        }
        let cells = std::mem::take(&mut self.cells);
        self.sheet.rows.push(Row { number: self.number, hidden: self.hidden, cells });
        Ok(())
    }

    /// The sheet.
    pub fn finish(mut self, reading: &mut Reading) -> Result<Sheet, Refused> {
        self.end_row(reading)?;
        self.sheet.hidden_columns.sort_unstable();
        self.sheet.hidden_columns.dedup();
        Ok(self.sheet)
    }
}

/// How messages name a cell of a sheet: row from 1, column from 0.
pub(super) fn cell_at(label: &str, row: u32, column: u32) -> String {
    let comma = if label.is_empty() { "" } else { ", " };
    format!("{label}{comma}cell {}{row}", column_letters(column))
}

/// Text of a cell without space around it.
pub(super) fn text(text: &str) -> Cell {
    let text = text.trim();
    if text.is_empty() { Cell::Empty } else { Cell::Text(text.into()) }
}
