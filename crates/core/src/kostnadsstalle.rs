//! Which line of the driftsredovisning a cost centre in the bookkeeping is.

use crate::Id;
use crate::planpost::Plankategori;

fact! {
    /// A cost centre in the bookkeeping. Those that begin to apply in the same year replace all earlier ones.
    pub struct Kostnadsstalle: "kostnadsstallen", "kostnadsstalle", key [galler_fran, sie_kostnadsstalle] {
        /// The year from which it applies.
        pub galler_fran: u16,
        /// The cost centre's number in the bookkeeping.
        pub sie_kostnadsstalle: Id,
        /// The category of the board's plan that it is.
        pub rad: Plankategori,
    }
}
