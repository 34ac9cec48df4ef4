//! What changed between two kännedomsdatum: the figures, and the facts that changed them.

use crate::Error;
use crate::actions::forbund::Chosen;
use samsyn_core::calc::{self, FactGroup, FactRef, Figure, Rakning};
use samsyn_document::{Datum, FigureId, Halvar, Value, format};
use std::collections::{BTreeMap, HashMap};

/// A figure that is not the same.
#[derive(Debug)]
pub struct Changed {
    /// Its name.
    pub id: FigureId,
    /// Its name in words.
    pub namn: String,
    /// Its value at the first date; missing when it was not there.
    pub before: Value,
    /// Its value at the second date; missing when it is not there.
    pub after: Value,
    /// The facts that changed it.
    pub facts: Vec<ChangedFact>,
}

/// How a fact behind a figure changed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ChangedFact {
    /// The noun's file and the fact's key.
    pub noun: &'static str,
    /// The fact's key.
    pub key: String,
    /// What it said, when it counted before.
    pub before: Option<String>,
    /// What it says, when it counts now.
    pub after: Option<String>,
}

/// The figures of a half-year that differ between the ends of two days.
pub async fn skillnad(chosen: &Chosen<'_>, period: Halvar, from: Datum, to: Datum) -> Result<Vec<Changed>, Error> {
    let (earlier, later) = (chosen.underlag(from).await?, chosen.underlag(to).await?);
    let (before, after) = (chosen.rakning(&earlier, period), chosen.rakning(&later, period));
    let old: HashMap<FigureId, Figure> = calc::siffror(&before)
        .into_iter()
        .filter(|figure| !(chosen.withheld && figure.source.counts_people()))
        .map(|figure| (figure.id.clone(), figure))
        .collect();
    // Two days that one chooses oneself would tell of small numbers day by day.
    let told = |figure: &Figure| !(chosen.withheld && figure.source.counts_people());
    let new: Vec<Figure> = calc::siffror(&after).into_iter().filter(told).collect();
    let mut changed: Vec<Changed> = Vec::new();
    for figure in &new {
        let was = old.get(&figure.id);
        let value = was.map_or(Value::Missing, |was| was.value.clone());
        if format::plain(&value) != format::plain(&figure.value) {
            let old_facts = was.map_or_else(Vec::new, |was| facts(was, &before));
            let facts = differences(old_facts, facts(figure, &after));
            let namn = calc::namn::namn(&later, &figure.id);
            changed.push(Changed { id: figure.id.clone(), namn, before: value, after: figure.value.clone(), facts });
        }
    }
    let kept: std::collections::HashSet<&FigureId> = new.iter().map(|figure| &figure.id).collect();
    let mut gone: Vec<&Figure> =
        old.values().filter(|was| !kept.contains(&was.id) && !format::plain(&was.value).is_empty()).collect();
    gone.sort_by(|a, b| a.id.cmp(&b.id));
    for was in gone {
        let facts = differences(facts(was, &before), Vec::new());
        let namn = calc::namn::namn(&earlier, &was.id);
        changed.push(Changed { id: was.id.clone(), namn, before: was.value.clone(), after: Value::Missing, facts });
    }
    Ok(changed)
}

/// A fact behind a figure, with its part in it; what it says only matters where more than its being there
/// counts.
struct Part {
    heading: String,
    fact: FactRef,
    each_counts_one: bool,
}

fn facts(figure: &Figure, rakning: &Rakning<'_>) -> Vec<Part> {
    let parts = |group: FactGroup| {
        let (heading, each_counts_one) = (group.heading, group.each_counts_one);
        group.facts.into_iter().map(move |fact| Part { heading: heading.clone(), fact, each_counts_one })
    };
    figure.source.facts(rakning).into_iter().flat_map(parts).collect()
}

/// The facts that have another part in the figure now than before, each told once.
fn differences(before: Vec<Part>, after: Vec<Part>) -> Vec<ChangedFact> {
    type Sides = (Option<String>, Option<String>);
    let mut sides: BTreeMap<(String, &'static str, String), (bool, Sides)> = BTreeMap::new();
    for part in before {
        let key = (part.heading, part.fact.noun, part.fact.key);
        sides.insert(key, (part.each_counts_one, (Some(part.fact.text), None)));
    }
    for part in after {
        let key = (part.heading, part.fact.noun, part.fact.key);
        sides.entry(key).or_insert((part.each_counts_one, (None, None))).1.1 = Some(part.fact.text);
    }
    let changed = sides.into_iter().filter(|(_, (each_counts_one, (before, after)))| {
        let stayed = before.is_some() && after.is_some();
        !(stayed && *each_counts_one) && before != after
    });
    let mut told: Vec<ChangedFact> =
        changed.map(|((_, noun, key), (_, (before, after)))| ChangedFact { noun, key, before, after }).collect();
    told.sort_by(|a, b| (a.noun, &a.key).cmp(&(b.noun, &b.key)));
    told.dedup();
    told
}
