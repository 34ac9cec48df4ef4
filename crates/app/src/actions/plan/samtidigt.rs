//! What someone else has done to a plan while a form for it lay open.

use super::skillnad;
use crate::Error;
use crate::actions::forbund::Chosen;
use crate::actions::star::handelse;
use samsyn_core::Fact;
use samsyn_core::planpost::Planpost;
use samsyn_document::Datum;
use samsyn_document::datum::moment;
use samsyn_store::history::{self, Version};

/// A plan that has been changed since a form for it was made.
#[derive(Debug, PartialEq, Eq)]
pub struct Nyare {
    /// Who changed it last.
    pub vem: String,
    /// When, Swedish time.
    pub nar: String,
    /// What differs from the plan as the form was made from, in words.
    pub andringar: Vec<String>,
    /// The förbund's latest event before it was read.
    pub handelse: i64,
}

/// What has been done to the plan of a meeting since the event `sedan`.
pub(super) async fn nyare(chosen: &Chosen<'_>, mote: Datum, sedan: i64) -> Result<Nyare, Error> {
    let handelse = handelse(chosen).await?;
    let found = history::of_prefix(chosen.db, &chosen.access, &[Planpost::RESOURCE], &mote.to_string()).await?;
    let versions: Vec<Version> = found.into_iter().flat_map(|noun| noun.versions).collect();
    let events = versions.iter().flat_map(|version| [Some(&version.event), version.ended_by.as_ref()]).flatten();
    let last = events.max_by_key(|event| event.nr);
    let stored = samsyn_store::facts::current(chosen.db, &chosen.access).await?;
    let then = as_after(&versions, sedan);
    let andringar = if then.is_empty() {
        vec!["Då fanns ingen plan till mötet; nu finns en.".to_owned()]
    } else {
        skillnad(&stored.insatser, &then, &as_after(&versions, handelse))
    };
    Ok(Nyare {
        vem: last.map_or_else(String::new, |event| event.vem.clone()),
        nar: last.map_or_else(String::new, |event| moment(event.registrerad_ms)),
        andringar,
        handelse,
    })
}

/// The rows as they stood after an event.
fn as_after(versions: &[Version], event: i64) -> Vec<Planpost> {
    let stood = |version: &&Version| {
        version.event.nr <= event && version.ended_by.as_ref().is_none_or(|ended| ended.nr > event)
    };
    let row = |version: &Version| Planpost::parse(&|at| version.cells[at].as_str(), &mut |_, _| ());
    versions.iter().filter(stood).filter_map(row).collect()
}
