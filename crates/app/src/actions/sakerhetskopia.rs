//! Bringing a copy of the database back, with what was there kept beside.

use crate::{Error, clock};
use samsyn_document::datum::moment;
use samsyn_store::Db;
use std::path::{Path, PathBuf};

/// Replaces everything by what the copy holds. What was there is first written to a file beside the copy; which.
pub async fn restore(db: &Db, copy: &Path) -> Result<PathBuf, Error> {
    let stamp: String = moment(clock::now_ms()).chars().filter(char::is_ascii_digit).collect();
    let name = format!("fore-aterstallning-{stamp}.samsyn");
    let before = copy.parent().unwrap_or(Path::new(".")).join(name);
    if let Err(error) = db.backup(&before).await {
        // A server has its own tools for both; then what it says of bringing back is what helps.
        db.restore(copy).await?;
        return Err(error.into());
    }
    db.restore(copy).await?;
    Ok(before)
}
