//! What contradicts, is missing or late in a half-year.

use crate::Error;
use crate::actions::forbund::Chosen;
use samsyn_core::{Finding, kontroll};
use samsyn_document::{Datum, Halvar};
use std::sync::Arc;

/// The findings on a half-year, as known at the end of a day, worst first.
pub async fn kontrollera(chosen: &Chosen<'_>, period: Halvar, per: Datum) -> Result<Arc<Vec<Finding>>, Error> {
    let (underlag, name) = (chosen.underlag(per).await?, format!("fynd {period}"));
    if let Some(found) = chosen.minne.and_then(|minne| minne.recall(&underlag, &name)) {
        return Ok(found);
    }
    let found = Arc::new(kontroll::periodens(&chosen.facts(per).await?, period, per));
    if let Some(minne) = chosen.minne {
        minne.retain(&underlag, &name, found.clone());
    }
    Ok(found)
}
