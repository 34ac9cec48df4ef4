//! The form of a plan: changing one by hand, and looking at a new one or one from a file before it is stored.

use super::super::grind::Visit;
use super::super::sida::{Answer, Fail, Page, show, show_wrong};
use crate::actions::insatsbeslut::{Form as Fields, Wrong, without_personnummer};
use crate::actions::plan::redigera::{self, Utfall, beloppsfalt, falt};
use crate::actions::plan::{Nyare, ny};
use crate::actions::star::{HANDELSE, handelse};
use crate::clock;
use askama::Template;
use axum::Form;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use samsyn_core::personnummer::contains_personnummer;
use samsyn_core::planpost::{Plankategori, Plankolumn};
use samsyn_core::underlag::{InsatsUnderlag, Underlag};
use samsyn_document::{Datum, format};

#[derive(Template)]
#[template(path = "plan/andra.html")]
struct Sida<'a> {
    page: Page,
    visit: &'a Visit,
    mote: Datum,
    kolumner: Vec<Plankolumn>,
    rader: Vec<Rad>,
    /// The insatser that a post can be: id and name.
    insatser: Vec<(String, String)>,
    varden: &'a Fields,
    fel: &'a Wrong,
    enhet: String,
    ny: bool,
    ur_fil: Option<Vec<String>>,
    nyare: Option<Nyare>,
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

/// What the page shows.
pub(super) struct Plansida<'a> {
    /// The meeting.
    pub mote: Datum,
    /// What stands in the form.
    pub values: &'a Fields,
    /// What is wrong with it, by field.
    pub fel: Wrong,
    /// Whether there is no plan for the meeting yet.
    pub ny: bool,
    /// What differs from the plan as it stands, when the form is of a file and there is a plan.
    pub ur_fil: Option<Vec<String>>,
    /// What someone else has done since the form was made.
    pub nyare: Option<Nyare>,
}

impl<'a> Plansida<'a> {
    /// The form of a plan for a meeting.
    pub fn new(mote: Datum, values: &'a Fields) -> Plansida<'a> {
        Plansida { mote, values, fel: Wrong::new(), ny: false, ur_fil: None, nyare: None }
    }
}

/// The page.
pub(super) fn visa(visit: &Visit, underlag: &Underlag, asked: Plansida<'_>) -> Answer {
    let Plansida { mote, values, fel, ny, ur_fil, nyare } = asked;
    // A personnummer is never shown again, also where a message quotes it.
    let values = &without_personnummer(values.clone());
    let masked = |(field, text): &(String, String)| {
        let text = if contains_personnummer(text) { "Fältet kan inte läsas.".to_owned() } else { text.clone() };
        (field.clone(), text)
    };
    let fel = &fel.iter().map(masked).collect::<Wrong>();
    let kolumner = redigera::kolumner(values);
    let view = Sida {
        page: Page::new(visit, format!("Plan till mötet den {}", format::long_date(mote)), "ekonomi"),
        rader: rows(underlag, &kolumner, values, fel),
        insatser: underlag.insatser.iter().map(|of| (of.insats.insats_id.to_string(), insatsnamn(of))).collect(),
        enhet: values.get("enhet").cloned().unwrap_or_else(|| "tkr".to_owned()),
        kolumner,
        visit,
        mote,
        varden: values,
        fel,
        ny,
        ur_fil,
        nyare,
    };
    if view.nyare.is_some() {
        return Ok((StatusCode::CONFLICT, show(&view)?).into_response());
    }
    if fel.is_empty() { show(&view) } else { show_wrong(&view) }
}

fn insatsnamn(of: &InsatsUnderlag) -> String {
    of.namn_med_agare()
}

fn rows(underlag: &Underlag, kolumner: &[Plankolumn], values: &Fields, wrong: &Wrong) -> Vec<Rad> {
    let given = |name: &str| values.get(name).cloned().unwrap_or_default();
    let row = |nr: usize| {
        let post = given(&falt("post", nr));
        let namn = underlag.insats_nr(&post).map_or_else(String::new, |nr| insatsnamn(&underlag.insatser[nr]));
        let shown = if namn.is_empty() { post.clone() } else { namn.clone() };
        let shown = if shown.is_empty() { format!("rad {}", nr + 1) } else { shown };
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
    (0..redigera::rader(values)).map(row).collect()
}

fn meeting(text: &str) -> Result<Datum, Fail> {
    let day = text.parse().map_err(|_| Fail::NotFound)?;
    ny::mojlig(day).map(|()| day).map_err(|_| Fail::NotFound)
}

/// GET `/f/{forbund}/beslutsutrymme/{mote}/andra`
pub async fn form(visit: Visit, Path((_, mote)): Path<(String, String)>) -> Answer {
    let (chosen, mote) = (visit.chosen()?, meeting(&mote)?);
    let handelse = handelse(&chosen).await?;
    let underlag = chosen.underlag(clock::today()).await?;
    let nr = underlag.ekonomi.plan(mote).ok_or(Fail::NotFound)?;
    let values = redigera::form(&underlag.ekonomi.planer[nr], handelse);
    visa(&visit, &underlag, Plansida::new(mote, &values))
}

/// POST `/f/{forbund}/beslutsutrymme/{mote}/andra`: stores the plan, or adds a year to the form or takes one away.
pub async fn spara(visit: Visit, Path((_, mote)): Path<(String, String)>, Form(mut values): Form<Fields>) -> Answer {
    let (chosen, mote) = (visit.chosen()?, meeting(&mote)?);
    let (mut fel, mut nyare) = (Wrong::new(), None);
    match values.get("gor").map(String::as_str) {
        Some("kolumn") => fel = add_column(&mut values),
        Some("bort-kolumn") => fel = remove_column(&mut values),
        _ => match redigera::spara(&chosen, mote, &values, visit.who()).await? {
            Utfall::Klart(done) => {
                let told = if done.andrad { "plan" } else { "likadant" };
                let to = visit.url(&format!("beslutsutrymme?mote={mote}&besked={told}"));
                return Ok(Redirect::to(&to).into_response());
            }
            Utfall::Fel(wrong) => fel = wrong,
            Utfall::Nyare(found) => {
                // To save once more is to have seen what the other did.
                values.insert(HANDELSE.to_owned(), found.handelse.to_string());
                nyare = Some(found);
            }
        },
    }
    let underlag = chosen.underlag(clock::today()).await?;
    let ny = underlag.ekonomi.plan(mote).is_none();
    visa(&visit, &underlag, Plansida { fel, ny, nyare, ..Plansida::new(mote, &values) })
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

/// Takes the year that is asked for from the form, with its amounts.
fn remove_column(values: &mut Fields) -> Wrong {
    let Ok(gone) = values.remove("bort_kolumn").unwrap_or_default().trim().parse::<Plankolumn>() else {
        return vec![("bort_kolumn".to_owned(), "Välj vilket år som ska tas bort.".to_owned())];
    };
    let kept: Vec<String> =
        redigera::kolumner(values).iter().filter(|column| **column != gone).map(ToString::to_string).collect();
    values.insert("kolumner".to_owned(), kept.join(" "));
    let ending = format!("-{gone}");
    values.retain(|name, _| !amount_of(name, &ending));
    Wrong::new()
}

/// Whether a field is an amount of the column whose ending this is: `belopp-3-2022`, and not `belopp-3-2022-budget`.
fn amount_of(field: &str, ending: &str) -> bool {
    let row = field.strip_prefix("belopp-").and_then(|rest| rest.strip_suffix(ending));
    row.is_some_and(|row| row.bytes().all(|byte| byte.is_ascii_digit()))
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
