//! A whole package: never panics, never both facts and errors, never tells a personnummer, and what it
//! accepts comes back as it was.
#![no_main]

use libfuzzer_sys::fuzz_target;
use samsyn_core::Severity;
use samsyn_core::kontroll;
use samsyn_core::personnummer::contains_personnummer;
use samsyn_document::{Datum, Halvar};
use samsyn_import::package::{Limits, ReceivedFile, parse, write};

/// Files after each other, each after a line `=== name`.
fn files(data: &[u8]) -> Vec<ReceivedFile> {
    let mut files: Vec<ReceivedFile> = Vec::new();
    for line in data.split_inclusive(|b| *b == b'\n') {
        if let Some(name) = line.strip_prefix(b"=== ") {
            let name = String::from_utf8_lossy(name).trim().to_owned();
            files.push(ReceivedFile { name, bytes: Vec::new() });
        } else if let Some(file) = files.last_mut() {
            file.bytes.extend(line);
        }
    }
    if files.iter().all(|file| file.name != "datapackage.json") {
        files.push(descriptor(&files));
    }
    files
}

/// A descriptor that names the files, each by its resource's name.
fn descriptor(files: &[ReceivedFile]) -> ReceivedFile {
    let resource = |file: &ReceivedFile| {
        let name =
            file.name.strip_suffix(".csv").filter(|name| name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'));
        name.map(|name| format!("{{\"name\":\"{name}\",\"path\":\"{name}.csv\"}}"))
    };
    let resources: Vec<String> = files.iter().filter_map(resource).collect();
    let bytes = format!("{{\"resources\":[{}]}}", resources.join(",")).into_bytes();
    ReceivedFile { name: "datapackage.json".to_owned(), bytes }
}

fuzz_target!(|data: &[u8]| {
    let today = Datum::new(2025, 1, 15).unwrap();
    let parsed = parse(&files(data), &Limits { max_file_bytes: 1 << 20 }, today);
    let stopped = parsed.findings.iter().any(|finding| finding.severity == Severity::Fel);
    assert_eq!(parsed.facts.is_none(), stopped);
    for finding in &parsed.findings {
        assert!(!contains_personnummer(&finding.to_string()), "{finding}");
    }
    let Some(facts) = parsed.facts else { return };
    let known = facts.known_at(today);
    for half in [Halvar::new(2024, 1), Halvar::new(2024, 2)].into_iter().flatten() {
        kontroll::periodens(&known, half, today);
    }
    // What did not come is left out again, or rows that name something in it would be errors.
    let mut written = write(&facts, &parsed.title);
    written.retain(|file| file.name.strip_suffix(".csv").is_some_and(|noun| parsed.present.contains(noun)));
    written.push(descriptor(&written));
    let again = parse(&written, &Limits::default(), today);
    assert_eq!(again.facts, Some(facts));
});
