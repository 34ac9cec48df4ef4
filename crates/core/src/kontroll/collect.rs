//! Gathers findings, and keeps those of one kind few: a broken file of a million rows does not print
//! a million lines.

use crate::{Finding, Place, Severity};
use std::borrow::Cow;
use std::collections::HashMap;

/// How many findings of one kind, in one column of one file, are told in full.
pub const SAME_KIND: usize = 20;

/// What makes two findings the same kind: noun, column, and what is wrong.
type Kind = (&'static str, &'static str, Cow<'static, str>);

/// Findings on their way to a reader.
#[derive(Debug)]
pub struct Collector {
    found: Vec<Finding>,
    kinds: HashMap<Kind, Counted>,
    most: usize,
}

impl Default for Collector {
    fn default() -> Collector {
        Collector::telling(SAME_KIND)
    }
}

#[derive(Clone, Copy, Debug, Default)]
struct Counted {
    count: usize,
    last: usize,
}

impl Collector {
    /// Tells this many of one kind in full.
    pub fn telling(most: usize) -> Collector {
        Collector { found: Vec::new(), kinds: HashMap::new(), most }
    }

    /// Tells one finding of a kind: `noun` and `column` where it is (empty when it is about the whole),
    /// `what` the rule. `make` is called only when the finding will be told in full.
    pub fn tell(
        &mut self,
        noun: &'static str,
        column: &'static str,
        what: impl Into<Cow<'static, str>>,
        make: impl FnOnce() -> Finding,
    ) {
        let counted = self.kinds.entry((noun, column, what.into())).or_default();
        counted.count += 1;
        if counted.count <= self.most {
            counted.last = self.found.len();
            self.found.push(make());
        }
    }

    /// Tells a fault in one column of a fact: severity, rule, message, hint.
    pub(super) fn fact<F: crate::Fact>(
        &mut self,
        severity: Severity,
        fact: &F,
        column: &'static str,
        rule: &'static str,
        words: impl FnOnce() -> (String, String),
    ) {
        self.tell(F::RESOURCE, column, rule, || {
            let (message, hint) = words();
            let place = Place::fact(fact);
            Finding::new(severity, if column.is_empty() { place } else { place.column(column) }, message, hint)
        });
    }

    /// Whether anything that stops has been told.
    pub fn has_errors(&self) -> bool {
        self.found.iter().any(|finding| finding.severity == Severity::Fel)
    }

    /// The findings in the order told; the last in full of a kind says how many more there are.
    pub fn finish(self) -> Vec<Finding> {
        let mut found = self.found;
        for counted in self.kinds.values().filter(|counted| counted.count > self.most) {
            let Some(last) = found.get_mut(counted.last) else { continue };
            let more = samsyn_document::format::number((counted.count - self.most) as i64);
            let space = if last.hint.is_empty() { "" } else { " " };
            last.hint.push_str(&format!("{space}(Och {more} till av samma slag.)"));
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_are_told_to_one_who_asks_for_them() {
        let mut told = Collector::telling(100);
        (0..60).for_each(|_| told.tell("deltagare", "", "rule", || Finding::note(Place::default(), "x")));
        assert_eq!(told.finish().len(), 60);
    }

    #[test]
    fn the_last_of_many_says_how_many_more() {
        let mut told = Collector::default();
        for row in 0..1_332u64 {
            let place = Place { row: Some(row), ..Place::default() };
            told.tell("deltagare", "utskriven", "är inget datum", || Finding::error(place, "x", "y."));
        }
        told.tell("deltagare", "inskriven", "är inget datum", || Finding::error(Place::default(), "x", ""));
        let found = told.finish();
        assert_eq!(found.len(), SAME_KIND + 1);
        assert_eq!(found[SAME_KIND - 1].hint, "y. (Och 1\u{a0}312 till av samma slag.)");
        assert_eq!(found[SAME_KIND].hint, "");
    }
}
