//! Insatser that hand in counts instead of single inskrivningar: what a chain's counts come to from one day to
//! another, and what they cannot tell.
//!
//! Months are whole: one is counted from *a* to *b* when both its ends lie there. A month is handed in when either sex
//! has a row; the other is then nought.

use crate::avslutsantal::Avslutsantal;
use crate::calc::matt::{Bits, Matt};
use crate::deltagande::{Avslutsorsak, Kon};
use crate::manadsantal::Manadsantal;
use crate::underlag::{InsatsNr, KedjeNr, Underlag};
use samsyn_document::{Datum, Manad};

/// A month's row with numbers.
#[derive(Clone, Copy, Debug)]
pub enum Rad<'u> {
    /// Enrolled and ongoing.
    Manad(&'u Manadsantal),
    /// Exited for one reason.
    Avslut(&'u Avslutsantal),
}

impl Rad<'_> {
    /// The sex that it counts.
    pub fn kon(self) -> Kon {
        match self {
            Rad::Manad(row) => row.kon,
            Rad::Avslut(row) => row.kon,
        }
    }

    /// How many it adds to a measure of a span that ends with the month `last`; `in_span` is whether its own month lies
    /// in the span. Nought for what counts do not tell.
    pub fn number(self, matt: Matt, last: Option<Manad>, in_span: bool) -> u32 {
        match (self, matt) {
            (Rad::Manad(row), Matt::Inregistrerade) if in_span => row.inskrivna,
            (Rad::Manad(row), Matt::Pagaende | Matt::Deltagit) if Some(row.manad) == last => row.pagaende,
            (Rad::Avslut(row), Matt::AvslutadeTotalt) => row.utskrivna,
            (Rad::Avslut(row), _) if in_span => exited(row, matt),
            _ => 0,
        }
    }
}

/// Measures of those exited between *a* and *b*.
fn exited(row: &Avslutsantal, matt: Matt) -> u32 {
    let reason = |reason| if row.avslutsorsak == reason { row.utskrivna } else { 0 };
    let base = |number| if row.avslutsorsak == Avslutsorsak::InsatsenAvslutad { 0 } else { number };
    match matt {
        // Ongoing on b and exited since a make those who took part.
        Matt::Avslutade | Matt::Deltagit => row.utskrivna,
        Matt::TillArbeteStudier => row.till_arbete_studier,
        Matt::Bas => base(row.utskrivna),
        Matt::BasTillArbeteStudier => base(row.till_arbete_studier),
        Matt::BasMedPlan => base(row.med_plan),
        Matt::FortsattRehabilitering => reason(Avslutsorsak::FortsattRehabilitering),
        Matt::Sjukdom => reason(Avslutsorsak::Sjukdom),
        _ => 0,
    }
}

/// The measures that counts have a part in.
pub const MATT: [Matt; 11] = [
    Matt::Inregistrerade,
    Matt::Avslutade,
    Matt::AvslutadeTotalt,
    Matt::Pagaende,
    Matt::Deltagit,
    Matt::TillArbeteStudier,
    Matt::Bas,
    Matt::BasTillArbeteStudier,
    Matt::BasMedPlan,
    Matt::FortsattRehabilitering,
    Matt::Sjukdom,
];

/// The rows of an insats that add anything to a measure from `a` to `b`, with how many.
pub fn rows(
    underlag: &Underlag,
    insats: InsatsNr,
    matt: Matt,
    a: Datum,
    b: Datum,
) -> impl Iterator<Item = (Rad<'_>, u32)> {
    let of = &underlag.insatser[insats];
    let last = ending(underlag, insats, a, b);
    let months = of.manadsantal.iter().map(|row| (row.manad, Rad::Manad(row)));
    let exits = of.avslutsantal.iter().map(|row| (row.manad, Rad::Avslut(row)));
    months.chain(exits).filter(move |(month, _)| month.last() <= b).filter_map(move |(month, row)| {
        let number = row.number(matt, last, a <= month.first());
        (number > 0).then_some((row, number))
    })
}

/// The measures of a chain that its counts leave unknown from `a` to `b`, as bits.
pub fn unknown(underlag: &Underlag, kedja: KedjeNr, a: Datum, b: Datum) -> Bits {
    let mut bits = 0;
    for &insats in &underlag.kedjor[kedja].lankar {
        if lacks(underlag, insats, a, b) {
            bits |= MATT.into_iter().filter(|matt| *matt != Matt::Pagaende).fold(0, |bits, matt| bits | matt.bit());
        }
        // It has no lower limit: the exits of an earlier month that lacks are in it too.
        if lacks_before(underlag, insats, a) {
            bits |= Matt::AvslutadeTotalt.bit();
        }
        if !ongoing_is_known(underlag, insats, a, b) {
            bits |= Matt::Pagaende.bit() | Matt::Deltagit.bit();
        }
        if rows(underlag, insats, Matt::Bas, a, b).next().is_some() {
            bits |= Matt::BasArbeteStudierEllerSoker.bit() | Matt::BasOvriga.bit();
        }
    }
    bits
}

/// Whether anyone of a chain is counted by months from `a` to `b`, or would be had the months been handed in.
pub fn is_counted(underlag: &Underlag, kedja: KedjeNr, a: Datum, b: Datum) -> bool {
    underlag.kedjor[kedja].lankar.iter().any(|&insats| {
        let of = &underlag.insatser[insats];
        let inside = |month: Manad| a <= month.first() && month.last() <= b;
        of.manadsantal.iter().any(|row| inside(row.manad))
            || of.avslutsantal.iter().any(|row| inside(row.manad))
            || ending(underlag, insats, a, b).is_some()
            || lacks(underlag, insats, a, b)
            || !ongoing_is_known(underlag, insats, a, b)
    })
}

/// The month whose ongoing are those of the insats at the end of `b`, the last day of a month: the one that ends then, if it
/// is handed in. While `b` lies ahead of the day as of which facts are known, it is the last one handed in, from the month
/// before `a` on; not when exits or single inskrivningar are known from after it, since some would be counted twice.
pub fn ending(underlag: &Underlag, insats: InsatsNr, a: Datum, b: Datum) -> Option<Manad> {
    let of = &underlag.insatser[insats];
    let last = last_handed_in(underlag, insats, b)?;
    let after = last.next().first();
    let exits = || of.avslutsantal.iter().any(|row| after <= row.manad.first() && row.manad.last() <= b);
    let is_latest = || underlag.per < b && a <= after && !exits() && !single_from(underlag, insats, after, b);
    (last.last() == b || is_latest()).then_some(last)
}

fn last_handed_in(underlag: &Underlag, insats: InsatsNr, b: Datum) -> Option<Manad> {
    underlag.insatser[insats].manadsantal.iter().map(|row| row.manad).filter(|month| month.last() <= b).max()
}

/// Whether the insats has single inskrivningar that begin in these days.
fn single_from(underlag: &Underlag, insats: InsatsNr, first: Datum, last: Datum) -> bool {
    let of_insats = underlag.deltaganden.iter().filter(|d| d.insats as usize == insats && !d.anonym);
    of_insats.into_iter().any(|d| first <= d.inskriven && d.inskriven <= last)
}

/// Whether it is known how many the insats has ongoing at the end of `b`, the last day of a month: a month tells it; or no
/// month before it is handed in; or nobody was ongoing in the last one that is, and since then the insats has not run or
/// has gone over to single inskrivningar; or it has neither run nor handed in anything since `a`.
fn ongoing_is_known(underlag: &Underlag, insats: InsatsNr, a: Datum, b: Datum) -> bool {
    let of = &underlag.insatser[insats];
    let Some(last) = last_handed_in(underlag, insats, b) else { return true };
    let after = last.next().first();
    let nobody = || of.manadsantal.iter().filter(|row| row.manad == last).all(|row| row.pagaende == 0);
    ending(underlag, insats, a, b).is_some()
        || (nobody() && (!of.pagar(after, b) || single_from(underlag, insats, after, b)))
        || (last.last() < a && !of.pagar(a, b))
}

/// Whether a link of the chain hands in counts and has handed in none of the months from `a` to `b` in which it runs and
/// that have begun.
pub fn is_silent(underlag: &Underlag, kedja: KedjeNr, a: Datum, b: Datum) -> bool {
    underlag.kedjor[kedja].lankar.iter().any(|&insats| silent(underlag, insats, a, b))
}

fn silent(underlag: &Underlag, insats: InsatsNr, a: Datum, b: Datum) -> bool {
    let (Some(first), Some(last)) = (Manad::of(a), Manad::of(b.min(underlag.per))) else { return false };
    let handed_in = || underlag.insatser[insats].manadsantal.iter().any(|row| first <= row.manad && row.manad <= last);
    !lacking(underlag, insats, first, last).is_empty() && !handed_in()
}

/// Whether nobody can know how many came and left from `a` to `b`: a month lacks. While `b` lies ahead of the day as of
/// which facts are known, what is known so far is told, if any month is handed in.
fn lacks(underlag: &Underlag, insats: InsatsNr, a: Datum, b: Datum) -> bool {
    let over = b <= underlag.per;
    if over { !missing(underlag, insats, a, b).is_empty() } else { silent(underlag, insats, a, b) }
}

/// Whether a month before `a` lacks that had ended.
fn lacks_before(underlag: &Underlag, insats: InsatsNr, a: Datum) -> bool {
    let first = underlag.insatser[insats].manadsantal.first().map(|row| row.manad.first());
    first.is_some_and(|first| missing(underlag, insats, first, a).into_iter().any(|month| month.last() < a))
}

/// The months from `a` to `b` that an insats which hands in counts has not handed in: those in which it runs, after its
/// first month of counts and before it goes over to single inskrivningar, and that had ended on `underlag.per`.
pub fn missing(underlag: &Underlag, insats: InsatsNr, a: Datum, b: Datum) -> Vec<Manad> {
    let (Some(from), Some(to)) = (Manad::of(a), Manad::of(b.min(underlag.per))) else { return Vec::new() };
    lacking(underlag, insats, from, to).into_iter().filter(|month| month.last() <= underlag.per).collect()
}

fn lacking(underlag: &Underlag, insats: InsatsNr, from: Manad, to: Manad) -> Vec<Manad> {
    let of = &underlag.insatser[insats];
    let (Some(first), Some(last)) = (of.manadsantal.first(), of.manadsantal.last()) else { return Vec::new() };
    let single = underlag
        .deltaganden
        .iter()
        .filter(|d| d.insats as usize == insats && !d.anonym && d.inskriven > last.manad.last())
        .filter_map(|d| Manad::of(d.inskriven))
        .min();
    let lacks = |month: &Manad| {
        of.pagar(month.first(), month.last())
            && !of.manadsantal.iter().any(|row| row.manad == *month)
            && single.is_none_or(|single| *month < single)
    };
    from.max(first.manad).to(to).filter(lacks).collect()
}
