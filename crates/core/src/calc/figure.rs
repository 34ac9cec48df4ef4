//! A figure: its name, its value, and where it comes from.

use crate::calc::kontekst::Rakning;
use crate::calc::source::Source;
use samsyn_document::{Cell, FigureId, Value};

/// One figure of a report.
#[derive(Clone, Debug)]
pub struct Figure {
    /// Its name.
    pub id: FigureId,
    /// Its value.
    pub value: Value,
    /// The rule that it follows and the facts behind it.
    pub source: Source,
}

impl Figure {
    /// The figure with this name and source, evaluated.
    pub fn new(rakning: &Rakning<'_>, id: FigureId, source: Source) -> Figure {
        Figure { id, value: source.value(rakning), source }
    }

    /// The figure as a cell of a document.
    pub fn cell(&self) -> Cell {
        Cell::figure(self.value.clone(), self.id.clone())
    }
}

/// A fact behind a figure: which one, and what it says.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FactRef {
    /// The noun's file in a data package, for instance `deltagare`.
    pub noun: &'static str,
    /// The fact's key.
    pub key: String,
    /// What it says, in a line that a person can read.
    pub text: String,
}

/// Facts behind a figure that have the same part in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactGroup {
    /// Their part, for instance what is divided.
    pub heading: String,
    /// What they amount to.
    pub value: Value,
    /// Whether each fact counts as one by being there, whatever else it says.
    pub each_counts_one: bool,
    /// The facts.
    pub facts: Vec<FactRef>,
}
