//! What an insats has set out to reach.

use crate::Id;
use rust_decimal::Decimal;

codes! {
    /// What a target is counted in.
    pub enum Enhet {
        Antal = "antal" => "antal",
        Procent = "procent" => "procent",
    }
}

fact! {
    /// A goal of an insats.
    pub struct Mal: "mal", "mal", key [insats_id, mal_nr] {
        /// The insats.
        pub insats_id: Id,
        /// The goal's number within the insats.
        pub mal_nr: u16,
        /// The goal.
        pub mal: String,
        /// The target, in the unit beside it.
        pub maltal: Option<Decimal>,
        /// The unit.
        pub enhet: Option<Enhet>,
    }
}
