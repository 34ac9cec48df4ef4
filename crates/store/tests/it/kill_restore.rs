//! Killed at any moment while a copy comes back, the database holds all of the old or all of the new.

use crate::base::{self, Base};
use crate::kill::{copy, counts};
use crate::made::{self, Chance};
use crate::restore::home;
use samsyn_store::{Db, Target};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const FOLDER: &str = "SAMSYN_RESTORE_FOLDER";
const BEGINS: &str = "child begins";
const DONE: &str = "child is done";

/// Not a test: what the test below starts and kills.
#[tokio::test]
#[ignore = "started by the test below"]
async fn child() {
    let Ok(folder) = std::env::var(FOLDER) else { return };
    let folder = PathBuf::from(folder);
    let db = Db::open(&Target::Folder(folder.clone())).await.unwrap();
    println!("{BEGINS}");
    db.restore(&folder.join("kopia")).await.unwrap();
    println!("{DONE}");
}

fn start(folder: &Path) -> (Child, impl Iterator<Item = String>) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "kill_restore::child", "--ignored", "--nocapture"])
        .env(FOLDER, folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    assert!(lines.any(|line| line.contains(BEGINS)), "the child began");
    (child, lines)
}

#[tokio::test]
async fn killed_while_a_copy_comes_back_it_is_there_or_not() {
    let base = Base::sqlite().await;
    let (from, folder) = (home(&base), base::folder());
    base.import(&made::forbund("ett", 1, 2000), "2025-01-01").await;
    base.db.backup(&from.join("kopia")).await.unwrap();
    let after = counts(&base.db).await;
    base.import(&made::forbund("två", 2, 2000), "2025-01-01").await;
    let before = counts(&base.db).await;
    base.db.close().await;
    let open = async || Db::open(&Target::Folder(folder.clone())).await.unwrap();

    copy(&from, &folder);
    let begun = Instant::now();
    let (mut child, mut lines) = start(&folder);
    assert!(lines.any(|line| line.contains(DONE)));
    let takes = begun.elapsed();
    child.wait().unwrap();
    let (mut there, mut not, mut slack, mut chance) = (0, 0, 1.0, Chance(1210));
    for round in 0..40 {
        copy(&from, &folder);
        let (mut child, lines) = start(&folder);
        std::thread::sleep(Duration::from_micros(chance.below((takes.as_micros() as f64 * slack) as u64)));
        child.kill().unwrap();
        child.wait().unwrap();
        let told = { lines }.any(|line| line.contains(DONE));
        let db = open().await;
        let check: Vec<(String,)> = db.fetch_all("PRAGMA integrity_check", Vec::new()).await.unwrap();
        assert_eq!(check, [("ok".to_owned(),)], "round {round}");
        let found = counts(&db).await;
        assert!(found == before || found == after, "a part of both: round {round}");
        assert!(found == after || !told, "what was told is not so: round {round}");
        if round % 5 == 0 {
            // What a killed one left behind is in nobody's way.
            db.restore(&folder.join("kopia")).await.unwrap();
            assert_eq!(counts(&db).await, after);
            assert!(!folder.join("aterstallning").exists());
        }
        db.close().await;
        if found == after {
            there += 1;
            slack *= 0.9;
        } else {
            not += 1;
            slack *= 1.05;
        }
    }
    println!("{there} came back, {not} did not; unkilled {takes:?}");
    assert!(there >= 3 && not >= 3, "the moments were not random: {there} came back, {not} did not");
    std::fs::remove_dir_all(&folder).unwrap();
    base.end().await;
}
