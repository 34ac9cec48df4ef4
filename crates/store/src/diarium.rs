//! The diarium: what has come in, gone out or been drawn up, in a series of numbers per year.

use crate::db::{Db, Tx};
use crate::error::{Result, StoreError};
use crate::handelse::Signature;
use samsyn_core::Access;
use samsyn_document::Datum;

/// A line of the diarium.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Diariepost {
    /// The year of its series.
    pub ar: i64,
    /// Its number in the year, from 1.
    pub lopnr: i64,
    /// The day it was registered for, `YYYY-MM-DD`.
    pub datum: String,
    /// What it is about.
    pub arende: String,
    /// Who registered it.
    pub vem: String,
    /// When, milliseconds since 1970 UTC.
    pub tid_ms: i64,
    /// The number of the report's version that has it.
    pub version: Option<i64>,
}

/// The diarium, the latest first.
pub async fn list(db: &Db, access: &Access) -> Result<Vec<Diariepost>> {
    let sql = "SELECT d.ar, d.lopnr, d.datum, d.arende, d.vem, d.tid_ms, v.nr AS version FROM diarium d \
               LEFT JOIN version v ON v.forbund = d.forbund AND v.diarie_ar = d.ar AND v.diarie_lopnr = d.lopnr \
               WHERE d.forbund = $1 ORDER BY d.ar DESC, d.lopnr DESC";
    db.fetch_all(sql, vec![access.forbund().into()]).await
}

/// Registers a matter by itself: year and number.
pub async fn register(db: &Db, access: &Access, matter: (Datum, &str), signature: Signature<'_>) -> Result<(i64, i64)> {
    let mut tx = db.transaction().await?;
    let number = next(&mut tx, access.forbund(), matter, signature).await?;
    tx.commit().await?;
    Ok(number)
}

/// Takes the next number of the day's year.
pub(crate) async fn next(
    tx: &mut Tx,
    forbund: i64,
    (day, arende): (Datum, &str),
    signature: Signature<'_>,
) -> Result<(i64, i64)> {
    // No two take the same number: whoever comes second waits at the förbund's row.
    tx.execute("UPDATE forbund SET nr = nr WHERE nr = $1", vec![forbund.into()]).await?;
    let sql = "INSERT INTO diarium (forbund, ar, lopnr, datum, arende, vem, tid_ms) \
               SELECT $1, $2, coalesce(max(lopnr), 0) + 1, $3, $4, $5, $6 FROM diarium WHERE forbund = $1 AND ar = $2 \
               RETURNING ar, lopnr";
    let params = vec![
        forbund.into(),
        i64::from(day.year()).into(),
        day.to_string().into(),
        arende.into(),
        signature.who.into(),
        signature.now_ms.into(),
    ];
    tx.first(sql, params).await?.ok_or_else(|| StoreError::Damaged("diarium", "lopnr".to_owned()))
}
