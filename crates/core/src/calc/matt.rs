//! The measures of participants. One definition each, as a bit that a deltagande has or has not:
//! used for the count and for the list behind it, so that the two cannot disagree.

use crate::deltagande::{Avslutsorsak, Forsorjning, Forsorjningstid, Omfattning, Utbildning};
use crate::underlag::DeltagandeRad;
use samsyn_document::Datum;
use std::num::NonZeroU8;

/// The measures that one deltagande has: bit [`Matt`] as u8.
pub type Bits = u64;

macro_rules! measures {
    ($($(#[$meta:meta])* $name:ident = $rule:literal,)+) => {
        /// A measure of participants, from *a* (1 January) to *b* (the half-year's end), both included.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum Matt { $($(#[$meta])* #[doc = $rule] $name,)+ }

        impl Matt {
            /// Every measure, in order of bits.
            pub const ALL: &'static [Matt] = &[$(Matt::$name),+];

            /// The rule in words. `{a}` and `{b}` stand for the first and last day.
            pub const fn rule(self) -> &'static str {
                match self { $(Matt::$name => $rule,)+ }
            }
        }
    };
}

measures! {
    Inregistrerade = "Inskrivningar med första dag från och med {a} till och med {b}",
    Avslutade = "Inskrivningar med avslut från och med {a} till och med {b}",
    AvslutadeTotalt = "Inskrivningar med avslut senast {b}, utan undre gräns",
    Pagaende = "Inskrivningar med första dag senast {b} och utan avslut eller med avslut efter {b}",
    Deltagit = "Inskrivningar med första dag senast {b} och utan avslut eller med avslut från och med {a}",
    TillArbeteStudier = "Avslutade från och med {a} till och med {b} som arbetar eller studerar efter avslutet, var och en räknad en gång",
    Bas = "Avslutade från och med {a} till och med {b}, utom de som skrivits ut bara för att insatsen själv avslutats",
    BasTillArbeteStudier = "Avslutade från och med {a} till och med {b} som arbetar eller studerar efter avslutet, utom de som skrivits ut bara för att insatsen själv avslutats",
    BasMedPlan = "Avslutade från och med {a} till och med {b} som har en plan för vidare rehabilitering vid avslutet, utom de som skrivits ut bara för att insatsen själv avslutats",
    BasArbeteStudierEllerSoker = "Avslutade från och med {a} till och med {b} som arbetar, studerar eller aktivt söker arbete efter avslutet, utom de som skrivits ut bara för att insatsen själv avslutats",
    BasOvriga = "Avslutade från och med {a} till och med {b} som varken arbetar, studerar eller aktivt söker arbete efter avslutet, utom de som skrivits ut bara för att insatsen själv avslutats",
    FortsattRehabilitering = "Avslutade från och med {a} till och med {b} med avslutsorsak fortsatt rehabilitering",
    Sjukdom = "Avslutade från och med {a} till och med {b} med avslutsorsak sjukdom",
    SubventioneratArbete = "Avslutade från och med {a} till och med {b} som har ett subventionerat arbete",
    EjSubventioneratArbete = "Avslutade från och med {a} till och med {b} som har ett arbete utan subvention",
    Arbetar25 = "Avslutade från och med {a} till och med {b} som arbetar 25 procent",
    Arbetar50 = "Avslutade från och med {a} till och med {b} som arbetar 50 procent",
    Arbetar75 = "Avslutade från och med {a} till och med {b} som arbetar 75 procent",
    Arbetar80 = "Avslutade från och med {a} till och med {b} som arbetar 80 procent",
    Arbetar100 = "Avslutade från och med {a} till och med {b} som arbetar 100 procent",
    Deltid = "Avslutade från och med {a} till och med {b} som arbetar mindre än 100 procent",
    Arbetar = "Avslutade från och med {a} till och med {b} som arbetar, i någon omfattning",
    Studerar = "Avslutade från och med {a} till och med {b} som studerar",
    Arbetssokande = "Avslutade från och med {a} till och med {b} som aktivt söker arbete",
    Under30 = "Inregistrerade som är yngre än 30 år (inskrivningsåret minus födelseåret)",
    Alder30Till44 = "Inregistrerade som är 30–44 år",
    Alder45Till59 = "Inregistrerade som är 45–59 år",
    Alder60 = "Inregistrerade som är 60 år eller äldre",
    IngenForsorjning = "Inregistrerade utan offentlig försörjning före insatsen",
    ForsorjningOver3Ar = "Inregistrerade som haft offentlig försörjning i mer än tre år",
    Grundskola = "Inregistrerade med grundskola som högsta utbildning",
    Gymnasium = "Inregistrerade med gymnasium som högsta utbildning",
    Eftergymnasial = "Inregistrerade med eftergymnasial utbildning",
    UtbildningOkand = "Inregistrerade vars utbildning saknas eller är okänd",
    DeltagitUnder30 = "De som deltagit och är yngre än 30 år (inskrivningsåret minus födelseåret)",
    DeltagitAlder30Till44 = "De som deltagit och är 30–44 år",
    DeltagitAlder45Till59 = "De som deltagit och är 45–59 år",
    DeltagitAlder60 = "De som deltagit och är 60 år eller äldre",
    DeltagitIngenForsorjning = "De som deltagit och saknade offentlig försörjning före insatsen",
    DeltagitForsorjningOver3Ar = "De som deltagit och haft offentlig försörjning i mer än tre år",
    DeltagitGrundskola = "De som deltagit och har grundskola som högsta utbildning",
    DeltagitGymnasium = "De som deltagit och har gymnasium som högsta utbildning",
    DeltagitEftergymnasial = "De som deltagit och har eftergymnasial utbildning",
    DeltagitUtbildningOkand = "De som deltagit och vars utbildning saknas eller är okänd",
    Anonyma = "Anonyma inskrivningar med första dag från och med {a} till och med {b}",
}

/// How many measures there are.
pub const COUNT: usize = Matt::ALL.len();

impl Matt {
    /// The measure's bit.
    pub const fn bit(self) -> Bits {
        1 << (self as u8)
    }
}

/// The measures that a deltagande has from `a` to `b`, both days included.
///
/// Source: docs/regler.md, *Counting participants*.
#[inline]
pub fn bits(d: &DeltagandeRad, a: Datum, b: Datum) -> Bits {
    let mut bits = 0;
    if d.inskriven > b {
        return bits;
    }
    if d.anonym {
        return if d.inskriven >= a { Matt::Anonyma.bit() } else { 0 };
    }
    let exited = d.utskriven.filter(|&day| day <= b);
    if exited.is_some() {
        bits |= Matt::AvslutadeTotalt.bit();
    } else {
        bits |= Matt::Pagaende.bit();
    }
    if exited.is_some_and(|day| day < a) {
        return bits;
    }
    let group = group_bits(d);
    bits |= Matt::Deltagit.bit() | group << (Matt::DeltagitUnder30 as u8);
    if d.inskriven >= a {
        bits |= Matt::Inregistrerade.bit() | group << (Matt::Under30 as u8);
    }
    if exited.is_some() {
        bits |= exit_bits(d);
    }
    bits
}

/// What is known of an exit between a and b.
fn exit_bits(d: &DeltagandeRad) -> Bits {
    let when = |holds: bool, matt: Matt| if holds { matt.bit() } else { 0 };
    let works = d.omfattning.is_some();
    let arrived = works || d.studerar;
    let mut bits = Matt::Avslutade.bit()
        | when(arrived, Matt::TillArbeteStudier)
        | when(d.studerar, Matt::Studerar)
        | when(d.soker, Matt::Arbetssokande)
        | when(d.avslutsorsak == Some(Avslutsorsak::FortsattRehabilitering), Matt::FortsattRehabilitering)
        | when(d.avslutsorsak == Some(Avslutsorsak::Sjukdom), Matt::Sjukdom);
    if let Some(extent) = d.omfattning {
        bits |= Matt::Arbetar.bit()
            | 1 << (Matt::Arbetar25 as u8 + extent as u8)
            | when(extent != Omfattning::P100, Matt::Deltid)
            | when(d.subventionerat == Some(true), Matt::SubventioneratArbete)
            | when(d.subventionerat == Some(false), Matt::EjSubventioneratArbete);
    }
    if d.avslutsorsak != Some(Avslutsorsak::InsatsenAvslutad) {
        bits |= Matt::Bas.bit()
            | when(arrived, Matt::BasTillArbeteStudier)
            | when(d.plan, Matt::BasMedPlan)
            | when(arrived || d.soker, Matt::BasArbeteStudierEllerSoker)
            | when(!(arrived || d.soker), Matt::BasOvriga);
    }
    bits
}

/// The target group, as bits from [`Matt::Under30`] counted from nought.
fn group_bits(d: &DeltagandeRad) -> Bits {
    // Without branches: the processor cannot guess the next one's age.
    let age = d.alder.map_or(0, NonZeroU8::get);
    let step = u8::from(age >= 30) + u8::from(age >= 45) + u8::from(age >= 60);
    let age = Bits::from(age > 0) << step;
    let support = Bits::from(d.forsorjning_fore == Some(Forsorjning::Ingen)) << 4
        | Bits::from(d.forsorjningstid_fore == Some(Forsorjningstid::OverTreAr)) << 5;
    let education = 1 << (6 + d.utbildning.unwrap_or(Utbildning::SaknasEllerOkand) as u8);
    age | support | education
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bits are laid out so that the target group of those enrolled and of those who took part, and
    /// the extents of work, can be shifted into place.
    #[test]
    fn measures_stand_in_the_order_that_bits_rely_on() {
        const { assert!(COUNT <= 64) };
        assert_eq!(Matt::UtbildningOkand as u8 - Matt::Under30 as u8, 9);
        assert_eq!(Matt::DeltagitUtbildningOkand as u8 - Matt::DeltagitUnder30 as u8, 9);
        assert_eq!(Matt::Arbetar100 as u8 - Matt::Arbetar25 as u8, Omfattning::P100 as u8);
        assert_eq!(Matt::UtbildningOkand as u8 - Matt::Grundskola as u8, Utbildning::SaknasEllerOkand as u8);
    }
}
