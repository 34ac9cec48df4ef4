//! Document → PDF that is both PDF/UA-1 (accessible) and PDF/A-2a (for the archive).
//!
//! The pages are set by Typst from the templates in `template/`. They get the document as a virtual
//! JSON file in which every value is already written and every table measured; nothing that comes from
//! outside ever becomes markup. Knows nothing of the field, reads no file, no clock, no system font.

mod data;
mod glyphs;
mod table;
mod text;
mod width;
mod words;
mod world;

use samsyn_document::{Document, Look};
use std::fmt;
use typst::diag::SourceDiagnostic;
use typst::ecow::EcoVec;
use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};
use world::Paper;

/// Why a PDF could not be made. Its text is Swedish, for people.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PdfError {
    /// The logo is no picture that can be shown.
    Logo,
    /// Something else went wrong; says what, in the words of the typesetter. A fault in this program.
    Internal(String),
}

impl fmt::Display for PdfError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PdfError::Logo => f.write_str(
                "Logotypen kan inte läsas som bild: filen är skadad eller av ett slag som inte kan användas. \
                 Spara om den som PNG eller JPEG i RGB.",
            ),
            PdfError::Internal(what) => write!(f, "PDF-filen kunde inte skapas: {what}"),
        }
    }
}

impl std::error::Error for PdfError {}

/// The document as a PDF file. The same document and look always give the same bytes.
///
/// # Errors
/// When the logo is no picture that can be decoded, and when the typesetter refuses.
pub fn pdf(document: &Document, look: &Look) -> Result<Vec<u8>, PdfError> {
    let paper = Paper::new(document, look);
    set(&paper).map_err(|what| match look.logo {
        // Only the logo is a file from outside: without it the pages tell whether it was to blame.
        Some(_) if set(&Paper::new(document, &Look { logo: None, ..look.clone() })).is_ok() => PdfError::Logo,
        _ => PdfError::Internal(what),
    })
}

/// Lets go of what the typesetter remembers between documents. For a program that keeps running: call it
/// now and then, such as after each document. What the last two documents used is kept.
pub fn forget() {
    comemo::evict(2);
}

fn set(paper: &Paper) -> Result<Vec<u8>, String> {
    let pages: PagedDocument = typst::compile(paper).output.map_err(said)?;
    let standards = PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1]).map_err(|e| e.message().to_string())?;
    let options = PdfOptions {
        ident: Smart::Custom(paper.ident().to_owned()),
        creator: Smart::Custom(Some("Samsyn".to_owned())),
        standards,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(&pages, &options).map_err(said)
}

fn said(diagnostics: EcoVec<SourceDiagnostic>) -> String {
    let said: Vec<&str> = diagnostics.iter().map(|d| d.message.as_str()).take(3).collect();
    said.join("; ")
}
