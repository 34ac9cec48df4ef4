//! Names of persons in text, and columns that are there for them. Knows common given names, not surnames: who is
//! meant shows in what stands beside.

use crate::uppfoljningsfil::nyckel;
use std::collections::HashSet;
use std::sync::LazyLock;

/// Common given names of women and men in Sweden, also of foreign origin, in small letters.
static GIVEN: LazyLock<HashSet<&str>> = LazyLock::new(|| include_str!("fornamn.txt").lines().collect());

/// Given names that are also words, months or places: alone they say nothing.
const WORDS: &str = "bo dina inga jan klara liv love maj max mina nora nova per rosa rut sam storm tom tor vilda";
/// Capitalised words that follow a name without being a surname: what is called after somebody, months and weekdays.
const NO_SURNAMES: &str = "\
    antal arbete april aug augusti dag dec december feb februari fredag fre förskola församling gata \
    grupp gymnasium huset id insats insatsen jan januari jul juli jun juni kommun kurs kyrka lör lördag \
    maj mar mars min måndag mån mottagning nov november okt oktober ons onsdag projekt projektet sep \
    september skola skolan steg söndag sön tid tis tisdag tor torg torsdag vårdcentral år";
/// Small words between a given name and a surname.
const BETWEEN: &str = "af al bin da de di el la van von";
/// How surnames end that are written in small letters or come first.
const ENDINGS: [&str; 14] = [
    "sson", "berg", "bergh", "ström", "gren", "qvist", "kvist", "lund", "dahl", "stedt", "holm", "blom", "strand",
    "löf",
];

/// The same names as [`nyckel`] has words.
static GIVEN_KEYS: LazyLock<HashSet<String>> = LazyLock::new(|| GIVEN.iter().map(|name| nyckel(name)).collect());

/// Whether a given name, or its genitive, is one of the words of a [`nyckel`], where nothing is capitalised.
pub(crate) fn given_name_in(nyckel: &str) -> bool {
    let is_one = |word: &str| GIVEN_KEYS.contains(word) && !is_also_a_word(word);
    nyckel.split(' ').any(|word| is_one(word) || word.strip_suffix('s').is_some_and(is_one))
}

fn is_given(word: &str) -> bool {
    // No given name is longer. Both halves of a double one are names.
    let is_one = |name: &str| (2..=24).contains(&name.len()) && GIVEN.contains(name.to_lowercase().as_str());
    is_one(word) || (word.contains('-') && word.split('-').all(is_one))
}

fn is_among(word: &str, list: &str) -> bool {
    let small = word.to_lowercase();
    list.split(' ').any(|known| known == small)
}

fn is_also_a_word(word: &str) -> bool {
    is_among(word, WORDS)
}

fn is_capitalised(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

/// Without the signs around it.
fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

/// How a text names a person.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Named {
    /// By a given name and nothing else, which an insats may be called too.
    Given,
    /// By more than that.
    Whole,
}

/// Whether the text looks like, or holds, the name of a person: a given name before a surname, a surname before a
/// given name, or nothing but a given name. A given name within a sentence is not found.
pub(super) fn named(text: &str) -> Option<Named> {
    let text = text.trim();
    let is_one = !text.contains(char::is_whitespace);
    // Numbers and codes: nearly all cells.
    if text.len() < 2 || (is_one && text.contains(|c: char| c.is_ascii_digit()) && !text.contains(['/', '@', ','])) {
        return None;
    }
    let words: Vec<&str> =
        text.split(|c: char| c.is_whitespace() || c == '/').filter(|word| !word.is_empty()).collect();
    if is_surname_first(&words) || addressed(&words) || (0..words.len()).any(|at| is_whole(&words, at)) {
        return Some(Named::Whole);
    }
    is_alone(&words).then_some(Named::Given)
}

/// Nothing but a given name, perhaps with a number beside it.
fn is_alone(words: &[&str]) -> bool {
    let mut lettered =
        words.iter().filter(|word| !word.contains(|c: char| c.is_ascii_digit()) && !bare(word).is_empty());
    let (Some(only), None) = (lettered.next(), lettered.next()) else { return false };
    let name = bare(only);
    is_given(name) && !is_also_a_word(name) && (words.len() == 1 || is_capitalised(name))
}

/// A given name and a surname from this word on.
fn is_whole(words: &[&str], at: usize) -> bool {
    let Some(given) = words.get(at).filter(|word| word.ends_with(char::is_alphabetic)).map(|word| bare(word)) else {
        return false;
    };
    let mut rest = words.iter().skip(at + 1).skip_while(|word| is_among(word, BETWEEN));
    let Some(next) = rest.next().filter(|word| word.starts_with(char::is_alphabetic)) else { return false };
    let surname = bare(next);
    if !is_given(given) {
        return false;
    }
    let small = surname.to_lowercase();
    let ends = ENDINGS.iter().any(|ending| small.len() > ending.len() + 1 && small.ends_with(ending));
    if !is_capitalised(given) {
        // In small letters only where nothing else stands, and the surname looks like one.
        return words.len() <= 3 && at == 0 && ends;
    }
    let is_letter = surname.chars().count() == 1;
    is_capitalised(surname)
        && surname.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’'))
        && !is_among(&small, NO_SURNAMES)
        && !(is_letter && is_also_a_word(given))
}

/// `Andersson, Anna`, or `Andersson Anna` where the first looks like a surname.
fn is_surname_first(words: &[&str]) -> bool {
    let [first, second, ..] = words else { return false };
    let (surname, given) = (bare(first), bare(second));
    let small = surname.to_lowercase();
    let parted = first.ends_with(',') || ENDINGS.iter().any(|ending| small.ends_with(ending));
    words.len() <= 4
        && parted
        && is_capitalised(surname)
        && is_capitalised(given)
        && is_given(given)
        && !is_also_a_word(given)
}

/// An e-mail address that begins with a given name.
fn addressed(words: &[&str]) -> bool {
    words.iter().filter_map(|word| word.split_once('@')).any(|(person, _)| {
        let mut parts = person.split(['.', '_', '-']).map(bare);
        let (given, surname) = (parts.next().unwrap_or_default(), parts.next());
        is_given(given) && (surname.is_some_and(|surname| surname.len() > 1) || !is_also_a_word(given))
    })
}

/// A comment without the line in which Excel tells who writes it: a name and a colon.
pub(super) fn without_author(comment: &str) -> &str {
    match comment.split_once('\n') {
        Some((first, rest)) if first.trim_end().ends_with(':') => rest,
        None if comment.trim_end().ends_with(':') => "",
        _ => comment,
    }
}

/// What a heading says that its column is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Column {
    /// Names of persons.
    Names,
    /// Numbers of persons.
    Numbers,
    /// Persons, by name or by number.
    Persons,
}

/// What a heading says that its column is for; `None` when it is for something else. A text that ends with a colon
/// stands before what it is about, not above it.
pub(super) fn heading(text: &str) -> Option<Column> {
    let letters = || text.chars().flat_map(char::to_lowercase).filter(|c| c.is_alphabetic()).map(folded);
    // Every cell is asked, and most are told apart by how they begin.
    let mut first = letters();
    let begins = [first.next()?, first.next()?];
    let begin = ["na", "fo", "fi", "fu", "ef", "ti", "de", "pe", "pn", "kl", "la", "su", "sa", "he", "br"];
    if text.len() > 60 || !begin.iter().any(|two| two.chars().eq(begins)) || text.trim_end().ends_with(':') {
        return None;
    }
    let letters: String = letters().collect();
    match letters.as_str() {
        "namn"
        | "fornamn"
        | "efternamn"
        | "forochefternamn"
        | "fornamnochefternamn"
        | "fornamnefternamn"
        | "efternamnfornamn"
        | "efternamnochfornamn"
        | "tilltalsnamn"
        | "deltagarensnamn"
        | "deltagarnamn"
        | "deltagarnasnamn"
        | "deltagaresnamn"
        | "namndeltagare"
        | "namnpadeltagare"
        | "namnpadeltagaren"
        | "personnamn"
        | "personensnamn"
        | "klientensnamn"
        | "klientnamn"
        | "name"
        | "firstname"
        | "lastname"
        | "surname"
        | "fullname"
        | "fullstandigtnamn"
        | "helanamnet" => Some(Column::Names),
        "personnummer"
        | "personnr"
        | "persnr"
        | "persnummer"
        | "pnr"
        | "pnummer"
        | "fodelsenummer"
        | "fodelsenr"
        | "samordningsnummer"
        | "samordningsnr"
        | "personsamordningsnummer"
        | "deltagarenspersonnummer" => Some(Column::Numbers),
        "deltagare" | "deltagaren" | "person" | "klient" | "klienten" | "brukare" => Some(Column::Persons),
        _ => None,
    }
}

fn folded(letter: char) -> char {
    match letter {
        'å' | 'ä' => 'a',
        'ö' => 'o',
        letter => letter,
    }
}

/// Whether a text under a heading for names is one: not a mark for a missing one, and not the word of a total row.
pub(super) fn may_be_a_name(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let none =
        ["anonym", "okänd", "okänt", "saknas", "summa", "totalt", "total", "antal", "ja", "nej", "uppgift saknas"];
    letters >= 2 && !text.contains(|c: char| c.is_ascii_digit()) && !none.contains(&text.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// No name and no personnummer anywhere.
    #[test]
    fn names_of_persons_are_found() {
        for text in [
            "Anna Andersson",
            "ANNA ANDERSSON",
            "anna andersson",
            "Anna",
            "anna",
            "Anna-Karin Berg",
            "Anna A",
            "Anna A.",
            "Anna Maria",
            "Andersson, Anna",
            "Andersson Anna",
            "Al-Hassan, Ahmed",
            "Carl von Essen",
            "Ali al Hassan",
            "Fatima Ali",
            "Sofia 2",
            "1. Anna",
            "Anna (D12)",
            "Möte med Anna Andersson i dag",
            "Ring Erik Öberg.",
            "Anna/Eva Berg",
            "Maj Lindberg",
            "Per Ek",
            "Nora Berg",
            "anna.andersson@exempel.se",
            "anna@exempel.se",
            "Anna, Eva, Maria",
        ] {
            assert!(named(text).is_some(), "{text}");
        }
    }

    /// Words that are also names, places, insatser, headings, months and codes.
    #[test]
    fn what_only_looks_like_a_name_is_let_through() {
        for text in [
            "",
            "K",
            "Kvinna",
            "Man",
            "Maj",
            "Maj 2022",
            "Maj Juni",
            "Jan Feb Mar",
            "Mars",
            "Tor Fre",
            "Nora",
            "Nora Kommun",
            "Enköping",
            "Håbo, Enköping",
            "Region Uppsala",
            "Östhammar",
            "Per telefon",
            "Per",
            "Max antal",
            "Inga",
            "Tom",
            "Sam",
            "Saga Projekt",
            "Maria Vårdcentral",
            "Sofia församling",
            "Sofia började studera",
            "Pratat med Sofia om studier",
            "Insatsen Alma avslutad",
            "Storm",
            "Rut-avdrag",
            "Arbete, heltid",
            "Arbete Studier",
            "Ej Påbörjad",
            "Fortsatt Rehabilitering",
            "Ordinarie Arbete",
            "D00001",
            "enk-jobbcentrum",
            "Jobbcentrum Enköping",
            "Till arbete/studier",
            "kansli@exempel.se",
            "2022-01-10",
        ] {
            assert!(named(text).is_none(), "{text}");
        }
    }

    #[test]
    fn who_writes_a_comment_is_not_who_it_is_about() {
        for (comment, expect) in [
            ("Anna Andersson:\nklart", "klart"),
            ("Anna Andersson:", ""),
            ("Anna Andersson klar:\nja", "ja"),
            ("Anna Andersson", "Anna Andersson"),
            ("ring\nAnna Andersson:", "ring\nAnna Andersson:"),
        ] {
            assert_eq!(without_author(comment), expect);
        }
    }

    #[test]
    fn headings_tell_what_their_columns_are_for() {
        for (text, expect) in [
            ("Namn", Some(Column::Names)),
            (" FÖRNAMN ", Some(Column::Names)),
            ("För- och efternamn", Some(Column::Names)),
            ("Deltagarens namn", Some(Column::Names)),
            ("Person-nr", Some(Column::Numbers)),
            ("Personnummer", Some(Column::Numbers)),
            ("Födelsenummer", Some(Column::Numbers)),
            ("Deltagare", Some(Column::Persons)),
            ("Namn:", None),
            ("Insatsens namn", None),
            ("Deltagarnummer", None),
            ("Födelseår", None),
            ("Namngiven kontakt", None),
        ] {
            assert_eq!(heading(text), expect, "{text}");
        }
    }

    #[test]
    fn the_list_is_in_small_letters_and_in_order() {
        let all: Vec<&str> = include_str!("fornamn.txt").lines().collect();
        assert!(WORDS.split(' ').all(|word| GIVEN.contains(word)), "a word that is no name needs no exception");
        assert!(all.len() > 400 && all.is_sorted() && all.iter().all(|name| name.to_lowercase() == *name));
    }
}
