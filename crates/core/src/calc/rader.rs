//! Which insatser and chains each table shows.

use crate::calc::kontekst::Counts;
use crate::calc::matt::Matt;
use crate::insats::InsatsTyp;
use crate::underlag::{InsatsNr, KedjeNr, Underlag};
use samsyn_document::Halvar;

/// The rows of the tables of one half-year, in order: individ, struktur, kompetens; within them the
/// order of insatser.csv.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rader {
    /// Tables 1 and 3.
    pub tabell_1: Vec<InsatsNr>,
    /// Tables 2 and 5: those of table 1 that belong to the half-year.
    pub tabell_2: Vec<InsatsNr>,
    /// Those of table 1 that have not started by the period's end.
    pub ej_startade: Vec<InsatsNr>,
    /// Table 4.
    pub tabell_4: Vec<InsatsNr>,
    /// Tables 6, 7 and 8: chains.
    pub tabell_6: Vec<KedjeNr>,
    /// Insatser that ended in the half-year.
    pub avslutade: Vec<InsatsNr>,
}

impl Rader {
    /// Finds the rows.
    pub fn new(underlag: &Underlag, period: Halvar, counts: &Counts) -> Rader {
        let tabell_2 = in_order(underlag, shown_links(underlag, period));
        let ej_startade = in_order(underlag, not_started(underlag, period));
        let tabell_1 = in_order(underlag, tabell_2.iter().chain(&ej_startade).copied().collect());
        let with_budget = |&i: &InsatsNr| underlag.insatser[i].budget.iter().any(|row| period.has_so_far(row.kvartal));
        let tabell_4 = in_order(underlag, (0..underlag.insatser.len()).filter(with_budget).collect());
        let ended = |&i: &InsatsNr| {
            underlag.insatser[i].period().is_some_and(|p| (period.first()..=period.last()).contains(&p.slut))
        };
        let avslutade = in_order(underlag, (0..underlag.insatser.len()).filter(ended).collect());
        let tabell_6 = shown_chains(underlag, &tabell_2, counts);
        Rader { tabell_1, tabell_2, ej_startade, tabell_4, tabell_6, avslutade }
    }
}

/// An insats belongs to the half-year if its latest decided period, among decisions known, overlaps it
/// by at least one day.
pub fn belongs(underlag: &Underlag, insats: InsatsNr, period: Halvar) -> bool {
    underlag.insatser[insats].pagar(period.first(), period.last())
}

/// Of each chain, the link that started last among those that belong; ties: later in insatser.csv.
fn shown_links(underlag: &Underlag, period: Halvar) -> Vec<InsatsNr> {
    let started = |i: InsatsNr| underlag.insatser[i].period().map(|p| p.start);
    let shown = |lankar: &[InsatsNr]| {
        lankar.iter().copied().filter(|&i| belongs(underlag, i, period)).max_by_key(|&i| (started(i), i))
    };
    underlag.kedjor.iter().filter_map(|kedja| shown(&kedja.lankar)).collect()
}

/// An insats that has not started by the period's end but was first decided to start on or before it.
fn not_started(underlag: &Underlag, period: Halvar) -> Vec<InsatsNr> {
    let late = |&i: &InsatsNr| match underlag.insatser[i].perioder.as_slice() {
        [first, .., latest] => latest.start > period.last() && first.start <= period.last(),
        _ => false,
    };
    (0..underlag.insatser.len()).filter(late).collect()
}

/// Every chain shown with typ individ in table 1 that has started, and every chain with someone who
/// deltagit, or an anonymous enrolment, from 1 January; also where counts leave unknown whether anyone has.
fn shown_chains(underlag: &Underlag, started: &[InsatsNr], counts: &Counts) -> Vec<KedjeNr> {
    let individ = |&&i: &&InsatsNr| underlag.insatser[i].insats.typ == InsatsTyp::Individ;
    let mut shown: Vec<bool> = vec![false; underlag.kedjor.len()];
    for &insats in started.iter().filter(individ) {
        shown[underlag.insatser[insats].kedja] = true;
    }
    let anyone = |kedja| {
        counts.both(kedja, Matt::Deltagit) + counts.both(kedja, Matt::Anonyma) > 0
            || counts.is_unknown(kedja, Matt::Deltagit)
    };
    let mut chains: Vec<KedjeNr> = (0..shown.len()).filter(|&kedja| shown[kedja] || anyone(kedja)).collect();
    chains.sort_by_key(|&kedja| (underlag.forsta(kedja).typ, underlag.kedjor[kedja].forsta));
    chains
}

fn in_order(underlag: &Underlag, mut insatser: Vec<InsatsNr>) -> Vec<InsatsNr> {
    insatser.sort_by_key(|&i| (underlag.insatser[i].insats.typ, i));
    insatser
}
