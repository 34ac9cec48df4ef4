//! Writing in a version: one place at a time, never over what someone else has written since.

use super::Oppen;
use crate::Error;
use crate::actions::forbund::Chosen;
use crate::clock;
use samsyn_core::personnummer::contains_personnummer;
use samsyn_core::rapport::granska::{Anmarkning, obelagda};
use samsyn_core::rapport::skrivet::{self, Andring, DISPOSITION, Disposition};
use samsyn_document::Value;
use samsyn_store::Signature;
use samsyn_store::version::text::{self, Last, Saved, Text};
use samsyn_store::version::{self, Version};
use std::collections::BTreeMap;

/// The longest text of one place, bytes.
pub const LONGEST: usize = 400 * 1024;

/// Who writes: the user's number and name.
pub type Vem<'a> = (i64, &'a str);

/// What came of saving a text.
#[derive(Debug)]
pub enum Sparat {
    /// It is stored, as this revision.
    Klart(i64),
    /// Someone else has saved since: what stands there now.
    Nyare(Box<Text>),
    /// It cannot be stored; why, and what to do.
    Nej(String),
}

/// Saves the text of a place; `None` lets the generated text stand again. `last` is the revision that was read, 0 when
/// there was none.
pub async fn spara(
    chosen: &Chosen<'_>,
    version: i64,
    (plats, last): (&str, Last),
    text: Option<&str>,
    vem: Vem<'_>,
) -> Result<Sparat, Error> {
    let text = text.map(skrivet::clean);
    if let Some(text) = &text {
        if text.len() > LONGEST {
            let told = format!(
                "Texten är för lång: {} kB av högst {} kB. Dela upp den på fler avsnitt.",
                text.len() / 1024,
                LONGEST / 1024
            );
            return Ok(Sparat::Nej(told));
        }
        if contains_personnummer(text) {
            let told = "Texten innehåller något som ser ut som ett personnummer. Ta bort det; uppgifter om enskilda \
                        deltagare hör inte hemma i en rapport. Inget har sparats.";
            return Ok(Sparat::Nej(told.to_owned()));
        }
    }
    let signature = Signature { who: vem.1, why: "", now_ms: clock::now_ms() };
    let saved =
        text::save(chosen.db, &chosen.access, version, (plats, last), text.as_deref(), (vem.0, signature)).await?;
    Ok(match saved {
        Saved::Done(nr) | Saved::Same(nr) => Sparat::Klart(nr),
        Saved::Newer(found) => Sparat::Nyare(found),
        Saved::Closed => Sparat::Nej("Versionen är låst och kan inte ändras. Börja en ny version.".to_owned()),
    })
}

/// The sections of an open version, in order.
pub fn disposition(open: &Oppen) -> Disposition {
    let text = open.text(DISPOSITION).and_then(|text| text.text.as_deref());
    Disposition::of(&open.grund.document, text)
}

/// Changes the order of an open version's sections, upon the revision `last` of it.
pub async fn ordna(
    chosen: &Chosen<'_>,
    open: &Oppen,
    last: i64,
    change: Andring,
    vem: Vem<'_>,
) -> Result<Sparat, Error> {
    let mut order = disposition(open);
    order.andra(change, open.texter.iter().map(|text| text.plats.as_str()));
    spara(chosen, open.version.nr, (DISPOSITION, last.into()), Some(&order.text()), vem).await
}

/// Sets the kännedomsdatum of an open version; `None` is today. Why it could not be, and what to do.
pub async fn satt_per(
    chosen: &Chosen<'_>,
    version: &Version,
    per: Option<samsyn_document::Datum>,
) -> Result<Result<(), String>, Error> {
    if per.is_some_and(|per| per > clock::today()) {
        return Ok(Err("Uppgifter per kan inte vara en dag som inte har varit än.".to_owned()));
    }
    let done = version::set_per(chosen.db, &chosen.access, version.nr, per).await?;
    Ok(if done { Ok(()) } else { Err("Versionen är låst och kan inte ändras.".to_owned()) })
}

/// A text as it reads, with its figures.
pub fn i_ord(open: &Oppen, text: &str) -> String {
    skrivet::i_ord(&skrivet::blocks(text, "", &|id| open.grund.finn(id)))
}

/// Something in a written text that the figures do not bear.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anmarkt {
    /// Where it stands in the text, bytes.
    pub fran: usize,
    /// Where it ends.
    pub till: usize,
    /// What stands there.
    pub skrivet: String,
    /// Why it is pointed out.
    pub varfor: String,
    /// The right figure as it is read, and as it is written in the text.
    pub ratt: Option<(String, String)>,
}

/// What the figures do not bear in the written texts, by place.
pub fn anmarkningar(chosen: &Chosen<'_>, open: &Oppen) -> BTreeMap<String, Vec<Anmarkt>> {
    let of = |text: &Text| {
        let found = anmarkningar_i(chosen, open, text.text.as_deref()?);
        (!found.is_empty()).then(|| (text.plats.clone(), found))
    };
    open.texter.iter().filter(|text| text.plats != DISPOSITION).filter_map(of).collect()
}

/// What the figures do not bear in a text.
pub fn anmarkningar_i(chosen: &Chosen<'_>, open: &Oppen, text: &str) -> Vec<Anmarkt> {
    let period = open.version.slag.raknas(open.version.avser);
    let granskare = open.grund.granskare(chosen, period);
    let found = if open.version.slag.av_ekonomi() && !open.version.slag.av_bokslut() {
        // What sentences say of participants and insatser is known, of the förbund's own economy not yet: only what
        // nobody is to tell by hand is pointed out.
        granskare.sma_tal(text)
    } else {
        let mut found = granskare.granska(text);
        if let Some(fore) = &open.fore {
            let then = fore.grund.granskare(chosen, period);
            found.extend(granskare.inaktuella(then, fore.per, text, &found));
        }
        if open.version.slag.av_bokslut() {
            let values: Vec<&Value> = open.grund.varden.values().collect();
            let told = |remark: &Anmarkning| {
                found.iter().any(|other| other.plats.start < remark.plats.end && remark.plats.start < other.plats.end)
            };
            let more: Vec<Anmarkning> = obelagda(text, &values).into_iter().filter(|remark| !told(remark)).collect();
            found.extend(more);
        }
        found.sort_by_key(|remark| remark.plats.start);
        found
    };
    let told = |remark: Anmarkning| Anmarkt {
        fran: remark.plats.start,
        till: remark.plats.end,
        skrivet: remark.skrivet,
        varfor: remark.varfor,
        ratt: remark.ratt.map(|right| (i_ord(open, &right.markup), right.markup)),
    };
    found.into_iter().map(told).collect()
}
