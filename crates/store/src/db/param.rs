//! The values that a statement takes.

use samsyn_core::Stored;
use std::sync::Arc;

/// A value in a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Param {
    /// A whole number, or none.
    Int(Option<i64>),
    /// Text, or none.
    Text(Option<Arc<str>>),
    /// Bytes.
    Bytes(Vec<u8>),
}

impl From<i64> for Param {
    fn from(number: i64) -> Param {
        Param::Int(Some(number))
    }
}

impl From<Option<i64>> for Param {
    fn from(number: Option<i64>) -> Param {
        Param::Int(number)
    }
}

impl From<&str> for Param {
    fn from(text: &str) -> Param {
        Param::Text(Some(text.into()))
    }
}

impl From<Option<&str>> for Param {
    fn from(text: Option<&str>) -> Param {
        Param::Text(text.map(Into::into))
    }
}

impl From<String> for Param {
    fn from(text: String) -> Param {
        Param::Text(Some(text.into()))
    }
}

impl From<Option<String>> for Param {
    fn from(text: Option<String>) -> Param {
        Param::Text(text.map(Into::into))
    }
}

impl From<&[u8]> for Param {
    fn from(bytes: &[u8]) -> Param {
        Param::Bytes(bytes.to_vec())
    }
}

impl From<Stored> for Param {
    fn from(stored: Stored) -> Param {
        match stored {
            Stored::Int(number) => Param::Int(number),
            Stored::Text(text) => Param::Text(text),
        }
    }
}
