//! What a year's outcome will be: what has been claimed so far, and of the budget that remains as much as was used of it
//! in the same quarters of earlier years.

use crate::underlag::{InsatsNr, InsatsUnderlag, Underlag};
use samsyn_document::{Belopp, Kvartal};

/// What the forecast of the rest of the year rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grund {
    /// Nothing is left of the budget: the forecast is the outcome.
    Klart,
    /// The insats's own earlier years.
    Egna,
    /// All insatser's earlier years.
    Allas,
    /// No earlier year is known: the share of the budget that the insats has used so far this year.
    Hittills,
}

/// A forecast of one insats's year, in öre.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Prognos {
    /// What has been claimed of the year.
    pub utfall: Belopp,
    /// The budget of the quarters that no claim is known for.
    pub aterstar: Belopp,
    /// What was used of such budgets, and those budgets; `None` when nothing is left.
    pub andel: Option<(Belopp, Belopp)>,
    /// What it rests on.
    pub grund: Grund,
}

impl Prognos {
    /// The forecast, not rounded: outcome + what remains × the share used.
    pub fn varde(&self) -> Belopp {
        let rest = self.andel.map_or(0, |(used, of)| share(self.aterstar, used, of));
        self.utfall + Belopp::from_ore(rest)
    }
}

/// `amount × used ÷ of` in öre, rounded half away from zero.
fn share(amount: Belopp, used: Belopp, of: Belopp) -> i64 {
    let exact = i128::from(amount.ore()) * i128::from(used.ore());
    let of = i128::from(of.ore()).max(1);
    let half = if exact < 0 { -of / 2 } else { of / 2 };
    ((exact + half) / of) as i64
}

/// Which claims are looked at: those of the year up to a quarter's number, and those of earlier years.
#[derive(Clone, Copy, Debug)]
struct Sett {
    ar: u16,
    till: u8,
}

impl Sett {
    fn has(self, quarter: Kvartal) -> bool {
        quarter.year() < self.ar || (quarter.year() == self.ar && quarter.number() <= self.till)
    }

    fn claimed(self, insats: &InsatsUnderlag, wanted: &dyn Fn(Kvartal) -> bool) -> Belopp {
        let rows = insats.rekvisitioner.iter().filter(|row| self.has(row.kvartal) && wanted(row.kvartal));
        rows.map(|row| row.belopp_kr).sum()
    }

    /// The quarters of the year that no claim is known for.
    fn left(self, insats: &InsatsUnderlag) -> Vec<u8> {
        let known = |number: u8| {
            let own = |row: &crate::rekvisition::Rekvisition| {
                row.kvartal.year() == self.ar && row.kvartal.number() == number && self.has(row.kvartal)
            };
            insats.rekvisitioner.iter().any(own)
        };
        (1..=4).filter(|number| !known(*number)).collect()
    }

    /// What was used in these quarters of earlier years, and the budgets of those for which a claim is known.
    fn used(self, insatser: &[&InsatsUnderlag], quarters: &[u8]) -> (Belopp, Belopp) {
        let mut sum = (Belopp::NOLL, Belopp::NOLL);
        for insats in insatser {
            for budget in &insats.budget {
                let quarter = budget.kvartal;
                let earlier = quarter.year() < self.ar && quarters.contains(&quarter.number());
                if earlier && insats.rekvisitioner.iter().any(|row| row.kvartal == quarter) {
                    sum.0 += self.claimed(insats, &|other| other == quarter);
                    sum.1 += budget.belopp_kr;
                }
            }
        }
        sum
    }
}

/// The forecast of an insats's year; `None` when it has no budget and no claim, or nothing tells how much will be used.
pub fn prognos(underlag: &Underlag, insats: InsatsNr, ar: u16) -> Option<Prognos> {
    of(underlag, insats, Sett { ar, till: 4 })
}

fn of(underlag: &Underlag, insats: InsatsNr, sett: Sett) -> Option<Prognos> {
    let one = &underlag.insatser[insats];
    let in_year = |quarter: Kvartal| quarter.year() == sett.ar;
    let claims = one.rekvisitioner.iter().any(|row| in_year(row.kvartal) && sett.has(row.kvartal));
    if !claims && !one.budget.iter().any(|row| in_year(row.kvartal)) {
        return None;
    }
    let utfall = sett.claimed(one, &in_year);
    let left = sett.left(one);
    let budget = |wanted: &dyn Fn(u8) -> bool| -> Belopp {
        let rows = one.budget.iter().filter(|row| in_year(row.kvartal) && wanted(row.kvartal.number()));
        rows.map(|row| row.belopp_kr).sum()
    };
    let aterstar = budget(&|number| left.contains(&number));
    if aterstar == Belopp::NOLL {
        return Some(Prognos { utfall, aterstar, andel: None, grund: Grund::Klart });
    }
    let all: Vec<&InsatsUnderlag> = underlag.insatser.iter().collect();
    let so_far = (utfall, budget(&|number| !left.contains(&number)));
    let ways =
        [(Grund::Egna, sett.used(&[one], &left)), (Grund::Allas, sett.used(&all, &left)), (Grund::Hittills, so_far)];
    let (grund, andel) = ways.into_iter().find(|(_, (_, of))| of.ore() > 0)?;
    Some(Prognos { utfall, aterstar, andel: Some(andel), grund })
}

/// A year that is over, as it would have been forecast after the same quarter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Provning {
    /// The year.
    pub ar: u16,
    /// What would have been forecast.
    pub prognos: Belopp,
    /// What it came to.
    pub utfall: Belopp,
}

impl Provning {
    /// How far off it was, in öre, without sign.
    pub fn fel(&self) -> i64 {
        (self.prognos - self.utfall).ore().abs()
    }
}

/// The number of the last quarter of the year that any of these insatser has a claim for; 0 when none has.
pub fn senaste_kvartal(underlag: &Underlag, insatser: &[InsatsNr], ar: u16) -> u8 {
    let rows = insatser.iter().flat_map(|&insats| &underlag.insatser[insats].rekvisitioner);
    rows.filter(|row| row.kvartal.year() == ar).map(|row| row.kvartal.number()).max().unwrap_or(0)
}

/// Earlier years that are over, forecast after quarter `till` with what was claimed then: those in which an insats of
/// these has a claim for every quarter that it has a budget for, and can be forecast. The earliest first.
pub fn provningar(underlag: &Underlag, insatser: &[InsatsNr], ar: u16, till: u8) -> Vec<Provning> {
    let mut years: Vec<u16> = insatser
        .iter()
        .flat_map(|&insats| &underlag.insatser[insats].budget)
        .map(|row| row.kvartal.year())
        .filter(|year| *year < ar)
        .collect();
    years.sort_unstable();
    years.dedup();
    let tried = |ar: u16| {
        let whole = |insats: &&InsatsNr| is_whole(&underlag.insatser[**insats], ar);
        let each = insatser.iter().filter(whole).filter_map(|&insats| {
            let guess = of(underlag, insats, Sett { ar, till })?.varde();
            let sum: Belopp = claims(&underlag.insatser[insats], ar);
            Some((guess, sum))
        });
        let (guesses, sums): (Vec<Belopp>, Vec<Belopp>) = each.unzip();
        let (prognos, utfall) = (guesses.into_iter().sum(), sums.iter().copied().sum());
        (!sums.is_empty()).then_some(Provning { ar, prognos, utfall })
    };
    years.into_iter().filter_map(tried).collect()
}

fn claims(insats: &InsatsUnderlag, ar: u16) -> Belopp {
    insats.rekvisitioner.iter().filter(|row| row.kvartal.year() == ar).map(|row| row.belopp_kr).sum()
}

/// Whether an insats has a claim for every quarter of the year that it has a budget for, and has any.
fn is_whole(insats: &InsatsUnderlag, ar: u16) -> bool {
    let mut rows =
        insats.budget.iter().filter(|row| row.kvartal.year() == ar && row.belopp_kr != Belopp::NOLL).peekable();
    rows.peek().is_some() && rows.all(|row| insats.rekvisitioner.iter().any(|claim| claim.kvartal == row.kvartal))
}

/// A forecast with the digits that it deserves: rounded to the power of ten that the error reaches, at least to whole
/// tkr. The error is the mean of those of earlier years; where none is known, a tenth of what remains uncertain.
pub fn avrundad(varde: Belopp, provningar: &[Provning], osakert: Belopp) -> Belopp {
    let count = provningar.len() as i64;
    let known = provningar.iter().map(Provning::fel).sum::<i64>().checked_div(count);
    let error = known.unwrap_or(osakert.ore().abs() / 10);
    let mut step = 100_000;
    while step <= error / 10 {
        step *= 10;
    }
    let half = if varde.is_negative() { -step / 2 } else { step / 2 };
    Belopp::from_ore((varde.ore() + half) / step * step)
}
