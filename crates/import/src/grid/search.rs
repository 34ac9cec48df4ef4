//! Looks for what is personal: numbers and names of persons, wherever in the file they stand. Tells where, never what.

use super::columns::{Columns, Date, four_digits};
use super::draft::cell_at;
use super::namn::{self, Named};
use super::{Book, Cell, Sheet};
use samsyn_core::personnummer::contains_personnummer;
use samsyn_core::{Finding, Place};

/// So many places are told; of the others, how many they are.
const TOLD: usize = 20;

/// What is personal in a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum What {
    Personnummer,
    Namn,
    /// A column that is there for names, and is filled.
    Namnkolumn,
    /// A column that is there for personnummer, and is filled.
    Nummerkolumn,
}

/// What has been found.
#[derive(Default)]
pub(super) struct Search {
    found: Vec<(What, String)>,
    more: usize,
}

impl Search {
    /// Whether nothing has been found.
    pub fn is_clean(&self) -> bool {
        self.found.is_empty()
    }

    /// Notes a place.
    pub fn tell(&mut self, what: What, place: String) {
        let known = self.found.iter().any(|(kind, at)| *kind == what && *at == place);
        if !known && self.found.len() < TOLD {
            self.found.push((what, place));
        } else if !known {
            self.more += 1;
        }
    }

    /// Looks a text through for personnummer.
    #[inline]
    pub fn text(&mut self, text: &str, place: impl FnOnce() -> String) {
        if contains_personnummer(text) {
            self.tell(What::Personnummer, place());
        }
    }

    /// Looks a text through for names of persons.
    #[inline]
    pub fn names(&mut self, text: &str, place: impl FnOnce() -> String) {
        if namn::named(text).is_some() {
            self.tell(What::Namn, place());
        }
    }

    /// A number that is shown with noughts in front of it, as a personnummer.
    pub fn padded(&mut self, number: f64, place: impl FnOnce() -> String) {
        if (0.0..1e12).contains(&number) {
            self.text(&format!("{number:010}"), place);
        }
    }

    /// A finding for each place.
    pub fn findings(&self, place: impl Fn(&str) -> Place) -> Vec<Finding> {
        let finding = |(what, at): &(What, String)| {
            let (message, hint) = match what {
                What::Personnummer => ("Här finns ett personnummer eller samordningsnummer.", "Ta bort det"),
                What::Namn => (
                    "Här finns något som ser ut som en persons namn.",
                    "Ta bort namnet; använd numret som insatsen gett",
                ),
                What::Namnkolumn => {
                    ("Kolumnen är till för namn och är ifylld.", "Ta bort kolumnen; använd numret som insatsen gett")
                }
                What::Nummerkolumn => {
                    ("Kolumnen är till för personnummer och är ifylld.", "Ta bort kolumnen; skriv födelseår i en egen")
                }
            };
            Finding::error(
                place(at),
                message,
                format!("{hint}, och läs in filen igen. Ingenting av filen har sparats."),
            )
        };
        let mut findings: Vec<Finding> = self.found.iter().map(finding).collect();
        if self.more > 0 {
            let places = if self.more == 1 { "ett ställe" } else { "fler ställen" };
            let message = format!("Personuppgifter finns på {places} till.");
            findings.push(Finding::error(place(""), message, "Gå igenom hela filen innan den läses in igen."));
        }
        findings
    }
}

/// How messages name a sheet, by its number from 1; its name is left out when it is itself personal.
pub(super) fn label(number: usize, name: &str, hidden: bool) -> String {
    let hidden = if hidden { "det dolda bladet" } else { "bladet" };
    if contains_personnummer(name) || namn::named(name) == Some(Named::Whole) {
        format!("{hidden} nummer {number}")
    } else {
        format!("{hidden} \"{name}\"")
    }
}

/// Looks every cell of a book through.
pub(super) fn book(book: &Book, search: &mut Search) {
    for (number, sheet) in (1..).zip(&book.sheets) {
        let label = if sheet.name.is_empty() { String::new() } else { label(number, &sheet.name, sheet.hidden) };
        search.text(&sheet.name, || format!("namnet på blad nummer {number}"));
        if namn::named(&sheet.name) == Some(Named::Whole) {
            search.tell(What::Namn, format!("namnet på blad nummer {number}"));
        }
        cells(sheet, &label, search);
    }
}

fn cells(sheet: &Sheet, label: &str, search: &mut Search) {
    let mut columns = Columns::default();
    for row in &sheet.rows {
        let mut before: Option<Date> = None;
        for (column, cell) in (0..).zip(&row.cells) {
            let place = || cell_at(label, row.number, column);
            match cell {
                Cell::Text(text) | Cell::Fault(text) => {
                    search.text(text, place);
                    match namn::named(text) {
                        Some(Named::Whole) => search.tell(What::Namn, place()),
                        Some(Named::Given) => columns.given(column, row.number, text),
                        None => {}
                    }
                }
                Cell::Number(number) => search.number(*number, place),
                Cell::Empty | Cell::Date(_) | Cell::Bool(_) => {}
            }
            columns.take(column, cell);
            if let (Some(date), Some(last)) = (before, four_digits(cell)) {
                let whole = contains_personnummer(&format!("{}-{last}", date.digits));
                if date.bare && whole {
                    search.tell(What::Personnummer, format!("{} och cellen före", place()));
                } else if !date.bare {
                    columns.pair(column, row.number, whole);
                }
            }
            before = Date::of(cell);
        }
    }
    columns.tell(search, label);
}

impl Search {
    /// Looks a number through: ten or twelve digits, or eight or nine of one whose year begins with noughts.
    fn number(&mut self, number: f64, place: impl FnOnce() -> String) {
        if number.fract() == 0.0 && (1e7..1e12).contains(&number) {
            self.padded(number, place);
        }
    }
}
