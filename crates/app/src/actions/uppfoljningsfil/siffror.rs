//! Which figures rows of inskrivningar change, before they are stored.

use crate::actions::forbund::Chosen;
use crate::actions::laget;
use crate::{Error, clock};
use samsyn_core::Facts;
use samsyn_core::calc::{self, Rakning};
use samsyn_core::deltagande::Deltagande;
use samsyn_core::underlag::Underlag;
use samsyn_document::{Datum, FigureId, Halvar, Value, format};
use std::collections::HashMap;

/// A figure that changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Siffra {
    /// Its name in words.
    pub namn: String,
    /// Its value now, as it is written.
    pub fore: String,
    /// Its value then.
    pub efter: String,
}

/// The figures of a half-year that change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Halvarets {
    /// The half-year.
    pub halvar: Halvar,
    /// Its figures, in the order of the report.
    pub siffror: Vec<Siffra>,
}

/// How many half-years are looked at.
const HALF_YEARS: usize = 3;

/// The figures that these rows change: those of the half-year that is reported next, and of those before it that the
/// rows are about, the latest first. With an insats only those of its own chain.
pub(super) async fn andrade(
    chosen: &Chosen<'_>,
    stored: &Facts,
    rows: &[Deltagande],
    insats: Option<&str>,
) -> Result<Vec<Halvarets>, Error> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let today = clock::today();
    let settings = chosen.settings(today).await?;
    let before = Underlag::new(stored.clone(), today).with(settings.clone());
    let after = Underlag::new(with(stored, rows), today).with(settings);
    let halves = half_years(&before, rows, today);
    let chain = insats.and_then(|id| {
        let nr = before.insats_nr(id)?;
        Some(before.forsta(before.insatser[nr].kedja).insats_id.to_string())
    });
    let own = |id: &FigureId| chain.as_ref().is_none_or(|chain| id.rad == *chain);
    let found = halves.into_iter().map(|halvar| {
        let (before, after) = (Rakning::new(&before, halvar), Rakning::new(&after, halvar));
        Halvarets { halvar, siffror: changed(&before, &after, &own) }
    });
    Ok(found.filter(|half| !half.siffror.is_empty()).collect())
}

/// The facts with these rows in place of those they change.
fn with(stored: &Facts, rows: &[Deltagande]) -> Facts {
    let mut all = stored.clone();
    let places: HashMap<String, usize> =
        all.deltagare.iter().enumerate().map(|(at, row)| (row.deltagande_id.to_string(), at)).collect();
    for row in rows {
        match places.get(row.deltagande_id.as_str()).and_then(|&at| all.deltagare.get_mut(at)) {
            Some(known) => known.clone_from(row),
            None => all.deltagare.push(row.clone()),
        }
    }
    all
}

fn half_years(underlag: &Underlag, rows: &[Deltagande], today: Datum) -> Vec<Halvar> {
    let days = rows.iter().flat_map(|row| [Some(row.inskriven), row.utskriven]).flatten();
    let mut halves: Vec<Halvar> = days.filter_map(Halvar::of).collect();
    halves.push(laget::reported_half(underlag, today));
    halves.sort();
    halves.dedup();
    halves.reverse();
    halves.truncate(HALF_YEARS);
    halves
}

fn changed(before: &Rakning<'_>, after: &Rakning<'_>, own: &dyn Fn(&FigureId) -> bool) -> Vec<Siffra> {
    let was: HashMap<FigureId, Value> =
        calc::siffror(before).into_iter().map(|figure| (figure.id, figure.value)).collect();
    let now = calc::siffror(after).into_iter().filter(|figure| own(&figure.id));
    let differs = |figure: calc::Figure| {
        let old = was.get(&figure.id).cloned().unwrap_or(Value::Missing);
        (format::plain(&old) != format::plain(&figure.value)).then(|| Siffra {
            namn: calc::namn::namn(after.underlag, &figure.id),
            fore: format::in_text(&old),
            efter: format::in_text(&figure.value),
        })
    };
    now.filter_map(differs).collect()
}
