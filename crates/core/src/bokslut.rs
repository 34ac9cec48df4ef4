//! A closing of the förbund's bookkeeping: which financial year, up to which day, and what it was made from.

use samsyn_document::Datum;

fact! {
    /// The bookkeeping as it stood at the end of a day.
    pub struct Bokslut: "bokslut", "bokslut", key [till] {
        /// The day; the last one that is counted.
        pub till: Datum,
        /// The first day of the financial year.
        pub fran: Datum,
        /// The program that wrote the file, with its version; missing when the file does not say.
        pub program: Option<String>,
        /// The closing of the file whose vouchers up to the day were summed; missing when the file itself closes on it.
        pub raknat_ur: Option<Datum>,
    }
}
