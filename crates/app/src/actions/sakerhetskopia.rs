//! Copies of the database: a folder of them in which the oldest give way, and bringing one back with what was there kept
//! beside.

use crate::{Error, clock};
use samsyn_document::datum::moment;
use samsyn_store::Db;
use samsyn_store::gallring::{self, Beslut};
use std::path::{Path, PathBuf};

/// What the names of copies in a folder begin and end with; the moment's 14 digits stand between.
const NAME: (&str, &str) = ("samsyn-", ".samsyn");

/// What bringing a copy back came to.
#[derive(Debug)]
pub struct Aterstallt {
    /// What was there before lies here.
    pub fore: PathBuf,
    /// Gallringar that were carried out after the copy was taken, by förbund: what they removed has come back.
    pub gallringar: Vec<(String, Beslut)>,
}

/// Replaces everything by what the copy holds. What was there is first written to a file beside the copy.
pub async fn restore(db: &Db, copy: &Path) -> Result<Aterstallt, Error> {
    let before = free(copy.parent().unwrap_or(Path::new(".")), &format!("fore-aterstallning-{}", stamp()));
    let done = gallring::carried_out(db).await?;
    if let Err(error) = db.backup(&before).await {
        // A server has its own tools for both; then what it says of bringing back is what helps.
        db.restore(copy).await?;
        return Err(error.into());
    }
    db.restore(copy).await?;
    let kept = gallring::carried_out(db).await?;
    let same = |(one, a): &(String, Beslut), (other, b): &(String, Beslut)| {
        (one, a.nr, a.utford_ms) == (other, b.nr, b.utford_ms)
    };
    let lost = done.into_iter().filter(|of| !kept.iter().any(|other| same(of, other)));
    Ok(Aterstallt { fore: before, gallringar: lost.collect() })
}

/// Writes a copy named after the moment in a folder, and removes the oldest of those named so until `keep` are left. The
/// copy, and how many were removed.
pub async fn rotera(db: &Db, folder: &Path, keep: usize) -> Result<(PathBuf, usize), Error> {
    crate::actions::spara::folder(folder)?;
    let copy = folder.join(format!("{}{}{}", NAME.0, stamp(), NAME.1));
    db.backup(&copy).await?;
    let mut named: Vec<PathBuf> = std::fs::read_dir(folder)
        .map_err(|error| Error::file(folder, "läsas", &error))?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.file_name().and_then(|name| name.to_str()).is_some_and(is_ours))
        .collect();
    named.sort();
    let old = named.len().saturating_sub(keep.max(1));
    for path in &named[..old] {
        std::fs::remove_file(path).map_err(|error| Error::file(path, "tas bort", &error))?;
    }
    Ok((copy, old))
}

/// Whether a file's name is that of a copy in a folder. No other file is touched.
fn is_ours(name: &str) -> bool {
    let middle = name.strip_prefix(NAME.0).and_then(|rest| rest.strip_suffix(NAME.1));
    middle.is_some_and(|digits| digits.len() == 14 && digits.bytes().all(|byte| byte.is_ascii_digit()))
}

fn stamp() -> String {
    moment(clock::now_ms()).chars().filter(char::is_ascii_digit).collect()
}

/// A copy's name in a folder that is not taken: of two in one second the later has a number.
fn free(folder: &Path, name: &str) -> PathBuf {
    let numbered = (2..).map(|nr| folder.join(format!("{name}-{nr}{}", NAME.1)));
    let mut names = std::iter::once(folder.join(format!("{name}{}", NAME.1))).chain(numbered);
    names.find(|path| !path.exists()).unwrap_or_else(|| folder.join(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_copies_of_one_second_have_names_of_their_own() {
        let folder = tempfile::tempdir().unwrap();
        let first = free(folder.path(), "samsyn-1");
        std::fs::write(&first, b"").unwrap();
        assert_eq!(first, folder.path().join("samsyn-1.samsyn"));
        assert_eq!(free(folder.path(), "samsyn-1"), folder.path().join("samsyn-1-2.samsyn"));
    }

    #[test]
    fn only_copies_that_the_program_has_named_are_removed() {
        assert!(is_ours("samsyn-20260131020000.samsyn"));
        for name in [
            "samsyn-2026-01-31.samsyn",
            "samsyn-20260131.samsyn",
            "samsyn.db",
            "fore-aterstallning-20260131020000.samsyn",
            "samsyn-.samsyn",
        ] {
            assert!(!is_ours(name), "{name}");
        }
        assert!(is_ours(&format!("samsyn-{}.samsyn", stamp())));
    }
}
