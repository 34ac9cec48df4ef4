//! Which förbund an action is about, and what is known of it.

use crate::{Error, clock};
use samsyn_core::underlag::Underlag;
use samsyn_core::{Access, Facts};
use samsyn_document::Datum;
use samsyn_store::{Db, facts, forbund};

/// A förbund that has been chosen and may be read.
pub struct Chosen<'d> {
    /// The database.
    pub db: &'d Db,
    /// The right to read it.
    pub access: Access,
    /// Its name.
    pub namn: String,
}

impl<'d> Chosen<'d> {
    /// The förbund with this id; without one, the only förbund that there is.
    pub async fn find(db: &'d Db, id: Option<&str>) -> Result<Chosen<'d>, Error> {
        let found = match id {
            Some(id) => forbund::find(db, id).await?,
            None => only(forbund::all(db).await?)?,
        };
        Ok(Chosen { db, access: Access::command_line(found.nr), namn: found.namn })
    }

    /// The facts known at the end of a day; today when none is given.
    pub async fn facts(&self, per: Datum) -> Result<Facts, Error> {
        Ok(facts::known_at(self.db, &self.access, per.ends_ms()).await?)
    }

    /// The underlag at the end of a day.
    pub async fn underlag(&self, per: Datum) -> Result<Underlag, Error> {
        Ok(Underlag::new(self.facts(per).await?, per))
    }
}

/// The kännedomsdatum that is used when none is given: today.
pub fn per_or_today(per: Option<Datum>) -> Datum {
    per.unwrap_or_else(clock::today)
}

fn only(mut all: Vec<forbund::Forbund>) -> Result<forbund::Forbund, Error> {
    match all.len() {
        1 => Ok(all.remove(0)),
        0 => Err(Error::Usage(
            "Databasen är tom. Läs in ett underlag först: samsyn importera underlag KATALOG.".to_owned(),
        )),
        _ => {
            let ids: Vec<&str> = all.iter().map(|forbund| forbund.forbund_id.as_str()).collect();
            Err(Error::Usage(format!(
                "Databasen har {} förbund. Välj ett med --forbund: {}.",
                ids.len(),
                samsyn_document::format::list(&ids)
            )))
        }
    }
}
