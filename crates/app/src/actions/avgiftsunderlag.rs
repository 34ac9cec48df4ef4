//! What member fees and recommended savings rest on, as it stands and who said so: population, the rule of each year,
//! the steps of savings.

pub mod andra;

use crate::Error;
use crate::actions::folkmangd::kommuner;
use crate::actions::forbund::Chosen;
use crate::actions::historik::{self, Historik};
use crate::clock;
use samsyn_core::Fact;
use samsyn_core::avgiftsregel::Avgiftsregel;
use samsyn_core::folkmangd::Folkmangd;
use samsyn_core::medlemsavgift::Medlemsavgift;
use samsyn_core::sparandesteg::Sparandesteg;
use samsyn_document::Datum;
use samsyn_document::datum::moment;
use samsyn_store::history::{self, Noun, Version};

/// All of it.
#[derive(Debug)]
pub struct Avgiftsunderlag {
    /// The förbund's kommuner, in their order.
    pub kommuner: Vec<String>,
    /// Population, the latest day first.
    pub dagar: Vec<Dag>,
    /// Rules, the latest year first.
    pub regler: Vec<Sagd<Avgiftsregel>>,
    /// Tables of recommended savings, the latest first, each with its smallest income first.
    pub tabeller: Vec<(Datum, Vec<Sagd<Sparandesteg>>)>,
    /// What has happened to any of it and to the sums of fees, the latest first.
    pub historik: Vec<Historik>,
}

/// The population on a day: every kommun of the förbund, and others that are known.
#[derive(Debug)]
pub struct Dag {
    /// The day.
    pub datum: Datum,
    /// Kommuner, with their population if it is known.
    pub rader: Vec<(String, Option<Sagd<Folkmangd>>)>,
}

impl Dag {
    /// How many kommuner have no population on the day.
    pub fn saknas(&self) -> usize {
        self.rader.iter().filter(|(_, row)| row.is_none()).count()
    }
}

/// A fact as it stands, and who said it when and why.
#[derive(Clone, Debug)]
pub struct Sagd<F> {
    /// The fact.
    pub rad: F,
    /// When the system was told, Swedish time.
    pub nar: String,
    /// By whom.
    pub vem: String,
    /// Why.
    pub varfor: String,
}

/// What is known now, or was at the end of a day. The history is all of it.
pub async fn las(chosen: &Chosen<'_>, per: Option<Datum>) -> Result<Avgiftsunderlag, Error> {
    let nouns = [Folkmangd::RESOURCE, Avgiftsregel::RESOURCE, Sparandesteg::RESOURCE, Medlemsavgift::RESOURCE];
    let found = history::of_nouns(chosen.db, &chosen.access, &nouns).await?;
    let underlag = chosen.underlag(per.unwrap_or_else(clock::today)).await?;
    let mut regler: Vec<Sagd<Avgiftsregel>> = known(&found, per);
    regler.sort_by_key(|rule| std::cmp::Reverse(rule.rad.ar));
    let kommuner: Vec<String> = kommuner(&underlag.ekonomi.medlemmar).into_iter().map(str::to_owned).collect();
    Ok(Avgiftsunderlag {
        dagar: days(&kommuner, &known(&found, per)),
        regler,
        tabeller: tables(known(&found, per)),
        historik: historik::of_nouns(&found, &underlag),
        kommuner,
    })
}

/// The facts of a noun that are in force, or were known at the end of a day.
fn known<F: Fact>(found: &[Noun], per: Option<Datum>) -> Vec<Sagd<F>> {
    let at = per.map(Datum::ends_ms);
    let then = |version: &&Version| match at {
        None => version.ended_ms.is_none(),
        Some(at) => version.known_ms <= at && version.ended_ms.is_none_or(|ended| ended > at),
    };
    let of = found.iter().filter(|noun| noun.resource == F::RESOURCE).flat_map(|noun| &noun.versions);
    let said = |version: &Version| {
        let rad = F::parse(&|at| version.cells[at].as_str(), &mut |_, _| ())?;
        let event = &version.event;
        Some(Sagd { rad, nar: moment(event.registrerad_ms), vem: event.vem.clone(), varfor: event.varfor.clone() })
    };
    of.filter(then).filter_map(said).collect()
}

fn days(kommuner: &[String], all: &[Sagd<Folkmangd>]) -> Vec<Dag> {
    let mut days: Vec<Datum> = all.iter().map(|row| row.rad.datum).collect();
    days.sort_by(|one, other| other.cmp(one));
    days.dedup();
    let on = |datum: Datum| {
        let of = |name: &str| all.iter().find(|row| row.rad.datum == datum && row.rad.kommun == name).cloned();
        let members = kommuner.iter().map(|name| (name.clone(), of(name)));
        let others = all.iter().filter(|row| row.rad.datum == datum && !kommuner.contains(&row.rad.kommun));
        Dag { datum, rader: members.chain(others.map(|row| (row.rad.kommun.clone(), Some(row.clone())))).collect() }
    };
    days.into_iter().map(on).collect()
}

fn tables(mut steps: Vec<Sagd<Sparandesteg>>) -> Vec<(Datum, Vec<Sagd<Sparandesteg>>)> {
    steps.sort_by_key(|step| (std::cmp::Reverse(step.rad.galler_fran), step.rad.intakt_fran_kr));
    let same = |one: &Sagd<Sparandesteg>, next: &Sagd<Sparandesteg>| one.rad.galler_fran == next.rad.galler_fran;
    steps.chunk_by(same).map(|table| (table[0].rad.galler_fran, table.to_vec())).collect()
}
