//! Every figure of a report.

use crate::Error;
use crate::actions::forbund::Chosen;
use samsyn_core::calc::{self, Figure, Rakning};
use samsyn_document::{Datum, FigureId, Halvar, Value};

/// Whose figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vilka {
    /// The PM of a half-year.
    Pm,
    /// The member fees of the half-year's calendar year.
    Avgifter,
    /// The plans for meetings in that year.
    Beslutsutrymme,
    /// The forecasts of that year.
    Prognos,
    /// The bookkeeping until 30 June of that year.
    Delarsrapport,
    /// The bookkeeping of that year.
    Arsredovisning,
}

/// Every figure of a report, as known at the end of a day.
pub async fn siffror(
    chosen: &Chosen<'_>,
    which: Vilka,
    period: Halvar,
    per: Datum,
) -> Result<Vec<(FigureId, Value)>, Error> {
    let underlag = chosen.underlag(per).await?;
    let half = match which {
        Vilka::Delarsrapport => Halvar::new(period.year(), 1),
        Vilka::Arsredovisning => Halvar::new(period.year(), 2),
        _ => None,
    };
    let rakning = chosen.rakning(&underlag, half.unwrap_or(period));
    let figures = match which {
        Vilka::Pm => calc::siffror(&rakning),
        Vilka::Avgifter => calc::avgifter(&rakning, period.year()),
        Vilka::Beslutsutrymme => planer(&rakning),
        Vilka::Prognos => calc::prognoser(&rakning),
        Vilka::Delarsrapport | Vilka::Arsredovisning => calc::bokslutets_siffror(&rakning),
    };
    Ok(figures.into_iter().map(|figure| (figure.id, figure.value)).collect())
}

/// The figures of every plan for a meeting in the year.
fn planer(rakning: &Rakning<'_>) -> Vec<Figure> {
    let of_year = |day: Option<Datum>| day.is_some_and(|day| day.year() == i32::from(rakning.period.year()));
    let plans = rakning.underlag.ekonomi.planer.iter().enumerate().filter(|(_, plan)| of_year(plan.datum));
    plans.flat_map(|(nr, _)| calc::plan(rakning, nr, &[])).collect()
}
