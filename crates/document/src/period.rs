//! Quarters, half-years and years. Both ends of a period are included.

use crate::Datum;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Years that a period may have: those whose days, and the day after them, all are a `Datum`.
const YEARS: std::ops::RangeInclusive<u16> = 1900..=2198;

/// One quarter, `2022-K1` to `2022-K4`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Kvartal {
    year: u16,
    number: u8,
}

/// One half-year, `2022-H1` or `2022-H2`; what a PM is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Halvar {
    year: u16,
    number: u8,
}

/// A quarter, a half-year or a year (`2022`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Period {
    /// A quarter.
    Kvartal(Kvartal),
    /// A half-year.
    Halvar(Halvar),
    /// A calendar year.
    Ar(u16),
}

/// The day `month`-`day` of a year that is known to be good.
fn day_of(year: u16, month: u8, day: u8) -> Datum {
    Datum::new(i32::from(year), month, day).unwrap_or(Datum::of_ms(0))
}

/// First and last day of `months` months from `first_month`.
fn span(year: u16, first_month: u8, months: u8) -> (Datum, Datum) {
    let first = day_of(year, first_month, 1);
    (first, first.add_months(i32::from(months)).add_days(-1))
}

impl Kvartal {
    /// The quarter; `None` unless the number is 1–4 and the year 1900–2198.
    pub fn new(year: u16, number: u8) -> Option<Kvartal> {
        (YEARS.contains(&year) && (1..=4).contains(&number)).then_some(Kvartal { year, number })
    }

    /// The quarter that a day lies in.
    pub fn of(day: Datum) -> Kvartal {
        Kvartal { year: day.year() as u16, number: (day.month() - 1) / 3 + 1 }
    }

    /// Calendar year.
    pub fn year(self) -> u16 {
        self.year
    }

    /// 1–4.
    pub fn number(self) -> u8 {
        self.number
    }

    /// First day.
    pub fn first(self) -> Datum {
        span(self.year, self.number * 3 - 2, 3).0
    }

    /// Last day.
    pub fn last(self) -> Datum {
        span(self.year, self.number * 3 - 2, 3).1
    }

    /// The quarter after this one; the same one at the end of time.
    pub fn next(self) -> Kvartal {
        let next =
            if self.number == 4 { Kvartal::new(self.year + 1, 1) } else { Kvartal::new(self.year, self.number + 1) };
        next.unwrap_or(self)
    }

    /// When what is reported for the quarter is due: one month after its end, the last day included.
    pub fn due(self) -> Datum {
        self.last().add_days(1).add_months(1).add_days(-1)
    }
}

impl Halvar {
    /// The half-year of a day; none outside the years that a period can have.
    pub fn of(day: Datum) -> Option<Halvar> {
        Halvar::new(u16::try_from(day.year()).ok()?, if day.month() <= 6 { 1 } else { 2 })
    }

    /// The half-year; `None` unless the number is 1 or 2 and the year 1900–2198.
    pub fn new(year: u16, number: u8) -> Option<Halvar> {
        (YEARS.contains(&year) && (1..=2).contains(&number)).then_some(Halvar { year, number })
    }

    /// Calendar year.
    pub fn year(self) -> u16 {
        self.year
    }

    /// 1 or 2.
    pub fn number(self) -> u8 {
        self.number
    }

    /// First day.
    pub fn first(self) -> Datum {
        span(self.year, self.number * 6 - 5, 6).0
    }

    /// Last day.
    pub fn last(self) -> Datum {
        span(self.year, self.number * 6 - 5, 6).1
    }

    /// 1 January of the year.
    pub fn year_start(self) -> Datum {
        day_of(self.year, 1, 1)
    }

    /// The two quarters of the half-year.
    pub fn quarters(self) -> [Kvartal; 2] {
        [1, 2].map(|n| Kvartal { year: self.year, number: (self.number - 1) * 2 + n })
    }

    /// The quarters from 1 January to the half-year's end.
    pub fn quarters_so_far(self) -> impl Iterator<Item = Kvartal> + Clone {
        (1..=self.number * 2).map(move |number| Kvartal { year: self.year, number })
    }

    /// Whether the quarter is one of the half-year's two.
    pub fn has(self, quarter: Kvartal) -> bool {
        quarter.year == self.year && (quarter.number - 1) / 2 == self.number - 1
    }

    /// Whether the quarter lies between 1 January and the half-year's end.
    pub fn has_so_far(self, quarter: Kvartal) -> bool {
        quarter.year == self.year && quarter.number <= self.number * 2
    }

    /// The same half of the year before; `None` before 1901.
    pub fn year_before(self) -> Option<Halvar> {
        Halvar::new(self.year - 1, self.number)
    }
}

impl fmt::Display for Kvartal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-K{}", self.year, self.number)
    }
}

impl fmt::Display for Halvar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-H{}", self.year, self.number)
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Period::Kvartal(k) => k.fmt(f),
            Period::Halvar(h) => h.fmt(f),
            Period::Ar(year) => write!(f, "{year}"),
        }
    }
}

/// `ÅÅÅÅ` and the digit after the letter, for instance `2022-K3` with `-K`.
fn year_and_number(text: &str, letter: &str) -> Option<(u16, u8)> {
    let (year, number) = text.split_once(letter)?;
    (year.len() == 4 && number.len() == 1).then_some(())?;
    Some((parse_year(year)?, number.parse().ok()?))
}

fn parse_year(text: &str) -> Option<u16> {
    (text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

impl FromStr for Kvartal {
    type Err = String;
    fn from_str(text: &str) -> Result<Kvartal, String> {
        year_and_number(text, "-K")
            .and_then(|(y, n)| Kvartal::new(y, n))
            .ok_or_else(|| format!("{text:?} är inget kvartal. Skriv till exempel 2022-K1."))
    }
}

impl FromStr for Halvar {
    type Err = String;
    fn from_str(text: &str) -> Result<Halvar, String> {
        year_and_number(text, "-H")
            .and_then(|(y, n)| Halvar::new(y, n))
            .ok_or_else(|| format!("{text:?} är inget halvår. Skriv till exempel 2022-H1."))
    }
}

impl FromStr for Period {
    type Err = String;
    fn from_str(text: &str) -> Result<Period, String> {
        if let Ok(quarter) = text.parse() {
            return Ok(Period::Kvartal(quarter));
        }
        if let Ok(half) = text.parse() {
            return Ok(Period::Halvar(half));
        }
        parse_year(text)
            .filter(|year| YEARS.contains(year))
            .map(Period::Ar)
            .ok_or_else(|| format!("{text:?} är ingen period. Skriv till exempel 2022-K1, 2022-H1 eller 2022."))
    }
}

macro_rules! as_text {
    ($($name:ident),*) => {$(
        impl From<$name> for String {
            fn from(value: $name) -> String {
                value.to_string()
            }
        }
        impl TryFrom<String> for $name {
            type Error = String;
            fn try_from(text: String) -> Result<$name, String> {
                text.parse()
            }
        }
    )*};
}
as_text!(Kvartal, Halvar);

#[cfg(test)]
mod tests {
    use super::*;

    /// `2022-K1` … `K4` quarters, `2022-H1`, `H2` half-years, `2022` years; both ends included.
    #[test]
    fn periods_include_both_ends() {
        let half: Halvar = "2022-H1".parse().unwrap();
        assert_eq!((half.first().to_string(), half.last().to_string()), ("2022-01-01".into(), "2022-06-30".into()));
        assert_eq!(half.quarters().map(|k| k.to_string()), ["2022-K1", "2022-K2"]);
        let late: Halvar = "2024-H2".parse().unwrap();
        assert_eq!((late.first().to_string(), late.last().to_string()), ("2024-07-01".into(), "2024-12-31".into()));
        assert_eq!(late.quarters_so_far().count(), 4);
        let quarter: Kvartal = "2024-K1".parse().unwrap();
        assert_eq!(
            (quarter.first().to_string(), quarter.last().to_string()),
            ("2024-01-01".into(), "2024-03-31".into())
        );
        assert!(late.has("2024-K3".parse().unwrap()) && !late.has("2024-K2".parse().unwrap()));
        assert!(late.has_so_far("2024-K2".parse().unwrap()) && !half.has_so_far("2022-K3".parse().unwrap()));
        assert_eq!(Halvar::new(2198, 2).map(|h| h.last().to_string()).as_deref(), Some("2198-12-31"));
        for text in ["2199-H1", "2022-H3", "2022-K0", "22-H1", "2022H1", "2022-h1", "", "2022-H1 "] {
            assert!(text.parse::<Period>().is_err(), "{text}");
        }
    }

    /// The kvartalsrapport is due one month after quarter end.
    #[test]
    fn a_quarter_is_due_one_month_after_its_end() {
        let due = |text: &str| text.parse::<Kvartal>().unwrap().due().to_string();
        assert_eq!([due("2022-K1"), due("2022-K2"), due("2022-K4")], ["2022-04-30", "2022-07-31", "2023-01-31"]);
    }
}
