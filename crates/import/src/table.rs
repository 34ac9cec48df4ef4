//! A file's text to the facts of one noun: its heading, its rows, and everything wrong with them.

use crate::csv::{Fault, Rows};
use samsyn_core::kontroll::{Collector, Gaps, nearest, shown};
use samsyn_core::personnummer::contains_personnummer;
use samsyn_core::{Fact, FieldError, Finding, Place};
use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// The facts of one file, and on which row each stands.
#[derive(Debug)]
pub struct Table<F> {
    /// The facts, in the order of the file.
    pub facts: Vec<F>,
    /// The row of each.
    pub rows: Vec<u64>,
}

/// Reads the rows of `file`. Rows that cannot be read, and what they may have held, go to `gaps`.
pub fn read<F: Fact>(file: &str, text: &str, gaps: &mut Gaps, told: &mut Collector) -> Table<F> {
    let mut reader = Reader { file, noun: F::RESOURCE, told };
    let mut rows = Rows::new(text);
    let mut table = Table { facts: Vec::new(), rows: Vec::new() };
    let Some(heading) = reader.heading(&mut rows, F::FIELDS) else {
        gaps.noun(F::RESOURCE);
        return table;
    };
    let mut keys: Vec<(u64, u64)> = Vec::new();
    while let Some(row) = rows.next_row() {
        if rows.cells.iter().all(|cell| cell.trim_ascii().is_empty()) {
            continue;
        }
        let cells = &rows.cells;
        let whole = reader.quotes(row.line, row.fault, &heading) && reader.width(row.line, cells, &heading);
        if matches!(row.fault, Some(Fault::Unterminated(_))) {
            // The cell swallowed the rows after it.
            gaps.noun(F::RESOURCE);
        }
        let clean = reader.personal(row.line, cells, &heading);
        let cell = |field: usize| heading.columns[field].and_then(|at| cells.get(at)).map_or("", |cell| cell.as_ref());
        let mut bad: Vec<usize> = Vec::new();
        let mut wrong = |field: usize, error: FieldError| {
            bad.push(field);
            // A cell that is not there has been told, and so has a personnummer.
            if heading.columns[field].is_some_and(|at| at < cells.len()) && (clean || !is_personal(cell(field))) {
                reader.field(row.line, F::FIELDS[field], cell(field), error);
            }
        };
        let fact = if whole { F::parse(&cell, &mut wrong) } else { None };
        match fact.filter(|_| clean && heading.whole) {
            Some(fact) => {
                keys.push((hash(&fact.key()), row.line));
                table.facts.push(fact);
                table.rows.push(row.line);
            }
            None => {
                let part = |field: &usize| (whole && !bad.contains(field)).then(|| cell(*field).trim());
                if let Some(key) = F::KEY.iter().map(part).collect::<Option<Vec<&str>>>() {
                    keys.push((hash(&key.join("/")), row.line));
                }
                if heading.whole {
                    gaps.row(F::RESOURCE, F::KEY.iter().map(part));
                }
            }
        }
    }
    if !heading.whole {
        gaps.noun(F::RESOURCE);
    }
    if reader.twice(keys, &F::KEY.iter().map(|field| F::FIELDS[*field]).collect::<Vec<_>>()) {
        gaps.doubtful(F::RESOURCE);
    }
    table
}

fn hash(key: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    key.hash(&mut hasher);
    hasher.finish()
}

/// Only a cell with ten digits or more can hold a personnummer.
fn is_personal(cell: &str) -> bool {
    cell.len() >= 10
        && cell.bytes().map(|b| usize::from(b.is_ascii_digit())).sum::<usize>() >= 10
        && contains_personnummer(cell)
}

/// A file's heading.
struct Heading {
    /// Where each field of the noun stands.
    columns: Vec<Option<usize>>,
    /// The names as they stand, for messages.
    names: Vec<String>,
    /// Whether every column is there, once, and no other is.
    whole: bool,
}

impl Heading {
    fn name(&self, place: usize) -> Option<&str> {
        self.names.get(place).map(String::as_str).filter(|name| !name.is_empty())
    }
}

/// One file on its way in.
struct Reader<'r> {
    file: &'r str,
    noun: &'static str,
    told: &'r mut Collector,
}

impl Reader<'_> {
    fn place(&self, row: u64, column: Option<&str>) -> Place {
        let place = Place { file: Some(self.file.to_owned()), row: Some(row), ..Place::default() };
        match column {
            Some(name) if is_personal(name) => place.column("••••••-••••"),
            Some(name) => place.column(name),
            None => place,
        }
    }

    fn error(&mut self, row: u64, column: Option<&str>, what: &'static str, words: impl FnOnce() -> (String, String)) {
        let place = self.place(row, column);
        self.told.tell(self.noun, "", what, || {
            let (message, hint) = words();
            Finding::error(place, message, hint)
        });
    }

    /// Reads the heading; `None` when no row can be read by it.
    fn heading(&mut self, rows: &mut Rows<'_>, fields: &'static [&'static str]) -> Option<Heading> {
        let row = rows.next_row()?;
        let names: Vec<String> = rows.cells.iter().map(|cell| cell.trim().to_owned()).collect();
        let mut heading = Heading { columns: vec![None; fields.len()], names, whole: true };
        self.quotes(row.line, row.fault, &heading);
        self.personal(row.line, &rows.cells, &heading);
        if let [only] = heading.names.as_slice()
            && let Some((_, word)) =
                [(',', "komma"), ('\t', "tabb"), ('|', "lodstreck")].iter().find(|(mark, _)| only.contains(*mark))
        {
            self.error(row.line, None, "delimiter", || {
                (format!("Kolumnerna skiljs åt med {word}."), "Spara filen med semikolon mellan kolumnerna.".to_owned())
            });
            self.rest_is_personal(rows);
            return None;
        }
        let index: HashMap<&str, usize> = fields.iter().enumerate().map(|(i, name)| (*name, i)).collect();
        let mut unknown = Vec::new();
        for at in 0..heading.names.len() {
            let name = heading.names[at].clone();
            match index.get(name.as_str()) {
                Some(&field) if heading.columns[field].is_none() => heading.columns[field] = Some(at),
                Some(_) => {
                    heading.whole = false;
                    self.error(row.line, Some(&name), "column twice", || {
                        ("Kolumnen finns två gånger.".to_owned(), "Ta bort den ena.".to_owned())
                    });
                }
                None if name.is_empty() => {}
                None => unknown.push(name),
            }
        }
        let missing: Vec<&str> =
            fields.iter().zip(&heading.columns).filter(|(_, column)| column.is_none()).map(|(name, _)| *name).collect();
        heading.whole &= unknown.is_empty() && missing.is_empty();
        for name in unknown.iter().filter(|name| !is_personal(name)) {
            self.error(row.line, Some(name), "unknown column", || {
                let near = nearest(name, missing.iter().copied());
                let hint = near.map_or("Ta bort den.".to_owned(), |near| format!("Menade du {near}?"));
                ("Kolumnen är okänd.".to_owned(), hint)
            });
        }
        for name in missing {
            self.error(row.line, Some(name), "missing column", || {
                ("Kolumnen saknas.".to_owned(), "Lägg till den; den får vara tom om uppgiften inte krävs.".to_owned())
            });
        }
        Some(heading)
    }

    /// Rows that cannot be read are still looked through for personnummer.
    fn rest_is_personal(&mut self, rows: &mut Rows<'_>) {
        let nameless = Heading { columns: Vec::new(), names: Vec::new(), whole: false };
        while let Some(row) = rows.next_row() {
            self.personal(row.line, &rows.cells, &nameless);
        }
    }

    /// Tells of quotation marks that do not match; whether they do.
    fn quotes(&mut self, row: u64, fault: Option<Fault>, heading: &Heading) -> bool {
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
    fn width(&mut self, row: u64, cells: &[Cow<'_, str>], heading: &Heading) -> bool {
        let named = heading.names.iter().rposition(|name| !name.is_empty()).map_or(0, |last| last + 1);
        let used = cells.iter().rposition(|cell| !cell.trim().is_empty()).map_or(0, |last| last + 1);
        let nameless = heading.names.iter().take(named).zip(cells).any(|(n, c)| n.is_empty() && !c.trim().is_empty());
        if !heading.whole || (cells.len() >= named && used <= named && !nameless) {
            return true;
        }
        let cells = if used > named { used } else { cells.len() };
        self.error(row, None, "width", || {
            let message = format!("Raden har {cells} kolumner, rubrikraden har {named}.");
            (message, "Kontrollera semikolon och citattecken på raden.".to_owned())
        });
        false
    }

    /// Tells of every personnummer in the row; whether there is none.
    fn personal(&mut self, row: u64, cells: &[Cow<'_, str>], heading: &Heading) -> bool {
        let mut clean = true;
        for (at, cell) in cells.iter().enumerate().filter(|(_, cell)| is_personal(cell)) {
            clean = false;
            let column = heading.name(at).map(str::to_owned);
            self.error(row, column.as_deref(), "personnummer", || {
                let message = format!("{} är eller innehåller ett personnummer.", shown("deltagare", "", cell));
                (message, "Ta bort det: personnummer får inte finnas i underlaget.".to_owned())
            });
        }
        clean
    }

    fn field(&mut self, row: u64, column: &'static str, cell: &str, error: FieldError) {
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

    /// Tells of rows that have the same key, each against the first. The keys come hashed to 64 bits,
    /// with their rows: two different keys of a file meet once in many thousand years of imports.
    /// Returns whether there are any.
    fn twice(&mut self, mut keys: Vec<(u64, u64)>, names: &[&'static str]) -> bool {
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
