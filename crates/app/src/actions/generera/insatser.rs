//! Insatser of all typ, the decisions on their periods, and who takes part in them.

use super::forbund::{Members, STATE};
use super::ord::{self, Forslag};
use super::slump::{Slump, Strom};
use super::{LAST_YEAR, Ram, day, id};
use samsyn_core::insats::{Insats, InsatsTyp};
use samsyn_core::insatspart::Insatspart;
use samsyn_core::insatsperiod::Insatsperiod;
use samsyn_document::Datum;

/// An insats with what the other nouns are made from.
pub struct Planned {
    /// The insats.
    pub insats: Insats,
    /// Decisions on its period, the first first.
    pub beslut: Vec<Insatsperiod>,
    /// First day.
    pub start: Datum,
    /// Last day as finally decided.
    pub slut: Datum,
    /// Last day of its chain.
    pub chain_ends: Datum,
    /// How many deltaganden it draws, against the others; none unless it works with people.
    pub weight: u32,
    /// Budget for a whole quarter, kronor.
    pub per_quarter: i64,
}

/// Eight to fifteen insatser in the order of their typ. Of the first, another is the continuation.
pub fn plan(ram: Ram, members: &Members) -> Vec<Planned> {
    let mut slump = ram.slump(Strom::Insatser);
    let (individ, struktur, kompetens) = (slump.number(5..=8), slump.number(2..=4), slump.number(1..=2));
    let mut chosen = slump.some(ord::INDIVID, individ as usize);
    chosen.extend(slump.some(ord::STRUKTUR, struktur as usize));
    chosen.extend(slump.some(ord::KOMPETENS, kompetens as usize));
    let mut planned: Vec<Planned> =
        (0..).zip(&chosen).map(|(i, forslag)| one(ram, &mut slump, members, i, *forslag)).collect();
    if planned.len() < 15 {
        let next = continued(&mut planned[0], &mut slump);
        planned.insert(individ as usize, next);
    }
    expect(ram, &mut slump, &mut planned);
    planned
}

fn one(ram: Ram, slump: &mut Slump, members: &Members, place: usize, forslag: Forslag) -> Planned {
    let (typ, inriktning, kortnamn, more) = forslag;
    let owner = match typ {
        InsatsTyp::Individ => slump.one(&members.kommuner).clone(),
        _ if slump.percent(50) => members.region.clone(),
        _ => slump.one(&members.kommuner).clone(),
    };
    let prefix: String = ord::slug(owner.trim_start_matches("Region ")).chars().take(3).collect();
    let insats = Insats {
        insats_id: id(&format!("{prefix}-{}", ord::slug(kortnamn))),
        insatsagare: owner,
        namn: format!("{kortnamn} – {more}"),
        kortnamn: Some(kortnamn.to_owned()),
        typ,
        inriktning,
        redovisas_med: None,
        forvantat_antal_per_ar: None,
    };
    let (start, slut) = if place == 0 { first_link(ram) } else { days(ram, slump) };
    let beslut = decisions(&insats, start, slut, slump);
    let (weight, tkr) = match typ {
        InsatsTyp::Individ => (slump.number(40..=140), slump.days(220..=780)),
        InsatsTyp::Struktur => (0, slump.days(80..=260)),
        InsatsTyp::Kompetens => (0, slump.days(20..=90)),
    };
    Planned { insats, beslut, start, slut, chain_ends: slut, weight, per_quarter: tkr * 1_000 }
}

/// The insats that another continues ends in the middle of the years.
fn first_link(ram: Ram) -> (Datum, Datum) {
    (day(ram.first_year() - 1, 1, 1), day(ram.first_year() + ram.years / 2, 6, 30))
}

/// Most go on beyond the last year; some begin on the way, some end.
fn days(ram: Ram, slump: &mut Slump) -> (Datum, Datum) {
    let (before, beyond) = (day(ram.first_year() - 1, 1, 1), day(LAST_YEAR + 1, 12, 31));
    let mut year = || ram.first_year() + slump.number(0..=u32::from(ram.years) - 1) as u16;
    let (begins, ends) = (year(), year());
    let last_half = slump.percent(60);
    match slump.number(0..=9) {
        0..=5 => (before, beyond),
        6..=7 => (day(begins, *slump.one(&[2, 4, 7, 9]), 1), beyond),
        _ => (before, if last_half { day(ends, 12, 31) } else { day(ends, 6, 30) }),
    }
}

/// A first decision, and prolongations until the last day is reached.
fn decisions(insats: &Insats, start: Datum, slut: Datum, slump: &mut Slump) -> Vec<Insatsperiod> {
    let decided =
        |beslutad: Datum, slut: Datum| Insatsperiod { insats_id: insats.insats_id.clone(), start, slut, beslutad };
    let year = start.year() as u16 + u16::from(start.month() > 6 || slump.percent(30));
    let mut until = day(year, 12, 31).min(slut);
    let mut list = vec![decided(start.add_days(-slump.days(35..=75)), until)];
    while until < slut {
        let beslutad = until.add_days(-slump.days(40..=95));
        let longer = 1 + u16::from(slump.percent(40));
        until = day(until.year() as u16 + longer, 12, 31).min(slut);
        list.push(decided(beslutad, until));
    }
    list
}

/// The insats that continues `before` from the day after its last.
fn continued(before: &mut Planned, slump: &mut Slump) -> Planned {
    let insats = Insats {
        insats_id: id(&format!("{}-2", before.insats.insats_id)),
        namn: format!("{}, fortsättning", before.insats.namn),
        redovisas_med: Some(before.insats.insats_id.clone()),
        ..before.insats.clone()
    };
    let (start, slut) = (before.slut.add_days(1), day(LAST_YEAR + 1, 12, 31));
    before.chain_ends = slut;
    let beslut = decisions(&insats, start, slut, slump);
    let (weight, per_quarter) = (before.weight, before.per_quarter * 11 / 10);
    Planned { insats, beslut, start, slut, chain_ends: slut, weight, per_quarter }
}

/// How many participants a year each expects: its part of all, more or less, in fives.
fn expect(ram: Ram, slump: &mut Slump, planned: &mut [Planned]) {
    let all: u32 = planned.iter().map(|planned| planned.weight).sum::<u32>().max(1);
    let a_year = u64::from(ram.deltaganden) / (u64::from(ram.years) + 1);
    for planned in planned.iter_mut().filter(|planned| planned.weight > 0) {
        let own = a_year * u64::from(planned.weight) / u64::from(all);
        let thought = own * u64::from(slump.number(110..=190)) / 100;
        planned.insats.forvantat_antal_per_ar = Some((thought / 5 * 5).max(5) as u32);
    }
}

/// The owner and one to three others.
pub fn parter(ram: Ram, planned: &[Planned], members: &Members) -> Vec<Insatspart> {
    let mut slump = ram.slump(Strom::Parter);
    let mut rows = Vec::new();
    for planned in planned {
        let owner = planned.insats.insatsagare.as_str();
        let others: Vec<&str> =
            STATE.into_iter().chain([members.region.as_str()]).filter(|other| *other != owner).collect();
        let count = slump.number(1..=others.len() as u32) as usize;
        for part in [owner].into_iter().chain(slump.some(&others, count)) {
            rows.push(Insatspart { insats_id: planned.insats.insats_id.clone(), part: part.to_owned() });
        }
    }
    rows
}
