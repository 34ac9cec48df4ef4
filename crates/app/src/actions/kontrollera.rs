//! What contradicts, is missing or late in a half-year.

use crate::Error;
use crate::actions::forbund::Chosen;
use samsyn_core::{Finding, kontroll};
use samsyn_document::{Datum, Halvar};

/// The findings on a half-year, as known at the end of a day, worst first.
pub async fn kontrollera(chosen: &Chosen<'_>, period: Halvar, per: Datum) -> Result<Vec<Finding>, Error> {
    Ok(kontroll::periodens(&chosen.facts(per).await?, period, per))
}
