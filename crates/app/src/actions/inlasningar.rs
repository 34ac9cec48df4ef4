//! What has been taken in before, and taking it back.

pub mod andrat;

use crate::actions::forbund::Chosen;
use crate::{Error, clock};
use samsyn_document::datum::moment;
use samsyn_document::{Datum, format};
use samsyn_store::import::{self, Import, Undone};
use samsyn_store::{Signature, inlast};

/// A kept file of an import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filen {
    /// Its name.
    pub namn: String,
    /// SHA-256 of its bytes.
    pub summa: String,
    /// Its size in bytes; nought when all of it has been removed.
    pub storlek: usize,
    /// The day on which inskrivningar were last removed from it.
    pub gallrad: Option<Datum>,
}

/// An import's files.
pub type Filer = Vec<Filen>;

/// A förbund's imports, the latest first.
pub async fn all(chosen: &Chosen<'_>) -> Result<Vec<Import>, Error> {
    let mut found = import::list(chosen.db, chosen.access.forbund()).await?;
    found.reverse();
    Ok(found)
}

/// One import with its files.
pub async fn one(chosen: &Chosen<'_>, nr: i64) -> Result<Option<(Import, Filer)>, Error> {
    let Some(found) = all(chosen).await?.into_iter().find(|import| import.nr == nr) else { return Ok(None) };
    let files = import::files(chosen.db, &chosen.access, nr).await?;
    let filen = |file: import::Fil| Filen {
        namn: file.namn,
        summa: file.sha256,
        storlek: file.innehall.len(),
        gallrad: file.gallrad_ms.map(Datum::of_ms),
    };
    Ok(Some((found, files.into_iter().map(filen).collect())))
}

/// Why an import stays, in Swedish; `None` when it can be undone as things stand.
pub async fn stays(chosen: &Chosen<'_>, nr: i64) -> Result<Option<String>, Error> {
    Ok(inlast::stays(chosen.db, &chosen.access, nr).await?.and_then(|undone| told(undone).err()))
}

/// Undoes an import as a new event. Else why it stays, in Swedish.
pub async fn undo(chosen: &Chosen<'_>, nr: i64, (who, why): (&str, &str)) -> Result<Result<(), String>, Error> {
    let signature = Signature { who, why, now_ms: clock::now_ms() };
    Ok(told(import::undo(chosen.db, &chosen.access, nr, signature).await?))
}

fn told(undone: Undone) -> Result<(), String> {
    match undone {
        Undone::Done { .. } => Ok(()),
        Undone::Unknown => Err("Inläsningen finns inte.".to_owned()),
        Undone::First => Err("Den första inläsningen kan inte ångras: då vore inget kvar.".to_owned()),
        Undone::Used(version) => Err(format!(
            "Den låsta rapporten {} {}, version {}, bygger på inläsningen. Rätta uppgifterna med en ny inläsning i \
             stället.",
            version.slag.text(),
            version.avser,
            version.version
        )),
        Undone::Already(event) => {
            Err(format!("Den är redan ångrad, {} av {}.", moment(event.registrerad_ms), event.vem))
        }
        Undone::Later(events) => {
            let told: Vec<String> = events
                .iter()
                .map(|event| format!("{} av {} ({})", moment(event.registrerad_ms), event.vem, event.slag))
                .collect();
            Err(format!(
                "Senare ändringar bygger på den: {}. Är de inläsningar kan du ångra dem först, den senaste först. Annars: rätta \
                 uppgifterna i en ny inläsning.",
                format::list(&told)
            ))
        }
    }
}
