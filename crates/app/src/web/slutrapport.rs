//! The final report of an insats: purpose, lessons, and each party's comment.

use super::bedomning::{efter, skal};
use super::formular::{Falt, Formular, Formularsida, kant_fran_i_dag};
use super::grind::Visit;
use super::sida::{Answer, Fail, Page};
use crate::actions::insatsbeslut::{Form as Fields, Wrong};
use crate::actions::slutrapport::{self, Slut};
use axum::Form;
use axum::extract::Path;
use samsyn_document::Halvar;

fn falt(stored: &Slut) -> Vec<Falt> {
    let day = Falt::new("inkommen", "Kom in", "dag");
    let mut fields = vec![
        Falt::new("syfte", "Syfte", "stycke").hjalp("Vad insatsen var till för.").valfri(),
        Falt::new("lardomar", "Lärdomar", "stycke").hjalp("Vad man tar med sig till nästa insats.").valfri(),
        day.hjalp("Rapporten räknas som känd från den dagen; utan dag från nu.").valfri(),
    ];
    let comment =
        |part: &String| Falt::new(slutrapport::falt(part), format!("Kommentar från {part}"), "stycke").valfri();
    fields.extend(stored.parter.iter().map(|(part, _)| comment(part)));
    if stored.finns() {
        fields.push(skal());
    }
    fields
}

fn view(visit: &Visit, stored: &Slut, values: &Fields, wrong: &Wrong) -> Answer {
    let mut lead = match stored.sista_dag {
        Some(day) => format!("Insatsens sista dag är {day}. "),
        None => String::new(),
    };
    lead.push_str("Det som är ifyllt står i rapporten under Avslutade insatser. Det som saknas markeras där.");
    if stored.parter.is_empty() {
        lead.push_str(
            " Insatsens parter är inte kända. Läs in dem i insatsparter.csv för att kunna skriva deras kommentarer.",
        );
    }
    let id = &stored.insats.insats_id;
    let page = Formularsida {
        page: Page::new(visit, format!("Slutrapport för {}", stored.insats.namn), "insatser"),
        tillbaka: visit.url(&format!("insats/{id}")),
        till: stored.insats.namn.clone(),
        ingress: format!("{lead} {}", kant_fran_i_dag()),
        knapp: "Spara slutrapporten",
        formular: Formular::new(falt(stored), values, wrong),
    };
    page.visa()
}

async fn stored(visit: &Visit, id: &str) -> Result<Slut, Fail> {
    slutrapport::las(&visit.chosen()?, id).await?.ok_or(Fail::NotFound)
}

/// GET `/f/{forbund}/insats/{insats}/slutrapport`
pub async fn form(visit: Visit, Path((_, id)): Path<(String, String)>) -> Answer {
    let stored = stored(&visit, &id).await?;
    view(&visit, &stored, &stored.form(), &Wrong::new())
}

/// POST `/f/{forbund}/insats/{insats}/slutrapport`
pub async fn spara(visit: Visit, Path((_, id)): Path<(String, String)>, Form(values): Form<Fields>) -> Answer {
    let stored = stored(&visit, &id).await?;
    match stored.spara(&visit.chosen()?, &values, visit.who()).await? {
        Err(wrong) => view(&visit, &stored, &values, &wrong),
        Ok(changed) => efter(&visit, &id, stored.sista_dag.and_then(Halvar::of), changed),
    }
}
