//! The PM on screen, and every report as a file.

use super::grind::Visit;
use super::sida::{Answer, Fail, Page, show};
use super::tid::{Fragor, Tid, given};
use super::version::{Rad, open_too};
use crate::access::Action;
use crate::actions::inloggning::blocking;
use crate::actions::rapport::{self, Design, Format, Report};
use crate::actions::version;
use askama::Template;
use axum::extract::Path;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::IntoResponse;
use samsyn_core::version::Slag;
use samsyn_document::Document;
use samsyn_render::html;

#[derive(Template)]
#[template(path = "rapport/sida.html")]
struct Sida<'a> {
    page: Page,
    visit: &'a Visit,
    tid: &'a Tid,
    rapport: Report,
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
    let which =
        if given(&asked, "rapport") == Some("tjansteskrivelse") { Report::Tjansteskrivelse } else { Report::Pm };
    let underlag = chosen.underlag(tid.per).await?;
    let name = format!("{which:?} på skärm {}", tid.query());
    let written = chosen.made(&underlag, &name, || {
        let document = rapport::of(&chosen, &underlag, which, tid.period);
        let article = html::embedded(&document, &|id| tid.siffra(&visit, id));
        Skriven {
            titel: document.title.clone(),
            artikel: article,
            dolt: document.withheld_under.is_some(),
            tabeller: tables(&document),
        }
    });
    let all = version::lista(&chosen, open_too(&visit)).await?;
    let slag = if which == Report::Pm { Slag::Pm } else { Slag::Tjansteskrivelse };
    let own = all.into_iter().filter(|version| (version.slag, version.period) == (slag, tid.period));
    let versioner: Vec<Rad> = own.map(|version| Rad::new(&visit, version)).collect();
    let view = Sida {
        far_borja: versioner.is_empty() && visit.rights.all(Action::SkrivRapport),
        versioner,
        page: Page::new(&visit, written.titel.clone(), "rapport"),
        rapport: which,
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

/// GET `/f/{forbund}/rapport/{fil}`, for instance `pm.pdf` or `pm-tabell-6.csv`.
pub async fn fil(visit: Visit, Path((_, name)): Path<(String, String)>, asked: Fragor) -> Answer {
    let public = given(&asked, "offentlig").is_some();
    let chosen = visit.chosen()?.withholding(public);
    let tid = Tid::new(&visit, &chosen, &asked).await?;
    let (stem, ending) = name.rsplit_once('.').ok_or(Fail::NotFound)?;
    let (which, table) = match stem.split_once("-tabell-") {
        Some((stem, table)) => (stem, Some(table.to_owned())),
        None => (stem, None),
    };
    let which = match which {
        "pm" => Report::Pm,
        "tjansteskrivelse" => Report::Tjansteskrivelse,
        _ => return Err(Fail::NotFound),
    };
    let format = Format::of(std::path::Path::new(&name), table.as_deref()).map_err(|_| Fail::NotFound)?;
    let document = rapport::document(&chosen, which, tid.period, tid.per).await?;
    let design = Design { look: rapport::look(&chosen).await?, template: None };
    let bytes = blocking(move || format.render(&document, &design, table.as_deref())).await?;
    let marked = if chosen.withheld { "-offentlig" } else { "" };
    let told = named(&format!("{stem}-{}-per-{}{marked}.{ending}", tid.period, tid.per));
    Ok(([(CONTENT_TYPE, content_type(format)), (CONTENT_DISPOSITION, told.as_str())], bytes).into_response())
}

/// What makes a browser keep what it gets under a name.
pub fn named(file: &str) -> String {
    format!("attachment; filename=\"{file}\"")
}

/// What a format is called between programs.
pub fn content_type(format: Format) -> &'static str {
    match format {
        Format::Pdf => "application/pdf",
        Format::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        Format::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        Format::Html => "text/html; charset=utf-8",
        Format::Markdown => "text/markdown; charset=utf-8",
        Format::Json => "application/json",
        Format::Csv => "text/csv; charset=utf-8",
    }
}

impl Sida<'_> {
    fn stam(&self) -> &'static str {
        match self.rapport {
            Report::Pm => "pm",
            Report::Tjansteskrivelse => "tjansteskrivelse",
        }
    }

    fn fil(&self, ending: &str) -> String {
        let public = if self.offentlig { "&offentlig=ja" } else { "" };
        self.visit.url(&format!("rapport/{}.{ending}?{}{public}", self.stam(), self.tid.query()))
    }

    fn formater(&self) -> [(&'static str, &'static str); 6] {
        [
            ("pdf", "PDF"),
            ("docx", "Word"),
            ("xlsx", "Excel"),
            ("html", "Webbsida"),
            ("md", "Markdown"),
            ("json", "JSON"),
        ]
    }
}
