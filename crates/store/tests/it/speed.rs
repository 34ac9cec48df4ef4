//! Measurements, not tests: `cargo test --release -p samsyn-store --test it -- --ignored speed --nocapture`.

use crate::base::{self, Base};
use crate::made;
use samsyn_core::Access;
use samsyn_store::import::Package;
use samsyn_store::{Db, Signature, Target, facts, import};
use std::time::Instant;

async fn fill(db: &Db, forbund: usize, deltaganden: usize) {
    let present = made::every_file();
    let (mut spent, mut rows) = (0.0, 0);
    for nr in 0..forbund {
        let facts = made::forbund(&format!("f{nr}"), nr as u64, deltaganden);
        let package = Package { name: "fart", facts: &facts, present: &present, files: &[] };
        let signature = Signature { who: "fart", why: "", now_ms: base::noon("2025-01-01") };
        let begin = Instant::now();
        import::store(db, package, signature, false, &mut |_, _| ()).await.unwrap();
        spent += begin.elapsed().as_secs_f64();
        rows += deltaganden;
    }
    println!("import: {forbund} x {deltaganden} in {spent:.2} s, {:.0} deltaganden/s", rows as f64 / spent);
}

async fn read(target: &Target, forbund: usize) {
    for _ in 0..number("TIMES", 5) {
        let begin = Instant::now();
        let db = Db::open_existing(target).await.unwrap();
        let opened = begin.elapsed();
        let begin = Instant::now();
        let at = made::day("2025-08-30").ends_ms();
        let known = facts::known_at(&db, &Access::command_line(forbund as i64 / 2 + 1), at).await.unwrap();
        println!("open {opened:.1?}, known_at {:.1?} ({} deltaganden)", begin.elapsed(), known.deltagare.len());
        db.close().await;
    }
}

fn number(name: &str, default: usize) -> usize {
    std::env::var(name).ok().and_then(|n| n.parse().ok()).unwrap_or(default)
}

fn size() -> (usize, usize) {
    (number("FORBUND", 75), number("DELTAGANDEN", 13_333))
}

#[tokio::test]
#[ignore = "a measurement"]
async fn sqlite() {
    let (forbund, deltaganden) = size();
    if let Ok(folder) = std::env::var("FOLDER") {
        return read(&Target::Folder(folder.into()), forbund).await;
    }
    let base = Base::sqlite().await;
    fill(&base.db, forbund, deltaganden).await;
    if let Target::Folder(folder) = &base.target {
        let file = folder.join("samsyn.db");
        println!("file: {} MB", std::fs::metadata(file).unwrap().len() / 1_000_000);
    }
    read(&base.target, forbund).await;
    if std::env::var("KEEP").is_ok() {
        println!("kept: {:?}", base.target);
        return;
    }
    base.end().await;
}

#[tokio::test]
#[ignore = "a measurement"]
async fn postgres() {
    let base = Base::postgres().await.unwrap();
    let (forbund, deltaganden) = size();
    fill(&base.db, forbund, deltaganden).await;
    read(&base.target, forbund).await;
    base.end().await;
}
