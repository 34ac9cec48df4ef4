//! Figures that no fact can give: earlier years, national averages. Each with its source.

use rust_decimal::Decimal;
use samsyn_document::Period;

fact! {
    /// A figure taken from a publication.
    pub struct HistorisktTal: "historiska_tal", "historiskt_tal", key [nyckeltal, period] {
        /// Which figure, for instance `inskrivna`.
        pub nyckeltal: String,
        /// The period it is about.
        pub period: Period,
        /// The value, in the unit beside it.
        pub varde: Option<Decimal>,
        /// The unit: antal, procent, tkr.
        pub enhet: Option<String>,
        /// Where it was published.
        pub kalla: String,
    }
}
