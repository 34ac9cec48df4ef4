//! What member fees and recommended savings rest on: sums, rules, population, steps.

use super::Collector;
use super::rows::negative;
use crate::avgiftsregel::{Avgiftsmetod, Avgiftsregel};
use crate::medlem::MedlemTyp;
use crate::{Facts, Severity};

/// What no fee can be counted from. That a named kommun is no member at all is told with other unknown members.
pub(super) fn fel(facts: &Facts, told: &mut Collector) {
    for row in &facts.medlemsavgifter {
        if row.totalt_kr.is_negative() {
            told.fact(Severity::Fel, row, "totalt_kr", "negative", || negative("Summan", row.totalt_kr));
        } else if row.totalt_kr.ore() % 100 != 0 {
            told.fact(Severity::Fel, row, "totalt_kr", "no whole kronor", || {
                let message = "Summan är inte hela kronor.".to_owned();
                (message, "Skriv summan i hela kronor, till exempel 23090000.".to_owned())
            });
        }
    }
    for row in facts.avgiftsregler.iter().filter(|row| row.metod == Avgiftsmetod::AvrundaVarForSig) {
        if let Some(name) = no_kommun(facts, row) {
            told.fact(Severity::Fel, row, "rest_till", "no kommun takes the rest", || no_kommun_words(name));
        }
    }
    for row in &facts.sparandesteg {
        if row.hogst_procent.is_none() && row.hogst_kr.is_none() {
            told.fact(Severity::Fel, row, "hogst_procent", "no maximum", || {
                let message = "Steget säger inte hur mycket som högst bör sparas.".to_owned();
                (message, "Fyll i hogst_procent eller hogst_kr, eller båda.".to_owned())
            });
        }
        if row.intakt_fran_kr.is_negative() {
            told.fact(Severity::Fel, row, "intakt_fran_kr", "negative", || negative("Intäkten", row.intakt_fran_kr));
        }
        if let Some(most) = row.hogst_kr.filter(|most| most.is_negative()) {
            told.fact(Severity::Fel, row, "hogst_kr", "negative", || negative("Gränsen", most));
        }
    }
}

/// What is odd, or what a year's fees stop at if nobody does anything.
pub(super) fn varningar(facts: &Facts, told: &mut Collector) {
    for row in facts.folkmangd.iter().filter(|row| row.antal == 0) {
        told.fact(Severity::Varning, row, "antal", "nobody", || {
            let message = format!("Folkmängden {} är noll.", row.datum);
            (message, "Rätta antalet.".to_owned())
        });
    }
    for row in &facts.avgiftsregler {
        match (row.metod, no_kommun(facts, row)) {
            (Avgiftsmetod::AvrundaVarForSig, None) if row.rest_till.is_none() => {
                told.fact(Severity::Varning, row, "rest_till", "nobody takes the rest", || {
                    let message = "Ingen kommun tar skillnaden när var och en avrundas för sig.".to_owned();
                    (message, "Skriv kommunens namn i rest_till.".to_owned())
                });
            }
            // With the largest remainder there is no difference to take.
            (Avgiftsmetod::StorstaRest, Some(name)) => {
                told.fact(Severity::Varning, row, "rest_till", "no kommun takes the rest", || no_kommun_words(name));
            }
            _ => {}
        }
    }
    for row in facts.sparandesteg.iter().filter(|row| row.hogst_procent.is_some_and(|most| most > 100)) {
        told.fact(Severity::Varning, row, "hogst_procent", "more than all", || {
            let message = "Steget tillåter ett sparande som är större än årets intäkt.".to_owned();
            (message, "Skriv procent av årets intäkt, till exempel 20.".to_owned())
        });
    }
}

/// The member that a rule names for the difference, when it is a member and no kommun.
fn no_kommun<'f>(facts: &'f Facts, row: &'f Avgiftsregel) -> Option<&'f str> {
    let name = row.rest_till.as_deref()?;
    let member = facts.medlemmar.iter().find(|medlem| medlem.medlem == name)?;
    (member.typ != MedlemTyp::Kommun).then_some(name)
}

fn no_kommun_words(name: &str) -> (String, String) {
    let message = format!("{name} är ingen kommun och kan inte ta skillnaden.");
    (message, "Skriv en av förbundets kommuner i rest_till.".to_owned())
}
