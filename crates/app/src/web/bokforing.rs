//! The bookkeeping: which closings there are, and taking in a SIE file, which is looked at before anything is stored.

pub mod forslag;
pub mod konto;
pub mod vantar;

use super::grind::Visit;
use super::mottaget::Mottaget;
use super::sida::{Answer, Fail, Page, show, show_wrong};
use super::tid::Fragor;
use crate::access::Action;
use crate::actions::bokforing::visa::{self, Bokslutsrad};
use crate::actions::bokforing::{self, Granskning, Last};
use crate::actions::insatsbeslut::{Form as Fields, unfit, without_personnummer};
use crate::{Error, clock};
use askama::Template;
use axum::Form;
use axum::extract::Multipart;
use axum::response::{IntoResponse, Redirect};
use samsyn_document::{Belopp, Datum, Kvartal, format};
use vantar::Agare;

#[derive(Template)]
#[template(path = "bokforing/sida.html")]
struct Sida<'a> {
    page: Page,
    visit: &'a Visit,
    bokslut: Vec<Bokslutsrad>,
    har_struktur: bool,
    far_andra: bool,
    fel: Vec<String>,
    /// What did not come about.
    fel_rubrik: &'static str,
    /// The quarters that vouchers can be proposed for, and the chosen one.
    kvartal: Vec<Kvartal>,
    valt: Option<Kvartal>,
    /// The day that was written for the file.
    till: String,
    storst_mib: u64,
}

/// GET `/f/{forbund}/bokforing`
pub async fn sida(visit: Visit, _: Fragor) -> Answer {
    lista(&visit, Vec::new(), String::new()).await
}

async fn lista(visit: &Visit, fel: Vec<String>, till: String) -> Answer {
    lista_med(visit, ("Inget har lästs in", fel), till, None).await
}

/// The page, with what is wrong under its heading, and a chosen quarter.
async fn lista_med(
    visit: &Visit,
    (fel_rubrik, fel): (&'static str, Vec<String>),
    till: String,
    valt: Option<Kvartal>,
) -> Answer {
    let underlag = visit.chosen()?.underlag(clock::today()).await?;
    let failed = !fel.is_empty();
    let view = Sida {
        page: Page::new(visit, "Bokföring", "ekonomi"),
        bokslut: visa::lista(&underlag),
        har_struktur: !underlag.bokforing.rapportstruktur.is_empty(),
        far_andra: visit.rights.all(Action::AndraEkonomi),
        fel,
        fel_rubrik,
        kvartal: bokforing::forslag::kvartal(&underlag),
        valt,
        till,
        storst_mib: visit.server.config.largest_upload / 1024 / 1024,
        visit,
    };
    if failed { show_wrong(&view) } else { show(&view) }
}

/// Whose the file is.
fn agare(visit: &Visit) -> Result<Agare, Fail> {
    let user = visit.visitor.as_ref().map(|visitor| visitor.user.nr).ok_or(Fail::NotFound)?;
    Ok((visit.forbund_nr()?, user))
}

/// POST `/f/{forbund}/bokforing`: reads a file and shows what it would change.
pub async fn las(visit: Visit, parts: Multipart) -> Answer {
    let mut got = Mottaget::read(parts).await;
    let file = got.en_fil(&visit);
    let typed = without_personnummer(std::mem::take(&mut got.falt));
    let till = typed.get("till").map_or("", |text| text.trim()).to_owned();
    let day = match till.as_str() {
        "" => None,
        text => match text.parse::<Datum>() {
            Ok(day) => Some(day),
            Err(_) => return lista(&visit, vec!["Dagen är inget datum. Skriv som 2022-06-30.".to_owned()], till).await,
        },
    };
    let file = match file {
        Ok(file) => file,
        Err(told) => return lista(&visit, vec![told], till).await,
    };
    // A large file takes a second: others are answered meanwhile.
    let read = tokio::task::spawn_blocking(move || bokforing::las(&file.name, &file.bytes, day)).await;
    let last = match read.map_err(|error| Fail::Broken(error.to_string()))? {
        Ok(last) => last,
        Err(Error::Findings(findings)) => {
            return lista(&visit, findings.iter().map(ToString::to_string).collect(), till).await;
        }
        Err(other) => return Err(other.into()),
    };
    let token = visit.server.bokforing.keep(agare(&visit)?, last)?;
    let Some(last) = visit.server.bokforing.find(&token, agare(&visit)?) else { return Err(Fail::form()) };
    preview(&visit, &last, &token, &Fields::new(), Vec::new()).await
}

#[derive(Template)]
#[template(path = "bokforing/granska.html")]
struct Granska<'a> {
    page: Page,
    visit: &'a Visit,
    last: &'a Last,
    granskning: Granskning,
    token: &'a str,
    fel: Vec<String>,
    skal: String,
}

async fn preview(visit: &Visit, last: &Last, token: &str, typed: &Fields, fel: Vec<String>) -> Answer {
    let granskning = bokforing::granska(&visit.chosen()?, last).await?;
    let failed = !fel.is_empty();
    let view = Granska {
        page: Page::new(visit, "Läs in bokföring", "ekonomi"),
        visit,
        last,
        granskning,
        token,
        fel,
        skal: typed.get("skal").cloned().unwrap_or_default(),
    };
    if failed { show_wrong(&view) } else { show(&view) }
}

impl Sida<'_> {
    fn kronor(&self, amount: &Belopp) -> String {
        format::kronor(*amount)
    }
}

impl Granska<'_> {
    fn antal(&self, count: &usize) -> String {
        format::number(i64::try_from(*count).unwrap_or(i64::MAX))
    }

    fn kronor(&self, amount: &Belopp) -> String {
        format::kronor(*amount)
    }

    /// Whether the file would change anything.
    fn nagot(&self) -> bool {
        self.granskning.nytt.iter().any(|new| !new.lika)
    }
}

/// POST `/f/{forbund}/bokforing/las-in`: takes in the file that was looked at.
pub async fn las_in(visit: Visit, Form(form): Form<Fields>) -> Answer {
    let given = |name: &str| form.get(name).map_or("", |text| text.trim());
    let token = given("fil").to_owned();
    let back = |told: &str| Ok(Redirect::to(&visit.url(&format!("bokforing?besked={told}"))).into_response());
    let Some(last) = visit.server.bokforing.find(&token, agare(&visit)?) else { return back("fil-glomd") };
    if given("gor") == "avsta" {
        visit.server.bokforing.forget(&token);
        return back("fil-avstadd");
    }
    let mut fel: Vec<String> = unfit(&form, 500).into_iter().map(|(_, text)| text).collect();
    if given("skal").is_empty() {
        fel.push("Skriv varför i Skäl, till exempel: Delårsbokslut 2022.".to_owned());
    }
    let granskning = bokforing::granska(&visit.chosen()?, &last).await?;
    if granskning.annat_foretag.is_some() && given("annat") != "ja" {
        fel.push("Filen har ett annat organisationsnummer än förbundet. Kryssa för att det är rätt fil.".to_owned());
    }
    if given("handelse") != granskning.handelse.to_string() {
        fel.push("Något har ändrats sedan sidan visades. Se efter en gång till, och läs in sedan.".to_owned());
    }
    if !fel.is_empty() {
        return preview(&visit, &last, &token, &without_personnummer(form.clone()), fel).await;
    }
    match bokforing::spara(&visit.chosen()?, &last, &granskning, (visit.who(), given("skal"))).await? {
        None => back("fil-andrad"),
        Some(changed) => {
            visit.server.bokforing.forget(&token);
            back(if changed { "bokforing" } else { "likadant" })
        }
    }
}
