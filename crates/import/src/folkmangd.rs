//! SCB's table *Folkmängd 1 november* (FolkmangdNov in Statistikdatabasen) in the forms that people save it: JSON-stat 2,
//! CSV and spreadsheets. What of it is about the förbund's kommuner becomes rows of `folkmangd`. Knows no network: the
//! question to ask SCB is here, the asking is not.

mod delning;
mod jsonstat;
mod medlemmar;
mod rubrik;
mod samla;
mod tabell;
mod varde;

use crate::grid::{self, Limits, Refused};
use medlemmar::Medlemmar;
use samsyn_core::folkmangd::Folkmangd;
use samsyn_core::personnummer::contains_personnummer;
use samsyn_core::{Finding, Place};
use samsyn_document::Datum;
use std::collections::HashSet;

/// What to do with a file that is no such table.
const SPARA: &str = "Hämta tabellen Folkmängd 1 november (FolkmangdNov) i SCB:s statistikdatabas, välj kommuner och år men \
                     varken ålder eller kön, och spara den som JSON-stat 2, CSV eller Excel.";

/// What a file says of the förbund's kommuner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Last {
    /// Their population, in order of day and then of the kommuner as they were given. Never empty.
    pub rader: Vec<Folkmangd>,
    /// The kommuner that the file has no row for.
    pub utan: Vec<String>,
    /// How many regions were passed over because they are none of the kommuner.
    pub passerade: usize,
}

/// Reads a table. What form it has, its bytes tell; `name` is only for messages. `kommuner` are the förbund's members
/// that are kommuner, by the names they have in the förbund; the rows bear those names.
///
/// Of `limits`, the size of a file is kept to in every form. Errors: everything that keeps the table from being read,
/// with place and remedy.
pub fn read(name: &str, bytes: &[u8], kommuner: &[&str], limits: &Limits) -> Result<Last, Vec<Finding>> {
    let fil = Fil(if contains_personnummer(name) { "filen" } else { name });
    let medlemmar = Medlemmar::new(kommuner);
    let uppgifter = if jsonstat::is_json(bytes) {
        jsonstat::read(fil, bytes, &medlemmar, limits)?
    } else if [&b"CHARSET="[..], b"AXIS-VERSION="].iter().any(|head| bytes.starts_with(head)) {
        return Err(vec![fil.error("Filen är en PX-fil, som inte läses.", SPARA)]);
    } else {
        let book = grid::read(name, bytes, limits).map_err(refused)?;
        tabell::read(fil, &book, &medlemmar)?
    };
    samla::rader(fil, uppgifter, kommuner)
}

/// The body of a question to SCB for all regions in a year, to be sent by POST to the table `FolkmangdNov` in
/// `https://api.scb.se/OV0104/v1/doris/sv/ssd/START/BE/BE0101/BE0101A/`. The answer is read by [`read`]. Men and women
/// are asked for, since the table has no total of them, and summed when read: 624 numbers, of 150 000 allowed.
///
/// Source of the form: SCB, *PxWeb API description* (version 1), section *Table retrieval query*; the codes are those of
/// the table's own metadata.
pub fn fraga(ar: u16) -> String {
    let chosen = |code: &str, filter: &str, values: &[&str]| serde_json::json!({ "code": code, "selection": { "filter": filter, "values": values } });
    let query = [
        chosen("Region", "all", &["*"]),
        chosen("Alder", "item", &["tot"]),
        chosen("Kon", "item", &["1", "2"]),
        chosen("ContentsCode", "item", &["BE0101A9"]),
        chosen("Tid", "item", &[&ar.to_string()]),
    ];
    serde_json::json!({ "query": query, "response": { "format": "json-stat2" } }).to_string()
}

/// The file, by the name that messages may show.
#[derive(Clone, Copy)]
struct Fil<'f>(&'f str);

impl Fil<'_> {
    fn place(self) -> Place {
        Place { file: Some(self.0.to_owned()), ..Place::default() }
    }

    /// An error about the whole file.
    fn error(self, message: impl Into<String>, hint: impl Into<String>) -> Finding {
        Finding::error(self.place(), message, hint)
    }

    /// A table of the population at the end of the year has the same form as one of 1 November, and other numbers.
    fn other_day(self, told: bool) -> Result<(), Vec<Finding>> {
        if told {
            Err(vec![self.error("Tabellen visar folkmängden den 31 december, inte den 1 november.", SPARA)])
        } else {
            Ok(())
        }
    }
}

/// What a file says of the members, before it is known to hold together.
struct Uppgifter {
    /// How many parts a population is given in: 1, or 2 when it is given for men and women.
    delar: usize,
    /// The numbers.
    alla: Vec<Uppgift>,
    /// The other regions.
    andra: Andra,
}

/// A number of people, or of men or women.
struct Uppgift {
    /// The member, by its place among the kommuner.
    medlem: usize,
    datum: Datum,
    /// Which part it is, from 0.
    del: usize,
    /// The number, or what stands in its place.
    antal: Result<u32, String>,
    place: Place,
}

/// Regions that are no members: all their names, and the first few in the order of the file.
#[derive(Default)]
struct Andra {
    alla: HashSet<String>,
    forsta: Vec<String>,
}

impl Andra {
    const NAMED: usize = 5;

    fn add(&mut self, region: &str) {
        if self.alla.insert(region.to_owned()) && self.forsta.len() < Andra::NAMED {
            self.forsta.push(region.to_owned());
        }
    }
}

/// What a refused spreadsheet means here, where no deltagare are expected.
fn refused(refused: Refused) -> Vec<Finding> {
    let hint = "Ta bort det, till exempel namnet på SCB:s kontaktperson, och läs in filen igen. Ingenting av filen har sparats.";
    let told = |finding: Finding| if refused.personal { Finding { hint: hint.to_owned(), ..finding } } else { finding };
    refused.findings.into_iter().map(told).collect()
}
