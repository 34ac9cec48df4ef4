//! Reports: figures become documents. Knows the document model, no format.

pub mod pm;
mod skrivare;
pub mod skrivet;
pub mod tjansteskrivelse;

pub use skrivare::Skrivare;
