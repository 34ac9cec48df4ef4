//! A plan for the board on screen and as files: applications that are counted or not, at an address that can be shared.

pub mod andra;
pub mod ny;

use super::ekonomi;
use super::grind::Visit;
use super::nedladdning::{self, Fil};
use super::sida::{Answer, Fail, Page, show};
use super::tid::{Fragor, Tid, encode, given};
use super::version::{self, Rad};
use crate::Error;
use crate::access::Action;
use crate::actions::plan::{self, Funnen, postnamn};
use crate::actions::rapport::Format;
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect};
use samsyn_core::rapport::planskillnad::plain;
use samsyn_core::version::{Avser, Slag};
use samsyn_document::{Datum, Halvar, format};
use samsyn_render::html;

#[derive(Template)]
#[template(path = "plan/sida.html")]
struct Sida<'a> {
    page: Page,
    visit: &'a Visit,
    tid: &'a Tid,
    mote: Datum,
    moten: Vec<Datum>,
    utan: &'a [String],
    kolumner: Vec<String>,
    ansokningar: Vec<Ansokan>,
    artikel: String,
    tabell: String,
    skiljer: Vec<String>,
    far_andra: bool,
    versioner: Vec<Rad>,
    far_borja: bool,
    avser: Avser,
    /// Whether the address names an application that the plan does not have.
    okanda: bool,
}

/// An application with its switch.
struct Ansokan {
    marke: String,
    namn: String,
    med: bool,
    belopp: Vec<String>,
}

/// A plan as an address asks for it.
struct Asked {
    tid: Tid,
    found: Funnen,
    mote: Datum,
    moten: Vec<Datum>,
    utan: Vec<String>,
    /// Whether the address names an application that the plan does not have.
    okanda: bool,
}

async fn asked(visit: &Visit, Query(asked): &Fragor) -> Result<Option<Asked>, Fail> {
    let chosen = visit.chosen()?;
    let mut asked = asked.clone();
    // A plan is of a meeting, not of a half-year.
    asked.remove("period");
    let mut tid = Tid::new(visit, &chosen, &asked).await?;
    let underlag = chosen.underlag(tid.per).await?;
    let moten: Vec<Datum> = underlag.ekonomi.planer.iter().rev().filter_map(|plan| plan.datum).collect();
    let mote = match (super::tid::day(&asked, "mote")?, moten.first()) {
        (Some(day), _) => day,
        (None, Some(latest)) => *latest,
        (None, None) if tid.per_vald => {
            let told = format!("Ingen plan var känd den {}. Välj en senare dag i Uppgifter per.", tid.per_i_ord());
            return Err(Fail::Bad(told));
        }
        (None, None) => return Ok(None),
    };
    let found = plan::finn(&chosen, tid.per, mote).await.map_err(told)?;
    tid.period = Halvar::of(mote).unwrap_or(tid.period);
    let known = plan::ansokningar(found.plan());
    let named = given(&asked, "utan").unwrap_or_default();
    let left_out = |name: &str| {
        if given(&asked, "valda").is_some() {
            given(&asked, &format!("med-{name}")).is_none()
        } else {
            named.split('~').any(|other| other == name)
        }
    };
    let okanda = named.split('~').any(|name| !name.is_empty() && known.iter().all(|(_, own)| own != name));
    let utan = known.into_iter().map(|(_, name)| name).filter(|name| left_out(name)).collect();
    Ok(Some(Asked { tid, found, mote, moten, utan, okanda }))
}

/// What is told when an address leaves out an application that the plan does not have: another plan, or one that has
/// been changed since.
const OKANDA: &str =
    "Adressen räknar bort en ansökan som inte finns i den här planen. Välj på sidan vilka som räknas med.";

/// A plan that is not there is told as such.
fn told(error: Error) -> Fail {
    match error {
        Error::Usage(why) => Fail::Bad(why),
        other => other.into(),
    }
}

/// What addresses of the same plan carry.
fn query(mote: Datum, tid: &Tid, utan: &[String]) -> String {
    let per = if tid.per_vald { format!("&per={}", tid.per) } else { String::new() };
    let without = if utan.is_empty() { String::new() } else { format!("&utan={}", encode(&utan.join("~"))) };
    format!("mote={mote}{per}{without}")
}

/// GET `/f/{forbund}/beslutsutrymme`
pub async fn sida(visit: Visit, asked_for: Fragor) -> Answer {
    let Some(asked) = asked(&visit, &asked_for).await? else {
        return Ok(Redirect::to(&visit.url("ekonomi")).into_response());
    };
    let Asked { tid, found, mote, moten, utan, okanda } = asked;
    if given(&asked_for, "valda").is_some() {
        // The same choice as an address that can be shared.
        let to = visit.url(&format!("beslutsutrymme?{}", query(mote, &tid, &utan)));
        return Ok(Redirect::to(&to).into_response());
    }
    let chosen = visit.chosen()?;
    let places = plan::utan(found.plan(), &utan)?;
    let document = plan::dokument(&chosen, &found, &places);
    let avser = Avser::Mote(mote, tid.period);
    let (versioner, far_borja) = version::av(&visit, Slag::Beslutsutrymme, avser).await?;
    let view = Sida {
        versioner,
        far_borja,
        avser,
        page: Page::new(&visit, document.title.clone(), "ekonomi"),
        mote,
        moten,
        kolumner: found.plan().kolumner.iter().map(|column| column.rubrik()).collect(),
        ansokningar: applications(&found, &utan),
        artikel: html::embedded(&document, &|id| tid.siffra(&visit, id)),
        tabell: document.tables().first().map_or_else(String::new, |table| table.id.clone()),
        skiljer: differs(&found),
        far_andra: visit.rights.all(Action::AndraEkonomi),
        okanda,
        utan: &utan,
        visit: &visit,
        tid: &tid,
    };
    show(&view)
}

fn applications(found: &Funnen, utan: &[String]) -> Vec<Ansokan> {
    let plan = found.plan();
    let one = |(at, marke): (usize, String)| {
        let amount = |amount: &Option<samsyn_document::Belopp>| {
            amount.map_or_else(|| format::MISSING.to_owned(), |amount| format::number(amount.tkr()))
        };
        Ansokan {
            namn: postnamn(&found.underlag, &plan.poster[at]),
            med: !utan.contains(&marke),
            belopp: plan.poster[at].belopp.iter().map(amount).collect(),
            marke,
        }
    };
    plan::ansokningar(plan).into_iter().map(one).collect()
}

/// Where the plan differs from what insatser have been granted, in words.
fn differs(found: &Funnen) -> Vec<String> {
    let plan = found.plan();
    let one = |(at, column, granted): (usize, usize, samsyn_document::Belopp)| {
        let post = &plan.poster[at];
        let planned = post.belopp[column].map_or_else(|| "inget".to_owned(), plain);
        let name = postnamn(&found.underlag, post);
        let granted = plain(granted);
        format!(
            "{name}, {}: {planned} i planen, {granted} i beslutad budget.",
            plan.kolumner[column].rubrik().to_lowercase()
        )
    };
    plan::mot_beslut(&found.underlag, plan).into_iter().map(one).collect()
}

/// GET `/f/{forbund}/beslutsutrymme/{fil}`: the paper as `beslutsutrymme.pdf`, the plan itself as `plan.csv` or
/// `plan.xlsx`.
pub async fn fil(visit: Visit, Path((_, name)): Path<(String, String)>, asked_for: Fragor) -> Answer {
    let Asked { tid, found, mote, utan, okanda, .. } = asked(&visit, &asked_for).await?.ok_or(Fail::NotFound)?;
    tid.as_asked()?;
    if okanda {
        return Err(Fail::Bad(OKANDA.to_owned()));
    }
    let chosen = visit.chosen()?;
    if ["plan.csv", "plan.xlsx"].contains(&&*name) {
        let bytes = plan::fil(found.plan(), std::path::Path::new(&name))?;
        let ending = name.trim_start_matches("plan.");
        let kind = if ending == "csv" { Format::Csv } else { Format::Xlsx };
        return Ok(nedladdning::svar(kind.content_type(), &format!("{}.{ending}", ekonomi::filnamn(mote)), bytes));
    }
    let file = Fil::asked(&name)?;
    if file.vilken != "beslutsutrymme" {
        return Err(Fail::NotFound);
    }
    let places = plan::utan(found.plan(), &utan)?;
    let document = plan::dokument(&chosen, &found, &places);
    let without = if utan.is_empty() { "" } else { "-utan" };
    let name = format!("beslutsutrymme-{mote}{without}-per-{}", tid.per);
    file.of(&chosen, document, &name).await
}

impl Sida<'_> {
    fn fraga(&self) -> String {
        query(self.mote, self.tid, self.utan)
    }

    fn okanda(&self) -> &'static str {
        OKANDA
    }

    fn i_ord(&self, day: &Datum) -> String {
        format::long_date(*day)
    }

    fn fil(&self, name: String) -> String {
        self.visit.url(&format!("beslutsutrymme/{name}?{}", self.fraga()))
    }
}
