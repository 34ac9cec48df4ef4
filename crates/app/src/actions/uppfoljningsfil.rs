//! An insats's uppföljningsfil: read, compared with what is known, and taken in when a person has seen what it changes.
//! Nothing of a file is stored before that, and then only the columns that were read.

mod samlade;
mod siffror;

use crate::actions::forbund::Chosen;
use crate::actions::inskrivning;
use crate::actions::ord::Ord;
use crate::{Error, clock};
use samsyn_core::deltagande::Deltagande;
use samsyn_core::insats::Insats;
use samsyn_core::personnummer::contains_personnummer;
use samsyn_core::uppfoljning::{self, Jamforelse, Traff};
use samsyn_core::{Facts, Finding, Id, Place, Severity};
use samsyn_document::Datum;
use samsyn_import::grid::{self, Book, Limits, Refused};
use samsyn_import::uppfoljningsfil::{self, Kolumn, Last, Mall, Ordlista, med_inskrivning};
use samsyn_store::import::{self, ImportOutcome, Reading};
use samsyn_store::{Signature, facts, forbund, installning};
use sha2::{Digest, Sha256};
use std::collections::{BTreeSet, HashMap};
use std::fmt::Write;

pub use samlade::samlade;
pub use siffror::{Halvarets, Siffra};

/// How many findings of one kind are told one by one.
const MOST: usize = 500;

/// A file that has been read and holds nothing that may not be kept.
#[derive(Debug)]
pub struct Fil {
    /// Its cells.
    pub book: Book,
    /// SHA-256 of its bytes, hexadecimal.
    pub sha256: String,
    /// How many bytes it had.
    pub storlek: usize,
}

/// Reads a file. One that holds a personnummer or a name is refused whole, and nothing of it is quoted.
pub fn las_fil(name: &str, bytes: &[u8], limits: &Limits) -> Result<Fil, Refused> {
    let book = grid::read(name, bytes, limits)?;
    let sha256 = Sha256::digest(bytes).iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    });
    Ok(Fil { book, sha256, storlek: bytes.len() })
}

/// What a person has decided about inskrivningar that the file leaves open, by id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Val {
    /// Those that are gone from the file and were registered by mistake.
    pub makulera: BTreeSet<String>,
    /// Those whose exit the file no longer has, and has not happened.
    pub oppna: BTreeSet<String>,
}

/// What a file would change.
#[derive(Debug)]
pub struct Granskning {
    /// The insats.
    pub insats: Insats,
    /// How the file was read.
    pub last: Last,
    /// What its rows change.
    pub jamforelse: Jamforelse,
    /// What is wrong or worth knowing, worst first, with rows and columns of the file.
    pub findings: Vec<Finding>,
    /// Which figures change, half-year by half-year.
    pub siffror: Vec<Halvarets>,
    /// The förbund's latest event when it was judged.
    pub handelse: i64,
    /// Whether something has been told of columns and words that is not remembered already.
    pub nya_ord: bool,
    rader: Vec<Deltagande>,
}

impl Granskning {
    /// Whether nothing stops.
    pub fn kan_lasas(&self) -> bool {
        self.findings.iter().all(|finding| finding.severity != Severity::Fel)
    }

    /// Whether anything is to be stored.
    pub fn andrar(&self) -> bool {
        !self.rader.is_empty()
    }

    /// Whether the person must say what columns or values mean.
    pub fn fragar(&self) -> bool {
        !self.last.okanda.is_empty()
            || self.last.kolumner.iter().any(|kolumn| kolumn.hur == uppfoljningsfil::Hur::Okand)
    }
}

/// The name under which the förbund remembers what an insats calls its columns and values.
fn minne(insats: &str) -> String {
    format!("uppfoljningsfil.{insats}")
}

/// What the insats calls its columns and values.
pub async fn ordlista(chosen: &Chosen<'_>, insats: &str) -> Result<Ordlista, Error> {
    let stored = installning::current(chosen.db, chosen.access.forbund()).await?;
    Ok(stored.get(&minne(insats)).map(|text| Ordlista::of_text(text)).unwrap_or_default())
}

/// Judges a file for an insats: what it would change if it is known from `dag`. `own` limits the figures to those of the
/// insats itself.
pub async fn granska(
    chosen: &Chosen<'_>,
    insats: &Insats,
    (fil, ordlista): (&Fil, &Ordlista),
    (dag, val, own): (Datum, &Val, bool),
) -> Result<Granskning, Error> {
    // Asked before the facts are read: what happens meanwhile is seen when it is to be stored.
    let (handelse, _) = forbund::state(chosen.db, chosen.access.forbund()).await?;
    let stored = facts::current(chosen.db, &chosen.access).await?;
    let last = uppfoljningsfil::las_och_beratta(&fil.book, ordlista, clock::today(), MOST);
    let id = &insats.insats_id;
    let jamforelse = uppfoljning::jamfor(id, &stored.deltagare, &last.rader, dag);
    let rader = rows(&jamforelse, val);
    let mut findings = fil.book.notes.clone();
    findings.extend(last.findings.iter().cloned());
    let judged = inskrivning::bedom(chosen, &stored, &rader).await?;
    let underlag = chosen.underlag(clock::today()).await?;
    let ord = Ord::new(&underlag);
    let places = platser(&last, &jamforelse);
    let located = |finding: Finding| {
        let (file, row) = finding.place.key.as_ref().and_then(|key| places.get(key)).cloned().unwrap_or_default();
        let column = finding.place.column.map(|field| rubrik(&last.kolumner, &field));
        let place = Place { file, key: None, row: finding.place.row.or(row), column };
        let (message, hint) = (ord.mening(&finding.message), ord.mening(&finding.hint));
        Finding { place, message, hint, severity: finding.severity }
    };
    if last.bladen.len() < 2 {
        findings.iter_mut().filter(|one| one.place.row.is_some()).for_each(|one| one.place.file = None);
    }
    // A row that could not be read whole is told of once: what follows from the fault is no news.
    let at = |finding: &Finding| Some((finding.place.file.clone(), finding.place.row?));
    let stopped = findings.iter().filter(|one| one.severity == Severity::Fel);
    let unread: BTreeSet<(Option<String>, u64)> = stopped.filter_map(at).collect();
    let new = |finding: &Finding| at(finding).is_none_or(|place| !unread.contains(&place));
    findings.extend(jamforelse.findings.iter().cloned().chain(judged).map(located).filter(new));
    findings.sort_by_key(|finding| (finding.severity, finding.place.file.clone(), finding.place.row));
    findings.dedup();
    let siffror = siffror::andrade(chosen, &stored, &rader, own.then_some(id.as_str())).await?;
    let already = self::ordlista(chosen, id.as_str()).await?;
    let nya_ord = ordlista.att_minnas(&already, &last.forekomster) != already;
    Ok(Granskning { insats: insats.clone(), last, jamforelse, findings, siffror, handelse, nya_ord, rader })
}

/// Where the rows stand, by what findings name them by: which of the rows it is, and the inskrivning that it came to be.
/// Of one sheet its name is not told.
fn platser(last: &Last, found: &Jamforelse) -> HashMap<String, (Option<String>, Option<u64>)> {
    let several = last.bladen.len() > 1;
    let sheets = last.bladen.iter().flat_map(|(name, rows)| std::iter::repeat_n(name, *rows));
    let mut places = HashMap::new();
    for (nr, ((rad, id), sheet)) in last.rader.iter().zip(&found.ids).zip(sheets).enumerate() {
        let place = (several.then(|| sheet.clone()), Some(rad.rad));
        places.extend(id.iter().map(|id| (id.to_string(), place.clone())));
        places.insert(format!("#{nr}"), place);
    }
    places
}

/// What a field is called in the file; its own name where the file has no such column.
fn rubrik(kolumner: &[Kolumn], field: &str) -> String {
    let asked = if field == "deltagande_id" { "nummer" } else { field };
    let found = kolumner.iter().find(|kolumn| kolumn.falt.is_some_and(|falt| falt == asked || falt == field));
    found.map_or_else(
        || samsyn_document::format::capital(&crate::actions::ord::faltnamn(field)),
        |kolumn| kolumn.rubrik.clone(),
    )
}

fn hits(found: &Jamforelse) -> impl Iterator<Item = &Traff> {
    found.nya.iter().chain(&found.andrade)
}

/// The inskrivningar that are to be stored: what is new and changed in the file, and what a person has decided.
fn rows(found: &Jamforelse, val: &Val) -> Vec<Deltagande> {
    let mut rows: Vec<Deltagande> = hits(found).map(|hit| hit.efter.clone()).collect();
    for hit in found.utan_avslut.iter().filter(|hit| val.oppna.contains(hit.efter.deltagande_id.as_str())) {
        rows.retain(|row| row.deltagande_id != hit.efter.deltagande_id);
        rows.push(hit.efter.clone());
    }
    for gone in found.borta.iter().filter(|gone| val.makulera.contains(gone.deltagande_id.as_str())) {
        rows.push(Deltagande { makulerad: Some(clock::today()), ..gone.clone() });
    }
    rows
}

/// Takes in what was judged, and remembers what the insats calls its columns and values. What is kept of the file is
/// what was read, and how the whole file can be known again.
pub async fn las_in(
    chosen: &Chosen<'_>,
    granskning: &Granskning,
    (fil, ordlista): (&Fil, &Ordlista),
    (who, why): (&str, &str),
) -> Result<ImportOutcome, Error> {
    if !granskning.kan_lasas() {
        return Err(Error::Findings(granskning.findings.clone()));
    }
    let values = ordlista.varden.keys().flat_map(|(field, word)| [field, word]);
    let words = ordlista.rubriker.keys().chain(values).map(String::as_str);
    if words.chain([why]).any(contains_personnummer) {
        return Err(Error::Usage("Skälet eller orden innehåller ett personnummer. Inget har sparats.".to_owned()));
    }
    let signature = Signature { who, why, now_ms: clock::now_ms() };
    let insats = granskning.insats.insats_id.as_str();
    let rows = Facts { deltagare: granskning.rader.clone(), ..Facts::default() };
    let original = format!("SHA-256 {}\r\nStorlek {} byte\r\n", fil.sha256, fil.storlek);
    let ids: Vec<Option<&str>> = granskning.jamforelse.ids.iter().map(|id| id.as_ref().map(Id::as_str)).collect();
    let files = [
        (format!("uppfoljningsfil-{insats}.csv"), med_inskrivning(&granskning.last.som_last, &ids)),
        ("ursprung.txt".to_owned(), original.into_bytes()),
    ];
    let name = format!("Uppföljningsfil, {insats}");
    let reading = Reading { name: &name, after: granskning.handelse, files_alone: false };
    let outcome = import::store_rows(chosen.db, &chosen.access, reading, &rows, &[], &files, signature).await?;
    if outcome.stored || outcome.unchanged {
        let already = self::ordlista(chosen, insats).await?;
        let kept = ordlista.att_minnas(&already, &granskning.last.forekomster);
        spara_ordlista(chosen, insats, &kept, (who, why)).await?;
    }
    Ok(outcome)
}

/// Remembers what an insats calls its columns and values, in place of what was remembered. Whether that was another.
pub async fn spara_ordlista(
    chosen: &Chosen<'_>,
    insats: &str,
    ordlista: &Ordlista,
    (who, why): (&str, &str),
) -> Result<bool, Error> {
    if *ordlista == self::ordlista(chosen, insats).await? {
        return Ok(false);
    }
    let signature = Signature { who, why, now_ms: clock::now_ms() };
    let text = (*ordlista != Ordlista::default()).then(|| ordlista.to_text());
    installning::set(chosen.db, chosen.access.forbund(), &[(&minne(insats), text.as_deref())], signature).await?;
    Ok(true)
}

/// The template for an insats with the inskrivningar that are known: an Excel file.
pub async fn mall(chosen: &Chosen<'_>, insats: &Insats) -> Result<Vec<u8>, Error> {
    let stored = facts::current(chosen.db, &chosen.access).await?;
    let known = stored.deltagare.into_iter().filter(|row| row.insats_id == insats.insats_id && row.makulerad.is_none());
    let known: Vec<Deltagande> = known.collect();
    let mall = Mall { forbund: &chosen.namn, insats_namn: &insats.namn, rader: &known, dag: clock::today() };
    uppfoljningsfil::mall(&mall).map_err(|error| Error::Failure(error.to_string()))
}

/// A copy of the file with what is wrong told in it: an Excel file.
pub fn anmarkt(fil: &Fil, granskning: &Granskning) -> Result<Vec<u8>, Error> {
    let written = uppfoljningsfil::anmarkt(&fil.book, &granskning.last.blad, &granskning.findings);
    written.map_err(|error| Error::Failure(error.to_string()))
}
