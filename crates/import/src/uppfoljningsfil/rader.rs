//! The rows of a list: which of them are inskrivningar, and what they say.

use super::radslag::{Annat, annat, is_someone};
use super::varden::{Fel, Kring, Varde};
use super::{Berattare, Del, Falt, Slag, avslut, varden};
use crate::grid::{Cell, Row};
use samsyn_core::deltagande::{Avslutsorsak, Forsorjning, Forsorjningstid, Kon, Omfattning, Utbildning};
use samsyn_core::uppfoljning::Rad;
use std::collections::{BTreeMap, HashMap};

/// How much is kept of a cell that could not be read. A word at the end keeps it unreadable.
const MOST_KEPT: usize = 100;
/// What is kept of a word that nobody has explained, and of a number that is counted only.
const OLASLIGT: &str = "oläsligt";
const ANONYM: &str = "anonym";
/// Rows named in a note; of more only how many.
const NAMED: usize = 5;

/// A row that was read, with its place and its words.
#[derive(Debug)]
pub(super) struct Post {
    pub rad: Rad,
    /// Which of the sheets it stands on.
    pub del: usize,
    /// What its fields say, as it is kept.
    pub texter: Vec<(Falt, String)>,
    /// Whether the person works, where it is told without the extent.
    pub arbetar: Option<bool>,
    /// The fields in which something stands that could not be read.
    pub olasta: Vec<Falt>,
}

/// What is known of a cell in a known column.
pub(super) struct Last<'r> {
    pub falt: Falt,
    rubrik: &'r str,
    pub cell: &'r Cell,
    pub varde: Result<Varde, Fel>,
}

/// Reads the rows of one sheet.
pub(super) fn las(nr: usize, del: &Del<'_>, kring: Kring<'_>, told: &mut Berattare) -> Vec<Post> {
    let delar = del.rader.iter().any(|(_, row)| {
        del.kolumner
            .iter()
            .any(|k| k.falt == Falt::ArbeteOmfattning && row.cells.get(k.plats).is_some_and(varden::ar_del))
    });
    let kring = Kring { delar, ..kring };
    let mut memo = Memo::new();
    let mut dated =
        |row| read(del, row, kring, true, &mut memo).iter().any(|cell| matches!(cell.varde, Ok(Varde::Dag(_))));
    let last_dated = if del.egen { None } else { del.rader.iter().rposition(|(_, row)| dated(*row)) };
    let mut posts = Vec::new();
    // Nothing can be said of the rows until someone has said what the columns are.
    if del.kolumner.is_empty() {
        return posts;
    }
    let mut passed: BTreeMap<Annat, Vec<u64>> = BTreeMap::new();
    let mut before: Option<u64> = None;
    let mut ended = false;
    for (place, (number, row)) in del.rader.iter().enumerate() {
        let filled = del.filled(row);
        if filled.is_empty() {
            continue;
        }
        let under = last_dated.is_some_and(|last| place > last);
        let gap = before.is_some_and(|before| *number > before + 1);
        before = Some(*number);
        let cells = read(del, row, kring, false, &mut memo);
        ended |= under && gap;
        let other = match annat(del, &filled, &cells) {
            _ if del.egen => None,
            None if ended && !is_someone(&cells) => Some(Annat::Under),
            other => other,
        };
        match other {
            Some(other) => {
                ended |= under && other == Annat::Summa;
                passed.entry(other).or_default().push(*number);
            }
            None => posts.push(post(nr, del, *number, &cells, told)),
        }
    }
    for (other, rows) in passed {
        told.rader(del, &rows, &format!("{} {}", named(&rows), other.words(rows.len() == 1)));
    }
    posts
}

/// What the words of closed lists mean: the same few stand on most rows.
type Memo<'r> = HashMap<(Falt, &'r str), Varde>;
/// So many of them are remembered.
const REMEMBERED: usize = 1_000;

fn value<'r>(falt: Falt, cell: &'r Cell, kring: Kring<'_>, memo: &mut Memo<'r>) -> Result<Varde, Fel> {
    let (Cell::Text(text), Slag::Lista | Slag::JaNej) = (cell, falt.slag()) else {
        return varden::las(falt, cell, kring);
    };
    if let Some(known) = memo.get(&(falt, &**text)) {
        return Ok(known.clone());
    }
    let value = varden::las(falt, cell, kring)?;
    if memo.len() < REMEMBERED {
        memo.insert((falt, text), value.clone());
    }
    Ok(value)
}

/// The filled cells of known columns, the first day before all else; only first and last day when `days`.
fn read<'r>(del: &'r Del<'_>, row: &'r Row, kring: Kring<'_>, days: bool, memo: &mut Memo<'r>) -> Vec<Last<'r>> {
    let mut cells: Vec<Last<'r>> = Vec::with_capacity(if days { 2 } else { del.kolumner.len() });
    let mut kring = kring;
    for kolumn in &del.kolumner {
        let wanted = !days || matches!(kolumn.falt, Falt::Inskriven | Falt::Utskriven);
        let Some(cell) = row.cells.get(kolumn.plats).filter(|cell| wanted && **cell != Cell::Empty) else { continue };
        let varde = value(kolumn.falt, cell, kring, memo);
        if let (Falt::Inskriven, Ok(Varde::Dag(day))) = (kolumn.falt, &varde) {
            kring.ar = day.year();
        }
        cells.push(Last { falt: kolumn.falt, rubrik: &kolumn.rubrik, cell, varde });
    }
    cells
}

/// The rows by their numbers: `Rad 14 och 30`, `40 rader, den första rad 14,`.
fn named(rows: &[u64]) -> String {
    if rows.len() > NAMED {
        let first = rows.first().copied().unwrap_or_default();
        return format!("{} rader, den första rad {first},", samsyn_document::format::number(rows.len() as i64));
    }
    let numbers: Vec<String> = rows.iter().map(u64::to_string).collect();
    format!("Rad {}", samsyn_document::format::list(&numbers))
}

fn post(nr: usize, del: &Del<'_>, number: u64, cells: &[Last<'_>], told: &mut Berattare) -> Post {
    let rad = Rad { rad: number, ..Rad::default() };
    let mut post = Post { rad, del: nr, texter: Vec::new(), arbetar: None, olasta: Vec::new() };
    let (mut work, mut words) = (None, None);
    for cell in cells.iter().filter(|cell| cell.varde != Ok(Varde::Inget)) {
        post.texter.push((cell.falt, kept(cell)));
        match &cell.varde {
            Ok(Varde::Flera(codes)) => work = Some(codes),
            Ok(Varde::Kod(code)) if cell.falt == Falt::Arbetar => post.arbetar = Some(*code == "ja"),
            Ok(Varde::Orsak(orsak, read)) => {
                set(&mut post.rad, cell.falt, &Varde::Kod(orsak.kod));
                words = Some((cell, orsak));
                if *read {
                    told.words(del, number, cell.rubrik, cell.cell, orsak);
                }
            }
            Ok(value) => set(&mut post.rad, cell.falt, value),
            Err(fault) => {
                post.olasta.push(cell.falt);
                told.cell(del, number, cell.rubrik, cell.falt, cell.cell, fault);
            }
        }
    }
    if let Some(codes) = work {
        occupation(&mut post.rad, codes);
    }
    if let Some((cell, orsak)) = words {
        let own = avslut::ur_orden(&mut post, del, &orsak.gor, &varden::text(cell.cell), told);
        post.texter.extend(own);
    }
    // Whatever another column says: who must not be known by a number is only counted.
    if cells.iter().any(|cell| cell.varde == Ok(Varde::Anonym)) {
        post.rad.anonym = Some(true);
    }
    post
}

/// What the cell says, as it is kept: the code of a closed list and never the words, which may tell of somebody; days
/// and extents in one form, of a birth only the year.
fn kept(cell: &Last<'_>) -> String {
    let text = || varden::text(cell.cell).into_owned();
    match &cell.varde {
        Ok(Varde::Nummer(number)) => number.clone(),
        Ok(Varde::Ar(year)) => year.to_string(),
        Ok(Varde::Dag(day)) => day.to_string(),
        Ok(Varde::Kod(code)) => kod(cell.falt, code),
        Ok(Varde::Orsak(orsak, _)) => orsak.kod.to_owned(),
        Ok(Varde::Flera(codes)) => codes.join(", "),
        Ok(Varde::Anonym) => ANONYM.to_owned(),
        Err(_) if matches!(cell.falt.slag(), Slag::Lista | Slag::JaNej) => OLASLIGT.to_owned(),
        Err(_) if cell.falt == Falt::Fodelsear && text().chars().filter(char::is_ascii_digit).count() > 4 => {
            OLASLIGT.to_owned()
        }
        Err(_) if matches!(cell.cell, Cell::Fault(_)) => format!("fel i formel: {}", text()),
        // A number that is no day by the file's own count, from 1904, is not to become one by another.
        Err(_) if cell.falt.slag() == Slag::Dag && matches!(cell.cell, Cell::Number(_)) => text() + "…",
        Err(_) if text().chars().nth(MOST_KEPT).is_some() => {
            format!("{} (avkortat)", text().chars().take(MOST_KEPT).collect::<String>())
        }
        _ => text(),
    }
}

/// A code as it is kept: an extent of work with what it is a part of.
pub(super) fn kod(falt: Falt, code: &str) -> String {
    if falt == Falt::ArbeteOmfattning && code != "nej" { format!("{code} %") } else { code.to_owned() }
}

/// Puts a value in its field. What is no such value of the field says nothing.
fn set(rad: &mut Rad, falt: Falt, varde: &Varde) {
    let code = if let Varde::Kod(code) = varde { Some(*code) } else { None };
    let day = if let Varde::Dag(day) = varde { Some(*day) } else { None };
    let yes = code.map(|code| code == "ja");
    match (falt, varde) {
        (Falt::Nummer, Varde::Nummer(number)) => rad.nummer = Some(number.clone()),
        (Falt::Fodelsear, Varde::Ar(year)) => rad.fodelsear = Some(*year),
        (Falt::Inskriven, _) => rad.inskriven = day,
        (Falt::InskrivenRegistrerad, _) => rad.inskriven_registrerad = day,
        (Falt::Utskriven, _) => rad.utskriven = day,
        (Falt::UtskrivenRegistrerad, _) => rad.utskriven_registrerad = day,
        (Falt::Kon, _) => rad.kon = code.and_then(Kon::of_kod),
        (Falt::Utbildning, _) => rad.utbildning = code.and_then(Utbildning::of_kod),
        (Falt::ForsorjningFore, _) => rad.forsorjning_fore = code.and_then(Forsorjning::of_kod),
        (Falt::ForsorjningstidFore, _) => rad.forsorjningstid_fore = code.and_then(Forsorjningstid::of_kod),
        (Falt::Avslutsorsak, _) => rad.avslutsorsak = code.and_then(Avslutsorsak::of_kod),
        (Falt::ArbeteOmfattning, _) => rad.arbete_omfattning = code.and_then(Omfattning::of_kod),
        (Falt::ForsorjningEfter, _) => rad.forsorjning_efter = code.and_then(Forsorjning::of_kod),
        (Falt::ArbeteSubventionerat, _) => rad.arbete_subventionerat = yes,
        (Falt::Studerar, _) => rad.studerar = yes,
        (Falt::Arbetssokande, _) => rad.arbetssokande = yes,
        (Falt::PlanVidAvslut, _) => rad.plan_vid_avslut = yes,
        (Falt::Anonym, _) => rad.anonym = yes,
        (Falt::Nummer | Falt::Fodelsear | Falt::Arbetar | Falt::Sysselsattning, _) => {}
    }
}

/// Work, studies and job-seeking of one column, where no column of their own says it: what it does not name is not so.
fn occupation(rad: &mut Rad, codes: &[&str]) {
    let extent = codes.iter().find_map(|code| code.strip_prefix("arbete_"));
    rad.arbete_omfattning = rad.arbete_omfattning.or_else(|| extent.and_then(Omfattning::of_kod));
    rad.studerar = rad.studerar.or(Some(codes.contains(&"studier")));
    rad.arbetssokande = rad.arbetssokande.or(Some(codes.contains(&"arbetssökande")));
}
