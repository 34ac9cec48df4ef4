//! Writing a report as a document of the format that the file's name asks for.

use crate::Error;
use crate::actions::forbund::{Chosen, per_or_today};
use crate::actions::spara;
use samsyn_core::calc::{self, Figure, Rakning};
use samsyn_core::rapport;
use samsyn_core::underlag::{PlanNr, Underlag};
use samsyn_core::version::{Avser, Slag};
use samsyn_document::{Color, Datum, Document, Logo, Look};
use samsyn_render::docx::Template;
use samsyn_store::installning;
use std::path::Path;
use std::sync::Arc;

/// A format that a report can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// PDF/UA-1 and PDF/A-2a.
    Pdf,
    /// Word.
    Docx,
    /// Excel.
    Xlsx,
    /// A web page in one file.
    Html,
    /// Markdown, to read in a terminal.
    Markdown,
    /// The document's model, for other programs.
    Json,
    /// One table, semicolon-separated.
    Csv,
}

/// How a report is to look.
#[derive(Debug, Default)]
pub struct Design {
    /// Colour and logo.
    pub look: Look,
    /// The förbund's own Word template.
    pub template: Option<Template>,
}

impl Design {
    /// Reads what the files hold and sees that the colour can be read on paper.
    pub fn read(color: Option<&str>, logo: Option<&Path>, template: Option<&Path>) -> Result<Design, Error> {
        let mut design = Design::default();
        if let Some(color) = color {
            design.look.color = readable(color)?;
        }
        if let Some(path) = logo {
            let read = Logo::read(bytes(path)?);
            design.look.logo = Some(read.map_err(|error| in_file(path, error.0))?);
        }
        if let Some(path) = template {
            design.template = Some(Template::read(&bytes(path)?).map_err(|error| in_file(path, &error.to_string()))?);
        }
        Ok(design)
    }
}

fn readable(text: &str) -> Result<Color, Error> {
    let color = Color::parse(text)
        .ok_or_else(|| Error::Usage(format!("{text:?} är ingen färg. Skriv till exempel #0b5563.")))?;
    let contrast = color.contrast_on_white();
    if contrast < 4.5 {
        let contrast = format!("{contrast:.1}").replace('.', ",");
        return Err(Error::Usage(format!(
            "Färgen {text} har för svag kontrast mot vitt papper ({contrast}; minst 4,5 behövs). Välj en mörkare."
        )));
    }
    Ok(color)
}

fn bytes(path: &Path) -> Result<Vec<u8>, Error> {
    std::fs::read(path).map_err(|error| Error::file(path, "läsas", &error))
}

fn in_file(path: &Path, what: &str) -> Error {
    Error::Usage(format!("{}: {what}", path.display()))
}

impl Format {
    /// Every format of a whole report, with the ending of its files.
    pub const ALL: [(Format, &'static str); 6] = [
        (Format::Pdf, "pdf"),
        (Format::Docx, "docx"),
        (Format::Xlsx, "xlsx"),
        (Format::Html, "html"),
        (Format::Markdown, "md"),
        (Format::Json, "json"),
    ];

    /// The format that the file's name asks for; with a table it is CSV, and CSV asks for a table.
    pub fn of(path: &Path, table: Option<&str>) -> Result<Format, Error> {
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
        match (ending.as_str(), table) {
            ("csv", Some(_)) => return Ok(Format::Csv),
            ("csv", None) => {
                return Err(Error::Usage(
                    "En csv-fil har en tabell. Välj den med --tabell, till exempel 6.".to_owned(),
                ));
            }
            (_, Some(_)) => {
                return Err(Error::Usage("En enda tabell skrivs som .csv. Låt --ut sluta på .csv.".to_owned()));
            }
            _ => {}
        }
        let found = Format::ALL.into_iter().find(|(_, known)| *known == ending);
        let known = Format::ALL.map(|(_, ending)| format!(".{ending}"));
        found.map(|(format, _)| format).ok_or_else(|| {
            Error::Usage(format!(
                "{} har ingen filändelse som rapporten kan skrivas i. Använd {} eller, för en tabell, .csv.",
                path.display(),
                known.join(", ")
            ))
        })
    }

    /// What people call it.
    pub const fn text(self) -> &'static str {
        match self {
            Format::Pdf => "PDF",
            Format::Docx => "Word",
            Format::Xlsx => "Excel",
            Format::Html => "Webbsida",
            Format::Markdown => "Markdown",
            Format::Json => "JSON",
            Format::Csv => "CSV",
        }
    }

    /// What programs call it.
    pub const fn content_type(self) -> &'static str {
        match self {
            Format::Pdf => "application/pdf",
            Format::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Format::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Format::Html => "text/html; charset=utf-8",
            Format::Markdown => "text/markdown; charset=utf-8",
            Format::Json => "application/json",
            Format::Csv => "text/csv; charset=utf-8",
        }
    }

    /// The document in this format.
    pub fn render(self, document: &Document, design: &Design, table: Option<&str>) -> Result<Vec<u8>, Error> {
        let failed = |error: &dyn std::fmt::Display| Error::Failure(error.to_string());
        match self {
            Format::Pdf => {
                let written = samsyn_pdf::pdf(document, &design.look);
                // What Typst remembers for the next time would else grow in a server.
                samsyn_pdf::forget();
                written.map_err(|error| failed(&error))
            }
            Format::Docx => {
                samsyn_render::docx(document, &design.look, design.template.as_ref()).map_err(|error| failed(&error))
            }
            Format::Xlsx => samsyn_render::xlsx(document, &design.look).map_err(|error| failed(&error)),
            Format::Html => Ok(samsyn_render::html(document).into_bytes()),
            Format::Markdown => Ok(samsyn_render::markdown(document).into_bytes()),
            Format::Json => Ok(samsyn_render::json(document).into_bytes()),
            Format::Csv => samsyn_render::csv(document, table.unwrap_or_default())
                .map(String::into_bytes)
                .map_err(|error| Error::Usage(error.to_string())),
        }
    }
}

/// A report, as known at the end of a day.
pub async fn document(chosen: &Chosen<'_>, slag: Slag, avser: Avser, per: Datum) -> Result<Document, Error> {
    Ok(of(chosen, &chosen.underlag(per).await?, slag, avser))
}

/// A report of an underlag.
pub fn of(chosen: &Chosen<'_>, underlag: &Arc<Underlag>, slag: Slag, avser: Avser) -> Document {
    let rakning = chosen.rakning(underlag, slag.raknas(avser));
    match slag {
        Slag::Avgifter => rapport::avgifter::avgifter(&rakning, avser.halvar().year()),
        Slag::Beslutsutrymme => match plan(underlag, avser) {
            Some(nr) => rapport::beslutsutrymme::beslutsutrymme(&rakning, nr, &[]),
            None => rapport::beslutsutrymme::saknas(&rakning, &avser.text()),
        },
        Slag::Delarsrapport | Slag::Arsredovisning => rapport::bokslut::bokslutsrapport(&rakning),
        Slag::Pm => rapport::pm::pm(&rakning),
        Slag::Tjansteskrivelse => rapport::tjansteskrivelse::tjansteskrivelse(&rakning),
    }
}

/// The plan for the meeting that a report is about.
fn plan(underlag: &Underlag, avser: Avser) -> Option<PlanNr> {
    match avser {
        Avser::Mote(day, _) => underlag.ekonomi.plan(day),
        Avser::Halvar(_) | Avser::Ar(_) => None,
    }
}

/// Every figure of a report.
pub fn siffror(rakning: &Rakning<'_>, slag: Slag, avser: Avser) -> Vec<Figure> {
    match slag {
        Slag::Pm | Slag::Tjansteskrivelse => calc::siffror(rakning),
        Slag::Delarsrapport | Slag::Arsredovisning => rapport::bokslut::alla_siffror(rakning),
        Slag::Avgifter => calc::avgifter(rakning, avser.halvar().year()),
        Slag::Beslutsutrymme => plan(rakning.underlag, avser).map_or_else(Vec::new, |nr| calc::plan(rakning, nr, &[])),
    }
}

/// The förbund's colour and logo, as they are set now.
pub async fn look(chosen: &Chosen<'_>) -> Result<Look, Error> {
    let settings = chosen.settings(per_or_today(None)).await?;
    let mut look = Look::default();
    if let Some(color) = settings.farg.as_deref().and_then(Color::parse) {
        look.color = color;
    }
    if let Some(sha256) = settings.logotyp {
        let bytes = installning::bild(chosen.db, chosen.access.forbund(), &sha256).await?;
        look.logo = bytes.and_then(|bytes| Logo::read(bytes).ok());
    }
    Ok(look)
}

/// Writes a document, or one table of it, to a file, in the format that the file's name asks for.
pub fn write(document: &Document, design: &Design, table: Option<&str>, path: &Path) -> Result<(), Error> {
    let format = Format::of(path, table)?;
    spara::file(path, &format.render(document, design, table)?)
}
