//! Versions of reports: what one says, as it is written or as it was frozen.

pub mod frysning;
mod handelse;
pub mod jamfor;
pub mod platser;
pub mod skriva;
pub mod steg;

use crate::Error;
use crate::actions::forbund::{Chosen, per_or_today};
use crate::actions::rapport;
use samsyn_core::calc;
use samsyn_core::rapport::granska::Granskare;
use samsyn_core::rapport::skrivet::{self, Skriven, Texter};
use samsyn_core::underlag::Underlag;
use samsyn_core::version::{Avser, Lage, Slag};
use samsyn_document::{Cell, Datum, Document, FigureId, Halvar, Value};
use samsyn_store::version::kommentar::{self, Kommentar};
use samsyn_store::version::text::{self, Text};
use samsyn_store::version::{self, Taget, Version};
use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

/// A version's name for people: `PM, uppföljning av insatser, första halvåret 2022, version 1`.
pub fn namn(version: &Version) -> String {
    format!("{}, {}, version {}", version.slag.text(), version.avser.text(), version.version)
}

/// A number in the diarium: `2022/12`.
pub fn diarienummer((year, number): (i64, i64)) -> String {
    format!("{year}/{number}")
}

/// A report as the figures give it, with the figures by name.
#[derive(Debug)]
pub struct Grund {
    /// The document.
    pub document: Document,
    /// What is known.
    pub underlag: Arc<Underlag>,
    /// The figures' names, in the order of the report.
    pub ordning: Vec<FigureId>,
    pub(super) varden: HashMap<FigureId, Value>,
    granskare: OnceLock<Granskare>,
}

impl Grund {
    /// What a report rests on, made once in a server.
    pub async fn of(chosen: &Chosen<'_>, slag: Slag, avser: Avser, per: Datum) -> Result<Arc<Grund>, Error> {
        let underlag = chosen.underlag(per).await?;
        let name = format!("grund {} {avser}", slag.kod());
        Ok(chosen.made(&underlag, &name, || {
            let document = rapport::of(chosen, &underlag, slag, avser);
            let figures = rapport::siffror(&chosen.rakning(&underlag, slag.raknas(avser)), slag, avser);
            let ordning = figures.iter().map(|figure| figure.id.clone()).collect();
            let varden = figures.into_iter().map(|figure| (figure.id, figure.value)).collect();
            Grund { document, underlag: underlag.clone(), ordning, varden, granskare: OnceLock::new() }
        }))
    }

    /// The value of a figure.
    pub fn varde(&self, id: &FigureId) -> Option<&Value> {
        self.varden.get(id)
    }

    /// A figure as a cell; what to call it when it has no value.
    pub fn finn(&self, id: &FigureId) -> Result<Cell, String> {
        match self.varde(id) {
            Some(value) if *value != Value::Missing => Ok(Cell::figure(value.clone(), id.clone())),
            _ => Err(format!("värde för {}", self.namn(id))),
        }
    }

    /// What holds texts against the figures of the half-year.
    pub fn granskare(&self, chosen: &Chosen<'_>, period: Halvar) -> &Granskare {
        self.granskare.get_or_init(|| {
            let rakning = chosen.rakning(&self.underlag, period);
            let withholding = calc::Rakning::withholding(&self.underlag, period, self.underlag.installningar.sma_tal);
            Granskare::new(&rakning).och_sma_tal(&withholding)
        })
    }

    /// A figure's name in words.
    pub fn namn(&self, id: &FigureId) -> String {
        calc::namn::namn(&self.underlag, id)
    }

    /// The report with what is written in it.
    pub fn skrivet(&self, texter: &Texter) -> Skriven {
        skrivet::skrivet(self.document.clone(), texter, &|id| self.finn(id))
    }
}

/// An open version at hand: what it rests on and what is written in it.
#[derive(Debug)]
pub struct Oppen {
    /// The version.
    pub version: Version,
    /// Its kännedomsdatum, today when none is chosen.
    pub per: Datum,
    /// What it rests on.
    pub grund: Arc<Grund>,
    /// Its texts, the latest revision of each place.
    pub texter: Vec<Text>,
    /// What it rested on when it was begun, when something else is known now.
    pub fore: Option<Fore>,
}

/// What a version rested on when it was begun: the version before it, or what was known that day.
#[derive(Debug, Clone)]
pub struct Fore {
    /// The day as of which it was known.
    pub per: Datum,
    /// What it rested on.
    pub grund: Arc<Grund>,
    /// Whether it is the version before.
    pub version: bool,
}

impl Oppen {
    /// Reads a version's texts and what it rests on.
    pub async fn read(chosen: &Chosen<'_>, version: Version) -> Result<Oppen, Error> {
        let per = per_or_today(version.per);
        let grund = Grund::of(chosen, version.slag, version.avser, per).await?;
        let texter = text::all(chosen.db, &chosen.access, version.nr).await?;
        Ok(Oppen { version, per, grund, texter, fore: None })
    }

    /// The same, with what it rested on when it was begun, to tell which texts are older than the figures.
    pub async fn med_fore(chosen: &Chosen<'_>, version: Version) -> Result<Oppen, Error> {
        let mut open = Oppen::read(chosen, version).await?;
        let (slag, avser, number) = (open.version.slag, open.version.avser, open.version.version);
        let before = match number {
            1 => None,
            _ => version::list(chosen.db, &chosen.access)
                .await?
                .into_iter()
                .find(|other| (other.slag, other.avser, other.version) == (slag, avser, number - 1)),
        };
        let begun = || open.version.per.is_none().then(|| Datum::of_ms(open.version.skapad_ms));
        let day = before.as_ref().map_or_else(begun, |before| before.per).filter(|day| *day != open.per);
        if let Some(per) = day {
            let grund = Grund::of(chosen, slag, avser, per).await?;
            open.fore = Some(Fore { per, grund, version: before.is_some() });
        }
        Ok(open)
    }

    /// Places with a text that came from the version before, and where the text that the figures give has changed since:
    /// that text as it was and as it is.
    pub fn andrade_mallar(&self) -> Vec<(&str, String, String)> {
        let Some(fore) = self.fore.as_ref().filter(|fore| fore.version) else { return Vec::new() };
        let (then, now) = (skrivet::platser(&fore.grund.document), skrivet::platser(&self.grund.document));
        let of = |places: &[skrivet::Plats], plats: &str| {
            places.iter().find(|place| place.namn == plats).map(|place| place.ord.clone()).unwrap_or_default()
        };
        let inherited = self.texter.iter().filter(|text| text.text.is_some() && text.borjad_ms == 0);
        let told = inherited.map(|text| (text.plats.as_str(), of(&then, &text.plats), of(&now, &text.plats)));
        told.filter(|(_, then, now)| then != now).collect()
    }

    /// What is written, by place.
    pub fn skrivna(&self) -> Texter {
        let written = self.texter.iter().filter_map(|text| Some((text.plats.clone(), text.text.clone()?)));
        written.collect()
    }

    /// The text of a place, when it has been written at.
    pub fn text(&self, plats: &str) -> Option<&Text> {
        self.texter.iter().find(|text| text.plats == plats)
    }

    /// The report as it reads.
    pub fn skriven(&self) -> Skriven {
        let mut skriven = self.grund.skrivet(&self.skrivna());
        mark(&mut skriven.document, &self.version);
        if self.version.lage.is_open() {
            let told = format!("{}, inte låst. Kan ändras.", self.version.lage.text());
            skriven.document.foot = Some(told);
        }
        skriven
    }
}

/// What a version's document says of the version.
fn mark(document: &mut Document, version: &Version) {
    let state =
        if version.lage.is_open() { format!(", {}", version.lage.text().to_lowercase()) } else { String::new() };
    document.meta.push(("Version".to_owned(), format!("{}{state}", version.version)));
    if let Some(number) = version.diarienummer {
        document.meta.push(("Diarienummer".to_owned(), diarienummer(number)));
    }
}

/// The versions of the förbund's reports that the reader may see: all, or the låsta ones.
pub async fn lista(chosen: &Chosen<'_>, open_too: bool) -> Result<Vec<Version>, Error> {
    let mut all = version::list(chosen.db, &chosen.access).await?;
    all.retain(|version| open_too || !version.lage.is_open());
    Ok(all)
}

/// The half-year's versions that are on review or låsta, with how many comments are not resolved.
pub async fn vantar(chosen: &Chosen<'_>, period: Halvar) -> Result<Vec<(Version, usize)>, Error> {
    let mut found = Vec::new();
    for version in lista(chosen, true).await? {
        if version.avser == Avser::Halvar(period) && matches!(version.lage, Lage::Granskning | Lage::Last) {
            let open =
                kommentarer(chosen, version.nr).await?.iter().filter(|comment| comment.lost_ms.is_none()).count();
            found.push((version, open));
        }
    }
    Ok(found)
}

/// The days as of which a låst report tells, the latest first. Who has small counts withheld may look at these days and
/// today: one who saw any two days could subtract.
pub async fn lasta_dagar(chosen: &Chosen<'_>) -> Result<Vec<Datum>, Error> {
    let mut days: Vec<Datum> = lista(chosen, false).await?.into_iter().filter_map(|version| version.per).collect();
    days.sort();
    days.dedup();
    days.reverse();
    Ok(days)
}

/// A version that the reader may see.
pub async fn finn(chosen: &Chosen<'_>, nr: i64, open_too: bool) -> Result<Option<Version>, Error> {
    let found = version::find(chosen.db, &chosen.access, nr).await?;
    Ok(found.filter(|version| open_too || !version.lage.is_open()))
}

/// The document of a version: read when it is låst, else written now.
pub async fn dokument(chosen: &Chosen<'_>, version: &Version) -> Result<Document, Error> {
    match version.lage {
        Lage::Last | Lage::Behandlad => frysning::dokument(chosen, version).await,
        Lage::Utkast | Lage::Granskning => Ok(Oppen::read(chosen, version.clone()).await?.skriven().document),
    }
}

/// The comments on a version, the latest last.
pub async fn kommentarer(chosen: &Chosen<'_>, nr: i64) -> Result<Vec<Kommentar>, Error> {
    Ok(kommentar::all(chosen.db, &chosen.access, nr).await?)
}

/// The steps that a version has taken, the latest last.
pub async fn tagna_steg(chosen: &Chosen<'_>, nr: i64) -> Result<Vec<Taget>, Error> {
    Ok(version::steps(chosen.db, &chosen.access, nr).await?)
}

/// Every text that has stood at a place of a version, the latest first.
pub async fn tidigare_texter(chosen: &Chosen<'_>, nr: i64, plats: &str) -> Result<Vec<Text>, Error> {
    Ok(text::revisions(chosen.db, &chosen.access, nr, plats).await?)
}
