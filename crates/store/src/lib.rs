//! The store: every fact of every förbund with two times, in SQLite or PostgreSQL. The only SQL of the
//! program is here, and only [`db`] knows which database. Knows nothing of files' formats, counting or
//! reports.
//!
//! Nothing is overwritten. A fact is a row of versions: each known from a moment until another takes
//! over, each pointing to the event that made it.

pub mod anvandare;
pub mod change;
mod databas;
pub mod db;
pub mod diarium;
mod error;
pub mod facts;
mod fil;
pub mod forbund;
pub mod forslag;
pub mod gallring;
pub mod handelse;
pub mod history;
pub mod import;
pub mod inlast;
pub mod installning;
pub mod lank;
pub mod logg;
mod migration;
mod plans;
pub mod roll;
pub mod session;
mod table;
mod undo;
pub mod version;

pub use db::{Db, Target};
pub use error::{Result, StoreError};
pub use handelse::Signature;
