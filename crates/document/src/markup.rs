//! Escaping for markup: what comes from files and people must never become markup of its own.

/// Appends `text` to `out` so that it is plain characters in XML and HTML, in content and inside
/// quoted attributes alike. Characters that have no place in a document are left out: control
/// characters other than tab and line feed, noncharacters, and the controls that reverse the
/// direction of the text around them.
pub fn escape_into(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c if is_printable(c) => out.push(c),
            _ => {}
        }
    }
}

/// `text` escaped as by [`escape_into`].
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    escape_into(&mut out, text);
    out
}

/// Whether a character may stand in a document that others open.
pub fn is_printable(c: char) -> bool {
    let steers_direction = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let is_nothing = matches!(c, '\u{fdd0}'..='\u{fdef}') || u32::from(c) & 0xfffe == 0xfffe;
    (!c.is_control() || matches!(c, '\t' | '\n')) && !steers_direction && !is_nothing
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_becomes_characters() {
        assert_eq!(escape("<script>&\"'</script>"), "&lt;script&gt;&amp;&quot;&#39;&lt;/script&gt;");
        assert_eq!(escape("åäö – ”citat”\u{a0}12\n"), "åäö – ”citat”\u{a0}12\n");
    }

    #[test]
    fn characters_without_a_place_are_left_out() {
        assert_eq!(escape("a\u{0}b\u{8}c\rd\u{7f}e\u{85}f"), "abcdef");
        assert_eq!(escape("a\u{202e}b\u{2066}c\u{fffe}d\u{1ffff}e"), "abcde");
        assert_eq!(escape("👩\u{200d}⚖️ e\u{301}"), "👩\u{200d}⚖️ e\u{301}");
    }
}
