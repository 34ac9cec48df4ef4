//! The document between content and exporters: sections, running text with live figures, tables
//! with row and column headers, footnotes, notices and charts.
//!
//! A cell keeps its type until a renderer writes it, and no renderer computes. Everything that is a
//! figure carries its [`FigureId`], so that the same figure can be found again in every format.

use crate::{Belopp, Datum, Kvot, Tal, chart::Chart};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// A figure's name, `tabell/rad/kolumn`, for instance `6/ost-bryggan/avslutade_M`. Stable: other
/// programs, links and facit rely on it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct FigureId {
    /// Table, for instance `6` or `nyckeltal`.
    pub tabell: String,
    /// Row: an insats, or a named row such as `summa`.
    pub rad: String,
    /// Column.
    pub kolumn: String,
}

impl FigureId {
    /// The id from its three parts.
    pub fn new(tabell: impl Into<String>, rad: impl Into<String>, kolumn: impl Into<String>) -> FigureId {
        FigureId { tabell: tabell.into(), rad: rad.into(), kolumn: kolumn.into() }
    }

    /// Reads `tabell/rad/kolumn`; `None` unless there are exactly three parts, none of them empty.
    pub fn parse(text: &str) -> Option<FigureId> {
        let mut parts = text.split('/');
        let id = FigureId::new(parts.next()?, parts.next()?, parts.next()?);
        let whole = parts.next().is_none() && ![&id.tabell, &id.rad, &id.kolumn].iter().any(|p| p.is_empty());
        whole.then_some(id)
    }
}

impl std::fmt::Display for FigureId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}/{}", self.tabell, self.rad, self.kolumn)
    }
}

impl TryFrom<String> for FigureId {
    type Error = String;

    fn try_from(text: String) -> Result<FigureId, String> {
        FigureId::parse(&text).ok_or_else(|| format!("no name of a figure: {text:?}"))
    }
}

impl From<FigureId> for String {
    fn from(id: FigureId) -> String {
        id.to_string()
    }
}

/// How an amount is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// Whole kronor.
    Kronor,
    /// Thousands of kronor, rounded half away from zero.
    Tkr,
}

/// A coded answer: the code that files and other programs use, and the words that people read.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Svar {
    /// The code, for instance `i_stort_sett`.
    pub kod: Cow<'static, str>,
    /// The words, for instance `I stort sett`.
    pub text: Cow<'static, str>,
}

impl Svar {
    /// The answer with this code and these words.
    pub const fn new(kod: &'static str, text: &'static str) -> Svar {
        Svar { kod: Cow::Borrowed(kod), text: Cow::Borrowed(text) }
    }
}

/// A traffic light. Shown by shape and word as well as by colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Ljus {
    /// On track: a circle.
    Gron,
    /// Watch: a diamond.
    Gul,
    /// Act: a triangle.
    Rod,
}

impl Ljus {
    /// The word that people read and that figures have as their code.
    pub fn word(self) -> &'static str {
        match self {
            Ljus::Gron => "grön",
            Ljus::Gul => "gul",
            Ljus::Rod => "röd",
        }
    }
}

/// What a cell holds. Only a renderer turns it into characters.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", tag = "typ", content = "varde")]
pub enum Value {
    /// Words.
    Text(String),
    /// Money, and the unit it is shown in.
    Belopp(Belopp, Unit),
    /// A share, shown as whole percent.
    Andel(Kvot),
    /// A count.
    Antal(i64),
    /// A number as it was reported, with its decimals.
    Tal(Tal),
    /// A day.
    Datum(Datum),
    /// A coded answer.
    Svar(Svar),
    /// A traffic light.
    Ljus(Ljus),
    /// No value: nothing to divide by, or nothing reported. Shown as "–".
    Missing,
    /// A value that may not be shown to this reader.
    Withheld,
}

/// How a figure follows from other figures of its own table. A spreadsheet writes it as a formula; the
/// value stands beside it, and the two agree but for rounding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", tag = "typ", content = "av")]
pub enum Formula {
    /// The sum of these figures.
    Sum(Vec<FigureId>),
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
}

impl Section {
    /// An empty section.
    pub fn new(id: impl Into<String>, heading: impl Into<String>) -> Section {
        Section { id: id.into(), heading: heading.into(), blocks: Vec::new(), sections: Vec::new() }
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
