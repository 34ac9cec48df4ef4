//! How much a förbund of a certain size should save at most, as the förbund has decided to follow it.

use samsyn_document::{Belopp, Datum};

fact! {
    /// One step: from which yearly income, and how much. The step with the highest income that is reached counts.
    pub struct Sparandesteg: "sparandesteg", "sparandesteg", key [galler_fran, intakt_fran_kr] {
        /// The day from which the step table applies; all its steps have the same.
        pub galler_fran: Datum,
        /// The yearly income from which the step applies, in a file in kronor.
        pub intakt_fran_kr: Belopp,
        /// The most that should be saved, in percent of the year's income; missing when the step is an amount.
        pub hogst_procent: Option<u16>,
        /// The most that should be saved, in a file in kronor; with a percentage too, the smaller of the two.
        pub hogst_kr: Option<Belopp>,
        /// Where the recommendation stands.
        pub kalla: String,
    }
}
