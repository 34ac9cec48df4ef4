//! A förbund's settings: a name and a value, in versions with two times like the nouns. A picture, such as
//! the logo, is a setting whose value is the SHA-256 of a kept file.

use crate::db::{Db, Tx};
use crate::error::{Result, StoreError};
use crate::fil;
use crate::handelse::{self, Signature};
use std::collections::BTreeMap;

/// What kind of event a change of settings is.
pub const KIND: &str = "installning";

/// The settings known at the moment `at_ms`.
pub async fn known_at(db: &Db, forbund: i64, at_ms: i64) -> Result<BTreeMap<String, String>> {
    let sql = "SELECT namn, varde FROM installning \
               WHERE forbund = $1 AND known <= $2 AND (ended IS NULL OR ended > $2)";
    Ok(db.fetch_all(sql, vec![forbund.into(), at_ms.into()]).await?.into_iter().collect())
}

/// The settings as they stand.
pub async fn current(db: &Db, forbund: i64) -> Result<BTreeMap<String, String>> {
    Ok(db.fetch_all(CURRENT, vec![forbund.into()]).await?.into_iter().collect())
}

const CURRENT: &str = "SELECT namn, varde FROM installning WHERE forbund = $1 AND ended IS NULL";

/// Sets values, known from now; `None` takes a setting away. The event's number, or `None` when nothing
/// changed.
pub async fn set(
    db: &Db,
    forbund: i64,
    values: &[(&str, Option<&str>)],
    signature: Signature<'_>,
) -> Result<Option<i64>> {
    let mut tx = db.transaction().await?;
    let event = change(&mut tx, forbund, values, signature).await?;
    if event.is_some() {
        tx.commit().await?
    } else {
        tx.rollback().await?
    }
    Ok(event)
}

/// Keeps a picture and sets its SHA-256 as the value of `name`. Never a file that holds participants.
pub async fn set_bild(
    db: &Db,
    forbund: i64,
    name: &str,
    bytes: &[u8],
    signature: Signature<'_>,
) -> Result<Option<i64>> {
    let mut tx = db.transaction().await?;
    let hash = fil::keep_one(&mut tx, forbund, bytes).await?;
    let event = change(&mut tx, forbund, &[(name, Some(&hash))], signature).await?;
    if event.is_some() {
        tx.commit().await?
    } else {
        tx.rollback().await?
    }
    Ok(event)
}

/// A picture that some setting has, or has had, as its value. Files of imports are not given.
pub async fn bild(db: &Db, forbund: i64, sha256: &str) -> Result<Option<Vec<u8>>> {
    fil::content(db, forbund, sha256).await
}

/// A setting that an event changed: the event, its name, and its value before and after; nothing where it was not set.
pub type Change = (i64, String, Option<String>, Option<String>);

/// What each event has changed, the earliest first; of one event by name.
pub async fn changes(db: &Db, forbund: i64) -> Result<Vec<Change>> {
    let sql = "SELECT handelse, namn, varde, handelse_slut FROM installning WHERE forbund = $1";
    let versions: Vec<(i64, String, String, Option<i64>)> = db.fetch_all(sql, vec![forbund.into()]).await?;
    let mut all: BTreeMap<(i64, String), (Option<String>, Option<String>)> = BTreeMap::new();
    for (event, name, value, ended_by) in versions {
        if let Some(ended_by) = ended_by {
            all.entry((ended_by, name.clone())).or_default().0 = Some(value.clone());
        }
        all.entry((event, name)).or_default().1 = Some(value);
    }
    Ok(all.into_iter().map(|((event, name), (before, after))| (event, name, before, after)).collect())
}

async fn change(
    tx: &mut Tx,
    forbund: i64,
    values: &[(&str, Option<&str>)],
    signature: Signature<'_>,
) -> Result<Option<i64>> {
    let event = handelse::next_of(tx, forbund).await?;
    let stored: Vec<(String, String)> = tx.fetch_all(CURRENT, vec![forbund.into()]).await?;
    let stored: BTreeMap<String, String> = stored.into_iter().collect();
    // Of a name that stands twice, the last one is meant.
    let values: BTreeMap<&str, Option<&str>> = values.iter().copied().collect();
    let differs = |(name, value): &(&str, Option<&str>)| stored.get(*name).map(String::as_str) != *value;
    let changed: Vec<_> = values.into_iter().filter(differs).collect();
    if changed.is_empty() {
        return Ok(None);
    }
    handelse::write(tx, (forbund, event), KIND, signature, None).await?;
    for (name, value) in changed {
        let unfit = |text: &str| text.contains('\0');
        if name.len() > 200 || unfit(name) || value.is_some_and(unfit) {
            return Err(StoreError::Text("installningar", name.chars().take(80).collect(), "varde"));
        }
        // The clock may have been set back; a version never ends before it begins.
        let sql = "UPDATE installning SET ended = CASE WHEN known > $3 THEN known ELSE $3 END, handelse_slut = $4 \
                   WHERE forbund = $1 AND namn = $2 AND ended IS NULL RETURNING ended";
        let place = || vec![forbund.into(), name.into(), signature.now_ms.into(), event.into()];
        let ended: Option<(i64,)> = tx.first(sql, place()).await?;
        let Some(value) = value else { continue };
        let known = ended.map_or(signature.now_ms, |ended| ended.0);
        let sql = "INSERT INTO installning (forbund, namn, varde, known, handelse) VALUES ($1, $2, $3, $4, $5)";
        tx.execute(sql, vec![forbund.into(), name.into(), value.into(), known.into(), event.into()]).await?;
    }
    Ok(Some(event))
}
