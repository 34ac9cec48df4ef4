//! What an insats has been granted per quarter, after decided adjustments and carry-overs.

use crate::Id;
use samsyn_document::{Belopp, Kvartal};

fact! {
    /// An insats's budget for a quarter.
    pub struct Budget: "budget", "budget", key [insats_id, kvartal] {
        /// The insats.
        pub insats_id: Id,
        /// The quarter.
        pub kvartal: Kvartal,
        /// The amount, in a file in kronor.
        pub belopp_kr: Belopp,
    }
}
