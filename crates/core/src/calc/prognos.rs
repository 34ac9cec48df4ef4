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
    /// Nothing of the insats itself is known either: the share that all insatser have used so far this year.
    AllasHittills,
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

/// The largest forecast of what remains, in öre: that of a hundred insatser can be summed.
const LARGEST: i128 = 10_i128.pow(16);

/// `amount × used ÷ of` in öre, rounded half away from zero.
fn share(amount: Belopp, used: Belopp, of: Belopp) -> i64 {
    let exact = i128::from(amount.ore()) * i128::from(used.ore());
    let of = i128::from(of.ore()).max(1);
    let half = if exact < 0 { -of / 2 } else { of / 2 };
    // A share far above one of a very large amount is as much as can be written.
    ((exact + half) / of).clamp(-LARGEST, LARGEST) as i64
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

    /// The quarters of earlier years with these numbers that have a budget and a known claim.
    fn earlier<'u>(self, insatser: &[&'u InsatsUnderlag], quarters: &[u8]) -> Vec<(&'u InsatsUnderlag, Kvartal)> {
        let known = |insats: &InsatsUnderlag, quarter: Kvartal| {
            let wanted = quarter.year() < self.ar && quarters.contains(&quarter.number());
            wanted && insats.rekvisitioner.iter().any(|row| row.kvartal == quarter)
        };
        let of = |insats: &'u InsatsUnderlag| insats.budget.iter().map(move |row| (insats, row.kvartal));
        insatser.iter().flat_map(|&insats| of(insats)).filter(|(insats, quarter)| known(insats, *quarter)).collect()
    }

    /// The quarters of the year that have a known claim.
    fn so_far<'u>(self, insatser: &[&'u InsatsUnderlag]) -> Vec<(&'u InsatsUnderlag, Kvartal)> {
        let of = |insats: &'u InsatsUnderlag| {
            let rows = insats.rekvisitioner.iter().map(|row| row.kvartal);
            rows.filter(|quarter| quarter.year() == self.ar && self.has(*quarter)).map(move |quarter| (insats, quarter))
        };
        insatser.iter().flat_map(|&insats| of(insats)).collect()
    }

    /// What was used in these quarters, and their budgets.
    fn used(self, quarters: &[(&InsatsUnderlag, Kvartal)]) -> (Belopp, Belopp) {
        let budget = |insats: &InsatsUnderlag, quarter: Kvartal| -> Belopp {
            insats.budget.iter().filter(|row| row.kvartal == quarter).map(|row| row.belopp_kr).sum()
        };
        let used = quarters.iter().map(|(insats, quarter)| self.claimed(insats, &|other| other == *quarter)).sum();
        (used, quarters.iter().map(|(insats, quarter)| budget(insats, *quarter)).sum())
    }

    /// What can tell how much of the quarters that are left will be used, the best first.
    fn ways<'u>(self, underlag: &'u Underlag, one: &'u InsatsUnderlag, left: &[u8]) -> [Vag<'u>; 4] {
        let all: Vec<&InsatsUnderlag> = underlag.insatser.iter().collect();
        [
            (Grund::Egna, self.earlier(&[one], left)),
            (Grund::Allas, self.earlier(&all, left)),
            (Grund::Hittills, self.so_far(&[one])),
            (Grund::AllasHittills, self.so_far(&all)),
        ]
    }
}

/// What a share can rest on: the quarters whose claims and budgets make it.
type Vag<'u> = (Grund, Vec<(&'u InsatsUnderlag, Kvartal)>);

/// The quarters whose claims and budgets make the share that an insats's forecast uses; none when it uses none.
pub fn andelens_kvartal(underlag: &Underlag, insats: InsatsNr, ar: u16) -> Vec<(&InsatsUnderlag, Kvartal)> {
    let sett = Sett { ar, till: 4 };
    let one = &underlag.insatser[insats];
    let Some(Prognos { grund, andel: Some(_), .. }) = prognos(underlag, insats, ar) else { return Vec::new() };
    let ways = sett.ways(underlag, one, &sett.left(one)).into_iter();
    ways.filter(|(way, _)| *way == grund).flat_map(|(_, quarters)| quarters).collect()
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
    let ways = sett.ways(underlag, one, &left).into_iter().map(|(grund, quarters)| (grund, sett.used(&quarters)));
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
