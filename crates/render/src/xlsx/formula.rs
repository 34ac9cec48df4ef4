//! The model's formulas as Excel writes them.
//!
//! A formula is written only when it gives what the model says: all its parts stand on the sheet, and
//! their values there, counted exactly and not in floating point, come to the value of the cell. Else
//! the value stands alone, and nobody meets a sum that its rows do not bear.

use super::grid::Grid;
use rust_xlsxwriter::utility::row_col_to_cell;
use samsyn_document::{Cell, FigureId, Formula, Value, format};
use std::collections::{HashMap, HashSet};

/// The longest formula that Excel takes, and the most arguments of a function, with a margin.
const LONGEST: usize = 8_000;
const ARGUMENTS: usize = 250;
/// Digits that Excel keeps of a number.
const DIGITS: i128 = 1_000_000_000_000_000;

/// A place: row and column.
type Place = (u32, u16);

/// An exact number: a whole one over another that is above zero.
#[derive(Clone, Copy)]
pub(super) struct Exact {
    part: i128,
    base: i128,
}

impl Exact {
    /// The number that a cell with this value holds; `None` for words, and for more digits than Excel
    /// keeps.
    pub(super) fn of(value: &Value) -> Option<Exact> {
        let (part, base) = match value {
            Value::Belopp(amount, _) => (i128::from(amount.ore()), 100),
            Value::Andel(ratio) => (i128::from(ratio.part()), i128::from(ratio.base())),
            Value::Antal(count) => (i128::from(*count), 1),
            Value::Tal(tal) => {
                let (negative, whole, digits) = tal.parts();
                let base = 10_i128.pow(digits.len() as u32);
                let size = i128::from(whole) * base + digits.parse::<i128>().unwrap_or(0);
                (if negative { -size } else { size }, base)
            }
            _ => return None,
        };
        (part.abs() < DIGITS && base < DIGITS * 1_000).then_some(Exact { part, base })
    }

    /// The nearest number that a cell can hold.
    pub(super) fn number(self) -> f64 {
        self.part as f64 / self.base as f64
    }

    fn plus(self, other: Exact) -> Option<Exact> {
        let left = self.part.checked_mul(other.base)?;
        let right = other.part.checked_mul(self.base)?;
        Some(Exact { part: left.checked_add(right)?, base: self.base.checked_mul(other.base)? }.reduced())
    }

    fn minus(self, other: Exact) -> Option<Exact> {
        self.plus(Exact { part: other.part.checked_neg()?, ..other })
    }

    fn over(self, other: Exact) -> Option<Exact> {
        (other.part > 0).then_some(())?;
        Some(Exact { part: self.part.checked_mul(other.base)?, base: self.base.checked_mul(other.part)? })
    }

    fn reduced(self) -> Exact {
        let (mut a, mut b) = (self.part.abs(), self.base);
        while b != 0 {
            (a, b) = (b, a % b);
        }
        Exact { part: self.part / a, base: self.base / a }
    }

    fn is(self, other: Exact) -> bool {
        self.part.checked_mul(other.base) == other.part.checked_mul(self.base)
    }
}

/// The formulas of a sheet, by their place.
pub(super) fn formulas(grid: &Grid) -> HashMap<Place, String> {
    let mut parts_of: HashMap<Place, Vec<Place>> = HashMap::new();
    let mut found = HashMap::new();
    for (row, column, cell) in grid.cells() {
        let place = (row, column);
        if let Some((text, parts)) = formula(grid, cell)
            && !reaches(&parts_of, &parts, place)
        {
            found.insert(place, text);
            parts_of.insert(place, parts);
        }
    }
    found
}

/// Whether a place is among the parts, or the parts of the parts.
fn reaches(parts_of: &HashMap<Place, Vec<Place>>, parts: &[Place], place: Place) -> bool {
    let mut seen = HashSet::new();
    let mut ahead = parts.to_vec();
    while let Some(part) = ahead.pop() {
        if part == place {
            return true;
        }
        if seen.insert(part) {
            ahead.extend(parts_of.get(&part).into_iter().flatten());
        }
    }
    false
}

fn formula(grid: &Grid, cell: &Cell) -> Option<(String, Vec<Place>)> {
    let value = Exact::of(&cell.value)?;
    let (text, parts) = match cell.formula.as_ref()? {
        Formula::Sum(ids) => {
            let added = added(grid, ids)?;
            added.total.is(value).then_some(())?;
            (sum(grid, &added.parts, added.words)?, added.parts)
        }
        Formula::Difference(plus, minus) => {
            let (plus, minus) = (added(grid, plus)?, added(grid, minus)?);
            plus.total.minus(minus.total)?.is(value).then_some(())?;
            let text = |of: &Added| Some(sum(grid, &of.parts, of.words)?.trim_start_matches('=').to_owned());
            let text = format!("={}-({})", text(&plus)?, text(&minus)?);
            (text, [plus.parts, minus.parts].concat())
        }
        Formula::Ratio(part, base) => {
            let (part, base) = (grid.find(part)?, grid.find(base)?);
            Exact::of(part.2)?.over(Exact::of(base.2)?)?.is(value).then_some(())?;
            let (over, under) = (row_col_to_cell(part.0, part.1), row_col_to_cell(base.0, base.1));
            // The model's own rule: nothing to divide by gives no value. N makes "–" nothing too.
            let text = format!("=IF(N({under})>0,{over}/{under},\"{}\")", format::MISSING);
            (text, vec![(part.0, part.1), (base.0, base.1)])
        }
    };
    (text.len() <= LONGEST).then_some((text, parts))
}

/// Figures that are added.
struct Added {
    total: Exact,
    parts: Vec<Place>,
    words: bool,
}

/// Figures that a sheet has, added; `None` when one is not there, or there is none.
fn added(grid: &Grid, ids: &[FigureId]) -> Option<Added> {
    let found: Option<Vec<_>> = ids.iter().map(|id| grid.find(id)).collect();
    let found = found.filter(|found| !found.is_empty())?;
    let mut total = Exact { part: 0, base: 1 };
    for (_, _, part) in &found {
        // "–" is text in its cell, and SUM passes over it.
        if **part != Value::Missing {
            total = total.plus(Exact::of(part)?)?;
        }
    }
    let words = found.iter().any(|(_, _, part)| **part == Value::Missing);
    Some(Added { total, parts: found.iter().map(|(row, column, _)| (*row, *column)).collect(), words })
}

/// A sum: of a column's neighbours as a range, else one by one. `words` when a part holds text, which
/// `+` does not bear.
fn sum(grid: &Grid, parts: &[Place], words: bool) -> Option<String> {
    let cell = |&(row, column): &Place| row_col_to_cell(row, column);
    let each = || parts.iter().map(cell).collect::<Vec<_>>();
    let mut sorted = parts.to_vec();
    sorted.sort_by_key(|&(row, column)| (column, row));
    let repeated = sorted.windows(2).any(|pair| pair[0] == pair[1]);
    let mut runs: Vec<(Place, Place)> = Vec::new();
    for &place in &sorted {
        match runs.last_mut() {
            Some((_, last)) if last.1 == place.1 && only_words_between(grid, *last, place) => *last = place,
            _ => runs.push((place, place)),
        }
    }
    if repeated || (runs.len() == parts.len() && parts.len() > 1) {
        return match (words, repeated) {
            (true, true) => None,
            (true, false) => (parts.len() <= ARGUMENTS).then(|| format!("=SUM({})", each().join(","))),
            (false, _) => Some(format!("={}", each().join("+"))),
        };
    }
    let range = |(first, last): &(Place, Place)| {
        if first == last { cell(first) } else { format!("{}:{}", cell(first), cell(last)) }
    };
    let runs: Vec<String> = runs.iter().map(range).collect();
    (runs.len() <= ARGUMENTS).then(|| format!("=SUM({})", runs.join(",")))
}

/// Whether a range over the two takes no other number with it: only group headings and words between.
fn only_words_between(grid: &Grid, first: Place, last: Place) -> bool {
    let words = |cell: &Cell| Exact::of(&cell.value).is_none() && !matches!(cell.value, Value::Datum(_));
    (first.0 + 1..last.0).all(|row| grid.at(row, first.1).is_none_or(words))
}
