//! Public support that is reckoned to fall away when people go to work or studies: exits × the förbund's flat rate per
//! kommun, year and kind of support. A reckoning with assumptions, each of which is told; never a measured saving.

use crate::calc::grupp::Grupp;
use crate::calc::kontekst::Rakning;
use crate::calc::matt::{self, Matt};
use crate::deltagande::{Forsorjning, Omfattning};
use crate::medlem::MedlemTyp;
use crate::schablon::Schablon;
use crate::underlag::{DeltagandeRad, InsatsNr, Underlag};
use samsyn_document::{Belopp, Datum};

/// How much of the flat rate an exit takes away. For one person never more in one than in the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Antagande {
    /// Only those who have no support after, the whole rate.
    Lagst,
    /// The whole rate for those who have no support after; else the rate times the extent of work; else, for studies alone,
    /// the whole rate, but nothing for one who keeps the same support.
    Omfattning,
    /// The whole rate for everyone who had support before.
    Hogst,
}

/// What is told of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tal {
    /// To work or studies, with public support before.
    MedForsorjning,
    /// Those of them that a rate is given for.
    MedSchablon,
    /// To work or studies, without public support before.
    Utan,
    /// To work or studies, with nothing told of support before, as of those who are counted by month.
    Okant,
    /// Of those with public support before: to this, and with this after. Either is anything when it is left out.
    Fordelade(Option<Till>, Option<Efter>),
}

/// What an exit led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Till {
    /// Work to an extent, with studies beside it or without.
    Arbete(Omfattning),
    /// Studies without work.
    Studier,
}

impl Till {
    /// Each of them, in order.
    pub fn alla() -> impl Iterator<Item = Till> {
        Omfattning::ALL.iter().map(|extent| Till::Arbete(*extent)).chain([Till::Studier])
    }

    /// What an exit to work or studies led to; missing for other exits.
    fn av(row: &DeltagandeRad) -> Option<Till> {
        row.omfattning.map(Till::Arbete).or(row.studerar.then_some(Till::Studier))
    }
}

/// Public support after an exit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Efter {
    /// A kind of support, or none.
    Kand(Forsorjning),
    /// Nothing is told.
    Okand,
}

impl Efter {
    /// Each of them, in order.
    pub fn alla() -> impl Iterator<Item = Efter> {
        Forsorjning::ALL.iter().map(|kind| Efter::Kand(*kind)).chain([Efter::Okand])
    }

    /// Its words.
    pub fn text(self) -> &'static str {
        match self {
            Efter::Kand(kind) => kind.text(),
            Efter::Okand => "Okänd",
        }
    }
}

/// Whether a deltagande went to work or studies in the counted part of the year, each once; anonymous ones never.
fn arrived(rakning: &Rakning<'_>, row: &DeltagandeRad) -> bool {
    let bits = matt::bits(row, rakning.period.year_start(), rakning.period.last());
    bits & Matt::TillArbeteStudier.bit() != 0
}

/// Those of a group who went to work or studies, by their place in the underlag.
pub fn till_arbete_studier<'u>(
    rakning: &Rakning<'u>,
    grupp: Grupp,
) -> impl Iterator<Item = (usize, &'u DeltagandeRad)> {
    let underlag = rakning.underlag;
    let own = |row: &DeltagandeRad| grupp.has(rakning, row.insats as usize) && arrived(rakning, row);
    let found: Vec<(usize, &DeltagandeRad)> =
        underlag.deltaganden.iter().enumerate().filter(|(_, row)| own(row)).collect();
    found.into_iter()
}

/// Whether a deltagande, with its place in the underlag, is one of those that a number counts.
pub fn is(underlag: &Underlag, (at, row): (usize, &DeltagandeRad), tal: Tal) -> bool {
    let had = row.forsorjning_fore.is_some_and(|before| before != Forsorjning::Ingen);
    match tal {
        Tal::MedForsorjning => had,
        Tal::MedSchablon => schablon(underlag, row).is_some(),
        Tal::Utan => row.forsorjning_fore == Some(Forsorjning::Ingen),
        Tal::Okant => row.forsorjning_fore.is_none(),
        Tal::Fordelade(till, efter) => {
            let after = underlag.forsorjning_efter(at).map_or(Efter::Okand, Efter::Kand);
            had && till.is_none_or(|till| Till::av(row) == Some(till)) && efter.is_none_or(|efter| efter == after)
        }
    }
}

/// How many of a group a number counts, those that are counted by month among them.
pub fn antal(rakning: &Rakning<'_>, grupp: Grupp, tal: Tal) -> i64 {
    let of = |tal| till_arbete_studier(rakning, grupp).filter(|one| is(rakning.underlag, *one, tal)).count() as i64;
    match tal {
        Tal::Okant => rakning.count(grupp, None, Matt::TillArbeteStudier) - of(Tal::MedForsorjning) - of(Tal::Utan),
        _ => of(tal),
    }
}

/// The kommun whose rates count for an insats: the one that runs it; missing when no kommun does.
pub fn kommun(underlag: &Underlag, insats: InsatsNr) -> Option<&str> {
    let owner = &underlag.insatser[insats].insats.insatsagare;
    let member = underlag.ekonomi.medlemmar.iter().find(|medlem| medlem.medlem == *owner)?;
    (member.typ == MedlemTyp::Kommun).then_some(owner.as_str())
}

/// The rate of what a person had before, in the kommun of the insats and the year of the exit.
pub fn schablon<'u>(underlag: &'u Underlag, row: &DeltagandeRad) -> Option<&'u Schablon> {
    let before = row.forsorjning_fore.filter(|before| *before != Forsorjning::Ingen)?;
    let exit = row.utskriven?;
    let kommun = kommun(underlag, row.insats as usize)?;
    let year = u16::try_from(exit.year()).ok()?;
    let same = |rate: &&Schablon| rate.ar == year && rate.forsorjning == before && rate.kommun == kommun;
    underlag.schabloner.iter().find(same)
}

/// What a full year without the support is reckoned to be for one who exited, in öre; nothing without a rate.
pub fn per_ar(underlag: &Underlag, (at, row): (usize, &DeltagandeRad), antagande: Antagande) -> Belopp {
    let Some(rate) = schablon(underlag, row) else { return Belopp::NOLL };
    let after = underlag.forsorjning_efter(at);
    let percent = match antagande {
        Antagande::Hogst => 100,
        _ if after == Some(Forsorjning::Ingen) => 100,
        Antagande::Lagst => 0,
        Antagande::Omfattning => match row.omfattning {
            Some(extent) => i64::from(procent(extent)),
            None if after == row.forsorjning_fore => 0,
            None => 100,
        },
    };
    // Half an öre has no meaning: rounded down.
    Belopp::from_ore(rate.belopp_kr.ore() * percent / 100)
}

fn procent(extent: Omfattning) -> u8 {
    match extent {
        Omfattning::P25 => 25,
        Omfattning::P50 => 50,
        Omfattning::P75 => 75,
        Omfattning::P80 => 80,
        Omfattning::P100 => 100,
    }
}

/// Whether any rate is given for a year.
pub fn har_schabloner(underlag: &Underlag, day: Datum) -> bool {
    underlag.schabloner.iter().any(|rate| i32::from(rate.ar) == day.year())
}

/// What all of a group amounts to in a full year; missing when no rate is given for anyone of it.
pub fn minskning(rakning: &Rakning<'_>, grupp: Grupp, antagande: Antagande) -> Option<Belopp> {
    let mut sum = None;
    for (at, row) in till_arbete_studier(rakning, grupp) {
        if schablon(rakning.underlag, row).is_some() {
            sum = Some(sum.unwrap_or(Belopp::NOLL) + per_ar(rakning.underlag, (at, row), antagande));
        }
    }
    sum
}
