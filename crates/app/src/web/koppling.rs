//! What accounts, projects and cost centres are in the reports, and flat rates: tables by the year from which they apply,
//! with what is mapped to nothing and what is mapped twice.

use super::formular::{Falt, Formular, Formularsida, kant_fran_i_dag};
use super::grind::Visit;
use super::mottaget::Mottaget;
use super::sida::{Answer, Fail, Page, show, show_wrong};
use super::tid::{Fragor, encode, given};
use crate::access::Action;
use crate::actions::bokforing::koppling::{self, Radutfall, Tabell};
use crate::actions::insatsbeslut::{Form as Fields, Wrong, unfit, without_personnummer};
use crate::{Error, clock};
use askama::Template;
use axum::Form;
use axum::extract::{Multipart, Query};
use axum::response::{IntoResponse, Redirect};
use samsyn_core::Fact;
use samsyn_core::deltagande::Forsorjning;
use samsyn_core::planpost::Plankategori;
use samsyn_core::rapportstruktur::Rad;
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
                    format!("{} ({})", of.kortnamn(), of.insats.insatsagare)
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

fn falt(tabell: Tabell, underlag: &Underlag) -> Vec<Falt> {
    let ar =
        || Falt::new("galler_fran", "Gäller från år", "tal").hjalp("Till exempel 2023. Året ersätter alla tidigare.");
    let skal =
        Falt::new("skal", "Skäl eller beslut", "text").hjalp("Till exempel: Ny kontoplan 2023. Sparas i historiken.");
    let mut fields = match tabell {
        Tabell::Rapportstruktur => vec![
            ar(),
            Falt::new("konto_fran", "Första kontot", "tal"),
            Falt::new("konto_till", "Sista kontot", "tal").hjalp("Samma nummer när det är ett enda konto."),
            Falt::new("rad", "Rad i rapporterna", "val")
                .val(Rad::ALL.iter().map(|rad| (rad.kod().to_owned(), rad.text().to_owned())).collect()),
            Falt::new("not_nr", "Notens nummer", "tal").valfri(),
            Falt::new("notrad", "Rad i noten", "text")
                .hjalp("Ett eget namn utan mellanslag, eller per_konto eller per_projekt.")
                .valfri(),
        ],
        Tabell::Projekt => vec![
            ar(),
            Falt::new("sie_projekt", "Projektets nummer i bokföringen", "text"),
            Falt::new("insats_id_eller_post", "Insats eller post i planen", "text").hjalp(
                "Insatsens id, till exempel ost-bryggan, eller postens namn med små bokstäver och understreck, till exempel \
                 ekonom_projektstod.",
            ),
        ],
        Tabell::Kostnadsstallen => vec![
            ar(),
            Falt::new("sie_kostnadsstalle", "Kostnadsställets nummer i bokföringen", "text"),
            Falt::new("rad", "Del av planen", "val").val(
                Plankategori::ALL
                    .iter()
                    .filter(|of| of.is_cost())
                    .map(|of| (of.kod().to_owned(), of.text().to_owned()))
                    .collect(),
            ),
        ],
        Tabell::Schabloner => {
            let kommuner = crate::actions::folkmangd::kommuner(&underlag.ekonomi.medlemmar);
            vec![
                Falt::new("ar", "År", "tal"),
                Falt::new("kommun", "Kommun", "val")
                    .val(kommuner.into_iter().map(|name| (name.to_owned(), name.to_owned())).collect()),
                Falt::new("forsorjning", "Slag av försörjning", "val").val(
                    Forsorjning::ALL
                        .iter()
                        .filter(|of| **of != Forsorjning::Ingen)
                        .map(|of| (of.kod().to_owned(), of.text().to_owned()))
                        .collect(),
                ),
                Falt::new("belopp_kr", "Kostnad för ett helt år, kronor", "tal"),
                Falt::new("kalla", "Källa", "text").hjalp("Var beloppet kommer ifrån."),
            ]
        }
    };
    fields.push(skal);
    fields
}

/// Which table and row an address is about.
fn which(asked: &std::collections::BTreeMap<String, String>) -> Result<(Tabell, Option<String>), Fail> {
    let tabell = given(asked, "tabell").and_then(Tabell::of_kod).ok_or_else(Fail::form)?;
    Ok((tabell, given(asked, "rad").map(str::to_owned)))
}

async fn formular(visit: &Visit, tabell: Tabell, ny: bool, values: &Fields, wrong: &Wrong) -> Answer {
    let underlag = visit.chosen()?.underlag(clock::today()).await?;
    let view = Formularsida {
        page: Page::new(visit, if ny { "Lägg till rad" } else { "Ändra rad" }, "ekonomi"),
        tillbaka: visit.url(&format!("koppling?tabell={}", tabell.kod())),
        till: tabell.text().to_owned(),
        ingress: kant_fran_i_dag().to_string(),
        knapp: "Spara raden",
        formular: Formular::new(falt(tabell, &underlag), values, wrong),
    };
    view.visa()
}

/// GET `/f/{forbund}/koppling/rad`: with `rad`, that row; else a new one.
pub async fn rad_form(visit: Visit, Query(asked): Fragor) -> Answer {
    let (tabell, rad) = which(&asked)?;
    let values = match &rad {
        Some(key) => koppling::form_of(&visit.chosen()?, tabell, key).await?,
        None => Fields::new(),
    };
    if rad.is_some() && values.is_empty() {
        return Err(Fail::NotFound);
    }
    formular(&visit, tabell, rad.is_none(), &values, &Wrong::new()).await
}

/// POST `/f/{forbund}/koppling/rad`
pub async fn rad(visit: Visit, Query(asked): Fragor, Form(values): Form<Fields>) -> Answer {
    let (tabell, rad) = which(&asked)?;
    match koppling::spara_rad(&visit.chosen()?, tabell, rad.as_deref(), &values, visit.who()).await? {
        Radutfall::Fel(wrong) => formular(&visit, tabell, rad.is_none(), &values, &wrong).await,
        Radutfall::Klart(changed) => tillbaka(&visit, tabell, changed),
    }
}

async fn ta_bort_formular(visit: &Visit, tabell: Tabell, key: &str, values: &Fields, wrong: &Wrong) -> Answer {
    if koppling::form_of(&visit.chosen()?, tabell, key).await?.is_empty() {
        return Err(Fail::NotFound);
    }
    let view = Formularsida {
        page: Page::new(visit, format!("Ta bort raden {}", key.replace('/', ", ")), "ekonomi"),
        tillbaka: visit.url(&format!("koppling?tabell={}", tabell.kod())),
        till: tabell.text().to_owned(),
        ingress: "Raden gäller inte från och med i dag. Den står kvar i historiken.".to_owned(),
        knapp: "Ta bort raden",
        formular: Formular::new(
            vec![Falt::new("skal", "Skäl eller beslut", "text").hjalp("Sparas i historiken.")],
            values,
            wrong,
        ),
    };
    view.visa()
}

/// GET `/f/{forbund}/koppling/ta-bort`
pub async fn ta_bort_form(visit: Visit, Query(asked): Fragor) -> Answer {
    let (tabell, rad) = which(&asked)?;
    ta_bort_formular(&visit, tabell, &rad.ok_or_else(Fail::form)?, &Fields::new(), &Wrong::new()).await
}

/// POST `/f/{forbund}/koppling/ta-bort`
pub async fn ta_bort(visit: Visit, Query(asked): Fragor, Form(values): Form<Fields>) -> Answer {
    let (tabell, rad) = which(&asked)?;
    let key = rad.ok_or_else(Fail::form)?;
    match koppling::ta_bort_rad(&visit.chosen()?, tabell, &key, &values, visit.who()).await? {
        Err(wrong) => ta_bort_formular(&visit, tabell, &key, &values, &wrong).await,
        Ok(changed) => tillbaka(&visit, tabell, changed),
    }
}
