//! The tables of content.xml. A row or a cell may say that it stands a billion times: empty ones are counted, filled
//! ones are read as often as the limits allow.

use crate::grid::draft::{self, Draft};
use crate::grid::prose::Prose;
use crate::grid::reading::Reading;
use crate::grid::xml::{Piece, Tag, Xml};
use crate::grid::{Cell, Refused, Sheet, namn, search};
use samsyn_document::Datum;
use std::collections::HashSet;

/// A cell as it is written.
#[derive(Default)]
struct Written {
    kind: String,
    value: String,
    is_fault: bool,
    shown: String,
    paragraphs: usize,
    formula: Option<String>,
    repeated: u32,
    /// Rows and columns that it is merged with, itself counted.
    spans: (u32, u32),
    /// How many elements were open around it.
    depth: usize,
}

/// What is being read.
#[derive(Default)]
struct State {
    /// Styles of tables that hide them.
    hiding: HashSet<String>,
    style: String,
    sheets: Vec<Sheet>,
    draft: Option<Draft>,
    column: u32,
    /// The next column that is declared.
    declared: u32,
    row_repeated: u64,
    cell: Option<Written>,
    /// The depth of a comment, and its text.
    comment: Option<usize>,
    /// Whether a paragraph of the cell itself is open.
    in_text: bool,
    /// Whether the name of who wrote a comment is open.
    in_author: bool,
    epoch_1904: bool,
}

/// The sheets, and whether days count from 1904.
pub(super) fn read(reading: &mut Reading, text: &str) -> Result<(Vec<Sheet>, bool), Refused> {
    let mut xml = Xml::with_root(text, "document-content");
    let mut prose = Prose::default();
    let mut state = State::default();
    while let Some(piece) = xml.next(reading)? {
        let depth = xml.depth();
        match &piece {
            Piece::Open(tag) => state.open(reading, tag, depth)?,
            Piece::Close(name) => state.close(reading, name.name(), depth)?,
            Piece::Text(text) if state.in_text => {
                if let Some(cell) = &mut state.cell {
                    cell.shown.push_str(text);
                }
            }
            Piece::Text(_) | Piece::Comment(_) => {}
        }
        let in_comment = state.comment.is_some() && !state.in_author;
        prose.take(&piece, |text| {
            let place = || state.place();
            reading.search.text(text, place);
            if in_comment {
                reading.search.names(namn::without_author(text), place);
            }
        });
    }
    Ok((state.sheets, state.epoch_1904))
}

impl State {
    /// How messages name what is being read.
    fn place(&self) -> String {
        match (&self.draft, &self.cell, self.comment) {
            (Some(draft), Some(_), None) => draft.cell(draft.number(), self.column),
            (Some(draft), Some(_), Some(_)) => {
                let cell = draft::cell_at("", draft.number(), self.column);
                format!("{}, kommentar till {cell}", draft.label())
            }
            (Some(draft), None, _) => format!("{}, utanför cellerna", draft.label()),
            (None, _, _) => "filens namn, listor och områden".to_owned(),
        }
    }

    fn open(&mut self, reading: &mut Reading, tag: &Tag<'_>, depth: usize) -> Result<(), Refused> {
        let in_cell = self.cell.is_some();
        match tag.name() {
            "style" => self.style = tag.get("name").unwrap_or_default().into_owned(),
            "table-properties" if tag.get("display").is_some_and(|shown| shown == "false") => {
                self.hiding.insert(self.style.clone());
            }
            "null-date" => self.epoch_1904 |= tag.get("date-value").is_some_and(|day| day == "1904-01-01"),
            "table" if !in_cell && self.draft.is_none() => self.begin_table(reading, tag)?,
            "table-source" => reading
                .note("", "Filen har länkar till andra filer. De följs inte; de värden som sparats i filen används."),
            "table-column" if !in_cell => self.declare_columns(reading, tag),
            "table-row" if !in_cell => {
                self.row_repeated = tag.number("number-rows-repeated").unwrap_or(1).max(1);
                self.column = 0;
                let hidden = tag.get("visibility").is_some_and(|seen| seen != "visible");
                if let Some(draft) = &mut self.draft {
                    let number = draft.number().saturating_add(1);
                    draft.begin_row(reading, number, hidden)?;
                }
            }
            "table-cell" | "covered-table-cell" if !in_cell && self.draft.is_some() => self.begin_cell(tag, depth),
            "creator" | "creator-initials" | "sender-initials" => self.in_author = true,
            "annotation" if in_cell && self.comment.is_none() => self.comment = Some(depth),
            "p" => {
                // Only paragraphs right in the cell are its text; those of shapes stand deeper.
                self.in_author = false;
                if let Some(cell) = self.cell.as_mut().filter(|cell| cell.depth + 1 == depth) {
                    self.in_text = true;
                    if cell.paragraphs > 0 {
                        cell.shown.push('\n');
                    }
                    cell.paragraphs += 1;
                }
            }
            "s" | "tab" | "line-break" if self.in_text => {
                if let Some(cell) = &mut self.cell {
                    cell.shown.push(' ');
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, reading: &mut Reading, name: &str, depth: usize) -> Result<(), Refused> {
        match name {
            // The depth is that around the element once it is closed.
            "annotation" if self.comment == Some(depth + 1) => (self.comment, self.in_author) = (None, false),
            "p" if self.cell.as_ref().is_some_and(|cell| cell.depth == depth) => self.in_text = false,
            "table-cell" | "covered-table-cell" if self.cell.as_ref().is_some_and(|cell| cell.depth == depth + 1) => {
                if let Some(cell) = self.cell.take() {
                    self.end_cell(reading, cell)?;
                }
            }
            "table-row" if self.cell.is_none() => {
                if let Some(draft) = &mut self.draft {
                    draft.repeat_row(reading, self.row_repeated - 1)?;
                }
            }
            "table" if self.cell.is_none() => {
                if let Some(draft) = self.draft.take() {
                    self.sheets.push(draft.finish(reading)?);
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn begin_table(&mut self, reading: &Reading, tag: &Tag<'_>) -> Result<(), Refused> {
        if self.sheets.len() >= reading.limits.max_sheets {
            return Err(reading.stop("", "Filen har för många blad.", "Ta bort de blad som inte behövs."));
        }
        let name = tag.get("name").unwrap_or_default().into_owned();
        let hidden = tag.get("style-name").is_some_and(|style| self.hiding.contains(style.as_ref()));
        let label = search::label(self.sheets.len() + 1, &name, hidden);
        self.declared = 0;
        self.draft = Some(Draft::new(Sheet { name, hidden, ..Sheet::default() }, label));
        Ok(())
    }

    fn declare_columns(&mut self, reading: &Reading, tag: &Tag<'_>) {
        let first = self.declared;
        self.declared = first.saturating_add(tag.number("number-columns-repeated").unwrap_or(1).max(1));
        if let Some(draft) = &mut self.draft
            && tag.get("visibility").is_some_and(|seen| seen != "visible")
        {
            draft.sheet.hidden_columns.extend(first..self.declared.min(reading.limits.max_columns));
        }
    }

    fn begin_cell(&mut self, tag: &Tag<'_>, depth: usize) {
        let spans = (tag.number("number-rows-spanned").unwrap_or(1), tag.number("number-columns-spanned").unwrap_or(1));
        let kind = tag.get("value-type").unwrap_or_default().into_owned();
        let value = match kind.as_str() {
            "date" => tag.get("date-value"),
            "boolean" => tag.get("boolean-value"),
            "string" => tag.get("string-value"),
            "time" => None,
            _ => tag.get("value"),
        };
        self.cell = Some(Written {
            value: value.unwrap_or_default().into_owned(),
            is_fault: tag.get_exact("calcext:value-type").is_some_and(|kind| kind == "error"),
            formula: tag.get("formula").map(std::borrow::Cow::into_owned),
            repeated: tag.number("number-columns-repeated").unwrap_or(1).max(1),
            kind,
            spans,
            depth,
            ..Written::default()
        });
        self.in_text = false;
    }

    fn end_cell(&mut self, reading: &mut Reading, cell: Written) -> Result<(), Refused> {
        self.in_text = false;
        let Some(draft) = &mut self.draft else { return Ok(()) };
        let place = draft.cell(draft.number(), self.column);
        if let Some(formula) = &cell.formula {
            reading.search.text(formula, || place.clone());
            reading.formula(!cell.kind.is_empty() || !cell.shown.is_empty(), || place.clone());
        }
        let value = value(&cell);
        // A number is also looked through as it is shown: its format may put noughts in front of it.
        reading.search.text(&cell.shown, || place.clone());
        let (rows, columns) = cell.spans;
        if rows > 1 || columns > 1 {
            let (top, left) = (draft.number(), self.column);
            let (bottom, right) = (top.saturating_add(rows.max(1) - 1), left.saturating_add(columns.max(1) - 1));
            draft.sheet.merged.push((top, left, bottom, right));
        }
        let first = self.column;
        self.column = first.saturating_add(cell.repeated);
        if value != Cell::Empty {
            for column in first..self.column {
                draft.put(reading, column, value.clone())?;
            }
        }
        Ok(())
    }
}

/// What a cell holds.
fn value(cell: &Written) -> Cell {
    if cell.is_fault {
        return Cell::Fault(cell.shown.trim().into());
    }
    let shown = || draft::text(&cell.shown);
    match cell.kind.as_str() {
        "float" | "currency" | "percentage" => match cell.value.trim().parse() {
            Ok(number) if f64::is_finite(number) => Cell::Number(number),
            _ => shown(),
        },
        "date" => cell.value.get(..10).and_then(Datum::parse).map_or_else(shown, Cell::Date),
        "boolean" => Cell::Bool(cell.value == "true"),
        "string" if cell.paragraphs == 0 => draft::text(&cell.value),
        _ => shown(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grid::day_of_serial;

    #[test]
    fn days_are_written_out() {
        let cell = |kind: &str, value: &str| Written { kind: kind.into(), value: value.into(), ..Written::default() };
        assert_eq!(value(&cell("date", "2022-01-01T12:00:00")), Cell::Date(day_of_serial(44_562.0, false).unwrap()));
        assert_eq!(value(&cell("float", "1e400")), Cell::Empty);
        assert_eq!(value(&cell("boolean", "true")), Cell::Bool(true));
    }
}
