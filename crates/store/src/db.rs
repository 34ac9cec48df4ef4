//! The only module that knows which database there is: connections, parameters, queries, transactions.
//!
//! One SQL text serves both, with `$1` placeholders, `CAST` and never `::`. What differs stands here and
//! in [`connect`]: how a transaction begins, how many parameters a statement takes, what an error means.

mod backup;
mod clean;
mod connect;
mod param;

pub use connect::Target;
pub use param::Param;

use crate::error::Result;
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{Arguments, AssertSqlSafe, Database, Encode, FromRow, PgPool, Postgres, Sqlite, SqlitePool, Type};
use std::fmt::Write;
use std::sync::Arc;

/// An open database.
#[derive(Clone, Debug)]
pub enum Db {
    /// A file in the data folder. Reading connections refuse to write; there is one writer.
    Sqlite {
        /// Connections that read.
        read: SqlitePool,
        /// The connection that writes.
        write: SqlitePool,
    },
    /// A PostgreSQL server.
    Pg(PgPool),
}

/// A transaction that writes. Dropped without [`Tx::commit`] it leaves no trace.
#[derive(Debug)]
pub enum Tx {
    /// In a file.
    Sqlite(sqlx::Transaction<'static, Sqlite>),
    /// On a server.
    Pg(sqlx::Transaction<'static, Postgres>),
}

/// A row that can be read from either database.
pub trait Row: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin {}
impl<T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin> Row for T {}

/// A database whose statements take a [`Param`].
trait Takes: Database {
    fn add(arguments: &mut Self::Arguments, param: Param) -> Result<()>;
}

impl<D: Database> Takes for D
where
    Option<i64>: Encode<'static, D> + Type<D>,
    Option<Arc<str>>: Encode<'static, D> + Type<D>,
    Vec<u8>: Encode<'static, D> + Type<D>,
{
    fn add(arguments: &mut D::Arguments, param: Param) -> Result<()> {
        match param {
            Param::Int(number) => arguments.add(number),
            Param::Text(text) => arguments.add(text),
            Param::Bytes(bytes) => arguments.add(bytes),
        }
        .map_err(|error| connect::told(sqlx::Error::Encode(error)))
    }
}

fn arguments<D: Takes>(params: impl IntoIterator<Item = Param>) -> Result<D::Arguments> {
    let mut arguments = D::Arguments::default();
    for param in params {
        D::add(&mut arguments, param)?;
    }
    Ok(arguments)
}

macro_rules! fetch {
    ($database:ty, $on:expr, $sql:expr, $params:expr) => {
        sqlx::query_as_with(AssertSqlSafe($sql), arguments::<$database>($params)?)
            .fetch_all($on)
            .await
            .map_err(connect::told)
    };
}

impl Db {
    /// All rows of a reading statement.
    pub async fn fetch_all<T: Row>(&self, sql: &str, params: Vec<Param>) -> Result<Vec<T>> {
        match self {
            Db::Sqlite { read, .. } => fetch!(Sqlite, read, sql, params),
            Db::Pg(pool) => fetch!(Postgres, pool, sql, params),
        }
    }

    /// The first row of a reading statement.
    pub async fn first<T: Row>(&self, sql: &str, params: Vec<Param>) -> Result<Option<T>> {
        Ok(self.fetch_all(sql, params).await?.into_iter().next())
    }

    /// Runs one statement as a transaction of its own; how many rows it touched.
    pub async fn execute(&self, sql: &str, params: Vec<Param>) -> Result<u64> {
        let mut tx = self.transaction().await?;
        let touched = tx.execute(sql, params).await?;
        tx.commit().await?;
        Ok(touched)
    }

    /// Begins to read what must hang together. Takes no lock from one who writes; it is to be rolled back.
    pub async fn reading(&self) -> Result<Tx> {
        match self {
            Db::Sqlite { read, .. } => read.begin().await.map(Tx::Sqlite),
            Db::Pg(pool) => pool.begin().await.map(Tx::Pg),
        }
        .map_err(connect::told)
    }

    /// Begins to write. On SQLite the lock is taken at once, so that what is read on the way is what is
    /// written upon; on PostgreSQL writers of one förbund meet at its row.
    pub async fn transaction(&self) -> Result<Tx> {
        match self {
            Db::Sqlite { write, .. } => write.begin_with("BEGIN IMMEDIATE").await.map(Tx::Sqlite),
            Db::Pg(pool) => pool.begin().await.map(Tx::Pg),
        }
        .map_err(connect::told)
    }

    /// Closes every connection. Without it a process that ends leaves the WAL file beside the database,
    /// which does no harm.
    pub async fn close(&self) {
        match self {
            Db::Sqlite { read, write } => {
                read.close().await;
                write.close().await;
            }
            Db::Pg(pool) => pool.close().await,
        }
    }
}

/// How many rows a statement adds at a time: measured. Fewer cost more messages, more cost more parsing.
/// Far under what a statement takes (32 766 parameters on SQLite, 65 535 on PostgreSQL).
const SQLITE_ROWS: usize = 150;
const PG_ROWS: usize = 500;

impl Tx {
    /// All rows of a statement.
    pub async fn fetch_all<T: Row>(&mut self, sql: &str, params: Vec<Param>) -> Result<Vec<T>> {
        match self {
            Tx::Sqlite(tx) => fetch!(Sqlite, &mut **tx, sql, params),
            Tx::Pg(tx) => fetch!(Postgres, &mut **tx, sql, params),
        }
    }

    /// The first row of a statement.
    pub async fn first<T: Row>(&mut self, sql: &str, params: Vec<Param>) -> Result<Option<T>> {
        Ok(self.fetch_all(sql, params).await?.into_iter().next())
    }

    /// Runs a statement; how many rows it touched.
    pub async fn execute(&mut self, sql: &str, params: Vec<Param>) -> Result<u64> {
        match self {
            Tx::Sqlite(tx) => {
                let query = sqlx::query_with(AssertSqlSafe(sql), arguments::<Sqlite>(params)?);
                query.execute(&mut **tx).await.map(|done| done.rows_affected())
            }
            Tx::Pg(tx) => {
                let query = sqlx::query_with(AssertSqlSafe(sql), arguments::<Postgres>(params)?);
                query.execute(&mut **tx).await.map(|done| done.rows_affected())
            }
        }
        .map_err(connect::told)
    }

    /// Runs `before (…), (…) after` with some rows of `width` values at a time.
    /// `written` is told after each batch how many rows are done; how many the database touched.
    ///
    /// While the database works on one batch the next is made ready.
    pub async fn many<R>(
        &mut self,
        (before, width, after): (&str, usize, &str),
        rows: impl Iterator<Item = Result<R>>,
        mut written: impl FnMut(usize),
    ) -> Result<u64>
    where
        R: IntoIterator<Item = Param>,
    {
        macro_rules! batches {
            ($database:ty, $tx:expr, $size:expr, $place:expr) => {{
                let (size, mut rows, mut sql) = ($size, rows, (0, String::new()));
                let (mut ready, mut count) = batch::<$database, R>(&mut rows, size, width)?;
                let (mut touched, mut done) = (0, 0);
                while count > 0 {
                    if sql.0 != count {
                        sql = (count, values(before, width, count, after, $place));
                    }
                    let run = sqlx::query_with(AssertSqlSafe(&*sql.1), ready).execute(&mut **$tx);
                    let (ran, next) = tokio::join!(run, async { batch::<$database, R>(&mut rows, size, width) });
                    touched += ran.map_err(connect::told)?.rows_affected();
                    done += count;
                    written(done);
                    (ready, count) = next?;
                }
                Ok(touched)
            }};
        }
        match self {
            // SQLite looks a numbered placeholder up by its name, one after the other.
            Tx::Sqlite(tx) => batches!(Sqlite, tx, SQLITE_ROWS, |sql, _| sql.push('?')),
            Tx::Pg(tx) => batches!(Postgres, tx, PG_ROWS, |sql, number| {
                // Writing to a string cannot fail.
                let _ = write!(sql, "${number}");
            }),
        }
    }

    /// Makes everything written since [`Db::transaction`] lasting.
    pub async fn commit(self) -> Result<()> {
        match self {
            Tx::Sqlite(tx) => tx.commit().await,
            Tx::Pg(tx) => tx.commit().await,
        }
        .map_err(connect::told)
    }

    /// Undoes everything written since [`Db::transaction`].
    pub async fn rollback(self) -> Result<()> {
        match self {
            Tx::Sqlite(tx) => tx.rollback().await,
            Tx::Pg(tx) => tx.rollback().await,
        }
        .map_err(connect::told)
    }
}

/// The parameters of up to `size` rows of `width` values, and how many rows there were.
fn batch<D: Takes, R: IntoIterator<Item = Param>>(
    rows: &mut impl Iterator<Item = Result<R>>,
    size: usize,
    width: usize,
) -> Result<(D::Arguments, usize)> {
    let mut arguments = D::Arguments::default();
    arguments.reserve(size * width, 0);
    let mut count = 0;
    for row in rows.take(size) {
        for param in row? {
            D::add(&mut arguments, param)?;
        }
        count += 1;
    }
    Ok((arguments, count))
}

/// `before ($1, $2), ($3, $4) after`; `place` writes a placeholder.
fn values(before: &str, width: usize, rows: usize, after: &str, place: impl Fn(&mut String, usize)) -> String {
    let mut sql = String::with_capacity(before.len() + rows * width * 7 + after.len());
    sql.push_str(before);
    for number in 1..=rows * width {
        sql.push_str(match (number, (number - 1) % width) {
            (1, _) => " (",
            (_, 0) => "), (",
            _ => ", ",
        });
        place(&mut sql, number);
    }
    sql.push_str(") ");
    sql.push_str(after);
    sql
}
