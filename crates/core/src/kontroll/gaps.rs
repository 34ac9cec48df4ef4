//! What could not be read, so that one fault does not cause a hundred others to be told.

use std::collections::{HashMap, HashSet};

/// Nouns and rows that a package holds but that are not among its facts.
#[derive(Debug, Default)]
pub struct Gaps {
    nouns: HashSet<&'static str>,
    rows: HashMap<&'static str, Rows>,
}

#[derive(Debug, Default)]
struct Rows {
    /// Keys of rows that were left out, and the beginnings of those keys.
    keys: HashSet<String>,
    /// Beginnings of keys whose rest could not be read.
    open: HashSet<String>,
}

impl Gaps {
    /// The noun's file is absent, or could not be read.
    pub fn noun(&mut self, resource: &'static str) {
        self.nouns.insert(resource);
    }

    /// Rows of the noun contradict each other, so that nothing can be concluded from them.
    pub fn doubtful(&mut self, resource: &'static str) {
        self.rows.entry(resource).or_default();
    }

    /// A row could not be read; `parts` are its key's cells, `None` from the first bad one on.
    pub fn row<'a>(&mut self, resource: &'static str, parts: impl Iterator<Item = Option<&'a str>>) {
        let rows = self.rows.entry(resource).or_default();
        let mut key = String::new();
        for part in parts {
            let Some(part) = part else {
                if key.is_empty() {
                    self.nouns.insert(resource);
                } else {
                    rows.open.insert(key);
                }
                return;
            };
            if !key.is_empty() {
                key.push('/');
            }
            key.push_str(part);
            // An insats has a period when a row begins with its id.
            rows.keys.insert(key.clone());
        }
    }

    /// Whether the noun may hold a fact with this key, or with this beginning of a key.
    pub(super) fn may_hold(&self, resource: &str, key: &str) -> bool {
        let beginnings = || key.match_indices('/').map(|(at, _)| &key[..at]);
        self.nouns.contains(resource)
            || self.rows.get(resource).is_some_and(|rows| {
                rows.keys.contains(key) || beginnings().any(|beginning| rows.open.contains(beginning))
            })
    }

    /// Whether the nouns are here with every row.
    pub(super) fn whole(&self, resources: &[&str]) -> bool {
        !resources.iter().any(|noun| self.nouns.contains(noun) || self.rows.contains_key(noun))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_bad_row_may_have_held_is_not_missed() {
        let mut gaps = Gaps::default();
        gaps.row("insatsperioder", [Some("a"), Some("2024-01-01")].into_iter());
        gaps.row("mal", [Some("a"), None].into_iter());
        assert!(gaps.may_hold("insatsperioder", "a") && !gaps.may_hold("insatsperioder", "b"));
        assert!(gaps.may_hold("mal", "a/7") && !gaps.may_hold("mal", "b/7"));
        gaps.row("insatser", [None].into_iter());
        assert!(gaps.may_hold("insatser", "b"));
        gaps.doubtful("budget");
        assert!(!gaps.may_hold("budget", "a") && !gaps.whole(&["budget"]) && gaps.whole(&["deltagare"]));
    }
}
