//! One figure of a låst version: its rule, its base and the facts behind it, as they were frozen.

use super::{finn, url};
use crate::access::Action;
use crate::actions::forbund::per_or_today;
use crate::actions::ord::Ord;
use crate::actions::siffra::{self, Grupp};
use crate::actions::version::{self, frysning};
use crate::web::grind::Visit;
use crate::web::sida::{Answer, Fail, Page, show};
use askama::Template;
use axum::extract::Path;
use samsyn_document::{FigureId, format};

#[derive(Template)]
#[template(path = "version/siffra.html")]
struct Sida {
    page: Page,
    tillbaka: String,
    version: String,
    varde: String,
    dold: bool,
    regel: String,
    sigill: String,
    grupper: Vec<Grupp>,
}

/// GET `/f/{forbund}/version/{nr}/siffra/{tabell}/{rad}/{kolumn}`
pub async fn sida(
    visit: Visit,
    Path((_, nr, tabell, rad, kolumn)): Path<(String, i64, String, String, String)>,
) -> Answer {
    let found = finn(&visit, nr).await?;
    if found.lage.is_open() {
        return Err(Fail::NotFound);
    }
    let chosen = visit.chosen()?;
    let all = frysning::siffror(&chosen, &found).await?;
    let id = FigureId::new(tabell, rad, kolumn);
    let figure = all.finn(&id).ok_or(Fail::NotFound)?;
    let hidden = chosen.withheld && figure.dold;
    let sees = visit.rights.all(Action::SeInskrivningar);
    // Its parts would tell what is withheld.
    let groups = if chosen.withheld && figure.personer { Vec::new() } else { all.fakta(figure) };
    let underlag = chosen.underlag(per_or_today(None)).await?;
    let (mut grupper, read) = siffra::grupper(groups, &Ord::new(&underlag), sees);
    for (shown, removed) in grupper.iter_mut().zip(all.gallrade(figure)) {
        shown.med_gallrade(&removed, sees);
    }
    if read {
        visit.log("läsning av inskrivningar", &format!("siffran {} i {}", figure.namn, version::namn(&found))).await?;
    }
    let view = Sida {
        page: Page::new(&visit, figure.namn.clone(), "rapport"),
        tillbaka: url(&visit, nr, ""),
        version: version::namn(&found),
        varde: if hidden { String::new() } else { format::in_text(&figure.varde) },
        dold: hidden,
        regel: figure.regel.clone(),
        sigill: frysning::sigill(&found),
        grupper,
    };
    show(&view)
}
