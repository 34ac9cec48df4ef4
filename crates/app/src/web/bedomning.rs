//! The kansli's judgement of an insats in a half-year, and what the other forms of the kansli's words share.

use super::figur;
use super::formular::{Falt, Formular, kant_fran_i_dag};
use super::grind::Visit;
use super::sida::{Answer, Fail, Page, show, show_wrong};
use crate::actions::bedomning::{self, Bedomning};
use crate::actions::insatsbeslut::{Form as Fields, Wrong};
use askama::Template;
use axum::Form;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use samsyn_core::kvartalsrapport::{IFas, Kvartalsrapport};
use samsyn_document::{Halvar, Kvartal, Ljus, format};

/// The half-year of an address.
pub fn halvar(text: &str) -> Result<Halvar, Fail> {
    text.to_uppercase().parse().map_err(|_| Fail::Bad(format!("”{text}” är inget halvår. Skriv perioden som 2022-H1.")))
}

/// Where one is led after writing: to the insats in the half-year, which tells whether anything changed.
pub fn efter(visit: &Visit, insats: &str, halvar: Option<Halvar>, changed: bool) -> Answer {
    let told = if changed { "sparat" } else { "likadant" };
    let period = halvar.map_or_else(String::new, |halvar| format!("period={halvar}&"));
    Ok(Redirect::to(&visit.url(&format!("insats/{insats}?{period}besked={told}"))).into_response())
}

/// The field for why something that is stored changes.
pub fn skal() -> Falt {
    Falt::new("skal", "Skäl till ändringen", "text").hjalp("Sparas i historiken, tillsammans med det som stod förut.")
}

#[derive(Template)]
#[template(path = "insats/bedomning.html")]
struct Sida<'a> {
    page: Page,
    tillbaka: String,
    till: String,
    halvar: String,
    kant: String,
    rapport: Option<&'a Kvartalsrapport>,
    /// What there is to choose from: the code, the words, and the light that it gives.
    svar: Vec<(&'static str, String, String)>,
    formular: Formular,
}

impl Sida<'_> {
    fn kvartal(&self, kvartal: &Kvartal) -> String {
        format::kvartal(*kvartal)
    }
}

fn falt(stored: &Bedomning) -> Vec<Falt> {
    let lights = [Ljus::Gron, Ljus::Gul, Ljus::Rod].map(|light| {
        let word = light.word();
        (word.to_owned(), word[..1].to_uppercase() + &word[1..])
    });
    let follows = std::iter::once((String::new(), "Följer svaren".to_owned()));
    let mut fields = vec![
        Falt::new("kansli_i_fas", "Ligger insatsen i fas med målen, enligt kansliet?", "val"),
        Falt::new("kansli_motiv", "Kansliets skäl", "stycke")
            .hjalp("Står i rapporten.")
            .behovs("behövs när bedömningen är en annan än styrgruppens"),
        Falt::new("ljus", "Läge", "val")
            .hjalp("Läget följer svaren. Välj ett annat bara när svaren inte ger en rättvis bild.")
            .val(follows.chain(lights).collect()),
        Falt::new("ljus_motiv", "Skäl till ett annat läge", "stycke")
            .hjalp("Står i rapporten.")
            .behovs("behövs när läget är ett annat än det svaren ger"),
    ];
    if stored.finns() {
        fields.push(skal());
    }
    fields
}

fn view(visit: &Visit, stored: &Bedomning, values: &Fields, wrong: &Wrong) -> Answer {
    let light = |view: Option<IFas>| stored.ljus(view).map_or_else(String::new, figur::ljus);
    let none = ("", "Ingen egen bedömning, styrgruppens svar gäller".to_owned(), light(None));
    let answers = IFas::ALL.iter().map(|view| (view.kod(), view.text().to_owned(), light(Some(*view))));
    let id = &stored.insats.insats_id;
    let page = Sida {
        page: Page::new(visit, format!("Kansliets bedömning av {}", stored.insats.namn), "insatser"),
        tillbaka: visit.url(&format!("insats/{id}?period={}#kansliet", stored.halvar)),
        till: stored.insats.namn.clone(),
        halvar: format::halvar(stored.halvar),
        kant: kant_fran_i_dag(),
        rapport: stored.rapport.as_ref(),
        svar: std::iter::once(none).chain(answers).collect(),
        formular: Formular::new(falt(stored), values, wrong),
    };
    if wrong.is_empty() { show(&page) } else { show_wrong(&page) }
}

async fn stored(visit: &Visit, id: &str, half: &str) -> Result<Bedomning, Fail> {
    bedomning::las(&visit.chosen()?, id, halvar(half)?).await?.ok_or(Fail::NotFound)
}

/// GET `/f/{forbund}/insats/{insats}/bedomning/{halvar}`
pub async fn form(visit: Visit, Path((_, id, half)): Path<(String, String, String)>) -> Answer {
    let stored = stored(&visit, &id, &half).await?;
    view(&visit, &stored, &stored.form(), &Wrong::new())
}

/// POST `/f/{forbund}/insats/{insats}/bedomning/{halvar}`
pub async fn spara(
    visit: Visit,
    Path((_, id, half)): Path<(String, String, String)>,
    Form(values): Form<Fields>,
) -> Answer {
    let stored = stored(&visit, &id, &half).await?;
    match stored.spara(&visit.chosen()?, &values, visit.who()).await? {
        Err(wrong) => view(&visit, &stored, &values, &wrong),
        Ok(changed) => efter(&visit, &id, Some(stored.halvar), changed),
    }
}
