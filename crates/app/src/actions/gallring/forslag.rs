//! What the förbund's rule says is to be removed: per insats, why, and what it does to reports that are not låsta.

use super::Val;
use crate::Error;
use crate::actions::forbund::Chosen;
use crate::actions::ord::Ord;
use samsyn_core::Facts;
use samsyn_core::calc::{self, Rakning};
use samsyn_core::gallring::{self, Mogen, Regel};
use samsyn_core::underlag::Underlag;
use samsyn_core::version::Slag;
use samsyn_document::{Datum, Halvar, Value, format};
use samsyn_store::version::Version;
use samsyn_store::{forbund, handelse, version};
use std::collections::{BTreeSet, HashMap, HashSet};

/// How many half-years are looked at for changes.
const MOST: usize = 12;

/// What is to be removed as of a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forslag {
    /// The day.
    pub dag: Datum,
    /// The förbund's latest event when it was read.
    pub handelse: i64,
    /// The rule.
    pub regel: Regel,
    /// What is to be removed of each insats.
    pub insatser: Vec<AvInsats>,
    /// Reports that are not låsta, and how many of their figures would change: without those that reports need, and
    /// with them.
    pub paverkan: Vec<(Halvar, usize, usize)>,
}

/// What is to be removed of an insats.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AvInsats {
    /// Its id.
    pub id: String,
    /// Its name.
    pub namn: String,
    /// Those that no report needs.
    pub rader: Vec<Rad>,
    /// Those that a report that is not låst needs.
    pub behovda: Vec<Rad>,
}

/// An inskrivning to be removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rad {
    /// Its number.
    pub nummer: String,
    /// What the months are counted from, in words.
    pub skal: &'static str,
    /// The first day on which it was to be removed.
    pub sedan: Datum,
    /// The years whose report needs it.
    pub ar: Vec<i32>,
}

impl Forslag {
    /// How many there are that no report needs, and how many that one does.
    pub fn antal(&self) -> (usize, usize) {
        let of = |rows: fn(&AvInsats) -> &Vec<Rad>| self.insatser.iter().map(|insats| rows(insats).len()).sum();
        (of(|insats| &insats.rader), of(|insats| &insats.behovda))
    }

    /// The half-years whose PM must be låst before the rest can be removed, the earliest first.
    pub fn saknade_pm(&self) -> Vec<Halvar> {
        let years: BTreeSet<i32> =
            self.insatser.iter().flat_map(|of| &of.behovda).flat_map(|row| row.ar.iter().copied()).collect();
        let second = |year: i32| u16::try_from(year).ok().and_then(|year| Halvar::new(year, 2));
        years.into_iter().filter_map(second).collect()
    }

    /// The numbers of those that are chosen.
    pub fn valda(&self, val: &Val) -> Vec<String> {
        let chosen = |of: &&AvInsats| val.insatser.as_ref().is_none_or(|ids| ids.contains(&of.id));
        let rows = |of: &'_ AvInsats| {
            let needed = if val.aven_behovda { of.behovda.clone() } else { Vec::new() };
            of.rader.iter().cloned().chain(needed).map(|row| row.nummer).collect::<Vec<_>>()
        };
        self.insatser.iter().filter(chosen).flat_map(rows).collect()
    }
}

/// `en inskrivning`, `tre inskrivningar`, `14 inskrivningar`.
pub fn inskrivningar(antal: i64) -> String {
    format!("{} {}", format::in_words(antal, false), if antal == 1 { "inskrivning" } else { "inskrivningar" })
}

/// The rule in words.
pub fn regel_i_ord(regel: Regel) -> String {
    let months = |count: u32| if count == 1 { "en månad".to_owned() } else { format!("{count} månader") };
    let parts = [
        regel.efter_avslut.map(|count| format!("{} sedan utskrivning eller makulering", months(count))),
        regel.efter_insats.map(|count| format!("{} sedan insatsens sista dag", months(count))),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() {
        return "Förbundet har ingen regel. Därför föreslås inget.".to_owned();
    }
    format!("En inskrivning ska gallras när det har gått mer än {}.", parts.join(", eller mer än "))
}

/// What is stored, and which of it the rule is about.
pub struct Lagrade {
    /// The förbund's latest event when it was read.
    pub handelse: i64,
    /// The rule.
    pub regel: Regel,
    /// What is to be removed.
    pub mogna: Vec<Mogen>,
    known: Facts,
    ids: HashSet<String>,
}

impl Lagrade {
    /// Reads it as of a day.
    pub async fn read(chosen: &Chosen<'_>, dag: Datum) -> Result<Lagrade, Error> {
        // Asked before the facts are read: what happens meanwhile makes the decision be read again.
        let (handelse, _) = forbund::state(chosen.db, chosen.access.forbund()).await?;
        let regel = chosen.settings(dag).await?.gallring;
        let known = chosen.facts(dag).await?;
        let ended = samsyn_store::gallring::ended(chosen.db, &chosen.access).await?;
        let ended: Vec<_> = ended.into_iter().map(|(row, ms)| (row, Datum::of_ms(ms))).collect();
        let later = samsyn_store::facts::current(chosen.db, &chosen.access).await?;
        let all = known.deltagare.iter().chain(&later.deltagare).chain(ended.iter().map(|(row, _)| row));
        let ids = all.map(|row| row.deltagande_id.to_string()).collect();
        let mogna = gallring::mogna(&known, &ended, regel, dag);
        Ok(Lagrade { handelse, regel, mogna, known, ids })
    }

    /// Whether an inskrivning with this number is stored.
    pub fn finns(&self, id: &str) -> bool {
        self.ids.contains(id)
    }
}

/// The proposal as of a day; those that a decision waits about are left out.
pub async fn of(chosen: &Chosen<'_>, dag: Datum) -> Result<Forslag, Error> {
    let lagrade = Lagrade::read(chosen, dag).await?;
    let mut waiting = HashSet::new();
    for beslut in samsyn_store::gallring::list(chosen.db, chosen.access.forbund()).await? {
        if beslut.vantar() {
            waiting.extend(samsyn_store::gallring::ids(chosen.db, &chosen.access, beslut.nr).await?);
        }
    }
    let rapporter = Rapporter::of(
        &version::list(chosen.db, &chosen.access).await?,
        handelse::first_import(chosen.db, chosen.access.forbund()).await?,
    );
    let underlag = Underlag::new(lagrade.known.clone(), dag);
    let ord = Ord::new(&underlag);
    let mut insatser: Vec<AvInsats> = Vec::new();
    for row in lagrade.mogna.iter().filter(|row| !waiting.contains(row.deltagande_id.as_str())) {
        let id = row.insats_id.as_str();
        if insatser.last().is_none_or(|of| of.id != id) {
            let namn = ord.insats(id).to_owned();
            insatser.push(AvInsats { id: id.to_owned(), namn, rader: Vec::new(), behovda: Vec::new() });
        }
        let rad = Rad {
            nummer: row.deltagande_id.to_string(),
            skal: row.skal.text(),
            sedan: row.sedan,
            ar: row.ar.clone().filter(|year| rapporter.waits_for(*year)).collect(),
        };
        if let Some(of) = insatser.last_mut() {
            if rad.ar.is_empty() { of.rader.push(rad) } else { of.behovda.push(rad) }
        }
    }
    let paverkan = paverkan(chosen, &lagrade.known, &insatser, &rapporter.locked, dag).await?;
    Ok(Forslag { dag, handelse: lagrade.handelse, regel: lagrade.regel, insatser, paverkan })
}

/// The PM that the förbund has made here.
struct Rapporter {
    /// The half-years whose PM is låst.
    locked: BTreeSet<Halvar>,
    /// The years that have a PM at all, låst or not.
    begun: BTreeSet<i32>,
    /// The year of the first låst PM.
    first_locked: Option<i32>,
    /// The year in which the förbund's facts first came in.
    first_import: Option<i32>,
}

impl Rapporter {
    fn of(versions: &[Version], first_import_ms: Option<i64>) -> Rapporter {
        let pm = || versions.iter().filter(|version| version.slag == Slag::Pm);
        let locked: BTreeSet<Halvar> =
            pm().filter(|version| !version.lage.is_open()).map(|version| version.avser.halvar()).collect();
        Rapporter {
            begun: pm().map(|version| i32::from(version.avser.halvar().year())).collect(),
            first_locked: locked.first().map(|half| i32::from(half.year())),
            first_import: first_import_ms.map(|ms| Datum::of_ms(ms).year()),
            locked,
        }
    }

    /// Whether the rows of a year are needed until its PM for the whole year is låst. Not when it is; nor when the förbund
    /// has never begun a PM for the year and it lies before the first låst one, or before its facts first came in.
    fn waits_for(&self, year: i32) -> bool {
        let before = |first: Option<i32>| first.is_some_and(|first| year < first);
        let never = !self.begun.contains(&year) && (before(self.first_locked) || before(self.first_import));
        !never && !self.locked.iter().any(|half| i32::from(half.year()) == year && half.number() == 2)
    }
}

/// The latest half-years whose PM is not låst, from the first that anything is about, where any figure would change.
async fn paverkan(
    chosen: &Chosen<'_>,
    known: &Facts,
    insatser: &[AvInsats],
    locked: &BTreeSet<Halvar>,
    dag: Datum,
) -> Result<Vec<(Halvar, usize, usize)>, Error> {
    let free: HashSet<&str> = insatser.iter().flat_map(|of| &of.rader).map(|row| row.nummer.as_str()).collect();
    let needed = insatser.iter().flat_map(|of| &of.behovda).map(|row| row.nummer.as_str());
    let every: HashSet<&str> = free.iter().copied().chain(needed).collect();
    let of_them = known.deltagare.iter().filter(|row| every.contains(row.deltagande_id.as_str()));
    let Some(first) = of_them.map(|row| row.inskriven.year()).min() else { return Ok(Vec::new()) };
    let settings = chosen.settings(dag).await?;
    let without = |ids: &HashSet<&str>| {
        let mut left = known.clone();
        left.deltagare.retain(|row| !ids.contains(row.deltagande_id.as_str()));
        Underlag::new(left, dag).with(settings.clone())
    };
    let (now, some, none) = (without(&HashSet::new()), without(&free), without(&every));
    let mut halves: Vec<Halvar> = (first..=dag.year())
        .filter_map(|year| u16::try_from(year).ok())
        .flat_map(|year| [1, 2].into_iter().filter_map(move |number| Halvar::new(year, number)))
        .filter(|half| half.first() <= dag && !locked.contains(half))
        .collect();
    halves.drain(..halves.len().saturating_sub(MOST));
    let counted = halves.into_iter().map(|half| {
        let before = values(&now, half);
        (half, differing(&before, &values(&some, half)), differing(&before, &values(&none, half)))
    });
    Ok(counted.filter(|(_, some, all)| some + all > 0).collect())
}

fn values(underlag: &Underlag, half: Halvar) -> HashMap<String, Value> {
    let figures = calc::siffror(&Rakning::new(underlag, half));
    figures.into_iter().map(|figure| (figure.id.to_string(), figure.value)).collect()
}

/// How many figures there are on either side that are not the same on both.
fn differing(before: &HashMap<String, Value>, after: &HashMap<String, Value>) -> usize {
    let changed = before.iter().filter(|(id, value)| after.get(*id) != Some(*value)).count();
    changed + after.keys().filter(|id| !before.contains_key(*id)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rapporter(locked: &[&str], begun: &[i32], first_import: Option<i32>) -> Rapporter {
        let locked: BTreeSet<Halvar> = locked.iter().map(|half| half.parse().unwrap()).collect();
        Rapporter {
            begun: locked.iter().map(|half| i32::from(half.year())).chain(begun.iter().copied()).collect(),
            first_locked: locked.first().map(|half| i32::from(half.year())),
            first_import,
            locked,
        }
    }

    #[test]
    fn years_that_never_had_a_report_here_are_not_waited_for() {
        let waits = |of: &Rapporter| (2020..=2026).filter(|year| of.waits_for(*year)).collect::<Vec<_>>();
        // Facts came in during 2024, and no PM is made: the years before are not waited for.
        assert_eq!(waits(&rapporter(&[], &[], Some(2024))), [2024, 2025, 2026]);
        // Nor those before the first låst PM; that of a first half-year does not free its year.
        assert_eq!(waits(&rapporter(&["2022-H1"], &[], Some(2021))), [2022, 2023, 2024, 2025, 2026]);
        assert_eq!(waits(&rapporter(&["2022-H2", "2024-H2"], &[], Some(2021))), [2023, 2025, 2026]);
        // A PM that is begun is waited for, whatever its year.
        assert_eq!(waits(&rapporter(&["2025-H2"], &[2021], Some(2024))), [2021, 2026]);
        assert_eq!(waits(&rapporter(&[], &[], None)), [2020, 2021, 2022, 2023, 2024, 2025, 2026]);
    }
}
