//! What accounts, projects and cost centres are in the reports: tables that people keep, by the year from which they apply.

use crate::actions::forbund::Chosen;
use crate::{Error, clock};
use samsyn_core::kostnadsstalle::Kostnadsstalle;
use samsyn_core::personnummer::contains_personnummer;
use samsyn_core::projektkoppling::Projektkoppling;
use samsyn_core::rapportstruktur::Rapportstruktur;
use samsyn_core::schablon::Schablon;
use samsyn_core::{Fact, Facts};
use samsyn_import::faktatabell::{self, Vanor};
use samsyn_import::grid::Limits;
use samsyn_store::{Signature, change, facts};

/// The kind of event.
pub const SLAG: &str = "koppling";

/// A table that people keep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tabell {
    /// Accounts and lines.
    Rapportstruktur,
    /// Projects.
    Projekt,
    /// Cost centres.
    Kostnadsstallen,
    /// What public support is reckoned to cost.
    Schabloner,
}

impl Tabell {
    /// Every table.
    pub const ALLA: [Tabell; 4] =
        [Tabell::Rapportstruktur, Tabell::Projekt, Tabell::Kostnadsstallen, Tabell::Schabloner];

    /// Its noun's file.
    pub const fn kod(self) -> &'static str {
        match self {
            Tabell::Rapportstruktur => Rapportstruktur::RESOURCE,
            Tabell::Projekt => Projektkoppling::RESOURCE,
            Tabell::Kostnadsstallen => Kostnadsstalle::RESOURCE,
            Tabell::Schabloner => Schablon::RESOURCE,
        }
    }

    /// Its words.
    pub const fn text(self) -> &'static str {
        match self {
            Tabell::Rapportstruktur => "Konton",
            Tabell::Projekt => "Projekt",
            Tabell::Kostnadsstallen => "Kostnadsställen",
            Tabell::Schabloner => "Schabloner",
        }
    }

    /// The table of this noun.
    pub fn of_kod(kod: &str) -> Option<Tabell> {
        Tabell::ALLA.into_iter().find(|tabell| tabell.kod() == kod)
    }
}

/// What a file says of one table.
#[derive(Clone, Debug)]
pub struct Last {
    /// The table.
    pub tabell: Tabell,
    /// Its rows.
    pub rader: Facts,
    /// The years from which they apply.
    pub fran: Vec<u16>,
}

/// Reads a file of any of the tables. `fran` is the year from which its rows apply, where it has no such column.
pub fn las(namn: &str, bytes: &[u8], fran: Option<u16>) -> Result<Last, Error> {
    let limits = Limits::default();
    let year = fran.map(|year| year.to_string()).unwrap_or_default();
    let annars: &[(&str, &str)] = if fran.is_some() { &[("galler_fran", &year)] } else { &[] };
    let vanor = Vanor { rubriker: &[("not", "not_nr")], annars };
    // Whether the headings are those of a table is asked with a year, so that a missing one is told as such.
    let anyhow = Vanor { annars: &[("galler_fran", "2000")], ..vanor };
    let facts = Facts::default();
    let tabell = match () {
        () if faktatabell::liknar::<Rapportstruktur>(namn, bytes, &limits, anyhow) => Tabell::Rapportstruktur,
        () if faktatabell::liknar::<Projektkoppling>(namn, bytes, &limits, anyhow) => Tabell::Projekt,
        () if faktatabell::liknar::<Kostnadsstalle>(namn, bytes, &limits, anyhow) => Tabell::Kostnadsstallen,
        () if faktatabell::liknar::<Schablon>(namn, bytes, &limits, anyhow) => Tabell::Schabloner,
        () => {
            return Err(Error::Usage(format!(
                "{namn} har inte de rubriker som behövs. Första raden ska vara konto_fran;konto_till;rad;not;notrad för \
                 konton, sie_projekt;insats_id_eller_post för projekt, sie_kostnadsstalle;rad för kostnadsställen eller \
                 ar;kommun;forsorjning;belopp_kr;kalla för schabloner."
            )));
        }
    };
    let without_year = fran.is_none() && tabell != Tabell::Schabloner && {
        match tabell {
            Tabell::Rapportstruktur => !faktatabell::liknar::<Rapportstruktur>(namn, bytes, &limits, vanor),
            Tabell::Projekt => !faktatabell::liknar::<Projektkoppling>(namn, bytes, &limits, vanor),
            _ => !faktatabell::liknar::<Kostnadsstalle>(namn, bytes, &limits, vanor),
        }
    };
    if without_year {
        return Err(Error::Usage(format!(
            "{namn} säger inte från vilket år raderna gäller. Ange året, eller lägg till kolumnen galler_fran."
        )));
    }
    let rader = match tabell {
        Tabell::Rapportstruktur => {
            Facts { rapportstruktur: faktatabell::read(namn, bytes, &limits, vanor).map_err(Error::Findings)?, ..facts }
        }
        Tabell::Projekt => Facts {
            projektkopplingar: faktatabell::read(namn, bytes, &limits, vanor).map_err(Error::Findings)?,
            ..facts
        },
        Tabell::Kostnadsstallen => {
            Facts { kostnadsstallen: faktatabell::read(namn, bytes, &limits, vanor).map_err(Error::Findings)?, ..facts }
        }
        Tabell::Schabloner => {
            Facts { schabloner: faktatabell::read(namn, bytes, &limits, vanor).map_err(Error::Findings)?, ..facts }
        }
    };
    let mut fran: Vec<u16> = (rader.rapportstruktur.iter().map(|row| row.galler_fran))
        .chain(rader.projektkopplingar.iter().map(|row| row.galler_fran))
        .chain(rader.kostnadsstallen.iter().map(|row| row.galler_fran))
        .chain(rader.schabloner.iter().map(|row| row.ar))
        .collect();
    fran.sort_unstable();
    fran.dedup();
    Ok(Last { tabell, rader, fran })
}

/// Stores a table: the rows of the years that it tells replace those that are held. How many rows are new or changed, and
/// how many ended.
pub async fn spara(chosen: &Chosen<'_>, last: &Last, (who, why): (&str, &str)) -> Result<(usize, usize), Error> {
    if contains_personnummer(why) {
        return Err(Error::Usage("Skälet innehåller ett personnummer. Ta bort det; inget har sparats.".to_owned()));
    }
    let stored = facts::current(chosen.db, &chosen.access).await?;
    let ended: Vec<(&str, String)> = match last.tabell {
        Tabell::Rapportstruktur => gone(&stored.rapportstruktur, &last.rader.rapportstruktur, |row| row.galler_fran),
        Tabell::Projekt => gone(&stored.projektkopplingar, &last.rader.projektkopplingar, |row| row.galler_fran),
        Tabell::Kostnadsstallen => gone(&stored.kostnadsstallen, &last.rader.kostnadsstallen, |row| row.galler_fran),
        Tabell::Schabloner => gone(&stored.schabloner, &last.rader.schabloner, |row| row.ar),
    };
    let why = format!("{}: {why}", last.tabell.text());
    let signature = Signature { who, why: &why, now_ms: clock::now_ms() };
    let done = change::change_and_end(chosen.db, &chosen.access, &last.rader, &ended, signature, SLAG).await?;
    Ok((done.per_noun.iter().map(|(_, new, changed)| new + changed).sum(), ended.len()))
}

/// Rows that are held of the same years and are not there any more.
fn gone<F: Fact>(stored: &[F], new: &[F], year: impl Fn(&F) -> u16) -> Vec<(&'static str, String)> {
    let same_year = |row: &&F| new.iter().any(|other| year(other) == year(row));
    let left = |row: &&F| new.iter().any(|other| other.key() == row.key());
    stored.iter().filter(same_year).filter(|row| !left(row)).map(|row| (F::RESOURCE, row.key())).collect()
}
