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

fn forbund((nr, forbund_id, namn): (i64, String, String)) -> Forbund {
    Forbund { nr, forbund_id, namn }
}
