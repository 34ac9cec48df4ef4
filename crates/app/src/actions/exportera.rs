//! Giving the facts back in the form they came: a data package, with every version if asked for.

use crate::Error;
use crate::actions::forbund::Chosen;
use crate::actions::spara;
use samsyn_import::package;
use std::path::Path;

/// Writes the förbund's facts as they stand now to a folder. How many files there are.
pub async fn underlag(chosen: &Chosen<'_>, folder: &Path, with_history: bool) -> Result<usize, Error> {
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
