//! SCB's population on the command line: from a file, and over the network when it is asked for.

use super::args::Whose;
use super::{FINDINGS, print};
use crate::Error;
use crate::actions::folkmangd::{self, Inlast, hamta};
use crate::actions::forbund::Chosen;
use clap::{Args, Subcommand};
use samsyn_document::Halvar;
use samsyn_import::grid::Limits;
use std::path::PathBuf;
use std::time::Duration;

#[derive(Debug, Args)]
pub struct ImportFolkmangd {
    /// Filen, som SCB:s statistikdatabas sparar den: JSON-stat 2, CSV eller Excel.
    #[arg(value_name = "FIL")]
    pub file: PathBuf,
    /// Varför folkmängden läses in; sparas i loggen.
    #[arg(long = "skal", value_name = "TEXT", default_value = folkmangd::SKAL, hide_default_value = true)]
    pub why: String,
    #[command(flatten)]
    pub whose: Whose,
}

#[derive(Debug, Subcommand)]
pub enum Fetch {
    /// Hämta folkmängden den 1 november ett år från SCB.
    #[command(
        after_help = "\nFrågan gäller alla Sveriges kommuner. Inget om förbundet skickas.\n\nExempel:\n  samsyn hamta folkmangd 2023\n"
    )]
    Folkmangd(FetchFolkmangd),
}

#[derive(Debug, Args)]
pub struct FetchFolkmangd {
    /// År, till exempel 2023.
    #[arg(value_name = "AR", value_parser = crate::actions::arsrapport::aret)]
    pub year: Halvar,
    /// Varför folkmängden hämtas; sparas i loggen.
    #[arg(
        long = "skal",
        value_name = "TEXT",
        default_value = "hämtning av folkmängd från SCB",
        hide_default_value = true
    )]
    pub why: String,
    #[command(flatten)]
    pub whose: Whose,
    /// Where to ask instead of at SCB, for tests.
    #[arg(long = "adress", value_name = "URL", default_value = hamta::ADRESS, hide = true)]
    pub address: String,
    /// The most milliseconds to wait, for tests.
    #[arg(long = "langst-ms", value_name = "MS", hide = true)]
    pub most_ms: Option<u64>,
}

/// Takes in SCB's table; tells what is new or changed.
pub async fn import(chosen: &Chosen<'_>, choices: &ImportFolkmangd) -> Result<u8, Error> {
    let path = &choices.file;
    let bytes = std::fs::read(path).map_err(|error| Error::file(path, "läsas", &error))?;
    let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let done = folkmangd::las(chosen, (name, bytes), Limits::default(), (&super::who(), &choices.why)).await;
    told(done, "Filen är inte inläst. Ingenting har sparats.")
}

/// Asks SCB for a year; tells what is new or changed.
pub async fn fetch(chosen: &Chosen<'_>, choices: &FetchFolkmangd) -> Result<u8, Error> {
    let most = choices.most_ms.map_or(hamta::LANGST, Duration::from_millis);
    let asked = (choices.address.as_str(), most);
    let done = hamta::hamta(chosen, choices.year.year(), asked, (&super::who(), &choices.why)).await;
    told(done, "SCB:s svar är inte inläst. Ingenting har sparats.")
}

fn told(done: Result<Inlast, Error>, not: &str) -> Result<u8, Error> {
    let done = match done {
        Err(Error::Findings(findings)) => {
            eprintln!("{}\n{not}", Error::Findings(findings));
            return Ok(FINDINGS);
        }
        other => other?,
    };
    if let Some(warning) = done.varning() {
        eprintln!("VARNING: {warning}");
    }
    if done.andringar.is_empty() {
        return print("Folkmängden var redan känd. Inget har ändrats.\n");
    }
    let changes: String = done.andringar.iter().map(|change| format!("  {}\n", change.i_ord())).collect();
    let same = if done.lika == 0 { String::new() } else { format!("Redan kända tal: {}.\n", done.lika) };
    print(&format!("Folkmängden är inläst:\n{changes}{same}"))
}
