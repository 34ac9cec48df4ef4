//! The row about the database itself: numbers that are given out once.

use crate::db::Tx;
use crate::error::{Result, StoreError};

/// What has numbers of its own, over all förbund.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Number {
    Anvandare,
    Logg,
    Forslag,
}

/// The next number. No other writer gets one of any kind until the transaction ends.
pub(crate) async fn next(tx: &mut Tx, of: Number) -> Result<i64> {
    let column = match of {
        Number::Anvandare => "anvandare",
        Number::Logg => "loggrader",
        Number::Forslag => "forslag",
    };
    let sql = format!("UPDATE databas SET {column} = {column} + 1 WHERE nr = 1 RETURNING {column}");
    let row: Option<(i64,)> = tx.first(&sql, Vec::new()).await?;
    row.map(|row| row.0).ok_or_else(|| StoreError::Damaged("databas", "raden saknas".into()))
}
