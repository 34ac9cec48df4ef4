//! What needs somebody in a half-year: an entry per insats with its reasons, the worst first.

use crate::actions::laget::{Lank, Rad, Rapportlage};
use crate::actions::ord::Ord;
use samsyn_core::underlag::Underlag;
use samsyn_core::{Finding, Installningar, Severity};
use samsyn_document::{Kvartal, Ljus, format};

/// An insats that needs somebody, or the checks when it is about no single insats.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Atgard {
    /// The insats's id.
    pub insats: Option<String>,
    /// Its name.
    pub namn: String,
    /// Why, the worst first; never empty.
    pub skal: Vec<Skal>,
}

/// A reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skal {
    /// How much it matters.
    pub severity: Severity,
    /// What, and what to do.
    pub text: String,
}

impl Skal {
    fn new(severity: Severity, text: impl Into<String>) -> Skal {
        Skal { severity, text: text.into() }
    }
}

impl Atgard {
    fn new(insats: Option<&str>, namn: String, mut skal: Vec<Skal>) -> Option<Atgard> {
        skal.sort_by_key(|skal| skal.severity);
        (!skal.is_empty()).then(|| Atgard { insats: insats.map(str::to_owned), namn, skal })
    }

    /// How much the worst reason matters.
    pub fn severity(&self) -> Severity {
        self.skal.first().map_or(Severity::Upplysning, |skal| skal.severity)
    }
}

/// Everything that needs somebody, the most urgent first.
pub fn atgarder(rader: &[Rad], lankar: &[Lank], underlag: &Underlag, findings: &[Finding]) -> Vec<Atgard> {
    let ord = Ord::new(underlag);
    let named = |id: &str| ord.insats(id).to_owned();
    let of_rad = |rad: &Rad| Atgard::new(Some(&rad.id), named(&rad.id), reasons(rad, &underlag.installningar));
    let of_lank = |lank: &Lank| {
        let reasons = owed(&lank.rapporter, lank.oppna_avvikelser).collect();
        Atgard::new(Some(&lank.id), named(&lank.id), reasons)
    };
    let checks = Atgard::new(None, "Kontroller".to_owned(), doubtful(findings).into_iter().collect());
    let insatser = rader.iter().filter_map(of_rad).chain(lankar.iter().filter_map(of_lank));
    let mut all: Vec<Atgard> = insatser.chain(checks).collect();
    all.sort_by_key(Atgard::severity);
    all
}

/// What a row itself says needs somebody.
fn reasons(rad: &Rad, limits: &Installningar) -> Vec<Skal> {
    let mut found = Vec::new();
    let in_phase = format::value(&rad.i_fas.value).to_lowercase();
    let forecast = if rad.nas_ej { " Styrgruppens prognos: målen nås inte." } else { "" };
    let light = |word: &str, then: &str| format!("{word}. I fas med målen: {in_phase}.{forecast} {then}");
    match rad.ljus {
        Some(Ljus::Rod) => {
            let then = "Insatsen behöver åtgärdas eller lämna in en avvikelse.";
            found.push(Skal::new(Severity::Fel, light("Röd", then)));
        }
        Some(Ljus::Gul) => found.push(Skal::new(Severity::Varning, light("Gul", "Håll insatsen under uppsikt."))),
        _ => {}
    }
    let used = match rad.kvot_procent {
        Some(percent) if percent > limits.kvot_hog => {
            Some((percent, "mer än budgeten för tiden. Stäm av med insatsen."))
        }
        Some(percent) if percent < limits.kvot_lag => {
            Some((percent, "mindre än väntat. Fråga om vakanser och om medel ska föras över."))
        }
        _ => None,
    };
    let used = used.map(|(percent, then)| format!("Har förbrukat {percent} procent av budgeten hittills, {then}"));
    found.extend(used.map(|text| Skal::new(Severity::Varning, text)));
    found.extend(owed(&rad.rapporter, rad.oppna_avvikelser));
    found
}

/// Reports that are not in, and avvikelser that wait.
fn owed(rapporter: &[(Kvartal, Rapportlage)], oppna_avvikelser: usize) -> impl Iterator<Item = Skal> {
    let missing = rapporter.iter().filter(|(_, state)| *state == Rapportlage::Saknas);
    let missing: Vec<String> = missing.map(|(quarter, _)| format::kvartal(*quarter)).collect();
    let reports = (!missing.is_empty())
        .then(|| format!("Saknar kvartalsrapport för {}. Påminn styrgruppen.", format::list(&missing)));
    let number = format::capital(&format::in_words(oppna_avvikelser as i64, false));
    let departures = match oppna_avvikelser {
        0 => None,
        1 => Some(format!("{number} avvikelse väntar på beslut.")),
        _ => Some(format!("{number} avvikelser väntar på beslut.")),
    };
    reports.into_iter().chain(departures).map(|text| Skal::new(Severity::Varning, text))
}

/// What is missing or doubtful in the half-year, told as one line that leads to the page of checks.
fn doubtful(findings: &[Finding]) -> Option<Skal> {
    let count = findings.iter().filter(|finding| finding.severity <= Severity::Varning).count() as i64;
    let number = format::capital(&format::in_words(count, false));
    match count {
        0 => None,
        1 => Some(Skal::new(Severity::Varning, "En sak i underlaget saknas eller är tveksam.")),
        _ => Some(Skal::new(Severity::Varning, format!("{number} saker i underlaget saknas eller är tveksamma."))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_insats_is_one_entry_with_its_worst_reason_first() {
        let skal = vec![Skal::new(Severity::Varning, "b"), Skal::new(Severity::Fel, "a")];
        let atgard = Atgard::new(Some("x"), "X".to_owned(), skal).unwrap();
        assert_eq!((atgard.severity(), atgard.skal[0].text.as_str()), (Severity::Fel, "a"));
        assert_eq!(Atgard::new(None, "X".to_owned(), Vec::new()), None);
    }

    #[test]
    fn what_is_owed_is_told_in_words() {
        let quarters = [1, 2].map(|number| (Kvartal::new(2022, number).unwrap(), Rapportlage::Saknas));
        let told: Vec<String> = owed(&quarters, 2).map(|skal| skal.text).collect();
        assert_eq!(
            told,
            [
                "Saknar kvartalsrapport för kvartal 1 2022 och kvartal 2 2022. Påminn styrgruppen.",
                "Två avvikelser väntar på beslut."
            ]
        );
    }
}
