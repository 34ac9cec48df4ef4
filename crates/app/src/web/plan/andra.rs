//! Changing a plan by hand, making a new one, and taking one in from a file.

use super::super::ekonomi;
use super::super::grind::Visit;
use super::super::mottaget::Mottaget;
use super::super::sida::{Answer, Fail, Page, show, show_wrong};
use crate::Error;
use crate::actions::insatsbeslut::{Form as Fields, Wrong, without_personnummer};
use crate::actions::plan::redigera::{self, Borjan, TOMMA, beloppsfalt, falt};
use crate::actions::plan::{self, Funnen};
use crate::clock;
use askama::Template;
use axum::Form;
use axum::extract::{Multipart, Path};
use axum::response::{IntoResponse, Redirect};
use samsyn_core::Finding;
use samsyn_core::personnummer::contains_personnummer;
use samsyn_core::planpost::{Plankategori, Plankolumn};
use samsyn_core::underlag::Underlag;
use samsyn_document::{Datum, format};
use samsyn_import::package::ReceivedFile;

#[derive(Template)]
#[template(path = "plan/andra.html")]
struct Sida<'a> {
    page: Page,
    visit: &'a Visit,
    mote: Datum,
    kolumner: Vec<Plankolumn>,
    rader: Vec<Rad>,
    varden: &'a Fields,
    fel: &'a Wrong,
    enhet: String,
}

/// A row of the form.
struct Rad {
    nr: usize,
    ny: bool,
    kategori: String,
    post: String,
    /// What the post is called where it is an insats's id.
    namn: String,
    belopp: Vec<Ruta>,
}

/// One box of the form.
struct Ruta {
    namn: String,
    etikett: String,
    varde: String,
    fel: bool,
}

async fn found(visit: &Visit, mote: &str) -> Result<Funnen, Fail> {
    let mote: Datum = mote.parse().map_err(|_| Fail::NotFound)?;
    plan::finn(&visit.chosen()?, clock::today(), mote).await.map_err(|error| match error {
        Error::Usage(_) => Fail::NotFound,
        other => other.into(),
    })
}

fn view(visit: &Visit, underlag: &Underlag, mote: Datum, values: &Fields, wrong: &Wrong) -> Answer {
    // A personnummer is never shown again, also where a message quotes it.
    let values = &without_personnummer(values.clone());
    let masked = |(field, text): &(String, String)| {
        let text = if contains_personnummer(text) { "Fältet kan inte läsas.".to_owned() } else { text.clone() };
        (field.clone(), text)
    };
    let wrong = &wrong.iter().map(masked).collect::<Wrong>();
    let kolumner = redigera::kolumner(values);
    let view = Sida {
        page: Page::new(visit, format!("Plan till {}", format::long_date(mote)), "ekonomi"),
        rader: rows(underlag, &kolumner, values, wrong),
        enhet: values.get("enhet").cloned().unwrap_or_else(|| "tkr".to_owned()),
        kolumner,
        visit,
        mote,
        varden: values,
        fel: wrong,
    };
    if wrong.is_empty() { show(&view) } else { show_wrong(&view) }
}

fn rows(underlag: &Underlag, kolumner: &[Plankolumn], values: &Fields, wrong: &Wrong) -> Vec<Rad> {
    let count = redigera::rader(values);
    let given = |name: &str| values.get(name).cloned().unwrap_or_default();
    let row = |nr: usize| {
        let post = given(&falt("post", nr));
        let namn = underlag.insats_nr(&post).map_or_else(String::new, |nr| {
            let of = &underlag.insatser[nr];
            format!("{} ({})", of.kortnamn(), of.insats.insatsagare)
        });
        let shown = if namn.is_empty() { post.clone() } else { namn.clone() };
        let shown = if shown.is_empty() { format!("ny rad {}", nr + TOMMA + 1 - count) } else { shown };
        let cell = |column: &Plankolumn| {
            let namn = beloppsfalt(nr, *column);
            Ruta {
                etikett: format!("{shown}, {}", column.rubrik()),
                varde: given(&namn),
                fel: wrong.iter().any(|(field, _)| *field == namn),
                namn,
            }
        };
        Rad {
            nr,
            ny: post.is_empty(),
            kategori: given(&falt("kategori", nr)),
            namn,
            belopp: kolumner.iter().map(cell).collect(),
            post,
        }
    };
    (0..count).map(row).collect()
}

/// GET `/f/{forbund}/beslutsutrymme/{mote}/andra`
pub async fn form(visit: Visit, Path((_, mote)): Path<(String, String)>) -> Answer {
    let found = found(&visit, &mote).await?;
    let mote = found.plan().datum.ok_or(Fail::NotFound)?;
    view(&visit, &found.underlag, mote, &redigera::form(found.plan()), &Wrong::new())
}

/// POST `/f/{forbund}/beslutsutrymme/{mote}/andra`: stores the plan, or adds a year to the form.
pub async fn spara(visit: Visit, Path((_, mote)): Path<(String, String)>, Form(mut values): Form<Fields>) -> Answer {
    let found = found(&visit, &mote).await?;
    let mote = found.plan().datum.ok_or(Fail::NotFound)?;
    if values.get("gor").is_some_and(|what| what == "kolumn") {
        let wrong = add_column(&mut values);
        return view(&visit, &found.underlag, mote, &values, &wrong);
    }
    match redigera::spara(&visit.chosen()?, mote, &values, visit.who()).await? {
        Err(wrong) => view(&visit, &found.underlag, mote, &values, &wrong),
        Ok(done) => {
            let told = if done.andrad { "plan" } else { "likadant" };
            let to = visit.url(&format!("beslutsutrymme?mote={mote}&besked={told}"));
            Ok(Redirect::to(&to).into_response())
        }
    }
}

/// Adds the year that is asked for to the form's columns, in their order.
fn add_column(values: &mut Fields) -> Wrong {
    let asked = values.get("ny_kolumn").map_or("", |text| text.trim()).to_owned();
    let mut columns = redigera::kolumner(values);
    match asked.parse::<Plankolumn>() {
        Ok(column) if columns.contains(&column) => {
            vec![("ny_kolumn".to_owned(), format!("{} finns redan i planen.", column.rubrik()))]
        }
        Ok(column) => {
            columns.push(column);
            columns.sort();
            let text: Vec<String> = columns.iter().map(ToString::to_string).collect();
            values.insert("kolumner".to_owned(), text.join(" "));
            values.remove("ny_kolumn");
            Wrong::new()
        }
        Err(error) => vec![("ny_kolumn".to_owned(), format!("”{asked}” {}. {}", error.what, error.hint))],
    }
}

/// POST `/f/{forbund}/ny-plan`: a plan for another meeting, as the one before or from what is decided.
pub async fn ny(visit: Visit, Form(values): Form<Fields>) -> Answer {
    let chosen = visit.chosen()?;
    let given = |name: &str| values.get(name).map_or("", |text| text.trim());
    let typed = given("mote");
    let Ok(mote) = typed.parse::<Datum>() else {
        let told = "Skriv styrelsemötets dag, till exempel 2022-10-20.";
        return ekonomi::visa(&visit, vec![told.to_owned()], "").await;
    };
    let from = match given("fran") {
        "besluten" => Borjan::Besluten,
        day => Borjan::Plan(day.parse().map_err(|_| Fail::form())?),
    };
    let underlag = chosen.underlag(clock::today()).await?;
    match redigera::ny(&underlag, mote, from) {
        Err(why) => ekonomi::visa(&visit, vec![why], typed).await,
        Ok(rows) => {
            plan::spara(&chosen, mote, rows, (visit.who(), "ny plan")).await?;
            Ok(Redirect::to(&visit.url(&format!("beslutsutrymme/{mote}/andra?besked=plan"))).into_response())
        }
    }
}

/// POST `/f/{forbund}/las-plan`: takes in a plan from a file; the day of the meeting stands last in its name.
pub async fn las(visit: Visit, parts: Multipart) -> Answer {
    let ReceivedFile { name, bytes } = match Mottaget::read(parts).await.en_fil(&visit) {
        Ok(file) => file,
        Err(told) => return ekonomi::visa(&visit, vec![told], "").await,
    };
    let shown = if contains_personnummer(&name) { "Filen".to_owned() } else { name.clone() };
    let Some(mote) = plan::dag_i_namnet(std::path::Path::new(&name)) else {
        let told = "Filens namn säger inte vilket möte planen är till. Döp om filen så att dagen står sist, till exempel \
                    plan-2022-10-20.csv, och läs in den igen.";
        return ekonomi::visa(&visit, vec![told.to_owned()], "").await;
    };
    match plan::las_fil(&shown, &bytes, mote) {
        Err(Error::Findings(findings)) => {
            let told = |finding: &Finding| format!("{}: {} {}", finding.place, finding.message, finding.hint);
            ekonomi::visa(&visit, findings.iter().map(told).collect(), "").await
        }
        Err(other) => Err(other.into()),
        Ok(rows) => {
            let done = plan::spara(&visit.chosen()?, mote, rows, (visit.who(), "plan ur fil")).await?;
            let told = if done.andrad { "plan" } else { "likadant" };
            Ok(Redirect::to(&visit.url(&format!("beslutsutrymme?mote={mote}&besked={told}"))).into_response())
        }
    }
}

impl Sida<'_> {
    fn kategorier(&self) -> &'static [Plankategori] {
        Plankategori::ALL
    }

    fn varde(&self, name: &str) -> &str {
        self.varden.get(name).map_or("", String::as_str)
    }

    fn har_fel(&self, name: &str) -> bool {
        self.fel.iter().any(|(field, _)| field == name)
    }
}
