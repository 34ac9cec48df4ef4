//! Years of birth. Of a date only the year is taken.

use super::{Fel, Kring};
use crate::grid::{Cell, day_of_serial};
use crate::uppfoljningsfil::datum;
use samsyn_document::Datum;

/// Ages at enrolment that decide between two years of birth.
const AGES: std::ops::RangeInclusive<i32> = 15..=70;
/// Only the year is taken.
pub(super) fn las(cell: &Cell, text: &str, kring: Kring<'_>) -> Result<u16, Fel> {
    let bad = || Fel::new("kan inte läsas som ett födelseår", "Skriv fyra siffror, till exempel 1985.");
    let year = match cell {
        Cell::Date(day) => Some(day.year()),
        Cell::Number(number) if (10_000.0..100_000.0).contains(number) => {
            day_of_serial(*number, kring.epoch_1904).map(Datum::year)
        }
        _ => year_of_text(text.trim_start_matches(['-', '\'', '´', '’']), kring)?,
    };
    let year = year.filter(|year| (1900..=kring.idag.year()).contains(year)).ok_or_else(bad)?;
    u16::try_from(year).map_err(|_| bad())
}

fn year_of_text(text: &str, kring: Kring<'_>) -> Result<Option<i32>, Fel> {
    let parts: Vec<&str> = text.split('-').collect();
    let shape: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    let only_digits = parts.iter().all(|part| part.bytes().all(|b| b.is_ascii_digit()));
    if !only_digits || !matches!(*shape, [2] | [4] | [6] | [8] | [2, 2, 2] | [4, 2, 2]) {
        return Ok(datum::text(text, kring.idag).ok().map(Datum::year));
    }
    let digits = parts.concat();
    let (year, day) = match digits.len() {
        2 | 6 => digits.split_at(2),
        _ => digits.split_at(4),
    };
    let Some(written) = year.parse::<i32>().ok() else { return Ok(None) };
    let year = if year.len() == 2 { century(written, kring)? } else { written };
    let real = match (day.get(..2), day.get(2..)) {
        (Some(month), Some(day)) if !day.is_empty() => {
            month.parse().ok().zip(day.parse().ok()).and_then(|(month, day)| Datum::new(year, month, day)).is_some()
        }
        _ => true,
    };
    Ok(real.then_some(year))
}

/// The year that two digits mean, when only one gives an age of those who take part.
fn century(two: i32, kring: Kring<'_>) -> Result<i32, Fel> {
    let mut years = [1900 + two, 2000 + two].into_iter().filter(|year| AGES.contains(&(kring.ar - year)));
    match (years.next(), years.next()) {
        (Some(year), None) => Ok(year),
        _ => Err(Fel::new("har bara två siffror och kan vara flera år", "Skriv fyra siffror, till exempel 1985.")),
    }
}
