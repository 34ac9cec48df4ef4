//! A noun's table: the SQL that reads its versions as one text, and that adds and ends versions. Works
//! for every noun from [`Fact`]'s names alone.
//!
//! Reading row by row costs more than the database's own work, so the database joins the versions into
//! one text per noun: columns with [`COLUMN`] between, rows with [`ROW`] between. Neither can stand in a
//! stored text; writing sees to that. One noun of one förbund is then at most 1 GB, some five million
//! deltaganden.

use crate::db::Param;
use crate::error::{Result, StoreError};
use samsyn_core::known::{Current, NewVersion};
use samsyn_core::{Fact, Stored};
use std::collections::HashMap;

/// Between columns.
pub const COLUMN: char = '\u{1f}';
/// Between rows.
pub const ROW: char = '\u{1e}';
/// The longest key that an index of either database takes, in bytes.
const MAX_KEY: usize = 2_000;

/// Which versions to read. `$1` is the förbund.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// Those known at the moment `$2`.
    KnownAt,
    /// The last of each fact.
    Current,
    /// Those of facts that have ended without a successor.
    Ended,
    /// All.
    Every,
}

/// One row of `noun` (a number) and the text of its versions.
pub fn select<F: Fact>(noun: usize, which: Which) -> String {
    select_some::<F>(noun, which, "")
}

/// The same, with a further condition: empty, or beginning with ` AND `.
pub fn select_some<F: Fact>(noun: usize, which: Which, filter: &str) -> String {
    let table = F::TABLE;
    let same: String = F::KEY.iter().map(|&i| format!(" AND c.{0} = {table}.{0}", F::FIELDS[i])).collect();
    let no_last = format!(
        " AND ended > known AND NOT EXISTS (SELECT 1 FROM {table} c WHERE c.forbund = $1{same} AND c.ended IS NULL)"
    );
    let condition = match which {
        Which::KnownAt => " AND known <= $2 AND (ended IS NULL OR ended > $2)",
        Which::Current => " AND ended IS NULL",
        Which::Ended => &no_last,
        Which::Every => "",
    };
    let mut columns = vec!["ordning".to_owned()];
    let filled = |column: &str| format!("coalesce(CAST({column} AS TEXT), '')");
    let field = |i: usize| match (&F::NULLS[i], F::REQUIRED[i]) {
        (_, true) => F::FIELDS[i].to_owned(),
        (Stored::Text(_), false) => format!("coalesce({}, '')", F::FIELDS[i]),
        (Stored::Int(_), false) => filled(F::FIELDS[i]),
    };
    match which {
        Which::KnownAt => {}
        Which::Current => columns.push("known".into()),
        Which::Ended => columns.push("ended".into()),
        Which::Every => columns.extend(["known".into(), filled("ended"), "handelse".into(), filled("handelse_slut")]),
    }
    columns.extend((0..F::FIELDS.len()).map(field));
    let row = columns.join(", ");
    format!(
        "SELECT CAST({noun} AS BIGINT) AS noun, string_agg(concat_ws('{COLUMN}', {row}), '{ROW}') AS versions \
         FROM {table} WHERE forbund = $1{condition}{filter}"
    )
}

/// The columns of a row, in turn.
pub struct Cells<'a>(Option<&'a str>);

impl<'a> Iterator for Cells<'a> {
    type Item = &'a str;

    /// A plain loop: columns are a few bytes, for which a general search costs more than it saves.
    fn next(&mut self) -> Option<&'a str> {
        let left = self.0?;
        let end = left.bytes().position(|byte| byte == COLUMN as u8);
        self.0 = end.map(|end| &left[end + 1..]);
        Some(end.map_or(left, |end| &left[..end]))
    }
}

/// Walks the rows that [`select`] gave.
pub fn rows(text: &Option<String>) -> impl Iterator<Item = Cells<'_>> {
    text.iter().flat_map(|text| text.split(ROW)).map(|row| Cells(Some(row)))
}

/// The next column as a number; `None` when it is null or no number.
pub fn number(cells: &mut Cells<'_>) -> Option<i64> {
    cells.next()?.parse().ok()
}

/// What is said when a row of this noun cannot be read back.
pub fn damaged<F: Fact>() -> StoreError {
    StoreError::Damaged(F::TABLE, "en rad kan inte läsas".into())
}

/// Facts in the order of their file, from rows of `ordning`, `skip` columns and the fields.
pub fn facts<F: Fact>(text: &Option<String>, skip: usize) -> Result<Vec<F>> {
    let read = |mut cells: Cells<'_>| {
        let order = number(&mut cells)?;
        cells.by_ref().take(skip).for_each(drop);
        Some((order, F::load(&mut cells)?))
    };
    let read: Option<Vec<(i64, F)>> = rows(text).map(read).collect();
    read.map(in_order).ok_or_else(damaged::<F>)
}

/// Sorts by the order of the file, then by key.
pub fn in_order<F: Fact>(mut facts: Vec<(i64, F)>) -> Vec<F> {
    facts.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.key().cmp(&b.1.key())));
    facts.into_iter().map(|(_, fact)| fact).collect()
}

/// The last version of each fact, by key, from rows of `ordning`, `known` and fields.
pub fn current<F: Fact>(text: &Option<String>) -> Result<HashMap<String, Current<F>>> {
    let read = |mut cells: Cells<'_>| {
        let (order, known) = (number(&mut cells)?, number(&mut cells)?);
        let fact = F::load(&mut cells)?;
        Some((fact.key(), Current { known, order, fact }))
    };
    rows(text).map(|cells| read(cells).ok_or_else(damaged::<F>)).collect()
}

/// When each fact last ended, by key, from rows of `ordning`, `ended` and fields.
pub fn latest_end<F: Fact>(text: &Option<String>) -> Result<HashMap<String, i64>> {
    let mut latest = HashMap::new();
    for mut cells in rows(text) {
        let read = |cells: &mut Cells<'_>| {
            number(cells)?;
            Some((number(cells)?, F::load(cells)?.key()))
        };
        let (ended, key) = read(&mut cells).ok_or_else(damaged::<F>)?;
        let known = latest.entry(key).or_insert(ended);
        *known = ended.max(*known);
    }
    Ok(latest)
}

/// A fact's key in SQL, as [`Fact::key`] writes it. An amount is kept in öre and written in kronor.
pub fn key_text<F: Fact>() -> String {
    let part = |&i: &usize| match F::NULLS[i] {
        Stored::Text(_) => F::FIELDS[i].to_owned(),
        Stored::Int(_) if F::ORE[i] => format!(
            "(CASE WHEN {0} < 0 THEN '-' ELSE '' END || CAST(abs({0}) / 100 AS TEXT) || CASE WHEN abs({0}) % 100 = 0 \
             THEN '' ELSE ',' || substr(CAST(100 + abs({0}) % 100 AS TEXT), 2) END)",
            F::FIELDS[i]
        ),
        Stored::Int(_) => format!("CAST({} AS TEXT)", F::FIELDS[i]),
    };
    F::KEY.iter().map(part).collect::<Vec<_>>().join(" || '/' || ")
}

/// A condition on facts whose keys begin with the whole parts `$2`: with the id of an insats, its budget but not that of one
/// whose id only begins alike.
pub fn begins(whole: &str) -> String {
    format!("({whole} = $2 OR substr({whole}, 1, length($2) + 1) = $2 || '/')")
}

/// A statement that counts the versions of the förbund `$1` whose keys begin with `$2` and that an event after `$3` has made
/// or ended.
pub fn touched<F: Fact>() -> String {
    format!(
        "SELECT count(*) FROM {} WHERE forbund = $1 AND {} AND (handelse > $3 OR coalesce(handelse_slut, 0) > $3)",
        F::TABLE,
        begins(&key_text::<F>())
    )
}

/// A statement that ends versions of the förbund `$1` at the moment `$2` by the event `$3`, to be followed
/// by which. One that is known only later is never known.
pub fn stop<F: Fact>() -> String {
    format!(
        "UPDATE {} SET ended = CASE WHEN known > $2 THEN known ELSE $2 END, handelse_slut = $3 \
         WHERE forbund = $1 AND (ended IS NULL OR (ended > $2 AND ended > known))",
        F::TABLE
    )
}

/// What [`Tx::many`](crate::db::Tx::many) needs to add versions, except the rows: the statement's
/// beginning, how many values a row has, and its end.
pub fn insert<F: Fact>() -> (String, usize, &'static str) {
    let fields = F::FIELDS.join(", ");
    let table = F::TABLE;
    let before =
        format!("INSERT INTO {table} (forbund, {fields}, ordning, known, ended, handelse, handelse_slut) VALUES");
    (before, F::FIELDS.len() + 6, "")
}

/// A version's values in that statement. A version that another of the same event ends, ends by it.
pub fn inserted<F: Fact>(forbund: i64, event: i64, version: NewVersion<F>) -> Result<impl Iterator<Item = Param>> {
    let fields = version.fact.store();
    let mut key = 0;
    for (i, field) in fields.iter().enumerate() {
        let Stored::Text(Some(text)) = field else { continue };
        if F::KEY.contains(&i) {
            key += text.len();
        }
        if key > MAX_KEY || text.bytes().any(|byte| matches!(byte, 0 | 0x1e | 0x1f)) {
            let shown: String = version.key.chars().take(80).filter(|c| !c.is_control()).collect();
            return Err(StoreError::Text(F::RESOURCE, shown, F::FIELDS[i]));
        }
    }
    let ended_by = version.ended.map(|_| event);
    let before = [Param::from(forbund)];
    let after: [Param; 5] =
        [version.order.into(), version.known.into(), version.ended.into(), event.into(), ended_by.into()];
    Ok(before.into_iter().chain(fields.into_iter().map(Param::from)).chain(after))
}

/// What [`Tx::many`](crate::db::Tx::many) needs to end versions, except the rows.
pub fn end<F: Fact>() -> (String, usize, String) {
    let table = F::TABLE;
    let before = format!("UPDATE {table} SET ended = v.column2, handelse_slut = v.column3 FROM (VALUES");
    let keys: String =
        (4..).zip(F::KEY).map(|(n, &i)| format!(" AND {table}.{} = v.column{n}", F::FIELDS[i])).collect();
    let after = format!(") AS v WHERE {table}.forbund = v.column1{keys} AND {table}.ended IS NULL");
    (before, 3 + F::KEY.len(), after)
}

/// The values in that statement that end the last version of `fact` at `moment`.
pub fn ended<F: Fact>(forbund: i64, event: i64, fact: &F, moment: i64) -> Vec<Param> {
    let stored = fact.store();
    let mut values = vec![Param::from(forbund), moment.into(), event.into()];
    values.extend(F::KEY.iter().map(|&i| Param::from(stored[i].clone())));
    values
}

#[cfg(test)]
mod tests {
    use super::*;
    use samsyn_core::for_every_noun;
    use samsyn_core::sparandesteg::Sparandesteg;

    /// What is öre follows from the field's type, and every amount is one whatever it is called.
    #[test]
    fn an_amount_in_a_key_is_written_in_kronor() {
        assert!(key_text::<Sparandesteg>().contains("abs(intakt_fran_kr) / 100"), "{}", key_text::<Sparandesteg>());
        macro_rules! each {
            ($($field:ident: $type:ty,)+) => { $(
                for (at, name) in <$type>::FIELDS.iter().enumerate() {
                    let whole = matches!(<$type>::NULLS[at], Stored::Int(_));
                    assert!(whole || !<$type>::ORE[at], "{name}");
                    assert_eq!(<$type>::ORE[at], whole && name.ends_with("_kr"), "{}.{name}", <$type>::TABLE);
                }
            )+ };
        }
        for_every_noun!(each);
    }
}
