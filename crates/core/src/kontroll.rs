//! Checks on the facts of one förbund: what cannot be, what is odd, and what a half-year lacks. Pure:
//! a finding names a fact by its key; whoever read a file turns the key into a row.
//!
//! Three lists: [`fel`] stops an import, [`varningar`] must be accepted by a person, [`periodens`] is
//! what a kansli wants to know before it writes its half-year report.

mod antal;
mod avgifter;
mod collect;
mod deltagande;
mod gaps;
mod handed_in;
mod nearest;
mod outside;
mod periodens;
mod picture;
mod relations;
mod rows;
mod shown;
#[cfg(test)]
mod tests;

pub use collect::{Collector, SAME_KIND};
pub use gaps::Gaps;
pub use nearest::nearest;
pub use periodens::periodens;
pub use shown::shown;

use crate::{Facts, Finding};
use picture::Picture;
use rows::Rows;
use samsyn_document::Datum;

/// What cannot be: a row that contradicts itself, or names something that is not there.
pub fn fel(facts: &Facts) -> Vec<Finding> {
    let mut told = Collector::default();
    tell_fel(facts, &Gaps::default(), &mut told);
    told.finish()
}

/// What must be accepted by a person: odd, late or missing on `today`.
pub fn varningar(facts: &Facts, today: Datum) -> Vec<Finding> {
    let mut told = Collector::default();
    tell_varningar(facts, today, &Gaps::default(), &mut told);
    told.finish()
}

/// Insatser that hand in counts by month and single inskrivningar of the same time: somebody would be counted twice.
pub fn raknade_tva_ganger(facts: &Facts) -> Vec<Finding> {
    let mut told = Collector::telling(usize::MAX);
    antal::counted_twice(facts, &mut told);
    told.finish()
}

/// What is wrong or odd about inskrivningar alone, in facts that need hold nothing but them and their insatser. All of it
/// is told.
pub fn inskrivningar(facts: &Facts, today: Datum) -> Vec<Finding> {
    let mut told = Collector::telling(usize::MAX);
    deltagande::fel(&facts.deltagare, &mut told);
    deltagande::varningar(&facts.deltagare, &mut told);
    if let Some(picture) = Picture::of(facts) {
        outside::enrolments(facts, &picture, &mut told);
    }
    handed_in::future(facts, today, &mut told);
    told.finish()
}

/// As [`fel`], when rows or files could not be read: what they may have held is not called missing.
pub fn tell_fel(facts: &Facts, gaps: &Gaps, told: &mut Collector) {
    rows::fel(facts, gaps, told);
    deltagande::fel(&facts.deltagare, told);
    relations::fel(facts, gaps, told);
    antal::fel(facts, told);
    avgifter::fel(facts, told);
}

/// As [`varningar`], when rows or files could not be read: a rule that looks for something in a noun
/// that is not whole is left out.
pub fn tell_varningar(facts: &Facts, today: Datum, gaps: &Gaps, told: &mut Collector) {
    rows::varningar(facts, told);
    avgifter::varningar(facts, told);
    deltagande::varningar(&facts.deltagare, told);
    handed_in::future(facts, today, told);
    antal::future(facts, today, told);
    if gaps.whole(&["manadsantal", "avslutsantal"]) {
        antal::months(facts, told);
    }
    if !gaps.whole(&["insatser", "insatsperioder"]) {
        return;
    }
    antal::not_individ(facts, told);
    let Some(picture) = Picture::of(facts) else { return };
    outside::quarters(facts, &picture, &Rows::All, told);
    outside::enrolments(facts, &picture, told);
    outside::counts(facts, &picture, told);
    antal::still_enrolled(facts, &picture, today, told);
    outside::still_enrolled(facts, &picture, outside::horizon(facts, today), told);
    if gaps.whole(&["budget"]) {
        handed_in::over_budget(facts, &Rows::All, told);
    }
    if gaps.whole(&["kvartalsrapporter"]) {
        handed_in::missing_reports(facts, &picture, today, told);
    }
    if gaps.whole(&["budget", "rekvisitioner"]) {
        handed_in::missing_claims(facts, &picture, today, told);
    }
    if gaps.whole(&["kvartalsrapporter", "avvikelser"]) {
        handed_in::disagreements(facts, &Rows::All, told);
    }
}
