//! What a report is about: a half-year, a calendar year, or a meeting of the board.

use super::Slag;
use samsyn_document::{Datum, Halvar, format};
use std::fmt;
use std::str::FromStr;

/// What a report is about. Written `2022-H1`, `2022` or `2022-10-20`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Avser {
    /// A half-year.
    Halvar(Halvar),
    /// A calendar year, named by its second half.
    Ar(Halvar),
    /// A meeting of the board, with the half-year it falls in.
    Mote(Datum, Halvar),
}

impl Avser {
    /// What is counted for it: the half-year, the second half of the year, or that of the meeting.
    pub fn halvar(self) -> Halvar {
        match self {
            Avser::Halvar(half) | Avser::Ar(half) | Avser::Mote(_, half) => half,
        }
    }

    /// As it stands after a report's name: `första halvåret 2022`, `2022`, `styrelsens möte den 20 oktober 2022`.
    pub fn text(self) -> String {
        match self {
            Avser::Halvar(half) => format::halvar(half),
            Avser::Ar(half) => half.year().to_string(),
            Avser::Mote(day, _) => format!("styrelsens möte den {}", format::long_date(day)),
        }
    }
}

impl fmt::Display for Avser {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Avser::Halvar(half) => write!(f, "{half}"),
            Avser::Ar(half) => write!(f, "{}", half.year()),
            Avser::Mote(day, _) => write!(f, "{day}"),
        }
    }
}

impl FromStr for Avser {
    type Err = String;

    fn from_str(text: &str) -> Result<Avser, String> {
        let wrong =
            || format!("”{text}” är inget halvår, år eller datum. Skriv till exempel 2022-H1, 2022 eller 2022-10-20.");
        if let Ok(half) = text.parse() {
            return Ok(Avser::Halvar(half));
        }
        if text.len() == 4 {
            let year = text.parse().ok().and_then(|year| Halvar::new(year, 2));
            return year.map(Avser::Ar).ok_or_else(wrong);
        }
        let day: Datum = text.parse().map_err(|_| wrong())?;
        Halvar::of(day).map(|half| Avser::Mote(day, half)).ok_or_else(wrong)
    }
}

impl Slag {
    /// Whether a report of this kind can be about that.
    pub fn kan_avse(self, avser: Avser) -> bool {
        match self {
            Slag::Pm | Slag::Tjansteskrivelse => matches!(avser, Avser::Halvar(_)),
            // The delårsrapport is about the first half of its year, and named by the year.
            Slag::Avgifter | Slag::Delarsrapport | Slag::Arsredovisning => matches!(avser, Avser::Ar(_)),
            Slag::Beslutsutrymme => matches!(avser, Avser::Mote(..)),
        }
    }

    /// The half-year that is counted for a report of this kind: the first half of a delårsrapport's year.
    pub fn raknas(self, avser: Avser) -> Halvar {
        let half = avser.halvar();
        let first = Halvar::new(half.year(), 1).filter(|_| self == Slag::Delarsrapport);
        first.unwrap_or(half)
    }

    /// The kinds that are about a half-year.
    pub fn av_halvar() -> impl Iterator<Item = Slag> {
        Slag::ALL.iter().copied().filter(|slag| !slag.av_ekonomi())
    }

    /// Whether it is the delårsrapport or the årsredovisning, which tell of participants too.
    pub const fn av_bokslut(self) -> bool {
        matches!(self, Slag::Delarsrapport | Slag::Arsredovisning)
    }

    /// Whether it is about the förbund's own economy.
    pub const fn av_ekonomi(self) -> bool {
        !matches!(self, Slag::Pm | Slag::Tjansteskrivelse)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_report_is_about_comes_back() {
        for (text, said, half) in [
            ("2022-H1", "första halvåret 2022", "2022-H1"),
            ("2022", "2022", "2022-H2"),
            ("2022-10-20", "styrelsens möte den 20\u{a0}oktober 2022", "2022-H2"),
        ] {
            let avser: Avser = text.parse().unwrap();
            assert_eq!((avser.to_string().as_str(), avser.text().as_str()), (text, said));
            assert_eq!(avser.halvar().to_string(), half);
        }
        for text in ["", "2022-H3", "22", "0000", "2022-13-01", "2022-02-30"] {
            assert!(text.parse::<Avser>().is_err(), "{text}");
        }
    }

    #[test]
    fn every_kind_is_about_one_sort_of_thing() {
        let all = ["2022-H1", "2022", "2022-10-20"].map(|text| text.parse::<Avser>().unwrap());
        for &slag in Slag::ALL {
            assert_eq!(all.iter().filter(|avser| slag.kan_avse(**avser)).count(), 1, "{slag:?}");
        }
    }
}
