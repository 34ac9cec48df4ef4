//! The catalogue of packages, testdata/paket: each case is the base package with some files exchanged,
//! and the findings that are expected, as people read them.
//!
//! A case may hold `borttaget.txt` (files that the base has and the case has not) and `grans.txt` (the
//! largest file, in bytes). Run with `UPPDATERA=1` to write what was found as what is expected, and
//! read the difference before it is believed.

use samsyn_core::{Facts, Severity};
use samsyn_document::Datum;
use samsyn_import::package::{self, Limits, ReceivedFile};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Files of a case that are about it, not of it.
const ABOUT: [&str; 3] = ["vantat.txt", "borttaget.txt", "grans.txt"];

fn catalogue() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/paket")
}

/// Every file under a folder, by its path within it.
fn files_of(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in next.read_dir().unwrap().map(Result::unwrap) {
            if entry.file_type().unwrap().is_dir() {
                folders.push(entry.path());
            } else {
                let name = entry.path().strip_prefix(folder).unwrap().to_string_lossy().into_owned();
                files.insert(name, std::fs::read(entry.path()).unwrap());
            }
        }
    }
    files
}

fn text_of(files: &BTreeMap<String, Vec<u8>>, name: &str) -> String {
    files.get(name).map_or_else(String::new, |bytes| String::from_utf8(bytes.clone()).unwrap())
}

/// The findings of a case, one a line, and its facts.
fn run(case: &BTreeMap<String, Vec<u8>>) -> (String, Option<Facts>) {
    let mut files = files_of(&catalogue().join("bas"));
    files.extend(case.clone());
    text_of(case, "borttaget.txt").lines().for_each(|name| drop(files.remove(name)));
    let limit = text_of(case, "grans.txt").trim().parse();
    let limits = limit.map_or_else(|_| Limits::default(), |max_file_bytes| Limits { max_file_bytes });
    let received: Vec<ReceivedFile> = files
        .into_iter()
        .filter(|(name, _)| !ABOUT.contains(&name.as_str()))
        .map(|(name, bytes)| ReceivedFile { name, bytes })
        .collect();
    let parsed = package::parse(&received, &limits, Datum::parse("2025-01-15").unwrap());
    let stopped = parsed.findings.iter().any(|finding| finding.severity == Severity::Fel);
    assert_eq!(parsed.facts.is_none(), stopped, "an error stops the whole import");
    assert!(!parsed.read.contains("anteckningar.txt"), "what is not read has not been looked through");
    let lines: Vec<String> = parsed.findings.iter().map(|finding| format!("{finding}\n")).collect();
    (lines.concat(), parsed.facts)
}

/// Every error, every warning, and all that is accepted silently.
#[test]
fn every_package_is_told_what_is_wrong_with_it() {
    let base = run(&BTreeMap::new());
    assert_eq!(base.0, "", "nothing is wrong with the base package");
    let mut cases: Vec<PathBuf> = catalogue().read_dir().unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    cases.retain(|case| case.is_dir() && !case.ends_with("bas"));
    assert!(cases.len() >= 80, "{} cases", cases.len());
    let mut differ = Vec::new();
    for case in &cases {
        let name = case.file_name().unwrap().to_string_lossy().into_owned();
        let files = files_of(case);
        let (found, facts) = run(&files);
        if std::env::var_os("UPPDATERA").is_some() {
            std::fs::write(case.join("vantat.txt"), &found).unwrap();
        } else if found != text_of(&files, "vantat.txt") {
            differ.push(format!("{name}, found:\n{found}expected:\n{}", text_of(&files, "vantat.txt")));
        }
        assert!(!found.contains("0101-0017") && !found.contains("9001610014"), "{name} tells a personnummer");
        // 80–89: accepted, and the same facts as the base's.
        if name.starts_with('8') && facts != base.1 {
            differ.push(format!("{name}: the facts are not those of the base"));
        }
    }
    assert!(differ.is_empty(), "{} cases differ\n{}", differ.len(), differ.join("\n"));
}
