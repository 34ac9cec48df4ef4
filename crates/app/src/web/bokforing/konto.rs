//! A closing account by account, and the vouchers of an account.

use super::super::grind::Visit;
use super::super::sida::{Answer, Fail, Page, show};
use super::super::tid::{Fragor, Tid, given};
use super::kronor;
use crate::actions::bokforing;
use askama::Template;
use axum::extract::{Path, Query};
use axum::http::header;
use axum::response::IntoResponse;
use samsyn_core::calc::bokslut::{ar, rad_for};
use samsyn_core::kontosaldo::Kontosaldo;
use samsyn_core::objektsaldo::PROJEKT;
use samsyn_core::underlag::BokslutUnderlag;
use samsyn_document::{Belopp, Datum};
use samsyn_import::sie::{Transaktion, Transaktionsslag};

#[derive(Template)]
#[template(path = "bokforing/bokslut.html")]
struct Bokslutet<'a> {
    page: Page,
    visit: &'a Visit,
    tid: &'a Tid,
    of: &'a BokslutUnderlag,
    konton: Vec<Rad<'a>>,
    objekt: Vec<Objekt>,
}

/// An account with the line it is shown on.
struct Rad<'a> {
    konto: &'a Kontosaldo,
    rad: Option<String>,
}

/// A cost centre or project with what it is, and its sum.
struct Objekt {
    dimension: u16,
    kod: String,
    namn: String,
    ar: Option<String>,
    summa: Belopp,
}

fn day(text: &str) -> Result<Datum, Fail> {
    text.parse().map_err(|_| Fail::NotFound)
}

/// GET `/f/{forbund}/bokforing/{till}`
pub async fn bokslut(visit: Visit, Path((_, till)): Path<(String, String)>, asked: Fragor) -> Answer {
    let (chosen, till) = (visit.chosen()?, day(&till)?);
    let tid = Tid::new(&visit, &chosen, &asked).await?;
    let underlag = chosen.underlag(tid.per).await?;
    let of = underlag.bokforing.per(till).ok_or(Fail::NotFound)?;
    let line = |konto: &Kontosaldo| {
        let run = rad_for(&underlag.bokforing, till, konto.konto)?;
        let note = run.not_nr.map_or_else(String::new, |number| format!(", not {number}"));
        Some(format!("{}{note}", run.rad.text()))
    };
    let mut objekt: Vec<Objekt> = Vec::new();
    for row in &of.objekt {
        let same = |known: &&mut Objekt| known.dimension == row.dimension && known.kod == row.objekt.to_string();
        if let Some(known) = objekt.iter_mut().find(same) {
            known.summa += row.belopp_kr;
            continue;
        }
        let what = if row.dimension == PROJEKT {
            let mapped = underlag.bokforing.projekt(ar(till)).iter().find(|known| known.sie_projekt == row.objekt);
            mapped.map(|known| {
                let id = known.insats_id_eller_post.as_str();
                let named = underlag.insats_nr(id).map(|nr| underlag.insatser[nr].kortnamn().to_owned());
                named.unwrap_or_else(|| id.replace('_', " "))
            })
        } else {
            let centres = underlag.bokforing.kostnadsstallen(ar(till));
            centres.iter().find(|of| of.sie_kostnadsstalle == row.objekt).map(|of| of.rad.text().to_owned())
        };
        objekt.push(Objekt {
            dimension: row.dimension,
            kod: row.objekt.to_string(),
            namn: row.namn.clone().unwrap_or_default(),
            ar: what,
            summa: row.belopp_kr,
        });
    }
    let view = Bokslutet {
        page: Page::new(&visit, format!("Bokslut {till}"), "ekonomi"),
        konton: of.konton.iter().map(|konto| Rad { konto, rad: line(konto) }).collect(),
        objekt,
        visit: &visit,
        tid: &tid,
        of,
    };
    show(&view)
}

impl Bokslutet<'_> {
    fn kronor(&self, amount: &Belopp) -> String {
        kronor(*amount)
    }

    fn konto(&self, konto: &u32) -> String {
        self.visit.url(&format!("bokforing/{}/konto/{konto}{}", self.of.bokslut.till, per(self.tid, '?')))
    }

    fn vad(&self, of: &Objekt) -> &'static str {
        if of.dimension == PROJEKT { "Projekt" } else { "Kostnadsställe" }
    }
}

fn per(tid: &Tid, before: char) -> String {
    if tid.per_vald { format!("{before}per={}", tid.per) } else { String::new() }
}

#[derive(Template)]
#[template(path = "bokforing/konto.html")]
struct Konto<'a> {
    page: Page,
    visit: &'a Visit,
    tid: &'a Tid,
    till: Datum,
    konto: &'a Kontosaldo,
    /// The cost centre or project that is asked about.
    objekt: Option<String>,
    rader: Vec<Rorelse>,
    summa: Belopp,
    /// Whether the closing's file is held and has vouchers.
    finns: bool,
}

/// A voucher's row.
struct Rorelse {
    verifikation: String,
    datum: Datum,
    objekt: String,
    belopp: Belopp,
}

/// The number of a cost centre or project that a row has.
fn has(row: &Transaktion, dimension: u32, objekt: &str) -> bool {
    row.objekt.iter().any(|of| of.dimension == dimension && of.objekt == objekt)
}

/// GET `/f/{forbund}/bokforing/{till}/konto/{konto}`: its vouchers; with `dimension` and `objekt`, those of a cost centre or
/// project.
pub async fn konto(visit: Visit, Path((_, till, konto)): Path<(String, String, String)>, asked: Fragor) -> Answer {
    let (chosen, till) = (visit.chosen()?, day(&till)?);
    let konto: u32 = konto.parse().map_err(|_| Fail::NotFound)?;
    let tid = Tid::new(&visit, &chosen, &asked).await?;
    let underlag = chosen.underlag(tid.per).await?;
    let of = underlag.bokforing.per(till).ok_or(Fail::NotFound)?;
    let saldo = of.konton.iter().find(|row| row.konto == konto).ok_or(Fail::NotFound)?;
    let Query(asked) = &asked;
    let part = given(asked, "dimension").and_then(|text| text.parse::<u32>().ok()).zip(given(asked, "objekt"));
    let sie = bokforing::sie_fil(&chosen, &of.bokslut, tid.per).await?;
    let mut rader = Vec::new();
    for voucher in sie.iter().flat_map(|sie| &sie.verifikationer).filter(|voucher| voucher.datum <= till) {
        let mine = |row: &&Transaktion| {
            row.slag == Transaktionsslag::Trans
                && row.konto == konto
                && part.is_none_or(|(dimension, objekt)| has(row, dimension, objekt))
        };
        for row in voucher.transaktioner.iter().filter(mine) {
            let parts: Vec<String> =
                row.objekt.iter().map(|of| format!("{} {}", what(of.dimension), of.objekt)).collect();
            rader.push(Rorelse {
                verifikation: format!("{} {}", voucher.serie, voucher.nummer).trim().to_owned(),
                datum: row.datum.unwrap_or(voucher.datum),
                objekt: parts.join(", "),
                belopp: row.belopp,
            });
        }
    }
    rader.sort_by_key(|row| row.datum);
    let view = Konto {
        page: Page::new(&visit, format!("{konto} {}", saldo.namn), "ekonomi"),
        summa: rader.iter().map(|row| row.belopp).sum(),
        finns: sie.is_some_and(|sie| !sie.verifikationer.is_empty()),
        objekt: part.map(|(dimension, objekt)| format!("{} {objekt}", what(dimension))),
        konto: saldo,
        rader,
        till,
        visit: &visit,
        tid: &tid,
    };
    show(&view)
}

fn what(dimension: u32) -> &'static str {
    match dimension {
        1 => "kostnadsställe",
        6 => "projekt",
        _ => "objekt",
    }
}

impl Konto<'_> {
    fn kronor(&self, amount: &Belopp) -> String {
        kronor(*amount)
    }

    fn tillbaka(&self) -> String {
        self.visit.url(&format!("bokforing/{}{}", self.till, per(self.tid, '?')))
    }
}

/// GET `/f/{forbund}/bokforing/{till}/sie`: the bookkeeping as it was kept, SIE 4E.
pub async fn sie(visit: Visit, Path((_, till)): Path<(String, String)>, asked: Fragor) -> Answer {
    let (chosen, till) = (visit.chosen()?, day(&till)?);
    let tid = Tid::new(&visit, &chosen, &asked).await?;
    tid.as_asked()?;
    let underlag = chosen.underlag(tid.per).await?;
    let of = underlag.bokforing.per(till).ok_or(Fail::NotFound)?;
    let (name, bytes) = bokforing::fil(&chosen, &of.bokslut, tid.per).await?.ok_or(Fail::NotFound)?;
    let attached = format!("attachment; filename=\"{name}\"");
    Ok((
        [(header::CONTENT_TYPE, "application/octet-stream".to_owned()), (header::CONTENT_DISPOSITION, attached)],
        bytes,
    )
        .into_response())
}
