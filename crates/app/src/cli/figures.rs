//! Figures, what they rest on, what changed, and findings, as text.

use super::args::FigureFormat;
use crate::actions::siffra::Explained;
use crate::actions::skillnad::{Changed, ChangedFact};
use samsyn_core::Finding;
use samsyn_document::{Datum, FigureId, Halvar, Value, format};
use std::collections::HashMap;
use std::fmt::Write;

/// One line per figure under `tabell;rad;kolumn;varde`, or the same as JSON.
pub fn list(figures: &[(FigureId, Value)], as_format: FigureFormat) -> String {
    match as_format {
        FigureFormat::Csv => {
            let mut text = String::from("tabell;rad;kolumn;varde\n");
            for (id, value) in figures {
                // Writing to a string cannot fail.
                let _ = writeln!(text, "{};{};{};{}", id.tabell, id.rad, id.kolumn, format::plain(value));
            }
            text
        }
        FigureFormat::Json => {
            let rows: Vec<_> = figures
                .iter()
                .map(|(id, value)| {
                    let plain = format::plain(value);
                    let value = match plain.parse::<i64>() {
                        Ok(number) => serde_json::Value::from(number),
                        Err(_) if plain.is_empty() => serde_json::Value::Null,
                        Err(_) => serde_json::Value::from(plain),
                    };
                    serde_json::json!({"tabell": id.tabell, "rad": id.rad, "kolumn": id.kolumn, "varde": value})
                })
                .collect();
            format!("{:#}\n", serde_json::Value::Array(rows))
        }
    }
}

/// A figure with its rule, its base and the facts behind it.
pub fn explained(figure: &Explained) -> String {
    let rule = figure.rule.replace('\n', "\n  ");
    let mut text = format!("{} = {}\n\nRegel\n  {rule}\n", figure.id, format::in_text(&figure.value));
    for group in &figure.groups {
        let _ = writeln!(text, "\n{}: {}", group.heading, format::in_text(&group.value));
        if group.facts.is_empty() {
            text.push_str("  inga\n");
        }
        for fact in &group.facts {
            let _ = writeln!(text, "  {} {}: {}", fact.noun, fact.key, fact.text);
        }
    }
    text
}

/// The figures that changed between two dates, each with its facts.
pub fn changed(changed: &[Changed], period: Halvar, from: Datum, to: Datum) -> String {
    if changed.is_empty() {
        return format!("Ingen siffra för {period} skiljer sig mellan uppgifter per {from} och per {to}.\n");
    }
    let count = changed.len();
    let figures = if count == 1 { "siffra" } else { "siffror" };
    let mut text = format!("{count} {figures} för {period} skiljer sig mellan uppgifter per {from} och per {to}.\n");
    let mut told: HashMap<&[ChangedFact], &FigureId> = HashMap::new();
    for figure in changed {
        let _ = writeln!(text, "\n{}: {} → {}", figure.id, format::value(&figure.before), format::value(&figure.after));
        match told.get(figure.facts.as_slice()) {
            Some(same) if figure.facts.len() > 1 => {
                let _ = writeln!(text, "  samma uppgifter som {same}");
            }
            _ => figure.facts.iter().for_each(|fact| text.push_str(&changed_fact(fact))),
        }
        told.entry(&figure.facts).or_insert(&figure.id);
    }
    text
}

fn changed_fact(fact: &ChangedFact) -> String {
    let name = format!("{} {}", fact.noun, fact.key);
    match (&fact.before, &fact.after) {
        (None, Some(after)) => format!("  + {name}: {after}\n"),
        (Some(before), None) => format!("  − {name}: {before}\n"),
        (Some(before), Some(after)) => format!("  ~ {name}: {before}\n    nu: {after}\n"),
        (None, None) => String::new(),
    }
}

/// Findings, one a line.
pub fn findings(findings: &[Finding]) -> String {
    if findings.is_empty() {
        return "Inget motsäger vartannat, saknas eller är sent.\n".to_owned();
    }
    findings.iter().map(|finding| format!("{finding}\n")).collect()
}
