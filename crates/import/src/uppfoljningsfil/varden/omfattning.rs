//! How much someone works, alone and in the column that tells studies and job-seeking too.

use super::Varde;
use crate::grid::Cell;
use crate::uppfoljningsfil::{Falt, nyckel, ord};

/// Words that begin a text about work.
const ARBETE: [&str; 7] = ["arbete", "arbetar", "jobb", "jobbar", "anstalld", "anstallning", "arb"];

/// An extent of work: `50`, `50 %`, `0,5` and a column of such parts; nought is no.
pub(super) fn omfattning(text: &str, key: &str, delar: bool) -> Option<Varde> {
    if ord::kod(Falt::Studerar, key) == Some("nej") {
        return Some(Varde::Kod("nej"));
    }
    let percent = key.ends_with("procent");
    let bare = text.trim_end_matches(|c: char| c == '%' || c.is_whitespace()).to_lowercase();
    let number: f64 = bare.trim_end_matches("procent").trim().replace(',', ".").parse().ok()?;
    let part = !percent && number < 1.5;
    if part && number == 1.0 && !delar {
        return None;
    }
    let hundredths = if part { number * 100.0 } else { number };
    if hundredths == 0.0 {
        return Some(Varde::Kod("nej"));
    }
    let whole = hundredths.round();
    let exact = (hundredths - whole).abs() < 1e-6;
    exact.then(|| Falt::ArbeteOmfattning.kod(&whole.to_string())).flatten().map(Varde::Kod)
}

/// Whether the cell is an extent as a part of one, so that others in its column are too.
pub(in crate::uppfoljningsfil) fn ar_del(cell: &Cell) -> bool {
    let part = |number: f64| [0.25, 0.5, 0.75, 0.8].contains(&number);
    match cell {
        Cell::Number(number) => part(*number),
        Cell::Text(text) => text.trim().replace(',', ".").parse().is_ok_and(part),
        _ => false,
    }
}

/// Work with its extent, studies and job-seeking, one or several.
pub(super) fn sysselsattning(text: &str) -> Option<Vec<&'static str>> {
    let small = text.to_lowercase().replace(" och ", "/").replace(" samt ", "/");
    let parts = small.split([',', ';', '/', '+', '&']).map(str::trim).filter(|part| !part.is_empty());
    let codes: Option<Vec<&'static str>> = parts.map(|part| en_sysselsattning(&nyckel(part))).collect();
    codes.filter(|codes| !codes.is_empty())
}

fn en_sysselsattning(key: &str) -> Option<&'static str> {
    if let Some(code) = ord::kod(Falt::Sysselsattning, key) {
        return Some(code).filter(|code| !code.is_empty());
    }
    let (first, rest) = key.split_once(' ').unwrap_or((key, ""));
    let extent = if ARBETE.contains(&first) { rest } else { key };
    let extent = extent.strip_prefix("pa ").unwrap_or(extent);
    let code = match ord::kod(Falt::ArbeteOmfattning, extent) {
        Some(code) => Some(code),
        None => Falt::ArbeteOmfattning.kod(extent.trim_end_matches("procent").trim()),
    }?;
    Falt::Sysselsattning.kod(&format!("arbete_{code}"))
}
