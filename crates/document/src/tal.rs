//! A decimal number as it was reported, with as many decimals as it was given.

use serde::{Deserialize, Serialize};
use std::fmt;

/// `mantissa / 10^decimals`: 412 and 1 is 41,2. Never rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Tal {
    mantissa: i64,
    decimals: u8,
}

impl Tal {
    /// The number; `None` with more than 18 decimals.
    pub fn new(mantissa: i64, decimals: u8) -> Option<Tal> {
        (decimals <= 18).then_some(Tal { mantissa, decimals })
    }

    /// The number, when it has no decimals.
    pub fn whole(self) -> Option<i64> {
        (self.decimals == 0).then_some(self.mantissa)
    }

    /// The whole part, its sign apart, and the decimals' digits.
    pub fn parts(self) -> (bool, u64, String) {
        let unit = 10_u64.pow(u32::from(self.decimals));
        let size = self.mantissa.unsigned_abs();
        let digits = match self.decimals {
            0 => String::new(),
            width => format!("{:0width$}", size % unit, width = usize::from(width)),
        };
        (self.mantissa < 0, size / unit, digits)
    }
}

/// Plain digits with a point: `-41.2`.
impl fmt::Display for Tal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (negative, whole, digits) = self.parts();
        let point = if digits.is_empty() { "" } else { "." };
        write!(f, "{}{whole}{point}{digits}", if negative { "-" } else { "" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_keeps_its_decimals() {
        let text = |mantissa, decimals| Tal::new(mantissa, decimals).map(|tal| tal.to_string());
        assert_eq!(text(412, 1).as_deref(), Some("41.2"));
        assert_eq!(text(-5, 2).as_deref(), Some("-0.05"));
        assert_eq!(text(90, 0).as_deref(), Some("90"));
        assert_eq!(text(1, 19), None);
    }
}
