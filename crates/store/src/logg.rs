//! The log of use: log-ins, reading of participants, changes of users and roles. What changed facts is
//! told by events instead. Never holds participants' data.

use crate::databas::{self, Number};
use crate::db::Db;
use crate::error::Result;

/// A row to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row<'a> {
    /// The förbund that it is about, where there is one.
    pub forbund: Option<i64>,
    /// When, milliseconds since 1970 UTC.
    pub tid_ms: i64,
    /// The user, where known.
    pub anvandare: Option<i64>,
    /// Who, as shown.
    pub vem: &'a str,
    /// What kind of thing was done.
    pub slag: &'a str,
    /// What was done.
    pub vad: &'a str,
}

/// A row of the log.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Loggrad {
    /// Its number, rising over all förbund.
    pub nr: i64,
    /// The förbund that it is about, where there is one.
    pub forbund: Option<i64>,
    /// When, milliseconds since 1970 UTC.
    pub tid_ms: i64,
    /// The user, where known.
    pub anvandare: Option<i64>,
    /// Who, as shown.
    pub vem: String,
    /// What kind of thing was done.
    pub slag: String,
    /// What was done.
    pub vad: String,
}

/// Writes a row; its number.
pub async fn write(db: &Db, row: Row<'_>) -> Result<i64> {
    let mut tx = db.transaction().await?;
    let nr = databas::next(&mut tx, Number::Logg).await?;
    let sql = "INSERT INTO logg (nr, forbund, tid_ms, anvandare, vem, slag, vad) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    let place = [nr.into(), row.forbund.into(), row.tid_ms.into(), row.anvandare.into()];
    let told = [row.vem.into(), row.slag.into(), row.vad.into()];
    tx.execute(sql, place.into_iter().chain(told).collect()).await?;
    tx.commit().await?;
    Ok(nr)
}

/// At most `limit` rows, the newest first: of a förbund, or with `None` those that belong to none; older
/// than `before_nr`; of one kind.
pub async fn list(
    db: &Db,
    forbund: Option<i64>,
    before_nr: Option<i64>,
    limit: i64,
    slag: Option<&str>,
) -> Result<Vec<Loggrad>> {
    let which = if forbund.is_some() { "forbund = $1" } else { "forbund IS NULL AND CAST($1 AS BIGINT) IS NULL" };
    let sql = format!(
        "SELECT nr, forbund, tid_ms, anvandare, vem, slag, vad FROM logg \
         WHERE {which} AND nr < $2 AND ($3 IS NULL OR slag = $3) ORDER BY nr DESC LIMIT $4"
    );
    let before = before_nr.unwrap_or(i64::MAX);
    db.fetch_all(&sql, vec![forbund.into(), before.into(), slag.into(), limit.into()]).await
}

/// Removes rows from before a moment; how many.
pub async fn thin_out(db: &Db, before_ms: i64) -> Result<u64> {
    db.execute("DELETE FROM logg WHERE tid_ms < $1", vec![before_ms.into()]).await
}
