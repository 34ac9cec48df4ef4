//! Running text and values for the templates: pieces `{k, s}` whose kind says how they are set.

use crate::glyphs::clean;
use samsyn_document::{Inline, Ljus, Text, Value, format};
use serde_json::{Value as Json, json};

/// The longest run of characters that is kept on one line.
const LONGEST_RUN: usize = 24;

/// A paragraph's pieces: `t` text, `e` emphasis, `n` what must stay on one line, `m` a marked
/// placeholder, `b` a line break.
pub(crate) fn pieces(text: &Text) -> Json {
    let mut out = Vec::new();
    for piece in text {
        let words = format::inline(piece);
        match piece {
            Inline::Text(_) => lines(&mut out, "t", &words),
            Inline::Emphasis(_) => lines(&mut out, "e", &words),
            Inline::Placeholder(_) => lines(&mut out, "m", &words),
            Inline::Value(cell) | Inline::InWords { cell, .. } => {
                let kind = if is_one(&cell.value) { "n" } else { "t" };
                lines(&mut out, kind, &words);
            }
        }
    }
    Json::Array(out)
}

/// Whether a value is one run of characters that no line may part.
pub(crate) fn is_one(value: &Value) -> bool {
    !matches!(value, Value::Text(_) | Value::Svar(_) | Value::Ljus(_))
}

/// The light's name among the templates' shapes.
pub(crate) fn light(value: &Value) -> Option<&'static str> {
    match value {
        Value::Ljus(Ljus::Gron) => Some("green"),
        Value::Ljus(Ljus::Gul) => Some("yellow"),
        Value::Ljus(Ljus::Rod) => Some("red"),
        _ => None,
    }
}

fn lines(out: &mut Vec<Json>, kind: &str, words: &str) {
    for (i, line) in words.split('\n').enumerate() {
        if i > 0 {
            out.push(json!({ "k": "b" }));
        }
        let line = tied(line);
        match kind {
            "t" => runs(out, &line),
            _ if line.is_empty() => {}
            _ => out.push(json!({ "k": kind, "s": line })),
        }
    }
}

/// Plain text, with spans of years and the like (`60–30–10`) as pieces of their own.
fn runs(out: &mut Vec<Json>, line: &str) {
    let mut plain = String::new();
    for word in line.split_inclusive(' ') {
        let run = word.trim_end_matches(' ');
        if parts_figures(run) && run.chars().count() <= LONGEST_RUN {
            flush(out, &mut plain);
            out.push(json!({ "k": "n", "s": run }));
            plain.push_str(&word[run.len()..]);
        } else {
            plain.push_str(word);
        }
    }
    flush(out, &mut plain);
}

fn flush(out: &mut Vec<Json>, plain: &mut String) {
    if !plain.is_empty() {
        out.push(json!({ "k": "t", "s": std::mem::take(plain) }));
    }
}

/// Whether a dash, hyphen or stroke stands between digits.
fn parts_figures(run: &str) -> bool {
    let chars: Vec<char> = run.chars().collect();
    let figure = |c: &char| c.is_ascii_digit();
    chars.windows(3).any(|w| figure(&w[0]) && matches!(w[1], '–' | '-' | '/' | '−') && figure(&w[2]))
}

/// Words as they are set, where a space inside a figure, or between a figure and its unit, does not break.
pub(crate) fn tied(words: &str) -> String {
    let words = clean(words);
    let mut out = String::with_capacity(words.len() + 8);
    let mut rest = words.as_ref();
    while let Some((before, after)) = rest.split_once(' ') {
        out.push_str(before);
        let figure = out.ends_with(|c: char| c.is_ascii_digit());
        out.push(if figure && belongs(after) { format::NBSP } else { ' ' });
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Whether what follows a figure and a space belongs to it: a unit, or exactly three more digits.
fn belongs(after: &str) -> bool {
    let word = after.split([' ', '.', ',', ';', ':', ')', format::NBSP]).next().unwrap_or("");
    let digits = word.chars().take_while(char::is_ascii_digit).count();
    matches!(word, "%" | "kr" | "kronor" | "tkr" | "mkr" | "procent") || digits == 3 && word.len() == 3
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(words: &str) -> String {
        tied(words).replace(format::NBSP, "~")
    }

    #[test]
    fn figures_are_kept_together() {
        assert_eq!(
            set("Av 1 234 567 kronor gick 12 % till 3 insatser."),
            "Av 1~234~567~kronor gick 12~% till 3 insatser."
        );
        assert_eq!(set("år 2022 kom 12 tkr, 5 000."), "år 2022 kom 12~tkr, 5~000.");
        assert_eq!(set(""), "");
    }

    #[test]
    fn spans_are_pieces_of_their_own() {
        let text = vec![Inline::Text("fördelas 60–30–10 enligt\nplanen 2022–2023".to_owned())];
        let kinds = json!([
            { "k": "t", "s": "fördelas " }, { "k": "n", "s": "60–30–10" }, { "k": "t", "s": " enligt" }, { "k": "b" },
            { "k": "t", "s": "planen " }, { "k": "n", "s": "2022–2023" },
        ]);
        assert_eq!(pieces(&text), kinds);
        assert!(!parts_figures("K-märkt"));
    }
}
