//! Figures month by month, for the individinsatser of a year: nya, avslutade, pågående and to work or studies; the year
//! so far, and that against what is expected.

use super::Figures;
use crate::calc::antal;
use crate::calc::grupp::Grupp;
use crate::calc::kontekst::Rakning;
use crate::calc::matt::Matt;
use crate::calc::source::Source;
use crate::deltagande::Kon;
use crate::insats::InsatsTyp;
use crate::underlag::KedjeNr;
use samsyn_document::{Datum, Manad};

/// The table that these figures stand in.
pub(super) const TABELL: &str = "manad";

/// The measures, each with its name.
pub(crate) const MATT: [(&str, Matt); 4] = [
    ("nya", Matt::Inregistrerade),
    ("avslutade", Matt::Avslutade),
    ("pagaende", Matt::Pagaende),
    ("till_arbete_studier", Matt::TillArbeteStudier),
];

/// The sum, women and men, with the letter in a column's name.
pub(crate) const KON: [(&str, Option<Kon>); 3] = [("S", None), ("K", Some(Kon::Kvinna)), ("M", Some(Kon::Man))];

/// The months from 1 January to the half-year's end that had begun on the day as of which facts are known.
pub fn months(rakning: &Rakning<'_>) -> Vec<Manad> {
    let (first, last) = (Manad::of(rakning.period.year_start()), Manad::of(rakning.period.last()));
    let (Some(first), Some(last)) = (first, last) else { return Vec::new() };
    first.to(last).filter(|month| month.first() <= rakning.underlag.per).collect()
}

/// Those months of a group: of a chain, from the first in which one of its links runs or has anyone.
pub fn months_of(rakning: &Rakning<'_>, grupp: Grupp) -> Vec<Manad> {
    let mut months = months(rakning);
    if let Grupp::Kedja(kedja) = grupp {
        let first = began(rakning, kedja);
        months.retain(|month| first.is_none_or(|first| first <= month.last()));
    }
    months
}

/// The first day of a chain; `None` of one without a decided period, or inskrivningar or counts.
fn began(rakning: &Rakning<'_>, kedja: KedjeNr) -> Option<Datum> {
    let underlag = rakning.underlag;
    let links = || underlag.kedjor[kedja].lankar.iter().map(|&link| &underlag.insatser[link]);
    let periods = links().filter_map(|link| Some(link.period()?.start));
    let counts = links().filter_map(|link| Some(link.manadsantal.first()?.manad.first()));
    let of_chain = underlag.deltaganden.iter().filter(|d| underlag.insats_of(d).kedja == kedja);
    periods.chain(counts).chain(of_chain.map(|d| d.inskriven)).min()
}

/// The chains with typ individ of which a link runs in those months, or in which someone has taken part or may have.
pub fn chains(rakning: &Rakning<'_>) -> Vec<KedjeNr> {
    let underlag = rakning.underlag;
    let months = months(rakning);
    let runs = |kedja: KedjeNr| match (months.first(), months.last()) {
        (Some(first), Some(last)) => {
            let links = underlag.kedjor[kedja].lankar.iter();
            links.into_iter().any(|&link| underlag.insatser[link].pagar(first.first(), last.last()))
        }
        _ => false,
    };
    let anyone =
        |kedja| rakning.counts.both(kedja, Matt::Deltagit) > 0 || rakning.counts.is_unknown(kedja, Matt::Deltagit);
    let individ = |&kedja: &KedjeNr| underlag.forsta(kedja).typ == InsatsTyp::Individ;
    (0..underlag.kedjor.len()).filter(individ).filter(|&kedja| runs(kedja) || anyone(kedja)).collect()
}

/// The last of the months at whose end all of the group's ongoing are known; else the last month. What is told of the
/// year so far is told up to it.
pub fn until(rakning: &Rakning<'_>, grupp: Grupp) -> Option<Manad> {
    let months = months(rakning);
    let known = |month: &&Manad| {
        let of = |kedja| {
            let unknown = antal::unknown(rakning.underlag, kedja, rakning.period.year_start(), month.last());
            unknown & Matt::Pagaende.bit() == 0
                && !antal::is_silent(rakning.underlag, kedja, month.first(), month.last())
        };
        rakning.chains(grupp).all(of)
    };
    months.iter().rev().find(known).or(months.last()).copied()
}

/// Of one group: each month, the year so far and, for a chain, what is expected.
pub(super) fn of_group(to: &mut Figures<'_, '_>, rad: &str, grupp: Grupp) {
    let months = months(to.rakning);
    let (Some(&first), Some(until)) = (months.first(), until(to.rakning, grupp)) else { return };
    for month in months_of(to.rakning, grupp) {
        for (name, matt) in MATT {
            for (letter, kon) in KON {
                let source = Source::Manader(grupp, kon, month, month, matt);
                to.add(TABELL, rad, format!("{name}_{letter}_{month}"), source);
            }
        }
    }
    for (name, matt) in MATT {
        for (letter, kon) in KON {
            let source = Source::Manader(grupp, kon, first, until, matt);
            to.add(TABELL, rad, format!("{name}_{letter}_hittills"), source);
        }
    }
    let took_part = Source::Manader(grupp, None, first, until, Matt::Deltagit);
    to.add(TABELL, rad, "deltagit", took_part.clone());
    if let Grupp::Kedja(kedja) = grupp {
        let expected = Source::ForvantatManader(kedja, first, until);
        to.add(TABELL, rad, "forvantat", expected.clone());
        to.add(TABELL, rad, "mot_plan", Source::andel(took_part, expected));
    }
}
