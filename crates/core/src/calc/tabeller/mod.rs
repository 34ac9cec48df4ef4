//! Every figure of the PM, table by table: which source each one has. Ids are those of the facit.

pub mod bokforing;
mod deltagare;
pub mod ekonomi;
pub(crate) mod finsam;
pub mod forsorjning;
mod insats;
mod insatser;
pub(crate) mod manad;
mod nyckeltal;
pub mod verksamhet;

use crate::calc::figure::Figure;
use crate::calc::grupp::Grupp;
use crate::calc::kontekst::Rakning;
use crate::calc::source::Source;
use crate::underlag::{InsatsNr, KedjeNr, PlanNr};
use samsyn_document::FigureId;
use std::borrow::Cow;

/// Every figure of the PM, in the order of its tables. Order of rows is not part of a figure.
pub fn siffror(rakning: &Rakning<'_>) -> Vec<Figure> {
    let mut figures = Figures { rakning, list: Vec::new() };
    insatser::figures(&mut figures);
    deltagare::figures(&mut figures);
    nyckeltal::figures(&mut figures);
    forsorjning::figures(&mut figures);
    figures.list
}

/// The figures that follow one insats beside those of the PM: the year's budget, and money and participants per
/// quarter.
pub fn insatsens(rakning: &Rakning<'_>, insats: InsatsNr) -> Vec<Figure> {
    let mut figures = Figures { rakning, list: Vec::new() };
    insats::budget(&mut figures, insats);
    insats::quarterly(&mut figures, insats);
    figures.list
}

/// Of every insats shown in table 1 the year's budget, and how much of it is used.
pub fn arsbudgetar(rakning: &Rakning<'_>) -> Vec<Figure> {
    let mut figures = Figures { rakning, list: Vec::new() };
    for &insats in &rakning.rader.tabell_1 {
        insats::budget(&mut figures, insats);
    }
    figures.list
}

/// The figures of Uppföljning Finsam, from 1 January to the half-year's end.
pub fn finsam(rakning: &Rakning<'_>) -> Vec<Figure> {
    let mut figures = Figures { rakning, list: Vec::new() };
    finsam::figures(&mut figures);
    figures.list
}

/// The figures month by month of the year's individinsatser and their sum.
pub fn manader(rakning: &Rakning<'_>) -> Vec<Figure> {
    let mut figures = Figures { rakning, list: Vec::new() };
    for kedja in manad::chains(rakning) {
        let rad = figures.kedja_id(kedja);
        manad::of_group(&mut figures, &rad, Grupp::Kedja(kedja));
    }
    manad::of_group(&mut figures, "summa", Grupp::Individ);
    figures.list
}

/// The fees of a year; none when their sum is not known.
pub fn avgifter(rakning: &Rakning<'_>, ar: u16) -> Vec<Figure> {
    let mut figures = Figures { rakning, list: Vec::new() };
    ekonomi::avgifter(&mut figures, ar);
    figures.list
}

/// The forecasts of the counted year.
pub fn prognoser(rakning: &Rakning<'_>) -> Vec<Figure> {
    let mut figures = Figures { rakning, list: Vec::new() };
    ekonomi::prognoser(&mut figures);
    figures.list
}

/// Every figure of a plan, without the applications at these places.
pub fn plan(rakning: &Rakning<'_>, nr: PlanNr, utan: &[usize]) -> Vec<Figure> {
    let mut figures = Figures { rakning, list: Vec::new() };
    ekonomi::plan(&mut figures, nr, utan);
    figures.list
}

/// The figure with this name: one of the PM, of Uppföljning Finsam or the months, of the förbund's own economy, or one
/// that follows an insats.
pub fn siffra(rakning: &Rakning<'_>, id: &FigureId) -> Option<Figure> {
    let of_insats = || {
        let insats = rakning.underlag.insats_nr(&id.rad)?;
        insatsens(rakning, insats).into_iter().find(|figure| figure.id == *id)
    };
    if insats::TABELLER.contains(&id.tabell.as_str()) {
        return of_insats();
    }
    let mut own = Figures { rakning, list: Vec::new() };
    let figures = match id.tabell.as_str() {
        _ if bokforing::is_of(id) => bokforing::bokslut(rakning),
        name if ekonomi::named(&mut own, name) => own.list,
        finsam::TABELL => finsam(rakning),
        manad::TABELL => manader(rakning),
        _ => siffror(rakning),
    };
    figures.into_iter().find(|figure| figure.id == *id)
}

pub use bokforing::bokslut;

/// Collects figures.
struct Figures<'r, 'u> {
    rakning: &'r Rakning<'u>,
    list: Vec<Figure>,
}

impl Figures<'_, '_> {
    fn add(&mut self, tabell: &str, rad: &str, kolumn: impl Into<Cow<'static, str>>, source: Source) {
        let id = FigureId::new(tabell, rad, kolumn.into());
        self.list.push(Figure::new(self.rakning, id, source));
    }

    fn insats_id(&self, insats: InsatsNr) -> String {
        self.rakning.underlag.insatser[insats].insats.insats_id.to_string()
    }

    fn kedja_id(&self, kedja: KedjeNr) -> String {
        self.insats_id(self.rakning.underlag.kedjor[kedja].forsta)
    }
}
