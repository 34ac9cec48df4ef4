//! Running text and values as runs. Emphasis and marks are character styles, so that a person can
//! change them all at once.

use super::styles::Styles;
use super::xml::escape;
use samsyn_document::markup::is_printable;
use samsyn_document::{Inline, Ljus, Text, Value, format};
use std::fmt::Write;

const NBSP: char = format::NBSP;

/// Properties of a run: a character style of ours.
pub(super) fn in_style(styles: &Styles, style: &str) -> String {
    format!("<w:rStyle w:val=\"{}\"/>", escape(styles.id(style)))
}

/// Words as one run with these properties; line feeds and tabs as Word has them.
pub(super) fn run(out: &mut String, properties: &str, words: &str) {
    if words.is_empty() {
        return;
    }
    out.push_str("<w:r>");
    if !properties.is_empty() {
        let _ = write!(out, "<w:rPr>{properties}</w:rPr>");
    }
    let mut open = false;
    let mut text = |out: &mut String, wanted: bool| {
        if open != wanted {
            out.push_str(if wanted { "<w:t xml:space=\"preserve\">" } else { "</w:t>" });
            open = wanted;
        }
    };
    for c in words.chars().filter(|c| is_printable(*c)) {
        let element = match c {
            '\n' => "<w:br/>",
            '\t' => "<w:tab/>",
            SOFT_HYPHEN => "<w:softHyphen/>",
            FIRM_HYPHEN => "<w:noBreakHyphen/>",
            _ => "",
        };
        text(out, element.is_empty());
        match c {
            _ if !element.is_empty() => out.push_str(element),
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            c => out.push(c),
        }
    }
    text(out, false);
    out.push_str("</w:r>");
}

/// A place where a word may be broken.
pub(super) const SOFT_HYPHEN: char = '\u{ad}';
/// A hyphen that keeps what is beside it on one line.
pub(super) const FIRM_HYPHEN: char = '\u{2011}';

/// Running text.
pub(super) fn text(out: &mut String, styles: &Styles, pieces: &Text) {
    for piece in pieces {
        let words = format::inline(piece);
        match piece {
            Inline::Text(_) => run(out, "", &words),
            Inline::Emphasis(_) => run(out, &in_style(styles, "Emphasis"), &words),
            Inline::Placeholder(_) => run(out, &in_style(styles, "Saknaduppgift"), &words),
            Inline::Value(cell) | Inline::InWords { cell, .. } => value(out, styles, &cell.value, &words, ""),
        }
    }
}

/// A value, written as `words`: a traffic light has its shape before it, a day does not break.
pub(super) fn value(out: &mut String, styles: &Styles, value: &Value, words: &str, properties: &str) {
    match value {
        Value::Ljus(light) => {
            let (shape, style) = shape(*light);
            run(out, &in_style(styles, style), &format!("{shape}{NBSP}{words}"));
        }
        Value::Datum(_) => run(out, properties, &words.replace('-', &FIRM_HYPHEN.to_string())),
        _ => run(out, properties, words),
    }
}

/// Circle, diamond and triangle, and the character style.
fn shape(light: Ljus) -> (char, &'static str) {
    match light {
        Ljus::Gron => ('●', "Ljusgron"),
        Ljus::Gul => ('◆', "Ljusgul"),
        Ljus::Rod => ('▲', "Ljusrod"),
    }
}

/// A field with what it shows until Word counts it anew.
pub(super) fn field(out: &mut String, properties: &str, instruction: &str, shown: &str) {
    let properties = if properties.is_empty() { String::new() } else { format!("<w:rPr>{properties}</w:rPr>") };
    let _ = write!(
        out,
        "<w:r>{properties}<w:fldChar w:fldCharType=\"begin\"/></w:r><w:r>{properties}<w:instrText \
         xml:space=\"preserve\"> {} </w:instrText></w:r><w:r>{properties}<w:fldChar w:fldCharType=\"separate\"/></w:r>\
         <w:r>{properties}<w:t xml:space=\"preserve\">{}</w:t></w:r><w:r>{properties}<w:fldChar \
         w:fldCharType=\"end\"/></w:r>",
        escape(instruction),
        escape(shown)
    );
}
