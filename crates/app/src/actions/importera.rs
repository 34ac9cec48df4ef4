//! Taking in a data package: read, judge, store.

use crate::{Error, clock};
use samsyn_core::{Finding, Place, Severity};
use samsyn_import::package::{self, Limits, ReceivedFile};
use samsyn_store::import::{ImportOutcome, Package, store};
use samsyn_store::{Db, Signature};
use std::path::{Path, PathBuf};

/// How an import is done.
#[derive(Clone, Copy, Debug)]
pub struct Choices<'a> {
    /// How much is accepted.
    pub limits: Limits,
    /// Whether warnings are accepted.
    pub accept_warnings: bool,
    /// Who imports.
    pub who: &'a str,
    /// Why.
    pub why: &'a str,
}

/// What came of it.
#[derive(Debug)]
pub struct Imported {
    /// The förbund's name.
    pub forbund: String,
    /// Number of deltaganden in the package.
    pub deltaganden: usize,
    /// What is worth knowing, and the warnings that were accepted.
    pub findings: Vec<Finding>,
    /// What the store did.
    pub outcome: ImportOutcome,
}

/// The packages of a folder: itself, or its subfolders when they hold one package each, in order of name.
pub fn packages(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let is_package = |folder: &Path| folder.join("datapackage.json").is_file();
    if is_package(folder) || !folder.is_dir() {
        return Ok(vec![folder.to_owned()]);
    }
    let entries = std::fs::read_dir(folder).map_err(|error| Error::file(folder, "läsas", &error))?;
    let mut found: Vec<PathBuf> =
        entries.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| is_package(path)).collect();
    found.sort();
    Ok(if found.is_empty() { vec![folder.to_owned()] } else { found })
}

/// Reads a package from a folder and stores it, all of it or nothing.
pub async fn folder(
    db: &Db,
    folder: &Path,
    choices: Choices<'_>,
    progress: &mut (dyn FnMut(usize, usize) + Send),
) -> Result<Imported, Error> {
    let files = package::read_dir(folder, &choices.limits).map_err(Error::Findings)?;
    files_of(db, files, choices, progress).await
}

/// Stores a package given as files.
pub async fn files_of(
    db: &Db,
    files: Vec<ReceivedFile>,
    choices: Choices<'_>,
    progress: &mut (dyn FnMut(usize, usize) + Send),
) -> Result<Imported, Error> {
    let now_ms = clock::now_ms();
    let parsed = package::parse(&files, &choices.limits, clock::today());
    let mut findings = parsed.findings;
    let worst = findings.iter().map(|finding| finding.severity).min();
    let Some(facts) = parsed.facts.filter(|_| worst != Some(Severity::Fel)) else {
        return Err(Error::Findings(findings));
    };
    if worst == Some(Severity::Varning) && !choices.accept_warnings {
        return Err(Error::Findings(findings));
    }
    let files: Vec<(String, Vec<u8>)> = files.into_iter().map(|file| (file.name, file.bytes)).collect();
    let package = Package { name: &parsed.name, facts: &facts, present: &parsed.present, files: &files };
    let signature = Signature { who: choices.who, why: choices.why, now_ms };
    let outcome = store(db, package, signature, choices.accept_warnings, progress).await?;
    findings.extend(outcome.gone.iter().map(|(file, key)| gone(file, key)));
    if !outcome.stored && !outcome.unchanged {
        return Err(Error::Findings(findings));
    }
    Ok(Imported {
        forbund: facts.forbund.first().map(|forbund| forbund.namn.clone()).unwrap_or_default(),
        deltaganden: facts.deltagare.len(),
        findings,
        outcome,
    })
}

fn gone(file: &str, key: &str) -> Finding {
    let place = Place { file: Some(format!("{file}.csv")), key: Some(key.to_owned()), ..Place::default() };
    Finding::warning(
        place,
        "Raden har lästs in tidigare men finns inte i filen längre. Den lämnas som den är.",
        "Makulera eller rätta uppgiften om den inte ska räknas.",
    )
}
