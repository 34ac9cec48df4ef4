//! Killed at any moment the database opens and is whole: an import is there or it is not.

use crate::base;
use crate::made::{self, Chance, deltagande};
use samsyn_core::{Access, Fact, Facts, for_every_noun};
use samsyn_store::import::Package;
use samsyn_store::{Db, Signature, Target, facts, import};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

const ROUNDS: u64 = 200;
const DELTAGANDEN: usize = 3_000;
const FOLDER: &str = "SAMSYN_KILL_FOLDER";
const KIND: &str = "SAMSYN_KILL_KIND";
/// What the child says when it begins to import, and when it has been told that all is stored.
const BEGINS: &str = "child begins";
const DONE: &str = "child is done";

/// A förbund's first import, or a later one that changes some facts and adds others.
fn package(first: bool) -> Facts {
    let mut facts = made::forbund("ett", 1, DELTAGANDEN);
    if !first {
        for row in facts.deltagare.iter_mut().step_by(2) {
            row.fodelsear = Some(1950);
        }
        facts.insatser[0].namn = "Nytt namn".into();
        facts.deltagare.extend((0..1000).map(|nr| deltagande(&format!("N{nr}"), "2024-01-01")));
    }
    facts
}

async fn store(db: &Db, first: bool) {
    let facts = package(first);
    let files =
        [("deltagare.csv".to_owned(), vec![u8::from(first); 700_000]), ("insatser.csv".to_owned(), vec![1; 99])];
    let package = Package { name: "", facts: &facts, present: &made::every_file(), files: &files };
    let signature = Signature { who: "", why: "", now_ms: base::noon("2025-01-01") + i64::from(!first) };
    println!("{BEGINS}");
    import::store(db, package, signature, false, &mut |_, _| ()).await.unwrap();
    println!("{DONE}");
}

/// Not a test: what the test below starts and kills.
#[tokio::test]
#[ignore = "started by the test below"]
async fn child() {
    let (Ok(folder), Ok(kind)) = (std::env::var(FOLDER), std::env::var(KIND)) else { return };
    let db = Db::open(&Target::Folder(folder.into())).await.unwrap();
    store(&db, kind == "first").await;
}

fn start(folder: &Path, first: bool) -> (Child, impl Iterator<Item = String>) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "kill::child", "--ignored", "--nocapture"])
        .env(FOLDER, folder)
        .env(KIND, if first { "first" } else { "later" })
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    assert!(lines.any(|line| line.contains(BEGINS)), "the child began");
    (child, lines)
}

/// Rows of every table, all events and files among them.
pub async fn counts(db: &Db) -> Vec<i64> {
    let mut tables = vec!["forbund", "handelse", "import", "fil", "import_fil"];
    macro_rules! add {
        ($($field:ident: $type:ty,)+) => { $(tables.push(<$type>::TABLE);)+ };
    }
    for_every_noun!(add);
    let mut counts = Vec::new();
    for table in tables {
        let sql = format!("SELECT count(*), count(ended), coalesce(max(handelse), 0) FROM {table}");
        let sql = if counts.len() < 15 { format!("SELECT count(*), 0, 0 FROM {table}") } else { sql };
        let row: (i64, i64, i64) = db.fetch_all(&sql, Vec::new()).await.unwrap()[0];
        counts.extend([row.0, row.1, row.2]);
    }
    counts
}

/// A kind of import: the folder that it begins from, what is there before and after, how long it takes.
struct Kind {
    first: bool,
    from: PathBuf,
    before: Vec<i64>,
    after: Vec<i64>,
    takes: Duration,
}

pub fn copy(from: &Path, to: &Path) {
    let _ = std::fs::remove_dir_all(to);
    std::fs::create_dir_all(to).unwrap();
    for file in std::fs::read_dir(from).unwrap() {
        let file = file.unwrap();
        std::fs::copy(file.path(), to.join(file.file_name())).unwrap();
    }
}

/// Prepares a kind by an import that is not killed, in `folder`, which then holds what came of it.
async fn prepare(first: bool, from: &Path, folder: &Path) -> Kind {
    copy(from, folder);
    let open = async || Db::open(&Target::Folder(folder.to_owned())).await.unwrap();
    let db = open().await;
    let before = counts(&db).await;
    db.close().await;
    let (mut child, mut lines) = start(folder, first);
    let begun = Instant::now();
    assert!(lines.any(|line| line.contains(DONE)), "the import is done");
    let takes = begun.elapsed();
    child.wait().unwrap();
    let db = open().await;
    let after = counts(&db).await;
    db.close().await;
    assert!(before != after);
    Kind { first, from: from.to_owned(), before, after, takes }
}

/// Kills imports at random moments; how many were there afterwards, and how many were not.
async fn rounds(kinds: &[Kind; 2], folder: &Path, seed: u64) -> (u32, u32) {
    let (mut there, mut not) = (0, 0);
    let mut chance = Chance(seed);
    // The machine has other things to do too: the span of moments follows what comes of them.
    let mut slack = 1.1;
    let mut kind = &kinds[0];
    let mut fresh = true;
    for round in 0..ROUNDS / 2 {
        if fresh {
            kind = &kinds[chance.below(2) as usize];
            copy(&kind.from, folder);
        }
        let (mut child, lines) = start(folder, kind.first);
        let most = kind.takes.as_micros() as f64 * slack;
        std::thread::sleep(Duration::from_micros(chance.below(most as u64)));
        child.kill().unwrap();
        child.wait().unwrap();
        let told = { lines }.any(|line| line.contains(DONE));

        let db = Db::open(&Target::Folder(folder.to_owned())).await.unwrap();
        let check: Vec<(String,)> = db.fetch_all("PRAGMA integrity_check", Vec::new()).await.unwrap();
        assert_eq!(check, [("ok".to_owned(),)], "seed {seed}, round {round}");
        let found = counts(&db).await;
        assert!(found == kind.before || found == kind.after, "a part is stored: seed {seed}, round {round}: {found:?}");
        assert!(found == kind.after || !told, "an import that was reported is gone: seed {seed}, round {round}");
        if found == kind.after && round % 8 == 0 {
            let facts = facts::current(&db, &Access::command_line(1)).await.unwrap();
            assert_eq!(facts, package(kind.first));
        }
        db.close().await;
        // What was not stored is tried again upon what the killed one left.
        fresh = found == kind.after;
        if fresh {
            there += 1
        } else {
            not += 1
        }
        slack *= if fresh { 0.9 } else { 1.05 };
    }
    (there, not)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_two_hundred_times_the_database_is_whole() {
    let root = base::folder();
    let [empty, one, two] = ["empty", "one", "two"].map(|name| root.join(name));
    std::fs::create_dir_all(&empty).unwrap();
    let kinds = [prepare(true, &empty, &one).await, prepare(false, &one, &two).await];
    let kinds = Arc::new(kinds);
    let side = |name: &str, seed| {
        let (kinds, folder) = (kinds.clone(), root.join(name));
        tokio::spawn(async move { rounds(&kinds, &folder, seed).await })
    };
    let (a, b) = (side("a", 20_031_210), side("b", 1210));
    let (a, b) = (a.await.unwrap(), b.await.unwrap());
    let (there, not) = (a.0 + b.0, a.1 + b.1);
    println!("{there} were stored, {not} were not; unkilled {:?} and {:?}", kinds[0].takes, kinds[1].takes);
    assert!(there >= 10 && not >= 10, "the moments were not random: {there} stored, {not} not");
    std::fs::remove_dir_all(root).unwrap();
}
