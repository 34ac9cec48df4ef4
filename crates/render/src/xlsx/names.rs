//! Names in a workbook: of sheets, of areas; and texts that Excel can hold.

use samsyn_document::Table;
use samsyn_document::markup::is_printable;
use std::collections::HashSet;

/// The sheet of contents.
pub(super) const CONTENTS: &str = "Innehåll";
/// The sheet of charts.
pub(super) const CHARTS: &str = "Diagram";
/// Most UTF-16 units in the name of a sheet.
const SHEET: usize = 31;
/// Most UTF-16 units in a cell.
const CELL: usize = 32_767;

/// Names given so far, in small letters: Excel sees no difference between `a` and `A`.
pub(super) struct Names {
    sheets: HashSet<String>,
    areas: HashSet<String>,
}

impl Default for Names {
    fn default() -> Names {
        // Excel keeps "History" for itself.
        let sheets = [CONTENTS, CHARTS, "History"].map(str::to_lowercase).into();
        Names { sheets, areas: HashSet::new() }
    }
}

impl Names {
    /// The name of a table's sheet: its label and as much of its caption as there is room for.
    pub(super) fn sheet(&mut self, table: &Table) -> String {
        let words = format!("{} {}", table.label.as_deref().unwrap_or_default(), table.caption);
        let words: String = clean(&words).chars().filter(|c| !"[]:*?/\\'\t\n".contains(*c)).collect();
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let words = if words.is_empty() { "Tabell".to_owned() } else { words };
        let numbered = (2..).map(|n| format!(" ({n})"));
        for end in std::iter::once(String::new()).chain(numbered) {
            let name = format!("{}{end}", shorten(&words, SHEET - end.len()));
            if self.sheets.insert(name.to_lowercase()) {
                return name;
            }
        }
        words
    }

    /// The name of a table's area, such as `Tabell_6`.
    pub(super) fn area(&mut self, table: &Table) -> String {
        let words = table.label.as_ref().unwrap_or(&table.id);
        let name: String = words.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).take(200).collect();
        let mut letters = name.chars();
        let first = letters.next().map(|c| c.to_uppercase().chain(letters).collect::<String>()).unwrap_or_default();
        let name = if is_area_name(&first) { first } else { format!("Tabell_{first}") };
        let numbered = (2..).map(|n| format!("{name}_{n}"));
        let free =
            std::iter::once(name.clone()).chain(numbered).find(|name| !self.areas.contains(&name.to_lowercase()));
        let name = free.unwrap_or(name);
        self.areas.insert(name.to_lowercase());
        name
    }
}

/// Whether Excel takes it for a name: it begins with a letter and is no reference such as `AB12` or `R1C1`.
fn is_area_name(name: &str) -> bool {
    let letters = name.chars().take_while(|c| c.is_ascii_alphabetic()).count();
    let rest = &name[letters..];
    let is_reference = letters <= 3 && rest.chars().all(|c| c.is_ascii_digit());
    let upper = name.to_uppercase();
    let is_row_or_column =
        upper.strip_prefix(['R', 'C']).is_some_and(|rest| rest.chars().all(|c| c.is_ascii_digit() || c == 'C'));
    name.chars().next().is_some_and(char::is_alphabetic) && !is_reference && !is_row_or_column
}

/// The sheet's name as formulas and links write it.
pub(super) fn quoted(sheet: &str) -> String {
    format!("'{}'", sheet.replace('\'', "''"))
}

/// The text without what has no place in a file, cut to what a cell can hold.
pub(super) fn clean(text: &str) -> String {
    let text: String = text.chars().filter(|c| is_printable(*c)).collect();
    if text.len() <= CELL { text } else { cut(&text, CELL) }
}

/// The text cut between words, with a mark that it was, to so many UTF-16 units.
fn shorten(text: &str, most: usize) -> String {
    if units(text) <= most {
        return text.to_owned();
    }
    let cut = cut(text, most);
    let words = cut.trim_end_matches('…');
    match words.rfind(' ') {
        Some(at) if at * 2 > words.len() => format!("{}…", words[..at].trim_end_matches([' ', ',', ';', '–', '-'])),
        _ => cut,
    }
}

/// The text cut, with a mark that it was, to so many UTF-16 units.
pub(super) fn cut(text: &str, most: usize) -> String {
    if units(text) <= most {
        return text.to_owned();
    }
    let mut left = most - 1;
    let keep = |c: &char| {
        let room = left >= c.len_utf16();
        left = left.saturating_sub(c.len_utf16());
        room
    };
    let mut kept: String = text.chars().take_while(keep).collect();
    kept.push('…');
    kept
}

fn units(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(label: Option<&str>, caption: &str) -> Table {
        Table {
            id: "tabell-inriktning".into(),
            label: label.map(str::to_owned),
            caption: caption.into(),
            corner: String::new(),
            columns: vec![],
            rows: vec![],
            footnotes: vec![],
            remarks: vec![],
        }
    }

    #[test]
    fn sheets_have_legal_names_of_their_own() {
        let mut names = Names::default();
        for (label, caption, name) in [
            (Some("Tabell 6"), "Antal deltagare", "Tabell 6 Antal deltagare"),
            (Some("tabell 6"), "antal deltagare", "tabell 6 antal deltagare (2)"),
            (Some("Tabell 11"), "Förväntat och faktiskt antal, januari–juni", "Tabell 11 Förväntat och…"),
            (None, "'a'[b]:c*d?e/f\\g\u{0}", "abcdefg"),
            (None, "history", "history (2)"),
            (None, "INNEHÅLL", "INNEHÅLL (2)"),
            (None, " ", "Tabell"),
            (None, "🦀🦀🦀🦀🦀🦀🦀🦀🦀🦀🦀🦀🦀🦀🦀🦀", "🦀🦀🦀🦀🦀🦀🦀🦀🦀🦀🦀🦀🦀🦀🦀…"),
        ] {
            assert_eq!(names.sheet(&table(label, caption)), name);
            assert!(units(name) <= SHEET);
        }
    }

    #[test]
    fn areas_have_legal_names_of_their_own() {
        let mut names = Names::default();
        for (label, name) in [
            (Some("Tabell 6"), "Tabell_6"),
            (Some("TABELL 6"), "TABELL_6_2"),
            (None, "Tabell_inriktning"),
            (Some("6"), "Tabell_6_3"),
            (Some("AB12"), "Tabell_AB12"),
            (Some("R1C1"), "Tabell_R1C1"),
            (Some("r"), "Tabell_R"),
            (Some(""), "Tabell_"),
            (Some("Åtgärd"), "Åtgärd"),
        ] {
            assert_eq!(names.area(&table(label, "")), name);
        }
    }

    #[test]
    fn a_cell_holds_no_more_than_excel_takes() {
        assert_eq!(units(&clean(&"å".repeat(40_000))), CELL);
        assert_eq!(units(&clean(&"🦀".repeat(20_000))), CELL);
        assert_eq!(clean("a\u{0}\u{202e}b"), "ab");
    }
}
