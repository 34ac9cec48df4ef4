//! The kansli's own comment on an insats or an avvikelse in a half-year.

use crate::actions::bedomning::{LONGEST, text};
use crate::actions::forbund::Chosen;
use crate::actions::insatsbeslut::{Form, Wrong, unfit};
use crate::{Error, clock};
use samsyn_core::avvikelse::Avvikelse;
use samsyn_core::insats::Insats;
use samsyn_core::kommentar::{Kommentar, Om};
use samsyn_core::{Fact, Facts, Id};
use samsyn_document::Halvar;
use samsyn_store::{Signature, change};

/// The kind of event.
pub const SLAG: &str = "kansliets kommentar";

/// What there is to comment on, as known today.
#[derive(Debug)]
pub struct Kommenterat {
    /// The insats.
    pub insats: Insats,
    /// The avvikelse, when it is about one.
    pub avvikelse: Option<Avvikelse>,
    /// The half-year.
    pub halvar: Halvar,
    /// What has been said.
    pub sagt: Option<String>,
}

/// An insats in a half-year; nothing when there is no such insats.
pub async fn om_insats(chosen: &Chosen<'_>, id: &str, halvar: Halvar) -> Result<Option<Kommenterat>, Error> {
    let underlag = chosen.underlag(clock::today()).await?;
    let of = underlag.insats_nr(id).map(|nr| &underlag.insatser[nr]);
    let said = |of: &samsyn_core::underlag::InsatsUnderlag| of.kommentar(halvar).map(str::to_owned);
    Ok(of.map(|of| Kommenterat { insats: of.insats.clone(), avvikelse: None, halvar, sagt: said(of) }))
}

/// An avvikelse in the half-year in which it was handed in; nothing when there is no such avvikelse.
pub async fn om_avvikelse(chosen: &Chosen<'_>, id: &str) -> Result<Option<Kommenterat>, Error> {
    let underlag = chosen.underlag(clock::today()).await?;
    for of in &underlag.insatser {
        let Some(avvikelse) = of.avvikelser.iter().find(|other| other.avvikelse_id.as_str() == id) else { continue };
        let Some(halvar) = avvikelse.halvar() else { continue };
        let sagt = of.kommentar_om(Om::Avvikelse, id, halvar).map(str::to_owned);
        return Ok(Some(Kommenterat { insats: of.insats.clone(), avvikelse: Some(avvikelse.clone()), halvar, sagt }));
    }
    Ok(None)
}

impl Kommenterat {
    fn key(&self) -> (Om, &Id) {
        match &self.avvikelse {
            None => (Om::Insats, &self.insats.insats_id),
            Some(avvikelse) => (Om::Avvikelse, &avvikelse.avvikelse_id),
        }
    }

    /// What is stored, as the form holds it.
    pub fn form(&self) -> Form {
        self.sagt.iter().map(|said| ("text".to_owned(), said.clone())).collect()
    }

    /// Stores what the form says, or takes the comment away when it is empty; whether anything changed. Says what is
    /// wrong when it cannot be.
    pub async fn spara(&self, chosen: &Chosen<'_>, form: &Form, who: &str) -> Result<Result<bool, Wrong>, Error> {
        let mut wrong = unfit(form, LONGEST);
        let (text, why) = (text(form, "text"), text(form, "skal"));
        if text.is_none() && self.sagt.is_none() {
            wrong.push(("text".to_owned(), "Skriv kommentaren.".to_owned()));
        }
        if self.sagt.is_some() && why.is_none() {
            wrong.push(("skal".to_owned(), "Skriv varför kommentaren ändras.".to_owned()));
        }
        if !wrong.is_empty() {
            return Ok(Err(wrong));
        }
        let (mut rows, mut ended) = (Facts::default(), Vec::new());
        let (om, nyckel) = self.key();
        let halvar = self.halvar;
        let row = Kommentar { om, nyckel: nyckel.clone(), halvar, text: text.clone().unwrap_or_default() };
        if text.is_some() {
            rows.kommentarer.push(row);
        } else {
            ended.push((Kommentar::RESOURCE, row.key()));
        }
        let why = why.unwrap_or_else(|| format!("Kansliets kommentar, {halvar}"));
        let signature = Signature { who, why: &why, now_ms: clock::now_ms() };
        let done = change::change_and_end(chosen.db, &chosen.access, &rows, &ended, signature, SLAG).await?;
        Ok(Ok(done.event.is_some()))
    }
}
