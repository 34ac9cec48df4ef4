//! Roles: what a user may do in a förbund, or in one of its insatser. Plain text here; the application
//! knows which there are.

use crate::db::Db;
use crate::error::Result;

/// A role that a user has been given.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Roll {
    /// The user's number.
    pub anvandare: i64,
    /// The förbund's number.
    pub forbund: i64,
    /// Which role.
    pub roll: String,
    /// The insats that it is limited to; empty for the whole förbund.
    pub insats_id: String,
    /// When it ends, milliseconds since 1970 UTC; `None` for no end.
    pub till_ms: Option<i64>,
    /// When it was given.
    pub given_ms: i64,
    /// Who gave it.
    pub given_av: String,
}

const SELECT: &str = "SELECT anvandare, forbund, roll, insats_id, till_ms, given_ms, given_av FROM roll";
const ORDER: &str = "ORDER BY anvandare, forbund, roll, insats_id";

/// Gives a role. One that the user has already gets the new end.
pub async fn give(db: &Db, roll: &Roll) -> Result<()> {
    let sql = "INSERT INTO roll (anvandare, forbund, roll, insats_id, till_ms, given_ms, given_av) \
               VALUES ($1, $2, $3, $4, $5, $6, $7) \
               ON CONFLICT (anvandare, forbund, roll, insats_id) DO UPDATE \
               SET till_ms = excluded.till_ms, given_ms = excluded.given_ms, given_av = excluded.given_av";
    let who = [roll.anvandare.into(), roll.forbund.into(), roll.roll.as_str().into(), roll.insats_id.as_str().into()];
    let when = [roll.till_ms.into(), roll.given_ms.into(), roll.given_av.as_str().into()];
    db.execute(sql, who.into_iter().chain(when).collect()).await.map(drop)
}

/// Takes a role back. Whether the user had it.
pub async fn take_back(db: &Db, anvandare: i64, forbund: i64, roll: &str, insats_id: &str) -> Result<bool> {
    let sql = "DELETE FROM roll WHERE anvandare = $1 AND forbund = $2 AND roll = $3 AND insats_id = $4";
    Ok(db.execute(sql, vec![anvandare.into(), forbund.into(), roll.into(), insats_id.into()]).await? > 0)
}

/// The user's roles that are in force, in every förbund.
pub async fn of(db: &Db, anvandare: i64, now_ms: i64) -> Result<Vec<Roll>> {
    let sql = format!("{SELECT} WHERE anvandare = $1 AND (till_ms IS NULL OR till_ms > $2) {ORDER}");
    db.fetch_all(&sql, vec![anvandare.into(), now_ms.into()]).await
}

/// Every role in the förbund, those that have ended too.
pub async fn of_forbund(db: &Db, forbund: i64) -> Result<Vec<Roll>> {
    db.fetch_all(&format!("{SELECT} WHERE forbund = $1 {ORDER}"), vec![forbund.into()]).await
}
