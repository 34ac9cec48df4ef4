//! A plan for another meeting, and one from a file: shown in the form where it is looked at and stored, with what would
//! change. Nothing is stored here.

use super::super::ekonomi;
use super::super::grind::Visit;
use super::super::mottaget::Mottaget;
use super::super::sida::{Answer, Fail};
use super::andra::{self, Plansida};
use crate::Error;
use crate::actions::inloggning::blocking;
use crate::actions::insatsbeslut::Form as Fields;
use crate::actions::plan::ny::{self, Borjan};
use crate::actions::plan::{self, redigera};
use crate::actions::star::handelse;
use crate::clock;
use axum::Form;
use axum::extract::Multipart;
use samsyn_core::Finding;
use samsyn_core::personnummer::contains_personnummer;
use samsyn_core::planpost::Planpost;
use samsyn_core::underlag::Plan;
use samsyn_document::Datum;
use samsyn_import::grid::Limits;
use samsyn_import::package::ReceivedFile;

/// POST `/f/{forbund}/ny-plan`: a plan for another meeting, as the one before or from what is decided.
pub async fn ny(visit: Visit, Form(values): Form<Fields>) -> Answer {
    let chosen = visit.chosen()?;
    let given = |name: &str| values.get(name).map_or("", |text| text.trim());
    let typed = given("mote");
    let Ok(mote) = typed.parse::<Datum>() else {
        let told = "Skriv styrelsemötets dag, till exempel 2022-10-20.";
        let kept = if contains_personnummer(typed) { "" } else { typed };
        return ekonomi::visa(&visit, vec![told.to_owned()], kept).await;
    };
    let from = match given("fran") {
        "besluten" => Borjan::Besluten,
        day => Borjan::Plan(day.parse().map_err(|_| Fail::form())?),
    };
    let handelse = handelse(&chosen).await?;
    let underlag = chosen.underlag(clock::today()).await?;
    match ny::ny(&underlag, mote, from) {
        Err(why) => ekonomi::visa(&visit, vec![why], typed).await,
        Ok(rows) => {
            let values = redigera::form(&Plan::new(&rows), handelse);
            andra::visa(&visit, &underlag, Plansida { ny: true, ..Plansida::new(mote, &values) })
        }
    }
}

/// POST `/f/{forbund}/las-plan`: a plan from a file, with what it would change. The day of the meeting is typed, or stands
/// last in the file's name.
pub async fn las(visit: Visit, parts: Multipart) -> Answer {
    let mut got = Mottaget::read(parts).await;
    let typed = got.falt.get("mote").map_or("", |text| text.trim()).to_owned();
    let kept = if contains_personnummer(&typed) { "" } else { &typed };
    let ReceivedFile { name, bytes } = match got.en_fil(&visit) {
        Ok(file) => file,
        Err(told) => return ekonomi::visa(&visit, vec![told], kept).await,
    };
    let mote = match typed.as_str() {
        "" => plan::dag_i_namnet(std::path::Path::new(&name)),
        typed => typed.parse().ok(),
    };
    let Some(mote) = mote else {
        let told = "Skriv vilket styrelsemöte planen är till, till exempel 2022-10-20: varken rutan eller filens namn säger \
                    det. Välj sedan filen igen.";
        return ekonomi::visa(&visit, vec![told.to_owned()], kept).await;
    };
    if let Err(why) = ny::mojlig(mote) {
        return ekonomi::visa(&visit, vec![why], kept).await;
    }
    let shown = if contains_personnummer(&name) { "Filen".to_owned() } else { name };
    let limits = Limits { max_file_bytes: visit.server.config.largest_upload, ..Limits::default() };
    match blocking(move || plan::las_fil(&shown, &bytes, mote, &limits)).await {
        Err(Error::Findings(findings)) => {
            let told = |finding: &Finding| format!("{}: {} {}", finding.place, finding.message, finding.hint);
            ekonomi::visa(&visit, findings.iter().map(told).collect(), kept).await
        }
        Err(other) => Err(other.into()),
        Ok(rows) => granska(&visit, mote, &rows).await,
    }
}

/// The form with what a file says, and what differs from the plan as it stands.
async fn granska(visit: &Visit, mote: Datum, rows: &[Planpost]) -> Answer {
    let chosen = visit.chosen()?;
    let handelse = handelse(&chosen).await?;
    let stored = chosen.underlag(clock::today()).await?;
    let before = stored.ekonomi.plan(mote).map(|nr| stored.ekonomi.planer[nr].rader());
    let values = redigera::form(&Plan::new(rows), handelse);
    let insatser: Vec<_> = stored.insatser.iter().map(|of| of.insats.clone()).collect();
    let sida = Plansida {
        ny: before.is_none(),
        ur_fil: before.map(|before| plan::skillnad(&insatser, &before, rows)),
        ..Plansida::new(mote, &values)
    };
    andra::visa(visit, &stored, sida)
}
