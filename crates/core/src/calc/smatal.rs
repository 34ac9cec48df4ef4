//! Withholding of small counts of people, with as many more as are needed so that no small one can be
//! worked out from what is shown.
//!
//! Every figure shows counts ([`Key`]s): a count itself, a share both its parts, a cost the number it
//! divides by. A count from 1 up to the threshold is withheld. Then, for each of those, a search looks
//! for *another world*: other numbers that agree with everything shown and with how counts hang together
//! (`relationer`), but in which this count is another. Where there is none, one more count is withheld,
//! the smallest of those that stand in the way. So whoever knows only what is shown, and however well he
//! reckons, cannot tell the two worlds apart.
//!
//! Nought is always shown: it counts nobody.

mod relationer;
mod varld;

use crate::calc::grupp::Grupp;
use crate::calc::kontekst::Rakning;
use crate::calc::matt::Matt;
use crate::calc::source::Source;
use crate::calc::tabeller::siffror;
use crate::deltagande::Kon;
use std::collections::HashSet;
use std::sync::Arc;

/// The threshold that a förbund has until it chooses another: counts under five are small.
pub const TROSKEL: u32 = 5;

/// A count of people that a figure shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    /// Whether it is of the year before.
    pub fjolar: bool,
    /// In which insatser.
    pub grupp: Grupp,
    /// Of which sex; `None` for all.
    pub kon: Option<Kon>,
    /// What is counted.
    pub matt: Matt,
}

impl Key {
    /// Calls `see` for every count that a figure with this source would show.
    pub fn each(source: &Source, see: &mut dyn FnMut(Key)) {
        Key::within(source, false, see);
    }

    fn within(source: &Source, fjolar: bool, see: &mut dyn FnMut(Key)) {
        match source {
            Source::Deltaganden(grupp, kon, matt) => see(Key { fjolar, grupp: *grupp, kon: *kon, matt: *matt }),
            Source::Andel(part, base) | Source::PerStyck(part, base) => {
                Key::within(part, fjolar, see);
                Key::within(base, fjolar, see);
            }
            Source::Fjolar(source) => Key::within(source, true, see),
            _ => {}
        }
    }

    /// Whether the counts handed in leave it unknown.
    fn is_unknown(self, rakning: &Rakning<'_>) -> bool {
        let of_year = if self.fjolar { rakning.year_before() } else { Some(rakning) };
        of_year.is_some_and(|rakning| rakning.is_unknown(self.grupp, self.matt))
    }

    /// How many people it counts.
    pub fn count(self, rakning: &Rakning<'_>) -> i64 {
        let of_year = if self.fjolar { rakning.year_before() } else { Some(rakning) };
        of_year.map_or(0, |rakning| rakning.count(self.grupp, self.kon, self.matt))
    }
}

/// Which counts of people a half-year's figures may show.
#[derive(Clone, Debug)]
pub struct Smatal {
    threshold: u32,
    shown: HashSet<Key>,
    withheld: Vec<Key>,
    before: Option<Arc<Smatal>>,
}

impl Smatal {
    /// Decides what to withhold from the half-year's figures.
    pub fn new(rakning: &Rakning<'_>, threshold: u32) -> Smatal {
        let mut keys: Vec<Key> = Vec::new();
        let mut known = HashSet::new();
        for figure in siffror(rakning) {
            // What is not known is not told.
            Key::each(&figure.source, &mut |key| {
                if !key.is_unknown(rakning) && known.insert(key) {
                    keys.push(key);
                }
            });
        }
        let mut system = relationer::System::new(rakning, &keys);
        let limit = i64::from(threshold);
        system.withhold(|key, count| count < limit || (key.fjolar && withheld_then(rakning, key)));
        varld::protect(&mut system, limit);
        system.withhold_equals();
        let (shown, withheld): (Vec<Key>, Vec<Key>) = keys.into_iter().partition(|key| system.is_shown(key));
        let before = rakning.year_before().and_then(Rakning::smatal).cloned();
        Smatal { threshold, shown: shown.into_iter().collect(), withheld, before }
    }

    /// The same of the year before, where its facts are complete.
    pub(super) fn before(&self) -> Option<&Arc<Smatal>> {
        self.before.as_ref()
    }

    /// Counts from 1 up to this are withheld.
    pub fn threshold(&self) -> u32 {
        self.threshold
    }

    /// The counts that some figure would have shown and that are withheld.
    pub fn withheld(&self) -> &[Key] {
        &self.withheld
    }

    /// Whether a figure with this source may be shown. One that shows a count that is not among the
    /// half-year's own may not.
    pub fn shows(&self, source: &Source) -> bool {
        let mut all = true;
        Key::each(source, &mut |key| all &= self.shown.contains(&key));
        all
    }
}

/// Whether the report of the year before withholds the count.
fn withheld_then(rakning: &Rakning<'_>, key: &Key) -> bool {
    let then = rakning.year_before().and_then(Rakning::smatal);
    then.is_some_and(|then| !then.shown.contains(&Key { fjolar: false, ..*key }))
}
