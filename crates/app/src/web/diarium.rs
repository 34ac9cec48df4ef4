//! The diarium: what has come in, gone out or been drawn up, by year and number.

use super::grind::Visit;
use super::sida::{Answer, Page, show, show_wrong};
use super::version;
use crate::access::Action;
use crate::actions::diarium;
use crate::clock;
use askama::Template;
use axum::Form;
use axum::response::{IntoResponse, Redirect};
use samsyn_document::datum::moment;
use samsyn_store::diarium::Diariepost;

#[derive(Template)]
#[template(path = "diarium/sida.html")]
struct Sida {
    page: Page,
    poster: Vec<Post>,
    diariefor: bool,
    ser_utkast: bool,
    fel: Option<String>,
    datum: String,
    arende: String,
}

struct Post {
    nummer: String,
    datum: String,
    arende: String,
    vem: String,
    lank: Option<String>,
}

async fn page(visit: &Visit, wrong: Option<String>, (datum, arende): (String, String)) -> Answer {
    let found = diarium::lista(&visit.chosen()?, version::open_too(visit)).await?;
    let post = |post: Diariepost| Post {
        nummer: crate::actions::version::diarienummer((post.ar, post.lopnr)),
        vem: format!("{}, {}", post.vem, moment(post.tid_ms)),
        lank: post.version.map(|nr| version::url(visit, nr, "")),
        datum: post.datum,
        arende: post.arende,
    };
    let view = Sida {
        page: Page::new(visit, "Diarium", "diarium"),
        poster: found.into_iter().map(post).collect(),
        ser_utkast: version::open_too(visit),
        diariefor: visit.rights.all(Action::Diariefora),
        fel: wrong.clone(),
        datum,
        arende,
    };
    if wrong.is_some() { show_wrong(&view) } else { show(&view) }
}

/// GET `/f/{forbund}/diarium`
pub async fn sida(visit: Visit) -> Answer {
    page(&visit, None, (clock::today().to_string(), String::new())).await
}

/// POST `/f/{forbund}/diarium`
pub async fn diariefor(visit: Visit, Form(falt): Form<version::Falt>) -> Answer {
    let given = |name: &str| falt.get(name).map(|text| text.trim().to_owned()).unwrap_or_default();
    let (datum, arende) = (given("datum"), given("arende"));
    match diarium::registrera(&visit.chosen()?, &datum, &arende, visit.who()).await? {
        Ok(_) => Ok(Redirect::to(&visit.url("diarium?besked=diarieford")).into_response()),
        Err(why) => {
            let shown = if samsyn_core::personnummer::contains_personnummer(&arende) { String::new() } else { arende };
            page(&visit, Some(why), (datum, shown)).await
        }
    }
}
