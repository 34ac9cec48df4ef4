//! The decided periods of an insats; the one decided last, among those known, is in force.

use crate::{Id, Known};
use samsyn_document::Datum;

fact! {
    /// A decision on when an insats starts and ends.
    pub struct Insatsperiod: "insatsperioder", "insatsperiod", key [insats_id, beslutad] {
        /// The insats.
        pub insats_id: Id,
        /// First day.
        pub start: Datum,
        /// Last day, included.
        pub slut: Datum,
        /// The day of the decision.
        pub beslutad: Datum,
    }

    fn registered(&self) -> Known {
        Known::Day(self.beslutad)
    }
}
