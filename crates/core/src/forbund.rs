//! The förbund: the tenant of the system. Everything belongs to exactly one.

use crate::Id;

fact! {
    /// A samordningsförbund.
    pub struct Forbund: "forbund", "forbundsuppgift", key [forbund_id] {
        /// Its id, given once and kept.
        pub forbund_id: Id,
        /// Its name.
        pub namn: String,
        /// Organisationsnummer, as the förbund writes it.
        pub organisationsnummer: Option<String>,
        /// The county.
        pub lan: Option<String>,
    }
}
