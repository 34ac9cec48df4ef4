//! Where the long words of headings may be broken, for the narrow columns of every format: few
//! programs know Swedish hyphenation.

use hypher::Lang;

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
    let few = broken(word, 5);
    if few.iter().any(|piece| piece.chars().count() > LONG_PIECE) { broken(word, 4) } else { few }
}

/// A word where it may be broken, in pieces of at least so many letters (the last one of four).
fn broken(word: &str, least: usize) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut rest = word.chars().count();
    for syllable in hypher::hyphenate(word, Lang::Swedish) {
        match found.last_mut() {
            Some(last) if last.chars().count() < least || rest < 4 || joined_by_s(syllable) => last.push_str(syllable),
            _ => found.push(syllable.to_owned()),
        }
        rest -= syllable.chars().count();
    }
    found
}

/// Whether a syllable begins with an s that may belong to the word before: grupps-möten, not
/// grupp-smöten. Patterns cannot tell, so no break is better than a wrong one.
fn joined_by_s(syllable: &str) -> bool {
    let mut letters = syllable.chars();
    letters.next() == Some('s') && letters.next().is_some_and(|c| !"aeiouyåäöAEIOUYÅÄÖ".contains(c))
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
