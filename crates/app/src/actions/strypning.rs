//! Slows down whoever guesses passwords: after some failures an address, or a place they come from, must wait, longer
//! each time. Kept in memory; a restart forgets it.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// Failures that are free for an address.
const FREE: u32 = 5;
/// Failures that are free for a place: an office often shares one.
const FREE_PLACE: u32 = 30;
/// The first wait; it doubles for each failure after that.
const FIRST_MS: i64 = 15_000;
/// The longest wait.
const LONGEST_MS: i64 = 15 * 60_000;
/// After this long without a failure all is forgotten.
const FORGOTTEN_MS: i64 = 60 * 60_000;
/// How many keys are remembered before the old are swept away.
const MANY: usize = 1_000;

#[derive(Clone, Copy, Debug, Default)]
struct Failures {
    count: u32,
    latest_ms: i64,
}

impl Failures {
    fn wait_ms(self, free: u32, now_ms: i64) -> i64 {
        if self.count < free {
            return 0;
        }
        let wait = FIRST_MS.saturating_mul(1 << (self.count - free).min(20)).min(LONGEST_MS);
        (self.latest_ms + wait - now_ms).max(0)
    }
}

/// The key of a place that visitors come from.
pub fn place(from: &str) -> String {
    format!("{PLACE}{from}")
}

/// How the key of a place begins; no e-mail address does.
const PLACE: &str = "från ";

fn free(key: &str) -> u32 {
    if key.starts_with(PLACE) { FREE_PLACE } else { FREE }
}

/// Failures by key: an e-mail address, or where the visitor comes from.
#[derive(Debug, Default)]
pub struct Strypning(Mutex<HashMap<String, Failures>>);

impl Strypning {
    /// How many milliseconds must pass before any of the keys may try; nought when all may now.
    pub fn wait_ms(&self, keys: &[String], now_ms: i64) -> i64 {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let waits = keys.iter().filter_map(|key| Some(all.get(key)?.wait_ms(free(key), now_ms)));
        waits.max().unwrap_or(0)
    }

    /// Tells of a failure.
    pub fn failed(&self, keys: &[String], now_ms: i64) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() > MANY {
            all.retain(|_, failures| now_ms - failures.latest_ms < FORGOTTEN_MS);
        }
        for key in keys {
            let failures = all.entry(key.clone()).or_default();
            if now_ms - failures.latest_ms >= FORGOTTEN_MS {
                failures.count = 0;
            }
            failures.count = failures.count.saturating_add(1);
            failures.latest_ms = now_ms;
        }
    }

    /// Tells of a success: this key starts anew.
    pub fn succeeded(&self, key: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_failures_are_free_then_each_costs_double() {
        let strypning = Strypning::default();
        let key = ["a@b.se".to_owned()];
        for _ in 0..4 {
            strypning.failed(&key, 1000);
            assert_eq!(strypning.wait_ms(&key, 1000), 0);
        }
        strypning.failed(&key, 1000);
        assert_eq!(strypning.wait_ms(&key, 1000), 15_000);
        assert_eq!(strypning.wait_ms(&key, 16_000), 0);
        strypning.failed(&key, 16_000);
        assert_eq!(strypning.wait_ms(&key, 16_000), 30_000);
        (0..40).for_each(|_| strypning.failed(&key, 16_000));
        assert_eq!(strypning.wait_ms(&key, 16_000), LONGEST_MS);
        assert_eq!(strypning.wait_ms(&["annan".to_owned()], 16_000), 0);
        strypning.succeeded("a@b.se");
        assert_eq!(strypning.wait_ms(&key, 16_000), 0);
    }

    #[test]
    fn a_place_that_many_share_bears_more() {
        let (strypning, office) = (Strypning::default(), [place("10.0.0.1")]);
        (0..29).for_each(|_| strypning.failed(&office, 0));
        assert_eq!(strypning.wait_ms(&office, 0), 0);
        strypning.failed(&office, 0);
        assert_eq!(strypning.wait_ms(&office, 0), FIRST_MS);
    }
}
