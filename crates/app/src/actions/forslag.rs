//! A package that someone has uploaded: read and judged, kept while a person looks at what it would change, then taken
//! in or put away.

use crate::actions::forbund::Chosen;
use crate::actions::importera::{self, Choices, Imported};
use crate::actions::ord;
use crate::{Error, clock};
use samsyn_core::kvartalsrapport::behall_kansliets;
use samsyn_core::{Fact, Facts, Finding, Place, Severity, for_every_noun, kontroll};
use samsyn_document::format;
use samsyn_import::package::{Limits, ReceivedFile};
use samsyn_store::{anvandare, facts, forslag, import};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

/// How many changed rows of a noun are told one by one.
const TOLD: usize = 100;
/// How many new rows of a noun are told one by one.
const TOLD_NEW: usize = 50;
/// How long a proposal waits, milliseconds: two weeks.
const WAITS_MS: i64 = 14 * 24 * 60 * 60_000;

/// A row that would change: its key, and the fields with what stands there before and after.
#[derive(Debug, PartialEq, Eq)]
pub struct AndradRad {
    /// The fact's key.
    pub nyckel: String,
    /// Field, before, after.
    pub falt: Vec<(&'static str, String, String)>,
}

/// A row that would be new: its key, and the fields that say something besides.
#[derive(Debug, PartialEq, Eq)]
pub struct NyRad {
    /// The fact's key.
    pub nyckel: String,
    /// Field and what stands there.
    pub falt: Vec<(&'static str, String)>,
}

/// What a package would do to one noun.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Andring {
    /// The noun's file.
    pub fil: &'static str,
    /// How many rows are new.
    pub nya: usize,
    /// The first of those that are new.
    pub nya_rader: Vec<NyRad>,
    /// How many change.
    pub andrade: usize,
    /// The first of those that change.
    pub rader: Vec<AndradRad>,
    /// How many stored rows are not in the file.
    pub borta: usize,
}

/// A proposal as a person looks at it.
#[derive(Debug)]
pub struct Forslag {
    /// What the upload was called.
    pub namn: String,
    /// What would change, noun by noun; only those where anything would.
    pub andringar: Vec<Andring>,
    /// What is worth knowing, worst first, and is not known already.
    pub findings: Vec<Finding>,
    /// What holds of the stored facts too: it has been accepted before.
    pub kanda: Vec<Finding>,
    /// Whether it can be taken in: nothing that stops.
    pub kan_lasas: bool,
    /// The latest import since the upload, if taking it in now would write over anything.
    pub fore: Option<i64>,
}

impl Forslag {
    /// Whether anything must be accepted.
    pub fn har_varningar(&self) -> bool {
        self.findings.iter().chain(&self.kanda).any(|finding| finding.severity == Severity::Varning)
    }
}

/// A proposal as it stands in a list.
#[derive(Debug)]
pub struct Vantande {
    /// Its number.
    pub nr: i64,
    /// What the upload was called.
    pub namn: String,
    /// Who uploaded it.
    pub vem: String,
    /// When, milliseconds since 1970 UTC.
    pub skapad_ms: i64,
    /// What it would change.
    pub andrar: Arc<Sammandrag>,
}

/// What a proposal would change, in short.
#[derive(Debug, Default)]
pub struct Sammandrag {
    /// In a line.
    pub rad: String,
    /// The latest import since the upload, if taking it in now would write over anything.
    pub fore: Option<i64>,
}

/// Keeps an upload as a proposal, if nothing in it stops; its number. Nothing is kept of one that is refused.
pub async fn keep(chosen: &Chosen<'_>, user: i64, files: Vec<ReceivedFile>, limits: Limits) -> Result<i64, Error> {
    let (kept, name) = {
        let read = importera::judge(files, &limits);
        let wrong = read.stopping();
        if !wrong.is_empty() {
            return Err(Error::Findings(wrong));
        }
        of_this(chosen, &read)?;
        read.kept()
    };
    let now_ms = clock::now_ms();
    forslag::thin_out(chosen.db, now_ms - WAITS_MS).await?;
    Ok(forslag::keep(chosen.db, &chosen.access, user, &name, &kept, now_ms).await?)
}

/// A package must be about the förbund it is uploaded to.
fn of_this(chosen: &Chosen<'_>, read: &importera::Read) -> Result<(), Error> {
    let id = read.facts().and_then(|facts| facts.forbund.first()).map(|forbund| forbund.forbund_id.to_string());
    if id.as_deref() == Some(chosen.id.as_str()) {
        return Ok(());
    }
    let place = Place { file: Some("forbund.csv".to_owned()), ..Place::default() };
    let found = id.map_or("inget förbund".to_owned(), |id| format!("förbundet {id}"));
    let message = format!("Underlaget gäller {found}, inte {}.", chosen.id);
    Err(Error::Findings(vec![Finding::error(place, message, "Läs in det i rätt förbund.")]))
}

/// The proposals that wait, the latest last.
pub async fn waiting(chosen: &Chosen<'_>, limits: Limits) -> Result<Vec<Vantande>, Error> {
    let mut all = Vec::new();
    for found in forslag::list(chosen.db, &chosen.access).await? {
        let vem = anvandare::find(chosen.db, found.anvandare).await?.map(|user| user.namn).unwrap_or_default();
        let andrar = summary(chosen, found.nr, limits).await?;
        all.push(Vantande { nr: found.nr, namn: found.namn, vem, skapad_ms: found.skapad_ms, andrar });
    }
    Ok(all)
}

/// What a proposal would change, in short. Remembered until something happens in the förbund.
async fn summary(chosen: &Chosen<'_>, nr: i64, limits: Limits) -> Result<Arc<Sammandrag>, Error> {
    let underlag = chosen.underlag(clock::today()).await?;
    let name = format!("förslag {nr}");
    if let Some(told) = chosen.minne.and_then(|minne| minne.recall(&underlag, &name)) {
        return Ok(told);
    }
    let short = |found: Forslag| Sammandrag { rad: in_a_line(&found.andringar), fore: found.fore };
    let told = Arc::new(show(chosen, nr, limits).await?.map(short).unwrap_or_default());
    if let Some(minne) = chosen.minne {
        minne.retain(&underlag, &name, told.clone());
    }
    Ok(told)
}

fn in_a_line(andringar: &[Andring]) -> String {
    let told: Vec<String> = andringar.iter().filter_map(Andring::in_words).collect();
    if told.is_empty() {
        "Ändrar inget: allt finns redan inläst.".to_owned()
    } else {
        format!("{}.", told.join(". "))
    }
}

impl Andring {
    /// For instance `Rekvisitioner: 1 ändrad`; nothing when no row is new or changed.
    fn in_words(&self) -> Option<String> {
        let one = |count: usize, word: &str, more: &str| match count {
            0 => None,
            1 => Some(format!("1 {word}")),
            _ => Some(format!("{} {more}", format::number(count as i64))),
        };
        let parts = [one(self.nya, "ny", "nya"), one(self.andrade, "ändrad", "ändrade")];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        (!parts.is_empty()).then(|| format!("{}: {}", ord::flera(self.fil), format::list(&parts)))
    }
}

/// A proposal with what it would change.
pub async fn show(chosen: &Chosen<'_>, nr: i64, limits: Limits) -> Result<Option<Forslag>, Error> {
    let Some((found, files)) = forslag::find(chosen.db, &chosen.access, nr).await? else { return Ok(None) };
    let read = importera::judge(received(files), &limits);
    let mut findings = read.findings().to_vec();
    let mut andringar = Vec::new();
    let mut known = HashSet::new();
    if let Some(new) = read.facts() {
        let stored = facts::current(chosen.db, &chosen.access).await?;
        let mut rows = new.clone();
        behall_kansliets(&mut rows.kvartalsrapporter, &stored.kvartalsrapporter);
        andringar = changes(&stored, &rows, read.present());
        findings.extend(importera::against_stored(chosen.db, new, read.present()).await?);
        known.extend(kontroll::varningar(&stored, clock::today()).into_iter().map(without_row));
    }
    findings.sort();
    let kan_lasas = findings.iter().all(|finding| finding.severity != Severity::Fel);
    let (kanda, findings) = findings.into_iter().partition(|finding| known.contains(&without_row(finding.clone())));
    let fore = match andringar.iter().any(|change| change.andrade > 0) {
        true => since(chosen, found.skapad_ms).await?,
        false => None,
    };
    Ok(Some(Forslag { namn: found.namn, andringar, findings, kanda, kan_lasas, fore }))
}

/// The latest import since a moment that is in force.
async fn since(chosen: &Chosen<'_>, at_ms: i64) -> Result<Option<i64>, Error> {
    let all = import::list(chosen.db, chosen.access.forbund()).await?;
    let later = all.iter().filter(|import| import.registrerad_ms > at_ms && import.angrad_av.is_none());
    Ok(later.map(|import| import.nr).max())
}

/// The same finding wherever its row stands in a file.
fn without_row(finding: Finding) -> Finding {
    Finding { place: Place { row: None, ..finding.place }, ..finding }
}

/// Takes a proposal in: its warnings are accepted by the one who says so.
pub async fn accept(
    chosen: &Chosen<'_>,
    nr: i64,
    limits: Limits,
    (who, why): (&str, &str),
) -> Result<Option<Imported>, Error> {
    let Some((_, files)) = forslag::find(chosen.db, &chosen.access, nr).await? else { return Ok(None) };
    let choices = Choices { limits, accept_warnings: true, who, why };
    let imported = importera::files_of(chosen.db, received(files), choices, &mut |_, _| {}).await?;
    forslag::discard(chosen.db, &chosen.access, nr).await?;
    Ok(Some(imported))
}

/// Puts a proposal away; whether there was one.
pub async fn discard(chosen: &Chosen<'_>, nr: i64) -> Result<bool, Error> {
    Ok(forslag::discard(chosen.db, &chosen.access, nr).await?)
}

fn received(files: Vec<(String, Vec<u8>)>) -> Vec<ReceivedFile> {
    files.into_iter().map(|(name, bytes)| ReceivedFile { name, bytes }).collect()
}

/// What the rows of a package would change in what is stored.
fn changes(stored: &Facts, new: &Facts, present: &BTreeSet<&'static str>) -> Vec<Andring> {
    let mut all = Vec::new();
    macro_rules! compare {
        ($($field:ident: $type:ty,)+) => {$(
            if present.contains(<$type as Fact>::RESOURCE) {
                all.push(change(&stored.$field, &new.$field));
            }
        )+};
    }
    for_every_noun!(compare);
    all.retain(|change| change.nya + change.andrade + change.borta > 0);
    all
}

fn change<F: Fact>(stored: &[F], new: &[F]) -> Andring {
    let before: HashMap<String, &F> = stored.iter().map(|fact| (fact.key(), fact)).collect();
    let mut change = Andring { fil: F::RESOURCE, ..Andring::default() };
    let mut kept = 0;
    for fact in new {
        match before.get(&fact.key()) {
            None => {
                change.nya += 1;
                if change.nya_rader.len() < TOLD_NEW {
                    change.nya_rader.push(NyRad { nyckel: fact.key(), falt: said(fact) });
                }
            }
            Some(old) => {
                kept += 1;
                if *old != fact {
                    change.andrade += 1;
                    if change.rader.len() < TOLD {
                        change.rader.push(AndradRad { nyckel: fact.key(), falt: fields(*old, fact) });
                    }
                }
            }
        }
    }
    change.borta = before.len().saturating_sub(kept);
    change
}

fn fields<F: Fact>(old: &F, new: &F) -> Vec<(&'static str, String, String)> {
    let pairs = F::FIELDS.iter().enumerate().map(|(at, name)| (*name, old.cell(at), new.cell(at)));
    pairs.filter(|(_, before, after)| before != after).collect()
}

/// What a new row says besides its key.
fn said<F: Fact>(fact: &F) -> Vec<(&'static str, String)> {
    let besides = F::FIELDS.iter().enumerate().filter(|(at, _)| !F::KEY.contains(at));
    besides.map(|(at, name)| (*name, fact.cell(at))).filter(|(_, text)| !text.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_change_is_told_in_a_line() {
        let change = |fil, nya, andrade| Andring { fil, nya, andrade, ..Andring::default() };
        let all = [change("rekvisitioner", 0, 1), change("budget", 1, 2), change("mal", 0, 0)];
        assert_eq!(in_a_line(&all), "Rekvisitioner: 1 ändrad. Budget: 1 ny och 2 ändrade.");
        assert_eq!(in_a_line(&[]), "Ändrar inget: allt finns redan inläst.");
    }
}
