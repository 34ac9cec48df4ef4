//! The lists to choose from, on a hidden sheet of their own.

use super::kolumner::KOLUMNER;
use crate::uppfoljningsfil::utseende::{Skrivfel, heading};
use crate::uppfoljningsfil::{Falt, Slag};
use rust_xlsxwriter::utility::column_number_to_name;
use rust_xlsxwriter::{Format, Worksheet};

const BLAD: &str = "Listor";

/// The lists, each with the fields that have it.
pub(super) struct Listor(Vec<(Vec<Falt>, Vec<&'static str>)>);

impl Default for Listor {
    fn default() -> Listor {
        let mut all: Vec<(Vec<Falt>, Vec<&'static str>)> = Vec::new();
        for kolumn in KOLUMNER.iter().filter(|kolumn| matches!(kolumn.falt.slag(), Slag::Lista | Slag::JaNej)) {
            let words: Vec<&str> = kolumn.falt.koder().into_iter().map(|(_, words)| words).collect();
            match all.iter_mut().find(|(_, list)| *list == words) {
                Some((falt, _)) => falt.push(kolumn.falt),
                None => all.push((vec![kolumn.falt], words)),
            }
        }
        Listor(all)
    }
}

impl Listor {
    /// Where the list of a field stands, as a formula; `None` when it has none.
    pub fn formel(&self, falt: Falt) -> Option<String> {
        let place = self.0.iter().position(|(fields, _)| fields.contains(&falt))?;
        let (column, words) = (column_number_to_name(u16::try_from(place).ok()?), self.0.get(place)?.1.len());
        Some(format!("={BLAD}!${column}$2:${column}${}", words + 1))
    }

    /// Writes the sheet.
    pub fn write(&self, sheet: &mut Worksheet) -> Result<(), Skrivfel> {
        sheet.set_name(BLAD)?.set_hidden(true).protect();
        for (column, (fields, words)) in (0..).zip(&self.0) {
            let heading_of: Vec<&str> = fields.iter().map(|falt| falt.rubrik()).collect();
            sheet.set_column_width(column, 24)?;
            sheet.write_string_with_format(0, column, heading_of.join(", "), &heading(false))?;
            for (row, word) in (1..).zip(words) {
                sheet.write_string_with_format(row, column, *word, &Format::new().set_num_format_index(49))?;
            }
        }
        Ok(())
    }
}
