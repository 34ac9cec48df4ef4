//! Reports on a calendar year on screen and as files: key figures month by month, Uppföljning Finsam, and the forecast.

use super::grind::Visit;
use super::nedladdning::{Fil, marke};
use super::sida::{Answer, Fail, Page, show};
use super::tid::{Fragor, Tid, given};
use crate::actions::arsrapport::{self, Arsrapport};
use crate::actions::rapport::Format;
use askama::Template;
use axum::extract::{Path, Query};
use samsyn_document::{Document, Halvar};
use samsyn_render::html;

#[derive(Template)]
#[template(path = "rapport/ar.html")]
struct Sida<'a> {
    page: Page,
    visit: &'a Visit,
    tid: &'a Tid,
    rapport: Arsrapport,
    /// Whether it is of the förbund's own economy.
    ekonomi: bool,
    dolt: bool,
    artikel: String,
    tabeller: Vec<(String, String)>,
}

/// GET `/f/{forbund}/manad`
pub async fn manad(visit: Visit, asked: Fragor) -> Answer {
    sida(visit, asked, Arsrapport::Manad).await
}

/// GET `/f/{forbund}/finsam`
pub async fn finsam(visit: Visit, asked: Fragor) -> Answer {
    sida(visit, asked, Arsrapport::Finsam).await
}

/// GET `/f/{forbund}/prognos`
pub async fn prognos(visit: Visit, asked: Fragor) -> Answer {
    sida(visit, asked, Arsrapport::Prognos).await
}

async fn sida(visit: Visit, asked: Fragor, rapport: Arsrapport) -> Answer {
    let chosen = visit.chosen()?;
    let tid = year(&visit, &chosen, asked).await?;
    let underlag = chosen.underlag(tid.per).await?;
    let document = arsrapport::of(&chosen, &underlag, rapport, tid.period, None)?;
    let ekonomi = rapport == Arsrapport::Prognos;
    let view = Sida {
        page: Page::new(&visit, document.title.clone(), if ekonomi { "ekonomi" } else { "rapport" }),
        ekonomi,
        rapport,
        dolt: document.withheld_under.is_some(),
        artikel: html::embedded(&document, &|id| tid.siffra(&visit, id)),
        tabeller: tables(&document),
        visit: &visit,
        tid: &tid,
    };
    show(&view)
}

/// GET `/f/{forbund}/manad/{fil}`, for instance `manad.xlsx` or `manad-tabell-manad-summa.csv`; and the same of `finsam` and
/// `prognos`.
pub async fn fil(visit: Visit, Path((_, name)): Path<(String, String)>, asked: Fragor) -> Answer {
    let chosen = visit.chosen()?;
    let tid = year(&visit, &chosen, asked).await?;
    tid.as_asked()?;
    let file = Fil::asked(&name)?;
    let rapport = Arsrapport::of_kod(&file.vilken).ok_or(Fail::NotFound)?;
    if !visit.rights.all(rapport.kraver()) {
        return Err(Fail::NotFound);
    }
    let underlag = chosen.underlag(tid.per).await?;
    let document = arsrapport::of(&chosen, &underlag, rapport, tid.period, None)?;
    let name = format!("{}-{}-per-{}{}", file.stam, tid.period.year(), tid.per, marke(&chosen));
    file.of(&chosen, document, &name).await
}

/// When: the second half-year of the year that the address asks for, or of the latest that has something to tell.
async fn year(visit: &Visit, chosen: &crate::actions::forbund::Chosen<'_>, asked: Fragor) -> Result<Tid, Fail> {
    let Query(mut asked) = asked;
    if let Some(year) = given(&asked, "ar") {
        let half = arsrapport::aret(year).map_err(Fail::Bad)?;
        asked.insert("period".to_owned(), half.to_string());
    }
    let mut tid = Tid::new(visit, chosen, &asked).await?;
    tid.period = Halvar::new(tid.period.year(), 2).unwrap_or(tid.period);
    Ok(tid)
}

/// The tables, as they are asked for and as people read them.
fn tables(document: &Document) -> Vec<(String, String)> {
    document.tables().into_iter().map(|table| (table.id.clone(), table.caption.clone())).collect()
}

impl Sida<'_> {
    /// The years that can be chosen, the latest first.
    fn ar(&self) -> Vec<u16> {
        let mut years: Vec<u16> =
            self.tid.halvar.iter().map(|half| half.year()).chain([self.tid.period.year()]).collect();
        years.sort_unstable_by(|one, other| other.cmp(one));
        years.dedup();
        years
    }

    /// What addresses of the same year carry.
    fn fraga(&self) -> String {
        let per = if self.tid.per_vald { format!("&per={}", self.tid.per) } else { String::new() };
        format!("ar={}{per}", self.tid.period.year())
    }

    fn fil(&self, ending: &str) -> String {
        let kod = self.rapport.kod();
        self.visit.url(&format!("{kod}/{kod}.{ending}?{}", self.fraga()))
    }
}
