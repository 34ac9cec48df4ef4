//! The steps of a version that are taken on its page, and what belongs to them.

use super::sida::page;
use super::{Falt, ankare, finn, url};
use crate::actions::version::{skriva, steg};
use crate::clock;
use crate::web::grind::Visit;
use crate::web::sida::{Answer, Fail};
use crate::web::tid::read_day;
use axum::Form;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use samsyn_core::version::{Steg, Styrelsebeslut};

/// Goes back to the version's page with word of what was done, or shows it with what is wrong.
async fn answer(visit: &Visit, nr: i64, done: steg::Tagit, told: &str, falt: Falt) -> Answer {
    match done {
        Ok(nr) => Ok(Redirect::to(&url(visit, nr, &format!("?besked={told}"))).into_response()),
        Err(why) => page(visit, nr, Some(why), falt).await,
    }
}

/// POST `/f/{forbund}/version/{nr}/steg`: to review, back to draft, or the next version.
pub async fn ta_steg(visit: Visit, Path((_, nr)): Path<(String, i64)>, Form(falt): Form<Falt>) -> Answer {
    let found = finn(&visit, nr).await?;
    let steg = falt.get("steg").and_then(|kod| Steg::of_kod(kod));
    let (steg, told) = match steg {
        Some(steg @ Steg::Granska) => (steg, "pa-granskning"),
        Some(steg @ Steg::Aterta) => (steg, "utkast"),
        Some(steg @ Steg::NyVersion) => (steg, "ny-version"),
        _ => return Err(Fail::form()),
    };
    let done = steg::ta(&visit.chosen()?, &found, steg, visit.who()).await?;
    answer(&visit, nr, done, told, falt).await
}

/// POST `/f/{forbund}/version/{nr}/las`
pub async fn las(visit: Visit, Path((_, nr)): Path<(String, i64)>, Form(falt): Form<Falt>) -> Answer {
    finn(&visit, nr).await?;
    if falt.get("last").map(String::as_str) != Some("ja") {
        let why = "Kryssa i att du har läst igenom rapporten. Den kan inte ändras när den är låst.";
        return page(&visit, nr, Some(why.to_owned()), falt).await;
    }
    let Some(read) = falt.get("andring").and_then(|read| read.parse().ok()) else { return Err(Fail::form()) };
    let done = steg::las(&visit.chosen()?, nr, read, visit.who()).await?;
    answer(&visit, nr, done, "last-version", falt).await
}

/// POST `/f/{forbund}/version/{nr}/behandla`
pub async fn behandla(visit: Visit, Path((_, nr)): Path<(String, i64)>, Form(falt): Form<Falt>) -> Answer {
    let found = finn(&visit, nr).await?;
    let given = |name: &str| falt.get(name).map(|text| text.trim()).unwrap_or_default();
    let day = match read_day(&falt, "dag") {
        Ok(Some(day)) => day,
        Ok(None) => {
            return page(&visit, nr, Some("Skriv den dag då styrelsen behandlade rapporten.".to_owned()), falt).await;
        }
        Err(why) => return page(&visit, nr, Some(why), falt).await,
    };
    let what = Styrelsebeslut::of_kod(given("beslut")).ok_or_else(Fail::form)?;
    let done = steg::behandla(&visit.chosen()?, &found, (day, what, given("paragraf")), visit.who()).await?;
    answer(&visit, nr, done, "behandlad", falt).await
}

/// POST `/f/{forbund}/version/{nr}/per`: the kännedomsdatum of an open version.
pub async fn per(visit: Visit, Path((_, nr)): Path<(String, i64)>, Form(falt): Form<Falt>) -> Answer {
    let found = finn(&visit, nr).await?;
    let day = match read_day(&falt, "per") {
        Ok(day) => day,
        Err(why) => return page(&visit, nr, Some(why), falt).await,
    };
    let done = skriva::satt_per(&visit.chosen()?, &found, day).await?.map(|()| nr);
    answer(&visit, nr, done, "sparat", falt).await
}

/// POST `/f/{forbund}/version/{nr}/diariefor`
pub async fn diariefor(visit: Visit, Path((_, nr)): Path<(String, i64)>, Form(falt): Form<Falt>) -> Answer {
    let found = finn(&visit, nr).await?;
    let done = steg::diariefor(&visit.chosen()?, &found, clock::today(), "", visit.who()).await?;
    answer(&visit, nr, done, "diarieford", falt).await
}

/// POST `/f/{forbund}/version/{nr}/kommentar`
pub async fn kommentera(visit: Visit, Path((_, nr)): Path<(String, i64)>, Form(falt): Form<Falt>) -> Answer {
    let found = finn(&visit, nr).await?;
    let given = |name: &str| falt.get(name).map(String::as_str).unwrap_or_default();
    let done = steg::kommentera(&visit.chosen()?, &found, given("plats"), given("text"), visit.who()).await?;
    let back = format!("kommenterad#{}", ankare(given("plats")));
    answer(&visit, nr, done.map(|_| nr), &back, falt.clone()).await
}

/// POST `/f/{forbund}/version/{nr}/kommentar/{kommentar}/los`
pub async fn los(visit: Visit, Path((_, nr, comment)): Path<(String, i64, i64)>) -> Answer {
    finn(&visit, nr).await?;
    let done = steg::los(&visit.chosen()?, nr, comment, visit.who()).await?;
    answer(&visit, nr, done.map(|_| nr), "lost", Falt::new()).await
}
