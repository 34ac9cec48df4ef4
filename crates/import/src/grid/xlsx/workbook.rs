//! The workbook's own parts: which sheets there are, from when days count, and which formats are those of days.

use crate::grid::Refused;
use crate::grid::dates::{self, Format};
use crate::grid::parts::Parts;
use crate::grid::reading::Reading;
use crate::grid::xml::{Piece, Xml};
use std::collections::HashMap;

/// A sheet's name, and where it stands.
pub(super) struct Link {
    pub name: String,
    pub hidden: bool,
    pub part: String,
    /// The parts of its comments.
    pub comments: Vec<String>,
}

/// What the workbook says.
pub(super) struct Workbook {
    pub sheets: Vec<Link>,
    pub epoch_1904: bool,
    /// The part of the texts that cells share.
    pub strings: Option<String>,
    /// What each style of a cell makes of a number.
    formats: Vec<Format>,
}

impl Workbook {
    /// What the style makes of a number.
    pub fn format(&self, style: usize) -> Format {
        self.formats.get(style).copied().unwrap_or(Format::Number)
    }

    /// Reads them.
    pub fn read(reading: &mut Reading, parts: &mut Parts<'_>) -> Result<Workbook, Refused> {
        let links = links(reading, parts, "xl/workbook.xml")?;
        let by_type =
            |ending: &str| links.values().find(|link| link.kind.ends_with(ending)).map(|link| link.part.clone());
        let formats = match by_type("/styles") {
            Some(part) => formats(reading, parts, &part)?,
            None => Vec::new(),
        };
        let mut workbook =
            Workbook { sheets: Vec::new(), epoch_1904: false, strings: by_type("/sharedStrings"), formats };
        let text = parts.text(reading, "xl/workbook.xml")?.unwrap_or_default();
        let mut xml = Xml::with_root(&text, "workbook");
        while let Some(piece) = xml.next(reading)? {
            let Piece::Open(tag) = &piece else { continue };
            match tag.name() {
                "workbookPr" => workbook.epoch_1904 |= tag.is("date1904"),
                "sheet" => {
                    let name = tag.get("name").unwrap_or_default().into_owned();
                    let hidden = tag.get("state").is_some_and(|state| state != "visible");
                    let link = tag.get("id").and_then(|id| links.get(id.as_ref()));
                    let Some(link) = link else { return Err(reading.damaged("", "ett blad saknas i den")) };
                    if link.kind.ends_with("/worksheet") {
                        workbook.sheets.push(Link { name, hidden, part: link.part.clone(), comments: Vec::new() });
                    }
                }
                _ => {}
            }
            if workbook.sheets.len() > reading.limits.max_sheets {
                return Err(reading.stop("", "Filen har för många blad.", "Ta bort de blad som inte behövs."));
            }
        }
        if workbook.sheets.is_empty() {
            return Err(reading.stop(
                "",
                "Filen har inga blad med celler.",
                "Lägg uppgifterna i ett blad och spara filen på nytt.",
            ));
        }
        for sheet in &mut workbook.sheets {
            let mut found: Vec<Target> = links_of(reading, parts, &sheet.part)?.into_values().collect();
            found.retain(|link| link.kind.ends_with("/comments") || link.kind.ends_with("/threadedComment"));
            found.sort_by(|a, b| a.part.cmp(&b.part));
            sheet.comments = found.into_iter().map(|link| link.part).collect();
        }
        Ok(workbook)
    }
}

/// What a part is linked to.
struct Target {
    kind: String,
    part: String,
}

fn links(reading: &mut Reading, parts: &mut Parts<'_>, part: &str) -> Result<HashMap<String, Target>, Refused> {
    let links = links_of(reading, parts, part)?;
    if links.is_empty() { Err(reading.damaged("", "det står inte i den vilka blad den har")) } else { Ok(links) }
}

/// The links of a part to others of the package, by their ids.
fn links_of(reading: &mut Reading, parts: &mut Parts<'_>, part: &str) -> Result<HashMap<String, Target>, Refused> {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    let mut links = HashMap::new();
    let Some(text) = parts.text(reading, &format!("{folder}/_rels/{file}.rels"))? else { return Ok(links) };
    let mut xml = Xml::with_root(&text, "Relationships");
    while let Some(piece) = xml.next(reading)? {
        let Piece::Open(tag) = &piece else { continue };
        let outside = tag.get("TargetMode").is_some_and(|mode| mode.eq_ignore_ascii_case("External"));
        if let (Some(id), Some(kind), Some(target), false) =
            (tag.get("Id"), tag.get("Type"), tag.get("Target"), outside)
        {
            links.insert(id.into_owned(), Target { kind: kind.into_owned(), part: resolved(folder, &target) });
        }
    }
    Ok(links)
}

/// The path of a part that is named from a folder of the package.
fn resolved(folder: &str, target: &str) -> String {
    let from = if target.starts_with('/') { "" } else { folder };
    let mut path: Vec<&str> = from.split('/').filter(|step| !step.is_empty()).collect();
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(path.pop()),
            step => path.push(step),
        }
    }
    path.join("/")
}

/// What each style of a cell makes of a number, in the order of `cellXfs`.
fn formats(reading: &mut Reading, parts: &mut Parts<'_>, part: &str) -> Result<Vec<Format>, Refused> {
    let Some(text) = parts.text(reading, part)? else { return Ok(Vec::new()) };
    let mut own: HashMap<u32, Format> = HashMap::new();
    let (mut found, mut of_cells) = (Vec::new(), false);
    let mut xml = Xml::with_root(&text, "styleSheet");
    while let Some(piece) = xml.next(reading)? {
        match &piece {
            Piece::Open(tag) => match tag.name() {
                "numFmt" => {
                    if let (Some(id), Some(code)) = (tag.number("numFmtId"), tag.get("formatCode")) {
                        own.insert(id, dates::of_code(&code));
                    }
                }
                "cellXfs" => of_cells = true,
                "xf" if of_cells => {
                    let id = tag.number("numFmtId").unwrap_or(0);
                    found.push(own.get(&id).copied().unwrap_or_else(|| dates::built_in(id)));
                }
                _ => {}
            },
            Piece::Close(name) if name.name() == "cellXfs" => of_cells = false,
            _ => {}
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::resolved;

    #[test]
    fn parts_are_found_from_the_folder_that_names_them() {
        assert_eq!(resolved("xl", "worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolved("xl/worksheets", "../comments1.xml"), "xl/comments1.xml");
        assert_eq!(resolved("xl", "/xl/worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolved("xl", "../../../a"), "a");
    }
}
