//! What the kansli itself says in a half-year.

use crate::Id;
use samsyn_document::Halvar;

codes! {
    /// What a comment is about.
    pub enum Om {
        Insats = "insats" => "Insats",
        Avvikelse = "avvikelse" => "Avvikelse",
    }
}

fact! {
    /// The kansli's own comment on an insats or an avvikelse in one half-year.
    pub struct Kommentar: "kommentarer", "kommentar", key [om, nyckel, halvar] {
        /// What it is about.
        pub om: Om,
        /// The id of that insats or avvikelse.
        pub nyckel: Id,
        /// The half-year.
        pub halvar: Halvar,
        /// What it says.
        pub text: String,
    }
}
