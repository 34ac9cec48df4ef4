//! Which words of headings are broken, and in how few pieces, for the narrow columns of every format.

use samsyn_document::hyphen::parted;

/// Letters that a word must have to be hyphenated.
const LONG_WORD: usize = 10;
/// The longest piece of a word that is good to have in a narrow column.
const LONG_PIECE: usize = 11;

/// The pieces that a heading can be broken into.
pub(crate) fn pieces(text: &str) -> Vec<String> {
    text.split_whitespace().flat_map(syllables).collect()
}

/// A long word in few pieces; a short one, or one with other than letters in it, whole.
pub(crate) fn syllables(word: &str) -> Vec<String> {
    if word.chars().count() < LONG_WORD || !word.chars().all(char::is_alphabetic) {
        return vec![word.to_owned()];
    }
    let few = parted(word, 5);
    if few.iter().any(|piece| piece.chars().count() > LONG_PIECE) { parted(word, 4) } else { few }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_words_are_broken_in_few_pieces() {
        assert_eq!(pieces("Horisontella förutsättningar"), ["Horison", "tella", "förut", "sättningar"]);
        assert_eq!(syllables("Kontroll"), ["Kontroll"]);
        assert_eq!(syllables("Styrgruppsmöten"), ["Styr", "gruppsmöten"]);
    }
}
