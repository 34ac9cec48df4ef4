//! How wide a table's columns are, how large its type is, and whether it stands on a turned page.
//!
//! The largest type that fits upright is taken; a turned page only when even the smallest does not; and
//! when that page is too narrow as well the columns are parted over several tables.

use crate::glyphs::width;
use crate::text::{is_one, tied};
use crate::words::{widest_name, widest_piece};
use samsyn_document::{Align, Cell, Column, Row, Table, Value, format};
use std::ops::Range;

/// The measure of running text, of an upright page and of a turned one, in points. As in `look.typ`.
pub(crate) const MEASURE: f64 = 400.0;
const UPRIGHT: f64 = 468.0;
const TURNED: f64 = 714.0;

/// Type sizes and the space between columns, in points, by preference.
const SETTINGS: [(f64, f64, f64); 9] = [
    (9.0, 14.0, MEASURE),
    (9.0, 12.0, UPRIGHT),
    (8.5, 10.0, UPRIGHT),
    (8.0, 8.0, UPRIGHT),
    (8.0, 6.0, UPRIGHT),
    (7.5, 6.0, UPRIGHT),
    (8.5, 12.0, TURNED),
    (8.0, 9.0, TURNED),
    (7.5, 8.0, TURNED),
];

/// The least room of the row headers, in ems, when they have as many words.
const HEADER_EMS: f64 = 10.0;
/// Room that a figure column of a narrow table gets though it does not need it, in points.
const AIRY: f64 = 62.0;

/// Room to write in by hand, in ems.
const BY_HAND: f64 = 13.0;

/// How a table is set.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Plan {
    /// Type size in points.
    pub size: f64,
    /// Space between columns in points; half of it on each side.
    pub gap: f64,
    /// Whether it stands on a turned page.
    pub turned: bool,
    /// Widths of all columns, row headers first, in points.
    pub widths: Vec<f64>,
}

/// Least and wished width of a column, in ems.
#[derive(Clone, Copy, Debug, Default)]
struct Need {
    least: f64,
    wish: f64,
}

/// The columns of each part of the table, and how the part is set.
pub(crate) fn parts(table: &Table) -> Vec<(Range<usize>, Plan)> {
    let all = 0..table.columns.len();
    let header = header_need(table);
    let needs = column_needs(table, all.clone());
    let fitting = SETTINGS.iter().find_map(|setting| plan(header, &needs, *setting));
    if let Some(plan) = fitting {
        return vec![(all, plan)];
    }
    let setting = SETTINGS[SETTINGS.len() - 1];
    let mut found: Vec<(Range<usize>, Plan)> = Vec::new();
    let mut start = 0;
    while start < all.end {
        let fits = |end: &usize| plan(header, &column_needs(table, start..*end), setting).is_some();
        let mut end = (start + 2..=all.end).take_while(fits).last().unwrap_or(start + 1);
        // A group of columns is kept whole when it does not fill a part of its own.
        if end < all.end && table.columns[end].group.is_some() {
            let of = |i: &usize| table.columns[*i].group == table.columns[end].group;
            end = (start + 1..end).rev().take_while(of).last().unwrap_or(end);
        }
        let needs = column_needs(table, start..end);
        let plan = plan(header, &needs, setting).unwrap_or_else(|| squeezed(&needs, setting));
        found.push((start..end, plan));
        start = end;
    }
    // The row headers are as wide in all parts.
    let narrowest = found.iter().map(|(_, plan)| plan.widths[0]).fold(f64::INFINITY, f64::min);
    found.iter_mut().for_each(|(_, plan)| plan.widths[0] = narrowest);
    found
}

/// The widths when all columns have the least they need; `None` when they do not fit.
fn plan(header: Need, needs: &[Need], (size, gap, room): (f64, f64, f64)) -> Option<Plan> {
    let points = |ems: f64| ems * size + gap;
    let all = || std::iter::once(&header).chain(needs);
    let least: f64 = all().map(|need| points(need.least)).sum();
    let wish: f64 = all().map(|need| points(need.wish)).sum();
    let turned = room > UPRIGHT;
    if least > room || (wish > room && room == MEASURE) {
        return None;
    }
    let mut widths: Vec<f64> = if wish <= room {
        all().map(|need| points(need.wish)).collect()
    } else {
        let share = (room - least) / (wish - least);
        all().map(|need| points(need.least + (need.wish - need.least) * share)).collect()
    };
    if room == MEASURE {
        for width in widths.iter_mut().skip(1) {
            let spare = room - all().map(|need| points(need.wish)).sum::<f64>();
            *width = width.max(AIRY.min(*width + spare.max(0.0) / (needs.len().max(1) as f64)));
        }
    }
    let spare = room - widths.iter().sum::<f64>();
    widths[0] += spare.max(0.0);
    Some(Plan { size, gap, turned, widths })
}

/// A single column that is wider than a page gets what there is.
fn squeezed(needs: &[Need], (size, gap, room): (f64, f64, f64)) -> Plan {
    let mut widths = vec![room * 0.4];
    widths.extend(needs.iter().map(|_| room * 0.6 / needs.len().max(1) as f64));
    Plan { size, gap, turned: true, widths }
}

fn header_need(table: &Table) -> Need {
    let mut need = Need { least: widest_piece(&table.corner, true), wish: width(&table.corner, true) };
    for row in &table.rows {
        if let Row::Data { header: cell, sub, .. } = row {
            let full = header(cell, sub.as_deref());
            let words = format::value(&cell.value);
            let sub = sub.as_deref().map_or(0.0, |sub| widest_name(sub, false));
            let least = widest_name(&words, true).max(sub).max(full.min(HEADER_EMS));
            need = Need { least: need.least.max(least), wish: need.wish.max(full) };
        }
    }
    need
}

/// How wide a row header is on one line, in ems.
pub(crate) fn header(cell: &Cell, sub: Option<&str>) -> f64 {
    shown(cell) * 1.04 + sub.map_or(0.0, |sub| width(", ", false) + width(&tied(sub), false))
}

/// How wide a cell's words are on one line, in ems.
pub(crate) fn shown(cell: &Cell) -> f64 {
    let light = if matches!(cell.value, Value::Ljus(_)) { 1.3 } else { 0.0 };
    let notes = cell.notes.len() as f64 * 0.7;
    width(&tied(&format::value(&cell.value)), false) + light + notes
}

fn column_needs(table: &Table, columns: Range<usize>) -> Vec<Need> {
    let mut needs: Vec<Need> = columns.clone().map(|i| column_need(table, &table.columns[i], i)).collect();
    // Columns under one heading are as wide as each other, and together as wide as the heading needs.
    let mut start = 0;
    while start < needs.len() {
        let group = &table.columns[columns.start + start].group;
        let same = |i: &usize| group.is_some() && table.columns[columns.start + i].group == *group;
        let end = (start + 1..needs.len()).take_while(same).last().map_or(start + 1, |i| i + 1);
        if let Some(heading) = group {
            let count = (end - start) as f64;
            let heading = tied(heading);
            let (least, wish) = (widest_piece(&heading, true) / count, wish_of_heading(&heading) / count);
            let most = needs[start..end].iter().fold(Need::default(), |most, need| Need {
                least: most.least.max(need.least),
                wish: most.wish.max(need.wish),
            });
            let even = Need { least: most.least.max(least - 0.4), wish: most.wish.max(wish - 0.4) };
            needs[start..end].fill(even);
        }
        start = end;
    }
    needs
}

fn column_need(table: &Table, column: &Column, index: usize) -> Need {
    let heading = tied(&column.heading);
    let mut need = Need { least: widest_piece(&heading, true), wish: wish_of_heading(&heading) };
    if table.is_by_hand(index) {
        need.wish = need.wish.max(BY_HAND);
    }
    for row in &table.rows {
        let Row::Data { cells, .. } = row else { continue };
        let Some(cell) = cells.get(index) else { continue };
        let full = shown(cell) * 1.05;
        let least = if is_one(&cell.value) {
            full
        } else {
            let light = if matches!(cell.value, Value::Ljus(_)) { 1.3 } else { 0.0 };
            light + widest_piece(&format::value(&cell.value), false)
        };
        // Long texts are set on several lines.
        let wish = if column.align == Align::Left { full.min(16.0) } else { full };
        need = Need { least: need.least.max(least), wish: need.wish.max(wish).max(least) };
    }
    need
}

/// A heading is best on at most two lines.
fn wish_of_heading(heading: &str) -> f64 {
    let longest = heading.split(' ').map(|word| width(word, true)).fold(0.0, f64::max);
    longest.max(width(heading, true) * 0.6)
}

#[cfg(test)]
mod tests {
    use super::*;
    use samsyn_document::RowKind;

    fn table(columns: usize, heading: &str, value: &Value, align: Align) -> Table {
        let column = |i: usize| Column {
            group: (heading.len() < 4).then(|| format!("Inregistrerade {}", i / 3)),
            heading: heading.to_owned(),
            align,
        };
        let cell = Cell { value: value.clone(), ..Cell::empty() };
        let row = Row::Data {
            header: Cell::text("Plattform för individstöd"),
            sub: Some("Heby".to_owned()),
            cells: vec![cell; columns],
            kind: RowKind::Normal,
        };
        Table {
            id: String::new(),
            label: None,
            caption: String::new(),
            corner: "Insats".to_owned(),
            columns: (0..columns).map(column).collect(),
            rows: vec![row],
            footnotes: vec![],
            remarks: vec![],
        }
    }

    /// Sizes of the parts, and whether they are turned. The columns of each fill what there is, never more.
    fn set(table: &Table) -> Vec<(usize, f64, bool)> {
        let part = |(columns, plan): (Range<usize>, Plan)| {
            let all: f64 = plan.widths.iter().sum();
            assert!(all <= if plan.turned { TURNED } else { UPRIGHT } + 0.01, "{all}");
            assert!(plan.widths.iter().all(|width| *width > 0.0));
            (columns.len(), plan.size, plan.turned)
        };
        parts(table).into_iter().map(part).collect()
    }

    #[test]
    fn the_largest_type_that_fits_is_taken() {
        let count = Value::Antal(1_234);
        assert_eq!(set(&table(3, "Summa", &count, Align::Right)), [(3, 9.0, false)]);
        let upright = set(&table(15, "S:a", &Value::Antal(233), Align::Right));
        assert!(upright.len() == 1 && !upright[0].2 && upright[0].1 >= 7.5, "{upright:?}");
        let answers = set(&table(9, "Implementering", &Value::Text("Delvis".to_owned()), Align::Left));
        assert!(answers.len() == 1 && !answers[0].2, "{answers:?}");
    }

    #[test]
    fn a_wider_one_is_turned_and_then_parted() {
        let count = Value::Antal(123_456);
        let turned = set(&table(14, "Summa", &count, Align::Right));
        assert!(turned.len() == 1 && turned[0].2, "{turned:?}");
        let parted = set(&table(40, "Summa", &count, Align::Right));
        assert!(parted.len() > 1 && parted.iter().map(|part| part.0).sum::<usize>() == 40, "{parted:?}");
        let mut by_hand = table(3, "Underskrift", &Value::Text(String::new()), Align::Left);
        by_hand.rows = by_hand
            .rows
            .into_iter()
            .map(|row| match row {
                Row::Data { header, sub, cells, .. } => Row::Data { header, sub, cells, kind: RowKind::ByHand },
                group => group,
            })
            .collect();
        let widths = &parts(&by_hand)[0].1.widths;
        assert!(widths[1..].iter().all(|width| *width > 100.0), "{widths:?}");
        assert_eq!(set(&table(0, "", &count, Align::Right)), [(0, 9.0, false)]);
    }
}
