//! Undoing an import: a new event that ends what the import made and lets what it ended stand again.
//! Nothing is taken away; as known before the undoing, everything comes out as it did.

use crate::db::{Db, Param, Tx};
use crate::error::Result;
use crate::handelse::{self, Handelse, Signature};
use crate::table;
use samsyn_core::{Access, Fact, for_every_noun};

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
    /// These later events have ended or replaced something that it made.
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
    let (mut ended, mut again) = (0, 0);
    macro_rules! each {
        ($($field:ident: $type:ty,)+) => { $(
            // First what stands again: ending would hide which versions the import ended.
            again += tx.execute(&again_sql::<$type>(), params()).await?;
            let stop = format!("{} AND handelse = $4", table::stop::<$type>());
            ended += tx.execute(&stop, params()).await?;
        )+ };
    }
    for_every_noun!(each);
    tx.commit().await?;
    Ok(Undone::Done { event, ended, again })
}

/// The event of the import, or why it may not be undone.
async fn refused(tx: &mut Tx, forbund: i64, import: i64) -> Result<std::result::Result<i64, Undone>> {
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
    let mut ends: Vec<String> = Vec::new();
    macro_rules! add {
        ($($field:ident: $type:ty,)+) => { $(ends.push(format!(
            "SELECT handelse_slut FROM {} WHERE forbund = $1 AND handelse = $2 AND handelse_slut <> $2",
            <$type>::TABLE
        ));)+ };
    }
    for_every_noun!(add);
    let sql = format!("{select} WHERE forbund = $1 AND nr IN ({}) ORDER BY nr", ends.join(" UNION "));
    let later: Vec<Handelse> = tx.fetch_all(&sql, vec![forbund.into(), made_by.into()]).await?;
    Ok(if later.is_empty() { Ok(made_by) } else { Err(Undone::Later(later)) })
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
