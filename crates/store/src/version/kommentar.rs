//! Comments at places of a version, resolved or not.

use super::{Taken, find_in, hold, standing};
use crate::db::{Db, Tx};
use crate::error::Result;
use crate::handelse::Signature;
use samsyn_core::Access;
use samsyn_core::version::Steg;

/// A comment.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Kommentar {
    /// Its number within the version.
    pub nr: i64,
    /// The place that it is about.
    pub plats: String,
    /// What it says.
    pub text: String,
    /// Who wrote it.
    pub vem: String,
    /// When, milliseconds since 1970 UTC.
    pub tid_ms: i64,
    /// When it was resolved, milliseconds since 1970 UTC.
    pub lost_ms: Option<i64>,
    /// Who resolved it.
    pub lost_av: Option<String>,
}

/// The comments of a version, the latest last.
pub async fn all(db: &Db, access: &Access, version: i64) -> Result<Vec<Kommentar>> {
    let sql = "SELECT nr, plats, text, vem, tid_ms, lost_ms, lost_av FROM version_kommentar \
               WHERE forbund = $1 AND version = $2 ORDER BY nr";
    db.fetch_all(sql, vec![access.forbund().into(), version.into()]).await
}

/// How many are not resolved.
pub(super) async fn open(tx: &mut Tx, forbund: i64, version: i64) -> Result<usize> {
    let sql = "SELECT count(*) FROM version_kommentar WHERE forbund = $1 AND version = $2 AND lost_ms IS NULL";
    let row: Option<(i64,)> = tx.first(sql, vec![forbund.into(), version.into()]).await?;
    Ok(row.map_or(0, |row| usize::try_from(row.0).unwrap_or(usize::MAX)))
}

/// Comments on a place. The comment's number, or why not.
pub async fn write(
    db: &Db,
    access: &Access,
    version: i64,
    (plats, text): (&str, &str),
    signature: Signature<'_>,
) -> Result<Taken> {
    let mut tx = db.transaction().await?;
    if let Some(refused) = refused(&mut tx, access.forbund(), version, Steg::Kommentera).await? {
        tx.rollback().await?;
        return Ok(refused);
    }
    let sql = "INSERT INTO version_kommentar (forbund, version, nr, plats, text, vem, tid_ms) \
               SELECT $1, $2, coalesce(max(nr), 0) + 1, $3, $4, $5, $6 FROM version_kommentar \
               WHERE forbund = $1 AND version = $2 RETURNING nr";
    let params = vec![
        access.forbund().into(),
        version.into(),
        plats.into(),
        text.into(),
        signature.who.into(),
        signature.now_ms.into(),
    ];
    let row: Option<(i64,)> = tx.first(sql, params).await?;
    tx.commit().await?;
    Ok(row.map_or(Taken::Unknown, |row| Taken::Done(row.0)))
}

/// Marks a comment as resolved.
pub async fn resolve(db: &Db, access: &Access, version: i64, nr: i64, signature: Signature<'_>) -> Result<Taken> {
    let mut tx = db.transaction().await?;
    if let Some(refused) = refused(&mut tx, access.forbund(), version, Steg::Los).await? {
        tx.rollback().await?;
        return Ok(refused);
    }
    let sql = "UPDATE version_kommentar SET lost_ms = $4, lost_av = $5 \
               WHERE forbund = $1 AND version = $2 AND nr = $3 AND lost_ms IS NULL";
    let params =
        vec![access.forbund().into(), version.into(), nr.into(), signature.now_ms.into(), signature.who.into()];
    let touched = tx.execute(sql, params).await?;
    tx.commit().await?;
    Ok(if touched > 0 { Taken::Done(nr) } else { Taken::Unknown })
}

/// Why a step cannot be taken. The version does not change until the transaction ends.
async fn refused(tx: &mut Tx, forbund: i64, version: i64, steg: Steg) -> Result<Option<Taken>> {
    hold(tx, forbund, version).await?;
    let Some(found) = find_in(tx, forbund, version).await? else { return Ok(Some(Taken::Unknown)) };
    let standing = standing(tx, forbund, &found).await?;
    Ok(found.lage.efter(steg, standing).err().map(Taken::Refused))
}
