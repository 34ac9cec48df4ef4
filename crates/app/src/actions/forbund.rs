//! Which förbund an action is about, what is known of it, and whether small counts are withheld.

use crate::actions::minne::Minne;
use crate::{Error, clock};
use samsyn_core::calc::Rakning;
use samsyn_core::underlag::Underlag;
use samsyn_core::{Access, Facts, Installningar};
use samsyn_document::{Datum, Halvar};
use samsyn_store::{Db, facts, forbund, installning};
use std::sync::{Arc, Mutex, PoisonError};

/// Finding out what to withhold takes some tens of milliseconds.
static FINDING_OUT: Mutex<()> = Mutex::new(());

/// A förbund that has been chosen and may be read.
#[derive(Clone)]
pub struct Chosen<'d> {
    /// The database.
    pub db: &'d Db,
    /// The right to read it.
    pub access: Access,
    /// Its id.
    pub id: String,
    /// Its name.
    pub namn: String,
    /// What has been read before, in a server.
    pub minne: Option<&'d Minne>,
    /// Whether small counts of people are withheld from the one who asks.
    pub withheld: bool,
}

impl<'d> Chosen<'d> {
    /// The förbund with this id; without one, the only förbund that there is.
    pub async fn find(db: &'d Db, id: Option<&str>) -> Result<Chosen<'d>, Error> {
        let found = match id {
            Some(id) => forbund::find(db, id).await?,
            None => only(forbund::all(db).await?)?,
        };
        let access = Access::command_line(found.nr);
        Ok(Chosen { db, access, id: found.forbund_id, namn: found.namn, minne: None, withheld: false })
    }

    /// The same förbund with small counts withheld, as for the public.
    #[must_use]
    pub fn withholding(self, withheld: bool) -> Chosen<'d> {
        Chosen { withheld: self.withheld || withheld, ..self }
    }

    /// The facts known at the end of a day; today when none is given.
    pub async fn facts(&self, per: Datum) -> Result<Facts, Error> {
        Ok(facts::known_at(self.db, &self.access, per.ends_ms()).await?)
    }

    /// The settings known at the end of a day.
    pub async fn settings(&self, per: Datum) -> Result<Installningar, Error> {
        let stored = installning::known_at(self.db, self.access.forbund(), per.ends_ms()).await?;
        Ok(Installningar::new(&stored))
    }

    /// The underlag at the end of a day.
    pub async fn underlag(&self, per: Datum) -> Result<Arc<Underlag>, Error> {
        let forbund = self.access.forbund();
        let Some(minne) = self.minne else { return self.read(per).await };
        // Asked before the facts are read: what happens meanwhile makes the next one read again.
        let state = forbund::state(self.db, forbund).await?;
        if let Some(found) = minne.find(forbund, per, state) {
            return Ok(found);
        }
        let underlag = self.read(per).await?;
        minne.keep(forbund, per, state, underlag.clone());
        Ok(underlag)
    }

    async fn read(&self, per: Datum) -> Result<Arc<Underlag>, Error> {
        let mut settings = self.settings(per).await?;
        if self.minne.is_some() {
            // Whoever may choose the day is not to choose the threshold by it.
            let now = self.settings(clock::today()).await?;
            settings.sma_tal = settings.sma_tal.max(now.sma_tal);
        }
        Ok(Arc::new(Underlag::new(self.facts(per).await?, per).with(settings)))
    }

    /// A half-year counted, as the one who asks may see it.
    pub fn rakning<'u>(&self, underlag: &'u Arc<Underlag>, period: Halvar) -> Rakning<'u> {
        if !self.withheld {
            return Rakning::new(underlag, period);
        }
        let name = format!("små tal {period}");
        if let Some(smatal) = self.minne.and_then(|minne| minne.recall(underlag, &name)) {
            return Rakning::again(underlag, period, smatal);
        }
        self.apart(|| {
            // One finds it out, those who come meanwhile wait for the answer.
            let _turn = FINDING_OUT.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(smatal) = self.minne.and_then(|minne| minne.recall(underlag, &name)) {
                return Rakning::again(underlag, period, smatal);
            }
            let rakning = Rakning::withholding(underlag, period, underlag.installningar.sma_tal);
            if let (Some(minne), Some(smatal)) = (self.minne, rakning.smatal()) {
                minne.retain(underlag, &name, smatal.clone());
            }
            rakning
        })
    }

    /// Work that takes a while: in a server others are answered meanwhile by another thread.
    fn apart<T>(&self, work: impl FnOnce() -> T) -> T {
        if self.minne.is_some() { tokio::task::block_in_place(work) } else { work() }
    }

    /// What is made of an underlag, made once in a server. The name tells what of; what is withheld from the one who
    /// asks is kept apart.
    pub fn made<T: Send + Sync + 'static>(
        &self,
        underlag: &Arc<Underlag>,
        name: &str,
        make: impl FnOnce() -> T,
    ) -> Arc<T> {
        let name = format!("{name}, {}", if self.withheld { "utan små tal" } else { "allt" });
        if let Some(made) = self.minne.and_then(|minne| minne.recall(underlag, &name)) {
            return made;
        }
        let made = Arc::new(self.apart(make));
        if let Some(minne) = self.minne {
            minne.retain(underlag, &name, made.clone());
        }
        made
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
