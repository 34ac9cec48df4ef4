//! Opening: what is made, what is refused, and what is said.

use crate::base::{self, Base, LATER, LATER_NOUNS, both};
use crate::made;
use samsyn_store::{Db, StoreError, Target};

both! {
    /// Opening again finds what was stored.
    async fn a_second_opening_finds_what_was_stored(base: &Base) {
        base.import(&made::bare("ett"), "2025-01-01").await;
        let again = Db::open_existing(&base.target).await.unwrap();
        assert_eq!(samsyn_store::forbund::all(&again).await.unwrap().len(), 1);
        again.close().await;
    }

    /// A database from a newer version is refused, and left as it is.
    async fn a_newer_database_is_refused(base: &Base) {
        let mut tx = base.db.transaction().await.unwrap();
        tx.execute("INSERT INTO migrering (nr) VALUES ($1)", vec![99.into()]).await.unwrap();
        tx.commit().await.unwrap();
        let error = Db::open(&base.target).await.unwrap_err();
        assert!(matches!(error, StoreError::Newer(99, _)), "{error:?}");
        assert!(error.to_string().contains("nyare version av Samsyn (databasversion 99"), "{error}");
        assert_eq!(base.count("SELECT max(nr) FROM migrering").await, 99);
    }

    /// Many processes that open an empty database at once make one schema.
    async fn many_open_at_once(base: &Base) {
        for table in LATER.into_iter().chain(["migrering", "import_fil", "fil", "import", "handelse", "forbund"]) {
            let mut tx = base.db.transaction().await.unwrap();
            tx.execute(&format!("DROP TABLE {table}"), Vec::new()).await.unwrap();
            tx.commit().await.unwrap();
        }
        macro_rules! drop_all {
            ($($field:ident: $type:ty,)+) => { $({
                let mut tx = base.db.transaction().await.unwrap();
                let table = <$type as samsyn_core::Fact>::TABLE;
                tx.execute(&format!("DROP TABLE {table}"), Vec::new()).await.unwrap();
                tx.commit().await.unwrap();
            })+ };
        }
        samsyn_core::for_every_noun!(drop_all);
        let mut tasks = tokio::task::JoinSet::new();
        for _ in 0..6 {
            let target = base.target.clone();
            tasks.spawn(async move { Db::open(&target).await.unwrap().close().await });
        }
        tasks.join_all().await;
        assert_eq!(base.count("SELECT count(*) FROM migrering").await, 8);
    }

    /// A database from before the web application keeps what it holds and gets the new tables.
    async fn an_older_database_is_brought_up(base: &Base) {
        let facts = made::older("ett", 1, 20);
        base.import(&facts, "2025-01-01").await;
        let mut tx = base.db.transaction().await.unwrap();
        for table in LATER.into_iter().chain(LATER_NOUNS) {
            tx.execute(&format!("DROP TABLE {table}"), Vec::new()).await.unwrap();
        }
        tx.execute("DELETE FROM migrering WHERE nr > 1", Vec::new()).await.unwrap();
        tx.commit().await.unwrap();
        let db = Db::open_existing(&base.target).await.unwrap();
        assert_eq!(base.count("SELECT max(nr) FROM migrering").await, 8);
        assert_eq!(base.count("SELECT omgang FROM databas").await, 1);
        assert_eq!(crate::times::current(base, "ett").await, facts);
        assert_eq!(samsyn_store::anvandare::create(&db, "a@b.se", "Kim", 1).await.unwrap(), 1);
        db.close().await;
    }

    /// A transaction that is dropped leaves no trace, and the next one may write.
    async fn a_dropped_transaction_leaves_no_trace(base: &Base) {
        let mut tx = base.db.transaction().await.unwrap();
        tx.execute("INSERT INTO migrering (nr) VALUES ($1)", vec![98.into()]).await.unwrap();
        drop(tx);
        base.import(&made::bare("ett"), "2025-01-01").await;
        assert_eq!(base.count("SELECT count(*) FROM migrering WHERE nr = 98").await, 0);
    }
}

#[tokio::test]
async fn a_folder_that_cannot_be_used_is_named() {
    let folder = base::folder();
    let missing = Db::open_existing(&Target::Folder(folder.clone())).await.unwrap_err();
    assert!(missing.to_string().starts_with("Det finns ingen databas i "), "{missing}");
    assert!(!folder.exists());
    std::fs::write(&folder, "en fil").unwrap();
    for place in [folder.clone(), folder.join("under")] {
        let error = Db::open(&Target::Folder(place)).await.unwrap_err();
        assert!(error.to_string().contains("det är en fil och ingen mapp"), "{error}");
    }
    std::fs::remove_file(&folder).unwrap();
    let error = Db::open(&Target::Folder("/proc/samsyn".into())).await.unwrap_err();
    assert!(error.to_string().starts_with("Datamappen /proc/samsyn kan inte användas"), "{error}");
}

#[tokio::test]
async fn a_file_that_is_no_database_is_left_alone() {
    let folder = base::folder();
    std::fs::create_dir_all(&folder).unwrap();
    let text = "Det här är ingen databas. ".repeat(200);
    std::fs::write(folder.join("samsyn.db"), &text).unwrap();
    let error = Db::open(&Target::Folder(folder.clone())).await.unwrap_err();
    assert!(error.to_string().ends_with("samsyn.db är ingen databas som Samsyn kan läsa."), "{error}");
    assert_eq!(std::fs::read_to_string(folder.join("samsyn.db")).unwrap(), text);
    std::fs::remove_dir_all(folder).unwrap();
}

#[tokio::test]
async fn a_server_out_of_reach_is_named_without_the_password() {
    for (url, told) in [
        ("postgres://kim:hemligt@127.0.0.1:1/samsyn", "Ingen kontakt med databasservern 127.0.0.1:1, databasen samsyn"),
        (
            "postgres://kim:hemligt@finns-inte.invalid/samsyn",
            "Ingen kontakt med databasservern finns-inte.invalid:5432",
        ),
        ("mysql:/kim:hemligt", "Adressen till databasservern kan inte tolkas."),
        ("postgres://kim:hemligt@127.0.0.1:port/samsyn", "Adressen till databasservern kan inte tolkas."),
    ] {
        let target = Target::Url(url.into());
        let error = Db::open(&target).await.unwrap_err();
        assert!(error.to_string().starts_with(told), "{error}");
        for shown in [error.to_string(), format!("{error:?}"), format!("{target:?}")] {
            assert!(!shown.contains("hemligt"), "{shown}");
        }
    }
    let Some(server) = base::server() else { return };
    let error = Db::open(&Target::Url(format!("{}/finns_inte", server.rsplit_once('/').unwrap().0))).await.unwrap_err();
    assert!(error.to_string().ends_with("databasen finns_inte: databasen finns inte på servern."), "{error}");
}

/// It may hold personal data.
#[cfg(unix)]
#[tokio::test]
async fn the_file_is_for_its_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let base = Base::sqlite().await;
    let Target::Folder(folder) = &base.target else { unreachable!() };
    base.import(&made::bare("ett"), "2025-01-01").await;
    for file in std::fs::read_dir(folder).unwrap() {
        let file = file.unwrap();
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o077, 0, "{:?}", file.path());
    }
    base.end().await;
}
