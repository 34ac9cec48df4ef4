//! The PDF read back with another library: its tags, its words, its identifiers, its looks in odd cases.

mod access;
mod base;
mod cmap;
mod outside;
mod reader;
mod say;
mod strange;
mod weight;
