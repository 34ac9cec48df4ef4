//! Figures of public support that is reckoned to fall away.

use super::fakta::enrolment_fact;
use super::spann::with_months;
use crate::calc::figure::FactRef;
use crate::calc::forsorjning::{self, Antagande, Efter, Tal, Till};
use crate::calc::grupp::Grupp;
use crate::calc::kontekst::Rakning;
use crate::calc::matt::Matt;
use crate::calc::pengar::{self, Post, Span};
use crate::deltagande::Forsorjning;
use samsyn_document::{Unit, Value, format, kvot::round_half_up};

/// What is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Vad {
    /// A number of people.
    Antal(Tal),
    /// What falls away in a full year.
    Minskning(Antagande),
    /// In how many months what falls away is as much as the insatser have cost.
    Aterbetalning(Antagande),
}

/// Missing where counts by month leave people unknown, withheld where small counts are.
pub(super) fn value(rakning: &Rakning<'_>, grupp: Grupp, vad: Vad) -> Value {
    if rakning.is_unknown(grupp, Matt::TillArbeteStudier) {
        return Value::Missing;
    }
    if rakning.smatal().is_some() {
        return Value::Withheld;
    }
    let amount = |antagande| forsorjning::minskning(rakning, grupp, antagande);
    match vad {
        Vad::Antal(tal) => Value::Antal(forsorjning::antal(rakning, grupp, tal)),
        Vad::Minskning(antagande) => {
            amount(antagande).map_or(Value::Missing, |amount| Value::Belopp(amount, Unit::Tkr))
        }
        Vad::Aterbetalning(antagande) => {
            let cost = pengar::of_group(rakning, grupp, Post::Utfall, Span::Ackumulerat).ore();
            match amount(antagande).map(samsyn_document::Belopp::ore) {
                Some(saved) if saved > 0 && cost > 0 => {
                    Value::Antal(round_half_up(i128::from(cost) * 12, i128::from(saved)))
                }
                _ => Value::Missing,
            }
        }
    }
}

pub(super) fn rule(rakning: &Rakning<'_>, grupp: Grupp, vad: Vad) -> String {
    let who = format!(
        "Avslutade från {} till {} till arbete eller studier, var och en räknad en gång, i {}, utan anonyma",
        format::long_date(rakning.period.year_start()),
        format::long_date(rakning.period.last()),
        grupp.words(rakning)
    );
    let how = |antagande| match antagande {
        Antagande::Lagst => "hela schablonen för dem som inte har någon försörjning efter, inget för de andra",
        Antagande::Omfattning => {
            "hela schablonen för dem som inte har någon försörjning efter; annars schablonen × arbetets omfattning; för \
             den som studerar utan att arbeta hela schablonen, men inget om samma försörjning är kvar"
        }
        Antagande::Hogst => "hela schablonen för alla",
    };
    match vad {
        Vad::Antal(Tal::MedForsorjning) => format!("{who}, som hade offentlig försörjning före insatsen."),
        Vad::Antal(Tal::MedSchablon) => format!(
            "{who}, som hade offentlig försörjning före insatsen som det finns en schablon för: kommunen som äger insatsen, \
             året för avslutet och slaget av försörjning."
        ),
        Vad::Antal(Tal::Utan) => format!("{who}, som inte hade offentlig försörjning före insatsen."),
        Vad::Antal(Tal::Okant) => {
            let (a, b) = (rakning.period.year_start(), rakning.period.last());
            let months = with_months(rakning, grupp, Matt::TillArbeteStudier, a, b);
            format!("{who}, där försörjningen före insatsen inte är känd.{months}")
        }
        Vad::Antal(Tal::Fordelade(till, efter)) => {
            let till = match till {
                None => String::new(),
                Some(Till::Arbete(extent)) => format!(", som arbetar {}", extent.text()),
                Some(Till::Studier) => ", som studerar utan att arbeta".to_owned(),
            };
            let efter = match efter {
                None => String::new(),
                Some(Efter::Kand(Forsorjning::Ingen)) => ", utan offentlig försörjning efter".to_owned(),
                Some(Efter::Kand(kind)) => format!(", med {} efter", kind.text().to_lowercase()),
                Some(Efter::Okand) => ", där försörjningen efter inte är känd".to_owned(),
            };
            format!("{who}, som hade offentlig försörjning före insatsen{till}{efter}.")
        }
        Vad::Minskning(antagande) => format!(
            "{who}, som hade offentlig försörjning före insatsen som det finns en schablon för. Ett helt år: {}. En beräkning \
             med antaganden, inte en uppmätt besparing: vad som hänt utan insatsen är inte känt.",
            how(antagande)
        ),
        Vad::Aterbetalning(antagande) => format!(
            "Rekvirerat belopp sedan den 1 januari ÷ minskningen på ett år × 12, i hela månader. Minskningen: {}.",
            how(antagande)
        ),
    }
}

/// The people behind it, one by one; those without a rate are in no amount.
pub(super) fn facts(rakning: &Rakning<'_>, grupp: Grupp, vad: Vad) -> Vec<FactRef> {
    if rakning.smatal().is_some() {
        return Vec::new();
    }
    let underlag = rakning.underlag;
    let tal = if let Vad::Antal(tal) = vad { tal } else { Tal::MedSchablon };
    let own = forsorjning::till_arbete_studier(rakning, grupp).filter(|one| forsorjning::is(underlag, *one, tal));
    own.map(|(at, row)| {
        let fact = enrolment_fact(underlag, at, row);
        let words = |of: Option<Forsorjning>| of.map_or("okänd försörjning", Forsorjning::text).to_lowercase();
        let (before, after) = (words(row.forsorjning_fore), words(underlag.forsorjning_efter(at)));
        let rate = forsorjning::schablon(underlag, row).map_or_else(
            || "ingen schablon".to_owned(),
            |rate| format!("schablon {} kr, {}", format::kronor(rate.belopp_kr), rate.kalla),
        );
        let counted = match vad {
            Vad::Antal(_) => String::new(),
            Vad::Minskning(antagande) | Vad::Aterbetalning(antagande) => {
                format!("; räknas med {} kr", format::kronor(forsorjning::per_ar(underlag, (at, row), antagande)))
            }
        };
        FactRef { text: format!("{}; {before} före, {after} efter; {rate}{counted}", fact.text), ..fact }
    })
    .collect()
}
