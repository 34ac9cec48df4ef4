//! The vouchers that are proposed for a quarter, to download as SIE 4I.

use super::super::grind::Visit;
use super::super::nedladdning::svar;
use super::super::sida::{Answer, Fail};
use super::super::tid::{Fragor, given};
use super::lista_med;
use crate::actions::bokforing::forslag;
use crate::clock;
use axum::extract::Query;
use samsyn_document::Kvartal;

/// GET `/f/{forbund}/bokforing/forslag?kvartal=2022-K2`: the file, or the page with what is missing.
pub async fn fil(visit: Visit, Query(asked): Fragor) -> Answer {
    let text = given(&asked, "kvartal").ok_or_else(|| Fail::Bad("Välj ett kvartal.".to_owned()))?;
    let kvartal: Kvartal = text.parse().map_err(Fail::Bad)?;
    match forslag::fil(&visit.chosen()?, kvartal, clock::today()).await? {
        Ok(fil) => Ok(svar("application/octet-stream", &fil.namn, fil.innehall)),
        Err(missing) => lista_med(&visit, ("Förslaget kan inte skrivas", missing), String::new(), Some(kvartal)).await,
    }
}
