//! The delårsrapport and the årsredovisning on screen and as files, with what must agree before they are printed.

use super::grind::Visit;
use super::nedladdning::{Fil, marke};
use super::sida::{Answer, Fail, Page, show};
use super::tid::{Fragor, Tid, given};
use super::version::{self, Rad};
use crate::actions::arsrapport::aret;
use crate::actions::bokslut::{Avstamning, Utfall, avstamningar, of_day};
use crate::actions::rapport::{self, Format};
use askama::Template;
use axum::extract::{Path, Query};
use samsyn_core::version::{Avser, Slag};
use samsyn_document::Halvar;
use samsyn_render::html;

#[derive(Template)]
#[template(path = "bokslut/sida.html")]
struct Sida<'a> {
    page: Page,
    visit: &'a Visit,
    tid: &'a Tid,
    slag: Slag,
    avser: Avser,
    /// The years with a closing of the kind, the latest first.
    aren: Vec<u16>,
    artikel: String,
    dolt: bool,
    tabeller: Vec<(String, String)>,
    avstamningar: Vec<Avstamning>,
    versioner: Vec<Rad>,
    far_borja: bool,
}

/// The report of this code.
fn av_kod(kod: &str) -> Option<Slag> {
    Slag::of_kod(kod).filter(|slag| slag.av_bokslut())
}

/// When, which report, and what it is about.
async fn asked(visit: &Visit, Query(mut asked): Fragor, slag: Option<Slag>) -> Result<(Tid, Slag, Avser), Fail> {
    let chosen = visit.chosen()?;
    let year = given(&asked, "ar").map(|year| aret(year).map_err(Fail::Bad)).transpose()?;
    let named = given(&asked, "rapport").and_then(av_kod);
    if let Some(half) = year {
        asked.insert("period".to_owned(), half.to_string());
    }
    let mut tid = Tid::new(visit, &chosen, &asked).await?;
    // Without a choice: the latest closing that there is a report of.
    let latest = chosen.underlag(tid.per).await?;
    let latest = latest.bokforing.bokslut.iter().rev().find_map(|of| of_day(of.bokslut.till));
    let slag = slag.or(named).or(latest.map(|(slag, _)| slag)).unwrap_or(Slag::Delarsrapport);
    let half = year.or(latest.map(|(_, half)| half)).unwrap_or(tid.period);
    let whole = Halvar::new(half.year(), 2).unwrap_or(half);
    tid.period = slag.raknas(Avser::Ar(whole));
    Ok((tid, slag, Avser::Ar(whole)))
}

/// GET `/f/{forbund}/bokslut`
pub async fn sida(visit: Visit, query: Fragor) -> Answer {
    let (tid, slag, avser) = asked(&visit, query, None).await?;
    let chosen = visit.chosen()?;
    let underlag = chosen.underlag(tid.per).await?;
    let document = rapport::of(&chosen, &underlag, slag, avser);
    let (versioner, far_borja) = version::av(&visit, slag, avser).await?;
    let closings = underlag.bokforing.bokslut.iter().rev().filter_map(|of| of_day(of.bokslut.till));
    let mut aren: Vec<u16> = closings.filter(|(of, _)| *of == slag).map(|(_, half)| half.year()).collect();
    if !aren.contains(&tid.period.year()) {
        aren.insert(0, tid.period.year());
    }
    let view = Sida {
        page: Page::new(&visit, document.title.clone(), "ekonomi"),
        artikel: html::embedded(&document, &|id| tid.siffra(&visit, id)),
        dolt: document.withheld_under.is_some(),
        tabeller: document.tables().into_iter().map(|table| (table.id.clone(), table.caption.clone())).collect(),
        avstamningar: avstamningar(&chosen, &underlag, tid.period),
        aren,
        versioner,
        far_borja,
        slag,
        avser,
        visit: &visit,
        tid: &tid,
    };
    show(&view)
}

/// GET `/f/{forbund}/bokslut/{fil}`, for instance `delarsrapport.pdf` or `delarsrapport-tabell-balansrakning.csv`.
pub async fn fil(visit: Visit, Path((_, name)): Path<(String, String)>, query: Fragor) -> Answer {
    let file = Fil::asked(&name)?;
    let slag = av_kod(&file.vilken).ok_or(Fail::NotFound)?;
    let (tid, slag, avser) = asked(&visit, query, Some(slag)).await?;
    tid.as_asked()?;
    let chosen = visit.chosen()?;
    let document = rapport::document(&chosen, slag, avser, tid.per).await?;
    let name = format!("{}-{avser}-per-{}{}", file.stam, tid.per, marke(&chosen));
    file.of(&chosen, document, &name).await
}

impl Sida<'_> {
    fn ar(&self) -> u16 {
        self.tid.period.year()
    }

    /// What addresses of the same report carry.
    fn fraga(&self) -> String {
        let per = if self.tid.per_vald { format!("&per={}", self.tid.per) } else { String::new() };
        format!("ar={}{per}", self.ar())
    }

    fn fil(&self, ending: &str) -> String {
        self.visit.url(&format!("bokslut/{}.{ending}?{}", self.slag.kod(), self.fraga()))
    }

    /// How many things do not agree.
    fn fel(&self) -> usize {
        self.avstamningar.iter().filter(|of| of.utfall == Utfall::StammerInte).count()
    }

    fn lage(&self, of: &Avstamning) -> &'static str {
        match of.utfall {
            Utfall::StammerInte => "stämmer inte",
            Utfall::ArAttBedoma => "att bedöma",
            Utfall::Stammer => "stämmer",
        }
    }
}
