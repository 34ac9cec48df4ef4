//! What is told of a file, each time with its place and what could be done.

use super::orsak::Orsak;
use super::varden::{self, Fel};
use super::{Del, Falt, OkantVarde, Slag, nyckel};
use crate::grid::Cell;
use samsyn_core::kontroll::{Collector, shown};
use samsyn_core::personnummer::contains_personnummer;
use samsyn_core::{Finding, Place};
use std::collections::{HashMap, HashSet};

/// The noun of every finding here.
const NOUN: &str = "uppfoljningsfil";
/// How much of a heading or of an unknown value is shown.
const MOST: usize = 60;

/// Findings and unknown values on their way to a reader.
#[derive(Debug)]
pub(super) struct Berattare {
    found: Collector,
    okanda: HashMap<(Falt, String), OkantVarde>,
    /// Reasons whose reading is told, as words are compared.
    orsaker: HashSet<String>,
}

impl Berattare {
    pub fn new(found: Collector) -> Berattare {
        Berattare { found, okanda: HashMap::new(), orsaker: HashSet::new() }
    }

    /// The findings, and the unknown values: those that most cells have first.
    pub fn finish(self) -> (Vec<Finding>, Vec<OkantVarde>) {
        let mut okanda: Vec<OkantVarde> = self.okanda.into_values().collect();
        okanda.sort_by(|a, b| b.antal.cmp(&a.antal).then(a.rad.cmp(&b.rad)).then_with(|| a.nyckel.cmp(&b.nyckel)));
        (self.found.finish(), okanda)
    }

    /// A cell that cannot be read.
    pub fn cell(&mut self, del: &Del<'_>, row: u64, rubrik: &str, falt: Falt, cell: &Cell, fault: &Fel) {
        let text = varden::text(cell);
        self.found.tell(NOUN, falt.namn(), fault.what, || {
            let stands =
                if let Cell::Fault(fault) = cell { format!("\"{}\"", clean(fault)) } else { stands(falt, &text) };
            let message = format!("{stands} {}.", fault.what);
            Finding::error(place(del, Some(row), Some(rubrik)), message, fault.hint.clone())
        });
        if fault.okant {
            let key = nyckel(&text);
            let new = || OkantVarde { falt: falt.namn(), text: clean(&text), nyckel: key.clone(), antal: 0, rad: row };
            self.okanda.entry((falt, key.clone())).or_insert_with(new).antal += 1;
        }
    }

    /// How a reason in words of their own is read, once for all rows that have it.
    pub fn words(&mut self, del: &Del<'_>, row: u64, rubrik: &str, cell: &Cell, orsak: &Orsak) {
        let text = varden::text(cell);
        if self.orsaker.insert(nyckel(&text)) {
            let message = format!("\"{}\" läses som {}.", clean(&text), orsak.ord());
            self.note("reason in words", place(del, Some(row), Some(rubrik)), message);
        }
    }

    /// Something that stops, of one kind.
    pub fn error(&mut self, what: &'static str, place: Place, message: impl Into<String>, hint: impl Into<String>) {
        self.found.tell(NOUN, "", what, || Finding::error(place, message, hint));
    }

    /// Something that must be accepted, of one kind.
    pub fn warning(&mut self, what: &'static str, place: Place, message: impl Into<String>, hint: impl Into<String>) {
        self.found.tell(NOUN, "", what, || Finding::warning(place, message, hint));
    }

    /// Something to know.
    pub fn note(&mut self, what: &'static str, place: Place, message: impl Into<String>) {
        self.found.tell(NOUN, "", what, || Finding::note(place, message));
    }

    /// Something to know of several rows; its place is the first.
    pub fn rader(&mut self, del: &Del<'_>, rows: &[u64], message: &str) {
        self.note("rows", place(del, rows.first().copied(), None), message);
    }
}

/// A place on a sheet; of a CSV file without the sheet's name, which it has not.
pub(super) fn place(del: &Del<'_>, row: Option<u64>, column: Option<&str>) -> Place {
    let file = Some(del.namn.clone()).filter(|name| !name.is_empty());
    Place { file, row, column: column.map(clean), key: None }
}

/// A heading, a sheet's name or a value as a message may show it.
pub(super) fn clean(text: &str) -> String {
    if contains_personnummer(text) {
        return "••••••-••••".to_owned();
    }
    let visible = |c: char| if c.is_control() { ' ' } else { c };
    let mut clean: String = text.chars().take(MOST).map(visible).collect();
    if text.chars().nth(MOST).is_some() {
        clean.push('…');
    }
    clean
}

/// What stands in a cell, in quotation marks and masked where it may be personal. A birth is shown by its year at
/// most, a day with the signs that people write in one. What stands in a closed list is shown, so that a person can
/// say what it means: the book has been searched for names and personnummer. Nine digits may be half of one.
fn stands(falt: Falt, text: &str) -> String {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let plain = |c: char| c.is_ascii_digit() || matches!(c, '-' | '/' | '.' | ' ' | ':' | ',' | '%');
    match falt {
        _ if matches!(falt.slag(), Slag::Lista | Slag::JaNej) && digits <= 8 => format!("\"{}\"", clean(text)),
        Falt::Fodelsear if digits > 4 => "Uppgiften".to_owned(),
        Falt::Fodelsear => shown("deltagare", falt.namn(), text),
        _ if digits <= 8 && text.chars().count() <= 12 && text.chars().all(plain) => format!("\"{text}\""),
        _ => shown("deltagare", falt.namn(), text),
    }
}
