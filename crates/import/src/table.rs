//! A file's text to the facts of one noun, and the rows that they stand on.

use crate::csv::Rows;
use crate::reader::Reader;
use samsyn_core::kontroll::{Collector, Gaps};
use samsyn_core::personnummer::contains_personnummer;
use samsyn_core::{Fact, FieldError};
use std::hash::{DefaultHasher, Hash, Hasher};

/// The facts of one file, and on which row each stands.
#[derive(Debug)]
pub struct Table<F> {
    /// The facts, in the order of the file.
    pub facts: Vec<F>,
    /// The row of each.
    pub rows: Vec<u64>,
}

/// Reads the rows of `file`. Rows that cannot be read, and what they may have held, go to `gaps`.
pub fn read<F: Fact>(file: &str, text: &str, gaps: &mut Gaps, told: &mut Collector) -> Table<F> {
    let mut reader = Reader::new(file, F::RESOURCE, told);
    let mut rows = Rows::new(text);
    let mut table = Table { facts: Vec::new(), rows: Vec::new() };
    let Some(heading) = reader.heading(&mut rows, F::FIELDS) else {
        gaps.noun(F::RESOURCE);
        return table;
    };
    let mut keys: Vec<(u64, u64)> = Vec::new();
    while let Some(row) = rows.next_row() {
        if rows.cells.iter().all(|cell| cell.trim_ascii().is_empty()) {
            continue;
        }
        let cells = &rows.cells;
        let whole = reader.quotes(row.line, row.fault, &heading) && reader.width(row.line, cells, &heading);
        let clean = reader.personal(row.line, cells, &heading);
        let cell = |field: usize| heading.columns[field].and_then(|at| cells.get(at)).map_or("", |cell| cell.as_ref());
        let mut bad: Vec<usize> = Vec::new();
        let mut wrong = |field: usize, error: FieldError| {
            bad.push(field);
            // A cell that is not there has been told, and so has a personnummer.
            if heading.columns[field].is_some_and(|at| at < cells.len())
                && (clean || !contains_personnummer(cell(field)))
            {
                reader.field(row.line, F::FIELDS[field], cell(field), error);
            }
        };
        let fact = if whole { F::parse(&cell, &mut wrong) } else { None };
        match fact.filter(|_| clean && heading.whole) {
            Some(fact) => {
                keys.push((hash(&fact.key()), row.line));
                table.facts.push(fact);
                table.rows.push(row.line);
            }
            None => {
                let part = |field: &usize| (whole && !bad.contains(field)).then(|| cell(*field).trim());
                if let Some(key) = F::KEY.iter().map(part).collect::<Option<Vec<&str>>>() {
                    keys.push((hash(&key.join("/")), row.line));
                }
                if heading.whole {
                    gaps.row(F::RESOURCE, F::KEY.iter().map(part));
                }
            }
        }
    }
    if !heading.whole {
        gaps.noun(F::RESOURCE);
    }
    if reader.twice(keys, &F::KEY.iter().map(|field| F::FIELDS[*field]).collect::<Vec<_>>()) {
        gaps.doubtful(F::RESOURCE);
    }
    table
}

/// Keys are compared by 64 bits: two different ones of a file meet once in many thousand years of imports.
fn hash(key: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    key.hash(&mut hasher);
    hasher.finish()
}
