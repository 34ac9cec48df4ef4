//! A folder on disk: datapackage.json and the files that it names, sizes checked before reading.

use super::{Limits, ReceivedFile, in_file};
use crate::descriptor::{self, FILE, RESOURCES};
use samsyn_core::Finding;
use samsyn_core::kontroll::Collector;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// Reads datapackage.json of a folder, the files that it names, and files with a resource's name that
/// it should have named. A file that is named but is not there is left for [`super::parse`] to tell.
///
/// `Err` with what keeps the folder from being read: no such folder, a file too large, outside the
/// folder, or not to be opened.
pub fn read_dir(dir: &Path, limits: &Limits) -> Result<Vec<ReceivedFile>, Vec<Finding>> {
    let Ok(root) = dir.canonicalize().and_then(|root| root.read_dir().map(|_| root)) else {
        let message = "Katalogen finns inte eller kan inte läsas.";
        return Err(vec![Finding::error(in_file(&dir.display().to_string()), message, "Kontrollera sökvägen.")]);
    };
    let mut findings = Vec::new();
    let mut files: Vec<ReceivedFile> = one(&root, FILE, limits, &mut findings).into_iter().collect();
    // What is wrong with the descriptor itself is told when the package is parsed.
    let described = files.first().and_then(|file| descriptor::read(&file.bytes, &mut Collector::default()));
    if let Some(described) = described {
        let mut names: Vec<String> = described.paths.into_values().collect();
        names.extend(RESOURCES.iter().map(|noun| format!("{noun}.csv")));
        names.sort();
        names.dedup();
        files.extend(names.iter().filter_map(|name| one(&root, name, limits, &mut findings)));
    }
    if findings.is_empty() { Ok(files) } else { Err(findings) }
}

/// One file; `None` when it is not there or may not be read, which `findings` then tells.
fn one(root: &Path, name: &str, limits: &Limits, findings: &mut Vec<Finding>) -> Option<ReceivedFile> {
    let path = root.join(name).canonicalize().ok()?;
    let mut stop = |message: &str, hint: &str| findings.push(Finding::error(in_file(name), message, hint));
    if !path.starts_with(root) {
        stop("Filen ligger utanför katalogen.", "Lägg en kopia av filen i katalogen i stället för en länk.");
        return None;
    }
    let Ok((file, about)) = File::open(&path).and_then(|file| file.metadata().map(|about| (file, about))) else {
        stop("Filen kan inte öppnas.", "Kontrollera rättigheterna.");
        return None;
    };
    if !about.is_file() {
        stop("Det är ingen fil.", "Kontrollera namnet.");
        return None;
    }
    if let Some(finding) = limits.check(name, about.len()) {
        findings.push(finding);
        return None;
    }
    let mut bytes = Vec::with_capacity(about.len() as usize);
    if file.take(limits.max_file_bytes.saturating_add(1)).read_to_end(&mut bytes).is_err() {
        stop("Filen kan inte läsas.", "Försök igen.");
        return None;
    }
    Some(ReceivedFile { name: name.to_owned(), bytes })
}
