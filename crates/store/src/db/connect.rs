//! Opening a database, seeing that it is ours and of our version, and what its errors mean in Swedish.

use super::{Db, Tx};
use crate::error::{Result, StoreError};
use crate::migration::MIGRATIONS;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection};
use std::fmt;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Where the database is.
#[derive(Clone, PartialEq, Eq)]
pub enum Target {
    /// A data folder; the database is the file `samsyn.db` in it.
    Folder(PathBuf),
    /// The address of a PostgreSQL server, `postgres://…`.
    Url(String),
}

/// The address of a server may hold a password and is not shown.
impl fmt::Debug for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Target::Folder(folder) => f.debug_tuple("Folder").field(folder).finish(),
            Target::Url(_) => f.write_str("Url(…)"),
        }
    }
}

/// How long to wait for another program that writes.
const BUSY: Duration = Duration::from_secs(30);
/// How long to wait for a server to answer.
const CONTACT: Duration = Duration::from_secs(10);

impl Db {
    /// Opens the database, makes it if there is none, and brings it up to this program's version.
    pub async fn open(target: &Target) -> Result<Db> {
        let db = match target {
            Target::Folder(folder) => file(folder)?,
            Target::Url(url) => server(url).await?,
        };
        let name = db.place(target);
        db.migrate().await.map_err(|error| in_place(error, &name))?;
        Ok(db)
    }

    /// Opens the database as [`Db::open`] does, but makes none where there is none.
    pub async fn open_existing(target: &Target) -> Result<Db> {
        if let Target::Folder(folder) = target
            && !folder.join(FILE).is_file()
        {
            return Err(StoreError::Missing(folder.display().to_string()));
        }
        Db::open(target).await
    }

    fn place(&self, target: &Target) -> String {
        match target {
            Target::Folder(folder) => folder.join(FILE).display().to_string(),
            Target::Url(url) => address(url).map_or_else(|_| String::new(), |options| server_name(&options)),
        }
    }

    pub(super) async fn migrate(&self) -> Result<()> {
        let newest = MIGRATIONS.len() as i64;
        let found = match self.fetch_all::<(Option<i64>,)>(NEWEST, Vec::new()).await {
            Ok(rows) => rows.first().and_then(|row| row.0).unwrap_or(0),
            Err(StoreError::Database(message)) if message.contains(NO_TABLE) => 0,
            Err(error) => return Err(error),
        };
        if found > newest {
            return Err(StoreError::Newer(found, newest));
        }
        if found == newest {
            return Ok(());
        }
        let mut tx = self.transaction().await?;
        tx.alone().await?;
        tx.execute("CREATE TABLE IF NOT EXISTS migrering (nr BIGINT NOT NULL PRIMARY KEY)", Vec::new()).await?;
        let rows = tx.fetch_all::<(Option<i64>,)>(NEWEST, Vec::new()).await?;
        let found = rows.first().and_then(|row| row.0).unwrap_or(0);
        for (nr, sql) in (1..).zip(MIGRATIONS).filter(|(nr, _)| *nr > found) {
            tx.script(sql).await?;
            tx.execute("INSERT INTO migrering (nr) VALUES ($1)", vec![nr.into()]).await?;
        }
        tx.commit().await
    }
}

impl Tx {
    /// Waits until no other process migrates. On SQLite a transaction is already alone.
    async fn alone(&mut self) -> Result<()> {
        match self {
            Tx::Sqlite(_) => Ok(()),
            Tx::Pg(_) => self.execute("SELECT pg_advisory_xact_lock(7325411)", Vec::new()).await.map(drop),
        }
    }

    /// Runs the statements of a migration.
    async fn script(&mut self, sql: &str) -> Result<()> {
        match self {
            Tx::Sqlite(tx) => {
                let sql = sql.replace("/* klustrad */", "WITHOUT ROWID");
                sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut **tx).await.map(drop)
            }
            Tx::Pg(tx) => sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut **tx).await.map(drop),
        }
        .map_err(told)
    }
}

pub(super) const FILE: &str = "samsyn.db";
const NEWEST: &str = "SELECT max(nr) FROM migrering";
/// Stands in the error of a statement about a table that does not exist.
const NO_TABLE: &str = "migrering";

/// The file in the data folder, made if it is missing; for its owner's eyes only, since it may hold
/// personal data.
pub(super) fn file(folder: &Path) -> Result<Db> {
    let told = |error: std::io::Error| StoreError::Folder(folder.to_owned(), io_told(&error));
    std::fs::create_dir_all(folder).map_err(told)?;
    let path = folder.join(FILE);
    let mut file = std::fs::OpenOptions::new();
    file.read(true).append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut file, 0o600);
    file.open(&path).map_err(told)?;
    let options = SqliteConnectOptions::new()
        .filename(&path)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(BUSY)
        .pragma("temp_store", "memory")
        // What is removed is written over, in the pages that are kept too.
        .pragma("secure_delete", "1")
        .disable_statement_logging();
    let readers = options.clone().pragma("query_only", "1");
    Ok(Db::Sqlite {
        read: SqlitePoolOptions::new().max_connections(4).connect_lazy_with(readers),
        write: SqlitePoolOptions::new().max_connections(1).connect_lazy_with(options),
    })
}

/// The server, once it has answered: a pool would go on trying and never say what is wrong.
async fn server(url: &str) -> Result<Db> {
    let options = address(url)?.disable_statement_logging();
    let contact = |why: String| StoreError::Contact(server_name(&options), why);
    let connection = tokio::time::timeout(CONTACT, sqlx::PgConnection::connect_with(&options))
        .await
        .map_err(|_| contact("den svarar inte".into()))?
        .map_err(|error| contact(contact_told(&error)))?;
    connection.close().await.map_err(told)?;
    Ok(Db::Pg(PgPoolOptions::new().max_connections(8).connect_lazy_with(options)))
}

fn address(url: &str) -> Result<PgConnectOptions> {
    let ours = url.starts_with("postgres://") || url.starts_with("postgresql://");
    if ours { url.parse().map_err(|_| StoreError::Address) } else { Err(StoreError::Address) }
}

fn server_name(options: &PgConnectOptions) -> String {
    let database = options.get_database().unwrap_or(options.get_username());
    match options.get_socket() {
        Some(socket) => format!("{}, databasen {database}", socket.display()),
        None => format!("{}:{}, databasen {database}", options.get_host(), options.get_port()),
    }
}

fn contact_told(error: &sqlx::Error) -> String {
    match error {
        sqlx::Error::Io(io) => io_told(io),
        sqlx::Error::Database(database) => match database.code().as_deref() {
            Some("28P01" | "28000") => "användaren släpps inte in; se över namn och lösenord".into(),
            Some("3D000") => "databasen finns inte på servern".into(),
            Some("53300") => "servern har för många förbindelser".into(),
            Some("57P03") => "servern håller på att starta".into(),
            _ => database.message().to_owned(),
        },
        sqlx::Error::Tls(_) => "den krypterade förbindelsen kunde inte upprättas".into(),
        _ => "förbindelsen kunde inte upprättas".into(),
    }
}

pub(super) fn io_told(error: &std::io::Error) -> String {
    match error.kind() {
        ErrorKind::PermissionDenied => "rättighet saknas".into(),
        ErrorKind::NotFound => "den finns inte".into(),
        ErrorKind::ReadOnlyFilesystem => "den kan inte skrivas".into(),
        ErrorKind::AlreadyExists | ErrorKind::NotADirectory => "det är en fil och ingen mapp".into(),
        ErrorKind::IsADirectory => "samsyn.db är en mapp".into(),
        ErrorKind::StorageFull => "disken är full".into(),
        ErrorKind::ConnectionRefused => "ingen svarar på den porten".into(),
        ErrorKind::TimedOut => "den svarar inte".into(),
        _ => "den kan inte nås".into(),
    }
}

/// What an error of the database means. SQLite has numbers, PostgreSQL five characters.
pub(super) fn told(error: sqlx::Error) -> StoreError {
    let sqlx::Error::Database(database) = &error else {
        return match &error {
            sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::WorkerCrashed => {
                StoreError::Database("förbindelsen bröts".into())
            }
            _ => StoreError::Database(error.to_string()),
        };
    };
    let code = database.code().unwrap_or_default();
    let sqlite = if code.len() < 5 { code.parse::<u32>().ok().map(|number| number & 0xff) } else { None };
    match (sqlite, &*code) {
        (Some(5 | 6), _) | (None, "40001" | "40P01" | "55P03") => StoreError::Busy,
        (Some(13), _) | (None, "53100") => StoreError::Full,
        (Some(8), _) | (None, "25006") => StoreError::ReadOnly,
        (Some(11), _) => StoreError::Damaged("samsyn.db", "filen är trasig".into()),
        (Some(26), _) => StoreError::NotADatabase(String::new()),
        _ => StoreError::Database(database.message().to_owned()),
    }
}

/// Names the place in an error that lacks it.
pub(super) fn in_place(error: StoreError, name: &str) -> StoreError {
    match error {
        StoreError::NotADatabase(_) => StoreError::NotADatabase(name.to_owned()),
        other => other,
    }
}
