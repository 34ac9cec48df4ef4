//! The figures that can be put in a text, found by their words.

use super::{finn, url};
use crate::actions::version::Oppen;
use crate::web::grind::Visit;
use crate::web::sida::{Answer, Page, show};
use crate::web::tid::{Fragor, given};
use askama::Template;
use axum::extract::Path;
use axum::http::HeaderMap;
use samsyn_core::rapport::skrivet::markup;
use samsyn_document::{Block, Cell, FigureId, Inline, Value, format};

/// A figure that can be put in a text.
struct Val {
    namn: String,
    varde: String,
    /// How it is written in digits, and in words where it is a count.
    siffror: String,
    ord: Option<(String, String)>,
}

#[derive(Template)]
#[template(path = "version/siffror.html")]
struct Siffror {
    page: Page,
    sok: String,
    val: Vec<Val>,
    fler: usize,
    tillbaka: String,
}

#[derive(Template)]
#[template(path = "version/siffrorlista.html")]
struct Siffrorlista {
    val: Vec<Val>,
    fler: usize,
}

/// How many figures are shown at a time.
const SHOWN: usize = 40;

/// GET `/f/{forbund}/version/{nr}/siffror?sok=…`: figures to choose from; to the script of the page, the list alone.
pub async fn lista(visit: Visit, headers: HeaderMap, Path((_, nr)): Path<(String, i64)>, asked: Fragor) -> Answer {
    let version = finn(&visit, nr).await?;
    let open = Oppen::read(&visit.chosen()?, version).await?;
    let sok = given(&asked, "sok").unwrap_or_default().to_lowercase();
    let words: Vec<&str> = sok.split_whitespace().collect();
    let mut found: Vec<(String, &FigureId, &Value)> = Vec::new();
    for id in &open.grund.ordning {
        let Some(value) = open.grund.varde(id).filter(|value| **value != Value::Missing) else { continue };
        let name = open.grund.namn(id);
        let all = format!("{} {} {id}", name.to_lowercase(), format::in_text(value));
        if words.iter().all(|word| all.contains(word)) {
            found.push((name, id, value));
        }
    }
    // Of what fits, the plainest first: what is said in few words is what is asked for most.
    if !words.is_empty() {
        found.sort_by_key(|(name, ..)| name.chars().count());
    }
    let fler = found.len().saturating_sub(SHOWN);
    let val: Vec<Val> = found.into_iter().take(SHOWN).map(|(namn, id, value)| choice(namn, id, value)).collect();
    if headers.contains_key("hx-request") {
        return show(&Siffrorlista { val, fler });
    }
    let view = Siffror {
        page: Page::new(&visit, "Siffror att infoga", "rapport"),
        tillbaka: url(&visit, nr, ""),
        sok,
        val,
        fler,
    };
    show(&view)
}

fn choice(namn: String, id: &FigureId, value: &Value) -> Val {
    let cell = Cell::figure(value.clone(), id.clone());
    let ord = matches!(value, Value::Antal(_)).then(|| {
        let piece = Inline::InWords { cell, capital: false, neuter: false };
        (markup(&[Block::Paragraph(vec![piece.clone()])]), format::inline(&piece))
    });
    Val { namn, varde: format::in_text(value), siffror: format!("{{{id}}}"), ord }
}
