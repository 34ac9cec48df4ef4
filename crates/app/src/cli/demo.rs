//! The demo: import, the state of the county's insatser, the reports, and what to try next.

use super::{DONE, importera, print, starta, tabell};
use crate::Error;
use crate::actions::demo::{self, FORBUND, RAPPORTER};
use crate::actions::forbund::Chosen;
use crate::config::{Config, File, Given};
use crate::web::{Server, serve};
use samsyn_core::Severity;
use samsyn_core::calc::{Rakning, siffror};
use samsyn_core::underlag::Underlag;
use samsyn_document::{Datum, FigureId, Halvar, Value, format};
use samsyn_store::{Db, Target};
use std::collections::HashMap;
use std::net::SocketAddr;
use std::path::PathBuf;
use tokio::task::JoinHandle;

/// The folder of the demo, unless another is asked for.
const FOLDER: &str = "samsyn-demo";

/// Runs the demo. Without `--data` or `--databas` everything is put in the folder `samsyn-demo`.
pub async fn run(target: Target, data: Option<PathBuf>, port: Option<u16>) -> Result<u8, Error> {
    let folder = data.clone().unwrap_or_else(|| FOLDER.into());
    let (target, choice) = match target {
        Target::Url(url) => (Target::Url(url), "--databas …".to_owned()),
        Target::Folder(_) => (Target::Folder(folder.clone()), format!("--data {}", folder.display())),
    };
    let db = Db::open(&target).await?;
    let imported = demo::import(&db).await?;
    let warnings = imported.findings.iter().filter(|finding| finding.severity == Severity::Varning).count();
    print(&importera::told(&imported))?;
    if warnings > 0 {
        print(&format!("{warnings} varningar ovan är godkända av demon.\n"))?;
    }
    let chosen = Chosen::find(&db, Some(FORBUND)).await?;
    let site = match port {
        Some(port) => Some(start(&db, &chosen, port).await?),
        None => None,
    };
    let mut written = Vec::new();
    for (i, (period, per)) in RAPPORTER.into_iter().enumerate() {
        let (period, per) = demo::half_year(period, per)?;
        if i == 0 {
            print(&state(&*chosen.underlag(per).await?, period, per))?;
        }
        written.extend(demo::write(&chosen, period, per, &folder.join("rapporter")).await?);
    }
    let files: String = written.iter().map(|path| format!("  {}\n", path.display())).collect();
    let forbund = if matches!(target, Target::Url(_)) { format!(" --forbund {FORBUND}") } else { String::new() };
    print(&format!(
        "\nSkrivet i mappen {}:\n{files}\n\
         Pröva sedan:\n  \
         samsyn {choice}{forbund} siffra 2022-H1 8/ost-bryggan/andel_M --per 2022-08-30\n  \
         samsyn {choice}{forbund} skillnad 2023-H1 --fran 2023-08-30 --till 2023-12-31\n  \
         samsyn {choice}{forbund} kontrollera 2022-H1 --per 2022-08-30\n",
        folder.join("rapporter").display()
    ))?;
    match site {
        // Everything is told; now the site is what the program is for.
        Some((address, serving)) => {
            print(&format!("\nWebbplatsen är i gång på http://{address}. Avsluta med Ctrl+C.\n"))?;
            serving.await.map_err(|error| Error::Failure(format!("Servern avbröts: {error}.")))??
        }
        None => db.close().await,
    }
    Ok(DONE)
}

/// Starts the site with one user per role, and tells how to log in. The reports are written meanwhile.
async fn start(db: &Db, chosen: &Chosen<'_>, port: u16) -> Result<(SocketAddr, JoinHandle<Result<(), Error>>), Error> {
    let users = starta::demo_users(db, chosen.access.forbund()).await?;
    let config = Config::new(Given { port: Some(port), ..Given::default() }, &File::default())?;
    let server = Server::new(db.clone(), config);
    let (ready, word) = tokio::sync::oneshot::channel();
    let serving = tokio::spawn(serve(server, move |address| {
        // The one who waits may have given up.
        let _ = ready.send(address);
    }));
    let Ok(address) = word.await else {
        let failed = serving.await.map_err(|error| Error::Failure(format!("Servern avbröts: {error}.")))?;
        return Err(failed.err().unwrap_or_else(|| Error::Failure("Servern startade inte.".to_owned())));
    };
    let users: String = users.iter().map(|(role, address)| format!("  {address:<36}{role}\n")).collect();
    print(&format!(
        "\nWebbplatsen svarar på http://{address}. Logga in som någon av:\n{users}  Lösenord för alla: {}\n",
        starta::DEMO_PASSWORD
    ))?;
    Ok((address, serving))
}

/// The insatser of a half-year as a table.
fn state(underlag: &Underlag, period: Halvar, per: Datum) -> String {
    let rakning = Rakning::new(underlag, period);
    let figures: HashMap<FigureId, Value> =
        siffror(&rakning).into_iter().map(|figure| (figure.id, figure.value)).collect();
    let value = |tabell: &str, rad: &str, kolumn: &str| {
        figures.get(&FigureId::new(tabell, rad, kolumn)).map_or_else(String::new, format::value)
    };
    let row = |&insats: &usize| {
        let of = &underlag.insatser[insats];
        let rad = of.insats.insats_id.as_str();
        let mut cells = vec![format!("{}, {}", of.insats.insatsagare, of.kortnamn())];
        cells.extend(["trafikljus", "i_fas"].map(|kolumn| value("2", rad, kolumn)));
        cells.push(value("4", rad, "forbrukningskvot"));
        cells.extend(["inregistrerade_S", "avslutade_S", "pagaende_S"].map(|kolumn| value("6", rad, kolumn)));
        cells.extend(["till_arbete_studier_S", "andel_S"].map(|kolumn| value("8", rad, kolumn)));
        cells
    };
    let rows: Vec<Vec<String>> = rakning.rader.tabell_1.iter().map(row).collect();
    let headings =
        ["Insats", "Läge", "I fas", "Förbrukat", "Nya", "Avslutade", "Pågår", "Till arbete/studier", "Andel"];
    let right = [false, false, false, true, true, true, true, true, true];
    format!("\nLäget {period}, uppgifter per {per}\n\n{}", tabell::lines(&headings, &right, &rows))
}
