//! Finds personnummer and samordningsnummer in free text, so that they are never stored.
//!
//! The text is read as runs of digits and what stands between them. Runs that only signs and blanks part may
//! be one number, when they are as long as the parts of one, form a date, and the check digit holds.
//!
//! Safety first: a date followed by four digits that mean something else is refused when they happen to hold,
//! one time in ten. What is written so every day is let through: see `SHAPES` and `is_year`.

use samsyn_document::Datum;
use std::str::Chars;

/// How long the runs of a number can be: the date in one or in year, month and day; and the last four, mostly
/// apart. Amounts, telephone numbers and diarienummer (2022-0123) are grouped otherwise.
const SHAPES: [&[usize]; 7] = [&[10], &[12], &[6, 4], &[8, 4], &[2, 2, 2, 4], &[4, 2, 2, 4], &[4, 2, 6]];
/// The most runs and digits of a number, and the fewest digits.
const RUNS: usize = 4;
const MOST: usize = 12;
const FEWEST: usize = 10;
/// The most signs between two runs of a number. Those further apart have nothing to do with each other.
const SIGNS: usize = 5;

/// Whether the text contains a personnummer: 6 or 8 digits that form a date (or a date with day + 60,
/// a samordningsnummer), 4 digits, and a valid check digit. The date may be parted, and signs and blanks stand
/// between the parts as people write them.
///
/// Source: docs/regler.md, *Personal data*; check digit as in Skatteverket's rules (modulus 10).
#[inline] // It is asked of every cell of a file.
pub fn contains_personnummer(text: &str) -> bool {
    // Most texts have too few digits. A full-width digit is three bytes, of which the first is 0xEF.
    let digits = || text.bytes().map(|b| usize::from(b.is_ascii_digit() || b == 0xEF)).sum::<usize>();
    text.len() >= FEWEST && digits() >= FEWEST && has_number(text.chars())
}

fn has_number(mut rest: Chars<'_>) -> bool {
    let mut runs = [Run::default(); RUNS];
    while let Some(run) = next_run(&mut rest) {
        runs.rotate_left(1);
        runs[RUNS - 1] = run;
        if SHAPES.iter().any(|shape| is_number(&runs[RUNS - shape.len()..], shape, &rest)) {
            return true;
        }
    }
    false
}

/// Digits with nothing between them.
#[derive(Clone, Copy, Default)]
struct Run {
    /// The first of them, as numbers.
    digits: [u8; MOST],
    length: usize,
    /// Whether nothing but a few signs parts it from the run before.
    tied: bool,
}

/// What a character is to a number.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Digit(u8),
    /// It may stand between the parts of a number.
    Sign,
    /// It is not seen: soft hyphens, and marks without width.
    Nothing,
    Other,
}

fn kind(c: char) -> Kind {
    match c {
        // Full-width digits too; both begin at a multiple of 16.
        '0'..='9' | '\u{ff10}'..='\u{ff19}' => Kind::Digit(c as u8 & 15),
        '-' | '+' | '_' | '/' | '\\' | '.' | '*' | '=' | '~' | '\u{b7}' => Kind::Sign,
        _ if c.is_ascii_alphabetic() => Kind::Other,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' => {
            Kind::Nothing
        }
        // Dashes, and the full-width signs.
        '\u{2010}'..='\u{2015}' | '\u{2043}' | '\u{207b}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' => Kind::Sign,
        '\u{ff0b}' | '\u{ff0d}'..='\u{ff0f}' | '\u{ff3f}' => Kind::Sign,
        _ if c.is_whitespace() => Kind::Sign,
        _ => Kind::Other,
    }
}

/// Reads to the end of the next run.
fn next_run(rest: &mut Chars<'_>) -> Option<Run> {
    let mut run = Run::default();
    let mut signs = 0;
    loop {
        let here = rest.clone();
        match rest.next().map(kind) {
            Some(Kind::Digit(digit)) => {
                if let Some(place) = run.digits.get_mut(run.length) {
                    *place = digit;
                }
                run.length += 1;
                run.tied = signs <= SIGNS;
            }
            Some(Kind::Nothing) => {}
            _ if run.length > 0 => {
                *rest = here;
                return Some(run);
            }
            Some(Kind::Sign) => signs += 1,
            Some(Kind::Other) => signs = SIGNS + 1,
            None => return None,
        }
    }
}

/// Whether the runs are the parts of a number, with this left of the text.
fn is_number(runs: &[Run], shape: &[usize], rest: &Chars<'_>) -> bool {
    let lengths = runs.iter().zip(shape).all(|(run, length)| run.length == *length);
    if !lengths || !runs[1..].iter().all(|run| run.tied) {
        return false;
    }
    let mut all = [0; MOST];
    let mut length = 0;
    for run in runs {
        all[length..length + run.length].copy_from_slice(&run.digits[..run.length]);
        length += run.length;
    }
    let (date, last) = all[..length].split_at(length - 4);
    is_date(date) && check_digit_holds(&date[date.len() - 6..], last) && !is_year(last, rest)
}

/// Whether the last four are the year of another date or period, as in `2022-01-01–2022-06-30` and
/// `2022-01-01–2022-K2`: a sign and a month follow, or a letter and one digit.
fn is_year(four: &[u8], rest: &Chars<'_>) -> bool {
    let mut after = rest.clone();
    let signed = after.next().is_some_and(|c| kind(c) == Kind::Sign && !c.is_whitespace());
    let [first, second, third] = [after.next(), after.next(), after.next()].map(|c| c.map_or(Kind::Other, kind));
    let part = match (first, second) {
        (Kind::Digit(tens), Kind::Digit(ones)) => (1..=12).contains(&(tens * 10 + ones)),
        (Kind::Other, Kind::Digit(_)) => true,
        _ => false,
    };
    signed && part && !matches!(third, Kind::Digit(_)) && (1900..2200).contains(&value(four))
}

fn value(digits: &[u8]) -> i32 {
    digits.iter().fold(0, |n, digit| n * 10 + i32::from(*digit))
}

fn is_date(digits: &[u8]) -> bool {
    let (year, rest) = digits.split_at(digits.len() - 4);
    let (month, day) = (value(&rest[..2]) as u8, value(&rest[2..]) as u8);
    let day = if day > 60 { day - 60 } else { day };
    let centuries: &[i32] = if year.len() == 4 { &[0] } else { &[1900, 2000] };
    centuries.iter().any(|century| Datum::new(century + value(year), month, day).is_some())
}

/// Modulus 10 over six digits of date and the last four.
fn check_digit_holds(six: &[u8], four: &[u8]) -> bool {
    let sum: u8 = six
        .iter()
        .chain(four)
        .enumerate()
        .map(|(i, digit)| {
            let product = digit * if i % 2 == 0 { 2 } else { 1 };
            product / 10 + product % 10
        })
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Made-up numbers: 900101-0017 has a valid check digit, as have the others that are to be found.
    #[test]
    fn finds_numbers_with_a_date_and_a_valid_check_digit() {
        for text in [
            "900101-0017",
            "19900101-0017",
            "9001010017",
            "199001010017",
            "900101+0017",
            "ring 900101-0017 i dag",
            "(900101-0017)",
            "nr900101-0017nr",
            "19900101 0017",
            "900161-0014", // samordningsnummer: day 1 + 60
        ] {
            assert!(contains_personnummer(text), "{text}");
        }
        for text in [
            "900101-0018", // wrong check digit
            "901301-0013", // no such month
            "90010100171", // longer than a number
            "900101-00170",
            "1900101-0017",
            "D00001",
        ] {
            assert!(!contains_personnummer(text), "{text}");
        }
    }

    /// What word processors and people put between the parts.
    #[test]
    fn finds_numbers_however_their_parts_are_put_together() {
        for text in [
            "900101 - 0017",
            "900101--0017",
            "900101 \u{2013} 0017",
            "900101\u{2014}0017",
            "900101_0017",
            "900101/0017",
            "900101.0017",
            "900101\n0017",
            "1990-01-01-0017",
            "1990-01-01 0017",
            "1990 01 01 0017",
            "1990-01-010017",
            "90-01-01-0017",
            "900\u{ad}101-00\u{200b}17",
            "\u{ff19}\u{ff10}\u{ff10}\u{ff11}\u{ff10}\u{ff11}\u{ff0d}\u{ff10}\u{ff10}\u{ff11}\u{ff17}",
            "2022-06-30 900101-0017",
            "900101-0017 900102-0016",
            "900101-0017-3",
            "1990-01-01-2005-Alby, hus 5",
        ] {
            assert!(contains_personnummer(text), "{text}");
        }
    }

    /// Each of these would hold as a number, were it only digits.
    #[test]
    fn lets_through_what_only_looks_like_a_number() {
        for text in [
            "900101, 0017",
            "900101      0017",
            "1990-01-01: 0017 kronor",
            "900 101 0017",
            "9 001 010 017",
            "90-01 01 00 17",
            "900-101 00 17",
            "1990-0101 0017", // diarienummer, and another number
            "1990-01-01\u{2013}2005-06-30",
            "1990-01-01--2005-06-30",
            "1990-01-01/2005-06",
            "1990-01-01 \u{2013} 2005-K2",
        ] {
            let digits: String = text.chars().filter(char::is_ascii_digit).collect();
            let held = (10..=digits.len().min(12)).any(|end| contains_personnummer(&digits[..end]));
            assert!(held && !contains_personnummer(text), "{text}");
        }
    }
}
