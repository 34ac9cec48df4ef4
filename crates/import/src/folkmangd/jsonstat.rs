//! JSON-stat 2 as SCB's PxWeb gives it, by its API of version 1 and 2 and when a table is saved.
//!
//! Source: the JSON-stat format, version 2.0 (json-stat.org/full). Numbers stand in one list, as if all dimensions were
//! nested in the order of `id`.

mod dimension;

use super::delning::{Kategori, alla_hela};
use super::medlemmar::Medlemmar;
use super::varde::{period, whole};
use super::{Andra, Fil, SPARA, Uppgift, Uppgifter};
use crate::grid::Limits;
use crate::text;
use dimension::{Dimension, dimensioner, role};
use samsyn_core::kontroll::shown;
use samsyn_core::personnummer::contains_personnummer;
use samsyn_core::{Finding, Place};
use serde_json::Value;

/// The largest file. An answer of 150 000 numbers, the most that SCB gives, has a fourth of it.
const MAX_BYTES: u64 = 8 << 20;
/// The most numbers that a table may have.
const MAX_NUMBERS: usize = 5_000_000;
/// What population at the end of the year is called, in a table of the same form.
const DECEMBER: &str = "BE0101N1";

/// Whether the bytes begin as JSON does, in any encoding.
pub(super) fn is_json(bytes: &[u8]) -> bool {
    let mark = |b: &&u8| b.is_ascii_whitespace() || matches!(**b, 0 | 0xEF | 0xBB | 0xBF | 0xFE | 0xFF);
    bytes.iter().find(|b| !mark(b)).is_some_and(|first| matches!(first, b'{' | b'['))
}

/// Reads a table.
pub(super) fn read(fil: Fil, bytes: &[u8], medlemmar: &Medlemmar, limits: &Limits) -> Result<Uppgifter, Vec<Finding>> {
    let most = limits.max_file_bytes.min(MAX_BYTES);
    if bytes.len() as u64 > most {
        return Err(vec![fil.error(format!("Filen är större än gränsen {} MiB.", most >> 20), SPARA)]);
    }
    let Ok((text, _)) = text::read(bytes) else {
        return Err(vec![fil.error("Filen är ingen läsbar text.", SPARA)]);
    };
    if contains_personnummer(&text) {
        return Err(vec![
            fil.error("Filen har ett personnummer eller samordningsnummer. Ingenting av den har sparats.", SPARA),
        ]);
    }
    let root: Value = serde_json::from_str(&text).map_err(|wrong| {
        // The parser's own words may quote the file.
        let message = format!("Filen är inte riktig JSON: rad {}, tecken {}.", wrong.line(), wrong.column());
        vec![fil.error(message, SPARA)]
    })?;
    if root.get("id").is_none() || root.get("size").is_none() {
        return Err(vec![fil.error("Filen är JSON men inte JSON-stat 2.", SPARA)]);
    }
    let small = text.to_lowercase();
    fil.other_day(text.contains(DECEMBER) || small.contains("31 december") && !small.contains("1 november"))?;
    let dimensioner = dimensioner(&root, MAX_NUMBERS).map_err(|wrong| vec![fil.error(wrong, SPARA)])?;
    Tabell::new(fil, &root, dimensioner)?.read(medlemmar)
}

/// A table of any dimensions.
struct Tabell<'j> {
    fil: Fil<'j>,
    root: &'j Value,
    dimensioner: Vec<Dimension>,
    region: usize,
    tid: usize,
}

impl<'j> Tabell<'j> {
    fn new(fil: Fil<'j>, root: &'j Value, dimensioner: Vec<Dimension>) -> Result<Tabell<'j>, Vec<Finding>> {
        let numbers = dimensioner.iter().map(|dimension| dimension.kategorier.len()).product();
        let fits = match root.get("value") {
            Some(Value::Array(values)) => values.len() == numbers,
            Some(Value::Object(values)) => values.keys().all(|key| key.parse().is_ok_and(|at: usize| at < numbers)),
            _ => false,
        };
        if !fits {
            return Err(vec![fil.error("Antalet värden stämmer inte med tabellens storlek.", SPARA)]);
        }
        let find = |what: &str, names: &[&str]| {
            let told = role(root, what).and_then(|id| dimensioner.iter().position(|one| one.id == id));
            told.or_else(|| dimensioner.iter().position(|one| one.is_called(names)))
        };
        let region = find("geo", &["region", "kommun", "municipality"]);
        let tid = find("time", &["tid", "år", "year", "time", "period"]);
        match (region, tid) {
            (Some(region), Some(tid)) if region != tid => Ok(Tabell { fil, root, dimensioner, region, tid }),
            _ => Err(vec![fil.error("Tabellen saknar region eller år.", SPARA)]),
        }
    }

    /// Where the parts of the population begin in the list of numbers: one, or those of men and of women.
    fn parts(&self) -> Result<Vec<usize>, Vec<Finding>> {
        let others = self.dimensioner.iter().enumerate().filter(|(at, _)| ![self.region, self.tid].contains(at));
        let others: Vec<&Dimension> = others.map(|(_, dimension)| dimension).collect();
        let named: Vec<(&str, Vec<Kategori>)> = others.iter().map(|one| (one.id.as_str(), one.borrowed())).collect();
        let chosen = alla_hela(self.fil, &named)?;
        let mut parts = vec![0];
        for (dimension, taken) in others.iter().zip(chosen) {
            parts = taken.iter().flat_map(|at| parts.iter().map(move |part| part + at * dimension.steg)).collect();
        }
        Ok(parts)
    }

    fn read(&self, medlemmar: &Medlemmar) -> Result<Uppgifter, Vec<Finding>> {
        let (region, tid) = (&self.dimensioner[self.region], &self.dimensioner[self.tid]);
        let mut dagar = Vec::with_capacity(tid.kategorier.len());
        for (code, label) in &tid.kategorier {
            dagar.push(period(code).or_else(|| period(label)).ok_or_else(|| {
                let message =
                    format!("Perioden {} är inget år och inte den 1 november.", shown("folkmangd", "datum", code));
                vec![self.fil.error(message, SPARA)]
            })?);
        }
        let parts = self.parts()?;
        let mut uppgifter = Uppgifter { delar: parts.len(), alla: Vec::new(), andra: Andra::default() };
        for (at, (code, label)) in region.kategorier.iter().enumerate() {
            let is_code = !code.is_empty() && code.bytes().all(|b| b.is_ascii_digit());
            let has_code = label.starts_with(|c: char| c.is_ascii_digit());
            let name = if is_code && !has_code { format!("{code} {label}") } else { label.clone() };
            let Some(medlem) = medlemmar.find(&name) else {
                uppgifter.andra.add(&name);
                continue;
            };
            for (year, datum) in dagar.iter().enumerate() {
                for (del, part) in parts.iter().enumerate() {
                    let antal = self.antal(part + at * region.steg + year * tid.steg);
                    let key = Some(format!("{} {datum}", shown("folkmangd", "kommun", &name)));
                    let place = Place { key, ..self.fil.place() };
                    uppgifter.alla.push(Uppgift { medlem, datum: *datum, del, antal, place });
                }
            }
        }
        Ok(uppgifter)
    }

    /// The number at a place, or what stands in its place: the sign that its status tells, where there is one.
    fn antal(&self, at: usize) -> Result<u32, String> {
        match self.listed("value", at) {
            Some(Value::Number(number)) => number.as_f64().and_then(whole).ok_or_else(|| number.to_string()),
            None | Some(Value::Null) => {
                Err(self.listed("status", at).and_then(Value::as_str).unwrap_or_default().to_owned())
            }
            Some(other) => Err(other.to_string()),
        }
    }

    /// What a list, whole or sparse, has at a place.
    fn listed(&self, list: &str, at: usize) -> Option<&Value> {
        match self.root.get(list)? {
            Value::Array(all) => all.get(at),
            Value::Object(some) => some.get(&at.to_string()),
            one @ Value::String(_) => Some(one),
            _ => None,
        }
    }
}
