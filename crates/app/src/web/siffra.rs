//! One figure: its rule, its base, and every fact behind it.

use super::grind::Visit;
use super::sida::{Answer, Fail, Page, show};
use super::tid::{Fragor, Tid};
use crate::access::Action;
use crate::actions::ord::Ord;
use crate::actions::siffra::{self, Explained};
use askama::Template;
use axum::extract::Path;
use samsyn_document::{FigureId, Value, format};

#[derive(Template)]
#[template(path = "siffra/sida.html")]
struct Sida<'a> {
    page: Page,
    visit: &'a Visit,
    tid: &'a Tid,
    siffra: &'a Explained,
    varde: String,
    dold: bool,
    grupper: Vec<Grupp<'a>>,
    /// Where the kansli judges what the figure tells.
    bedom: Option<String>,
}

/// Facts that have the same part in the figure.
struct Grupp<'a> {
    rubrik: &'a str,
    varde: String,
    fakta: Vec<(String, &'a str)>,
    dolda: bool,
}

/// GET `/f/{forbund}/siffra/{tabell}/{rad}/{kolumn}`
pub async fn sida(
    visit: Visit,
    Path((_, tabell, rad, kolumn)): Path<(String, String, String, String)>,
    asked: Fragor,
) -> Answer {
    let chosen = visit.chosen()?;
    let tid = Tid::new(&visit, &chosen, &asked).await?;
    let id = FigureId::new(tabell, rad, kolumn);
    let whole = visit.rights.all(Action::SeSiffra);
    // The rows of participants' tables bear the chain's name, so own insatser are found by any link.
    if !whole && !own(&visit, &chosen, &id, &tid, Action::SeSiffra).await? {
        return Err(Fail::NotFound);
    }
    let explained = siffra::siffra(&chosen, tid.period, tid.per, &id).await.map_err(|error| match error {
        crate::Error::Usage(_) => Fail::NotFound,
        other => other.into(),
    })?;
    let sees =
        visit.rights.all(Action::SeInskrivningar) || own(&visit, &chosen, &id, &tid, Action::SeInskrivningar).await?;
    let underlag = chosen.underlag(tid.per).await?;
    let ord = Ord::new(&underlag);
    let mut groups = Vec::new();
    let mut read = 0;
    for group in &explained.groups {
        let people = group.facts.iter().any(|fact| fact.noun == "deltagare") || group.heading.ends_with("nskrivningar");
        let hidden = people && !sees;
        if people && sees {
            read += group.facts.len();
        }
        let facts = group.facts.iter().filter(|_| !hidden);
        groups.push(Grupp {
            rubrik: &group.heading,
            varde: in_full(&group.value),
            fakta: facts.map(|fact| (ord.uppgift(fact.noun, &fact.key), fact.text.as_str())).collect(),
            dolda: hidden,
        });
    }
    if read > 0 {
        // How many they were is not written: the log is read by those who may not count them.
        let what = format!("siffran {id}, {}, uppgifter per {}", tid.halvar_i_ord(), tid.per);
        visit.log("läsning av inskrivningar", &what).await?;
    }
    let judged = id.tabell == "2" && ["trafikljus", "i_fas"].contains(&id.kolumn.as_str());
    let may = judged && visit.rights.on(Action::Bedoma, &id.rad);
    let view = Sida {
        bedom: may.then(|| visit.url(&format!("insats/{}/bedomning/{}", id.rad, tid.period))),
        page: Page::new(&visit, explained.namn.clone(), "rapport"),
        varde: in_full(&explained.value),
        dold: explained.value == Value::Withheld,
        grupper: groups,
        siffra: &explained,
        visit: &visit,
        tid: &tid,
    };
    show(&view)
}

/// Whether the visitor may do this with the insats of the figure's row, or with any link of its chain: the figures of
/// people are those of the chain.
async fn own(
    visit: &Visit,
    chosen: &crate::actions::forbund::Chosen<'_>,
    id: &FigureId,
    tid: &Tid,
    action: Action,
) -> Result<bool, Fail> {
    let underlag = chosen.underlag(tid.per).await?;
    let Some(row) = underlag.insats_nr(&id.rad) else { return Ok(false) };
    let chain = underlag.insatser[row].kedja;
    let links = &underlag.kedjor[chain].lankar;
    Ok(links.iter().any(|&link| {
        let link = underlag.insatser[link].insats.insats_id.as_str();
        visit.rights.on(action, link)
    }))
}

/// A value with its unit.
fn in_full(value: &Value) -> String {
    format::in_text(value)
}
