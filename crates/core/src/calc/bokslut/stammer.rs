//! What must agree before the accounts are printed, told in words: first how accounts, cost centres and projects are mapped,
//! then balance, result, notes, cash flow and opening balances.

mod kopplingar;
mod rakningar;

pub use kopplingar::{dubbla, inte_kopplade, utan_rad};

use crate::calc::kontekst::Rakning;
use crate::calc::tabeller::bokforing::Boksluten;
use samsyn_document::{Belopp, format};

/// Whether something agrees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Utfall {
    /// It does not.
    StammerInte,
    /// It cannot be told, or is for a person to judge.
    ArAttBedoma,
    /// It does.
    Stammer,
}

/// Something that must agree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Avstamning {
    /// Whether it does.
    pub utfall: Utfall,
    /// What is held against what: `Balansräkningen 2022-06-30`.
    pub vad: String,
    /// What was found, in a sentence.
    pub text: String,
}

/// Everything that must agree for the counted half-year's report, what does not first.
pub fn avstamningar(rakning: &Rakning<'_>) -> Vec<Avstamning> {
    let underlag = rakning.underlag;
    let closings = Boksluten::av(rakning.period);
    if underlag.bokforing.per(closings.till).is_none() {
        let text = format!("Bokslutet per {} är inte inläst.", format::long_date(closings.till));
        return vec![Avstamning { utfall: Utfall::StammerInte, vad: "Bokslut".to_owned(), text }];
    }
    let mut all = Vec::new();
    rakningar::tell(rakning, &closings, &mut all);
    kopplingar::tell(underlag, &closings, &mut all);
    all.sort_by_key(|of| of.utfall);
    all
}

fn kr(amount: Belopp) -> String {
    format!("{} kr", format::kronor(amount))
}

/// Tells that something agrees, or in one sentence what does not, and what to do about it.
fn told(all: &mut Vec<Avstamning>, vad: String, wrong: &[String], remedy: &str, well: String) {
    let (utfall, text) = if wrong.is_empty() {
        (Utfall::Stammer, well)
    } else {
        let text = format!("{}. {remedy}", format::capital(&format::list(wrong)));
        (Utfall::StammerInte, text.trim_end().to_owned())
    };
    all.push(Avstamning { utfall, vad, text });
}

/// Tells something that a person has to judge.
fn att_bedoma(all: &mut Vec<Avstamning>, vad: String, text: String) {
    all.push(Avstamning { utfall: Utfall::ArAttBedoma, vad, text });
}
