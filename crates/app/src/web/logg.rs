//! The log: who used the förbund's facts and who changed them.

use super::grind::Visit;
use super::sida::{Answer, Fail, Page, show};
use super::tid::{Fragor, encode, given};
use super::version::open_too;
use crate::actions::logg;
use askama::Template;
use samsyn_document::datum::moment;

/// Rows of a page.
const ROWS: usize = 100;

#[derive(Template)]
#[template(path = "logg/sida.html")]
struct Sida<'a> {
    page: Page,
    visit: &'a Visit,
    val: Vec<(&'static str, &'static str)>,
    slag: &'static str,
    rader: Vec<(String, logg::Rad)>,
    aldre: Option<String>,
    borjan: bool,
}

/// GET `/f/{forbund}/logg`
pub async fn sida(visit: Visit, asked: Fragor) -> Answer {
    let slag = given(&asked, "slag").and_then(|told| logg::kinds().map(|(kod, _)| kod).find(|kod| *kod == told));
    let from = match given(&asked, "fore") {
        None => None,
        Some(text) => {
            Some(text.parse().map_err(|()| Fail::Bad("Adressen till den delen av loggen är inte hel.".to_owned()))?)
        }
    };
    let found = logg::sida(&visit.server.db, visit.forbund_nr()?, from, slag, (ROWS, open_too(&visit))).await?;
    let older = |at: logg::Plats| {
        let kind = slag.map_or_else(String::new, |slag| format!("slag={}&", encode(slag)));
        visit.url(&format!("logg?{kind}fore={at}"))
    };
    let view = Sida {
        page: Page::new(&visit, "Logg", "logg"),
        visit: &visit,
        val: logg::kinds().collect(),
        slag: slag.unwrap_or_default(),
        rader: found.rader.into_iter().map(|row| (moment(row.tid_ms), row)).collect(),
        aldre: found.aldre.map(older),
        borjan: from.is_none(),
    };
    show(&view)
}
