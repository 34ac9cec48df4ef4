//! Which sections a version has, in which order and under which headings.

use super::{Falt, finn, url};
use crate::actions::version::Oppen;
use crate::actions::version::skriva::{self, Sparat};
use crate::web::grind::Visit;
use crate::web::sida::{Answer, Fail, Page, show, show_wrong};
use askama::Template;
use axum::Form;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use samsyn_core::rapport::skrivet::{Andring, Avsnitt, DISPOSITION};

#[derive(Template)]
#[template(path = "version/ordning.html")]
struct Sida {
    page: Page,
    tillbaka: String,
    version: String,
    avsnitt: Vec<Avsnitt>,
    last: i64,
    fel: Option<String>,
}

async fn open(visit: &Visit, nr: i64) -> Result<Oppen, Fail> {
    let version = finn(visit, nr).await?;
    if !version.lage.is_open() {
        return Err(Fail::Bad("Versionen är låst och kan inte ändras. Börja en ny version.".to_owned()));
    }
    Ok(Oppen::read(&visit.chosen()?, version).await?)
}

fn page(visit: &Visit, open: &Oppen, wrong: Option<String>) -> Answer {
    let view = Sida {
        page: Page::new(visit, "Avsnitt och ordning", "rapport"),
        tillbaka: url(visit, open.version.nr, ""),
        version: crate::actions::version::namn(&open.version),
        avsnitt: skriva::disposition(open).0,
        last: open.text(DISPOSITION).map_or(0, |text| text.nr),
        fel: wrong.clone(),
    };
    if wrong.is_some() { show_wrong(&view) } else { show(&view) }
}

/// GET `/f/{forbund}/version/{nr}/ordning`
pub async fn sida(visit: Visit, Path((_, nr)): Path<(String, i64)>) -> Answer {
    page(&visit, &open(&visit, nr).await?, None)
}

/// POST `/f/{forbund}/version/{nr}/ordning`
pub async fn ordna(visit: Visit, Path((_, nr)): Path<(String, i64)>, Form(falt): Form<Falt>) -> Answer {
    let given = |name: &str| falt.get(name).cloned().unwrap_or_default();
    let (id, heading) = (given("avsnitt"), given("rubrik"));
    if heading.chars().count() > 200 {
        return page(
            &visit,
            &open(&visit, nr).await?,
            Some("Rubriken är för lång. Skriv högst 200 tecken.".to_owned()),
        );
    }
    let change = match given("gor").as_str() {
        "upp" => Andring::Upp(id),
        "ner" => Andring::Ner(id),
        "utelamna" => Andring::Utelamna(id),
        "ta-med" => Andring::TaMed(id),
        "kalla" => Andring::Kalla(id, heading),
        "nytt" => Andring::Nytt(heading),
        _ => return Err(Fail::form()),
    };
    let open = open(&visit, nr).await?;
    let last = given("last").parse().map_err(|_| Fail::form())?;
    let user = visit.visitor.as_ref().ok_or(Fail::NotFound)?.user.nr;
    match skriva::ordna(&visit.chosen()?, &open, last, change, (user, visit.who())).await? {
        Sparat::Klart(_) => Ok(Redirect::to(&url(&visit, nr, "ordning?besked=sparat")).into_response()),
        Sparat::Nyare(newer) => {
            let told = format!(
                "{} har ändrat ordningen medan du gjorde det. Så här står den nu. Gör om din ändring.",
                newer.vem
            );
            page(&visit, &self::open(&visit, nr).await?, Some(told))
        }
        Sparat::Nej(why) => page(&visit, &open, Some(why)),
    }
}
