//! What a cell says, as its field has it. What can be read in two ways is not read.

mod fodelsear;
mod omfattning;

use super::orsak::{self, Orsak};
use super::{Falt, Ordlista, Slag, datum, nyckel, ord};
use crate::grid::Cell;
use samsyn_core::Id;
use samsyn_document::Datum;
use std::borrow::Cow;

pub(super) use omfattning::ar_del;

/// What a cell says.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Varde {
    /// Nothing.
    Inget,
    Nummer(String),
    Ar(u16),
    Dag(Datum),
    /// A code of a closed list; `ja` or `nej`.
    Kod(&'static str),
    /// A person who is only counted, said in place of the number.
    Anonym,
    /// A reason with what it says of the time after; whether so is read out of the words, not told by a person.
    Orsak(Orsak, bool),
    /// Several codes at once, of the column that tells work, studies and job-seeking.
    Flera(Vec<&'static str>),
}

/// Why a cell cannot be read: `what` completes the sentence `"…" …`.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Fel {
    pub what: &'static str,
    pub hint: String,
    /// Whether a person could say which code of the list is meant.
    pub okant: bool,
}

impl Fel {
    fn new(what: &'static str, hint: impl Into<String>) -> Fel {
        Fel { what, hint: hint.into(), okant: false }
    }
}

impl From<datum::Fel> for Fel {
    fn from((what, hint): datum::Fel) -> Fel {
        Fel::new(what, hint)
    }
}

/// What is needed beside the cell.
#[derive(Clone, Copy)]
pub(super) struct Kring<'a> {
    pub ordlista: &'a Ordlista,
    pub idag: Datum,
    /// Whether the book's numbers of days count from 1904.
    pub epoch_1904: bool,
    /// The year in which the age is counted.
    pub ar: i32,
    /// Whether extents stand as parts of one in the column, so that 1 is full time.
    pub delar: bool,
}

/// A cell's words on one line: numbers with decimal comma, days as ÅÅÅÅ-MM-DD.
pub(super) fn text(cell: &Cell) -> Cow<'_, str> {
    match cell {
        Cell::Empty => Cow::Borrowed(""),
        Cell::Text(text) | Cell::Fault(text) if text.contains(char::is_control) => {
            let spaced: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
            Cow::Owned(spaced.trim().to_owned())
        }
        Cell::Text(text) | Cell::Fault(text) => Cow::Borrowed(text.trim()),
        Cell::Number(number) => Cow::Owned(number.to_string().replace('.', ",")),
        Cell::Date(day) => Cow::Owned(day.to_string()),
        Cell::Bool(true) => Cow::Borrowed("ja"),
        Cell::Bool(false) => Cow::Borrowed("nej"),
    }
}

/// Reads a cell as a field.
pub(super) fn las(falt: Falt, cell: &Cell, kring: Kring<'_>) -> Result<Varde, Fel> {
    if let Cell::Fault(_) = cell {
        return Err(Fel::new("är ett fel i en formel", "Skriv värdet i stället för formeln."));
    }
    let text = text(cell);
    if text.is_empty() {
        return Ok(Varde::Inget);
    }
    let key = nyckel(&text);
    match (kring.ordlista.kod(falt, &key), falt.slag()) {
        (Some(kod), _) if falt == Falt::Avslutsorsak => return Ok(svarad(kod, &text, &key, kring)),
        (Some(""), _) => return Ok(Varde::Inget),
        (Some(code), Slag::Lista | Slag::JaNej) => return Ok(listad(falt, code)),
        _ => {}
    }
    match falt.slag() {
        Slag::Lista | Slag::JaNej => lista(falt, cell, &text, &key, kring.delar),
        _ if ord::inget(&key) => Ok(Varde::Inget),
        Slag::Nummer if ord::ANONYM.contains(&key.as_str()) => Ok(Varde::Anonym),
        Slag::Nummer => nummer(cell, &text),
        Slag::Ar => fodelsear::las(cell, &text, kring).map(Varde::Ar),
        Slag::Dag if falt == Falt::Utskriven && ord::PAGAR.contains(&key.as_str()) => Ok(Varde::Inget),
        Slag::Dag => match cell {
            Cell::Date(day) => Ok(Varde::Dag(*day)),
            Cell::Number(number) => Ok(Varde::Dag(datum::number(*number, kring.epoch_1904, kring.idag)?)),
            _ => Ok(Varde::Dag(datum::text(&text, kring.idag)?)),
        },
    }
}

/// A reason that a person has told, with what the same words say beside: told too, or read out of them.
fn svarad(kod: &'static str, text: &str, key: &str, kring: Kring<'_>) -> Varde {
    let gor = match kring.ordlista.kod(Falt::Sysselsattning, key) {
        Some("" | "inget") => Vec::new(),
        Some(code) => vec![code],
        None if ord::kod(Falt::Avslutsorsak, key).is_some() => Vec::new(),
        None => orsak::las(text).map(|read| read.gor).unwrap_or_default(),
    };
    match kod {
        "" if gor.is_empty() => Varde::Inget,
        _ if gor.is_empty() => Varde::Kod(kod),
        _ => Varde::Orsak(Orsak { kod, gor }, false),
    }
}

/// A reason in words of their own.
fn orsak(text: &str) -> Option<Varde> {
    let read = orsak::las(text)?;
    Some(if read.gor.is_empty() { Varde::Kod(read.kod) } else { Varde::Orsak(read, true) })
}

/// Whether the cell is an extent of work, as a percentage or in words.
pub(super) fn ar_omfattning(cell: &Cell) -> bool {
    let text = text(cell);
    let read = lista(Falt::ArbeteOmfattning, cell, &text, &nyckel(&text), false);
    matches!(read, Ok(Varde::Kod(code)) if code != "nej")
}

/// The number that the insats gives: letters and digits without blanks.
fn nummer(cell: &Cell, text: &str) -> Result<Varde, Fel> {
    if matches!(cell, Cell::Date(_)) || Datum::parse(text).is_some() {
        let hint = "Kalkylprogrammet har gjort om det. Gör kolumnen till text, och skriv numret på nytt.";
        return Err(Fel::new("är ett datum, inget nummer", hint));
    }
    let text = if matches!(cell, Cell::Number(_)) { text.replace(',', ".") } else { text.to_owned() };
    match Id::new(&text).filter(|_| !matches!(cell, Cell::Number(number) if !number.is_finite())) {
        Some(_) => Ok(Varde::Nummer(text)),
        None => Err(Fel::new(
            "kan inte vara ett nummer",
            "Använd bokstäver, siffror, bindestreck och punkt utan mellanslag, till exempel 7b.",
        )),
    }
}

fn listad(falt: Falt, code: &'static str) -> Varde {
    if falt == Falt::Sysselsattning { Varde::Flera(vec![code]) } else { Varde::Kod(code) }
}

fn lista(falt: Falt, cell: &Cell, text: &str, key: &str, delar: bool) -> Result<Varde, Fel> {
    let known = match ord::kod(falt, key) {
        Some("") => return Ok(Varde::Inget),
        Some(code) => Some(listad(falt, code)),
        None if falt == Falt::Avslutsorsak => orsak(text),
        None if falt == Falt::ArbeteOmfattning => omfattning::omfattning(text, key, delar),
        None if falt == Falt::Sysselsattning => omfattning::sysselsattning(text).map(Varde::Flera),
        None if falt == Falt::ForsorjningstidFore => tid(key).map(Varde::Kod),
        None => None,
    };
    known.ok_or_else(|| match cell {
        Cell::Date(_) => Fel::new(
            "är ett datum, som inte hör hemma i kolumnen",
            "Kalkylprogrammet har kanske gjort om det som skrevs, till exempel 1-3. Gör kolumnen till text, och skriv på nytt.",
        ),
        _ => okant(falt),
    })
}

fn okant(falt: Falt) -> Fel {
    let words: Vec<&str> = falt.koder().into_iter().map(|(_, words)| words).collect();
    Fel { what: "finns inte i listan", hint: format!("Skriv ett av: {}.", words.join(", ")), okant: true }
}

/// For how long, in years or months: `2 år`, `18 mån`.
fn tid(key: &str) -> Option<&'static str> {
    let digits = key.find(|c: char| !c.is_ascii_digit()).unwrap_or(key.len());
    let (number, unit) = key.split_at(digits);
    let number: u32 = number.parse().ok()?;
    let months = match unit.trim() {
        "ar" => number.checked_mul(12)?,
        "man" | "manad" | "manader" | "mnd" => number,
        _ => return None,
    };
    Falt::ForsorjningstidFore.kod(match months {
        0 => "ingen",
        1..12 => "under_1_år",
        12..=36 => "1-3_år",
        _ => "över_3_år",
    })
}

#[cfg(test)]
mod tests;
