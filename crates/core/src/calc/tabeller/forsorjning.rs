//! Figures of public support that is reckoned to fall away, per chain, inriktning and in all.

use super::Figures;
use crate::calc::forsorjning::{Antagande, Efter, Tal, Till, har_schabloner};
use crate::calc::grupp::Grupp;
use crate::calc::matt::Matt;
use crate::calc::source::{Forsorjningstal, Source};
use crate::insats::{Inriktning, InsatsTyp};
use crate::underlag::KedjeNr;

/// The chains with typ individ that are shown.
pub fn kedjor(rakning: &crate::calc::Rakning<'_>) -> Vec<KedjeNr> {
    let individ = |kedja: &KedjeNr| rakning.underlag.forsta(*kedja).typ == InsatsTyp::Individ;
    rakning.rader.tabell_6.iter().copied().filter(individ).collect()
}

/// The row of what exits led to: `omfattning_50`, `studier_utan_arbete`.
pub fn rad(till: Till) -> String {
    match till {
        Till::Arbete(extent) => format!("omfattning_{}", extent.kod()),
        Till::Studier => "studier_utan_arbete".to_owned(),
    }
}

/// The column of support after: `efter_ingen`, `efter_sjukpenning`, `efter_okand`.
pub fn kolumn(efter: Efter) -> String {
    match efter {
        Efter::Kand(kind) => format!("efter_{}", kind.kod()),
        Efter::Okand => "efter_okand".to_owned(),
    }
}

/// What exits of those with support before led to, by support after. The sum of all is `summa/med_forsorjning`.
fn fordelning(to: &mut Figures<'_, '_>) {
    let number = |till, efter| Source::Forsorjning(Grupp::Individ, Forsorjningstal::Antal(Tal::Fordelade(till, efter)));
    for till in Till::alla() {
        for efter in Efter::alla() {
            to.add("forsorjning", &rad(till), kolumn(efter), number(Some(till), Some(efter)));
        }
        to.add("forsorjning", &rad(till), "med_forsorjning", number(Some(till), None));
    }
    for efter in Efter::alla() {
        to.add("forsorjning", "summa", kolumn(efter), number(None, Some(efter)));
    }
}

/// Numbers, amounts under each assumption, and in how many months they are as much as the cost. None without rates for the
/// year.
pub(super) fn figures(to: &mut Figures<'_, '_>) {
    if !har_schabloner(to.rakning.underlag, to.rakning.period.last()) {
        return;
    }
    let mut rows: Vec<(String, Grupp)> =
        kedjor(to.rakning).into_iter().map(|kedja| (to.kedja_id(kedja), Grupp::Kedja(kedja))).collect();
    rows.push(("arbetsnara".to_owned(), Grupp::Inriktning(Inriktning::Arbetsnara)));
    rows.push(("forrehabilitering".to_owned(), Grupp::Inriktning(Inriktning::Forrehabilitering)));
    rows.push(("summa".to_owned(), Grupp::Individ));
    for (rad, grupp) in rows {
        let number = |tal| Source::Forsorjning(grupp, Forsorjningstal::Antal(tal));
        let all = Source::antal(grupp, None, Matt::TillArbeteStudier);
        for (kolumn, source) in [
            ("med_forsorjning", number(Tal::MedForsorjning)),
            ("med_schablon", number(Tal::MedSchablon)),
            ("utan_forsorjning", number(Tal::Utan)),
            ("okand_forsorjning", number(Tal::Okant)),
            ("andel_utan", Source::andel(number(Tal::Utan), all)),
        ] {
            to.add("forsorjning", &rad, kolumn, source);
        }
        for (name, antagande) in
            [("lagst", Antagande::Lagst), ("omfattning", Antagande::Omfattning), ("hogst", Antagande::Hogst)]
        {
            let amount = Source::Forsorjning(grupp, Forsorjningstal::Minskning(antagande));
            let months = Source::Forsorjning(grupp, Forsorjningstal::Aterbetalning(antagande));
            to.add("forsorjning", &rad, format!("minskning_{name}_tkr"), amount);
            to.add("forsorjning", &rad, format!("manader_{name}"), months);
        }
    }
    fordelning(to);
}
