//! Bytes to text: which encoding a file is in, and whether it is text at all.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::borrow::Cow;

/// The encodings that files come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Read {
    /// UTF-8, with or without a byte-order mark.
    Utf8,
    /// Latin-1, read as Windows-1252, which has the same letters and more.
    Latin1,
    /// UTF-16, with or without a byte-order mark.
    Utf16,
}

/// Why bytes are no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoText {
    /// There is nothing, or nothing but space.
    Empty,
    /// A zip archive, as Excel workbooks are.
    Workbook,
    /// Pictures, programs, broken UTF-16.
    Binary,
    /// Some letters in UTF-8 and others, the first of them on this row, in Latin-1.
    Mixed(u64),
}

/// How much of a file is looked at to see that it is UTF-16 without a byte-order mark.
const SAMPLE: usize = 4_096;

/// The text of a file without its byte-order mark, and how it was read.
pub fn read(bytes: &[u8]) -> Result<(Cow<'_, str>, Read), NoText> {
    if bytes.starts_with(b"PK\x03\x04") {
        return Err(NoText::Workbook);
    }
    let (text, how) = decode(bytes)?;
    if text.bytes().all(|b| b.is_ascii_whitespace()) {
        return Err(NoText::Empty);
    }
    // The odd control character is told where it stands; many of them are no text.
    let controls = text.bytes().filter(|b| *b < b' ' && !matches!(b, b'\t' | b'\n' | b'\r')).count();
    if controls * 100 > text.len() || memchr::memchr(0, text.as_bytes()).is_some() {
        return Err(NoText::Binary);
    }
    Ok((text, how))
}

fn decode(bytes: &[u8]) -> Result<(Cow<'_, str>, Read), NoText> {
    match Encoding::for_bom(bytes) {
        Some((encoding, mark)) if encoding != UTF_8 => return utf16(encoding, &bytes[mark..]),
        Some((_, mark)) => return utf8_or_latin1(&bytes[mark..]),
        None => {}
    }
    match unmarked_utf16(bytes) {
        Some(encoding) => utf16(encoding, bytes),
        None => utf8_or_latin1(bytes),
    }
}

fn utf16<'b>(encoding: &'static Encoding, bytes: &'b [u8]) -> Result<(Cow<'b, str>, Read), NoText> {
    let (text, broken) = encoding.decode_without_bom_handling(bytes);
    if broken { Err(NoText::Binary) } else { Ok((text, Read::Utf16)) }
}

/// UTF-16 of Swedish text has a zero in every other byte, nearly.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let zeros = |odd: usize| sample.iter().skip(odd).step_by(2).filter(|b| **b == 0).count();
    let (even, odd, pairs) = (zeros(0), zeros(1), sample.len() / 2);
    let mostly = |many: usize, few: usize| pairs > 0 && many * 10 > pairs * 7 && few * 20 <= pairs;
    match () {
        () if mostly(odd, even) => Some(UTF_16LE),
        () if mostly(even, odd) => Some(UTF_16BE),
        () => None,
    }
}

fn utf8_or_latin1(bytes: &[u8]) -> Result<(Cow<'_, str>, Read), NoText> {
    let Err(error) = std::str::from_utf8(bytes).map(|_| ()) else {
        return Ok((String::from_utf8_lossy(bytes), Read::Utf8));
    };
    let valid = &bytes[..error.valid_up_to()];
    if !valid.is_ascii() || bytes.windows(2).any(|pair| pair[0] == 0xC3 && (0x80..=0xBF).contains(&pair[1])) {
        return Err(NoText::Mixed(1 + memchr::memchr_iter(b'\n', valid).count() as u64));
    }
    Ok((WINDOWS_1252.decode_without_bom_handling(bytes).0, Read::Latin1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn as_read(bytes: &[u8]) -> Result<(String, Read), NoText> {
        read(bytes).map(|(text, how)| (text.into_owned(), how))
    }

    fn utf16_of(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(order).collect()
    }

    /// Accepted: a byte-order mark, UTF-16 and Latin-1 (told which).
    #[test]
    fn text_comes_in_three_encodings() {
        let text = "medlem;typ\r\nHåbo;kommun\r\nÄlvkarleby;kommun\r\n";
        let utf8 = Ok((text.to_owned(), Read::Utf8));
        let utf16 = Ok((text.to_owned(), Read::Utf16));
        assert_eq!(as_read(text.as_bytes()), utf8);
        assert_eq!(as_read(format!("\u{feff}{text}").as_bytes()), utf8);
        assert_eq!(as_read(&WINDOWS_1252.encode(text).0), Ok((text.to_owned(), Read::Latin1)));
        assert_eq!(as_read(&utf16_of(text, u16::to_le_bytes)), utf16);
        assert_eq!(as_read(&utf16_of(text, u16::to_be_bytes)), utf16);
        assert_eq!(as_read(&utf16_of(&format!("\u{feff}{text}"), u16::to_le_bytes)), utf16);
        assert_eq!(as_read(&utf16_of(&format!("\u{feff}{text}"), u16::to_be_bytes)), utf16);
    }

    #[test]
    fn what_is_no_text_is_told_apart() {
        assert_eq!(as_read(b""), Err(NoText::Empty));
        assert_eq!(as_read(b"\xef\xbb\xbf\r\n \r\n"), Err(NoText::Empty));
        assert_eq!(as_read(b"PK\x03\x04\x14\x00"), Err(NoText::Workbook));
        assert_eq!(as_read(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), Err(NoText::Binary));
        assert_eq!(as_read(b"\xff\xfea"), Err(NoText::Binary));
        assert_eq!(as_read("a\u{1}b\u{2}".as_bytes()), Err(NoText::Binary));
        assert_eq!(as_read(b"medlem\nH\xc3\xa5bo\nH\xe5bo\n"), Err(NoText::Mixed(3)));
        assert_eq!(as_read(b"H\xe5bo\nH\xc3\xa5bo\n"), Err(NoText::Mixed(1)));
        assert_eq!(as_read(b"1\xe2\x80\x933\nH\xe5bo\n"), Err(NoText::Mixed(2)), "a dash in UTF-8");
    }
}
