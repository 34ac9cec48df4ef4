//! Versions of reports: where each stands, and the steps it takes. A step is taken in one transaction, together with
//! what belongs to it; of two who step at once, the second is told how it then stands.

pub mod fryst;
pub mod kommentar;
pub mod text;

use crate::db::{Db, Param, Tx};
use crate::error::{Result, StoreError};
use crate::handelse::{self, Signature};
use crate::{diarium, version::fryst::Del};
use samsyn_core::Access;
use samsyn_core::version::{Avser, Hinder, Lage, Slag, Stallning, Steg, Styrelsebeslut};
use samsyn_document::Datum;

/// What kind of event a step with a version is.
pub const KIND: &str = "version";

/// A version of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Its number in the förbund.
    pub nr: i64,
    /// Which report.
    pub slag: Slag,
    /// What it is about.
    pub avser: Avser,
    /// Its number among the versions of the same report on the same half-year, year or meeting, from 1.
    pub version: i64,
    /// Its state.
    pub lage: Lage,
    /// The kännedomsdatum; `None` is today, until it is låst.
    pub per: Option<Datum>,
    /// Raised by every change of what it says.
    pub andring: i64,
    /// When it was begun, milliseconds since 1970 UTC.
    pub skapad_ms: i64,
    /// By whom.
    pub skapad_av: String,
    /// When it was låst, and by whom.
    pub last: Option<(i64, String)>,
    /// The förbund's latest event in what was frozen.
    pub last_handelse: Option<i64>,
    /// SHA-256 over what was frozen, hexadecimal.
    pub kontrollsumma: Option<String>,
    /// What the board did with it: the day, what, and the paragraph of the minutes.
    pub behandlad: Option<(Datum, Styrelsebeslut, String)>,
    /// Its number in the diarium: year and number.
    pub diarienummer: Option<(i64, i64)>,
}

#[derive(sqlx::FromRow)]
struct Row {
    nr: i64,
    slag: String,
    period: String,
    version: i64,
    lage: String,
    per: Option<String>,
    andring: i64,
    skapad_ms: i64,
    skapad_av: String,
    last_ms: Option<i64>,
    last_av: Option<String>,
    last_handelse: Option<i64>,
    kontrollsumma: Option<String>,
    behandlad: Option<String>,
    styrelsebeslut: Option<String>,
    paragraf: Option<String>,
    diarie_ar: Option<i64>,
    diarie_lopnr: Option<i64>,
}

impl Row {
    fn read(self) -> Result<Version> {
        let damaged = |what: &str| StoreError::Damaged("version", what.to_owned());
        let day = |text: &str| text.parse::<Datum>().map_err(|_| damaged("datum"));
        let per = self.per.as_deref().map(day).transpose()?;
        let behandlad = match (self.behandlad, self.styrelsebeslut, self.paragraf) {
            (Some(when), Some(what), Some(paragraf)) => {
                let what = Styrelsebeslut::of_kod(&what).ok_or_else(|| damaged("styrelsebeslut"))?;
                Some((day(&when)?, what, paragraf))
            }
            _ => None,
        };
        Ok(Version {
            nr: self.nr,
            slag: Slag::of_kod(&self.slag).ok_or_else(|| damaged("slag"))?,
            avser: self.period.parse().map_err(|_| damaged("period"))?,
            version: self.version,
            lage: Lage::of_kod(&self.lage).ok_or_else(|| damaged("lage"))?,
            per,
            andring: self.andring,
            skapad_ms: self.skapad_ms,
            skapad_av: self.skapad_av,
            last: self.last_ms.zip(self.last_av),
            last_handelse: self.last_handelse,
            kontrollsumma: self.kontrollsumma,
            behandlad,
            diarienummer: self.diarie_ar.zip(self.diarie_lopnr),
        })
    }
}

const SELECT: &str = "SELECT nr, slag, period, version, lage, per, andring, skapad_ms, skapad_av, last_ms, last_av, \
     last_handelse, kontrollsumma, behandlad, styrelsebeslut, paragraf, diarie_ar, diarie_lopnr FROM version";

/// Every version of the förbund's reports, the latest period first and within it the latest version.
pub async fn list(db: &Db, access: &Access) -> Result<Vec<Version>> {
    let sql = format!("{SELECT} WHERE forbund = $1 ORDER BY period DESC, slag, version DESC");
    let rows: Vec<Row> = db.fetch_all(&sql, vec![access.forbund().into()]).await?;
    rows.into_iter().map(Row::read).collect()
}

/// The version with this number in the förbund.
pub async fn find(db: &Db, access: &Access, nr: i64) -> Result<Option<Version>> {
    let sql = format!("{SELECT} WHERE forbund = $1 AND nr = $2");
    let row: Option<Row> = db.first(&sql, vec![access.forbund().into(), nr.into()]).await?;
    row.map(Row::read).transpose()
}

async fn find_in(tx: &mut Tx, forbund: i64, nr: i64) -> Result<Option<Version>> {
    let sql = format!("{SELECT} WHERE forbund = $1 AND nr = $2");
    let row: Option<Row> = tx.first(&sql, vec![forbund.into(), nr.into()]).await?;
    row.map(Row::read).transpose()
}

/// What came of a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It is taken: the version's number, or the new one's.
    Done(i64),
    /// There is no such version.
    Unknown,
    /// It cannot be taken as it stands.
    Refused(Hinder),
    /// The text or the facts have changed since they were read.
    Changed,
}

/// What a step brings along.
#[derive(Clone, Debug)]
pub enum Med<'a> {
    /// Nothing.
    Inget,
    /// When låst: the kännedomsdatum, what was read (the version's `andring` and the förbund's latest event), the
    /// frozen parts, and the sum over them.
    Last {
        /// The kännedomsdatum.
        per: Datum,
        /// The version's `andring` when its texts were read.
        andring: i64,
        /// The förbund's latest event when its facts were read.
        handelse: i64,
        /// What is frozen.
        delar: &'a [Del],
        /// SHA-256 over the parts.
        kontrollsumma: &'a str,
    },
    /// When behandlad: the day, what the board did, and the paragraph.
    Behandlad(Datum, Styrelsebeslut, &'a str),
}

/// Begins the first version of a report on a half-year, a year or a meeting. Refused when there is one already; then its
/// number is in the answer.
pub async fn begin(
    db: &Db,
    access: &Access,
    (slag, avser): (Slag, Avser),
    per: Option<Datum>,
    signature: Signature<'_>,
) -> Result<Taken> {
    let forbund = access.forbund();
    let mut tx = db.transaction().await?;
    let event = handelse::next_of(&mut tx, forbund).await?;
    let sql = format!("{SELECT} WHERE forbund = $1 AND slag = $2 AND period = $3 ORDER BY version DESC LIMIT 1");
    let place: Vec<Param> = vec![forbund.into(), slag.kod().into(), avser.to_string().into()];
    let latest: Option<Row> = tx.first(&sql, place).await?;
    if latest.is_some() {
        tx.rollback().await?;
        return Ok(Taken::Refused(Hinder::HarSenare));
    }
    let nr = insert(&mut tx, forbund, (slag, avser, 1), per, signature).await?;
    told(&mut tx, (forbund, event), nr, "ny", Lage::Utkast, signature).await?;
    tx.commit().await?;
    Ok(Taken::Done(nr))
}

async fn insert(
    tx: &mut Tx,
    forbund: i64,
    (slag, avser, version): (Slag, Avser, i64),
    per: Option<Datum>,
    signature: Signature<'_>,
) -> Result<i64> {
    let sql = "INSERT INTO version (forbund, nr, slag, period, version, lage, per, andring, skapad_ms, skapad_av) \
               SELECT $1, coalesce(max(nr), 0) + 1, $2, $3, $4, $5, $6, 1, $7, $8 FROM version WHERE forbund = $1 \
               RETURNING nr";
    let params = vec![
        forbund.into(),
        slag.kod().into(),
        avser.to_string().into(),
        version.into(),
        Lage::Utkast.kod().into(),
        per.map(|day| day.to_string()).into(),
        signature.now_ms.into(),
        signature.who.into(),
    ];
    let row: Option<(i64,)> = tx.first(sql, params).await?;
    row.map(|row| row.0).ok_or_else(|| StoreError::Damaged("version", "nr".to_owned()))
}

/// Takes a step. What it brings along must be of its kind.
pub async fn step(
    db: &Db,
    access: &Access,
    nr: i64,
    steg: Steg,
    med: Med<'_>,
    signature: Signature<'_>,
) -> Result<Taken> {
    let forbund = access.forbund();
    let mut tx = db.transaction().await?;
    // No other step in the förbund is taken, and no fact is changed, until this one ends.
    let event = handelse::next_of(&mut tx, forbund).await?;
    hold(&mut tx, forbund, nr).await?;
    let Some(version) = find_in(&mut tx, forbund, nr).await? else {
        tx.rollback().await?;
        return Ok(Taken::Unknown);
    };
    let stallning = standing(&mut tx, forbund, &version).await?;
    let after = match version.lage.efter(steg, stallning) {
        Ok(after) => after,
        Err(hinder) => {
            tx.rollback().await?;
            return Ok(Taken::Refused(hinder));
        }
    };
    let mut done = nr;
    match (steg, med) {
        (Steg::NyVersion, Med::Inget) => {
            let next = (version.slag, version.avser, version.version + 1);
            done = insert(&mut tx, forbund, next, None, signature).await?;
            text::copy(&mut tx, forbund, nr, done).await?;
        }
        (Steg::Las, Med::Last { per, andring, handelse, delar, kontrollsumma }) => {
            if (version.andring, event - 1) != (andring, handelse) {
                tx.rollback().await?;
                return Ok(Taken::Changed);
            }
            fryst::keep(&mut tx, forbund, nr, delar).await?;
            let sql = "UPDATE version SET lage = $3, per = $4, last_ms = $5, last_av = $6, last_handelse = $7, \
                       kontrollsumma = $8 WHERE forbund = $1 AND nr = $2";
            let day = per.to_string();
            let params = vec![
                forbund.into(),
                nr.into(),
                after.kod().into(),
                day.into(),
                signature.now_ms.into(),
                signature.who.into(),
                handelse.into(),
                kontrollsumma.into(),
            ];
            tx.execute(sql, params).await?;
        }
        (Steg::Behandla, Med::Behandlad(day, what, paragraf)) => {
            let sql = "UPDATE version SET lage = $3, behandlad = $4, styrelsebeslut = $5, paragraf = $6 \
                       WHERE forbund = $1 AND nr = $2";
            let (day, what) = (day.to_string(), what.kod());
            let params = vec![forbund.into(), nr.into(), after.kod().into(), day.into(), what.into(), paragraf.into()];
            tx.execute(sql, params).await?;
        }
        (Steg::Granska | Steg::Aterta, Med::Inget) => {
            let sql = "UPDATE version SET lage = $3 WHERE forbund = $1 AND nr = $2";
            tx.execute(sql, vec![forbund.into(), nr.into(), after.kod().into()]).await?;
        }
        _ => {
            tx.rollback().await?;
            return Err(StoreError::Damaged("version", "steg".to_owned()));
        }
    }
    let begun = if steg == Steg::NyVersion { Lage::Utkast } else { after };
    told(&mut tx, (forbund, event), done, steg.kod(), begun, signature).await?;
    tx.commit().await?;
    Ok(Taken::Done(done))
}

/// Nobody else writes to the version, its texts or its comments until the transaction ends, on a server either.
async fn hold(tx: &mut Tx, forbund: i64, nr: i64) -> Result<()> {
    let sql = "UPDATE version SET nr = nr WHERE forbund = $1 AND nr = $2";
    tx.execute(sql, vec![forbund.into(), nr.into()]).await.map(drop)
}

/// What decides whether steps may be taken.
async fn standing(tx: &mut Tx, forbund: i64, version: &Version) -> Result<Stallning> {
    let sql = "SELECT count(*) FROM version WHERE forbund = $1 AND slag = $2 AND period = $3 AND version > $4";
    let place =
        vec![forbund.into(), version.slag.kod().into(), version.avser.to_string().into(), version.version.into()];
    let later: Option<(i64,)> = tx.first(sql, place).await?;
    let olosta = kommentar::open(tx, forbund, version.nr).await?;
    Ok(Stallning { olosta, har_senare: later.is_some_and(|(count,)| count > 0) })
}

/// Writes the step down, with the version and in the förbund's log of events.
async fn told(
    tx: &mut Tx,
    (forbund, event): (i64, i64),
    nr: i64,
    steg: &str,
    lage: Lage,
    signature: Signature<'_>,
) -> Result<()> {
    handelse::write(tx, (forbund, event), KIND, signature, None).await?;
    let sql = "INSERT INTO version_steg (forbund, version, nr, steg, lage, vem, varfor, tid_ms) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    let Signature { who, why, now_ms } = signature;
    let params = vec![
        forbund.into(),
        nr.into(),
        event.into(),
        steg.into(),
        lage.kod().into(),
        who.into(),
        why.into(),
        now_ms.into(),
    ];
    tx.execute(sql, params).await.map(drop)
}

/// A step that a version has taken.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Taget {
    /// The förbund's event.
    pub nr: i64,
    /// The step's code; `ny` for the beginning.
    pub steg: String,
    /// The state after it.
    pub lage: String,
    /// Who took it.
    pub vem: String,
    /// Why.
    pub varfor: String,
    /// When, milliseconds since 1970 UTC.
    pub tid_ms: i64,
}

/// The steps that a version has taken, the latest last.
pub async fn steps(db: &Db, access: &Access, nr: i64) -> Result<Vec<Taget>> {
    let sql = "SELECT nr, steg, lage, vem, varfor, tid_ms FROM version_steg \
               WHERE forbund = $1 AND version = $2 ORDER BY nr";
    db.fetch_all(sql, vec![access.forbund().into(), nr.into()]).await
}

/// Sets the kännedomsdatum of an open version; `None` is today. Whether it could be changed.
pub async fn set_per(db: &Db, access: &Access, nr: i64, per: Option<Datum>) -> Result<bool> {
    let sql = "UPDATE version SET per = $3, andring = andring + 1 \
               WHERE forbund = $1 AND nr = $2 AND lage IN ('utkast', 'granskning')";
    let params = vec![access.forbund().into(), nr.into(), per.map(|day| day.to_string()).into()];
    Ok(db.execute(sql, params).await? > 0)
}

/// Gives an open version a number in the diarium, the next of the day's year. Its number; `None` when it is not open
/// or has one already.
pub async fn register(
    db: &Db,
    access: &Access,
    nr: i64,
    matter: (Datum, &str),
    signature: Signature<'_>,
) -> Result<Option<(i64, i64)>> {
    let forbund = access.forbund();
    let mut tx = db.transaction().await?;
    let (ar, lopnr) = diarium::next(&mut tx, forbund, matter, signature).await?;
    let sql = "UPDATE version SET diarie_ar = $3, diarie_lopnr = $4, andring = andring + 1 \
               WHERE forbund = $1 AND nr = $2 AND diarie_ar IS NULL AND lage IN ('utkast', 'granskning')";
    let done = tx.execute(sql, vec![forbund.into(), nr.into(), ar.into(), lopnr.into()]).await? > 0;
    if done {
        tx.commit().await?;
    } else {
        tx.rollback().await?;
    }
    Ok(done.then_some((ar, lopnr)))
}

/// The låsta versions that were frozen when an event had happened.
pub(crate) async fn locked_after(tx: &mut Tx, forbund: i64, event: i64) -> Result<Vec<Version>> {
    let sql = format!("{SELECT} WHERE forbund = $1 AND last_handelse >= $2 ORDER BY nr");
    let rows: Vec<Row> = tx.fetch_all(&sql, vec![forbund.into(), event.into()]).await?;
    rows.into_iter().map(Row::read).collect()
}

/// The events of the förbund that are steps of versions that are not låst.
pub async fn open_events(db: &Db, forbund: i64) -> Result<Vec<i64>> {
    let sql = "SELECT s.nr FROM version_steg s JOIN version v ON v.forbund = s.forbund AND v.nr = s.version \
               WHERE s.forbund = $1 AND v.lage IN ('utkast', 'granskning')";
    let rows: Vec<(i64,)> = db.fetch_all(sql, vec![forbund.into()]).await?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}
