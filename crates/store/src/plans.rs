//! What rows do to every noun: the versions that they end and add. Shared by imports, whose files are
//! whole, and by changes of single facts.

use crate::db::{Param, Tx};
use crate::error::{Result, StoreError};
use crate::table::{self, Which};
use samsyn_core::known::{Current, Plan, plan_after};
use samsyn_core::{Fact, Facts, for_every_noun};
use std::collections::{BTreeSet, HashMap};

/// How much of each noun the rows are.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Given<'a> {
    /// All of these nouns; a fact that is absent is gone. `first` is the förbund's first import.
    Files { present: &'a BTreeSet<&'a str>, first: bool },
    /// Some facts; nothing is said of the others.
    Single,
}

/// What the rows come to, in counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sum {
    /// Per noun that was given: the file, how many facts are new, how many changed.
    pub per_noun: Vec<(&'static str, usize, usize)>,
    /// Facts that no longer stand in their file.
    pub gone: Vec<(&'static str, String)>,
    /// Whether nothing is to be stored.
    pub unchanged: bool,
}

/// What happens to one noun, and the stored versions that end.
struct Change<F> {
    given: bool,
    stored: HashMap<String, Current<F>>,
    plan: Plan<F>,
}

macro_rules! plans {
    ($($field:ident: $type:ty,)+) => {
        /// What happens to every noun.
        pub(crate) struct Plans { $($field: Change<$type>,)+ }

        impl Plans {
            /// Compares rows with what is stored.
            pub async fn make(tx: &mut Tx, forbund: i64, facts: &Facts, given: Given<'_>, now: i64) -> Result<Plans> {
                Ok(Plans { $($field: change(tx, (forbund, now), facts, &facts.$field, given).await?,)+ })
            }

            /// What it comes to.
            pub fn sum(&self) -> Sum {
                let mut sum = Sum { unchanged: true, ..Sum::default() };
                $(
                    let (file, plan) = (<$type>::RESOURCE, &self.$field.plan);
                    if self.$field.given {
                        sum.unchanged &= plan.add.is_empty() && plan.end.is_empty();
                        sum.per_noun.push((file, plan.new, plan.changed));
                        sum.gone.extend(plan.gone.iter().map(|key| (file, key.clone())));
                    }
                )+
                sum
            }

            /// Carries it out, as the event at `place` (the förbund's number and the event's).
            pub async fn write(
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

/// More rows than this and the whole noun is read.
const FEW: usize = 50;

/// Compares a noun's rows with what is stored. A förbund's first import has nothing to compare with.
async fn change<F: Fact>(
    tx: &mut Tx,
    (forbund, now): (i64, i64),
    facts: &Facts,
    rows: &[F],
    given: Given<'_>,
) -> Result<Change<F>> {
    let (whole, first) = match given {
        Given::Files { present, first } => (present.contains(F::RESOURCE), first),
        Given::Single => (false, false),
    };
    let given = whole || !rows.is_empty() && matches!(given, Given::Single);
    let (mut stored, mut ended) = (HashMap::new(), HashMap::new());
    if given && !first {
        let only = if whole || rows.len() > FEW { &[] } else { rows };
        stored = table::current(&read::<F>(tx, forbund, Which::Current, only).await?)?;
        if rows.iter().any(|row| !stored.contains_key(&row.key())) {
            ended = table::latest_end::<F>(&read::<F>(tx, forbund, Which::Ended, only).await?)?;
        }
    }
    let mut plan = if whole || !given {
        plan_after(&stored, &ended, whole.then_some(rows), facts, first, now)
    } else {
        let (old, new): (Vec<F>, Vec<F>) = rows.iter().cloned().partition(|row| stored.contains_key(&row.key()));
        let last = stored.values().map(|current| current.order).max().unwrap_or(0);
        let mut plan = plan_after(&stored, &ended, Some(&[old, new].concat()), facts, first, now);
        plan.gone.clear();
        // Not all places were read: move what is new past the last one.
        let sql = format!("SELECT coalesce(max(ordning), 0) FROM {} WHERE forbund = $1", F::TABLE);
        let farthest: Option<(i64,)> = tx.first(&sql, vec![forbund.into()]).await?;
        let shift = farthest.map_or(0, |row| row.0 - last);
        for version in plan.add.iter_mut().filter(|version| !stored.contains_key(&version.key)) {
            version.order += shift;
        }
        plan
    };
    if let Some(twice) = plan.twice.take() {
        return Err(StoreError::Twice(F::RESOURCE, twice));
    }
    Ok(Change { given, stored, plan })
}

/// The text of a noun's versions; only those of some facts, when any are given.
async fn read<F: Fact>(tx: &mut Tx, forbund: i64, which: Which, only: &[F]) -> Result<Option<String>> {
    let mut params = vec![Param::from(forbund)];
    let mut any = Vec::new();
    for row in only {
        let stored = row.store();
        let mut equal = Vec::new();
        for &i in F::KEY {
            params.push(stored[i].clone().into());
            equal.push(format!("{} = ${}", F::FIELDS[i], params.len()));
        }
        any.push(format!("({})", equal.join(" AND ")));
    }
    let filter = if any.is_empty() { String::new() } else { format!(" AND ({})", any.join(" OR ")) };
    let read: Option<(i64, Option<String>)> = tx.first(&table::select_some::<F>(0, which, &filter), params).await?;
    Ok(read.and_then(|row| row.1))
}

/// Ends versions, then adds those that follow.
async fn write<F: Fact>(
    tx: &mut Tx,
    (forbund, event): (i64, i64),
    change: Change<F>,
    written: &mut (dyn FnMut(usize) + Send),
) -> Result<()> {
    let Change { stored, plan, .. } = change;
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
