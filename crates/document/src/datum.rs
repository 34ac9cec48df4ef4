//! A day, as a day number; and the moments in Stockholm at which it begins and ends.

use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::num::NonZeroU32;
use std::str::FromStr;
use std::sync::LazyLock;

/// A calendar day between 1900-01-01 and 2199-12-31. Four bytes, also inside an `Option`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Datum(NonZeroU32);

/// The day before the first day that a `Datum` can be.
const DAY_ZERO: Date = date(1899, 12, 31);
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2199;

/// Where Swedish days begin and end.
static STOCKHOLM: LazyLock<TimeZone> = LazyLock::new(|| TimeZone::get("Europe/Stockholm").unwrap_or(TimeZone::UTC));

impl Datum {
    /// The day, or `None` when there is no such day or it lies outside 1900–2199.
    pub fn new(year: i32, month: u8, day: u8) -> Option<Datum> {
        let found = Date::new(i16::try_from(year).ok()?, month as i8, day as i8).ok()?;
        Datum::from_civil(found)
    }

    fn from_civil(found: Date) -> Option<Datum> {
        if !YEARS.contains(&found.year()) {
            return None;
        }
        let days = found.since(DAY_ZERO).ok()?.get_days();
        NonZeroU32::new(u32::try_from(days).ok()?).map(Datum)
    }

    fn civil(self) -> Date {
        DAY_ZERO.saturating_add(jiff::Span::new().days(i64::from(self.0.get())))
    }

    /// Reads `ÅÅÅÅ-MM-DD` and nothing else. `None` when it is no such day.
    pub fn parse(text: &str) -> Option<Datum> {
        let b = text.as_bytes();
        let digits = |range: std::ops::Range<usize>| {
            b[range].iter().try_fold(0u32, |n, c| c.is_ascii_digit().then(|| n * 10 + u32::from(c - b'0')))
        };
        if b.len() != 10 || b[4] != b'-' || b[7] != b'-' {
            return None;
        }
        Datum::new(digits(0..4)? as i32, digits(5..7)? as u8, digits(8..10)? as u8)
    }

    /// The calendar year.
    pub fn year(self) -> i32 {
        i32::from(self.civil().year())
    }

    /// The month, 1–12.
    pub fn month(self) -> u8 {
        self.civil().month() as u8
    }

    /// The day of the month, 1–31.
    pub fn day(self) -> u8 {
        self.civil().day() as u8
    }

    /// The day `days` later (earlier when negative), kept within 1900–2199.
    pub fn add_days(self, days: i64) -> Datum {
        let moved = (i64::from(self.0.get()) + days).clamp(1, i64::from(Datum::last().0.get()));
        NonZeroU32::new(moved as u32).map_or(self, Datum)
    }

    /// The same day of the month `months` later; the month's last day where there is none such.
    pub fn add_months(self, months: i32) -> Datum {
        Datum::from_civil(self.civil().saturating_add(jiff::Span::new().months(months))).unwrap_or(Datum::last())
    }

    fn last() -> Datum {
        Datum::from_civil(date(2199, 12, 31)).unwrap_or(Datum(NonZeroU32::MIN))
    }

    /// When the day begins in Stockholm, in milliseconds since 1970 UTC.
    pub fn begins_ms(self) -> i64 {
        self.civil().to_zoned(STOCKHOLM.clone()).map_or(0, |z| z.timestamp().as_millisecond())
    }

    /// The last millisecond of the day in Stockholm. A fact known on the day is known by then.
    pub fn ends_ms(self) -> i64 {
        self.add_days(1).begins_ms() - 1
    }

    /// The day in Stockholm of a moment given in milliseconds since 1970 UTC.
    pub fn of_ms(ms: i64) -> Datum {
        let found = jiff::Timestamp::from_millisecond(ms).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
        Datum::from_civil(found.to_zoned(STOCKHOLM.clone()).date()).unwrap_or(Datum(NonZeroU32::MIN))
    }
}

/// A moment in Swedish time, to the second: `2022-08-30 14:05:00`.
pub fn moment(ms: i64) -> String {
    let found = jiff::Timestamp::from_millisecond(ms).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    found.to_zoned(STOCKHOLM.clone()).strftime("%F %T").to_string()
}

impl fmt::Display for Datum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let civil = self.civil();
        write!(f, "{:04}-{:02}-{:02}", civil.year(), civil.month(), civil.day())
    }
}

impl fmt::Debug for Datum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Datum {
    type Err = String;
    fn from_str(text: &str) -> Result<Datum, String> {
        Datum::parse(text).ok_or_else(|| format!("{text:?} är inget datum. Skriv till exempel 2022-08-30."))
    }
}

impl From<Datum> for String {
    fn from(day: Datum) -> String {
        day.to_string()
    }
}

impl TryFrom<String> for Datum {
    type Error = String;
    fn try_from(text: String) -> Result<Datum, String> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_real_days_are_days() {
        for text in ["2022-08-30", "2024-02-29", "1900-01-01", "2199-12-31"] {
            assert_eq!(Datum::parse(text).map(|d| d.to_string()).as_deref(), Some(text));
        }
        for text in ["2023-02-29", "2022-13-01", "2022-1-01", "22-01-01", "2022/01/01", "1899-12-31", "2200-01-01", ""]
        {
            assert_eq!(Datum::parse(text), None, "{text}");
        }
        assert_eq!(size_of::<Option<Datum>>(), 4);
    }

    /// A report uses what was known on or before the day: its end, Swedish time.
    #[test]
    fn a_day_ends_in_stockholm() {
        let day = Datum::parse("2022-08-30").unwrap();
        assert_eq!(day.begins_ms(), 1_661_810_400_000); // 2022-08-29T22:00:00Z, summer time
        assert_eq!(day.ends_ms(), 1_661_896_799_999);
        assert_eq!(Datum::of_ms(day.ends_ms()), day);
        assert_eq!(Datum::of_ms(day.ends_ms() + 1), day.add_days(1));
        assert_eq!(moment(day.begins_ms()), "2022-08-30 00:00:00");
        let shift = Datum::parse("2022-10-30").unwrap();
        assert_eq!(shift.ends_ms() - shift.begins_ms() + 1, 25 * 3_600_000);
    }

    #[test]
    fn months_end_where_they_end() {
        let day = Datum::parse("2022-12-31").unwrap();
        assert_eq!(day.add_months(1).to_string(), "2023-01-31");
        assert_eq!(day.add_months(2).to_string(), "2023-02-28");
        assert_eq!(day.add_days(1).year(), 2023);
    }
}
