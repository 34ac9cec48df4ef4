//! The command line: reads what is asked, calls an action, prints what came of it.

mod args;
mod bokforing;
mod deltagare;
mod demo;
mod ekonomi;
mod felval;
mod figures;
mod folkmangd;
mod gallra;
mod generera;
mod hjalp;
mod importera;
mod rapporter;
mod starta;
mod tabell;

use crate::Error;
use crate::actions::forbund::{Chosen, per_or_today};
use crate::actions::{exportera, kontrollera, sakerhetskopia, siffra, siffror, skillnad};
use args::{Arguments, Command};
use clap::{CommandFactory, FromArgMatches};
use samsyn_core::Severity;
use samsyn_store::{Db, Target};
use std::ffi::OsString;
use std::io::Write;
use std::process::ExitCode;

/// Done.
const DONE: u8 = 0;
/// Findings that stop.
const FINDINGS: u8 = 1;
/// Wrong usage.
const USAGE: u8 = 2;
/// Failure.
const FAILURE: u8 = 3;

/// Runs the program with these arguments, the program's name first.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let read = program().try_get_matches_from(arguments);
    let parsed = match read.and_then(|found| Arguments::from_arg_matches(&found)) {
        Ok(parsed) => parsed,
        Err(error) => return felval::tell(&error),
    };
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return stop(&Error::Failure(format!("Programmet kan inte starta: {error}."))),
    };
    match runtime.block_on(command(parsed)) {
        Ok(code) => ExitCode::from(code),
        Err(error) => stop(&error),
    }
}

/// The program's commands, with help in Swedish.
fn program() -> clap::Command {
    hjalp::swedish(Arguments::command(), "samsyn")
}

fn stop(error: &Error) -> ExitCode {
    let (code, closing) = match error {
        Error::Findings(findings) if findings.iter().any(|finding| finding.severity == Severity::Fel) => {
            (FINDINGS, "\nInget är inläst. Rätta felen och läs in igen.")
        }
        Error::Findings(_) => {
            (FINDINGS, "\nInget är inläst. Läs igenom varningarna och läs in igen med --godkann-varningar.")
        }
        Error::Usage(_) => (USAGE, ""),
        Error::Failure(_) => (FAILURE, ""),
    };
    // Nothing can be done when the terminal itself is gone.
    let _ = writeln!(std::io::stderr(), "{error}{closing}");
    ExitCode::from(code)
}

async fn command(arguments: Arguments) -> Result<u8, Error> {
    let target = arguments.target();
    let forbund = arguments.forbund().map(str::to_owned);
    match arguments.command {
        Command::Demo { port, without_web } => demo::run(target, arguments.data, (!without_web).then_some(port)).await,
        Command::Starta(choices) => {
            starta::run(target, &choices, arguments.data.is_some() || arguments.databas.is_some()).await
        }
        Command::Sakerhetskopiera { file, keep: Some(keep) } => {
            let db = Db::open_existing(&target).await?;
            let (copy, removed) = sakerhetskopia::rotera(&db, &file, keep.into()).await?;
            let rest = match removed {
                0 => String::new(),
                1 => " Den äldsta kopian är borttagen.".to_owned(),
                _ => format!(" De {removed} äldsta kopiorna är borttagna."),
            };
            print(&format!("Databasen är kopierad till {}.{rest}\n", copy.display()))
        }
        Command::Sakerhetskopiera { file, keep: None } => {
            let db = Db::open_existing(&target).await?;
            db.backup(&file).await.map_err(Error::from)?;
            print(&format!("Databasen är kopierad till {}.\n", file.display()))
        }
        Command::Aterstall { file } => {
            let db = Db::open(&target).await?;
            let done = sakerhetskopia::restore(&db, &file).await?;
            print(&format!("Allt är återställt. Det som fanns innan ligger i {}.\n", done.fore.display()))?;
            print(&gallra::lost(&done.gallringar))
        }
        Command::Losenordslank { address, site } => {
            let db = Db::open_existing(&target).await?;
            starta::new_link(&db, &address, site.as_deref()).await
        }
        Command::Importera { what: args::Import::Underlag(choices) } => {
            let db = Db::open(&target).await?;
            importera::run(&db, &choices).await
        }
        Command::Generera(choices) => generera::run(&choices),
        Command::Komplettering { shell } => {
            clap_complete::generate(shell.known(), &mut program(), "samsyn", &mut std::io::stdout());
            Ok(DONE)
        }
        other => {
            let db = Db::open_existing(&target).await?;
            let chosen = Chosen::find(&db, forbund.as_deref()).await?;
            read(chosen, other).await
        }
    }
}

/// Commands that read a förbund's facts.
async fn read(chosen: Chosen<'_>, command: Command) -> Result<u8, Error> {
    match command {
        Command::Exportera { what: args::Export::Underlag { folder, history, replace, .. } } => {
            let files = exportera::underlag(&chosen, &folder, history, replace).await?;
            print(&format!("{files} filer skrivna till {}.\n", folder.display()))
        }
        Command::Importera { what: args::Import::Deltagare(choices) } => deltagare::import(&chosen, &choices).await,
        Command::Mall { what: deltagare::Template::Deltagare { insats, to, .. } } => {
            deltagare::template(&chosen, &insats, &to).await
        }
        Command::Avgifter(choices) => ekonomi::fees(&chosen, &choices).await,
        Command::Importera { what: args::Import::Plan(choices) } => ekonomi::import_plan(&chosen, &choices).await,
        Command::Importera { what: args::Import::Sie(choices) } => bokforing::import(&chosen, &choices).await,
        Command::Importera { what: args::Import::Koppling(choices) } => {
            bokforing::import_koppling(&chosen, &choices).await
        }
        Command::Exportera { what: args::Export::Sie(choices) } => bokforing::write(&chosen, &choices).await,
        Command::Exportera { what: args::Export::SieForslag(choices) } => {
            bokforing::write_forslag(&chosen, &choices).await
        }
        Command::Importera { what: args::Import::Folkmangd(choices) } => folkmangd::import(&chosen, &choices).await,
        Command::Hamta { what: folkmangd::Fetch::Folkmangd(choices) } => folkmangd::fetch(&chosen, &choices).await,
        Command::Exportera { what: args::Export::Plan(choices) } => ekonomi::write_plan(&chosen, &choices).await,
        Command::Siffror { period, which, per, format, .. } => {
            let per = per_or_today(per.per);
            let which = match which {
                args::FiguresOf::Pm => siffror::Vilka::Pm,
                args::FiguresOf::Avgifter => siffror::Vilka::Avgifter,
                args::FiguresOf::Beslutsutrymme => siffror::Vilka::Beslutsutrymme,
                args::FiguresOf::Prognos => siffror::Vilka::Prognos,
                args::FiguresOf::Delarsrapport => siffror::Vilka::Delarsrapport,
                args::FiguresOf::Arsredovisning => siffror::Vilka::Arsredovisning,
            };
            if which == siffror::Vilka::Pm && period.ar {
                let year = period.halvar.year();
                return Err(Error::Usage(format!(
                    "PM är för ett halvår. Skriv {year}-H1 eller {year}-H2, eller välj en annan rapport med --rapport."
                )));
            }
            let period = period.halvar;
            let figures = siffror::siffror(&chosen, which, period, per).await?;
            if which == siffror::Vilka::Pm && per < period.last() {
                eprintln!("Halvåret var inte slut den {per}. Siffrorna är preliminära.");
            }
            print(&figures::list(&figures, format))
        }
        Command::Siffra { period, id, per, .. } => {
            let explained = siffra::siffra(&chosen, period, per_or_today(per.per), &id).await?;
            print(&figures::explained(&explained))
        }
        Command::Skillnad { period, from, to, .. } => {
            let changed = skillnad::skillnad(&chosen, period, from, to).await?;
            print(&figures::changed(&changed, period, from, to))
        }
        Command::Rapport { what } => rapporter::run(chosen, what).await,
        Command::Kontrollera { period, per, .. } => {
            let findings = kontrollera::kontrollera(&chosen, period, per_or_today(per.per)).await?;
            print(&figures::findings(&findings))?;
            let stops = findings.iter().any(|finding| finding.severity == Severity::Fel);
            Ok(if stops { FINDINGS } else { DONE })
        }
        Command::Gallra { what } => gallra::run(&chosen, what).await,
        Command::GeRoll { address, role, name, insats, site, .. } => {
            let wished = starta::Wished { address, role, name, insats };
            starta::give_role(&chosen, wished, site.as_deref()).await
        }
        // The others have been answered without a förbund.
        _ => Ok(DONE),
    }
}

/// Who it is said to be that does something on the command line: the name on the computer.
fn who() -> String {
    std::env::var("USER").or_else(|_| std::env::var("USERNAME")).unwrap_or_else(|_| "okänd".to_owned())
}

/// Prints to standard output; a reader that has gone away (`| head`) is no failure.
fn print(text: &str) -> Result<u8, Error> {
    match std::io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Error::Failure(format!("Utskriften kan inte skrivas: {error}.")))
        }
        _ => Ok(DONE),
    }
}

impl Arguments {
    fn target(&self) -> Target {
        match &self.databas {
            Some(url) => Target::Url(url.clone()),
            None => Target::Folder(self.data.clone().unwrap_or_else(|| "samsyn-data".into())),
        }
    }
}
