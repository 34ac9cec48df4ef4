//! Characters that mean something in Markdown, lines of a readable length, and widths on a screen.

use samsyn_document::markup::is_printable;
use unicode_width::UnicodeWidthStr;

/// Width of a line of running text.
const MEASURE: usize = 88;

/// Text with a backslash before what Markdown would take for its own, and no more than that.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut before = None;
    let mut rest = text.chars().filter(|c| is_printable(*c)).peekable();
    while let Some(c) = rest.next() {
        let next = rest.peek().copied();
        let means = match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '|' | '~' => true,
            '_' => !(before.is_some_and(char::is_alphanumeric) && next.is_some_and(char::is_alphanumeric)),
            '&' => next.is_some_and(|n| n == '#' || n.is_ascii_alphanumeric()),
            _ => false,
        };
        if means {
            out.push('\\');
        }
        out.push(c);
        before = Some(c);
    }
    out
}

/// The text on one line, for headings and table cells.
pub(super) fn plain_line(text: &str) -> String {
    text.split(is_gap).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Where a line may break: ordinary space, not the no-break one.
fn is_gap(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n')
}

/// Escaped text in lines of readable length; `first` and `rest` stand before the lines. A line feed
/// in the text stays one.
pub(super) fn fill(text: &str, first: &str, rest: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for part in text.trim().split('\n') {
        if let Some(last) = lines.last_mut() {
            last.push('\\');
        }
        let mut line = String::new();
        for word in part.split(is_gap).filter(|word| !word.is_empty()) {
            if !line.is_empty() && width(&line) + 1 + width(word) > MEASURE {
                lines.push(guard(std::mem::take(&mut line), lines.is_empty()));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        lines.push(guard(line, lines.is_empty()));
    }
    let before = |i: usize| if i == 0 { first } else { rest };
    lines.iter().enumerate().map(|(i, line)| format!("{}{line}", before(i))).collect::<Vec<_>>().join("\n")
}

/// A line that would begin a heading, list, quote or rule is kept a line of text. Within a paragraph
/// only a list that starts with 1 would.
fn guard(line: String, first: bool) -> String {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let numbered =
        digits > 0 && line[digits..].starts_with(['.', ')']) && !line[digits + 1..].starts_with(|c| c != ' ');
    if numbered && (first || &line[..digits] == "1") {
        return format!("{}\\{}", &line[..digits], &line[digits..]);
    }
    let marks = match line.chars().next() {
        Some('>' | '#' | '=') => true,
        Some('-' | '+') => !line[1..].starts_with(|c| c != ' ' && c != '-'),
        _ => false,
    };
    if marks { format!("\\{line}") } else { line }
}

/// Columns that a text takes on a screen.
pub(super) fn width(text: &str) -> usize {
    text.width()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_means_something_is_escaped() {
        for (text, written) in [
            ("a*b _c_ `d` <e> [f] g|h \\", "a\\*b \\_c\\_ \\`d\\` \\<e> \\[f\\] g\\|h \\\\"),
            ("avslutade_M, 7 & 8", "avslutade_M, 7 & 8"),
            ("&amp; &#39;", "\\&amp; \\&#39;"),
            ("a\u{7}b\u{202e}c", "abc"),
        ] {
            assert_eq!(escape(text), written, "{text:?}");
        }
    }

    #[test]
    fn a_line_of_text_stays_text() {
        for (text, written) in [
            ("1. a", "1\\. a"),
            ("- a", "\\- a"),
            ("# a", "\\# a"),
            ("2022 a", "2022 a"),
            ("-5 a", "-5 a"),
            ("2.0", "2.0"),
        ] {
            assert_eq!(fill(text, "", ""), written);
        }
        assert_eq!(fill("a b\nc", "> ", "> "), "> a b\\\n> c");
        let long = fill(&"ord ".repeat(60), "- ", "  ");
        assert!(
            long.lines().all(|line| width(line) <= MEASURE + 2) && long.lines().nth(1).unwrap().starts_with("  ord")
        );
    }
}
