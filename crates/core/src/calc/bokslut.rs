//! Amounts of the bookkeeping at a closing: which accounts, projects and cost centres make a line, and with which sign.
//! On the page income, assets, equity and debts are positive and costs negative; the bookkeeping has the opposite sign
//! for all but assets and costs.

pub mod drift;
pub mod forslag;
mod forslagskonto;
pub mod insatser;
pub mod not;
pub mod oversikt;
pub mod stammer;
pub mod uppstallning;

use crate::Id;
use crate::kontosaldo::Kontosaldo;
use crate::objektsaldo::{KOSTNADSSTALLE, Objektsaldo, PROJEKT};
use crate::planpost::Plankategori;
use crate::rapportstruktur::{Rad, Rapportstruktur};
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

/// The accounts of a line at a closing. Those on which a bookkeeping program books the result take each other out at the
/// year's end, and until the result has been moved from there they are last year's result.
pub fn konton(bokforing: &Bokforing, till: Datum, rad: Rad) -> Vec<&Kontosaldo> {
    let Some(of) = bokforing.per(till) else { return Vec::new() };
    let on = |konto: &&Kontosaldo| rad_for(bokforing, till, konto.konto).is_some_and(|row| shown_on(row.rad) == rad);
    of.konton.iter().filter(on).collect()
}

/// The line on which accounts of a line stand.
fn shown_on(rad: Rad) -> Rad {
    if rad == Rad::BokfortResultat { Rad::RedovisatResultatFgAr } else { rad }
}

/// What a project is in the year of a closing: an insats's id or a post of the plan; missing when it is mapped to nothing.
pub fn kopplat<'b>(bokforing: &'b Bokforing, till: Datum, projekt: &Id) -> Option<&'b Id> {
    let known = bokforing.projekt(ar(till)).iter().find(|known| known.sie_projekt == *projekt)?;
    Some(&known.insats_id_eller_post)
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

/// What of income and cost belongs to some cost centres (dimension 1) or projects (6) at a closing, but income that has a row
/// of its own.
fn av_objekt(bokforing: &Bokforing, till: Datum, dimension: u16, wanted: impl Fn(&Id) -> bool) -> Vec<&Objektsaldo> {
    let Some(of) = bokforing.per(till) else { return Vec::new() };
    let own_row =
        |konto: u32| rad_for(bokforing, till, konto).is_some_and(|run| drift::INTAKTSRADER.contains(&run.rad));
    let on = |row: &&Objektsaldo| row.dimension == dimension && !own_row(row.konto) && wanted(&row.objekt);
    of.objekt.iter().filter(on).collect()
}

/// What belongs to the cost centres of a category at a closing.
pub fn av_part(bokforing: &Bokforing, till: Datum, kategori: Plankategori) -> Vec<&Objektsaldo> {
    let centres = bokforing.kostnadsstallen(ar(till));
    let of = |objekt: &Id| centres.iter().any(|of| of.rad == kategori && of.sie_kostnadsstalle == *objekt);
    av_objekt(bokforing, till, KOSTNADSSTALLE, of)
}

/// What belongs to the projects that are an insats or a post of the plan, at a closing.
pub fn av_projekt<'b>(bokforing: &'b Bokforing, till: Datum, post: &Id) -> Vec<&'b Objektsaldo> {
    av_objekt(bokforing, till, PROJEKT, |objekt| kopplat(bokforing, till, objekt) == Some(post))
}

/// What belongs to one project at a closing, by its number in the bookkeeping.
pub fn av_sieprojekt<'b>(bokforing: &'b Bokforing, till: Datum, projekt: &Id) -> Vec<&'b Objektsaldo> {
    av_objekt(bokforing, till, PROJEKT, |objekt| objekt == projekt)
}

/// The name of a project or cost centre at a closing, or its number.
pub fn objektnamn(of: &BokslutUnderlag, dimension: u16, objekt: &Id) -> String {
    let named = of.objekt.iter().find(|row| row.dimension == dimension && row.objekt == *objekt);
    named.and_then(|row| row.namn.clone()).unwrap_or_else(|| objekt.to_string())
}
