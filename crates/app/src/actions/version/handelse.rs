//! What happened to a fact between the two sides of a comparison: told of the fact itself, however many figures it
//! moved.

use crate::actions::ord::{self, Ord};
use crate::actions::skillnad::ChangedFact;
use samsyn_core::facts;
use samsyn_core::rapport::skillnad::{Faktum, Handelse};
use samsyn_document::datum::moment;
use samsyn_document::{Datum, Kvartal};
use samsyn_store::handelse::Handelse as Skedd;
use samsyn_store::history::Version;

/// What a side of a comparison knew.
#[derive(Clone, Copy, Debug)]
pub struct Kunskap {
    /// Its kännedomsdatum.
    pub per: Datum,
    /// When it was frozen, the förbund's latest event then.
    pub handelse: Option<i64>,
}

impl Kunskap {
    fn reaches(self, at_ms: i64, event: Option<i64>) -> bool {
        at_ms <= self.per.ends_ms() && self.handelse.is_none_or(|last| event.is_none_or(|event| event <= last))
    }

    /// Whether it knew a version of a fact, also one that another had taken over from.
    fn knew(self, version: &Version) -> bool {
        self.reaches(version.known_ms, Some(version.event.nr))
    }

    /// What it knew of a fact.
    fn of(self, versions: &[Version]) -> Option<&Version> {
        let ended = |version: &Version| {
            let event = version.ended_by.as_ref().map(|event| event.nr);
            version.ended_ms.is_some_and(|ended| self.reaches(ended, event))
        };
        versions.iter().rev().find(|version| self.knew(version) && !ended(version))
    }
}

/// What happened to a fact.
#[derive(Debug)]
pub struct Hant {
    namn: String,
    handelse: Handelse,
    vem: Option<String>,
    /// What it said before and says now, when that is told by what was changed in it.
    sagt: Option<(String, String)>,
}

impl Hant {
    /// Finds out what happened to a fact, by its versions and by what it says in all the figures that it moved.
    pub fn of(told: &[ChangedFact], versions: &[Version], (fore, efter): (Kunskap, Kunskap), ord: &Ord<'_>) -> Hant {
        let (noun, key) = told.first().map_or(("", ""), |fact| (fact.noun, fact.key.as_str()));
        let was = told.iter().find_map(|fact| fact.before.as_deref());
        let is = told.iter().find_map(|fact| fact.after.as_deref());
        let old = fore.of(versions);
        let new = efter.of(versions).filter(|version| field(noun, &version.cells, "makulerad").is_none());
        let later = versions.iter().filter(|version| !fore.knew(version) && efter.knew(version));
        let newest = later.clone().next_back().map(|version| &*version.event);
        let (handelse, event, sagt) = match (old, new) {
            (None, Some(_)) if was.is_none() => {
                let first = later.clone().next();
                let late = first.and_then(|version| own_day(noun, &version.cells)).is_some_and(|day| day <= fore.per);
                (if late { Handelse::Sen } else { Handelse::Ny }, first.map(|version| &*version.event), None)
            }
            (Some(old), None) => (Handelse::Makulerad, newest.or(old.ended_by.as_deref()), None),
            (Some(old), Some(new)) if old.cells != new.cells => {
                let (added, said) = changed(noun, old, new, ord);
                (if added { Handelse::Kompletterad } else { Handelse::Rattad }, Some(&*new.event), Some(said))
            }
            _ => match (was, is) {
                (Some(_), None) => (Handelse::Borta, newest, None),
                (None, _) if old.is_none() => (Handelse::Ny, newest, None),
                // It stands as it stood: something that it hangs together with, such as an answer, has changed.
                (Some(was), Some(is)) => {
                    let kind = if old.is_some() { Handelse::Annorlunda } else { Handelse::Rattad };
                    (kind, newest, Some((was.to_owned(), is.to_owned())))
                }
                _ => (Handelse::Annorlunda, newest, None),
            },
        };
        Hant { namn: ord.uppgift(noun, key), handelse, vem: event.map(vem), sagt }
    }

    /// The fact as one figure tells of it.
    pub fn faktum(&self, fact: ChangedFact) -> Faktum {
        let (fore, efter) = match &self.sagt {
            Some((fore, efter)) => (Some(fore.clone()), Some(efter.clone())),
            None => (fact.before, fact.after),
        };
        let (namn, vem) = (self.namn.clone(), self.vem.clone());
        Faktum { slag: fact.noun, nyckel: fact.key, namn, fore, efter, handelse: self.handelse, vem }
    }
}

fn vem(event: &Skedd) -> String {
    let why = if event.varfor.is_empty() { String::new() } else { format!(": {}", event.varfor) };
    format!("{}, {}{why}", moment(event.registrerad_ms), event.vem)
}

/// What a fact said and says in the fields that were changed, and whether nothing stood in any of them before.
fn changed(noun: &str, old: &Version, new: &Version, words: &Ord<'_>) -> (bool, (String, String)) {
    let fields = facts::resource(noun).map_or(&[][..], |(_, fields)| fields);
    let changed: Vec<(&str, &str, &str)> = ord::andrade(fields, &old.cells, &new.cells).collect();
    let said = |field: &str, text: &str| match text {
        "" => format!("{} saknas", words.faltnamn(field)),
        text => words.falt(field, text),
    };
    let side = |of: &dyn Fn(&(&str, &str, &str)) -> String| changed.iter().map(of).collect::<Vec<_>>().join(", ");
    let told = (side(&|(field, old, _)| said(field, old)), side(&|(field, _, new)| said(field, new)));
    (changed.iter().all(|(_, old, _)| old.is_empty()), told)
}

/// A field of a fact as it stands in a file; `None` when it is empty.
fn field<'c>(noun: &str, cells: &'c [String], name: &str) -> Option<&'c str> {
    let (_, fields) = facts::resource(noun)?;
    let at = fields.iter().position(|field| *field == name)?;
    cells.get(at).map(String::as_str).filter(|text| !text.is_empty())
}

/// The day that a fact is about: the last one of its days and quarters that is not about registering it.
fn own_day(noun: &str, cells: &[String]) -> Option<Datum> {
    let day = |name: &str| field(noun, cells, name)?.parse::<Datum>().ok();
    let quarter = |name: &str| Some(field(noun, cells, name)?.parse::<Kvartal>().ok()?.last());
    ["utskriven", "inskriven", "beslutad", "inlamnad", "datum"].into_iter().find_map(day).or_else(|| quarter("kvartal"))
}
