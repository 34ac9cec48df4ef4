//! What was frozen when a version was locked, in parts. Written once; only gallring takes anything out of them.

use crate::db::{Db, Tx};
use crate::error::{Result, StoreError};
use samsyn_core::Access;
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// A frozen part.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Del {
    /// Its name, for instance `dokument`.
    pub del: String,
    /// The form that it is written in, from 1.
    pub form: i64,
    /// SHA-256 of its bytes, hexadecimal.
    pub sha256: String,
    /// Its bytes.
    pub innehall: Vec<u8>,
}

impl Del {
    /// A part with its sum.
    pub fn new(del: &str, form: i64, innehall: Vec<u8>) -> Del {
        let sha256 = hex(&Sha256::digest(&innehall));
        Del { del: del.to_owned(), form, sha256, innehall }
    }
}

/// The sum over the sums of all parts, in the order of their names: SHA-256 of lines `name sha256`. It can be worked
/// out again from the parts alone.
pub fn kontrollsumma(delar: &[Del]) -> String {
    sum_of(&delar.iter().map(|del| (del.del.clone(), del.sha256.clone())).collect::<Vec<_>>())
}

fn sum_of(summor: &[(String, String)]) -> String {
    let mut lines: Vec<String> = summor.iter().map(|(del, sha256)| format!("{del} {sha256}\n")).collect();
    lines.sort();
    hex(&Sha256::digest(lines.concat().as_bytes()))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(64), |mut out, byte| {
        // Writing to a string cannot fail.
        let _ = write!(out, "{byte:02x}");
        out
    })
}

pub(super) async fn keep(tx: &mut Tx, forbund: i64, version: i64, delar: &[Del]) -> Result<()> {
    for del in delar {
        let sql = "INSERT INTO version_del (forbund, version, del, form, sha256, innehall) \
                   VALUES ($1, $2, $3, $4, $5, $6)";
        let params = vec![
            forbund.into(),
            version.into(),
            del.del.as_str().into(),
            del.form.into(),
            del.sha256.as_str().into(),
            del.innehall.as_slice().into(),
        ];
        tx.execute(sql, params).await?;
    }
    Ok(())
}

/// A frozen part. An error when its bytes, or the sums of all parts together, are not those that were frozen. From where
/// facts have been removed, its bytes are held against the sum of what was left; the sum that was frozen is still told.
pub async fn read(db: &Db, access: &Access, version: i64, del: &str) -> Result<Option<Del>> {
    let damaged = || StoreError::Damaged("version_del", format!("{version} {del}"));
    let sql = "SELECT del, form, sha256, innehall FROM version_del WHERE forbund = $1 AND version = $2 AND del = $3";
    let Some(found) = db.first::<Del>(sql, vec![access.forbund().into(), version.into(), del.into()]).await? else {
        return Ok(None);
    };
    let sql = "SELECT kontrollsumma FROM version WHERE forbund = $1 AND nr = $2";
    let sealed: Option<(Option<String>,)> = db.first(sql, vec![access.forbund().into(), version.into()]).await?;
    let summed = sum_of(&summor(db, access, version).await?);
    let thinned = gallrade(db, access, version).await?.into_iter().find(|part| part.del == del);
    let own = thinned.map_or_else(|| found.sha256.clone(), |part| part.sha256);
    let whole = hex(&Sha256::digest(&found.innehall)) == own && sealed == Some((Some(summed),));
    if whole { Ok(Some(found)) } else { Err(damaged()) }
}

/// The name and sum of every frozen part.
pub async fn summor(db: &Db, access: &Access, version: i64) -> Result<Vec<(String, String)>> {
    let sql = "SELECT del, sha256 FROM version_del WHERE forbund = $1 AND version = $2";
    db.fetch_all(sql, vec![access.forbund().into(), version.into()]).await
}

/// A frozen part from which facts have been removed.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct GallradDel {
    /// Its name.
    pub del: String,
    /// When facts were last removed from it, milliseconds since 1970 UTC.
    pub gallrad_ms: i64,
    /// SHA-256 of what is left, hexadecimal.
    pub sha256: String,
}

/// The parts of a version from which facts have been removed, by name.
pub async fn gallrade(db: &Db, access: &Access, version: i64) -> Result<Vec<GallradDel>> {
    let sql = "SELECT del, gallrad_ms, sha256 FROM gallrad_del WHERE forbund = $1 AND version = $2 ORDER BY del";
    db.fetch_all(sql, vec![access.forbund().into(), version.into()]).await
}
