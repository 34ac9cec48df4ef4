//! Undoing an import: a new event that ends what the import made and lets what it ended stand again.
//! Nothing is taken away; as known before the undoing, everything comes out as it did.

use crate::db::{Db, Param, Tx};
use crate::error::Result;
use crate::handelse::{self, Handelse, Signature};
use crate::table;
use crate::version::{self, Version};
use samsyn_core::{Access, Fact, for_every_noun};
use std::collections::BTreeSet;

/// What kind of event an undoing is.
pub const KIND: &str = "angra";

/// What came of an attempt to undo an import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Undone {
    /// It is undone.
    Done {
        /// By this event.
        event: i64,
        /// So many versions that the import made are ended.
        ended: u64,
        /// So many that it ended stand again.
        again: u64,
    },
    /// There is no such import.
    Unknown,
    /// It is the förbund's first, and nothing would be left.
    First,
    /// It is undone already, by this event.
    Already(Handelse),
    /// A låst version of a report rests on something that it made.
    Used(Box<Version>),
    /// These later events have ended or replaced something that it made, and are not undone themselves.
    Later(Vec<Handelse>),
}

/// Undoes an import, all of it or nothing. Refused when something that it made has been changed since.
pub async fn undo(db: &Db, access: &Access, import: i64, signature: Signature<'_>) -> Result<Undone> {
    let forbund = access.forbund();
    let mut tx = db.transaction().await?;
    let event = handelse::next_of(&mut tx, forbund).await?;
    let made_by = match refused(&mut tx, forbund, import).await? {
        Ok(made_by) => made_by,
        Err(refused) => {
            tx.rollback().await?;
            return Ok(refused);
        }
    };
    handelse::write(&mut tx, (forbund, event), KIND, signature, Some(import)).await?;
    let params = || -> Vec<Param> { vec![forbund.into(), signature.now_ms.into(), event.into(), made_by.into()] };
    let undone = undone_after(&mut tx, forbund, made_by).await?;
    let (mut ended, mut again) = (0, 0);
    macro_rules! each {
        ($($field:ident: $type:ty,)+) => { $(
            // First what stands again: ending would hide which versions the import ended.
            again += tx.execute(&again_sql::<$type>(), params()).await?;
            ended += tx.execute(&stop_sql::<$type>(&undone), params()).await?;
        )+ };
    }
    for_every_noun!(each);
    tx.commit().await?;
    Ok(Undone::Done { event, ended, again })
}

/// The event of the import, or why it may not be undone.
pub(crate) async fn refused(tx: &mut Tx, forbund: i64, import: i64) -> Result<std::result::Result<i64, Undone>> {
    let sql = "SELECT handelse FROM import WHERE forbund = $1 AND nr = $2";
    let Some((made_by,)) = tx.first::<(i64,)>(sql, vec![forbund.into(), import.into()]).await? else {
        return Ok(Err(Undone::Unknown));
    };
    let select = handelse::SELECT;
    let sql = format!("{select} WHERE forbund = $1 AND import = $2 AND slag = $3");
    if let Some(event) = tx.first(&sql, vec![forbund.into(), import.into(), KIND.into()]).await? {
        return Ok(Err(Undone::Already(event)));
    }
    let (first,): (i64,) = tx
        .first("SELECT coalesce(min(nr), 1) FROM import WHERE forbund = $1", vec![forbund.into()])
        .await?
        .unwrap_or((1,));
    if import == first {
        return Ok(Err(Undone::First));
    }
    if let Some(version) = used(tx, forbund, made_by).await? {
        return Ok(Err(Undone::Used(Box::new(version))));
    }
    let undone = undone_after(tx, forbund, made_by).await?;
    let mut later: BTreeSet<i64> = BTreeSet::new();
    macro_rules! add {
        ($($field:ident: $type:ty,)+) => { $(
            let rows: Vec<(i64,)> = tx.fetch_all(&later_sql::<$type>(&undone), vec![forbund.into(), made_by.into()]).await?;
            later.extend(rows.into_iter().map(|row| row.0));
        )+ };
    }
    for_every_noun!(add);
    let mut events: Vec<Handelse> = Vec::new();
    for nr in later {
        let sql = format!("{select} WHERE forbund = $1 AND nr = $2");
        events.extend(tx.first::<Handelse>(&sql, vec![forbund.into(), nr.into()]).await?);
    }
    Ok(if events.is_empty() { Ok(made_by) } else { Err(Undone::Later(events)) })
}

/// A låst version that rests on what an event made: it was låst after the event, on facts known by then.
async fn used(tx: &mut Tx, forbund: i64, made_by: i64) -> Result<Option<Version>> {
    for version in version::locked_after(tx, forbund, made_by).await? {
        let Some(per) = version.per else { continue };
        let mut found = false;
        macro_rules! look {
            ($($field:ident: $type:ty,)+) => { $(
                if !found {
                    let table = <$type>::TABLE;
                    let sql = format!("SELECT 1 FROM {table} WHERE forbund = $1 AND handelse = $2 AND known <= $3 LIMIT 1");
                    let params = vec![forbund.into(), made_by.into(), per.ends_ms().into()];
                    found = tx.first::<(i32,)>(&sql, params).await?.is_some();
                }
            )+ };
        }
        for_every_noun!(look);
        if found {
            return Ok(Some(version));
        }
    }
    Ok(None)
}

/// What belongs to the import of the event `event` (a placeholder): `egna`, keys and the events that made
/// them. The versions that it made itself and, where another import ended one and was undone, the one that
/// then took its place. The joins stand in the order in which they are to be made.
fn own<F: Fact>(event: &str, undone: &[(i64, i64)]) -> String {
    let table = F::TABLE;
    let names: Vec<&str> = F::KEY.iter().map(|&i| F::FIELDS[i]).collect();
    let same = |a: &str, b: &str| -> String { names.iter().map(|key| format!(" AND {a}.{key} = {b}.{key}")).collect() };
    let keys = names.join(", ");
    let next: String = names.iter().map(|key| format!("n.{key}, ")).collect();
    let (of_own, of_next) = (same("v", "e"), same("n", "v"));
    let pairs = undone.iter().map(|(made, by)| format!("(CAST({made} AS BIGINT), CAST({by} AS BIGINT))"));
    let pairs = match undone {
        [] => "(CAST(0 AS BIGINT), CAST(0 AS BIGINT))".to_owned(),
        _ => pairs.collect::<Vec<_>>().join(", "),
    };
    format!(
        "WITH RECURSIVE angrade (gjord, angrad) AS (VALUES {pairs}), egna ({keys}, handelse) AS (\
         SELECT {keys}, handelse FROM {table} WHERE forbund = $1 AND handelse = {event} \
         UNION SELECT {next}n.handelse FROM egna e CROSS JOIN {table} v CROSS JOIN angrade a CROSS JOIN {table} n \
         WHERE v.forbund = $1{of_own} AND v.handelse = e.handelse AND a.gjord = v.handelse_slut \
         AND n.forbund = $1{of_next} AND n.handelse = a.angrad) "
    )
}

/// The imports after the event `made_by` that are undone: the events that made and undid them.
async fn undone_after(tx: &mut Tx, forbund: i64, made_by: i64) -> Result<Vec<(i64, i64)>> {
    let sql = "SELECT i.handelse, h.nr FROM handelse h JOIN import i ON i.forbund = h.forbund AND i.nr = h.import \
               WHERE h.forbund = $1 AND h.slag = $2 AND i.handelse > $3 ORDER BY h.nr";
    tx.fetch_all(sql, vec![forbund.into(), KIND.into(), made_by.into()]).await
}

/// Whether a row belongs to the import.
fn is_own<F: Fact>() -> String {
    let keys: String = F::KEY.iter().map(|&i| format!("{}, ", F::FIELDS[i])).collect();
    format!("({keys}handelse) IN (SELECT {keys}handelse FROM egna)")
}

/// The events, other than those that are undone, that ended what belongs to the import `$2` made.
fn later_sql<F: Fact>(undone: &[(i64, i64)]) -> String {
    format!(
        "{}SELECT DISTINCT handelse_slut FROM {} WHERE forbund = $1 AND handelse_slut <> $2 AND {} \
         AND handelse_slut NOT IN (SELECT gjord FROM angrade)",
        own::<F>("$2", undone),
        F::TABLE,
        is_own::<F>()
    )
}

/// Ends what belongs to the import that the event `$4` made.
fn stop_sql<F: Fact>(undone: &[(i64, i64)]) -> String {
    format!("{}{} AND {}", own::<F>("$4", undone), table::stop::<F>(), is_own::<F>())
}

/// Adds a version like each one that the event `$4` ended, known from now, or from when that one ends.
fn again_sql<F: Fact>() -> String {
    let (table, fields) = (F::TABLE, F::FIELDS.join(", "));
    format!(
        "INSERT INTO {table} (forbund, {fields}, ordning, known, ended, handelse, handelse_slut) \
         SELECT forbund, {fields}, ordning, CASE WHEN ended > $2 THEN ended ELSE $2 END, NULL, $3, NULL \
         FROM {table} WHERE forbund = $1 AND handelse_slut = $4 AND handelse <> $4"
    )
}
