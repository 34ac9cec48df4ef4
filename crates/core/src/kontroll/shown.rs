//! What stands in a cell, as a message may show it: masked where it may be personal.

use crate::personnummer::contains_personnummer;
use samsyn_document::{Belopp, format};

/// How much of a cell that is not personal is shown.
const MOST: usize = 40;

/// Columns of running text, where a name may have slipped in.
const FREE_TEXT: [&str; 7] = ["beskrivning", "kansli_motiv", "kommentar", "syfte", "lardomar", "text", "motiv"];

/// What stands in a cell, in quotation marks. A cell with a personnummer is masked whole. In
/// deltagare.csv and in running text only short numbers, dates and codes are shown, of anything else
/// the first letter and the length.
pub fn shown(resource: &str, column: &str, text: &str) -> String {
    if contains_personnummer(text) {
        return "\"••••••-••••\"".to_owned();
    }
    let length = text.chars().count();
    let personal = resource == "deltagare" || FREE_TEXT.contains(&column);
    if personal && !is_plain(text, length) {
        let first = text.chars().next().filter(|c| c.is_alphabetic()).map(String::from).unwrap_or_default();
        return format!("\"{first}•••\" ({length} tecken)");
    }
    let clean = |c: char| if c.is_control() { '\u{fffd}' } else { c };
    let head: String = text.chars().take(MOST).map(clean).collect();
    if length > MOST { format!("\"{head}…\" ({length} tecken)") } else { format!("\"{head}\"") }
}

/// A number or date of at most 8 digits, or a code of at most three letters. Nine and ten digits may
/// be a mistyped personnummer.
fn is_plain(text: &str, length: usize) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let number = length <= 10 && digits <= 8 && text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'-' | b'.'));
    number || (length <= 3 && text.chars().all(char::is_alphabetic))
}

/// An amount as people read it, öre only where there are any: `96 500 kronor`.
pub(super) fn kronor(amount: Belopp) -> String {
    let whole = Belopp::from_ore(amount.ore() / 100 * 100);
    let minus = if amount.is_negative() && whole == Belopp::NOLL { "\u{2212}" } else { "" };
    let number = format::number(whole.kronor());
    let unit = format::unit(samsyn_document::Unit::Kronor);
    match amount.ore().unsigned_abs() % 100 {
        0 => format!("{number}\u{a0}{unit}"),
        ore => format!("{minus}{number},{ore:02}\u{a0}{unit}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The value is masked in the message and never stored or logged.
    #[test]
    fn what_may_be_personal_is_masked() {
        let person = |text| shown("deltagare", "utskriven", text);
        assert_eq!(person("2026-02-30"), "\"2026-02-30\"");
        assert_eq!(person("Kv"), "\"Kv\"");
        assert_eq!(person("Anna Svensson"), "\"A•••\" (13 tecken)");
        assert_eq!(person("900101-0017"), "\"••••••-••••\"");
        assert_eq!(person("900101-001"), "\"•••\" (10 tecken)");
        assert_eq!(person("9001010018"), "\"•••\" (10 tecken)");
        assert_eq!(shown("avvikelser", "beskrivning", "Anna mår bra"), "\"A•••\" (12 tecken)");
        assert_eq!(shown("insatser", "namn", "19900101-0017 Alby"), "\"••••••-••••\"");
        assert_eq!(shown("budget", "belopp_kr", "1.234,50"), "\"1.234,50\"");
        assert_eq!(shown("budget", "belopp_kr", &"a\n".repeat(30)).chars().count(), 55);
    }

    #[test]
    fn amounts_have_ore_only_where_there_are_any() {
        assert_eq!(kronor(Belopp::from_kronor(96_500)), "96\u{a0}500\u{a0}kronor");
        assert_eq!(kronor(Belopp::from_ore(-123_405)), "\u{2212}1\u{a0}234,05\u{a0}kronor");
        assert_eq!(kronor(Belopp::from_ore(-5)), "\u{2212}0,05\u{a0}kronor");
    }
}
