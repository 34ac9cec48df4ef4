//! Rows that contradict themselves, all nouns but deltagande.

use super::shown::kronor;
use super::{Collector, Gaps};
use crate::kommentar::Om;
use crate::{Facts, Finding, Place, Severity};
use samsyn_document::{Belopp, Datum, Halvar, Kvartal};
use std::collections::HashMap;

/// Years that a fact can be about.
const YEARS: std::ops::RangeInclusive<u16> = 1900..=2199;

pub(super) fn fel(facts: &Facts, gaps: &Gaps, told: &mut Collector) {
    one_forbund(facts, gaps, told);
    years(facts, told);
    for period in &facts.insatsperioder {
        if period.slut < period.start {
            told.fact(Severity::Fel, period, "slut", "ends before it starts", || {
                let message = format!("Insatsen slutar {} innan den börjar {}.", period.slut, period.start);
                (message, "Rätta start eller slut.".to_owned())
            });
        }
    }
    for row in facts.budget.iter().filter(|row| row.belopp_kr.is_negative()) {
        told.fact(Severity::Fel, row, "belopp_kr", "negative", || negative("Budgeten", row.belopp_kr));
    }
    for row in facts.rekvisitioner.iter().filter(|row| row.inkommen < row.kvartal.first()) {
        told.fact(Severity::Fel, row, "inkommen", "before the quarter", || {
            let message = format!("Rekvisitionen kom in {} innan {} började.", row.inkommen, row.kvartal);
            (message, "Rätta datumet eller kvartalet.".to_owned())
        });
    }
    for row in facts.kvartalsrapporter.iter().filter(|row| row.inlamnad < row.kvartal.first()) {
        told.fact(Severity::Fel, row, "inlamnad", "before the quarter", || {
            let message = format!("Rapporten lämnades {} innan {} började.", row.inlamnad, row.kvartal);
            (message, "Rätta datumet eller kvartalet.".to_owned())
        });
    }
    avvikelser(facts, told);
}

pub(super) fn negative(what: &str, amount: Belopp) -> (String, String) {
    let message = format!("{what} är negativ: {}.", kronor(amount));
    (message, "Skriv ett belopp från 0 och uppåt.".to_owned())
}

/// Everything belongs to exactly one förbund.
fn one_forbund(facts: &Facts, gaps: &Gaps, told: &mut Collector) {
    let rows = facts.forbund.len();
    if rows > 1 || (rows == 0 && gaps.whole(&["forbund"])) {
        told.tell("forbund", "", "one row", || {
            let place = Place { file: Some("forbund.csv".to_owned()), ..Place::default() };
            let message = format!("Filen har {rows} rader med uppgifter.");
            Finding::error(place, message, "Skriv exakt en rad: förbundet.")
        });
    }
}

fn years(facts: &Facts, told: &mut Collector) {
    let words = |year: u16| (format!("\"{year}\" är inget år."), "Skriv till exempel 2022.".to_owned());
    for row in facts.avgiftsregler.iter().filter(|row| !YEARS.contains(&row.ar)) {
        told.fact(Severity::Fel, row, "ar", "no year", || words(row.ar));
    }
    for row in facts.verksamhetsmal.iter().filter(|row| !YEARS.contains(&row.ar)) {
        told.fact(Severity::Fel, row, "ar", "no year", || words(row.ar));
    }
    for row in &facts.avvikelser {
        if let Some(year) = row.overforing_till_ar.filter(|year| !YEARS.contains(year)) {
            told.fact(Severity::Fel, row, "overforing_till_ar", "no year", || words(year));
        }
    }
}

fn avvikelser(facts: &Facts, told: &mut Collector) {
    for row in &facts.avvikelser {
        if let Some(amount) = row.overforing_kr.filter(|amount| amount.is_negative()) {
            told.fact(Severity::Fel, row, "overforing_kr", "negative", || negative("Överföringen", amount));
        }
        match (row.beslut, row.beslutad) {
            (Some(_), None) => told.fact(Severity::Fel, row, "beslutad", "decided when", || {
                ("Beslutet saknar datum.".to_owned(), "Fyll i beslutad, eller lämna beslut tom.".to_owned())
            }),
            (None, Some(_)) => told.fact(Severity::Fel, row, "beslut", "decided what", || {
                ("Beslutets datum finns men inte beslutet.".to_owned(), "Skriv bifall eller avslag.".to_owned())
            }),
            (Some(_), Some(day)) if day < row.inlamnad => {
                told.fact(Severity::Fel, row, "beslutad", "decided before", || {
                    let message = format!("Avvikelsen beslutades {day} innan den lämnades in {}.", row.inlamnad);
                    (message, "Rätta beslutad eller inlamnad.".to_owned())
                });
            }
            _ => {}
        }
    }
}

pub(super) fn varningar(facts: &Facts, told: &mut Collector) {
    for row in facts.avvikelser.iter().filter(|row| row.overforing_kr.is_some() != row.overforing_till_ar.is_some()) {
        told.fact(Severity::Varning, row, "overforing_till_ar", "half a request", || {
            let message = "Begäran om överföring är inte hel: både belopp och år behövs.".to_owned();
            (message, "Fyll i både overforing_kr och overforing_till_ar, eller ingen av dem.".to_owned())
        });
    }
    // A PM tells of an avvikelse in the half-year in which it came in.
    let handed_in: HashMap<_, _> = facts.avvikelser.iter().map(|row| (&row.avvikelse_id, row.inlamnad)).collect();
    for row in facts.kommentarer.iter().filter(|row| row.om == Om::Avvikelse) {
        let told_then = |day: &&Datum| (row.halvar.first()..=row.halvar.last()).contains(*day);
        if let Some(day) = handed_in.get(&row.nyckel).filter(|day| !told_then(day)) {
            told.fact(Severity::Varning, row, "halvar", "another half-year", || {
                let message = format!("Avvikelsen lämnades in {day}, inte under {}.", row.halvar);
                (message, "Rätta halvåret: kommentaren visas annars inte i uppföljnings-PM.".to_owned())
            });
        }
    }
}

/// Which quarters a check is about.
pub(super) enum Rows {
    /// Every quarter.
    All,
    /// The two of a half-year.
    Of(Halvar),
}

impl Rows {
    /// Whether the quarter is one of them.
    pub fn has(&self, quarter: Kvartal) -> bool {
        match self {
            Rows::All => true,
            Rows::Of(half) => half.has(quarter),
        }
    }
}
