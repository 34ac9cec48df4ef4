//! Gallring: the rule, what it proposes, decisions and carrying them out; and one inskrivning whose consent has been
//! withdrawn.

use super::formular::{Falt, Formular, Formularsida};
use super::grind::Visit;
use super::sida::{Answer, Fail, Page, show, show_wrong};
use super::tid::encode;
use crate::access::Action;
use crate::actions::forbund::per_or_today;
use crate::actions::gallring::forslag::{Forslag, inskrivningar, regel_i_ord};
use crate::actions::gallring::{self, Utfort, Val};
use crate::actions::insatsbeslut::{Form as Varden, Wrong, without_personnummer};
use crate::actions::ord::Ord;
use askama::Template;
use axum::Form;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use samsyn_document::datum::moment;
use samsyn_document::{Halvar, format};
use samsyn_store::gallring::{Beslut, SAMTYCKE};

#[derive(Template)]
#[template(path = "gallring/sida.html")]
struct Sida<'a> {
    page: Page,
    visit: &'a Visit,
    forslag: &'a Forslag,
    regel: String,
    tidigare: Vec<Beslut>,
    far_besluta: bool,
    far_installa: bool,
    varden: Varden,
    fel: Option<String>,
}

async fn page(visit: &Visit, varden: Varden, wrong: Option<String>) -> Answer {
    let chosen = visit.chosen()?;
    let forslag = gallring::forslag(&chosen).await?;
    let (free, needed) = forslag.antal();
    if free + needed > 0 {
        visit.log("läsning av inskrivningar", "nummer i förslaget till gallring").await?;
    }
    let failed = wrong.is_some();
    let view = Sida {
        page: Page::new(visit, "Gallring", "gallring"),
        visit,
        regel: regel_i_ord(forslag.regel),
        forslag: &forslag,
        tidigare: gallring::tidigare(&chosen).await?,
        far_besluta: visit.rights.all(Action::Gallra),
        far_installa: visit.rights.all(Action::AndraInstallningar),
        varden: without_personnummer(varden),
        fel: wrong,
    };
    if failed { show_wrong(&view) } else { show(&view) }
}

/// GET `/f/{forbund}/gallring`
pub async fn sida(visit: Visit) -> Answer {
    page(&visit, Varden::new(), None).await
}

/// POST `/f/{forbund}/gallring`
pub async fn besluta(visit: Visit, Form(varden): Form<Varden>) -> Answer {
    let field = |name: &str| varden.get(name).map(|text| text.trim()).unwrap_or_default();
    let read = field("dag").parse().ok().zip(field("handelse").parse().ok());
    let Some((dag, handelse)) = read else { return Err(Fail::form()) };
    let insatser = varden.keys().filter_map(|name| name.strip_prefix("insats.")).map(str::to_owned).collect();
    let val = Val { dag, handelse, insatser: Some(insatser), aven_behovda: field("aven_behovda") == "ja" };
    match gallring::besluta(&visit.chosen()?, &val, field("skal"), visit.who()).await? {
        Ok(_) => back(&visit, "gallring-beslutad"),
        Err(why) => page(&visit, varden, Some(why)).await,
    }
}

fn back(visit: &Visit, told: &str) -> Answer {
    Ok(Redirect::to(&visit.url(&format!("gallring?besked={told}"))).into_response())
}

/// POST `/f/{forbund}/gallring/{nr}/utfor`
pub async fn utfor(visit: Visit, Path((_, nr)): Path<(String, i64)>) -> Answer {
    let done = gallring::utfor(&visit.chosen()?, nr, visit.who()).await?;
    visit.server.vantar.forget_all(visit.forbund_nr()?);
    match done {
        Ok(Utfort { stadat: true, .. }) => back(&visit, "gallrat"),
        Ok(_) => back(&visit, "gallrat-ej-stadat"),
        Err(why) => page(&visit, Varden::new(), Some(why)).await,
    }
}

/// POST `/f/{forbund}/gallring/{nr}/aterta`
pub async fn aterta(visit: Visit, Path((_, nr)): Path<(String, i64)>) -> Answer {
    match gallring::aterta(&visit.chosen()?, nr, visit.who()).await? {
        Ok(()) => back(&visit, "gallring-atertagen"),
        Err(why) => page(&visit, Varden::new(), Some(why)).await,
    }
}

/// The insats of an inskrivning that the visitor may remove, and its name.
async fn may_remove(visit: &Visit, id: &str) -> Result<(String, String), Fail> {
    let chosen = visit.chosen()?;
    let insats = gallring::insats_of(&chosen, id).await?.ok_or(Fail::NotFound)?;
    if !visit.rights.on(Action::TaBortInskrivning, &insats) {
        return Err(Fail::NotFound);
    }
    let underlag = chosen.underlag(per_or_today(None)).await?;
    let namn = Ord::new(&underlag).insats(&insats).to_owned();
    Ok((insats, namn))
}

fn show_ta_bort(visit: &Visit, id: &str, (insats, namn): (String, String), varden: &Varden, wrong: &Wrong) -> Answer {
    let help = "Till exempel: Återkallat skriftligen 2026-02-12. Skriv inget om personen och inte numret. Sparas i \
                historiken.";
    let view = Formularsida {
        page: Page::new(visit, format!("Ta bort inskrivning {id}"), "insatser"),
        tillbaka: visit.url(&format!("insats/{}", encode(&insats))),
        till: namn,
        ingress: "Samtycket är återkallat. Inskrivningen tas bort genast med alla tidigare versioner, ur de filer som \
                  den kom i och ur förslag som väntar. Det går inte att ångra. Siffror i låsta rapporter står kvar; i \
                  andra rapporter räknas den inte mer. Ska personen ändå räknas: skriv in en anonym."
            .to_owned(),
        knapp: "Ta bort inskrivningen",
        formular: Formular::new(vec![Falt::new("skal", "Notering", "text").hjalp(help).ifylls("off")], varden, wrong),
    };
    view.visa()
}

/// GET `/f/{forbund}/inskrivning/{inskrivning}/ta-bort`
pub async fn ta_bort_form(visit: Visit, Path((_, id)): Path<(String, String)>) -> Answer {
    let insats = may_remove(&visit, &id).await?;
    show_ta_bort(&visit, &id, insats, &Varden::new(), &Wrong::new())
}

/// POST `/f/{forbund}/inskrivning/{inskrivning}/ta-bort`
pub async fn ta_bort(visit: Visit, Path((_, id)): Path<(String, String)>, Form(varden): Form<Varden>) -> Answer {
    let insats = may_remove(&visit, &id).await?;
    let skal = varden.get("skal").map(String::as_str).unwrap_or_default();
    match gallring::samtycke(&visit.chosen()?, &id, skal, visit.who()).await? {
        Ok(done) => {
            visit.server.vantar.forget_all(visit.forbund_nr()?);
            let told = if done.stadat { "borttagen" } else { "gallrat-ej-stadat" };
            Ok(Redirect::to(&visit.url(&format!("insats/{}?besked={told}", encode(&insats.0)))).into_response())
        }
        Err(why) => show_ta_bort(&visit, &id, insats, &varden, &vec![("skal".to_owned(), why)]),
    }
}

impl Sida<'_> {
    fn varde(&self, name: &str) -> &str {
        self.varden.get(name).map_or("", String::as_str)
    }

    /// Whether an insats is chosen: all are until someone has chosen.
    fn vald(&self, id: &str) -> bool {
        self.varden.is_empty() || self.varden.contains_key(&format!("insats.{id}"))
    }

    fn vantar(&self) -> bool {
        self.tidigare.iter().any(Beslut::vantar)
    }

    /// How many are to be removed that no report needs.
    fn lediga(&self) -> usize {
        self.forslag.antal().0
    }

    fn behovda(&self) -> usize {
        self.forslag.antal().1
    }

    fn antal(&self, antal: usize) -> String {
        inskrivningar(antal as i64)
    }

    fn antal_i(&self, antal: &i64) -> String {
        inskrivningar(*antal)
    }

    fn halvar(&self, half: &Halvar) -> String {
        format::halvar(*half)
    }

    fn ar(&self, years: &[i32]) -> String {
        match years {
            [] => String::new(),
            [one] => one.to_string(),
            [first, .., last] => format!("{first}–{last}"),
        }
    }

    fn nar(&self, ms: &i64) -> String {
        moment(*ms)
    }

    fn slag(&self, beslut: &Beslut) -> &'static str {
        if beslut.slag == SAMTYCKE { "återkallat samtycke" } else { "enligt regeln" }
    }
}
