//! Money of a half-year and of the year so far.

use crate::avvikelse::{Avvikelse, Beslut};
use crate::calc::grupp::Grupp;
use crate::calc::kontekst::Rakning;
use crate::underlag::{InsatsNr, InsatsUnderlag};
use samsyn_document::{Belopp, Halvar, Kvartal, Manad};

/// Which money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Post {
    /// Payment claims known.
    Utfall,
    /// Budget, after decided adjustments and carry-overs.
    Budget,
}

/// Which quarters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Span {
    /// The half-year's two quarters.
    Halvar,
    /// From 1 January to the half-year's end.
    Ackumulerat,
    /// All of the half-year's calendar year.
    Helar,
    /// One quarter, of any year.
    Kvartal(Kvartal),
}

impl Span {
    /// Whether the quarter is one of them.
    pub fn has(self, period: Halvar, quarter: Kvartal) -> bool {
        match self {
            Span::Halvar => period.has(quarter),
            Span::Ackumulerat => period.has_so_far(quarter),
            Span::Helar => quarter.year() == period.year(),
            Span::Kvartal(one) => quarter == one,
        }
    }
}

/// The sum for one insats; nought when there is no row.
pub fn of_insats(insats: &InsatsUnderlag, post: Post, span: Span, period: Halvar) -> Belopp {
    match post {
        Post::Utfall => insats.rekvisitioner.iter().filter(|r| span.has(period, r.kvartal)).map(|r| r.belopp_kr).sum(),
        Post::Budget => insats.budget.iter().filter(|r| span.has(period, r.kvartal)).map(|r| r.belopp_kr).sum(),
    }
}

/// The sum for a group of insatser.
pub fn of_group(rakning: &Rakning<'_>, grupp: Grupp, post: Post, span: Span) -> Belopp {
    insatser(rakning, grupp).map(|i| of_insats(&rakning.underlag.insatser[i], post, span, rakning.period)).sum()
}

/// Whether any insats of a group has a row at all.
pub fn any(rakning: &Rakning<'_>, grupp: Grupp, post: Post, span: Span) -> bool {
    let has = |quarter| span.has(rakning.period, quarter);
    insatser(rakning, grupp).any(|i| match post {
        Post::Utfall => rakning.underlag.insatser[i].rekvisitioner.iter().any(|row| has(row.kvartal)),
        Post::Budget => rakning.underlag.insatser[i].budget.iter().any(|row| has(row.kvartal)),
    })
}

/// The insatser of a group.
pub fn insatser(rakning: &Rakning<'_>, grupp: Grupp) -> impl Iterator<Item = InsatsNr> {
    (0..rakning.underlag.insatser.len()).filter(move |&i| grupp.has(rakning, i))
}

/// The avvikelser whose carry-over to the year after the report's is granted (bifall, known).
pub fn carried_over(insats: &InsatsUnderlag, period: Halvar) -> impl Iterator<Item = &Avvikelse> {
    insats.avvikelser.iter().filter(move |avvikelse| {
        avvikelse.beslut == Some(Beslut::Bifall)
            && avvikelse.overforing_till_ar == Some(period.year() + 1)
            && avvikelse.overforing_kr.is_some()
    })
}

/// How many participants are expected so far: four times the number, so that it is whole. The sum over
/// the chain's links of forvantat_antal_per_ar × the quarters of the year so far that the link's latest
/// known period overlaps; `None` when no link has a number.
pub fn expected_times_four(rakning: &Rakning<'_>, kedja: usize) -> Option<i64> {
    let quarters = |i: InsatsNr| {
        let overlaps = |q: &Kvartal| rakning.underlag.insatser[i].pagar(q.first(), q.last());
        rakning.period.quarters_so_far().filter(overlaps).count() as i64
    };
    let number = |i: InsatsNr| rakning.underlag.insatser[i].insats.forvantat_antal_per_ar;
    let links = &rakning.underlag.kedjor[kedja].lankar;
    let known: Vec<i64> = links.iter().filter_map(|&i| Some(i64::from(number(i)?) * quarters(i))).collect();
    (!known.is_empty()).then(|| known.iter().sum())
}

/// How many participants are expected from the first month to the second: twelve times the number, so that it is whole.
/// The sum over the chain's links of forvantat_antal_per_ar × the months that the link's latest known period overlaps;
/// `None` when no link has a number.
pub fn expected_times_twelve(rakning: &Rakning<'_>, kedja: usize, from: Manad, to: Manad) -> Option<i64> {
    let months = |i: InsatsNr| {
        let overlaps = |month: &Manad| rakning.underlag.insatser[i].pagar(month.first(), month.last());
        from.to(to).filter(overlaps).count() as i64
    };
    let number = |i: InsatsNr| rakning.underlag.insatser[i].insats.forvantat_antal_per_ar;
    let links = &rakning.underlag.kedjor[kedja].lankar;
    let known: Vec<i64> = links.iter().filter_map(|&i| Some(i64::from(number(i)?) * months(i))).collect();
    (!known.is_empty()).then(|| known.iter().sum())
}
