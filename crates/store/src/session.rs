//! Sessions: users who are logged in. The token itself is never stored, only its SHA-256.

use crate::anvandare::Anvandare;
use crate::db::Db;
use crate::error::Result;
use crate::roll::Roll;

/// Who a request comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visitor {
    /// When the session began, milliseconds since 1970 UTC.
    pub skapad_ms: i64,
    /// When it was last used.
    pub senast_ms: i64,
    /// The user, without the password.
    pub anvandare: Anvandare,
    /// The user's roles that are in force, in every förbund.
    pub roller: Vec<Roll>,
}

/// Begins a session. False when there is no such user or it is closed.
pub async fn begin(db: &Db, token_sha256: &str, anvandare: i64, now_ms: i64) -> Result<bool> {
    let sql = "INSERT INTO session (token_sha256, anvandare, skapad_ms, senast_ms) \
               SELECT CAST($1 AS TEXT), nr, CAST($3 AS BIGINT), CAST($3 AS BIGINT) FROM anvandare \
               WHERE nr = $2 AND avstangd_ms IS NULL";
    Ok(db.execute(sql, vec![token_sha256.into(), anvandare.into(), now_ms.into()]).await? > 0)
}

/// The session with this token, its user and the roles in force, in one question; `None` when there is
/// no such session or its user is closed. How long a session lasts is for the caller to judge.
pub async fn visitor(db: &Db, token_sha256: &str, now_ms: i64) -> Result<Option<Visitor>> {
    #[derive(sqlx::FromRow)]
    struct Row {
        begun_ms: i64,
        senast_ms: i64,
        nr: i64,
        epost: String,
        namn: String,
        skapad_ms: i64,
        forbund: Option<i64>,
        roll: Option<String>,
        insats_id: Option<String>,
        till_ms: Option<i64>,
        given_ms: Option<i64>,
        given_av: Option<String>,
    }
    let sql = "SELECT s.skapad_ms AS begun_ms, s.senast_ms, a.nr, a.epost, a.namn, a.skapad_ms, \
               r.forbund, r.roll, r.insats_id, r.till_ms, r.given_ms, r.given_av \
               FROM session s JOIN anvandare a ON a.nr = s.anvandare AND a.avstangd_ms IS NULL \
               LEFT JOIN roll r ON r.anvandare = a.nr AND (r.till_ms IS NULL OR r.till_ms > $2) \
               WHERE s.token_sha256 = $1 ORDER BY r.forbund, r.roll, r.insats_id";
    let rows: Vec<Row> = db.fetch_all(sql, vec![token_sha256.into(), now_ms.into()]).await?;
    let mut visitor: Option<Visitor> = None;
    for row in rows {
        let visitor = visitor.get_or_insert_with(|| {
            let Row { nr, epost, namn, skapad_ms, .. } = row;
            let anvandare = Anvandare { nr, epost, namn, losenord: None, skapad_ms, avstangd_ms: None };
            Visitor { skapad_ms: row.begun_ms, senast_ms: row.senast_ms, anvandare, roller: Vec::new() }
        });
        let (Some(forbund), Some(roll), Some(insats_id)) = (row.forbund, row.roll, row.insats_id) else { continue };
        let (given_ms, given_av) = (row.given_ms.unwrap_or_default(), row.given_av.unwrap_or_default());
        let anvandare = visitor.anvandare.nr;
        visitor.roller.push(Roll { anvandare, forbund, roll, insats_id, till_ms: row.till_ms, given_ms, given_av });
    }
    Ok(visitor)
}

/// Notes that a session is used.
pub async fn touch(db: &Db, token_sha256: &str, now_ms: i64) -> Result<()> {
    let sql = "UPDATE session SET senast_ms = $2 WHERE token_sha256 = $1 AND senast_ms < $2";
    db.execute(sql, vec![token_sha256.into(), now_ms.into()]).await.map(drop)
}

/// Ends a session. Whether there was one.
pub async fn end(db: &Db, token_sha256: &str) -> Result<bool> {
    Ok(db.execute("DELETE FROM session WHERE token_sha256 = $1", vec![token_sha256.into()]).await? > 0)
}

/// Ends all of a user's sessions; how many.
pub async fn end_all(db: &Db, anvandare: i64) -> Result<u64> {
    db.execute("DELETE FROM session WHERE anvandare = $1", vec![anvandare.into()]).await
}

/// Removes sessions that began before one moment or were last used before another; how many.
pub async fn thin_out(db: &Db, before_ms_created: i64, before_ms_last: i64) -> Result<u64> {
    let sql = "DELETE FROM session WHERE skapad_ms < $1 OR senast_ms < $2";
    db.execute(sql, vec![before_ms_created.into(), before_ms_last.into()]).await
}
