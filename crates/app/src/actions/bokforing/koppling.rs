//! What accounts, projects and cost centres are in the reports: tables that people keep, by the year from which they apply.

mod fil;
mod rad;

pub use fil::{Last, las};

use self::rad::Rad;
use crate::actions::forbund::Chosen;
use crate::actions::insatsbeslut::{Form, Wrong, parse, unfit};
use crate::{Error, clock};
use samsyn_core::calc::bokslut::{ar, stammer};
use samsyn_core::kostnadsstalle::Kostnadsstalle;
use samsyn_core::objektsaldo::{KOSTNADSSTALLE, PROJEKT};
use samsyn_core::personnummer::contains_personnummer;
use samsyn_core::projektkoppling::Projektkoppling;
use samsyn_core::rapportstruktur::Rapportstruktur;
use samsyn_core::schablon::Schablon;
use samsyn_core::underlag::Underlag;
use samsyn_core::{Fact, Facts, Finding, Place};
use samsyn_store::change::{self, Upon};
use samsyn_store::{Signature, facts, forbund};

/// The kind of event.
pub const SLAG: &str = "koppling";

/// A table that people keep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tabell {
    /// Accounts and lines.
    Rapportstruktur,
    /// Projects.
    Projekt,
    /// Cost centres.
    Kostnadsstallen,
    /// What public support is reckoned to cost.
    Schabloner,
}

impl Tabell {
    /// Every table.
    pub const ALLA: [Tabell; 4] =
        [Tabell::Rapportstruktur, Tabell::Projekt, Tabell::Kostnadsstallen, Tabell::Schabloner];

    /// Its noun's file.
    pub const fn kod(self) -> &'static str {
        match self {
            Tabell::Rapportstruktur => Rapportstruktur::RESOURCE,
            Tabell::Projekt => Projektkoppling::RESOURCE,
            Tabell::Kostnadsstallen => Kostnadsstalle::RESOURCE,
            Tabell::Schabloner => Schablon::RESOURCE,
        }
    }

    /// Its words.
    pub const fn text(self) -> &'static str {
        match self {
            Tabell::Rapportstruktur => "Konton",
            Tabell::Projekt => "Projekt",
            Tabell::Kostnadsstallen => "Kostnadsställen",
            Tabell::Schabloner => "Schabloner",
        }
    }

    /// The field that tells its rows of a year apart.
    pub const fn nyckelfalt(self) -> &'static str {
        match self {
            Tabell::Rapportstruktur => "konto_fran",
            Tabell::Projekt => "sie_projekt",
            Tabell::Kostnadsstallen => "sie_kostnadsstalle",
            Tabell::Schabloner => "kommun",
        }
    }

    /// The table of this noun.
    pub fn of_kod(kod: &str) -> Option<Tabell> {
        Tabell::ALLA.into_iter().find(|tabell| tabell.kod() == kod)
    }
}

/// Calls a function with the noun of a table.
macro_rules! av {
    ($tabell:expr, $does:ident($($given:expr),*)) => {
        match $tabell {
            Tabell::Rapportstruktur => $does::<Rapportstruktur>($($given),*),
            Tabell::Projekt => $does::<Projektkoppling>($($given),*),
            Tabell::Kostnadsstallen => $does::<Kostnadsstalle>($($given),*),
            Tabell::Schabloner => $does::<Schablon>($($given),*),
        }
    };
}
use av;

/// Stores a table: the rows of the years that it tells replace those that are held. How many rows are new or changed, and
/// how many ended.
pub async fn spara(chosen: &Chosen<'_>, last: &Last, (who, why): (&str, &str)) -> Result<(usize, usize), Error> {
    if contains_personnummer(why) {
        return Err(Error::Usage("Skälet innehåller ett personnummer. Ta bort det; inget har sparats.".to_owned()));
    }
    let stored = facts::current(chosen.db, &chosen.access).await?;
    let mut wrong = av!(last.tabell, judge(&stored, &last.rader));
    // A file may come before the plans that have its posts.
    wrong.retain(|(field, _)| field != "insats_id_eller_post");
    if !wrong.is_empty() {
        let told = wrong.into_iter().map(|(field, text)| {
            let place = Place { file: Some(last.namn.clone()), column: Some(field), ..Place::default() };
            Finding::error(place, text, "")
        });
        return Err(Error::Findings(told.collect()));
    }
    let ended = av!(last.tabell, gone(&stored, &last.rader));
    let why = format!("{}: {why}", last.tabell.text());
    let signature = Signature { who, why: &why, now_ms: clock::now_ms() };
    let done = change::change_and_end(chosen.db, &chosen.access, &last.rader, &ended, signature, SLAG).await?;
    Ok((done.per_noun.iter().map(|(_, new, changed)| new + changed).sum(), ended.len()))
}

/// Rows that are held of the same years and are not there any more.
fn gone<F: Rad>(stored: &Facts, rader: &Facts) -> Vec<(&'static str, String)> {
    let new = F::rader(rader);
    let replaced = |row: &&F| new.iter().any(|other| other.ersatter(row));
    let left = |row: &&F| new.iter().any(|other| other.key() == row.key());
    let ended = F::rader(stored).iter().filter(replaced).filter(|row| !left(row));
    ended.map(|row| (F::RESOURCE, row.key())).collect()
}

fn judge<F: Rad>(stored: &Facts, rader: &Facts) -> Wrong {
    F::brister(stored, rader)
}

/// What is wrong with a table, closing by closing.
pub fn brister(underlag: &Underlag, tabell: Tabell) -> Vec<String> {
    let mut told = Vec::new();
    for of in underlag.bokforing.bokslut.iter().rev() {
        let till = of.bokslut.till;
        match tabell {
            Tabell::Rapportstruktur => {
                for row in stammer::utan_rad(&underlag.bokforing, till) {
                    told.push(format!("Bokslut {till}: konto {} {} har ingen rad.", row.konto, row.namn));
                }
                for (from, to) in stammer::dubbla(&underlag.bokforing, ar(till)) {
                    let run = if from == to { from.to_string() } else { format!("{from}–{to}") };
                    told.push(format!("{}: konto {run} har två rader.", ar(till)));
                }
            }
            Tabell::Projekt | Tabell::Kostnadsstallen => {
                let dimension = if tabell == Tabell::Projekt { PROJEKT } else { KOSTNADSSTALLE };
                for text in stammer::inte_kopplade(&underlag.bokforing, till, dimension) {
                    told.push(format!("Bokslut {till}: {text} är inte kopplat."));
                }
            }
            Tabell::Schabloner => {}
        }
    }
    told.dedup();
    told
}

/// What came of saving a row.
#[derive(Debug, PartialEq, Eq)]
pub enum Radutfall {
    /// The row is as the form says; whether that was a change.
    Klart(bool),
    /// What is wrong, by field; nothing is stored.
    Fel(Wrong),
}

/// Stores the row that a form tells. `andrar` is the key of the row that the form was made from; nothing when it adds one.
pub async fn spara_rad(
    chosen: &Chosen<'_>,
    tabell: Tabell,
    andrar: Option<&str>,
    form: &Form,
    who: &str,
) -> Result<Radutfall, Error> {
    let (why, mut wrong) = skal(form);
    let mut rader = Facts::default();
    let key = av!(tabell, of_form(form, &mut rader, &mut wrong));
    let (event, _) = forbund::state(chosen.db, chosen.access.forbund()).await?;
    let stored = facts::current(chosen.db, &chosen.access).await?;
    if wrong.is_empty() {
        wrong.extend(av!(tabell, judge(&stored, &rader)));
        if andrar != Some(key.as_str()) && !av!(tabell, cells(&stored, &key)).is_empty() {
            let field = tabell.nyckelfalt().to_owned();
            wrong.push((field, "Det finns redan en sådan rad för året. Ändra den i stället.".to_owned()));
        }
    }
    if !wrong.is_empty() {
        return Ok(Radutfall::Fel(wrong));
    }
    let begins = tabell != Tabell::Schabloner && av!(tabell, carry_over(&stored, &mut rader));
    // A row that moves to a year that begins with it stays as it was in the years before.
    let before = andrar.filter(|before| *before != key && !begins).map(|before| (tabell.kod(), before.to_owned()));
    let ended: Vec<(&str, String)> = before.into_iter().collect();
    let upon = Upon { resource: tabell.kod(), prefix: andrar.unwrap_or(&key), event };
    let signature = Signature { who, why, now_ms: clock::now_ms() };
    let made = (signature, SLAG);
    let done = change::change_upon(chosen.db, &chosen.access, &rader, &ended, Some(upon), made).await?;
    Ok(match done {
        Some(done) => Radutfall::Klart(done.event.is_some()),
        None => Radutfall::Fel(vec![(String::new(), "Någon annan sparade i samma stund. Spara igen.".to_owned())]),
    })
}

/// Ends a row. Whether there was one; else what is wrong with the form.
pub async fn ta_bort_rad(
    chosen: &Chosen<'_>,
    tabell: Tabell,
    key: &str,
    form: &Form,
    who: &str,
) -> Result<Result<bool, Wrong>, Error> {
    let (why, wrong) = skal(form);
    if !wrong.is_empty() {
        return Ok(Err(wrong));
    }
    let signature = Signature { who, why, now_ms: clock::now_ms() };
    let done = change::end(chosen.db, &chosen.access, tabell.kod(), key, signature, SLAG).await?;
    Ok(Ok(done.is_some()))
}

/// The reason, and what is wrong with it or with any field as text.
fn skal(form: &Form) -> (&str, Wrong) {
    let why = form.get("skal").map_or("", |why| why.trim());
    let mut wrong = unfit(form, 500);
    if why.is_empty() {
        wrong.push(("skal".to_owned(), "Skriv varför, eller vilket beslut det bygger på.".to_owned()));
    }
    (why, wrong)
}

/// Fills in a year that begins with the row of a form: every row that applied to it until then applies to it still, since the
/// rows of a year replace all earlier ones. Whether the year begins with it.
fn carry_over<F: Rad>(stored: &Facts, rader: &mut Facts) -> bool {
    let Some(new) = F::rader(rader).first().cloned() else { return false };
    let held = F::rader(stored);
    let since = held.iter().map(F::fran).filter(|fran| *fran <= new.fran()).max();
    let Some(since) = since.filter(|since| *since < new.fran()) else { return false };
    let rows = held.iter().filter(|row| row.fran() == since).map(|row| row.med_fran(new.fran()));
    F::lagg(rader, rows.filter(|row| row.key() != new.key()).collect());
    true
}

/// Reads the row of a form: its key.
fn of_form<F: Rad>(form: &Form, rader: &mut Facts, wrong: &mut Wrong) -> String {
    let row: Option<F> = parse(form, wrong);
    let key = row.as_ref().map(F::key).unwrap_or_default();
    F::lagg(rader, row.into_iter().collect());
    key
}

/// A row field by field; empty when there is none.
fn cells<F: Rad>(stored: &Facts, key: &str) -> Form {
    let found = F::rader(stored).iter().find(|row| row.key() == key);
    let cells = |row: &F| F::FIELDS.iter().enumerate().map(|(at, field)| ((*field).to_owned(), row.cell(at))).collect();
    found.map(cells).unwrap_or_default()
}

/// A row as a form begins with it; empty when there is none.
pub async fn form_of(chosen: &Chosen<'_>, tabell: Tabell, key: &str) -> Result<Form, Error> {
    let stored = facts::current(chosen.db, &chosen.access).await?;
    Ok(av!(tabell, cells(&stored, key)))
}
