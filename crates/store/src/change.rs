//! Changing single facts by hand, by the same rules of time as a later import.

use crate::db::{Db, Param, Tx};
use crate::error::{Result, StoreError};
use crate::handelse::{self, Signature};
use crate::plans::{Given, Plans};
use crate::table;
use samsyn_core::{Access, Fact, Facts, for_every_noun};

/// What came of a change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changed {
    /// The event; `None` when every row stood so already.
    pub event: Option<i64>,
    /// Per noun that was given: its file, how many facts are new, how many changed.
    pub per_noun: Vec<(&'static str, usize, usize)>,
}

/// What a change was made from: the facts of a file ([`Fact::RESOURCE`]) whose keys begin with these whole parts, as they
/// stood after an event ([`forbund::state`](crate::forbund::state)).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Upon<'a> {
    /// The file.
    pub resource: &'a str,
    /// The whole key, or the parts that it begins with.
    pub prefix: &'a str,
    /// The förbund's latest event when the facts were read.
    pub event: i64,
}

/// Stores facts, new or changed, as one event. Facts that are not given are left alone; new ones are
/// placed last. What a row does not date itself is known from now.
pub async fn change(db: &Db, access: &Access, rows: &Facts, signature: Signature<'_>, kind: &str) -> Result<Changed> {
    change_and_end(db, access, rows, &[], signature, kind).await
}

/// The same, where other facts end in the same event: their files ([`Fact::RESOURCE`]) and keys. One that is not there
/// is passed over.
pub async fn change_and_end(
    db: &Db,
    access: &Access,
    rows: &Facts,
    ended: &[(&str, String)],
    signature: Signature<'_>,
    kind: &str,
) -> Result<Changed> {
    let done = change_upon(db, access, rows, ended, None, (signature, kind)).await?;
    Ok(done.unwrap_or_default())
}

/// The same, unless any of the facts that it was made from has changed since: then nothing is stored, and there is nothing
/// to tell. Asked within the transaction, which no other writer passes.
pub async fn change_upon(
    db: &Db,
    access: &Access,
    rows: &Facts,
    ended: &[(&str, String)],
    upon: Option<Upon<'_>>,
    (signature, kind): (Signature<'_>, &str),
) -> Result<Option<Changed>> {
    let forbund = access.forbund();
    let mut tx = db.transaction().await?;
    let event = handelse::next_of(&mut tx, forbund).await?;
    if let Some(upon) = upon
        && touched_since(&mut tx, forbund, upon).await?
    {
        tx.rollback().await?;
        return Ok(None);
    }
    same_forbund(&mut tx, forbund, rows).await?;
    let plans = Plans::make(&mut tx, forbund, rows, Given::Single, signature.now_ms).await?;
    let sum = plans.sum();
    let mut stopped = 0;
    for (resource, key) in ended {
        stopped += stop(&mut tx, (forbund, event), resource, key, signature.now_ms).await?;
    }
    if sum.unchanged && stopped == 0 {
        tx.rollback().await?;
        return Ok(Some(Changed { event: None, per_noun: sum.per_noun }));
    }
    handelse::write(&mut tx, (forbund, event), kind, signature, None).await?;
    plans.write(&mut tx, (forbund, event), &mut |_, _| ()).await?;
    tx.commit().await?;
    Ok(Some(Changed { event: Some(event), per_noun: sum.per_noun }))
}

/// Whether a later event has made or ended any version of the facts.
async fn touched_since(tx: &mut Tx, forbund: i64, upon: Upon<'_>) -> Result<bool> {
    let mut sql = None;
    macro_rules! pick {
        ($($field:ident: $type:ty,)+) => { $(
            if <$type>::RESOURCE == upon.resource {
                sql = Some(table::touched::<$type>());
            }
        )+ };
    }
    for_every_noun!(pick);
    let Some(sql) = sql else { return Ok(false) };
    let found: Option<(i64,)> = tx.first(&sql, vec![forbund.into(), upon.prefix.into(), upon.event.into()]).await?;
    Ok(found.is_some_and(|found| found.0 > 0))
}

/// A förbund is the only one in its files.
async fn same_forbund(tx: &mut Tx, forbund: i64, rows: &Facts) -> Result<()> {
    let found: Option<(String,)> =
        tx.first("SELECT forbund_id FROM forbund WHERE nr = $1", vec![forbund.into()]).await?;
    let same = |id: &str| found.as_ref().is_some_and(|found| found.0 == id);
    let all = rows.forbund.iter().all(|row| same(row.forbund_id.as_str()));
    if all { Ok(()) } else { Err(StoreError::NoForbund) }
}

/// Ends a fact from now, without a successor: its file ([`Fact::RESOURCE`]) and key. The event, or `None`
/// when there is no such fact. The förbund itself cannot end.
pub async fn end(
    db: &Db,
    access: &Access,
    resource: &str,
    key: &str,
    signature: Signature<'_>,
    kind: &str,
) -> Result<Option<i64>> {
    end_all(db, access, &[(resource, key)], signature, kind).await
}

/// Ends several facts as one event: those of them that there are. The event, or `None` when there is none of them.
pub async fn end_all(
    db: &Db,
    access: &Access,
    facts: &[(&str, &str)],
    signature: Signature<'_>,
    kind: &str,
) -> Result<Option<i64>> {
    let forbund = access.forbund();
    let mut tx = db.transaction().await?;
    let event = handelse::next_of(&mut tx, forbund).await?;
    let mut ended = 0;
    for (resource, key) in facts {
        ended += stop(&mut tx, (forbund, event), resource, key, signature.now_ms).await?;
    }
    if ended == 0 {
        tx.rollback().await?;
        return Ok(None);
    }
    handelse::write(&mut tx, (forbund, event), kind, signature, None).await?;
    tx.commit().await?;
    Ok(Some(event))
}

/// Ends the last version of a fact; how many there were, one or none.
pub(crate) async fn stop(tx: &mut Tx, event: (i64, i64), resource: &str, key: &str, now_ms: i64) -> Result<u64> {
    if resource == samsyn_core::forbund::Forbund::RESOURCE {
        return Err(StoreError::NoForbund);
    }
    let mut sql = None;
    macro_rules! pick {
        ($($field:ident: $type:ty,)+) => { $(
            if <$type>::RESOURCE == resource {
                sql = Some(format!("{} AND {} = $4", table::stop::<$type>(), table::key_text::<$type>()));
            }
        )+ };
    }
    for_every_noun!(pick);
    let Some(sql) = sql else { return Ok(0) };
    let params: Vec<Param> = vec![event.0.into(), now_ms.into(), event.1.into(), key.into()];
    tx.execute(&sql, params).await
}
