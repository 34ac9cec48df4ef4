//! Excel since 2007. Source: ECMA-376 part 1, SpreadsheetML. Own code rather than calamine, which does not tell what
//! is hidden, and reads neither comments nor what else a package may hold; in the tests it is the oracle.

mod sheet;
mod strings;
mod workbook;

use super::draft::Draft;
use super::namn;
use super::parts::Parts;
use super::prose::Prose;
use super::reading::Reading;
use super::search;
use super::xml::{Piece, Xml};
use super::{Book, Kind, Refused, Sheet};
use std::collections::BTreeSet;
use workbook::{Link, Workbook};

/// Reads a workbook, and looks through all that it holds.
pub(super) fn read(reading: &mut Reading, mut parts: Parts<'_>) -> Result<Book, Refused> {
    let workbook = Workbook::read(reading, &mut parts)?;
    tell_what_is_left_out(reading, &parts);
    let mut strings = strings::read(reading, &mut parts, workbook.strings.as_deref())?;
    let mut seen: BTreeSet<String> = workbook.strings.iter().cloned().collect();
    let mut sheets = Vec::new();
    for (number, link) in (1..).zip(&workbook.sheets) {
        let label = search::label(number, &link.name, link.hidden);
        let Some(text) = parts.text(reading, &link.part)? else {
            return Err(reading.damaged(&label, "bladet saknas i den"));
        };
        let about = Sheet { name: link.name.clone(), hidden: link.hidden, ..Sheet::default() };
        let draft = Draft::new(about, label);
        sheets.push(sheet::read(reading, &text, draft, &workbook, &mut strings)?);
        comments(reading, &mut parts, link, number, &mut seen)?;
        seen.insert(link.part.clone());
    }
    strings.look_through_unused(reading);
    look_through_the_rest(reading, &mut parts, &seen)?;
    Ok(Book { kind: Kind::Xlsx, sheets, epoch_1904: workbook.epoch_1904, notes: Vec::new() })
}

/// Macros, links and what is embedded.
fn tell_what_is_left_out(reading: &mut Reading, parts: &Parts<'_>) {
    let any = |word: &str| parts.names().iter().any(|name| name.to_ascii_lowercase().starts_with(word));
    if any("xl/vbaproject") || any("xl/macrosheets") {
        reading.note("", "Filen har makron. De körs inte och läses inte.");
    }
    if any("xl/externallinks/") {
        reading.note("", "Filen har länkar till andra filer. De följs inte; de värden som sparats i filen används.");
    }
}

/// The comments of a sheet, old (notes) and new (threads).
fn comments(
    reading: &mut Reading,
    parts: &mut Parts<'_>,
    link: &Link,
    number: usize,
    seen: &mut BTreeSet<String>,
) -> Result<(), Refused> {
    let label = search::label(number, &link.name, link.hidden);
    for part in &link.comments {
        let Some(text) = parts.text(reading, part)? else { continue };
        seen.insert(part.clone());
        let mut xml = Xml::new(&text);
        let mut prose = Prose::default();
        let (mut cell, mut in_author) = (String::new(), false);
        while let Some(piece) = xml.next(reading)? {
            if let Piece::Open(tag) = &piece {
                in_author = tag.name() == "author";
                if matches!(tag.name(), "comment" | "threadedComment") {
                    cell = tag.get("ref").unwrap_or_default().chars().filter(char::is_ascii_alphanumeric).collect();
                }
            }
            prose.take(&piece, |text| {
                let place = || format!("{label}, kommentar till cell {cell}");
                reading.search.text(text, place);
                if !in_author {
                    reading.search.names(namn::without_author(text), place);
                }
            });
        }
    }
    Ok(())
}

/// Every other part that is XML: properties, headers, shapes, tables, lists, links, saved values of other files.
fn look_through_the_rest(reading: &mut Reading, parts: &mut Parts<'_>, seen: &BTreeSet<String>) -> Result<(), Refused> {
    for name in parts.names().to_vec() {
        let lower = name.to_ascii_lowercase();
        if lower.starts_with("xl/embeddings/") {
            let hint = "Ta bort det inbäddade dokumentet och läs in filen igen.";
            return Err(reading.stop("", "Filen har ett annat dokument inbäddat i sig, som inte läses.", hint));
        }
        let is_xml = [".xml", ".rels", ".vml"].iter().any(|ending| lower.ends_with(ending));
        if seen.contains(&name) || !is_xml || lower == "[content_types].xml" {
            continue;
        }
        let Some(text) = parts.text(reading, &name)? else { continue };
        let (place, shown) = place(&lower);
        let mut xml = Xml::new(&text);
        let mut prose = Prose::default();
        while let Some(piece) = xml.next(reading)? {
            prose.take(&piece, |text| {
                reading.search.text(text, || place.to_owned());
                if shown {
                    reading.search.names(text, || place.to_owned());
                }
            });
        }
    }
    Ok(())
}

/// How messages name a part, and whether people write of people in it.
fn place(part: &str) -> (&'static str, bool) {
    let places = [
        ("docprops/", "filens egenskaper", false),
        ("customxml/", "filens egenskaper", false),
        ("xl/comments", "en kommentar", true),
        ("xl/threadedcomments", "en kommentar", true),
        ("xl/persons", "kommentarernas författare", false),
        ("xl/drawings/_rels", "en länk", false),
        ("xl/drawings", "en textruta eller form", true),
        ("xl/worksheets/_rels", "en länk", false),
        ("xl/worksheets", "ett blad som arbetsboken inte visar", true),
        ("xl/charts", "ett diagram", true),
        ("xl/externallinks", "sparade värden från en annan fil", true),
        ("xl/pivot", "en pivottabells sparade värden", true),
        ("xl/tables", "en tabells rubriker", false),
        ("xl/workbook", "arbetsbokens namn och områden", false),
        ("xl/sharedstrings", "en text som ingen cell visar", true),
    ];
    let found = places.iter().find(|(beginning, _, _)| part.starts_with(beginning));
    found.map_or(("en del av filen som inte syns", false), |(_, place, shown)| (*place, *shown))
}
