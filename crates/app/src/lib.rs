//! Samsyn: follow-up and reporting for samordningsförbund. Two thin doors to the same actions; the
//! command line is the first.

pub mod actions;
pub mod cli;
mod clock;
mod error;

pub use error::Error;
