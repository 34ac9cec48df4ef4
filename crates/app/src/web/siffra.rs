//! One figure: its rule, its base, and every fact behind it.

use super::grind::Visit;
use super::sida::{Answer, Fail, Page, show};
use super::tid::{Fragor, Tid, encode};
use crate::access::Action;
use crate::actions::ord::Ord;
use crate::actions::siffra::{self, Grupp, Konto};
use askama::Template;
use axum::extract::Path;
use samsyn_document::{FigureId, Value, format};

#[derive(Template)]
#[template(path = "siffra/sida.html")]
struct Sida<'a> {
    page: Page,
    visit: &'a Visit,
    tid: &'a Tid,
    namn: String,
    id: FigureId,
    regel: String,
    varde: String,
    dold: bool,
    grupper: Vec<Grupp>,
    /// Whether it is of the förbund's own economy, which is of no half-year.
    ekonomi: bool,
    /// The accounts behind it, each with where its vouchers are.
    konton: Vec<(String, String)>,
    /// Where the kansli judges what the figure tells.
    bedom: Option<String>,
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
    let ekonomi = siffra::is_economy(&id);
    // A forecast's row is an insats, which would else open it to those who lead one.
    if ekonomi && !visit.rights.all(Action::SeEkonomi) {
        return Err(Fail::NotFound);
    }
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
    let konton = konton(&visit, siffra::konton(&explained.groups), &tid);
    let (grupper, read) = siffra::grupper(explained.groups, &ord, sees);
    if read {
        // How many they were is not written: the log is read by those who may not count them.
        let what = format!("siffran {}, {}, uppgifter per {}", explained.namn, tid.halvar_i_ord(), tid.per);
        visit.log("läsning av inskrivningar", &what).await?;
    }
    let judged = id.tabell == "2" && ["trafikljus", "i_fas"].contains(&id.kolumn.as_str());
    let may = judged && visit.rights.on(Action::Bedoma, &id.rad);
    let view = Sida {
        bedom: may.then(|| visit.url(&format!("insats/{}/bedomning/{}", id.rad, tid.period))),
        page: Page::new(&visit, explained.namn.clone(), if ekonomi { "ekonomi" } else { "laget" }),
        ekonomi,
        konton,
        varde: format::in_text(&explained.value),
        dold: explained.value == Value::Withheld,
        grupper,
        namn: explained.namn,
        id: explained.id,
        regel: explained.rule,
        visit: &visit,
        tid: &tid,
    };
    show(&view)
}

/// Where the vouchers are of the accounts, cost centres and projects behind a figure.
fn konton(visit: &Visit, accounts: Vec<Konto>, tid: &Tid) -> Vec<(String, String)> {
    let link = |konto: Konto| {
        let part = konto.objekt.map_or_else(String::new, |(dimension, objekt)| {
            format!("dimension={dimension}&objekt={}&", encode(&objekt))
        });
        let per = if tid.per_vald { format!("per={}", tid.per) } else { String::new() };
        (konto.text, visit.url(&format!("bokforing/{}/konto/{}?{part}{per}", konto.till, konto.konto)))
    };
    accounts.into_iter().map(link).collect()
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
