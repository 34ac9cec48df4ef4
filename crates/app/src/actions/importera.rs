//! Taking in a data package: read, judge, store.

use crate::{Error, clock};
use samsyn_core::kvartalsrapport::behall_kansliets;
use samsyn_core::{Access, Fact, Facts, Finding, Place, Severity, for_every_noun, kontroll};
use samsyn_import::package::{self, Limits, Parsed, ReceivedFile, is_whole};
use samsyn_store::import::{ImportOutcome, Package, store};
use samsyn_store::{Db, Signature, StoreError};
use std::collections::BTreeSet;
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

/// A package that has been read and judged, and not stored.
#[derive(Debug)]
pub struct Read {
    files: Vec<ReceivedFile>,
    parsed: Parsed,
}

/// Reads a package from a folder. Needs no database, so that one can be read while another is stored.
pub fn read(folder: &Path, limits: &Limits) -> Result<Read, Error> {
    Ok(judge(package::read_dir(folder, limits).map_err(Error::Findings)?, limits))
}

/// Reads a package given as files.
pub fn judge(files: Vec<ReceivedFile>, limits: &Limits) -> Read {
    let parsed = package::parse(&files, limits, clock::today());
    Read { files, parsed }
}

impl Read {
    /// Everything found in it, worst first.
    pub fn findings(&self) -> &[Finding] {
        &self.parsed.findings
    }

    /// Everything found in it if any of that stops; else nothing.
    pub fn stopping(&self) -> Vec<Finding> {
        let stops = self.parsed.facts.is_none() || self.findings().iter().any(|f| f.severity == Severity::Fel);
        if stops { self.parsed.findings.clone() } else { Vec::new() }
    }

    /// Its rows, when they could be read.
    pub fn facts(&self) -> Option<&Facts> {
        self.parsed.facts.as_ref()
    }

    /// Which nouns' files it has.
    pub fn present(&self) -> &BTreeSet<&'static str> {
        &self.parsed.present
    }

    /// Its name, and the files that have been read: nothing else has been searched for personnummer.
    pub fn kept(self) -> (Vec<(String, Vec<u8>)>, String) {
        let Read { files, parsed } = self;
        let read = files.into_iter().filter(|file| parsed.read.contains(&file.name));
        (read.map(|file| (file.name, file.bytes)).collect(), parsed.name)
    }
}

/// Stores a package given as files.
pub async fn files_of(
    db: &Db,
    files: Vec<ReceivedFile>,
    choices: Choices<'_>,
    progress: &mut (dyn FnMut(usize, usize) + Send),
) -> Result<Imported, Error> {
    take_in(db, judge(files, &choices.limits), choices, progress).await
}

/// Stores a package that has been read, all of it or nothing.
pub async fn take_in(
    db: &Db,
    Read { files, parsed }: Read,
    choices: Choices<'_>,
    progress: &mut (dyn FnMut(usize, usize) + Send),
) -> Result<Imported, Error> {
    let now_ms = clock::now_ms();
    let mut findings = parsed.findings;
    let worst = findings.iter().map(|finding| finding.severity).min();
    let Some(mut facts) = parsed.facts.filter(|_| worst != Some(Severity::Fel)) else {
        return Err(Error::Findings(findings));
    };
    if worst == Some(Severity::Varning) && !choices.accept_warnings {
        return Err(Error::Findings(findings));
    }
    findings.extend(against_stored(db, &facts, &parsed.present).await?);
    let stored = current(db, &facts).await?;
    behall_kansliets(&mut facts.kvartalsrapporter, &stored.kvartalsrapporter);
    if findings.iter().any(|finding| finding.severity == Severity::Fel) {
        return Err(Error::Findings(findings));
    }
    // Only what has been read is kept: nothing else has been searched for personnummer.
    let read = files.into_iter().filter(|file| parsed.read.contains(&file.name));
    let files: Vec<(String, Vec<u8>)> = read.map(|file| (file.name, file.bytes)).collect();
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

/// Errors that a package without all its files makes together with what is stored, such as a budget row for
/// an insats that is in neither.
pub async fn against_stored(db: &Db, facts: &Facts, present: &BTreeSet<&'static str>) -> Result<Vec<Finding>, Error> {
    let Some(forbund) = facts.forbund.first().filter(|_| !is_whole(present)) else { return Ok(Vec::new()) };
    let mut together = current_of(db, forbund.forbund_id.as_str()).await?;
    macro_rules! put {
        ($($field:ident: $type:ty,)+) => {$(
            if present.contains(<$type as Fact>::RESOURCE) {
                together.$field.clone_from(&facts.$field);
            }
        )+};
    }
    for_every_noun!(put);
    Ok(kontroll::fel(&together))
}

/// What is stored of the förbund of a package that has quarterly reports; nothing of one that has none.
async fn current(db: &Db, facts: &Facts) -> Result<Facts, Error> {
    match facts.forbund.first().filter(|_| !facts.kvartalsrapporter.is_empty()) {
        Some(forbund) => current_of(db, forbund.forbund_id.as_str()).await,
        None => Ok(Facts::default()),
    }
}

async fn current_of(db: &Db, forbund: &str) -> Result<Facts, Error> {
    match samsyn_store::forbund::find(db, forbund).await {
        Ok(stored) => Ok(samsyn_store::facts::current(db, &Access::command_line(stored.nr)).await?),
        Err(StoreError::UnknownForbund(_)) => Ok(Facts::default()),
        Err(error) => Err(error.into()),
    }
}

fn gone(file: &str, key: &str) -> Finding {
    let place = Place { file: Some(format!("{file}.csv")), key: Some(key.to_owned()), ..Place::default() };
    Finding::warning(
        place,
        "Raden har lästs in tidigare men finns inte i filen längre. Den lämnas som den är.",
        "Makulera eller rätta uppgiften om den inte ska räknas.",
    )
}
