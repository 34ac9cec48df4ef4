//! The texts of a version, by place, in revisions. Who saves says which revision was read; if another has come since,
//! nothing is stored and both are shown.

use crate::db::{Db, Tx};
use crate::error::{Result, StoreError};
use crate::handelse::Signature;
use samsyn_core::Access;

/// A person's saves at one place within this time, milliseconds, are one revision.
const ONE_SITTING_MS: i64 = 5 * 60 * 1000;

/// The text of a place.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Text {
    /// The place.
    pub plats: String,
    /// Its revision, from 1.
    pub nr: i64,
    /// What is written; `None` when the generated text stands again.
    pub text: Option<String>,
    /// The number of the user who wrote it.
    pub anvandare: i64,
    /// The user's name.
    pub vem: String,
    /// When the sitting began, milliseconds since 1970 UTC; 0 of one that came with the version before.
    pub borjad_ms: i64,
    /// When it was saved last, milliseconds since 1970 UTC.
    pub tid_ms: i64,
}

const SELECT: &str = "SELECT plats, nr, text, anvandare, vem, borjad_ms, tid_ms FROM version_text";

/// The latest revision of every place that has one.
pub async fn all(db: &Db, access: &Access, version: i64) -> Result<Vec<Text>> {
    let sql = format!(
        "{SELECT} t WHERE forbund = $1 AND version = $2 AND nr = (SELECT max(nr) FROM version_text o \
         WHERE o.forbund = t.forbund AND o.version = t.version AND o.plats = t.plats) ORDER BY plats"
    );
    db.fetch_all(&sql, vec![access.forbund().into(), version.into()]).await
}

/// The latest revision of a place.
pub async fn latest(db: &Db, access: &Access, version: i64, plats: &str) -> Result<Option<Text>> {
    let sql = format!("{SELECT} WHERE forbund = $1 AND version = $2 AND plats = $3 ORDER BY nr DESC LIMIT 1");
    db.first(&sql, vec![access.forbund().into(), version.into(), plats.into()]).await
}

/// Every revision of a place, the latest first.
pub async fn revisions(db: &Db, access: &Access, version: i64, plats: &str) -> Result<Vec<Text>> {
    let sql = format!("{SELECT} WHERE forbund = $1 AND version = $2 AND plats = $3 ORDER BY nr DESC");
    db.fetch_all(&sql, vec![access.forbund().into(), version.into(), plats.into()]).await
}

/// What came of saving.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Saved {
    /// It is stored, as this revision.
    Done(i64),
    /// It stood so already, in this revision.
    Same(i64),
    /// Another revision has come since: this one. Nothing is stored.
    Newer(Box<Text>),
    /// The version cannot be written in.
    Closed,
}

/// The revision that a writer has read, 0 when there was none; and whether what is saved is to be a revision of its own,
/// as after a conflict, whoever wrote the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Last {
    /// The revision.
    pub nr: i64,
    /// Whether the one before is to stay as it is.
    pub egen: bool,
}

impl From<i64> for Last {
    fn from(nr: i64) -> Last {
        Last { nr, egen: false }
    }
}

/// Saves the text of a place; `None` lets the generated text stand again.
pub async fn save(
    db: &Db,
    access: &Access,
    version: i64,
    (plats, read): (&str, Last),
    text: Option<&str>,
    (anvandare, signature): (i64, Signature<'_>),
) -> Result<Saved> {
    let forbund = access.forbund();
    if text.is_some_and(|text| text.contains('\0')) || plats.contains('\0') {
        return Err(StoreError::Text("version", plats.chars().take(80).collect(), "text"));
    }
    let mut tx = db.transaction().await?;
    // Whoever comes second waits here, also on a server.
    let sql = "UPDATE version SET andring = andring + 1 \
               WHERE forbund = $1 AND nr = $2 AND lage IN ('utkast', 'granskning')";
    if tx.execute(sql, vec![forbund.into(), version.into()]).await? == 0 {
        tx.rollback().await?;
        return Ok(Saved::Closed);
    }
    let sql = format!("{SELECT} WHERE forbund = $1 AND version = $2 AND plats = $3 ORDER BY nr DESC LIMIT 1");
    let stored: Option<Text> = tx.first(&sql, vec![forbund.into(), version.into(), plats.into()]).await?;
    let newest = stored.as_ref().map_or(0, |stored| stored.nr);
    let stands = stored.as_ref().and_then(|stored| stored.text.as_deref());
    if stands == text && (stored.is_some() || text.is_none()) {
        tx.rollback().await?;
        return Ok(Saved::Same(newest));
    }
    if newest != read.nr {
        tx.rollback().await?;
        return stored.map_or(Ok(Saved::Closed), |stored| Ok(Saved::Newer(Box::new(stored))));
    }
    let now = signature.now_ms;
    let sitting = stored.filter(|stored| {
        let recent = !read.egen && (0..ONE_SITTING_MS).contains(&(now - stored.borjad_ms));
        stored.anvandare == anvandare && recent && stored.text.is_some() && text.is_some()
    });
    let nr = newest + 1;
    if sitting.is_some() {
        let sql = "UPDATE version_text SET nr = $5, text = $6, tid_ms = $7 \
                   WHERE forbund = $1 AND version = $2 AND plats = $3 AND nr = $4";
        let params =
            vec![forbund.into(), version.into(), plats.into(), newest.into(), nr.into(), text.into(), now.into()];
        tx.execute(sql, params).await?;
    } else {
        insert(&mut tx, (forbund, version), (plats, nr), text, (anvandare, signature)).await?;
    }
    tx.commit().await?;
    Ok(Saved::Done(nr))
}

async fn insert(
    tx: &mut Tx,
    (forbund, version): (i64, i64),
    (plats, nr): (&str, i64),
    text: Option<&str>,
    (anvandare, signature): (i64, Signature<'_>),
) -> Result<()> {
    let sql = "INSERT INTO version_text (forbund, version, plats, nr, text, anvandare, vem, borjad_ms, tid_ms) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8)";
    let params = vec![
        forbund.into(),
        version.into(),
        plats.into(),
        nr.into(),
        text.into(),
        anvandare.into(),
        signature.who.into(),
        signature.now_ms.into(),
    ];
    tx.execute(sql, params).await.map(drop)
}

/// Gives a new version the texts of an earlier one.
pub(super) async fn copy(tx: &mut Tx, forbund: i64, from: i64, to: i64) -> Result<()> {
    let sql = "INSERT INTO version_text (forbund, version, plats, nr, text, anvandare, vem, borjad_ms, tid_ms) \
               SELECT forbund, $3, plats, 1, text, anvandare, vem, 0, tid_ms FROM version_text t \
               WHERE forbund = $1 AND version = $2 AND text IS NOT NULL AND nr = (SELECT max(nr) FROM version_text o \
               WHERE o.forbund = t.forbund AND o.version = t.version AND o.plats = t.plats)";
    tx.execute(sql, vec![forbund.into(), from.into(), to.into()]).await.map(drop)
}
