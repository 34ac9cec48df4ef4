//! What changed between two kännedomsdatum: the figures, and the facts that changed them.

use crate::Error;
use crate::actions::forbund::Chosen;
use samsyn_core::calc::{self, FactGroup, FactRef, Figure, Rakning};
use samsyn_document::{Datum, FigureId, Halvar, Value, format};
use std::collections::{BTreeMap, BTreeSet, HashMap};

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

/// The figures of a report on one side of a comparison, as they are counted or as they were frozen.
pub trait Siffersida {
    /// The figures' names, in the order of the report.
    fn ordning(&self) -> Vec<FigureId>;
    /// A figure's value; `None` when there is no such figure.
    fn varde(&self, id: &FigureId) -> Option<Value>;
    /// A figure's name in words.
    fn namn(&self, id: &FigureId) -> String;
    /// Whether a figure counts people.
    fn personer(&self, id: &FigureId) -> bool;
    /// The facts behind a figure, by their part in it.
    fn fakta(&self, id: &FigureId) -> Vec<FactGroup>;
}

/// The figures of a half-year as they are counted.
pub struct Raknad<'r, 'u> {
    rakning: &'r Rakning<'u>,
    ordning: Vec<FigureId>,
    figures: HashMap<FigureId, Figure>,
}

impl<'r, 'u> Raknad<'r, 'u> {
    /// Every figure of the PM.
    pub fn new(rakning: &'r Rakning<'u>) -> Raknad<'r, 'u> {
        Raknad::of(rakning, calc::siffror(rakning))
    }

    /// These figures.
    pub fn of(rakning: &'r Rakning<'u>, figures: Vec<Figure>) -> Raknad<'r, 'u> {
        let ordning = figures.iter().map(|figure| figure.id.clone()).collect();
        Raknad { rakning, ordning, figures: figures.into_iter().map(|figure| (figure.id.clone(), figure)).collect() }
    }
}

impl Siffersida for Raknad<'_, '_> {
    fn ordning(&self) -> Vec<FigureId> {
        self.ordning.clone()
    }

    fn varde(&self, id: &FigureId) -> Option<Value> {
        self.figures.get(id).map(|figure| figure.value.clone())
    }

    fn namn(&self, id: &FigureId) -> String {
        calc::namn::namn(self.rakning.underlag, id)
    }

    fn personer(&self, id: &FigureId) -> bool {
        self.figures.get(id).is_some_and(|figure| figure.source.counts_people())
    }

    fn fakta(&self, id: &FigureId) -> Vec<FactGroup> {
        self.figures.get(id).map_or_else(Vec::new, |figure| figure.source.facts(self.rakning))
    }
}

/// The figures of a half-year that differ between the ends of two days.
pub async fn skillnad(chosen: &Chosen<'_>, period: Halvar, from: Datum, to: Datum) -> Result<Vec<Changed>, Error> {
    let (earlier, later) = (chosen.underlag(from).await?, chosen.underlag(to).await?);
    let (before, after) = (chosen.rakning(&earlier, period), chosen.rakning(&later, period));
    // Two days that one chooses oneself would tell of small numbers day by day.
    Ok(mellan(&Raknad::new(&before), &Raknad::new(&after), !chosen.withheld))
}

/// The figures that differ between two sides, those of people too or not.
pub fn mellan(before: &dyn Siffersida, after: &dyn Siffersida, people: bool) -> Vec<Changed> {
    let mut changed = Vec::new();
    let now = after.ordning();
    for id in now.iter().filter(|id| people || !after.personer(id)) {
        let was = before.varde(id).filter(|_| people || !before.personer(id)).unwrap_or(Value::Missing);
        let is = after.varde(id).unwrap_or(Value::Missing);
        if format::plain(&was) != format::plain(&is) {
            let facts = differences(parts(before.fakta(id)), parts(after.fakta(id)));
            changed.push(Changed { id: id.clone(), namn: after.namn(id), before: was, after: is, facts });
        }
    }
    let kept: std::collections::HashSet<&FigureId> = now.iter().collect();
    let mut gone: Vec<FigureId> = before.ordning();
    gone.retain(|id| !kept.contains(id) && (people || !before.personer(id)));
    gone.sort();
    for id in gone {
        let was = before.varde(&id).unwrap_or(Value::Missing);
        if !format::plain(&was).is_empty() {
            let facts = differences(parts(before.fakta(&id)), Vec::new());
            changed.push(Changed { namn: before.namn(&id), id, before: was, after: Value::Missing, facts });
        }
    }
    changed
}

/// A fact behind a figure, with its part in it; what it says only matters where more than its being there
/// counts.
struct Part {
    heading: String,
    fact: FactRef,
    each_counts_one: bool,
}

fn parts(groups: Vec<FactGroup>) -> Vec<Part> {
    let parts = |group: FactGroup| {
        let (heading, each_counts_one) = (group.heading, group.each_counts_one);
        group.facts.into_iter().map(move |fact| Part { heading: heading.clone(), fact, each_counts_one })
    };
    groups.into_iter().flat_map(parts).collect()
}

/// What a fact says on one side, and in which parts of the figure it counts; with its words where they matter.
#[derive(Default)]
struct Side {
    said: Option<String>,
    parts: BTreeSet<(String, Option<String>)>,
}

impl Side {
    fn add(&mut self, part: Part) {
        let matters = (!part.each_counts_one).then(|| part.fact.text.clone());
        self.parts.insert((part.heading, matters));
        self.said.get_or_insert(part.fact.text);
    }
}

/// The facts that have another part in the figure now than before, each told once in whatever parts it counts.
fn differences(before: Vec<Part>, after: Vec<Part>) -> Vec<ChangedFact> {
    let mut sides: BTreeMap<(&'static str, String), (Side, Side)> = BTreeMap::new();
    for part in before {
        sides.entry((part.fact.noun, part.fact.key.clone())).or_default().0.add(part);
    }
    for part in after {
        sides.entry((part.fact.noun, part.fact.key.clone())).or_default().1.add(part);
    }
    let changed = sides.into_iter().filter(|(_, (before, after))| before.parts != after.parts);
    changed.map(|((noun, key), (old, new))| ChangedFact { noun, key, before: old.said, after: new.said }).collect()
}
