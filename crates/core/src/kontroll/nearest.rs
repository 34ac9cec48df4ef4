//! The word that someone probably meant.

/// How many candidates are looked at, and how long a word may be: enough for people, cheap for files
/// that are not.
const MOST: usize = 2_000;
const LONGEST: usize = 64;

/// The candidate nearest to `word`: the same but for case, beginning alike, or a third of its letters
/// away at most. `None` when nothing is near.
pub fn nearest<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let letters: Vec<char> = word.chars().flat_map(char::to_lowercase).take(LONGEST + 1).collect();
    if letters.is_empty() || letters.len() > LONGEST {
        return None;
    }
    candidates
        .take(MOST)
        .filter_map(|candidate| {
            let other: Vec<char> = candidate.chars().flat_map(char::to_lowercase).take(LONGEST).collect();
            let shorter = letters.len().min(other.len());
            let alike = shorter >= 4 && letters[..shorter] == other[..shorter];
            let steps = distance(&letters, &other);
            (alike || steps <= letters.len() / 3).then_some((steps, candidate))
        })
        .min_by_key(|(steps, _)| *steps)
        .map(|(_, candidate)| candidate)
}

/// How many letters must be put in, taken out or exchanged (Levenshtein).
fn distance(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut corner = i;
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let here = (corner + usize::from(x != y)).min(row[j] + 1).min(row[j + 1] + 1);
            corner = row[j + 1];
            row[j + 1] = here;
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_was_meant() {
        let near = |word: &str| nearest(word, ["enk-jobbcentrum", "inskriven_registrerad", "kon", "a"].into_iter());
        assert_eq!(near("enk-jobcentrum"), Some("enk-jobbcentrum"));
        assert_eq!(near("inskriven_reg"), Some("inskriven_registrerad"));
        assert_eq!(near("Kön"), Some("kon"));
        assert_eq!(near("A"), Some("a"));
        assert_eq!(near("b"), None);
        assert_eq!(near("personnummer"), None);
        assert_eq!(near(""), None);
    }
}
