//! How a figure follows from other figures of its own table, so that a spreadsheet can hold a formula.

mod ekonomi;

use crate::calc::figure::Figure;
use crate::calc::forsorjning::{Efter, Tal, Till};
use crate::calc::grupp::Grupp;
use crate::calc::kontekst::Rakning;
use crate::calc::pengar;
use crate::calc::source::{Forsorjningstal, Source};
use crate::deltagande::Kon;
use samsyn_document::{FigureId, Formula, Value};
use std::collections::HashMap;

/// The formula of every figure that has one. A figure's parts are looked for in its own table only. Where
/// a figure or a part of it is withheld there is none, nor where counts leave it unknown.
pub fn formulas(rakning: &Rakning<'_>, figures: &[Figure]) -> HashMap<FigureId, Formula> {
    let mut tables: HashMap<(&str, &Source), &FigureId> = HashMap::new();
    let shown =
        || figures.iter().filter(|figure| figure.value != Value::Withheld && !figure.source.is_unknown(rakning));
    for figure in shown() {
        // A table may show one thing twice; the first place is its home.
        tables.entry((figure.id.tabell.as_str(), &figure.source)).or_insert(&figure.id);
    }
    let found = shown().filter_map(|figure| {
        let find = |source: &Source| {
            tables.get(&(figure.id.tabell.as_str(), source)).copied().filter(|id| **id != figure.id).cloned()
        };
        Some((figure.id.clone(), formula(rakning, &figure.source, &find)?))
    });
    found.collect()
}

fn formula(rakning: &Rakning<'_>, source: &Source, find: &dyn Fn(&Source) -> Option<FigureId>) -> Option<Formula> {
    if let Source::Andel(part, base) = source {
        return Some(Formula::Ratio(find(part)?, find(base)?));
    }
    if let Source::Plan(of) = source {
        return ekonomi::plan(&rakning.underlag.ekonomi.planer[of.plan], of, find);
    }
    match source {
        Source::Summa(parts) => {
            // A line that is nothing and has no place in the table adds nothing.
            let nothing = |part: &Source| crate::calc::bokslut::drift::is_nothing(&part.value(rakning));
            let mut ids = Vec::new();
            for part in parts {
                match find(part) {
                    Some(id) => ids.push(id),
                    None if nothing(part) => {}
                    None => return None,
                }
            }
            return (!ids.is_empty()).then_some(Formula::Sum(ids));
        }
        Source::Skillnad(one, other) => {
            return Some(Formula::Difference(vec![find(one)?], vec![find(other)?]));
        }
        _ => {}
    }
    let parts = by_sex(source).or_else(|| by_row(rakning, source))?;
    let ids: Option<Vec<FigureId>> = parts.iter().map(find).collect();
    ids.filter(|ids| !ids.is_empty()).map(Formula::Sum)
}

/// A sum of women and men.
fn by_sex(source: &Source) -> Option<Vec<Source>> {
    match source {
        Source::Deltaganden(grupp, None, matt) if *matt != crate::calc::Matt::Anonyma => {
            Some([Kon::Kvinna, Kon::Man].map(|kon| Source::Deltaganden(*grupp, Some(kon), *matt)).to_vec())
        }
        _ => None,
    }
}

/// A sum of the table's rows, or of the columns of a row.
fn by_row(rakning: &Rakning<'_>, source: &Source) -> Option<Vec<Source>> {
    match source {
        Source::Deltaganden(Grupp::Visade, kon, matt) => {
            let rows = rakning.rader.tabell_6.iter();
            Some(rows.map(|&kedja| Source::Deltaganden(Grupp::Kedja(kedja), *kon, *matt)).collect())
        }
        Source::Pengar(grupp @ Grupp::MedBudget, post, span) => {
            let rows = pengar::insatser(rakning, *grupp);
            Some(rows.map(|insats| Source::Pengar(Grupp::Insats(insats), *post, *span)).collect())
        }
        Source::Overfort(grupp @ Grupp::MedBudget) => {
            let granted = pengar::insatser(rakning, *grupp)
                .map(|insats| Source::Overfort(Grupp::Insats(insats)))
                .filter(|source| source.value(rakning) != Value::Missing);
            Some(granted.collect())
        }
        Source::Forsorjning(grupp, Forsorjningstal::Antal(tal)) => {
            let rows: Vec<Tal> = match tal {
                Tal::MedForsorjning => Till::alla().map(|till| Tal::Fordelade(Some(till), None)).collect(),
                Tal::Fordelade(None, Some(efter)) => {
                    Till::alla().map(|till| Tal::Fordelade(Some(till), Some(*efter))).collect()
                }
                Tal::Fordelade(Some(till), None) => {
                    Efter::alla().map(|efter| Tal::Fordelade(Some(*till), Some(efter))).collect()
                }
                _ => return None,
            };
            Some(rows.into_iter().map(|tal| Source::Forsorjning(*grupp, Forsorjningstal::Antal(tal))).collect())
        }
        Source::Avgift(ar, who, what) => ekonomi::fee(rakning, *ar, *who, *what),
        Source::Pengar(Grupp::Alla, post, span) => {
            let typer = crate::insats::InsatsTyp::ALL.iter();
            Some(typer.map(|&typ| Source::Pengar(Grupp::Typ(typ), *post, *span)).collect())
        }
        _ => None,
    }
}
