//! The steps of a version, from the first draft to what the board did with it.

use super::frysning::{self, Fryst};
use super::platser::Platser;
use super::{Oppen, kommentarer, namn};
use crate::Error;
use crate::actions::forbund::{Chosen, per_or_today};
use crate::clock;
use samsyn_core::personnummer::contains_personnummer;
use samsyn_core::version::{Avser, Slag, Stallning, Steg, Styrelsebeslut};
use samsyn_document::Datum;
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

/// Begins the first version of a report. `per` is its kännedomsdatum, today when missing.
pub async fn borja(
    chosen: &Chosen<'_>,
    slag: Slag,
    avser: Avser,
    per: Option<Datum>,
    who: &str,
) -> Result<Tagit, Error> {
    if per.is_some_and(|per| per > per_or_today(None)) {
        return Ok(Err("Uppgifter per kan inte vara en dag som inte har varit än.".to_owned()));
    }
    let why = format!("{}, {}, version 1: påbörjad", slag.text(), avser.text());
    let taken = version::begin(chosen.db, &chosen.access, (slag, avser), per, signature(who, &why)).await?;
    Ok(told(taken))
}

/// Sends to review, takes back, or begins the next version.
pub async fn ta(chosen: &Chosen<'_>, version: &Version, steg: Steg, who: &str) -> Result<Tagit, Error> {
    let why = format!("{}: {}", namn(version), steg.text().to_lowercase());
    let taken = version::step(chosen.db, &chosen.access, version.nr, steg, Med::Inget, signature(who, &why)).await?;
    Ok(told(taken))
}

/// How often freezing is tried again when facts changed meanwhile.
const TRIES: usize = 3;

/// Locks a version as it was read: freezes what it says and all that it rests on. `last` is how often it had been changed
/// then. One without a number in the diarium gets one.
pub async fn las(chosen: &Chosen<'_>, nr: i64, last: i64, who: &str) -> Result<Tagit, Error> {
    let find = async || version::find(chosen.db, &chosen.access, nr).await;
    let Some(found) = find().await? else { return Ok(Err("Versionen finns inte.".to_owned())) };
    let olosta = kommentarer(chosen, nr).await?.iter().filter(|one| one.lost_ms.is_none()).count();
    if let Err(hinder) = found.lage.efter(Steg::Las, Stallning { olosta, har_senare: false }) {
        return Ok(Err(hinder.to_string()));
    }
    if found.andring != last {
        return Ok(Err(changed_since(chosen, nr).await?));
    }
    let mut read = last;
    if found.diarienummer.is_none() {
        if let Err(why) = diariefor(chosen, &found, clock::today(), "", who).await? {
            return Ok(Err(why));
        }
        read += 1;
    }
    for _ in 0..TRIES {
        // Asked before anything is read: what happens meanwhile is seen when it is stored.
        let handelse = samsyn_store::forbund::state(chosen.db, chosen.access.forbund()).await?.0;
        let Some(found) = find().await?.filter(|found| found.andring == read) else {
            return Ok(Err(changed_since(chosen, nr).await?));
        };
        let open = Oppen::read(chosen, found).await?;
        let Fryst { delar, kontrollsumma } = frysning::frys(chosen, &open).await?;
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

/// Who changed what since a version was read.
async fn changed_since(chosen: &Chosen<'_>, nr: i64) -> Result<String, Error> {
    let texts = version::text::all(chosen.db, &chosen.access, nr).await?;
    let newest = texts.into_iter().max_by_key(|text| text.tid_ms);
    let who = newest.map_or_else(String::new, |text| format!(" Senast sparade {} en text.", text.vem));
    Ok(format!("Versionen har ändrats sedan du läste den.{who} Läs igenom den och lås igen."))
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
    if contains_personnummer(paragraf) {
        return Ok(Err(
            "Paragrafen innehåller något som ser ut som ett personnummer. Skriv till exempel § 45.".to_owned()
        ));
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
pub async fn kommentera(
    chosen: &Chosen<'_>,
    version: &Version,
    plats: &str,
    text: &str,
    who: &str,
) -> Result<Tagit, Error> {
    let text = text.trim();
    let open = Oppen::read(chosen, version.clone()).await?;
    if Platser::of(&open, &open.skriven()).visad(plats).is_none() {
        return Ok(Err("Platsen finns inte i rapporten. Välj en ur listan.".to_owned()));
    }
    if text.is_empty() || text.chars().count() > LONGEST {
        return Ok(Err(format!("Skriv en kommentar på högst {LONGEST} tecken.")));
    }
    if contains_personnummer(text) {
        return Ok(Err("Kommentaren innehåller något som ser ut som ett personnummer. Ta bort det.".to_owned()));
    }
    let taken = kommentar::write(chosen.db, &chosen.access, version.nr, (plats, text), signature(who, "")).await?;
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
