//! What can stop an action, told in Swedish.

use samsyn_core::Finding;
use samsyn_store::StoreError;
use std::fmt;
use std::path::Path;

/// Why an action did not do what was asked.
#[derive(Debug)]
pub enum Error {
    /// Findings that stop.
    Findings(Vec<Finding>),
    /// The action was asked for in a way that cannot be answered.
    Usage(String),
    /// Something else failed.
    Failure(String),
}

impl Error {
    /// A file or folder that could not be read or written.
    pub fn file(path: &Path, what: &str, error: &std::io::Error) -> Error {
        let why = match error.kind() {
            std::io::ErrorKind::NotFound => "den finns inte".to_owned(),
            std::io::ErrorKind::PermissionDenied => "åtkomst nekas".to_owned(),
            std::io::ErrorKind::StorageFull => "disken är full".to_owned(),
            std::io::ErrorKind::IsADirectory => "det är en mapp".to_owned(),
            std::io::ErrorKind::NotADirectory => "en del av sökvägen är ingen mapp".to_owned(),
            _ => error.to_string(),
        };
        Error::Failure(format!("{} kan inte {what}: {why}.", path.display()))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Findings(findings) => {
                let lines: Vec<String> = findings.iter().map(ToString::to_string).collect();
                f.write_str(&lines.join("\n"))
            }
            Error::Usage(message) | Error::Failure(message) => f.write_str(message),
        }
    }
}

impl std::error::Error for Error {}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Error {
        match error {
            StoreError::UnknownForbund(_) | StoreError::Missing(_) | StoreError::Address => {
                Error::Usage(error.to_string())
            }
            other => Error::Failure(other.to_string()),
        }
    }
}
