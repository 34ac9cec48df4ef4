//! What changed between two kännedomsdatum: the figures, and the facts that changed them.

use crate::Error;
use crate::actions::forbund::Chosen;
use samsyn_core::calc::{self, FactRef, Figure, Rakning};
use samsyn_document::{Datum, FigureId, Halvar, Value, format};
use std::collections::{BTreeMap, HashMap};

/// A figure that is not the same.
#[derive(Debug)]
pub struct Changed {
    /// Its name.
    pub id: FigureId,
    /// Its value at the first date; missing when it was not there.
    pub before: Value,
    /// Its value at the second date; missing when it is not there.
    pub after: Value,
    /// The facts that changed it.
    pub facts: Vec<ChangedFact>,
}

/// How a fact behind a figure changed.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    let (before, after) = (Rakning::new(&earlier, period), Rakning::new(&later, period));
    let old: HashMap<FigureId, Figure> =
        calc::siffror(&before).into_iter().map(|figure| (figure.id.clone(), figure)).collect();
    let new = calc::siffror(&after);
    let mut changed: Vec<Changed> = Vec::new();
    for figure in &new {
        let was = old.get(&figure.id);
        let value = was.map_or(Value::Missing, |was| was.value.clone());
        if format::plain(&value) != format::plain(&figure.value) {
            let old_facts = was.map_or_else(Vec::new, |was| facts(was, &before));
            let facts = differences(old_facts, facts(figure, &after));
            changed.push(Changed { id: figure.id.clone(), before: value, after: figure.value.clone(), facts });
        }
    }
    let kept: std::collections::HashSet<&FigureId> = new.iter().map(|figure| &figure.id).collect();
    let mut gone: Vec<&Figure> =
        old.values().filter(|was| !kept.contains(&was.id) && !format::plain(&was.value).is_empty()).collect();
    gone.sort_by(|a, b| a.id.cmp(&b.id));
    for was in gone {
        let facts = differences(facts(was, &before), Vec::new());
        changed.push(Changed { id: was.id.clone(), before: was.value.clone(), after: Value::Missing, facts });
    }
    Ok(changed)
}

fn facts(figure: &Figure, rakning: &Rakning<'_>) -> Vec<FactRef> {
    figure.source.facts(rakning).into_iter().flat_map(|group| group.facts).collect()
}

/// The facts that are not the same on both sides.
fn differences(before: Vec<FactRef>, after: Vec<FactRef>) -> Vec<ChangedFact> {
    let mut sides: BTreeMap<(&'static str, String), (Option<String>, Option<String>)> = BTreeMap::new();
    for fact in before {
        sides.entry((fact.noun, fact.key)).or_default().0 = Some(fact.text);
    }
    for fact in after {
        sides.entry((fact.noun, fact.key)).or_default().1 = Some(fact.text);
    }
    sides
        .into_iter()
        .filter(|(_, (before, after))| before != after)
        .map(|((noun, key), (before, after))| ChangedFact { noun, key, before, after })
        .collect()
}
