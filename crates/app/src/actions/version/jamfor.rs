//! Comparing a version with another, or with what is known now: the texts, and every figure that differs with the
//! facts behind it and what happened to them.

use super::{Oppen, frysning, namn};
use crate::Error;
use crate::actions::forbund::{Chosen, per_or_today};
use crate::actions::ord::Ord;
use crate::actions::skillnad::{self, Changed, ChangedFact, Raknad, Siffersida};
use samsyn_core::calc::{FactGroup, Rakning};
use samsyn_core::facts;
use samsyn_core::rapport::skillnad::{Faktum, Handelse, Sidan, Siffra, Skillnad, Textdel};
use samsyn_core::rapport::skrivet::{Plats, platser};
use samsyn_core::underlag::Underlag;
use samsyn_document::datum::moment;
use samsyn_document::{Datum, FigureId, Kvartal, Value};
use samsyn_store::history;
use samsyn_store::version::Version;
use std::collections::BTreeMap;
use std::sync::Arc;

impl Siffersida for frysning::Siffror {
    fn ordning(&self) -> Vec<FigureId> {
        self.siffror.iter().map(|figure| figure.id.clone()).collect()
    }

    fn varde(&self, id: &FigureId) -> Option<Value> {
        self.finn(id).map(|figure| figure.varde.clone())
    }

    fn namn(&self, id: &FigureId) -> String {
        self.finn(id).map_or_else(|| id.to_string(), |figure| figure.namn.clone())
    }

    fn personer(&self, id: &FigureId) -> bool {
        self.finn(id).is_some_and(|figure| figure.personer)
    }

    fn fakta(&self, id: &FigureId) -> Vec<FactGroup> {
        self.finn(id).map_or_else(Vec::new, |figure| self.fakta(figure))
    }
}

/// What a version is compared with.
#[derive(Clone, Debug)]
pub enum Med {
    /// Another version of the same report.
    Version(Box<Version>),
    /// What is known at the end of a day; then the texts are those of the version itself.
    Kant(Datum),
}

/// One side at hand.
struct Uppslag {
    sidan: Sidan,
    texter: Vec<Plats>,
    siffror: Siffrorna,
}

/// The figures of a side: to be counted, or as they were frozen.
enum Siffrorna {
    Raknas(Arc<Underlag>),
    Frysta(frysning::Siffror),
}

/// The differences between a version and what it is compared with.
pub async fn jamfor(chosen: &Chosen<'_>, version: &Version, med: &Med) -> Result<Skillnad, Error> {
    // The earlier version is the one before, whichever was asked about.
    let (earlier, later) = match med {
        Med::Version(other) if other.version < version.version => (other.as_ref(), version),
        Med::Version(other) => (version, other.as_ref()),
        Med::Kant(_) => (version, version),
    };
    let before = of_version(chosen, earlier).await?;
    let after = match med {
        Med::Version(_) => of_version(chosen, later).await?,
        Med::Kant(day) => {
            let underlag = chosen.underlag(*day).await?;
            let told = format!("det som är känt {day}");
            let sidan = Sidan { namn: told, per: *day };
            Uppslag { sidan, texter: before.texter.clone(), siffror: Siffrorna::Raknas(underlag) }
        }
    };
    let people = !chosen.withheld;
    let changed = {
        let (one, two) = (before.rakning(chosen, version), after.rakning(chosen, version));
        let (one, two) = (one.as_ref().map(Raknad::new), two.as_ref().map(Raknad::new));
        let sides = before.side(one.as_ref()).zip(after.side(two.as_ref()));
        sides.map_or_else(Vec::new, |(before, after)| skillnad::mellan(before, after, people))
    };
    let underlag = chosen.underlag(per_or_today(None)).await?;
    let ord = Ord::new(&underlag);
    let mut known = BTreeMap::new();
    let mut siffror = Vec::new();
    for figure in changed {
        siffror
            .push(with_history(chosen, figure, ((before.sidan.per, earlier.last_handelse), &ord), &mut known).await?);
    }
    let texter = texts(&before.texter, &after.texter);
    let rubrik = namn(version);
    Ok(Skillnad {
        rubrik,
        forbund: chosen.namn.clone(),
        fore: before.sidan.clone(),
        efter: after.sidan.clone(),
        texter,
        siffror,
    })
}

impl Uppslag {
    fn rakning<'u>(&'u self, chosen: &Chosen<'_>, version: &Version) -> Option<Rakning<'u>> {
        match &self.siffror {
            Siffrorna::Raknas(underlag) => Some(chosen.rakning(underlag, version.period)),
            Siffrorna::Frysta(_) => None,
        }
    }

    /// The figures of the side; those that are counted are given.
    fn side<'s>(&'s self, raknad: Option<&'s Raknad<'_, '_>>) -> Option<&'s dyn Siffersida> {
        match &self.siffror {
            Siffrorna::Frysta(frozen) => Some(frozen),
            Siffrorna::Raknas(_) => raknad.map(|raknad| raknad as &dyn Siffersida),
        }
    }
}

async fn of_version(chosen: &Chosen<'_>, version: &Version) -> Result<Uppslag, Error> {
    let told = format!("version {}", version.version);
    if version.lage.is_open() {
        let open = Oppen::read(chosen, version.clone()).await?;
        let document = open.grund.skrivet(&open.skrivna()).document;
        let sidan = Sidan { namn: told, per: open.per };
        let siffror = Siffrorna::Raknas(open.grund.underlag.clone());
        return Ok(Uppslag { sidan, texter: platser(&document), siffror });
    }
    let document = frysning::dokument(chosen, version).await?;
    let sidan = Sidan { namn: told, per: document.per };
    let siffror = Siffrorna::Frysta(frysning::siffror(chosen, version).await?);
    Ok(Uppslag { sidan, texter: platser(&document), siffror })
}

/// The texts that say something else, in the order of the later side; those that are gone come last. Live figures that
/// have another value are told as figures.
fn texts(before: &[Plats], after: &[Plats]) -> Vec<Textdel> {
    let find = |side: &[Plats], name: &str| side.iter().find(|place| place.namn == name).cloned();
    let gone = before.iter().filter(|place| find(after, &place.namn).is_none());
    let parts = after.iter().chain(gone).filter_map(|place| {
        let (old, new) = (find(before, &place.namn), find(after, &place.namn));
        let said = |side: &Option<Plats>| side.as_ref().map_or("", |place| place.text.as_str()).to_owned();
        let read = |side: Option<Plats>| side.map(|place| place.ord).unwrap_or_default();
        let differ = said(&old) != said(&new);
        differ.then(|| Textdel { rubrik: place.rubrik.clone(), fore: read(old), efter: read(new) })
    });
    parts.collect()
}

/// What the earlier side knew: up to the end of a day, and, when it was frozen, up to an event.
type Fore = (Datum, Option<i64>);

type Known = BTreeMap<(&'static str, String), Vec<history::Version>>;

/// A figure that differs, each of its facts with what happened to it.
async fn with_history(
    chosen: &Chosen<'_>,
    figure: Changed,
    (fore, ord): (Fore, &Ord<'_>),
    known: &mut Known,
) -> Result<Siffra, Error> {
    let mut fakta = Vec::new();
    for fact in figure.facts {
        let key = (fact.noun, fact.key.clone());
        if !known.contains_key(&key) {
            let versions = history::of_fact(chosen.db, &chosen.access, fact.noun, &fact.key).await?;
            known.insert(key.clone(), versions);
        }
        let versions = known.get(&key).map_or(&[][..], Vec::as_slice);
        fakta.push(told(fact, versions, fore, ord));
    }
    Ok(Siffra { id: figure.id, namn: figure.namn, fore: figure.before, efter: figure.after, fakta })
}

/// What happened to a fact, and the event that told of it.
fn told(fact: ChangedFact, versions: &[history::Version], (per, event): Fore, ord: &Ord<'_>) -> Faktum {
    let is_later = |version: &&history::Version| {
        version.known_ms >= per.ends_ms() || event.is_some_and(|event| version.event.nr > event)
    };
    let later: Vec<&history::Version> = versions.iter().filter(is_later).collect();
    let ended = versions.last().and_then(|last| last.ended_by.as_ref().filter(|_| last.ended_ms.is_some()));
    let newest = later.last().map(|version| &version.event);
    let (handelse, event) = match (&fact.before, &fact.after) {
        (None, _) => {
            let day = later.first().and_then(|version| own_day(fact.noun, &version.cells));
            let late = day.is_some_and(|day| day <= per);
            (if late { Handelse::Sen } else { Handelse::Ny }, later.first().map(|version| &version.event))
        }
        (Some(_), None) if is_cancelled(fact.noun, versions) => (Handelse::Makulerad, ended.or(newest)),
        (Some(_), None) => (Handelse::Borta, newest),
        (Some(_), Some(_)) => (Handelse::Rattad, newest),
    };
    let vem = event.map(|event| {
        let why = if event.varfor.is_empty() { String::new() } else { format!(": {}", event.varfor) };
        format!("{}, {}{why}", moment(event.registrerad_ms), event.vem)
    });
    let namn = ord.uppgift(fact.noun, &fact.key);
    Faktum { slag: fact.noun, nyckel: fact.key, namn, fore: fact.before, efter: fact.after, handelse, vem }
}

/// A field of a fact as it stands in a file; `None` when it is empty.
fn field<'c>(noun: &str, cells: &'c [String], name: &str) -> Option<&'c str> {
    let (_, fields) = facts::resource(noun)?;
    let at = fields.iter().position(|field| *field == name)?;
    cells.get(at).map(String::as_str).filter(|text| !text.is_empty())
}

/// Whether the fact has ended without another in its place, or says itself that it is cancelled.
fn is_cancelled(noun: &str, versions: &[history::Version]) -> bool {
    let last = versions.last();
    last.is_some_and(|last| last.ended_ms.is_some() || field(noun, &last.cells, "makulerad").is_some())
}

/// The day that a fact is about: the last one of its days and quarters that is not about registering it.
fn own_day(noun: &str, cells: &[String]) -> Option<Datum> {
    let day = |name: &str| field(noun, cells, name)?.parse::<Datum>().ok();
    let quarter = |name: &str| Some(field(noun, cells, name)?.parse::<Kvartal>().ok()?.last());
    ["utskriven", "inskriven", "beslutad", "inlamnad", "datum"].into_iter().find_map(day).or_else(|| quarter("kvartal"))
}

/// The differences as a document, to read or to print as an appendix.
pub fn bilaga(skillnad: &Skillnad) -> samsyn_document::Document {
    samsyn_core::rapport::skillnad::bilaga(skillnad, per_or_today(None))
}

/// The name of the file of such an appendix, without its ending.
pub fn filnamn(version: &Version) -> String {
    format!("skillnad-{}-{}-version-{}", version.slag.kod(), version.period, version.version)
}
