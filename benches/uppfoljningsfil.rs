//! How long it takes to look at an insats's file: from bytes to what it would change, row by row and figure by figure.
//! The file is the template with so many inskrivningar, all of them new to the förbund.
//!
//! `cargo bench --bench uppfoljningsfil`

use divan::Bencher;
use samsyn::actions::forbund::Chosen;
use samsyn::actions::generera::{self, Size};
use samsyn::actions::importera::{self, Choices};
use samsyn::actions::uppfoljningsfil::{Val, granska, las_fil};
use samsyn_core::deltagande::Deltagande;
use samsyn_core::insats::{Insats, InsatsTyp};
use samsyn_import::grid;
use samsyn_import::package::{Limits, read_dir};
use samsyn_import::uppfoljningsfil::{Mall, Ordlista, mall};
use samsyn_store::{Db, Target};
use tokio::runtime::Runtime;

fn main() {
    divan::main();
}

/// A made-up förbund with 1 000 deltaganden, and one of its individinsatser.
async fn forbund(folder: &std::path::Path) -> (Db, Insats) {
    let size = Size { forbund: 1, years: 3, deltaganden: Some(1_000), seed: 1 };
    generera::write(size, &folder.join("paket"), &mut |_| {}).expect("written");
    let files = read_dir(&folder.join("paket/prov-001"), &Limits::default()).expect("a package");
    let db = Db::open(&Target::Folder(folder.join("data"))).await.expect("a database");
    let choices = Choices { limits: Limits::default(), accept_warnings: true, who: "prov", why: "prov" };
    importera::files_of(&db, files, choices, &mut |_, _| {}).await.expect("stored");
    let chosen = Chosen::find(&db, None).await.expect("the förbund");
    let facts = chosen.facts("2024-03-01".parse().expect("a day")).await.expect("facts");
    let insats = facts.insatser.into_iter().find(|insats| insats.typ == InsatsTyp::Individ).expect("an individinsats");
    (db, insats)
}

/// The template with so many inskrivningar in it.
fn file(insats: &Insats, rows: u32) -> Vec<u8> {
    let size = Size { forbund: 1, years: 3, deltaganden: Some(rows), seed: 2 };
    let facts = generera::all(size).next().expect("one förbund");
    let own = |row: Deltagande| Deltagande { insats_id: insats.insats_id.clone(), makulerad: None, ..row };
    let rader: Vec<Deltagande> = facts.deltagare.into_iter().map(own).collect();
    let mall_av =
        Mall { forbund: "Prov", insats_namn: &insats.namn, rader: &rader, dag: "2024-03-01".parse().expect("a day") };
    mall(&mall_av).expect("a template")
}

/// The whole look, by number of rows.
#[divan::bench(args = [500, 5_000, 20_000, 100_000], sample_count = 7, sample_size = 1)]
fn granska_fil(bencher: Bencher<'_, '_>, rows: u32) {
    let runtime = Runtime::new().expect("a runtime");
    let folder = tempfile::tempdir().expect("a folder");
    let (db, insats) = runtime.block_on(forbund(folder.path()));
    let bytes = file(&insats, rows);
    bencher.bench_local(|| {
        let fil = las_fil("fil.xlsx", &bytes, &grid::Limits::default()).expect("readable");
        runtime.block_on(async {
            let chosen = Chosen::find(&db, None).await.expect("the förbund");
            let how = ("2024-03-01".parse().expect("a day"), &Val::default(), false);
            let found = granska(&chosen, &insats, (&fil, &Ordlista::default()), how).await.expect("judged");
            assert!(found.jamforelse.nya.len() as u32 > rows / 2, "{}", found.findings.len());
        });
    });
}

/// Reading alone: bytes to cells, searched for personnummer and names.
#[divan::bench(args = [5_000, 100_000], sample_count = 7, sample_size = 1)]
fn las_celler(bencher: Bencher<'_, '_>, rows: u32) {
    let runtime = Runtime::new().expect("a runtime");
    let folder = tempfile::tempdir().expect("a folder");
    let (_, insats) = runtime.block_on(forbund(folder.path()));
    let bytes = file(&insats, rows);
    bencher.bench_local(|| las_fil("fil.xlsx", &bytes, &grid::Limits::default()).expect("readable"));
}
