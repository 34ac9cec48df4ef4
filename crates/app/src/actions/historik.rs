//! Every version of every fact, as files beside an exported package.

use crate::Error;
use crate::actions::forbund::Chosen;
use crate::actions::gallring::forslag;
use crate::actions::ord::{self, Ord};
use samsyn_core::Fact;
use samsyn_core::calc::namn;
use samsyn_core::deltagande::Deltagande;
use samsyn_core::underlag::Underlag;
use samsyn_document::Datum;
use samsyn_document::datum::moment;
use samsyn_import::csv::write_cell;
use samsyn_import::package::ReceivedFile;
use samsyn_store::gallring::{self, Beslut};
use samsyn_store::handelse::Handelse;
use samsyn_store::history::{self, Noun, Version};

/// What stands after the fact's own fields: from and until when it was known, when the system was told,
/// by whom and why.
const COLUMNS: [&str; 5] = ["kand_fran", "kand_till", "registrerad", "av", "skal"];

/// One file per noun in the folder `historik`. Times are Swedish; `kand_fran` is empty for what counts as
/// always known, `kand_till` for what is in force.
pub async fn files(chosen: &Chosen<'_>) -> Result<Vec<ReceivedFile>, Error> {
    let nouns = history::all(chosen.db, &chosen.access).await?;
    Ok(nouns.iter().map(file).collect())
}

/// A line of an insats's history: when the system was told, by whom, what, why, and from when it is known.
#[derive(Debug)]
pub struct Historik {
    /// When, Swedish time.
    pub nar: String,
    /// By whom.
    pub vem: String,
    /// What, in words.
    pub vad: String,
    /// Why.
    pub varfor: String,
    /// From when it is known.
    pub kand: String,
}

/// How many lines an insats's page tells.
const LINES: usize = 200;

/// What has been decided, changed and reported about an insats, without its deltaganden; the latest first.
pub async fn of_insats(chosen: &Chosen<'_>, underlag: &Underlag, id: &str) -> Result<Vec<Historik>, Error> {
    let nouns = [
        "insatser",
        "insatsperioder",
        "insatsparter",
        "mal",
        "budget",
        "rekvisitioner",
        "kvartalsrapporter",
        "slutrapporter",
        "partskommentarer",
        "ljusval",
    ];
    let mut found = history::of_prefix(chosen.db, &chosen.access, &nouns, id).await?;
    let about = format!("insats/{id}");
    found.extend(history::of_prefix(chosen.db, &chosen.access, &["kommentarer"], &about).await?);
    let mut lines = lines(&found, &Ord::new(underlag), id);
    for (beslut, antal) in gallring::of_insats(chosen.db, chosen.access.forbund(), id).await? {
        lines.push(removed(&beslut, antal, chosen.withheld));
    }
    Ok(latest_first(lines))
}

/// What has happened to one inskrivning; the latest first.
pub async fn of_inskrivning(chosen: &Chosen<'_>, underlag: &Underlag, id: &str) -> Result<Vec<Historik>, Error> {
    let found = history::of_prefix(chosen.db, &chosen.access, &[Deltagande::RESOURCE], id).await?;
    Ok(latest_first(lines(&found, &Ord::new(underlag), id)))
}

/// What has happened to the facts of some nouns, in a förbund as it is known; the latest first.
pub fn of_nouns(found: &[Noun], underlag: &Underlag) -> Vec<Historik> {
    latest_first(lines(found, &Ord::new(underlag), ""))
}

/// A line with what it is sorted by: when the system was told, and from when it is known.
type Dated = (i64, i64, Historik);

fn latest_first(mut lines: Vec<Dated>) -> Vec<Historik> {
    lines.sort_by_key(|(told, known, _)| std::cmp::Reverse((*told, *known)));
    lines.truncate(LINES);
    lines.into_iter().map(|(_, _, line)| line).collect()
}

/// What has happened to facts; `id` is what they are all about and need not be told.
fn lines(found: &[Noun], ord: &Ord<'_>, id: &str) -> Vec<Dated> {
    let mut lines = Vec::new();
    for noun in found {
        for version in &noun.versions {
            let told = said(ord, noun.fields, version, id);
            let before = noun.versions.iter().find(|other| follows(other, version));
            let how = before.map_or_else(|| told.clone(), |before| changed(ord, noun.fields, before, version, id));
            lines.push(line(noun, &how, &version.event, version.known_ms));
            if let (Some(event), Some(ended)) = (gone(noun, version), version.ended_ms) {
                lines.push(line(noun, &format!("borttaget: {told}"), event, ended));
            }
        }
    }
    lines
}

/// That inskrivningar of the insats were removed; how many is told to those who may see small counts.
fn removed(beslut: &Beslut, antal: i64, withheld: bool) -> Dated {
    let done = beslut.utford_ms.unwrap_or(beslut.beslutad_ms);
    let many = if withheld { "inskrivningar".to_owned() } else { forslag::inskrivningar(antal) };
    let gone = if antal == 1 && !withheld { "gallrad" } else { "gallrade" };
    let line = Historik {
        nar: moment(done),
        vem: beslut.utford_av.clone().unwrap_or_default(),
        vad: format!("Gallring: {many} {gone} {}", Datum::of_ms(done)),
        varfor: beslut.skal.clone(),
        kand: moment(done),
    };
    (done, done, line)
}

/// The event that ended a version without making another of the same fact.
fn gone<'n>(noun: &'n Noun, version: &'n Version) -> Option<&'n Handelse> {
    let event = version.ended_by.as_deref()?;
    (!noun.versions.iter().any(|other| follows(version, other))).then_some(event)
}

/// Whether a version of a fact took over from another.
fn follows(before: &Version, after: &Version) -> bool {
    let by = before.ended_by.as_ref().is_some_and(|event| event.nr == after.event.nr);
    by && before.key == after.key && before.ended_ms == Some(after.known_ms)
}

/// What an event did.
fn line(noun: &Noun, told: &str, event: &Handelse, known_ms: i64) -> Dated {
    let always = known_ms == samsyn_core::known::ALWAYS_MS;
    let line = Historik {
        nar: moment(event.registrerad_ms),
        vem: event.vem.clone(),
        vad: format!("{}: {told}", ord::en(noun.resource)),
        varfor: event.varfor.clone(),
        kand: if always { "alltid".to_owned() } else { moment(known_ms).replace(" 00:00:00", "") },
    };
    (event.registrerad_ms, known_ms, line)
}

/// What a version says that the one before did not: `kvartal 2 2022, i fas med målen: ja (förut: i stort sett)`.
fn changed(words: &Ord<'_>, fields: &[&'static str], before: &Version, after: &Version, id: &str) -> String {
    let which = after.key.split('/').filter(|part| *part != id && *part != "insats").map(|part| words.varde("", part));
    let told = ord::andrade(fields, &before.cells, &after.cells).map(|(field, old, new)| {
        let value = |text: &str| if text.is_empty() { "tomt".to_owned() } else { words.varde(field, text) };
        let now = if new.is_empty() { format!("{}: tomt", namn::words(field)) } else { words.falt(field, new) };
        format!("{now} (förut: {})", value(old))
    });
    which.chain(told).collect::<Vec<_>>().join(", ")
}

/// What a version says of its insats, in words.
fn said(ord: &Ord<'_>, fields: &[&str], version: &Version, id: &str) -> String {
    // A comment's kind stands in what it is called.
    let cells =
        fields.iter().zip(&version.cells).filter(|(name, cell)| !cell.is_empty() && *cell != id && **name != "om");
    cells.map(|(field, cell)| ord.falt(field, cell)).collect::<Vec<_>>().join(", ")
}

fn file(noun: &Noun) -> ReceivedFile {
    let mut text = String::new();
    row(&mut text, noun.fields.iter().chain(&COLUMNS).copied());
    for version in &noun.versions {
        let times = times(version);
        row(&mut text, version.cells.iter().map(String::as_str).chain(times.iter().map(String::as_str)));
    }
    ReceivedFile { name: format!("historik/{}.csv", noun.resource), bytes: text.into_bytes() }
}

fn times(version: &Version) -> [String; 5] {
    let known =
        if version.known_ms == samsyn_core::known::ALWAYS_MS { String::new() } else { moment(version.known_ms) };
    let event = &version.event;
    [
        known,
        version.ended_ms.map_or_else(String::new, moment),
        moment(event.registrerad_ms),
        event.vem.clone(),
        event.varfor.clone(),
    ]
}

fn row<'a>(text: &mut String, cells: impl Iterator<Item = &'a str>) {
    for (i, cell) in cells.enumerate() {
        if i > 0 {
            text.push(';');
        }
        write_cell(cell, text);
    }
    text.push_str("\r\n");
}
