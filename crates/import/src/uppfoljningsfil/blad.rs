//! Which sheets hold inskrivningar.

use super::huvud::{Huvud, huvud};
use super::{Falt, Ordlista};
use crate::grid::{Book, Cell, Sheet};

/// Sheets of the template and of the annotated copy, of which nothing needs to be told.
pub(super) const EGNA: [&str; 3] = ["Hjälp", "Listor", "Att rätta"];
/// Fields that two sheets must share, so that both are read; numbers alone are enough.
const SHARED: usize = 3;

/// A sheet that looks like a list.
#[derive(Debug)]
pub(super) struct Lista<'b> {
    pub blad: &'b Sheet,
    pub huvud: Huvud,
    /// Rows under the headings with anything in two known columns.
    antal: usize,
}

/// What was found in a book.
#[derive(Debug, Default)]
pub(super) struct Val<'b> {
    /// The sheets to read, in their order.
    pub listor: Vec<Lista<'b>>,
    /// Lists whose headings are other than those of the one that is read.
    pub andra: Vec<&'b str>,
    /// Sheets that are no lists.
    pub ovriga: Vec<&'b str>,
    /// Hidden sheets with anything on them.
    pub dolda: Vec<&'b str>,
}

/// Chooses the sheets: the list with the most rows, and those that agree with it.
pub(super) fn valj<'b>(book: &'b Book, ordlista: &Ordlista) -> Val<'b> {
    let mut val = Val::default();
    let mut found = Vec::new();
    for blad in book.sheets.iter().filter(|blad| !blad.rows.is_empty() && !EGNA.contains(&blad.name.as_str())) {
        if blad.hidden {
            val.dolda.push(&blad.name);
        } else if let Some(huvud) = huvud(blad, ordlista) {
            found.push(Lista { antal: rows_under(blad, &huvud), blad, huvud });
        } else {
            val.ovriga.push(&blad.name);
        }
    }
    let weight = |lista: &Lista<'_>| (rank(lista), lista.antal, lista.huvud.falt().len());
    // The first of those that weigh the most.
    let best = found.iter().enumerate().rev().max_by_key(|(_, lista)| weight(lista)).map(|(place, _)| place);
    let Some(main) = best.and_then(|best| found.get(best)).map(|lista| lista.huvud.falt()) else { return val };
    for (place, lista) in found.into_iter().enumerate() {
        let fields = lista.huvud.falt();
        let numbered = fields.contains(&Falt::Nummer) && main.contains(&Falt::Nummer);
        let same = numbered || fields.intersection(&main).count() >= SHARED;
        if Some(place) == best || (rank(&lista) > 0 && same && lista.antal > 0) {
            val.listor.push(lista);
        } else if rank(&lista) > 0 && lista.antal > 0 {
            val.andra.push(&lista.blad.name);
        } else {
            val.ovriga.push(&lista.blad.name);
        }
    }
    val
}

/// How much a sheet looks like inskrivningar: it has first days, or last days of numbered ones.
fn rank(lista: &Lista<'_>) -> u8 {
    let has = |falt| lista.huvud.kolumn(falt).is_some();
    match (has(Falt::Inskriven), has(Falt::Nummer) && has(Falt::Utskriven)) {
        (true, _) => 2,
        (false, true) => 1,
        (false, false) => 0,
    }
}

fn rows_under(blad: &Sheet, huvud: &Huvud) -> usize {
    let known: Vec<usize> = huvud.kolumner.iter().filter(|r| r.falt.is_some()).map(|r| r.plats).collect();
    let filled = |row: &crate::grid::Row| {
        known.iter().filter(|at| row.cells.get(**at).is_some_and(|cell| *cell != Cell::Empty)).count() >= 2
    };
    blad.rows.iter().skip(huvud.plats + 1).filter(|row| filled(row)).count()
}
