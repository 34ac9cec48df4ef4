//! How long it takes to count every förbund of the country, and how much memory that needs.
//!
//! 75 förbund with a million deltaganden together are made up and loaded; then every figure of each is
//! counted on one thread, with nothing counted beforehand. `cargo bench --bench lan`

use divan::{Bencher, black_box};
use samsyn::actions::generera::{self, Size};
use samsyn_core::calc::{Rakning, siffror};
use samsyn_core::underlag::Underlag;
use samsyn_document::{Datum, Halvar};
use std::sync::LazyLock;

static FORBUND: LazyLock<Vec<Underlag>> = LazyLock::new(|| {
    let per: Datum = "2024-03-01".parse().expect("a day");
    let size = Size { forbund: 75, years: 3, deltaganden: Some(1_000_000), seed: 1 };
    generera::all(size).map(|facts| Underlag::new(facts.known_at(per), per)).collect()
});

fn main() {
    let deltaganden: usize = FORBUND.iter().map(|underlag| underlag.deltaganden.len()).sum();
    println!("{} förbund, {deltaganden} deltaganden kända och inte makulerade", FORBUND.len());
    memory("loaded");
    divan::main();
    memory("counted");
}

/// Resident set now and at most, from the kernel.
fn memory(when: &str) {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let lines = status.lines().filter(|line| line.starts_with("VmRSS") || line.starts_with("VmHWM"));
    println!(
        "{when}: {}",
        lines.map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect::<Vec<_>>().join(", ")
    );
}

fn period() -> Halvar {
    "2023-H2".parse().expect("a half-year")
}

/// The counts of every measure, chain and sex, and which rows each table has: no figure listed yet.
#[divan::bench(sample_count = 100, sample_size = 1)]
fn rakna_75_forbund(bencher: Bencher<'_, '_>) {
    let count = |underlag| drop(black_box(Rakning::new(underlag, period())));
    bencher.bench_local(|| FORBUND.iter().for_each(count));
}

/// Every figure of the PM of every förbund: tables 6–9, malgrupp and nyckeltal, and the rest, with the
/// year before beside them, which is a second count.
#[divan::bench(sample_count = 100, sample_size = 1)]
fn alla_siffror_75_forbund(bencher: Bencher<'_, '_>) {
    let figures = |underlag| siffror(&Rakning::new(black_box(underlag), period())).len();
    bencher.bench_local(|| FORBUND.iter().map(figures).sum::<usize>());
}
