//! Population, the base of the member fees: taking in SCB's table from a file, or from SCB itself.

pub mod hamta;

use crate::actions::forbund::Chosen;
use crate::actions::inloggning::blocking;
use crate::{Error, clock};
use samsyn_core::Facts;
use samsyn_core::folkmangd::Folkmangd;
use samsyn_core::medlem::{Medlem, MedlemTyp};
use samsyn_core::personnummer::contains_personnummer;
use samsyn_document::{Datum, format};
use samsyn_import::folkmangd;
use samsyn_import::grid::Limits;
use samsyn_store::{Signature, change, facts};

/// The kind of event.
pub const SLAG: &str = "folkmängd";

/// What the reason is when nobody gives one.
pub const SKAL: &str = "inläsning av folkmängd från SCB";

/// What came of taking in a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inlast {
    /// What is new or changed, by day and in the order of the kommuner.
    pub andringar: Vec<Andring>,
    /// How many of the table's numbers were known already.
    pub lika: usize,
    /// The kommuner that the table has no row for.
    pub utan: Vec<String>,
}

/// A population that is new or changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Andring {
    /// The kommun.
    pub kommun: String,
    /// The day.
    pub datum: Datum,
    /// What was known before, if anything.
    pub fore: Option<u32>,
    /// What is known now.
    pub antal: u32,
}

impl Andring {
    /// In words: `Heby 2021-11-01: 14 313 (förut 14 331)`.
    pub fn i_ord(&self) -> String {
        let before = self.fore.map_or_else(|| "ny".to_owned(), |before| format!("förut {}", antal(before)));
        format!("{} {}: {} ({before})", self.kommun, self.datum, antal(self.antal))
    }
}

impl Inlast {
    /// What is to be done about the kommuner that the table does not tell of; nothing when it has them all.
    pub fn varning(&self) -> Option<String> {
        (!self.utan.is_empty()).then(|| {
            let names = format::list(&self.utan);
            format!("Tabellen har ingen rad för {names}. Spara den på nytt med alla förbundets kommuner.")
        })
    }
}

/// A number of people as it is read.
pub fn antal(people: u32) -> String {
    format::number(i64::from(people))
}

/// The members that are kommuner, in their order.
pub fn kommuner(medlemmar: &[Medlem]) -> Vec<&str> {
    medlemmar.iter().filter(|medlem| medlem.typ == MedlemTyp::Kommun).map(|medlem| medlem.medlem.as_str()).collect()
}

/// Reads SCB's table and stores what it says of the förbund's kommuner as one event. Nothing is stored when anything in
/// it cannot be read.
pub async fn las(
    chosen: &Chosen<'_>,
    (name, bytes): (String, Vec<u8>),
    limits: Limits,
    signature: (&str, &str),
) -> Result<Inlast, Error> {
    let stored = med_kommuner(chosen).await?;
    let members = stored.medlemmar.clone();
    let read = move || folkmangd::read(&name, &bytes, &kommuner(&members), &limits).map_err(Error::Findings);
    spara(chosen, blocking(read).await?, &stored.folkmangd, signature).await
}

/// What is stored, for a förbund with kommuner.
async fn med_kommuner(chosen: &Chosen<'_>) -> Result<Facts, Error> {
    let stored = facts::current(chosen.db, &chosen.access).await?;
    if kommuner(&stored.medlemmar).is_empty() {
        return Err(Error::Usage(
            "Förbundet har ingen kommun bland medlemmarna. Läs in medlemmarna först, med resten av underlaget."
                .to_owned(),
        ));
    }
    Ok(stored)
}

/// Stores what a table says.
async fn spara(
    chosen: &Chosen<'_>,
    read: folkmangd::Last,
    before: &[Folkmangd],
    (who, why): (&str, &str),
) -> Result<Inlast, Error> {
    let why = why.trim();
    if why.is_empty() || contains_personnummer(why) {
        return Err(Error::Usage("Skriv ett skäl utan personnummer. Inget har sparats.".to_owned()));
    }
    let all = read.rader.len();
    let was = |row: &Folkmangd| before.iter().find(|old| old.kommun == row.kommun && old.datum == row.datum);
    let changed = read.rader.iter().filter(|row| was(row) != Some(row)).map(|row| Andring {
        kommun: row.kommun.clone(),
        datum: row.datum,
        fore: was(row).map(|old| old.antal),
        antal: row.antal,
    });
    let andringar: Vec<Andring> = changed.collect();
    let rows = Facts { folkmangd: read.rader, ..Facts::default() };
    let signature = Signature { who, why, now_ms: clock::now_ms() };
    change::change(chosen.db, &chosen.access, &rows, signature, SLAG).await?;
    Ok(Inlast { lika: all - andringar.len(), andringar, utan: read.utan })
}
