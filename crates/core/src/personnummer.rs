//! Finds personnummer and samordningsnummer in free text, so that they are never stored.

use samsyn_document::Datum;

/// Whether the text contains a personnummer: 6 or 8 digits that form a date (or a date with day + 60,
/// a samordningsnummer), an optional `-` or `+`, 4 digits, and a valid check digit. What word processors
/// and people put instead of the sign counts too: another dash, or a space.
///
/// Source: docs/regler.md, *Personal data*; check digit as in Skatteverket's rules (modulus 10).
pub fn contains_personnummer(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let run = digits_from(bytes, at);
        if is_number_at(bytes, at, run) {
            return true;
        }
        at += run;
    }
    false
}

/// What may stand between the date and the last four digits.
const SIGNS: [&str; 10] =
    ["-", "+", " ", "\u{a0}", "\u{2010}", "\u{2011}", "\u{2012}", "\u{2013}", "\u{2212}", "\u{202f}"];

fn digits_from(bytes: &[u8], at: usize) -> usize {
    bytes[at..].iter().take_while(|b| b.is_ascii_digit()).count()
}

/// Whether a number begins where a run of `run` digits begins.
fn is_number_at(bytes: &[u8], at: usize, run: usize) -> bool {
    let (date, tail) = match run {
        10 => (6, 6),
        12 => (8, 8),
        6 | 8 => {
            let sign = SIGNS.iter().find(|sign| bytes[at + run..].starts_with(sign.as_bytes()));
            let Some(last) = sign.map(|sign| run + sign.len()) else { return false };
            if digits_from(bytes, at + last) != 4 {
                return false;
            }
            (run, last)
        }
        _ => return false,
    };
    let day = &bytes[at..at + date];
    let last = &bytes[at + tail..at + tail + 4];
    is_date(day) && check_digit_holds(&day[date - 6..], last)
}

fn is_date(digits: &[u8]) -> bool {
    let value = |part: &[u8]| part.iter().fold(0u32, |n, d| n * 10 + u32::from(d - b'0'));
    let (year, rest) = digits.split_at(digits.len() - 4);
    let (month, day) = (value(&rest[..2]) as u8, value(&rest[2..]) as u8);
    let day = if day > 60 { day - 60 } else { day };
    let centuries: &[i32] = if year.len() == 4 { &[0] } else { &[1900, 2000] };
    centuries.iter().any(|century| Datum::new(century + value(year) as i32, month, day).is_some())
}

/// Modulus 10 over six digits of date and the last four.
fn check_digit_holds(six: &[u8], four: &[u8]) -> bool {
    let sum: u32 = six
        .iter()
        .chain(four)
        .enumerate()
        .map(|(i, digit)| {
            let product = u32::from(digit - b'0') * if i % 2 == 0 { 2 } else { 1 };
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
            "900101\u{2013}0017",
            "19900101 0017",
            "900161-0014", // samordningsnummer: day 1 + 60
        ] {
            assert!(contains_personnummer(text), "{text}");
        }
        for text in [
            "900101-0018",  // wrong check digit
            "901301-0013",  // no such month
            "222000-2576",  // an organisationsnummer
            "2022-01-01",   // a date
            "90010100171",  // longer than a number
            "900101--0017", // two signs
            "900101-00170",
            "1900101-0017",
            "D00001",
            "",
        ] {
            assert!(!contains_personnummer(text), "{text}");
        }
    }
}
