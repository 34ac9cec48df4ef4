//! How long it takes to count: one förbund, from a loaded underlag.
//!
//! `cargo bench --bench siffror`

use divan::{Bencher, black_box};
use samsyn::actions::generera::{self, Size};
use samsyn_core::calc::{Rakning, siffror};
use samsyn_core::rapport::pm::pm;
use samsyn_core::underlag::Underlag;
use samsyn_document::{Datum, Halvar};
use samsyn_import::package::{self, Limits};
use std::path::Path;

fn main() {
    divan::main();
}

fn day(text: &str) -> Datum {
    text.parse().expect("a day")
}

fn half(text: &str) -> Halvar {
    text.parse().expect("a half-year")
}

/// The real förbund, as known when its PM of 2023 was written.
fn demo() -> Underlag {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../demo"));
    let files = package::read_dir(folder, &Limits::default()).expect("the demo's folder");
    let facts = package::parse(&files, &Limits::default(), day("2026-01-01")).facts.expect("the demo is good");
    Underlag::new(facts.known_at(day("2023-08-30")), day("2023-08-30"))
}

/// A made-up förbund with so many deltaganden.
fn made_up(deltaganden: u32) -> Underlag {
    let size = Size { forbund: 1, years: 3, deltaganden: Some(deltaganden), seed: 1 };
    let facts = generera::all(size).next().expect("one förbund");
    Underlag::new(facts.known_at(day("2024-03-01")), day("2024-03-01"))
}

/// Every figure of the PM.
#[divan::bench]
fn demo_alla_siffror(bencher: Bencher<'_, '_>) {
    let underlag = demo();
    bencher.bench_local(|| siffror(&Rakning::new(black_box(&underlag), half("2023-H1"))));
}

/// The PM as a document, and as a page.
#[divan::bench]
fn demo_pm_html(bencher: Bencher<'_, '_>) {
    let underlag = demo();
    bencher.bench_local(|| samsyn_render::html(&pm(&Rakning::new(black_box(&underlag), half("2023-H1")))));
}

/// Every figure, by number of deltaganden.
#[divan::bench(args = [1_000, 10_000, 100_000, 1_000_000], min_time = 1)]
fn alla_siffror(bencher: Bencher<'_, '_>, deltaganden: u32) {
    let underlag = made_up(deltaganden);
    bencher.bench_local(|| siffror(&Rakning::new(black_box(&underlag), half("2023-H2"))));
}
