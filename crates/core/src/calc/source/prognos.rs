//! Forecasts of a year's outcome as figures.

use super::fakta::fact;
use crate::calc::figure::FactRef;
use crate::calc::prognos::{Grund, Provning, andelens_kvartal, avrundad, prognos, provningar, senaste_kvartal};
use crate::calc::tabeller::ekonomi::prognosrader;
use crate::underlag::{InsatsNr, Underlag};
use samsyn_document::{Belopp, Unit, Value, format};

/// The insatser that a forecast is of: those with a budget or a claim in the year.
fn insatser(underlag: &Underlag, ar: u16, insats: Option<InsatsNr>) -> Vec<InsatsNr> {
    insats.map_or_else(|| prognosrader(underlag, ar), |one| vec![one])
}

/// The insatser of the year that nothing tells of; without them there is no sum.
pub(crate) fn utan_prognos(underlag: &Underlag, ar: u16) -> Vec<InsatsNr> {
    prognosrader(underlag, ar).into_iter().filter(|&one| prognos(underlag, one, ar).is_none()).collect()
}

/// Earlier years as they would have been forecast after the last quarter that is claimed for.
pub(crate) fn provade(underlag: &Underlag, ar: u16, insats: Option<InsatsNr>) -> Vec<Provning> {
    let all: Vec<InsatsNr> = insats.map_or_else(|| (0..underlag.insatser.len()).collect(), |one| vec![one]);
    provningar(underlag, &all, ar, senaste_kvartal(underlag, &all, ar))
}

/// In tkr, with the digits that it deserves; missing where nothing tells it, or nothing tells one of those it is a sum of.
pub(super) fn value(underlag: &Underlag, ar: u16, insats: Option<InsatsNr>) -> Value {
    let found: Option<Vec<_>> = insatser(underlag, ar, insats).iter().map(|&one| prognos(underlag, one, ar)).collect();
    let Some(found) = found.filter(|found| !found.is_empty()) else { return Value::Missing };
    let sum: Belopp = found.iter().map(|one| one.varde()).sum();
    let left: Belopp = found.iter().map(|one| one.aterstar).sum();
    let tried = if left == Belopp::NOLL { Vec::new() } else { provade(underlag, ar, insats) };
    Value::Belopp(avrundad(sum, &tried, left), Unit::Tkr)
}

const SAKNAS: &str = " Summan saknas, eftersom en insats inte går att prognostisera.";

pub(super) fn rule(underlag: &Underlag, ar: u16, insats: Option<InsatsNr>) -> String {
    let how = |grund: Grund| match grund {
        Grund::Klart => "Inget återstår av budgeten, så prognosen är utfallet.",
        Grund::Egna => "Andelen är den som insatsen använde av budgeten för samma kvartal tidigare år.",
        Grund::Allas => "Andelen är den som alla insatser använde av budgeten för samma kvartal tidigare år.",
        Grund::Hittills => {
            "Inget tidigare år är känt, så andelen är den som insatsen använt av budgeten hittills i år."
        }
        Grund::AllasHittills => {
            "Inget tidigare år är känt och inget är rekvirerat, så andelen är den som alla insatser använt hittills i år."
        }
    };
    let begin =
        format!("Utfallet hittills {ar} + budgeten för de kvartal som inte har rekvirerats × andelen som används.");
    let rounding = "Avrundat efter hur fel prognosen hade blivit tidigare år; när inget är känt, efter en tiondel av det som återstår.";
    match (insats, insats.and_then(|one| prognos(underlag, one, ar))) {
        (_, Some(found)) => format!("{begin} {} {rounding}", how(found.grund)),
        (Some(_), None) => {
            format!("{begin} Ingen rekvisition är känd som säger vilken andel som används, så prognosen saknas.")
        }
        (None, None) => {
            let missing = if utan_prognos(underlag, ar).is_empty() { "" } else { SAKNAS };
            format!("Summan av insatsernas prognoser före avrundning.{missing} {begin} {rounding}")
        }
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
            insats.map_or_else(Vec::new, |one| share_facts(underlag, one, ar)),
        ));
    }
    groups
}

/// The claims and the budgets of the quarters that a share is of.
fn share_facts(underlag: &Underlag, insats: InsatsNr, ar: u16) -> Vec<FactRef> {
    let told = |amount: Belopp| format!("{} kr", format::kronor(amount));
    let mut facts = Vec::new();
    for (of, quarter) in andelens_kvartal(underlag, insats, ar) {
        let claims = of.rekvisitioner.iter().filter(|row| row.kvartal == quarter);
        facts.extend(claims.map(|row| fact(row, told(row.belopp_kr))));
        let budgets = of.budget.iter().filter(|row| row.kvartal == quarter);
        facts.extend(budgets.map(|row| fact(row, told(row.belopp_kr))));
    }
    facts
}
