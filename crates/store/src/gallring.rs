//! Gallring: decisions to remove inskrivningar, and carrying them out. The only place that removes what has been stored.
//!
//! A decision freezes which inskrivningar it is about. Carrying it out removes, in one transaction, every version of
//! them, their rows in the files they came in, the proposals that hold them, and what låsta reports tell of each one;
//! then the database's own files are cleaned. What is left tells how many, when, by whom and why, and no numbers.

mod ta_bort;

use crate::db::{Db, Param, Tx};
use crate::error::{Result, StoreError};
use crate::handelse::{self, Signature};
use crate::table::{self, Which};
use samsyn_core::deltagande::Deltagande;
use samsyn_core::{Access, Fact};
use std::collections::{BTreeMap, HashMap};
pub use ta_bort::{Ids, Kvar, Thin};

/// What kind of event the carrying out is.
pub const KIND: &str = "gallring";
/// What kind of event a decision is.
pub const DECIDED: &str = "beslut om gallring";
/// What kind of event it is when a decision is taken back.
pub const TAKEN_BACK: &str = "återtaget beslut om gallring";

/// A decision by the förbund's rule.
pub const REGEL: &str = "regel";
/// A decision because consent has been withdrawn.
pub const SAMTYCKE: &str = "samtycke";

/// A decision on gallring.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Beslut {
    /// Its number in the förbund, from 1.
    pub nr: i64,
    /// [`REGEL`] or [`SAMTYCKE`].
    pub slag: String,
    /// How many inskrivningar it is about.
    pub antal: i64,
    /// When, milliseconds since 1970 UTC.
    pub beslutad_ms: i64,
    /// Who.
    pub beslutad_av: String,
    /// Why, or on what it rests.
    pub skal: String,
    /// When it was taken back.
    pub atertagen_ms: Option<i64>,
    /// When it was carried out.
    pub utford_ms: Option<i64>,
    /// By whom.
    pub utford_av: Option<String>,
    /// How many inskrivningar were there to be removed.
    pub borttagna: Option<i64>,
    /// When the database's own files had been cleaned; `None` when they have not been since.
    pub stadad_ms: Option<i64>,
}

impl Beslut {
    /// Whether it waits to be carried out.
    pub fn vantar(&self) -> bool {
        self.utford_ms.is_none() && self.atertagen_ms.is_none()
    }
}

const SELECT: &str = "SELECT nr, slag, antal, beslutad_ms, beslutad_av, skal, atertagen_ms, utford_ms, utford_av, \
     borttagna, stadad_ms FROM gallringsbeslut";

/// The förbund's decisions, the latest last.
pub async fn list(db: &Db, forbund: i64) -> Result<Vec<Beslut>> {
    db.fetch_all(&format!("{SELECT} WHERE forbund = $1 ORDER BY nr"), vec![forbund.into()]).await
}

/// The inskrivningar of a decision that waits; none when it does not.
pub async fn ids(db: &Db, access: &Access, nr: i64) -> Result<Vec<String>> {
    let sql = "SELECT deltagande_id FROM gallringsbeslut_rad WHERE forbund = $1 AND beslut = $2 ORDER BY deltagande_id";
    let rows: Vec<(String,)> = db.fetch_all(sql, vec![access.forbund().into(), nr.into()]).await?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

/// How many inskrivningar of an insats were removed, by the moment (milliseconds), the earliest first.
pub async fn of_insats(db: &Db, forbund: i64, insats_id: &str) -> Result<Vec<(Beslut, i64)>> {
    let sql = "SELECT beslut, antal FROM gallrad_insats WHERE forbund = $1 AND insats_id = $2";
    let counts: Vec<(i64, i64)> = db.fetch_all(sql, vec![forbund.into(), insats_id.into()]).await?;
    let counts: HashMap<i64, i64> = counts.into_iter().collect();
    let all = list(db, forbund).await?.into_iter();
    Ok(all.filter_map(|beslut| counts.get(&beslut.nr).map(|antal| (beslut, *antal))).collect())
}

/// Every förbund's decisions that have been carried out: the förbund's id, and the decision.
pub async fn carried_out(db: &Db) -> Result<Vec<(String, Beslut)>> {
    let forbund: Vec<(i64, String)> =
        db.fetch_all("SELECT nr, forbund_id FROM forbund ORDER BY nr", Vec::new()).await?;
    let mut found = Vec::new();
    for (nr, id) in forbund {
        let done = list(db, nr).await?.into_iter().filter(|beslut| beslut.utford_ms.is_some());
        found.extend(done.map(|beslut| (id.clone(), beslut)));
    }
    Ok(found)
}

/// Deltaganden that are known no more but still stored, each as it was last known and the moment (milliseconds) at which
/// it ended.
pub async fn ended(db: &Db, access: &Access) -> Result<Vec<(Deltagande, i64)>> {
    let sql = table::select::<Deltagande>(0, Which::Ended);
    let found: Option<(i64, Option<String>)> = db.first(&sql, vec![access.forbund().into()]).await?;
    let text = found.and_then(|row| row.1);
    let mut latest: BTreeMap<String, (Deltagande, i64)> = BTreeMap::new();
    for mut cells in table::rows(&text) {
        let mut read = || {
            table::number(&mut cells)?;
            let ended = table::number(&mut cells)?;
            Some((Deltagande::load(&mut cells)?, ended))
        };
        let (row, at) = read().ok_or_else(table::damaged::<Deltagande>)?;
        let known = latest.entry(row.key()).or_insert_with(|| (row.clone(), at));
        if at >= known.1 {
            *known = (row, at);
        }
    }
    Ok(latest.into_values().collect())
}

/// What came of a decision, or of carrying one out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Done {
    /// It is done: the decision's number.
    Done(i64),
    /// It was carried out already.
    Already(i64),
    /// There is no such decision that waits, or no such inskrivning.
    Unknown,
    /// Something has happened in the förbund since it was read.
    Changed,
}

/// Decides that these inskrivningar are to be removed. `read` is the förbund's latest event when they were read.
pub async fn decide(db: &Db, access: &Access, ids: &[String], read: i64, signature: Signature<'_>) -> Result<Done> {
    let forbund = access.forbund();
    let mut tx = db.transaction().await?;
    let event = handelse::next_of(&mut tx, forbund).await?;
    if event - 1 != read || ids.is_empty() {
        tx.rollback().await?;
        return Ok(if ids.is_empty() { Done::Unknown } else { Done::Changed });
    }
    let nr = insert(&mut tx, forbund, REGEL, ids, signature).await?;
    handelse::write(&mut tx, (forbund, event), DECIDED, signature, None).await?;
    tx.commit().await?;
    Ok(Done::Done(nr))
}

/// Takes back a decision that waits; its list is forgotten.
pub async fn take_back(db: &Db, access: &Access, nr: i64, signature: Signature<'_>) -> Result<Done> {
    let forbund = access.forbund();
    let mut tx = db.transaction().await?;
    let event = handelse::next_of(&mut tx, forbund).await?;
    let sql = "UPDATE gallringsbeslut SET atertagen_ms = $3, atertagen_av = $4 \
               WHERE forbund = $1 AND nr = $2 AND utford_ms IS NULL AND atertagen_ms IS NULL";
    let params = vec![forbund.into(), nr.into(), signature.now_ms.into(), signature.who.into()];
    if tx.execute(sql, params).await? == 0 {
        tx.rollback().await?;
        return Ok(Done::Unknown);
    }
    forget(&mut tx, forbund, nr).await?;
    handelse::write(&mut tx, (forbund, event), TAKEN_BACK, signature, None).await?;
    tx.commit().await?;
    Ok(Done::Done(nr))
}

/// Carries out a decision: all of it or nothing. `read` is the förbund's latest event when its list was looked over.
/// [`clean`] is to follow.
pub async fn carry_out(
    db: &Db,
    access: &Access,
    nr: i64,
    read: i64,
    thin: &dyn Thin,
    signature: Signature<'_>,
) -> Result<Done> {
    let forbund = access.forbund();
    let mut tx = db.transaction().await?;
    let event = handelse::next_of(&mut tx, forbund).await?;
    let sql = format!("{SELECT} WHERE forbund = $1 AND nr = $2");
    let found: Option<Beslut> = tx.first(&sql, vec![forbund.into(), nr.into()]).await?;
    let stop = match &found {
        None => Some(Done::Unknown),
        Some(beslut) if beslut.utford_ms.is_some() => Some(Done::Already(nr)),
        Some(beslut) if !beslut.vantar() => Some(Done::Unknown),
        Some(_) => (event - 1 != read).then_some(Done::Changed),
    };
    if let Some(stop) = stop {
        tx.rollback().await?;
        return Ok(stop);
    }
    remove(&mut tx, (forbund, event, nr), thin, signature).await?;
    tx.commit().await?;
    Ok(Done::Done(nr))
}

/// Decides on one inskrivning whose consent has been withdrawn, and carries it out at once. [`clean`] is to follow.
pub async fn at_once(db: &Db, access: &Access, id: &str, thin: &dyn Thin, signature: Signature<'_>) -> Result<Done> {
    let forbund = access.forbund();
    let mut tx = db.transaction().await?;
    let event = handelse::next_of(&mut tx, forbund).await?;
    let sql = "SELECT count(*) FROM deltagande WHERE forbund = $1 AND deltagande_id = $2";
    let there: Option<(i64,)> = tx.first(sql, vec![forbund.into(), id.into()]).await?;
    if there.is_none_or(|row| row.0 == 0) {
        tx.rollback().await?;
        return Ok(Done::Unknown);
    }
    let nr = insert(&mut tx, forbund, SAMTYCKE, &[id.to_owned()], signature).await?;
    remove(&mut tx, (forbund, event, nr), thin, signature).await?;
    tx.commit().await?;
    Ok(Done::Done(nr))
}

/// Cleans the database's own files of what has been removed, and notes that on the decisions carried out. Whether they
/// could be cleaned wholly: others who read at that moment may keep a part.
pub async fn clean(db: &Db, forbund: i64, now_ms: i64) -> Result<bool> {
    if !db.clean().await? {
        return Ok(false);
    }
    let sql = "UPDATE gallringsbeslut SET stadad_ms = $2 \
               WHERE forbund = $1 AND utford_ms IS NOT NULL AND stadad_ms IS NULL";
    db.execute(sql, vec![forbund.into(), now_ms.into()]).await?;
    Ok(true)
}

async fn insert(tx: &mut Tx, forbund: i64, slag: &str, ids: &[String], signature: Signature<'_>) -> Result<i64> {
    let sql = "INSERT INTO gallringsbeslut (forbund, nr, slag, antal, beslutad_ms, beslutad_av, skal) \
               SELECT $1, coalesce(max(nr), 0) + 1, $2, $3, $4, $5, $6 FROM gallringsbeslut WHERE forbund = $1 \
               RETURNING nr";
    let Signature { who, why, now_ms } = signature;
    let antal = ids.len() as i64;
    let params = vec![forbund.into(), slag.into(), antal.into(), now_ms.into(), who.into(), why.into()];
    let row: Option<(i64,)> = tx.first(sql, params).await?;
    let nr = row.map(|row| row.0).ok_or_else(|| StoreError::Damaged("gallringsbeslut", "nr".to_owned()))?;
    let rows = ids.iter().map(|id| Ok([Param::from(forbund), nr.into(), id.as_str().into()]));
    let before = "INSERT INTO gallringsbeslut_rad (forbund, beslut, deltagande_id) VALUES";
    tx.many((before, 3, ""), rows, |_| ()).await?;
    Ok(nr)
}

async fn forget(tx: &mut Tx, forbund: i64, nr: i64) -> Result<u64> {
    let sql = "DELETE FROM gallringsbeslut_rad WHERE forbund = $1 AND beslut = $2";
    tx.execute(sql, vec![forbund.into(), nr.into()]).await
}

/// Removes the inskrivningar of a decision from everywhere, and writes down that it was done.
async fn remove(
    tx: &mut Tx,
    (forbund, event, nr): (i64, i64, i64),
    thin: &dyn Thin,
    signature: Signature<'_>,
) -> Result<()> {
    let place = || -> Vec<Param> { vec![forbund.into(), nr.into()] };
    let sql = "SELECT deltagande_id FROM gallringsbeslut_rad WHERE forbund = $1 AND beslut = $2";
    let ids: Vec<(String,)> = tx.fetch_all(sql, place()).await?;
    let ids: Ids = ids.into_iter().map(|row| row.0).collect();
    let per_insats = ta_bort::versions(tx, forbund, nr).await?;
    ta_bort::files(tx, forbund, &ids, thin, signature.now_ms).await?;
    ta_bort::proposals(tx, forbund, &ids, thin).await?;
    ta_bort::frozen(tx, forbund, &ids, thin, signature.now_ms).await?;
    ta_bort::names(tx, forbund, &ids).await?;
    for (insats_id, antal) in &per_insats {
        let sql = "INSERT INTO gallrad_insats (forbund, beslut, insats_id, antal) VALUES ($1, $2, $3, $4)";
        tx.execute(sql, vec![forbund.into(), nr.into(), insats_id.as_str().into(), (*antal).into()]).await?;
    }
    let sql =
        "UPDATE gallringsbeslut SET utford_ms = $3, utford_av = $4, borttagna = $5 WHERE forbund = $1 AND nr = $2";
    let removed: i64 = per_insats.values().sum();
    let params = vec![forbund.into(), nr.into(), signature.now_ms.into(), signature.who.into(), removed.into()];
    tx.execute(sql, params).await?;
    // Other decisions that wait may name the same ones.
    let sql = "DELETE FROM gallringsbeslut_rad WHERE forbund = $1 AND deltagande_id IN \
               (SELECT deltagande_id FROM gallringsbeslut_rad WHERE forbund = $1 AND beslut = $2)";
    tx.execute(sql, place()).await?;
    handelse::write(tx, (forbund, event), KIND, signature, None).await
}
