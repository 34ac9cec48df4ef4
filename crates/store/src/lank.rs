//! Links in letters: an invitation or a forgotten password. Each sets a password once.

use crate::anvandare;
use crate::db::{Db, Tx};
use crate::error::Result;

/// Why a link was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slag {
    /// A new user is to choose a password.
    Inbjudan,
    /// A user has forgotten theirs.
    Aterstallning,
}

impl Slag {
    /// As it is stored.
    pub fn code(self) -> &'static str {
        match self {
            Slag::Inbjudan => "inbjudan",
            Slag::Aterstallning => "aterstallning",
        }
    }
}

/// A link.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Lank {
    /// The user's number.
    pub anvandare: i64,
    /// [`Slag::code`].
    pub slag: String,
    /// When it was made, milliseconds since 1970 UTC.
    pub skapad_ms: i64,
    /// From when it is too late.
    pub galler_till_ms: i64,
    /// When it was used.
    pub anvand_ms: Option<i64>,
}

impl Lank {
    /// Whether it can be used at this moment.
    pub fn good(&self, now_ms: i64) -> bool {
        self.anvand_ms.is_none() && now_ms < self.galler_till_ms
    }
}

/// Makes a link. Older ones of the user can no longer be used. False when there is no such user.
pub async fn make(
    db: &Db,
    token_sha256: &str,
    anvandare: i64,
    slag: Slag,
    (now_ms, until_ms): (i64, i64),
) -> Result<bool> {
    let mut tx = db.transaction().await?;
    if !hold(&mut tx, anvandare).await? {
        tx.rollback().await?;
        return Ok(false);
    }
    let sql = "UPDATE lank SET galler_till_ms = $2 WHERE anvandare = $1 AND anvand_ms IS NULL AND galler_till_ms > $2";
    tx.execute(sql, vec![anvandare.into(), now_ms.into()]).await?;
    let sql = "INSERT INTO lank (token_sha256, anvandare, slag, skapad_ms, galler_till_ms) VALUES ($1, $2, $3, $4, $5)";
    let params = vec![token_sha256.into(), anvandare.into(), slag.code().into(), now_ms.into(), until_ms.into()];
    tx.execute(sql, params).await?;
    tx.commit().await?;
    Ok(true)
}

/// The link with this token, good or not.
pub async fn find(db: &Db, token_sha256: &str) -> Result<Option<Lank>> {
    let sql = "SELECT anvandare, slag, skapad_ms, galler_till_ms, anvand_ms FROM lank WHERE token_sha256 = $1";
    db.first(sql, vec![token_sha256.into()]).await
}

/// Uses a link: sets the password and ends the user's sessions. The user's number; `None` when the link is
/// unknown, used or too old, or its user is closed. Of two who use it at once, one does.
pub async fn use_it(db: &Db, token_sha256: &str, phc: &str, now_ms: i64) -> Result<Option<i64>> {
    let Some(link) = find(db, token_sha256).await? else { return Ok(None) };
    let mut tx = db.transaction().await?;
    hold(&mut tx, link.anvandare).await?;
    let sql = "UPDATE lank SET anvand_ms = $2 WHERE token_sha256 = $1 AND anvand_ms IS NULL AND galler_till_ms > $2 \
               AND EXISTS (SELECT 1 FROM anvandare a WHERE a.nr = lank.anvandare AND a.avstangd_ms IS NULL)";
    if tx.execute(sql, vec![token_sha256.into(), now_ms.into()]).await? == 0 {
        tx.rollback().await?;
        return Ok(None);
    }
    anvandare::password(&mut tx, link.anvandare, phc).await?;
    tx.commit().await?;
    Ok(Some(link.anvandare))
}

/// Removes links that were too old before a moment; how many.
pub async fn thin_out(db: &Db, before_ms: i64) -> Result<u64> {
    db.execute("DELETE FROM lank WHERE galler_till_ms < $1", vec![before_ms.into()]).await
}

/// Lets no other writer pass this user until the transaction ends. Whether there is such a user.
async fn hold(tx: &mut Tx, anvandare: i64) -> Result<bool> {
    Ok(tx.execute("UPDATE anvandare SET namn = namn WHERE nr = $1", vec![anvandare.into()]).await? > 0)
}
