//! Versions of reports: their list, beginning one, and what their pages share.

pub mod historik;
pub mod jamfor;
pub mod narvaro;
pub mod ordning;
mod redigerare;
pub mod sida;
pub mod siffra;
pub mod siffror;
pub mod skriv;
pub mod steg;

use super::grind::Visit;
use super::nedladdning::{self, Fil, marke};
use super::sida::{Answer, Fail, Page, show};
use super::tid::day;
use crate::access::Action;
use crate::actions::version::{self, frysning, steg as stegen};
use askama::Template;
use axum::Form;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use samsyn_core::version::{Avser, Slag};
use samsyn_document::datum::moment;
use samsyn_store::version::Version;
use std::collections::BTreeMap;

/// A form's fields by name.
pub type Falt = BTreeMap<String, String>;

/// Whether the visitor may read what is not låst.
pub fn open_too(visit: &Visit) -> bool {
    visit.rights.all(Action::KommenteraRapport) || visit.rights.all(Action::SkrivRapport)
}

/// The version of an address, if the visitor may see it.
pub async fn finn(visit: &Visit, nr: i64) -> Result<Version, Fail> {
    let chosen = visit.chosen()?;
    version::finn(&chosen, nr, open_too(visit)).await?.ok_or(Fail::NotFound)
}

/// The address of a version's pages.
pub fn url(visit: &Visit, nr: i64, rest: &str) -> String {
    visit.url(&format!("version/{nr}{}{rest}", if rest.is_empty() || rest.starts_with(['?', '#']) { "" } else { "/" }))
}

/// The id of a place on the page.
pub fn ankare(plats: &str) -> String {
    format!("plats-{}", plats.replace('/', "-"))
}

/// A version in a list.
#[derive(Debug)]
pub struct Rad {
    /// The version.
    pub version: Version,
    /// Its name.
    pub namn: String,
    /// Its page.
    pub lank: String,
    /// Its state and when, in words.
    pub lage: String,
}

impl Rad {
    /// A version as a line of a list.
    pub fn new(visit: &Visit, version: Version) -> Rad {
        let lage = match (&version.behandlad, &version.last) {
            (Some((day, what, paragraf)), _) => {
                format!("{} av styrelsen {day}, {paragraf}", what.text())
            }
            (None, Some((ms, who))) => format!("Låst {} av {who}", moment(*ms)),
            _ => format!("{}, påbörjad {} av {}", version.lage.text(), moment(version.skapad_ms), version.skapad_av),
        };
        Rad { lank: url(visit, version.nr, ""), namn: version::namn(&version), lage, version }
    }
}

/// The versions of a report that the visitor may see, and whether the visitor may begin one.
pub async fn av(visit: &Visit, slag: Slag, avser: Avser) -> Result<(Vec<Rad>, bool), Fail> {
    let all = version::lista(&visit.chosen()?, open_too(visit)).await?;
    let own = all.into_iter().filter(|version| (version.slag, version.avser) == (slag, avser));
    let rows: Vec<Rad> = own.map(|version| Rad::new(visit, version)).collect();
    let may = rows.is_empty() && visit.rights.all(Action::SkrivRapport);
    Ok((rows, may))
}

#[derive(Template)]
#[template(path = "version/lista.html")]
struct Lista<'a> {
    page: Page,
    visit: &'a Visit,
    rader: Vec<Rad>,
    far_skriva: bool,
}

/// GET `/f/{forbund}/versioner`
pub async fn lista(visit: Visit) -> Answer {
    let found = version::lista(&visit.chosen()?, open_too(&visit)).await?;
    let view = Lista {
        page: Page::new(&visit, "Versioner", "rapport"),
        rader: found.into_iter().map(|version| Rad::new(&visit, version)).collect(),
        far_skriva: visit.rights.all(Action::SkrivRapport),
        visit: &visit,
    };
    show(&view)
}

/// POST `/f/{forbund}/versioner`: begins the first version of a report.
pub async fn borja(visit: Visit, Form(falt): Form<Falt>) -> Answer {
    let chosen = visit.chosen()?;
    let given = |name: &str| falt.get(name).map(|text| text.trim()).unwrap_or_default();
    let slag = Slag::of_kod(given("slag")).ok_or_else(Fail::form)?;
    let avser: Avser = given("period").parse().map_err(Fail::Bad)?;
    if !slag.kan_avse(avser) {
        return Err(Fail::form());
    }
    let per = day(&falt, "per")?;
    match stegen::borja(&chosen, slag, avser, per, visit.who()).await? {
        Ok(nr) => Ok(Redirect::to(&url(&visit, nr, "?besked=paborjad")).into_response()),
        Err(why) => {
            // Someone else was quicker, or it was begun long ago: there it is.
            let all = version::lista(&chosen, true).await?;
            let there = all.into_iter().find(|version| (version.slag, version.avser) == (slag, avser));
            let there = there.ok_or(Fail::Bad(why))?.nr;
            Ok(Redirect::to(&url(&visit, there, "")).into_response())
        }
    }
}

/// GET `/f/{forbund}/version/{nr}/fil/{fil}`, for instance `pm.pdf`, or `underlag.zip` or `delar.zip` of one that is låst.
pub async fn fil(visit: Visit, Path((_, nr, name)): Path<(String, i64, String)>) -> Answer {
    let found = finn(&visit, nr).await?;
    let chosen = visit.chosen()?;
    let base = format!("{}-{}-version-{}", found.slag.kod(), found.avser, found.version);
    if ["underlag.zip", "delar.zip"].contains(&&*name) && !found.lage.is_open() {
        if !visit.rights.all(Action::SeInskrivningar) {
            return Err(Fail::NotFound);
        }
        visit.log("läsning av inskrivningar", &format!("underlaget till {}", version::namn(&found))).await?;
        let bytes = match &*name {
            "underlag.zip" => frysning::underlag(&chosen, &found).await?,
            _ => frysning::delar(&chosen, &found).await?,
        };
        return Ok(nedladdning::zip(&format!("{base}-{name}"), bytes));
    }
    let file = Fil::asked(&name)?;
    if file.vilken != found.slag.kod() {
        return Err(Fail::NotFound);
    }
    let document = version::dokument(&chosen, &found).await?;
    file.of(&chosen, document, &format!("{base}{}", marke(&chosen))).await
}
