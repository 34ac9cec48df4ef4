//! One insats, and the list of all.

use super::figur::{self, Siffror};
use super::grind::Visit;
use super::sida::{Answer, Fail, Page, show};
use super::tid::{Fragor, Tid};
use crate::access::{Action, Reach};
use crate::actions::insats;
use askama::Template;
use axum::extract::Path;
use samsyn_core::insats::Insats;
use samsyn_core::insatsperiod::Insatsperiod;
use samsyn_document::datum::moment;
use samsyn_document::{Belopp, Cell, format};
use samsyn_store::history;

#[derive(Template)]
#[template(path = "insats/lista.html")]
struct Lista<'a> {
    page: Page,
    visit: &'a Visit,
    tid: &'a Tid,
    insatser: Vec<(Insats, Option<Insatsperiod>)>,
    far_andra: bool,
}

/// GET `/f/{forbund}/insatser`
pub async fn lista(visit: Visit, asked: Fragor) -> Answer {
    let chosen = visit.chosen()?;
    let tid = Tid::new(&chosen, &asked).await?;
    let insatser = insats::lista(&chosen, &visit.rights, tid.per).await?;
    let page = Page::new(&visit, "Insatser", "insatser");
    let far_andra = visit.rights.reach(Action::AndraInsats) > Reach::Nothing;
    show(&Lista { page, visit: &visit, tid: &tid, insatser, far_andra })
}

impl Lista<'_> {
    fn lage(&self, period: Option<&Insatsperiod>) -> &'static str {
        match period {
            None => "utan beslutad period",
            Some(period) if period.start > self.tid.per => "har inte startat",
            Some(period) if period.slut < self.tid.per => "avslutad",
            Some(_) => "pågår",
        }
    }
}

/// A line of the history: when the system was told, who, what kind, why, and from when it is known.
struct Historik {
    nar: String,
    vem: String,
    vad: String,
    varfor: String,
    kand: String,
}

#[derive(Template)]
#[template(path = "insats/sida.html")]
struct Sida<'a> {
    page: Page,
    visit: &'a Visit,
    tid: &'a Tid,
    siffror: Siffror<'a>,
    sida: &'a insats::Sida,
    bild: String,
    historik: Vec<Historik>,
    far_andra: bool,
    sma_tal: bool,
}

/// GET `/f/{forbund}/insats/{insats}`
pub async fn sida(visit: Visit, Path((_, id)): Path<(String, String)>, asked: Fragor) -> Answer {
    let chosen = visit.chosen()?;
    let tid = Tid::new(&chosen, &asked).await?;
    let found = insats::sida(&chosen, &visit.rights, &id, tid.period, tid.per).await?;
    let sida = found.ok_or(Fail::NotFound)?;
    let bars: Vec<(String, i64, i64)> = sida
        .kvartal
        .iter()
        .map(|row| (row.kvartal.to_string().replace('-', " "), row.kronor.0, row.kronor.1))
        .collect();
    let page = Page::new(&visit, sida.insats.namn.clone(), "insatser");
    let view = Sida {
        page,
        visit: &visit,
        tid: &tid,
        siffror: Siffror::new(&visit, &tid),
        bild: figur::pengar_per_kvartal(&bars),
        historik: history_of(&visit, &id).await?,
        far_andra: visit.rights.on(Action::AndraInsats, &id),
        sma_tal: chosen.withheld,
        sida: &sida,
    };
    show(&view)
}

/// What has been decided and changed about the insats itself, its parties, goals and budget; the latest first.
async fn history_of(visit: &Visit, id: &str) -> Result<Vec<Historik>, Fail> {
    let chosen = visit.chosen()?;
    let nouns = ["insatser", "insatsperioder", "insatsparter", "mal", "budget", "rekvisitioner", "kvartalsrapporter"];
    let found = history::of_prefix(chosen.db, &chosen.access, &nouns, id).await.map_err(crate::Error::from)?;
    let mut lines: Vec<(i64, i64, Historik)> = Vec::new();
    for noun in &found {
        for version in &noun.versions {
            let event = &version.event;
            let said: Vec<&str> =
                version.cells.iter().map(String::as_str).filter(|cell| !cell.is_empty() && *cell != id).collect();
            let known = if version.known_ms == 0 { "alltid".to_owned() } else { moment(version.known_ms) };
            let line = Historik {
                nar: moment(event.registrerad_ms),
                vem: event.vem.clone(),
                vad: format!("{}: {}", noun.resource, said.join(", ")),
                varfor: event.varfor.clone(),
                kand: known,
            };
            lines.push((event.registrerad_ms, version.known_ms, line));
        }
    }
    lines.sort_by_key(|(told, known, _)| std::cmp::Reverse((*told, *known)));
    lines.truncate(200);
    Ok(lines.into_iter().map(|(_, _, line)| line).collect())
}

impl Sida<'_> {
    fn kronor(&self, amount: &Option<Belopp>) -> String {
        amount.map_or_else(String::new, |amount| format!("{} kr", format::kronor(amount)))
    }

    fn antal(&self, cell: &Cell) -> String {
        self.siffror.cell(cell)
    }

    fn ord(&self, text: &Option<String>) -> String {
        text.clone().unwrap_or_default()
    }
}
