//! Killed at any moment while texts are saved, what was said to be saved is there.

use crate::base::{self, noon};
use crate::made::{self, Chance};
use samsyn_core::Access;
use samsyn_core::version::Slag;
use samsyn_store::import::Package;
use samsyn_store::version::text::{self, Saved};
use samsyn_store::version::{self, Taken};
use samsyn_store::{Db, Signature, Target, forbund, import};
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::Duration;

const ROUNDS: u64 = 25;
const FOLDER: &str = "SAMSYN_KILL_TEXT_FOLDER";
/// What the child says when it has been told that a revision is stored.
const SAVED: &str = "child saved ";

/// What revision `nr` says: long enough to fill many pages of the file.
fn written(nr: i64) -> String {
    format!("{nr} ").repeat(20_000)
}

/// Not a test: what the test below starts and kills. Goes on from the revision that stands.
#[tokio::test]
#[ignore = "started by the test below"]
async fn child() {
    let Ok(folder) = std::env::var(FOLDER) else { return };
    let db = Db::open(&Target::Folder(folder.into())).await.unwrap();
    let access = Access::command_line(forbund::find(&db, "ett").await.unwrap().nr);
    let mut last = text::latest(&db, &access, 1, "a").await.unwrap().map_or(0, |text| text.nr);
    loop {
        // Now and then a revision of its own, now and then the same sitting.
        let signature = Signature { who: "Kim", why: "", now_ms: 1 + last / 7 * 1_000_000 };
        let saved =
            text::save(&db, &access, 1, ("a", last.into()), Some(&written(last + 1)), (1, signature)).await.unwrap();
        assert_eq!(saved, Saved::Done(last + 1));
        last += 1;
        println!("{SAVED}{last}");
    }
}

#[tokio::test]
async fn what_was_said_to_be_saved_is_there() {
    let folder = base::folder();
    let db = Db::open(&Target::Folder(folder.clone())).await.unwrap();
    let facts = made::forbund("ett", 1, 5);
    let package = Package { name: "", facts: &facts, present: &made::every_file(), files: &[] };
    let signature = Signature { who: "Kim", why: "", now_ms: noon("2025-01-01") };
    import::store(&db, package, signature, false, &mut |_, _| ()).await.unwrap();
    samsyn_store::anvandare::create(&db, "a@b.se", "Kim", 1).await.unwrap();
    let access = Access::command_line(forbund::find(&db, "ett").await.unwrap().nr);
    let pm = (Slag::Pm, "2024-H2".parse().unwrap());
    assert_eq!(version::begin(&db, &access, pm, None, signature).await.unwrap(), Taken::Done(1));
    db.close().await;
    let mut chance = Chance(7);
    let mut most = 0;
    for _ in 0..ROUNDS {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "kill_text::child", "--ignored", "--nocapture"])
            .env(FOLDER, &folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        let told = std::thread::spawn(move || {
            let numbers = lines.filter_map(|line| line.split_once(SAVED)?.1.parse::<i64>().ok());
            numbers.last().unwrap_or(0)
        });
        std::thread::sleep(Duration::from_millis(60 + chance.below(120)));
        child.kill().unwrap();
        child.wait().unwrap();
        let told = told.join().unwrap();
        let db = Db::open(&Target::Folder(folder.clone())).await.unwrap();
        let found = text::latest(&db, &access, 1, "a").await.unwrap();
        let stands = found.as_ref().map_or(0, |text| text.nr);
        assert!(stands >= told.max(most), "{told} was said to be saved, {stands} stands");
        if let Some(found) = found {
            assert_eq!(found.text.unwrap(), written(stands));
        }
        most = stands;
        db.close().await;
    }
    assert!(most as u64 > ROUNDS, "the child wrote {most} times in all");
    std::fs::remove_dir_all(folder).unwrap();
}
