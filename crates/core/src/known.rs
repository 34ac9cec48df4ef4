//! From when a fact is known, and how a file's rows become versions of what is stored.
//!
//! Nothing is overwritten: a new version ends the old one. The store keeps the moments in
//! milliseconds; here stands which versions there are to be.

use crate::{Fact, Facts};
use samsyn_document::Datum;
use std::collections::{HashMap, HashSet};

/// From when a version is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// Counts as always known: the fact carries no day of registration.
    Always,
    /// From the beginning of this day, Swedish time.
    Day(Datum),
    /// From the beginning of this day in a förbund's first import, else from the moment that it is stored.
    /// For a fact that carries no day of its own, but whose day follows from another's.
    FirstDay(Datum),
    /// From the moment that it is stored.
    Now,
}

/// The moment, in milliseconds, that "always known" is kept as. Before any förbund existed.
pub const ALWAYS_MS: i64 = 0;

/// A version to be stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewVersion<F> {
    /// The fact's key.
    pub key: String,
    /// From when it is known, milliseconds since 1970 UTC.
    pub known: i64,
    /// When the next version of this list takes over; `None` for the last one.
    pub ended: Option<i64>,
    /// Its place among the rows of its file; see [`plan`].
    pub order: i64,
    /// What it says.
    pub fact: F,
}

/// What an import does to one noun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan<F> {
    /// Versions to add.
    pub add: Vec<NewVersion<F>>,
    /// Stored versions to end: key and the moment.
    pub end: Vec<(String, i64)>,
    /// Keys that are stored but no longer stand in the file. Nothing is done to them.
    pub gone: Vec<String>,
    /// A key that stands twice in the file. Then nothing else is planned: two facts with one key would
    /// both be known at once.
    pub twice: Option<String>,
    /// How many facts are new.
    pub new: usize,
    /// How many facts changed.
    pub changed: usize,
}

/// A stored fact's last version.
#[derive(Clone, Debug)]
pub struct Current<F> {
    /// From when it is known, milliseconds.
    pub known: i64,
    /// Its place in the order of rows.
    pub order: i64,
    /// What it says.
    pub fact: F,
}

/// Which versions the rows of a file give, beside what is stored.
///
/// `first` is whether this is the förbund's first import: then a fact without a day of registration
/// counts as always known, otherwise it is known from `now` (milliseconds). Within one fact a later
/// version never begins before an earlier one, and one that would never have been in force is left
/// out. A file that is absent (`rows` is `None`) changes nothing and misses nothing. A fact keeps its
/// place among the rows; a new one takes a place between its neighbours in the file.
pub fn plan<F: Fact>(
    stored: &HashMap<String, Current<F>>,
    rows: Option<&[F]>,
    all: &Facts,
    first: bool,
    now: i64,
) -> Plan<F> {
    plan_after(stored, &HashMap::new(), rows, all, first, now)
}

/// The same, where some facts have ended without a successor: `ended` tells when, by key. One that comes
/// again is not known before that, whatever day it claims, so that no two of its versions are known at once.
pub fn plan_after<F: Fact>(
    stored: &HashMap<String, Current<F>>,
    ended: &HashMap<String, i64>,
    rows: Option<&[F]>,
    all: &Facts,
    first: bool,
    now: i64,
) -> Plan<F> {
    let mut plan = Plan { add: Vec::new(), end: Vec::new(), gone: Vec::new(), twice: None, new: 0, changed: 0 };
    let Some(rows) = rows else { return plan };
    // A day's beginning is looked up in the rules of summer time; a file has few days and many rows.
    let mut days: HashMap<Datum, i64> = HashMap::new();
    let mut moment = |known: Known| match known {
        Known::Always if first => ALWAYS_MS,
        Known::FirstDay(_) if !first => now,
        Known::Always | Known::Now => now,
        Known::Day(day) | Known::FirstDay(day) => *days.entry(day).or_insert_with(|| day.begins_ms()),
    };
    let keys: Vec<String> = rows.iter().map(F::key).collect();
    let mut seen: HashSet<&str> = HashSet::with_capacity(keys.len());
    plan.twice = keys.iter().find(|key| !seen.insert(key)).cloned();
    if plan.twice.is_some() {
        return plan;
    }
    plan.gone = stored.keys().filter(|key| !seen.contains(key.as_str())).cloned().collect();
    plan.gone.sort();
    let orders = places(stored, &keys);
    for ((row, key), order) in rows.iter().zip(keys).zip(orders) {
        match stored.get(&key) {
            None => {
                plan.new += 1;
                let steps = row.versions(all).into_iter().map(|(known, fact)| (moment(known), fact));
                let not_before = ended.get(&key).copied().unwrap_or(i64::MIN);
                chain(&mut plan.add, key, order, not_before, steps);
            }
            Some(current) => {
                let steps: Vec<_> =
                    current.fact.changes(row).into_iter().map(|(known, fact)| (moment(known), fact)).collect();
                if !steps.is_empty() {
                    plan.changed += 1;
                    let begin = plan.add.len();
                    chain(&mut plan.add, key.clone(), current.order, current.known, steps.into_iter());
                    let ended = plan.add[begin..].first().map_or(now, |version| version.known);
                    plan.end.push((key, ended));
                }
            }
        }
    }
    plan
}

/// How far apart the rows of a file are placed, so that others can come between later.
const STEP: i64 = 1 << 20;

/// The place of every row: a stored one keeps its own, new ones come between their neighbours in the
/// file. Where there is no room left they share a place, and their keys decide.
fn places<F>(stored: &HashMap<String, Current<F>>, keys: &[String]) -> Vec<i64> {
    let known: Vec<Option<i64>> = keys.iter().map(|key| stored.get(key).map(|current| current.order)).collect();
    let end = stored.values().map(|current| current.order).max().unwrap_or(0);
    let mut places = Vec::with_capacity(keys.len());
    let mut before = 0;
    while places.len() < keys.len() {
        let begin = places.len();
        let new = known[begin..].iter().take_while(|place| place.is_none()).count();
        let next = known.get(begin + new).copied().flatten();
        let (from, step) = match next {
            None => (end.max(before), STEP),
            Some(next) => (before, (next - before).max(0) / (new as i64 + 1)),
        };
        places.extend((1..=new as i64).map(|n| from + n * step));
        places.extend(next);
        before = places.last().copied().unwrap_or(before);
    }
    places
}

/// Appends a fact's versions, each ending the one before; those never in force are left out.
fn chain<F>(
    add: &mut Vec<NewVersion<F>>,
    key: String,
    order: i64,
    not_before: i64,
    steps: impl Iterator<Item = (i64, F)>,
) {
    let begin = add.len();
    let mut latest = not_before;
    for (known, fact) in steps {
        latest = latest.max(known);
        if add.len() > begin {
            let index = add.len() - 1;
            if add[index].known == latest {
                add.pop();
            } else {
                add[index].ended = Some(latest);
            }
        }
        add.push(NewVersion { key: key.clone(), known: latest, ended: None, order, fact });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::medlem::{Medlem, MedlemTyp};

    /// The order of rows is that of the file, also for rows that come later.
    #[test]
    fn a_new_row_is_placed_between_its_neighbours() {
        let mut stored: HashMap<String, Current<Medlem>> = HashMap::new();
        for names in ["c f", "a c d f", "a b c d e f g", "b a c x d f g"] {
            let rows: Vec<Medlem> =
                names.split(' ').map(|name| Medlem { medlem: name.into(), typ: MedlemTyp::Kommun }).collect();
            let planned = plan(&stored, Some(&rows), &Facts::default(), stored.is_empty(), 1);
            for version in planned.add {
                let current = Current { known: version.known, order: version.order, fact: version.fact };
                stored.insert(version.key, current);
            }
        }
        let mut order: Vec<(i64, String)> = stored.into_iter().map(|(key, current)| (current.order, key)).collect();
        order.sort();
        assert!(order.windows(2).all(|pair| pair[0].0 < pair[1].0), "{order:?}");
        assert_eq!(order.into_iter().map(|row| row.1).collect::<String>(), "abcxdefg");
    }
    /// A fact that has ended and comes again is not known before its end.
    #[test]
    fn a_fact_that_comes_again_is_known_after_its_end() {
        let row = Medlem { medlem: "a".into(), typ: MedlemTyp::Kommun };
        let (none, ended) = (HashMap::new(), HashMap::from([("a".to_owned(), 50)]));
        let known = |now| {
            plan_after(&none, &ended, Some(std::slice::from_ref(&row)), &Facts::default(), false, now).add[0].known
        };
        assert_eq!((known(40), known(60)), (50, 60));
        let first = plan_after(&none, &ended, Some(std::slice::from_ref(&row)), &Facts::default(), true, 40);
        assert_eq!((first.add[0].known, first.new), (50, 1));
    }
}
