//! How wide the columns of a table are, in twentieths of a point, and whether its type must be small
//! or its page turned for that. Estimates of type, not of content.

use super::text::SOFT_HYPHEN;
use crate::hyphen;
use samsyn_document::{Align, Cell, Row, Table, Value, format};

/// Space between words and the figures of the column before.
pub(super) const APART: u32 = 200;
/// Space before the first column of a group.
pub(super) const GAP: u32 = 85;
/// The widest that words want to be before they go on a second line.
const MEASURE: u32 = 2_700;
/// The same for row headers, and what they are never squeezed below while they have more to say.
const HEADER_MEASURE: u32 = 3_600;
const HEADER_LEAST: u32 = 1_900;

/// Space after row headers.
const AIR: u32 = 80;

/// How a table is set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fit {
    /// Widths of all columns, the row headers' first.
    pub(super) columns: Vec<u32>,
    /// Whether its type is small.
    pub(super) small: bool,
    /// Whether it needs a turned page.
    pub(super) turned: bool,
}

/// The narrowest that a column can be, and how wide it wants to be.
#[derive(Clone, Copy, Default)]
struct Need {
    least: u32,
    full: u32,
}

/// Widths for a table in a text of this width, upright and turned. `factor` is how wide the type is,
/// in hundredths of Calibri.
pub(super) fn fit(table: &Table, upright: u32, turned: u32, factor: u32) -> Fit {
    for (small, is_turned, room) in [(false, false, upright), (true, false, upright), (true, true, turned)] {
        let needs = needs(table, small, factor);
        let least: u32 = needs.iter().map(|need| need.least).sum();
        if least <= room || is_turned {
            return Fit { columns: share(&needs, room), small, turned: is_turned };
        }
    }
    Fit { columns: Vec::new(), small: true, turned: true }
}

/// Space beside the content of a cell, both sides together.
pub(super) fn padding(small: bool) -> u32 {
    if small { 80 } else { 114 }
}

/// Whether a column of words stands after one of figures.
pub(super) fn follows_figures(table: &Table, column: usize) -> bool {
    let align = |i: usize| table.columns.get(i).map(|column| column.align);
    column > 0 && align(column) == Some(Align::Left) && align(column - 1).is_some_and(Align::is_right)
}

fn needs(table: &Table, small: bool, factor: u32) -> Vec<Need> {
    let (size, padding) = (if small { 16 } else { 18 }, padding(small));
    let width = |words: &str| em(words) * size * factor / 10_000;
    // Headings are bold, and half a point smaller.
    let heading = |words: &str| em(words) * (size - 1) * factor / 10_000 * 106 / 100;
    let longest = |words: &str| words.split([' ', '\n']).map(width).max().unwrap_or(0);
    let piece = |words: &str| hyphen::pieces(words).iter().map(|p| heading(p) + heading("-")).max().unwrap_or(0);
    let mut needs = vec![Need { least: piece(&table.corner), full: heading(&table.corner) }; 1];
    for row in &table.rows {
        let Row::Data { header, sub, .. } = row else { continue };
        let words = format::value(&header.value);
        let sub = sub.as_deref().unwrap_or_default();
        let comma = if sub.is_empty() { 0 } else { width(", ") };
        let full = width(&words) + comma + width(sub) + marks(header) + AIR;
        let longest = longest(&words).max(longest(sub)) + comma + AIR;
        needs[0].full = needs[0].full.max(full.min(HEADER_MEASURE));
        needs[0].least = needs[0].least.max(full.min(HEADER_LEAST)).max(longest);
    }
    for (i, column) in table.columns.iter().enumerate() {
        let words = column.heading.split(' ').map(heading).max().unwrap_or(0);
        let mut need = Need { least: piece(&column.heading), full: words };
        for row in &table.rows {
            let Row::Data { cells, .. } = row else { continue };
            let Some(cell) = cells.get(i) else { continue };
            let words = format::value(&cell.value);
            let full = width(&words) * 103 / 100 + marks(cell);
            let breaks = matches!(cell.value, Value::Text(_) | Value::Svar(_)) && column.align == Align::Left;
            let light = if matches!(cell.value, Value::Ljus(_)) { width("● ") } else { 0 };
            need.least = need.least.max(if breaks { longest(&words) } else { full + light });
            need.full = need.full.max((full + light).min(if breaks { MEASURE } else { u32::MAX }));
        }
        if table.is_by_hand(i) {
            need.full = MEASURE;
        }
        needs.push(need);
    }
    groups(table, &mut needs, padding, &piece);
    for (i, need) in needs.iter_mut().enumerate() {
        let apart = if i > 0 && follows_figures(table, i - 1) { APART } else { 0 };
        need.full = need.full.max(need.least) + padding + apart;
        need.least += padding + apart;
    }
    needs
}

/// Columns of figures in groups are equally wide, and a group has room for its heading.
fn groups(table: &Table, needs: &mut [Need], padding: u32, piece: &dyn Fn(&str) -> u32) {
    let grouped = |i: usize| table.columns[i].group.is_some() && table.columns[i].align.is_right();
    let widest = (0..table.columns.len()).filter(|i| grouped(*i)).map(|i| needs[i + 1].least).max().unwrap_or(0);
    for i in (0..table.columns.len()).filter(|i| grouped(*i)) {
        needs[i + 1].least = widest;
        needs[i + 1].full = needs[i + 1].full.max(widest);
    }
    for (heading, columns) in spans(table) {
        let Some(heading) = heading else { continue };
        let least: u32 = columns.clone().map(|i| needs[i + 1].least + padding).sum();
        let lack = (piece(heading) + padding).saturating_sub(least) / columns.len() as u32;
        columns.clone().for_each(|i| needs[i + 1].least += lack);
        needs[columns.start + 1].least += GAP;
        needs[columns.start + 1].full += GAP;
    }
}

/// Neighbouring columns with the same heading above them, and that heading.
pub(super) fn spans(table: &Table) -> Vec<(Option<&str>, std::ops::Range<usize>)> {
    let mut found: Vec<(Option<&str>, std::ops::Range<usize>)> = Vec::new();
    for (i, column) in table.columns.iter().enumerate() {
        let heading = column.group.as_deref();
        match found.last_mut() {
            Some((known, columns)) if heading.is_some() && *known == heading => columns.end = i + 1,
            _ => found.push((heading, i..i + 1)),
        }
    }
    found
}

/// Room for the marks of a cell's footnotes.
fn marks(cell: &Cell) -> u32 {
    70 * cell.notes.len() as u32
}

/// Shares the room: everyone gets the least they need, then all alike of what is left of their wish.
/// What is over goes to all columns, most of it to the row headers.
fn share(needs: &[Need], room: u32) -> Vec<u32> {
    let least: u32 = needs.iter().map(|need| need.least).sum();
    let full: u32 = needs.iter().map(|need| need.full).sum();
    if least > room {
        return needs.iter().map(|need| scale(need.least, room, least)).collect();
    }
    if full > room {
        let (left, wish) = (room - least, full - least);
        return needs.iter().map(|need| need.least + scale(need.full - need.least, left, wish)).collect();
    }
    // Two widths on the page: all of the text for most tables, some of it for the small ones.
    let wanted = if full * 5 / 4 <= room * 3 / 5 { room * 3 / 5 } else { room };
    let slack = wanted - full;
    let others = u32::try_from(needs.len()).unwrap_or(1).saturating_sub(1).max(1);
    let first = slack / 3;
    let each = (slack - first) / others;
    let mut columns: Vec<u32> = needs.iter().map(|need| need.full + each).collect();
    if let Some(header) = columns.first_mut() {
        *header = *header - each + slack - each * others;
    }
    columns
}

fn scale(part: u32, room: u32, all: u32) -> u32 {
    u32::try_from(u64::from(part) * u64::from(room) / u64::from(all.max(1))).unwrap_or(room)
}

/// Width of words in Calibri, in thousandths of its size; a little more than it is.
fn em(words: &str) -> u32 {
    words
        .chars()
        .map(|c| match c {
            SOFT_HYPHEN => 0,
            'i' | 'j' | 'l' | '\'' => 240,
            ' ' | '\u{a0}' | '.' | ',' | ':' | ';' => 260,
            'f' | 'r' | 't' | '-' | '(' | ')' | '/' => 345,
            '0'..='9' => 507,
            'm' => 805,
            'w' | 'W' | 'M' => 870,
            '%' => 730,
            '–' | '\u{2212}' => 500,
            c if c.is_uppercase() => 625,
            c if c.is_ascii() || c.is_alphabetic() => 525,
            _ => 900,
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_never_exceeds_its_room() {
        let needs = |list: &[(u32, u32)]| list.iter().map(|&(least, full)| Need { least, full }).collect::<Vec<_>>();
        for list in
            [&[(100, 100)][..], &[(900, 4_000), (300, 300)], &[(5_000, 5_000), (7_000, 9_000)], &[(3_000, 9_000); 3]]
        {
            let columns = share(&needs(list), 9_000);
            assert!(columns.iter().sum::<u32>() <= 9_000, "{list:?} {columns:?}");
        }
        assert_eq!(share(&needs(&[(1_000, 1_000), (500, 500)]), 9_000).iter().sum::<u32>(), 5_400);
    }
}
