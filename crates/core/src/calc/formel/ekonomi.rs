//! How figures of the förbund's own economy follow from others of their table.

use crate::calc::avgift::{Avgiftsdel, Betalare};
use crate::calc::kontekst::Rakning;
use crate::calc::source::{Planvarde, Source};
use crate::calc::utrymme::{Ingang, Planrad, ingang};
use crate::medlem::MedlemTyp;
use crate::planpost::Plankategori;
use crate::underlag::Plan;
use samsyn_document::{FigureId, Formula};

/// A fee that is a sum of others: all of the members, or the kommuner.
pub(super) fn fee(rakning: &Rakning<'_>, ar: u16, who: Betalare, what: Avgiftsdel) -> Option<Vec<Source>> {
    let of = |who| Source::Avgift(ar, who, what);
    match who {
        Betalare::Alla => Some([Betalare::Staten, Betalare::Region, Betalare::Kommunerna].map(of).to_vec()),
        Betalare::Kommunerna => {
            let members = rakning.underlag.ekonomi.medlemmar.iter().enumerate();
            let kommuner = members.filter(|(_, medlem)| medlem.typ == MedlemTyp::Kommun);
            Some(kommuner.map(|(at, _)| of(Betalare::Kommun(at))).collect())
        }
        _ => None,
    }
}

/// A row of a plan. What is brought forward follows from the column before.
pub(super) fn plan(plan: &Plan, of: &Planvarde, find: &dyn Fn(&Source) -> Option<FigureId>) -> Option<Formula> {
    let row = |rad: Planrad| find(&Source::Plan(Planvarde { rad, ..of.clone() }));
    let amount = |at: &usize| plan.poster[*at].belopp[of.kolumn].is_some();
    let categories = |wanted: fn(Plankategori) -> bool| -> Option<Vec<FigureId>> {
        let own = |kategori: &&Plankategori| wanted(**kategori) && plan.av(**kategori).any(|(at, _)| amount(&at));
        Plankategori::ALL.iter().filter(own).map(|&kategori| row(Planrad::Kategori(kategori))).collect()
    };
    match of.rad {
        Planrad::Kategori(kategori) => {
            let counted = plan.av(kategori).map(|(at, _)| at).filter(|at| !of.utan.contains(at)).filter(amount);
            let ids: Option<Vec<FigureId>> = counted.map(|at| row(Planrad::Post(at))).collect();
            ids.filter(|ids| !ids.is_empty()).map(Formula::Sum)
        }
        Planrad::SummaIntakter => categories(Plankategori::is_income).filter(|ids| !ids.is_empty()).map(Formula::Sum),
        Planrad::SummaKostnader => {
            categories(|kategori| kategori.is_cost()).filter(|ids| !ids.is_empty()).map(Formula::Sum)
        }
        Planrad::AretsResultat => {
            Some(Formula::Difference(categories(Plankategori::is_income)?, vec![row(Planrad::SummaKostnader)?]))
        }
        Planrad::Overskott => {
            let (rad, kolumn) = match ingang(plan, of.kolumn) {
                Ingang::Fore(before) => (Planrad::Kvarvarande, before),
                Ingang::Samma(other) => (Planrad::Overskott, other),
                Ingang::Given | Ingang::Okand => return None,
            };
            find(&Source::Plan(Planvarde { rad, kolumn, ..of.clone() })).map(|id| Formula::Sum(vec![id]))
        }
        Planrad::Ingaende => {
            let mut ids = categories(Plankategori::is_income)?;
            ids.push(row(Planrad::Overskott)?);
            Some(Formula::Sum(ids))
        }
        Planrad::EfterBeslut => Some(Formula::Sum(vec![row(Planrad::Overskott)?, row(Planrad::AretsResultat)?])),
        Planrad::Kvarvarande => {
            let income = vec![row(Planrad::Overskott)?, row(Planrad::AretsResultat)?];
            let applied = categories(Plankategori::is_application)?;
            Some(if applied.is_empty() { Formula::Sum(income) } else { Formula::Difference(income, applied) })
        }
        Planrad::Post(_) => None,
    }
}
