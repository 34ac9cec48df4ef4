//! Text as a book of one sheet. Which sign parts the columns is guessed, and told when it is not semicolon.

use super::draft::{self, Draft};
use super::reading::Reading;
use super::{Book, Kind, Refused, Sheet};
use crate::csv::{Fault, Rows};
use crate::text::{self, NoText, Read};

/// The signs that may part columns, the likeliest first.
const SIGNS: [(u8, &str); 3] = [(b';', "semikolon"), (b'\t', "tabb"), (b',', "komma")];
/// So many rows are looked at to tell which it is.
const SAMPLE: usize = 50;

/// Reads text.
pub(super) fn read(reading: &mut Reading, bytes: &[u8]) -> Result<Book, Refused> {
    let hint = "Öppna filen i Excel och spara den som .xlsx eller som CSV UTF-8.";
    let (text, how) = text::read(bytes).map_err(|wrong| match wrong {
        NoText::Empty => reading.stop("", "Filen är tom.", "Den ska ha en rad med rubriker och rader under den."),
        NoText::Workbook | NoText::Binary => reading.stop("", "Filen är inget kalkylark och ingen text.", hint),
        NoText::Mixed(row) => {
            reading.stop(&format!("rad {row}"), "Filen blandar UTF-8 och Latin-1 från den här raden.", hint)
        }
    })?;
    if how != Read::Utf8 {
        let name = if how == Read::Latin1 { "Latin-1" } else { "UTF-16" };
        reading.note("", format!("Filen är läst som {name}."));
    }
    let (sign, first) = sign(&text);
    if let Some((_, name)) = SIGNS.iter().find(|(known, _)| *known == sign && sign != b';') {
        reading.note("", format!("Kolumnerna är lästa som åtskilda av {name}."));
    }
    let mut rows = Rows::parted_by(&text, sign);
    if first {
        rows.next_row();
    }
    let mut draft = Draft::new(Sheet::default(), String::new());
    while let Some(row) = rows.next_row() {
        let number = u32::try_from(row.line).unwrap_or(u32::MAX);
        match row.fault {
            Some(Fault::Unterminated(at)) => {
                rows.cells.iter().for_each(|cell| reading.search.text(cell, || draft.cell(number, at as u32)));
                let hint = "Sätt ett citattecken efter texten, eller ta bort det första.";
                return Err(reading.stop(&draft.cell(number, at as u32), "Ett citattecken saknar slut.", hint));
            }
            Some(Fault::AfterQuote(at)) => {
                let hint = "Skriv citattecken inne i en text dubbelt: \"\".";
                reading.warning(&draft.cell(number, at as u32), "Text står efter citattecknet.", hint);
            }
            None => {}
        }
        if rows.cells.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        draft.begin_row(reading, number, false)?;
        for (column, cell) in (0..).zip(&rows.cells) {
            draft.put(reading, column, draft::text(cell))?;
        }
    }
    let sheet = draft.finish(reading)?;
    if sheet.rows.is_empty() {
        return Err(reading.stop(
            "",
            "Filen har inga ifyllda celler.",
            "Den ska ha en rad med rubriker och rader under den.",
        ));
    }
    Ok(Book { kind: Kind::Csv, sheets: vec![sheet], epoch_1904: false, notes: Vec::new() })
}

/// The sign that parts columns, and whether the first row only tells it (`sep=;`, as Excel writes and reads).
fn sign(text: &str) -> (u8, bool) {
    let head = text.lines().next().unwrap_or("").trim().as_bytes();
    if let [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', told] = head
        && SIGNS.iter().any(|(known, _)| known == told)
    {
        return (*told, true);
    }
    if text.lines().next().is_some_and(|line| line.trim_end_matches(['\r', '\n']).eq_ignore_ascii_case("sep=\t")) {
        return (b'\t', true);
    }
    let best = SIGNS.iter().map(|(sign, _)| *sign).rev().max_by_key(|sign| likeness(text, *sign)).unwrap_or(b';');
    (best, false)
}

/// How many rows have as many columns as the first one that has two or more.
fn likeness(text: &str, sign: u8) -> usize {
    let mut rows = Rows::parted_by(text, sign);
    let mut widths = Vec::new();
    while widths.len() < SAMPLE && rows.next_row().is_some() {
        widths.push(rows.cells.len());
    }
    let width = widths.iter().copied().find(|width| *width > 1);
    widths.iter().filter(|found| Some(**found) == width).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grid::Cell;

    #[test]
    fn the_sign_between_columns_is_guessed() {
        for (text, expect) in [
            ("a;b\n1,5;2,5\n", (b';', false)),
            ("a,b\n1.5,2\n", (b',', false)),
            ("a\tb\n1,5\t2,0\n", (b'\t', false)),
            ("a\n1\n", (b';', false)),
            ("sep=,\na,b\n", (b',', true)),
            ("SEP=\t\na\tb\n", (b'\t', true)),
            ("Rubrik, med komma\n\na;b;c\n1;2;3\n", (b';', false)),
            ("\"a;b\",c\n\"d;e\",f\n", (b',', false)),
        ] {
            assert_eq!(sign(text), expect, "{text:?}");
        }
        assert_eq!(draft::text("\u{a0} x "), Cell::Text("x".into()));
    }
}
