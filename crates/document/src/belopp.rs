//! Money: whole öre in an integer. No floating point comes near it.

use serde::{Deserialize, Serialize};
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub};

/// An amount in whole öre. Up to some 92 thousand billion kronor, which no förbund has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Belopp(i64);

/// The largest amount that a file may state, in öre (one thousand billion kronor). Sums of millions
/// of such amounts are refused on the way in, so adding never overflows.
const MAX_ORE: i64 = 100_000_000_000_000;

impl Belopp {
    /// No money.
    pub const NOLL: Belopp = Belopp(0);

    /// From whole öre.
    pub const fn from_ore(ore: i64) -> Self {
        Belopp(ore)
    }

    /// From whole kronor.
    pub const fn from_kronor(kronor: i64) -> Self {
        Belopp(kronor * 100)
    }

    /// The amount in öre.
    pub const fn ore(self) -> i64 {
        self.0
    }

    /// The amount in kronor, rounded half away from zero.
    pub const fn kronor(self) -> i64 {
        round_half_away(self.0, 100)
    }

    /// The amount in thousands of kronor, rounded half away from zero.
    pub const fn tkr(self) -> i64 {
        round_half_away(self.0, 100_000)
    }

    /// Whether the amount is below zero.
    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// Reads what Swedish spreadsheets write: `1234`, `1 234,50`, `-12`, `1234.5`, with ordinary,
    /// no-break or thin spaces between thousands. `1.234,50` and `1,234.50` are refused rather than
    /// guessed, and so is more than two decimals. `None` when the text is no amount.
    pub fn parse(text: &str) -> Option<Belopp> {
        let text = text.trim();
        let (negative, digits) = match text.strip_prefix('-').or_else(|| text.strip_prefix('\u{2212}')) {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, cents) = match digits.find([',', '.']) {
            Some(at) => (&digits[..at], Some(&digits[at + 1..])),
            None => (digits, None),
        };
        let kronor = parse_thousands(whole)?;
        let ore = match cents {
            None => 0,
            Some(c) if c.len() <= 2 && !c.is_empty() && c.bytes().all(|b| b.is_ascii_digit()) => {
                let value: i64 = c.parse().ok()?;
                if c.len() == 1 { value * 10 } else { value }
            }
            Some(_) => return None,
        };
        let total = kronor.checked_mul(100)?.checked_add(ore)?;
        (total <= MAX_ORE).then_some(Belopp(if negative { -total } else { total }))
    }
}

/// Whole kronor: digits, or groups of three with one space between.
fn parse_thousands(text: &str) -> Option<i64> {
    let is_space = |c: char| matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}');
    let mut groups = text.split(is_space);
    let first = groups.next()?;
    let mut digits = first.to_owned();
    for group in groups {
        if group.len() != 3 || first.len() > 3 {
            return None;
        }
        digits.push_str(group);
    }
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    digits.parse().ok()
}

/// `value / unit` rounded to a whole number, half away from zero.
const fn round_half_away(value: i64, unit: i64) -> i64 {
    let (whole, rest) = (value / unit, value % unit);
    if rest.abs() * 2 < unit {
        whole
    } else if value < 0 {
        whole - 1
    } else {
        whole + 1
    }
}

impl Add for Belopp {
    type Output = Belopp;
    fn add(self, other: Belopp) -> Belopp {
        Belopp(self.0.saturating_add(other.0))
    }
}

impl AddAssign for Belopp {
    fn add_assign(&mut self, other: Belopp) {
        *self = *self + other;
    }
}

impl Sub for Belopp {
    type Output = Belopp;
    fn sub(self, other: Belopp) -> Belopp {
        Belopp(self.0.saturating_sub(other.0))
    }
}

impl Neg for Belopp {
    type Output = Belopp;
    fn neg(self) -> Belopp {
        Belopp(self.0.saturating_neg())
    }
}

impl Sum for Belopp {
    fn sum<I: Iterator<Item = Belopp>>(amounts: I) -> Belopp {
        amounts.fold(Belopp::NOLL, Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_swedish_spreadsheets_write() {
        let read = |text: &str| Belopp::parse(text).map(Belopp::ore);
        for (text, ore) in [
            ("0", 0),
            ("1234", 123_400),
            ("1 234", 123_400),
            ("1\u{a0}234\u{a0}567,5", 123_456_750),
            ("1 234,50", 123_450),
            ("12.05", 1_205),
            ("-7", -700),
            ("\u{2212}7,01", -701),
            (" 8 ", 800),
        ] {
            assert_eq!(read(text), Some(ore), "{text:?}");
        }
        for text in [
            "",
            "-",
            "1.234,50",
            "1,234.50",
            "1,234",
            "1.234",
            "12 34",
            "1234 567",
            "1  234",
            "1e3",
            "10 kr",
            "١٢",
            ",5",
            "5,",
            "99999999999999999999",
            "--1",
        ] {
            assert_eq!(read(text), None, "{text:?}");
        }
    }

    /// Tkr is rounded half away from zero.
    #[test]
    fn tkr_is_rounded_half_away_from_zero() {
        let tkr = |kronor| Belopp::from_kronor(kronor).tkr();
        assert_eq!([tkr(499), tkr(500), tkr(-499), tkr(-500), tkr(1_499)], [0, 1, 0, -1, 1]);
        assert_eq!(Belopp::from_ore(49_999).tkr(), 0);
        assert_eq!(Belopp::from_ore(-50).kronor(), -1);
        assert_eq!(Belopp::from_ore(i64::MAX).tkr(), 92_233_720_368_548);
        assert_eq!((-Belopp::from_ore(i64::MIN)).ore(), i64::MAX);
    }
}
