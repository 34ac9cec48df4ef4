//! What the figures of a report are called in its own tables.

use samsyn_document::{Document, FigureId, Row, RowKind, Table, format};
use std::collections::HashMap;

/// The figures that stand in a document's tables, by the words that stand there: `Tabell 2: Bryggan (Östhammar), läge`.
/// A figure that stands in several has the name of the first.
pub fn siffernamn(document: &Document) -> HashMap<FigureId, String> {
    let mut names = HashMap::new();
    for table in document.tables() {
        of_table(table, &mut names);
    }
    names
}

fn of_table(table: &Table, names: &mut HashMap<FigureId, String>) {
    let label = table.label.as_deref().unwrap_or(&table.caption);
    let mut group = None;
    for row in &table.rows {
        match row {
            Row::Group { heading } => group = Some(heading.as_str()),
            Row::Data { header, sub, cells, kind } => {
                let header_words = format::value(&header.value);
                // Sums stand below every group, and an insats is known by its owner.
                let within = group.filter(|_| *kind == RowKind::Normal && sub.is_none());
                let row = match (sub, within) {
                    (Some(sub), _) => format!("{header_words} ({sub})"),
                    (None, Some(group)) => format!("{group}, {}", small(&header_words)),
                    (None, None) => header_words,
                };
                for (column, cell) in table.columns.iter().zip(cells) {
                    let Some(id) = &cell.figure else { continue };
                    let column = column.group.iter().chain([&column.heading]).map(|words| small(words));
                    let column = column.collect::<Vec<_>>().join(", ");
                    names.entry(id.clone()).or_insert_with(|| format!("{label}: {row}, {column}"));
                }
            }
        }
    }
}

/// The words with a small first letter, unless they are or begin with an abbreviation: `K`, `S:a`, `SOF`.
fn small(words: &str) -> String {
    let mut letters = words.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if second.is_lowercase() || second == ' ' => {
            first.to_lowercase().chain(words.chars().skip(1)).collect()
        }
        _ => words.to_owned(),
    }
}
