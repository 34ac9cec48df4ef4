//! Reports: figures become documents. Knows the document model, no format.

pub mod avgifter;
pub mod beslutsutrymme;
pub mod bokslut;
pub mod finsam;
pub mod granska;
pub mod manad;
pub mod planskillnad;
pub mod pm;
pub mod prognos;
pub mod skillnad;
mod skrivare;
pub mod skrivet;
pub mod tjansteskrivelse;

pub use skrivare::Skrivare;
