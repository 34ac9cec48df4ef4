//! OpenDocument spreadsheets. Source: OASIS OpenDocument 1.3, part 3. Own code rather than calamine, which sets aside
//! the whole rectangle of a sheet, however few of its cells are filled.

mod table;

use super::kind::password;
use super::parts::Parts;
use super::prose::Prose;
use super::reading::Reading;
use super::xml::Xml;
use super::{Book, Kind, Refused};

/// Reads a workbook, and looks through all that it holds.
pub(super) fn read(reading: &mut Reading, mut parts: Parts<'_>) -> Result<Book, Refused> {
    if let Some(manifest) = parts.text(reading, "META-INF/manifest.xml")?
        && manifest.contains("encryption-data")
    {
        return Err(password(reading));
    }
    if parts.names().iter().any(|name| name.starts_with("Basic/") || name.starts_with("Scripts/")) {
        reading.note("", "Filen har makron. De körs inte och läses inte.");
    }
    let Some(text) = parts.text(reading, "content.xml")? else {
        return Err(reading.damaged("", "innehållet saknas i den"));
    };
    let (sheets, epoch_1904) = table::read(reading, &text)?;
    if sheets.is_empty() {
        return Err(reading.stop(
            "",
            "Filen har inga blad med celler.",
            "Lägg uppgifterna i ett blad och spara filen på nytt.",
        ));
    }
    look_through_the_rest(reading, &mut parts)?;
    Ok(Book { kind: Kind::Ods, sheets, epoch_1904, notes: Vec::new() })
}

/// Every other part that is XML: properties, headers, settings, and objects within.
fn look_through_the_rest(reading: &mut Reading, parts: &mut Parts<'_>) -> Result<(), Refused> {
    for name in parts.names().to_vec() {
        let lower = name.to_ascii_lowercase();
        if !lower.ends_with(".xml") || ["content.xml", "meta-inf/manifest.xml"].contains(&lower.as_str()) {
            continue;
        }
        let Some(text) = parts.text(reading, &name)? else { continue };
        let place = match lower.as_str() {
            "meta.xml" => "filens egenskaper",
            "styles.xml" => "ett sidhuvud eller en sidfot",
            _ if lower.starts_with("object") => "ett inbäddat objekt",
            _ => "en del av filen som inte syns",
        };
        let mut xml = Xml::new(&text);
        let mut prose = Prose::default();
        while let Some(piece) = xml.next(reading)? {
            prose.take(&piece, |text| {
                reading.search.text(text, || place.to_owned());
                if lower.starts_with("object") {
                    reading.search.names(text, || place.to_owned());
                }
            });
        }
    }
    Ok(())
}
