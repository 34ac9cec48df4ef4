//! Reports: figures become documents. Knows the document model, no format.

pub mod pm;
mod skrivare;

pub use skrivare::Skrivare;
