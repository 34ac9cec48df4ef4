//! Population per kommun, the base of the member fee.

use samsyn_document::Datum;

fact! {
    /// A kommun's population on a day.
    pub struct Folkmangd: "folkmangd", "folkmangd", key [kommun, datum] {
        /// The kommun, a member.
        pub kommun: String,
        /// The day, 1 November as a rule.
        pub datum: Datum,
        /// Number of people.
        pub antal: u32,
    }
}
