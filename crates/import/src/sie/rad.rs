//! A file as lines, and a line as fields. Works on bytes: space, quotation marks and braces are the same in all encodings.

use std::borrow::Cow;

/// The longest line, in bytes.
pub(super) const LONGEST: usize = 64 * 1024;

/// A part of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Del<'b> {
    /// A field, without its quotation marks.
    Falt(Cow<'b, [u8]>),
    /// `{`
    In,
    /// `}`
    Ut,
}

/// Why a line has no fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Radfel {
    /// Over [`LONGEST`].
    Lang,
    /// A quotation mark that is not closed.
    Citat,
    /// A control character.
    Styrtecken,
}

/// The lines with their numbers from 1, without line ends and the mark that ended files in DOS.
pub(super) fn lines(bytes: &[u8]) -> impl Iterator<Item = (u32, &[u8])> {
    let bytes = bytes.strip_suffix(b"\x1a").unwrap_or(bytes);
    let mut rest = Some(bytes);
    let next = move || {
        let text = rest?;
        let (line, after) = match memchr::memchr(b'\n', text) {
            Some(at) => (&text[..at], Some(&text[at + 1..])),
            None => (text, None),
        };
        rest = after;
        Some(line.strip_suffix(b"\r").unwrap_or(line))
    };
    (1..).zip(std::iter::from_fn(next))
}

/// Fills `parts` with the parts of a line.
pub(super) fn split<'b>(line: &'b [u8], parts: &mut Vec<Del<'b>>) -> Result<(), Radfel> {
    parts.clear();
    if line.len() > LONGEST {
        return Err(Radfel::Lang);
    }
    // Without a way out at the first one the compiler takes many bytes at a time.
    if line.iter().fold(false, |found, byte| found | ((*byte < b' ') & (*byte != b'\t')) | (*byte == 0x7F)) {
        return Err(Radfel::Styrtecken);
    }
    let (mut at, mut inside) = (0, false);
    while at < line.len() {
        match line[at] {
            b' ' | b'\t' => at += 1,
            b'{' => {
                parts.push(Del::In);
                (inside, at) = (true, at + 1);
            }
            b'}' => {
                parts.push(Del::Ut);
                (inside, at) = (false, at + 1);
            }
            b'"' => {
                let (field, end) = quoted(line, at + 1).ok_or(Radfel::Citat)?;
                parts.push(Del::Falt(field));
                at = end;
            }
            _ => {
                let ends = |byte: &u8| matches!(byte, b' ' | b'\t') || (inside && *byte == b'}');
                let end = line[at..].iter().position(ends).map_or(line.len(), |size| at + size);
                parts.push(Del::Falt(Cow::Borrowed(&line[at..end])));
                at = end;
            }
        }
    }
    Ok(())
}

/// The field after a quotation mark, and where the line goes on after it. `\"` is a quotation mark in the text; as the last
/// of a line it is a backslash and the end, for some programs write paths so.
fn quoted(line: &[u8], start: usize) -> Option<(Cow<'_, [u8]>, usize)> {
    let mut marks = memchr::memchr_iter(b'"', &line[start..]).map(|size| start + size);
    let (mut text, mut from) = (Vec::new(), start);
    let mut escaped = None;
    for at in marks.by_ref() {
        if at > start && line[at - 1] == b'\\' && at > from {
            text.extend_from_slice(&line[from..at - 1]);
            (from, escaped) = (at, Some(at));
            continue;
        }
        if escaped.is_none() {
            return Some((Cow::Borrowed(&line[start..at]), at + 1));
        }
        text.extend_from_slice(&line[from..at]);
        return Some((Cow::Owned(text), at + 1));
    }
    let last = escaped.filter(|at| line[at + 1..].trim_ascii().is_empty())?;
    text.push(b'\\');
    Some((Cow::Owned(text), last + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `a b` for fields a and b, `<` and `>` for braces; `_` for an empty field.
    fn parts(line: &str) -> String {
        let mut parts = Vec::new();
        if let Err(fault) = split(line.as_bytes(), &mut parts) {
            return format!("{fault:?}");
        }
        let told = |part: &Del| match part {
            Del::Falt(field) if field.is_empty() => "_".to_owned(),
            Del::Falt(field) => String::from_utf8_lossy(field).into_owned(),
            Del::In => "<".to_owned(),
            Del::Ut => ">".to_owned(),
        };
        parts.iter().map(told).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn a_line_is_fields() {
        for (line, expect) in [
            ("", ""),
            ("  \t ", ""),
            ("#IB 0 1930 -12.5  ", "#IB|0|1930|-12.5"),
            ("\t#TRANS\t2941 {}      17240", "#TRANS|2941|<|>|17240"),
            (r#"#TRANS 4010 {1 "0123" 6 "47"} 1 "" "En text""#, "#TRANS|4010|<|1|0123|6|47|>|1|_|En text"),
            (r#"#OIB 0 1930 { "1" "1"} 7600"#, "#OIB|0|1930|<|1|1|>|7600"),
            ("#TRANS 4010 {6 5}-1", "#TRANS|4010|<|6|5|>|-1"),
            (r#""en \"liten\" text""#, r#"en "liten" text"#),
            (r#""1820\A012 Cykel""#, r"1820\A012 Cykel"),
            (r#""\"""#, r#"""#),
            (r#""C:\bok\" "#, r"C:\bok\"),
            (r#""a""b""#, "a|b"),
            (r#"5" a{b}"#, r#"5"|a{b}"#),
            (r#"#VER "A"#, "Citat"),
            ("#VER\u{1}", "Styrtecken"),
            ("a\rb", "Styrtecken"),
        ] {
            assert_eq!(parts(line), expect, "{line}");
        }
        assert_eq!(parts(&"a".repeat(LONGEST + 1)), "Lang");
    }

    #[test]
    fn lines_end_in_both_ways() {
        let found: Vec<_> = lines(b"a\r\nb\n\nc\r\n\x1a").collect();
        assert_eq!(found, [(1, &b"a"[..]), (2, b"b"), (3, b""), (4, b"c"), (5, b"")]);
    }
}
