//! The notes: which accounts and projects make each row of them, in the report's own year and in the years beside it.

use super::{Tid, ar, har_objekt, kopplat, rad_for, tecken};
use crate::Id;
use crate::kontosaldo::Kontosaldo;
use crate::objektsaldo::{Objektsaldo, PROJEKT};
use crate::rapportstruktur::{PER_KONTO, PER_PROJEKT, Rad, Rapportstruktur};
use crate::underlag::{Bokforing, BokslutUnderlag};
use samsyn_document::{Belopp, Datum};

/// A note of a report: its number in the mapping of the report's year. A closing of a year with another mapping shows the
/// same lines under it, whatever number they had then.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Not {
    /// The report's year.
    pub ar: u16,
    /// Its number.
    pub nr: u16,
}

/// A row of a note.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Notpost {
    /// The accounts that the mapping gives this name.
    Namn(Id),
    /// One account.
    Konto(u32),
    /// The projects that are an insats or a post of the plan, by each closing's own mapping.
    Post(Id),
    /// One project that is mapped to nothing, by its number in the bookkeeping.
    Projekt(Id),
    /// What of the accounts belongs to no project.
    UtanProjekt,
}

impl Not {
    /// The notes that the mapping of a year has, in order.
    pub fn av(bokforing: &Bokforing, ar: u16) -> Vec<Not> {
        let mut numbers: Vec<u16> = bokforing.struktur(ar).iter().filter_map(|run| run.not_nr).collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers.into_iter().map(|nr| Not { ar, nr }).collect()
    }

    /// The lines that it explains, in the order of the mapping.
    pub fn rader(self, bokforing: &Bokforing) -> Vec<Rad> {
        let mut lines: Vec<Rad> = Vec::new();
        for run in bokforing.struktur(self.ar).iter().filter(|run| run.not_nr == Some(self.nr)) {
            if !lines.contains(&run.rad) {
                lines.push(run.rad);
            }
        }
        lines
    }

    /// Its runs of accounts in the year of a closing.
    fn delar(self, bokforing: &Bokforing, till: Datum) -> Vec<&Rapportstruktur> {
        let (own, then) = (bokforing.struktur(self.ar), bokforing.struktur(ar(till)));
        let since = |runs: &[Rapportstruktur]| runs.first().map(|run| run.galler_fran);
        let lines = self.rader(bokforing);
        let same = since(own) == since(then);
        let mine = |run: &&Rapportstruktur| if same { run.not_nr == Some(self.nr) } else { lines.contains(&run.rad) };
        then.iter().filter(mine).collect()
    }

    /// The accounts of a row at a closing.
    pub fn konton<'b>(self, bokforing: &'b Bokforing, till: Datum, post: &Notpost) -> Vec<&'b Kontosaldo> {
        let Some(of) = bokforing.per(till) else { return Vec::new() };
        let runs = self.delar(bokforing, till);
        let on = |konto: &&Kontosaldo| {
            let run = rad_for(bokforing, till, konto.konto).filter(|run| runs.contains(run));
            run.is_some_and(|run| match post {
                Notpost::Namn(name) => run.notrad.as_ref() == Some(name),
                Notpost::Konto(number) => konto.konto == *number,
                Notpost::Post(_) | Notpost::Projekt(_) | Notpost::UtanProjekt => {
                    run.notrad.as_ref().is_some_and(|name| name.as_str() == PER_PROJEKT)
                }
            })
        };
        of.konton.iter().filter(on).collect()
    }

    /// The sums of a row's projects at a closing.
    pub fn projekt<'b>(self, bokforing: &'b Bokforing, till: Datum, post: &Notpost) -> Vec<&'b Objektsaldo> {
        let accounts = self.konton(bokforing, till, &Notpost::UtanProjekt);
        let Some(of) = bokforing.per(till) else { return Vec::new() };
        let mine = |row: &Objektsaldo| match (post, kopplat(bokforing, till, &row.objekt)) {
            (Notpost::Post(post), Some(mapped)) => mapped == post,
            (Notpost::Projekt(projekt), None) => row.objekt == *projekt,
            _ => false,
        };
        let on = |row: &&Objektsaldo| {
            row.dimension == PROJEKT && mine(row) && accounts.iter().any(|konto| konto.konto == row.konto)
        };
        of.objekt.iter().filter(on).collect()
    }

    /// The rows in these closings, in the order of the mapping; a row that has nothing in any of them is left out.
    pub fn poster(self, bokforing: &Bokforing, closings: &[Datum]) -> Vec<Notpost> {
        let mut all: Vec<Notpost> = Vec::new();
        let mut add = |post: Notpost| {
            if !all.contains(&post) {
                all.push(post);
            }
        };
        for &till in closings {
            let Some(of) = bokforing.per(till) else { continue };
            for run in self.delar(bokforing, till) {
                let accounts = of.konton.iter().filter(|konto| run.har(konto.konto));
                match run.notrad.as_ref().map(Id::as_str) {
                    Some(PER_PROJEKT) => {
                        for projekt in projekt_pa(of, run) {
                            let mapped = kopplat(bokforing, till, &projekt).cloned();
                            add(mapped.map_or(Notpost::Projekt(projekt), Notpost::Post));
                        }
                        add(Notpost::UtanProjekt);
                    }
                    Some(PER_KONTO) | None => accounts.for_each(|konto| add(Notpost::Konto(konto.konto))),
                    Some(_) if accounts.count() > 0 => {
                        run.notrad.iter().for_each(|name| add(Notpost::Namn(name.clone())));
                    }
                    Some(_) => {}
                }
            }
        }
        let something = |post: &Notpost| {
            let at = |till: &Datum| self.belopp(bokforing, Tid::vid(*till), post);
            closings.iter().any(|till| at(till).is_some_and(|amount| amount != Belopp::NOLL))
        };
        all.retain(something);
        all
    }

    /// A row, exact, with the sign of the page; missing without a closing.
    pub fn belopp(self, bokforing: &Bokforing, tid: Tid, post: &Notpost) -> Option<Belopp> {
        let of = bokforing.per(tid.till)?;
        let signed = |konto: u32, amount: Belopp| {
            rad_for(bokforing, tid.till, konto).map_or(Belopp::NOLL, |row| tecken(row.rad, amount))
        };
        let accounts = self.konton(bokforing, tid.till, post);
        let whole = || accounts.iter().map(|konto| signed(konto.konto, tid.saldo(konto))).sum::<Belopp>();
        Some(match post {
            Notpost::Namn(_) | Notpost::Konto(_) => whole(),
            // A closing that tells of no projects does not say what each has cost.
            Notpost::Projekt(_) | Notpost::Post(_) if !har_objekt(bokforing, tid.till, PROJEKT) => return None,
            Notpost::Projekt(_) | Notpost::Post(_) => {
                let rows = self.projekt(bokforing, tid.till, post);
                rows.iter().map(|row| signed(row.konto, row.belopp_kr)).sum()
            }
            Notpost::UtanProjekt => {
                let mine = |row: &&Objektsaldo| {
                    row.dimension == PROJEKT && accounts.iter().any(|konto| konto.konto == row.konto)
                };
                let told: Belopp = of.objekt.iter().filter(mine).map(|row| signed(row.konto, row.belopp_kr)).sum();
                whole() - told
            }
        })
    }
}

/// The projects of a run of accounts, by number.
fn projekt_pa(of: &BokslutUnderlag, run: &Rapportstruktur) -> Vec<Id> {
    let on = of.objekt.iter().filter(|sum| sum.dimension == PROJEKT && run.har(sum.konto));
    let mut all: Vec<Id> = on.map(|sum| sum.objekt.clone()).collect();
    all.sort();
    all.dedup();
    all
}
