//! Made-up but plausible packages of any size: for trying out, for measuring, for teaching.
//!
//! Everything here is a function of the seed: the same size and seed give the same bytes, on any
//! machine and any day. No clock is read; the last year is [`LAST_YEAR`]. Each group of nouns draws
//! from a stream of its own, so that a change in one does not move the others. Names are made up, and
//! nothing in a package is about a real person, kommun or insats.

mod deltagare;
mod forbund;
mod insatser;
mod mal;
mod ord;
mod pengar;
mod slump;
mod styrgrupp;
#[cfg(test)]
mod tests;

use crate::Error;
use crate::actions::spara;
use samsyn_core::{Facts, Id};
use samsyn_document::{Datum, Kvartal};
use samsyn_import::package;
use slump::{Slump, Strom};
use std::path::Path;

/// The last year that has facts, a whole one.
pub const LAST_YEAR: u16 = 2023;
/// How many deltaganden a förbund has a year when nothing else is asked for.
const PER_YEAR: u32 = 400;
/// The most years; before that no förbund existed.
const MOST_YEARS: u16 = 18;
const MOST_FORBUND: u32 = 9_999;

/// How much to make up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Number of förbund, from 1.
    pub forbund: u32,
    /// Number of years, from 1; the last is [`LAST_YEAR`].
    pub years: u16,
    /// Number of deltaganden of all förbund together, cancelled and anonymous ones too; some 400 per
    /// förbund and year when missing.
    pub deltaganden: Option<u32>,
    /// What all chance comes from.
    pub seed: u64,
}

impl Size {
    /// Number of deltaganden of each förbund: some have twice as many as others, and the sum is exact.
    fn shares(self) -> Vec<u32> {
        let total = self.deltaganden.unwrap_or(PER_YEAR * self.forbund * u32::from(self.years));
        let weights: Vec<u64> = (1..=self.forbund)
            .map(|nr| u64::from(Slump::new(self.seed, nr, Strom::Storlek).number(70..=140)))
            .collect();
        let all: u64 = weights.iter().sum();
        let (mut passed, mut given) = (0, 0);
        let mut share = |weight: &u64| {
            passed += weight;
            let until = u64::from(total) * passed / all;
            let own = until - given;
            given = until;
            own as u32
        };
        weights.iter().map(&mut share).collect()
    }

    fn check(self) -> Result<(), Error> {
        let wrong = |what: &str, most: u64| Err(Error::Usage(format!("{what}: skriv ett tal från 1 till {most}.")));
        match self {
            Size { forbund, .. } if !(1..=MOST_FORBUND).contains(&forbund) => wrong("--forbund", MOST_FORBUND.into()),
            Size { years, .. } if !(1..=MOST_YEARS).contains(&years) => wrong("--ar", MOST_YEARS.into()),
            _ => Ok(()),
        }
    }
}

/// What the parts of one förbund are made from.
#[derive(Clone, Copy, Debug)]
struct Ram {
    seed: u64,
    nr: u32,
    years: u16,
    deltaganden: u32,
}

impl Ram {
    fn slump(self, strom: Strom) -> Slump {
        Slump::new(self.seed, self.nr, strom)
    }

    fn first_year(self) -> u16 {
        LAST_YEAR + 1 - self.years
    }

    fn all_years(self) -> impl Iterator<Item = u16> {
        self.first_year()..=LAST_YEAR
    }

    /// 1 January of the first year.
    fn begins(self) -> Datum {
        day(self.first_year(), 1, 1)
    }
}

/// 31 December of the last year.
fn ends() -> Datum {
    day(LAST_YEAR, 12, 31)
}

/// The day on which the packages were put together: nothing was registered later.
fn snapshot() -> Datum {
    day(LAST_YEAR + 1, 3, 1)
}

fn day(year: u16, month: u8, day: u8) -> Datum {
    Datum::new(year.into(), month, day).expect("made-up days are in the calendar")
}

fn id(text: &str) -> Id {
    Id::new(text).expect("made-up ids have letters, digits and hyphens only")
}

/// The quarters that overlap the days, both included.
fn quarters(first: Datum, last: Datum) -> impl Iterator<Item = Kvartal> {
    std::iter::successors(Some(Kvartal::of(first)), |quarter| Some(quarter.next()))
        .take_while(move |quarter| quarter.first() <= last)
}

/// The facts of every förbund, one after the other: `prov-001`, `prov-002` …
pub fn all(size: Size) -> impl Iterator<Item = Facts> {
    let rams = (1..).zip(size.shares());
    rams.map(move |(nr, deltaganden)| facts(Ram { seed: size.seed, nr, years: size.years, deltaganden }))
}

/// The facts of one förbund.
fn facts(ram: Ram) -> Facts {
    let members = forbund::members(ram);
    let planned = insatser::plan(ram, &members);
    let avvikelser = styrgrupp::avvikelser(ram, &planned);
    let budget = pengar::budget(ram, &planned, &avvikelser);
    let mal = mal::mal(ram, &planned);
    Facts {
        forbund: forbund::forbund(ram, &members),
        medlemmar: forbund::medlemmar(&members),
        folkmangd: forbund::folkmangd(ram, &members),
        avgiftsregler: forbund::avgiftsregler(ram, &members),
        historiska_tal: forbund::historiska_tal(ram),
        insatser: planned.iter().map(|planned| planned.insats.clone()).collect(),
        insatsperioder: planned.iter().flat_map(|planned| planned.beslut.clone()).collect(),
        insatsparter: insatser::parter(ram, &planned, &members),
        rekvisitioner: pengar::rekvisitioner(ram, &budget),
        kvartalsrapporter: styrgrupp::kvartalsrapporter(ram, &planned, &avvikelser),
        malutfall: mal::malutfall(ram, &planned, &mal),
        verksamhetsmal: mal::verksamhetsmal(ram),
        aktiviteter: mal::aktiviteter(ram),
        deltagare: deltagare::deltagare(ram, &planned),
        avvikelser,
        budget,
        mal,
        ..Facts::default()
    }
}

/// Writes one package per förbund, each in a folder of its own; the number of deltaganden. `progress`
/// is told how many are done.
///
/// Packages that are there already are written over. A folder that holds more of them than are now
/// written is refused: what is left from another time would be imported together with the new.
pub fn write(size: Size, folder: &Path, progress: &mut dyn FnMut(u32)) -> Result<usize, Error> {
    size.check()?;
    let left_over = name(size.forbund + 1);
    if folder.join(&left_over).exists() {
        return Err(Error::Usage(format!(
            "{} har redan {left_over} från en annan gång. Ta bort mappen, eller välj en annan.",
            folder.display()
        )));
    }
    let mut deltaganden = 0;
    for (nr, facts) in (1..).zip(all(size)) {
        let own = folder.join(name(nr));
        spara::folder(&own)?;
        deltaganden += facts.deltagare.len();
        for file in package::write(&facts, &format!("Påhittat underlag, {}", name(nr))) {
            // Not by way of `spara::file`: what can be made again need not reach the disk before the next.
            let path = own.join(file.name);
            std::fs::write(&path, file.bytes).map_err(|error| Error::file(&path, "skrivas", &error))?;
        }
        progress(nr);
    }
    Ok(deltaganden)
}

/// The id and the folder of a förbund.
fn name(nr: u32) -> String {
    format!("prov-{nr:03}")
}
