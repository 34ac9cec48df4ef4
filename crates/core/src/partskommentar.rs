//! What a part says of an insats that has ended.

use crate::Id;

fact! {
    /// The comment of one part in the final report of one insats.
    pub struct Partskommentar: "partskommentarer", "partskommentar", key [insats_id, part] {
        /// The insats.
        pub insats_id: Id,
        /// The member.
        pub part: String,
        /// What it says.
        pub kommentar: String,
    }
}
