//! Events: the log of who did what, when and why. Every version of a fact points to one.

use crate::db::{Db, Tx};
use crate::error::{Result, StoreError};
use std::collections::{BTreeSet, HashMap};

/// Who does something, why, and the system's own time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signature<'a> {
    /// Who.
    pub who: &'a str,
    /// Why, in the person's own words.
    pub why: &'a str,
    /// When, milliseconds since 1970 UTC.
    pub now_ms: i64,
}

/// An event in the log.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Handelse {
    /// Its number, from 1 within the förbund.
    pub nr: i64,
    /// The system's own time, milliseconds since 1970 UTC.
    pub registrerad_ms: i64,
    /// Who.
    pub vem: String,
    /// What kind: `import`, `angra` (an import undone), `installning`, or what the application calls it.
    pub slag: String,
    /// Why.
    pub varfor: String,
    /// The import that it was, or that it undid.
    pub import: Option<i64>,
}

pub(crate) const SELECT: &str = "SELECT nr, registrerad_ms, vem, slag, varfor, import FROM handelse";

/// A förbund's log, the latest last.
pub async fn list(db: &Db, forbund: i64) -> Result<Vec<Handelse>> {
    db.fetch_all(&format!("{SELECT} WHERE forbund = $1 ORDER BY nr"), vec![forbund.into()]).await
}

/// When the förbund's facts first came in, by the system's own time, milliseconds since 1970 UTC; `None` before that.
pub async fn first_import(db: &Db, forbund: i64) -> Result<Option<i64>> {
    let sql = "SELECT min(registrerad_ms) FROM handelse WHERE forbund = $1 AND slag = 'import'";
    let row: Option<(Option<i64>,)> = db.first(sql, vec![forbund.into()]).await?;
    Ok(row.and_then(|row| row.0))
}

/// At most `limit` events older than `before_nr`, the newest first.
pub async fn page(db: &Db, forbund: i64, before_nr: Option<i64>, limit: i64) -> Result<Vec<Handelse>> {
    let sql = format!("{SELECT} WHERE forbund = $1 AND nr < $2 ORDER BY nr DESC LIMIT $3");
    db.fetch_all(&sql, vec![forbund.into(), before_nr.unwrap_or(i64::MAX).into(), limit.into()]).await
}

/// Tables whose facts are decided or written by hand about one insats.
const OF_ONE_INSATS: [&str; 8] = [
    "insats",
    "insatsperiod",
    "kvartalsrapport",
    "ljusval",
    "slutrapport",
    "partskommentar",
    "manadsantal",
    "avslutsantal",
];

/// Which insatser some events made or ended facts of: the event's number, and the name and insatsägare of the insats as
/// last known. Only facts that are decided or written by hand are looked at.
pub async fn insatser(db: &Db, forbund: i64, events: &[i64]) -> Result<Vec<(i64, String, String)>> {
    if events.is_empty() {
        return Ok(Vec::new());
    }
    let listed = events.iter().map(i64::to_string).collect::<Vec<_>>().join(", ");
    let select = |table: &str, insats: &str, condition: &str| {
        ["handelse", "handelse_slut"].map(|event| {
            format!("SELECT {event}, {insats} FROM {table} WHERE forbund = $1 AND {event} IN ({listed}){condition}")
        })
    };
    let own = OF_ONE_INSATS.iter().flat_map(|table| select(table, "insats_id", ""));
    let comments = select("kommentar", "nyckel", " AND om = 'insats'");
    let of_avvikelse = "(SELECT max(a.insats_id) FROM avvikelse a WHERE a.forbund = $1 AND a.avvikelse_id = nyckel)";
    let of_avvikelser = select("kommentar", of_avvikelse, " AND om = 'avvikelse'");
    let all: Vec<String> = own.chain(comments).chain(of_avvikelser).collect();
    let found: Vec<(i64, Option<String>)> = db.fetch_all(&all.join(" UNION "), vec![forbund.into()]).await?;
    let found: BTreeSet<(i64, String)> = found.into_iter().filter_map(|(event, id)| Some((event, id?))).collect();
    let sql = "SELECT insats_id, namn, insatsagare FROM insats WHERE forbund = $1 ORDER BY known, handelse";
    let names: Vec<(String, String, String)> = db.fetch_all(sql, vec![forbund.into()]).await?;
    let names: HashMap<String, (String, String)> =
        names.into_iter().map(|(id, name, owner)| (id, (name, owner))).collect();
    let named = found.into_iter().filter_map(|(event, id)| {
        let (name, owner) = names.get(&id)?.clone();
        Some((event, name, owner))
    });
    Ok(named.collect())
}

/// Takes the next event number of the förbund with this id, and makes the förbund if there is none. No
/// other writer passes here until the transaction ends. The förbund's number and the event's.
pub(crate) async fn next(tx: &mut Tx, forbund_id: &str) -> Result<(i64, i64)> {
    loop {
        let raise = "UPDATE forbund SET handelser = handelser + 1 WHERE forbund_id = $1 RETURNING nr, handelser";
        if let Some(found) = tx.fetch_all(raise, vec![forbund_id.into()]).await?.into_iter().next() {
            return Ok(found);
        }
        // Two new förbund at one moment may both want the number; the one that lost it tries again.
        let make = "INSERT INTO forbund (nr, forbund_id, handelser) \
                    SELECT coalesce(max(nr), 0) + 1, CAST($1 AS TEXT), 0 FROM forbund WHERE TRUE \
                    ON CONFLICT DO NOTHING";
        tx.execute(make, vec![forbund_id.into()]).await?;
    }
}

/// Takes the next event number of a förbund that there is. No other writer passes here until the
/// transaction ends.
pub(crate) async fn next_of(tx: &mut Tx, forbund: i64) -> Result<i64> {
    let sql = "UPDATE forbund SET handelser = handelser + 1 WHERE nr = $1 RETURNING handelser";
    let row: Option<(i64,)> = tx.first(sql, vec![forbund.into()]).await?;
    row.map(|row| row.0).ok_or_else(|| StoreError::UnknownForbund(forbund.to_string()))
}

/// Writes an event to the log.
pub(crate) async fn write(
    tx: &mut Tx,
    (forbund, event): (i64, i64),
    kind: &str,
    signature: Signature<'_>,
    import: Option<i64>,
) -> Result<()> {
    let sql = "INSERT INTO handelse (forbund, nr, registrerad_ms, vem, slag, varfor, import) \
               VALUES ($1, $2, $3, $4, $5, $6, $7)";
    let Signature { who, why, now_ms } = signature;
    let params = vec![forbund.into(), event.into(), now_ms.into(), who.into(), kind.into(), why.into(), import.into()];
    tx.execute(sql, params).await.map(drop)
}
