//! The real underlag, built into the program, taken in and reported.

use crate::Error;
use crate::actions::bokforing::{self, koppling};
use crate::actions::forbund::Chosen;
use crate::actions::importera::{self, Choices, Imported};
use crate::actions::plan;
use crate::actions::rapport::{self, Design, Format};
use samsyn_core::version::{Avser, Slag};
use samsyn_document::{Datum, Halvar};
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
    "kvartalsrapporter.csv" "mal.csv" "malutfall.csv" "verksamhetsmal.csv" "aktiviteter.csv" "deltagare.csv" "medlemsavgifter.csv"
];

/// The board's plans, each with its meeting.
const PLANER: &[(&str, &[u8])] = built_in!["ekonomi/plan-2018-03-16.csv" "ekonomi/plan-2022-10-20.csv"];

/// The bookkeeping, closing by closing.
const BOKFORING: &[(&str, &[u8])] = built_in!["ekonomi/2021-06-30.se" "ekonomi/2021-12-31.se" "ekonomi/2022-06-30.se"];

/// What accounts, projects and cost centres are, from the first year with bookkeeping.
const KOPPLINGAR: &[(&str, &[u8])] =
    built_in!["ekonomi/rapportstruktur.csv" "ekonomi/projekt.csv" "ekonomi/kostnadsstallen.csv"];

/// The first year with bookkeeping.
const FORSTA_BOKFORDA_AR: u16 = 2021;

/// The demo's förbund.
pub const FORBUND: &str = "uppsala-lan";

/// The half-years that the demo reports, each with its kännedomsdatum.
pub const RAPPORTER: [(&str, &str); 2] = [("2022-H1", "2022-08-30"), ("2023-H1", "2023-08-30")];

/// Imports the built-in package; its warnings are accepted and told.
pub async fn import(db: &Db) -> Result<Imported, Error> {
    let files = FILES.iter().map(|(name, bytes)| ReceivedFile { name: (*name).to_owned(), bytes: bytes.to_vec() });
    let choices = Choices { limits: Limits::default(), accept_warnings: true, who: "demo", why: "samsyn demo" };
    let imported = importera::files_of(db, files.collect(), choices, &mut |_, _| {}).await?;
    let chosen = Chosen::find(db, Some(FORBUND)).await?;
    for (name, bytes) in PLANER {
        let meeting = plan::dag_i_namnet(Path::new(name));
        let meeting = meeting.ok_or_else(|| Error::Failure(format!("{name} har ingen dag i namnet.")))?;
        let rows = plan::las_fil(name, bytes, meeting, &Default::default())?;
        plan::spara(&chosen, meeting, rows, ("demo", "samsyn demo")).await?;
    }
    for (name, bytes) in KOPPLINGAR {
        let last = koppling::las(name, bytes, Some(FORSTA_BOKFORDA_AR))?;
        koppling::spara(&chosen, &last, ("demo", "samsyn demo")).await?;
    }
    for (name, bytes) in BOKFORING {
        let last = bokforing::las(name, bytes, None)?;
        let granskning = bokforing::granska(&chosen, &last).await?;
        bokforing::spara(&chosen, &last, &granskning, ("demo", "samsyn demo")).await?;
    }
    Ok(imported)
}

/// One of the demo's half-years with its kännedomsdatum.
pub fn half_year(period: &str, per: &str) -> Result<(Halvar, Datum), Error> {
    Ok((period.parse().map_err(Error::Failure)?, per.parse().map_err(Error::Failure)?))
}

/// Writes the PM and the paper to the board of a half-year in every format to the folder; the files.
pub async fn write(chosen: &Chosen<'_>, period: Halvar, per: Datum, folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let mut written = Vec::new();
    for slag in Slag::av_halvar() {
        let document = rapport::document(chosen, slag, Avser::Halvar(period), per).await?;
        for (_, ending) in Format::ALL {
            let path = folder.join(format!("{}-{period}.{ending}", slag.kod()));
            rapport::write(&document, &Design::default(), None, &path)?;
            written.push(path);
        }
    }
    Ok(written)
}
