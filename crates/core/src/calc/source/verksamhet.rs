//! Figures of the förbund's own activities.

use super::fakta::fact;
use crate::aktivitet::Aktivitet;
use crate::calc::figure::FactRef;
use crate::calc::kontekst::Rakning;
use samsyn_document::{Value, format};

/// What is counted of activities.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Deltog {
    /// The activities themselves.
    Antal,
    /// The people who took part in those where someone counted.
    Deltagare,
}

fn chosen<'u>(rakning: &Rakning<'u>, typ: Option<&str>) -> impl Iterator<Item = &'u Aktivitet> {
    let (first, last) = (rakning.period.year_start(), rakning.period.last());
    let of_year = move |of: &&Aktivitet| (first..=last).contains(&of.datum);
    let all: Vec<&Aktivitet> =
        rakning.underlag.aktiviteter.iter().filter(of_year).filter(|of| typ.is_none_or(|typ| of.typ == typ)).collect();
    all.into_iter()
}

/// A count; of people missing when nobody counted.
pub(super) fn value(rakning: &Rakning<'_>, typ: Option<&str>, what: Deltog) -> Value {
    match what {
        Deltog::Antal => Value::Antal(chosen(rakning, typ).count() as i64),
        Deltog::Deltagare => {
            let counted: Vec<i64> = chosen(rakning, typ).filter_map(|of| of.antal_deltagare).map(i64::from).collect();
            if counted.is_empty() { Value::Missing } else { Value::Antal(counted.iter().sum()) }
        }
    }
}

pub(super) fn rule(rakning: &Rakning<'_>, typ: Option<&str>, what: Deltog) -> String {
    let kind = typ.map_or_else(String::new, |typ| format!(" av slaget {typ}"));
    let days = format!(
        "från {} till {}",
        format::long_date(rakning.period.year_start()),
        format::long_date(rakning.period.last())
    );
    match what {
        Deltog::Antal => format!("Aktiviteter{kind} {days}."),
        Deltog::Deltagare => format!("Deltagare i aktiviteter{kind} {days}, där någon har räknat dem."),
    }
}

pub(super) fn facts(rakning: &Rakning<'_>, typ: Option<&str>) -> Vec<FactRef> {
    let said = |of: &Aktivitet| {
        let people = of.antal_deltagare.map_or_else(String::new, |people| format!(", {people} deltagare"));
        fact(of, format!("{} {}, {}{people}", of.datum, of.typ, of.titel))
    };
    chosen(rakning, typ).map(said).collect()
}
