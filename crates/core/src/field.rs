//! One field of a fact: how it is read from a file, written to a file, and kept in the store.

use rust_decimal::Decimal;
use samsyn_document::{Belopp, Datum, Halvar, Kvartal, Manad, Period};
use std::fmt;
use std::sync::Arc;

/// What is wrong with a field, and what could stand there instead. Both are Swedish and complete the
/// sentence `"2026-02-30" …`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// For instance `är inget datum`.
    pub what: String,
    /// For instance `Skriv till exempel 2026-02-28.`
    pub hint: String,
}

impl FieldError {
    /// An error from its two parts.
    pub fn new(what: impl Into<String>, hint: impl Into<String>) -> FieldError {
        FieldError { what: what.into(), hint: hint.into() }
    }

    /// The value is not one of a closed list.
    pub fn not_in_list(codes: &[&str]) -> FieldError {
        FieldError::new("finns inte i listan", format!("Skriv ett av: {}.", codes.join(", ")))
    }

    fn missing() -> FieldError {
        FieldError::new("saknas", "Kolumnen måste vara ifylld.")
    }
}

/// How a field is kept in the store: amounts in öre and yes/no as integers, days and codes as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stored {
    /// A whole number, or none.
    Int(Option<i64>),
    /// Text, or none. Shared, so that an id on its way to the store is not copied.
    Text(Option<Arc<str>>),
}

/// A type that a field of a fact can have.
pub trait Field: Sized {
    /// Whether the field must be filled in.
    const REQUIRED: bool = true;
    /// The closed list of values, empty when any value of the type will do.
    const CODES: &'static [&'static str] = &[];
    /// What the store keeps when there is no value.
    const NULL: Stored = Stored::Text(None);
    /// Whether the whole number that the store keeps is öre, of what a file has in kronor.
    const ORE: bool = false;

    /// Reads the field from a file. `text` has no space around it and is never empty for a required
    /// field.
    fn parse(text: &str) -> Result<Self, FieldError>;
    /// Writes the field to a file.
    fn write(&self) -> String;
    /// The field as the store keeps it.
    fn store(&self) -> Stored;
    /// Reads back what [`Field::store`] gave, an integer in digits, null as empty text. `None` when
    /// the store holds something that was never put there.
    fn load(text: &str) -> Option<Self>;
}

/// Reads a field from a file's cell: trims it and sees that a required one is filled in.
pub fn parse_cell<T: Field>(cell: &str) -> Result<T, FieldError> {
    let text = cell.trim_matches(|c: char| c.is_whitespace() || c == '\u{a0}');
    if T::REQUIRED && text.is_empty() {
        return Err(FieldError::missing());
    }
    T::parse(text)
}

impl<T: Field> Field for Option<T> {
    const REQUIRED: bool = false;
    const CODES: &'static [&'static str] = T::CODES;
    const NULL: Stored = T::NULL;
    const ORE: bool = T::ORE;

    fn parse(text: &str) -> Result<Self, FieldError> {
        if text.is_empty() { Ok(None) } else { T::parse(text).map(Some) }
    }
    fn write(&self) -> String {
        self.as_ref().map_or_else(String::new, T::write)
    }
    fn store(&self) -> Stored {
        self.as_ref().map_or(T::NULL, T::store)
    }
    fn load(text: &str) -> Option<Self> {
        if text.is_empty() { Some(None) } else { T::load(text).map(Some) }
    }
}

/// An id given by people: of an insats, a deltagande, an avvikelse. 1–64 letters, digits and `-._`,
/// so that it can stand in a figure's name and in an address. Cheap to clone.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(Arc<str>);

impl Id {
    /// The id; `None` when the text breaks the rule.
    pub fn new(text: &str) -> Option<Id> {
        let good = |c: char| c.is_alphanumeric() || matches!(c, '-' | '.' | '_');
        let fits = !text.is_empty() && text.len() <= 64 && text.chars().all(good);
        fits.then(|| Id(text.into()))
    }

    /// The id's characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Field for Id {
    fn parse(text: &str) -> Result<Self, FieldError> {
        Id::new(text).ok_or_else(|| {
            FieldError::new(
                "kan inte vara ett id",
                "Använd 1–64 bokstäver, siffror, bindestreck, punkt eller understreck.",
            )
        })
    }
    fn write(&self) -> String {
        self.0.to_string()
    }
    fn store(&self) -> Stored {
        Stored::Text(Some(self.0.clone()))
    }
    fn load(text: &str) -> Option<Self> {
        Id::new(text)
    }
}

/// The longest text that a field may hold, in bytes.
const MAX_TEXT: usize = 10_000;

impl Field for String {
    fn parse(text: &str) -> Result<Self, FieldError> {
        if text.len() > MAX_TEXT {
            return Err(FieldError::new("är för lång", "Skriv högst 10 000 tecken."));
        }
        if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
            return Err(FieldError::new("innehåller styrtecken", "Skriv om texten för hand."));
        }
        Ok(text.to_owned())
    }
    fn write(&self) -> String {
        self.clone()
    }
    fn store(&self) -> Stored {
        Stored::Text(Some(self.as_str().into()))
    }
    fn load(text: &str) -> Option<Self> {
        Some(text.to_owned())
    }
}

impl Field for bool {
    const CODES: &'static [&'static str] = &["ja", "nej"];
    const NULL: Stored = Stored::Int(None);

    fn parse(text: &str) -> Result<Self, FieldError> {
        match text {
            "ja" => Ok(true),
            "nej" => Ok(false),
            _ => Err(FieldError::not_in_list(Self::CODES)),
        }
    }
    fn write(&self) -> String {
        if *self { "ja" } else { "nej" }.to_owned()
    }
    fn store(&self) -> Stored {
        Stored::Int(Some(i64::from(*self)))
    }
    fn load(text: &str) -> Option<Self> {
        match text {
            "1" => Some(true),
            "0" => Some(false),
            _ => None,
        }
    }
}

impl Field for Belopp {
    const NULL: Stored = Stored::Int(None);
    const ORE: bool = true;

    fn parse(text: &str) -> Result<Self, FieldError> {
        Belopp::parse(text).ok_or_else(|| {
            FieldError::new(
                "är inget belopp i kronor",
                "Skriv till exempel 1234 eller 1 234,50, utan punkt mellan tusental.",
            )
        })
    }
    fn write(&self) -> String {
        let ore = self.ore();
        let sign = if ore < 0 { "-" } else { "" };
        match ore.unsigned_abs() {
            whole if whole % 100 == 0 => format!("{sign}{}", whole / 100),
            broken => format!("{sign}{},{:02}", broken / 100, broken % 100),
        }
    }
    fn store(&self) -> Stored {
        Stored::Int(Some(self.ore()))
    }
    fn load(text: &str) -> Option<Self> {
        text.parse().ok().map(Belopp::from_ore)
    }
}

impl Field for Decimal {
    fn parse(text: &str) -> Result<Self, FieldError> {
        let error = || FieldError::new("är inget tal", "Skriv till exempel 41,2 eller 41.2.");
        let digits = text.strip_prefix('-').unwrap_or(text);
        let framed = digits.starts_with(|c: char| c.is_ascii_digit()) && digits.ends_with(|c: char| c.is_ascii_digit());
        let plain = digits.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b','));
        if !framed || !plain || text.matches(['.', ',']).count() > 1 || text.len() > 20 {
            return Err(error());
        }
        text.replace(',', ".").parse().map_err(|_| error())
    }
    fn write(&self) -> String {
        self.to_string()
    }
    fn store(&self) -> Stored {
        Stored::Text(Some(self.to_string().into()))
    }
    fn load(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

/// Fields that are written, stored and read back as the same text.
macro_rules! text_field {
    ($type:ty, $parse:expr, $what:literal, $hint:literal) => {
        impl Field for $type {
            fn parse(text: &str) -> Result<Self, FieldError> {
                let parse: fn(&str) -> Option<Self> = $parse;
                parse(text).ok_or_else(|| FieldError::new($what, $hint))
            }
            fn write(&self) -> String {
                self.to_string()
            }
            fn store(&self) -> Stored {
                Stored::Text(Some(self.to_string().into()))
            }
            fn load(text: &str) -> Option<Self> {
                let parse: fn(&str) -> Option<Self> = $parse;
                parse(text)
            }
        }
    };
}
text_field!(Datum, Datum::parse, "är inget datum", "Skriv till exempel 2026-02-28.");
text_field!(Manad, |text| text.parse().ok(), "är ingen månad", "Skriv till exempel 2022-03.");
text_field!(Kvartal, |text| text.parse().ok(), "är inget kvartal", "Skriv till exempel 2022-K1.");
text_field!(Halvar, |text| text.parse().ok(), "är inget halvår", "Skriv till exempel 2022-H1.");
text_field!(Period, |text| text.parse().ok(), "är ingen period", "Skriv till exempel 2022-K1, 2022-H1 eller 2022.");

/// Whole numbers that are never negative.
macro_rules! count_field {
    ($type:ty, $hint:literal) => {
        impl Field for $type {
            const NULL: Stored = Stored::Int(None);

            fn parse(text: &str) -> Result<Self, FieldError> {
                let digits: String = text.chars().filter(|c| !matches!(c, ' ' | '\u{a0}' | '\u{202f}')).collect();
                let plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
                plain
                    .then(|| digits.parse().ok())
                    .flatten()
                    .ok_or_else(|| FieldError::new("är inget heltal som kan stå här", $hint))
            }
            fn write(&self) -> String {
                self.to_string()
            }
            fn store(&self) -> Stored {
                Stored::Int(Some(i64::from(*self)))
            }
            fn load(text: &str) -> Option<Self> {
                text.parse().ok()
            }
        }
    };
}
count_field!(u16, "Skriv ett heltal från 0 till 65 535, till exempel 2022.");
count_field!(u32, "Skriv ett heltal från 0, till exempel 12.");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_survives_file_and_store() {
        fn there_and_back<T: Field + PartialEq + fmt::Debug>(text: &str) {
            let value = parse_cell::<T>(text).unwrap();
            assert_eq!(parse_cell::<T>(&value.write()).unwrap(), value, "{text}");
            let stored = match value.store() {
                Stored::Int(n) => n.map_or_else(String::new, |n| n.to_string()),
                Stored::Text(text) => text.as_deref().unwrap_or_default().to_owned(),
            };
            assert_eq!(T::load(&stored), Some(value), "{text}");
        }
        there_and_back::<Belopp>("1 234,50");
        there_and_back::<Belopp>("-0,05");
        there_and_back::<Decimal>("41,2");
        there_and_back::<Decimal>("-1060");
        there_and_back::<Datum>(" 2022-02-28 ");
        there_and_back::<Manad>("2022-03");
        there_and_back::<Kvartal>("2022-K4");
        there_and_back::<Option<Period>>("2021-H1");
        there_and_back::<Option<bool>>("");
        there_and_back::<bool>("ja");
        there_and_back::<u32>("43 673");
        there_and_back::<Id>("enk-jobbcentrum");
        there_and_back::<String>("Ändrat antal; \"citat\"");
    }

    #[test]
    fn a_bad_field_says_what_could_stand_there() {
        let told = parse_cell::<Datum>("2026-02-30").unwrap_err();
        assert_eq!((told.what.as_str(), told.hint.as_str()), ("är inget datum", "Skriv till exempel 2026-02-28."));
        assert_eq!(parse_cell::<Datum>("  ").unwrap_err().what, "saknas");
        assert!(parse_cell::<Belopp>("1.234,50").is_err());
        assert!(parse_cell::<bool>("Ja").is_err());
        assert!(parse_cell::<Id>("a/b").is_err() && parse_cell::<Id>("a b").is_err());
        assert!(parse_cell::<Decimal>("1e5").is_err() && parse_cell::<u16>("-1").is_err());
        assert!(["-,05", ",5", "5,", "1-2", "--1", "-"].iter().all(|text| parse_cell::<Decimal>(text).is_err()));
        assert!(parse_cell::<String>("a\u{1f}b").is_err());
    }
}
