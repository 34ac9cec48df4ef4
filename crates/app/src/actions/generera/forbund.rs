//! The förbund itself: members, population, rules for fees, and figures from earlier years.

use super::slump::Strom;
use super::{LAST_YEAR, Ram, day, id, name, ord};
use samsyn_core::avgiftsregel::{Avgiftsmetod, Avgiftsregel};
use samsyn_core::folkmangd::Folkmangd;
use samsyn_core::forbund::Forbund;
use samsyn_core::historiskt_tal::HistorisktTal;
use samsyn_core::medlem::{Medlem, MedlemTyp};
use samsyn_document::{Halvar, Period};

/// Who is a member.
pub struct Members {
    /// Kommuner, in alphabetical order.
    pub kommuner: Vec<String>,
    /// The region.
    pub region: String,
}

/// The two authorities of the state.
pub const STATE: [&str; 2] = ["Försäkringskassan", "Arbetsförmedlingen"];

/// Three to nine kommuner and a region.
pub fn members(ram: Ram) -> Members {
    let mut slump = ram.slump(Strom::Medlemmar);
    let count = slump.number(3..=9) as usize;
    let kommuner = ord::kommuner(&mut slump, count);
    let region = format!("Region {}bygden", slump.one(&["Nordan", "Sunnan", "Västan", "Östan", "Skogs", "Kust"]));
    Members { kommuner, region }
}

pub fn forbund(ram: Ram, members: &Members) -> Vec<Forbund> {
    let county = members.region.trim_start_matches("Region ");
    vec![Forbund {
        forbund_id: id(&name(ram.nr)),
        namn: format!("Samordningsförbundet Prov {}", ram.nr),
        organisationsnummer: None,
        lan: Some(format!("{county}s län")),
    }]
}

pub fn medlemmar(members: &Members) -> Vec<Medlem> {
    let kommuner = members.kommuner.iter().map(|name| (name.as_str(), MedlemTyp::Kommun));
    let others = [(members.region.as_str(), MedlemTyp::Region)].into_iter();
    let state = STATE.into_iter().map(|name| (name, MedlemTyp::Stat));
    kommuner.chain(others).chain(state).map(|(name, typ)| Medlem { medlem: name.to_owned(), typ }).collect()
}

/// Each 1 November from the year before the first to the last, growing or shrinking a little.
pub fn folkmangd(ram: Ram, members: &Members) -> Vec<Folkmangd> {
    let mut slump = ram.slump(Strom::Folkmangd);
    let mut rows = Vec::new();
    for (i, kommun) in members.kommuner.iter().enumerate() {
        let mut antal = if i == 0 { slump.number(60_000..=160_000) } else { slump.number(8_000..=48_000) };
        for year in ram.first_year() - 1..=LAST_YEAR {
            rows.push(Folkmangd { kommun: kommun.clone(), datum: day(year, 11, 1), antal });
            antal = antal * slump.number(995..=1_012) / 1_000;
        }
    }
    rows
}

/// One of the two ways to round, kept for all years.
pub fn avgiftsregler(ram: Ram, members: &Members) -> Vec<Avgiftsregel> {
    let largest = ram.nr.is_multiple_of(2);
    let rule = |ar: u16| Avgiftsregel {
        ar,
        metod: if largest { Avgiftsmetod::StorstaRest } else { Avgiftsmetod::AvrundaVarForSig },
        rest_till: (!largest).then(|| members.kommuner[0].clone()),
        folkmangd_datum: day(ar - 1, 11, 1),
    };
    ram.all_years().map(rule).collect()
}

/// The half-year before the first, and five years' results.
pub fn historiska_tal(ram: Ram) -> Vec<HistorisktTal> {
    let mut slump = ram.slump(Strom::Historik);
    let before = ram.first_year() - 1;
    let mut rows = Vec::new();
    let mut add = |nyckeltal: &str, period: Period, varde: i64, enhet: &str, kalla: String| {
        rows.push(HistorisktTal {
            nyckeltal: nyckeltal.to_owned(),
            period,
            varde: Some(varde.into()),
            enhet: Some(enhet.to_owned()),
            kalla,
        });
    };
    let half = Halvar::new(before, 1).map_or(Period::Ar(before), Period::Halvar);
    let enrolled = i64::from(ram.deltaganden / (u32::from(ram.years) + 1) / 2);
    add("inskrivna", half, enrolled, "antal", format!("PM {before}, första halvåret"));
    add("deltagit", half, enrolled * 23 / 10, "antal", format!("PM {before}, första halvåret"));
    for year in before - 4..=before {
        let result = slump.days(0..=9_000) - 4_000;
        add("arets_resultat", Period::Ar(year), result, "tkr", format!("Årsredovisning {year}"));
        let grant = slump.days(9_000..=24_000);
        add("tilldelning", Period::Ar(year), grant, "tkr", format!("Årsredovisning {year}"));
    }
    rows
}
