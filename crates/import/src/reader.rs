//! One CSV file on its way in: its heading, the shape of its rows, and what is told of them.

use crate::csv::{Fault, Rows};
use samsyn_core::kontroll::{Collector, nearest, shown};
use samsyn_core::personnummer::contains_personnummer;
use samsyn_core::{FieldError, Finding, Place};
use std::borrow::Cow;
use std::collections::HashMap;

/// A file's heading.
pub struct Heading {
    /// Where each field of the noun stands.
    pub columns: Vec<Option<usize>>,
    /// The names as messages may show them.
    names: Vec<String>,
    /// Whether every column is there, once, and no other is.
    pub whole: bool,
}

impl Heading {
    fn name(&self, place: usize) -> Option<&str> {
        self.names.get(place).map(String::as_str).filter(|name| !name.is_empty())
    }
}

/// One file on its way in.
pub struct Reader<'r> {
    file: &'r str,
    noun: &'static str,
    told: &'r mut Collector,
}

impl<'r> Reader<'r> {
    /// A reader of the noun's file.
    pub fn new(file: &'r str, noun: &'static str, told: &'r mut Collector) -> Reader<'r> {
        Reader { file, noun, told }
    }

    fn place(&self, row: u64, column: Option<&str>) -> Place {
        let place = Place { file: Some(self.file.to_owned()), row: Some(row), ..Place::default() };
        column.into_iter().fold(place, Place::column)
    }

    fn error(&mut self, row: u64, column: Option<&str>, what: &'static str, words: impl FnOnce() -> (String, String)) {
        let place = self.place(row, column);
        self.told.tell(self.noun, "", what, || {
            let (message, hint) = words();
            Finding::error(place, message, hint)
        });
    }

    /// Reads the heading; `None` when no row can be read by it.
    pub fn heading(&mut self, rows: &mut Rows<'_>, fields: &'static [&'static str]) -> Option<Heading> {
        let row = rows.next_row()?;
        let index: HashMap<&str, usize> = fields.iter().enumerate().map(|(i, name)| (*name, i)).collect();
        let names: Vec<String> = rows.cells.iter().map(|cell| cell.trim().to_owned()).collect();
        let mut heading = Heading { columns: vec![None; fields.len()], names: Vec::new(), whole: true };
        let (mut twice, mut unknown) = (Vec::new(), Vec::new());
        for (at, name) in names.iter().enumerate() {
            match index.get(name.as_str()) {
                Some(&field) if heading.columns[field].is_none() => heading.columns[field] = Some(at),
                Some(_) => twice.push(name),
                None if name.is_empty() => {}
                None => unknown.push((at, name)),
            }
        }
        let missing: Vec<&str> =
            fields.iter().zip(&heading.columns).filter(|(_, column)| column.is_none()).map(|(name, _)| *name).collect();
        heading.whole = twice.is_empty() && unknown.is_empty() && missing.is_empty();
        heading.names = names.iter().map(|name| self.label(name, &index, &missing)).collect();
        self.personal(row.line, &rows.cells, &heading);
        if missing.len() == fields.len() {
            self.no_heading(row.line, &names, fields);
            self.rest_is_personal(rows);
            return None;
        }
        self.quotes(row.line, row.fault, &heading);
        for (at, name) in unknown.into_iter().filter(|(_, name)| !contains_personnummer(name)) {
            self.error(row.line, heading.name(at), "unknown column", || {
                let near = nearest(name, missing.iter().copied());
                let hint = near.map_or("Ta bort den.".to_owned(), |near| format!("Menade du {near}?"));
                ("Kolumnen är okänd.".to_owned(), hint)
            });
        }
        for name in twice {
            self.error(row.line, Some(name), "column twice", || {
                ("Kolumnen finns två gånger.".to_owned(), "Ta bort den ena.".to_owned())
            });
        }
        for name in missing {
            self.error(row.line, Some(name), "missing column", || {
                ("Kolumnen saknas.".to_owned(), "Lägg till den; den får vara tom om uppgiften inte krävs.".to_owned())
            });
        }
        Some(heading)
    }

    /// A column's name as a message may show it. What is nearly the name of a missing column is no
    /// person's; the first row of a file without a heading may hold anything.
    fn label(&self, name: &str, index: &HashMap<&str, usize>, missing: &[&str]) -> String {
        if name.is_empty() || index.contains_key(name) || nearest(name, missing.iter().copied()).is_some() {
            return name.to_owned();
        }
        shown(self.noun, "", name).split('"').nth(1).unwrap_or_default().to_owned()
    }

    /// No name in the first row is one of the file's columns.
    fn no_heading(&mut self, row: u64, names: &[String], fields: &[&str]) {
        let marks = [(',', "komma"), ('\t', "tabb"), ('|', "lodstreck")];
        let other = names.first().filter(|_| names.len() == 1);
        match other.and_then(|only| marks.iter().find(|(mark, _)| only.contains(*mark))) {
            Some((_, mark)) => self.error(row, None, "delimiter", || {
                (format!("Kolumnerna skiljs åt med {mark}."), "Spara filen med semikolon mellan kolumnerna.".to_owned())
            }),
            None => self.error(row, None, "no heading", || {
                let message = "Första raden har inga av filens kolumnnamn.".to_owned();
                (message, format!("Skriv dem på första raden: {}.", fields.join(";")))
            }),
        }
    }

    /// Rows that cannot be read are still looked through for personnummer.
    fn rest_is_personal(&mut self, rows: &mut Rows<'_>) {
        let nameless = Heading { columns: Vec::new(), names: Vec::new(), whole: false };
        while let Some(row) = rows.next_row() {
            self.personal(row.line, &rows.cells, &nameless);
        }
    }

    /// Tells of quotation marks that do not match; whether they do.
    pub fn quotes(&mut self, row: u64, fault: Option<Fault>, heading: &Heading) -> bool {
        let (at, message, hint) = match fault {
            None => return true,
            Some(Fault::Unterminated(at)) => {
                (at, "Ett citattecken saknar slut.", "Sätt ett citattecken efter texten, eller ta bort det första.")
            }
            Some(Fault::AfterQuote(at)) => {
                (at, "Text står efter citattecknet.", "Skriv citattecken inne i en text dubbelt: \"\".")
            }
        };
        let column = heading.name(at).map(str::to_owned);
        self.error(row, column.as_deref(), message, || (message.to_owned(), hint.to_owned()));
        false
    }

    /// Tells of a row that has more or fewer cells than the heading; whether it has as many. Empty
    /// cells after the last are what spreadsheets leave. Under a bad heading nothing is told.
    pub fn width(&mut self, row: u64, cells: &[Cow<'_, str>], heading: &Heading) -> bool {
        let named = heading.names.iter().rposition(|name| !name.is_empty()).map_or(0, |last| last + 1);
        let used = cells.iter().rposition(|cell| !cell.trim().is_empty()).map_or(0, |last| last + 1);
        let nameless = heading.names.iter().take(named).zip(cells).any(|(n, c)| n.is_empty() && !c.trim().is_empty());
        if !heading.whole || (cells.len() >= named && used <= named && !nameless) {
            return true;
        }
        let cells = if used > named { used } else { cells.len() };
        self.error(row, None, "width", || {
            let unit = if cells == 1 { "kolumn" } else { "kolumner" };
            let message = format!("Raden har {cells} {unit}, rubrikraden har {named}.");
            (message, "Kontrollera semikolon och citattecken på raden.".to_owned())
        });
        false
    }

    /// Tells of every personnummer in the row; whether there is none.
    pub fn personal(&mut self, row: u64, cells: &[Cow<'_, str>], heading: &Heading) -> bool {
        let mut clean = true;
        for (at, cell) in cells.iter().enumerate().filter(|(_, cell)| contains_personnummer(cell)) {
            clean = false;
            let column = heading.name(at).map(str::to_owned);
            self.error(row, column.as_deref(), "personnummer", || {
                let message = format!("{} är eller innehåller ett personnummer.", shown("deltagare", "", cell));
                (message, "Ta bort det: personnummer får inte finnas i underlaget.".to_owned())
            });
        }
        clean
    }

    /// Tells of a cell that its field cannot hold.
    pub fn field(&mut self, row: u64, column: &'static str, cell: &str, error: FieldError) {
        let place = self.place(row, Some(column));
        let noun = self.noun;
        let cell = cell.trim();
        self.told.tell(noun, column, error.what.clone(), || {
            let message = if cell.is_empty() {
                "Uppgiften saknas.".to_owned()
            } else {
                format!("{} {}.", shown(noun, column, cell), error.what)
            };
            Finding::error(place, message, error.hint)
        });
    }

    /// Tells of rows that have the same key, each against the first. The keys come hashed, with their
    /// rows. Returns whether there are any.
    pub fn twice(&mut self, mut keys: Vec<(u64, u64)>, names: &[&'static str]) -> bool {
        keys.sort_unstable();
        let mut pairs: Vec<(u64, u64)> = Vec::new();
        for same in keys.chunk_by(|a, b| a.0 == b.0) {
            pairs.extend(same[1..].iter().map(|later| (later.1, same[0].1)));
        }
        pairs.sort_unstable();
        let column = if let [only] = names { Some(*only) } else { None };
        for &(row, first) in &pairs {
            self.error(row, column, "twice", || {
                let message = format!("Raden har samma {} som rad {first}.", samsyn_document::format::list(names));
                (message, "Ta bort den ena raden, eller rätta id:t.".to_owned())
            });
        }
        !pairs.is_empty()
    }
}
