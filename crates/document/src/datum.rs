//! A day, as a day number; and the moments in Stockholm at which it begins and ends.

use jiff::civil::Date;
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

const YEARS: std::ops::RangeInclusive<i32> = 1900..=2199;
/// Day number 0 is 1899-12-31; so many days after 0000-03-01, from which the arithmetic counts.
const DAY_ZERO: u32 = 693_900;

/// Where Swedish days begin and end.
static STOCKHOLM: LazyLock<TimeZone> = LazyLock::new(|| TimeZone::get("Europe/Stockholm").unwrap_or(TimeZone::UTC));

impl Datum {
    /// The day, or `None` when there is no such day or it lies outside 1900–2199.
    pub fn new(year: i32, month: u8, day: u8) -> Option<Datum> {
        if !YEARS.contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
            return None;
        }
        // Years begin in March here, so that the leap day is the last.
        let (month_of, year_of) = if month > 2 { (month - 3, year) } else { (month + 9, year - 1) };
        let (century, in_century) = (year_of as u32 / 400, year_of as u32 % 400);
        let in_year = (153 * u32::from(month_of) + 2) / 5 + u32::from(day) - 1;
        let days = century * 146_097 + in_century * 365 + in_century / 4 - in_century / 100 + in_year;
        let found = NonZeroU32::new(days - DAY_ZERO).map(Datum)?;
        (found.parts() == (year, month, day)).then_some(found)
    }

    /// Year, month and day. Plain arithmetic: a report does this millions of times.
    fn parts(self) -> (i32, u8, u8) {
        let days = self.0.get() + DAY_ZERO;
        let (century, in_century) = (days / 146_097, days % 146_097);
        let year = (in_century - in_century / 1_460 + in_century / 36_524 - in_century / 146_096) / 365;
        let in_year = in_century - (365 * year + year / 4 - year / 100);
        let month = (5 * in_year + 2) / 153;
        let day = in_year - (153 * month + 2) / 5 + 1;
        let month = if month < 10 { month + 3 } else { month - 9 };
        ((year + century * 400 + u32::from(month <= 2)) as i32, month as u8, day as u8)
    }

    fn civil(self) -> Date {
        let (year, month, day) = self.parts();
        Date::new(year as i16, month as i8, day as i8).unwrap_or(Date::ZERO)
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
        self.parts().0
    }

    /// The month, 1–12.
    pub fn month(self) -> u8 {
        self.parts().1
    }

    /// The day of the month, 1–31.
    pub fn day(self) -> u8 {
        self.parts().2
    }

    /// The day `days` later (earlier when negative), kept within 1900–2199.
    pub fn add_days(self, days: i64) -> Datum {
        let moved = (i64::from(self.0.get()) + days).clamp(1, i64::from(Datum::last().0.get()));
        NonZeroU32::new(moved as u32).map_or(self, Datum)
    }

    /// The same day of the month `months` later; the month's last day where there is none such.
    pub fn add_months(self, months: i32) -> Datum {
        let outside = if months < 0 { Datum(NonZeroU32::MIN) } else { Datum::last() };
        Datum::of_civil(self.civil().saturating_add(jiff::Span::new().months(months))).unwrap_or(outside)
    }

    fn of_civil(found: Date) -> Option<Datum> {
        Datum::new(i32::from(found.year()), found.month() as u8, found.day() as u8)
    }

    fn last() -> Datum {
        Datum::new(2199, 12, 31).unwrap_or(Datum(NonZeroU32::MIN))
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
        Datum::of_civil(found.to_zoned(STOCKHOLM.clone()).date()).unwrap_or(Datum(NonZeroU32::MIN))
    }
}

/// A moment in Swedish time, to the second: `2022-08-30 14:05:00`.
pub fn moment(ms: i64) -> String {
    let found = jiff::Timestamp::from_millisecond(ms).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    found.to_zoned(STOCKHOLM.clone()).strftime("%F %T").to_string()
}

impl fmt::Display for Datum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.parts();
        let digit = |number: i32| b'0' + (number % 10) as u8;
        let (m, d) = (i32::from(month), i32::from(day));
        let y = [digit(year / 1000), digit(year / 100), digit(year / 10), digit(year)];
        let text = [y[0], y[1], y[2], y[3], b'-', digit(m / 10), digit(m), b'-', digit(d / 10), digit(d)];
        f.write_str(std::str::from_utf8(&text).unwrap_or_default())
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

    /// The arithmetic agrees with the calendar on every day there is.
    #[test]
    fn every_day_is_itself() {
        let mut civil = Date::new(1900, 1, 1).unwrap();
        let mut number = 0;
        while civil.year() < 2200 {
            let day = Datum::of_civil(civil).unwrap();
            number += 1;
            assert_eq!((day.0.get(), day.civil(), day.to_string()), (number, civil, civil.to_string()));
            civil = civil.tomorrow().unwrap();
        }
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
        let first = Datum::parse("1900-01-01").unwrap();
        assert_eq!((first.add_months(-1), first.add_days(-1)), (first, first));
    }
}
