//! Proposals: uploads that wait for a person's yes. Their files may hold participants.

use crate::databas::{self, Number};
use crate::db::Db;
use crate::error::Result;
use samsyn_core::Access;

/// A proposal.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Forslag {
    /// Its number; never used again.
    pub nr: i64,
    /// The number of the user who uploaded it.
    pub anvandare: i64,
    /// When, milliseconds since 1970 UTC.
    pub skapad_ms: i64,
    /// What the upload was called.
    pub namn: String,
}

/// Keeps an upload: its name, and its files by name. Its number.
pub async fn keep(
    db: &Db,
    access: &Access,
    anvandare: i64,
    namn: &str,
    files: &[(String, Vec<u8>)],
    now_ms: i64,
) -> Result<i64> {
    let forbund = access.forbund();
    let mut tx = db.transaction().await?;
    let nr = databas::next(&mut tx, Number::Forslag).await?;
    let sql = "INSERT INTO forslag (forbund, nr, anvandare, skapad_ms, namn) VALUES ($1, $2, $3, $4, $5)";
    tx.execute(sql, vec![forbund.into(), nr.into(), anvandare.into(), now_ms.into(), namn.into()]).await?;
    for (namn, bytes) in files {
        let sql = "INSERT INTO forslag_fil (forbund, forslag, namn, innehall) VALUES ($1, $2, $3, $4)";
        let params = vec![forbund.into(), nr.into(), namn.as_str().into(), bytes.as_slice().into()];
        tx.execute(sql, params).await?;
    }
    tx.commit().await?;
    Ok(nr)
}

/// A proposal and its files, by name, for as long as it waits.
pub async fn find(db: &Db, access: &Access, nr: i64) -> Result<Option<(Forslag, Vec<(String, Vec<u8>)>)>> {
    let place = || vec![access.forbund().into(), nr.into()];
    let sql = "SELECT nr, anvandare, skapad_ms, namn FROM forslag WHERE forbund = $1 AND nr = $2";
    let Some(found) = db.first(sql, place()).await? else { return Ok(None) };
    let sql = "SELECT namn, innehall FROM forslag_fil WHERE forbund = $1 AND forslag = $2";
    let mut files: Vec<(String, Vec<u8>)> = db.fetch_all(sql, place()).await?;
    files.sort();
    Ok(Some((found, files)))
}

/// Proposals that wait in the förbund, the latest last.
pub async fn list(db: &Db, access: &Access) -> Result<Vec<Forslag>> {
    let sql = "SELECT nr, anvandare, skapad_ms, namn FROM forslag WHERE forbund = $1 ORDER BY nr";
    db.fetch_all(sql, vec![access.forbund().into()]).await
}

/// Removes a proposal and its files. Whether it was there; of two who ask at once, one is told that it was.
pub async fn discard(db: &Db, access: &Access, nr: i64) -> Result<bool> {
    let place = || vec![access.forbund().into(), nr.into()];
    let mut tx = db.transaction().await?;
    tx.execute("DELETE FROM forslag_fil WHERE forbund = $1 AND forslag = $2", place()).await?;
    let found = tx.execute("DELETE FROM forslag WHERE forbund = $1 AND nr = $2", place()).await? > 0;
    tx.commit().await?;
    Ok(found)
}

/// Removes every förbund's proposals from before a moment; how many.
pub async fn thin_out(db: &Db, before_ms: i64) -> Result<u64> {
    let mut tx = db.transaction().await?;
    let sql = "DELETE FROM forslag_fil WHERE EXISTS (SELECT 1 FROM forslag f \
               WHERE f.forbund = forslag_fil.forbund AND f.nr = forslag_fil.forslag AND f.skapad_ms < $1)";
    tx.execute(sql, vec![before_ms.into()]).await?;
    let touched = tx.execute("DELETE FROM forslag WHERE skapad_ms < $1", vec![before_ms.into()]).await?;
    tx.commit().await?;
    Ok(touched)
}
