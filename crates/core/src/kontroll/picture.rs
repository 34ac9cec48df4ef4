//! Insatser, their chains and decided periods, laid out for the checks.

use crate::insats::Insats;
use crate::insatsperiod::Insatsperiod;
use crate::{Facts, Id, kedja};
use samsyn_document::Datum;
use std::collections::HashMap;

/// The period's last day. One that ends before it starts is an error of its own, and nothing is
/// concluded from it: it goes on for ever.
fn last_day(period: &Insatsperiod) -> Datum {
    if period.slut < period.start { period.start.add_days(1_000_000) } else { period.slut }
}

/// Insatser by id, and what has been decided for them and their chains.
pub(super) struct Picture<'f> {
    index: HashMap<&'f Id, usize>,
    insatser: &'f [Insats],
    chain: Vec<usize>,
    /// Every decided period, also superseded ones, by the chain's earliest link.
    decided: Vec<Vec<(Datum, Datum)>>,
    latest: Vec<Option<&'f Insatsperiod>>,
    ends: Vec<Option<Datum>>,
}

impl<'f> Picture<'f> {
    /// The picture; `None` when chains go in a circle.
    pub fn of(facts: &'f Facts) -> Option<Picture<'f>> {
        let chain = kedja::earliest_links(&facts.insatser).ok()?;
        let index: HashMap<&Id, usize> =
            facts.insatser.iter().enumerate().map(|(i, insats)| (&insats.insats_id, i)).collect();
        let none = facts.insatser.len();
        let mut picture = Picture {
            index,
            insatser: &facts.insatser,
            chain,
            decided: vec![Vec::new(); none],
            latest: vec![None; none],
            ends: vec![None; none],
        };
        for period in &facts.insatsperioder {
            let Some(&own) = picture.index.get(&period.insats_id) else { continue };
            picture.decided[picture.chain[own]].push((period.start, last_day(period)));
            let latest = &mut picture.latest[own];
            if latest.is_none_or(|other| other.beslutad <= period.beslutad) {
                *latest = Some(period);
            }
        }
        for own in 0..none {
            let end = picture.latest[own].map(last_day);
            let chained = &mut picture.ends[picture.chain[own]];
            *chained = (*chained).max(end);
        }
        Some(picture)
    }

    /// The insatser, each with its latest decided period, in the order of the file.
    pub fn with_latest(&self) -> impl Iterator<Item = (&'f Insats, &'f Insatsperiod)> {
        self.insatser.iter().zip(&self.latest).filter_map(|(insats, latest)| Some((insats, (*latest)?)))
    }

    /// The last day of the chain's latest decided periods.
    pub fn chain_ends(&self, id: &Id) -> Option<Datum> {
        self.index.get(id).and_then(|&own| self.ends[self.chain[own]])
    }

    /// Whether any decided period of the chain overlaps the days; true for an unknown insats, which is
    /// an error of its own, and for a chain without a period, which is another.
    pub fn decided(&self, id: &Id, first: Datum, last: Datum) -> bool {
        let Some(&own) = self.index.get(id) else { return true };
        let decided = &self.decided[self.chain[own]];
        decided.is_empty() || decided.iter().any(|&(start, end)| start <= last && first <= end)
    }

    /// Every insats in its place, for counting per insats.
    pub fn position(&self, id: &Id) -> Option<usize> {
        self.index.get(id).copied()
    }
}
