//! What lies outside every decided period of its chain.

use super::picture::Picture;
use super::{Collector, rows::Rows};
use crate::{Facts, Severity};
use samsyn_document::Datum;

/// Budget, requisitions, reports and outcomes for quarters that no decided period overlaps.
pub(super) fn quarters(facts: &Facts, picture: &Picture<'_>, rows: &Rows, told: &mut Collector) {
    macro_rules! each {
        ($($noun:ident),+) => {$(
            for row in facts.$noun.iter().filter(|row| rows.has(row.kvartal)) {
                let quarter = row.kvartal;
                if !picture.decided(&row.insats_id, quarter.first(), quarter.last()) {
                    told.fact(Severity::Varning, row, "kvartal", "outside", || {
                        let message = format!("{quarter} ligger utanför alla beslutade perioder för {}.", row.insats_id);
                        (message, "Kontrollera kvartalet, eller lägg till beslutet om perioden.".to_owned())
                    });
                }
            }
        )+};
    }
    each!(budget, rekvisitioner, kvartalsrapporter, malutfall);
}

/// Enrolments on a day that no decided period holds.
pub(super) fn enrolments(facts: &Facts, picture: &Picture<'_>, told: &mut Collector) {
    for row in facts.deltagare.iter().filter(|row| row.makulerad.is_none()) {
        if !picture.decided(&row.insats_id, row.inskriven, row.inskriven) {
            told.fact(Severity::Varning, row, "inskriven", "outside", || {
                let (day, id) = (row.inskriven, &row.insats_id);
                let message = format!("Inskrivningen {day} ligger utanför alla beslutade perioder för {id}.");
                (message, "Kontrollera datumet, eller lägg till beslutet om perioden.".to_owned())
            });
        }
    }
}

/// Counts for months that no decided period overlaps.
pub(super) fn counts(facts: &Facts, picture: &Picture<'_>, told: &mut Collector) {
    macro_rules! each {
        ($($noun:ident),+) => {$(
            for row in &facts.$noun {
                let month = row.manad;
                if !picture.decided(&row.insats_id, month.first(), month.last()) {
                    told.fact(Severity::Varning, row, "manad", "outside", || {
                        let (words, id) = (month.words(), &row.insats_id);
                        let message = format!("Antalen för {words} ligger utanför alla beslutade perioder för {id}.");
                        (message, "Kontrollera månaden, eller lägg till beslutet om perioden.".to_owned())
                    });
                }
            }
        )+};
    }
    each!(manadsantal, avslutsantal);
}

/// The last day that the facts say anything about: the latest registration, not after `today`. What
/// happened since is not known, so nobody can be said to be still enrolled.
pub(super) fn horizon(facts: &Facts, today: Datum) -> Datum {
    let rows = facts.deltagare.iter();
    let days = rows.flat_map(|row| [Some(row.inskriven_registrerad), row.utskriven_registrerad]).flatten();
    days.max().map_or(today, |latest| latest.min(today))
}

/// Participants not exited from a chain whose last decided period ended before `today`, counted per
/// insats.
pub(super) fn still_enrolled(facts: &Facts, picture: &Picture<'_>, today: Datum, told: &mut Collector) {
    let ended = |id| picture.chain_ends(id).filter(|end| *end < today);
    let mut counts = vec![0i64; facts.insatser.len()];
    for row in &facts.deltagare {
        let open = row.utskriven.is_none() && row.makulerad.is_none() && !row.anonym;
        if open && ended(&row.insats_id).is_some() {
            picture.position(&row.insats_id).into_iter().for_each(|own| counts[own] += 1);
        }
    }
    for (insats, count) in facts.insatser.iter().zip(counts).filter(|(_, count)| *count > 0) {
        let Some(end) = ended(&insats.insats_id) else { continue };
        told.fact(Severity::Varning, insats, "", "still enrolled", || {
            let (number, plural) = (samsyn_document::format::number(count), if count == 1 { "" } else { "ar" });
            let message = format!("{number} inskrivning{plural} saknar utskrivning fast insatsen slutade {end}.");
            (message, "Skriv ut deltagarna, eller lägg till en förlängning.".to_owned())
        });
    }
}
