//! Amounts of the bookkeeping at a closing: which accounts, projects and cost centres make a line, and with which sign.
//! On the page income, assets, equity and debts are positive and costs negative; the bookkeeping has the opposite sign
//! for all but assets and costs.

pub mod drift;
pub mod forslag;
mod forslagskonto;
pub mod oversikt;
pub mod stammer;
pub mod uppstallning;

use crate::Id;
use crate::kontosaldo::Kontosaldo;
use crate::objektsaldo::{KOSTNADSSTALLE, Objektsaldo, PROJEKT};
use crate::planpost::Plankategori;
use crate::rapportstruktur::{PER_KONTO, PER_PROJEKT, Rad, Rapportstruktur};
use crate::underlag::{Bokforing, BokslutUnderlag};
use samsyn_document::{Belopp, Datum};

/// The moment of a balance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tid {
    /// The closing.
    pub till: Datum,
    /// Whether it is the balance as the closing's financial year began, and not the one at the closing.
    pub ingaende: bool,
}

impl Tid {
    /// At a closing.
    pub const fn vid(till: Datum) -> Tid {
        Tid { till, ingaende: false }
    }

    /// As the financial year of a closing began.
    pub const fn ingaende(till: Datum) -> Tid {
        Tid { till, ingaende: true }
    }

    /// An account's balance then, with the sign of the bookkeeping.
    pub fn saldo(self, konto: &Kontosaldo) -> Belopp {
        if self.ingaende { konto.ingaende_kr } else { konto.utgaende_kr }
    }
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

/// The year of a day.
pub fn ar(day: Datum) -> u16 {
    u16::try_from(day.year()).unwrap_or_default()
}

/// Whole kronor, rounded half away from zero.
pub fn hela_kronor(amount: Belopp) -> Belopp {
    Belopp::from_kronor(amount.kronor())
}

/// An amount with the sign of the page.
pub fn tecken(rad: Rad, amount: Belopp) -> Belopp {
    if rad.is_asset() { amount } else { -amount }
}

/// The line of an account in the year of a closing; missing when it is in no run. In several runs: the first.
pub fn rad_for(bokforing: &Bokforing, till: Datum, konto: u32) -> Option<&Rapportstruktur> {
    bokforing.struktur(ar(till)).iter().find(|row| row.har(konto))
}

/// The accounts of a line at a closing.
pub fn konton(bokforing: &Bokforing, till: Datum, rad: Rad) -> Vec<&Kontosaldo> {
    let Some(of) = bokforing.per(till) else { return Vec::new() };
    let on = |konto: &&Kontosaldo| rad_for(bokforing, till, konto.konto).is_some_and(|row| row.rad == rad);
    of.konton.iter().filter(on).collect()
}

/// The accounts of a row in a note at a closing.
pub fn notkonton<'b>(bokforing: &'b Bokforing, till: Datum, not_nr: u16, post: &Notpost) -> Vec<&'b Kontosaldo> {
    let Some(of) = bokforing.per(till) else { return Vec::new() };
    let on = |konto: &&Kontosaldo| {
        let Some(row) = rad_for(bokforing, till, konto.konto).filter(|row| row.not_nr == Some(not_nr)) else {
            return false;
        };
        match post {
            Notpost::Namn(name) => row.notrad.as_ref() == Some(name),
            Notpost::Konto(number) => konto.konto == *number,
            Notpost::Post(_) | Notpost::Projekt(_) | Notpost::UtanProjekt => {
                row.notrad.as_ref().is_some_and(|name| name.as_str() == PER_PROJEKT)
            }
        }
    };
    of.konton.iter().filter(on).collect()
}

/// What a project is in the year of a closing: an insats's id or a post of the plan; missing when it is mapped to nothing.
pub fn kopplat<'b>(bokforing: &'b Bokforing, till: Datum, projekt: &Id) -> Option<&'b Id> {
    let known = bokforing.projekt(ar(till)).iter().find(|known| known.sie_projekt == *projekt)?;
    Some(&known.insats_id_eller_post)
}

/// The sums of a row's projects on the accounts of a note at a closing.
pub fn notprojekt<'b>(bokforing: &'b Bokforing, till: Datum, not_nr: u16, post: &Notpost) -> Vec<&'b Objektsaldo> {
    let accounts = notkonton(bokforing, till, not_nr, &Notpost::UtanProjekt);
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

/// The rows of a note in these closings, in the order of the mapping; a row that has nothing in any of them is left out.
pub fn notposter(bokforing: &Bokforing, not_nr: u16, closings: &[Datum]) -> Vec<Notpost> {
    let mut all: Vec<Notpost> = Vec::new();
    let mut add = |post: Notpost| {
        if !all.contains(&post) {
            all.push(post);
        }
    };
    for &till in closings {
        let Some(of) = bokforing.per(till) else { continue };
        for row in bokforing.struktur(ar(till)).iter().filter(|row| row.not_nr == Some(not_nr)) {
            let accounts = of.konton.iter().filter(|konto| row.har(konto.konto));
            match row.notrad.as_ref().map(Id::as_str) {
                Some(PER_PROJEKT) => {
                    for projekt in projekt_pa(of, row) {
                        let mapped = kopplat(bokforing, till, &projekt).cloned();
                        add(mapped.map_or(Notpost::Projekt(projekt), Notpost::Post));
                    }
                    add(Notpost::UtanProjekt);
                }
                Some(PER_KONTO) | None => accounts.for_each(|konto| add(Notpost::Konto(konto.konto))),
                Some(_) if accounts.count() > 0 => row.notrad.iter().for_each(|name| add(Notpost::Namn(name.clone()))),
                Some(_) => {}
            }
        }
    }
    let something = |post: &Notpost| {
        let at = |till: &Datum| notbelopp(bokforing, Tid::vid(*till), not_nr, post);
        closings.iter().any(|till| at(till).is_some_and(|amount| amount != Belopp::NOLL))
    };
    all.retain(something);
    all
}

/// The projects of a run of accounts, by number.
fn projekt_pa(of: &BokslutUnderlag, row: &Rapportstruktur) -> Vec<Id> {
    let mut all: Vec<Id> = of
        .objekt
        .iter()
        .filter(|sum| sum.dimension == PROJEKT && row.har(sum.konto))
        .map(|sum| sum.objekt.clone())
        .collect();
    all.sort();
    all.dedup();
    all
}

/// A row of a note, exact, with the sign of the page; missing without a closing.
pub fn notbelopp(bokforing: &Bokforing, tid: Tid, not_nr: u16, post: &Notpost) -> Option<Belopp> {
    bokforing.per(tid.till)?;
    let signed = |konto: u32, amount: Belopp| {
        rad_for(bokforing, tid.till, konto).map_or(Belopp::NOLL, |row| tecken(row.rad, amount))
    };
    let accounts = notkonton(bokforing, tid.till, not_nr, post);
    let whole = || accounts.iter().map(|konto| signed(konto.konto, tid.saldo(konto))).sum::<Belopp>();
    Some(match post {
        Notpost::Namn(_) | Notpost::Konto(_) => whole(),
        // A closing that tells of no projects does not say what each has cost.
        Notpost::Projekt(_) | Notpost::Post(_) if !har_objekt(bokforing, tid.till, PROJEKT) => return None,
        Notpost::Projekt(_) | Notpost::Post(_) => {
            let rows = notprojekt(bokforing, tid.till, not_nr, post);
            rows.iter().map(|row| signed(row.konto, row.belopp_kr)).sum()
        }
        Notpost::UtanProjekt => {
            let of = bokforing.per(tid.till)?;
            let mine =
                |row: &&Objektsaldo| row.dimension == PROJEKT && accounts.iter().any(|konto| konto.konto == row.konto);
            let told: Belopp = of.objekt.iter().filter(mine).map(|row| signed(row.konto, row.belopp_kr)).sum();
            whole() - told
        }
    })
}

/// A line, exact, with the sign of the page; missing without a closing.
pub fn radbelopp(bokforing: &Bokforing, tid: Tid, rad: Rad) -> Option<Belopp> {
    bokforing.per(tid.till)?;
    Some(tecken(rad, konton(bokforing, tid.till, rad).into_iter().map(|konto| tid.saldo(konto)).sum()))
}

/// The result from the year's beginning to a closing, exact; missing without a closing. Every account of income and cost
/// is in it, but those on which the result itself is booked.
pub fn resultat(bokforing: &Bokforing, till: Datum) -> Option<Belopp> {
    bokforing.per(till)?;
    Some(-resultatkonton(bokforing, till).into_iter().map(|konto| konto.utgaende_kr).sum::<Belopp>())
}

/// The accounts of the result at a closing.
pub fn resultatkonton(bokforing: &Bokforing, till: Datum) -> Vec<&Kontosaldo> {
    let Some(of) = bokforing.per(till) else { return Vec::new() };
    let booked = |konto: u32| rad_for(bokforing, till, konto).is_some_and(|row| row.rad == Rad::BokfortResultat);
    of.konton.iter().filter(|konto| !konto.is_balance() && !booked(konto.konto)).collect()
}

/// Whether a closing tells what belongs to cost centres (dimension 1) or projects (6).
pub fn har_objekt(bokforing: &Bokforing, till: Datum, dimension: u16) -> bool {
    bokforing.per(till).is_some_and(|of| of.objekt.iter().any(|row| row.dimension == dimension))
}

/// What of income and cost belongs to the cost centres of a category at a closing, but income that has a row of its own.
pub fn av_part(bokforing: &Bokforing, till: Datum, kategori: Plankategori) -> Vec<&Objektsaldo> {
    let Some(of) = bokforing.per(till) else { return Vec::new() };
    let centres = bokforing.kostnadsstallen(ar(till));
    let on = |row: &&Objektsaldo| {
        let line = rad_for(bokforing, till, row.konto).map(|run| run.rad);
        row.dimension == KOSTNADSSTALLE
            && !line.is_some_and(|line| drift::INTAKTSRADER.contains(&line))
            && centres.iter().any(|centre| centre.rad == kategori && centre.sie_kostnadsstalle == row.objekt)
    };
    of.objekt.iter().filter(on).collect()
}

/// What of income and cost belongs to the projects that are an insats or a post of the plan, at a closing, but income that
/// has a row of its own.
pub fn av_projekt<'b>(bokforing: &'b Bokforing, till: Datum, post: &Id) -> Vec<&'b Objektsaldo> {
    let Some(of) = bokforing.per(till) else { return Vec::new() };
    let projects = bokforing.projekt(ar(till));
    let on = |row: &&Objektsaldo| {
        let line = rad_for(bokforing, till, row.konto).map(|run| run.rad);
        row.dimension == PROJEKT
            && !line.is_some_and(|line| drift::INTAKTSRADER.contains(&line))
            && projects.iter().any(|known| known.insats_id_eller_post == *post && known.sie_projekt == row.objekt)
    };
    of.objekt.iter().filter(on).collect()
}

/// The name of a project or cost centre at a closing, or its number.
pub fn objektnamn(of: &BokslutUnderlag, dimension: u16, objekt: &Id) -> String {
    let named = of.objekt.iter().find(|row| row.dimension == dimension && row.objekt == *objekt);
    named.and_then(|row| row.namn.clone()).unwrap_or_else(|| objekt.to_string())
}
