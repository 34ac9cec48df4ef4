//! SIE files that somebody is looking at before they are taken in, held in memory alone.

use crate::Error;
use crate::actions::bokforing::Last;
use crate::actions::hemlighet;
use crate::clock;
use std::sync::{Arc, Mutex, PoisonError};

/// How long a file waits, milliseconds: two hours.
const WAITS_MS: i64 = 2 * 60 * 60_000;
/// How many files wait at once.
const MOST: usize = 20;

/// Whose a file is: the förbund and the user, by their numbers in the store.
pub type Agare = (i64, i64);

/// A file that waits: when it came, the token in its form, whose it is, and the file.
type Vantande = (i64, String, Agare, Arc<Last>);

/// The files that wait, the earliest first.
#[derive(Debug, Default)]
pub struct Vantar(Mutex<Vec<Vantande>>);

impl Vantar {
    /// Keeps a file; the token in its form. An earlier one of the same person is forgotten, and the earliest when there
    /// are too many.
    pub fn keep(&self, agare: Agare, file: Last) -> Result<String, Error> {
        let token = hemlighet::token()?;
        let now_ms = clock::now_ms();
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|(came, _, whose, _)| came + WAITS_MS > now_ms && *whose != agare);
        all.push((now_ms, token.clone(), agare, Arc::new(file)));
        if all.len() > MOST {
            all.remove(0);
        }
        Ok(token)
    }

    /// A file that waits for this person.
    pub fn find(&self, token: &str, agare: Agare) -> Option<Arc<Last>> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|(came, ..)| came + WAITS_MS > clock::now_ms());
        all.iter().find(|(_, other, whose, _)| other == token && *whose == agare).map(|(.., file)| file.clone())
    }

    /// Forgets a file.
    pub fn forget(&self, token: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).retain(|(_, other, ..)| other != token);
    }
}
