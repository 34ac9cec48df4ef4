//! Accepted packages: the list of imports and their files, kept as received.

use crate::db::{Db, Tx};
use crate::error::Result;
use samsyn_core::Access;
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// An accepted package.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Import {
    /// Its number, from 1 within the förbund.
    pub nr: i64,
    /// What the package was called.
    pub namn: String,
    /// SHA-256 over the names and hashes of its files, hexadecimal.
    pub paket_sha256: String,
    /// When, milliseconds since 1970 UTC.
    pub registrerad_ms: i64,
    /// Who imported it.
    pub vem: String,
    /// Why.
    pub varfor: String,
    /// The event that it was.
    pub handelse: i64,
    /// The event that undid it.
    pub angrad_av: Option<i64>,
}

/// A file as received, but for what has been removed from it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Fil {
    /// Its name in the package.
    pub namn: String,
    /// SHA-256 of its bytes, hexadecimal.
    pub sha256: String,
    /// Its bytes; none when all of it has been removed.
    pub innehall: Vec<u8>,
    /// When rows were last removed from it, milliseconds since 1970 UTC; then it is no longer as received.
    pub gallrad_ms: Option<i64>,
}

/// A förbund's imports, the latest last.
pub async fn list(db: &Db, forbund: i64) -> Result<Vec<Import>> {
    let sql = "SELECT i.nr, i.namn, i.paket_sha256, h.registrerad_ms, h.vem, h.varfor, i.handelse, u.nr AS angrad_av \
               FROM import i JOIN handelse h ON h.forbund = i.forbund AND h.nr = i.handelse \
               LEFT JOIN handelse u ON u.forbund = i.forbund AND u.import = i.nr AND u.slag = $2 \
               WHERE i.forbund = $1 ORDER BY i.nr";
    db.fetch_all(sql, vec![forbund.into(), crate::undo::KIND.into()]).await
}

/// The files of one import, by name; none when there is no such import. They may hold participants.
pub async fn files(db: &Db, access: &Access, import: i64) -> Result<Vec<Fil>> {
    let sql = "SELECT p.namn, p.sha256, f.innehall, g.gallrad_ms \
               FROM import_fil p JOIN fil f ON f.forbund = p.forbund AND f.sha256 = p.sha256 \
               LEFT JOIN gallrad_fil g ON g.forbund = p.forbund AND g.import = p.import AND g.namn = p.namn \
               WHERE p.forbund = $1 AND p.import = $2 ORDER BY p.namn";
    let mut files: Vec<Fil> = db.fetch_all(sql, vec![access.forbund().into(), import.into()]).await?;
    files.sort_by(|a, b| a.namn.cmp(&b.namn));
    Ok(files)
}

/// The file with a name in the latest import that had one before a moment (milliseconds since 1970 UTC) and is not undone.
pub async fn latest(db: &Db, access: &Access, name: &str, at_ms: i64) -> Result<Option<Fil>> {
    let sql = "SELECT p.namn, p.sha256, f.innehall, g.gallrad_ms \
               FROM import_fil p JOIN fil f ON f.forbund = p.forbund AND f.sha256 = p.sha256 \
               JOIN import i ON i.forbund = p.forbund AND i.nr = p.import \
               JOIN handelse h ON h.forbund = i.forbund AND h.nr = i.handelse \
               LEFT JOIN handelse u ON u.forbund = i.forbund AND u.import = i.nr AND u.slag = $4 AND u.registrerad_ms <= $3 \
               LEFT JOIN gallrad_fil g ON g.forbund = p.forbund AND g.import = p.import AND g.namn = p.namn \
               WHERE p.forbund = $1 AND p.namn = $2 AND h.registrerad_ms <= $3 AND u.nr IS NULL \
               ORDER BY i.nr DESC LIMIT 1";
    db.first(sql, vec![access.forbund().into(), name.into(), at_ms.into(), crate::undo::KIND.into()]).await
}

/// The number of the förbund's next import.
pub(crate) async fn next_import(tx: &mut Tx, forbund: i64) -> Result<i64> {
    let sql = "SELECT coalesce(max(nr), 0) + 1 FROM import WHERE forbund = $1";
    let rows: Vec<(i64,)> = tx.fetch_all(sql, vec![forbund.into()]).await?;
    Ok(rows.first().map_or(1, |row| row.0))
}

/// Keeps a package's files. Content that the förbund has already is not kept twice.
pub(crate) async fn keep(
    tx: &mut Tx,
    (forbund, import, event): (i64, i64, i64),
    name: &str,
    files: &[(String, Vec<u8>)],
) -> Result<()> {
    let hashes: Vec<String> = files.iter().map(|(_, bytes)| sha256(bytes)).collect();
    let mut package: Vec<String> =
        files.iter().zip(&hashes).map(|(file, hash)| format!("{}\0{hash}\n", file.0)).collect();
    package.sort();
    let sql = "INSERT INTO import (forbund, nr, namn, paket_sha256, handelse) VALUES ($1, $2, $3, $4, $5)";
    let hash = sha256(package.concat().as_bytes());
    tx.execute(sql, vec![forbund.into(), import.into(), name.into(), hash.as_str().into(), event.into()]).await?;
    for ((name, bytes), hash) in files.iter().zip(&hashes) {
        content_once(tx, forbund, hash, bytes).await?;
        let sql = "INSERT INTO import_fil (forbund, import, namn, sha256, storlek) VALUES ($1, $2, $3, $4, $5)";
        let size = (bytes.len() as i64).into();
        let place = vec![forbund.into(), import.into(), name.as_str().into(), hash.as_str().into(), size];
        tx.execute(sql, place).await?;
    }
    Ok(())
}

async fn content_once(tx: &mut Tx, forbund: i64, hash: &str, bytes: &[u8]) -> Result<()> {
    let sql = "INSERT INTO fil (forbund, sha256, innehall) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    tx.execute(sql, vec![forbund.into(), hash.into(), bytes.into()]).await.map(drop)
}

/// Keeps a file that belongs to no import; its SHA-256. Participants are never in such a file.
pub(crate) async fn keep_one(tx: &mut Tx, forbund: i64, bytes: &[u8]) -> Result<String> {
    let hash = sha256(bytes);
    content_once(tx, forbund, &hash, bytes).await?;
    Ok(hash)
}

/// A file that a setting points to. One that is part of an import may hold participants and is not given.
pub(crate) async fn content(db: &Db, forbund: i64, sha256: &str) -> Result<Option<Vec<u8>>> {
    let sql = "SELECT f.innehall FROM fil f WHERE f.forbund = $1 AND f.sha256 = $2 \
               AND EXISTS (SELECT 1 FROM installning i WHERE i.forbund = f.forbund AND i.varde = f.sha256) \
               AND NOT EXISTS (SELECT 1 FROM import_fil p WHERE p.forbund = f.forbund AND p.sha256 = f.sha256)";
    let row: Option<(Vec<u8>,)> = db.first(sql, vec![forbund.into(), sha256.into()]).await?;
    Ok(row.map(|row| row.0))
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
