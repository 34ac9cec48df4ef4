//! Days as people write them. What can be read in two ways is not read.

use crate::grid::day_of_serial;
use samsyn_document::Datum;

/// Why a text is no day: completes the sentence `"…" …`, and what to write instead.
pub(super) type Fel = (&'static str, String);

/// The first day that a number without a date's format can be, unless it is of today's.
const EARLIEST: i32 = 2000;

const MONTHS: [(&str, u8); 25] = [
    ("januari", 1),
    ("jan", 1),
    ("februari", 2),
    ("feb", 2),
    ("febr", 2),
    ("mars", 3),
    ("mar", 3),
    ("april", 4),
    ("apr", 4),
    ("maj", 5),
    ("juni", 6),
    ("jun", 6),
    ("juli", 7),
    ("jul", 7),
    ("augusti", 8),
    ("aug", 8),
    ("september", 9),
    ("sep", 9),
    ("sept", 9),
    ("oktober", 10),
    ("okt", 10),
    ("november", 11),
    ("nov", 11),
    ("december", 12),
    ("dec", 12),
];

/// A day in text; `today` tells which century a year of two digits belongs to.
pub(super) fn text(text: &str, today: Datum) -> Result<Datum, Fel> {
    let small = text.trim().to_lowercase();
    let day = without_time(small.strip_prefix("den ").unwrap_or(&small).trim());
    let runs = runs(day);
    let numbers: Vec<&str> = runs.iter().filter(|(kind, _)| *kind == Run::Digits).map(|(_, run)| *run).collect();
    let words: Vec<&str> = runs.iter().filter(|(kind, _)| *kind == Run::Letters).map(|(_, run)| *run).collect();
    let signs: Vec<&str> = runs.iter().filter(|(kind, _)| *kind == Run::Signs).map(|(_, run)| run.trim()).collect();
    let month = words.first().and_then(|word| month(word));
    match (numbers.as_slice(), words.as_slice(), month) {
        ([one], [], _) if signs.is_empty() => whole(one, today),
        ([d, y], [_], Some(month)) if d.len() <= 2 => of(year(y, today), Some(month), small_number(d)),
        ([d, y], [ordinal, word], _) if d.len() <= 2 && matches!(*ordinal, "a" | "e") => {
            of(year(y, today), self::month(word), small_number(d))
        }
        ([_], [_], Some(_)) => Err(("saknar dag eller år", example(today))),
        ([a, b, c], [], _) => three([a, b, c], &signs, today),
        ([_, _], [], _) => Err(("saknar år eller dag", example(today))),
        _ => Err(none(today)),
    }
}

/// A day in a number without a date's format: `20220301`, `220301`, or a day's number in the book's count.
pub(super) fn number(number: f64, epoch_1904: bool, today: Datum) -> Result<Datum, Fel> {
    if number.fract() == 0.0 && (100_000.0..100_000_000.0).contains(&number) {
        return whole(&format!("{number:.0}"), today);
    }
    day_of_serial(number, epoch_1904)
        .filter(|day| day.year() >= EARLIEST && *day <= today.add_days(366))
        .ok_or_else(|| ("är ett tal som inte kan vara ett datum i insatsen", example(today)))
}

/// Digits in one: year, month and day.
fn whole(digits: &str, today: Datum) -> Result<Datum, Fel> {
    let parts = match digits.len() {
        8 => [digits.get(..4), digits.get(4..6), digits.get(6..)],
        6 => [digits.get(..2), digits.get(2..4), digits.get(4..)],
        5 => return digits.parse().map_err(|_| none(today)).and_then(|number| self::number(number, false, today)),
        4 => return Err(("saknar månad och dag", example(today))),
        _ => return Err(none(today)),
    };
    let [Some(y), Some(m), Some(d)] = parts else { return Err(none(today)) };
    of(year(y, today), small_number(m), small_number(d))
}

/// Three numbers with signs between.
fn three(numbers: [&str; 3], signs: &[&str], today: Datum) -> Result<Datum, Fel> {
    let [a, b, c] = numbers;
    if a.len() == 4 {
        return of(year(a, today), small_number(b), small_number(c));
    }
    match *signs {
        // 1/3 2022, 1/3-22, 1/3 -22
        ["/", "" | "-" | "–"] => of(year(c, today), small_number(b), small_number(a)),
        // 1.3.2022, 1.3 2022
        [".", "." | ""] if c.len() == 4 => of(year(c, today), small_number(b), small_number(a)),
        // 22-03-01
        ["-", "-"] if numbers.iter().all(|part| part.len() == 2) => {
            of(year(a, today), small_number(b), small_number(c))
        }
        _ => Err(("kan läsas på flera sätt: det syns inte vad som är dag, månad och år", example(today))),
    }
}

fn of(year: Option<i32>, month: Option<u8>, day: Option<u8>) -> Result<Datum, Fel> {
    let near = || {
        let (year, month) = (year.unwrap_or(2026), month.filter(|m| (1..=12).contains(m)).unwrap_or(1));
        let last = day
            .filter(|d| (1..=31).contains(d))
            .and_then(|day| (1..=day).rev().find_map(|day| Datum::new(year, month, day)));
        last.map_or_else(|| "Skriv till exempel 2026-02-28.".to_owned(), |day| format!("Skriv till exempel {day}."))
    };
    let found = year.zip(month).zip(day).and_then(|((year, month), day)| Datum::new(year, month, day));
    found.ok_or_else(|| ("är inget datum", near()))
}

/// A year of four digits; of two when that is no later than next year.
fn year(digits: &str, today: Datum) -> Option<i32> {
    let number: i32 = digits.parse().ok()?;
    match digits.len() {
        4 => Some(number),
        2 => Some(2000 + number).filter(|year| *year <= today.year() + 1),
        _ => None,
    }
}

fn small_number(digits: &str) -> Option<u8> {
    if digits.len() <= 2 { digits.parse().ok() } else { None }
}

fn month(word: &str) -> Option<u8> {
    MONTHS.iter().find(|(name, _)| *name == word).map(|(_, month)| *month)
}

fn none(today: Datum) -> Fel {
    ("är inget datum", example(today))
}

fn example(today: Datum) -> String {
    format!("Skriv till exempel {today}.")
}

/// The text before a time of day, as in `2022-03-01 00:00:00` and `2022-03-01T00:00`.
fn without_time(text: &str) -> &str {
    let Some(colon) = text.find(':') else { return text };
    let before = text.get(..colon).unwrap_or(text).trim_end_matches(|c: char| c.is_ascii_digit());
    match before.strip_suffix([' ', 't', '\u{a0}']) {
        Some(day) => day.trim_end(),
        None => text,
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Run {
    Digits,
    Letters,
    Signs,
}

/// The text as runs of digits, of letters, and of what stands between numbers; full stops and blanks by a word say
/// nothing.
fn runs(text: &str) -> Vec<(Run, &str)> {
    let kind = |c: char| match c {
        _ if c.is_ascii_digit() => Run::Digits,
        _ if c.is_alphabetic() => Run::Letters,
        _ => Run::Signs,
    };
    let mut runs: Vec<(Run, &str)> = Vec::new();
    let mut begin = 0;
    let mut last = None;
    for (at, c) in text.char_indices() {
        if let Some(before) = last.filter(|before| *before != kind(c)) {
            runs.push((before, text.get(begin..at).unwrap_or("")));
            begin = at;
        }
        last = Some(kind(c));
    }
    runs.extend(last.map(|kind| (kind, text.get(begin..).unwrap_or(""))));
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> Datum {
        Datum::new(2026, 3, 15).unwrap()
    }

    #[test]
    fn days_as_people_write_them() {
        for written in [
            "2022-03-01",
            "2022-3-1",
            "20220301",
            "220301",
            "22-03-01",
            "1/3 2022",
            "1/3-22",
            "01/03 -22",
            "1.3.2022",
            "1.3 2022",
            "1 mars 2022",
            "den 1 mars 2022",
            "1:a mars 2022",
            "1 mar. 2022",
            "1 MARS -22",
            "1mars 2022",
            "2022-03-01 00:00:00",
            "2022-03-01T00:00",
            "2022/03/01",
            "2022.03.01",
            "2022 03 01",
            " 2022-03-01 ",
            "2022\u{2013}03\u{2013}01",
            "44621",
        ] {
            assert_eq!(text(written, today()).map(|day| day.to_string()), Ok("2022-03-01".to_owned()), "{written}");
        }
    }

    /// American order is never guessed, nor a day, a month or a year that is not there.
    #[test]
    fn what_is_not_plain_is_no_day() {
        for (written, what) in [
            ("03/04/2022", "kan läsas på flera sätt"),
            ("13/04/2022", "kan läsas på flera sätt"),
            ("1-3-2022", "kan läsas på flera sätt"),
            ("1/3/22", "kan läsas på flera sätt"),
            ("1.3.22", "kan läsas på flera sätt"),
            ("2022-02-30", "är inget datum"),
            ("2022-13-01", "är inget datum"),
            ("950301", "är inget datum"),
            ("mars 2022", "saknar dag eller år"),
            ("1 mars", "saknar dag eller år"),
            ("1/3", "saknar år eller dag"),
            ("2022", "saknar månad och dag"),
            ("v. 12", "är inget datum"),
            ("12345", "är ett tal som"),
            ("snart", "är inget datum"),
            ("2022-03-01 till 2022-04-01", "är inget datum"),
            ("99999999999999999999", "är inget datum"),
            ("", "är inget datum"),
        ] {
            let fault = text(written, today()).unwrap_err();
            assert!(fault.0.starts_with(what), "{written}: {}", fault.0);
        }
        assert_eq!(text("2022-02-30", today()).unwrap_err().1, "Skriv till exempel 2022-02-28.");
    }

    #[test]
    fn numbers_are_days_only_when_they_can_be() {
        let day = |value| number(value, false, today()).ok().map(|day| day.to_string());
        assert_eq!(day(44_621.0).as_deref(), Some("2022-03-01"));
        assert_eq!(day(44_621.75).as_deref(), Some("2022-03-01"));
        assert_eq!(day(36_526.0).as_deref(), Some("2000-01-01"));
        assert_eq!(day(20_220_301.0).as_deref(), Some("2022-03-01"));
        assert_eq!(day(220_301.0).as_deref(), Some("2022-03-01"));
        for value in [36_525.0, 50_301.0, 85.0, -1.0, 1e300, f64::NAN, f64::INFINITY, 20_220_230.0] {
            assert_eq!(day(value), None, "{value}");
        }
        assert_eq!(number(43_159.0, true, today()), Ok(Datum::new(2022, 3, 1).unwrap()));
    }
}
