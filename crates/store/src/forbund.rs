//! The förbund of a database: the tenants that everything else belongs to.

use crate::db::Db;
use crate::error::{Result, StoreError};

/// A förbund in the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forbund {
    /// Its number here; every row of every table has one.
    pub nr: i64,
    /// The id that its own files give it.
    pub forbund_id: String,
    /// Its name as last told.
    pub namn: String,
}

const SELECT: &str = "SELECT f.nr, f.forbund_id, u.namn FROM forbund f \
     JOIN forbundsuppgift u ON u.forbund = f.nr AND u.forbund_id = f.forbund_id AND u.ended IS NULL";

/// All förbund, in the order they came.
pub async fn all(db: &Db) -> Result<Vec<Forbund>> {
    let rows = db.fetch_all(&format!("{SELECT} ORDER BY f.nr"), Vec::new()).await?;
    Ok(rows.into_iter().map(forbund).collect())
}

/// The förbund with this id.
pub async fn find(db: &Db, forbund_id: &str) -> Result<Forbund> {
    let rows = db.fetch_all(&format!("{SELECT} WHERE f.forbund_id = $1"), vec![forbund_id.into()]).await?;
    rows.into_iter().next().map(forbund).ok_or_else(|| StoreError::UnknownForbund(forbund_id.to_owned()))
}

/// The number of the förbund's latest event, and the round of the database: what is worked out from a
/// förbund's facts and settings is good for as long as both stand.
pub async fn state(db: &Db, forbund: i64) -> Result<(i64, i64)> {
    let sql = "SELECT f.handelser, d.omgang FROM forbund f CROSS JOIN databas d WHERE f.nr = $1 AND d.nr = 1";
    let found = db.first(sql, vec![forbund.into()]).await?;
    found.ok_or_else(|| StoreError::UnknownForbund(forbund.to_string()))
}

fn forbund((nr, forbund_id, namn): (i64, String, String)) -> Forbund {
    Forbund { nr, forbund_id, namn }
}
