//! Counting: pure functions of an underlag and a half-year. No document, no text for readers but the
//! rules in words, and no clock.

pub mod antal;
pub mod avgift;
pub mod bokslut;
pub mod figure;
pub mod formel;
pub mod forsorjning;
pub mod grupp;
pub mod kontekst;
pub mod matt;
pub mod namn;
pub mod pengar;
pub mod prognos;
pub mod rader;
pub mod smatal;
pub mod source;
pub mod svar;
pub mod tabeller;
pub mod utrymme;

pub use figure::{FactGroup, FactRef, Figure};
pub use grupp::Grupp;
pub use kontekst::Rakning;
pub use matt::Matt;
pub use rader::Rader;
pub use smatal::Smatal;
pub use source::Source;
pub use svar::Fraga;
pub use tabeller::{
    arsbudgetar, avgifter, bokslut as bokslutets_siffror, finsam, insatsens, manader, plan, prognoser, siffra, siffror,
};
