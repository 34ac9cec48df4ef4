//! A text held against the figures. The sentences are made up; the figures are those of the demo's half-years.

mod funnet;
mod texter;
mod tyst;

use crate::given::of;
use samsyn_core::calc::Rakning;
use samsyn_core::rapport::granska::{Anmarkning, Granskare};
use samsyn_core::underlag::Underlag;
use samsyn_import::package::{Limits, parse, read_dir};
use std::path::Path;
use std::sync::LazyLock;

/// The underlag of a package as known at the end of `per`.
pub fn package(name: &str, per: &str) -> Underlag {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(name);
    let files = read_dir(&folder, &Limits::default()).unwrap();
    let facts = parse(&files, &Limits::default(), of("2026-01-01")).facts.unwrap();
    Underlag::new(facts.known_at(of(per)), of(per))
}

pub fn granskare(period: &str, per: &str) -> Granskare {
    let underlag = package("demo", per);
    Granskare::new(&Rakning::new(&underlag, period.parse().unwrap()))
}

pub static FORSTA_2022: LazyLock<Granskare> = LazyLock::new(|| granskare("2022-H1", "2022-08-30"));
pub static ANDRA_2022: LazyLock<Granskare> = LazyLock::new(|| granskare("2022-H2", "2023-03-01"));

/// What is written, and what would stand there instead; `-` when no figure is offered.
pub fn told(remarks: &[Anmarkning]) -> Vec<(String, String)> {
    let markup = |remark: &Anmarkning| remark.ratt.as_ref().map_or("-".to_owned(), |ratt| ratt.markup.clone());
    remarks.iter().map(|remark| (remark.skrivet.clone(), markup(remark))).collect()
}

/// Each text with what is pointed out in it.
#[track_caller]
pub fn check(granskare: &Granskare, cases: &[(&str, &[(&str, &str)])]) {
    let mut wrong = Vec::new();
    for (text, expected) in cases {
        let found = granskare.granska(text);
        for remark in &found {
            assert_eq!(text[remark.plats.clone()], remark.skrivet);
        }
        let expected: Vec<_> = expected.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
        if told(&found) != expected {
            wrong.push(format!("{text}\n   {:?}", found.iter().map(|r| (&r.varfor, &r.ratt)).collect::<Vec<_>>()));
        }
    }
    assert!(wrong.is_empty(), "{} av {}:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

/// Texts in which nothing is pointed out.
#[track_caller]
pub fn silent(granskare: &Granskare, texts: &[&str]) {
    check(granskare, &texts.iter().map(|text| (*text, &[][..])).collect::<Vec<_>>());
}
