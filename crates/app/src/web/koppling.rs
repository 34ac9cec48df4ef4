//! What accounts, projects and cost centres are in the reports, and flat rates: tables by the year from which they apply,
//! with what is mapped to nothing and what is mapped twice.

mod rad;

pub use rad::{rad, rad_form, ta_bort, ta_bort_form};

use super::grind::Visit;
use super::mottaget::Mottaget;
use super::sida::{Answer, Fail, Page, show, show_wrong};
use super::tid::{Fragor, encode, given};
use crate::access::Action;
use crate::actions::bokforing::koppling::{self, Tabell};
use crate::actions::insatsbeslut::{unfit, without_personnummer};
use crate::{Error, clock};
use askama::Template;
use axum::extract::{Multipart, Query};
use axum::response::{IntoResponse, Redirect};
use samsyn_core::Fact;
use samsyn_core::underlag::Underlag;
use samsyn_document::format;

#[derive(Template)]
#[template(path = "koppling/sida.html")]
struct Sida<'a> {
    page: Page,
    visit: &'a Visit,
    tabell: Tabell,
    /// The years from which rows apply, the latest first, each with its rows.
    ar: Vec<(u16, Vec<Koppling>)>,
    rubriker: Vec<&'static str>,
    /// What is mapped to nothing or twice, in words.
    brister: Vec<String>,
    far_andra: bool,
    fel: Vec<String>,
    skal: String,
}

/// A row of a table: its key and its cells.
struct Koppling {
    nyckel: String,
    celler: Vec<String>,
}

fn rader(underlag: &Underlag, tabell: Tabell) -> Vec<(u16, Koppling)> {
    let text = |number: Option<u16>| number.map_or_else(String::new, |number| number.to_string());
    let bokforing = &underlag.bokforing;
    match tabell {
        Tabell::Rapportstruktur => bokforing
            .rapportstruktur
            .iter()
            .map(|row| {
                let run = if row.konto_fran == row.konto_till {
                    row.konto_fran.to_string()
                } else {
                    format!("{}–{}", row.konto_fran, row.konto_till)
                };
                let note = row.notrad.as_ref().map_or_else(String::new, |name| name.as_str().replace('_', " "));
                let celler = vec![run, row.rad.text().to_owned(), text(row.not_nr), note];
                (row.galler_fran, Koppling { nyckel: row.key(), celler })
            })
            .collect(),
        Tabell::Projekt => bokforing
            .projekt
            .iter()
            .map(|row| {
                let id = row.insats_id_eller_post.as_str();
                let named = underlag.insats_nr(id).map(|nr| {
                    let of = &underlag.insatser[nr];
                    of.namn_med_agare()
                });
                let celler = vec![row.sie_projekt.to_string(), named.unwrap_or_else(|| id.replace('_', " "))];
                (row.galler_fran, Koppling { nyckel: row.key(), celler })
            })
            .collect(),
        Tabell::Kostnadsstallen => bokforing
            .kostnadsstallen
            .iter()
            .map(|row| {
                let celler = vec![row.sie_kostnadsstalle.to_string(), row.rad.text().to_owned()];
                (row.galler_fran, Koppling { nyckel: row.key(), celler })
            })
            .collect(),
        Tabell::Schabloner => underlag
            .schabloner
            .iter()
            .map(|row| {
                let celler = vec![
                    row.kommun.clone(),
                    row.forsorjning.text().to_owned(),
                    format::kronor(row.belopp_kr),
                    row.kalla.clone(),
                ];
                (row.ar, Koppling { nyckel: row.key(), celler })
            })
            .collect(),
    }
}

fn rubriker(tabell: Tabell) -> Vec<&'static str> {
    match tabell {
        Tabell::Rapportstruktur => vec!["Konto", "Rad i rapporterna", "Not", "Rad i noten"],
        Tabell::Projekt => vec!["Projekt", "Är"],
        Tabell::Kostnadsstallen => vec!["Kostnadsställe", "Är"],
        Tabell::Schabloner => vec!["Kommun", "Försörjning", "Ett helt år, kronor", "Källa"],
    }
}

/// GET `/f/{forbund}/koppling`
pub async fn sida(visit: Visit, Query(asked): Fragor) -> Answer {
    let tabell = given(&asked, "tabell").and_then(Tabell::of_kod).unwrap_or(Tabell::Rapportstruktur);
    visa(&visit, tabell, Vec::new(), String::new()).await
}

async fn visa(visit: &Visit, tabell: Tabell, fel: Vec<String>, skal: String) -> Answer {
    let underlag = visit.chosen()?.underlag(clock::today()).await?;
    let mut years: Vec<(u16, Vec<Koppling>)> = Vec::new();
    for (year, row) in rader(&underlag, tabell) {
        match years.iter_mut().find(|(known, _)| *known == year) {
            Some((_, rows)) => rows.push(row),
            None => years.push((year, vec![row])),
        }
    }
    years.sort_by(|(one, _), (other, _)| other.cmp(one));
    let failed = !fel.is_empty();
    let view = Sida {
        page: Page::new(visit, tabell.text(), "ekonomi"),
        rubriker: rubriker(tabell),
        brister: koppling::brister(&underlag, tabell),
        far_andra: visit.rights.all(Action::AndraEkonomi),
        ar: years,
        tabell,
        visit,
        fel,
        skal,
    };
    if failed { show_wrong(&view) } else { show(&view) }
}

impl Sida<'_> {
    fn alla(&self) -> [Tabell; 4] {
        Tabell::ALLA
    }

    fn har_fran(&self) -> bool {
        self.tabell != Tabell::Schabloner
    }

    fn rad(&self, vad: &str, nyckel: &str) -> String {
        self.visit.url(&format!("koppling/{vad}?tabell={}&rad={}", self.tabell.kod(), encode(nyckel)))
    }
}

/// POST `/f/{forbund}/koppling`: takes in a file with a whole table.
pub async fn las(visit: Visit, parts: Multipart) -> Answer {
    let mut got = Mottaget::read(parts).await;
    let file = got.en_fil(&visit);
    let mut fel: Vec<String> = unfit(&got.falt, 500).into_iter().map(|(_, text)| text).collect();
    let typed = without_personnummer(std::mem::take(&mut got.falt));
    let field = |name: &str| typed.get(name).map_or("", |text| text.trim()).to_owned();
    let tabell = Tabell::of_kod(&field("tabell")).unwrap_or(Tabell::Rapportstruktur);
    let why = field("skal");
    if why.is_empty() && fel.is_empty() {
        fel.push("Skriv varför i Skäl, till exempel: Ny kontoplan 2023.".to_owned());
    }
    let fran = match field("fran").as_str() {
        "" => None,
        text => match text.parse::<u16>() {
            Ok(year) if (1990..=2200).contains(&year) => Some(year),
            _ => {
                fel.push("Året är inget år. Skriv till exempel 2023.".to_owned());
                None
            }
        },
    };
    let file = match file {
        Ok(file) if fel.is_empty() => file,
        Ok(_) => {
            fel.push("Välj filen igen; den är inte sparad.".to_owned());
            return visa(&visit, tabell, fel, why).await;
        }
        Err(told) => {
            fel.push(told);
            return visa(&visit, tabell, fel, why).await;
        }
    };
    let read = tokio::task::spawn_blocking(move || koppling::las(&file.name, &file.bytes, fran)).await;
    match read.map_err(|error| Fail::Broken(error.to_string()))? {
        Err(Error::Findings(findings)) => {
            visa(&visit, tabell, findings.iter().map(ToString::to_string).collect(), why).await
        }
        Err(Error::Usage(told)) => visa(&visit, tabell, vec![told], why).await,
        Err(other) => Err(other.into()),
        Ok(last) => match koppling::spara(&visit.chosen()?, &last, (visit.who(), &why)).await {
            Ok((changed, ended)) => tillbaka(&visit, last.tabell, changed + ended > 0),
            Err(Error::Findings(findings)) => {
                visa(&visit, tabell, findings.iter().map(ToString::to_string).collect(), why).await
            }
            Err(other) => Err(other.into()),
        },
    }
}

fn tillbaka(visit: &Visit, tabell: Tabell, changed: bool) -> Answer {
    let told = if changed { "sparat" } else { "likadant" };
    Ok(Redirect::to(&visit.url(&format!("koppling?tabell={}&besked={told}", tabell.kod()))).into_response())
}
