//! The floor plan, kept by a test: who may use whom, how long a file may be, a glossary line for every
//! noun, and one place that reads the clock.

use crate::base::project;
use std::path::{Path, PathBuf};

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

/// Every source file of the crates, by its path from the project's folder, with its text.
fn all() -> Vec<(String, String)> {
    let root = project("crates");
    let mut found = Vec::new();
    sources(&root, &mut found);
    let named = |path: PathBuf| {
        let name = path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
        (name, std::fs::read_to_string(path).unwrap())
    };
    let mut all: Vec<_> = found.into_iter().map(named).collect();
    all.sort();
    all
}

/// The program part of a file: without comments and without the tests at its foot.
fn code(text: &str) -> String {
    let program = text.split("#[cfg(test)]").next().unwrap_or("");
    program.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// Rooms, by the beginning of their files' paths, and what may not be named in them.
const RULES: &[(&str, &[&str])] = &[
    ("document/src/", &["samsyn_", "insats", "deltagande"]),
    ("core/src/", &["std::fs", "std::io", "std::env", "std::net", "std::time", "async ", "sqlx", "f32", "f64", "html"]),
    ("core/src/calc/", &["crate::rapport::", "samsyn_document::Document", "samsyn_document::Table", "Inline"]),
    ("core/src/underlag", &["calc::", "crate::rapport::", "calc;"]),
    ("core/src/rapport/", &["html", "markdown", "samsyn_render"]),
    ("import/src/", &["samsyn_store", "sqlx", "axum"]),
    ("store/src/", &["samsyn_import", "samsyn_render", "core::calc", "core::rapport", "calc::", "rapport::"]),
    ("render/src/", &["samsyn_core", "samsyn_store", "insats", "deltagande"]),
    ("app/src/actions/", &["clap", "axum", "crate::cli", "crate::web", "SELECT ", "sqlx"]),
    ("app/src/cli/", &["SELECT ", "sqlx"]),
    ("app/src/web/", &["SELECT ", "sqlx", "crate::cli", "calc::", "Rakning"]),
];

#[test]
fn every_room_keeps_to_what_it_may_know() {
    let mut wrong = Vec::new();
    for (name, text) in all() {
        let program = code(&text);
        for (room, forbidden) in RULES.iter().filter(|(room, _)| name.starts_with(room)) {
            for word in forbidden.iter().filter(|word| program.contains(**word)) {
                wrong.push(format!("{name} ({room} may not know {word:?})"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The nouns of the core know neither underlag, nor counting, nor reports.
#[test]
fn nouns_know_only_values_and_findings() {
    let nouns = [
        "aktivitet",
        "avgiftsregel",
        "avslutsantal",
        "avvikelse",
        "budget",
        "deltagande",
        "folkmangd",
        "forbund",
        "historiskt_tal",
        "insats",
        "insatspart",
        "insatsperiod",
        "kommentar",
        "kvartalsrapport",
        "ljusval",
        "mal",
        "malutfall",
        "manadsantal",
        "medlem",
        "medlemsavgift",
        "partskommentar",
        "planpost",
        "rekvisition",
        "slutrapport",
        "sparandesteg",
        "bokslut",
        "kontosaldo",
        "objektsaldo",
        "rapportstruktur",
        "projektkoppling",
        "kostnadsstalle",
        "schablon",
        "verksamhetsmal",
    ];
    let glossary = std::fs::read_to_string(project("GLOSSARY.md")).unwrap();
    for noun in nouns {
        let text = std::fs::read_to_string(project(&format!("crates/core/src/{noun}.rs"))).unwrap();
        for word in ["underlag", "calc", "crate::rapport::", "crate::kontroll"] {
            assert!(!code(&text).contains(word), "{noun} knows {word}");
        }
        assert!(glossary.contains(&format!("| {noun} ")), "GLOSSARY.md has no line for {noun}");
    }
}

/// Look again at 400 lines, split at 600.
#[test]
fn no_file_is_too_long() {
    let long: Vec<String> =
        all().iter().filter(|(_, text)| text.lines().count() > 600).map(|(name, _)| name.clone()).collect();
    assert!(long.is_empty(), "{long:?}");
}

#[test]
fn the_clock_is_read_in_one_place() {
    for (name, text) in all().iter().filter(|(name, _)| name.contains("/src/") && name != "app/src/clock.rs") {
        for word in ["SystemTime", "Instant::now", "Zoned::now", "Timestamp::now", "Utc::now", "Local::now"] {
            assert!(!code(text).contains(word), "{name} reads the clock ({word})");
        }
    }
}

/// Only the store has SQL, and only `db` knows which database.
#[test]
fn only_db_knows_which_database() {
    for (name, text) in
        all().iter().filter(|(name, _)| name.starts_with("store/src/") && !name.starts_with("store/src/db"))
    {
        for word in ["Sqlite", "Pg", "sqlite", "postgres://"] {
            let exempt = name == "store/src/error.rs" && word == "postgres://";
            assert!(exempt || !code(text).contains(word), "{name} knows {word}");
        }
    }
}

/// Only the table of roles makes a visitor's right to read a förbund.
#[test]
fn rights_are_made_in_one_place() {
    for (name, text) in all().iter().filter(|(name, _)| name.contains("/src/")) {
        let exempt = ["app/src/access.rs", "core/src/access.rs"].contains(&name.as_str());
        assert!(exempt || !code(text).contains("Access::granted"), "{name} grants access by itself");
    }
}

/// Every decision stands in docs/beslut with a number of its own, and ARCHITECTURE.md names each crate.
#[test]
fn the_papers_follow_the_code() {
    let plan = std::fs::read_to_string(project("ARCHITECTURE.md")).unwrap();
    for entry in std::fs::read_dir(project("crates")).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        assert!(plan.contains(&format!("crates/{name}")), "ARCHITECTURE.md does not name crates/{name}");
    }
    let mut numbers: Vec<String> = std::fs::read_dir(project("docs/beslut"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().chars().take(3).collect())
        .collect();
    numbers.sort();
    let before = numbers.len();
    numbers.dedup();
    assert_eq!(numbers.len(), before, "two decisions have one number");
}
