//! Creating, changing, prolonging and closing an insats.

use super::formular::{Falt, Formular, Formularsida};
use super::grind::Visit;
use super::sida::{Answer, Fail, Page};
use crate::actions::insatsbeslut::{self, Beslut, Form as Fields, Wrong};
use crate::actions::{insats, makulera};
use crate::clock;
use axum::Form;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use samsyn_core::insats::{Inriktning, Insats, InsatsTyp};

/// The insats's own id, which cannot be changed.
fn id() -> Falt {
    Falt::new("insats_id", "Id", "text").hjalp(
        "Kort, till exempel ost-bryggan. Högst 64 bokstäver, siffror, bindestreck, punkter och understreck. Kan inte \
         bytas.",
    )
}

/// The facts about it.
fn uppgifter(tidigare: Vec<(String, String)>) -> [Falt; 7] {
    let typer = InsatsTyp::ALL.iter().map(|typ| (typ.kod().to_owned(), typ.text().to_owned()));
    let inriktningar =
        Inriktning::ALL.iter().map(|inriktning| (inriktning.kod().to_owned(), inriktning.text().to_owned()));
    let ingen = || std::iter::once((String::new(), "Ingen".to_owned()));
    [
        Falt::new("namn", "Namn", "text").hjalp("Som i ansökan."),
        Falt::new("kortnamn", "Kortnamn", "text").hjalp("För tabeller och löpande text.").valfri(),
        Falt::new("insatsagare", "Insatsägare", "text").hjalp("Den part som driver insatsen."),
        Falt::new("typ", "Typ", "val").val(typer.collect()),
        Falt::new("inriktning", "Inriktning", "val")
            .hjalp("För individinsatser.")
            .val(ingen().chain(inriktningar).collect())
            .valfri(),
        Falt::new("redovisas_med", "Fortsätter insatsen", "val")
            .hjalp("När insatsen tar över efter en tidigare. Deltagarna räknas då tillsammans.")
            .val(ingen().chain(tidigare).collect())
            .valfri(),
        Falt::new("forvantat_antal_per_ar", "Förväntat antal deltagare per år", "tal").valfri(),
    ]
}

/// A decision on when it runs.
fn period_av() -> [Falt; 3] {
    [
        Falt::new("start", "Första dag", "dag"),
        Falt::new("slut", "Sista dag", "dag").hjalp("Dagen ingår i perioden."),
        Falt::new("beslutad", "Beslutsdag", "dag").hjalp("Den dag då beslutet fattades."),
    ]
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
    /// The fields; `tidigare` are the insatser that this one can continue, by id and name.
    fn fields(&self, tidigare: Vec<(String, String)>) -> Vec<Falt> {
        let mut fields: Vec<Falt> = Vec::new();
        if self.what == Beslut::Skapa {
            fields.push(id());
        }
        if self.what != Beslut::Period {
            fields.extend(uppgifter(tidigare));
        }
        if self.what != Beslut::Andra {
            fields.extend(period_av());
        }
        let why = "Till exempel: Styrelsen 2023-06-14, § 32. Sparas i historiken.";
        fields.push(Falt::new("skal", "Skäl eller beslut", "text").hjalp(why));
        fields
    }

    async fn show(&self, visit: &Visit, id: Option<&str>, values: &Fields, wrong: &Wrong) -> Answer {
        let all = insats::lista(&visit.chosen()?, &visit.rights, clock::today()).await?;
        let own = all.iter().find(|(insats, _)| Some(insats.insats_id.as_str()) == id);
        let (title, till) = match own {
            Some((insats, _)) => (format!("{}: {}", self.title, namn_och_agare(insats)), insats.namn.clone()),
            None => (self.title.to_owned(), "Insatser".to_owned()),
        };
        let mut lead = self.lead.to_owned();
        if let (Beslut::Period, Some((_, Some(now)))) = (self.what, own) {
            lead = format!("Nu gäller {} till {}, beslutat {}. {lead}", now.start, now.slut, now.beslutad);
        }
        let others = all.into_iter().filter(|(insats, _)| Some(insats.insats_id.as_str()) != id);
        let tidigare = others.map(|(insats, _)| (insats.insats_id.to_string(), namn_och_agare(&insats)));
        let back = id.map_or_else(|| visit.url("insatser"), |id| visit.url(&format!("insats/{id}")));
        let view = Formularsida {
            page: Page::new(visit, title, "insatser"),
            tillbaka: back,
            till,
            ingress: lead,
            knapp: self.button,
            formular: Formular::new(self.fields(tidigare.collect()), values, wrong),
        };
        view.visa()
    }

    async fn save(&self, visit: Visit, id: Option<String>, mut values: Fields) -> Answer {
        if let Some(id) = &id {
            values.insert("insats_id".to_owned(), id.clone());
        }
        let (chosen, who) = (visit.chosen()?, visit.who().to_owned());
        let done = insatsbeslut::besluta(&chosen, self.what, &values, &who).await?;
        match done {
            Err(wrong) => self.show(&visit, id.as_deref(), &values, &wrong).await,
            Ok(()) => {
                let id = values.get("insats_id").map_or("", |id| id.trim());
                let told = match self.what {
                    Beslut::Skapa => "skapad",
                    Beslut::Andra => "sparat",
                    Beslut::Period => "beslut",
                };
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
    NY.show(&visit, None, &Fields::new(), &Wrong::new()).await
}

/// POST `/f/{forbund}/ny-insats`
pub async fn skapa(visit: Visit, Form(values): Form<Fields>) -> Answer {
    NY.save(visit, None, values).await
}

/// GET `/f/{forbund}/insats/{insats}/andra`
pub async fn andra_form(visit: Visit, Path((_, id)): Path<(String, String)>) -> Answer {
    let values = stored(&visit, &id).await?;
    ANDRA.show(&visit, Some(&id), &values, &Wrong::new()).await
}

/// POST `/f/{forbund}/insats/{insats}/andra`
pub async fn andra(visit: Visit, Path((_, id)): Path<(String, String)>, Form(values): Form<Fields>) -> Answer {
    stored(&visit, &id).await?;
    ANDRA.save(visit, Some(id), values).await
}

/// GET `/f/{forbund}/insats/{insats}/period`
pub async fn period_form(visit: Visit, Path((_, id)): Path<(String, String)>) -> Answer {
    let values = stored(&visit, &id).await?;
    BESLUT.show(&visit, Some(&id), &values, &Wrong::new()).await
}

/// POST `/f/{forbund}/insats/{insats}/period`
pub async fn period(visit: Visit, Path((_, id)): Path<(String, String)>, Form(values): Form<Fields>) -> Answer {
    stored(&visit, &id).await?;
    BESLUT.save(visit, Some(id), values).await
}

fn namn_och_agare(insats: &Insats) -> String {
    format!("{} ({})", insats.namn, insats.insatsagare)
}

/// The name of a stored insats, and with its insatsägare.
fn names(form: &Fields) -> [String; 2] {
    let field = |name: &str| form.get(name).cloned().unwrap_or_default();
    [field("namn"), format!("{} ({})", field("namn"), field("insatsagare"))]
}

fn show_makulera(visit: &Visit, id: &str, [namn, hela]: [String; 2], values: &Fields, wrong: &Wrong) -> Answer {
    let why = "Till exempel: Tillagd av misstag, finns redan under annat namn. Sparas i historiken.";
    let view = Formularsida {
        page: Page::new(visit, format!("Makulera {hela}"), "insatser"),
        tillbaka: visit.url(&format!("insats/{id}")),
        till: namn,
        ingress:
            "Makulera bara en insats som lagts till av misstag. Den försvinner ur listor och rapporter från nu. En \
                  insats som har varit i gång avslutas i stället."
                .to_owned(),
        knapp: "Makulera",
        formular: Formular::new(vec![Falt::new("skal", "Skäl", "text").hjalp(why)], values, wrong),
    };
    view.visa()
}

/// GET `/f/{forbund}/insats/{insats}/makulera`
pub async fn makulera_form(visit: Visit, Path((_, id)): Path<(String, String)>) -> Answer {
    let namn = names(&stored(&visit, &id).await?);
    show_makulera(&visit, &id, namn, &Fields::new(), &Wrong::new())
}

/// POST `/f/{forbund}/insats/{insats}/makulera`
pub async fn makulera(visit: Visit, Path((_, id)): Path<(String, String)>, Form(values): Form<Fields>) -> Answer {
    let namn = names(&stored(&visit, &id).await?);
    let (chosen, who) = (visit.chosen()?, visit.who().to_owned());
    match makulera::makulera(&chosen, &id, &values, &who).await? {
        Ok(()) => Ok(Redirect::to(&visit.url("insatser?besked=makulerad")).into_response()),
        Err(wrong) => show_makulera(&visit, &id, namn, &values, &wrong),
    }
}
