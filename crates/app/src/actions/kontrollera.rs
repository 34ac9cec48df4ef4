//! What contradicts, is missing or late in a half-year.

use crate::Error;
use crate::actions::forbund::Chosen;
use samsyn_core::{Finding, kontroll};
use samsyn_document::{Datum, Halvar};
use std::sync::Arc;

/// The findings on a half-year, as known at the end of a day, worst first.
pub async fn kontrollera(chosen: &Chosen<'_>, period: Halvar, per: Datum) -> Result<Arc<Vec<Finding>>, Error> {
    let underlag = chosen.underlag(per).await?;
    let name = format!("fynd {period}, {}", if chosen.withheld { "utan små tal" } else { "allt" });
    if let Some(found) = chosen.minne.and_then(|minne| minne.recall(&underlag, &name)) {
        return Ok(found);
    }
    let mut facts = chosen.facts(per).await?;
    if chosen.withheld {
        // Findings on people tell how many there are.
        facts.deltagare.clear();
    }
    let found = Arc::new(kontroll::periodens(&facts, period, per));
    if let Some(minne) = chosen.minne {
        minne.retain(&underlag, &name, found.clone());
    }
    Ok(found)
}
