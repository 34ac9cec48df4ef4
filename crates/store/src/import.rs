//! Storing a data package: one transaction, all of it or nothing.

use crate::db::{Db, Tx};
use crate::error::{Result, StoreError};
use crate::fil;
pub use crate::fil::{Fil, Import, files, list};
use crate::handelse::{self, Signature};
use crate::table::{self, Which};
use samsyn_core::known::{Current, Plan, plan};
use samsyn_core::{Fact, Facts, for_every_noun};
use std::collections::{BTreeSet, HashMap};

/// A data package that has been read and found good.
#[derive(Clone, Copy, Debug)]
pub struct Package<'a> {
    /// What it is called, for the list of imports.
    pub name: &'a str,
    /// Its rows.
    pub facts: &'a Facts,
    /// Which nouns' files it has ([`Fact::RESOURCE`]). A file that is absent changes nothing.
    pub present: &'a BTreeSet<&'a str>,
    /// Every file as received: name and bytes.
    pub files: &'a [(String, Vec<u8>)],
}

/// What came of an import.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportOutcome {
    /// Whether anything was stored.
    pub stored: bool,
    /// Whether it was the förbund's first.
    pub first: bool,
    /// Whether every row of the package is already stored as it stands.
    pub unchanged: bool,
    /// Per noun of the package, in its order: the file, how many facts are new, how many changed.
    pub per_noun: Vec<(&'static str, usize, usize)>,
    /// Facts that are stored but no longer stand in their file: the file and the key. They are left.
    pub gone: Vec<(&'static str, String)>,
    /// The import's number, when it was stored.
    pub import_nr: Option<i64>,
}

/// Stores a package. Nothing is stored when it holds nothing new, or when rows are gone from it and
/// `accept_gone` is false; rows that are gone are left as they are in any case.
///
/// `progress` is told how many rows are done, and of how many.
pub async fn store(
    db: &Db,
    package: Package<'_>,
    signature: Signature<'_>,
    accept_gone: bool,
    progress: &mut (dyn FnMut(usize, usize) + Send),
) -> Result<ImportOutcome> {
    let [forbund] = package.facts.forbund.as_slice() else { return Err(StoreError::NoForbund) };
    let mut tx = db.transaction().await?;
    let (nr, event) = handelse::next(&mut tx, forbund.forbund_id.as_str()).await?;
    let first = event == 1;
    let plans = Plans::make(&mut tx, nr, &package, first, signature.now_ms).await?;
    let mut outcome = plans.outcome(&package);
    outcome.first = first;
    if outcome.unchanged || !(outcome.gone.is_empty() || accept_gone) {
        tx.rollback().await?;
        return Ok(outcome);
    }
    let import = fil::next_import(&mut tx, nr).await?;
    handelse::write(&mut tx, (nr, event), "import", signature, Some(import)).await?;
    fil::keep(&mut tx, (nr, import, event), package.name, package.files).await?;
    plans.write(&mut tx, (nr, event), progress).await?;
    tx.commit().await?;
    outcome.stored = true;
    outcome.import_nr = Some(import);
    Ok(outcome)
}

/// What an import does to one noun, and the stored versions that it ends.
struct Change<F> {
    stored: HashMap<String, Current<F>>,
    plan: Plan<F>,
}

macro_rules! plans {
    ($($field:ident: $type:ty,)+) => {
        /// What an import does to every noun.
        struct Plans { $($field: Change<$type>,)+ }

        impl Plans {
            async fn make(tx: &mut Tx, forbund: i64, package: &Package<'_>, first: bool, now: i64) -> Result<Plans> {
                Ok(Plans { $($field: change(tx, forbund, package, &package.facts.$field, first, now).await?,)+ })
            }

            fn outcome(&self, package: &Package<'_>) -> ImportOutcome {
                let mut outcome = ImportOutcome { unchanged: true, ..ImportOutcome::default() };
                $(
                    let (file, plan) = (<$type>::RESOURCE, &self.$field.plan);
                    if package.present.contains(file) {
                        outcome.unchanged &= plan.add.is_empty() && plan.end.is_empty();
                        outcome.per_noun.push((file, plan.new, plan.changed));
                        outcome.gone.extend(plan.gone.iter().map(|key| (file, key.clone())));
                    }
                )+
                outcome
            }

            async fn write(
                self,
                tx: &mut Tx,
                place: (i64, i64),
                progress: &mut (dyn FnMut(usize, usize) + Send),
            ) -> Result<()> {
                let total = 0 $(+ self.$field.plan.add.len())+;
                let mut done = 0;
                $(
                    let versions = self.$field.plan.add.len();
                    write(tx, place, self.$field, &mut |written| progress(done + written, total)).await?;
                    done += versions;
                )+
                progress(done, total);
                Ok(())
            }
        }
    };
}
for_every_noun!(plans);

/// Compares a noun's rows with what is stored. A förbund's first import has nothing to compare with.
async fn change<F: Fact>(
    tx: &mut Tx,
    forbund: i64,
    package: &Package<'_>,
    rows: &[F],
    first: bool,
    now: i64,
) -> Result<Change<F>> {
    let rows = package.present.contains(F::RESOURCE).then_some(rows);
    let mut stored = HashMap::new();
    if !first && rows.is_some() {
        let read: Vec<(i64, Option<String>)> =
            tx.fetch_all(&table::select::<F>(0, Which::Current), vec![forbund.into()]).await?;
        stored = table::current(&read.into_iter().next().and_then(|row| row.1))?;
    }
    let mut plan = plan(&stored, rows, package.facts, first, now);
    if let Some(twice) = plan.twice.take() {
        return Err(StoreError::Twice(F::RESOURCE, twice));
    }
    Ok(Change { stored, plan })
}

/// Ends versions, then adds those that follow.
async fn write<F: Fact>(
    tx: &mut Tx,
    (forbund, event): (i64, i64),
    change: Change<F>,
    written: &mut (dyn FnMut(usize) + Send),
) -> Result<()> {
    let Change { stored, plan } = change;
    let count = plan.end.len() as u64;
    let ends = plan.end.iter().filter_map(|(key, moment)| Some((stored.get(key)?, *moment)));
    let ends = ends.map(|(last, moment)| Ok(table::ended(forbund, event, &last.fact, moment)));
    let (before, width, after) = table::end::<F>();
    if tx.many((&before, width, &after), ends, |_| ()).await? != count {
        return Err(StoreError::Damaged(F::TABLE, "en version som skulle avslutas finns inte".into()));
    }
    let (before, width, after) = table::insert::<F>();
    let rows = plan.add.into_iter().map(|version| table::inserted(forbund, event, version));
    tx.many((&before, width, after), rows, written).await.map(drop)
}
