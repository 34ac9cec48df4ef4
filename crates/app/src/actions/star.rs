//! What stands of a fact, and who left it so: for a form that would write over what its writer has not seen.

use crate::Error;
use crate::actions::forbund::Chosen;
use samsyn_core::Fact;
use samsyn_document::datum::moment;
use samsyn_store::history;
use samsyn_store::history::Version;

/// The hidden fields of a form: after which event it was made, and which fact it then showed.
pub const HANDELSE: &str = "handelse";
/// The key of the fact that it showed.
pub const SEDD: &str = "sedd";

/// The förbund's latest event. Asked before what is stored is read, so that what happens meanwhile is seen when a change
/// is to be stored.
pub async fn handelse(chosen: &Chosen<'_>) -> Result<i64, Error> {
    Ok(samsyn_store::forbund::state(chosen.db, chosen.access.forbund()).await?.0)
}

/// A fact as it stands now.
#[derive(Debug)]
pub struct Star {
    version: Version,
}

impl Star {
    /// The fact with this key, when there is one.
    pub async fn finn<F: Fact>(chosen: &Chosen<'_>, key: &str) -> Result<Option<Star>, Error> {
        let versions = history::of_fact(chosen.db, &chosen.access, F::RESOURCE, key).await?;
        Ok(versions.into_iter().rfind(|version| version.ended_ms.is_none()).map(|version| Star { version }))
    }

    /// Its fields, as they stand in a file.
    pub fn cells(&self) -> &[String] {
        &self.version.cells
    }

    /// Whether it says something else than this row and a form has not shown it: one that was made after the event
    /// `handelse` and showed the fact `sedd`.
    pub fn ar_osedd<F: Fact>(&self, row: &F, (handelse, sedd): (i64, &str)) -> bool {
        let same = self.version.cells.iter().enumerate().all(|(at, cell)| *cell == row.cell(at));
        !same && (sedd != row.key() || self.version.event.nr > handelse)
    }

    /// Who left it so and when: `Ekonom 22 november 2026 kl. 14.05`.
    pub fn vem(&self) -> String {
        format!("{} {}", self.version.event.vem, moment(self.version.event.registrerad_ms))
    }
}
