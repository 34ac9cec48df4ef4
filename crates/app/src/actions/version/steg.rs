//! The steps of a version, from the first draft to what the board did with it.

use super::frysning::{self, Fryst};
use super::{Oppen, namn};
use crate::Error;
use crate::actions::forbund::{Chosen, per_or_today};
use crate::clock;
use samsyn_core::personnummer::contains_personnummer;
use samsyn_core::version::{Slag, Steg, Styrelsebeslut};
use samsyn_document::{Datum, Halvar};
use samsyn_store::Signature;
use samsyn_store::version::kommentar;
use samsyn_store::version::{self, Med, Taken, Version};

/// A step that was taken, the version's number; or why it was not, and what to do.
pub type Tagit = Result<i64, String>;

fn told(taken: Taken) -> Tagit {
    match taken {
        Taken::Done(nr) => Ok(nr),
        Taken::Unknown => Err("Versionen finns inte.".to_owned()),
        Taken::Refused(hinder) => Err(hinder.to_string()),
        Taken::Changed => Err("Något ändrades medan versionen låstes. Läs igenom den och lås igen.".to_owned()),
    }
}

fn signature<'a>(who: &'a str, why: &'a str) -> Signature<'a> {
    Signature { who, why, now_ms: clock::now_ms() }
}

/// Begins the first version of a report on a half-year. `per` is its kännedomsdatum, today when missing.
pub async fn borja(
    chosen: &Chosen<'_>,
    slag: Slag,
    period: Halvar,
    per: Option<Datum>,
    who: &str,
) -> Result<Tagit, Error> {
    let why = format!("{} {period}, version 1: påbörjad", slag.text());
    let taken = version::begin(chosen.db, &chosen.access, (slag, period), per, signature(who, &why)).await?;
    Ok(told(taken))
}

/// Sends to review, takes back, or begins the next version.
pub async fn ta(chosen: &Chosen<'_>, version: &Version, steg: Steg, who: &str) -> Result<Tagit, Error> {
    let why = format!("{}: {}", namn(version), steg.text().to_lowercase());
    let taken = version::step(chosen.db, &chosen.access, version.nr, steg, Med::Inget, signature(who, &why)).await?;
    Ok(told(taken))
}

/// How often freezing is tried again when something changed meanwhile.
const TRIES: usize = 3;

/// Locks a version: freezes what it says and all that it rests on. One without a number in the diarium gets one.
pub async fn las(chosen: &Chosen<'_>, nr: i64, who: &str) -> Result<Tagit, Error> {
    for _ in 0..TRIES {
        let Some(mut found) = version::find(chosen.db, &chosen.access, nr).await? else {
            return Ok(Err("Versionen finns inte.".to_owned()));
        };
        if let Err(hinder) = found.lage.efter(Steg::Las, Default::default()) {
            return Ok(Err(hinder.to_string()));
        }
        if found.diarienummer.is_none() {
            if let Err(why) = diariefor(chosen, &found, clock::today(), "", who).await? {
                return Ok(Err(why));
            }
            let Some(again) = version::find(chosen.db, &chosen.access, nr).await? else { continue };
            found = again;
        }
        let open = Oppen::read(chosen, found).await?;
        let Fryst { delar, kontrollsumma, handelse } = frysning::frys(chosen, &open).await?;
        let why = format!("{}: låst", namn(&open.version));
        let (per, andring) = (open.per, open.version.andring);
        let med = Med::Last { per, andring, handelse, delar: &delar, kontrollsumma: &kontrollsumma };
        let taken = version::step(chosen.db, &chosen.access, nr, Steg::Las, med, signature(who, &why)).await?;
        if taken != Taken::Changed {
            return Ok(told(taken));
        }
    }
    Ok(told(Taken::Changed))
}

/// Notes what the board did with a låst version: the day, what, and the paragraph of the minutes.
pub async fn behandla(
    chosen: &Chosen<'_>,
    version: &Version,
    (day, what, paragraf): (Datum, Styrelsebeslut, &str),
    who: &str,
) -> Result<Tagit, Error> {
    let paragraf = paragraf.trim();
    if paragraf.is_empty() || paragraf.chars().count() > 40 {
        return Ok(Err("Skriv protokollets paragraf, till exempel § 45.".to_owned()));
    }
    if day > per_or_today(None) {
        return Ok(Err("Dagen har inte varit än. Skriv den dag då styrelsen behandlade rapporten.".to_owned()));
    }
    if let Some((ms, _)) = &version.last
        && day < Datum::of_ms(*ms)
    {
        return Ok(Err("Styrelsen kan inte ha behandlat rapporten innan den låstes.".to_owned()));
    }
    let why = format!("{}: {} {day}, {paragraf}", namn(version), what.text().to_lowercase());
    let med = Med::Behandlad(day, what, paragraf);
    let taken = version::step(chosen.db, &chosen.access, version.nr, Steg::Behandla, med, signature(who, &why)).await?;
    Ok(told(taken))
}

/// Gives an open version the next number of the diarium; its own name is the matter when none is given. Nothing
/// happens when it has one.
pub async fn diariefor(
    chosen: &Chosen<'_>,
    version: &Version,
    day: Datum,
    matter: &str,
    who: &str,
) -> Result<Tagit, Error> {
    let own = namn(version);
    let matter = if matter.trim().is_empty() { own.as_str() } else { matter.trim() };
    let done =
        version::register(chosen.db, &chosen.access, version.nr, (day, matter), signature(who, "diarieförd")).await?;
    Ok(match done {
        Some(_) => Ok(version.nr),
        None => Err("Versionen har redan ett diarienummer, eller är låst.".to_owned()),
    })
}

/// The longest comment, characters.
const LONGEST: usize = 4000;

/// Comments on a place of a version under review.
pub async fn kommentera(chosen: &Chosen<'_>, nr: i64, plats: &str, text: &str, who: &str) -> Result<Tagit, Error> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > LONGEST {
        return Ok(Err(format!("Skriv en kommentar på högst {LONGEST} tecken.")));
    }
    if contains_personnummer(text) {
        return Ok(Err("Kommentaren innehåller något som ser ut som ett personnummer. Ta bort det.".to_owned()));
    }
    let taken = kommentar::write(chosen.db, &chosen.access, nr, (plats, text), signature(who, "")).await?;
    Ok(told(taken))
}

/// Marks a comment as resolved.
pub async fn los(chosen: &Chosen<'_>, version: i64, nr: i64, who: &str) -> Result<Tagit, Error> {
    let taken = kommentar::resolve(chosen.db, &chosen.access, version, nr, signature(who, "")).await?;
    Ok(match taken {
        Taken::Unknown => Err("Kommentaren är redan löst.".to_owned()),
        taken => told(taken),
    })
}
