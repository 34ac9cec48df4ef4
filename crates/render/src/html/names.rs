//! Ids in the page: which element a figure's link leads to, and that no id is used twice.

use samsyn_document::{Cell, Document, FigureId, Row, Table};
use std::collections::{HashMap, HashSet};

/// The id of the element that holds a figure: `s-6-ost-bryggan-avslutade_M`. A link to the page with
/// it after `#` shows the figure where it stands in its table.
pub fn anchor(figure: &FigureId) -> String {
    clean(&format!("s-{}-{}-{}", figure.tabell, figure.rad, figure.kolumn))
}

/// Letters, digits, `-`, `_` and `.` stay; all else becomes `_`.
fn clean(text: &str) -> String {
    text.chars().map(|c| if c.is_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '_' }).collect()
}

/// Where a figure has its id.
struct Home<'a> {
    cell: &'a Cell,
    id: String,
}

/// The ids of a page.
pub(super) struct Names<'a> {
    homes: HashMap<&'a FigureId, Home<'a>>,
    taken: HashSet<String>,
}

/// What a figure is where it is written.
pub(super) enum Place {
    /// Here is its id.
    Home(String),
    /// It stands elsewhere in the page, under this id.
    Elsewhere(String),
    /// It has no id.
    Nowhere,
}

impl<'a> Names<'a> {
    /// The names of a document: each figure's first cell in a table, else where it first stands.
    pub(super) fn of(document: &'a Document) -> Names<'a> {
        let mut names = Names::none();
        document.tables().iter().for_each(|table| names.add_table(table));
        document.each_cell(&mut |cell| names.add(cell));
        names
    }

    /// The names of a table that stands alone.
    pub(super) fn of_table(table: &'a Table) -> Names<'a> {
        let mut names = Names::none();
        names.add_table(table);
        names
    }

    fn none() -> Names<'a> {
        let taken = ["innehall", "innehallsforteckning"].map(str::to_owned).into();
        Names { homes: HashMap::new(), taken }
    }

    fn add_table(&mut self, table: &'a Table) {
        for row in &table.rows {
            if let Row::Data { header, cells, .. } = row {
                self.add(header);
                cells.iter().for_each(|cell| self.add(cell));
            }
        }
    }

    fn add(&mut self, cell: &'a Cell) {
        if let Some(figure) = &cell.figure
            && !self.homes.contains_key(figure)
        {
            let id = self.take(&anchor(figure));
            self.homes.insert(figure, Home { cell, id });
        }
    }

    /// The wanted id, with a number after it where it is taken.
    pub(super) fn take(&mut self, wanted: &str) -> String {
        let wanted = clean(wanted);
        let wanted = if wanted.is_empty() { "del".to_owned() } else { wanted };
        let numbered = (2..).map(|n| format!("{wanted}-{n}"));
        let id = std::iter::once(wanted.clone()).chain(numbered).find(|id| !self.taken.contains(id)).unwrap_or(wanted);
        self.taken.insert(id.clone());
        id
    }

    /// Whether this very cell is where its figure has its id.
    pub(super) fn place(&self, cell: &Cell) -> Place {
        match cell.figure.as_ref().and_then(|figure| self.homes.get(figure)) {
            Some(home) if std::ptr::eq(home.cell, cell) => Place::Home(home.id.clone()),
            Some(home) => Place::Elsewhere(home.id.clone()),
            None => Place::Nowhere,
        }
    }
}
