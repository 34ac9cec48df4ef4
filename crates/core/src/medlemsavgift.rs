//! What all members pay together in a year, as the board has decided it or proposes it.

use samsyn_document::{Belopp, Datum};

fact! {
    /// The fees of one year, together.
    pub struct Medlemsavgift: "medlemsavgifter", "medlemsavgift", key [ar] {
        /// The year.
        pub ar: u16,
        /// The sum of every member's fee, in a file in kronor; whole kronor.
        pub totalt_kr: Belopp,
        /// The day the board decided it; missing while it is a proposal.
        pub beslutad: Option<Datum>,
    }
}
