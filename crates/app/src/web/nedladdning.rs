//! Files to download: a report, or one table of it, in the format that the address asks for.

use super::sida::{Answer, Fail};
use crate::actions::forbund::Chosen;
use crate::actions::inloggning::blocking;
use crate::actions::rapport::{self, Design, Format};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use samsyn_document::Document;

/// What the last part of an address asks for: `pm.pdf`, `pm-tabell-6.csv`.
pub struct Fil {
    /// Which document, for instance `pm`.
    pub vilken: String,
    /// The one table that is asked for.
    pub tabell: Option<String>,
    /// The format.
    pub format: Format,
    /// The name before the ending.
    pub stam: String,
    /// The ending.
    pub andelse: String,
}

impl Fil {
    /// Reads the name; there is no such file when no format has its ending.
    pub fn asked(name: &str) -> Result<Fil, Fail> {
        let (stem, ending) = name.rsplit_once('.').ok_or(Fail::NotFound)?;
        let (which, table) = match stem.split_once("-tabell-") {
            Some((which, table)) => (which, Some(table.to_owned())),
            None => (stem, None),
        };
        let format = Format::of(std::path::Path::new(name), table.as_deref()).map_err(|_| Fail::NotFound)?;
        Ok(Fil { vilken: which.to_owned(), tabell: table, format, stam: stem.to_owned(), andelse: ending.to_owned() })
    }

    /// The document as this file, kept by the browser under `name` with the ending.
    pub async fn of(self, chosen: &Chosen<'_>, document: Document, name: &str) -> Answer {
        let design = Design { look: rapport::look(chosen).await?, template: None };
        let Fil { format, tabell, andelse, .. } = self;
        let bytes = blocking(move || format.render(&document, &design, tabell.as_deref())).await?;
        Ok(svar(format.content_type(), &format!("{name}.{andelse}"), bytes))
    }
}

/// A zip file, kept by the browser under a name.
pub fn zip(name: &str, bytes: Vec<u8>) -> Response {
    svar("application/zip", name, bytes)
}

/// An Excel file, kept by the browser under a name.
pub fn xlsx(name: &str, bytes: Vec<u8>) -> Response {
    svar(Format::Xlsx.content_type(), name, bytes)
}

/// A file of a kind, kept by the browser under a name.
pub fn svar(kind: &'static str, name: &str, bytes: Vec<u8>) -> Response {
    let told = format!("attachment; filename=\"{name}\"");
    ([(CONTENT_TYPE, kind), (CONTENT_DISPOSITION, told.as_str())], bytes).into_response()
}

/// What is added to the name of a file without small counts.
pub fn marke(chosen: &Chosen<'_>) -> &'static str {
    if chosen.withheld { "-offentlig" } else { "" }
}
