//! Creating, changing, prolonging and closing an insats.

use super::grind::Visit;
use super::sida::{Answer, Fail, Page, show, show_wrong};
use crate::actions::insatsbeslut::{self, Beslut, Form as Fields, Wrong};
use askama::Template;
use axum::Form;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};

/// A field of a form.
struct Falt {
    namn: &'static str,
    text: &'static str,
    hjalp: &'static str,
    slag: &'static str,
    val: &'static [(&'static str, &'static str)],
    kravs: bool,
}

const fn falt(namn: &'static str, text: &'static str, hjalp: &'static str, slag: &'static str, kravs: bool) -> Falt {
    Falt { namn, text, hjalp, slag, val: &[], kravs }
}

const TYPER: &[(&str, &str)] =
    &[("individ", "Individinsats"), ("struktur", "Strukturinsats"), ("kompetens", "Kompetensinsats")];
const INRIKTNINGAR: &[(&str, &str)] =
    &[("", "Ingen"), ("arbetsnära", "Arbetsnära"), ("förrehabilitering", "Förrehabilitering")];

const ID: Falt = falt(
    "insats_id",
    "Id",
    "Kort, till exempel ost-bryggan. Högst 64 bokstäver, siffror, bindestreck, punkter och understreck. Kan inte bytas.",
    "text",
    true,
);
const UPPGIFTER: [Falt; 7] = [
    falt("namn", "Namn", "Som i ansökan.", "text", true),
    falt("kortnamn", "Kortnamn", "För tabeller och löpande text.", "text", false),
    falt("insatsagare", "Insatsägare", "Den part som driver insatsen.", "text", true),
    Falt { val: TYPER, ..falt("typ", "Typ", "", "val", true) },
    Falt { val: INRIKTNINGAR, ..falt("inriktning", "Inriktning", "För individinsatser.", "val", false) },
    falt(
        "redovisas_med",
        "Fortsätter insatsen med id",
        "Fylls i när insatsen tar över efter en tidigare.",
        "text",
        false,
    ),
    falt("forvantat_antal_per_ar", "Förväntat antal deltagare per år", "", "tal", false),
];
const PERIOD: [Falt; 3] = [
    falt("start", "Första dag", "", "dag", true),
    falt("slut", "Sista dag", "Dagen ingår i perioden.", "dag", true),
    falt("beslutad", "Beslutsdag", "Den dag då beslutet fattades.", "dag", true),
];
const SKAL: Falt =
    falt("skal", "Skäl eller beslut", "Till exempel: Styrelsen 2023-06-14, § 32. Sparas i historiken.", "text", true);

#[derive(Template)]
#[template(path = "insats/form.html")]
struct Formular<'a> {
    page: Page,
    tillbaka: String,
    ingress: &'static str,
    knapp: &'static str,
    falt: Vec<&'a Falt>,
    varden: &'a Fields,
    fel: &'a Wrong,
}

impl Formular<'_> {
    fn varde(&self, falt: &Falt) -> &str {
        self.varden.get(falt.namn).map_or("", String::as_str)
    }

    fn fel_i(&self, falt: &Falt) -> Option<&str> {
        self.fel.iter().find(|(field, _)| field == falt.namn).map(|(_, text)| text.as_str())
    }

    /// What is wrong: the field's word and name, and what to do. What is about no field of this form leads to the last.
    fn alla_fel(&self) -> Vec<(&str, &str, &str)> {
        let field = |name: &str| self.falt.iter().find(|falt| falt.namn == name);
        let place = |name: &str| self.falt.iter().position(|falt| falt.namn == name);
        let mut fel: Vec<&(String, String)> = self.fel.iter().collect();
        fel.sort_by_key(|(name, _)| place(name).unwrap_or(usize::MAX));
        let told = fel.into_iter().map(|(name, text)| match field(name) {
            Some(falt) => (falt.text, falt.namn, text.as_str()),
            None => ("", SKAL.namn, text.as_str()),
        });
        told.collect()
    }
}

/// One of the three forms.
struct Kind {
    what: Beslut,
    title: &'static str,
    lead: &'static str,
    button: &'static str,
}

const NY: Kind = Kind {
    what: Beslut::Skapa,
    title: "Ny insats",
    lead: "En insats läggs till med sin första beslutade period. Budget, mål och deltagare kommer med nästa inläsning.",
    button: "Skapa insatsen",
};
const ANDRA: Kind = Kind {
    what: Beslut::Andra,
    title: "Ändra uppgifter",
    lead: "Uppgifterna gäller från nu. Rapporter per ett tidigare datum visar det som var känt då.",
    button: "Spara ändringen",
};
const BESLUT: Kind = Kind {
    what: Beslut::Period,
    title: "Förläng eller avsluta",
    lead: "Förläng insatsen med en senare sista dag, eller avsluta den med en tidigare. Det senaste beslutet gäller; de \
           tidigare finns kvar i historiken.",
    button: "Spara beslutet",
};

impl Kind {
    fn fields(&self) -> Vec<&'static Falt> {
        let mut fields: Vec<&Falt> = Vec::new();
        if self.what == Beslut::Skapa {
            fields.push(&ID);
        }
        if self.what != Beslut::Period {
            fields.extend(&UPPGIFTER);
        }
        if self.what != Beslut::Andra {
            fields.extend(&PERIOD);
        }
        fields.push(&SKAL);
        fields
    }

    fn show(&self, visit: &Visit, id: Option<&str>, values: &Fields, wrong: &Wrong) -> Answer {
        let back = id.map_or_else(|| visit.url("insatser"), |id| visit.url(&format!("insats/{id}")));
        let view = Formular {
            page: Page::new(visit, self.title, "insatser"),
            tillbaka: back,
            ingress: self.lead,
            knapp: self.button,
            falt: self.fields(),
            varden: values,
            fel: wrong,
        };
        if wrong.is_empty() { show(&view) } else { show_wrong(&view) }
    }

    async fn save(&self, visit: Visit, id: Option<String>, mut values: Fields) -> Answer {
        if let Some(id) = &id {
            values.insert("insats_id".to_owned(), id.clone());
        }
        let (chosen, who) = (visit.chosen()?, visit.who().to_owned());
        let done = insatsbeslut::besluta(&chosen, self.what, &values, &who).await?;
        match done {
            Err(wrong) => {
                let shown = insatsbeslut::without_personnummer(values);
                self.show(&visit, id.as_deref(), &shown, &wrong)
            }
            Ok(()) => {
                let id = values.get("insats_id").map_or("", |id| id.trim());
                let told = if self.what == Beslut::Skapa { "skapad" } else { "sparat" };
                Ok(Redirect::to(&visit.url(&format!("insats/{id}?besked={told}"))).into_response())
            }
        }
    }
}

/// The stored fields of an insats that there is.
async fn stored(visit: &Visit, id: &str) -> Result<Fields, Fail> {
    let form = insatsbeslut::form_of(&visit.chosen()?, id).await?;
    if form.is_empty() { Err(Fail::NotFound) } else { Ok(form) }
}

/// GET `/f/{forbund}/ny-insats`
pub async fn ny(visit: Visit) -> Answer {
    NY.show(&visit, None, &Fields::new(), &Wrong::new())
}

/// POST `/f/{forbund}/ny-insats`
pub async fn skapa(visit: Visit, Form(values): Form<Fields>) -> Answer {
    NY.save(visit, None, values).await
}

/// GET `/f/{forbund}/insats/{insats}/andra`
pub async fn andra_form(visit: Visit, Path((_, id)): Path<(String, String)>) -> Answer {
    let values = stored(&visit, &id).await?;
    ANDRA.show(&visit, Some(&id), &values, &Wrong::new())
}

/// POST `/f/{forbund}/insats/{insats}/andra`
pub async fn andra(visit: Visit, Path((_, id)): Path<(String, String)>, Form(values): Form<Fields>) -> Answer {
    stored(&visit, &id).await?;
    ANDRA.save(visit, Some(id), values).await
}

/// GET `/f/{forbund}/insats/{insats}/period`
pub async fn period_form(visit: Visit, Path((_, id)): Path<(String, String)>) -> Answer {
    let values = stored(&visit, &id).await?;
    BESLUT.show(&visit, Some(&id), &values, &Wrong::new())
}

/// POST `/f/{forbund}/insats/{insats}/period`
pub async fn period(visit: Visit, Path((_, id)): Path<(String, String)>, Form(values): Form<Fields>) -> Answer {
    stored(&visit, &id).await?;
    BESLUT.save(visit, Some(id), values).await
}
