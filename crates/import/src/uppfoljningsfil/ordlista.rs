//! What an insats calls its columns and values: how it is written down, and in which form words are compared.

use super::{Del, Falt, varden};
use crate::grid::given_name_in;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, HashMap};

/// How many rows have each word, by field and word as [`Ordlista`] has them.
pub type Forekomster = HashMap<(String, String), usize>;

/// The most words of a wording that is remembered when only one row has it: longer ones are remarks about somebody.
const MOST_WORDS: usize = 3;
/// The most characters of a wording that is remembered.
const LONGEST: usize = 60;

/// What an insats calls its columns and values, told by a person once and remembered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ordlista {
    /// Heading, normalised by [`nyckel`], to the name of a [`Falt`]; `None` when the column is not to be read.
    pub rubriker: BTreeMap<String, Option<String>>,
    /// Field and value, normalised by [`nyckel`], to the code that it means; an empty code when it says nothing. Words
    /// in a column of reasons may stand under `avslutsorsak` and under `sysselsattning`: both hold.
    pub varden: BTreeMap<(String, String), String>,
}

impl Ordlista {
    /// The list as JSON.
    pub fn to_text(&self) -> String {
        let rubriker: Map<String, Value> =
            self.rubriker.iter().map(|(heading, field)| (heading.clone(), json!(field))).collect();
        let mut varden: Map<String, Value> = Map::new();
        for ((field, value), code) in &self.varden {
            let of_field = varden.entry(field.as_str()).or_insert_with(|| json!({}));
            if let Some(of_field) = of_field.as_object_mut() {
                of_field.insert(value.clone(), json!(code));
            }
        }
        json!({ "rubriker": rubriker, "varden": varden }).to_string()
    }

    /// Reads what [`Ordlista::to_text`] wrote. What is no JSON gives an empty list; fields and codes that there are
    /// no more are left out, so that a person is asked again.
    pub fn of_text(text: &str) -> Ordlista {
        let mut list = Ordlista::default();
        let Ok(Value::Object(all)) = serde_json::from_str(text) else { return list };
        for (heading, field) in all.get("rubriker").and_then(Value::as_object).into_iter().flatten() {
            match field {
                Value::Null => list.rubriker.insert(nyckel(heading), None),
                Value::String(name) if Falt::of_namn(name).is_some() => {
                    list.rubriker.insert(nyckel(heading), Some(name.clone()))
                }
                _ => None,
            };
        }
        for (name, values) in all.get("varden").and_then(Value::as_object).into_iter().flatten() {
            let Some(field) = Falt::of_namn(name) else { continue };
            for (value, code) in values.as_object().into_iter().flatten() {
                if let Some(code) = code.as_str().filter(|code| code.is_empty() || field.kod(code).is_some()) {
                    list.varden.insert((name.clone(), nyckel(value)), code.to_owned());
                }
            }
        }
        list
    }

    /// What of it may be remembered, beside what is remembered `already`: what things are called, and not remarks about
    /// somebody. A word is that when several rows have it or it is short, and never with a given name in it.
    pub fn att_minnas(&self, already: &Ordlista, forekomster: &Forekomster) -> Ordlista {
        let mut kept = self.clone();
        kept.rubriker.retain(|heading, _| is_wording(heading));
        kept.varden.retain(|key, _| {
            let (field, word) = key;
            // What a reason says of how it went is asked in the reason's own column.
            let of = |field: &str| forekomster.get(&(field.to_owned(), word.clone())).copied().unwrap_or_default();
            let rows = of(field).max(of(Falt::Avslutsorsak.namn()));
            let common = already.varden.contains_key(key) || rows > 1 || word.split(' ').count() <= MOST_WORDS;
            common && is_wording(word)
        });
        kept
    }

    /// The field of a heading: `None` when the list does not have it, `Some(None)` when it is not to be read.
    pub(super) fn falt(&self, nyckel: &str) -> Option<Option<Falt>> {
        match self.rubriker.get(nyckel)? {
            None => Some(None),
            Some(name) => Falt::of_namn(name).map(Some),
        }
    }

    /// The code of a value, empty when it says nothing; `None` when the list does not have it.
    pub(super) fn kod(&self, falt: Falt, nyckel: &str) -> Option<&'static str> {
        if self.varden.is_empty() {
            return None;
        }
        let code = self.varden.get(&(falt.namn().to_owned(), nyckel.to_owned()))?;
        if code.is_empty() { Some("") } else { falt.kod(code) }
    }
}

fn is_wording(words: &str) -> bool {
    words.chars().count() <= LONGEST && !given_name_in(words)
}

/// How many rows have each word of a list.
pub(super) fn forekomster(ordlista: &Ordlista, deler: &[Del<'_>]) -> Forekomster {
    let mut found = Forekomster::new();
    if ordlista.varden.is_empty() {
        return found;
    }
    for del in deler {
        for kolumn in &del.kolumner {
            let cells = del.rader.iter().filter_map(|(_, row)| row.cells.get(kolumn.plats));
            for cell in cells {
                let key = (kolumn.falt.namn().to_owned(), nyckel(&varden::text(cell)));
                let told = ordlista.varden.keys().any(|(_, word)| *word == key.1);
                if told {
                    *found.entry(key).or_default() += 1;
                }
            }
        }
    }
    found
}

/// A heading or a value in the form in which they are compared: small letters without å, ä and ö, signs and line
/// breaks as one space, a few signs as words. What has neither letters nor digits stays as it is.
pub fn nyckel(text: &str) -> String {
    let mut key = String::with_capacity(text.len() + 8);
    let mut gap = false;
    for c in text.chars() {
        let word = match c {
            '%' => "procent",
            '<' => "under",
            '>' => "over",
            '+' => "plus",
            '#' => "nr",
            '&' => "och",
            '✓' | '✔' | '☑' | '☒' => "x",
            // Marks that are not seen.
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => continue,
            _ => "",
        };
        if !word.is_empty() {
            push_word(&mut key, word);
            gap = true;
        } else if c.is_alphanumeric() {
            if gap && !key.is_empty() {
                key.push(' ');
            }
            gap = false;
            key.extend(c.to_lowercase().filter(|small| small.is_alphanumeric()).map(plain));
        } else {
            // A combining mark belongs to the letter before it: å may come as a and a ring.
            gap |= !('\u{300}'..='\u{36f}').contains(&c);
        }
    }
    if key.is_empty() { text.trim().to_owned() } else { key }
}

fn push_word(key: &mut String, word: &str) {
    if !key.is_empty() {
        key.push(' ');
    }
    key.push_str(word);
}

/// The letter without ring, dots or accent.
fn plain(letter: char) -> char {
    match letter {
        'å' | 'ä' | 'á' | 'à' | 'æ' => 'a',
        'ö' | 'ø' | 'ó' => 'o',
        'é' | 'è' => 'e',
        'ü' => 'u',
        _ => letter,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_compared_without_case_signs_and_dots() {
        for (text, key) in [
            (" Kön ", "kon"),
            ("Ko\u{308}n", "kon"),
            ("FÖDELSE-\u{a0}ÅR:", "fodelse ar"),
            ("Datum\nin", "datum in"),
            ("forsorjning_fore", "forsorjning fore"),
            ("1–3 år", "1 3 ar"),
            ("> 3 år", "over 3 ar"),
            ("<1år", "under 1ar"),
            ("50%", "50 procent"),
            ("%", "procent"),
            ("✓", "x"),
            (" – ", "–"),
            ("?", "?"),
            ("", ""),
        ] {
            assert_eq!(nyckel(text), key, "{text}");
        }
    }

    #[test]
    fn what_is_remembered_is_what_things_are_called() {
        let key = |word: &str| ("avslutsorsak".to_owned(), word.to_owned());
        let of = |words: &[&str]| Ordlista {
            rubriker: BTreeMap::new(),
            varden: words.iter().map(|word| (key(word), "arbete".to_owned())).collect(),
        };
        let (long, longest) = ("o".repeat(61), "o".repeat(60));
        let all = of(&[
            "ny tjanst",
            "ny tjanst via annan",
            "klar med kursen i norr",
            "kalle fick plats",
            "kalles mamma ringde",
            "bytte till asa",
            "gick vidare till den nya",
            &long,
            &longest,
        ]);
        let already = of(&["gick vidare till den nya", "kalle fick plats"]);
        let rows: Forekomster =
            [(key("klar med kursen i norr"), 2), (key("kalle fick plats"), 9), (key("ny tjanst via annan"), 1)].into();
        let kept = of(&["ny tjanst", "klar med kursen i norr", "gick vidare till den nya", &longest]);
        assert_eq!(all.att_minnas(&already, &rows), kept);
    }

    #[test]
    fn the_list_is_read_back_as_it_was_written() {
        let mut list = Ordlista::default();
        list.rubriker.insert("kol 1".into(), Some("kon".into()));
        list.rubriker.insert("skostorlek".into(), None);
        list.varden.insert(("avslutsorsak".into(), "klar".into()), "arbete".into());
        list.varden.insert(("avslutsorsak".into(), "okant".into()), String::new());
        list.varden.insert(("studerar".into(), "japp".into()), "ja".into());
        assert_eq!(Ordlista::of_text(&list.to_text()), list);
    }

    /// A list that was written by an older program, or by nobody, never stops a file from being read.
    #[test]
    fn what_is_no_list_is_left_out() {
        for text in ["", "{", "[]", "null", "{\"rubriker\":3,\"varden\":[1]}", "{\"varden\":{\"kon\":\"K\"}}"] {
            assert_eq!(Ordlista::of_text(text), Ordlista::default(), "{text}");
        }
        let list = Ordlista::of_text(
            "{\"rubriker\":{\"A\":\"namn\",\"B\":\"kon\",\"C\":7},\"varden\":{\"kon\":{\"tjej\":\"K\",\"kille\":\"X\"}}}",
        );
        assert_eq!(list.rubriker.into_iter().collect::<Vec<_>>(), [("b".to_owned(), Some("kon".to_owned()))]);
        assert_eq!(list.varden.into_values().collect::<Vec<_>>(), ["K"]);
    }
}
