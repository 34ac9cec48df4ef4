//! The characters that the fonts have, and how wide they are. An archived PDF may hold no character
//! without a glyph; what the fonts lack is shown as an empty square, so that the reader sees that
//! something stands there.

use crate::world::faces;
use samsyn_document::markup::is_printable;
use std::borrow::Cow;
use std::sync::LazyLock;
use typst::text::FontInstance;

/// Stands for a character that the fonts lack.
pub(crate) const LACKING: char = '□';

/// The longest heading, title or description. More than so in one string a PDF cannot hold.
const LONGEST: usize = 2_000;

/// Text that can be set: on one line, without characters that the fonts lack.
pub(crate) fn clean(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| c.is_ascii_graphic() || c == ' ' || (!c.is_ascii() && settable(c))) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{2028}' | '\u{2029}' => out.push(' '),
            '\u{202f}' | '\u{2007}' if !settable(c) => out.push('\u{a0}'),
            c if !is_printable(c) || is_invisible(c) => {}
            c if settable(c) => out.push(c),
            _ => out.push(LACKING),
        }
    }
    Cow::Owned(out)
}

/// [`clean`] text of a length that a bookmark or a description can have.
pub(crate) fn short(text: &str) -> String {
    let clean = clean(text);
    match clean.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{} …", &clean[..at]),
        None => clean.into_owned(),
    }
}

/// Steers how neighbours are joined or ordered, and shows nothing itself.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0000}'..='\u{e0fff}')
}

/// Whether the fonts have the character and an archived PDF may hold it.
fn settable(c: char) -> bool {
    let private = matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..);
    is_printable(c) && !is_invisible(c) && !private && c >= ' ' && glyph(0, c).is_some()
}

/// Tabular digits, in ems: regular and semibold.
const DIGIT: [f64; 2] = [0.648, 0.671];

fn glyph(font: usize, c: char) -> Option<u16> {
    faces().get(font).and_then(|face| face.ttf().glyph_index(c)).map(|glyph| glyph.0)
}

/// Widths of the characters up to `ſ` and a few others, per em: regular and semibold.
static WIDTHS: LazyLock<[Vec<f64>; 2]> =
    LazyLock::new(|| [0, 2].map(|font| (0..0x180).map(|c| measured(font, char::from_u32(c).unwrap_or(' '))).collect()));

/// The width of a character in ems. Digits are set as wide as each other (the fonts' `tnum`).
fn measured(font: usize, c: char) -> f64 {
    if c.is_ascii_digit() {
        return DIGIT[usize::from(font == 2)];
    }
    let advance = |face: &FontInstance| face.x_advance(face.ttf().glyph_index(c)?.0).map(|em| em.get());
    faces().get(font).and_then(advance).unwrap_or(0.7)
}

/// How wide a text is when set on one line, in ems.
pub(crate) fn width(text: &str, bold: bool) -> f64 {
    let widths = &WIDTHS[usize::from(bold)];
    let font = if bold { 2 } else { 0 };
    text.chars().map(|c| widths.get(c as usize).copied().unwrap_or_else(|| measured(font, c))).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_fonts_lack_is_a_square() {
        assert_eq!(clean("Åsa – ”sju” 1\u{a0}234 −5 · 50\u{a0}%"), "Åsa – ”sju” 1\u{a0}234 −5 · 50\u{a0}%");
        assert_eq!(clean("a\tb\nc\u{0}d\u{202e}e\u{fe0f}"), "a b cde");
        assert_eq!(clean("👍🏽 שלום \u{e000}#let *x*"), "□ □□□□ □#let *x*");
        assert_eq!(short(&"x".repeat(5_000)).chars().count(), LONGEST + 2);
    }

    #[test]
    fn all_fonts_have_the_same_characters() {
        assert_eq!(faces().len(), 4);
        for c in ('\u{20}'..'\u{2fff}').chain([LACKING, '−', '\u{a0}']) {
            let has: Vec<bool> = (0..4).map(|font| glyph(font, c).is_some()).collect();
            assert!(has.iter().all(|h| *h == has[0]), "{c:?} {has:?}");
        }
        assert!(settable(LACKING));
    }

    #[test]
    fn digits_are_as_wide_as_each_other() {
        assert!((width("1111", false) - width("8888", false)).abs() < 1e-9);
        assert!(width("Insats", true) > width("Insats", false));
    }
}
