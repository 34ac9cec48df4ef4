//! What of an account's income or cost belongs to a cost centre or a project, at a closing.

use crate::Id;
use samsyn_document::{Belopp, Datum};

/// SIE's number for cost centres.
pub const KOSTNADSSTALLE: u16 = 1;
/// SIE's number for projects.
pub const PROJEKT: u16 = 6;

fact! {
    /// The sum of an account for one cost centre or project, since the financial year began.
    pub struct Objektsaldo: "objektsaldon", "objektsaldo", key [till, dimension, objekt, konto] {
        /// The closing.
        pub till: Datum,
        /// What it is divided by, SIE's number: 1 cost centre, 6 project.
        pub dimension: u16,
        /// The cost centre's or project's number.
        pub objekt: Id,
        /// Its name; missing when the file does not say.
        pub namn: Option<String>,
        /// The account.
        pub konto: u32,
        /// The sum with the sign of the bookkeeping, costs positive; in a file in kronor.
        pub belopp_kr: Belopp,
    }
}
