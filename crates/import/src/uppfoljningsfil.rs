//! An insats's own follow-up file (*uppföljningsfil*): which sheet, which heading, which column is what, and what each
//! value means; and the template for it. Compares nothing with what is stored.

mod anmarkt;
mod avslut;
mod berattare;
mod blad;
mod datum;
mod del;
mod delvis;
mod falt;
mod huvud;
mod mall;
mod ord;
mod ordlista;
mod orsak;
mod rader;
mod radslag;
mod rubriker;
mod samma;
mod som_last;
#[cfg(test)]
mod tests;
mod utseende;
mod varden;

pub use anmarkt::anmarkt;
pub use falt::{Falt, Slag};
pub use mall::{Mall, mall};
pub use ordlista::{Forekomster, Ordlista, nyckel};
pub(crate) use som_last::INSKRIVNING;
pub use som_last::med_inskrivning;
pub use utseende::Skrivfel;

use crate::grid::Book;
use berattare::{Berattare, clean, place};
use del::Del;
use samsyn_core::kontroll::{Collector, SAME_KIND};
use samsyn_core::uppfoljning::Rad;
use samsyn_core::{Finding, Place};
use samsyn_document::{Datum, format};
use std::collections::HashSet;

/// Unknown columns named in a hint.
const NAMED: usize = 6;

/// How it is known which field a column is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hur {
    /// By the template's or a common heading.
    Kand,
    /// A person has said so for this insats before.
    Minns,
    /// A person has said that it is not to be read.
    LasesInte,
    /// Nobody knows.
    Okand,
}

/// A column that has a heading, and something under it unless its field is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kolumn {
    /// Its letter, for instance `C`.
    pub bokstav: String,
    /// Its heading as it stands, after the heading over several columns where that decides: `Efter: Försörjning`.
    pub rubrik: String,
    /// The heading as [`Ordlista`] has it.
    pub nyckel: String,
    /// The field that it is.
    pub falt: Option<&'static str>,
    /// How that is known.
    pub hur: Hur,
    /// How many cells under it are filled.
    pub ifyllda: usize,
}

/// A value that is in no list, with how many cells have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OkantVarde {
    /// The field.
    pub falt: &'static str,
    /// The value as it stands first.
    pub text: String,
    /// The value as [`Ordlista`] has it.
    pub nyckel: String,
    /// How many cells have it.
    pub antal: usize,
    /// The first row that has it.
    pub rad: u64,
}

/// What was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Last {
    /// The sheet that was read; of several all their names, as people list them.
    pub blad: String,
    /// The sheets that were read, in order, each with how many of `rader` stand on it.
    pub bladen: Vec<(String, usize)>,
    /// Its columns; of several sheets those of the first, and those that only another has.
    pub kolumner: Vec<Kolumn>,
    /// Its rows of inskrivningar; a row with an error in it is here too, without the bad field.
    pub rader: Vec<Rad>,
    /// Values that nobody knows; each is an error among the findings too.
    pub okanda: Vec<OkantVarde>,
    /// How many rows have each of the words that have been told.
    pub forekomster: Forekomster,
    /// What is wrong or worth knowing, with row and column of the file. The place's file is the sheet.
    pub findings: Vec<Finding>,
    /// What was read, with the rows where they stood and codes in place of words, as CSV: all that is kept of the file.
    /// Reading it gives the same rows.
    pub som_last: Vec<u8>,
}

/// Reads the inskrivningar of a book. `idag` tells which centuries and serial numbers are likely. Of findings of the
/// same kind the first are told.
pub fn las(book: &Book, ordlista: &Ordlista, idag: Datum) -> Last {
    las_och_beratta(book, ordlista, idag, SAME_KIND)
}

/// As [`las`], telling so many findings of each kind; all of them are wanted for the annotated copy.
pub fn las_och_beratta(book: &Book, ordlista: &Ordlista, idag: Datum, most: usize) -> Last {
    let mut told = Berattare::new(Collector::telling(most));
    let deler = del::egna(book).unwrap_or_else(|| {
        let val = blad::valj(book, ordlista);
        tell_sheets(&val, &mut told);
        val.listor.iter().map(Del::of).collect()
    });
    for del in &deler {
        tell_columns(del, &mut told);
    }
    let whole = !missing_columns(&deler, &mut told);
    let kring = varden::Kring { ordlista, idag, ar: idag.year(), epoch_1904: book.epoch_1904, delar: false };
    let mut posts = Vec::new();
    for (nr, del) in deler.iter().enumerate() {
        posts.extend(rader::las(nr, del, kring, &mut told));
        let hidden = del.rader.iter().filter(|(_, row)| row.hidden).count();
        if hidden > 0 {
            let rows = if hidden == 1 { "En dold rad".to_owned() } else { format!("{hidden} dolda rader") };
            told.note("hidden rows", place(del, None, None), format!("{rows} läses som de andra."));
        }
    }
    let mut posts = samma::samla(posts, &deler, &mut told);
    avslut::fyll(&mut posts, &deler, &mut told);
    if let Some(del) = deler.first().filter(|_| posts.is_empty() && whole) {
        let hint = "Skriv inskrivningarna på raderna under rubrikerna, eller kontrollera att det är rätt fil.";
        told.warning("no rows", place(del, None, None), "Under rubrikerna står inga inskrivningar.", hint);
    }
    let som_last = som_last::som_last(&posts, &deler);
    let names: Vec<&str> = deler.iter().map(|del| del.namn.as_str()).collect();
    let mut bladen: Vec<(String, usize)> = deler.iter().map(|del| (del.namn.clone(), 0)).collect();
    for post in &posts {
        if let Some((_, rows)) = bladen.get_mut(post.del) {
            *rows += 1;
        }
    }
    let (findings, okanda) = told.finish();
    Last {
        blad: format::list(&names),
        bladen,
        kolumner: columns(&deler),
        rader: posts.into_iter().map(|post| post.rad).collect(),
        okanda,
        forekomster: ordlista::forekomster(ordlista, &deler),
        findings,
        som_last,
    }
}

fn tell_sheets(val: &blad::Val<'_>, told: &mut Berattare) {
    let quoted = |names: &[&str]| {
        let names: Vec<String> = names.iter().map(|name| format!("\"{}\"", clean(name))).collect();
        format::list(&names.iter().map(String::as_str).collect::<Vec<_>>())
    };
    if val.listor.is_empty() {
        let hint = "Skriv rubriker över kolumnerna, till exempel Nummer, Kön, Födelseår, Första dag och Sista dag.";
        told.error("no list", Place::default(), "I filen finns ingen lista med inskrivningar.", hint);
    }
    let read: Vec<&str> = val.listor.iter().map(|lista| lista.blad.name.as_str()).collect();
    if read.len() > 1 {
        told.note("sheets", Place::default(), format!("Inskrivningar läses från bladen {}.", quoted(&read)));
    }
    if !val.andra.is_empty() {
        let message = format!("Det finns listor som inte läses, eftersom rubrikerna är andra: {}.", quoted(&val.andra));
        let hint = "Är det inskrivningar, så ge dem samma rubriker som på det andra bladet.";
        told.warning("other lists", Place::default(), message, hint);
    }
    if !val.ovriga.is_empty() && !val.listor.is_empty() {
        told.note(
            "no lists",
            Place::default(),
            format!("Utan inskrivningar, och läses inte: {}.", quoted(&val.ovriga)),
        );
    }
    if !val.dolda.is_empty() {
        told.note("hidden sheets", Place::default(), format!("Dolda blad läses inte: {}.", quoted(&val.dolda)));
    }
}

fn tell_columns(del: &Del<'_>, told: &mut Berattare) {
    for kolumn in del.alla.iter().filter(|kolumn| kolumn.hur == Hur::Okand) {
        let message = format!("Kolumn {} med rubriken \"{}\" läses inte.", kolumn.bokstav, clean(&kolumn.rubrik));
        let hint = "Säg vilken uppgift det är, eller att den inte ska läsas.";
        told.warning("unknown column", place(del, None, Some(&kolumn.rubrik)), message, hint);
    }
    for letters in &del.utan_rubrik {
        let message = format!("Kolumn {letters} har ingen rubrik och läses inte.");
        told.warning("no heading", place(del, None, None), message, "Skriv en rubrik, om uppgifterna ska med.");
    }
    for (falt, rubrik, first) in &del.dubbla {
        let message = format!("Kolumnen är samma uppgift ({}) som kolumnen \"{}\".", falt.rubrik(), clean(first));
        let hint = "Ta bort den ena, eller säg att den inte ska läsas.";
        told.error("column twice", place(del, None, Some(rubrik)), message, hint);
    }
    if !del.dolda.is_empty() {
        let names: Vec<String> = del.dolda.iter().map(|name| format!("\"{}\"", clean(name))).collect();
        told.note("hidden columns", place(del, None, None), format!("Dolda kolumner läses: {}.", format::list(&names)));
    }
}

/// Sex and first day must be told, on one sheet at least: a sheet of exits names its inskrivningar by number. Whether
/// one is missing.
fn missing_columns(deler: &[Del<'_>], told: &mut Berattare) -> bool {
    let mut missing = false;
    for falt in [Falt::Kon, Falt::Inskriven] {
        if let Some(del) = deler.first().filter(|_| deler.iter().all(|del| del.rubrik(falt).is_none())) {
            let message = format!("Kolumnen {} saknas.", falt.rubrik());
            let unknown = okanda_rubriker(deler);
            let hint =
                format!("Lägg till den, eller säg vilken kolumn det är. Rubriken kan vara {}.{unknown}", falt.rubrik());
            told.error(falt.namn(), place(del, None, None), message, hint);
            missing = true;
        }
    }
    missing
}

/// Names the columns of which nobody knows what they are, as a sentence after another; empty when there are none.
fn okanda_rubriker(deler: &[Del<'_>]) -> String {
    let unknown = deler.iter().flat_map(|del| &del.alla).filter(|kolumn| kolumn.hur == Hur::Okand);
    let mut names: Vec<String> = unknown.map(|kolumn| format!("\"{}\"", clean(&kolumn.rubrik))).collect();
    names.dedup();
    let most = names.len().min(NAMED);
    match format::list(&names.iter().take(most).map(String::as_str).collect::<Vec<_>>()) {
        none if none.is_empty() => none,
        some if most < names.len() => format!(" Kolumner som inte är kända: {some}, med flera."),
        some => format!(" Kolumner som inte är kända: {some}."),
    }
}

/// The columns of the first sheet, and of the others those with headings of their own.
fn columns(deler: &[Del<'_>]) -> Vec<Kolumn> {
    let mut columns: Vec<Kolumn> = Vec::new();
    for del in deler {
        let known: HashSet<String> = columns.iter().map(|kolumn| kolumn.nyckel.clone()).collect();
        columns.extend(del.alla.iter().filter(|kolumn| !known.contains(&kolumn.nyckel)).cloned());
    }
    columns
}
