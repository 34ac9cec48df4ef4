//! Amounts that are made of others: sums and differences, in thousands of kronor, with the opposite sign.

use super::{Source, fakta};
use crate::calc::figure::FactGroup;
use crate::calc::kontekst::Rakning;
use samsyn_document::{Belopp, Unit, Value};

/// What an amount is as it is shown in its unit.
fn shown(amount: Belopp, unit: Unit) -> Belopp {
    match unit {
        Unit::Kronor => Belopp::from_kronor(amount.kronor()),
        Unit::Tkr => Belopp::from_kronor(amount.tkr().saturating_mul(1000)),
    }
}

/// The sum of what is not missing. Amounts in thousands are summed as they are: a sum is rounded from kronor.
pub(super) fn sum(parts: &[Source], rakning: &Rakning<'_>) -> Value {
    let mut total: Option<(Belopp, Unit)> = None;
    for part in parts {
        if let Value::Belopp(amount, unit) = part.value(rakning) {
            total = Some((total.map_or(Belopp::NOLL, |(sum, _)| sum) + amount, unit));
        }
    }
    total.map_or(Value::Missing, |(sum, unit)| Value::Belopp(sum, unit))
}

/// A printed difference is that of the two figures shown.
pub(super) fn difference(one: &Source, other: &Source, rakning: &Rakning<'_>) -> Value {
    match (one.value(rakning), other.value(rakning)) {
        (Value::Belopp(one, unit), Value::Belopp(other, _)) => {
            Value::Belopp(shown(one, unit) - shown(other, unit), unit)
        }
        _ => Value::Missing,
    }
}

/// How many shares are over so many percent; those without a base are not counted, and without a bound all others are.
pub(super) fn over(shares: &[Source], percent: Option<i64>, rakning: &Rakning<'_>) -> Value {
    let over = |share: &&Source| match share.value(rakning) {
        Value::Andel(share) => percent
            .is_none_or(|percent| i128::from(share.part()) * 100 > i128::from(share.base()) * i128::from(percent)),
        _ => false,
    };
    Value::Antal(shares.iter().filter(over).count() as i64)
}

/// An amount shown in thousands of kronor.
pub(super) fn tkr(of: &Source, rakning: &Rakning<'_>) -> Value {
    match of.value(rakning) {
        Value::Belopp(amount, _) => Value::Belopp(amount, Unit::Tkr),
        other => other,
    }
}

/// An amount with the opposite sign, in its own unit.
pub(super) fn turned(of: &Source, rakning: &Rakning<'_>) -> Value {
    match of.value(rakning) {
        Value::Belopp(amount, unit) => Value::Belopp(-amount, unit),
        other => other,
    }
}

/// The facts of every part that has any, each part under what it is and with what it comes to.
pub(super) fn facts(source: &Source, rakning: &Rakning<'_>) -> Vec<FactGroup> {
    match source {
        Source::Summa(parts) | Source::Over(parts, _) => {
            parts.iter().flat_map(|part| fakta::groups(part, rakning)).collect()
        }
        Source::Skillnad(one, other) => {
            let less = fakta::groups(other, rakning).into_iter();
            let less =
                less.map(|group| FactGroup { heading: format!("Minus: {}", group.heading.to_lowercase()), ..group });
            fakta::groups(one, rakning).into_iter().chain(less).collect()
        }
        _ => Vec::new(),
    }
}
