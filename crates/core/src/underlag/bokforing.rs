//! The förbund's bookkeeping: closings with their balances, and what accounts, projects and cost centres are.

use crate::bokslut::Bokslut;
use crate::kontosaldo::Kontosaldo;
use crate::kostnadsstalle::Kostnadsstalle;
use crate::objektsaldo::Objektsaldo;
use crate::projektkoppling::Projektkoppling;
use crate::rapportstruktur::Rapportstruktur;
use samsyn_document::Datum;

/// The facts of the bookkeeping.
#[derive(Clone, Debug, Default)]
pub struct Bokforing {
    /// Closings with their balances, the earliest first.
    pub bokslut: Vec<BokslutUnderlag>,
    /// Runs of accounts, the earliest year first and in it by account.
    pub rapportstruktur: Vec<Rapportstruktur>,
    /// Projects, the earliest year first.
    pub projekt: Vec<Projektkoppling>,
    /// Cost centres, the earliest year first.
    pub kostnadsstallen: Vec<Kostnadsstalle>,
}

/// A closing with its balances.
#[derive(Clone, Debug)]
pub struct BokslutUnderlag {
    /// The closing.
    pub bokslut: Bokslut,
    /// Its accounts, by number.
    pub konton: Vec<Kontosaldo>,
    /// Its cost centres and projects, by dimension, number and account.
    pub objekt: Vec<Objektsaldo>,
}

impl Bokforing {
    /// The facts, in the order that counting likes.
    pub(super) fn new(facts: &mut crate::Facts) -> Bokforing {
        let mut konton = std::mem::take(&mut facts.kontosaldon);
        let mut objekt = std::mem::take(&mut facts.objektsaldon);
        konton.sort_by_key(|row| (row.till, row.konto));
        objekt
            .sort_by(|a, b| (a.till, a.dimension, &a.objekt, a.konto).cmp(&(b.till, b.dimension, &b.objekt, b.konto)));
        let of_day = |bokslut: Bokslut| BokslutUnderlag {
            konton: konton.iter().filter(|row| row.till == bokslut.till).cloned().collect(),
            objekt: objekt.iter().filter(|row| row.till == bokslut.till).cloned().collect(),
            bokslut,
        };
        let mut bokslut: Vec<BokslutUnderlag> = std::mem::take(&mut facts.bokslut).into_iter().map(of_day).collect();
        bokslut.sort_by_key(|of| of.bokslut.till);
        let mut bokforing = Bokforing {
            bokslut,
            rapportstruktur: std::mem::take(&mut facts.rapportstruktur),
            projekt: std::mem::take(&mut facts.projektkopplingar),
            kostnadsstallen: std::mem::take(&mut facts.kostnadsstallen),
        };
        bokforing.rapportstruktur.sort_by_key(|row| (row.galler_fran, row.konto_fran));
        bokforing.projekt.sort_by(|a, b| (a.galler_fran, &a.sie_projekt).cmp(&(b.galler_fran, &b.sie_projekt)));
        bokforing.kostnadsstallen.sort_by_key(|row| (row.galler_fran, row.sie_kostnadsstalle.clone()));
        bokforing
    }

    /// The closing of a day.
    pub fn per(&self, till: Datum) -> Option<&BokslutUnderlag> {
        self.bokslut.iter().find(|of| of.bokslut.till == till)
    }

    /// The runs of accounts that apply in a year.
    pub fn struktur(&self, ar: u16) -> &[Rapportstruktur] {
        applying(&self.rapportstruktur, ar, |row| row.galler_fran)
    }

    /// The projects that apply in a year.
    pub fn projekt(&self, ar: u16) -> &[Projektkoppling] {
        applying(&self.projekt, ar, |row| row.galler_fran)
    }

    /// The cost centres that apply in a year.
    pub fn kostnadsstallen(&self, ar: u16) -> &[Kostnadsstalle] {
        applying(&self.kostnadsstallen, ar, |row| row.galler_fran)
    }
}

/// Of rows in the order of the years from which they apply: those of the latest year that has begun by `ar`.
fn applying<T>(rows: &[T], ar: u16, from: impl Fn(&T) -> u16) -> &[T] {
    let rows = &rows[..rows.partition_point(|row| from(row) <= ar)];
    let Some(latest) = rows.last().map(&from) else { return &[] };
    &rows[rows.partition_point(|row| from(row) < latest)..]
}
