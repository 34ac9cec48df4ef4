//! Which letters the bytes of a file are. `#FORMAT PC8` says CP437 and is in every file, whatever the file is written in, so
//! the letters themselves are asked.

use encoding_rs::WINDOWS_1252;
use std::borrow::Cow;

/// What the letters of a file are written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kodning {
    /// IBM PC 8-bit, which the format prescribes; also a file with plain ASCII letters alone.
    #[default]
    Cp437,
    /// Latin-1, read as Windows-1252, which has the same letters and more.
    Latin1,
    /// UTF-8, with or without a byte-order mark.
    Utf8,
}

/// The upper half of CP437. Its 128 letters are the whole encoding, so it stands here and no crate is needed for it.
const CP437: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";
/// å ä ö Å Ä Ö é É ü in CP437.
const IN_CP437: &[u8] = &[0x86, 0x84, 0x94, 0x8F, 0x8E, 0x99, 0x82, 0x90, 0x81];
/// The same in Latin-1.
const IN_LATIN1: &[u8] = &[0xE5, 0xE4, 0xF6, 0xC5, 0xC4, 0xD6, 0xE9, 0xC9, 0xFC];
/// The second byte of the same in UTF-8, after C3.
const IN_UTF8: &[u8] = &[0xA5, 0xA4, 0xB6, 0x85, 0x84, 0x96, 0xA9, 0x89, 0xBC];

impl Kodning {
    /// The name that people know it by.
    pub fn namn(self) -> &'static str {
        match self {
            Kodning::Cp437 => "CP437 (PC8)",
            Kodning::Latin1 => "Latin-1",
            Kodning::Utf8 => "UTF-8",
        }
    }

    /// The encoding in which the bytes have most Swedish letters. Valid UTF-8 with any letter outside ASCII is UTF-8: other
    /// encodings hardly come out so by chance. Nothing to go by is CP437.
    pub(super) fn of(bytes: &[u8]) -> Kodning {
        if bytes.is_ascii() {
            return Kodning::Cp437;
        }
        if std::str::from_utf8(bytes).is_ok() {
            return Kodning::Utf8;
        }
        let mut counts = [0u64; 256];
        let (mut utf8, mut before) = (0u64, 0);
        for byte in bytes {
            counts[usize::from(*byte)] += 1;
            utf8 += u64::from(before == 0xC3 && IN_UTF8.contains(byte));
            before = *byte;
        }
        let score = |letters: &[u8]| letters.iter().map(|byte| counts[usize::from(*byte)]).sum::<u64>();
        let (cp437, latin1) = (score(IN_CP437), score(IN_LATIN1));
        match () {
            () if utf8 > cp437 && utf8 > latin1 => Kodning::Utf8,
            () if latin1 > cp437 => Kodning::Latin1,
            () => Kodning::Cp437,
        }
    }

    /// The text of a field. What is no letter in the encoding becomes U+FFFD.
    pub(super) fn decode<'b>(self, bytes: &'b [u8]) -> Cow<'b, str> {
        if bytes.is_ascii() || self == Kodning::Utf8 {
            return String::from_utf8_lossy(bytes);
        }
        if self == Kodning::Latin1 {
            return WINDOWS_1252.decode_without_bom_handling(bytes).0;
        }
        bytes.iter().map(|byte| letter(*byte)).collect()
    }
}

fn letter(byte: u8) -> char {
    /// `CP437` as an array.
    const LETTERS: [char; 128] = {
        let (bytes, mut found, mut at, mut place) = (CP437.as_bytes(), ['\0'; 128], 0, 0);
        while at < bytes.len() {
            let (size, first) = match bytes[at] {
                first if first < 0xE0 => (2, first as u32 & 0x1F),
                first => (3, first as u32 & 0x0F),
            };
            let (mut code, mut next) = (first, 1);
            while next < size {
                code = code << 6 | (bytes[at + next] as u32 & 0x3F);
                next += 1;
            }
            found[place] = match char::from_u32(code) {
                Some(letter) => letter,
                None => '\u{fffd}',
            };
            place += 1;
            at += size;
        }
        found
    };
    if byte < 0x80 { char::from(byte) } else { LETTERS[usize::from(byte - 0x80)] }
}

/// The text in CP437, or `None` when CP437 lacks a letter of it.
pub(super) fn cp437(text: &str) -> Option<Vec<u8>> {
    let byte = |sign: char| match u8::try_from(sign) {
        Ok(byte) if byte < 0x80 => Some(byte),
        _ => CP437.chars().position(|other| other == sign).map(|at| at as u8 + 0x80),
    };
    text.chars().map(byte).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_of_cp437_comes_back() {
        assert_eq!(CP437.chars().count(), 128);
        for byte in 0..=255u8 {
            assert_eq!(cp437(&letter(byte).to_string()), Some(vec![byte]));
        }
        assert_eq!(Kodning::Cp437.decode(b"\x86\x84\x94\x8f\x8e\x99\x90\xe1"), "åäöÅÄÖÉß");
        assert_eq!(cp437("tankstreck –"), None);
    }

    #[test]
    fn the_letters_tell_the_encoding() {
        let text = "Förbrukningsinventarier Älvkarleby Håbo Östhammar";
        assert_eq!(Kodning::of(text.as_bytes()), Kodning::Utf8);
        assert_eq!(Kodning::of(&cp437(text).unwrap()), Kodning::Cp437);
        assert_eq!(Kodning::of(&WINDOWS_1252.encode(text).0), Kodning::Latin1);
        // One letter in another encoding does not change what the rest is.
        let with = |mut bytes: Vec<u8>, odd: &[u8]| {
            bytes.extend(odd);
            Kodning::of(&bytes)
        };
        assert_eq!(with(cp437(text).unwrap(), b"\xc51"), Kodning::Cp437);
        assert_eq!(with(text.into(), b"\xe51"), Kodning::Utf8);
        assert_eq!(Kodning::of(b"#FORMAT PC8"), Kodning::Cp437);
    }
}
