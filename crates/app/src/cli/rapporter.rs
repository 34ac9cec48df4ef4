//! Reports on the command line: which there are, and writing one to a file.

use super::args::{Per, Whose, half_year};
use super::ekonomi::{self, FeesReport, PlanReport};
use super::print;
use crate::Error;
use crate::actions::arsrapport::{self, Arsrapport};
use crate::actions::forbund::{Chosen, per_or_today};
use crate::actions::rapport::{self, Design};
use clap::{Args, Subcommand};
use samsyn_core::version::{Avser, Slag};
use samsyn_document::Halvar;
use std::path::PathBuf;

#[derive(Debug, Subcommand)]
pub enum ReportKind {
    /// Halvårets uppföljning av insatser till styrelsen.
    #[command(
        after_help = "\nExempel:\n  samsyn rapport pm 2022-H1 --per 2022-08-30 --ut pm.pdf\n  samsyn rapport pm 2022-H1 --ut pm.docx --mall mall.dotx\n  samsyn rapport pm 2022-H1 --ut deltagare.csv --tabell 6\n"
    )]
    Pm(ReportChoices),
    /// Ärendet till styrelsen på en sida, med förslag till beslut.
    #[command(after_help = "\nExempel:\n  samsyn rapport tjansteskrivelse 2022-H1 --per 2022-08-30 --ut arende.pdf\n")]
    Tjansteskrivelse(ReportChoices),
    /// Årets nyckeltal månad för månad: nya, avslutade, pågående, till arbete eller studier, mot plan.
    #[command(
        after_help = "\nExempel:\n  samsyn rapport manad 2022 --ut manader.xlsx\n  samsyn rapport manad 2022 --insats ost-bryggan --ut bryggan.pdf\n"
    )]
    Manad {
        #[command(flatten)]
        choices: YearChoices,
        /// Bara den insatsen, med dem som räknas med den.
        #[arg(long = "insats", value_name = "ID")]
        insats: Option<String>,
    },
    /// Uppföljning Finsam: antal deltagare per insats och kön för ett år.
    #[command(
        after_help = "\nExempel:\n  samsyn rapport finsam 2022 --ut finsam.xlsx\n  samsyn rapport finsam 2022 --ut finsam.csv --tabell finsam\n"
    )]
    Finsam(YearChoices),
    /// Prognos för årets utfall, per insats.
    #[command(after_help = "\nExempel:\n  samsyn rapport prognos 2023 --per 2023-08-30 --ut prognos.pdf\n")]
    Prognos(YearChoices),
    /// Medlemsavgifterna för ett år, som ärende till styrelsen.
    #[command(after_help = "\nExempel:\n  samsyn rapport avgifter 2022 --ut avgifter.pdf\n")]
    Avgifter(FeesReport),
    /// Ekonomisk information till ett styrelsemöte: beslutsutrymmet enligt planen.
    #[command(after_help = "\nExempel:\n  samsyn rapport beslutsutrymme 2022-10-20 --ut ekonomi.xlsx\n")]
    Beslutsutrymme(PlanReport),
    /// Delårsrapporten per den 30 juni: förvaltningsberättelse, räkningar och noter ur bokföringen.
    #[command(after_help = "\nExempel:\n  samsyn rapport delarsrapport 2022 --ut delarsrapport.pdf\n")]
    Delarsrapport(ClosingReport),
    /// Årsredovisningen: förvaltningsberättelse, räkningar och noter ur bokföringen.
    #[command(after_help = "\nExempel:\n  samsyn rapport arsredovisning 2022 --ut arsredovisning.pdf\n")]
    Arsredovisning(ClosingReport),
}

#[derive(Debug, Args)]
pub struct YearChoices {
    /// År, till exempel 2022.
    #[arg(value_name = "AR", value_parser = crate::actions::arsrapport::aret)]
    pub year: Halvar,
    #[command(flatten)]
    pub per: Per,
    #[command(flatten)]
    pub whose: Whose,
    /// Fil att skriva: .pdf, .docx, .xlsx, .html, .md, .json eller, för en tabell, .csv.
    #[arg(long = "ut", value_name = "FIL")]
    pub to: PathBuf,
    /// En enda tabell, till exempel finsam; skrivs som .csv.
    #[arg(long = "tabell", value_name = "NAMN")]
    pub table: Option<String>,
    /// Offentlig version: små antal personer visas inte.
    #[arg(long = "offentlig")]
    pub public: bool,
}

#[derive(Debug, Args)]
pub struct ReportChoices {
    /// Halvår, till exempel 2022-H1.
    #[arg(value_name = "PERIOD", value_parser = half_year)]
    pub period: Halvar,
    #[command(flatten)]
    pub out: Written,
}

#[derive(Debug, Args)]
pub struct ClosingReport {
    /// År, till exempel 2022.
    #[arg(value_name = "AR", value_parser = crate::actions::arsrapport::aret)]
    pub year: Halvar,
    #[command(flatten)]
    pub out: Written,
}

/// As known when, whose, where and how a report is written.
#[derive(Debug, Args)]
pub struct Written {
    #[command(flatten)]
    pub per: Per,
    #[command(flatten)]
    pub whose: Whose,
    /// Fil att skriva: .pdf, .docx, .xlsx, .html, .md, .json eller, för en tabell, .csv.
    #[arg(long = "ut", value_name = "FIL")]
    pub to: PathBuf,
    /// En enda tabell, till exempel 6; skrivs som .csv.
    #[arg(long = "tabell", value_name = "NR")]
    pub table: Option<String>,
    /// Förbundets egen Word-mall, .dotx eller .docx.
    #[arg(long = "mall", value_name = "FIL")]
    pub template: Option<PathBuf>,
    /// Logotyp till första sidan, PNG eller JPEG.
    #[arg(long = "logotyp", value_name = "FIL")]
    pub logo: Option<PathBuf>,
    /// Förbundets färg, till exempel #0b5563.
    #[arg(long = "farg", value_name = "FARG")]
    pub color: Option<String>,
    /// Offentlig version: små antal personer visas inte.
    #[arg(long = "offentlig")]
    pub public: bool,
}

impl ReportKind {
    /// Which förbund.
    pub fn whose(&self) -> &Whose {
        match self {
            ReportKind::Pm(choices) | ReportKind::Tjansteskrivelse(choices) => &choices.out.whose,
            ReportKind::Delarsrapport(choices) | ReportKind::Arsredovisning(choices) => &choices.out.whose,
            ReportKind::Manad { choices, .. } | ReportKind::Finsam(choices) | ReportKind::Prognos(choices) => {
                &choices.whose
            }
            ReportKind::Avgifter(choices) => &choices.whose,
            ReportKind::Beslutsutrymme(choices) => &choices.whose,
        }
    }
}

/// Writes the report that is asked for.
pub async fn run(chosen: Chosen<'_>, what: ReportKind) -> Result<u8, Error> {
    match what {
        ReportKind::Pm(choices) => report(chosen, Slag::Pm, Avser::Halvar(choices.period), &choices.out).await,
        ReportKind::Tjansteskrivelse(choices) => {
            report(chosen, Slag::Tjansteskrivelse, Avser::Halvar(choices.period), &choices.out).await
        }
        ReportKind::Manad { choices, insats } => of_year(chosen, Arsrapport::Manad, &choices, insats.as_deref()).await,
        ReportKind::Finsam(choices) => of_year(chosen, Arsrapport::Finsam, &choices, None).await,
        ReportKind::Prognos(choices) => of_year(chosen, Arsrapport::Prognos, &choices, None).await,
        ReportKind::Avgifter(choices) => ekonomi::fees_report(&chosen, &choices).await,
        ReportKind::Beslutsutrymme(choices) => ekonomi::plan_report(&chosen, &choices).await,
        ReportKind::Delarsrapport(choices) => {
            report(chosen, Slag::Delarsrapport, Avser::Ar(choices.year), &choices.out).await
        }
        ReportKind::Arsredovisning(choices) => {
            report(chosen, Slag::Arsredovisning, Avser::Ar(choices.year), &choices.out).await
        }
    }
}

/// Writes a report. What can be wrong with the choices is told before anything is counted.
async fn report(chosen: Chosen<'_>, which: Slag, avser: Avser, choices: &Written) -> Result<u8, Error> {
    let table = choices.table.as_deref();
    rapport::Format::of(&choices.to, table)?;
    let design = Design::read(choices.color.as_deref(), choices.logo.as_deref(), choices.template.as_deref())?;
    let document =
        rapport::document(&chosen.withholding(choices.public), which, avser, per_or_today(choices.per.per)).await?;
    rapport::write(&document, &design, table, &choices.to)?;
    print(&format!("{} är skriven.\n", choices.to.display()))
}

/// Writes a report on a year.
async fn of_year(
    chosen: Chosen<'_>,
    which: Arsrapport,
    choices: &YearChoices,
    insats: Option<&str>,
) -> Result<u8, Error> {
    let table = choices.table.as_deref();
    rapport::Format::of(&choices.to, table)?;
    let chosen = chosen.withholding(choices.public);
    let underlag = chosen.underlag(per_or_today(choices.per.per)).await?;
    let document = arsrapport::of(&chosen, &underlag, which, choices.year, insats)?;
    rapport::write(&document, &Design::default(), table, &choices.to)?;
    print(&format!("{} är skriven.\n", choices.to.display()))
}
