//! A text without its numbers, for those who could tell a small count from two of them.

use super::ord::{Ordning, Slag};
use super::tal;
use samsyn_document::Datum;

/// The text with `…` for each number, in digits or in words, and for digits that are part of something else. Years and
/// days written as dates stand, as do `en` and `ett`, which mostly count nothing.
pub fn utan_tal(text: &str) -> String {
    let cut = Ordning::new(text);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (bit, piece) in cut.bitar.iter().enumerate() {
        let written = &text[piece.plats.clone()];
        let hidden = match piece.slag {
            Slag::Blandat => written.parse::<Datum>().is_err(),
            Slag::Tal { .. } => !cut.is_year(bit),
            Slag::Ord => tal::las(&cut, bit).is_some() && !matches!(cut.ord(bit), "en" | "ett"),
            Slag::Levande | Slag::Tecken(_) => false,
        };
        if hidden {
            out.push_str(&text[at..piece.plats.start]);
            out.push('…');
            at = piece.plats.end;
        }
    }
    out.push_str(&text[at..]);
    out
}

#[cfg(test)]
mod tests {
    use super::utan_tal;

    #[test]
    fn numbers_are_taken_away_and_words_stand() {
        for (text, said) in [
            ("Av … har 64 (70 %) gått, fjorton till.", "Av … har … (… %) gått, … till."),
            ("Sju av de elva K1-talen, 25–30 år", "… av de … K1-talen, … år"),
            ("Den 30 juni 2022 var 1\u{a0}277 med", "Den … juni 2022 var … med"),
            ("Per 2022-08-30: 8 570 tkr, en avvikelse.", "Per 2022-08-30: … tkr, en avvikelse."),
            ("Ingen siffra", "… siffra"),
        ] {
            assert_eq!(utan_tal(text), said);
        }
    }
}
