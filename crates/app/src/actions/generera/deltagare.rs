//! Deltaganden: who begins when and where, for how long they stay, what comes of it, and how late the
//! kansli hears of it.

use super::insatser::Planned;
use super::slump::{Slump, Strom};
use super::{Ram, day, ends, id, snapshot};
use samsyn_core::deltagande::{Avslutsorsak, Deltagande, Forsorjning, Forsorjningstid, Kon, Omfattning, Utbildning};
use samsyn_core::insats::Inriktning;
use samsyn_document::Datum;

/// How many begin in each month, against the others: few in summer and in December.
const SEASON: [u32; 12] = [11, 10, 10, 8, 9, 5, 2, 7, 13, 11, 10, 4];

const REASONS_NEAR_WORK: &[(u32, Avslutsorsak)] = &[
    (31, Avslutsorsak::Arbete),
    (10, Avslutsorsak::Studier),
    (16, Avslutsorsak::Arbetssokande),
    (13, Avslutsorsak::FortsattRehabilitering),
    (9, Avslutsorsak::Sjukdom),
    (2, Avslutsorsak::Foraldraledighet),
    (3, Avslutsorsak::Flytt),
    (6, Avslutsorsak::EgenBegaran),
    (4, Avslutsorsak::AnnanAktor),
    (3, Avslutsorsak::OrdinarieStod),
    (3, Avslutsorsak::Ovrigt),
];
const REASONS_BEFORE_REHAB: &[(u32, Avslutsorsak)] = &[
    (11, Avslutsorsak::Arbete),
    (8, Avslutsorsak::Studier),
    (17, Avslutsorsak::Arbetssokande),
    (29, Avslutsorsak::FortsattRehabilitering),
    (12, Avslutsorsak::Sjukdom),
    (2, Avslutsorsak::Foraldraledighet),
    (3, Avslutsorsak::Flytt),
    (6, Avslutsorsak::EgenBegaran),
    (5, Avslutsorsak::AnnanAktor),
    (5, Avslutsorsak::OrdinarieStod),
    (2, Avslutsorsak::Ovrigt),
];
const EXTENT: &[(u32, Omfattning)] = &[
    (10, Omfattning::P25),
    (26, Omfattning::P50),
    (16, Omfattning::P75),
    (6, Omfattning::P80),
    (42, Omfattning::P100),
];
const EDUCATION: &[(u32, Utbildning)] = &[
    (34, Utbildning::Grundskola),
    (43, Utbildning::Gymnasium),
    (12, Utbildning::Eftergymnasial),
    (11, Utbildning::SaknasEllerOkand),
];
const SUPPORT: &[(u32, Forsorjning)] = &[
    (9, Forsorjning::Ingen),
    (42, Forsorjning::Forsorjningsstod),
    (16, Forsorjning::Sjukpenning),
    (5, Forsorjning::Rehabiliteringspenning),
    (8, Forsorjning::Aktivitetsersattning),
    (2, Forsorjning::Sjukersattning),
    (15, Forsorjning::Aktivitetsstod),
    (3, Forsorjning::Arbetsloshetsersattning),
];
const SUPPORT_TIME: &[(u32, Forsorjningstid)] =
    &[(26, Forsorjningstid::UnderEttAr), (35, Forsorjningstid::EttTillTreAr), (39, Forsorjningstid::OverTreAr)];

/// As many as asked for, in the order they begin, numbered in that order.
pub fn deltagare(ram: Ram, planned: &[Planned]) -> Vec<Deltagande> {
    let mut slump = ram.slump(Strom::Deltagare);
    let months = months(ram, planned);
    let Some(&(all, ..)) = months.last() else { return Vec::new() };
    let mut begun: Vec<(Datum, usize)> = (0..ram.deltaganden)
        .map(|_| {
            let drawn = slump.number(0..=all - 1);
            let (_, own, month) = months[months.partition_point(|(until, ..)| *until <= drawn)];
            (month.add_days(slump.days(0..=27)), own)
        })
        .collect();
    begun.sort_unstable();
    (1..).zip(begun).map(|(nr, (inskriven, own))| one(&mut slump, nr, inskriven, &planned[own])).collect()
}

/// Every month in which someone can begin, with its insats; the first number is the sum of the weights
/// so far. Nobody begins in the last two months of an insats that ends.
fn months(ram: Ram, planned: &[Planned]) -> Vec<(u32, usize, Datum)> {
    let mut sum = 0;
    let mut list = Vec::new();
    for (own, planned) in planned.iter().enumerate().filter(|(_, planned)| planned.weight > 0) {
        let last = planned.slut.add_months(-2).min(ends());
        let first = planned.start.max(day(ram.first_year() - 1, 1, 1));
        let begins = (0..).map(|month| first.add_months(month)).take_while(|month| month.add_days(27) <= last);
        for month in begins {
            sum += planned.weight * SEASON[usize::from(month.month()) - 1];
            list.push((sum, own, month));
        }
    }
    list
}

fn one(slump: &mut Slump, nr: u32, inskriven: Datum, planned: &Planned) -> Deltagande {
    let known = registered(slump, inskriven);
    let insats = planned.insats.insats_id.clone();
    let mut row = Deltagande::ny(id(&format!("D{nr:06}")), insats, inskriven, known);
    row.anonym = slump.percent(2);
    if row.anonym {
        return row;
    }
    let young = planned.weight.is_multiple_of(5);
    let age = if young { slump.number(18..=29) } else { (slump.number(18..=64) + slump.number(18..=64)) / 2 };
    row.kon = Some(if slump.percent(56) { Kon::Kvinna } else { Kon::Man });
    row.fodelsear = Some((inskriven.year() - age as i32) as u16);
    row.utbildning = Some(slump.weighted(EDUCATION));
    let support = slump.weighted(SUPPORT);
    row.forsorjning_fore = Some(support);
    let none = support == Forsorjning::Ingen;
    row.forsorjningstid_fore = Some(if none { Forsorjningstid::Ingen } else { slump.weighted(SUPPORT_TIME) });
    row.makulerad = slump.per_mille(5).then(|| known.add_days(slump.days(3..=200)).min(snapshot()));
    exit(slump, &mut row, planned);
    row
}

/// When the kansli hears of something: most within days, some after weeks, a few after months.
fn registered(slump: &mut Slump, day: Datum) -> Datum {
    let delay = match slump.number(0..=99) {
        0..=84 => slump.days(0..=9),
        85..=96 => slump.days(10..=40),
        _ => slump.days(60..=250),
    };
    day.add_days(delay).min(snapshot())
}

/// Ends the deltagande when its time is over, or its chain's; one that goes on after the last year has
/// no exit yet.
fn exit(slump: &mut Slump, row: &mut Deltagande, planned: &Planned) {
    let near_work = planned.insats.inriktning == Some(Inriktning::Arbetsnara);
    let usual = if near_work { 480 } else { 620 };
    let soon = slump.percent(8);
    let stays = if soon { slump.days(3..=45) } else { 20 + (slump.days(0..=usual) + slump.days(0..=usual)) / 2 };
    let planned_day = row.inskriven.add_days(stays);
    let reasons = if near_work { REASONS_NEAR_WORK } else { REASONS_BEFORE_REHAB };
    let drawn = slump.weighted(reasons);
    let (utskriven, reason) = if planned_day > planned.chain_ends {
        (planned.chain_ends, Avslutsorsak::InsatsenAvslutad)
    } else {
        (planned_day, if soon { Avslutsorsak::EgenBegaran } else { drawn })
    };
    let known = registered(slump, utskriven);
    let outcome = Outcome::of(slump, reason, row.forsorjning_fore);
    let plan = slump.percent(if near_work { 74 } else { 86 });
    let answered = slump.per_mille(985);
    if utskriven > ends() {
        return;
    }
    row.utskriven = Some(utskriven);
    row.utskriven_registrerad = Some(known);
    row.avslutsorsak = Some(reason);
    row.arbete_omfattning = outcome.extent;
    row.arbete_subventionerat = outcome.subsidised;
    row.studerar = Some(outcome.studies);
    row.arbetssokande = Some(outcome.seeks);
    row.plan_vid_avslut = answered.then_some(plan);
    row.forsorjning_efter = outcome.support;
}

/// What comes after the exit. The reason does not decide it, but goes before it.
struct Outcome {
    extent: Option<Omfattning>,
    subsidised: Option<bool>,
    studies: bool,
    seeks: bool,
    support: Option<Forsorjning>,
}

impl Outcome {
    fn of(slump: &mut Slump, reason: Avslutsorsak, before: Option<Forsorjning>) -> Outcome {
        let other =
            matches!(reason, Avslutsorsak::InsatsenAvslutad | Avslutsorsak::Ovrigt | Avslutsorsak::OrdinarieStod);
        let works = reason == Avslutsorsak::Arbete || (other && slump.percent(8));
        let extent = works.then(|| slump.weighted(EXTENT));
        let subsidised = works.then(|| slump.percent(44));
        let full = extent == Some(Omfattning::P100);
        let studies = reason == Avslutsorsak::Studier || (works && !full && slump.percent(6));
        let seeks = reason == Avslutsorsak::Arbetssokande || (works && !full && slump.percent(20));
        let support = match () {
            () if works && full => Some(Forsorjning::Ingen),
            () if studies => Some(Forsorjning::Studiestod),
            () if seeks && slump.percent(50) => Some(Forsorjning::Aktivitetsstod),
            () => before,
        };
        Outcome { extent, subsidised, studies, seeks, support }
    }
}
