//! Events: the log of who did what, when and why. Every version of a fact points to one.

use crate::db::{Db, Tx};
use crate::error::{Result, StoreError};

/// Who does something, why, and the system's own time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signature<'a> {
    /// Who.
    pub who: &'a str,
    /// Why, in the person's own words.
    pub why: &'a str,
    /// When, milliseconds since 1970 UTC.
    pub now_ms: i64,
}

/// An event in the log.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Handelse {
    /// Its number, from 1 within the förbund.
    pub nr: i64,
    /// The system's own time, milliseconds since 1970 UTC.
    pub registrerad_ms: i64,
    /// Who.
    pub vem: String,
    /// What kind: `import`, `angra` (an import undone), `installning`, or what the application calls it.
    pub slag: String,
    /// Why.
    pub varfor: String,
    /// The import that it was, or that it undid.
    pub import: Option<i64>,
}

pub(crate) const SELECT: &str = "SELECT nr, registrerad_ms, vem, slag, varfor, import FROM handelse";

/// A förbund's log, the latest last.
pub async fn list(db: &Db, forbund: i64) -> Result<Vec<Handelse>> {
    db.fetch_all(&format!("{SELECT} WHERE forbund = $1 ORDER BY nr"), vec![forbund.into()]).await
}

/// At most `limit` events older than `before_nr`, the newest first.
pub async fn page(db: &Db, forbund: i64, before_nr: Option<i64>, limit: i64) -> Result<Vec<Handelse>> {
    let sql = format!("{SELECT} WHERE forbund = $1 AND nr < $2 ORDER BY nr DESC LIMIT $3");
    db.fetch_all(&sql, vec![forbund.into(), before_nr.unwrap_or(i64::MAX).into(), limit.into()]).await
}

/// Takes the next event number of the förbund with this id, and makes the förbund if there is none. No
/// other writer passes here until the transaction ends. The förbund's number and the event's.
pub(crate) async fn next(tx: &mut Tx, forbund_id: &str) -> Result<(i64, i64)> {
    loop {
        let raise = "UPDATE forbund SET handelser = handelser + 1 WHERE forbund_id = $1 RETURNING nr, handelser";
        if let Some(found) = tx.fetch_all(raise, vec![forbund_id.into()]).await?.into_iter().next() {
            return Ok(found);
        }
        // Two new förbund at one moment may both want the number; the one that lost it tries again.
        let make = "INSERT INTO forbund (nr, forbund_id, handelser) \
                    SELECT coalesce(max(nr), 0) + 1, CAST($1 AS TEXT), 0 FROM forbund WHERE TRUE \
                    ON CONFLICT DO NOTHING";
        tx.execute(make, vec![forbund_id.into()]).await?;
    }
}

/// Takes the next event number of a förbund that there is. No other writer passes here until the
/// transaction ends.
pub(crate) async fn next_of(tx: &mut Tx, forbund: i64) -> Result<i64> {
    let sql = "UPDATE forbund SET handelser = handelser + 1 WHERE nr = $1 RETURNING handelser";
    let row: Option<(i64,)> = tx.first(sql, vec![forbund.into()]).await?;
    row.map(|row| row.0).ok_or_else(|| StoreError::UnknownForbund(forbund.to_string()))
}

/// Writes an event to the log.
pub(crate) async fn write(
    tx: &mut Tx,
    (forbund, event): (i64, i64),
    kind: &str,
    signature: Signature<'_>,
    import: Option<i64>,
) -> Result<()> {
    let sql = "INSERT INTO handelse (forbund, nr, registrerad_ms, vem, slag, varfor, import) \
               VALUES ($1, $2, $3, $4, $5, $6, $7)";
    let Signature { who, why, now_ms } = signature;
    let params = vec![forbund.into(), event.into(), now_ms.into(), who.into(), kind.into(), why.into(), import.into()];
    tx.execute(sql, params).await.map(drop)
}
