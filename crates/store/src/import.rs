//! Storing a data package: one transaction, all of it or nothing.

use crate::change;
use crate::db::Db;
use crate::error::{Result, StoreError};
use crate::fil;
pub use crate::fil::{Fil, Import, files, latest, list};
use crate::handelse::{self, Signature};
use crate::plans::{Given, Plans, Sum};
pub use crate::undo::{Undone, undo};
use samsyn_core::{Access, Facts};
use std::collections::BTreeSet;

/// A data package that has been read and found good.
#[derive(Clone, Copy, Debug)]
pub struct Package<'a> {
    /// What it is called, for the list of imports.
    pub name: &'a str,
    /// Its rows.
    pub facts: &'a Facts,
    /// Which nouns' files it has ([`samsyn_core::Fact::RESOURCE`]). A file that is absent changes nothing.
    pub present: &'a BTreeSet<&'a str>,
    /// Every file as received: name and bytes.
    pub files: &'a [(String, Vec<u8>)],
}

/// What came of an import.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportOutcome {
    /// Whether anything was stored.
    pub stored: bool,
    /// Whether it was the förbund's first.
    pub first: bool,
    /// Whether every row of the package is already stored as it stands.
    pub unchanged: bool,
    /// Per noun of the package, in its order: the file, how many facts are new, how many changed.
    pub per_noun: Vec<(&'static str, usize, usize)>,
    /// Facts that are stored but no longer stand in their file: the file and the key. They are left.
    pub gone: Vec<(&'static str, String)>,
    /// The import's number, when it was stored.
    pub import_nr: Option<i64>,
}

/// Stores a package. Nothing is stored when it holds nothing new, or when rows are gone from it and
/// `accept_gone` is false; rows that are gone are left as they are in any case.
///
/// `progress` is told how many rows are done, and of how many.
pub async fn store(
    db: &Db,
    package: Package<'_>,
    signature: Signature<'_>,
    accept_gone: bool,
    progress: &mut (dyn FnMut(usize, usize) + Send),
) -> Result<ImportOutcome> {
    let [forbund] = package.facts.forbund.as_slice() else { return Err(StoreError::NoForbund) };
    let mut tx = db.transaction().await?;
    let (nr, event) = handelse::next(&mut tx, forbund.forbund_id.as_str()).await?;
    let first = event == 1;
    let given = Given::Files { present: package.present, first };
    let plans = Plans::make(&mut tx, nr, package.facts, given, signature.now_ms).await?;
    let Sum { per_noun, gone, unchanged } = plans.sum();
    let mut outcome = ImportOutcome { first, unchanged, per_noun, gone, ..ImportOutcome::default() };
    if outcome.unchanged || !(outcome.gone.is_empty() || accept_gone) {
        tx.rollback().await?;
        return Ok(outcome);
    }
    let import = fil::next_import(&mut tx, nr).await?;
    handelse::write(&mut tx, (nr, event), "import", signature, Some(import)).await?;
    fil::keep(&mut tx, (nr, import, event), package.name, package.files).await?;
    plans.write(&mut tx, (nr, event), progress).await?;
    tx.commit().await?;
    outcome.stored = true;
    outcome.import_nr = Some(import);
    Ok(outcome)
}

/// What rows of a file are stored as.
#[derive(Clone, Copy, Debug)]
pub struct Reading<'a> {
    /// What it is called, for the list of imports.
    pub name: &'a str,
    /// The förbund's event on which the rows were judged.
    pub after: i64,
    /// Whether the files are kept, with an event of their own, also when every row stands so already.
    pub files_alone: bool,
}

/// Stores facts that a file of single rows holds, new or changed, as an import with the files that are kept of it. Facts
/// that are not given are left alone, but for those in `ended`, by file and key. Nothing is stored when every row stands so
/// already, unless the files are something of themselves; nor when anything has happened in the förbund meanwhile.
pub async fn store_rows(
    db: &Db,
    access: &Access,
    reading: Reading<'_>,
    rows: &Facts,
    ended: &[(&str, String)],
    files: &[(String, Vec<u8>)],
    signature: Signature<'_>,
) -> Result<ImportOutcome> {
    let nr = access.forbund();
    let mut tx = db.transaction().await?;
    let event = handelse::next_of(&mut tx, nr).await?;
    if event - 1 != reading.after {
        tx.rollback().await?;
        return Ok(ImportOutcome::default());
    }
    let plans = Plans::make(&mut tx, nr, rows, Given::Single, signature.now_ms).await?;
    let Sum { per_noun, gone, unchanged } = plans.sum();
    let mut stopped = 0;
    for (resource, key) in ended {
        stopped += change::stop(&mut tx, (nr, event), resource, key, signature.now_ms).await?;
    }
    let unchanged = unchanged && stopped == 0 && !reading.files_alone;
    let mut outcome = ImportOutcome { unchanged, per_noun, gone, ..ImportOutcome::default() };
    if unchanged {
        tx.rollback().await?;
        return Ok(outcome);
    }
    let import = fil::next_import(&mut tx, nr).await?;
    handelse::write(&mut tx, (nr, event), "import", signature, Some(import)).await?;
    fil::keep(&mut tx, (nr, import, event), reading.name, files).await?;
    plans.write(&mut tx, (nr, event), &mut |_, _| ()).await?;
    tx.commit().await?;
    outcome.stored = true;
    outcome.import_nr = Some(import);
    Ok(outcome)
}
