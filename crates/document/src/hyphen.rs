//! Where a Swedish word may be parted: few programs that show documents know.

use hypher::Lang;

/// The fewest letters of a word's last piece.
const LAST_PIECE: usize = 4;

/// A word in pieces of at least so many letters, the last one of four. Which words to part is for the caller to say.
pub fn parted(word: &str, least: usize) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut rest = word.chars().count();
    for syllable in hypher::hyphenate(word, Lang::Swedish) {
        match found.last_mut() {
            Some(last) if last.chars().count() < least || rest < LAST_PIECE || joined_by_s(syllable) => {
                last.push_str(syllable);
            }
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
    fn a_word_is_parted_where_it_is_sure_to_be_right() {
        assert_eq!(parted("Styrgruppsmöten", 4), ["Styr", "gruppsmöten"]);
        assert_eq!(parted("förutsättningar", 4), ["förut", "sätt", "ningar"]);
        assert_eq!(parted("förutsättningar", 5), ["förut", "sättningar"]);
    }
}
