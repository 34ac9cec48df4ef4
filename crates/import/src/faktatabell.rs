//! A table of one noun's facts as people keep it: a spreadsheet or CSV whose headings are the noun's fields. Knows no
//! database.

use crate::grid::{self, Cell, Limits, Row};
use samsyn_core::personnummer::contains_personnummer;
use samsyn_core::{Fact, Finding, Place};

/// What a heading may also be called, and a field's value where the file has no column for it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Vanor<'v> {
    /// Heading and field.
    pub rubriker: &'v [(&'v str, &'v str)],
    /// Field and value.
    pub annars: &'v [(&'v str, &'v str)],
}

/// Whether a file's first row with any heading of the noun has all that must be filled in, but for the named field.
pub fn liknar<F: Fact>(name: &str, bytes: &[u8], limits: &Limits, vanor: Vanor<'_>) -> bool {
    let Ok(book) = grid::read(name, bytes, limits) else { return false };
    book.sheets.iter().any(|sheet| sheet.rows.iter().any(|row| heads::<F>(row, vanor).is_some()))
}

/// Reads the rows. Errors: everything that is wrong, with row and column.
pub fn read<F: Fact>(name: &str, bytes: &[u8], limits: &Limits, vanor: Vanor<'_>) -> Result<Vec<F>, Vec<Finding>> {
    let book = grid::read(name, bytes, limits).map_err(|refused| refused.findings)?;
    let file = if contains_personnummer(name) { "filen" } else { name };
    let place = |row: Option<u32>, column: Option<&str>| Place {
        file: Some(file.to_owned()),
        row: row.map(u64::from),
        column: column.map(str::to_owned),
        ..Place::default()
    };
    let found = book.sheets.iter().filter(|sheet| !sheet.hidden).find_map(|sheet| {
        let heads = sheet.rows.iter().enumerate().find_map(|(at, row)| Some((at, heads::<F>(row, vanor)?)));
        heads.map(|(at, heads)| (sheet, at, heads))
    });
    let Some((sheet, at, heads)) = found else {
        let told = "Filen har ingen rad med de rubriker som behövs.";
        let hint = format!("Första raden ska vara {}.", F::FIELDS.join(";"));
        return Err(vec![Finding::error(place(None, None), told, hint)]);
    };
    let (mut facts, mut findings): (Vec<F>, Vec<Finding>) = (Vec::new(), Vec::new());
    for row in &sheet.rows[at + 1..] {
        let texts: Vec<String> =
            (0..F::FIELDS.len()).map(|field| value(row, &heads, field, F::FIELDS, vanor)).collect();
        if heads.iter().flatten().all(|&at| row.cells.get(at).map(text).unwrap_or_default().is_empty()) {
            continue;
        }
        if texts.iter().any(|text| contains_personnummer(text)) {
            let told = "Raden innehåller ett personnummer.";
            findings.push(Finding::error(place(Some(row.number), None), told, "Ta bort det."));
            continue;
        }
        let mut wrong = |field: usize, error: samsyn_core::FieldError| {
            let shown: String = texts[field].chars().take(40).collect();
            let told = if shown.is_empty() { "Värdet".to_owned() } else { format!("”{shown}”") };
            let at = place(Some(row.number), Some(F::FIELDS[field]));
            findings.push(Finding::error(at, format!("{told} {}.", error.what), error.hint));
        };
        let Some(fact) = F::parse(&|field| texts[field].as_str(), &mut wrong) else { continue };
        if facts.iter().any(|other| other.key() == fact.key()) {
            let told = format!("Raden {} finns två gånger.", fact.key());
            findings.push(Finding::error(place(Some(row.number), None), told, "Ta bort den ena."));
            continue;
        }
        facts.push(fact);
    }
    if facts.is_empty() && findings.is_empty() {
        findings.push(Finding::error(place(None, None), "Filen har inga rader.", "Fyll i minst en rad."));
    }
    if findings.is_empty() { Ok(facts) } else { Err(findings) }
}

/// Where each field stands, if this is the row of headings: every field that must be filled in is there.
fn heads<F: Fact>(row: &Row, vanor: Vanor<'_>) -> Option<Vec<Option<usize>>> {
    let said: Vec<String> = row.cells.iter().map(|cell| text(cell).to_lowercase()).collect();
    let of = |field: &&str| {
        let also = vanor.rubriker.iter().filter(|(_, own)| own == field).map(|(heading, _)| *heading);
        std::iter::once(*field).chain(also).find_map(|name| said.iter().position(|heading| heading == name))
    };
    let places: Vec<Option<usize>> = F::FIELDS.iter().map(of).collect();
    let filled = |at: usize| vanor.annars.iter().any(|(field, _)| *field == F::FIELDS[at]);
    let missing = (0..places.len()).any(|at| F::REQUIRED[at] && places[at].is_none() && !filled(at));
    (!missing).then_some(places)
}

fn value(row: &Row, heads: &[Option<usize>], field: usize, names: &[&str], vanor: Vanor<'_>) -> String {
    let otherwise =
        || vanor.annars.iter().find(|(name, _)| *name == names[field]).map(|(_, value)| (*value).to_owned());
    match heads[field] {
        Some(at) => row.cells.get(at).map(text).unwrap_or_default(),
        None => otherwise().unwrap_or_default(),
    }
}

fn text(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) | Cell::Fault(text) => text.trim().to_owned(),
        Cell::Number(number) => number.to_string(),
        Cell::Date(day) => day.to_string(),
        Cell::Bool(yes) => if *yes { "ja" } else { "nej" }.to_owned(),
        Cell::Empty => String::new(),
    }
}
