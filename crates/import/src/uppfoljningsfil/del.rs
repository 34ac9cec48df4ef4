//! A sheet to read: its columns with their fields, and the rows under the headings. What was kept of an earlier file
//! is one sheet per sheet of that file.

use super::blad::Lista;
use super::{Falt, Hur, Kolumn, nyckel, varden};
use crate::grid::{Book, Cell, Kind, Row, column_letters};
use std::collections::HashMap;

/// The columns that stand first in what is kept of a file.
pub(super) const EGNA_KOLUMNER: [&str; 2] = ["blad", "rad"];

/// The most sheets of an earlier file; rows of more stand with the last.
const MOST: usize = 200;
/// The heading of the column in which the template and the annotated copy tell what is wrong.
const EGEN_RUBRIK: &str = "att ratta";

/// A column that is read.
#[derive(Debug)]
pub(super) struct Last {
    pub plats: usize,
    pub falt: Falt,
    pub rubrik: String,
}

/// A sheet to read.
#[derive(Debug)]
pub(super) struct Del<'b> {
    pub namn: String,
    /// The columns to read, the first day before all others: ages are counted from it.
    pub kolumner: Vec<Last>,
    /// Every column with a heading.
    pub alla: Vec<Kolumn>,
    /// The rows under the headings, by their numbers.
    pub rader: Vec<(u64, &'b Row)>,
    /// Whether it is what was kept of an earlier file: then every row is an inskrivning.
    pub egen: bool,
    /// The program's own column, that tells what is wrong: it says nothing of a row.
    pub egen_kolumn: Option<usize>,
    /// Every column's heading as words are compared.
    rubriker: HashMap<usize, String>,
    /// Columns whose field has one before it, with that one.
    pub dubbla: Vec<(Falt, String, String)>,
    /// Columns with content and no heading, by their letters.
    pub utan_rubrik: Vec<String>,
    /// Columns to read that are hidden, by their headings.
    pub dolda: Vec<String>,
}

impl<'b> Del<'b> {
    /// The sheet as it was found.
    pub fn of(lista: &Lista<'b>) -> Del<'b> {
        let blad = lista.blad;
        let rader: Vec<(u64, &Row)> =
            blad.rows.iter().skip(lista.huvud.plats + 1).map(|row| (u64::from(row.number), row)).collect();
        let filled = filled(&rader);
        let count = |plats: usize| filled.get(plats).copied().unwrap_or(0);
        let mut del = Del::empty(blad.name.clone(), rader);
        for rubrik in &lista.huvud.kolumner {
            del.rubriker.insert(rubrik.plats, rubrik.nyckel.clone());
            let ifyllda = count(rubrik.plats);
            if rubrik.falt.is_none() && rubrik.nyckel == EGEN_RUBRIK {
                del.egen_kolumn = Some(rubrik.plats);
            }
            if rubrik.falt.is_none() && (ifyllda == 0 || rubrik.nyckel == EGEN_RUBRIK) {
                continue;
            }
            let bokstav = letters(rubrik.plats);
            del.alla.push(Kolumn {
                bokstav,
                rubrik: rubrik.text.clone(),
                nyckel: rubrik.nyckel.clone(),
                falt: rubrik.falt.map(Falt::namn),
                hur: rubrik.hur,
                ifyllda,
            });
            if let Some(falt) = rubrik.falt {
                del.add(Last { plats: rubrik.plats, falt, rubrik: rubrik.text.clone() }, &count);
            }
        }
        del.kolumner.sort_by_key(|kolumn| kolumn.falt != Falt::Inskriven);
        let hidden = |kolumn: &&Last| blad.hidden_columns.iter().any(|hidden| *hidden as usize == kolumn.plats);
        del.dolda = del.kolumner.iter().filter(hidden).map(|kolumn| kolumn.rubrik.clone()).collect();
        let nameless = |(at, count): &(usize, &usize)| **count > 0 && !del.rubriker.contains_key(at);
        del.utan_rubrik = filled.iter().enumerate().filter(nameless).map(|(at, _)| letters(at)).collect();
        del
    }

    fn empty(namn: String, rader: Vec<(u64, &'b Row)>) -> Del<'b> {
        Del {
            namn,
            kolumner: Vec::new(),
            alla: Vec::new(),
            rader,
            egen: false,
            egen_kolumn: None,
            rubriker: HashMap::new(),
            dubbla: Vec::new(),
            utan_rubrik: Vec::new(),
            dolda: Vec::new(),
        }
    }

    /// Adds a column to read. Of two for the same field an empty one gives way.
    fn add(&mut self, new: Last, count: &impl Fn(usize) -> usize) {
        match self.kolumner.iter_mut().find(|old| old.falt == new.falt) {
            None => self.kolumner.push(new),
            Some(_) if count(new.plats) == 0 => {}
            Some(old) if count(old.plats) == 0 => *old = new,
            Some(old) => self.dubbla.push((new.falt, new.rubrik, old.rubrik.clone())),
        }
    }

    /// Whether the cell repeats the heading of its column.
    pub fn is_heading(&self, plats: usize, cell: &Cell) -> bool {
        let Cell::Text(text) = cell else { return false };
        self.rubriker.get(&plats).is_some_and(|heading| *heading == nyckel(text))
    }

    /// The filled cells of a row with their columns.
    pub fn filled<'r>(&self, row: &'r Row) -> Vec<(usize, &'r Cell)> {
        let filled = |(at, cell): &(usize, &Cell)| **cell != Cell::Empty && Some(*at) != self.egen_kolumn;
        row.cells.iter().enumerate().filter(filled).collect()
    }

    /// The heading of a field's column.
    pub fn rubrik(&self, falt: Falt) -> Option<&str> {
        self.kolumner.iter().find(|kolumn| kolumn.falt == falt).map(|kolumn| kolumn.rubrik.as_str())
    }
}

/// How many cells of each column are filled.
fn filled(rader: &[(u64, &Row)]) -> Vec<usize> {
    let mut counts: Vec<usize> = Vec::new();
    for (_, row) in rader {
        if counts.len() < row.cells.len() {
            counts.resize(row.cells.len(), 0);
        }
        for (count, _) in counts.iter_mut().zip(&row.cells).filter(|(_, cell)| **cell != Cell::Empty) {
            *count += 1;
        }
    }
    counts
}

fn letters(plats: usize) -> String {
    column_letters(u32::try_from(plats).unwrap_or(u32::MAX - 1))
}

/// The sheets of what was kept of an earlier file; `None` when the book is no such file.
pub(super) fn egna(book: &Book) -> Option<Vec<Del<'_>>> {
    let sheet = book.sheets.first().filter(|_| book.kind == Kind::Csv)?;
    let head = sheet.rows.first()?;
    let heading = |at: usize| head.cells.get(at).map(varden::text).unwrap_or_default();
    if !EGNA_KOLUMNER.iter().enumerate().all(|(at, name)| heading(at) == *name) {
        return None;
    }
    let mut deler: Vec<Del<'_>> = Vec::new();
    for row in sheet.rows.iter().skip(1) {
        let cell = |at: usize| row.cells.get(at).map(varden::text).unwrap_or_default();
        let (name, number) = (cell(0), cell(1).parse().unwrap_or(u64::from(row.number)));
        let many = deler.len() >= MOST;
        match deler.last_mut().filter(|del| del.namn == name || many) {
            Some(del) => del.rader.push((number, row)),
            None => deler.push(Del::empty(name.into_owned(), vec![(number, row)])),
        }
    }
    if deler.is_empty() {
        deler.push(Del::empty(String::new(), Vec::new()));
    }
    for del in &mut deler {
        let filled = filled(&del.rader);
        for plats in EGNA_KOLUMNER.len()..head.cells.len() {
            let Some(falt) = Falt::of_namn(&heading(plats)) else { continue };
            let ifyllda = filled.get(plats).copied().unwrap_or(0);
            let (rubrik, key) = (falt.namn().to_owned(), nyckel(falt.namn()));
            let (bokstav, namn) = (letters(plats), Some(falt.namn()));
            del.alla.push(Kolumn { bokstav, rubrik: rubrik.clone(), nyckel: key, falt: namn, hur: Hur::Kand, ifyllda });
            del.kolumner.push(Last { plats, falt, rubrik });
        }
        del.kolumner.sort_by_key(|kolumn| kolumn.falt != Falt::Inskriven);
        del.egen = true;
    }
    Some(deler)
}
