//! Names of figures of the förbund's own economy.

use crate::calc::tabeller::ekonomi::marken;
use crate::planpost::{Plankategori, Plankolumn};
use crate::underlag::{Plan, Post, Underlag};
use samsyn_document::{Datum, FigureId, format};

/// What a table is of.
pub(super) enum Tabell<'t> {
    /// The fees of a year.
    Avgifter(&'t str),
    /// The plan for a meeting.
    Plan(Datum),
    /// The forecasts of a year.
    Prognos(&'t str),
}

/// What a table of the economy is of; `None` when it is another.
pub(super) fn of(tabell: &str) -> Option<Tabell<'_>> {
    if let Some(year) = tabell.strip_prefix("medlemsavgifter-") {
        return Some(Tabell::Avgifter(year));
    }
    if let Some(year) = tabell.strip_prefix("prognos-") {
        return Some(Tabell::Prognos(year));
    }
    let day = tabell.strip_prefix("beslutsutrymme-")?;
    Some(Tabell::Plan(Datum::parse(day.get(..10)?)?))
}

/// Whether a table is of the förbund's own economy, whose figures are of no half-year.
pub fn is_economy(tabell: &str) -> bool {
    of(tabell).is_some()
}

/// For instance `Medlemsavgifter 2019: Håbo, ändring sedan året före`.
pub(super) fn namn(underlag: &Underlag, id: &FigureId) -> String {
    match of(&id.tabell) {
        Some(Tabell::Avgifter(year)) => format!("Medlemsavgifter {year}: {}, {}", id.rad, part(&id.kolumn)),
        Some(Tabell::Plan(day)) => {
            let plan = underlag.ekonomi.plan(day).map(|nr| &underlag.ekonomi.planer[nr]);
            let row = plan.map_or_else(|| id.rad.clone(), |plan| rad(underlag, plan, &id.rad));
            let column = id.kolumn.parse::<Plankolumn>().map_or_else(|_| id.kolumn.clone(), Plankolumn::rubrik);
            format!("Plan till mötet den {}: {row}, {}", format::long_date(day), column.to_lowercase())
        }
        Some(Tabell::Prognos(year)) => {
            let row = underlag.insats_nr(&id.rad).map(|nr| {
                let of = &underlag.insatser[nr];
                of.namn_med_agare()
            });
            let column = match id.kolumn.as_str() {
                "utfall_tkr" => "utfall hittills, tkr",
                "budget_tkr" => "årets budget, tkr",
                "prognos_tkr" => "prognos, tkr",
                "egen_prognos_tkr" => "egen prognos i planen, tkr",
                other => other,
            };
            format!("Prognos {year}: {}, {column}", row.unwrap_or_else(|| "alla insatser".to_owned()))
        }
        None => id.to_string(),
    }
}

/// What a post is called: the short name of the insats, or its own.
pub fn postnamn(underlag: &Underlag, post: &Post) -> String {
    underlag.insats_nr(&post.namn).map_or_else(|| post.namn.clone(), |nr| underlag.insatser[nr].kortnamn().to_owned())
}

fn part(column: &str) -> &str {
    match column {
        "kr" => "avgift",
        "fjolar_kr" => "avgift året före",
        "andring_kr" => "ändring sedan året före",
        "halvar_1_kr" => "att fakturera första halvåret",
        "halvar_2_kr" => "att fakturera andra halvåret",
        "folkmangd" => "folkmängd",
        other => other,
    }
}

fn rad(underlag: &Underlag, plan: &Plan, name: &str) -> String {
    if let Some(at) = marken(plan).iter().position(|known| known == name) {
        return postnamn(underlag, &plan.poster[at]);
    }
    match (Plankategori::of_kod(name), name) {
        (Some(kategori), _) => kategori.text().to_lowercase().replace("esf", "ESF"),
        (None, "summa_intakter") => "summa intäkter".to_owned(),
        (None, "summa_kostnader") => "summa kostnader".to_owned(),
        (None, "arets_resultat") => "årets resultat".to_owned(),
        (None, "ingaende_beslutsutrymme") => "ingående beslutsutrymme".to_owned(),
        (None, "beslutsutrymme_efter_beslut") => "beslutsutrymme efter beslut".to_owned(),
        (None, "beslutsutrymme_efter_ej_beslutade") => "beslutsutrymme efter ej beslutade ansökningar".to_owned(),
        (None, "kvarvarande_beslutsutrymme") => "kvarvarande beslutsutrymme".to_owned(),
        (None, other) => super::words(other),
    }
}
