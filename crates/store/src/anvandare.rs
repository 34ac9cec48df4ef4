//! Users: who may log in. What each may do is told by their roles.

use crate::databas::{self, Number};
use crate::db::{Db, Tx};
use crate::error::{Result, StoreError};
use std::fmt;

/// A user.
#[derive(Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Anvandare {
    /// Its number.
    pub nr: i64,
    /// The address that the user logs in with, in lower case.
    pub epost: String,
    /// The user's name.
    pub namn: String,
    /// The password as a PHC string; `None` until one has been set.
    pub losenord: Option<String>,
    /// When it was made, milliseconds since 1970 UTC.
    pub skapad_ms: i64,
    /// Since when it may not log in.
    pub avstangd_ms: Option<i64>,
}

/// The password's hash is not shown.
impl fmt::Debug for Anvandare {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Anvandare");
        shown.field("nr", &self.nr).field("epost", &self.epost).field("namn", &self.namn);
        shown.field("losenord", &self.losenord.as_ref().map(|_| "…")).field("skapad_ms", &self.skapad_ms);
        shown.field("avstangd_ms", &self.avstangd_ms).finish()
    }
}

const SELECT: &str = "SELECT a.nr, a.epost, a.namn, a.losenord, a.skapad_ms, a.avstangd_ms FROM anvandare a";

/// Makes a user without a password. Its number; an error when the address is another user's.
pub async fn create(db: &Db, epost: &str, namn: &str, now_ms: i64) -> Result<i64> {
    let epost = address(epost);
    let mut tx = db.transaction().await?;
    let nr = databas::next(&mut tx, Number::Anvandare).await?;
    let sql = "INSERT INTO anvandare (nr, epost, namn, skapad_ms) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
    let params = vec![nr.into(), epost.as_str().into(), namn.into(), now_ms.into()];
    if tx.execute(sql, params).await? == 0 {
        tx.rollback().await?;
        return Err(StoreError::AddressTaken(epost));
    }
    tx.commit().await?;
    Ok(nr)
}

/// The user with this address, however it is written.
pub async fn by_epost(db: &Db, epost: &str) -> Result<Option<Anvandare>> {
    db.first(&format!("{SELECT} WHERE a.epost = $1"), vec![address(epost).as_str().into()]).await
}

/// The user with this number.
pub async fn find(db: &Db, nr: i64) -> Result<Option<Anvandare>> {
    db.first(&format!("{SELECT} WHERE a.nr = $1"), vec![nr.into()]).await
}

/// How many users there are, those that are closed too.
pub async fn count(db: &Db) -> Result<i64> {
    let row: Option<(i64,)> = db.first("SELECT count(*) FROM anvandare", Vec::new()).await?;
    Ok(row.map_or(0, |row| row.0))
}

/// Those with any role in the förbund, in force or not, by number.
pub async fn of_forbund(db: &Db, forbund: i64) -> Result<Vec<Anvandare>> {
    let sql = format!("{SELECT} WHERE a.nr IN (SELECT r.anvandare FROM roll r WHERE r.forbund = $1) ORDER BY a.nr");
    db.fetch_all(&sql, vec![forbund.into()]).await
}

/// Sets a password, made into a PHC string elsewhere, and ends all of the user's sessions. Whether there
/// is such a user.
pub async fn set_password(db: &Db, nr: i64, phc: &str) -> Result<bool> {
    let mut tx = db.transaction().await?;
    let found = password(&mut tx, nr, phc).await?;
    tx.commit().await?;
    Ok(found)
}

/// Does so within a transaction.
pub(crate) async fn password(tx: &mut Tx, nr: i64, phc: &str) -> Result<bool> {
    let sql = "UPDATE anvandare SET losenord = $2 WHERE nr = $1";
    let found = tx.execute(sql, vec![nr.into(), phc.into()]).await? > 0;
    end_sessions(tx, nr).await?;
    Ok(found)
}

/// Closes a user from a moment, or opens it again, and ends all of its sessions. Whether there is such a
/// user.
pub async fn set_closed(db: &Db, nr: i64, since_ms: Option<i64>) -> Result<bool> {
    let mut tx = db.transaction().await?;
    let sql = "UPDATE anvandare SET avstangd_ms = $2 WHERE nr = $1";
    let found = tx.execute(sql, vec![nr.into(), since_ms.into()]).await? > 0;
    end_sessions(&mut tx, nr).await?;
    tx.commit().await?;
    Ok(found)
}

/// Changes a user's name. Whether there is such a user.
pub async fn rename(db: &Db, nr: i64, namn: &str) -> Result<bool> {
    let sql = "UPDATE anvandare SET namn = $2 WHERE nr = $1";
    Ok(db.execute(sql, vec![nr.into(), namn.into()]).await? > 0)
}

async fn end_sessions(tx: &mut Tx, nr: i64) -> Result<()> {
    tx.execute("DELETE FROM session WHERE anvandare = $1", vec![nr.into()]).await.map(drop)
}

fn address(epost: &str) -> String {
    epost.trim().to_lowercase()
}
