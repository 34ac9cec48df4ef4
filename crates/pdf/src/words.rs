//! Where a word in a narrow column may be parted, and how wide its pieces are.

use crate::glyphs::width;
use samsyn_document::hyphen;

/// Letters that a word must have to be parted.
const LONG_WORD: usize = 10;
/// Letters that a piece must have.
const LEAST_PIECE: usize = 4;
/// The room that a word without letters to part at may claim, in ems.
const WIDEST: f64 = 14.0;

/// Words with soft hyphens where their long ones may be parted.
pub(crate) fn parted(words: &str) -> String {
    let word = |word: &str| match word.chars().count() >= LONG_WORD {
        true => syllables(word).join("\u{ad}"),
        false => word.to_owned(),
    };
    words.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// The widest piece when long words are parted, in ems.
pub(crate) fn widest_piece(words: &str, bold: bool) -> f64 {
    widest(words, bold, LONG_WORD)
}

/// The widest word when only very long ones are parted, in ems. For names.
pub(crate) fn widest_name(words: &str, bold: bool) -> f64 {
    widest(words, bold, LONGEST_NAME)
}

/// Letters of a name's word from which it may be parted all the same.
pub(crate) const LONGEST_NAME: usize = 18;

fn widest(words: &str, bold: bool, long: usize) -> f64 {
    let word = |word: &str| {
        if word.chars().count() < long {
            return width(word, bold);
        }
        let pieces = syllables(word);
        let last = pieces.len().saturating_sub(1);
        let hyphen = |i: usize| if i < last { width("-", bold) } else { 0.0 };
        let wide = |(i, piece): (usize, &String)| width(piece, bold) + hyphen(i);
        pieces.iter().enumerate().map(wide).fold(0.0, f64::max)
    };
    words.split(' ').map(word).fold(0.0, f64::max).min(WIDEST)
}

/// A word's pieces of at least so many letters.
fn syllables(word: &str) -> Vec<String> {
    if !word.chars().all(|c| c.is_alphabetic() || matches!(c, ',' | '.' | ':')) {
        return vec![word.to_owned()];
    }
    hyphen::parted(word, LEAST_PIECE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_long_words_are_parted() {
        let shown = |words: &str| parted(words).replace('\u{ad}', "|");
        assert_eq!(shown("Avvikelse målgrupp eller metod"), "Avvikelse målgrupp eller metod");
        assert_eq!(shown("Styrgruppsmöten"), "Styr|gruppsmöten");
        assert_eq!(shown("Horisontella förutsättningar"), "Hori|sontella förut|sätt|ningar");
        assert_eq!(shown("2022-01-01–2022-06-30"), "2022-01-01–2022-06-30");
    }

    #[test]
    fn pieces_are_narrower_than_words() {
        assert!(widest_piece("Implementering", true) < width("Implementering", true) * 0.8);
        assert_eq!(widest_name("Östhammar", false), width("Östhammar", false));
    }
}
