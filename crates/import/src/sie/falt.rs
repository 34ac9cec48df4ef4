//! The fields of a record, one after the other, as what they are. A field that is not there is as an empty one.

use super::rad::Del;
use super::{Kodning, Objekt};
use samsyn_document::{Belopp, Datum, Manad};
use std::borrow::Cow;

/// What is wrong with a field: what stands there, and what was expected.
#[derive(Debug)]
pub(super) struct Fel(pub(super) String, pub(super) &'static str);

type Svar<T> = Result<T, Fel>;

/// The largest amount that a file may state, in öre: as `Belopp::parse`.
const LARGEST: i64 = 100_000_000_000_000;
/// The most characters of a field that a finding shows.
const SHOWN: usize = 60;

/// What remains of a record.
pub(super) struct Falt<'l, 'b> {
    parts: std::slice::Iter<'l, Del<'b>>,
    kodning: Kodning,
}

impl<'l, 'b> Falt<'l, 'b> {
    pub(super) fn new(parts: &'l [Del<'b>], kodning: Kodning) -> Self {
        Falt { parts: parts.iter(), kodning }
    }

    fn next(&mut self) -> Svar<&'l [u8]> {
        match self.parts.next() {
            None => Ok(b""),
            Some(Del::Falt(field)) => Ok(field.as_ref().trim_ascii()),
            Some(_) => Err(Fel(
                "En klammer står där ett fält väntades.".into(),
                "Objekt står som {1 \"10\" 6 \"3\"} efter kontot.",
            )),
        }
    }

    fn shown(&self, field: &[u8]) -> String {
        shown(&self.kodning.decode(field))
    }

    /// A text without space around it. A tab in it is a space, for the format has no control characters in texts.
    pub(super) fn text(&mut self) -> Svar<String> {
        let text = self.kodning.decode(self.next()?);
        Ok(match text {
            text if text.contains('\t') => text.replace('\t', " ").trim().to_owned(),
            Cow::Borrowed(text) => text.trim().to_owned(),
            Cow::Owned(text) if text.trim().len() == text.len() => text,
            Cow::Owned(text) => text.trim().to_owned(),
        })
    }

    /// A text that must be there.
    pub(super) fn namn(&mut self, what: &str) -> Svar<String> {
        let text = self.text()?;
        if text.is_empty() {
            Err(Fel(format!("{what} saknas."), "Hela raden behövs; är filen avklippt?"))
        } else {
            Ok(text)
        }
    }

    /// A whole number of at most nine digits.
    fn number(&mut self, what: &str, hint: &'static str) -> Svar<u32> {
        let field = self.next()?;
        digits(field).ok_or_else(|| match field {
            b"" => Fel(format!("{what} saknas."), hint),
            _ => Fel(format!("{} är inget {what}.", self.shown(field)), hint),
        })
    }

    pub(super) fn konto(&mut self) -> Svar<u32> {
        self.number("kontonummer", "Ett kontonummer är siffror, till exempel 1930.")
    }

    pub(super) fn dimension(&mut self) -> Svar<u32> {
        self.number(
            "dimensionsnummer",
            "En dimension är ett nummer, till exempel 1 för kostnadsställe och 6 för projekt.",
        )
    }

    /// The number of a financial year, -99 to 99.
    pub(super) fn ar(&mut self) -> Svar<i32> {
        let field = self.next()?;
        let (sign, number) = field.strip_prefix(b"-").map_or((1, field), |number| (-1, number));
        let year = digits(number).filter(|number| *number < 100).map(|number| sign * number as i32);
        year.ok_or_else(|| {
            Fel(
                format!("{} är inget årsnummer.", self.shown(field)),
                "Skriv 0 för året som filen gäller och -1 för året före.",
            )
        })
    }

    /// An amount; see [`ore`].
    pub(super) fn belopp(&mut self) -> Svar<Belopp> {
        let field = self.next()?;
        ore(field).map(Belopp::from_ore).ok_or_else(|| {
            let hint = "Ett belopp skrivs med decimalpunkt och högst två decimaler, till exempel -1250.50.";
            match field {
                b"" => Fel("Beloppet saknas.".into(), hint),
                _ => Fel(format!("{} är inget belopp.", self.shown(field)), hint),
            }
        })
    }

    /// A day, or `None` for an empty field.
    pub(super) fn datum(&mut self) -> Svar<Option<Datum>> {
        let field = self.next()?;
        let day = || {
            let number = (field.len() == 8).then(|| digits(field))??;
            Datum::new((number / 10_000) as i32, (number / 100 % 100) as u8, (number % 100) as u8)
        };
        match field {
            b"" => Ok(None),
            _ => day().map(Some).ok_or_else(|| {
                Fel(
                    format!("{} är inget datum.", self.shown(field)),
                    "Ett datum är åtta siffror, till exempel 20220630.",
                )
            }),
        }
    }

    /// A month.
    pub(super) fn manad(&mut self) -> Svar<Manad> {
        let field = self.next()?;
        let number = Some(field).filter(|field| field.len() == 6).and_then(digits);
        number.and_then(|number| Manad::new((number / 100) as u16, (number % 100) as u8)).ok_or_else(|| {
            Fel(format!("{} är ingen månad.", self.shown(field)), "En månad är sex siffror, till exempel 202206.")
        })
    }

    /// The objects in braces; none where there are no braces.
    pub(super) fn objekt(&mut self) -> Svar<Vec<Objekt>> {
        let mut found = Vec::new();
        if self.parts.as_slice().first() != Some(&Del::In) {
            return Ok(found);
        }
        self.parts.next();
        loop {
            match self.parts.as_slice().first() {
                Some(Del::Ut) => {
                    self.parts.next();
                    return Ok(found);
                }
                Some(Del::Falt(_)) => {
                    let (dimension, objekt) = (self.dimension()?, self.text()?);
                    // An empty object says that the row has none in that dimension.
                    if !objekt.is_empty() {
                        found.push(Objekt { dimension, objekt });
                    }
                }
                _ => {
                    return Err(Fel(
                        "Klammern med objekt stängs inte.".into(),
                        "Skriv till exempel {1 \"10\" 6 \"3\"}.",
                    ));
                }
            }
        }
    }

    /// A quantity; the text itself as the error where it is no number.
    pub(super) fn kvantitet(&mut self) -> Svar<Result<Option<String>, String>> {
        let text = self.text()?;
        let (whole, decimals) = text.split_once('.').unwrap_or((&text, "0"));
        let number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        let right = number(whole.strip_prefix('-').unwrap_or(whole)) && number(decimals);
        Ok(match text.as_str() {
            "" => Ok(None),
            _ if right => Ok(Some(text)),
            _ => Err(shown(&text)),
        })
    }
}

/// What stands in a field, for a finding.
pub(super) fn shown(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("”{}…”", &text[..end]),
        None => format!("”{text}”"),
    }
}

fn digits(field: &[u8]) -> Option<u32> {
    if !(1..=9).contains(&field.len()) {
        return None;
    }
    field.iter().try_fold(0, |number, byte| byte.is_ascii_digit().then(|| number * 10 + u32::from(byte - b'0')))
}

/// Öre of an amount: `-12.5`, `1000`, `.50`. A decimal comma is read as a point, for neither format nor programs part
/// thousands; decimals after the second must be zeros.
fn ore(field: &[u8]) -> Option<i64> {
    let (sign, rest) = field.strip_prefix(b"-").map_or((1, field), |rest| (-1, rest));
    let (whole, decimals) = match rest.iter().position(|byte| matches!(byte, b'.' | b',')) {
        Some(at) => (&rest[..at], &rest[at + 1..]),
        None => (rest, &b""[..]),
    };
    let digit = |byte: &u8| byte.is_ascii_digit().then(|| i64::from(byte - b'0'));
    let all = whole.iter().chain(decimals).all(u8::is_ascii_digit);
    if !all
        || whole.len() + decimals.len() == 0
        || whole.len() > 13
        || decimals.iter().skip(2).any(|byte| *byte != b'0')
    {
        return None;
    }
    let kronor = whole.iter().try_fold(0, |sum, byte| Some(sum * 10 + digit(byte)?))?;
    let cent = |at: usize| decimals.get(at).and_then(digit).unwrap_or(0);
    let ore = kronor * 100 + cent(0) * 10 + cent(1);
    (ore <= LARGEST).then_some(sign * ore)
}

/// An amount as the format writes it: `-12.50`.
pub(super) fn belopp_text(ore: i128) -> String {
    let sign = if ore < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", ore.abs() / 100, ore.abs() % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_whole_ore() {
        for (text, expect) in [
            ("0", Some(0)),
            ("-0", Some(0)),
            ("-12.5", Some(-1_250)),
            ("1000", Some(100_000)),
            ("20.88", Some(2_088)),
            ("1.5000", Some(150)),
            ("12,5", Some(1_250)),
            (".5", Some(50)),
            ("7.", Some(700)),
            ("1000000000000", Some(LARGEST)),
            ("1000000000000.01", None),
            ("", None),
            ("-", None),
            (".", None),
            ("1.005", None),
            ("1,234.50", None),
            ("1 000", None),
            ("+1", None),
            ("1e3", None),
        ] {
            assert_eq!(ore(text.as_bytes()), expect, "{text}");
        }
        assert_eq!([belopp_text(-5), belopp_text(1_250), belopp_text(0)], ["-0.05", "12.50", "0.00"]);
    }
}
