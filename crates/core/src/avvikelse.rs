//! Deviation reports: what departs from the application, and the request to carry over unused funds.

use crate::{Fact, Facts, Field, FieldError, Id, Known, Stored};
use samsyn_document::{Belopp, Datum, Halvar};

codes! {
    /// What a deviation is about.
    pub enum AvvikelseTyp {
        Budget = "budget" => "budget",
        MalgruppMetod = "malgrupp_metod" => "målgrupp eller metod",
        Mal = "mal" => "mål",
        Tid = "tid" => "tid",
    }
}

codes! {
    /// What was decided on a deviation.
    pub enum Beslut {
        Bifall = "bifall" => "Bifall",
        Avslag = "avslag" => "Avslag",
    }
}

/// One or more kinds of deviation, as the file states them: `budget|tid`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AvvikelseTyper(Vec<AvvikelseTyp>);

impl AvvikelseTyper {
    /// The kinds, in the order stated; at least one.
    pub fn all(&self) -> &[AvvikelseTyp] {
        &self.0
    }

    /// Whether the deviation is of this kind.
    pub fn include(&self, typ: AvvikelseTyp) -> bool {
        self.0.contains(&typ)
    }
}

impl Field for AvvikelseTyper {
    fn parse(text: &str) -> Result<Self, FieldError> {
        let typer: Option<Vec<AvvikelseTyp>> = text.split('|').map(AvvikelseTyp::of_kod).collect();
        typer.map(AvvikelseTyper).ok_or_else(|| {
            FieldError::new(
                "finns inte i listan",
                format!("Skriv ett eller flera av {}, skilda med |.", AvvikelseTyp::CODES.join(", ")),
            )
        })
    }
    fn write(&self) -> String {
        self.0.iter().map(|typ| typ.kod()).collect::<Vec<_>>().join("|")
    }
    fn store(&self) -> Stored {
        Stored::Text(Some(self.write().into()))
    }
    fn load(text: &str) -> Option<Self> {
        Self::parse(text).ok()
    }
}

fact! {
    /// A deviation report. Known from the day it was handed in; its decision from the day of that.
    pub struct Avvikelse: "avvikelser", "avvikelse", key [avvikelse_id] {
        /// Its id.
        pub avvikelse_id: Id,
        /// The insats.
        pub insats_id: Id,
        /// The day it was handed in.
        pub inlamnad: Datum,
        /// What it is about.
        pub typer: AvvikelseTyper,
        /// What it says.
        pub beskrivning: Option<String>,
        /// Unused funds asked to be carried over, in a file in kronor.
        pub overforing_kr: Option<Belopp>,
        /// The year that they are to be carried over to.
        pub overforing_till_ar: Option<u16>,
        /// The decision.
        pub beslut: Option<Beslut>,
        /// The day of the decision.
        pub beslutad: Option<Datum>,
    }

    fn registered(&self) -> Known {
        Known::Day(self.inlamnad)
    }

    fn versions(&self, _all: &Facts) -> Vec<(Known, Self)> {
        Avvikelse { beslut: None, beslutad: None, ..self.clone() }.then_decided(self)
    }

    fn changes(&self, new: &Self) -> Vec<(Known, Self)> {
        let decided = Avvikelse { beslut: new.beslut, beslutad: new.beslutad, ..self.clone() };
        let mut steps = match (self.beslut, new.beslutad) {
            (None, Some(day)) if decided != *self => vec![(Known::Day(day), decided)],
            _ => Vec::new(),
        };
        if steps.last().map_or(self, |(_, last)| last) != new {
            let handed_in_again = new.inlamnad > self.inlamnad;
            steps.push((if handed_in_again { new.registered() } else { Known::Now }, new.clone()));
        }
        steps
    }
}

impl Avvikelse {
    /// The half-year in which it was handed in, and in whose report it stands.
    pub fn halvar(&self) -> Option<Halvar> {
        Halvar::of(self.inlamnad)
    }

    /// This report as handed in, and then, from the day of the decision, as `decided`.
    fn then_decided(self, decided: &Avvikelse) -> Vec<(Known, Avvikelse)> {
        let handed_in = (self.registered(), self.clone());
        match decided.beslutad {
            Some(day) if *decided != self => vec![handed_in, (Known::Day(day), decided.clone())],
            _ => vec![(self.registered(), decided.clone())],
        }
    }
}
