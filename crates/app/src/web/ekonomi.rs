//! The förbund's own economy at a glance: the fees of each year, and the plans for the board's meetings.

use super::grind::Visit;
use super::sida::{Answer, Page, show};
use super::tid::{Fragor, Tid};
use crate::access::Action;
use crate::actions::avgift::{self, Arets};
use crate::actions::plan::kvar;
use askama::Template;
use axum::extract::Query;
use samsyn_core::underlag::Plan;
use samsyn_document::{Datum, format};

#[derive(Template)]
#[template(path = "ekonomi/sida.html")]
struct Sida<'a> {
    page: Page,
    visit: &'a Visit,
    tid: &'a Tid,
    avgifter: Vec<Arets>,
    planer: Vec<Planlank>,
    far_andra: bool,
    /// What went wrong with a file or a new plan, and what to do.
    fel: Vec<String>,
    mote: String,
    storst_mib: u64,
}

/// A plan in the list.
struct Planlank {
    dag: Datum,
    ar: String,
    kvar: String,
}

impl Sida<'_> {
    /// What addresses of the same kännedomsdatum carry, after another parameter.
    fn per(&self) -> String {
        if self.tid.per_vald { format!("&per={}", self.tid.per) } else { String::new() }
    }

    fn kronor(&self, fees: &Arets) -> String {
        fees.summa.map_or_else(|| format::MISSING.to_owned(), format::kronor)
    }

    fn lage(&self, fees: &Arets) -> String {
        match &fees.angiven {
            Some(given) => given.beslutad.map_or_else(|| "angiven".to_owned(), |day| format!("beslutad {day}")),
            None if fees.summa.is_some() => "ur planen".to_owned(),
            None => "inte angiven".to_owned(),
        }
    }
}

impl Planlank {
    fn i_ord(&self) -> String {
        format::long_date(self.dag)
    }
}

/// GET `/f/{forbund}/ekonomi`
pub async fn sida(visit: Visit, Query(asked): Fragor) -> Answer {
    let tid = Tid::new(&visit, &visit.chosen()?, &asked).await?;
    view(&visit, &tid, Vec::new(), "").await
}

/// The page as it stands today, with what went wrong with what was sent to it.
pub async fn visa(visit: &Visit, fel: Vec<String>, mote: &str) -> Answer {
    let tid = Tid::new(visit, &visit.chosen()?, &Default::default()).await?;
    view(visit, &tid, fel, mote).await
}

async fn view(visit: &Visit, tid: &Tid, fel: Vec<String>, mote: &str) -> Answer {
    let chosen = visit.chosen()?;
    let underlag = chosen.underlag(tid.per).await?;
    let failed = !fel.is_empty();
    let view = Sida {
        page: Page::new(visit, "Ekonomi", "ekonomi"),
        avgifter: avgift::lista(&underlag),
        planer: underlag.ekonomi.planer.iter().rev().filter_map(row).collect(),
        far_andra: visit.rights.all(Action::AndraEkonomi) && !tid.per_vald,
        tid,
        fel,
        mote: mote.to_owned(),
        storst_mib: visit.server.config.largest_upload / 1024 / 1024,
        visit,
    };
    if failed { super::sida::show_wrong(&view) } else { show(&view) }
}

/// What a plan comes to in its last year, with every application.
fn row(plan: &Plan) -> Option<Planlank> {
    let (first, last) = (plan.kolumner.first()?, plan.kolumner.last()?);
    let kvar = kvar(plan)
        .map_or_else(|| format::MISSING.to_owned(), |left| format!("{} tkr ({})", format::number(left.tkr()), last.ar));
    let ar = if first.ar == last.ar { first.ar.to_string() } else { format!("{}–{}", first.ar, last.ar) };
    Some(Planlank { dag: plan.datum?, ar, kvar })
}

/// The name of a plan's file for people: `plan-2022-10-20`.
pub fn filnamn(day: Datum) -> String {
    format!("plan-{day}")
}
