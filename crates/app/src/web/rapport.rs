//! The PM on screen, and every report as a file.

use super::grind::Visit;
use super::nedladdning::{Fil, marke};
use super::sida::{Answer, Fail, Page, show};
use super::tid::{Fragor, Tid, given};
use super::version::{self, Rad};
use crate::actions::rapport::{self, Format};
use askama::Template;
use axum::extract::Path;
use samsyn_core::version::{Avser, Slag};
use samsyn_document::Document;
use samsyn_render::html;

#[derive(Template)]
#[template(path = "rapport/sida.html")]
struct Sida<'a> {
    page: Page,
    visit: &'a Visit,
    tid: &'a Tid,
    slag: Slag,
    skriven: &'a Skriven,
    offentlig: bool,
    dold: bool,
    versioner: Vec<Rad>,
    far_borja: bool,
}

/// A report as markup, with the numbers and captions of its tables.
struct Skriven {
    titel: String,
    artikel: String,
    dolt: bool,
    tabeller: Vec<(String, String)>,
}

/// GET `/f/{forbund}/rapport`
pub async fn sida(visit: Visit, asked: Fragor) -> Answer {
    let public = given(&asked, "offentlig").is_some();
    let chosen = visit.chosen()?.withholding(public);
    let tid = Tid::new(&visit, &chosen, &asked).await?;
    let slag = given(&asked, "rapport").and_then(av_halvar).unwrap_or(Slag::Pm);
    let underlag = chosen.underlag(tid.per).await?;
    let name = format!("{} på skärm {}", slag.kod(), tid.query());
    let written = chosen.made(&underlag, &name, || {
        let document = rapport::of(&chosen, &underlag, slag, Avser::Halvar(tid.period));
        let article = html::embedded(&document, &|id| tid.siffra(&visit, id));
        Skriven {
            titel: document.title.clone(),
            artikel: article,
            dolt: document.withheld_under.is_some(),
            tabeller: tables(&document),
        }
    });
    let (versioner, far_borja) = version::av(&visit, slag, Avser::Halvar(tid.period)).await?;
    let view = Sida {
        far_borja,
        versioner,
        page: Page::new(&visit, written.titel.clone(), "rapport"),
        slag,
        skriven: &written,
        offentlig: public,
        dold: chosen.withheld,
        visit: &visit,
        tid: &tid,
    };
    show(&view)
}

/// The tables that have a number, as they are asked for and as people read it.
fn tables(document: &Document) -> Vec<(String, String)> {
    let numbered = document.tables().into_iter().filter_map(|table| {
        let label = table.label.clone()?;
        let number = label.rsplit(' ').next()?.to_owned();
        Some((number, format!("{label}. {}", table.caption)))
    });
    numbered.collect()
}

/// The report on a half-year with this code.
fn av_halvar(kod: &str) -> Option<Slag> {
    Slag::av_halvar().find(|slag| slag.kod() == kod)
}

/// GET `/f/{forbund}/rapport/{fil}`, for instance `pm.pdf` or `pm-tabell-6.csv`.
pub async fn fil(visit: Visit, Path((_, name)): Path<(String, String)>, asked: Fragor) -> Answer {
    let public = given(&asked, "offentlig").is_some();
    let chosen = visit.chosen()?.withholding(public);
    let tid = Tid::new(&visit, &chosen, &asked).await?;
    tid.as_asked()?;
    let file = Fil::asked(&name)?;
    let slag = av_halvar(&file.vilken).ok_or(Fail::NotFound)?;
    let document = rapport::document(&chosen, slag, Avser::Halvar(tid.period), tid.per).await?;
    let name = format!("{}-{}-per-{}{}", file.stam, tid.period, tid.per, marke(&chosen));
    file.of(&chosen, document, &name).await
}

impl Sida<'_> {
    /// The kännedomsdatum that was asked for.
    fn per(&self) -> String {
        self.tid.per_valt()
    }

    fn fil(&self, ending: &str) -> String {
        let public = if self.offentlig { "&offentlig=ja" } else { "" };
        self.visit.url(&format!("rapport/{}.{ending}?{}{public}", self.slag.kod(), self.tid.query()))
    }
}
