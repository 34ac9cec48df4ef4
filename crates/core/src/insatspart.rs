//! Which members cooperate in an insats.

use crate::Id;

fact! {
    /// One part in one insats.
    pub struct Insatspart: "insatsparter", "insatspart", key [insats_id, part] {
        /// The insats.
        pub insats_id: Id,
        /// The member.
        pub part: String,
    }
}
