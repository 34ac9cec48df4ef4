//! Where in a sheet the headings stand, and which field each column is.

use super::{Falt, Hur, Ordlista, delvis, nyckel, ord, rubriker, varden};
use crate::grid::{Cell, Row, Sheet};
use std::collections::{HashMap, HashSet};

/// The last row in which a heading may stand.
const LAST: u32 = 30;
/// Known headings that make a row the heading.
const FEWEST: usize = 2;

/// A sheet's headings.
#[derive(Clone, Debug)]
pub(super) struct Huvud {
    /// Where among the sheet's rows they stand.
    pub plats: usize,
    pub kolumner: Vec<Rubrik>,
}

/// A column with a heading.
#[derive(Clone, Debug)]
pub(super) struct Rubrik {
    /// Its column, from 0.
    pub plats: usize,
    pub text: String,
    pub nyckel: String,
    pub falt: Option<Falt>,
    pub hur: Hur,
    /// The field that a part of the heading means, see [`delvis::delvis`].
    delvis: Option<(u8, Falt)>,
}

impl Huvud {
    /// The column of a field; of several the first.
    pub fn kolumn(&self, falt: Falt) -> Option<&Rubrik> {
        self.kolumner.iter().find(|rubrik| rubrik.falt == Some(falt))
    }

    /// The fields that have a column.
    pub fn falt(&self) -> HashSet<Falt> {
        self.kolumner.iter().filter_map(|rubrik| rubrik.falt).collect()
    }

    /// Gives fields that no column has to those whose headings mean them in part, one to one.
    fn by_parts(&mut self) {
        for rank in 1..=2 {
            let known = self.falt();
            let unknown = |rubrik: &Rubrik| rubrik.hur == Hur::Okand;
            let meant = self.kolumner.iter().filter(|rubrik| unknown(rubrik)).filter_map(|rubrik| rubrik.delvis);
            let meant: Vec<Falt> = meant.filter(|(of, _)| *of <= rank).map(|(_, falt)| falt).collect();
            for rubrik in self.kolumner.iter_mut().filter(|rubrik| unknown(rubrik)) {
                let Some((_, falt)) = rubrik.delvis.filter(|(of, _)| *of == rank) else { continue };
                if !known.contains(&falt) && meant.iter().filter(|other| **other == falt).count() == 1 {
                    (rubrik.falt, rubrik.hur) = (Some(falt), Hur::Kand);
                }
            }
        }
    }

    /// Takes a column of work for yes or no where its heading can be either and most of its cells are that.
    fn by_cells(&mut self, sheet: &Sheet) {
        for rubrik in &mut self.kolumner {
            let common = rubrik.falt == Some(Falt::ArbeteOmfattning) && rubrik.hur == Hur::Kand;
            if !common || rubriker::om_omfattning(&rubrik.nyckel) {
                continue;
            }
            let under = sheet.rows.iter().skip(self.plats + 1).filter_map(|row| row.cells.get(rubrik.plats));
            let cells: Vec<&Cell> = under.filter(|cell| **cell != Cell::Empty).collect();
            let count = |wanted: &dyn Fn(&Cell) -> bool| cells.iter().filter(|cell| wanted(cell)).count();
            let answer = |cell: &Cell| ord::kod(Falt::Arbetar, &nyckel(&varden::text(cell)));
            let answers = count(&|cell| answer(cell).is_some());
            let yes = count(&|cell| answer(cell) == Some("ja"));
            let extents = count(&|cell| varden::ar_omfattning(cell));
            let parts = cells.iter().any(|cell| varden::ar_del(cell));
            if answers * 2 > cells.len() && yes >= extents && !parts {
                rubrik.falt = Some(Falt::Arbetar);
            }
        }
    }

    /// How many columns are known, each field once.
    fn kanda(&self) -> usize {
        let skipped = self.kolumner.iter().filter(|rubrik| rubrik.hur == Hur::LasesInte).count();
        self.falt().len() + skipped
    }
}

/// The sheet's headings: the row with the most known ones. Without such a row the first that looks like headings, so
/// that a person can say what they are.
pub(super) fn huvud(sheet: &Sheet, ordlista: &Ordlista) -> Option<Huvud> {
    let first = sheet.rows.iter().take_while(|row| row.number <= LAST).count();
    let mut best: Option<Huvud> = None;
    for plats in 0..first {
        let found = rubriker_i(sheet, plats, ordlista);
        if found.kanda() >= FEWEST && best.as_ref().is_none_or(|best| found.kanda() > best.kanda()) {
            best = Some(found);
        }
    }
    let mut found = best.or_else(|| {
        let plats = (0..first).find(|plats| looks_like_headings(sheet, *plats))?;
        Some(rubriker_i(sheet, plats, ordlista))
    })?;
    found.by_parts();
    found.by_cells(sheet);
    Some(found)
}

/// Three words or more, all different, with something under them.
fn looks_like_headings(sheet: &Sheet, plats: usize) -> bool {
    let Some(row) = sheet.rows.get(plats) else { return false };
    let filled: Vec<&Cell> = row.cells.iter().filter(|cell| **cell != Cell::Empty).collect();
    let words: HashSet<String> = filled.iter().filter_map(|cell| heading(cell)).map(|text| nyckel(&text)).collect();
    let only_words = filled.iter().all(|cell| matches!(cell, Cell::Text(_)));
    only_words && words.len() >= 3 && words.len() == filled.len() && sheet.rows.len() > plats + 1
}

/// What a cell says as a heading: a day or a yes is none.
fn heading(cell: &Cell) -> Option<String> {
    match cell {
        Cell::Text(_) | Cell::Number(_) => Some(varden::text(cell).into_owned()).filter(|text| !text.is_empty()),
        _ => None,
    }
}

fn rubriker_i(sheet: &Sheet, plats: usize, ordlista: &Ordlista) -> Huvud {
    let Some(row) = sheet.rows.get(plats) else { return Huvud { plats, kolumner: Vec::new() } };
    let over = Over::of(sheet, plats, row);
    let width = row.cells.len().max(over.as_ref().map_or(0, |over| over.single.len()));
    let texts: Vec<Option<String>> = (0..width)
        .map(|column| {
            let own = row.cells.get(column).and_then(heading);
            own.or_else(|| over.as_ref().and_then(|over| over.single.get(column).cloned().flatten()))
        })
        .collect();
    let mut times: HashMap<String, usize> = HashMap::new();
    texts.iter().flatten().for_each(|text| *times.entry(nyckel(text)).or_default() += 1);
    let mut kolumner = Vec::new();
    for (column, text) in texts.into_iter().enumerate() {
        let Some(text) = text else { continue };
        let group = over.as_ref().and_then(|over| over.wide.get(column)).and_then(Option::as_deref);
        let alone = rubriker::kand(&text);
        let under = group.map_or(alone, |group| rubriker::kand_under(group, &text));
        let several = times.get(&nyckel(&text)).is_some_and(|times| *times > 1);
        let delvis = delvis::delvis(group, &text);
        let text = match group {
            Some(group) if several || under != alone => format!("{group}: {text}"),
            _ => text,
        };
        kolumner.push(Rubrik { delvis, ..rubrik(column, text, under, ordlista) });
    }
    Huvud { plats, kolumner }
}

fn rubrik(plats: usize, text: String, kand: Option<Falt>, ordlista: &Ordlista) -> Rubrik {
    let nyckel = nyckel(&text);
    let (falt, hur) = match ordlista.falt(&nyckel) {
        Some(Some(falt)) => (Some(falt), Hur::Minns),
        Some(None) => (None, Hur::LasesInte),
        None if kand.is_some() => (kand, Hur::Kand),
        None => (None, Hur::Okand),
    };
    Rubrik { plats, text, nyckel, falt, hur, delvis: None }
}

/// The row over the headings, when it groups them.
struct Over {
    /// Over each column the heading that stands over several.
    wide: Vec<Option<String>>,
    /// Over each column the heading that belongs to it alone, when it has no other.
    single: Vec<Option<String>>,
}

impl Over {
    /// `None` when the row above is a title, or none at all, or when `row` has more than words.
    fn of(sheet: &Sheet, plats: usize, row: &Row) -> Option<Over> {
        let above = sheet.rows.get(plats.checked_sub(1)?)?;
        let only_words = row.cells.iter().all(|cell| matches!(cell, Cell::Text(_) | Cell::Empty));
        if above.number.checked_add(1) != Some(row.number) || !only_words {
            return None;
        }
        let width = above.cells.len().max(row.cells.len());
        let filled = |column: usize| row.cells.get(column).is_some_and(|cell| *cell != Cell::Empty);
        let here = sheet.merged.iter().filter(|(first, ..)| *first == above.number);
        let merged: HashMap<usize, usize> = here.map(|(_, left, _, right)| (*left as usize, *right as usize)).collect();
        let mut over = Over { wide: vec![None; width], single: vec![None; width] };
        let all = (0..width).filter(|column| filled(*column)).count();
        let mut column = 0;
        while column < width {
            let begin = column;
            column += 1;
            let Some(text) = above.cells.get(begin).and_then(heading) else { continue };
            let end = reach(&merged, above, begin, width);
            let under = (begin..end).filter(|column| filled(*column)).count();
            if under == 0 {
                over.single[begin] = Some(text);
            } else if under < all {
                over.wide.iter_mut().take(end).skip(begin).for_each(|wide| *wide = Some(text.clone()));
            }
            column = end;
        }
        let groups = over.wide.chunk_by(|a, b| a == b).any(|same| same.len() > 1 && same.iter().all(Option::is_some));
        groups.then_some(over)
    }
}

/// The column after the last that a heading in the row above stands over: its merged area; in a row without any, to
/// the next heading.
fn reach(merged: &HashMap<usize, usize>, above: &Row, begin: usize, width: usize) -> usize {
    match merged.get(&begin) {
        Some(right) => right.saturating_add(1).clamp(begin + 1, width),
        None if !merged.is_empty() => begin + 1,
        None => {
            let filled = |column: &usize| above.cells.get(*column).is_some_and(|cell| *cell != Cell::Empty);
            (begin + 1..width).find(filled).unwrap_or(width)
        }
    }
}
