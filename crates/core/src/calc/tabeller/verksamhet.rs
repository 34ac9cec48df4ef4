//! Figures of the board's goals and the förbund's activities.

use super::Figures;
use crate::calc::grupp::Grupp;
use crate::calc::matt::Matt;
use crate::calc::source::{Deltog, Source};
use crate::insats::Inriktning;
use crate::verksamhetsmal::Verksamhetsmal;

/// The goals of the counted year, with their places in the underlag.
pub fn arets_mal<'u>(rakning: &crate::calc::Rakning<'u>) -> Vec<(usize, &'u Verksamhetsmal)> {
    let of_year = |(_, mal): &(usize, &Verksamhetsmal)| mal.ar == rakning.period.year();
    rakning.underlag.verksamhetsmal.iter().enumerate().filter(of_year).collect()
}

/// The name of a goal's row.
pub fn malrad(mal: &Verksamhetsmal) -> String {
    format!("mal_{}_{}", mal.mal_nr, mal.resultatmal_nr)
}

/// What tells whether a goal is reached, where its measure is one that is counted.
fn utfall(mal: &Verksamhetsmal) -> Option<Source> {
    let share = |inriktning, part| {
        let of = |matt| Source::antal(Grupp::Inriktning(inriktning), None, matt);
        Source::andel(of(part), of(Matt::Bas))
    };
    match mal.mats_genom.as_deref()? {
        "andel_till_arbete_studier" => Some(share(Inriktning::Arbetsnara, Matt::BasTillArbeteStudier)),
        "andel_plan" => Some(share(Inriktning::Forrehabilitering, Matt::BasMedPlan)),
        "antal_aktiviteter" => Some(Source::Aktiviteter(None, Deltog::Antal)),
        _ => None,
    }
}

/// The kinds of activities since 1 January, each once.
pub fn slag(rakning: &crate::calc::Rakning<'_>) -> Vec<String> {
    let (first, last) = (rakning.period.year_start(), rakning.period.last());
    let mut all: Vec<String> = Vec::new();
    for of in rakning.underlag.aktiviteter.iter().filter(|of| (first..=last).contains(&of.datum)) {
        if !all.contains(&of.typ) {
            all.push(of.typ.clone());
        }
    }
    all
}

/// Targets, outcomes and counts. Outcomes that count people are told only where nothing is withheld: they are not weighed
/// against the tables that show the same people.
pub(super) fn figures(to: &mut Figures<'_, '_>) {
    let whole = to.rakning.smatal().is_none();
    for (at, mal) in arets_mal(to.rakning) {
        to.add("resultatmal", &malrad(mal), "maltal", Source::Resultatmal(at));
        if let Some(source) = utfall(mal).filter(|source| whole || !source.counts_people()) {
            to.add("resultatmal", &malrad(mal), "utfall", source);
        }
    }
    for typ in slag(to.rakning) {
        for (kolumn, what) in [("antal", Deltog::Antal), ("deltagare", Deltog::Deltagare)] {
            to.add("aktiviteter", &typ.replace('/', "-"), kolumn, Source::Aktiviteter(Some(typ.clone()), what));
        }
    }
    for (kolumn, what) in [("antal", Deltog::Antal), ("deltagare", Deltog::Deltagare)] {
        to.add("aktiviteter", "summa", kolumn, Source::Aktiviteter(None, what));
    }
}
