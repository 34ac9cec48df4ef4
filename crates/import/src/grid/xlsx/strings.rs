//! The texts that cells share.

use crate::grid::Refused;
use crate::grid::parts::Parts;
use crate::grid::prose::Prose;
use crate::grid::reading::Reading;
use crate::grid::xml::{Piece, Xml};

/// The texts, and which of them cells have used.
#[derive(Default)]
pub(super) struct Strings {
    texts: Vec<Box<str>>,
    used: Vec<bool>,
}

impl Strings {
    /// The text with that number, which is used from now on.
    pub fn take(&mut self, place: usize) -> Option<&str> {
        *self.used.get_mut(place)? = true;
        self.texts.get(place).map(AsRef::as_ref)
    }

    /// Looks through the texts that no cell has used.
    pub fn look_through_unused(&self, reading: &mut Reading) {
        for (text, _) in self.texts.iter().zip(&self.used).filter(|(_, used)| !**used) {
            let place = || "en text som ingen cell visar".to_owned();
            reading.search.text(text, place);
            reading.search.names(text, place);
        }
    }
}

/// Reads them, when the workbook has any.
pub(super) fn read(reading: &mut Reading, parts: &mut Parts<'_>, part: Option<&str>) -> Result<Strings, Refused> {
    let Some(part) = part else { return Ok(Strings::default()) };
    let Some(text) = parts.text(reading, part)? else {
        return Err(reading.damaged("", "cellernas texter saknas i den"));
    };
    let mut strings = Strings::default();
    let mut xml = Xml::with_root(&text, "sst");
    let mut prose = Prose::default();
    // How the text is pronounced (`rPh`) belongs to no cell.
    let (mut item, mut inside, mut aside): (String, bool, bool) = (String::new(), false, false);
    while let Some(piece) = xml.next(reading)? {
        match &piece {
            Piece::Open(tag) if tag.name() == "si" => {
                item.clear();
                inside = true;
                continue;
            }
            Piece::Open(tag) if tag.name() == "rPh" => aside = true,
            Piece::Close(name) if name.name() == "rPh" => aside = false,
            Piece::Close(name) if name.name() == "si" => {
                inside = false;
                strings.texts.push(plain(&item).into());
                strings.used.push(false);
                continue;
            }
            Piece::Text(text) if inside && !aside => {
                item.push_str(text);
                continue;
            }
            _ => {}
        }
        prose.take(&piece, |text| reading.search.text(text, || "en text som ingen cell visar".to_owned()));
    }
    Ok(strings)
}

/// Text with the signs that Excel writes as `_x000D_`.
pub(super) fn plain(text: &str) -> std::borrow::Cow<'_, str> {
    if !text.contains("_x") {
        return text.into();
    }
    let mut whole = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let (before, from) = rest.split_at(at);
        whole.push_str(before);
        let code = from.get(2..6).filter(|_| from.get(6..7) == Some("_"));
        match code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32) {
            Some(sign) => {
                whole.push(sign);
                rest = from.get(7..).unwrap_or("");
            }
            None => {
                whole.push_str("_x");
                rest = from.get(2..).unwrap_or("");
            }
        }
    }
    whole.push_str(rest);
    whole.into()
}

#[cfg(test)]
mod tests {
    #[test]
    fn signs_that_xml_cannot_hold_are_read() {
        for (text, expect) in [
            ("ja", "ja"),
            ("a_x000D_\nb", "a\r\nb"),
            ("_x005F_x000D_", "_x000D_"),
            ("_x00", "_x00"),
            ("_xåäö1_", "_xåäö1_"),
            ("_xD800_", "_xD800_"),
        ] {
            assert_eq!(super::plain(text), expect);
        }
    }
}
