//! What a written number says: how many, how many percent, or how much money, and how exactly.

use super::ord::{Ordning, Slag};
use samsyn_document::kvot::round_half_up;
use samsyn_document::{Unit, Value};
use std::ops::Range;

/// What a number says, in its unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mangd {
    /// How many.
    Antal(i64),
    /// Percent, with its decimals taken as digits: 61,3 is 613 with one decimal.
    Procent { tal: i64, decimaler: u8 },
    /// Öre, and the step in öre that it is rounded to.
    Belopp { ore: i64, steg: i64 },
}

/// A number as it is written.
#[derive(Clone, Debug)]
pub(super) struct Skrivet {
    /// Its pieces, the unit too.
    pub bitar: Range<usize>,
    pub mangd: Mangd,
    /// Whether it is written in letters.
    pub bokstaver: bool,
}

const BOKSTAVER: [&str; 20] = [
    "noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv", "tretton",
    "fjorton", "femton", "sexton", "sjutton", "arton", "nitton",
];

/// A number in letters up to nineteen, and tjugo; `ett` and `ingen` too.
fn bokstaver(word: &str) -> Option<i64> {
    match word {
        "ett" => Some(1),
        "ingen" | "inga" => Some(0),
        "tjugo" => Some(20),
        _ => BOKSTAVER.iter().position(|known| *known == word).map(|at| at as i64),
    }
}

/// The number that begins with this piece.
pub(super) fn las(text: &Ordning, bit: usize) -> Option<Skrivet> {
    let (tal, decimaler, in_letters) = match text.bitar.get(bit)?.slag {
        Slag::Tal { tal, decimaler } => (tal, decimaler, false),
        Slag::Ord if !bound(text, bit) => (bokstaver(text.ord(bit))?, 0, true),
        _ => return None,
    };
    let (mangd, units) = match (text.ord(bit + 1), text.ord(bit + 2)) {
        ("%" | "procent", _) => (Mangd::Procent { tal, decimaler }, 1),
        ("kr" | "kronor" | "sek", _) => (belopp(tal, decimaler, 100)?, 1),
        ("tusen", "kr" | "kronor") => (belopp(tal, decimaler, 100_000)?, 2),
        ("tkr" | "tsek", _) => (belopp(tal, decimaler, 100_000)?, 1),
        ("mkr" | "mnkr" | "msek", _) => (belopp(tal, decimaler, 100_000_000)?, 1),
        ("miljon" | "miljoner", "kr" | "kronor") => (belopp(tal, decimaler, 100_000_000)?, 2),
        ("miljon" | "miljoner" | "tusen" | "procentenheter" | "procentenhet", _) => return None,
        _ if decimaler > 0 => return None,
        _ => (Mangd::Antal(tal), 0),
    };
    Some(Skrivet { bitar: bit..bit + 1 + units, mangd, bokstaver: in_letters })
}

/// Whether a word is a part of a longer one, as in `sex-sju`.
fn bound(text: &Ordning, bit: usize) -> bool {
    let plats = &text.bitar[bit].plats;
    let joins = |c: Option<char>| matches!(c, Some('-' | '–'));
    joins(text.gemen[..plats.start].chars().next_back()) || joins(text.gemen[plats.end..].chars().next())
}

/// An amount in units of so many öre. The last decimal tells the step, and so do noughts: two or more of them at the
/// end of an amount without decimals.
fn belopp(tal: i64, decimaler: u8, unit: i64) -> Option<Mangd> {
    let part = 10_i64.pow(u32::from(decimaler));
    let mut steg = unit / part;
    if decimaler == 0 && tal > 0 && tal % 100 == 0 {
        let mut rest = tal;
        while rest % 10 == 0 {
            (rest, steg) = (rest / 10, steg.saturating_mul(10));
        }
    }
    Some(Mangd::Belopp { ore: tal.checked_mul(unit)? / part, steg })
}

impl Mangd {
    /// Whether the figure is what is written, as exactly as it is written.
    pub fn ar(self, value: &Value) -> bool {
        match (self, value) {
            (Mangd::Antal(written), Value::Antal(count)) => written == *count,
            (Mangd::Procent { tal, decimaler }, Value::Andel(ratio)) => {
                let scale = i128::from(10_i64.pow(u32::from(decimaler)));
                round_half_up(i128::from(ratio.part()) * 100 * scale, i128::from(ratio.base())) == tal
            }
            (Mangd::Belopp { ore, steg }, Value::Belopp(amount, unit)) => {
                let shown = match unit {
                    Unit::Tkr => amount.tkr().saturating_mul(100_000),
                    Unit::Kronor => amount.kronor().saturating_mul(100),
                };
                [amount.ore(), shown].iter().any(|&figure| figure.abs_diff(ore) <= steg.unsigned_abs() / 2)
            }
            _ => false,
        }
    }

    /// How far the figure is from what is written, in thousandths of the figure, of percent in tenths of a percent;
    /// `None` for another kind of figure.
    pub fn avstand(self, value: &Value) -> Option<u64> {
        let share = |written: i64, figure: i64| {
            let apart = u128::from(written.abs_diff(figure)) * 1000 / u128::from(figure.unsigned_abs().max(1));
            u64::try_from(apart).unwrap_or(u64::MAX)
        };
        match (self, value) {
            (Mangd::Antal(written), Value::Antal(count)) => Some(share(written, *count)),
            (Mangd::Procent { tal, decimaler }, Value::Andel(ratio)) => {
                let whole = tal / 10_i64.pow(u32::from(decimaler));
                Some(whole.abs_diff(ratio.percent()).saturating_mul(10))
            }
            (Mangd::Belopp { ore, .. }, Value::Belopp(amount, _)) => Some(share(ore, amount.ore())),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use samsyn_document::{Belopp, Kvot};

    fn mangd(text: &str) -> Option<Mangd> {
        las(&Ordning::new(text), 0).map(|skrivet| skrivet.mangd)
    }

    #[test]
    fn numbers_are_read_with_their_units() {
        for (text, antal) in [("278", 278), ("1 278", 1278), ("1\u{a0}278", 1278), ("1\u{202f}278 st", 1278)] {
            assert_eq!(mangd(text), Some(Mangd::Antal(antal)), "{text}");
        }
        for (text, antal) in [("sju", 7), ("Tolv", 12), ("ett", 1), ("Ingen", 0), ("nitton", 19), ("tjugo", 20)] {
            assert_eq!(mangd(text), Some(Mangd::Antal(antal)), "{text}");
        }
        for text in ["61 procent", "61%", "61 %", "61\u{a0}%"] {
            assert_eq!(mangd(text), Some(Mangd::Procent { tal: 61, decimaler: 0 }), "{text}");
        }
        assert_eq!(mangd("61,3 %"), Some(Mangd::Procent { tal: 613, decimaler: 1 }));
        for (text, ore, steg) in [
            ("3 257 tkr", 325_700_000, 100_000),
            ("3 200 tkr", 320_000_000, 10_000_000),
            ("3,2 miljoner kronor", 320_000_000, 10_000_000),
            ("3 250 000 kronor", 325_000_000, 1_000_000),
            ("3 257 141 kr", 325_714_100, 100),
            ("3 mkr", 300_000_000, 100_000_000),
        ] {
            assert_eq!(mangd(text), Some(Mangd::Belopp { ore, steg }), "{text}");
        }
    }

    #[test]
    fn what_only_looks_like_a_number_is_none() {
        for text in [
            "2022-08-30",
            "16–64",
            "1/9",
            "018-12",
            "0701",
            "2.0",
            "12.30",
            "25-årig",
            "sex-sju",
            "2022-K1",
            "12,",
            "4,5",
            "2 procentenheter",
            "123456789012345678",
        ] {
            assert!(matches!(mangd(text), None | Some(Mangd::Antal(12))), "{text}: {:?}", mangd(text));
        }
    }

    /// A rounded figure is right if the figure rounds to it.
    #[test]
    fn a_rounded_figure_is_right() {
        let figure = Value::Belopp(Belopp::from_kronor(3_249_600), Unit::Tkr);
        for right in ["3 250 tkr", "3,2 miljoner kronor", "3,25 mkr", "3 mkr", "3 249 600 kr", "3 250 000 kronor"] {
            assert!(mangd(right).unwrap().ar(&figure), "{right}");
        }
        for wrong in ["3 249 tkr", "3,1 miljoner kronor", "4 mkr", "3 249 000 kr", "325 tkr"] {
            assert!(!mangd(wrong).unwrap().ar(&figure), "{wrong}");
        }
        let share = Value::Andel(Kvot::new(613, 1000).unwrap());
        assert!(mangd("61 %").unwrap().ar(&share) && mangd("61,3 procent").unwrap().ar(&share));
        assert!(!mangd("62 %").unwrap().ar(&share) && !mangd("61,2 %").unwrap().ar(&share));
    }
}
