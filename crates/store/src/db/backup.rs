//! Copies of a whole database, and bringing one back while others use it.

use super::connect::{FILE, file, in_place, io_told, told};
use super::{Db, arguments};
use crate::error::{Result, StoreError};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, PgPool, Sqlite};
use std::path::{Path, PathBuf};

/// The folder, beside the database, where a copy is made ready before it is brought back.
const READY: &str = "aterstallning";

impl Db {
    /// Writes a copy of the database, as it is at one moment, to a file that must not exist. Others may
    /// read and write meanwhile. The copy is complete when it has its name.
    pub async fn backup(&self, path: &Path) -> Result<()> {
        let options = match self {
            Db::Sqlite { read, .. } => read.connect_options(),
            Db::Pg(pool) => return Err(StoreError::ServerCopies(command("pg_dump --format=custom", pool))),
        };
        let failed = |why: String| StoreError::Copy(path.to_owned(), why);
        if path.exists() {
            return Err(failed("filen finns redan".into()));
        }
        let name = path.file_name().ok_or_else(|| failed("det är inget filnamn".into()))?.to_string_lossy();
        let part = path.with_file_name(format!(".{name}.{}.del", std::process::id()));
        let written = write(&options, &part).await.and_then(|()| {
            // Looked at once more: the copying may have taken its time.
            if path.exists() {
                return Err(failed("filen finns redan".into()));
            }
            std::fs::rename(&part, path).map_err(|error| failed(io_told(&error)))
        });
        if written.is_err() {
            let _ = std::fs::remove_file(&part);
        }
        written?;
        // The name is in the folder, which is to reach the disk too; not every system lets a folder be opened.
        if let Some(Ok(folder)) = path.parent().map(|folder| std::fs::File::open(named(folder))) {
            let _ = folder.sync_all();
        }
        Ok(())
    }

    /// Replaces everything in the database by what a copy holds, in one transaction: whoever reads sees all
    /// of the old or all of the new. The copy may come from an older version of the program, and is itself
    /// left as it is. Ends all sessions and unused links, and begins a new round (`databas.omgang`).
    pub async fn restore(&self, path: &Path) -> Result<()> {
        let options = match self {
            Db::Sqlite { write, .. } => write.connect_options(),
            Db::Pg(pool) => {
                return Err(StoreError::ServerCopies(command("pg_restore --clean --single-transaction", pool)));
            }
        };
        let live = options.get_filename();
        let folder = named(live.parent().unwrap_or(Path::new(""))).join(READY);
        let _ = std::fs::remove_dir_all(&folder);
        let done = bring_back(&options, path, &folder).await;
        let _ = std::fs::remove_dir_all(&folder);
        done
    }
}

/// A folder that can be opened: the one we stand in has no name.
fn named(folder: &Path) -> PathBuf {
    if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder.to_owned() }
}

/// The command that does on a server what is done here in a file; without the password.
fn command(program: &str, pool: &PgPool) -> String {
    let options = pool.connect_options();
    let database = options.get_database().unwrap_or(options.get_username());
    let (host, port, user) = (options.get_host(), options.get_port(), options.get_username());
    match program.starts_with("pg_dump") {
        true => format!("{program} --file=samsyn.dump --host={host} --port={port} --username={user} {database}"),
        false => format!("{program} --dbname={database} --host={host} --port={port} --username={user} samsyn.dump"),
    }
}

/// Writes the copy and sees that it is on the disk. Its owner alone may read it.
async fn write(options: &SqliteConnectOptions, part: &Path) -> Result<()> {
    let failed = |error: std::io::Error| StoreError::Copy(part.to_owned(), io_told(&error));
    let text = part.to_str().ok_or_else(|| StoreError::Copy(part.to_owned(), "namnet kan inte användas".into()))?;
    let _ = std::fs::remove_file(part);
    let mut file = std::fs::OpenOptions::new();
    file.read(true).write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut file, 0o600);
    let file = file.open(part).map_err(failed)?;
    // A connection of its own: those that read refuse this, and the one that writes is for those who write.
    let mut connection = options.clone().pragma("query_only", "0").connect().await.map_err(told)?;
    let copied = run(&mut connection, "VACUUM INTO $1", &[text]).await;
    connection.close().await.map_err(told)?;
    copied?;
    file.sync_all().map_err(failed)
}

/// Makes a copy of the copy ready in `folder`, at this program's version, and replaces the contents by it.
async fn bring_back(options: &SqliteConnectOptions, path: &Path, folder: &Path) -> Result<()> {
    let name = path.display().to_string();
    let live = options.get_filename();
    if !path.is_file() {
        return Err(StoreError::Copy(path.to_owned(), "den finns inte".into()));
    }
    if same(path, live) {
        return Err(StoreError::Copy(path.to_owned(), "det är databasen själv".into()));
    }
    let copy = folder.join(FILE);
    let ready = file(folder)?;
    let failed = |error: std::io::Error| StoreError::Copy(path.to_owned(), io_told(&error));
    take(path, &copy).map_err(failed)?;
    let checked = check(&ready).await;
    ready.close().await;
    checked.map_err(|error| match in_place(error, &name) {
        StoreError::Damaged(..) => StoreError::Copy(path.to_owned(), "den är trasig".into()),
        other => other,
    })?;

    let text = copy.to_str().ok_or_else(|| StoreError::Copy(copy.clone(), "namnet kan inte användas".into()))?;
    // The copy has been checked, so rows need not be looked up one by one.
    let mut connection = options.clone().foreign_keys(false).connect().await.map_err(told)?;
    let replaced = replace(&mut connection, text).await;
    // Closing undoes what is not confirmed.
    connection.close().await.map_err(told)?;
    replaced
}

/// Takes the file, and what may stand in its log, into the empty one that is ready for it.
fn take(path: &Path, copy: &Path) -> std::io::Result<()> {
    let with = |path: &Path, ending: &str| PathBuf::from(format!("{}{ending}", path.display()));
    for ending in ["", "-wal"] {
        let (from, to) = (with(path, ending), with(copy, ending));
        if ending.is_empty() || from.is_file() {
            let mut options = std::fs::OpenOptions::new();
            options.write(true).create(true).truncate(true);
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            std::io::copy(&mut std::fs::File::open(from)?, &mut options.open(to)?)?;
        }
    }
    Ok(())
}

/// Sees that a database is ours and whole, and brings it up to this program's version.
async fn check(ready: &Db) -> Result<()> {
    let version: Option<(Option<i64>,)> = match ready.first("SELECT max(nr) FROM migrering", Vec::new()).await {
        Err(StoreError::Database(_)) => None,
        other => other?,
    };
    if version.is_none_or(|row| row.0.is_none()) {
        return Err(StoreError::NotADatabase(String::new()));
    }
    let damaged = || StoreError::Damaged(FILE, String::new());
    let whole: Vec<(String,)> = ready.fetch_all("PRAGMA integrity_check", Vec::new()).await.map_err(|_| damaged())?;
    if whole != [("ok".to_owned(),)] {
        return Err(damaged());
    }
    ready.migrate().await?;
    let lost: Vec<(String,)> = ready.fetch_all("SELECT \"table\" FROM pragma_foreign_key_check", Vec::new()).await?;
    if lost.is_empty() { Ok(()) } else { Err(damaged()) }
}

/// Replaces every row by those of the copy.
async fn replace(connection: &mut SqliteConnection, copy: &str) -> Result<()> {
    run(connection, "ATTACH DATABASE $1 AS kopia", &[copy]).await?;
    let mut tx = connection.begin_with("BEGIN IMMEDIATE").await.map_err(told)?;
    let tables = "SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' \
                  AND name NOT IN ('migrering', 'databas')";
    for table in names(&mut tx, tables).await? {
        let columns = format!("SELECT name FROM pragma_table_info('{table}')");
        let columns = names(&mut tx, &columns).await?.join(", ");
        run(&mut tx, &format!("DELETE FROM main.{table}"), &[]).await?;
        let insert = format!("INSERT INTO main.{table} ({columns}) SELECT {columns} FROM kopia.{table}");
        run(&mut tx, &insert, &[]).await?;
    }
    for sql in [
        "DELETE FROM main.session",
        "DELETE FROM main.lank WHERE anvand_ms IS NULL",
        "UPDATE main.databas SET omgang = max(databas.omgang, k.omgang) + 1, \
         anvandare = max(databas.anvandare, k.anvandare), loggrader = max(databas.loggrader, k.loggrader), \
         forslag = max(databas.forslag, k.forslag) FROM kopia.databas k WHERE databas.nr = 1 AND k.nr = 1",
    ] {
        run(&mut tx, sql, &[]).await?;
    }
    tx.commit().await.map_err(told)
}

async fn names(connection: &mut SqliteConnection, sql: &str) -> Result<Vec<String>> {
    let rows: Vec<(String,)> = sqlx::query_as(AssertSqlSafe(sql)).fetch_all(connection).await.map_err(told)?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

async fn run(connection: &mut SqliteConnection, sql: &str, texts: &[&str]) -> Result<()> {
    let params = arguments::<Sqlite>(texts.iter().map(|text| (*text).into()))?;
    sqlx::query_with(AssertSqlSafe(sql), params).execute(connection).await.map(drop).map_err(told)
}

fn same(a: &Path, b: &Path) -> bool {
    matches!((a.canonicalize(), b.canonicalize()), (Ok(a), Ok(b)) if a == b)
}
