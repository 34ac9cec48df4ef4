//! Member fees of a year: the sum, the members' shares of it, and what cannot be told.
//!
//! Lag (2003:1210) 5 §: the state pays half, the region and the kommuner a fourth each.

use crate::avgiftsregel::{Avgiftsmetod, Avgiftsregel};
use crate::medlem::MedlemTyp;
use crate::planpost::{Plankategori, Planslag};
use crate::underlag::{Ekonomi, Plan};
use samsyn_document::{Belopp, Datum};
use std::fmt;

/// Who pays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Betalare {
    /// All together.
    Alla,
    /// The state: Försäkringskassan and Arbetsförmedlingen together.
    Staten,
    /// The region.
    Region,
    /// All kommuner together.
    Kommunerna,
    /// A kommun, by its place among the members.
    Kommun(usize),
}

/// What of a payer's fee.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Avgiftsdel {
    /// The year's fee.
    Avgift,
    /// The fee of the year before.
    Fjolar,
    /// The year's fee less that of the year before.
    Andring,
    /// What is invoiced for the first half-year: half the fee, rounded up to whole kronor.
    Halvar1,
    /// What is invoiced for the second half-year: the rest.
    Halvar2,
    /// The population that a kommun's share is counted from.
    Folkmangd,
}

/// Where the sum of a year's fees stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Totalkalla {
    /// Among the fees, by place.
    Avgift(usize),
    /// In a plan: the plan, the post and the column.
    Plan(usize, usize, usize),
}

/// The fees of a year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Avgifter {
    /// The year.
    pub ar: u16,
    /// The sum, in whole kronor.
    pub totalt: i64,
    /// The state's half.
    pub staten: i64,
    /// The region's part.
    pub region: i64,
    /// The kommuner's part.
    pub kommunerna: i64,
    /// The kommuner by their places among the members, with population and fee; or why they cannot be told.
    pub kommuner: Result<Vec<Kommunavgift>, Hinder>,
    /// The rule that the kommuner's shares follow, by its place among the rules; missing when there is none.
    pub regel: Option<usize>,
    /// The day whose population is used; missing when there is none.
    pub folkmangd: Option<Datum>,
    /// Whether the year has no rule of its own, so that the latest population known is used.
    pub preliminar: bool,
}

/// One kommun's fee.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kommunavgift {
    /// Its place among the members.
    pub medlem: usize,
    /// Its population.
    pub folkmangd: u32,
    /// Its fee, in whole kronor.
    pub avgift: i64,
}

/// Why fees cannot be told, in words with what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hinder {
    /// The förbund has no kommun, or no region, or more than one region.
    Medlemmar(&'static str),
    /// No rule for the year or any before it.
    IngenRegel(u16),
    /// These kommuner have no population on the day; with no day, on any.
    UtanFolkmangd(Vec<String>, Option<Datum>),
    /// Nobody lives in any of the kommuner.
    Tomma(Datum),
    /// The rule of this year rounds each share by itself, and does not name a kommun for the difference.
    RestSaknas(u16, Option<String>),
    /// The difference is larger than the own share of the kommun that the rule of this year names.
    RestForStor(u16, String),
    /// The sum is below zero, or is not whole kronor.
    Total(Belopp),
}

impl fmt::Display for Hinder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Hinder::Medlemmar(what) => f.write_str(what),
            Hinder::IngenRegel(year) => write!(
                f,
                "Det finns ingen avgiftsregel för {year} eller tidigare. Lägg till en: metod och vilken dags folkmängd \
                 som gäller."
            ),
            Hinder::UtanFolkmangd(names, day) => {
                let when =
                    day.map_or_else(String::new, |day| format!(" den {}", samsyn_document::format::long_date(day)));
                let names = samsyn_document::format::list(names);
                write!(f, "Folkmängd{when} saknas för {names}. Läs in den från SCB eller skriv in den.")
            }
            Hinder::Tomma(day) => {
                let day = samsyn_document::format::long_date(*day);
                write!(f, "Folkmängden den {day} är noll i alla kommuner. Rätta folkmängden.")
            }
            Hinder::RestSaknas(year, None) => write!(
                f,
                "Regeln för {year} avrundar var för sig men säger inte vilken kommun som tar skillnaden. Ange den i regeln."
            ),
            Hinder::RestSaknas(year, Some(name)) => write!(
                f,
                "Regeln för {year} lägger skillnaden på {name}, som inte är en kommun i förbundet. Rätta regeln."
            ),
            Hinder::RestForStor(year, name) => write!(
                f,
                "Med regeln för {year} blir avgiften för {name} under noll. Totalen är för liten för att avrundas var för sig."
            ),
            Hinder::Total(sum) => write!(
                f,
                "Totalen {} kr kan inte fördelas. Skriv ett belopp i hela kronor, noll eller mer.",
                samsyn_document::format::kronor(*sum)
            ),
        }
    }
}

/// The sum of a year's fees, and where it stands: as decided or proposed; else what the latest plan with a row named
/// Medlemsavgifter budgets for the year. Only plans for meetings in that year or the one before are asked: an older one
/// was a guess. `None` when neither tells.
pub fn totalen(ekonomi: &Ekonomi, ar: u16) -> Option<(Belopp, Totalkalla)> {
    if let Some(at) = ekonomi.medlemsavgifter.iter().position(|fees| fees.ar == ar) {
        return Some((ekonomi.medlemsavgifter[at].totalt_kr, Totalkalla::Avgift(at)));
    }
    let near = |plan: &Plan| plan.datum.is_some_and(|day| [i32::from(ar) - 1, i32::from(ar)].contains(&day.year()));
    let in_plan = |plan: &Plan| {
        let column = plan.kolumner.iter().position(|c| c.ar == ar && c.slag != Some(Planslag::Prognos))?;
        let income = |kategori: Plankategori| kategori.is_income();
        let post = plan.poster.iter().position(|post| income(post.kategori) && post.namn == "Medlemsavgifter")?;
        Some((plan.poster[post].belopp[column]?, post, column))
    };
    let found = ekonomi
        .planer
        .iter()
        .enumerate()
        .rev()
        .filter(|(_, plan)| near(plan))
        .find_map(|(nr, plan)| Some((nr, in_plan(plan)?)));
    found.map(|(nr, (sum, post, column))| (sum, Totalkalla::Plan(nr, post, column)))
}

/// The fees of a year that come to `total` together.
///
/// The state's half is rounded down and the kommuner's fourth too, so that a krona that does not divide goes to the
/// region.
pub fn avgifter(ekonomi: &Ekonomi, ar: u16, total: Belopp) -> Result<Avgifter, Hinder> {
    if total.is_negative() || total.ore() % 100 != 0 {
        return Err(Hinder::Total(total));
    }
    let totalt = total.kronor();
    let staten = totalt / 2;
    let kommunerna = (totalt - staten) / 2;
    let region = totalt - staten - kommunerna;
    let of = |typ| ekonomi.medlemmar.iter().filter(move |medlem| medlem.typ == typ).count();
    match (of(MedlemTyp::Region), of(MedlemTyp::Kommun)) {
        (0, _) => return Err(Hinder::Medlemmar("Förbundet har ingen region bland medlemmarna. Lägg till den.")),
        (1, 0) => return Err(Hinder::Medlemmar("Förbundet har ingen kommun bland medlemmarna. Lägg till kommunerna.")),
        (1, _) => {}
        _ => {
            return Err(Hinder::Medlemmar(
                "Förbundet har flera regioner, och ingen regel säger hur de delar. Ta bort den som inte är medlem.",
            ));
        }
    }
    let own = ekonomi.avgiftsregler.iter().rposition(|rule| rule.ar <= ar);
    let preliminar = own.is_none_or(|at| ekonomi.avgiftsregler[at].ar != ar);
    let (kommuner, folkmangd) = match own {
        None => (Err(Hinder::IngenRegel(ar)), None),
        Some(at) => {
            let rule = &ekonomi.avgiftsregler[at];
            let day = if preliminar { latest_population(ekonomi) } else { Some(rule.folkmangd_datum) };
            (shares(ekonomi, rule, day, kommunerna), day)
        }
    };
    Ok(Avgifter { ar, totalt, staten, region, kommunerna, kommuner, regel: own, folkmangd, preliminar })
}

impl Avgifter {
    /// What a payer pays; `None` where it cannot be told.
    pub fn av(&self, who: Betalare) -> Option<i64> {
        match who {
            Betalare::Alla => Some(self.totalt),
            Betalare::Staten => Some(self.staten),
            Betalare::Region => Some(self.region),
            Betalare::Kommunerna => Some(self.kommunerna),
            Betalare::Kommun(medlem) => self.kommun(medlem).map(|kommun| kommun.avgift),
        }
    }

    /// A kommun's population and fee.
    pub fn kommun(&self, medlem: usize) -> Option<&Kommunavgift> {
        self.kommuner.as_ref().ok()?.iter().find(|kommun| kommun.medlem == medlem)
    }
}

/// A fee's two invoices: half, rounded up to whole kronor, and the rest.
pub fn halvarsbelopp(avgift: i64) -> [i64; 2] {
    let first = avgift - avgift / 2;
    [first, avgift - first]
}

/// The latest day on which every kommun's population is known; else the latest on which any is.
fn latest_population(ekonomi: &Ekonomi) -> Option<Datum> {
    let mut days: Vec<Datum> = ekonomi.folkmangd.iter().map(|row| row.datum).collect();
    days.sort();
    days.dedup();
    let kommuner = || ekonomi.medlemmar.iter().filter(|medlem| medlem.typ == MedlemTyp::Kommun);
    let whole = |day: &&Datum| kommuner().all(|medlem| population(ekonomi, &medlem.medlem, **day).is_some());
    days.iter().rev().find(whole).or(days.last()).copied()
}

/// A kommun's population on a day; `None` when it is not known.
pub(super) fn population(ekonomi: &Ekonomi, kommun: &str, day: Datum) -> Option<u32> {
    ekonomi.folkmangd.iter().find(|row| row.kommun == kommun && row.datum == day).map(|row| row.antal)
}

fn shares(ekonomi: &Ekonomi, rule: &Avgiftsregel, day: Option<Datum>, total: i64) -> Result<Vec<Kommunavgift>, Hinder> {
    let members = ekonomi.medlemmar.iter().enumerate().filter(|(_, medlem)| medlem.typ == MedlemTyp::Kommun);
    let found: Vec<(usize, Option<u32>)> =
        members.map(|(at, medlem)| (at, day.and_then(|day| population(ekonomi, &medlem.medlem, day)))).collect();
    let without: Vec<String> = found
        .iter()
        .filter(|(_, people)| people.is_none())
        .map(|(at, _)| ekonomi.medlemmar[*at].medlem.clone())
        .collect();
    let (Some(day), true) = (day, without.is_empty()) else { return Err(Hinder::UtanFolkmangd(without, day)) };
    let people: Vec<u32> = found.iter().map(|(_, people)| people.unwrap_or(0)).collect();
    if people.iter().all(|people| *people == 0) {
        return Err(Hinder::Tomma(day));
    }
    let fees = match rule.metod {
        Avgiftsmetod::StorstaRest => largest_remainder(&people, total),
        Avgiftsmetod::AvrundaVarForSig => {
            let name = rule.rest_till.as_deref();
            let takes = found.iter().position(|(at, _)| Some(ekonomi.medlemmar[*at].medlem.as_str()) == name);
            let takes = takes.ok_or_else(|| Hinder::RestSaknas(rule.ar, name.map(str::to_owned)))?;
            let fees = each_rounded(&people, total, takes);
            if fees[takes] < 0 {
                return Err(Hinder::RestForStor(rule.ar, name.unwrap_or_default().to_owned()));
            }
            fees
        }
    };
    let rows = found.iter().zip(people).zip(fees);
    Ok(rows.map(|(((medlem, _), folkmangd), avgift)| Kommunavgift { medlem: *medlem, folkmangd, avgift }).collect())
}

/// Every share rounded down; what is left goes, a krona each, to those with the largest remainders. Of two with the same
/// remainder the one with more people comes first, then the one listed first.
fn largest_remainder(people: &[u32], total: i64) -> Vec<i64> {
    let all: i128 = people.iter().map(|people| i128::from(*people)).sum();
    let exact = |people: u32| i128::from(people) * i128::from(total);
    let mut fees: Vec<i64> = people.iter().map(|people| (exact(*people) / all) as i64).collect();
    let mut order: Vec<usize> = (0..people.len()).collect();
    order.sort_by_key(|&at| (std::cmp::Reverse((exact(people[at]) % all, people[at])), at));
    let left = total - fees.iter().sum::<i64>();
    order.iter().take(left as usize).for_each(|&at| fees[at] += 1);
    fees
}

/// Every share rounded half up; the difference to the sum goes to one of them.
fn each_rounded(people: &[u32], total: i64, takes: usize) -> Vec<i64> {
    let all: i128 = people.iter().map(|people| i128::from(*people)).sum();
    let exact = |people: u32| i128::from(people) * i128::from(total);
    let mut fees: Vec<i64> = people.iter().map(|people| ((2 * exact(*people) + all) / (2 * all)) as i64).collect();
    fees[takes] += total - fees.iter().sum::<i64>();
    fees
}
