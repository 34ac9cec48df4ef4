//! What an insats leaves behind when it ends.

use crate::{Id, Known};
use samsyn_document::Datum;

fact! {
    /// The final report of an insats; what is empty is not given yet. Known from the day it came in.
    pub struct Slutrapport: "slutrapporter", "slutrapport", key [insats_id] {
        /// The insats.
        pub insats_id: Id,
        /// What it was for.
        pub syfte: Option<String>,
        /// What was learnt.
        pub lardomar: Option<String>,
        /// The day it came in.
        pub inkommen: Option<Datum>,
    }

    fn registered(&self) -> Known {
        self.inkommen.map_or(Known::Always, Known::Day)
    }
}
