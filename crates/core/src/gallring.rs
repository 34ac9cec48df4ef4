//! Gallring: which inskrivningar the förbund's rule says are to be removed, and which years' reports count them.
//! Knows no store: what is removed, and how, is decided elsewhere.

use crate::deltagande::Deltagande;
use crate::insatsperiod::Insatsperiod;
use crate::{Facts, Id, kedja};
use samsyn_document::Datum;
use std::collections::HashMap;
use std::ops::RangeInclusive;

/// The förbund's rule, in whole calendar months. Without both, nothing is to be removed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Regel {
    /// So many months after the exit, or after the day on which the row was cancelled or taken back.
    pub efter_avslut: Option<u32>,
    /// So many months after the insats's last day.
    pub efter_insats: Option<u32>,
}

impl Regel {
    /// Whether the förbund has a rule at all.
    pub fn finns(self) -> bool {
        self.efter_avslut.is_some() || self.efter_insats.is_some()
    }
}

codes! {
    /// What the months are counted from.
    pub enum Skal {
        Avslut = "avslut" => "Utskriven",
        Insats = "insats" => "Insatsen har tagit slut",
        Makulerad = "makulerad" => "Makulerad",
        Borttagen = "borttagen" => "Borttagen med en ångrad inläsning",
    }
}

/// An inskrivning that the rule says is to be removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mogen {
    /// Its number.
    pub deltagande_id: Id,
    /// Its insats.
    pub insats_id: Id,
    /// What the months are counted from; the one that came first.
    pub skal: Skal,
    /// The first day on which it was to be removed.
    pub sedan: Datum,
    /// The years whose reports count it, as known now or before it was cancelled.
    pub ar: RangeInclusive<i32>,
}

/// The inskrivningar that are to be removed on a day, in the order of insatser and then of their file.
///
/// `facts` are those known on the day, cancelled deltaganden too. `borttagna` are deltaganden that are known no more but
/// still stored, each with the day on which it ended: those of an import that was undone.
pub fn mogna(facts: &Facts, borttagna: &[(Deltagande, Datum)], regel: Regel, dag: Datum) -> Vec<Mogen> {
    let place: HashMap<&Id, usize> = facts.insatser.iter().enumerate().map(|(i, of)| (&of.insats_id, i)).collect();
    let ends = ends(facts);
    let kept = facts.deltagare.iter().map(|row| (row, None));
    let all = kept.chain(borttagna.iter().map(|(row, ended)| (row, Some(*ended))));
    let mut found: Vec<Mogen> = all
        .filter_map(|(row, ended)| {
            let insats = regel.efter_insats.zip(ends.get(&row.insats_id).copied());
            let after = |day: Option<Datum>| regel.efter_avslut.zip(day);
            let reasons = [
                (Skal::Avslut, after(row.utskriven)),
                (Skal::Makulerad, after(row.makulerad)),
                (Skal::Borttagen, after(ended)),
                (Skal::Insats, insats),
            ];
            let ripe = reasons.into_iter().filter_map(|(skal, of)| of.map(|(months, day)| (skal, since(day, months))));
            let (skal, sedan) = ripe.filter(|(_, since)| *since <= dag).min_by_key(|(_, since)| *since)?;
            Some(Mogen {
                deltagande_id: row.deltagande_id.clone(),
                insats_id: row.insats_id.clone(),
                skal,
                sedan,
                ar: years(row, ended, dag),
            })
        })
        .collect();
    found.sort_by_key(|row| place.get(&row.insats_id).copied().unwrap_or(usize::MAX));
    found
}

/// The first day on which so many months have passed since a day: the day after the same day of the month, or after the
/// month's last day where there is no such day.
fn since(day: Datum, months: u32) -> Datum {
    day.add_months(i32::try_from(months).unwrap_or(i32::MAX)).add_days(1)
}

/// Each insats's last day: that of its chain, whose participants are counted together. Of an insats whose latest decided
/// period is not the last of its chain it is the chain's; one without a decided period has none.
fn ends(facts: &Facts) -> HashMap<&Id, Datum> {
    let mut latest: HashMap<&Id, &Insatsperiod> = HashMap::new();
    for period in &facts.insatsperioder {
        let known = latest.entry(&period.insats_id).or_insert(period);
        if period.beslutad >= known.beslutad {
            *known = period;
        }
    }
    // In a cycle, which no import lets in, each insats stands alone.
    let links = kedja::earliest_links(&facts.insatser).unwrap_or_else(|_| (0..facts.insatser.len()).collect());
    let mut of_chain: HashMap<usize, Datum> = HashMap::new();
    for (insats, link) in facts.insatser.iter().zip(&links) {
        if let Some(period) = latest.get(&insats.insats_id) {
            let end = of_chain.entry(*link).or_insert(period.slut);
            *end = period.slut.max(*end);
        }
    }
    let ended = facts.insatser.iter().zip(links).filter_map(|(of, link)| Some((&of.insats_id, *of_chain.get(&link)?)));
    ended.collect()
}

/// The years whose reports count a row: from its enrolment to its exit, or to the day when it has none, and the year
/// after, since a report compares with the year before. An anonymous one counts in the year of its enrolment only. One
/// that was cancelled or taken back counted until then: a report as of an earlier day still needs it.
fn years(row: &Deltagande, ended: Option<Datum>, dag: Datum) -> RangeInclusive<i32> {
    let first = row.inskriven.year();
    let counted_until = [row.utskriven, row.makulerad, ended].into_iter().flatten().min().unwrap_or(dag);
    let last = if row.anonym { first } else { counted_until.year() };
    first..=(last + 1).min(dag.year()).max(first)
}
