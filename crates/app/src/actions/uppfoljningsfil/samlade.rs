//! Findings gathered for reading: the same fault on many rows is told once, with the rows.

use samsyn_core::{Finding, Place};
use samsyn_document::format;

/// From how many rows a fault is told once.
const MANY: usize = 4;
/// How many rows are named.
const NAMED: usize = 12;

/// The findings in their order, those that only differ in their row gathered where the first one stands.
pub fn samlade(findings: &[Finding]) -> Vec<Finding> {
    let alike = |one: &Finding, other: &Finding| {
        let place = |finding: &Finding| (finding.place.file.clone(), finding.place.column.clone());
        (one.severity, &one.message, &one.hint) == (other.severity, &other.message, &other.hint)
            && place(one) == place(other)
            && other.place.row.is_some()
    };
    let mut told: Vec<Finding> = Vec::new();
    let mut gathered: Vec<Finding> = Vec::new();
    for finding in findings {
        if gathered.iter().any(|one| alike(one, finding)) {
            continue;
        }
        let rows: Vec<u64> =
            findings.iter().filter(|other| alike(finding, other)).filter_map(|other| other.place.row).collect();
        if finding.place.row.is_none() || rows.len() < MANY {
            told.push(finding.clone());
            continue;
        }
        gathered.push(finding.clone());
        let message = format!("{}: {}", named(&rows), finding.message);
        told.push(Finding { place: Place { row: None, ..finding.place.clone() }, message, ..finding.clone() });
    }
    told
}

/// `Rad 2, 3 och 5`; of many the first, and how many more.
fn named(rows: &[u64]) -> String {
    let mut words: Vec<String> = rows.iter().take(NAMED).map(u64::to_string).collect();
    if rows.len() > NAMED {
        words.push(format!("{} till", format::number((rows.len() - NAMED) as i64)));
    }
    format!("Rad {}", format::list(&words))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(row: u64, message: &str) -> Finding {
        Finding::error(Place { row: Some(row), ..Place::default() }.column("Orsak"), message, "Skriv en.")
    }

    #[test]
    fn the_same_fault_on_many_rows_is_told_once() {
        let mut all: Vec<Finding> = (2..=20).map(|row| finding(row, "Saknas.")).collect();
        all.insert(3, finding(9, "Fel."));
        let told: Vec<String> = samlade(&all).iter().map(ToString::to_string).collect();
        assert_eq!(
            told,
            [
                "FEL: kolumn \"Orsak\": Rad 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13 och 7 till: Saknas. Skriv en.",
                "FEL: rad 9, kolumn \"Orsak\": Fel. Skriv en."
            ]
        );
        let few: Vec<Finding> = (2..=4).map(|row| finding(row, "Saknas.")).collect();
        assert_eq!(samlade(&few), few);
    }
}
