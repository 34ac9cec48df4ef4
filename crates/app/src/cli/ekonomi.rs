//! The förbund's own economy on the command line: member fees, and the plans for the board's meetings.

use super::args::{Per, Whose};
use super::{DONE, FINDINGS, print};
use crate::Error;
use crate::actions::forbund::{Chosen, per_or_today};
use crate::actions::rapport::{self, Design, Format};
use crate::actions::{avgift, plan, spara};
use clap::Args;
use samsyn_document::{Datum, Document, Halvar};
use std::path::{Path, PathBuf};

/// Where a report is written, and as what.
#[derive(Debug, Args)]
pub struct Out {
    /// Fil att skriva: .pdf, .docx, .xlsx, .html, .md, .json eller, för en tabell, .csv.
    #[arg(long = "ut", value_name = "FIL")]
    pub to: PathBuf,
    /// En enda tabell, till exempel medlemsavgifter-2022; skrivs som .csv.
    #[arg(long = "tabell", value_name = "NAMN")]
    pub table: Option<String>,
}

#[derive(Debug, Args)]
pub struct Fees {
    /// År, till exempel 2022.
    #[arg(value_name = "AR", value_parser = crate::actions::arsrapport::aret, allow_negative_numbers = true)]
    pub year: Halvar,
    /// Summan av alla medlemmars avgifter, i kronor; utan val den som är beslutad eller står i planen.
    #[arg(long = "total", value_name = "KR", allow_hyphen_values = true)]
    pub total: Option<String>,
    /// Statens andel, i kronor: hälften av summan.
    #[arg(long = "statens-andel", value_name = "KR", conflicts_with = "total", allow_hyphen_values = true)]
    pub state: Option<String>,
    #[command(flatten)]
    pub per: Per,
    #[command(flatten)]
    pub whose: Whose,
    /// Fil att skriva: .pdf, .docx, .xlsx, .html, .md, .json eller .csv; utan val skrivs tabellen på skärmen.
    #[arg(long = "ut", value_name = "FIL")]
    pub to: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct FeesReport {
    /// År, till exempel 2022.
    #[arg(value_name = "AR", value_parser = crate::actions::arsrapport::aret)]
    pub year: Halvar,
    #[command(flatten)]
    pub per: Per,
    #[command(flatten)]
    pub whose: Whose,
    #[command(flatten)]
    pub out: Out,
}

#[derive(Debug, Args)]
pub struct PlanReport {
    /// Styrelsemötets dag, till exempel 2022-10-20.
    #[arg(value_name = "MOTE")]
    pub meeting: Datum,
    /// Räkna inte med den ansökan, till exempel ej_beslutade.ny-insats. Kan upprepas.
    #[arg(long = "utan", value_name = "ANSOKAN")]
    pub without: Vec<String>,
    #[command(flatten)]
    pub per: Per,
    #[command(flatten)]
    pub whose: Whose,
    #[command(flatten)]
    pub out: Out,
}

#[derive(Debug, Args)]
pub struct ImportPlan {
    /// Filen: .csv, .xlsx, .xls eller .ods, med kolumnerna kategori, post och ett år i varje.
    #[arg(value_name = "FIL")]
    pub file: PathBuf,
    /// Styrelsemötets dag; utan val den som filens namn slutar på.
    #[arg(long = "mote", value_name = "DATUM")]
    pub meeting: Option<Datum>,
    /// Varför planen läses in; sparas i loggen.
    #[arg(long = "skal", value_name = "TEXT", default_value = "inläsning av plan", hide_default_value = true)]
    pub why: String,
    #[command(flatten)]
    pub whose: Whose,
}

#[derive(Debug, Args)]
pub struct WritePlan {
    /// Styrelsemötets dag, till exempel 2022-10-20.
    #[arg(value_name = "MOTE")]
    pub meeting: Datum,
    #[command(flatten)]
    pub per: Per,
    #[command(flatten)]
    pub whose: Whose,
    /// Fil att skriva: .csv eller .xlsx.
    #[arg(long = "ut", value_name = "FIL")]
    pub to: PathBuf,
}

fn written(document: &Document, out: &Path, table: Option<&str>) -> Result<u8, Error> {
    rapport::write(document, &Design::default(), table, out)?;
    print(&format!("{} är skriven.\n", out.display()))
}

/// The fees of a year, on screen or as a file.
pub async fn fees(chosen: &Chosen<'_>, choices: &Fees) -> Result<u8, Error> {
    let total = avgift::summan(choices.total.as_deref(), choices.state.as_deref()).map_err(Error::Usage)?;
    let document = avgift::dokument(chosen, per_or_today(choices.per.per), choices.year, total).await?;
    let table = document.tables().first().map(|table| table.id.clone());
    match &choices.to {
        Some(out) => {
            let is_csv = out.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv"));
            let code = written(&document, out, table.as_deref().filter(|_| is_csv))?;
            Ok(if table.is_some() { code } else { FINDINGS })
        }
        None => {
            print(&String::from_utf8_lossy(&Format::Markdown.render(&document, &Design::default(), None)?))?;
            Ok(if table.is_some() { DONE } else { FINDINGS })
        }
    }
}

/// The paper on a year's fees.
pub async fn fees_report(chosen: &Chosen<'_>, choices: &FeesReport) -> Result<u8, Error> {
    let document = avgift::dokument(chosen, per_or_today(choices.per.per), choices.year, None).await?;
    written(&document, &choices.out.to, choices.out.table.as_deref())
}

/// The paper on a plan.
pub async fn plan_report(chosen: &Chosen<'_>, choices: &PlanReport) -> Result<u8, Error> {
    let found = plan::finn(chosen, per_or_today(choices.per.per), choices.meeting).await?;
    let without = plan::utan(found.plan(), &choices.without)?;
    written(&plan::dokument(chosen, &found, &without), &choices.out.to, choices.out.table.as_deref())
}

/// Takes in a plan; tells what it changed.
pub async fn import_plan(chosen: &Chosen<'_>, choices: &ImportPlan) -> Result<u8, Error> {
    let path = &choices.file;
    let asked = || {
        Error::Usage(format!(
            "Skriv vilket styrelsemöte planen är till: --mote 2022-10-20. Det går inte att läsa ur namnet {}.",
            path.display()
        ))
    };
    let meeting = choices.meeting.or_else(|| plan::dag_i_namnet(path)).ok_or_else(asked)?;
    let bytes = std::fs::read(path).map_err(|error| Error::file(path, "läsas", &error))?;
    let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let rows = plan::las_fil(&name, &bytes, meeting, &Default::default())?;
    let count = rows.len();
    let done = plan::spara(chosen, meeting, rows, (&super::who(), &choices.why)).await?;
    let told = match (done.andrad, done.ny) {
        (false, _) => format!("Planen till {meeting} är redan inläst så. Inget har ändrats.\n"),
        (true, true) => format!("Planen till {meeting} är inläst: {count} belopp.\n"),
        (true, false) => {
            let changes: String = done.andringar.iter().map(|line| format!("  {line}\n")).collect();
            format!("Planen till {meeting} är ändrad:\n{changes}")
        }
    };
    print(&told)
}

/// Writes a plan in the form in which it is read.
pub async fn write_plan(chosen: &Chosen<'_>, choices: &WritePlan) -> Result<u8, Error> {
    let found = plan::finn(chosen, per_or_today(choices.per.per), choices.meeting).await?;
    spara::file(&choices.to, &plan::fil(found.plan(), &choices.to)?)?;
    print(&format!("{} är skriven.\n", choices.to.display()))
}
