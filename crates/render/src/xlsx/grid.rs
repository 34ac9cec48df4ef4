//! Where a table's parts stand on its sheet.

use super::names::{Names, clean, quoted};
use rust_xlsxwriter::utility::{column_number_to_name, row_col_to_cell};
use samsyn_document::{Cell, FigureId, Row, Table, Value};
use std::collections::HashMap;

/// The first row of the column headings; above it stand the title, the document's and a link.
const HEAD: u32 = 4;

/// A table on its sheet. Rows and columns count from 0.
pub(super) struct Grid<'a> {
    pub(super) table: &'a Table,
    /// The sheet's name.
    pub(super) sheet: String,
    /// The name of the area with headings and rows.
    pub(super) name: String,
    /// Whether a second column has the smaller lines of the row headers.
    pub(super) has_sub: bool,
    /// Whether there are headings above the headings.
    pub(super) has_groups: bool,
    /// The first place of every figure.
    figures: HashMap<&'a FigureId, (u32, u16)>,
}

impl<'a> Grid<'a> {
    pub(super) fn new(table: &'a Table, names: &mut Names) -> Grid<'a> {
        let has_sub = table.rows.iter().any(|row| matches!(row, Row::Data { sub: Some(_), .. }));
        let has_groups = table.columns.iter().any(|column| column.group.is_some());
        let (sheet, name) = (names.sheet(table), names.area(table));
        let mut grid = Grid { table, sheet, name, has_sub, has_groups, figures: HashMap::new() };
        let mut figures = HashMap::new();
        for (row, column, cell) in grid.cells() {
            if let Some(figure) = &cell.figure {
                figures.entry(figure).or_insert((row, column));
            }
        }
        grid.figures = figures;
        grid
    }

    /// The table's printed name and what it shows.
    pub(super) fn title(&self) -> String {
        let caption = &self.table.caption;
        clean(&self.table.label.as_ref().map_or(caption.clone(), |label| format!("{label}. {caption}")))
    }

    /// The rows of the headings, first and last.
    pub(super) fn head(&self) -> (u32, u32) {
        (HEAD, HEAD + u32::from(self.has_groups))
    }

    /// The sheet's row of a row of the table.
    pub(super) fn row(&self, index: usize) -> u32 {
        self.head().1 + 1 + index as u32
    }

    /// The sheet's column of a column of the table.
    pub(super) fn column(&self, index: usize) -> u16 {
        1 + u16::from(self.has_sub) + index as u16
    }

    /// The last row and column of the area.
    pub(super) fn last(&self) -> (u32, u16) {
        let rows = self.table.rows.len() as u32;
        let columns = self.table.columns.len() as u16;
        (self.head().1 + rows, u16::from(self.has_sub) + columns)
    }

    /// The cells beside the row headers, with where they stand.
    pub(super) fn cells(&self) -> Vec<(u32, u16, &'a Cell)> {
        let table = self.table;
        let mut found = Vec::new();
        for (i, row) in table.rows.iter().enumerate() {
            if let Row::Data { cells, .. } = row {
                let cells = cells.iter().take(table.columns.len()).enumerate();
                found.extend(cells.map(|(j, cell)| (self.row(i), self.column(j), cell)));
            }
        }
        found
    }

    /// Where a figure stands, and the value there.
    pub(super) fn find(&self, figure: &FigureId) -> Option<(u32, u16, &'a Value)> {
        let &(row, column) = self.figures.get(figure)?;
        Some((row, column, &self.at(row, column)?.value))
    }

    /// The cell at a place.
    pub(super) fn at(&self, row: u32, column: u16) -> Option<&'a Cell> {
        let row = row.checked_sub(self.row(0))? as usize;
        let column = column.checked_sub(self.column(0))? as usize;
        match self.table.rows.get(row)? {
            Row::Data { cells, .. } => cells.get(column),
            Row::Group { .. } => None,
        }
    }

    /// The area with headings and rows, as formulas write it.
    pub(super) fn area(&self) -> String {
        let ((first, _), (last, column)) = (self.head(), self.last());
        format!("{}!$A${}:${}${}", quoted(&self.sheet), first + 1, column_number_to_name(column), last + 1)
    }

    /// A place on this sheet, as other sheets write it.
    pub(super) fn reference(&self, row: u32, column: u16) -> String {
        format!("{}!{}", quoted(&self.sheet), row_col_to_cell(row, column))
    }
}
