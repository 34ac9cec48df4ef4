//! The numbers that an insats gives its inskrivningar. Two insatser may use the same ones: the id of an inskrivning is
//! the insats's own id, a full stop and the number.

use crate::Id;
use crate::deltagande::Deltagande;
use std::collections::HashSet;

/// The number that the insats itself has given an inskrivning: its id without the insats's own before it.
pub fn nummer(deltagande: &Deltagande) -> &str {
    let id = deltagande.deltagande_id.as_str();
    let own = id.strip_prefix(deltagande.insats_id.as_str()).and_then(|rest| rest.strip_prefix('.'));
    own.filter(|own| !own.is_empty()).unwrap_or(id)
}

/// What two numbers that mean the same inskrivning have in common, however they are written.
pub fn nyckel(number: &str) -> String {
    as_id(number).to_lowercase()
}

/// Whether a number may be a name, which is never stored: it has no digit.
pub fn kan_vara_namn(number: &str) -> bool {
    !number.bytes().any(|b| b.is_ascii_digit())
}

/// A number as it may stand in an id: what may not becomes a hyphen.
fn as_id(number: &str) -> String {
    let fits = |c: char| if c.is_alphanumeric() || matches!(c, '-' | '.' | '_') { c } else { '-' };
    number.trim().chars().map(fits).collect()
}

/// Numbers of the insats's own that are counted on from; greater ones are codes.
const MOST: u64 = 1_000_000_000;

/// The ids that are taken, and the next number that is not.
#[derive(Debug)]
pub struct Nummer<'i> {
    insats: &'i Id,
    taken: HashSet<String>,
    last: u64,
}

impl<'i> Nummer<'i> {
    /// Counts on from the greatest number of the insats, known or told: a number that stands further down in a file is
    /// not given away. `kanda` are the inskrivningar of all insatser.
    pub fn new<'t>(insats: &'i Id, kanda: &'t [Deltagande], told: impl Iterator<Item = &'t str>) -> Nummer<'i> {
        let taken = kanda.iter().map(|known| known.deltagande_id.to_string()).collect();
        let own = kanda.iter().filter(|known| known.insats_id == *insats).map(nummer);
        let number = |text: &str| text.trim().parse().ok().filter(|number| *number < MOST);
        let last = own.chain(told).filter_map(number).max().unwrap_or(0);
        Nummer { insats, taken, last }
    }

    /// The id of this number in the insats; `None` when it makes none, or it is taken.
    pub fn of(&mut self, number: &str) -> Option<Id> {
        let id = Id::new(&format!("{}.{}", self.insats, as_id(number)))?;
        self.taken.insert(id.to_string()).then_some(id)
    }

    /// The next number that is not taken; each is given once.
    pub fn next_free(&mut self) -> String {
        loop {
            self.last += 1;
            if !self.taken.contains(&format!("{}.{}", self.insats, self.last)) {
                return self.last.to_string();
            }
        }
    }
}
