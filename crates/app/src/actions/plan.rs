//! The board's plans: taking one in from a file, storing it, the paper on it, and giving it out as a file.

pub mod ny;
pub mod redigera;
mod samtidigt;

pub use samtidigt::Nyare;

use crate::actions::forbund::Chosen;
use crate::actions::star::handelse;
use crate::{Error, clock};
use samsyn_core::calc::namn;
use samsyn_core::calc::tabeller::ekonomi::marken;
use samsyn_core::calc::utrymme::{Planrad, Utrymme};
use samsyn_core::insats::Insats;
use samsyn_core::personnummer::contains_personnummer;
use samsyn_core::planpost::{Plankategori, Planpost};
use samsyn_core::rapport::{beslutsutrymme, planskillnad};
use samsyn_core::underlag::{Plan, PlanNr, Post, Underlag};
use samsyn_core::{Fact, Facts};
use samsyn_document::{Belopp, Datum, Document, Halvar, format};
use samsyn_import::grid::Limits;
use samsyn_import::plan;
use samsyn_store::change::{self, Upon};
use samsyn_store::{Signature, facts};
use std::path::Path;
use std::sync::Arc;

/// The kind of event.
pub const SLAG: &str = "plan för beslutsutrymme";

/// A plan as it stands in an underlag.
#[derive(Debug)]
pub struct Funnen {
    /// What is known.
    pub underlag: Arc<Underlag>,
    /// The plan.
    pub nr: PlanNr,
    /// The half-year of the meeting; figures of a plan are the same in every one.
    period: Halvar,
}

impl Funnen {
    /// The plan.
    pub fn plan(&self) -> &Plan {
        &self.underlag.ekonomi.planer[self.nr]
    }
}

/// The plan for the meeting of a day, as known at the end of `per`; what there is instead when there is none.
pub async fn finn(chosen: &Chosen<'_>, per: Datum, mote: Datum) -> Result<Funnen, Error> {
    let underlag = chosen.underlag(per).await?;
    match underlag.ekonomi.plan(mote).zip(Halvar::of(mote)) {
        Some((nr, period)) => Ok(Funnen { underlag, nr, period }),
        None => {
            let days: Vec<String> =
                underlag.ekonomi.planer.iter().filter_map(|plan| Some(plan.datum?.to_string())).collect();
            let there = if days.is_empty() {
                "Det finns ingen plan.".to_owned()
            } else {
                format!("Det finns planer till {}.", format::list(&days))
            };
            Err(Error::Usage(format!("Det finns ingen plan till styrelsens möte den {mote}. {there}")))
        }
    }
}

/// The paper on a plan, without the applications at these places.
pub fn dokument(chosen: &Chosen<'_>, found: &Funnen, utan: &[usize]) -> Document {
    beslutsutrymme::beslutsutrymme(&chosen.rakning(&found.underlag, found.period), found.nr, utan)
}

/// The applications of a plan by their names in addresses, as places; says what there is when one is not there.
pub fn utan(plan: &Plan, names: &[String]) -> Result<Vec<usize>, Error> {
    let all: Vec<(usize, String)> = ansokningar(plan);
    let place = |name: &String| all.iter().find(|(_, known)| known == name).map(|(at, _)| *at);
    let known: Vec<&str> = all.iter().map(|(_, name)| name.as_str()).collect();
    let unknown = |name: &String| {
        Error::Usage(format!("Planen har ingen ansökan {name}. Ansökningar: {}.", format::list(&known)))
    };
    names.iter().map(|name| place(name).ok_or_else(|| unknown(name))).collect()
}

/// The applications of a plan: their places, and their names in addresses.
pub fn ansokningar(plan: &Plan) -> Vec<(usize, String)> {
    let names = marken(plan);
    plan.ansokningar().map(|(at, _)| (at, names[at].clone())).collect()
}

/// What a post is called: an insats by its name.
pub fn postnamn(underlag: &Underlag, post: &Post) -> String {
    namn::postnamn(underlag, post)
}

/// What is left to decide about in a plan's last column, with every application; missing when nothing tells it.
pub fn kvar(plan: &Plan) -> Option<Belopp> {
    Utrymme::new(plan, &[]).kolumner.last()?.av(Planrad::Kvarvarande)
}

/// Reads a file with the plan for a meeting.
pub fn las_fil(name: &str, bytes: &[u8], mote: Datum, limits: &Limits) -> Result<Vec<Planpost>, Error> {
    plan::read(name, bytes, mote, limits).map_err(Error::Findings)
}

/// The day of the meeting that a file's name tells: `plan-2022-10-20.csv`.
pub fn dag_i_namnet(path: &Path) -> Option<Datum> {
    let stem = path.file_stem()?.to_str()?;
    let last = stem.len().checked_sub(10)?;
    stem.get(last..)?.parse().ok()
}

/// What came of storing a plan.
#[derive(Debug, PartialEq, Eq)]
pub struct Sparad {
    /// What differs from the plan as it stood, in words; none when it is the same or new.
    pub andringar: Vec<String>,
    /// Whether there was no plan for the meeting.
    pub ny: bool,
    /// Whether anything was stored.
    pub andrad: bool,
}

/// Stores the plan of a meeting, all of it: what was there and is not any more ends. The log says of which meeting.
pub async fn spara(
    chosen: &Chosen<'_>,
    mote: Datum,
    rows: Vec<Planpost>,
    signature: (&str, &str),
) -> Result<Sparad, Error> {
    let handelse = handelse(chosen).await?;
    spara_pa(chosen, mote, rows, signature, handelse).await?.map_err(|nyare| {
        Error::Usage(format!("{} ändrade planen till mötet den {mote} i samma stund. Försök igen.", nyare.vem))
    })
}

/// The same, made from what was stored after the event `handelse`: who has changed the plan since, when someone has, and
/// then nothing is stored.
pub async fn spara_pa(
    chosen: &Chosen<'_>,
    mote: Datum,
    rows: Vec<Planpost>,
    (who, why): (&str, &str),
    handelse: i64,
) -> Result<Result<Sparad, Nyare>, Error> {
    if contains_personnummer(why) {
        return Err(Error::Usage("Skälet innehåller ett personnummer. Ta bort det; inget har sparats.".to_owned()));
    }
    let stored = facts::current(chosen.db, &chosen.access).await?;
    let before: Vec<Planpost> = stored.planposter.iter().filter(|row| row.plan == mote).cloned().collect();
    let kept: std::collections::HashSet<String> = rows.iter().map(Fact::key).collect();
    let gone = before.iter().map(Fact::key).filter(|key| !kept.contains(key));
    let gone: Vec<(&str, String)> = gone.map(|key| (Planpost::RESOURCE, key)).collect();
    let ny = before.is_empty();
    let andringar = if ny { Vec::new() } else { skillnad(&stored.insatser, &before, &rows) };
    let rows = Facts { planposter: rows, ..Facts::default() };
    let why = format!("{mote}: {why}");
    let signature = Signature { who, why: &why, now_ms: clock::now_ms() };
    let day = mote.to_string();
    let upon = Upon { resource: Planpost::RESOURCE, prefix: &day, event: handelse };
    let done = change::change_upon(chosen.db, &chosen.access, &rows, &gone, Some(upon), (signature, SLAG)).await?;
    Ok(match done {
        Some(done) => Ok(Sparad { andringar, ny, andrad: done.event.is_some() }),
        None => Err(samtidigt::nyare(chosen, mote, handelse).await?),
    })
}

/// What differs in the rows `after` from those before, in words.
pub fn skillnad(insatser: &[Insats], before: &[Planpost], after: &[Planpost]) -> Vec<String> {
    let underlag = Underlag::new(Facts { insatser: insatser.to_vec(), ..Facts::default() }, clock::today());
    planskillnad::planskillnad(&underlag, &Plan::new(before), &Plan::new(after))
}

/// The plan as a file in the form in which it is read: `.csv`, or `.xlsx` with formulas.
pub fn fil(plan: &Plan, name: &Path) -> Result<Vec<u8>, Error> {
    let ending = name.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    match ending.as_str() {
        "csv" => Ok(plan::csv(plan).into_bytes()),
        "xlsx" => plan::xlsx(plan).map_err(|error| Error::Failure(error.to_string())),
        _ => Err(Error::Usage(format!("{} kan inte skrivas. Låt namnet sluta på .csv eller .xlsx.", name.display()))),
    }
}

/// A plan's posts of an insats whose amounts differ from what the insats has been granted: the post, the column and the
/// granted amount. Only columns with budgets are held against decisions.
pub fn mot_beslut(underlag: &Underlag, plan: &Plan) -> Vec<(usize, usize, Belopp)> {
    let mut found = Vec::new();
    for (at, post) in plan.av(Plankategori::Samverkansinsatser) {
        let Some(nr) = underlag.insats_nr(&post.namn) else { continue };
        for (column, kolumn) in plan.kolumner.iter().enumerate() {
            let rows = underlag.insatser[nr].budget.iter().filter(|row| row.kvartal.year() == kolumn.ar);
            let granted: Vec<_> = rows.map(|row| row.belopp_kr).collect();
            let forecast = kolumn.slag == Some(samsyn_core::planpost::Planslag::Prognos);
            let sum: Belopp = granted.iter().copied().sum();
            if !granted.is_empty() && !forecast && post.belopp[column] != Some(sum) {
                found.push((at, column, sum));
            }
        }
    }
    found
}
