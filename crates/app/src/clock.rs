//! The only place where the program reads the clock.

use samsyn_document::Datum;
use std::time::{SystemTime, UNIX_EPOCH};

/// Milliseconds since 1970 UTC.
pub fn now_ms() -> i64 {
    let elapsed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(elapsed.as_millis()).unwrap_or(i64::MAX)
}

/// Today in Stockholm.
pub fn today() -> Datum {
    Datum::of_ms(now_ms())
}
