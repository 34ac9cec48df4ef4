//! Seeing to it that what has been removed is no longer in the database's own files.

use super::Db;
use super::connect::told;
use crate::error::Result;
use sqlx::sqlite::SqliteConnection;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection};
use std::time::Duration;

/// The tables that inskrivningar are removed from.
const TABLES: [&str; 8] =
    ["deltagande", "fil", "import_fil", "forslag_fil", "version_del", "gallringsbeslut_rad", "logg", "handelse"];

/// How long to wait for others who read or write: someone waits for the answer, and it can be done again.
const WAIT: Duration = Duration::from_secs(5);

impl Db {
    /// Writes the database anew without what has been removed, and empties its log. Whether all of it was done: a
    /// reader who does not finish keeps the log.
    ///
    /// In a file: rows that were changed or removed before the program wrote over them may be left in pages that are
    /// used for something else, so the file is rewritten. On a server: the tables are rewritten; its own log and its
    /// archives are the server's to keep.
    pub async fn clean(&self) -> Result<bool> {
        match self {
            Db::Sqlite { write, .. } => {
                // On disk, so that a large database needs no memory of its own size.
                let options = write.connect_options().as_ref().clone().pragma("temp_store", "file").busy_timeout(WAIT);
                let mut connection = options.connect().await.map_err(told)?;
                let done = rewrite(&mut connection).await;
                connection.close().await.map_err(told)?;
                done
            }
            Db::Pg(pool) => {
                for table in TABLES {
                    let sql = format!("VACUUM FULL {table}");
                    sqlx::raw_sql(AssertSqlSafe(sql)).execute(pool).await.map_err(told)?;
                }
                Ok(true)
            }
        }
    }
}

async fn rewrite(connection: &mut SqliteConnection) -> Result<bool> {
    sqlx::raw_sql("VACUUM").execute(&mut *connection).await.map_err(told)?;
    let (busy, _, _): (i64, i64, i64) =
        sqlx::query_as("PRAGMA wal_checkpoint(TRUNCATE)").fetch_one(connection).await.map_err(told)?;
    Ok(busy == 0)
}
