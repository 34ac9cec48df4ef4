//! Where in the copy a finding stands.

use super::{Cell, LISTA};
use crate::grid::Sheet;
use crate::uppfoljningsfil::berattare::clean;
use crate::uppfoljningsfil::huvud::{Huvud, huvud};
use crate::uppfoljningsfil::{Falt, Ordlista, Slag, varden};
use samsyn_core::Place;
use std::collections::HashSet;

/// The last row and column of a sheet in Excel, from 0.
pub(super) const LAST: (u32, u16) = (1_048_575, 16_383);
/// The longest name that a sheet may have.
const LONGEST: usize = 31;

/// A sheet's headings, for finding cells by them.
pub(super) struct Platser {
    /// The row of the headings, from 0.
    pub huvud: Option<u32>,
    /// Headings as findings name them, with their columns and rows from 0.
    rubriker: Vec<(String, u16, u32)>,
    falt: Vec<(Falt, u16)>,
    /// The column of an earlier copy or of the template, that tells what is wrong.
    pub att_ratta: Option<u16>,
    /// The column after the last filled one.
    pub bredd: u16,
}

impl Platser {
    pub fn of(sheet: &Sheet) -> Platser {
        let found = huvud(sheet, &Ordlista::default());
        let row = |huvud: &Huvud| sheet.rows.get(huvud.plats).map(|row| row.number.saturating_sub(1));
        let head = found.as_ref().and_then(row);
        let mut rubriker = Vec::new();
        let mut falt = Vec::new();
        for rubrik in found.iter().flat_map(|huvud| &huvud.kolumner) {
            let Ok(column) = u16::try_from(rubrik.plats) else { continue };
            rubriker.push((clean(&rubrik.text), column, head.unwrap_or(0)));
            falt.extend(rubrik.falt.map(|falt| (falt, column)));
        }
        // A heading that stands elsewhere, where a person has said what the headings are.
        for row in sheet.rows.iter().take(30) {
            let texts = row.cells.iter().enumerate().map(|(at, cell)| (at, clean(&varden::text(cell))));
            let new =
                texts.filter_map(|(at, text)| Some((text, u16::try_from(at).ok()?, row.number.saturating_sub(1))));
            rubriker.extend(new.filter(|(text, ..)| !text.is_empty()));
        }
        let own = rubriker.iter().find(|(text, _, row)| text == LISTA && Some(*row) == head);
        let att_ratta = own.map(|(_, column, _)| *column);
        let widest = sheet.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        let bredd = u16::try_from(widest).unwrap_or(LAST.1).min(LAST.1);
        Platser { huvud: head, rubriker, falt, att_ratta, bredd }
    }

    /// Whether days stand in the column.
    pub fn is_day(&self, column: u16) -> bool {
        self.falt.iter().any(|(falt, at)| *at == column && matches!(falt.slag(), Slag::Dag | Slag::Ar))
    }

    /// The cell of a finding's place; `None` when it names none that can be found.
    pub fn cell(&self, place: &Place) -> Option<Cell> {
        let heading = place.column.as_deref().and_then(|name| self.rubriker.iter().find(|(text, ..)| text == name));
        let field = || {
            let falt = place.column.as_deref().and_then(Falt::of_namn)?;
            self.falt.iter().find(|(known, _)| *known == falt).map(|(_, column)| *column)
        };
        let column = heading.map(|(_, column, _)| *column).or_else(field).filter(|column| *column <= LAST.1);
        match place.row {
            Some(row) => {
                let row = u32::try_from(row.checked_sub(1)?).ok().filter(|row| *row <= LAST.0)?;
                Some(Cell { row, column })
            }
            None => {
                let row = heading.map(|(.., row)| *row).or(self.huvud).filter(|row| *row <= LAST.0)?;
                column.map(|column| Cell { row, column: Some(column) })
            }
        }
    }
}

/// A name for each sheet that Excel takes, each once: without the signs that it forbids.
pub(super) fn namn(sheets: &[&Sheet]) -> Vec<String> {
    let mut taken: HashSet<String> = HashSet::from([LISTA.to_lowercase()]);
    let good =
        |c: char| !c.is_control() && !matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\u{fffe}' | '\u{ffff}');
    let mut names = Vec::new();
    for sheet in sheets {
        let plain: String = sheet.name.chars().map(|c| if good(c) { c } else { ' ' }).collect();
        let plain = plain.trim_matches(|c: char| c == '\'' || c.is_whitespace());
        let base = if plain.is_empty() { "Inskrivningar" } else { plain };
        let numbered = |number: usize| {
            let end = if number == 1 { String::new() } else { format!(" {number}") };
            cut(base, LONGEST - end.len()) + &end
        };
        let name = (1..).map(numbered).find(|name| taken.insert(name.to_lowercase())).unwrap_or_default();
        names.push(name);
    }
    names
}

/// As much of a text as fits in so many units of UTF-16, in which Excel counts.
fn cut(text: &str, most: usize) -> String {
    let mut units = 0;
    let fits = |c: &char| {
        units += c.len_utf16();
        units <= most
    };
    text.chars().take_while(fits).collect::<String>().trim_end_matches('\'').to_owned()
}
