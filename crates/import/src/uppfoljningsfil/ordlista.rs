//! What an insats calls its columns and values: how it is written down, and in which form words are compared.

use super::Falt;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

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
