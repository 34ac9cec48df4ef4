//! What is said under the tables where insatser hand in counts by month instead of single inskrivningar.

use crate::calc::{Matt, antal};
use crate::rapport::skrivare::{Skrivare, sentences};
use crate::underlag::KedjeNr;
use samsyn_document::{Text, format};

/// The chains whose numbers come from counts, by name; empty where there are none.
fn names(pm: &Skrivare<'_, '_>, chains: impl Iterator<Item = KedjeNr>) -> String {
    let named: Vec<String> = chains.map(|kedja| pm.namn(pm.rakning.underlag.kedjor[kedja].forsta)).collect();
    format::list(&named)
}

/// Under tables 6 and 8 and Uppföljning Finsam: whose numbers come from counts.
pub(in crate::rapport) fn whose(pm: &Skrivare<'_, '_>) -> Option<Text> {
    let named = names(pm, pm.rakning.by_month().into_iter());
    let text = "Siffrorna för {0} kommer ur antal per månad, som lämnas i stället för inskrivningar en och en.";
    (!named.is_empty()).then(|| pm.text(text, &[&named]))
}

/// Under tables 6, 11 and 12 and Uppföljning Finsam: which month the ongoing are of
/// while the half-year is not over, what is not known of the participants, and which months lack; nothing when all is known.
pub(in crate::rapport) fn unknown(pm: &Skrivare<'_, '_>) -> Option<Text> {
    let rakning = pm.rakning;
    let without = |matt| {
        let unknown = move |kedja: &KedjeNr| rakning.counts.is_unknown(*kedja, matt);
        names(pm, rakning.by_month().into_iter().filter(unknown))
    };
    let told = |named: &str, text: &str| if named.is_empty() { Text::new() } else { pm.text(text, &[named]) };
    let ongoing = told(
        &without(Matt::Pagaende),
        "Hur många som pågår och hur många som deltagit är inte känt för {0}, som inte har lämnat antal för periodens \
         sista månad; det visas som ”–”, också i summor där de ingår.",
    );
    let others = told(
        &without(Matt::Inregistrerade),
        "Hur många som skrivits in och avslutats är inte känt för {0}, som inte har lämnat antal för alla periodens \
         månader; det visas som ”–”, också i summor där de ingår.",
    );
    let missing = missing(pm);
    let latest = latest(pm);
    let text = "Pågående och deltagit är per månadens slut: {0}.";
    let running = if latest.is_empty() { Text::new() } else { pm.text(text, &[&format::list(&latest)]) };
    let second =
        if missing.is_empty() { Text::new() } else { pm.text("Antal saknas för {0}.", &[&format::list(&missing)]) };
    let text = sentences([running, ongoing, others, second]);
    (!text.is_empty()).then_some(text)
}

/// `april 2024 för Bryggan (Östhammar)`, for each insats whose ongoing are told of an earlier month than the half-year's
/// last, which is not over.
fn latest(pm: &Skrivare<'_, '_>) -> Vec<String> {
    let (underlag, period) = (pm.rakning.underlag, pm.rakning.period);
    let shown = pm.rakning.by_month().into_iter().flat_map(|kedja| underlag.kedjor[kedja].lankar.iter().copied());
    let of = |insats| {
        let month = antal::ending(underlag, insats, period.year_start(), period.last())?;
        (month.last() < period.last()).then(|| format!("{} för {}", month.words(), pm.namn(insats)))
    };
    shown.filter_map(of).collect()
}

/// `Bryggan (Östhammar) i maj 2024`, for each insats and month that lacks.
fn missing(pm: &Skrivare<'_, '_>) -> Vec<String> {
    let (underlag, period) = (pm.rakning.underlag, pm.rakning.period);
    let of = |insats| {
        let months = antal::missing(underlag, insats, period.year_start(), period.last());
        let words: Vec<String> = months.into_iter().map(|month| month.words()).collect();
        (!words.is_empty()).then(|| format!("{} i {}", pm.namn(insats), format::list(&words)))
    };
    (0..underlag.insatser.len()).filter_map(of).collect()
}

/// Under the numbers by support: in which chains of these it is not known, as they hand in counts.
pub(super) fn support(pm: &Skrivare<'_, '_>, chains: impl Iterator<Item = KedjeNr>) -> Option<Text> {
    let named = names(pm, chains.filter(|kedja| pm.rakning.counts.by_month(*kedja)));
    let text = "Okänt är också alla som räknas per månad i {0}.";
    (!named.is_empty()).then(|| pm.text(text, &[&named]))
}

/// Under table 9: whose exits it tells of, when not those of all.
pub(super) fn exits_of_single(pm: &Skrivare<'_, '_>) -> Option<Text> {
    single(pm, "Räknat på {9/avslutade/S} avslutade", "Räknat på de avslutade")
}

/// Under table 10: whom its shares are counted on, when not on all.
pub(super) fn shares_of_single(pm: &Skrivare<'_, '_>) -> Option<Text> {
    let told =
        "Andelarna räknas på {malgrupp/alla/antal} inskrivna och alla {malgrupp-deltagit/alla/antal} som deltagit";
    single(pm, told, "Andelarna räknas på inskrivna och alla som deltagit")
}

fn single(pm: &Skrivare<'_, '_>, told: &str, untold: &str) -> Option<Text> {
    let named = names(pm, pm.rakning.by_month().into_iter());
    if named.is_empty() {
        return None;
    }
    let shown = pm.if_shown(told, &[]);
    let mut text = if shown.is_empty() { pm.text(untold, &[]) } else { shown };
    text.extend(
        pm.text(" i insatser som lämnar inskrivningar en och en. Inte med: {0}, med antal per månad.", &[&named]),
    );
    Some(text)
}
