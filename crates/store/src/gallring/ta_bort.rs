//! Where a removed inskrivning has left something, and how it is taken out of there.

use crate::db::{Param, Tx};
use crate::error::{Result, StoreError};
use crate::fil;
use crate::version::fryst::Del;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Numbers of inskrivningar that are removed.
pub type Ids = HashSet<String>;

/// What is left of a file without some inskrivningar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kvar {
    /// All of it: it held none of them.
    Allt,
    /// These bytes.
    Detta(Vec<u8>),
    /// Nothing: it cannot be told which of it is theirs.
    Inget,
}

/// Takes inskrivningar out of what the store keeps but cannot read itself.
pub trait Thin: Sync {
    /// A file as received, or what is left of one.
    fn file(&self, bytes: &[u8], ids: &Ids) -> Kvar;
    /// A frozen part of a report: the form and the bytes of what is left, or `None` when it held none of them. An error
    /// when it cannot be read.
    fn part(&self, part: &Del, ids: &Ids, now_ms: i64) -> std::result::Result<Option<(i64, Vec<u8>)>, String>;
}

/// Removes every version of the inskrivningar of a decision. How many there were of each insats, by the one that each
/// was last known in.
pub(super) async fn versions(tx: &mut Tx, forbund: i64, nr: i64) -> Result<BTreeMap<String, i64>> {
    let place = || -> Vec<Param> { vec![forbund.into(), nr.into()] };
    let theirs = "forbund = $1 AND deltagande_id IN \
                  (SELECT deltagande_id FROM gallringsbeslut_rad WHERE forbund = $1 AND beslut = $2)";
    let sql = format!("SELECT deltagande_id, insats_id FROM deltagande WHERE {theirs} ORDER BY known, handelse");
    let insatser: HashMap<String, String> = tx.fetch_all(&sql, place()).await?.into_iter().collect();
    tx.execute(&format!("DELETE FROM deltagande WHERE {theirs}"), place()).await?;
    let mut counts = BTreeMap::new();
    for insats_id in insatser.into_values() {
        *counts.entry(insats_id).or_insert(0) += 1;
    }
    Ok(counts)
}

/// Takes them out of the files that imports came in. What is left has a sum of its own.
pub(super) async fn files(tx: &mut Tx, forbund: i64, ids: &Ids, thin: &dyn Thin, now_ms: i64) -> Result<()> {
    let sql = "SELECT DISTINCT sha256 FROM import_fil WHERE forbund = $1";
    let hashes: Vec<(String,)> = tx.fetch_all(sql, vec![forbund.into()]).await?;
    for (hash,) in hashes {
        let place = || -> Vec<Param> { vec![forbund.into(), hash.as_str().into()] };
        let sql = "SELECT innehall FROM fil WHERE forbund = $1 AND sha256 = $2";
        let Some((bytes,)) = tx.first::<(Vec<u8>,)>(sql, place()).await? else { continue };
        let left = match thin.file(&bytes, ids) {
            Kvar::Allt => continue,
            Kvar::Inget if bytes.is_empty() => continue,
            Kvar::Detta(left) => left,
            Kvar::Inget => Vec::new(),
        };
        let new = fil::keep_one(tx, forbund, &left).await?;
        let sql = "INSERT INTO gallrad_fil (forbund, import, namn, gallrad_ms) \
                   SELECT forbund, import, namn, $3 FROM import_fil WHERE forbund = $1 AND sha256 = $2 \
                   ON CONFLICT (forbund, import, namn) DO UPDATE SET gallrad_ms = excluded.gallrad_ms";
        tx.execute(sql, place().into_iter().chain([now_ms.into()]).collect()).await?;
        let sql = "UPDATE import_fil SET sha256 = $3, storlek = $4 WHERE forbund = $1 AND sha256 = $2";
        let size = (left.len() as i64).into();
        tx.execute(sql, place().into_iter().chain([new.as_str().into(), size]).collect()).await?;
        tx.execute("DELETE FROM fil WHERE forbund = $1 AND sha256 = $2", place()).await?;
    }
    Ok(())
}

/// Removes the proposals that hold any of them: said yes to, they would bring them back.
pub(super) async fn proposals(tx: &mut Tx, forbund: i64, ids: &Ids, thin: &dyn Thin) -> Result<()> {
    let names: Vec<(i64, String)> =
        tx.fetch_all("SELECT forslag, namn FROM forslag_fil WHERE forbund = $1", vec![forbund.into()]).await?;
    let mut holding = HashSet::new();
    for (nr, name) in names {
        let sql = "SELECT innehall FROM forslag_fil WHERE forbund = $1 AND forslag = $2 AND namn = $3";
        let place = vec![forbund.into(), nr.into(), name.as_str().into()];
        let found: Option<(Vec<u8>,)> = tx.first(sql, place).await?;
        if found.is_some_and(|(bytes,)| thin.file(&bytes, ids) != Kvar::Allt) {
            holding.insert(nr);
        }
    }
    for nr in holding {
        let place = || -> Vec<Param> { vec![forbund.into(), nr.into()] };
        tx.execute("DELETE FROM forslag_fil WHERE forbund = $1 AND forslag = $2", place()).await?;
        tx.execute("DELETE FROM forslag WHERE forbund = $1 AND nr = $2", place()).await?;
    }
    Ok(())
}

/// Takes them out of what was frozen with reports. The sum of what was frozen stays; what is left has one of its own.
pub(super) async fn frozen(tx: &mut Tx, forbund: i64, ids: &Ids, thin: &dyn Thin, now_ms: i64) -> Result<()> {
    let sql = "SELECT version, del FROM version_del WHERE forbund = $1";
    let parts: Vec<(i64, String)> = tx.fetch_all(sql, vec![forbund.into()]).await?;
    for (version, del) in parts {
        let place = || -> Vec<Param> { vec![forbund.into(), version.into(), del.as_str().into()] };
        let sql = "SELECT del, form, sha256, innehall FROM version_del \
                   WHERE forbund = $1 AND version = $2 AND del = $3";
        let Some(part) = tx.first::<Del>(sql, place()).await? else { continue };
        let told = |why| StoreError::Damaged("version_del", format!("{version} {del}: {why}"));
        let Some((form, left)) = thin.part(&part, ids, now_ms).map_err(told)? else { continue };
        let sum = Del::new(&del, form, left);
        let sql = "INSERT INTO gallrad_del (forbund, version, del, gallrad_ms, sha256) VALUES ($1, $2, $3, $4, $5) \
                   ON CONFLICT (forbund, version, del) DO UPDATE \
                   SET gallrad_ms = excluded.gallrad_ms, sha256 = excluded.sha256";
        tx.execute(sql, place().into_iter().chain([now_ms.into(), sum.sha256.as_str().into()]).collect()).await?;
        let sql = "UPDATE version_del SET form = $4, innehall = $5 WHERE forbund = $1 AND version = $2 AND del = $3";
        tx.execute(sql, place().into_iter().chain([form.into(), sum.innehall.as_slice().into()]).collect()).await?;
    }
    Ok(())
}

/// Takes their numbers out of the log and of the reasons of events, where they stand as `inskrivning NUMMER`.
pub(super) async fn names(tx: &mut Tx, forbund: i64, ids: &Ids) -> Result<()> {
    for (table, field) in [("logg", "vad"), ("handelse", "varfor")] {
        let sql = format!("SELECT nr, {field} FROM {table} WHERE forbund = $1 AND {field} LIKE '%nskrivning%'");
        let rows: Vec<(i64, String)> = tx.fetch_all(&sql, vec![forbund.into()]).await?;
        for (nr, text) in rows {
            let Some(without) = nameless(&text, ids) else { continue };
            let sql = format!("UPDATE {table} SET {field} = $3 WHERE forbund = $1 AND nr = $2");
            tx.execute(&sql, vec![forbund.into(), nr.into(), without.into()]).await?;
        }
    }
    Ok(())
}

/// The text where `inskrivning D1` or `inskrivningen D1` has become `inskrivning (gallrad)`; `None` when there is none.
fn nameless(text: &str, ids: &Ids) -> Option<String> {
    let (mut out, mut rest, mut any) = (String::new(), text, false);
    while let Some(at) = rest.find("nskrivning") {
        let (before, found) = rest.split_at(at);
        let word = found.find(' ').unwrap_or(found.len());
        let (word, after) = found.split_at(word);
        out.push_str(before);
        out.push_str(word);
        let number = after.strip_prefix(' ').unwrap_or_default();
        let end = number.find(|c: char| !(c.is_alphanumeric() || "-._".contains(c))).unwrap_or(number.len());
        // A full stop may end the number or the sentence.
        let number = [&number[..end], number[..end].trim_end_matches('.')].into_iter().find(|id| ids.contains(*id));
        rest = match number {
            Some(id) => {
                any = true;
                out.push_str(" (gallrad)");
                after.get(1 + id.len()..).unwrap_or_default()
            }
            None => after,
        };
    }
    out.push_str(rest);
    any.then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_taken_out_of_what_was_written_of_them() {
        let ids: Ids = ["D1", "D.2", "1"].map(str::to_owned).into();
        for (text, left) in [
            ("inskrivning D1", Some("inskrivning (gallrad)")),
            ("Rättat: inskrivningen D1.", Some("Rättat: inskrivningen (gallrad).")),
            ("Inskrivning D.2, inskrivning D1 och D1", Some("Inskrivning (gallrad), inskrivning (gallrad) och D1")),
            ("inskrivning D12", None),
            ("inskrivningar 1", Some("inskrivningar (gallrad)")),
            ("version 1", None),
            ("en inskrivning", None),
            ("", None),
        ] {
            assert_eq!(nameless(text, &ids).as_deref(), left, "{text}");
        }
    }
}
