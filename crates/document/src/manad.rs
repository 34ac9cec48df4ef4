//! Months. Both ends of a month are included.

use crate::{Datum, format};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Years that a month may lie in: those whose days, and the day after them, all are a `Datum`.
const YEARS: std::ops::RangeInclusive<u16> = 1900..=2198;

/// One month, `2022-03`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Manad {
    year: u16,
    number: u8,
}

impl Manad {
    /// The month; `None` unless the number is 1–12 and the year 1900–2198.
    pub fn new(year: u16, number: u8) -> Option<Manad> {
        (YEARS.contains(&year) && (1..=12).contains(&number)).then_some(Manad { year, number })
    }

    /// The month of a day; none outside the years that a month can lie in.
    pub fn of(day: Datum) -> Option<Manad> {
        Manad::new(u16::try_from(day.year()).ok()?, day.month())
    }

    /// Calendar year.
    pub fn year(self) -> u16 {
        self.year
    }

    /// 1–12.
    pub fn number(self) -> u8 {
        self.number
    }

    /// First day.
    pub fn first(self) -> Datum {
        Datum::new(i32::from(self.year), self.number, 1).unwrap_or(Datum::of_ms(0))
    }

    /// Last day.
    pub fn last(self) -> Datum {
        self.first().add_months(1).add_days(-1)
    }

    /// The month after this one; the same one at the end of time.
    pub fn next(self) -> Manad {
        let next = if self.number == 12 {
            Manad::new(self.year.saturating_add(1), 1)
        } else {
            Manad::new(self.year, self.number + 1)
        };
        next.unwrap_or(self)
    }

    /// The months from this one to the other, both included; none when the other is earlier.
    pub fn to(self, last: Manad) -> impl Iterator<Item = Manad> {
        let after = |month: &Manad| Some(month.next()).filter(|next| next > month);
        std::iter::successors(Some(self), after).take_while(move |month| *month <= last)
    }

    /// `mars 2022`.
    pub fn words(self) -> String {
        format!("{} {}", format::month(self.number), self.year)
    }
}

impl fmt::Display for Manad {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{:02}", self.year, self.number)
    }
}

impl FromStr for Manad {
    type Err = String;
    fn from_str(text: &str) -> Result<Manad, String> {
        let parts = text.split_once('-').filter(|(year, number)| {
            let digits = |part: &str, length| part.len() == length && part.bytes().all(|b| b.is_ascii_digit());
            digits(year, 4) && digits(number, 2)
        });
        parts
            .and_then(|(year, number)| Manad::new(year.parse().ok()?, number.parse().ok()?))
            .ok_or_else(|| format!("{text:?} är ingen månad. Skriv till exempel 2022-03."))
    }
}

impl From<Manad> for String {
    fn from(month: Manad) -> String {
        month.to_string()
    }
}

impl TryFrom<String> for Manad {
    type Error = String;
    fn try_from(text: String) -> Result<Manad, String> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn month(text: &str) -> Manad {
        text.parse().unwrap()
    }

    /// Both ends of a month are included.
    #[test]
    fn a_month_has_a_first_and_a_last_day() {
        let days = |text| (month(text).first().to_string(), month(text).last().to_string());
        assert_eq!(days("2024-02"), ("2024-02-01".into(), "2024-02-29".into()));
        assert_eq!(days("2023-02").1, "2023-02-28");
        assert_eq!(days("2198-12").1, "2198-12-31");
        assert_eq!(Manad::of(month("2024-02").last()), Some(month("2024-02")));
        assert_eq!(month("2022-03").words(), "mars 2022");
    }

    #[test]
    fn months_follow_each_other() {
        assert_eq!(month("2023-12").next(), month("2024-01"));
        let names: Vec<String> = month("2023-11").to(month("2024-02")).map(|m| m.to_string()).collect();
        assert_eq!(names, ["2023-11", "2023-12", "2024-01", "2024-02"]);
        assert_eq!(month("2024-02").to(month("2024-01")).count(), 0);
        assert_eq!(month("2198-11").to(month("2198-12")).count(), 2);
    }

    #[test]
    fn what_is_no_month_is_refused() {
        for text in ["2022-13", "2022-00", "2022-3", "22-03", "2022-03-01", "202203", "", "2022-03 ", "+022-03"] {
            assert!(text.parse::<Manad>().is_err(), "{text}");
        }
    }
}
