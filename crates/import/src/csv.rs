//! Text to rows of cells, semicolon between unless another sign is asked for. Own code rather than the
//! `csv` crate, which passes over an unterminated quotation mark and cannot say on which line of the file
//! a row begins; the crate is the oracle in the tests. Cells borrow the text; only one with doubled
//! quotation marks is copied.

use memchr::{memchr, memchr_iter};
use std::borrow::Cow;

/// Rows of a text. [`Rows::next_row`] fills `cells`.
#[derive(Debug)]
pub struct Rows<'t> {
    rest: &'t str,
    line: u64,
    sign: u8,
    /// The cells of the row that was read last.
    pub cells: Vec<Cow<'t, str>>,
}

/// A row that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// The line of the file on which the row begins, the first line is 1.
    pub line: u64,
    /// What is wrong with its quotation marks.
    pub fault: Option<Fault>,
}

/// What can be wrong with quotation marks, and in which cell, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A quotation mark that begins a cell has no end; the cell is the rest of the file.
    Unterminated(usize),
    /// Text follows the quotation mark that ends a cell.
    AfterQuote(usize),
}

impl<'t> Rows<'t> {
    /// The rows of `text`, which has no byte-order mark.
    pub fn new(text: &'t str) -> Rows<'t> {
        Rows::parted_by(text, b';')
    }

    /// The same, with another ASCII sign than semicolon between the cells.
    pub fn parted_by(text: &'t str, sign: u8) -> Rows<'t> {
        Rows { rest: text, line: 1, sign, cells: Vec::new() }
    }

    /// Reads a row into `cells`; `None` at the end. Empty lines are passed over, and counted.
    pub fn next_row(&mut self) -> Option<Row> {
        loop {
            if self.rest.is_empty() {
                return None;
            }
            let end = memchr(b'\n', self.rest.as_bytes());
            let whole = &self.rest[..end.unwrap_or(self.rest.len())];
            let line = whole.strip_suffix('\r').unwrap_or(whole);
            let begins = self.line;
            if memchr(b'"', line.as_bytes()).is_some() {
                let fault = self.quoted_row();
                return Some(Row { line: begins, fault });
            }
            self.rest = end.map_or("", |end| &self.rest[end + 1..]);
            self.line += 1;
            if !line.is_empty() {
                self.plain_row(line);
                return Some(Row { line: begins, fault: None });
            }
        }
    }

    /// A row on one line without quotation marks: nearly all of them.
    fn plain_row(&mut self, line: &'t str) {
        self.cells.clear();
        let mut begin = 0;
        for at in memchr_iter(self.sign, line.as_bytes()) {
            self.cells.push(Cow::Borrowed(&line[begin..at]));
            begin = at + 1;
        }
        self.cells.push(Cow::Borrowed(&line[begin..]));
    }

    /// A row with a quotation mark somewhere, cell by cell; it may go on over several lines.
    fn quoted_row(&mut self) -> Option<Fault> {
        self.cells.clear();
        let mut fault = None;
        loop {
            let (quoted, body) = quoted(self.rest);
            let end =
                self.rest[body..].find([char::from(self.sign), '\n']).map_or(self.rest.len(), |after| body + after);
            let stop = self.rest.as_bytes().get(end).copied();
            let tail = &self.rest[body..end];
            let tail = if stop == Some(self.sign) { tail } else { tail.strip_suffix('\r').unwrap_or(tail) };
            let place = self.cells.len();
            let (cell, wrong) = match quoted {
                Quoted::No => (Cow::Borrowed(tail), None),
                Quoted::Open(text) => (Cow::Borrowed(text), Some(Fault::Unterminated(place))),
                Quoted::Yes(text) if tail.is_empty() => (text, None),
                Quoted::Yes(text) => (Cow::Owned(text.into_owned() + tail), Some(Fault::AfterQuote(place))),
            };
            fault = fault.or(wrong);
            self.cells.push(cell);
            self.line += memchr_iter(b'\n', &self.rest.as_bytes()[..end]).count() as u64;
            self.rest = self.rest.get(end + 1..).unwrap_or("");
            if stop != Some(self.sign) {
                self.line += 1;
                return fault;
            }
        }
    }
}

/// What begins a cell.
enum Quoted<'t> {
    /// No quotation mark.
    No,
    /// Text between quotation marks, doubled ones made single.
    Yes(Cow<'t, str>),
    /// A quotation mark that has no end, and all that follows it.
    Open(&'t str),
}

/// The quoted text that `rest` begins with, and how many bytes it takes.
fn quoted(rest: &str) -> (Quoted<'_>, usize) {
    let Some(inside) = rest.strip_prefix('"') else { return (Quoted::No, 0) };
    let bytes = inside.as_bytes();
    let (mut from, mut doubled) = (0, false);
    while let Some(at) = memchr(b'"', &bytes[from..]).map(|at| from + at) {
        if bytes.get(at + 1) == Some(&b'"') {
            doubled = true;
            from = at + 2;
            continue;
        }
        let text = &inside[..at];
        let text = if doubled { Cow::Owned(text.replace("\"\"", "\"")) } else { Cow::Borrowed(text) };
        return (Quoted::Yes(text), at + 2);
    }
    (Quoted::Open(inside), rest.len())
}

/// Appends a cell, in quotation marks only when it needs them.
pub fn write_cell(cell: &str, to: &mut String) {
    if cell.contains([';', '"', '\r', '\n']) {
        to.push('"');
        to.push_str(&cell.replace('"', "\"\""));
        to.push('"');
    } else {
        to.push_str(cell);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn all(text: &str) -> Vec<(u64, Option<Fault>, Vec<String>)> {
        let mut rows = Rows::new(text);
        let mut found = Vec::new();
        while let Some(row) = rows.next_row() {
            found.push((row.line, row.fault, rows.cells.iter().map(|cell| cell.to_string()).collect()));
        }
        found
    }

    fn check(text: &str, expect: &[(u64, Option<Fault>, &[&str])]) {
        let expect: Vec<_> =
            expect.iter().map(|(l, f, cells)| (*l, *f, cells.iter().map(|c| c.to_string()).collect())).collect();
        assert_eq!(all(text), expect, "{text:?}");
    }

    /// Row numbers are those a person sees in the file; a cell over two lines counts both.
    #[test]
    fn rows_have_the_numbers_that_people_see() {
        check("a;b\r\n1;2\r\n", &[(1, None, &["a", "b"]), (2, None, &["1", "2"])]);
        check("a;b\n\n1;", &[(1, None, &["a", "b"]), (3, None, &["1", ""])]);
        check("\"a\nb\";c\r\nd;e\r\n", &[(1, None, &["a\nb", "c"]), (3, None, &["d", "e"])]);
        check("x;\"a \"\"b\"\";c\"\r\n", &[(1, None, &["x", "a \"b\";c"])]);
        check("5\" rör;b", &[(1, None, &["5\" rör", "b"])]);
        check("\"\"\n", &[(1, None, &[""])]);
        check("\n\r\n", &[]);
    }

    #[test]
    fn quotation_marks_that_do_not_match_are_told() {
        check("a;\"b\nc;d\n", &[(1, Some(Fault::Unterminated(1)), &["a", "b\nc;d\n"])]);
        check("\"a\"b;c\nd", &[(1, Some(Fault::AfterQuote(0)), &["ab", "c"]), (2, None, &["d"])]);
        check("\"a\" ;c", &[(1, Some(Fault::AfterQuote(0)), &["a ", "c"])]);
    }

    fn by_the_crate(text: &str) -> Vec<Vec<String>> {
        let mut reader =
            ::csv::ReaderBuilder::new().delimiter(b';').has_headers(false).flexible(true).from_reader(text.as_bytes());
        reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
    }

    proptest! {
        /// The `csv` crate reads the same rows where no quotation mark is amiss.
        #[test]
        fn reads_as_the_csv_crate_does(text in "([a;\"å]|\n|\r\n){0,40}") {
            let ours = all(&text);
            if ours.iter().all(|(_, fault, _)| fault.is_none()) {
                let ours: Vec<Vec<String>> = ours.into_iter().map(|(_, _, cells)| cells).collect();
                prop_assert_eq!(ours, by_the_crate(&text));
            }
        }

        #[test]
        fn what_is_written_is_read_back(cells in proptest::collection::vec("[a; \"\r\nå]{0,5}", 2..5)) {
            let mut text = String::new();
            for (i, cell) in cells.iter().enumerate() {
                if i > 0 {
                    text.push(';');
                }
                write_cell(cell, &mut text);
            }
            text.push_str("\r\n");
            let found = all(&text);
            prop_assert_eq!(found.len(), 1);
            prop_assert_eq!((&found[0].1, &found[0].2), (&None, &cells));
            prop_assert_eq!(by_the_crate(&text), [cells]);
        }
    }
}
