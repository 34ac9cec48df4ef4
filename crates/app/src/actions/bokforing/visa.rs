//! Closings, accounts and vouchers as they are shown.

use super::sie_fil;
use crate::Error;
use crate::actions::forbund::Chosen;
use samsyn_core::calc::bokslut::{self, ar, kopplat, rad_for, stammer};
use samsyn_core::kontosaldo::Kontosaldo;
use samsyn_core::objektsaldo::PROJEKT;
use samsyn_core::underlag::{BokslutUnderlag, Underlag};
use samsyn_document::{Belopp, Datum};
use samsyn_import::sie::{Transaktion, Transaktionsslag};

/// A closing in the list.
#[derive(Debug)]
pub struct Bokslutsrad {
    /// The day.
    pub till: Datum,
    /// What it was made from.
    pub ur: String,
    /// The result since the year began, öre.
    pub resultat: Belopp,
    /// How many accounts have no line.
    pub utan_rad: usize,
}

/// Every closing, the latest first.
pub fn lista(underlag: &Underlag) -> Vec<Bokslutsrad> {
    let row = |of: &BokslutUnderlag| {
        let till = of.bokslut.till;
        let own = of.bokslut.program.clone().unwrap_or_else(|| "SIE-fil".to_owned());
        let summed = |from| format!("summerat ur verifikationerna till {from}");
        Bokslutsrad {
            till,
            ur: of.bokslut.raknat_ur.map_or(own, summed),
            resultat: bokslut::resultat(&underlag.bokforing, till).unwrap_or_default(),
            utan_rad: stammer::utan_rad(&underlag.bokforing, till).len(),
        }
    };
    underlag.bokforing.bokslut.iter().rev().map(row).collect()
}

/// The line that an account is shown on; missing when it has none.
pub fn rad(underlag: &Underlag, till: Datum, konto: &Kontosaldo) -> Option<String> {
    let run = rad_for(&underlag.bokforing, till, konto.konto)?;
    let note = run.not_nr.map_or_else(String::new, |number| format!(", not {number}"));
    Some(format!("{}{note}", run.rad.text()))
}

/// A cost centre or project with what it is, and its sum.
#[derive(Debug)]
pub struct Objekt {
    /// Whether it is a project; else a cost centre.
    pub projekt: bool,
    /// Its number and name.
    pub namn: String,
    /// What it is in the reports; missing when it is mapped to nothing.
    pub ar: Option<String>,
    /// Its sum with the sign of the bookkeeping, öre.
    pub summa: Belopp,
}

/// The cost centres and projects of a closing.
pub fn objekt(underlag: &Underlag, of: &BokslutUnderlag) -> Vec<Objekt> {
    let till = of.bokslut.till;
    let what = |dimension: u16, objekt: &samsyn_core::Id| {
        if dimension == PROJEKT {
            let id = kopplat(&underlag.bokforing, till, objekt)?.as_str();
            let named = underlag.insats_nr(id).map(|nr| underlag.insatser[nr].kortnamn().to_owned());
            return Some(named.unwrap_or_else(|| id.replace('_', " ")));
        }
        let centres = underlag.bokforing.kostnadsstallen(ar(till));
        centres.iter().find(|centre| centre.sie_kostnadsstalle == *objekt).map(|centre| centre.rad.text().to_owned())
    };
    let chunks = of.objekt.chunk_by(|one, next| (one.dimension, &one.objekt) == (next.dimension, &next.objekt));
    let one = |rows: &[samsyn_core::objektsaldo::Objektsaldo]| {
        let first = rows.first()?;
        Some(Objekt {
            projekt: first.dimension == PROJEKT,
            namn: format!("{} {}", first.objekt, first.namn.as_deref().unwrap_or_default()).trim().to_owned(),
            ar: what(first.dimension, &first.objekt),
            summa: rows.iter().map(|row| row.belopp_kr).sum(),
        })
    };
    chunks.filter_map(one).collect()
}

/// A voucher's row.
#[derive(Debug)]
pub struct Rorelse {
    /// The voucher's series and number.
    pub verifikation: String,
    /// The day it is booked on.
    pub datum: Datum,
    /// Its cost centres and projects.
    pub objekt: String,
    /// The amount with the sign of the bookkeeping.
    pub belopp: Belopp,
}

/// The vouchers of an account up to a closing, by day; with a dimension and a number those of one cost centre or project.
/// Missing when the closing's file has none.
pub async fn rorelser(
    chosen: &Chosen<'_>,
    of: &BokslutUnderlag,
    (konto, part): (u32, Option<(u32, &str)>),
    per: Datum,
) -> Result<Option<Vec<Rorelse>>, Error> {
    let till = of.bokslut.till;
    let Some(sie) = sie_fil(chosen, till, per).await?.filter(|sie| !sie.verifikationer.is_empty()) else {
        return Ok(None);
    };
    let has = |row: &Transaktion, (dimension, objekt): (u32, &str)| {
        row.objekt.iter().any(|of| of.dimension == dimension && of.objekt == objekt)
    };
    let mut all = Vec::new();
    for voucher in sie.verifikationer.iter().filter(|voucher| (of.bokslut.fran..=till).contains(&voucher.datum)) {
        let mine = |row: &&Transaktion| {
            row.slag == Transaktionsslag::Trans && row.konto == konto && part.is_none_or(|part| has(row, part))
        };
        for row in voucher.transaktioner.iter().filter(mine) {
            let parts: Vec<String> =
                row.objekt.iter().map(|of| format!("{} {}", dimension(of.dimension), of.objekt)).collect();
            all.push(Rorelse {
                verifikation: format!("{} {}", voucher.serie, voucher.nummer).trim().to_owned(),
                datum: row.datum.unwrap_or(voucher.datum),
                objekt: parts.join(", "),
                belopp: row.belopp,
            });
        }
    }
    all.sort_by_key(|row| row.datum);
    Ok(Some(all))
}

/// What a dimension is called.
pub fn dimension(number: u32) -> &'static str {
    match number {
        1 => "kostnadsställe",
        6 => "projekt",
        _ => "objekt",
    }
}
