//! Forecasts of a year's outcome as figures.

use super::fakta::fact;
use crate::calc::figure::FactRef;
use crate::calc::prognos::{Grund, Provning, avrundad, prognos, provningar, senaste_kvartal};
use crate::underlag::{InsatsNr, Underlag};
use samsyn_document::{Belopp, Unit, Value, format};

/// The insatser that a forecast is of: those of the year that can be forecast.
fn insatser(underlag: &Underlag, ar: u16, insats: Option<InsatsNr>) -> Vec<InsatsNr> {
    let all = insats.map_or_else(|| (0..underlag.insatser.len()).collect(), |one| vec![one]);
    all.into_iter().filter(|&one| prognos(underlag, one, ar).is_some()).collect()
}

/// Earlier years as they would have been forecast after the last quarter that is claimed for.
pub(crate) fn provade(underlag: &Underlag, ar: u16, insats: Option<InsatsNr>) -> Vec<Provning> {
    let all: Vec<InsatsNr> = insats.map_or_else(|| (0..underlag.insatser.len()).collect(), |one| vec![one]);
    provningar(underlag, &all, ar, senaste_kvartal(underlag, &all, ar))
}

/// In tkr, with the digits that it deserves; missing where nothing tells it.
pub(super) fn value(underlag: &Underlag, ar: u16, insats: Option<InsatsNr>) -> Value {
    let found: Vec<_> = insatser(underlag, ar, insats).iter().filter_map(|&one| prognos(underlag, one, ar)).collect();
    if found.is_empty() {
        return Value::Missing;
    }
    let sum: Belopp = found.iter().map(|one| one.varde()).sum();
    let left: Belopp = found.iter().map(|one| one.aterstar).sum();
    let tried = if left == Belopp::NOLL { Vec::new() } else { provade(underlag, ar, insats) };
    Value::Belopp(avrundad(sum, &tried, left), Unit::Tkr)
}

pub(super) fn rule(underlag: &Underlag, ar: u16, insats: Option<InsatsNr>) -> String {
    let how = |grund: Grund| match grund {
        Grund::Klart => "Inget återstår av budgeten, så prognosen är utfallet.",
        Grund::Egna => "Andelen är den som insatsen använde av budgeten för samma kvartal tidigare år.",
        Grund::Allas => "Andelen är den som alla insatser använde av budgeten för samma kvartal tidigare år.",
        Grund::Hittills => {
            "Inget tidigare år är känt, så andelen är den som insatsen använt av budgeten hittills i år."
        }
    };
    let begin =
        format!("Utfallet hittills {ar} + budgeten för de kvartal som inte har rekvirerats × andelen som används.");
    let rounding = "Avrundat efter hur fel prognosen hade blivit tidigare år; när inget är känt, efter en tiondel av det som återstår.";
    match insats.and_then(|one| prognos(underlag, one, ar)) {
        Some(found) => format!("{begin} {} {rounding}", how(found.grund)),
        None => format!("Summan av insatsernas prognoser före avrundning. {begin} {rounding}"),
    }
}

/// The claims of the year, and the budgets of the quarters that are not claimed for; of one insats what it is judged by
/// as well.
pub(super) fn facts(underlag: &Underlag, ar: u16, insats: Option<InsatsNr>) -> Vec<(String, Value, Vec<FactRef>)> {
    let all = insatser(underlag, ar, insats);
    let tkr = |amount: Belopp| Value::Belopp(amount, Unit::Tkr);
    let told = |amount: Belopp| format!("{} kr", format::kronor(amount));
    let mut claims = (Belopp::NOLL, Vec::new());
    let mut budgets = (Belopp::NOLL, Vec::new());
    for &one in &all {
        let of = &underlag.insatser[one];
        let claimed = |quarter| of.rekvisitioner.iter().any(|row| row.kvartal == quarter);
        for row in of.rekvisitioner.iter().filter(|row| row.kvartal.year() == ar) {
            claims.0 += row.belopp_kr;
            claims.1.push(fact(row, told(row.belopp_kr)));
        }
        for row in of.budget.iter().filter(|row| row.kvartal.year() == ar && !claimed(row.kvartal)) {
            budgets.0 += row.belopp_kr;
            budgets.1.push(fact(row, told(row.belopp_kr)));
        }
    }
    let mut groups = vec![
        ("Utfall hittills".to_owned(), tkr(claims.0), claims.1),
        ("Budget som återstår".to_owned(), tkr(budgets.0), budgets.1),
    ];
    if let Some((used, of)) = insats.and_then(|one| prognos(underlag, one, ar)).and_then(|found| found.andel) {
        let share = samsyn_document::Kvot::new(used.ore(), of.ore()).map_or(Value::Missing, Value::Andel);
        groups.push((
            format!("Andel som används ({} av {} tkr)", format::number(used.tkr()), format::number(of.tkr())),
            share,
            Vec::new(),
        ));
    }
    groups
}
