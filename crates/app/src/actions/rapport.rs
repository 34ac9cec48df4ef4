//! Writing a report as a document of the format that the file's name asks for.

use crate::Error;
use crate::actions::forbund::Chosen;
use crate::actions::spara;
use samsyn_core::calc::Rakning;
use samsyn_core::rapport;
use samsyn_document::{Datum, Document, Halvar};
use std::path::Path;

/// A format that a report can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A web page in one file.
    Html,
    /// Markdown, to read in a terminal.
    Markdown,
    /// The document's model, for other programs.
    Json,
}

impl Format {
    /// Every format with the ending of its files.
    pub const ALL: [(Format, &'static str); 3] =
        [(Format::Html, "html"), (Format::Markdown, "md"), (Format::Json, "json")];

    /// The format that the file's name asks for.
    pub fn of(path: &Path) -> Result<Format, Error> {
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
        let found = Format::ALL.into_iter().find(|(_, known)| *known == ending);
        let known = Format::ALL.map(|(_, ending)| format!(".{ending}"));
        found.map(|(format, _)| format).ok_or_else(|| {
            Error::Usage(format!(
                "{} har ingen filändelse som rapporten kan skrivas i. Använd {}.",
                path.display(),
                known.join(", ")
            ))
        })
    }

    /// The document in this format.
    pub fn render(self, document: &Document) -> Vec<u8> {
        match self {
            Format::Html => samsyn_render::html(document),
            Format::Markdown => samsyn_render::markdown(document),
            Format::Json => samsyn_render::json(document),
        }
        .into_bytes()
    }
}

/// The PM of a half-year, as known at the end of a day.
pub async fn pm(chosen: &Chosen<'_>, period: Halvar, per: Datum) -> Result<Document, Error> {
    let underlag = chosen.underlag(per).await?;
    Ok(rapport::pm::pm(&Rakning::new(&underlag, period)))
}

/// Writes a document to a file, in the format that the file's name asks for.
pub fn write(document: &Document, path: &Path) -> Result<(), Error> {
    let format = Format::of(path)?;
    spara::file(path, &format.render(document))
}
