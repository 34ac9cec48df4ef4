//! A file with a whole table.

use super::rad::Rad;
use super::{Tabell, av};
use crate::Error;
use samsyn_core::Facts;
use samsyn_core::kostnadsstalle::Kostnadsstalle;
use samsyn_core::personnummer::contains_personnummer;
use samsyn_core::projektkoppling::Projektkoppling;
use samsyn_core::rapportstruktur::Rapportstruktur;
use samsyn_core::schablon::Schablon;
use samsyn_import::faktatabell::{self, Vanor};
use samsyn_import::grid::Limits;

/// What a file says of one table.
#[derive(Clone, Debug)]
pub struct Last {
    /// The file's name.
    pub namn: String,
    /// The table.
    pub tabell: Tabell,
    /// Its rows.
    pub rader: Facts,
    /// The years from which they apply.
    pub fran: Vec<u16>,
}

/// A file, and the year from which its rows apply where it has no such column.
struct Fil<'a> {
    namn: &'a str,
    bytes: &'a [u8],
    fran: Option<&'a str>,
}

impl Fil<'_> {
    fn with<T>(&self, fran: Option<&str>, make: impl Fn(Vanor<'_>) -> T) -> T {
        let year = fran.map(|year| ("galler_fran", year));
        make(Vanor { rubriker: &[("not", "not_nr")], annars: year.as_slice() })
    }

    /// Whether the headings are those of a table, when the rows apply from a year.
    fn has_headings<F: Rad>(&self, fran: Option<&str>) -> bool {
        self.with(fran, |vanor| faktatabell::liknar::<F>(self.namn, self.bytes, &Limits::default(), vanor))
    }
}

/// Whether a file is of a table, with years or without: that they are missing is told apart.
fn is_of<F: Rad>(fil: &Fil<'_>) -> bool {
    fil.has_headings::<F>(Some("2000"))
}

fn read<F: Rad>(fil: &Fil<'_>) -> Result<Last, Error> {
    if !fil.has_headings::<F>(fil.fran) {
        return Err(Error::Usage(format!(
            "{} säger inte från vilket år raderna gäller. Ange året, eller lägg till kolumnen galler_fran.",
            fil.namn
        )));
    }
    let rows: Vec<F> = fil
        .with(fil.fran, |vanor| faktatabell::read(fil.namn, fil.bytes, &Limits::default(), vanor))
        .map_err(Error::Findings)?;
    let mut fran: Vec<u16> = rows.iter().map(F::fran).collect();
    fran.sort_unstable();
    fran.dedup();
    let mut rader = Facts::default();
    F::lagg(&mut rader, rows);
    Ok(Last { namn: fil.namn.to_owned(), tabell: F::TABELL, rader, fran })
}

/// Reads a file of any of the tables. `fran` is the year from which its rows apply, where it has no such column.
pub fn las(namn: &str, bytes: &[u8], fran: Option<u16>) -> Result<Last, Error> {
    let year = fran.map(|year| year.to_string());
    let namn = if contains_personnummer(namn) { "filen" } else { namn };
    let fil = Fil { namn, bytes, fran: year.as_deref() };
    match Tabell::ALLA.into_iter().find(|tabell| av!(*tabell, is_of(&fil))) {
        Some(tabell) => av!(tabell, read(&fil)),
        None => Err(Error::Usage(format!(
            "{namn} har inte de rubriker som behövs. Första raden ska vara konto_fran;konto_till;rad;not;notrad för konton, \
             sie_projekt;insats_id_eller_post för projekt, sie_kostnadsstalle;rad för kostnadsställen eller \
             ar;kommun;forsorjning;belopp_kr;kalla för schabloner."
        ))),
    }
}
