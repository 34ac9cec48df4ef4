//! Names of figures of the bookkeeping.

use crate::calc::bokslut::oversikt::{BALANSKRAV, OVERSIKT};
use crate::calc::bokslut::uppstallning::{Form, Uppstalld, balansrakning, kassaflode, resultatrakning};
use crate::calc::bokslut::{Tid, ar};
use crate::planpost::Plankategori;
use crate::underlag::Underlag;
use samsyn_document::{Datum, FigureId};

/// For instance `Resultaträkning: kostnader för personal, 2022-06-30`.
pub(super) fn namn(underlag: &Underlag, id: &FigureId) -> String {
    let table = match id.tabell.as_str() {
        "resultatrakning" => "Resultaträkning".to_owned(),
        "balansrakning" => "Balansräkning".to_owned(),
        "kassaflode" => "Kassaflödesanalys".to_owned(),
        "driftsredovisning" => "Driftsredovisning".to_owned(),
        "kostnader" => "Kostnader mot budget".to_owned(),
        "samverkansinsatser" => "Samverkansinsatser".to_owned(),
        "inriktning" => "Inriktning av insatser".to_owned(),
        "nyckeltal" => "Nyckeltal".to_owned(),
        "oversikt" => "Översikt".to_owned(),
        "balanskrav" => "Balanskravsutredning".to_owned(),
        "arsresultat" => "Årets resultat".to_owned(),
        "forbrukning" => "Insatser i förhållande till medlemsintäkt".to_owned(),
        "resultatmal" => "Resultatmål".to_owned(),
        "aktiviteter" => "Aktiviteter".to_owned(),
        other => other.replace("not-", "Not "),
    };
    format!("{table}: {}, {}", rad(underlag, id), kolumn(&id.kolumn))
}

fn rad(underlag: &Underlag, id: &FigureId) -> String {
    if let Some(nr) = underlag.insats_nr(&id.rad) {
        let of = &underlag.insatser[nr];
        return of.namn_med_agare();
    }
    let day = id.kolumn.get(..10).and_then(Datum::parse).unwrap_or(underlag.per);
    let statement = match id.tabell.as_str() {
        "resultatrakning" => resultatrakning(Form::av(ar(day)), day),
        "balansrakning" => balansrakning(Tid::vid(day)),
        "kassaflode" => kassaflode(day),
        _ => Vec::new(),
    };
    let line = statement.into_iter().find_map(|of| match of {
        Uppstalld::Post(post) if post.namn == id.rad => Some(post.text.to_owned()),
        _ => None,
    });
    let other = || OVERSIKT.iter().find(|(name, _)| *name == id.rad).map(|(_, text)| text.replace(", tkr", ""));
    let demand = || BALANSKRAV.iter().find(|(name, ..)| *name == id.rad).map(|(_, text, _)| (*text).to_owned());
    let part = || Plankategori::of_kod(&id.rad).map(|of| of.text().to_owned());
    let account = || {
        let number: u32 = id.rad.parse().ok()?;
        let of = underlag.bokforing.bokslut.iter().rev();
        let found = of.flat_map(|of| &of.konton).find(|konto| konto.konto == number)?;
        Some(format!("{number} {}", found.namn))
    };
    let of_table = match id.tabell.as_str() {
        "oversikt" => other(),
        "balanskrav" => demand(),
        "kostnader" | "inriktning" => part(),
        table if table.starts_with("not-") => account(),
        _ => None,
    };
    let text = line.or(of_table).unwrap_or_else(|| super::words(&id.rad));
    let mut letters = text.chars();
    // An abbreviation keeps its capitals.
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => first.to_lowercase().chain(letters).collect(),
        _ => text,
    }
}

fn kolumn(column: &str) -> String {
    match column {
        "budget_tkr" => "budget, tkr".to_owned(),
        "utfall_tkr" => "utfall, tkr".to_owned(),
        "avvikelse_tkr" => "avvikelse, tkr".to_owned(),
        "arsbudget_tkr" => "budget för året, tkr".to_owned(),
        "arsprognos_tkr" => "prognos för året, tkr".to_owned(),
        "andel_av_arsbudget" => "andel av årets budget".to_owned(),
        "resultat_tkr" => "resultat, tkr".to_owned(),
        "medlemsintakt_tkr" => "medlemsintäkt, tkr".to_owned(),
        "samverkansinsatser_tkr" => "samverkansinsatser, tkr".to_owned(),
        other => match other.strip_suffix("_tkr") {
            Some(day) => format!("{day}, tkr"),
            None => super::words(other),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Facts;

    #[test]
    fn a_figure_of_the_bookkeeping_has_a_name_that_people_can_read() {
        let underlag = Underlag::new(Facts::default(), "2022-08-30".parse().unwrap());
        let named = |id: &str| namn(&underlag, &FigureId::parse(id).unwrap());
        let told = named("resultatrakning/personal/2022-06-30");
        assert_eq!(told, "Resultaträkning: kostnader för personal, 2022-06-30");
        assert_eq!(named("resultatrakning/eu_bidrag/2022-06-30"), "Resultaträkning: EU-bidrag, 2022-06-30");
        assert_eq!(named("driftsredovisning/totalt/avvikelse_tkr"), "Driftsredovisning: totalt, avvikelse, tkr");
        assert_eq!(named("kostnader/forvaltning/2022-06-30_tkr"), "Kostnader mot budget: förvaltning, 2022-06-30, tkr");
        assert_eq!(named("oversikt/soliditet/2022-06-30"), "Översikt: soliditet, 2022-06-30");
    }
}
