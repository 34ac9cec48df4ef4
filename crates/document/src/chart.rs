//! Charts as data and as accessible SVG. A chart shows figures that also stand in a table beside it.

use crate::{Cell, Value, format};
use serde::{Deserialize, Serialize};

mod svg;

pub use svg::{svg, svg_in};

/// What a chart looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ChartKind {
    /// One horizontal bar per row, in percent, with a mark at 100.
    PercentBars,
    /// Groups of horizontal bars, one bar per series.
    GroupedBars,
}

/// One row of a chart: its label and one figure per series.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChartRow {
    /// What the bars are of.
    pub label: String,
    /// The figures, one per series.
    pub cells: Vec<Cell>,
}

/// A bar chart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chart {
    /// Stable id within the document, for instance `diagram-forbrukning`.
    pub id: String,
    /// Title, also the chart's accessible name.
    pub title: String,
    /// What it shows, in a sentence or two, for one who does not see it.
    pub description: String,
    /// What it looks like.
    pub kind: ChartKind,
    /// Names of the series; one for [`ChartKind::PercentBars`].
    pub series: Vec<String>,
    /// The rows.
    pub rows: Vec<ChartRow>,
}

/// The length that a bar shows: percent or count; `None` when there is nothing to draw.
pub fn length(value: &Value) -> Option<i64> {
    match value {
        Value::Andel(ratio) => Some(ratio.percent()),
        Value::Antal(count) => Some(*count),
        Value::Belopp(amount, _) => Some(amount.kronor()),
        _ => None,
    }
}

/// The words at the end of a bar.
pub fn label(cell: &Cell) -> String {
    format::value(&cell.value)
}
