//! Wrong usage, told in Swedish.

use super::{DONE, USAGE};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use std::process::ExitCode;

/// Prints help, version, or what is wrong with the arguments.
pub fn tell(error: &clap::Error) -> ExitCode {
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        // A reader that has gone away is no failure.
        let _ = error.print();
        return ExitCode::from(DONE);
    }
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        let _ = error.print();
        return ExitCode::from(USAGE);
    }
    eprintln!(
        "{}\nSkriv samsyn --help eller samsyn KOMMANDO --help för att se hur programmet används.",
        message(error)
    );
    ExitCode::from(USAGE)
}

fn message(error: &clap::Error) -> String {
    let of = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(all)) => all.join(" eller "),
        Some(other) => other.to_string(),
        None => String::new(),
    };
    let (argument, value) = (of(ContextKind::InvalidArg), of(ContextKind::InvalidValue));
    let meant = |kind| match of(kind) {
        text if text.is_empty() => String::new(),
        text => format!(" Menade du {text}?"),
    };
    match error.kind() {
        ErrorKind::ValueValidation => {
            let why = std::error::Error::source(error).map_or_else(String::new, ToString::to_string);
            let swedish = why.contains("Skriv");
            if swedish { format!("{argument}: {why}") } else { format!("{argument}: {value:?} kan inte stå här.") }
        }
        ErrorKind::InvalidValue if value.is_empty() => format!("{argument} behöver ett värde."),
        ErrorKind::InvalidValue => {
            format!(
                "{argument}: {value:?} finns inte. Välj något av: {}.",
                of(ContextKind::ValidValue).replace(" eller ", ", ")
            )
        }
        ErrorKind::UnknownArgument => {
            format!("{argument} finns inte.{}", meant(ContextKind::SuggestedArg))
        }
        ErrorKind::InvalidSubcommand => format!(
            "Kommandot {} finns inte.{}",
            of(ContextKind::InvalidSubcommand),
            meant(ContextKind::SuggestedSubcommand)
        ),
        ErrorKind::MissingRequiredArgument => format!("Detta saknas: {argument}."),
        ErrorKind::MissingSubcommand => {
            format!("Välj ett kommando: {}.", of(ContextKind::ValidSubcommand).replace(" eller ", ", "))
        }
        ErrorKind::ArgumentConflict => {
            format!("{argument} kan inte användas tillsammans med {}.", of(ContextKind::PriorArg))
        }
        ErrorKind::TooManyValues | ErrorKind::WrongNumberOfValues => format!("{argument} har fått för många värden."),
        ErrorKind::InvalidUtf8 => "Ett argument är inte giltig text (UTF-8).".to_owned(),
        _ => "Kommandot kan inte tolkas.".to_owned(),
    }
}
