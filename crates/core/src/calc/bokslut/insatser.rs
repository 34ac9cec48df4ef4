//! The table of insatser: what each has cost by the bookkeeping, and what the board's plan has for it.

use super::drift::{self, Aretsplan, Driftgrupp, is_nothing};
use super::{ar, har_objekt, konton, kopplat};
use crate::Id;
use crate::calc::kontekst::Rakning;
use crate::calc::source::{Bokvarde, Source};
use crate::objektsaldo::PROJEKT;
use crate::planpost::{Plankategori, Planslag};
use crate::rapportstruktur::Rad;
use crate::underlag::Underlag;
use samsyn_document::Datum;

/// Categories of spending on insatser.
pub const INRIKTNING: [Plankategori; 2] = [Plankategori::Samverkansinsatser, Plankategori::OvrigaSamverkansinsatser];

/// Which projects a row is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Insatsprojekt {
    /// Projects that are an insats or a post of the plan, by each closing's own mapping.
    Post(Id),
    /// A project that is mapped to nothing: the closing that names it, and its number.
    Projekt(Datum, Id),
}

impl Insatsprojekt {
    /// Its name in figures.
    pub fn namn(&self) -> String {
        match self {
            Insatsprojekt::Post(post) => post.to_string(),
            Insatsprojekt::Projekt(_, projekt) => format!("projekt-{projekt}"),
        }
    }
}

/// A row. Amounts are costs as positive numbers, in tkr.
#[derive(Clone, Debug)]
pub struct Insatsrad {
    /// Whose it is.
    pub projekt: Insatsprojekt,
    /// What the plan has for the counted half-year, half of the year's, or for the year; missing without a post.
    pub budget: Option<Source>,
    /// What the plan expects of the whole year; missing without a forecast of the year, or a post in it.
    pub arsprognos: Option<Source>,
}

impl Insatsrad {
    /// What it cost by a closing.
    pub fn utfall(&self, till: Datum) -> Source {
        kostnad(Source::Bok(match &self.projekt {
            Insatsprojekt::Post(post) => Bokvarde::Projekt(till, post.clone()),
            Insatsprojekt::Projekt(_, projekt) => Bokvarde::SieProjekt(till, projekt.clone()),
        }))
    }
}

/// A cost as a positive number, in tkr.
pub fn kostnad(amount: Source) -> Source {
    Source::Tkr(Box::new(Source::Omvand(Box::new(amount))))
}

/// The insatser in these closings, the report's own first: those with projects on the accounts of line
/// `samverkansinsatser`, and those that the plan has a budget for. One without any cost, budget or forecast is no row.
pub fn insatsrader(rakning: &Rakning<'_>, closings: &[Datum]) -> Vec<Insatsrad> {
    let underlag = rakning.underlag;
    let Some(&till) = closings.first() else { return Vec::new() };
    let planned = drift::driftrader(underlag, till, rakning.period.number() == 1);
    let mut all = med_projekt(underlag, closings);
    if har_objekt(&underlag.bokforing, till, PROJEKT) {
        for row in planned.iter().filter(|row| row.grupp == Driftgrupp::Samverkansinsatser && row.budget.is_some()) {
            let id = Id::new(&row.namn).filter(|id| underlag.insats_nr(id.as_str()).is_some());
            add(&mut all, id.map(Insatsprojekt::Post));
        }
    }
    let row = |projekt: Insatsprojekt| {
        let namn = projekt.namn();
        let budget = planned.iter().find(|row| row.namn == namn).and_then(|row| row.budget.clone());
        let arsprognos = arsprognos(underlag, ar(till), &namn);
        Insatsrad { projekt, budget: budget.map(kostnad), arsprognos: arsprognos.map(kostnad) }
    };
    let something = |row: &Insatsrad| {
        let spent = closings.iter().map(|&till| row.utfall(till));
        let mut amounts = spent.chain(row.budget.clone()).chain(row.arsprognos.clone());
        amounts.any(|amount| !is_nothing(&amount.value(rakning)))
    };
    all.into_iter().map(row).filter(something).collect()
}

fn add(all: &mut Vec<Insatsprojekt>, one: Option<Insatsprojekt>) {
    let new = one.filter(|one| !all.iter().any(|known| known.namn() == one.namn()));
    all.extend(new);
}

/// Those with projects on the accounts of line `samverkansinsatser`, in order.
fn med_projekt(underlag: &Underlag, closings: &[Datum]) -> Vec<Insatsprojekt> {
    let bokforing = &underlag.bokforing;
    let mut all: Vec<Insatsprojekt> = Vec::new();
    for &till in closings {
        let accounts = konton(bokforing, till, Rad::Samverkansinsatser);
        let Some(of) = bokforing.per(till) else { continue };
        for row in of.objekt.iter().filter(|row| row.dimension == PROJEKT) {
            if accounts.iter().any(|konto| konto.konto == row.konto) {
                let mapped = kopplat(bokforing, till, &row.objekt).cloned();
                let none = || Insatsprojekt::Projekt(till, row.objekt.clone());
                add(&mut all, Some(mapped.map_or_else(none, Insatsprojekt::Post)));
            }
        }
    }
    all
}

/// What the latest plan with a forecast of the year expects of an insats or post.
fn arsprognos(underlag: &Underlag, ar: u16, namn: &str) -> Option<Source> {
    let plan = Aretsplan::av(underlag, ar, Planslag::Prognos)?;
    let own = plan
        .poster(underlag, |post| INRIKTNING.contains(&post.kategori) && drift::postnyckel(underlag, ar, post) == namn);
    plan.del(own, false)
}
