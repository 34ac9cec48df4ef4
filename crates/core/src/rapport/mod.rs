//! Reports: figures become documents. Knows the document model, no format.

pub mod granska;
pub mod pm;
mod skrivare;
pub mod tjansteskrivelse;

pub use skrivare::Skrivare;
