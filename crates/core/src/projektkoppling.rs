//! Which insats, or post of the board's plan, a project in the bookkeeping is.

use crate::Id;

fact! {
    /// A project in the bookkeeping. Those that begin to apply in the same year replace all earlier ones.
    pub struct Projektkoppling: "projektkopplingar", "projektkoppling", key [galler_fran, sie_projekt] {
        /// The year from which it applies.
        pub galler_fran: u16,
        /// The project's number in the bookkeeping.
        pub sie_projekt: Id,
        /// The insats's id, or the post of the plan in small letters.
        pub insats_id_eller_post: Id,
    }
}
