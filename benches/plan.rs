//! How long it takes to count a plan anew: every sum of it, and every figure of its paper, by number of insatser. Each has
//! an amount in ten years, as budget; every sixth post is an application, of which half are counted.
//!
//! `cargo bench -p samsyn-core --bench plan`

use divan::{Bencher, black_box};
use samsyn_core::Facts;
use samsyn_core::calc::utrymme::Utrymme;
use samsyn_core::calc::{Rakning, plan};
use samsyn_core::planpost::{Plankategori, Plankolumn, Planpost, Planslag};
use samsyn_core::underlag::{Plan, Underlag};
use samsyn_document::{Belopp, Datum, Halvar};

fn main() {
    divan::main();
}

/// The posts of a plan with so many insatser.
fn rows(insatser: usize) -> Vec<Planpost> {
    let mote = Datum::parse("2024-10-20").expect("a day");
    let row = |kategori, post: String, year: u16, kronor: i64| Planpost {
        plan: mote,
        kategori,
        post,
        kolumn: Plankolumn { ar: year, slag: Some(Planslag::Budget) },
        belopp_kr: Belopp::from_kronor(kronor),
    };
    let mut rows: Vec<Planpost> = Vec::new();
    for year in 2024..2034 {
        rows.push(row(Plankategori::Intakter, "Medlemsavgifter".to_owned(), year, 90_000_000));
        for at in 0..insatser {
            let kind = if at % 6 == 5 { Plankategori::EjBeslutade } else { Plankategori::Samverkansinsatser };
            rows.push(row(kind, format!("insats-{at}"), year, 1_000_000 + at as i64 * 1_234));
        }
    }
    rows.push(row(Plankategori::OverskottFranTidigareAr, "Ingående".to_owned(), 2024, 5_000_000));
    rows
}

/// Every other application, by place.
fn left_out(plan: &Plan) -> Vec<usize> {
    plan.ansokningar().map(|(at, _)| at).step_by(2).collect()
}

/// Every sum of the plan.
#[divan::bench(args = [12, 60, 300])]
fn summor(bencher: Bencher<'_, '_>, insatser: usize) {
    let plan = Plan::new(&rows(insatser));
    let utan = left_out(&plan);
    bencher.bench_local(|| Utrymme::new(black_box(&plan), black_box(&utan)));
}

/// Every figure of the paper, with its name and where it comes from.
#[divan::bench(args = [12, 60, 300])]
fn siffror(bencher: Bencher<'_, '_>, insatser: usize) {
    let facts = Facts { planposter: rows(insatser), ..Facts::default() };
    let underlag = Underlag::new(facts, Datum::parse("2024-10-20").expect("a day"));
    let rakning = Rakning::new(&underlag, Halvar::new(2024, 2).expect("a half-year"));
    let utan = left_out(&underlag.ekonomi.planer[0]);
    bencher.bench_local(|| plan(black_box(&rakning), 0, black_box(&utan)));
}
