//! Tables of cells: CSV and workbooks, with a column for each year or one for all, and with titles and footnotes around.

use super::delning::{Kategori, alla_hela};
use super::medlemmar::Medlemmar;
use super::rubrik::{Kolumn, Rubriker, says_nothing_else};
use super::varde::{antal_of, period_of, text_of};
use super::{Andra, Fil, SPARA, Uppgift, Uppgifter};
use crate::grid::{Book, Cell, Row, Sheet, column_letters};
use samsyn_core::kontroll::shown;
use samsyn_core::{Finding, Place};
use std::collections::HashSet;

/// Reads the first sheet that is seen and has a heading.
pub(super) fn read(fil: Fil, book: &Book, medlemmar: &Medlemmar) -> Result<Uppgifter, Vec<Finding>> {
    fil.other_day(is_december(book))?;
    let heading = |sheet: &Sheet| sheet.rows.iter().enumerate().find_map(|(at, row)| Some((at, Rubriker::of(row)?)));
    let found = book.sheets.iter().filter(|sheet| !sheet.hidden).find_map(|sheet| Some((sheet, heading(sheet)?)));
    let Some((sheet, (at, rubriker))) = found else {
        return Err(vec![
            fil.error("Filen har ingen rad med rubrikerna region och år, till exempel region;2021;2022.", SPARA),
        ]);
    };
    let (above, below) = (&sheet.rows[..at], &sheet.rows[at + 1..]);
    let tabell = Tabell { fil, rubriker: &rubriker, regioner: regioner(&rubriker, below), below };
    tabell.is_undivided_above(above)?;
    tabell.read(medlemmar)
}

/// Whether the sheets tell of 31 December, and nowhere of 1 November.
fn is_december(book: &Book) -> bool {
    let says = |what: &str| {
        let cells = book.sheets.iter().flat_map(|sheet| &sheet.rows).flat_map(|row| &row.cells);
        cells
            .filter_map(|cell| if let Cell::Text(text) = cell { Some(text) } else { None })
            .any(|text| text.to_lowercase().contains(what))
    };
    says("31 december") && !says("1 november")
}

/// The table of a sheet.
struct Tabell<'s> {
    fil: Fil<'s>,
    rubriker: &'s Rubriker,
    /// The columns that together tell the region.
    regioner: Vec<usize>,
    /// The rows below the heading.
    below: &'s [Row],
}

/// A row with numbers: its region and, of each column that divides, what it says.
struct Rad<'s> {
    row: &'s Row,
    region: String,
    delar: Vec<String>,
}

fn filled(row: &Row, column: usize) -> Option<&Cell> {
    row.cells.get(column).filter(|cell| **cell != Cell::Empty)
}

fn has_values(rubriker: &Rubriker, row: &Row) -> bool {
    (0..row.cells.len()).any(|column| rubriker.is_varde(column) && filled(row, column).is_some())
}

/// The columns of the region, codes first: those that are called so, otherwise the first; and the column after one
/// of codes alone.
fn regioner(rubriker: &Rubriker, below: &[Row]) -> Vec<usize> {
    let called = |what: Kolumn| {
        rubriker.kolumner.iter().enumerate().filter(move |(_, kolumn)| **kolumn == what).map(|(at, _)| at)
    };
    let mut columns: Vec<usize> = called(Kolumn::Kod).chain(called(Kolumn::Region)).collect();
    if columns.is_empty() {
        columns.push(0);
    }
    let is_code = |cell: &Cell| text_of(cell).bytes().all(|b| b.is_ascii_digit());
    let last = columns[columns.len() - 1];
    let mut rows = below.iter().filter(|row| has_values(rubriker, row)).filter_map(|row| filled(row, last));
    if rubriker.kolumner.get(last + 1) == Some(&Kolumn::Tom) && rows.all(is_code) {
        columns.push(last + 1);
    }
    columns
}

impl Tabell<'_> {
    fn error(&self, row: &Row, message: impl Into<String>, hint: &str) -> Vec<Finding> {
        vec![Finding::error(self.place(row), message, hint)]
    }

    fn place(&self, row: &Row) -> Place {
        Place { row: Some(row.number.into()), ..self.fil.place() }
    }

    fn place_of(&self, row: &Row, column: usize) -> Place {
        self.place(row).column(self.rubriker.text(column).trim())
    }

    /// SCB's workbooks may have a heading over the years, which divides the population unless it says that it does not.
    fn is_undivided_above(&self, above: &[Row]) -> Result<(), Vec<Finding>> {
        let over = |row: &&Row| (0..self.rubriker.forsta_ar).all(|column| filled(row, column).is_none());
        if !self.rubriker.is_wide() {
            return Ok(());
        }
        for row in above.iter().rev().take_while(over) {
            self.is_undivided(row)?;
        }
        Ok(())
    }

    fn is_undivided(&self, row: &Row) -> Result<(), Vec<Finding>> {
        let other = row.cells.iter().map(text_of).find(|text| !text.is_empty() && !says_nothing_else(text));
        other.map_or(Ok(()), |text| {
            let message =
                format!("Raden har ingen region och hör inte till tabellen: {}.", shown("folkmangd", "rad", &text));
            Err(self.error(row, message, SPARA))
        })
    }

    fn region(&self, row: &Row) -> String {
        let texts: Vec<String> = self.regioner.iter().filter_map(|column| filled(row, *column)).map(text_of).collect();
        let is_code = |text: &String| text.bytes().all(|b| b.is_ascii_digit());
        // A column of codes adds nothing to "0305 Håbo".
        let whole = texts.iter().find(|text| text.starts_with(|c: char| c.is_ascii_digit()) && !is_code(text));
        whole.cloned().unwrap_or_else(|| texts.join(" "))
    }

    /// The columns that may divide the population: those that are neither region, year nor number and are filled.
    fn delande(&self) -> Result<Vec<usize>, Vec<Finding>> {
        let rows = || self.below.iter().filter(|row| has_values(self.rubriker, row));
        let width = rows().map(|row| row.cells.len()).max().unwrap_or(0);
        let is_other = |column: &usize| {
            !self.regioner.contains(column) && !self.rubriker.is_varde(*column) && self.rubriker.tid() != Some(*column)
        };
        let columns: Vec<usize> = (0..width).filter(is_other).collect();
        let mut used = Vec::new();
        for column in columns {
            let Some(row) = rows().find(|row| filled(row, column).is_some()) else { continue };
            if self.rubriker.is_wide() && column > self.rubriker.forsta_ar {
                let text = self.rubriker.text(column);
                let message = match text {
                    "" => format!("Kolumn {} har antal men ingen rubrik.", column_letters(column as u32)),
                    text => format!("Kolumnen {} är varken region eller ett år.", shown("folkmangd", "rubrik", text)),
                };
                return Err(self.error(
                    row,
                    message,
                    "Ta bort kolumnen, eller hämta tabellen igen med bara region och år.",
                ));
            }
            used.push(column);
        }
        Ok(used)
    }

    /// The rows with numbers. In SCB's workbooks a region stands only on the first of its rows.
    fn rader(&self, delande: &[usize]) -> Result<Vec<Rad<'_>>, Vec<Finding>> {
        let carries = !delande.is_empty() || !self.rubriker.is_wide();
        let mut rader: Vec<Rad> = Vec::new();
        for row in self.below.iter().filter(|row| has_values(self.rubriker, row)) {
            let mut region = self.region(row);
            let before = rader.last();
            if region.is_empty() {
                match before.filter(|_| carries) {
                    Some(before) => region.clone_from(&before.region),
                    None if before.is_none() && !row.cells.iter().any(|cell| antal_of(cell).is_ok()) => {
                        self.is_undivided(row)?;
                        continue;
                    }
                    None => {
                        return Err(self.error(
                            row,
                            "Raden har antal men ingen region.",
                            "Skriv kommunens namn på raden.",
                        ));
                    }
                }
            }
            let part = |(at, column): (usize, &usize)| match filled(row, *column) {
                Some(cell) => text_of(cell),
                None => before.and_then(|before| before.delar.get(at).cloned()).unwrap_or_default(),
            };
            let delar = delande.iter().enumerate().map(part).collect();
            rader.push(Rad { row, region, delar });
        }
        Ok(rader)
    }

    fn read(&self, medlemmar: &Medlemmar) -> Result<Uppgifter, Vec<Finding>> {
        let delande = self.delande()?;
        let rader = self.rader(&delande)?;
        let taken = self.taken(&delande, &rader)?;
        let mut uppgifter =
            Uppgifter { delar: taken.iter().map(Vec::len).product(), alla: Vec::new(), andra: Andra::default() };
        let mut with_values = HashSet::new();
        for rad in &rader {
            let Some(medlem) = medlemmar.find(&rad.region) else {
                uppgifter.andra.add(&rad.region);
                continue;
            };
            with_values.insert(medlem);
            let parts = rad.delar.iter().zip(&taken).map(|(part, taken)| taken.iter().position(|one| one == part));
            // At most one of the columns has two categories to take.
            let Some(del) = parts.sum::<Option<usize>>() else { continue };
            self.values(rad.row, medlem, del, &mut uppgifter)?;
        }
        // A row of a member that has nothing but its name is a footnote's heading when the member has numbers elsewhere.
        for row in self.below.iter().filter(|row| !has_values(self.rubriker, row)) {
            let Some(medlem) = medlemmar.find(&self.region(row)).filter(|medlem| !with_values.contains(medlem)) else {
                continue;
            };
            self.values(row, medlem, 0, &mut uppgifter)?;
        }
        Ok(uppgifter)
    }

    /// What each column that divides must say: the words for the whole population.
    fn taken(&self, delande: &[usize], rader: &[Rad]) -> Result<Vec<Vec<String>>, Vec<Finding>> {
        let distinct = |at: usize| {
            let mut seen = HashSet::new();
            rader.iter().map(|rad| rad.delar[at].as_str()).filter(|part| seen.insert(*part)).collect::<Vec<&str>>()
        };
        let dimension = |(at, column): (usize, &usize)| {
            let kategorier: Vec<Kategori> = distinct(at).into_iter().map(|part| (part, part)).collect();
            (self.rubriker.text(*column), kategorier)
        };
        let dimensioner: Vec<(&str, Vec<Kategori>)> = delande.iter().enumerate().map(dimension).collect();
        let chosen = alla_hela(self.fil, &dimensioner)?;
        let words = |(taken, (_, kategorier)): (Vec<usize>, &(&str, Vec<Kategori>))| {
            taken.into_iter().map(|at| kategorier[at].1.to_owned()).collect()
        };
        Ok(chosen.into_iter().zip(&dimensioner).map(words).collect())
    }

    /// The numbers of a row.
    fn values(&self, row: &Row, medlem: usize, del: usize, to: &mut Uppgifter) -> Result<(), Vec<Finding>> {
        let cell = |column: usize| row.cells.get(column).unwrap_or(&Cell::Empty);
        let years = self.rubriker.kolumner.iter().enumerate().filter(|(column, _)| self.rubriker.is_varde(*column));
        for (column, kolumn) in years {
            let datum = match (kolumn, self.rubriker.tid()) {
                (Kolumn::Ar(datum), _) => *datum,
                (_, tid) => {
                    let tid = tid.unwrap_or(column);
                    period_of(cell(tid)).ok_or_else(|| {
                        let text = shown("folkmangd", "datum", &text_of(cell(tid)));
                        let message = format!("{text} är inget år och inte den 1 november.");
                        vec![Finding::error(self.place_of(row, tid), message, "Skriv ett år, till exempel 2021.")]
                    })?
                }
            };
            let place = self.place_of(row, column);
            to.alla.push(Uppgift { medlem, datum, del, antal: antal_of(cell(column)), place });
        }
        Ok(())
    }
}
