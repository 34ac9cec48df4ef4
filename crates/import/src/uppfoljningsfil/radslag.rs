//! Which rows of a list are no inskrivningar: sums, months, repeated headings, prepared rows, legends.

use super::rader::Last;
use super::varden::{self, Varde};
use super::{Del, Falt, nyckel};
use crate::grid::Cell;

/// Words that begin a row of sums.
const SUMMOR: [&str; 11] = [
    "summa",
    "summering",
    "delsumma",
    "totalt",
    "total",
    "totalsumma",
    "antal",
    "varav",
    "medel",
    "genomsnitt",
    "sammanlagt",
];
/// Why a row is no inskrivning.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Annat {
    Summa,
    Rubrik,
    Mellanrubrik,
    Tom,
    Under,
}

/// Whether the row is something else than an inskrivning.
pub(super) fn annat(del: &Del<'_>, filled: &[(usize, &Cell)], cells: &[Last<'_>]) -> Option<Annat> {
    let (_, first) = filled.first()?;
    let alike = |most| filled.iter().take(most).filter(|(at, cell)| del.is_heading(*at, cell)).count();
    if alike(2) >= 1 && alike(usize::MAX) >= 2 && alike(usize::MAX) * 2 >= filled.len() {
        return Some(Annat::Rubrik);
    }
    if let Cell::Text(text) = first {
        let key = nyckel(text);
        let word = key.split(' ').next().unwrap_or("");
        if SUMMOR.contains(&word) || key == "s a" || key.starts_with("s a ") {
            return Some(Annat::Summa);
        }
    }
    let has = |wanted: fn(&Varde) -> bool| cells.iter().any(|cell| cell.varde.as_ref().is_ok_and(wanted));
    let day = has(|value| matches!(value, Varde::Dag(_)));
    if filled.len() == 1 {
        let known = cells.iter().any(|cell| cell.falt != Falt::Nummer && cell.varde.is_ok());
        let number = cells.iter().any(|cell| cell.falt == Falt::Nummer && is_number(cell));
        return match first {
            _ if known => None,
            Cell::Text(_) | Cell::Date(_) if !number => Some(Annat::Mellanrubrik),
            _ => Some(Annat::Tom),
        };
    }
    let only_numbers = filled.iter().all(|(_, cell)| is_count(cell));
    let sex = cells.iter().any(|cell| cell.falt == Falt::Kon && cell.varde.is_ok());
    let year = has(|value| matches!(value, Varde::Ar(_)));
    if only_numbers && !day && !(year && cells.iter().any(|cell| cell.falt == Falt::Nummer)) {
        return Some(Annat::Summa);
    }
    let central = [Falt::Kon, Falt::Fodelsear, Falt::Inskriven, Falt::Utskriven];
    let attempted = cells.iter().any(|cell| central.contains(&cell.falt) && !is_count(cell.cell));
    let says = cells.iter().any(|cell| cell.falt != Falt::Nummer && says_something(cell));
    if day || sex || year || attempted || (says && cells.iter().any(|cell| cell.falt == Falt::Nummer)) {
        return None;
    }
    Some(if cells.iter().any(|cell| cell.falt == Falt::Nummer) { Annat::Tom } else { Annat::Mellanrubrik })
}

/// A number, also where the file has nothing but text.
fn is_count(cell: &Cell) -> bool {
    match cell {
        Cell::Number(_) => true,
        Cell::Text(text) => text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b',' | b'.')),
        _ => false,
    }
}

fn is_number(cell: &Last<'_>) -> bool {
    let digits = varden::text(cell.cell).bytes().any(|b| b.is_ascii_digit());
    digits && cell.varde.is_ok()
}

/// Whether the row has a sex, and a number or a year of birth: then a missing day is a mistake.
pub(super) fn is_someone(cells: &[Last<'_>]) -> bool {
    let good = |falt| cells.iter().any(|cell| cell.falt == falt && cell.varde.is_ok());
    good(Falt::Kon) && (good(Falt::Fodelsear) || cells.iter().any(|cell| cell.falt == Falt::Nummer && is_number(cell)))
}

/// Whether a cell says more than no: rows are often prepared with numbers and *nej*.
fn says_something(cell: &Last<'_>) -> bool {
    !matches!(cell.varde, Ok(Varde::Inget | Varde::Kod("nej")))
}

impl Annat {
    /// What the rows are, after their numbers.
    pub fn words(self, one: bool) -> &'static str {
        match self {
            Annat::Summa if one => "ser ut att vara en summa och läses inte som en inskrivning.",
            Annat::Summa => "ser ut att vara summor och läses inte som inskrivningar.",
            Annat::Rubrik => "upprepar rubrikerna och läses inte.",
            Annat::Mellanrubrik if one => "ser ut att vara en mellanrubrik och läses inte som en inskrivning.",
            Annat::Mellanrubrik => "ser ut att vara mellanrubriker och läses inte som inskrivningar.",
            Annat::Tom => "har varken kön eller datum och läses inte.",
            Annat::Under => "står under listan utan datum och läses inte.",
        }
    }
}
