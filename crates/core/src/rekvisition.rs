//! The payment claim of an insats for a quarter: its outcome.

use crate::{Id, Known};
use samsyn_document::{Belopp, Datum, Kvartal};

fact! {
    /// A payment claim.
    pub struct Rekvisition: "rekvisitioner", "rekvisition", key [insats_id, kvartal] {
        /// The insats.
        pub insats_id: Id,
        /// The quarter.
        pub kvartal: Kvartal,
        /// The amount, in a file in kronor. Negative when money is paid back.
        pub belopp_kr: Belopp,
        /// The day it came in.
        pub inkommen: Datum,
    }

    fn registered(&self) -> Known {
        Known::Day(self.inkommen)
    }
}
