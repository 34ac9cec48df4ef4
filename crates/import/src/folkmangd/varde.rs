//! Periods and numbers of people, as SCB and people write them.

use crate::grid::Cell;
use samsyn_document::Datum;

/// Signs that stand for a number that there is not.
pub(super) const SAKNAS: [&str; 6] = ["..", ".", "-", "–", "…", "..."];

/// 1 November of a period: a year between 1900 and 2199, `2021M11` or `2021-11-01`. `None` for everything else.
pub(super) fn period(text: &str) -> Option<Datum> {
    let text = text.trim();
    if let Some(day) = Datum::parse(text) {
        return is_november(day).then_some(day);
    }
    let year = text.strip_suffix("M11").or_else(|| text.strip_suffix("m11")).unwrap_or(text);
    let is_year = year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit());
    Datum::new(year.parse().ok().filter(|_| is_year)?, 11, 1)
}

/// The same of a cell.
pub(super) fn period_of(cell: &Cell) -> Option<Datum> {
    match cell {
        Cell::Text(text) => period(text),
        Cell::Date(day) => is_november(*day).then_some(*day),
        Cell::Number(number) if number.fract() == 0.0 && (1900.0..2200.0).contains(number) => {
            Datum::new(*number as i32, 11, 1)
        }
        _ => None,
    }
}

fn is_november(day: Datum) -> bool {
    (day.month(), day.day()) == (11, 1)
}

/// A number of people, or what stands in its place.
pub(super) fn antal_of(cell: &Cell) -> Result<u32, String> {
    match cell {
        Cell::Number(number) => whole(*number).ok_or_else(|| number.to_string()),
        other => {
            let text = text_of(other);
            antal(&text).ok_or(text)
        }
    }
}

/// A number without decimals that is not too large.
pub(super) fn whole(number: f64) -> Option<u32> {
    (number.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&number)).then_some(number as u32)
}

/// `22250` or `22 250`, with any kind of space between thousands.
fn antal(text: &str) -> Option<u32> {
    let mut groups = text.split_whitespace();
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    let grouped = rest.is_empty() || first.len() <= 3 && rest.iter().all(|group| group.len() == 3);
    let digits = format!("{first}{}", rest.concat());
    if grouped && digits.bytes().all(|b| b.is_ascii_digit()) { digits.parse().ok() } else { None }
}

/// A cell as text; empty for nothing.
pub(super) fn text_of(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) | Cell::Fault(text) => text.to_string(),
        Cell::Number(number) => number.to_string(),
        Cell::Date(day) => day.to_string(),
        Cell::Bool(yes) => (if *yes { "SANT" } else { "FALSKT" }).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A year means 1 November that year.
    #[test]
    fn periods_mean_the_first_of_november() {
        for text in ["2021", " 2021 ", "2021M11", "2021-11-01"] {
            assert_eq!(period(text), Datum::new(2021, 11, 1), "{text}");
        }
        for text in ["", "21", "1899", "2200", "2021M12", "2021-12-31", "2021K4", "+202", "20211", "M11"] {
            assert_eq!(period(text), None, "{text}");
        }
        assert_eq!(period_of(&Cell::Number(2021.0)), Datum::new(2021, 11, 1));
        for number in [2021.5, 1899.0, 2200.0, f64::NAN] {
            assert_eq!(period_of(&Cell::Number(number)), None, "{number}");
        }
    }

    #[test]
    fn numbers_are_whole_and_grouped_in_thousands() {
        for text in ["22250", "22 250", "22\u{a0}250", "22\u{202f}250", "1 022 250", "0"] {
            assert!(antal(text).is_some(), "{text}");
        }
        for text in ["", "..", "-5", "−5", "22.250", "22,5", "2 2250", "2225 0", "22 25", "4294967296", "x", "+5"] {
            assert_eq!(antal(text), None, "{text}");
        }
        for number in [-1.0, 0.5, f64::NAN, f64::INFINITY, 4_294_967_296.0] {
            assert_eq!(whole(number), None, "{number}");
        }
        assert_eq!(antal_of(&Cell::Number(22_250.0)), Ok(22_250));
    }
}
