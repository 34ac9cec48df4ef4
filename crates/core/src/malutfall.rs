//! What an insats reports that it has reached of a goal.

use crate::{Facts, Id, Known};
use rust_decimal::Decimal;
use samsyn_document::Kvartal;

fact! {
    /// The outcome of a goal, reported for a quarter. Known with the quarter's report or, without one,
    /// from one month after the quarter's end; in later imports from the import, since it has no day of its own.
    pub struct Malutfall: "malutfall", "malutfall", key [insats_id, mal_nr, kvartal] {
        /// The insats.
        pub insats_id: Id,
        /// The goal's number within the insats.
        pub mal_nr: u16,
        /// The quarter.
        pub kvartal: Kvartal,
        /// The outcome, in the goal's unit.
        pub utfall: Option<Decimal>,
        /// Comment.
        pub kommentar: Option<String>,
    }

    fn versions(&self, all: &Facts) -> Vec<(Known, Self)> {
        let report = all
            .kvartalsrapporter
            .iter()
            .find(|report| report.insats_id == self.insats_id && report.kvartal == self.kvartal);
        let day = report.map_or(self.kvartal.due(), |report| report.inlamnad);
        vec![(Known::FirstDay(day), self.clone())]
    }
}
