//! What styrgrupper and parties hand in, against each other, the budget and the calendar.

use super::Collector;
use super::picture::Picture;
use super::rows::Rows;
use super::shown::kronor;
use crate::avvikelse::{Avvikelse, AvvikelseTyp};
use crate::kvartalsrapport::Kvartalsrapport;
use crate::rekvisition::Rekvisition;
use crate::{Fact, Facts, Finding, Id, Place, Severity};
use samsyn_document::{Datum, Kvartal};
use std::collections::{HashMap, HashSet};

/// Registrations claimed on a day that has not come.
pub(super) fn future(facts: &Facts, today: Datum, told: &mut Collector) {
    macro_rules! each {
        ($($noun:ident.$column:ident),+) => {$(
            for row in &facts.$noun {
                if let Some(day) = Option::<Datum>::from(row.$column).filter(|day| *day > today) {
                    told.fact(Severity::Varning, row, stringify!($column), "future", || {
                        let message = format!("Registreringsdatumet {day} ligger i framtiden.");
                        (message, "Kontrollera datumet; uppgiften räknas inte före den dagen.".to_owned())
                    });
                }
            }
        )+};
    }
    each!(
        insatsperioder.beslutad,
        rekvisitioner.inkommen,
        avvikelser.inlamnad,
        avvikelser.beslutad,
        kvartalsrapporter.inlamnad,
        deltagare.inskriven_registrerad,
        deltagare.utskriven_registrerad,
        deltagare.makulerad,
        slutrapporter.inkommen
    );
}

/// Requisitions larger than the quarter's budget. Legal, but someone should have said so.
pub(super) fn over_budget(facts: &Facts, rows: &Rows, told: &mut Collector) {
    let budget: HashMap<(&Id, Kvartal), _> =
        facts.budget.iter().map(|row| ((&row.insats_id, row.kvartal), row.belopp_kr)).collect();
    for row in facts.rekvisitioner.iter().filter(|row| rows.has(row.kvartal)) {
        let granted = budget.get(&(&row.insats_id, row.kvartal)).copied();
        // A negative budget is an error of its own.
        if row.belopp_kr > granted.unwrap_or_default() && granted.is_none_or(|granted| !granted.is_negative()) {
            told.fact(Severity::Varning, row, "belopp_kr", "over budget", || {
                let claimed = kronor(row.belopp_kr);
                let message = match granted {
                    Some(granted) => {
                        format!("Rekvisitionen {claimed} är över budgeten {} för {}.", kronor(granted), row.kvartal)
                    }
                    None => format!("Rekvisitionen {claimed} saknar budget för {}.", row.kvartal),
                };
                (message, "Kontrollera beloppet och budgeten.".to_owned())
            });
        }
    }
}

/// Insats and quarter, from `first` to `last`, where the latest decided period overlaps the quarter.
fn expected<'f>(picture: &Picture<'f>, first: Kvartal, last: Kvartal) -> impl Iterator<Item = (&'f Id, Kvartal)> {
    picture.with_latest().flat_map(move |(insats, period)| {
        let begin = first.max(Kvartal::of(period.start));
        let end = last.min(Kvartal::of(period.slut));
        let mut next = (begin <= end && period.start <= period.slut).then_some(begin);
        std::iter::from_fn(move || {
            let quarter = next?;
            next = (quarter < end).then(|| quarter.next());
            Some((&insats.insats_id, quarter))
        })
    })
}

/// From the earliest to the latest of the quarters, as far as what they owe was due before `today`.
fn span_due(quarters: impl Iterator<Item = Kvartal> + Clone, today: Datum) -> Option<(Kvartal, Kvartal)> {
    let (first, last) = (quarters.clone().min()?, quarters.max()?);
    let mut due = Kvartal::of(today);
    while due.due() >= today && due > first {
        due = Kvartal::of(due.first().add_days(-1));
    }
    (due.due() < today).then(|| (first, last.min(due)))
}

/// Quarterly reports that were due before `today`, in the quarters that the reports at hand span.
pub(super) fn missing_reports(facts: &Facts, picture: &Picture<'_>, today: Datum, told: &mut Collector) {
    if let Some((first, last)) = span_due(facts.kvartalsrapporter.iter().map(|row| row.kvartal), today) {
        reports_between(facts, picture, first, last, told);
    }
}

/// Requisitions that were due before `today`, in the quarters that the requisitions at hand span.
pub(super) fn missing_claims(facts: &Facts, picture: &Picture<'_>, today: Datum, told: &mut Collector) {
    if let Some((first, last)) = span_due(facts.rekvisitioner.iter().map(|row| row.kvartal), today) {
        claims_between(facts, picture, first, last, told);
    }
}

/// Missing quarterly reports from `first` to `last`.
pub(super) fn reports_between(f: &Facts, picture: &Picture<'_>, first: Kvartal, last: Kvartal, told: &mut Collector) {
    let reported: HashSet<(&Id, Kvartal)> =
        f.kvartalsrapporter.iter().map(|row| (&row.insats_id, row.kvartal)).collect();
    for (id, quarter) in expected(picture, first, last).filter(|pair| !reported.contains(pair)) {
        missing::<Kvartalsrapport>("Kvartalsrapporten", id, quarter, told);
    }
}

/// Missing requisitions from `first` to `last`, where there is a budget for the quarter.
pub(super) fn claims_between(f: &Facts, picture: &Picture<'_>, first: Kvartal, last: Kvartal, told: &mut Collector) {
    let claimed: HashSet<(&Id, Kvartal)> = f.rekvisitioner.iter().map(|row| (&row.insats_id, row.kvartal)).collect();
    let granted: HashSet<(&Id, Kvartal)> = f.budget.iter().map(|row| (&row.insats_id, row.kvartal)).collect();
    let lacking = |pair: &(&Id, Kvartal)| granted.contains(pair) && !claimed.contains(pair);
    for (id, quarter) in expected(picture, first, last).filter(lacking) {
        missing::<Rekvisition>("Rekvisitionen", id, quarter, told);
    }
}

fn missing<F: Fact>(what: &str, id: &Id, quarter: Kvartal, told: &mut Collector) {
    told.tell(F::RESOURCE, "", "missing", || {
        let file = format!("{}.csv", F::RESOURCE);
        let place = Place { file: Some(file), key: Some(format!("{id}/{quarter}")), ..Place::default() };
        let message = format!("{what} för {quarter} saknas; den skulle ha lämnats {}.", quarter.due());
        Finding::warning(place, message, "Lägg till den, eller påminn styrgruppen.")
    });
}

/// Quarterly reports and avvikelser that do not say the same of target group and method.
pub(super) fn disagreements(facts: &Facts, rows: &Rows, told: &mut Collector) {
    let mut departures: HashMap<&Id, Vec<&Avvikelse>> = HashMap::new();
    for row in facts.avvikelser.iter().filter(|row| row.typer.include(AvvikelseTyp::MalgruppMetod)) {
        departures.entry(&row.insats_id).or_default().push(row);
    }
    let reports: HashMap<(&Id, Kvartal), &Kvartalsrapport> =
        facts.kvartalsrapporter.iter().map(|row| ((&row.insats_id, row.kvartal), row)).collect();
    let before = |row: &Kvartalsrapport| {
        let quarter = Kvartal::of(row.kvartal.first().add_days(-1));
        reports.get(&(&row.insats_id, quarter)).copied()
    };
    for row in facts.kvartalsrapporter.iter().filter(|row| rows.has(row.kvartal)) {
        let handed_in = departures.get(&row.insats_id).map(Vec::as_slice).unwrap_or_default();
        if row.avvikelse_malgrupp_metod {
            if !handed_in.iter().any(|departure| told_of_by(departure, row)) {
                told.fact(Severity::Varning, row, "avvikelse_malgrupp_metod", "no deviation", || {
                    let message = "Rapporten säger ja, men ingen avvikelse om målgrupp eller metod är inlämnad.";
                    (message.to_owned(), "Be om avvikelserapporten, eller rätta svaret.".to_owned())
                });
            }
            continue;
        }
        // One handed in after the quarter before, and told of in its report, is not about this quarter.
        let own = |departure: &&&Avvikelse| {
            let claimed = before(row).is_some_and(|b| b.avvikelse_malgrupp_metod && told_of_by(departure, b));
            Kvartal::of(departure.inlamnad) == row.kvartal && !claimed
        };
        if let Some(departure) = handed_in.iter().find(own) {
            told.fact(Severity::Varning, row, "avvikelse_malgrupp_metod", "deviation", || {
                let (id, day) = (&departure.avvikelse_id, departure.inlamnad);
                let message = format!("Rapporten säger nej, men avvikelsen {id} lämnades in {day}.");
                (message, "Rätta svaret, eller avvikelsens typer.".to_owned())
            });
        }
    }
}

/// Whether the deviation was handed in during the report's quarter, or until the report was.
fn told_of_by(departure: &Avvikelse, report: &Kvartalsrapport) -> bool {
    let last = report.kvartal.last().max(report.inlamnad);
    (report.kvartal.first()..=last).contains(&departure.inlamnad)
}
