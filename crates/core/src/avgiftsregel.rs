//! How the kommuner's share of the fees is rounded, per year.

use samsyn_document::Datum;

codes! {
    /// How the kommuner's shares become whole kronor.
    pub enum Avgiftsmetod {
        StorstaRest = "storsta_rest" => "Största rest",
        AvrundaVarForSig = "avrunda_var_for_sig" => "Avrunda var för sig",
    }
}

fact! {
    /// The rule of one year.
    pub struct Avgiftsregel: "avgiftsregler", "avgiftsregel", key [ar] {
        /// The year.
        pub ar: u16,
        /// How shares are rounded.
        pub metod: Avgiftsmetod,
        /// The kommun that takes the difference when each is rounded by itself.
        pub rest_till: Option<String>,
        /// The day whose population is used.
        pub folkmangd_datum: Datum,
    }
}
