//! Every figure of the PM.

use crate::Error;
use crate::actions::forbund::Chosen;
use samsyn_core::calc;
use samsyn_document::{Datum, FigureId, Halvar, Value};

/// Every figure of a half-year, as known at the end of a day.
pub async fn siffror(chosen: &Chosen<'_>, period: Halvar, per: Datum) -> Result<Vec<(FigureId, Value)>, Error> {
    let underlag = chosen.underlag(per).await?;
    let rakning = chosen.rakning(&underlag, period);
    Ok(calc::siffror(&rakning).into_iter().map(|figure| (figure.id, figure.value)).collect())
}
