//! Giving the facts back in the form they came: a data package, with every version if asked for.

use crate::Error;
use crate::actions::forbund::Chosen;
use crate::actions::spara;
use samsyn_import::package;
use std::path::Path;

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
