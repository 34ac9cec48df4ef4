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
        let found = all.iter().find(|(came, _, file)| came + WAITS_MS > clock::now_ms() && own(file));
        found.map(|(_, _, file)| file.ordlista.clone())
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

#[cfg(test)]
mod tests {
    use super::*;
    use samsyn_import::grid::{Book, Cell, Kind, Row, Sheet};

    /// A file of the insats's, with so many cells.
    fn file(insats: usize, cells: usize) -> Uppladdad {
        let row = Row { number: 1, hidden: false, cells: vec![Cell::Empty; cells] };
        let sheets = vec![Sheet { rows: vec![row], ..Sheet::default() }];
        let book = Book { kind: Kind::Csv, sheets, epoch_1904: false, notes: Vec::new() };
        Uppladdad {
            forbund: 1,
            anvandare: 7,
            insats: format!("insats-{insats}"),
            fil: Arc::new(Fil { book, sha256: String::new(), storlek: 0 }),
            ordlista: Ordlista { rubriker: [("not".to_owned(), None)].into(), ..Ordlista::default() },
            val: Val::default(),
            dag: None,
        }
    }

    /// Which of these can still be found, by their place.
    fn left(vantar: &Vantar, tokens: &[String]) -> Vec<usize> {
        let found = tokens.iter().enumerate().filter(|(_, token)| vantar.find(token, 1, 7).is_some());
        found.map(|(at, _)| at).collect()
    }

    /// Makes what has come in until now so much older.
    fn wait(vantar: &Vantar, ms: i64) {
        vantar.0.lock().unwrap().iter_mut().for_each(|(came, ..)| *came -= ms);
    }

    /// How many are held, found or not.
    fn held(vantar: &Vantar) -> usize {
        vantar.0.lock().unwrap().len()
    }

    #[test]
    fn a_file_waits_for_the_one_who_uploaded_it() {
        let vantar = Vantar::default();
        let token = vantar.keep(file(1, 1)).unwrap();
        assert!(vantar.find(&token, 1, 7).is_some() && vantar.told(1, 7, "insats-1").is_some());
        for (token, forbund, anvandare) in [(token.as_str(), 2, 7), (token.as_str(), 1, 8), ("annan", 1, 7)] {
            assert!(vantar.find(token, forbund, anvandare).is_none(), "{token}, {forbund}, {anvandare}");
        }
        for (forbund, anvandare, insats) in [(2, 7, "insats-1"), (1, 8, "insats-1"), (1, 7, "insats-2")] {
            assert!(vantar.told(forbund, anvandare, insats).is_none(), "{forbund}, {anvandare}, {insats}");
        }
        // The next one for the same insats takes its place.
        let next = vantar.keep(file(1, 1)).unwrap();
        assert_eq!(left(&vantar, &[token, next]), [1]);
    }

    #[test]
    fn a_file_is_forgotten_when_its_time_is_up() {
        const NEARLY_MS: i64 = WAITS_MS - 60_000;
        let vantar = Vantar::default();
        let first = vantar.keep(file(1, 1)).unwrap();
        wait(&vantar, NEARLY_MS);
        let second = vantar.keep(file(2, 1)).unwrap();
        assert_eq!(left(&vantar, &[first.clone(), second.clone()]), [0, 1]);
        wait(&vantar, 60_000);
        assert!(vantar.told(1, 7, "insats-1").is_none() && vantar.told(1, 7, "insats-2").is_some());
        assert_eq!(left(&vantar, &[first, second]), [1]);
        assert_eq!(held(&vantar), 1);
        wait(&vantar, NEARLY_MS);
        vantar.keep(file(3, 1)).unwrap();
        assert_eq!(held(&vantar), 1);
    }

    #[test]
    fn the_earliest_are_forgotten_when_there_are_too_many() {
        let vantar = Vantar::default();
        let tokens: Vec<String> = (0..=MOST_FILES).map(|nr| vantar.keep(file(nr, 1)).unwrap()).collect();
        assert_eq!(left(&vantar, &tokens), (1..=MOST_FILES).collect::<Vec<_>>());
    }

    #[test]
    fn the_earliest_are_forgotten_when_they_are_too_large_together() {
        let vantar = Vantar::default();
        let large = file(0, MOST_CELLS / 4);
        let kept = |nr: usize| vantar.keep(Uppladdad { insats: format!("insats-{nr}"), ..large.clone() }).unwrap();
        let tokens: Vec<String> = (0..6).map(kept).collect();
        assert_eq!(left(&vantar, &tokens), [2, 3, 4, 5]);
    }
}
