//! Every version of every fact, with both its times: when it was known, and when the system was told.

use crate::db::Db;
use crate::error::Result;
use crate::facts::every_noun;
use crate::handelse::{self, Handelse};
use crate::table::{self, Cells, Which};
use samsyn_core::{Access, Fact, for_every_noun};
use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

/// The versions of one noun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Noun {
    /// Its file in a data package, without `.csv`.
    pub resource: &'static str,
    /// The names of its fields.
    pub fields: &'static [&'static str],
    /// Its versions: facts in the order of the file, of one fact the earliest known first.
    pub versions: Vec<Version>,
}

/// One version of one fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// The fact's key.
    pub key: String,
    /// Its fields, as they stand in a file.
    pub cells: Vec<String>,
    /// From when it is known, milliseconds since 1970 UTC; 0 when it counts as always known.
    pub known_ms: i64,
    /// From when another version is known instead; `None` for the last one.
    pub ended_ms: Option<i64>,
    /// The event that made it: the system's own time, who and why.
    pub event: Arc<Handelse>,
    /// The event that ended it.
    pub ended_by: Option<Arc<Handelse>>,
}

/// Every version of every noun, in the order of the data package.
pub async fn all(db: &Db, access: &Access) -> Result<Vec<Noun>> {
    static SQL: LazyLock<String> = LazyLock::new(|| every_noun(Which::Every));
    let mut texts: Vec<(i64, Option<String>)> = db.fetch_all(&SQL, vec![access.forbund().into()]).await?;
    texts.sort_by_key(|noun| noun.0);
    // Read after the versions: the log only grows, so every version finds its events.
    let log = log(db, access).await?;
    let mut texts = texts.into_iter().map(|noun| noun.1);
    let mut nouns = Vec::new();
    macro_rules! read {
        ($($field:ident: $type:ty,)+) => { $(nouns.push(noun::<$type>(&texts.next().flatten(), &log)?);)+ };
    }
    for_every_noun!(read);
    Ok(nouns)
}

/// The versions of one fact, the earliest known first: its file ([`Fact::RESOURCE`]) and key.
pub async fn of_fact(db: &Db, access: &Access, resource: &str, key: &str) -> Result<Vec<Version>> {
    let nouns = some(db, access, &[resource], key, &|whole| format!("{whole} = $2")).await?;
    Ok(nouns.into_iter().flat_map(|noun| noun.versions).collect())
}

/// The versions of every fact of some nouns, in the order of the data package.
pub async fn of_nouns(db: &Db, access: &Access, resources: &[&str]) -> Result<Vec<Noun>> {
    some(db, access, resources, "", &|_| "$2 = ''".to_owned()).await
}

/// The versions of those facts of some nouns whose keys begin with these whole parts: with the id of an
/// insats, its budget but not that of one whose id only begins alike. Nouns in the order of the data
/// package, those without such a fact too.
pub async fn of_prefix(db: &Db, access: &Access, resources: &[&str], prefix: &str) -> Result<Vec<Noun>> {
    some(db, access, resources, prefix, &table::begins).await
}

/// The versions of a noun that an event made or ended.
pub(crate) async fn of_event(db: &Db, access: &Access, resource: &str, event: i64) -> Result<Vec<Version>> {
    let touched = |_: &str| "CAST($2 AS BIGINT) IN (handelse, handelse_slut)".to_owned();
    let nouns = some(db, access, &[resource], &event.to_string(), &touched).await?;
    Ok(nouns.into_iter().flat_map(|noun| noun.versions).collect())
}

async fn some(
    db: &Db,
    access: &Access,
    resources: &[&str],
    key: &str,
    condition: &(dyn Fn(&str) -> String + Sync),
) -> Result<Vec<Noun>> {
    let mut selects: Vec<String> = Vec::new();
    macro_rules! add {
        ($($field:ident: $type:ty,)+) => { $(
            if resources.contains(&<$type>::RESOURCE) {
                let filter = format!(" AND {}", condition(&table::key_text::<$type>()));
                selects.push(table::select_some::<$type>(selects.len(), Which::Every, &filter));
            }
        )+ };
    }
    for_every_noun!(add);
    if selects.is_empty() {
        return Ok(Vec::new());
    }
    let params = vec![access.forbund().into(), key.into()];
    let mut texts: Vec<(i64, Option<String>)> = db.fetch_all(&selects.join(" UNION ALL "), params).await?;
    texts.sort_by_key(|noun| noun.0);
    let log = log(db, access).await?;
    let mut texts = texts.into_iter().map(|noun| noun.1);
    let mut nouns = Vec::new();
    macro_rules! read {
        ($($field:ident: $type:ty,)+) => { $(
            if resources.contains(&<$type>::RESOURCE) {
                nouns.push(noun::<$type>(&texts.next().flatten(), &log)?);
            }
        )+ };
    }
    for_every_noun!(read);
    Ok(nouns)
}

async fn log(db: &Db, access: &Access) -> Result<HashMap<i64, Arc<Handelse>>> {
    let log = handelse::list(db, access.forbund()).await?;
    Ok(log.into_iter().map(|event| (event.nr, Arc::new(event))).collect())
}

fn noun<F: Fact>(text: &Option<String>, log: &HashMap<i64, Arc<Handelse>>) -> Result<Noun> {
    let read: Option<Vec<(i64, Version)>> = table::rows(text).map(|cells| version::<F>(cells, log)).collect();
    let mut versions = read.ok_or_else(table::damaged::<F>)?;
    versions.sort_by(|a, b| {
        let by_fact = (a.0, &a.1.key).cmp(&(b.0, &b.1.key));
        by_fact.then_with(|| (a.1.known_ms, a.1.event.nr).cmp(&(b.1.known_ms, b.1.event.nr)))
    });
    let versions = versions.into_iter().map(|(_, version)| version).collect();
    Ok(Noun { resource: F::RESOURCE, fields: F::FIELDS, versions })
}

fn version<F: Fact>(mut cells: Cells<'_>, log: &HashMap<i64, Arc<Handelse>>) -> Option<(i64, Version)> {
    let order = table::number(&mut cells)?;
    let known_ms = table::number(&mut cells)?;
    let ended_ms = table::number(&mut cells);
    let event = log.get(&table::number(&mut cells)?)?.clone();
    let ended_by = table::number(&mut cells).and_then(|nr| log.get(&nr)).cloned();
    let fact = F::load(&mut cells)?;
    let cells = (0..F::FIELDS.len()).map(|field| fact.cell(field)).collect();
    Some((order, Version { key: fact.key(), cells, known_ms, ended_ms, event, ended_by }))
}
