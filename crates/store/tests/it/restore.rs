//! A copy is whole though others write, and comes back all of it or not at all.

use crate::base::{self, Base, LATER, LATER_NOUNS};
use crate::kill::counts;
use crate::made;
use crate::times::current;
use samsyn_store::{Db, StoreError, Target, anvandare, facts, forbund, lank, logg, session};
use std::path::{Path, PathBuf};

pub fn home(base: &Base) -> PathBuf {
    let Target::Folder(folder) = &base.target else { unreachable!() };
    folder.clone()
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| !name.starts_with("samsyn.db"))
        .collect();
    names.sort();
    names
}

/// The copy is of one moment, taken while another process's connection writes; it may be opened as it is.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_copy_is_taken_while_others_write() {
    let base = Base::sqlite().await;
    let stored = made::forbund("ett", 1, 3000);
    base.import(&stored, "2025-01-01").await;
    let (target, stop) = (base.target.clone(), std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false)));
    let writer = tokio::spawn({
        let stop = stop.clone();
        async move {
            let db = Db::open(&target).await.unwrap();
            let mut written = 0;
            while !stop.load(std::sync::atomic::Ordering::Relaxed) {
                let row = logg::Row { forbund: Some(1), tid_ms: 1, anvandare: None, vem: "Kim", slag: "x", vad: "y" };
                written = logg::write(&db, row).await.unwrap();
            }
            written
        }
    });
    let (folder, mut before) = (home(&base), 0);
    for round in 0..5 {
        let place = base::folder();
        base.db.backup(&folder.join(format!("kopia-{round}"))).await.unwrap();
        std::fs::create_dir_all(&place).unwrap();
        std::fs::copy(folder.join(format!("kopia-{round}")), place.join("samsyn.db")).unwrap();
        let db = Db::open_existing(&Target::Folder(place.clone())).await.unwrap();
        let access = samsyn_core::Access::command_line(1);
        assert_eq!(facts::current(&db, &access).await.unwrap(), stored);
        let state: Vec<(i64, i64)> =
            db.fetch_all("SELECT count(*), coalesce(max(nr), 0) FROM logg", Vec::new()).await.unwrap();
        assert!(state[0].0 == state[0].1 && state[0].0 >= before, "{state:?}");
        before = state[0].0;
        db.close().await;
        std::fs::remove_dir_all(place).unwrap();
    }
    stop.store(true, std::sync::atomic::Ordering::Relaxed);
    assert!(writer.await.unwrap() >= before && before > 0);
    assert_eq!(names(&folder), ["kopia-0", "kopia-1", "kopia-2", "kopia-3", "kopia-4"]);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(folder.join("kopia-0")).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0);
    }
    base.end().await;
}

/// Everything is as in the copy, for those who have the database open too; sessions and unused links are
/// gone, numbers do not return, and the round is a new one.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_copy_comes_back() {
    let base = Base::sqlite().await;
    let stored = made::forbund("ett", 1, 500);
    base.import(&stored, "2025-01-01").await;
    let kim = anvandare::create(&base.db, "kim@b.se", "Kim", 1).await.unwrap();
    session::begin(&base.db, "t", kim, 1).await.unwrap();
    lank::make(&base.db, "l", kim, lank::Slag::Inbjudan, (1, 100)).await.unwrap();
    let path = home(&base).join("kopia");
    base.db.backup(&path).await.unwrap();
    let kept = counts(&base.db).await;
    let bytes = std::fs::read(&path).unwrap();

    let mut other = stored.clone();
    other.deltagare.truncate(400);
    other.deltagare[0].anonym = !other.deltagare[0].anonym;
    base.try_import(&other, "2025-02-01", true).await.unwrap();
    base.import(&made::forbund("två", 2, 100), "2025-02-01").await;
    let bo = anvandare::create(&base.db, "bo@b.se", "Bo", 1).await.unwrap();
    assert_ne!(counts(&base.db).await, kept);

    let reader = Db::open(&base.target).await.unwrap();
    let watch = tokio::spawn({
        let (reader, old, new) = (reader.clone(), current(&base, "ett").await, stored.clone());
        async move {
            let access = samsyn_core::Access::command_line(1);
            loop {
                let found = facts::current(&reader, &access).await.unwrap();
                if found == new {
                    return;
                }
                assert!(found == old, "a part of both");
            }
        }
    });
    base.db.restore(&path).await.unwrap();
    watch.await.unwrap();
    for db in [&base.db, &reader] {
        assert_eq!(counts(db).await, kept);
        assert_eq!(forbund::state(db, 1).await.unwrap(), (1, 2));
        assert_eq!(session::visitor(db, "t", 2).await.unwrap(), None);
        assert_eq!(lank::use_it(db, "l", "phc", 2).await.unwrap(), None);
        assert_eq!(anvandare::count(db).await.unwrap(), 1);
    }
    assert!(anvandare::create(&reader, "bo@b.se", "Bo", 1).await.unwrap() > bo);
    base.db.restore(&path).await.unwrap();
    assert_eq!(forbund::state(&reader, 1).await.unwrap(), (1, 3));
    assert_eq!(current(&base, "ett").await, stored);
    assert_eq!(std::fs::read(&path).unwrap(), bytes);
    assert_eq!(names(&home(&base)), ["kopia"]);
    reader.close().await;
    base.end().await;
}

/// A copy from before the web application is brought up first, and is itself left as it is.
#[tokio::test]
async fn an_older_copy_comes_back() {
    let (base, older) = (Base::sqlite().await, Base::sqlite().await);
    let stored = made::older("ett", 1, 20);
    older.import(&stored, "2025-01-01").await;
    let mut tx = older.db.transaction().await.unwrap();
    for table in LATER.into_iter().chain(LATER_NOUNS) {
        tx.execute(&format!("DROP TABLE {table}"), Vec::new()).await.unwrap();
    }
    tx.execute("DELETE FROM migrering WHERE nr > 1", Vec::new()).await.unwrap();
    tx.commit().await.unwrap();
    let path = home(&base).join("kopia");
    older.db.backup(&path).await.unwrap();
    let bytes = std::fs::read(&path).unwrap();
    base.import(&made::forbund("två", 2, 20), "2025-01-01").await;
    base.db.restore(&path).await.unwrap();
    assert_eq!(current(&base, "ett").await, stored);
    assert_eq!(forbund::all(&base.db).await.unwrap().len(), 1);
    assert_eq!(std::fs::read(&path).unwrap(), bytes);
    assert_eq!(base.count("SELECT omgang FROM databas").await, 2);
    older.end().await;
    base.end().await;
}

/// What is no copy is refused with a reason, and nothing has changed.
#[tokio::test]
async fn what_is_no_copy_is_refused() {
    let base = Base::sqlite().await;
    base.import(&made::forbund("ett", 1, 50), "2025-01-01").await;
    let (folder, before) = (home(&base), counts(&base.db).await);
    let path = folder.join("kopia");
    base.db.backup(&path).await.unwrap();
    let told = base.db.backup(&path).await.unwrap_err().to_string();
    assert!(told.contains("kopia kan inte användas: filen finns redan."), "{told}");
    assert!(base.db.backup(&folder.join("ingen/kopia")).await.is_err());

    let whole = std::fs::read(&path).unwrap();
    let mut damaged = whole.clone();
    damaged[20_000..60_000].fill(7);
    let (no, broken) =
        ("är ingen databas som Samsyn kan läsa.", "kan inte användas: den är trasig. Inget har ändrats.");
    let half = whole[..whole.len() / 2].to_vec();
    let files = [
        ("text", b"ingen databas".repeat(500), no),
        ("tom", vec![], no),
        ("halv", half, broken),
        ("trasig", damaged, broken),
    ];
    for (name, bytes, told) in files {
        std::fs::write(folder.join(name), bytes).unwrap();
        let error = base.db.restore(&folder.join(name)).await.unwrap_err();
        assert!(error.to_string().ends_with(&format!("{name} {told}")), "{name}: {error}");
    }
    let url = format!("sqlite://{}?mode=rwc", folder.join("annan").display());
    let mut connection = <sqlx::SqliteConnection as sqlx::Connection>::connect(&url).await.unwrap();
    let connection = &mut connection;
    sqlx::raw_sql("CREATE TABLE migrering (nr BIGINT); CREATE TABLE x (y)").execute(&mut *connection).await.unwrap();
    let error = base.db.restore(&folder.join("annan")).await.unwrap_err();
    assert!(matches!(error, StoreError::NotADatabase(_)), "{error}");
    sqlx::raw_sql("INSERT INTO migrering VALUES (99)").execute(&mut *connection).await.unwrap();
    assert!(matches!(base.db.restore(&folder.join("annan")).await, Err(StoreError::Newer(99, _))));
    sqlx::raw_sql("UPDATE migrering SET nr = 2").execute(connection).await.unwrap();
    assert!(base.db.restore(&folder.join("annan")).await.is_err());

    let told = base.db.restore(&folder.join("samsyn.db")).await.unwrap_err().to_string();
    assert!(told.contains("det är databasen själv"), "{told}");
    let told = base.db.restore(&folder.join("ingen")).await.unwrap_err().to_string();
    assert!(told.contains("den finns inte"), "{told}");
    assert_eq!(counts(&base.db).await, before);
    assert_eq!(forbund::state(&base.db, 1).await.unwrap(), (1, 1));
    assert!(!folder.join("aterstallning").exists());
    base.end().await;
}

#[tokio::test]
async fn a_server_has_commands_of_its_own() {
    let Some(base) = Base::postgres().await else { return };
    let path = base::folder();
    let told = base.db.backup(&path).await.unwrap_err().to_string();
    assert!(
        told.contains("serverns egna kommandon: pg_dump --format=custom --file=samsyn.dump --host=127.0.0.1"),
        "{told}"
    );
    assert!(told.contains("--username=samsyn samsyn_test_"), "{told}");
    let told = base.db.restore(&path).await.unwrap_err().to_string();
    assert!(told.contains("pg_restore --clean --single-transaction --dbname=samsyn_test_"), "{told}");
    base.end().await;
}
