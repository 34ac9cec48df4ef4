//! The document between content and exporters: sections, running text with live figures, tables
//! with row and column headers, footnotes, notices and charts.
//!
//! A cell keeps its type until a renderer writes it, and no renderer computes. Everything that is a
//! figure carries its [`FigureId`], so that the same figure can be found again in every format.

use crate::{Datum, FigureId, Value, chart::Chart};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::HashSet;

/// How a figure follows from other figures of its own table. A spreadsheet writes it as a formula; the
/// value stands beside it, and the two agree but for rounding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", tag = "typ", content = "av")]
pub enum Formula {
    /// The sum of these figures.
    Sum(Vec<FigureId>),
    /// The sum of the first less the sum of the second.
    Difference(Vec<FigureId>, Vec<FigureId>),
    /// The first divided by the second.
    Ratio(FigureId, FigureId),
}

/// A value, the figure it is, and the footnote that belongs to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// The value.
    pub value: Value,
    /// Which figure it is; `None` for words and dates that are no figure.
    pub figure: Option<FigureId>,
    /// How it follows from other figures of the same table, where it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub formula: Option<Formula>,
    /// The footnotes of the table that this cell refers to, as indices into [`Table::footnotes`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<usize>,
}

impl Cell {
    /// A cell that is a figure.
    pub fn figure(value: Value, id: FigureId) -> Cell {
        Cell { value, figure: Some(id), formula: None, notes: Vec::new() }
    }

    /// A cell with words only.
    pub fn text(text: impl Into<String>) -> Cell {
        Cell { value: Value::Text(text.into()), figure: None, formula: None, notes: Vec::new() }
    }

    /// An empty cell (nothing is shown; not the same as a missing value).
    pub fn empty() -> Cell {
        Cell::text("")
    }
}

/// A piece of running text. Figures in it are as live as those in tables.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", tag = "typ", content = "innehall")]
pub enum Inline {
    /// Words.
    Text(String),
    /// Emphasised words, such as the name of an insats.
    Emphasis(String),
    /// A figure in digits.
    Value(Cell),
    /// A count in words up to twelve ("sju"), in digits above. `capital` at the head of a sentence.
    InWords {
        /// The figure; its value must be [`Value::Antal`], else it is written as [`Inline::Value`].
        cell: Cell,
        /// Whether the first letter is a capital.
        capital: bool,
        /// Whether the word takes the neuter form ("ett") rather than the common ("en").
        neuter: bool,
    },
    /// Marks a place where a fact is missing; says which.
    Placeholder(String),
}

/// A paragraph's pieces.
pub type Text = Vec<Inline>;

/// How a column is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Align {
    /// Words.
    Left,
    /// Figures.
    Right,
    /// Figures of an earlier time, beside the document's own: set as figures, with less weight.
    Earlier,
}

impl Align {
    /// Whether it stands to the right, as figures do.
    pub fn is_right(self) -> bool {
        self != Align::Left
    }
}

/// A column of a table. The first column of every table holds row headers and is not listed here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Heading above several columns; neighbours with the same one share it.
    pub group: Option<String>,
    /// Heading.
    pub heading: String,
    /// How it is set.
    pub align: Align,
}

/// What a row is, for how it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RowKind {
    /// An ordinary row.
    Normal,
    /// A sum of the rows above.
    Sum,
    /// Shares of the sum, or other rows apart from the ordinary ones.
    Share,
    /// A row that people fill in by hand, such as a line to sign on: high, and its empty cells wide enough to write in.
    ByHand,
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", tag = "typ")]
#[allow(clippy::large_enum_variant, reason = "almost every row is a row with figures")]
pub enum Row {
    /// A heading over the rows that follow, such as "Strukturinsatser".
    Group {
        /// The heading.
        heading: String,
    },
    /// A row with figures.
    Data {
        /// Row header.
        header: Cell,
        /// A smaller line under the row header, such as the kommun.
        sub: Option<String>,
        /// One cell per column.
        cells: Vec<Cell>,
        /// What kind of row.
        kind: RowKind,
    },
}

/// A table with row and column headers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// Stable id within the document, for instance `tabell-6`.
    pub id: String,
    /// The table's printed name, for instance `Tabell 6`; `None` when it has no number.
    pub label: Option<String>,
    /// What it shows.
    pub caption: String,
    /// Heading of the first column, the row headers.
    pub corner: String,
    /// The other columns.
    pub columns: Vec<Column>,
    /// The rows.
    pub rows: Vec<Row>,
    /// Footnotes; cells refer to them by index.
    pub footnotes: Vec<Text>,
    /// What is said under the table about it, such as what a share divides by.
    pub remarks: Vec<Text>,
}

/// What a section consists of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", tag = "typ", content = "innehall")]
pub enum Block {
    /// A heading within the section's own content, one level under the section's.
    Heading(String),
    /// A paragraph.
    Paragraph(Text),
    /// A bulleted list.
    List(Vec<Text>),
    /// A table.
    Table(Table),
    /// A chart, with the table it draws given beside it in the document.
    Chart(Chart),
    /// Something the reader must see: missing facts, a disagreement.
    Notice(Text),
}

/// A section with its subsections.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// Stable id within the document.
    pub id: String,
    /// Heading.
    pub heading: String,
    /// Content before the first subsection.
    pub blocks: Vec<Block>,
    /// Subsections.
    pub sections: Vec<Section>,
    /// Whether it begins on a page of its own, where there are pages.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub own_page: bool,
}

impl Section {
    /// An empty section.
    pub fn new(id: impl Into<String>, heading: impl Into<String>) -> Section {
        Section { id: id.into(), heading: heading.into(), blocks: Vec::new(), sections: Vec::new(), own_page: false }
    }

    /// An empty section that begins on a page of its own.
    pub fn on_own_page(id: impl Into<String>, heading: impl Into<String>) -> Section {
        Section { own_page: true, ..Section::new(id, heading) }
    }

    /// Its blocks, each with whether it leads in to the next: a paragraph between a heading and a table or chart, which
    /// no page parts from it.
    pub fn blocks_with_lead(&self) -> impl Iterator<Item = (&Block, bool)> {
        self.blocks.iter().enumerate().map(|(at, block)| {
            let first = at == 0 || matches!(self.blocks.get(at - 1), Some(Block::Heading(_)));
            let shown = matches!(self.blocks.get(at + 1), Some(Block::Table(_) | Block::Chart(_)));
            (block, first && shown && matches!(block, Block::Paragraph(_)))
        })
    }
}

/// What kind of document, for how its pages are laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Layout {
    /// A report: title page, contents, then sections.
    Report,
    /// A letter or paper of a page or two: the title at the top, no contents.
    Letter,
}

/// A whole document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// How its pages are laid out.
    pub layout: Layout,
    /// Title.
    pub title: String,
    /// The line under the title, such as the period.
    pub subtitle: String,
    /// Who issues it.
    pub organisation: String,
    /// Language, BCP 47.
    pub language: Cow<'static, str>,
    /// The day as of which its facts are known.
    pub per: Datum,
    /// Counts of people from 1 up to this are [`Value::Withheld`], and what would tell them; `None` when
    /// every value is shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withheld_under: Option<u32>,
    /// What else the title page says: label and text.
    pub meta: Vec<(String, String)>,
    /// What stands at the foot of every page, such as the seal of a frozen report.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub foot: Option<String>,
    /// The sections.
    pub sections: Vec<Section>,
}

impl Document {
    /// Calls `see` for every cell of the document, in reading order: tables, running text, notes.
    pub fn each_cell<'a>(&'a self, see: &mut dyn FnMut(&'a Cell)) {
        for section in &self.sections {
            section.each_cell(see);
        }
    }

    /// The figures that it shows: in tables, running text and charts.
    pub fn figures(&self) -> HashSet<&FigureId> {
        let mut found = HashSet::new();
        self.each_cell(&mut |cell| found.extend(&cell.figure));
        self.sections.iter().for_each(|section| section.drawn(&mut found));
        found
    }

    /// Every table, in reading order.
    pub fn tables(&self) -> Vec<&Table> {
        let mut found = Vec::new();
        for section in &self.sections {
            section.tables(&mut found);
        }
        found
    }
}

impl Section {
    fn each_cell<'a>(&'a self, see: &mut dyn FnMut(&'a Cell)) {
        for block in &self.blocks {
            match block {
                Block::Paragraph(text) | Block::Notice(text) => each_in_text(text, see),
                Block::List(items) => items.iter().for_each(|text| each_in_text(text, see)),
                Block::Table(table) => table.each_cell(see),
                Block::Heading(_) | Block::Chart(_) => {}
            }
        }
        self.sections.iter().for_each(|s| s.each_cell(see));
    }

    fn drawn<'a>(&'a self, found: &mut HashSet<&'a FigureId>) {
        for block in &self.blocks {
            if let Block::Chart(chart) = block {
                found.extend(chart.rows.iter().flat_map(|row| &row.cells).filter_map(|cell| cell.figure.as_ref()));
            }
        }
        self.sections.iter().for_each(|section| section.drawn(found));
    }

    fn tables<'a>(&'a self, found: &mut Vec<&'a Table>) {
        for block in &self.blocks {
            if let Block::Table(table) = block {
                found.push(table);
            }
        }
        self.sections.iter().for_each(|s| s.tables(found));
    }
}

impl Table {
    /// Whether people write by hand in a column: a row for that has nothing in it.
    pub fn is_by_hand(&self, column: usize) -> bool {
        let empty = |cells: &[Cell]| cells.get(column).is_none_or(|cell| cell.value == Value::Text(String::new()));
        self.rows.iter().any(|row| matches!(row, Row::Data { kind: RowKind::ByHand, cells, .. } if empty(cells)))
    }

    fn each_cell<'a>(&'a self, see: &mut dyn FnMut(&'a Cell)) {
        for row in &self.rows {
            if let Row::Data { header, cells, .. } = row {
                see(header);
                cells.iter().for_each(&mut *see);
            }
        }
        self.footnotes.iter().chain(&self.remarks).for_each(|text| each_in_text(text, see));
    }
}

fn each_in_text<'a>(text: &'a Text, see: &mut dyn FnMut(&'a Cell)) {
    for piece in text {
        match piece {
            Inline::Value(cell) | Inline::InWords { cell, .. } => see(cell),
            Inline::Text(_) | Inline::Emphasis(_) | Inline::Placeholder(_) => {}
        }
    }
}
