//! One row of a table: added, changed and taken away, each with a reason.

use super::super::formular::{Falt, Formular, Formularsida, kant_fran_i_dag};
use super::super::grind::Visit;
use super::super::sida::{Answer, Fail, Page};
use super::super::tid::{Fragor, given};
use super::tillbaka;
use crate::actions::bokforing::koppling::{self, Radutfall, Tabell};
use crate::actions::insatsbeslut::{Form as Fields, Wrong};
use crate::clock;
use axum::Form;
use axum::extract::Query;
use samsyn_core::deltagande::Forsorjning;
use samsyn_core::planpost::Plankategori;
use samsyn_core::rapportstruktur::Rad;
use samsyn_core::underlag::Underlag;

fn falt(tabell: Tabell, underlag: &Underlag) -> Vec<Falt> {
    let ar = || {
        Falt::new("galler_fran", "Gäller från år", "tal")
            .hjalp("Till exempel 2023. Är raden årets första börjar året med alla rader som gällde förut.")
    };
    let skal =
        Falt::new("skal", "Skäl eller beslut", "text").hjalp("Till exempel: Ny kontoplan 2023. Sparas i historiken.");
    let mut fields = match tabell {
        Tabell::Rapportstruktur => vec![
            ar(),
            Falt::new("konto_fran", "Första kontot", "tal"),
            Falt::new("konto_till", "Sista kontot", "tal").hjalp("Samma nummer när det är ett enda konto."),
            Falt::new("rad", "Rad i rapporterna", "val")
                .val(Rad::ALL.iter().map(|rad| (rad.kod().to_owned(), rad.text().to_owned())).collect()),
            Falt::new("not_nr", "Notens nummer", "tal").valfri(),
            Falt::new("notrad", "Rad i noten", "text")
                .hjalp("Ett eget namn utan mellanslag, eller per_konto eller per_projekt.")
                .valfri(),
        ],
        Tabell::Projekt => vec![
            ar(),
            Falt::new("sie_projekt", "Projektets nummer i bokföringen", "text"),
            Falt::new("insats_id_eller_post", "Insats eller post i planen", "text").hjalp(
                "Insatsens id, till exempel ost-bryggan, eller postens namn med små bokstäver och understreck, till exempel \
                 ekonom_projektstod.",
            ),
        ],
        Tabell::Kostnadsstallen => vec![
            ar(),
            Falt::new("sie_kostnadsstalle", "Kostnadsställets nummer i bokföringen", "text"),
            Falt::new("rad", "Del av planen", "val").val(
                Plankategori::ALL
                    .iter()
                    .filter(|of| of.is_cost())
                    .map(|of| (of.kod().to_owned(), of.text().to_owned()))
                    .collect(),
            ),
        ],
        Tabell::Schabloner => {
            let kommuner = crate::actions::folkmangd::kommuner(&underlag.ekonomi.medlemmar);
            vec![
                Falt::new("ar", "År", "tal"),
                Falt::new("kommun", "Kommun", "val")
                    .val(kommuner.into_iter().map(|name| (name.to_owned(), name.to_owned())).collect()),
                Falt::new("forsorjning", "Slag av försörjning", "val").val(
                    Forsorjning::ALL
                        .iter()
                        .filter(|of| **of != Forsorjning::Ingen)
                        .map(|of| (of.kod().to_owned(), of.text().to_owned()))
                        .collect(),
                ),
                Falt::new("belopp_kr", "Kostnad för ett helt år, kronor", "tal"),
                Falt::new("kalla", "Källa", "text").hjalp("Var beloppet kommer ifrån."),
            ]
        }
    };
    fields.push(skal);
    fields
}

/// Which table and row an address is about.
fn which(asked: &std::collections::BTreeMap<String, String>) -> Result<(Tabell, Option<String>), Fail> {
    let tabell = given(asked, "tabell").and_then(Tabell::of_kod).ok_or_else(Fail::form)?;
    Ok((tabell, given(asked, "rad").map(str::to_owned)))
}

async fn formular(visit: &Visit, tabell: Tabell, ny: bool, values: &Fields, wrong: &Wrong) -> Answer {
    let underlag = visit.chosen()?.underlag(clock::today()).await?;
    let view = Formularsida {
        page: Page::new(visit, if ny { "Lägg till rad" } else { "Ändra rad" }, "ekonomi"),
        tillbaka: visit.url(&format!("koppling?tabell={}", tabell.kod())),
        till: tabell.text().to_owned(),
        ingress: kant_fran_i_dag().to_string(),
        knapp: "Spara raden",
        formular: Formular::new(falt(tabell, &underlag), values, wrong),
    };
    view.visa()
}

/// GET `/f/{forbund}/koppling/rad`: with `rad`, that row; else a new one.
pub async fn rad_form(visit: Visit, Query(asked): Fragor) -> Answer {
    let (tabell, rad) = which(&asked)?;
    let values = match &rad {
        Some(key) => koppling::form_of(&visit.chosen()?, tabell, key).await?,
        None => Fields::new(),
    };
    if rad.is_some() && values.is_empty() {
        return Err(Fail::NotFound);
    }
    formular(&visit, tabell, rad.is_none(), &values, &Wrong::new()).await
}

/// POST `/f/{forbund}/koppling/rad`
pub async fn rad(visit: Visit, Query(asked): Fragor, Form(values): Form<Fields>) -> Answer {
    let (tabell, rad) = which(&asked)?;
    match koppling::spara_rad(&visit.chosen()?, tabell, rad.as_deref(), &values, visit.who()).await? {
        Radutfall::Fel(wrong) => formular(&visit, tabell, rad.is_none(), &values, &wrong).await,
        Radutfall::Klart(changed) => tillbaka(&visit, tabell, changed),
    }
}

async fn ta_bort_formular(visit: &Visit, tabell: Tabell, key: &str, values: &Fields, wrong: &Wrong) -> Answer {
    if koppling::form_of(&visit.chosen()?, tabell, key).await?.is_empty() {
        return Err(Fail::NotFound);
    }
    let view = Formularsida {
        page: Page::new(visit, format!("Ta bort raden {}", key.replace('/', ", ")), "ekonomi"),
        tillbaka: visit.url(&format!("koppling?tabell={}", tabell.kod())),
        till: tabell.text().to_owned(),
        ingress: "Raden gäller inte från och med i dag. Den står kvar i historiken.".to_owned(),
        knapp: "Ta bort raden",
        formular: Formular::new(
            vec![Falt::new("skal", "Skäl eller beslut", "text").hjalp("Sparas i historiken.")],
            values,
            wrong,
        ),
    };
    view.visa()
}

/// GET `/f/{forbund}/koppling/ta-bort`
pub async fn ta_bort_form(visit: Visit, Query(asked): Fragor) -> Answer {
    let (tabell, rad) = which(&asked)?;
    ta_bort_formular(&visit, tabell, &rad.ok_or_else(Fail::form)?, &Fields::new(), &Wrong::new()).await
}

/// POST `/f/{forbund}/koppling/ta-bort`
pub async fn ta_bort(visit: Visit, Query(asked): Fragor, Form(values): Form<Fields>) -> Answer {
    let (tabell, rad) = which(&asked)?;
    let key = rad.ok_or_else(Fail::form)?;
    match koppling::ta_bort_rad(&visit.chosen()?, tabell, &key, &values, visit.who()).await? {
        Err(wrong) => ta_bort_formular(&visit, tabell, &key, &values, &wrong).await,
        Ok(changed) => tillbaka(&visit, tabell, changed),
    }
}
