//! What the fees rest on, on one page: population, the rule of each year, recommended savings; and SCB's table as a file.

pub mod andra;

use super::grind::Visit;
use super::mottaget::Mottaget;
use super::sida::{Answer, Page, show, show_wrong};
use super::tid::{Fragor, Tid, encode};
use crate::Error;
use crate::access::Action;
use crate::actions::avgiftsunderlag::{self, Avgiftsunderlag};
use crate::actions::folkmangd;
use crate::actions::insatsbeslut::{unfit, without_personnummer};
use askama::Template;
use axum::extract::{Multipart, Query};
use axum::response::{IntoResponse, Redirect};
use samsyn_core::Fact;
use samsyn_core::sparandesteg::Sparandesteg;
use samsyn_document::{Datum, format};
use samsyn_import::grid::Limits;
use samsyn_import::package::ReceivedFile;

#[derive(Template)]
#[template(path = "avgiftsunderlag/sida.html")]
struct Sida<'a> {
    page: Page,
    visit: &'a Visit,
    tid: &'a Tid,
    allt: Avgiftsunderlag,
    far_andra: bool,
    /// What went wrong with a file, and what to do.
    fel: Vec<String>,
    skal: String,
    storst_mib: u64,
}

/// GET `/f/{forbund}/avgiftsunderlag`
pub async fn sida(visit: Visit, Query(asked): Fragor) -> Answer {
    let tid = Tid::new(&visit, &visit.chosen()?, &asked).await?;
    view(&visit, &tid, Vec::new(), String::new()).await
}

/// The page as it stands today, with what went wrong with what was sent to it.
async fn visa(visit: &Visit, fel: Vec<String>, skal: String) -> Answer {
    let tid = Tid::new(visit, &visit.chosen()?, &Default::default()).await?;
    view(visit, &tid, fel, skal).await
}

async fn view(visit: &Visit, tid: &Tid, fel: Vec<String>, skal: String) -> Answer {
    let failed = !fel.is_empty();
    let view = Sida {
        page: Page::new(visit, "Det avgifterna bygger på", "ekonomi"),
        allt: avgiftsunderlag::las(&visit.chosen()?, tid.per_vald.then_some(tid.per)).await?,
        far_andra: visit.rights.all(Action::AndraEkonomi) && !tid.per_vald,
        tid,
        fel,
        skal,
        storst_mib: visit.server.config.largest_upload / 1024 / 1024,
        visit,
    };
    if failed { show_wrong(&view) } else { show(&view) }
}

/// POST `/f/{forbund}/avgiftsunderlag`: takes in SCB's table.
pub async fn las(visit: Visit, parts: Multipart) -> Answer {
    let mut got = Mottaget::read(parts).await;
    let typed = std::mem::take(&mut got.falt);
    let file = got.en_fil(&visit);
    let mut wrong: Vec<String> = unfit(&typed, LONGEST).into_iter().map(|(_, text)| format!("Skäl: {text}")).collect();
    let typed = without_personnummer(typed);
    let why = typed.get("skal").map_or("", |why| why.trim()).to_owned();
    if why.is_empty() && wrong.is_empty() {
        wrong.push("Skriv varför i Skäl, till exempel: Inför budgeten 2024.".to_owned());
    }
    let ReceivedFile { name, bytes } = match file {
        Ok(file) => file,
        Err(told) => {
            wrong.push(told);
            return visa(&visit, wrong, why).await;
        }
    };
    if !wrong.is_empty() {
        wrong.push("Välj filen igen; den är inte sparad.".to_owned());
        return visa(&visit, wrong, why).await;
    }
    let limits = Limits { max_file_bytes: visit.server.config.largest_upload, ..Limits::default() };
    match folkmangd::las(&visit.chosen()?, (name, bytes), limits, (visit.who(), &why)).await {
        Err(Error::Findings(findings)) => visa(&visit, findings.iter().map(ToString::to_string).collect(), why).await,
        Err(Error::Usage(told)) => visa(&visit, vec![told], why).await,
        Err(other) => Err(other.into()),
        Ok(done) => {
            let told = match (done.andringar.is_empty(), done.utan.is_empty()) {
                (true, _) => "likadant",
                (false, true) => "folkmangd",
                (false, false) => "folkmangd-delvis",
            };
            Ok(Redirect::to(&visit.url(&format!("avgiftsunderlag?besked={told}"))).into_response())
        }
    }
}

/// The longest reason, in characters.
const LONGEST: usize = 500;

impl Sida<'_> {
    fn dag(&self, day: &Datum) -> String {
        format::long_date(*day)
    }

    fn antal(&self, people: &u32) -> String {
        folkmangd::antal(*people)
    }

    /// Where a kommun's number on a day is changed, or written when it is missing.
    fn andra_antal(&self, kommun: &str, day: &Datum) -> String {
        self.visit.url(&format!("avgiftsunderlag/folkmangd?kommun={}&datum={day}", encode(kommun)))
    }

    fn ta_bort(&self, step: &Sparandesteg) -> String {
        self.visit.url(&format!("avgiftsunderlag/ta-bort-steg?steg={}", encode(&step.key())))
    }

    fn fran(&self, step: &Sparandesteg) -> String {
        format!("{} kr", format::kronor(step.intakt_fran_kr))
    }

    fn hogst(&self, step: &Sparandesteg) -> String {
        let share = step.hogst_procent.map(|share| format!("{share} % av årets intäkt"));
        let most = step.hogst_kr.map(|most| format!("{} kr", format::kronor(most)));
        share.into_iter().chain(most).collect::<Vec<_>>().join(", dock högst ")
    }
}
