//! Days that spreadsheets keep as numbers, and the formats that tell that a number is a day.

use samsyn_document::Datum;

/// The day that a spreadsheet's number of days means; the time of day is left out.
///
/// `None` for what is no day between 1900-01-01 and 2199-12-31: a time without a day, and in files that count from
/// 1900 the number 60, which Excel shows as a 29 February that never was (the numbers before it are one less than
/// they would be without it). Source: ECMA-376 part 1, 18.17.4.1.
pub fn day_of_serial(serial: f64, epoch_1904: bool) -> Option<Datum> {
    let days = serial.floor();
    if !(0.0..200_000.0).contains(&days) {
        return None;
    }
    // Both are right only within the range above.
    let days = days as i64;
    let (first, after) = match (epoch_1904, days) {
        (true, _) => (Datum::new(1904, 1, 1)?, days),
        (false, 0 | 60) => return None,
        (false, 1..60) => (Datum::new(1900, 1, 1)?, days - 1),
        (false, _) => (Datum::new(1900, 3, 1)?, days - 61),
    };
    let day = first.add_days(after);
    // `add_days` stays within the years that a day can have.
    (day.add_days(-after) == first).then_some(day)
}

/// What a cell's number format makes of its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Number,
    Day,
    /// Digits as in a personnummer (`000000-0000`): noughts in front are shown, but are not in the number.
    Digits,
}

/// The format that has a number of its own. Source: ECMA-376 part 1, 18.8.30.
pub(super) fn built_in(id: u32) -> Format {
    match id {
        14..=17 | 22 | 27..=31 | 36 | 50..=54 | 57 | 58 => Format::Day,
        _ => Format::Number,
    }
}

/// The format that a code such as `yyyy\-mm\-dd` describes. Its first section decides.
pub(super) fn of_code(code: &str) -> Format {
    let mut letters = String::new();
    let mut rest = code.chars();
    while let Some(c) = rest.next() {
        match c {
            '"' => drop(rest.by_ref().find(|c| *c == '"')),
            '[' => {
                // Colours and languages; `[h]` is hours, however many.
                let inside: String = rest.by_ref().take_while(|c| *c != ']').collect::<String>().to_lowercase();
                letters.extend(inside.chars().filter(|_| inside.chars().all(|c| matches!(c, 'h' | 'm' | 's'))));
            }
            '\\' | '_' | '*' => drop(rest.next()),
            ';' => break,
            c => letters.extend(c.to_lowercase()),
        }
    }
    let has = |wanted: &[char]| letters.contains(wanted);
    if matches!(letters.trim(), "general" | "standard") {
        return Format::Number;
    }
    let digits = code.chars().filter(|c| *c == '0').count();
    if matches!(digits, 10 | 12) && code.chars().all(|c| matches!(c, '0' | '-' | '+' | '\\' | '"' | ' ')) {
        return Format::Digits;
    }
    // A month without hours or seconds beside it; with them it is minutes.
    if has(&['y', 'd']) || (has(&['m']) && !has(&['h', 's'])) { Format::Day } else { Format::Number }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(serial: f64, epoch_1904: bool, expect: Option<&str>) {
        assert_eq!(day_of_serial(serial, epoch_1904).map(|day| day.to_string()).as_deref(), expect, "{serial}");
    }

    /// Both epochs: 1900 with its false 29 February 1900, and 1904; time of day dropped.
    #[test]
    fn numbers_of_days_count_from_two_epochs() {
        check(0.0, false, None);
        check(1.0, false, Some("1900-01-01"));
        check(59.0, false, Some("1900-02-28"));
        check(60.0, false, None);
        check(61.0, false, Some("1900-03-01"));
        check(44_562.0, false, Some("2022-01-01"));
        check(44_562.999, false, Some("2022-01-01"));
        check(109_574.0, false, Some("2199-12-31"));
        check(109_575.0, false, None);
        check(0.0, true, Some("1904-01-01"));
        check(43_100.0, true, Some("2022-01-01"));
        check(60.0, true, Some("1904-03-01"));
        check(108_113.0, true, None);
        for none in [-1.0, f64::NAN, f64::INFINITY, 1e300] {
            check(none, false, None);
            check(none, true, None);
        }
    }

    #[test]
    fn a_format_tells_whether_a_number_is_a_day() {
        for code in ["yyyy\\-mm\\-dd", "yyyy-mm-dd;@", "[$-41D]d mmmm yyyy", "mmm", "dd/mm/yy hh:mm", "YYYY-MM-DD"] {
            assert_eq!(of_code(code), Format::Day, "{code}");
        }
        for code in
            ["General", "Standard", "0.00", "#,##0 \"dygn\"", "[Red]0", "hh:mm", "[h]:mm", "mm:ss", "0;[Red]d", "0\\d"]
        {
            assert_eq!(of_code(code), Format::Number, "{code}");
        }
        assert_eq!(of_code("000000\\-0000"), Format::Digits);
        assert_eq!(of_code("00000000-0000"), Format::Digits);
        assert_eq!(
            (built_in(14), built_in(22), built_in(20), built_in(0)),
            (Format::Day, Format::Day, Format::Number, Format::Number)
        );
    }
}
