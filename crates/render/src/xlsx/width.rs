//! How wide columns are and how high rows, in digits of Excel's own font, as Excel itself counts.

use super::grid::Grid;
use crate::csv::BELONGS;
use samsyn_document::{Align, Cell, Row, Table, Value, format};
use unicode_width::UnicodeWidthChar;

/// Widest for row headers and for words; longer ones go over several lines.
const HEADER: usize = 42;
const WORDS: usize = 36;
/// Room to write in by hand.
const BY_HAND: usize = 26;
/// Lines that a row takes which people write in by hand.
pub(super) const HIGH: usize = 3;
/// Most lines that a heading should take.
const LINES: usize = 3;
/// The height of a line, in points.
pub(super) const LINE: f64 = 15.0;

/// The width of every column of the area.
pub(super) fn widths(grid: &Grid) -> Vec<usize> {
    let table = grid.table;
    let mut widths = vec![header_width(table)];
    if grid.has_sub {
        let subs = table.rows.iter().filter_map(|row| match row {
            Row::Data { sub, .. } => sub.as_deref(),
            Row::Group { .. } => None,
        });
        let widest = subs.map(measure).max().unwrap_or(0);
        widths.push(widest.min(WORDS).max(heading_width(BELONGS, WORDS)) + 2);
    }
    for (i, column) in table.columns.iter().enumerate() {
        let cells = table.rows.iter().filter_map(|row| match row {
            Row::Data { cells, .. } => cells.get(i),
            Row::Group { .. } => None,
        });
        let widest = cells.map(shown).max().unwrap_or(0).min(WORDS);
        let indent = usize::from(column.align == Align::Left);
        let widest = if table.is_by_hand(i) { widest.max(BY_HAND) } else { widest };
        widths.push(widest.max(heading_width(&column.heading, widest + 4)) + 2 + indent);
    }
    widen_for_groups(grid, &mut widths);
    widths
}

fn header_width(table: &Table) -> usize {
    let headers = table.rows.iter().map(|row| match row {
        Row::Data { header, .. } => shown(header),
        Row::Group { .. } => 0,
    });
    headers.max().unwrap_or(0).clamp(14, HEADER).max(heading_width(&table.corner, HEADER)) + 2
}

/// As wide as a cell's value is written, with its marks.
fn shown(cell: &Cell) -> usize {
    let marks = cell.notes.len() * 3;
    let words = match &cell.value {
        Value::Text(text) => text.lines().map(measure).max().unwrap_or(0),
        value => measure(&format::value(value)),
    };
    words + marks
}

/// Wide enough for its longest word, and for all of it where that much room is to be had; else so that
/// it does not go over too many lines.
fn heading_width(heading: &str, room: usize) -> usize {
    let whole = bold(heading);
    let longest = heading.split_whitespace().map(bold).max().unwrap_or(0).min(WORDS);
    if whole <= room { whole } else { longest.max((whole + 2).div_ceil(LINES)) }
}

/// The width of words in bold.
pub(super) fn bold(text: &str) -> usize {
    let width = measure(text);
    width + width.div_ceil(16)
}

/// The width of words, in digits.
pub(super) fn measure(text: &str) -> usize {
    fine(text).div_ceil(20)
}

/// The width of words, in twentieths of a digit.
fn fine(text: &str) -> usize {
    let twentieths = |c: char| match c {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | ' ' | '\u{a0}' => 10,
        'f' | 't' | 'r' | '(' | ')' | '-' | '/' => 14,
        'm' | 'w' | 'M' | 'W' | '%' => 33,
        c if c.is_uppercase() => 24,
        c => 20 * c.width().unwrap_or(0),
    };
    text.chars().map(twentieths).sum()
}

/// Columns under a heading of their own are together wide enough for it.
fn widen_for_groups(grid: &Grid, widths: &mut [usize]) {
    for (heading, columns) in groups(grid.table) {
        let Some(heading) = heading else { continue };
        let (first, count) = (usize::from(grid.column(columns.start)), columns.len());
        let now: usize = widths[first..first + count].iter().sum();
        let lacking = (heading_width(heading, now.max(12)) + 2).saturating_sub(now);
        widths[first..first + count].iter_mut().for_each(|width| *width += lacking.div_ceil(count));
    }
}

/// Neighbouring columns with one heading above them; a column without one stands alone.
pub(super) fn groups(table: &Table) -> Vec<(Option<&str>, std::ops::Range<usize>)> {
    let mut found: Vec<(Option<&str>, std::ops::Range<usize>)> = Vec::new();
    for (i, column) in table.columns.iter().enumerate() {
        let heading = column.group.as_deref();
        match found.last_mut() {
            Some((last, columns)) if heading.is_some() && *last == heading => columns.end = i + 1,
            _ => found.push((heading, i..i + 1)),
        }
    }
    found
}

/// The lines that words take in so many digits, broken at spaces.
pub(super) fn lines(text: &str, width: usize) -> usize {
    let (width, space) = (width.max(1) * 20, fine(" "));
    let of_line = |line: &str| {
        let (mut lines, mut used) = (1, 0);
        for word in line.split(' ') {
            let word = fine(word);
            if used > 0 && used + space + word > width {
                lines += 1;
                used = 0;
            }
            used += word + if used > 0 { space } else { 0 };
            // A word that is wider than the cell is broken wherever.
            lines += used.saturating_sub(1) / width;
            used = if used > width { (used - 1) % width + 1 } else { used };
        }
        lines
    };
    text.lines().map(of_line).sum::<usize>().max(1)
}

/// The height of a row with so many lines, in points; Excel takes 409 at most.
pub(super) fn height(lines: usize) -> f64 {
    (lines as f64 * LINE + 3.0).min(400.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_broken_at_spaces() {
        for (text, width, expected) in [
            ("", 10, 1),
            ("ett två", 10, 1),
            ("två två två", 7, 2),
            ("ett\ntvå", 10, 2),
            ("aaaaaaaaaaaa", 5, 3),
            ("abcde abcde", 5, 2),
        ] {
            assert_eq!(lines(text, width), expected, "{text} {width}");
        }
    }
}
