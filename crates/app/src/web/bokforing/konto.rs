//! A closing account by account, and the vouchers of an account.

use super::super::grind::Visit;
use super::super::nedladdning::svar;
use super::super::sida::{Answer, Fail, Page, show};
use super::super::tid::{Fragor, Tid, given};
use crate::actions::bokforing;
use crate::actions::bokforing::visa::{self, Objekt, Rorelse};
use askama::Template;
use axum::extract::{Path, Query};
use samsyn_core::kontosaldo::Kontosaldo;
use samsyn_core::underlag::BokslutUnderlag;
use samsyn_document::{Belopp, Datum, format};

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

fn day(text: &str) -> Result<Datum, Fail> {
    text.parse().map_err(|_| Fail::NotFound)
}

/// GET `/f/{forbund}/bokforing/{till}`
pub async fn bokslut(visit: Visit, Path((_, till)): Path<(String, String)>, asked: Fragor) -> Answer {
    let (chosen, till) = (visit.chosen()?, day(&till)?);
    let tid = Tid::new(&visit, &chosen, &asked).await?;
    let underlag = chosen.underlag(tid.per).await?;
    let of = underlag.bokforing.per(till).ok_or(Fail::NotFound)?;
    let view = Bokslutet {
        page: Page::new(&visit, format!("Bokslut {till}"), "ekonomi"),
        konton: of.konton.iter().map(|konto| Rad { konto, rad: visa::rad(&underlag, till, konto) }).collect(),
        objekt: visa::objekt(&underlag, of),
        visit: &visit,
        tid: &tid,
        of,
    };
    show(&view)
}

impl Bokslutet<'_> {
    fn kronor(&self, amount: &Belopp) -> String {
        format::kronor(*amount)
    }

    fn konto(&self, konto: &u32) -> String {
        self.visit.url(&format!("bokforing/{}/konto/{konto}{}", self.of.bokslut.till, per(self.tid, '?')))
    }

    fn vad(&self, of: &Objekt) -> &'static str {
        if of.projekt { "Projekt" } else { "Kostnadsställe" }
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
    let found = visa::rorelser(&chosen, of, (konto, part), tid.per).await?;
    let finns = found.is_some();
    let rader = found.unwrap_or_default();
    let view = Konto {
        page: Page::new(&visit, format!("{konto} {}", saldo.namn), "ekonomi"),
        summa: rader.iter().map(|row| row.belopp).sum(),
        finns,
        objekt: part.map(|(dimension, objekt)| format!("{} {objekt}", visa::dimension(dimension))),
        konto: saldo,
        rader,
        till,
        visit: &visit,
        tid: &tid,
    };
    show(&view)
}

impl Konto<'_> {
    fn kronor(&self, amount: &Belopp) -> String {
        format::kronor(*amount)
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
    let (name, bytes) = bokforing::fil(&chosen, of, tid.per).await?;
    Ok(svar("application/octet-stream", &name, bytes))
}
