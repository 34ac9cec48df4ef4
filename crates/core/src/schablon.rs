//! What a person's public support is reckoned to cost in a year, as the förbund has decided to reckon it.

use crate::deltagande::Forsorjning;
use samsyn_document::Belopp;

fact! {
    /// The flat rate of one kind of support in a kommun and a year.
    pub struct Schablon: "schabloner", "schablon", key [ar, kommun, forsorjning] {
        /// The year.
        pub ar: u16,
        /// The kommun.
        pub kommun: String,
        /// The kind of support.
        pub forsorjning: Forsorjning,
        /// What a full year of it costs, in a file in kronor.
        pub belopp_kr: Belopp,
        /// Where the amount comes from.
        pub kalla: String,
    }
}
