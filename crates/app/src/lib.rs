//! Samsyn: follow-up and reporting for samordningsförbund. Two thin doors to the same actions: the
//! command line and the web.

pub mod access;
pub mod actions;
pub mod cli;
mod clock;
pub mod config;
mod error;
pub mod web;

pub use error::Error;
