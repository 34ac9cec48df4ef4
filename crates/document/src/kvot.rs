//! An exact ratio of two whole numbers, kept unrounded until it is written.

use serde::{Deserialize, Serialize};

/// `part / base`, exact. Cannot exist with an empty base: then the value is missing, never 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Kvot {
    part: i64,
    base: i64,
}

impl Kvot {
    /// `part / base`; `None` when the base is nought or negative.
    pub const fn new(part: i64, base: i64) -> Option<Kvot> {
        if base > 0 { Some(Kvot { part, base }) } else { None }
    }

    /// What is divided.
    pub const fn part(self) -> i64 {
        self.part
    }

    /// What the ratio divides by; above zero.
    pub const fn base(self) -> i64 {
        self.base
    }

    /// Which of two exact ratios is the larger.
    pub fn compare(self, other: Kvot) -> std::cmp::Ordering {
        let across = |a: Kvot, b: Kvot| i128::from(a.part) * i128::from(b.base);
        across(self, other).cmp(&across(other, self))
    }

    /// Whole percent, rounded half up from the exact ratio.
    pub fn percent(self) -> i64 {
        round_half_up(i128::from(self.part) * 100, i128::from(self.base))
    }
}

/// `part / base` as a whole number, half up (towards plus infinity). `base` must be above zero.
pub fn round_half_up(part: i128, base: i128) -> i64 {
    let rounded = (2 * part + base).div_euclid(2 * base);
    rounded.clamp(i128::from(i64::MIN), i128::from(i64::MAX)) as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Shares and förbrukningskvot are whole percent, rounded half up from the exact ratio.
    #[test]
    fn percent_is_rounded_half_up() {
        let percent = |part, base| Kvot::new(part, base).map(Kvot::percent);
        assert_eq!(percent(1, 8), Some(13)); // 12.5
        assert_eq!(percent(1, 200), Some(1)); // 0.5
        assert_eq!(percent(249, 20_000), Some(1)); // 1.245
        assert_eq!(percent(3, 10), Some(30));
        assert_eq!(percent(106, 100), Some(106));
        // 486,4 and 561,6 tkr print as 486 and 562 and give 87 %.
        assert_eq!(percent(486_400, 561_600), Some(87));
    }

    /// An empty base gives a missing value, never 0.
    #[test]
    fn an_empty_base_gives_nothing() {
        assert_eq!(Kvot::new(0, 0), None);
        assert_eq!(Kvot::new(5, 0), None);
    }
}
