//! Importing packages, with progress.

use super::args::ImportUnderlag;
use super::{DONE, print};
use crate::Error;
use crate::actions::importera::{self, Choices, Imported, Read};
use indicatif::{ProgressBar, ProgressStyle};
use samsyn_core::{Finding, Place};
use samsyn_document::format;
use samsyn_import::package::Limits;
use samsyn_store::Db;
use std::path::Path;
use tokio::task::JoinHandle;

/// Imports the packages of a folder, one after the other, each all of it or nothing.
pub async fn run(db: &Db, choices: &ImportUnderlag) -> Result<u8, Error> {
    let who = super::who();
    let packages = importera::packages(&choices.folder)?;
    let many = packages.len() > 1;
    let bar = bar(if many { packages.len() as u64 } else { 0 });
    let limits = Limits { max_file_bytes: u64::from(choices.max_file_mib) * 1024 * 1024 };
    let how = Choices { limits, accept_warnings: choices.accept_warnings, who: &who, why: &choices.why };
    // While one package is stored the next is read.
    let mut ahead = packages.first().map(|folder| read(folder, limits));
    for (done, folder) in packages.iter().enumerate() {
        let Some(reading) = ahead.take() else { break };
        let package = reading.await.map_err(|error| Error::Failure(format!("Inläsningen avbröts: {error}.")))?;
        ahead = packages.get(done + 1).map(|folder| read(folder, limits));
        let mut step = |done: usize, total: usize| {
            if !many {
                bar.set_length(total as u64);
                bar.set_position(done as u64);
            }
        };
        let imported = match store(db, package, how, &mut step).await {
            Err(Error::Findings(findings)) if many => return Err(Error::Findings(of_package(findings, folder, done))),
            other => other?,
        };
        if many {
            bar.inc(1);
        }
        print(&told(&imported))?;
    }
    bar.finish_and_clear();
    Ok(DONE)
}

/// The findings of one package of several: each with the package's folder, and how many were stored before.
fn of_package(findings: Vec<Finding>, folder: &Path, done: usize) -> Vec<Finding> {
    let name = folder.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let mut told: Vec<Finding> = findings
        .into_iter()
        .map(|finding| {
            let file = finding.place.file.as_ref().map_or_else(|| name.clone(), |file| format!("{name}/{file}"));
            Finding { place: Place { file: Some(file), ..finding.place }, ..finding }
        })
        .collect();
    let said =
        format!("Paket inlästa före detta: {done}. De ligger kvar; det här paketet och de som följer är inte inlästa.");
    told.push(Finding::note(Place { file: Some(name), ..Place::default() }, said));
    told
}

/// Reads a package on a thread of its own.
fn read(folder: &Path, limits: Limits) -> JoinHandle<Result<Read, Error>> {
    let folder = folder.to_owned();
    tokio::task::spawn_blocking(move || importera::read(&folder, &limits))
}

/// Stores what was read, if it could be.
async fn store(
    db: &Db,
    package: Result<Read, Error>,
    how: Choices<'_>,
    step: &mut (dyn FnMut(usize, usize) + Send),
) -> Result<Imported, Error> {
    importera::take_in(db, package?, how, step).await
}

/// What an import did, with its findings.
pub fn told(imported: &Imported) -> String {
    let mut text: String = imported.findings.iter().map(|finding| format!("{finding}\n")).collect();
    let outcome = &imported.outcome;
    if outcome.unchanged {
        text += &format!("{}: allt i paketet finns redan inläst. Inget har ändrats.\n", imported.forbund);
        return text;
    }
    let sum = |pick: fn(&(&'static str, usize, usize)) -> usize| outcome.per_noun.iter().map(pick).sum::<usize>();
    let number = |count: usize| format::number(count as i64);
    text += &format!(
        "{}: {} nya och {} ändrade uppgifter inlästa, {} deltaganden i paketet.\n",
        imported.forbund,
        number(sum(|noun| noun.1)),
        number(sum(|noun| noun.2)),
        number(imported.deltaganden)
    );
    text
}

/// A progress bar on standard error; none when that is no terminal.
pub fn bar(length: u64) -> ProgressBar {
    let bar = ProgressBar::new(length);
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {human_pos}/{human_len}  {elapsed}") {
        bar.set_style(style);
    }
    bar
}
