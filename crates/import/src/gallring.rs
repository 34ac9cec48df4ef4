//! Taking inskrivningar out of a kept file: the rows that are theirs go, every other row stays as it stood.

use crate::csv::{Rows, write_cell};
use crate::text::{self, NoText};
use crate::uppfoljningsfil::INSKRIVNING;
use std::collections::HashSet;

/// What is left of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kvar {
    /// All of it: none of its rows are theirs.
    Allt,
    /// These bytes: UTF-8 without byte-order mark, rows parted as in the packages that the program writes.
    Detta(Vec<u8>),
    /// Nothing: it cannot be told which of it is theirs.
    Inget,
}

/// Columns that tell whose a row is, where there is no column that was made for it.
const COLUMNS: [&str; 2] = ["deltagande_id", "nummer"];

/// Where these columns stand. What is kept of an insats's own file has the insats's numbers too, which may be the ids of
/// others; there the column with ids alone tells.
fn places(names: &[String]) -> Vec<usize> {
    match names.iter().position(|name| name == INSKRIVNING) {
        Some(at) => vec![at],
        None => (0..names.len()).filter(|&at| COLUMNS.contains(&names[at].as_str())).collect(),
    }
}

/// A file without the rows of these inskrivningar.
///
/// A file whose rows cannot be told apart is given up whole: one that is no text (a workbook, a picture), one with
/// quotation marks that do not match, and a text without a column of numbers that names any of them. There a number of
/// digits only is passed over; amounts and years are such numbers too.
pub fn utan(bytes: &[u8], ids: &HashSet<String>) -> Kvar {
    let text = match text::read(bytes) {
        Ok((text, _)) => text,
        Err(NoText::Empty) => return Kvar::Allt,
        Err(_) => return Kvar::Inget,
    };
    // The bookkeeping has no rows of people; a project's number may be the same as an inskrivning's.
    if text.trim_start().starts_with("#FLAGGA") {
        return Kvar::Allt;
    }
    let mut rows = Rows::new(&text);
    let Some(heading) = rows.next_row() else { return Kvar::Allt };
    let names: Vec<String> = rows.cells.iter().map(|cell| cell.trim().to_lowercase()).collect();
    let columns = places(&names);
    if columns.is_empty() || heading.fault.is_some() {
        return if names_any(&text, ids) { Kvar::Inget } else { Kvar::Allt };
    }
    let (mut left, mut removed) = (String::with_capacity(text.len()), false);
    write_row(&rows, &mut left);
    while let Some(row) = rows.next_row() {
        if row.fault.is_some() {
            return Kvar::Inget;
        }
        let theirs = columns.iter().filter_map(|&at| rows.cells.get(at)).any(|cell| ids.contains(trimmed(cell)));
        if theirs {
            removed = true;
        } else {
            write_row(&rows, &mut left);
        }
    }
    if removed { Kvar::Detta(left.into_bytes()) } else { Kvar::Allt }
}

fn trimmed(cell: &str) -> &str {
    cell.trim_matches(|c: char| c.is_whitespace() || c == '\u{a0}')
}

fn write_row(rows: &Rows<'_>, to: &mut String) {
    for (i, cell) in rows.cells.iter().enumerate() {
        if i > 0 {
            to.push(';');
        }
        write_cell(cell, to);
    }
    to.push_str("\r\n");
}

/// Whether a number that is not of digits only stands as a word of its own.
fn names_any(text: &str, ids: &HashSet<String>) -> bool {
    let part_of_id = |c: char| c.is_alphanumeric() || matches!(c, '-' | '.' | '_');
    let words = text.split(|c: char| !part_of_id(c)).flat_map(|word| [word, word.trim_matches('.')]);
    words.filter(|word| !word.bytes().all(|byte| byte.is_ascii_digit())).any(|word| ids.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: Kvar) {
        let ids = ["D1", "17", "å-2"].map(str::to_owned).into();
        assert_eq!(utan(text.as_bytes(), &ids), expect, "{text:?}");
    }

    fn left(text: &str) -> Kvar {
        Kvar::Detta(text.as_bytes().to_vec())
    }

    /// Rows are thinned out with the files they came in; those of others stay.
    #[test]
    fn the_rows_that_are_theirs_go_and_the_others_stay() {
        check(
            "deltagande_id;insats_id\r\nD1;a\r\nD2;a\r\nD11;a\r\n",
            left("deltagande_id;insats_id\r\nD2;a\r\nD11;a\r\n"),
        );
        check(
            "\u{feff}insats;\"Deltagande_id\"\na; å-2 \n\"b;c\";D2\n",
            left("insats;Deltagande_id\r\n\"b;c\";D2\r\n"),
        );
        check("Nummer;blad;rad\n17;Blad1;2\n170;Blad1;3\n", left("Nummer;blad;rad\r\n170;Blad1;3\r\n"));
        // The insats's own number 17 is not the inskrivning 17.
        check(
            "blad;rad;deltagande_id;kon;inskrivning\n;2;17;K;hast.17\n;3;;M;17\n",
            left("blad;rad;deltagande_id;kon;inskrivning\r\n;2;17;K;hast.17\r\n"),
        );
        check("deltagande_id;x\nD2;D1\n", Kvar::Allt);
        check("", Kvar::Allt);
        // A row over two lines goes whole.
        check("deltagande_id;x\n\"D1\";\"en\ntvå\"\nD2;\n", left("deltagande_id;x\r\nD2;\r\n"));
    }

    #[test]
    fn what_cannot_be_told_apart_is_given_up() {
        check("PK\u{3}\u{4} arbetsbok", Kvar::Inget);
        check("deltagande_id;x\nD2;\"öppet\nD3;y\n", Kvar::Inget);
        check("deltagande_id\tinsats_id\nD1\ta\n", Kvar::Inget);
        check("Anteckning om D1.", Kvar::Inget);
        check("Anteckning om D12, 17 och D2.", Kvar::Allt);
        check("insats_id;belopp\na;17\n", Kvar::Allt);
    }

    #[test]
    fn other_encodings_are_read() {
        let ids: HashSet<String> = ["å-2".to_owned()].into();
        let bytes = b"deltagande_id;x\n\xe5-2;y\nD2;\xe4\n";
        assert_eq!(utan(bytes, &ids), left("deltagande_id;x\r\nD2;ä\r\n"));
        let wide: Vec<u8> = "\u{feff}deltagande_id;x\nå-2;y\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(utan(&wide, &ids), left("deltagande_id;x\r\n"));
    }
}
