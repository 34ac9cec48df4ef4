//! Gallring: what the förbund's rule says is to be removed, the decision, and carrying it out; and one inskrivning at
//! once when consent is withdrawn.

pub mod forslag;
mod tunna;

use crate::actions::anvandarform::unfit;
use crate::actions::forbund::Chosen;
use crate::{Error, clock};
use forslag::{Forslag, Lagrade};
use samsyn_core::Access;
use samsyn_document::{Datum, format};
use samsyn_store::gallring::{self, Beslut, Done};
use samsyn_store::{Db, Signature};
use std::collections::{BTreeSet, HashSet};
use tunna::Tunna;

/// The longest reason, in characters.
const LONGEST: usize = 500;

/// What is chosen of a proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Val {
    /// The day of the proposal.
    pub dag: Datum,
    /// The förbund's latest event when it was read.
    pub handelse: i64,
    /// The insatser that are chosen; `None` for all of them.
    pub insatser: Option<BTreeSet<String>>,
    /// Whether inskrivningar that reports still need are to be removed too.
    pub aven_behovda: bool,
}

/// What came of carrying out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Utfort {
    /// How many inskrivningar were removed.
    pub antal: i64,
    /// Whether the database's own files could be cleaned wholly.
    pub stadat: bool,
}

impl Utfort {
    /// What was done, in words.
    pub fn ord(self) -> String {
        let what = forslag::inskrivningar(self.antal);
        let gone = if self.antal == 1 { "är borttagen" } else { "är borttagna" };
        let rest = if self.stadat {
            "Databasens filer är städade. Säkerhetskopior från tidigare innehåller dem tills de byts ut."
        } else {
            "Databasens filer kunde inte städas helt: någon annan läste i dem. Utför beslutet en gång till."
        };
        format!("{} {gone}. {rest}", format::capital(&what))
    }
}

/// The proposal as of today.
pub async fn forslag(chosen: &Chosen<'_>) -> Result<Forslag, Error> {
    forslag::of(chosen, clock::today()).await
}

/// Decides on what is chosen of the proposal. The decision's number, or what is wrong; then nothing is stored.
pub async fn besluta(chosen: &Chosen<'_>, val: &Val, skal: &str, who: &str) -> Result<Result<i64, String>, Error> {
    let skal = skal.trim();
    if let Some(wrong) = wrong_reason(skal) {
        return Ok(Err(wrong));
    }
    if val.dag > clock::today() {
        return Ok(Err(CHANGED.to_owned()));
    }
    let found = forslag::of(chosen, val.dag).await?;
    if found.handelse != val.handelse {
        return Ok(Err(CHANGED.to_owned()));
    }
    let ids = found.valda(val);
    if ids.is_empty() {
        return Ok(Err("Inget är valt. Välj minst en insats som har inskrivningar att gallra.".to_owned()));
    }
    if names(skal, ids.iter().filter(|id| !id.bytes().all(|byte| byte.is_ascii_digit()))) {
        return Ok(Err(NUMBERED.to_owned()));
    }
    let signature = Signature { who, why: skal, now_ms: clock::now_ms() };
    Ok(match gallring::decide(chosen.db, &chosen.access, &ids, val.handelse, signature).await? {
        Done::Done(nr) | Done::Already(nr) => Ok(nr),
        Done::Unknown | Done::Changed => Err(CHANGED.to_owned()),
    })
}

const CHANGED: &str = "Uppgifterna har ändrats sedan förslaget visades. Läs igenom det nya förslaget och besluta igen.";
const NUMBERED: &str = "Skälet innehåller en inskrivnings nummer. Ta bort det: numret ska inte finnas kvar.";

/// Takes back a decision that waits. Else why not.
pub async fn aterta(chosen: &Chosen<'_>, nr: i64, who: &str) -> Result<Result<(), String>, Error> {
    let why = format!("Beslut {nr} om gallring är återtaget.");
    let signature = Signature { who, why: &why, now_ms: clock::now_ms() };
    Ok(match gallring::take_back(chosen.db, &chosen.access, nr, signature).await? {
        Done::Done(_) => Ok(()),
        _ => Err("Beslutet är redan utfört eller återtaget.".to_owned()),
    })
}

/// Carries out a decision; once more, it only cleans the database's files again. Else why not, and then nothing has been
/// removed.
pub async fn utfor(chosen: &Chosen<'_>, nr: i64, who: &str) -> Result<Result<Utfort, String>, Error> {
    let unknown = || Err("Beslutet finns inte, eller är återtaget.".to_owned());
    let Some(beslut) = beslut(chosen.db, &chosen.access, nr).await? else { return Ok(unknown()) };
    let lagrade = Lagrade::read(chosen, clock::today()).await?;
    let ripe: HashSet<&str> = lagrade.mogna.iter().map(|row| row.deltagande_id.as_str()).collect();
    let ids = gallring::ids(chosen.db, &chosen.access, nr).await?;
    let unripe = ids.iter().filter(|id| !ripe.contains(id.as_str()) && lagrade.finns(id)).count();
    if unripe > 0 {
        return Ok(Err(format!(
            "{} i beslutet ska inte längre gallras: uppgifterna eller regeln har ändrats sedan dess. Ta tillbaka \
             beslutet och fatta ett nytt.",
            format::capital(&forslag::inskrivningar(unripe as i64))
        )));
    }
    let signature = Signature { who, why: &beslut.skal, now_ms: clock::now_ms() };
    let done = gallring::carry_out(chosen.db, &chosen.access, nr, lagrade.handelse, &Tunna, signature).await?;
    Ok(match done {
        Done::Done(nr) | Done::Already(nr) => Ok(utfort(chosen, nr).await?),
        Done::Changed => Err("Uppgifterna ändrades just nu. Försök igen.".to_owned()),
        Done::Unknown => unknown(),
    })
}

/// Removes an inskrivning whose consent has been withdrawn, at once. Else what is wrong.
pub async fn samtycke(chosen: &Chosen<'_>, id: &str, skal: &str, who: &str) -> Result<Result<Utfort, String>, Error> {
    let skal = skal.trim();
    if let Some(wrong) = wrong_reason(skal) {
        return Ok(Err(wrong));
    }
    if names(skal, std::iter::once(&id.to_owned())) {
        return Ok(Err(NUMBERED.to_owned()));
    }
    let why = format!("Återkallat samtycke. {skal}");
    let signature = Signature { who, why: &why, now_ms: clock::now_ms() };
    Ok(match gallring::at_once(chosen.db, &chosen.access, id, &Tunna, signature).await? {
        Done::Done(nr) | Done::Already(nr) => Ok(utfort(chosen, nr).await?),
        Done::Unknown | Done::Changed => Err("Inskrivningen finns inte.".to_owned()),
    })
}

/// The insats of an inskrivning that is stored, as it was last known.
pub async fn insats_of(chosen: &Chosen<'_>, id: &str) -> Result<Option<String>, Error> {
    let versions = samsyn_store::history::of_fact(chosen.db, &chosen.access, "deltagare", id).await?;
    let at = <samsyn_core::deltagande::Deltagande as samsyn_core::Fact>::FIELDS.iter().position(|f| *f == "insats_id");
    Ok(versions.last().zip(at).and_then(|(version, at)| version.cells.get(at).cloned()))
}

/// Earlier decisions, the latest first.
pub async fn tidigare(chosen: &Chosen<'_>) -> Result<Vec<Beslut>, Error> {
    let mut all = gallring::list(chosen.db, chosen.access.forbund()).await?;
    all.reverse();
    Ok(all)
}

async fn beslut(db: &Db, access: &Access, nr: i64) -> Result<Option<Beslut>, Error> {
    Ok(gallring::list(db, access.forbund()).await?.into_iter().find(|beslut| beslut.nr == nr))
}

/// Cleans the database's files after a removal. That they could not be cleaned is told, not a failure: the rows are gone.
async fn utfort(chosen: &Chosen<'_>, nr: i64) -> Result<Utfort, Error> {
    let stadat = gallring::clean(chosen.db, chosen.access.forbund(), clock::now_ms()).await.unwrap_or(false);
    let antal = beslut(chosen.db, &chosen.access, nr).await?.and_then(|beslut| beslut.borttagna).unwrap_or(0);
    Ok(Utfort { antal, stadat })
}

fn wrong_reason(skal: &str) -> Option<String> {
    if skal.is_empty() {
        return Some("Skriv varför, eller vilket beslut det bygger på.".to_owned());
    }
    if skal.chars().count() > LONGEST {
        return Some(format!("Texten är för lång. Skriv högst {LONGEST} tecken."));
    }
    unfit(skal).map(str::to_owned)
}

/// Whether a text has any of these numbers as a word of its own.
fn names<'i>(text: &str, mut ids: impl Iterator<Item = &'i String>) -> bool {
    let part_of_id = |c: char| c.is_alphanumeric() || matches!(c, '-' | '.' | '_');
    let words: HashSet<&str> = text.split(|c: char| !part_of_id(c)).flat_map(|w| [w, w.trim_matches('.')]).collect();
    ids.any(|id| words.contains(id.as_str()))
}
