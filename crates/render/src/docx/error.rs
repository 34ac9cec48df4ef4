//! Why a Word document cannot be written, or a template cannot be used, in Swedish.

use std::fmt;

/// What is wrong with a template. Only a template can be wrong: every document can be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DocxError {
    /// The file is no zip archive, or it is cut off.
    NoArchive,
    /// The file is encrypted, or of the kind that Word wrote before 2007.
    Ole,
    /// The file is larger than may be read, packed or unpacked.
    TooLarge,
    /// The archive holds no Word document.
    NoDocument,
    /// The template has macros.
    Macros,
    /// The template is saved as Strict Open XML.
    Strict,
    /// A part of the template, named, cannot be read as XML.
    Xml(String),
    /// A part of the archive, named, cannot be unpacked, or has a name that no part may have.
    Part(String),
    /// A chart, named by its title, could not be drawn.
    Chart(String),
}

impl fmt::Display for DocxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DocxError::NoArchive => f.write_str(
                "Mallen är inget Word-dokument, eller så är filen skadad eller avbruten. \
                 Ange en fil som är sparad som .docx eller .dotx.",
            ),
            DocxError::Ole => f.write_str(
                "Mallen är skyddad med lösenord eller sparad i Words gamla format (.doc, .dot). \
                 Ta bort lösenordet och spara den som .docx eller .dotx.",
            ),
            DocxError::TooLarge => {
                f.write_str("Mallen är för stor: högst 20 MiB som fil och 100 MiB uppackad. Gör bilderna i den mindre.")
            }
            DocxError::NoDocument => f.write_str(
                "Mallen saknar dokument (word/document.xml). Ange en fil som är sparad i Word som .docx eller .dotx.",
            ),
            DocxError::Macros => {
                f.write_str("Mallen har makron. Spara den utan makron, som .docx eller .dotx, och försök igen.")
            }
            DocxError::Strict => f.write_str(
                "Mallen är sparad som Strict Open XML. Spara den i Word som vanligt Word-dokument (.docx) eller \
                 vanlig mall (.dotx).",
            ),
            DocxError::Xml(part) => {
                write!(f, "Mallen är skadad: delen {part} går inte att läsa. Öppna och spara om mallen i Word.")
            }
            DocxError::Part(part) => {
                write!(f, "Mallen är skadad: delen {part} går inte att packa upp. Öppna och spara om mallen i Word.")
            }
            DocxError::Chart(title) => write!(f, "Diagrammet ”{title}” kunde inte ritas."),
        }
    }
}

impl std::error::Error for DocxError {}
