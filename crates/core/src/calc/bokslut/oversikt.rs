//! What several years tell beside each other: the overview of five years, the results since the start, and what of the
//! members' money has been spent. A year without bookkeeping has historiska tal, or nothing.

use super::not::{Not, Notpost};
use super::uppstallning::{self, balansrakning};
use super::{Tid, ar};
use crate::Id;
use crate::calc::source::{Bokvarde, Source};
use crate::rapportstruktur::{Rad, Radgrupp};
use crate::underlag::Underlag;
use samsyn_document::{Datum, Period};

/// The same day some years earlier; the last day of February follows the calendar.
pub fn ar_fore(day: Datum, years: u16) -> Datum {
    day.add_months(-12 * i32::from(years))
}

/// The period that a closing ends: the half-year until 30 June, the year until 31 December; missing for other days.
pub fn period(till: Datum) -> Option<Period> {
    match (till.month(), till.day()) {
        (6, 30) => samsyn_document::Halvar::new(ar(till), 1).map(Period::Halvar),
        (12, 31) => Some(Period::Ar(ar(till))),
        _ => None,
    }
}

/// A published figure of a period.
pub fn historiskt(underlag: &Underlag, nyckeltal: &str, period: Period) -> Option<Source> {
    let same = |tal: &crate::historiskt_tal::HistorisktTal| tal.nyckeltal == nyckeltal && tal.period == period;
    underlag.historiska_tal.iter().position(same).map(Source::Historiskt)
}

/// Rows of the overview, with their words.
pub const OVERSIKT: [(&str, &str); 7] = [
    ("intakter", "Intäkter, tkr"),
    ("kostnader", "Kostnader, tkr"),
    ("resultat", "Resultat, tkr"),
    ("soliditet", "Soliditet"),
    ("kassalikviditet", "Kassalikviditet"),
    ("antal_anstallda", "Antal anställda"),
    ("personalomsattning", "Personalomsättning"),
];

/// A figure of the overview at a closing: from the bookkeeping, else a published one.
pub fn oversikt(underlag: &Underlag, rad: &str, till: Datum) -> Option<Source> {
    let tkr = |source: Source| Source::Tkr(Box::new(source));
    let own = underlag.bokforing.per(till).and_then(|_| match rad {
        "intakter" => Some(tkr(uppstallning::grupp(Tid::vid(till), Radgrupp::Intakter))),
        "kostnader" => {
            let parts = [Radgrupp::Kostnader, Radgrupp::Finansiella, Radgrupp::Extraordinara];
            let parts = parts.map(|grupp| uppstallning::grupp(Tid::vid(till), grupp));
            Some(tkr(Source::Summa(parts.to_vec())))
        }
        "resultat" => Some(tkr(Source::Bok(Bokvarde::Resultat(till)))),
        "soliditet" => soliditet(till),
        "kassalikviditet" => kassalikviditet(till),
        _ => None,
    });
    own.or_else(|| historiskt(underlag, rad, period(till)?))
}

/// Equity divided by everything: what share of the assets is the förbund's own.
pub fn soliditet(till: Datum) -> Option<Source> {
    let rows = balansrakning(Tid::vid(till));
    let of = |namn| uppstallning::post(&rows, namn);
    Some(Source::andel(of("summa_eget_kapital")?, of("summa_tillgangar")?))
}

/// Current assets divided by debts due within a year: whether they can be paid.
pub fn kassalikviditet(till: Datum) -> Option<Source> {
    let rows = balansrakning(Tid::vid(till));
    let of = |namn| uppstallning::post(&rows, namn);
    Some(Source::andel(of("summa_omsattningstillgangar")?, of("summa_kortfristiga_skulder")?))
}

/// The result of a year: from the closing of its last day, else a published one.
pub fn arsresultat(underlag: &Underlag, ar: u16) -> Option<Source> {
    let till = Datum::new(i32::from(ar), 12, 31)?;
    match underlag.bokforing.per(till) {
        Some(_) => Some(Source::Tkr(Box::new(Source::Bok(Bokvarde::Resultat(till))))),
        None => historiskt(underlag, "arets_resultat", Period::Ar(ar)),
    }
}

/// The years before one whose result is known, the earliest first.
pub fn resultatar(underlag: &Underlag, before: u16) -> Vec<u16> {
    let published = underlag.historiska_tal.iter().filter(|tal| tal.nyckeltal == "arets_resultat");
    let published = published.filter_map(|tal| match tal.period {
        Period::Ar(ar) => Some(ar),
        _ => None,
    });
    let closed = underlag.bokforing.bokslut.iter().map(|of| of.bokslut.till);
    let closed = closed.filter(|till| matches!(period(*till), Some(Period::Ar(_)))).map(ar);
    let mut years: Vec<u16> = published.chain(closed).filter(|ar| *ar < before).collect();
    years.sort_unstable();
    years.dedup();
    years
}

/// What a balanskravsutredning begins with and takes away: its name in figures, its words, and the row of the notes that
/// it is; the result first.
pub const BALANSKRAV: [(&str, &str, Option<&str>); 5] = [
    ("resultat", "Resultat enligt resultaträkningen", None),
    ("realisationsvinster", "Minus realisationsvinster på anläggningstillgångar", Some("realisationsvinster")),
    ("orealiserade_vinster", "Minus orealiserade vinster i värdepapper", Some("orealiserade_vinster")),
    ("orealiserade_forluster", "Plus orealiserade förluster i värdepapper", Some("orealiserade_forluster")),
    (
        "aterforing_orealiserade",
        "Återföring av tidigare orealiserade vinster och förluster i värdepapper",
        Some("aterforing_orealiserade"),
    ),
];

/// A row of the balanskravsutredning: the result, or what is taken away from it, in kronor. What the bookkeeping takes back
/// of a loss set apart before is income in the result, and is taken away: the loss then counts, in the year that it is
/// realised. Of a gain it is the other way round. Missing without the closing, or without a row of that name in its year's
/// notes. Source: lagen (2018:597) om kommunal bokföring och redovisning 11 kap. 10 §.
pub fn balanskrav(underlag: &Underlag, till: Datum, notrad: Option<&str>) -> Option<Source> {
    underlag.bokforing.per(till)?;
    let Some(notrad) = notrad else { return Some(Source::Bok(Bokvarde::Resultat(till))) };
    let name = Id::new(notrad)?;
    let of = |not: &Not| Source::Bok(Bokvarde::Not(Tid::vid(till), *not, Notpost::Namn(name.clone())));
    let runs = underlag.bokforing.struktur(ar(till));
    let has = |not: &Not| runs.iter().any(|run| run.not_nr == Some(not.nr) && run.notrad.as_ref() == Some(&name));
    // Gains and losses may stand in a note each.
    let notes = Not::av(&underlag.bokforing, ar(till));
    let mut amounts: Vec<Source> = notes.iter().filter(|not| has(not)).map(of).collect();
    let amount = if amounts.len() > 1 { Source::Summa(amounts) } else { amounts.pop()? };
    Some(Source::Omvand(Box::new(amount)))
}

/// The result when what has not been realised is set apart.
pub fn balanskravsresultat(underlag: &Underlag, till: Datum) -> Source {
    Source::Summa(BALANSKRAV.iter().filter_map(|(.., notrad)| balanskrav(underlag, till, *notrad)).collect())
}

/// What the members paid, and what insatser cost, in a year: from the bookkeeping, else published.
pub fn medlemsintakt(underlag: &Underlag, ar: u16) -> Option<(Source, Source)> {
    let till = Datum::new(i32::from(ar), 12, 31)?;
    let line = |rad| Source::Tkr(Box::new(Source::Bok(Bokvarde::Rad(Tid::vid(till), rad))));
    if underlag.bokforing.per(till).is_some() {
        let spent = Source::Omvand(Box::new(line(Rad::Samverkansinsatser)));
        return Some((line(Rad::Rorelseintakter), spent));
    }
    let of = |name| historiskt(underlag, name, Period::Ar(ar));
    Some((of("tilldelning")?, of("samverkansinsatser")?))
}
