//! Comparing a version with another, or with what is known now: the texts, and every figure that differs with the
//! facts behind it and what happened to them.

use super::handelse::{Hant, Kunskap};
use super::platser::rubriker;
use super::{Grund, Oppen, diarienummer, frysning, namn};
use crate::Error;
use crate::actions::forbund::{Chosen, per_or_today};
use crate::actions::ord::Ord;
use crate::actions::rapport;
use crate::actions::skillnad::{self, Changed, ChangedFact, Raknad, Siffersida};
use samsyn_core::calc::{FactGroup, Rakning};
use samsyn_core::rapport::granska;
use samsyn_core::rapport::skillnad::{Sidan, Siffra, Skillnad, Textdel, siffernamn};
use samsyn_core::rapport::skrivet::{self, Plats, platser};
use samsyn_core::underlag::Underlag;
use samsyn_document::{Cell, Datum, Document, FigureId, Value, format};
use samsyn_store::history;
use samsyn_store::version::Version;
use std::collections::{BTreeMap, HashMap, HashSet};
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
    handelse: Option<i64>,
    dokument: Document,
    siffror: Siffrorna,
}

/// The figures of a side: to be counted, or as they were frozen.
enum Siffrorna {
    Raknas(Arc<Underlag>),
    Frysta(frysning::Siffror),
}

/// The differences between a version and what it is compared with, in the figures that the report shows.
pub async fn jamfor(chosen: &Chosen<'_>, version: &Version, med: &Med) -> Result<Skillnad, Error> {
    // The earlier version is the one before, whichever was asked about.
    let (earlier, later) = match med {
        Med::Version(other) if other.version < version.version => (other.as_ref(), Some(version)),
        Med::Version(other) => (version, Some(other.as_ref())),
        Med::Kant(_) => (version, None),
    };
    let before = of_version(chosen, earlier).await?;
    let after = match (med, later) {
        (Med::Kant(day), _) => of_day(chosen, version, *day).await?,
        (Med::Version(_), later) => of_version(chosen, later.unwrap_or(version)).await?,
    };
    let mut changed = {
        let (one, two) = (before.rakning(chosen, version), after.rakning(chosen, version));
        let of = |rakning| Raknad::of(rakning, rapport::siffror(rakning, version.slag, version.avser));
        let (one, two) = (one.as_ref().map(of), two.as_ref().map(of));
        let sides = before.side(one.as_ref()).zip(after.side(two.as_ref()));
        sides.map_or_else(Vec::new, |(before, after)| skillnad::mellan(before, after, !chosen.withheld))
    };
    // A fact may have gone to a figure that the report does not show: what happened to it is told by all of them.
    let mut told: BTreeMap<Key, Vec<ChangedFact>> = BTreeMap::new();
    for fact in changed.iter().flat_map(|figure| &figure.facts) {
        told.entry(key(fact)).or_default().push(fact.clone());
    }
    let (was, is) = (before.dokument.figures(), after.dokument.figures());
    changed.retain(|figure| shown(&figure.id, (&was, &is), later.is_some()));
    let kept: HashSet<Key> = changed.iter().flat_map(|figure| &figure.facts).map(key).collect();
    told.retain(|key, _| kept.contains(key));
    let mut names = siffernamn(&after.dokument);
    names.extend(siffernamn(&before.dokument));
    let underlag = chosen.underlag(per_or_today(None)).await?;
    let hant = happened(chosen, told, (before.kunskap(), after.kunskap()), &Ord::new(&underlag)).await?;
    let figure = |figure: Changed| Siffra {
        namn: names.remove(&figure.id).unwrap_or(figure.namn),
        id: figure.id,
        fore: figure.before,
        efter: figure.after,
        fakta: figure.facts.into_iter().filter_map(|fact| Some(hant.get(&key(&fact))?.faktum(fact))).collect(),
        dolda: 0,
    };
    Ok(Skillnad {
        rubrik: namn(version),
        forbund: chosen.namn.clone(),
        siffror: changed.into_iter().map(figure).collect(),
        texter: if later.is_some() { texts(&before.dokument, &after.dokument, chosen.withheld) } else { Vec::new() },
        fore: before.sidan,
        efter: after.sidan,
        dolda: Vec::new(),
        sma_tal: chosen.withheld.then_some(underlag.installningar.sma_tal),
    })
}

/// Whether a figure belongs in a comparison: one that a report shows. What is known now is no report, but of it belong
/// the rows that the report would have had.
fn shown(id: &FigureId, (before, after): (&HashSet<&FigureId>, &HashSet<&FigureId>), both: bool) -> bool {
    let has_row = || before.iter().any(|known| (&known.tabell, &known.rad) == (&id.tabell, &id.rad));
    before.contains(id) || (after.contains(id) && (both || !has_row()))
}

/// The differences as anyone may see them: without single inskrivningar and without counts of people. How many
/// inskrivningar lie behind, and what happened to them, is told as far as the one who asks may know it.
pub async fn offentlig(chosen: &Chosen<'_>, version: &Version, med: &Med) -> Result<Skillnad, Error> {
    let all = jamfor(chosen, version, med).await?.utan_enskilda();
    let public = jamfor(&chosen.clone().withholding(true), version, med).await?.utan_enskilda();
    Ok(Skillnad { dolda: all.dolda, ..public })
}

impl Uppslag {
    fn kunskap(&self) -> Kunskap {
        Kunskap { per: self.sidan.per, handelse: self.handelse }
    }

    fn rakning<'u>(&'u self, chosen: &Chosen<'_>, version: &Version) -> Option<Rakning<'u>> {
        match &self.siffror {
            Siffrorna::Raknas(underlag) => Some(chosen.rakning(underlag, version.slag.raknas(version.avser))),
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
    let (dokument, siffror) = if version.lage.is_open() {
        let open = Oppen::read(chosen, version.clone()).await?;
        (open.grund.skrivet(&open.skrivna()).document, Siffrorna::Raknas(open.grund.underlag.clone()))
    } else {
        let frozen = frysning::siffror(chosen, version).await?;
        (frysning::dokument(chosen, version).await?, Siffrorna::Frysta(frozen))
    };
    let namn = format!("version {}", version.version);
    let told = |label: &str, text: String| (format!("{label}, {namn}"), text);
    let number = version.diarienummer.map(|number| told("Diarienummer", diarienummer(number)));
    let board = version.behandlad.as_ref();
    let board = board.map(|(day, what, paragraf)| told("Styrelsen", format!("{} {day}, {paragraf}", what.text())));
    let sum = version.kontrollsumma.clone().map(|sum| told("Kontrollsumma", sum));
    let sidan = Sidan {
        namn: format!("{namn}, känt per {}", format::long_date(dokument.per)),
        per: dokument.per,
        om: number.into_iter().chain(board).chain(sum).collect(),
    };
    Ok(Uppslag { sidan, handelse: version.last_handelse, dokument, siffror })
}

/// What is known at the end of a day; the document is the one that the figures give then.
async fn of_day(chosen: &Chosen<'_>, version: &Version, day: Datum) -> Result<Uppslag, Error> {
    let grund = Grund::of(chosen, version.slag, version.avser, day).await?;
    let namn = format!("det som är känt per {}", format::long_date(day));
    let sidan = Sidan { namn, per: day, om: Vec::new() };
    let siffror = Siffrorna::Raknas(grund.underlag.clone());
    Ok(Uppslag { sidan, handelse: None, dokument: grund.document.clone(), siffror })
}

/// The texts that say something else, in the order of the later side; those that are gone come last. Live figures that
/// have another value are told as figures.
///
/// Where small counts are withheld no number is told: two of one figure would tell what lies between them.
fn texts(before: &Document, after: &Document, withheld: bool) -> Vec<Textdel> {
    let names: HashMap<String, String> = rubriker(before).into_iter().chain(rubriker(after)).collect();
    let (before, after) = (platser(before), platser(after));
    let find = |side: &[Plats], name: &str| side.iter().find(|place| place.namn == name).cloned();
    let gone = before.iter().filter(|place| find(&after, &place.namn).is_none());
    let parts = after.iter().chain(gone).filter_map(|place| {
        let (old, new) = (find(&before, &place.namn), find(&after, &place.namn));
        let said = |side: &Option<Plats>| side.as_ref().map_or("", |place| place.text.as_str()).to_owned();
        let read = |side: Option<Plats>| match side {
            Some(place) if withheld => utan_tal(&place.text),
            side => side.map(|place| place.ord).unwrap_or_default(),
        };
        let differ = said(&old) != said(&new);
        let rubrik = names.get(&place.namn).unwrap_or(&place.rubrik).clone();
        let (fore, efter) = (read(old), read(new));
        (differ && fore != efter).then_some(Textdel { rubrik, fore, efter })
    });
    parts.collect()
}

/// A text as it reads, with `…` for every live figure and number.
fn utan_tal(text: &str) -> String {
    let hidden = |_: &FigureId| Ok(Cell::text("…"));
    granska::utan_tal(&skrivet::i_ord(&skrivet::blocks(text, "", &hidden)))
}

type Key = (&'static str, String);

fn key(fact: &ChangedFact) -> Key {
    (fact.noun, fact.key.clone())
}

/// What happened to each fact, by what it says in the figures that it moved.
async fn happened(
    chosen: &Chosen<'_>,
    told: BTreeMap<Key, Vec<ChangedFact>>,
    sides: (Kunskap, Kunskap),
    ord: &Ord<'_>,
) -> Result<BTreeMap<Key, Hant>, Error> {
    let mut found = BTreeMap::new();
    for (key, told) in told {
        let versions = history::of_fact(chosen.db, &chosen.access, key.0, &key.1).await?;
        found.insert(key, Hant::of(&told, &versions, sides, ord));
    }
    Ok(found)
}

/// The differences as a document, to read or to print as an appendix.
pub fn bilaga(skillnad: &Skillnad) -> Document {
    samsyn_core::rapport::skillnad::bilaga(skillnad, per_or_today(None))
}

/// The name of the file of such an appendix, without its ending.
pub fn filnamn(version: &Version) -> String {
    format!("skillnad-{}-{}-version-{}", version.slag.kod(), version.avser, version.version)
}
