//! What has been read and need not be read again: the underlag of a förbund and a kännedomsdatum, as long as nothing
//! has happened in that förbund since; and what has been made of it at some cost.

use samsyn_core::underlag::Underlag;
use samsyn_document::Datum;
use std::any::Any;
use std::sync::{Arc, Mutex, PoisonError};

/// How many are kept; the one that has not been asked for longest goes first.
const MOST: usize = 24;

/// How many things made of one underlag are kept.
const MOST_MADE: usize = 32;

/// Something made of an underlag.
type Thing = Arc<dyn Any + Send + Sync>;

/// The number of a förbund's latest event, and of the database's latest restore.
pub type State = (i64, i64);

struct Kept {
    forbund: i64,
    per: Datum,
    state: State,
    underlag: Arc<Underlag>,
    more: Vec<(String, Thing)>,
}

/// The memory of a running server.
#[derive(Default)]
pub struct Minne(Mutex<Vec<Kept>>);

impl Minne {
    /// The underlag, if it was kept in this state.
    pub fn find(&self, forbund: i64, per: Datum, state: State) -> Option<Arc<Underlag>> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let at = kept.iter().position(|kept| (kept.forbund, kept.per, kept.state) == (forbund, per, state))?;
        let found = kept.remove(at);
        let underlag = found.underlag.clone();
        kept.push(found);
        Some(underlag)
    }

    /// Keeps an underlag. What was kept of the förbund in an earlier state is forgotten.
    pub fn keep(&self, forbund: i64, per: Datum, state: State, underlag: Arc<Underlag>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|kept| kept.forbund != forbund || (kept.state == state && kept.per != per));
        if kept.len() >= MOST {
            kept.remove(0);
        }
        kept.push(Kept { forbund, per, state, underlag, more: Vec::new() });
    }

    /// What has been made of this underlag under a name, if it is kept.
    pub fn recall<T: Send + Sync + 'static>(&self, underlag: &Arc<Underlag>, name: &str) -> Option<Arc<T>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = kept.iter().find(|kept| Arc::ptr_eq(&kept.underlag, underlag))?;
        let (_, thing) = kept.more.iter().find(|(other, _)| other == name)?;
        thing.clone().downcast().ok()
    }

    /// Keeps what has been made of an underlag for as long as that is kept, or until much else has been.
    pub fn retain<T: Send + Sync + 'static>(&self, underlag: &Arc<Underlag>, name: &str, thing: Arc<T>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(kept) = kept.iter_mut().find(|kept| Arc::ptr_eq(&kept.underlag, underlag)) {
            kept.more.retain(|(other, _)| other != name);
            if kept.more.len() >= MOST_MADE {
                kept.more.remove(0);
            }
            kept.more.push((name.to_owned(), thing));
        }
    }
}

impl std::fmt::Debug for Minne {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Minne")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn empty() -> Arc<Underlag> {
        Arc::new(Underlag::new(samsyn_core::Facts::default(), day(1)))
    }

    fn day(day: u8) -> Datum {
        Datum::new(2023, 1, day).unwrap()
    }

    #[test]
    fn an_event_makes_it_forget_the_forbund_and_no_other() {
        let minne = Minne::default();
        minne.keep(1, day(1), (1, 1), empty());
        minne.keep(2, day(1), (1, 1), empty());
        assert!(minne.find(1, day(1), (1, 1)).is_some());
        assert!(minne.find(1, day(1), (2, 1)).is_none());
        minne.keep(1, day(2), (2, 1), empty());
        assert!(minne.find(1, day(1), (1, 1)).is_none());
        assert!(minne.find(2, day(1), (1, 1)).is_some());
    }

    #[test]
    fn what_is_made_of_an_underlag_goes_with_it() {
        let (minne, underlag) = (Minne::default(), empty());
        minne.keep(1, day(1), (1, 1), underlag.clone());
        minne.retain(&underlag, "tal", Arc::new(7_i64));
        assert_eq!(minne.recall::<i64>(&underlag, "tal").as_deref(), Some(&7));
        assert!(minne.recall::<String>(&underlag, "tal").is_none() && minne.recall::<i64>(&empty(), "tal").is_none());
        minne.keep(1, day(1), (2, 1), empty());
        assert!(minne.recall::<i64>(&underlag, "tal").is_none());
    }

    #[test]
    fn the_one_not_asked_for_longest_goes_first() {
        let minne = Minne::default();
        for nr in 0..MOST as i64 {
            minne.keep(nr, day(1), (1, 1), empty());
        }
        minne.find(0, day(1), (1, 1));
        minne.keep(99, day(1), (1, 1), empty());
        assert!(minne.find(0, day(1), (1, 1)).is_some());
        assert!(minne.find(1, day(1), (1, 1)).is_none());
    }
}
