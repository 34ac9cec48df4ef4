//! A month's enrolments as numbers, from an insats that hands in no single ones.

use crate::deltagande::Kon;
use crate::{Id, Known};
use samsyn_document::{Datum, Manad};

fact! {
    /// How many of one sex an insats enrolled in a month, and how many were enrolled when it ended. Known from the
    /// day that the numbers came in.
    pub struct Manadsantal: "manadsantal", "manadsantal", key [insats_id, manad, kon] {
        /// The insats.
        pub insats_id: Id,
        /// The month.
        pub manad: Manad,
        /// The sex.
        pub kon: Kon,
        /// How many were enrolled during the month.
        pub inskrivna: u32,
        /// How many were enrolled and not exited at the end of the month's last day.
        pub pagaende: u32,
        /// The day that the numbers came in.
        pub inkommen: Datum,
    }

    fn registered(&self) -> Known {
        Known::Day(self.inkommen)
    }
}
