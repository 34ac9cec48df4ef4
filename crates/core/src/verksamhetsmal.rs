//! The board's goals in the year's plan.

use crate::mal::Enhet;
use rust_decimal::Decimal;

fact! {
    /// A result that the board wants to see in a year.
    pub struct Verksamhetsmal: "verksamhetsmal", "verksamhetsmal", key [ar, mal_nr, resultatmal_nr] {
        /// The year.
        pub ar: u16,
        /// The goal's number.
        pub mal_nr: u16,
        /// The goal.
        pub mal: String,
        /// The result's number within the goal.
        pub resultatmal_nr: u16,
        /// The result.
        pub resultatmal: String,
        /// The target, in the unit beside it.
        pub maltal: Option<Decimal>,
        /// The unit.
        pub enhet: Option<Enhet>,
        /// How it is measured: the name of a measure, or `manuell`.
        pub mats_genom: Option<String>,
    }
}
