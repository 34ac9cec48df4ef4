//! Reads the figures back out of a Word file: cells by row and column of the table with that caption,
//! running text by the words around the figures, footnotes where their table is.

use super::Page;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use samsyn_document::{Block, Document, Row, Section, Table};
use std::collections::HashMap;
use std::io::Read;

/// The figures of a Word file. The model tells where to look, never what stands there.
pub fn docx(bytes: &[u8], document: &Document) -> Vec<(String, String)> {
    let notes = part(bytes, "word/footnotes").map(|xml| Story::read(&xml, &HashMap::new()).notes).unwrap_or_default();
    let story = Story::read(&part(bytes, "word/document").expect("a document"), &notes);
    let page = Page { lines: story.lines.iter().map(String::as_str).collect(), at: 0, found: Vec::new() };
    let mut word = Word { page, tables: story.tables.iter() };
    document.sections.iter().for_each(|section| word.section(section));
    word.page.found
}

/// The part whose name begins so, as text.
fn part(bytes: &[u8], name: &str) -> Option<String> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a zip archive");
    let names: Vec<String> = archive.file_names().map(|name| name.expect("a name").into_owned()).collect();
    let found = names.iter().find(|known| known.starts_with(name) && known.ends_with(".xml"))?;
    let mut text = String::new();
    archive.by_name(found).expect("a part").read_to_string(&mut text).expect("text");
    Some(text)
}

struct Word<'a> {
    page: Page<'a>,
    tables: std::slice::Iter<'a, Grid>,
}

impl Word<'_> {
    fn section(&mut self, section: &Section) {
        for block in &section.blocks {
            match block {
                Block::Paragraph(text) | Block::Notice(text) => self.page.text(text),
                Block::List(items) => items.iter().for_each(|item| self.page.text(item)),
                Block::Table(table) => self.table(table),
                Block::Heading(_) | Block::Chart(_) => {}
            }
        }
        section.sections.iter().for_each(|inner| self.section(inner));
    }

    fn table(&mut self, table: &Table) {
        let Some(grid) = self.tables.find(|grid| grid.caption == super::one_line(&table.caption)) else { return };
        for (row, read) in table.rows.iter().zip(&grid.rows) {
            let Row::Data { header, cells, .. } = row else { continue };
            for (cell, words) in std::iter::once(header).chain(cells).zip(read) {
                self.page.keep(cell, words);
            }
        }
        table.footnotes.iter().chain(&table.remarks).for_each(|text| self.page.text(text));
    }
}

/// A table: its caption, and the text of its cells but for the rows of headings.
#[derive(Default)]
struct Grid {
    caption: String,
    rows: Vec<Vec<String>>,
}

/// What a part says.
#[derive(Default)]
struct Story {
    /// A line per paragraph outside tables, an empty one between; footnotes come after their table.
    lines: Vec<String>,
    tables: Vec<Grid>,
    /// Footnotes by id.
    notes: HashMap<String, String>,
    /// Of the table that is open: the row, whether it is one of headings, and the ids of footnotes.
    open: Option<Grid>,
    row: Vec<String>,
    heading: bool,
    referred: Vec<String>,
    /// Of the paragraph that is open: all it says, and the run that is open.
    words: String,
    run: String,
    cell: String,
    /// Whether the run is a mark or a remark beside a figure, and whether characters are shown.
    beside: bool,
    shown: bool,
    note: String,
}

impl Story {
    fn read(xml: &str, notes: &HashMap<String, String>) -> Story {
        let mut story = Story::default();
        let mut reader = Reader::from_str(xml);
        loop {
            match reader.read_event().expect("well-formed XML") {
                Event::Start(element) => story.start(&element),
                Event::Empty(element) => {
                    story.start(&element);
                    story.end(element.local_name().as_ref(), notes);
                }
                Event::End(element) => story.end(element.local_name().as_ref(), notes),
                Event::Text(text) if story.shown => story.run.push_str(&text.xml10_content()),
                Event::GeneralRef(name) if story.shown => {
                    let named = quick_xml::escape::resolve_predefined_entity(&name);
                    let c = name.resolve_char_ref().expect("a character").map(String::from);
                    story.run.push_str(&c.unwrap_or_else(|| named.expect("a known entity").to_owned()));
                }
                Event::Eof => return story,
                _ => {}
            }
        }
    }

    fn start(&mut self, element: &BytesStart) {
        let value = |name: &str| {
            let found = element.attributes().flatten().find(|a| a.key.local_name().as_ref() == name);
            found.map(|a| a.normalized_value(quick_xml::XmlVersion::Implicit1_0).expect("a value").into_owned())
        };
        let value = |name: &str| value(name).unwrap_or_default();
        match element.local_name().as_ref() {
            "tbl" => self.open = Some(Grid::default()),
            "tblCaption" => {
                if let Some(grid) = &mut self.open {
                    grid.caption = super::one_line(&value("val"));
                }
            }
            "tr" => (self.heading, self.row) = (false, Vec::new()),
            "tblHeader" => self.heading = true,
            "tc" => self.cell.clear(),
            "p" => self.words.clear(),
            "r" => (self.beside, self.run) = (false, String::new()),
            "rStyle" => {
                self.beside |= matches!(value("val").as_str(), "Underrad" | "FootnoteReference" | "Fotnotsreferens")
            }
            "t" => self.shown = true,
            "br" | "tab" => self.run.push(' '),
            "noBreakHyphen" => self.run.push('-'),
            "footnoteReference" => self.referred.push(value("id")),
            "footnote" => self.note = value("id"),
            _ => {}
        }
    }

    fn end(&mut self, name: &str, notes: &HashMap<String, String>) {
        match name {
            "t" => self.shown = false,
            "r" if !self.beside => self.words.push_str(&self.run),
            "p" if self.open.is_some() => self.cell.push_str(&self.words),
            "p" if !self.note.is_empty() => drop(self.notes.insert(self.note.clone(), self.words.clone())),
            "p" => self.line(&self.words.clone()),
            "tc" => self.row.push(super::one_line(&self.cell)),
            "tr" if !self.heading => {
                let row = std::mem::take(&mut self.row);
                self.open.iter_mut().for_each(|grid| grid.rows.push(row.clone()));
            }
            "tbl" => {
                self.tables.extend(self.open.take());
                for id in std::mem::take(&mut self.referred) {
                    self.line(&notes[&id]);
                }
            }
            _ => {}
        }
    }

    /// A line as the reader of Markdown takes it: what would be a mark there is escaped.
    fn line(&mut self, words: &str) {
        self.lines.push(words.replace('\\', "\\\\").replace('*', "\\*"));
        self.lines.push(String::new());
    }
}
