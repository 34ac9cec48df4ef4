//! Writing at a place of a version: the form, saving it, and putting a right figure in. With a script the same form is
//! an editor that saves as one writes.

use super::redigerare::redigerbar;
use super::{Falt, ankare, finn, url};
use crate::actions::forbund::Chosen;
use crate::actions::version::Oppen;
use crate::actions::version::platser::Platser;
use crate::actions::version::skriva::{self, Anmarkt, Sparat};
use crate::web::grind::Visit;
use crate::web::sida::{Answer, Fail, Page, show};
use crate::web::tid::{Fragor, encode, given};
use askama::Template;
use axum::Form;
use axum::Json;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use samsyn_core::rapport::skillnad::{Bit, ord_for_ord};
use samsyn_core::rapport::skrivet::{EGET, clean, ord_skiljer, platser};
use samsyn_document::datum::moment;
use samsyn_store::version::Version;
use samsyn_store::version::text::Last;
use serde::Serialize;

/// The form of a place.
#[derive(Template)]
#[template(path = "version/skriv.html")]
struct Ruta<'a> {
    plats: &'a str,
    rubrik: String,
    ankare: String,
    handling: String,
    ratta: String,
    siffror: String,
    tillbaka: String,
    historik: String,
    text: String,
    redigerbar: String,
    last: i64,
    skriven: Option<String>,
    /// Whether the figures give a text here; else the place is one's own.
    har_mall: bool,
    skillnad: Vec<Bit>,
    /// How the text that the figures give has changed since the version before.
    andrad_mall: Vec<Bit>,
    anmarkningar: Vec<Anmarkt>,
    andra: Vec<String>,
    nyare: Option<Nyare>,
    fel: Option<String>,
}

/// What someone else has saved meanwhile.
struct Nyare {
    vem: String,
    nar: String,
    text: String,
}

#[derive(Template)]
#[template(path = "version/skrivsida.html")]
struct Sida<'a> {
    page: Page,
    tillbaka: String,
    version: String,
    ruta: Ruta<'a>,
}

/// A version, what a place of it is called, and the text that the figures give there.
async fn at_hand(visit: &Visit, nr: i64, plats: &str) -> Result<(Oppen, String, String), Fail> {
    let version = finn(visit, nr).await?;
    let open = Oppen::med_fore(&visit.chosen()?, version).await?;
    let rubrik = Platser::of(&open, &open.skriven()).rubrik(plats).ok_or_else(Fail::form)?;
    let generated = platser(&open.grund.document).into_iter().find(|place| place.namn == plats);
    Ok((open, rubrik, generated.map(|place| place.text).unwrap_or_default()))
}

/// The same of a version that can be written in.
async fn open_at_hand(visit: &Visit, nr: i64, plats: &str) -> Result<(Oppen, String, String), Fail> {
    let at_hand = at_hand(visit, nr, plats).await?;
    if at_hand.0.version.lage.is_open() {
        return Ok(at_hand);
    }
    Err(Fail::Bad("Versionen är låst och kan inte ändras. Börja en ny version.".to_owned()))
}

fn ruta<'a>(
    visit: &Visit,
    open: &Oppen,
    (plats, rubrik): (&'a str, String),
    generated: &str,
) -> Result<Ruta<'a>, Fail> {
    let nr = open.version.nr;
    let stored = open.text(plats);
    let written = stored.and_then(|text| text.text.as_deref());
    let text = written.unwrap_or(generated).to_owned();
    let skillnad = written
        .filter(|text| ord_skiljer(text, generated))
        .map_or_else(Vec::new, |text| ord_for_ord(&skriva::i_ord(open, generated), &skriva::i_ord(open, text)));
    let user = visit.visitor.as_ref().map_or(0, |visitor| visitor.user.nr);
    let place = (visit.forbund.as_ref().map_or(0, |forbund| forbund.nr), nr);
    let others = visit.server.narvaro.har(place, (user, visit.who()), plats, crate::clock::now_ms());
    Ok(Ruta {
        ankare: ankare(plats),
        handling: url(visit, nr, "skriv"),
        ratta: url(visit, nr, "ratta"),
        siffror: url(visit, nr, "siffror"),
        tillbaka: url(visit, nr, &format!("#{}", ankare(plats))),
        historik: url(visit, nr, &format!("historik?plats={}", encode(plats))),
        redigerbar: redigerbar(&text, &|id| open.grund.finn(id)),
        last: stored.map_or(0, |text| text.nr),
        skriven: stored
            .filter(|_| written.is_some())
            .map(|text| format!("Skriven av {} {}", text.vem, moment(text.tid_ms))),
        anmarkningar: skriva::anmarkningar_i(&visit.chosen()?, open, &text),
        andra: others.into_iter().filter(|(other, _)| other == plats).map(|(_, name)| name).collect(),
        nyare: None,
        fel: None,
        har_mall: !plats.starts_with(EGET),
        skillnad,
        andrad_mall: open
            .andrade_mallar()
            .into_iter()
            .find(|(place, ..)| *place == plats)
            .map_or_else(Vec::new, |(_, then, now)| ord_for_ord(&then, &now)),
        rubrik,
        plats,
        text,
    })
}

fn whole(visit: &Visit, version: &Version, ruta: Ruta<'_>) -> Answer {
    let view = Sida {
        page: Page::new(visit, format!("Skriv: {}", ruta.rubrik), "rapport"),
        tillbaka: url(visit, version.nr, ""),
        version: crate::actions::version::namn(version),
        ruta,
    };
    show(&view)
}

/// GET `/f/{forbund}/version/{nr}/skriv?plats=…`; to the script of the page, the form alone.
pub async fn form(visit: Visit, headers: HeaderMap, Path((_, nr)): Path<(String, i64)>, asked: Fragor) -> Answer {
    let plats = given(&asked, "plats").ok_or_else(Fail::form)?;
    let (open, rubrik, generated) = open_at_hand(&visit, nr, plats).await?;
    let ruta = ruta(&visit, &open, (plats, rubrik), &generated)?;
    if headers.contains_key("hx-request") { show(&ruta) } else { whole(&visit, &open.version, ruta) }
}

/// What the editor is told.
#[derive(Serialize)]
struct Svar {
    /// The revision that now stands.
    last: i64,
    /// When, for people.
    nar: String,
    /// What the figures do not bear, as the list of the form.
    anmarkningar: String,
    /// Someone else's text, when it was in the way.
    #[serde(skip_serializing_if = "Option::is_none")]
    nyare: Option<Annans>,
    /// Why nothing was saved.
    #[serde(skip_serializing_if = "Option::is_none")]
    fel: Option<String>,
}

#[derive(Serialize)]
struct Annans {
    vem: String,
    nar: String,
    /// The text as it is written, and as the editor shows it.
    text: String,
    redigerbar: String,
}

#[derive(Template)]
#[template(path = "version/anmarkningar.html")]
struct Anmarkningar<'a> {
    anmarkningar: &'a [Anmarkt],
    ratta: String,
    plats: &'a str,
    last: i64,
}

/// POST `/f/{forbund}/version/{nr}/skriv`
pub async fn spara(
    visit: Visit,
    headers: HeaderMap,
    Path((_, nr)): Path<(String, i64)>,
    Form(falt): Form<Falt>,
) -> Answer {
    finn(&visit, nr).await?;
    let given = |name: &str| falt.get(name).map(String::as_str).unwrap_or_default();
    let last: i64 = given("last").parse().map_err(|_| Fail::form())?;
    let plats = given("plats");
    let back = given("gor") == "generera";
    let written = (!back).then(|| given("text"));
    let user = visit.visitor.as_ref().ok_or(Fail::NotFound)?.user.nr;
    let chosen = visit.chosen()?;
    let script = headers.get("accept").is_some_and(|kinds| kinds.as_bytes().starts_with(b"application/json"));
    let (open, rubrik, generated) = match at_hand(&visit, nr, plats).await {
        Err(Fail::Bad(why)) if script => return Ok(to_script_no(last, why)),
        at_hand => at_hand?,
    };
    let untouched = written.is_some_and(|text| !ord_skiljer(&clean(text), &generated));
    let saved = if untouched && open.text(plats).is_none() {
        // Nothing was written: the place goes on following the figures.
        Sparat::Klart(0)
    } else {
        let read = Last { nr: last, egen: given("ny") == "ja" };
        skriva::spara(&chosen, nr, (plats, read), written, (user, visit.who())).await?
    };
    if script {
        return Ok(to_script(&visit, &chosen, &open, (plats, given("text"), &generated), last, saved));
    }
    let mut ruta = ruta(&visit, &open, (plats, rubrik), &generated)?;
    match saved {
        Sparat::Klart(_) => {
            Ok(Redirect::to(&url(&visit, nr, &format!("?besked=sparad-text#{}", ankare(plats)))).into_response())
        }
        Sparat::Nyare(newer) => {
            ruta.last = newer.nr;
            ruta.nyare = Some(Nyare {
                vem: newer.vem.clone(),
                nar: moment(newer.tid_ms),
                text: newer.text.clone().unwrap_or(generated),
            });
            given("text").clone_into(&mut ruta.text);
            Ok((StatusCode::CONFLICT, whole(&visit, &open.version, ruta)?).into_response())
        }
        Sparat::Nej(why) => {
            // Nothing that may name a person is shown again.
            if !samsyn_core::personnummer::contains_personnummer(given("text")) {
                given("text").clone_into(&mut ruta.text);
            }
            ruta.last = last;
            ruta.fel = Some(why);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, whole(&visit, &open.version, ruta)?).into_response())
        }
    }
}

/// Tells the editor that nothing was saved, and why.
fn to_script_no(last: i64, why: String) -> Response {
    let nar = moment(crate::clock::now_ms());
    let answer = Svar { last, nar, anmarkningar: String::new(), nyare: None, fel: Some(why) };
    (StatusCode::UNPROCESSABLE_ENTITY, Json(answer)).into_response()
}

fn to_script(
    visit: &Visit,
    chosen: &Chosen<'_>,
    open: &Oppen,
    (plats, text, generated): (&str, &str, &str),
    last: i64,
    saved: Sparat,
) -> Response {
    let now = moment(crate::clock::now_ms());
    let mut answer = Svar { last, nar: now, anmarkningar: String::new(), nyare: None, fel: None };
    let status = match saved {
        Sparat::Klart(nr) => {
            answer.last = nr;
            let found = skriva::anmarkningar_i(chosen, open, &clean(text));
            let list =
                Anmarkningar { anmarkningar: &found, ratta: url(visit, open.version.nr, "ratta"), plats, last: nr };
            answer.anmarkningar = list.render().unwrap_or_default();
            StatusCode::OK
        }
        Sparat::Nyare(newer) => {
            let text = newer.text.unwrap_or_else(|| generated.to_owned());
            let redigerbar = redigerbar(&text, &|id| open.grund.finn(id));
            answer.last = newer.nr;
            answer.nyare = Some(Annans { vem: newer.vem, nar: moment(newer.tid_ms), text, redigerbar });
            StatusCode::CONFLICT
        }
        Sparat::Nej(why) => {
            answer.fel = Some(why);
            StatusCode::UNPROCESSABLE_ENTITY
        }
    };
    (status, Json(answer)).into_response()
}

/// POST `/f/{forbund}/version/{nr}/ratta`: puts the right figure where a wrong number stands, if it still stands there.
pub async fn ratta(visit: Visit, Path((_, nr)): Path<(String, i64)>, Form(falt): Form<Falt>) -> Answer {
    let given = |name: &str| falt.get(name).map(String::as_str).unwrap_or_default();
    let plats = given("plats");
    let (open, _, generated) = open_at_hand(&visit, nr, plats).await?;
    let last: i64 = given("last").parse().map_err(|_| Fail::form())?;
    let text = open.text(plats).and_then(|text| text.text.clone()).unwrap_or(generated);
    let (from, to): (Option<usize>, Option<usize>) = (given("fran").parse().ok(), given("till").parse().ok());
    let range = from.zip(to).filter(|(from, to)| from <= to);
    let stands = range.and_then(|(from, to)| text.get(from..to));
    let right = skriva::anmarkningar_i(&visit.chosen()?, &open, &text)
        .into_iter()
        .find(|remark| range == Some((remark.fran, remark.till)));
    let user = visit.visitor.as_ref().ok_or(Fail::NotFound)?.user.nr;
    let moved =
        || Fail::Bad("Texten har ändrats sedan sidan visades. Gå tillbaka, läs om sidan och försök igen.".to_owned());
    let (Some((from, to)), Some(stands), Some(right)) = (range, stands, right) else { return Err(moved()) };
    let Some((_, written)) = right.ratt.filter(|_| stands == given("skrivet")) else { return Err(moved()) };
    let changed = format!("{}{written}{}", &text[..from], &text[to..]);
    match skriva::spara(&visit.chosen()?, nr, (plats, last.into()), Some(&changed), (user, visit.who())).await? {
        Sparat::Klart(_) if given("till_skriv") == "ja" => {
            Ok(Redirect::to(&url(&visit, nr, &format!("skriv?plats={}", encode(plats)))).into_response())
        }
        Sparat::Klart(_) => {
            Ok(Redirect::to(&url(&visit, nr, &format!("?besked=rattat#{}", ankare(plats)))).into_response())
        }
        Sparat::Nyare(_) => Err(moved()),
        Sparat::Nej(why) => Err(Fail::Bad(why)),
    }
}
