//! Counts by month from an insats that hands in no single inskrivningar.

use super::formular::{self, Falt, Formular};
use super::grind::Visit;
use super::sida::{Answer, Fail, Page, show, show_wrong};
use super::tid::{Fragor, given};
use crate::actions::antal::{self, AV_AVSLUT, Antal, Manadens, orsaksfalt};
use crate::actions::insatsbeslut::{Form as Fields, Wrong};
use askama::Template;
use axum::Form;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use samsyn_core::deltagande::{Avslutsorsak, Kon};
use samsyn_document::{Manad, format};
use std::borrow::Cow;

#[derive(Template)]
#[template(path = "antal/sida.html")]
struct Sida<'a> {
    page: Page,
    visit: &'a Visit,
    antal: &'a Antal,
    manad: Manad,
    varden: &'a Fields,
    formular: Formular,
}

/// One box of the form.
struct Ruta {
    namn: String,
    etikett: String,
    varde: String,
    fel: bool,
}

impl Sida<'_> {
    fn ruta(&self, namn: String, etikett: String) -> Ruta {
        let varde = self.varden.get(&namn).cloned().unwrap_or_default();
        let fel = self.formular.fel.iter().any(|(_, field, _)| *field == namn);
        Ruta { namn, etikett, varde, fel }
    }

    /// The boxes of enrolled and ongoing: words, and a box for women and one for men.
    fn forsta(&self) -> Vec<(&'static str, Vec<Ruta>)> {
        let rows = [("inskrivna", "Inskrivna under månaden"), ("pagaende", "Pågående vid månadens slut")];
        let boxes = |name: &str, text: &str| {
            let one = |kon: &Kon| self.ruta(antal::falt(name, *kon), format!("{text}, {}", sex(*kon)));
            Kon::ALL.iter().map(one).collect()
        };
        rows.into_iter().map(|(name, text)| (text, boxes(name, text))).collect()
    }

    /// The boxes of each reason: women's three, then men's.
    fn orsaker(&self) -> Vec<(&'static str, Vec<Ruta>)> {
        let boxes = |orsak: Avslutsorsak| {
            let one = |kon: Kon, name: &str, text: &str| {
                self.ruta(
                    orsaksfalt(name, orsak, kon),
                    format!("{}, {}, {}", orsak.text(), text.to_lowercase(), sex(kon)),
                )
            };
            Kon::ALL.iter().flat_map(|kon| AV_AVSLUT.map(|(name, text)| one(*kon, name, text))).collect()
        };
        Avslutsorsak::ALL.iter().map(|&orsak| (orsak.text(), boxes(orsak))).collect()
    }

    /// The months handed in, year by year, the latest first.
    fn ar(&self) -> Vec<(u16, &[Manadens])> {
        let same = |a: &Manadens, b: &Manadens| a.manad.year() == b.manad.year();
        let years = self.antal.manader.chunk_by(same);
        years.filter_map(|months| Some((months.first()?.manad.year(), months))).collect()
    }

    fn manadens(&self, month: &Manadens) -> String {
        format::capital(&month.manad.words())
    }
}

fn sex(kon: Kon) -> &'static str {
    match kon {
        Kon::Kvinna => "kvinnor",
        Kon::Man => "män",
    }
}

async fn found(visit: &Visit, id: &str) -> Result<Antal, Fail> {
    antal::las(&visit.chosen()?, &visit.rights, id).await?.ok_or(Fail::NotFound)
}

fn view(visit: &Visit, antal: &Antal, manad: Manad, values: &Fields, wrong: &Wrong) -> Answer {
    let help = "Den dag då antalen kom till kansliet. Tomt: i dag.";
    let mut fields = vec![Falt::new("inkommen", "Inkommen", "dag").hjalp(help).valfri()];
    if antal.har(manad) {
        fields.push(Falt::new("skal", "Skäl", "text").hjalp("Varför antalen ändras. Sparas i historiken."));
    }
    fields.extend(formular::spara_anda(wrong, "Ja, antalen stämmer"));
    let view = Sida {
        page: Page::new(visit, format!("Antal per månad: {}", antal.insats.namn), "insatser"),
        formular: boxed(Formular::new(fields, values, wrong), wrong),
        visit,
        antal,
        manad,
        varden: values,
    };
    if wrong.is_empty() { show(&view) } else { show_wrong(&view) }
}

/// The form, where what is wrong with a box leads to that box.
fn boxed(form: Formular, wrong: &Wrong) -> Formular {
    let own = |name: &str| form.falt.iter().any(|field| field.namn == *name);
    let place = |name: &String| if name.is_empty() || own(name) { None } else { Some(name.clone()) };
    let boxes = wrong.iter().filter_map(|(name, text)| Some((String::new(), Cow::Owned(place(name)?), text.clone())));
    let others = form
        .fel
        .iter()
        .filter(|(_, _, text)| !wrong.iter().any(|(name, other)| other == text && place(name).is_some()));
    let fel = boxes.chain(others.cloned()).collect();
    Formular { fel, ..form }
}

fn asked(text: &str) -> Result<Manad, Fail> {
    text.parse().map_err(|_| Fail::Bad(format!("”{text}” är ingen månad. Skriv som 2022-03.")))
}

/// GET `/f/{forbund}/insats/{insats}/antal`
pub async fn sida(visit: Visit, Path((_, id)): Path<(String, String)>, query: Fragor) -> Answer {
    let antal = found(&visit, &id).await?;
    let manad = match given(&query, "manad") {
        Some(text) => asked(text)?,
        None => antal.nasta().ok_or(Fail::NotFound)?,
    };
    view(&visit, &antal, manad, &antal.form(manad), &Wrong::new())
}

/// POST `/f/{forbund}/insats/{insats}/antal`
pub async fn spara(visit: Visit, Path((_, id)): Path<(String, String)>, Form(values): Form<Fields>) -> Answer {
    let antal = found(&visit, &id).await?;
    let manad = asked(values.get("manad").map_or("", |text| text.trim()))?;
    match antal.spara(&visit.chosen()?, manad, &values, visit.who()).await? {
        Err(wrong) => view(&visit, &antal, manad, &values, &wrong),
        Ok(changed) => {
            let told = if changed { "antal" } else { "likadant" };
            Ok(Redirect::to(&visit.url(&format!("insats/{id}/antal?besked={told}"))).into_response())
        }
    }
}
