//! Amounts and shares in a text on the economy, held against every figure of its report: one that no figure bears is
//! pointed out. What an amount is about is not asked; a report has hundreds, and a slip is seldom one of the others.

use super::Anmarkning;
use super::ord::Ordning;
use super::tal::{Mangd, las};
use samsyn_document::Value;

/// The amounts and whole percents of a text that no value is, as it is rounded in the text. The sign is not minded: a text
/// says a deficit of so much.
pub fn obelagda(text: &str, varden: &[&Value]) -> Vec<Anmarkning> {
    let cut = Ordning::new(text);
    let mut found: Vec<Anmarkning> = Vec::new();
    for bit in 0..cut.bitar.len() {
        let Some(skrivet) = las(&cut, bit) else { continue };
        let borne = match skrivet.mangd {
            Mangd::Belopp { ore, steg } => varden.iter().any(|value| is_amount(value, ore, steg)),
            Mangd::Procent { tal, decimaler: 0 } => varden.iter().any(|value| is_share(value, tal)),
            Mangd::Procent { .. } | Mangd::Antal(_) => true,
        };
        if borne {
            continue;
        }
        let plats = cut.bitar[skrivet.bitar.start].plats.start..cut.bitar[skrivet.bitar.end - 1].plats.end;
        let what = if matches!(skrivet.mangd, Mangd::Procent { .. }) { "Ingen andel" } else { "Inget belopp" };
        let words = text[plats.clone()].to_owned();
        let varfor = format!("{what} i rapporten är {words}.");
        found.push(Anmarkning { plats, skrivet: words, varfor, ratt: None });
    }
    found
}

fn is_amount(value: &Value, ore: i64, steg: i64) -> bool {
    let Value::Belopp(amount, _) = value else { return false };
    let (size, step) = (i128::from(amount.ore().unsigned_abs()), i128::from(steg.max(1)));
    (2 * size + step) / (2 * step) * step == i128::from(ore.unsigned_abs())
}

fn is_share(value: &Value, percent: i64) -> bool {
    matches!(value, Value::Andel(share) if share.percent() == percent)
}

#[cfg(test)]
mod tests {
    use super::*;
    use samsyn_document::{Belopp, Kvot, Unit};

    /// A text that states a figure which the tables do not bear is pointed out.
    #[test]
    fn an_amount_that_no_figure_is_is_pointed_out() {
        let values = [
            Value::Belopp(Belopp::from_ore(67_228_860), Unit::Kronor),
            Value::Belopp(Belopp::from_kronor(-3_161_000), Unit::Tkr),
            Kvot::new(83, 100).map_or(Value::Missing, Value::Andel),
        ];
        let values: Vec<&Value> = values.iter().collect();
        let told = |text: &str| obelagda(text, &values).into_iter().map(|remark| remark.skrivet).collect::<Vec<_>>();
        for borne in [
            "Överskottet är 672 tkr.",
            "Resultatet är 672 289 kronor.",
            "Ett underskott på 3 161 tkr, 3,2 miljoner kronor.",
            "Förbrukningskvoten är 83 procent.",
            "Sex anställda och 12 insatser 2022.",
        ] {
            assert!(told(borne).is_empty(), "{borne}: {:?}", told(borne));
        }
        assert_eq!(told("Överskottet är 671 tkr och kvoten 82 %."), ["671 tkr", "82 %"]);
        assert_eq!(obelagda("671 tkr", &values)[0].varfor, "Inget belopp i rapporten är 671 tkr.");
    }
}
