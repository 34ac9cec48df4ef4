//! How much room a table needs, so that the style sheet can choose between table and cards, and soft
//! hyphens in the headings of narrow columns. Estimates of type, not of content.

use crate::hyphen::{pieces, syllables};
use samsyn_document::markup::{escape, escape_into};
use samsyn_document::{Align, Column, Datum, Row, Table, Value, format};
use std::fmt::Write;
use std::ops::Range;

/// Room on a phone and beside the margins of a page, in characters.
const PHONE: usize = 40;
const PAGE: usize = 84;

/// The class of a table by the room it needs: `narrow` fits a phone, `wide` hardly an upright page.
pub(super) fn class(table: &Table) -> &'static str {
    let needed = needed(table);
    if needed <= PHONE {
        "narrow"
    } else if needed <= PAGE {
        "medium"
    } else {
        "wide"
    }
}

/// Characters that the table needs at least, two per column for the space between.
fn needed(table: &Table) -> usize {
    let header = table.rows.iter().map(|row| match row {
        Row::Data { header, .. } => room(&format::value(&header.value), 20),
        Row::Group { .. } => 0,
    });
    let columns = table.columns.iter().enumerate().map(|(i, column)| 2 + column_room(table, column, i));
    header.max().unwrap_or(0) + columns.sum::<usize>()
}

/// The columns' shares of the table's width in whole percent, the row headers' first.
pub(super) fn shares(table: &Table) -> Vec<usize> {
    let columns = table.columns.iter().enumerate().map(|(i, column)| 2 + column_room(table, column, i));
    let rooms: Vec<usize> = std::iter::once(24).chain(columns).collect();
    let all: usize = rooms.iter().sum();
    rooms.iter().map(|room| room * 100 / all).collect()
}

/// Whether neighbouring columns can stand on one line of a card, each as `heading value`.
pub(super) fn shares_line(table: &Table, columns: &Range<usize>) -> bool {
    let count = columns.len();
    let fits = |i: usize| {
        let column = table.columns.get(i).map_or(0, |column| column.heading.chars().count());
        let cells = table.rows.iter().map(|row| match row {
            Row::Data { cells, .. } => cells.get(i).map_or(0, |cell| format::value(&cell.value).chars().count()),
            Row::Group { .. } => 0,
        });
        (column + 1 + cells.max().unwrap_or(0)) <= (PHONE / count).saturating_sub(2)
    };
    (1..=4).contains(&count) && columns.clone().all(fits)
}

fn column_room(table: &Table, column: &Column, index: usize) -> usize {
    let cells = table.rows.iter().map(|row| match row {
        Row::Data { cells, .. } => cells.get(index).map_or(0, |cell| match (&cell.value, column.align) {
            (Value::Text(text), Align::Left) => room(text, 18),
            (Value::Ljus(_), _) => 8,
            (value, _) => format::value(value).chars().count(),
        }),
        Row::Group { .. } => 0,
    });
    let heading = pieces(&column.heading).iter().map(|piece| piece.chars().count() + 1).max().unwrap_or(0);
    cells.max().unwrap_or(0).max(heading)
}

/// What words need: all of them up to `enough` characters, and then at least the longest one.
fn room(text: &str, enough: usize) -> usize {
    let longest = text.split_whitespace().map(|word| word.chars().count()).max().unwrap_or(0);
    text.chars().count().min(enough).max(longest)
}

/// A heading, escaped, with soft hyphens in its long words: browsers seldom know Swedish hyphenation. A day is kept whole.
pub(super) fn hyphenated(heading: &str) -> String {
    let mut out = String::new();
    for (i, word) in heading.split(' ').enumerate() {
        if i > 0 {
            out.push(' ');
        }
        match syllables(word) {
            _ if Datum::parse(word).is_some_and(|day| day.to_string() == word) => {
                let _ = write!(out, "<span class=\"day\">{word}</span>");
            }
            whole if whole.len() == 1 => escape_into(&mut out, word),
            parts => out.push_str(&parts.iter().map(|part| escape(part)).collect::<Vec<_>>().join("&shy;")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_words_in_headings_may_be_broken() {
        assert_eq!(hyphenated("Kontroll"), "Kontroll");
        assert_eq!(hyphenated("S:a <b>"), "S:a &lt;b&gt;");
        assert!(hyphenated("Kvalitetssäkring").contains("&shy;"));
        assert_eq!(hyphenated("Kvalitetssäkring").replace("&shy;", ""), "Kvalitetssäkring");
        assert_eq!(hyphenated("Styrgruppsmöten"), "Styr&shy;gruppsmöten");
        assert_eq!(hyphenated("Utfall 2022-06-30"), "Utfall <span class=\"day\">2022-06-30</span>");
    }
}
