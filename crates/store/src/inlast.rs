//! What an import made: how many facts of each noun are new and how many replaced another version, and of one noun the
//! versions before and after.

use crate::db::{Db, Tx};
use crate::error::Result;
use crate::history::{self, Version};
use crate::undo::{self, Undone};
use samsyn_core::{Access, Fact, for_every_noun};

/// Per noun that the event made anything of: its file without `.csv`, how many facts are new, how many changed.
pub async fn per_noun(db: &Db, access: &Access, event: i64) -> Result<Vec<(&'static str, i64, i64)>> {
    let mut selects: Vec<String> = Vec::new();
    let mut names: Vec<&'static str> = Vec::new();
    macro_rules! each {
        ($($field:ident: $type:ty,)+) => { $(
            selects.push(counts::<$type>(names.len()));
            names.push(<$type>::RESOURCE);
        )+ };
    }
    for_every_noun!(each);
    let sql = format!("{} ORDER BY 1", selects.join(" UNION ALL "));
    let found: Vec<(i64, i64, i64)> = db.fetch_all(&sql, vec![access.forbund().into(), event.into()]).await?;
    let told = names.into_iter().zip(found).map(|(name, (_, made, changed))| (name, made - changed, changed));
    Ok(told.filter(|(_, new, changed)| new + changed > 0).collect())
}

/// The noun's place, how many facts the event made versions of, and of how many it ended a version that stood before.
fn counts<F: Fact>(noun: usize) -> String {
    let keys: Vec<&str> = F::KEY.iter().map(|&at| F::FIELDS[at]).collect();
    let count = |condition: &str| {
        let (keys, table) = (keys.join(", "), F::TABLE);
        format!("(SELECT count(*) FROM (SELECT DISTINCT {keys} FROM {table} WHERE forbund = $1 AND {condition}) k)")
    };
    let (made, changed) = (count("handelse = $2"), count("handelse_slut = $2 AND handelse <> $2"));
    format!("SELECT CAST({noun} AS BIGINT), {made}, {changed}")
}

/// A fact that an event made a version of: the version that it ended, if there was one, and the last that it made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Andrad {
    /// What stood before.
    pub fore: Option<Version>,
    /// What the event made of it.
    pub efter: Version,
}

/// The facts of a noun ([`Fact::RESOURCE`]) that an event made versions of, in the order of the file.
pub async fn of_noun(db: &Db, access: &Access, resource: &str, event: i64) -> Result<Vec<Andrad>> {
    let mut found: Vec<Andrad> = Vec::new();
    let mut before: Option<Version> = None;
    // Of one fact the earliest known comes first.
    for version in history::of_event(db, access, resource, event).await? {
        if version.event.nr != event {
            before = Some(version);
            continue;
        }
        match found.last_mut().filter(|last| last.efter.key == version.key) {
            Some(last) => last.efter = version,
            None => {
                let fore = before.take().filter(|fore| fore.key == version.key);
                found.push(Andrad { fore, efter: version });
            }
        }
    }
    Ok(found)
}

/// Why an import may not be undone as things stand; `None` when it may.
pub async fn stays(db: &Db, access: &Access, import: i64) -> Result<Option<Undone>> {
    let mut tx: Tx = db.reading().await?;
    let refused = undo::refused(&mut tx, access.forbund(), import).await?;
    tx.rollback().await?;
    Ok(refused.err())
}
