//! What has been written at a place before, and taking it back.

use super::{ankare, finn, url};
use crate::actions::version::platser::Platser;
use crate::actions::version::skriva;
use crate::actions::version::{self, Oppen};
use crate::web::grind::Visit;
use crate::web::sida::{Answer, Fail, Page, show};
use crate::web::tid::{Fragor, encode, given};
use askama::Template;
use axum::extract::Path;
use samsyn_document::datum::moment;
use samsyn_store::version::text::Text;

#[derive(Template)]
#[template(path = "version/historik.html")]
struct Sida<'a> {
    page: Page,
    tillbaka: String,
    till_skriv: String,
    version: String,
    handling: String,
    plats: &'a str,
    last: i64,
    oppen: bool,
    texter: Vec<Rad>,
}

/// A revision of a text.
struct Rad {
    nr: i64,
    nar: String,
    vem: String,
    /// As it is written; nothing when the generated text stood again.
    text: Option<String>,
    /// As it reads.
    ord: String,
}

/// GET `/f/{forbund}/version/{nr}/historik?plats=…`
pub async fn sida(visit: Visit, Path((_, nr)): Path<(String, i64)>, asked: Fragor) -> Answer {
    let plats = given(&asked, "plats").ok_or_else(Fail::form)?;
    let found = finn(&visit, nr).await?;
    let chosen = visit.chosen()?;
    let open = Oppen::read(&chosen, found).await?;
    let all = version::tidigare_texter(&chosen, nr, plats).await?;
    let named = Platser::of(&open, &open.skriven()).rubrik(plats);
    let oppen = open.version.lage.is_open() && named.is_some();
    // A place that the report does not have any more is called by its name.
    let rubrik = named.or_else(|| all.first().map(|text| text.plats.clone())).ok_or_else(Fail::form)?;
    let row = |text: Text| Rad {
        nr: text.nr,
        nar: moment(text.tid_ms),
        vem: text.vem,
        ord: text.text.as_deref().map_or_else(String::new, |text| skriva::i_ord(&open, text)),
        text: text.text,
    };
    let view = Sida {
        page: Page::new(&visit, format!("Tidigare texter: {rubrik}"), "rapport"),
        tillbaka: url(&visit, nr, &format!("#{}", ankare(plats))),
        till_skriv: url(&visit, nr, &format!("skriv?plats={}", encode(plats))),
        version: version::namn(&open.version),
        handling: url(&visit, nr, "skriv"),
        last: all.first().map_or(0, |text| text.nr),
        oppen,
        texter: all.into_iter().map(row).collect(),
        plats,
    };
    show(&view)
}
