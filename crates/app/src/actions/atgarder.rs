//! What needs somebody in a half-year: an entry per insats with its reasons, the worst first.

use crate::actions::laget::{Lank, Rad, Rapportlage, Senare};
use crate::actions::ord::Ord;
use crate::actions::version;
use samsyn_core::underlag::Underlag;
use samsyn_core::version::Lage;
use samsyn_core::{Finding, Installningar, Severity};
use samsyn_document::{Halvar, Kvartal, Ljus, format};
use samsyn_store::version::Version;

/// What needs somebody, and with that the page where one goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Gallande {
    /// An insats, by id.
    Insats(String),
    /// Facts that are doubtful.
    Kontroller,
    /// A report's version, by number.
    Version(i64),
    /// Another half-year.
    Halvar(Halvar),
}

/// Something that needs somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Atgard {
    /// What.
    pub gallande: Gallande,
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
    fn new(gallande: Gallande, namn: String, mut skal: Vec<Skal>) -> Option<Atgard> {
        skal.sort_by_key(|skal| skal.severity);
        (!skal.is_empty()).then_some(Atgard { gallande, namn, skal })
    }

    /// How much the worst reason matters.
    pub fn severity(&self) -> Severity {
        self.skal.first().map_or(Severity::Upplysning, |skal| skal.severity)
    }
}

/// What there is to look through.
#[derive(Debug)]
pub struct Oversikt<'l> {
    /// The insatser.
    pub rader: &'l [Rad],
    /// Those that another has taken over.
    pub lankar: &'l [Lank],
    /// What is known.
    pub underlag: &'l Underlag,
    /// What the checks found.
    pub findings: &'l [Finding],
    /// The half-year's versions that wait for somebody, with their comments that are not resolved.
    pub versioner: &'l [(Version, usize)],
    /// What is missing after the half-year.
    pub senare: Option<Senare>,
    /// Whether the reader is one of those who act on it; advice is told to them alone.
    pub agerar: bool,
}

/// Everything that needs somebody, the most urgent first.
pub fn atgarder(all: &Oversikt<'_>) -> Vec<Atgard> {
    let ord = Ord::new(all.underlag);
    let insats = |id: &str, reasons| Atgard::new(Gallande::Insats(id.to_owned()), ord.insats(id).to_owned(), reasons);
    let of_rad = |rad: &Rad| insats(&rad.id, reasons(rad, &all.underlag.installningar, all.agerar));
    let of_lank = |lank: &Lank| insats(&lank.id, owed(&lank.rapporter, lank.oppna_avvikelser, all.agerar).collect());
    let doubtful = doubtful(all.findings).into_iter().collect();
    let checks = Atgard::new(Gallande::Kontroller, "Kontroller".to_owned(), doubtful);
    let of_version = |(version, open): &(Version, usize)| {
        let waits = waits(version.lage, *open).map(|text| Skal::new(Severity::Varning, text));
        Atgard::new(Gallande::Version(version.nr), version::namn(version), waits.into_iter().collect())
    };
    let insatser = all.rader.iter().filter_map(of_rad).chain(all.lankar.iter().filter_map(of_lank));
    let mut found: Vec<Atgard> = insatser.chain(checks).chain(all.versioner.iter().filter_map(of_version)).collect();
    found.extend(all.senare.and_then(of_later));
    found.sort_by_key(Atgard::severity);
    found
}

/// Reports that are missing after the half-year; it leads to the first half-year that misses one.
fn of_later(later: Senare) -> Option<Atgard> {
    let number = format::in_words(later.antal as i64, false);
    let word = if later.antal == 1 { "kvartalsrapport" } else { "kvartalsrapporter" };
    let text = format!("Efter {} saknas {number} {word}.", format::halvar(later.efter));
    let name = format::capital(&format::halvar(later.forst));
    Atgard::new(Gallande::Halvar(later.forst), name, vec![Skal::new(Severity::Varning, text)])
}

/// What a version waits for, with so many comments that are not resolved.
fn waits(lage: Lage, open: usize) -> Option<String> {
    let number = format::capital(&format::in_words(open as i64, false));
    match (lage, open) {
        (Lage::Granskning, 0) => Some("På granskning. Ingen kommentar väntar på svar.".to_owned()),
        (Lage::Granskning, 1) => Some("På granskning. En kommentar är inte löst.".to_owned()),
        (Lage::Granskning, _) => Some(format!("På granskning. {number} kommentarer är inte lösta.")),
        (Lage::Last, _) => Some("Låst. Styrelsens behandling är inte antecknad.".to_owned()),
        (Lage::Utkast | Lage::Behandlad, _) => None,
    }
}

/// What a row itself says needs somebody.
fn reasons(rad: &Rad, limits: &Installningar, advised: bool) -> Vec<Skal> {
    let then = |advice: &str| if advised { format!(" {advice}") } else { String::new() };
    let mut found = Vec::new();
    let in_phase = format::value(&rad.i_fas.value).to_lowercase();
    let forecast = if rad.nas_ej { " Styrgruppens prognos: målen nås inte." } else { "" };
    let light = |word: &str, then: String| format!("{word}. I fas med målen: {in_phase}.{forecast}{then}");
    match rad.ljus {
        Some(Ljus::Rod) => {
            let then = then("Insatsen behöver åtgärdas eller lämna in en avvikelse.");
            found.push(Skal::new(Severity::Fel, light("Röd", then)));
        }
        Some(Ljus::Gul) => {
            found.push(Skal::new(Severity::Varning, light("Gul", then("Håll insatsen under uppsikt."))));
        }
        _ => {}
    }
    let used = match rad.kvot_procent {
        Some(percent) if percent > limits.kvot_hog => {
            Some((percent, "mer än budgeten för tiden.", "Stäm av med insatsen."))
        }
        Some(percent) if percent < limits.kvot_lag => {
            Some((percent, "mindre än väntat.", "Fråga om vakanser och om medel ska föras över."))
        }
        _ => None,
    };
    let used = used.map(|(percent, much, advice)| {
        format!("Har förbrukat {percent} procent av budgeten hittills, {much}{}", then(advice))
    });
    found.extend(used.map(|text| Skal::new(Severity::Varning, text)));
    found.extend(owed(&rad.rapporter, rad.oppna_avvikelser, advised));
    found
}

/// Reports that are not in, and avvikelser that wait.
fn owed(rapporter: &[(Kvartal, Rapportlage)], oppna_avvikelser: usize, advised: bool) -> impl Iterator<Item = Skal> {
    let then = if advised { " Påminn styrgruppen." } else { "" };
    let missing = rapporter.iter().filter(|(_, state)| *state == Rapportlage::Saknas);
    let missing: Vec<String> = missing.map(|(quarter, _)| format::kvartal(*quarter)).collect();
    let reports =
        (!missing.is_empty()).then(|| format!("Saknar kvartalsrapport för {}.{then}", format::list(&missing)));
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
        let insats = || Gallande::Insats("x".to_owned());
        let atgard = Atgard::new(insats(), "X".to_owned(), skal).unwrap();
        assert_eq!((atgard.severity(), atgard.skal[0].text.as_str()), (Severity::Fel, "a"));
        assert_eq!(Atgard::new(insats(), "X".to_owned(), Vec::new()), None);
    }

    #[test]
    fn what_is_owed_is_told_in_words() {
        let quarters = [1, 2].map(|number| (Kvartal::new(2022, number).unwrap(), Rapportlage::Saknas));
        let told: Vec<String> = owed(&quarters, 2, true).map(|skal| skal.text).collect();
        assert_eq!(
            told,
            [
                "Saknar kvartalsrapport för kvartal 1 2022 och kvartal 2 2022. Påminn styrgruppen.",
                "Två avvikelser väntar på beslut."
            ]
        );
        let unadvised = owed(&quarters, 0, false).next().unwrap().text;
        assert_eq!(unadvised, "Saknar kvartalsrapport för kvartal 1 2022 och kvartal 2 2022.");
    }

    #[test]
    fn a_version_tells_what_it_waits_for() {
        let told = |lage, open| waits(lage, open).unwrap_or_default();
        assert_eq!(told(Lage::Granskning, 2), "På granskning. Två kommentarer är inte lösta.");
        assert_eq!(told(Lage::Last, 0), "Låst. Styrelsens behandling är inte antecknad.");
        assert_eq!((waits(Lage::Utkast, 1), waits(Lage::Behandlad, 0)), (None, None));
    }
}
