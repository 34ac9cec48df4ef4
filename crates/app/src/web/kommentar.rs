//! The kansli's comment on an insats or an avvikelse in a half-year.

use super::bedomning::{efter, halvar, skal};
use super::formular::{Falt, Formular, Formularsida, kant_fran_i_dag};
use super::grind::Visit;
use super::sida::{Answer, Fail, Page};
use crate::actions::insatsbeslut::{Form as Fields, Wrong};
use crate::actions::kommentar::{self, Kommenterat};
use axum::Form;
use axum::extract::Path;
use samsyn_document::format;

fn place(about: &Kommenterat) -> &'static str {
    if about.avvikelse.is_some() { "avvikelser" } else { "kansliet" }
}

fn view(visit: &Visit, about: &Kommenterat, values: &Fields, wrong: &Wrong) -> Answer {
    let text = Falt::new("text", "Kommentar", "stycke");
    let mut fields = vec![match about.sagt {
        Some(_) => text.hjalp("Töm fältet för att ta bort kommentaren."),
        None => text.hjalp("Skriv inga namn och inga personnummer."),
    }];
    if about.sagt.is_some() {
        fields.push(skal());
    }
    let (insats, half) = (&about.insats, format::halvar(about.halvar));
    let (title, lead) = match &about.avvikelse {
        None => (
            format!("Kommentar till {}", insats.namn),
            format!("Gäller {half}. Står som kansliets egna ord under Resultat av i insatsen angivna mål i rapporten."),
        ),
        Some(avvikelse) => (
            format!("Kommentar till avvikelse {}", avvikelse.avvikelse_id),
            format!(
                "{} lämnade in avvikelsen {}. Kommentaren står efter den i rapporten för {half}.",
                insats.namn, avvikelse.inlamnad
            ),
        ),
    };
    let page = Formularsida {
        page: Page::new(visit, title, "insatser"),
        tillbaka: visit.url(&format!("insats/{}?period={}#{}", insats.insats_id, about.halvar, place(about))),
        till: insats.namn.clone(),
        ingress: format!("{lead} {}", kant_fran_i_dag()),
        knapp: "Spara kommentaren",
        formular: Formular::new(fields, values, wrong),
    };
    page.visa()
}

async fn save(visit: &Visit, about: &Kommenterat, values: &Fields) -> Answer {
    match about.spara(&visit.chosen()?, values, visit.who()).await? {
        Err(wrong) => view(visit, about, values, &wrong),
        Ok(changed) => efter(visit, about.insats.insats_id.as_str(), Some(about.halvar), changed),
    }
}

async fn om_insats(visit: &Visit, id: &str, half: &str) -> Result<Kommenterat, Fail> {
    kommentar::om_insats(&visit.chosen()?, id, halvar(half)?).await?.ok_or(Fail::NotFound)
}

async fn om_avvikelse(visit: &Visit, id: &str) -> Result<Kommenterat, Fail> {
    kommentar::om_avvikelse(&visit.chosen()?, id).await?.ok_or(Fail::NotFound)
}

/// GET `/f/{forbund}/insats/{insats}/kommentar/{halvar}`
pub async fn insats_form(visit: Visit, Path((_, id, half)): Path<(String, String, String)>) -> Answer {
    let about = om_insats(&visit, &id, &half).await?;
    view(&visit, &about, &about.form(), &Wrong::new())
}

/// POST `/f/{forbund}/insats/{insats}/kommentar/{halvar}`
pub async fn insats(
    visit: Visit,
    Path((_, id, half)): Path<(String, String, String)>,
    Form(values): Form<Fields>,
) -> Answer {
    save(&visit, &om_insats(&visit, &id, &half).await?, &values).await
}

/// GET `/f/{forbund}/avvikelse/{avvikelse}/kommentar`
pub async fn avvikelse_form(visit: Visit, Path((_, id)): Path<(String, String)>) -> Answer {
    let about = om_avvikelse(&visit, &id).await?;
    view(&visit, &about, &about.form(), &Wrong::new())
}

/// POST `/f/{forbund}/avvikelse/{avvikelse}/kommentar`
pub async fn avvikelse(visit: Visit, Path((_, id)): Path<(String, String)>, Form(values): Form<Fields>) -> Answer {
    save(&visit, &om_avvikelse(&visit, &id).await?, &values).await
}
