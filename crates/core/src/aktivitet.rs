//! Seminars, webinars and networks.

use samsyn_document::Datum;

fact! {
    /// One activity. Two of the same kind and title on one day are the same.
    pub struct Aktivitet: "aktiviteter", "aktivitet", key [datum, typ, titel] {
        /// The day.
        pub datum: Datum,
        /// What kind, in the förbund's own words.
        pub typ: String,
        /// Title.
        pub titel: String,
        /// How many people took part; missing when nobody counted.
        pub antal_deltagare: Option<u32>,
    }
}
