//! A data package: datapackage.json and the CSV files that it names. Bytes in, facts and findings out;
//! the command line reads a folder, the web receives an upload, and both come here.

mod folder;
mod open;
mod write;

pub use crate::descriptor::is_whole;
pub use folder::read_dir;
pub use write::write;

use crate::descriptor;
pub use crate::descriptor::FILE;
use open::Package;
use samsyn_core::kontroll::{self, Collector};
use samsyn_core::{Facts, Finding, Place, Severity};
use samsyn_document::{Datum, format};
use std::collections::BTreeSet;

/// How much is accepted.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The largest file, in bytes.
    pub max_file_bytes: u64,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { max_file_bytes: 64 * MIB }
    }
}

const MIB: u64 = 1024 * 1024;

impl Limits {
    /// The finding about a file that is too large, if it is.
    fn check(&self, file: &str, bytes: u64) -> Option<Finding> {
        let limit = self.max_file_bytes;
        (bytes > limit).then(|| {
            let message = format!("Filen är {}, mer än gränsen {}.", size(bytes), size(limit));
            Finding::error(
                in_file(file),
                message,
                "Dela upp underlaget, eller be den som sköter systemet höja gränsen.",
            )
        })
    }
}

fn size(bytes: u64) -> String {
    if bytes < MIB {
        format!("{} byte", format::number(bytes as i64))
    } else {
        format!("{} MiB", format::number(bytes.div_ceil(MIB) as i64))
    }
}

fn in_file(file: &str) -> Place {
    Place { file: Some(file.to_owned()), ..Place::default() }
}

/// A file as it was received.
#[derive(Clone, PartialEq, Eq)]
pub struct ReceivedFile {
    /// Its name, or its path within the package.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

impl std::fmt::Debug for ReceivedFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} ({} byte)", self.name, self.bytes.len())
    }
}

/// What a package says.
#[derive(Clone, Debug)]
pub struct Parsed {
    /// The facts; `None` when anything stops.
    pub facts: Option<Facts>,
    /// The resources that came.
    pub present: BTreeSet<&'static str>,
    /// The names of the files that were read: datapackage.json and those that it names. Only these
    /// have been looked through for personnummer, so only these may be kept.
    pub read: BTreeSet<String>,
    /// Everything wrong, odd or worth knowing: worst first, then by file and row.
    pub findings: Vec<Finding>,
    /// The package's name.
    pub name: String,
    /// The package's title.
    pub title: String,
}

/// Reads a package. All findings are told at once; `today` decides what is late or in the future.
pub fn parse(files: &[ReceivedFile], limits: &Limits, today: Datum) -> Parsed {
    let mut told = Collector::default();
    let found = files.iter().find(|file| file.name == FILE);
    let descriptor = match found {
        Some(file) => match limits.check(FILE, file.bytes.len() as u64) {
            Some(finding) => {
                told.tell(FILE, "", "size", || finding);
                None
            }
            None => descriptor::read(&file.bytes, &mut told),
        },
        None => {
            told.tell(FILE, "", "none", || {
                Finding::error(in_file(FILE), "Filen saknas.", "Lägg till den; den finns i varje exporterat underlag.")
            });
            None
        }
    };
    let Some(descriptor) = descriptor else {
        return Parsed::nothing(told);
    };
    let package = Package::open(files, limits, &descriptor, &mut told);
    let mut checked = Collector::default();
    kontroll::tell_fel(&package.facts, &package.gaps, &mut checked);
    kontroll::tell_varningar(&package.facts, today, &package.gaps, &mut checked);
    let mut findings = told.finish();
    findings.extend(package.located(checked.finish()));
    findings.sort_by(|a, b| {
        let order = |f: &Finding| (f.severity, f.place.file.clone(), f.place.row.unwrap_or(0));
        order(a).cmp(&order(b)).then_with(|| a.cmp(b))
    });
    let stopped = findings.iter().any(|finding| finding.severity == Severity::Fel);
    Parsed {
        facts: (!stopped).then_some(package.facts),
        present: package.present,
        read: descriptor.paths.into_values().chain([FILE.to_owned()]).collect(),
        findings,
        name: descriptor.name,
        title: descriptor.title,
    }
}

impl Parsed {
    fn nothing(told: Collector) -> Parsed {
        let (name, title) = (String::new(), String::new());
        let (present, read) = (BTreeSet::new(), BTreeSet::new());
        Parsed { facts: None, present, read, findings: told.finish(), name, title }
    }
}
