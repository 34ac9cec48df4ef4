//! What every reader of a spreadsheet has at hand: how the file may be named, how much it may hold, and what is told.

use super::namn::{self, Named};
use super::search::{self, Search, What};
use super::{Book, Limits, Refused};
use samsyn_core::{Finding, Place, Severity};

/// A file on its way in.
pub(super) struct Reading<'r> {
    /// The file's name as messages may show it.
    file: String,
    /// How much it may hold.
    pub limits: &'r Limits,
    /// What is personal in it.
    pub search: Search,
    /// What is worth knowing.
    pub notes: Vec<Finding>,
    /// Rows, cells and bytes of text so far.
    pub rows: usize,
    pub cells: usize,
    pub text: usize,
    /// Formulas, and those of them that have no saved value with the place of the first.
    pub formulas: usize,
    pub unsaved: usize,
    pub first_unsaved: Option<String>,
}

impl<'r> Reading<'r> {
    pub fn new(name: &str, limits: &'r Limits) -> Reading<'r> {
        let mut search = Search::default();
        search.text(name, || "filens namn".to_owned());
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem).replace(['_', '.'], " ");
        // Nothing but a given name may be the name of an insats.
        if namn::named(&stem) == Some(Named::Whole) {
            search.tell(What::Namn, "filens namn".to_owned());
        }
        let file = if search.is_clean() { name.to_owned() } else { "filen".to_owned() };
        Reading {
            file,
            limits,
            search,
            notes: Vec::new(),
            rows: 0,
            cells: 0,
            text: 0,
            formulas: 0,
            unsaved: 0,
            first_unsaved: None,
        }
    }

    /// A place in the file; empty for the file itself.
    fn place(&self, at: &str) -> Place {
        let key = (!at.is_empty()).then(|| at.to_owned());
        Place { file: Some(self.file.clone()), key, ..Place::default() }
    }

    /// Why the file is not read: what is wrong at a place, and what to do. An empty place is the whole file.
    pub fn stop(&self, at: &str, message: impl Into<String>, hint: &str) -> Refused {
        Refused { personal: false, findings: vec![Finding::error(self.place(at), message, hint)] }
    }

    /// The file does not hold together.
    pub fn damaged(&self, at: &str, what: &str) -> Refused {
        self.stop(
            at,
            format!("Filen är skadad: {what}."),
            "Öppna den i det program som den är gjord i och spara den på nytt.",
        )
    }

    /// Something worth knowing.
    pub fn note(&mut self, at: &str, message: impl Into<String>) {
        self.notes.push(Finding::note(self.place(at), message));
    }

    /// Something that a person should look at.
    pub fn warning(&mut self, at: &str, message: impl Into<String>, hint: &str) {
        self.notes.push(Finding::warning(self.place(at), message, hint));
    }

    /// A formula was met in a cell; whether it has a saved value.
    pub fn formula(&mut self, saved: bool, place: impl FnOnce() -> String) {
        self.formulas += 1;
        if !saved {
            self.unsaved += 1;
            self.first_unsaved.get_or_insert_with(place);
        }
    }

    fn tell_formulas(&mut self) {
        if let Some(first) = self.first_unsaved.take() {
            let message = format!("Formler utan sparat värde läses som tomma celler: {}.", self.unsaved);
            self.warning(&first, message, "Öppna filen i Excel eller LibreOffice, spara den och läs in den igen.");
        }
        if self.formulas > self.unsaved {
            self.note("", "Filen har formler. De räknas inte om; de värden som sparats i filen används.");
        }
    }

    /// The book, when nothing stops it and nothing in the file is personal.
    pub fn close(mut self, book: Result<Book, Refused>) -> Result<Book, Refused> {
        if let Ok(book) = &book {
            search::book(book, &mut self.search);
        }
        if !self.search.is_clean() {
            let place = |at: &str| self.place(at);
            let mut findings = self.search.findings(place);
            findings.extend(book.err().into_iter().flat_map(|refused| refused.findings));
            return Err(Refused { personal: true, findings });
        }
        let mut book = book?;
        self.tell_formulas();
        self.notes.sort_by_key(|finding| finding.severity != Severity::Varning);
        book.notes = self.notes;
        Ok(book)
    }
}
