//! What is wrong, odd or worth knowing: one finding names its place, what stands there, and the remedy.

use std::fmt;

/// How much a finding matters. Worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Stops: nothing is stored until it is mended.
    Fel,
    /// Must be accepted by a person.
    Varning,
    /// Told, nothing more.
    Upplysning,
}

impl Severity {
    /// The word that people read.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Fel => "FEL",
            Severity::Varning => "VARNING",
            Severity::Upplysning => "UPPLYSNING",
        }
    }
}

/// Where a finding is. Rows are those a person sees in the file: the heading is row 1.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// File, or the noun where there is no file, for instance `deltagare.csv`.
    pub file: Option<String>,
    /// Row in the file.
    pub row: Option<u64>,
    /// Column.
    pub column: Option<String>,
    /// The fact's key, for instance `enk-jobbcentrum/2022-K1`.
    pub key: Option<String>,
}

impl Place {
    /// A fact, by its noun's file and its key; the import finds the row.
    pub fn fact<F: crate::Fact>(fact: &F) -> Place {
        Place { file: Some(format!("{}.csv", F::RESOURCE)), key: Some(fact.key()), ..Place::default() }
    }

    /// The same place, in this column.
    #[must_use]
    pub fn column(mut self, column: &str) -> Place {
        self.column = Some(column.to_owned());
        self
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts = Vec::new();
        parts.extend(self.file.clone());
        match (self.row, &self.key) {
            (Some(row), _) => parts.push(format!("rad {row}")),
            (None, Some(key)) => parts.push(key.clone()),
            (None, None) => {}
        }
        parts.extend(self.column.as_ref().map(|c| format!("kolumn \"{c}\"")));
        f.write_str(&parts.join(", "))
    }
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Finding {
    /// How much it matters.
    pub severity: Severity,
    /// Where it is.
    pub place: Place,
    /// What is wrong, in a Swedish sentence, with what stands there masked where it may be personal.
    pub message: String,
    /// What could be done, in a Swedish sentence; empty when nothing needs to be.
    pub hint: String,
}

impl Finding {
    /// A finding from its parts.
    pub fn new(severity: Severity, place: Place, message: impl Into<String>, hint: impl Into<String>) -> Finding {
        Finding { severity, place, message: message.into(), hint: hint.into() }
    }

    /// Something that stops.
    pub fn error(place: Place, message: impl Into<String>, hint: impl Into<String>) -> Finding {
        Finding::new(Severity::Fel, place, message, hint)
    }

    /// Something that must be accepted.
    pub fn warning(place: Place, message: impl Into<String>, hint: impl Into<String>) -> Finding {
        Finding::new(Severity::Varning, place, message, hint)
    }

    /// Something to know.
    pub fn note(place: Place, message: impl Into<String>) -> Finding {
        Finding::new(Severity::Upplysning, place, message, "")
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = self.place.to_string();
        let colon = if place.is_empty() { "" } else { ": " };
        write!(f, "{}: {place}{colon}{}", self.severity.word(), self.message)?;
        if self.hint.is_empty() { Ok(()) } else { write!(f, " {}", self.hint) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_tells_place_fault_and_remedy() {
        let place = Place { file: Some("deltagare.csv".into()), row: Some(14), ..Place::default() }.column("utskriven");
        let finding = Finding::error(place, "\"2026-02-30\" är inget datum.", "Skriv till exempel 2026-02-28.");
        assert_eq!(
            finding.to_string(),
            "FEL: deltagare.csv, rad 14, kolumn \"utskriven\": \"2026-02-30\" är inget datum. Skriv till exempel 2026-02-28."
        );
        assert!(Severity::Fel < Severity::Varning);
    }
}
