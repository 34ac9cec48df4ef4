//! A förbund's facts as known at a moment, and as they stand now.

use crate::db::Db;
use crate::error::Result;
use crate::table::{self, Which};
use samsyn_core::{Access, Facts, for_every_noun};
use std::sync::LazyLock;

/// The facts known at the moment `at_ms` (milliseconds since 1970 UTC; `Datum::ends_ms` of the
/// kännedomsdatum), each noun in the order of its file. Cancelled deltaganden are among them.
pub async fn known_at(db: &Db, access: &Access, at_ms: i64) -> Result<Facts> {
    static SQL: LazyLock<String> = LazyLock::new(|| every_noun(Which::KnownAt));
    read(db.fetch_all(&SQL, vec![access.forbund().into(), at_ms.into()]).await?, 0)
}

/// The last version of every fact, cancelled ones too, each noun in the order of its file: what an
/// export writes, so that it can be imported again.
pub async fn current(db: &Db, access: &Access) -> Result<Facts> {
    static SQL: LazyLock<String> = LazyLock::new(|| every_noun(Which::Current));
    read(db.fetch_all(&SQL, vec![access.forbund().into()]).await?, 1)
}

/// One statement over all nouns: a row of a noun's number and its versions.
pub(crate) fn every_noun(which: Which) -> String {
    let mut selects: Vec<String> = Vec::new();
    macro_rules! add {
        ($($field:ident: $type:ty,)+) => { $(selects.push(table::select::<$type>(selects.len(), which));)+ };
    }
    for_every_noun!(add);
    selects.join(" UNION ALL ")
}

/// Reads the rows of [`every_noun`].
fn read(mut nouns: Vec<(i64, Option<String>)>, skip: usize) -> Result<Facts> {
    nouns.sort_by_key(|noun| noun.0);
    let mut texts = nouns.into_iter().map(|noun| noun.1);
    let mut facts = Facts::default();
    macro_rules! read {
        ($($field:ident: $type:ty,)+) => { $(facts.$field = table::facts(&texts.next().flatten(), skip)?;)+ };
    }
    for_every_noun!(read);
    Ok(facts)
}
