//! The document's content as the markup of a body: headings, paragraphs, lists, notices.

use super::error::DocxError;
use super::notes::Notes;
use super::package::{Package, Relations};
use super::picture::Drawing;
use super::section::Pages;
use super::styles::Styles;
use super::text::{self, in_style, run};
use super::widths::{self, Fit};
use super::xml::escape;
use samsyn_document::{Block, Look, Section, Table, Text};
use std::collections::HashMap;
use std::fmt::Write;

/// Ids of bookmarks and pictures begin here, beyond those that a template is likely to have.
const FIRST_ID: u32 = 30_000;

/// What the body is written with and what it needs beside itself.
pub(super) struct Body<'a> {
    pub(super) out: String,
    pub(super) package: &'a Package,
    pub(super) styles: &'a Styles,
    pub(super) look: &'a Look,
    pub(super) pages: &'a Pages,
    /// How wide the type is, in hundredths of Calibri.
    pub(super) factor: u32,
    /// The list that bullets belong to, where the style does not say so.
    pub(super) bullets: &'a str,
    pub(super) relations: Relations,
    pub(super) notes: Notes,
    pub(super) pictures: Vec<(String, Vec<u8>)>,
    /// The last number of each kind of caption.
    pub(super) sequences: HashMap<String, u32>,
    /// Where the properties of the last paragraph end, if it was the last thing written.
    pub(super) end: Option<usize>,
    pub(super) turned: bool,
    /// Breaks between upright and turned pages so far.
    pub(super) breaks: u32,
    pub(super) headings: u32,
    pub(super) ids: u32,
    pub(super) error: Option<DocxError>,
}

impl<'a> Body<'a> {
    /// An empty body.
    pub(super) fn new(
        package: &'a Package,
        styles: &'a Styles,
        look: &'a Look,
        pages: &'a Pages,
        notes: Notes,
    ) -> Body<'a> {
        Body {
            out: String::new(),
            package,
            styles,
            look,
            pages,
            factor: 100,
            bullets: "",
            relations: Relations::none(""),
            notes,
            pictures: Vec::new(),
            sequences: HashMap::new(),
            end: None,
            turned: false,
            breaks: 0,
            headings: 0,
            ids: FIRST_ID,
            error: None,
        }
    }

    /// A section under a heading of that level, from 1; `before` are properties of its first heading.
    pub(super) fn section(&mut self, section: &Section, level: u8, before: &str) {
        self.turn(self.leads_with_turned(section));
        let name = bookmark(self.headings);
        self.headings += 1;
        let id = self.next_id();
        let mut words = format!("<w:bookmarkStart w:id=\"{id}\" w:name=\"{name}\"/>");
        run(&mut words, "", &section.heading);
        let _ = write!(words, "<w:bookmarkEnd w:id=\"{id}\"/>");
        let before = if section.own_page { "<w:pageBreakBefore/>" } else { before };
        self.paragraph(&format!("Heading{}", level.min(6)), before, &words);
        section.blocks_with_lead().for_each(|(block, leads)| self.block(block, leads, level));
        section.sections.iter().for_each(|inner| self.section(inner, level.saturating_add(1), ""));
    }

    /// Whether the first thing under a heading is a table on a turned page: then the heading goes there.
    fn leads_with_turned(&self, section: &Section) -> bool {
        match section.blocks.first() {
            Some(Block::Table(table)) => self.fit(table).turned,
            Some(_) => false,
            None => section.sections.first().is_some_and(|inner| self.leads_with_turned(inner)),
        }
    }

    fn block(&mut self, block: &Block, leads: bool, level: u8) {
        match block {
            Block::Heading(words) => {
                self.turn(false);
                let mut content = String::new();
                run(&mut content, "", words);
                self.paragraph(&format!("Heading{}", (level + 1).min(6)), "", &content);
            }
            Block::Paragraph(words) => self.words("", if leads { "<w:keepNext/>" } else { "" }, words),
            Block::Notice(words) => {
                self.turn(false);
                let mut content = String::new();
                run(&mut content, &in_style(self.styles, "Strong"), "Observera.");
                run(&mut content, "", " ");
                text::text(&mut content, self.styles, words);
                self.paragraph("Observera", "", &content);
            }
            Block::List(items) => {
                let list = if self.styles.bullets_in_paragraph {
                    format!("<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"{}\"/></w:numPr>", self.bullets)
                } else {
                    String::new()
                };
                items.iter().for_each(|item| self.words("ListBullet", &list, item));
            }
            Block::Table(table) => self.table(table),
            Block::Chart(chart) => self.chart(chart),
        }
    }

    /// A paragraph of running text, on upright pages.
    fn words(&mut self, style: &str, properties: &str, words: &Text) {
        self.turn(false);
        let mut content = String::new();
        text::text(&mut content, self.styles, words);
        self.paragraph(style, properties, &content);
    }

    /// A paragraph in a style of ours, or in the one that text has.
    pub(super) fn paragraph(&mut self, style: &str, properties: &str, content: &str) {
        self.out.push_str("<w:p><w:pPr>");
        if !style.is_empty() {
            let _ = write!(self.out, "<w:pStyle w:val=\"{}\"/>", escape(self.styles.id(style)));
        }
        self.out.push_str(properties);
        self.end = Some(self.out.len());
        self.out.push_str("</w:pPr>");
        self.out.push_str(content);
        self.out.push_str("</w:p>");
    }

    /// Goes on with upright or turned pages.
    pub(super) fn turn(&mut self, turned: bool) {
        if self.turned == turned {
            return;
        }
        let properties = self.pages.part(self.breaks == 0, self.turned);
        match self.end {
            Some(end) => self.out.insert_str(end, &properties),
            None => self.paragraph("Tabellslut", &properties, ""),
        }
        self.end = None;
        self.breaks += 1;
        self.turned = turned;
    }

    /// How a table is set on these pages.
    pub(super) fn fit(&self, table: &Table) -> Fit {
        widths::fit(table, self.pages.text_width(false), self.pages.text_width(true), self.factor)
    }

    /// An id that nothing else has.
    pub(super) fn next_id(&mut self) -> u32 {
        self.ids += 1;
        self.ids
    }

    /// Takes in a picture; gives the id of the relation to it.
    pub(super) fn add_picture(&mut self, drawing: Drawing) -> String {
        let taken = self.pictures.len();
        let stem = format!("word/media/rapport{}", taken + 1);
        let name = self.package.free_name(&stem, &format!(".{}", drawing.ending));
        let id = self.relations.add("image", &name);
        self.pictures.push((name, drawing.bytes));
        id
    }

    /// Remembers the first thing that went wrong.
    pub(super) fn fail(&mut self, error: DocxError) {
        self.error.get_or_insert(error);
    }
}

/// The name of the bookmark at the heading with that number, from 0.
pub(super) fn bookmark(heading: u32) -> String {
    format!("_Toc{:08}", 70_000_000 + heading)
}
