//! Files that somebody is looking at before they are taken in. They are held in memory and nowhere else, so that nothing
//! of a file that is put away has ever been stored.

use crate::Error;
use crate::actions::hemlighet;
use crate::actions::uppfoljningsfil::{Fil, Val};
use crate::clock;
use samsyn_document::Datum;
use samsyn_import::uppfoljningsfil::Ordlista;
use std::sync::{Arc, Mutex, PoisonError};

/// How long a file waits, milliseconds: two hours.
const WAITS_MS: i64 = 2 * 60 * 60_000;
/// How many files wait at once, and how many cells they have together.
const MOST_FILES: usize = 40;
const MOST_CELLS: usize = 6_000_000;

/// A file that waits.
#[derive(Clone, Debug)]
pub struct Uppladdad {
    /// The förbund, by its number in the store.
    pub forbund: i64,
    /// Who uploaded it.
    pub anvandare: i64,
    /// For which insats.
    pub insats: String,
    /// The file.
    pub fil: Arc<Fil>,
    /// What its columns and values mean, as told until now.
    pub ordlista: Ordlista,
    /// What has been decided about inskrivningar that it leaves open.
    pub val: Val,
    /// The day from which it is known; today when none is given.
    pub dag: Option<Datum>,
}

impl Uppladdad {
    fn cells(&self) -> usize {
        self.fil.book.sheets.iter().flat_map(|sheet| &sheet.rows).map(|row| row.cells.len()).sum()
    }
}

/// The files that wait, the earliest first: when they came, the token in their address, and the file.
#[derive(Debug, Default)]
pub struct Vantar(Mutex<Vec<(i64, String, Uppladdad)>>);

impl Vantar {
    /// Keeps a file; the token in its address. An earlier one of the same person for the same insats is forgotten, and
    /// the earliest when there are too many.
    pub fn keep(&self, file: Uppladdad) -> Result<String, Error> {
        let token = hemlighet::token()?;
        let now_ms = clock::now_ms();
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let same = |other: &Uppladdad| {
            (other.forbund, other.anvandare, &other.insats) == (file.forbund, file.anvandare, &file.insats)
        };
        all.retain(|(came, _, other)| came + WAITS_MS > now_ms && !same(other));
        all.push((now_ms, token.clone(), file));
        while all.len() > MOST_FILES
            || (all.len() > 1 && all.iter().map(|(_, _, file)| file.cells()).sum::<usize>() > MOST_CELLS)
        {
            all.remove(0);
        }
        Ok(token)
    }

    /// What this person has told of a file for the insats that still waits: it need not be told again of the next one.
    pub fn told(&self, forbund: i64, anvandare: i64, insats: &str) -> Option<Ordlista> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let own =
            |file: &Uppladdad| (file.forbund, file.anvandare, file.insats.as_str()) == (forbund, anvandare, insats);
        all.iter().find(|(_, _, file)| own(file)).map(|(_, _, file)| file.ordlista.clone())
    }

    /// A file that waits for this person.
    pub fn find(&self, token: &str, forbund: i64, anvandare: i64) -> Option<Uppladdad> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|(came, _, _)| came + WAITS_MS > clock::now_ms());
        let own = |(_, other, file): &&(i64, String, Uppladdad)| {
            other == token && (file.forbund, file.anvandare) == (forbund, anvandare)
        };
        all.iter().find(own).map(|(_, _, file)| file.clone())
    }

    /// Keeps what has been told about a file that waits.
    pub fn update(&self, token: &str, file: Uppladdad) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, _, waiting)) = all.iter_mut().find(|(_, other, _)| other == token) {
            *waiting = file;
        }
    }

    /// Tells the files that wait for an insats what its words mean.
    pub fn lar(&self, forbund: i64, insats: &str, learn: &dyn Fn(&mut Ordlista)) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let of = |file: &&mut Uppladdad| (file.forbund, file.insats.as_str()) == (forbund, insats);
        all.iter_mut().map(|(_, _, file)| file).filter(of).for_each(|file| learn(&mut file.ordlista));
    }

    /// Forgets every file of a förbund: what has been removed there must not come back with one.
    pub fn forget_all(&self, forbund: i64) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).retain(|(_, _, file)| file.forbund != forbund);
    }

    /// Forgets a file.
    pub fn forget(&self, token: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).retain(|(_, other, _)| other != token);
    }
}
