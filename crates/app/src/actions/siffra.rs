//! One figure: its rule in words, its base, and every fact behind it. Single inskrivningar are for those who may see
//! them.

use crate::Error;
use crate::actions::forbund::Chosen;
use crate::actions::ord::Ord;
use samsyn_core::Fact;
use samsyn_core::calc::{self, FactGroup};
use samsyn_core::deltagande::Deltagande;
use samsyn_core::kontosaldo::Kontosaldo;
use samsyn_core::objektsaldo::Objektsaldo;
use samsyn_document::{Datum, FigureId, Halvar, Value, format};

/// A figure with what it rests on.
#[derive(Debug)]
pub struct Explained {
    /// Its name.
    pub id: FigureId,
    /// Its name in words.
    pub namn: String,
    /// Its value.
    pub value: Value,
    /// Its rule in words.
    pub rule: String,
    /// The facts behind it, by their part in it; for a share what is divided, then the base.
    pub groups: Vec<FactGroup>,
}

/// Whether a figure is of the förbund's own economy, which is of no half-year.
pub fn is_economy(id: &FigureId) -> bool {
    calc::namn::is_economy(&id.tabell) || calc::tabeller::bokforing::is_of(id)
}

/// The noun whose facts are single inskrivningar.
const INSKRIVNINGAR: &str = Deltagande::RESOURCE;

/// Whether a fact of this noun may be shown to one who may see inskrivningar, or not.
pub fn visas(noun: &str, sees: bool) -> bool {
    sees || noun != INSKRIVNINGAR
}

/// An account behind a figure, whose vouchers can be shown.
#[derive(Debug, PartialEq, Eq)]
pub struct Konto {
    /// What it says.
    pub text: String,
    /// The closing.
    pub till: String,
    /// Its number.
    pub konto: String,
    /// The dimension and number of the cost centre or project whose part of it is meant.
    pub objekt: Option<(String, String)>,
}

/// The accounts behind a figure, each once.
pub fn konton(groups: &[FactGroup]) -> Vec<Konto> {
    let mut all: Vec<Konto> = Vec::new();
    for fact in groups.iter().flat_map(|group| &group.facts) {
        let parts: Vec<&str> = fact.key.split('/').collect();
        let (till, konto, objekt) = match (fact.noun, parts.as_slice()) {
            (Kontosaldo::RESOURCE, [till, konto]) => (till, konto, None),
            (Objektsaldo::RESOURCE, [till, dimension, objekt, konto]) => {
                (till, konto, Some(((*dimension).to_owned(), (*objekt).to_owned())))
            }
            _ => continue,
        };
        let konto = Konto { text: fact.text.clone(), till: (*till).to_owned(), konto: (*konto).to_owned(), objekt };
        if !all.contains(&konto) {
            all.push(konto);
        }
    }
    all
}

/// Facts that have the same part in a figure.
#[derive(Debug)]
pub struct Grupp {
    /// Their part.
    pub rubrik: String,
    /// What they amount to, with its unit.
    pub varde: String,
    /// Each fact's name in words, and what it says.
    pub fakta: Vec<(String, String)>,
    /// Whether they are inskrivningar that the reader may not see one by one.
    pub dolda: bool,
    /// How many more there were that have been removed, and when.
    pub gallrade: Vec<String>,
}

impl Grupp {
    /// Tells of facts that have been removed: each day, and how many. They were inskrivningar.
    pub fn med_gallrade(&mut self, removed: &[(Datum, usize)], sees: bool) {
        self.dolda |= !removed.is_empty() && !sees;
        if !self.dolda {
            let told = |(day, count): &(Datum, usize)| {
                let (what, gone) = if *count == 1 { ("inskrivning", "gallrad") } else { ("inskrivningar", "gallrade") };
                format!("{count} {what} {gone} {day}")
            };
            self.gallrade = removed.iter().map(told).collect();
        }
    }
}

/// The facts behind a figure; and whether any of those shown is an inskrivning, which is to be logged.
pub fn grupper(groups: Vec<FactGroup>, ord: &Ord<'_>, sees: bool) -> (Vec<Grupp>, bool) {
    let mut read = false;
    let shown = groups.into_iter().map(|group| {
        // A group without any fact tells what it would hold by its heading only.
        let people =
            group.facts.iter().any(|fact| fact.noun == INSKRIVNINGAR) || group.heading.ends_with("nskrivningar");
        let dolda = people && !sees;
        read |= people && sees && !group.facts.is_empty();
        let facts = group.facts.into_iter().filter(|_| !dolda);
        Grupp {
            rubrik: group.heading,
            varde: format::in_text(&group.value),
            fakta: facts.map(|fact| (ord.uppgift(fact.noun, &fact.key), fact.text)).collect(),
            dolda,
            gallrade: Vec::new(),
        }
    });
    let shown = shown.collect();
    (shown, read)
}

/// Explains a figure.
pub async fn siffra(chosen: &Chosen<'_>, period: Halvar, per: Datum, id: &FigureId) -> Result<Explained, Error> {
    let underlag = chosen.underlag(per).await?;
    // A forecast is of the year in its name, whatever half-year is looked at.
    let period = calc::tabeller::ekonomi::tabellens_ar(&id.tabell).unwrap_or(period);
    let rakning = chosen.rakning(&underlag, period);
    let Some(figure) = calc::siffra(&rakning, id) else {
        let figures = calc::siffror(&rakning);
        return Err(Error::Usage(unknown(id, figures.iter().map(|figure| &figure.id))));
    };
    let (rule, groups) = (figure.source.rule(&rakning), figure.source.facts(&rakning));
    let namn = calc::namn::namn(&underlag, &figure.id);
    Ok(Explained { id: figure.id, namn, value: figure.value, rule, groups })
}

/// What there is instead, at the first part of the name that does not fit.
fn unknown<'f>(id: &FigureId, all: impl Iterator<Item = &'f FigureId> + Clone) -> String {
    let mut parts: Vec<&str> = Vec::new();
    let in_table = all.clone().filter(|other| other.tabell == id.tabell);
    let in_row = in_table.clone().filter(|other| other.rad == id.rad);
    let what = if in_table.clone().next().is_none() {
        parts.extend(all.map(|other| other.tabell.as_str()));
        "Tabellen finns inte. Tabeller"
    } else if in_row.clone().next().is_none() {
        parts.extend(in_table.map(|other| other.rad.as_str()));
        "Raden finns inte i tabellen. Rader"
    } else {
        parts.extend(in_row.map(|other| other.kolumn.as_str()));
        "Kolumnen finns inte på raden. Kolumner"
    };
    let mut seen = std::collections::HashSet::new();
    parts.retain(|part| seen.insert(*part));
    format!("Det finns ingen siffra {id}. {what}: {}.", parts.join(", "))
}
