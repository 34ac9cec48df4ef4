//! A month's exits for one reason as numbers, from an insats that hands in no single enrolments.

use crate::deltagande::{Avslutsorsak, Kon};
use crate::{Id, Known};
use samsyn_document::{Datum, Manad};

fact! {
    /// How many of one sex left an insats in a month for one reason, and what came of them. Known from the day that the
    /// numbers came in.
    pub struct Avslutsantal: "avslutsantal", "avslutsantal", key [insats_id, manad, kon, avslutsorsak] {
        /// The insats.
        pub insats_id: Id,
        /// The month.
        pub manad: Manad,
        /// The sex.
        pub kon: Kon,
        /// Why they were exited.
        pub avslutsorsak: Avslutsorsak,
        /// How many were exited.
        pub utskrivna: u32,
        /// How many of those work or study after the exit, each person once.
        pub till_arbete_studier: u32,
        /// How many of those had a plan for further rehabilitation.
        pub med_plan: u32,
        /// The day that the numbers came in.
        pub inkommen: Datum,
    }

    fn registered(&self) -> Known {
        Known::Day(self.inkommen)
    }
}
