//! Giving the facts back in the form they came: a data package, with every version if asked for.

use crate::Error;
use crate::actions::forbund::Chosen;
use crate::actions::inloggning::blocking;
use crate::actions::spara;
use samsyn_document::Datum;
use samsyn_import::package;
use std::path::Path;

/// The förbund's underlag as a zip file: as it stands now, or as it was known at the end of a day. Nothing when nothing
/// was known then.
pub async fn zip(chosen: &Chosen<'_>, per: Option<Datum>) -> Result<Option<Vec<u8>>, Error> {
    let facts = match per {
        Some(day) => chosen.facts(day).await?,
        None => samsyn_store::facts::current(chosen.db, &chosen.access).await?,
    };
    if facts.forbund.is_empty() {
        return Ok(None);
    }
    let title = format!("Underlag, {}", chosen.namn);
    blocking(move || spara::zip(&package::write(&facts, &title)).map(Some)).await
}

/// Writes the förbund's facts as they stand now to a folder. How many files there are. A folder that holds
/// anything is left alone unless its files may be replaced.
pub async fn underlag(chosen: &Chosen<'_>, folder: &Path, with_history: bool, replace: bool) -> Result<usize, Error> {
    let holds_something = std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some());
    if holds_something && !replace {
        return Err(Error::Usage(format!(
            "Mappen {} är inte tom. Välj en annan, eller skriv över filerna med --ersatt.",
            folder.display()
        )));
    }
    let facts = samsyn_store::facts::current(chosen.db, &chosen.access).await?;
    let mut files = package::write(&facts, &format!("Underlag, {}", chosen.namn));
    if with_history {
        files.extend(crate::actions::historik::files(chosen).await?);
    }
    spara::folder(folder)?;
    for file in &files {
        spara::file(&folder.join(&file.name), &file.bytes)?;
    }
    Ok(files.len())
}
