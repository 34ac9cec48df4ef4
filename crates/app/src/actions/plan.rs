//! The board's plans: taking one in from a file, storing it, the paper on it, and giving it out as a file.

pub mod redigera;

use crate::actions::forbund::Chosen;
use crate::{Error, clock};
use samsyn_core::calc::namn;
use samsyn_core::calc::tabeller::ekonomi::marken;
use samsyn_core::calc::utrymme::{Planrad, Utrymme};
use samsyn_core::personnummer::contains_personnummer;
use samsyn_core::planpost::{Plankategori, Planpost};
use samsyn_core::rapport::{beslutsutrymme, planskillnad};
use samsyn_core::underlag::{Plan, PlanNr, Post, Underlag};
use samsyn_core::{Fact, Facts};
use samsyn_document::{Belopp, Datum, Document, Halvar, format};
use samsyn_import::plan;
use samsyn_store::{Signature, change, facts};
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
pub fn las_fil(name: &str, bytes: &[u8], mote: Datum) -> Result<Vec<Planpost>, Error> {
    plan::read(name, bytes, mote).map_err(Error::Findings)
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
    (who, why): (&str, &str),
) -> Result<Sparad, Error> {
    if contains_personnummer(why) {
        return Err(Error::Usage("Skälet innehåller ett personnummer. Ta bort det; inget har sparats.".to_owned()));
    }
    let stored = facts::current(chosen.db, &chosen.access).await?;
    let before: Vec<Planpost> = stored.planposter.iter().filter(|row| row.plan == mote).cloned().collect();
    let kept: std::collections::HashSet<String> = rows.iter().map(Fact::key).collect();
    let gone = before.iter().map(Fact::key).filter(|key| !kept.contains(key));
    let gone: Vec<(&str, String)> = gone.map(|key| (Planpost::RESOURCE, key)).collect();
    let underlag = Underlag::new(Facts { insatser: stored.insatser.clone(), ..Facts::default() }, clock::today());
    let andringar = if before.is_empty() {
        Vec::new()
    } else {
        planskillnad::planskillnad(&underlag, &Plan::new(&before), &Plan::new(&rows))
    };
    let ny = before.is_empty();
    let rows = Facts { planposter: rows, ..Facts::default() };
    let why = format!("{mote}: {why}");
    let signature = Signature { who, why: &why, now_ms: clock::now_ms() };
    let done = change::change_and_end(chosen.db, &chosen.access, &rows, &gone, signature, SLAG).await?;
    Ok(Sparad { andringar, ny, andrad: done.event.is_some() })
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
