//! What contradicts, is missing or late in one half-year, for the one who is to write its report.

use super::picture::Picture;
use super::rows::Rows;
use super::{Collector, antal, handed_in, outside};
use crate::deltagande::Deltagande;
use crate::{Facts, Finding, Id, Severity};
use samsyn_document::{Datum, Halvar, Kvartal, format};
use std::collections::{HashMap, HashSet};

/// How many findings of one kind a half-year's checks tell: all that a förbund can have of insatser and quarters.
const MOST: usize = 500;

/// What the half-year lacks or contradicts, as known at the end of `per`, worst first. `facts` are
/// those known then. What falls due on `per` has had its day.
pub fn periodens(facts: &Facts, half: Halvar, per: Datum) -> Vec<Finding> {
    let mut told = Collector::telling(MOST);
    if let Some(picture) = Picture::of(facts) {
        let rows = Rows::Of(half);
        if let Some((first, last)) = due(half, per) {
            handed_in::reports_between(facts, &picture, first, last, &mut told);
            handed_in::claims_between(facts, &picture, first, last, &mut told);
        }
        outside::quarters(facts, &picture, &rows, &mut told);
        outside::still_enrolled(facts, &picture, half.last().min(per).add_days(1), &mut told);
        handed_in::over_budget(facts, &rows, &mut told);
        handed_in::disagreements(facts, &rows, &mut told);
        antal::missing(facts, &picture, half.year_start(), half.last().min(per), &mut told);
        undecided(facts, half, &mut told);
        unanswered(facts, half, &mut told);
        late(facts, &rows, &mut told);
        without_outcome(facts, &picture, half, &mut told);
    }
    let mut found = told.finish();
    found.sort();
    found
}

/// The half-year's quarters whose reports were due on `per` at the latest.
fn due(half: Halvar, per: Datum) -> Option<(Kvartal, Kvartal)> {
    let [first, second] = half.quarters();
    match (first.due() <= per, second.due() <= per) {
        (_, true) => Some((first, second)),
        (true, false) => Some((first, first)),
        (false, false) => None,
    }
}

/// Avvikelser handed in by the half-year's end that ask for money and have no decision.
fn undecided(facts: &Facts, half: Halvar, told: &mut Collector) {
    for row in facts.avvikelser.iter().filter(|row| row.beslut.is_none() && row.inlamnad <= half.last()) {
        let day = row.inlamnad;
        if row.overforing_kr.is_some() {
            told.fact(Severity::Varning, row, "beslut", "undecided", || {
                let message = format!("Avvikelsen lämnades in {day} med begäran om överföring och väntar på beslut.");
                (message, "Fyll i beslut och beslutad när beslutet är fattat.".to_owned())
            });
        } else if day >= half.first() {
            told.fact(Severity::Upplysning, row, "beslut", "no decision", || {
                (format!("Avvikelsen lämnades in {day} och har inget beslut."), String::new())
            });
        }
    }
}

/// An answer that an exit should have, in words.
type Answer = (&'static str, fn(&Deltagande) -> bool);
const ANSWERS: [Answer; 4] = [
    ("plan vid avslut", |row| row.plan_vid_avslut.is_some()),
    ("uppgift om studier", |row| row.studerar.is_some()),
    ("uppgift om arbetssökande", |row| row.arbetssokande.is_some()),
    ("försörjning efter", |row| row.forsorjning_efter.is_some()),
];

/// Exits since 1 January that lack an answer, counted per insats: the shares of the exited lean on them.
fn unanswered(facts: &Facts, half: Halvar, told: &mut Collector) {
    let mut counts: HashMap<&str, [i64; ANSWERS.len()]> = HashMap::new();
    let exited = |row: &&Deltagande| row.utskriven.is_some_and(|day| half.year_start() <= day && day <= half.last());
    for row in facts.deltagare.iter().filter(exited).filter(|row| row.makulerad.is_none() && !row.anonym) {
        for (i, _) in ANSWERS.iter().enumerate().filter(|(_, (_, has))| !has(row)) {
            counts.entry(row.insats_id.as_str()).or_default()[i] += 1;
        }
    }
    for insats in &facts.insatser {
        let Some(counts) = counts.get(insats.insats_id.as_str()) else { continue };
        told.fact(Severity::Varning, insats, "", "unanswered", || {
            let lacking: Vec<String> = ANSWERS
                .iter()
                .zip(counts)
                .filter(|(_, count)| **count > 0)
                .map(|((answer, _), count)| format!("{answer} för {}", format::number(*count)))
                .collect();
            let message = format!("Avslutade sedan {} saknar {}.", half.year_start(), format::list(&lacking));
            (message, "Be insatsen om uppgifterna och komplettera inskrivningarna.".to_owned())
        });
    }
}

/// What came after its day.
fn late(facts: &Facts, rows: &Rows, told: &mut Collector) {
    let words = |what: &str, came: Datum, due: Datum| (format!("{what} {came}; sista dag var {due}."), String::new());
    for row in facts.kvartalsrapporter.iter().filter(|row| rows.has(row.kvartal)) {
        let due = row.kvartal.due();
        if row.inlamnad > due {
            told.fact(Severity::Upplysning, row, "inlamnad", "late", || words("Rapporten lämnades", row.inlamnad, due));
        }
    }
    for row in facts.rekvisitioner.iter().filter(|row| rows.has(row.kvartal)) {
        let due = row.kvartal.due();
        if row.inkommen > due {
            told.fact(Severity::Upplysning, row, "inkommen", "late", || words("Rekvisitionen kom", row.inkommen, due));
        }
    }
}

/// Goals of insatser in the half-year that no quarter has an outcome for, one finding per insats.
fn without_outcome(facts: &Facts, picture: &Picture<'_>, half: Halvar, told: &mut Collector) {
    let rows = facts.malutfall.iter().filter(|row| half.has(row.kvartal));
    let reported: HashSet<(&Id, u16)> = rows.map(|row| (&row.insats_id, row.mal_nr)).collect();
    let mut lacking: HashMap<&Id, Vec<String>> = HashMap::new();
    for mal in facts.mal.iter().filter(|mal| !reported.contains(&(&mal.insats_id, mal.mal_nr))) {
        lacking.entry(&mal.insats_id).or_default().push(mal.mal_nr.to_string());
    }
    for (insats, period) in picture.with_latest() {
        if period.start > half.last() || period.slut < half.first() {
            continue;
        }
        if let Some(lacking) = lacking.get(&insats.insats_id) {
            told.fact(Severity::Upplysning, insats, "", "no outcome", || {
                (format!("Inget utfall är redovisat i {half} för mål {}.", format::list(lacking)), String::new())
            });
        }
    }
}
