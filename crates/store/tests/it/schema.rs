//! The schema is written by hand; it must have a table for every noun with the noun's fields.

use crate::base::Base;
use samsyn_core::{Fact, Stored, for_every_noun};

/// Name, type, whether it must be filled in, and its place in the key, from 1.
type Column = (String, String, bool, i64);

/// The columns that a noun's table is to have.
fn expected<F: Fact>() -> Vec<Column> {
    let last = F::KEY.len() as i64 + 2;
    let head = [
        ("forbund", "BIGINT", true, 1),
        ("ordning", "BIGINT", true, 0),
        ("known", "BIGINT", true, last),
        ("ended", "BIGINT", false, 0),
        ("handelse", "BIGINT", true, last + 1),
        ("handelse_slut", "BIGINT", false, 0),
    ];
    let fields = F::FIELDS.iter().enumerate().map(|(i, name)| {
        let of = if matches!(F::NULLS[i], Stored::Int(_)) { "BIGINT" } else { "TEXT" };
        let key = F::KEY.iter().position(|&field| field == i).map_or(0, |at| at as i64 + 2);
        (*name, of, F::REQUIRED[i], key)
    });
    let own = |(name, of, required, key): (&str, &str, bool, i64)| (name.to_owned(), of.to_owned(), required, key);
    head.into_iter().chain(fields).map(own).collect()
}

/// PostgreSQL has the same text, so one look is enough. The order of the key does not matter for what is
/// stored, only for speed; that of a key's fields is the noun's.
#[tokio::test]
async fn every_noun_has_its_table() {
    let base = Base::sqlite().await;
    macro_rules! check {
        ($($field:ident: $type:ty,)+) => { $(
            let table = <$type>::TABLE;
            let sql = "SELECT name, type, \"notnull\" = 1, pk FROM pragma_table_info($1) ORDER BY cid";
            let found: Vec<Column> = base.db.fetch_all(sql, vec![table.into()]).await.unwrap();
            assert_eq!(found, expected::<$type>(), "{table}");
        )+ };
    }
    for_every_noun!(check);
    base.end().await;
}
