//! A package that someone has uploaded: read and judged, kept while a person looks at what it would change, then taken
//! in or put away.

use crate::actions::forbund::Chosen;
use crate::actions::importera::{self, Choices, Imported};
use crate::{Error, clock};
use samsyn_core::personnummer::contains_personnummer;
use samsyn_core::{Fact, Facts, Finding, Place, Severity, for_every_noun};
use samsyn_import::package::{Limits, ReceivedFile};
use samsyn_store::{facts, forslag};
use std::collections::{BTreeSet, HashMap};
use std::io::Read;

/// The most files that a package may unpack to.
const MOST_FILES: usize = 200;
/// How many changed rows of a noun are told one by one.
const TOLD: usize = 100;
/// How long a proposal waits, milliseconds: two weeks.
const WAITS_MS: i64 = 14 * 24 * 60 * 60_000;

/// A row that would change: its key, and the fields with what stands there before and after.
#[derive(Debug, PartialEq, Eq)]
pub struct AndradRad {
    /// The fact's key.
    pub nyckel: String,
    /// Field, before, after.
    pub falt: Vec<(&'static str, String, String)>,
}

/// What a package would do to one noun.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Andring {
    /// The noun's file.
    pub fil: &'static str,
    /// How many rows are new.
    pub nya: usize,
    /// How many change.
    pub andrade: usize,
    /// The first of those that change.
    pub rader: Vec<AndradRad>,
    /// How many stored rows are not in the file.
    pub borta: usize,
}

/// A proposal as a person looks at it.
#[derive(Debug)]
pub struct Forslag {
    /// What the upload was called.
    pub namn: String,
    /// What would change, noun by noun; only those where anything would.
    pub andringar: Vec<Andring>,
    /// What is worth knowing, worst first.
    pub findings: Vec<Finding>,
    /// Whether it can be taken in: nothing that stops.
    pub kan_lasas: bool,
}

impl Forslag {
    /// Whether anything must be accepted.
    pub fn har_varningar(&self) -> bool {
        self.findings.iter().any(|finding| finding.severity == Severity::Varning)
    }
}

/// Unpacks what was uploaded: files as they are, and what lies in a zip file, without its folders.
pub fn unpack(uploads: Vec<ReceivedFile>, limits: &Limits) -> Result<Vec<ReceivedFile>, Error> {
    let mut files = Vec::new();
    let mut left = limits.max_file_bytes.saturating_mul(4);
    for upload in uploads {
        if files.len() > MOST_FILES {
            return Err(Error::Usage(format!("Det är fler än {MOST_FILES} filer. Ladda upp ett underlag i taget.")));
        }
        if upload.bytes.starts_with(b"PK\x03\x04") {
            files.extend(unzip(&upload, limits, &mut left)?);
        } else {
            files.push(upload);
        }
    }
    if files.is_empty() {
        return Err(Error::Usage("Inga filer kom med. Välj underlagets filer eller en zip-fil med dem.".to_owned()));
    }
    Ok(files)
}

/// A file's name as it may be shown again.
fn shown(name: &str) -> &str {
    if contains_personnummer(name) { "Filen" } else { name }
}

/// Unpacks one zip file; `left` is how many bytes the whole upload may still unpack to.
fn unzip(upload: &ReceivedFile, limits: &Limits, left: &mut u64) -> Result<Vec<ReceivedFile>, Error> {
    let zip = shown(&upload.name);
    let broken = |_| Error::Usage(format!("{zip} är ingen hel zip-fil. Packa den på nytt."));
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&upload.bytes)).map_err(broken)?;
    if archive.len() > MOST_FILES {
        return Err(Error::Usage(format!("{zip} har fler än {MOST_FILES} filer.")));
    }
    let mut files = Vec::new();
    for at in 0..archive.len() {
        let entry = archive.by_index(at).map_err(broken)?;
        let path = entry.name().map_err(broken)?.into_owned();
        let name = path.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
        if entry.is_dir() || name.is_empty() || name.starts_with('.') || path.starts_with("__MACOSX") {
            continue;
        }
        // What a file says of its own size is not believed: no more than the limit is ever unpacked.
        let mut bytes = Vec::new();
        let most = limits.max_file_bytes.min(*left);
        let read = entry.take(most + 1).read_to_end(&mut bytes);
        read.map_err(|_| Error::Usage(format!("{zip}: {} kan inte packas upp. Packa den på nytt.", shown(&name))))?;
        if bytes.len() as u64 > most {
            let mib = limits.max_file_bytes / 1024 / 1024;
            return Err(Error::Usage(format!("{zip}: {} är större än gränsen på {mib} MiB.", shown(&name))));
        }
        *left -= bytes.len() as u64;
        files.push(ReceivedFile { name, bytes });
    }
    Ok(files)
}

/// Keeps an upload as a proposal, if nothing in it stops; its number. Nothing is kept of one that is refused.
pub async fn keep(chosen: &Chosen<'_>, user: i64, files: Vec<ReceivedFile>, limits: Limits) -> Result<i64, Error> {
    let (kept, name) = {
        let read = importera::judge(files, &limits);
        let wrong = read.stopping();
        if !wrong.is_empty() {
            return Err(Error::Findings(wrong));
        }
        of_this(chosen, &read)?;
        read.kept()
    };
    let now_ms = clock::now_ms();
    forslag::thin_out(chosen.db, now_ms - WAITS_MS).await?;
    Ok(forslag::keep(chosen.db, &chosen.access, user, &name, &kept, now_ms).await?)
}

/// A package must be about the förbund it is uploaded to.
fn of_this(chosen: &Chosen<'_>, read: &importera::Read) -> Result<(), Error> {
    let id = read.facts().and_then(|facts| facts.forbund.first()).map(|forbund| forbund.forbund_id.to_string());
    if id.as_deref() == Some(chosen.id.as_str()) {
        return Ok(());
    }
    let place = Place { file: Some("forbund.csv".to_owned()), ..Place::default() };
    let found = id.map_or("inget förbund".to_owned(), |id| format!("förbundet {id}"));
    let message = format!("Underlaget gäller {found}, inte {}.", chosen.id);
    Err(Error::Findings(vec![Finding::error(place, message, "Läs in det i rätt förbund.")]))
}

/// The proposals that wait: number, name and when.
pub async fn waiting(chosen: &Chosen<'_>) -> Result<Vec<(i64, String, i64)>, Error> {
    let found = forslag::list(chosen.db, &chosen.access).await?;
    Ok(found.into_iter().map(|forslag| (forslag.nr, forslag.namn, forslag.skapad_ms)).collect())
}

/// A proposal with what it would change.
pub async fn show(chosen: &Chosen<'_>, nr: i64, limits: Limits) -> Result<Option<Forslag>, Error> {
    let Some((found, files)) = forslag::find(chosen.db, &chosen.access, nr).await? else { return Ok(None) };
    let read = importera::judge(received(files), &limits);
    let mut findings = read.findings().to_vec();
    let mut andringar = Vec::new();
    if let Some(new) = read.facts() {
        let stored = facts::current(chosen.db, &chosen.access).await?;
        andringar = changes(&stored, new, read.present());
        findings.extend(importera::against_stored(chosen.db, new, read.present()).await?);
    }
    findings.sort();
    let kan_lasas = findings.iter().all(|finding| finding.severity != Severity::Fel);
    Ok(Some(Forslag { namn: found.namn, andringar, findings, kan_lasas }))
}

/// Takes a proposal in: its warnings are accepted by the one who says so.
pub async fn accept(
    chosen: &Chosen<'_>,
    nr: i64,
    limits: Limits,
    (who, why): (&str, &str),
) -> Result<Option<Imported>, Error> {
    let Some((_, files)) = forslag::find(chosen.db, &chosen.access, nr).await? else { return Ok(None) };
    let choices = Choices { limits, accept_warnings: true, who, why };
    let imported = importera::files_of(chosen.db, received(files), choices, &mut |_, _| {}).await?;
    forslag::discard(chosen.db, &chosen.access, nr).await?;
    Ok(Some(imported))
}

/// Puts a proposal away; whether there was one.
pub async fn discard(chosen: &Chosen<'_>, nr: i64) -> Result<bool, Error> {
    Ok(forslag::discard(chosen.db, &chosen.access, nr).await?)
}

fn received(files: Vec<(String, Vec<u8>)>) -> Vec<ReceivedFile> {
    files.into_iter().map(|(name, bytes)| ReceivedFile { name, bytes }).collect()
}

/// What the rows of a package would change in what is stored.
fn changes(stored: &Facts, new: &Facts, present: &BTreeSet<&'static str>) -> Vec<Andring> {
    let mut all = Vec::new();
    macro_rules! compare {
        ($($field:ident: $type:ty,)+) => {$(
            if present.contains(<$type as Fact>::RESOURCE) {
                all.push(change(&stored.$field, &new.$field));
            }
        )+};
    }
    for_every_noun!(compare);
    all.retain(|change| change.nya + change.andrade + change.borta > 0);
    all
}

fn change<F: Fact>(stored: &[F], new: &[F]) -> Andring {
    let before: HashMap<String, &F> = stored.iter().map(|fact| (fact.key(), fact)).collect();
    let mut change = Andring { fil: F::RESOURCE, ..Andring::default() };
    let mut kept = 0;
    for fact in new {
        match before.get(&fact.key()) {
            None => change.nya += 1,
            Some(old) => {
                kept += 1;
                if *old != fact {
                    change.andrade += 1;
                    if change.rader.len() < TOLD {
                        change.rader.push(AndradRad { nyckel: fact.key(), falt: fields(*old, fact) });
                    }
                }
            }
        }
    }
    change.borta = before.len().saturating_sub(kept);
    change
}

fn fields<F: Fact>(old: &F, new: &F) -> Vec<(&'static str, String, String)> {
    let pairs = F::FIELDS.iter().enumerate().map(|(at, name)| (*name, old.cell(at), new.cell(at)));
    pairs.filter(|(_, before, after)| before != after).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn zipped(files: &[(&str, &[u8])]) -> ReceivedFile {
        let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, bytes) in files {
            writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            writer.write_all(bytes).unwrap();
        }
        ReceivedFile { name: "paket.zip".to_owned(), bytes: writer.finish().unwrap().into_inner() }
    }

    #[test]
    fn a_zip_file_gives_its_files_without_their_folders() {
        let upload = zipped(&[("underlag/mal.csv", b"a"), ("__MACOSX/mal.csv", b"b"), ("underlag/.DS_Store", b"c")]);
        let files = unpack(vec![upload], &Limits::default()).unwrap();
        assert_eq!(files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>(), ["mal.csv"]);
    }

    #[test]
    fn a_zip_file_that_unpacks_to_too_much_is_refused() {
        let limits = Limits { max_file_bytes: 1000 };
        let upload = zipped(&[("stor.csv", &[b' '; 100_000])]);
        assert!(upload.bytes.len() < 1000);
        let told = unpack(vec![upload], &limits).unwrap_err().to_string();
        assert!(told.contains("stor.csv") && told.contains("större än gränsen"), "{told}");
        let broken = ReceivedFile { name: "a.zip".into(), bytes: b"PK\x03\x04trasig".to_vec() };
        assert!(unpack(vec![broken], &limits).unwrap_err().to_string().contains("ingen hel zip-fil"));
    }
}
