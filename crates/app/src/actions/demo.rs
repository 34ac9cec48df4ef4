//! The real underlag, built into the program, taken in and reported.

use crate::Error;
use crate::actions::forbund::Chosen;
use crate::actions::importera::{self, Choices, Imported};
use crate::actions::rapport::{self, Format};
use samsyn_document::{Datum, Document, Halvar};
use samsyn_import::package::{Limits, ReceivedFile};
use samsyn_store::Db;
use std::path::{Path, PathBuf};

macro_rules! built_in {
    ($($name:literal)+) => {
        &[$(($name, include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../demo/", $name)))),+]
    };
}

/// The files of the demo's package.
const FILES: &[(&str, &[u8])] = built_in![
    "datapackage.json" "forbund.csv" "medlemmar.csv" "folkmangd.csv" "avgiftsregler.csv" "historiska_tal.csv"
    "insatser.csv" "insatsperioder.csv" "insatsparter.csv" "budget.csv" "rekvisitioner.csv" "avvikelser.csv"
    "kvartalsrapporter.csv" "mal.csv" "malutfall.csv" "verksamhetsmal.csv" "aktiviteter.csv" "deltagare.csv"
];

/// The demo's förbund.
pub const FORBUND: &str = "uppsala-lan";

/// The half-years that the demo reports, each with its kännedomsdatum.
pub const RAPPORTER: [(&str, &str); 2] = [("2022-H1", "2022-08-30"), ("2023-H1", "2023-08-30")];

/// Imports the built-in package; its warnings are accepted and told.
pub async fn import(db: &Db) -> Result<Imported, Error> {
    let files = FILES.iter().map(|(name, bytes)| ReceivedFile { name: (*name).to_owned(), bytes: bytes.to_vec() });
    let choices = Choices { limits: Limits::default(), accept_warnings: true, who: "demo", why: "samsyn demo" };
    importera::files_of(db, files.collect(), choices, &mut |_, _| {}).await
}

/// The PM of one of the demo's half-years.
pub async fn pm(chosen: &Chosen<'_>, period: &str, per: &str) -> Result<(Halvar, Datum, Document), Error> {
    let (period, per): (Halvar, Datum) =
        (period.parse().map_err(Error::Failure)?, per.parse().map_err(Error::Failure)?);
    Ok((period, per, rapport::pm(chosen, period, per).await?))
}

/// Writes a document in every format to the folder; the files.
pub fn write(document: &Document, folder: &Path, name: &str) -> Result<Vec<PathBuf>, Error> {
    let mut written = Vec::new();
    for (_, ending) in Format::ALL {
        let path = folder.join(format!("{name}.{ending}"));
        rapport::write(document, &path)?;
        written.push(path);
    }
    Ok(written)
}
