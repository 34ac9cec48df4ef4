//! What stands before the sections: the title page or the head of a letter, and the contents.

use super::body::{Body, bookmark};
use super::text::run;
use super::xml::escape;
use samsyn_document::{Document, Layout, Section, format};
use std::fmt::Write;

/// Headings of the contents: level, words.
struct Entry<'a> {
    level: u8,
    words: &'a str,
}

/// What the document around the content already has.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Around {
    /// A title.
    pub(super) title: bool,
    /// A contents field.
    pub(super) contents: bool,
    /// Pages or lines before the content.
    pub(super) begun: bool,
    /// A logo of its own, or none by choice: it is a template.
    pub(super) template: bool,
}

impl Body<'_> {
    /// The whole document.
    pub(super) fn document(&mut self, document: &Document, around: Around) {
        let report = document.layout == Layout::Report;
        let fresh = if report && around.begun { "<w:pageBreakBefore/>" } else { "" };
        let mut before = fresh;
        if !around.title {
            self.title(document, around, fresh);
            before = if report { "<w:pageBreakBefore/>" } else { "" };
        }
        if report && !around.contents && !document.sections.is_empty() {
            self.contents(document, before);
            before = "<w:pageBreakBefore/>";
        }
        for section in &document.sections {
            self.section(section, 1, before);
            before = "";
        }
        if let Some(legend) = samsyn_document::format::legend(document) {
            self.turn(false);
            let mut words = String::new();
            run(&mut words, "", &legend);
            self.paragraph("Tabellnot", "", &words);
        }
        // A template has a footer of its own, so what must stand at the foot also ends the text.
        if let Some(foot) = &document.foot {
            self.turn(false);
            let mut words = String::new();
            run(&mut words, "", foot);
            self.paragraph("Tabellnot", "", &words);
        }
    }

    /// Who, what and as of when.
    fn title(&mut self, document: &Document, around: Around, fresh: &'static str) {
        let mut before = fresh;
        if let Some(logo) = self.look.logo.as_ref().filter(|_| !around.template) {
            let picture = self.logo(logo, &document.organisation);
            self.paragraph("", before, &picture);
            before = "";
        }
        for (style, words) in
            [("Utgivare", &document.organisation), ("Title", &document.title), ("Subtitle", &document.subtitle)]
        {
            if !words.trim().is_empty() {
                let mut content = String::new();
                run(&mut content, "", words);
                self.paragraph(style, before, &content);
                before = "";
            }
        }
        let per = ("Uppgifter per".to_owned(), format::long_date(document.per));
        for (label, words) in std::iter::once(&per).chain(&document.meta) {
            let mut content = String::new();
            run(&mut content, "", &format!("{label}:\t{words}"));
            self.paragraph("Titeluppgift", "", &content);
        }
    }

    /// The contents as a field, filled with the headings; Word adds the numbers of the pages.
    fn contents(&mut self, document: &Document, before: &str) {
        let mut entries: Vec<Entry> = Vec::new();
        document.sections.iter().for_each(|section| collect(section, 1, &mut entries));
        let shown: Vec<(usize, &Entry)> = entries.iter().enumerate().filter(|(_, entry)| entry.level <= 3).collect();
        self.out.push_str(
            "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val=\"Table of Contents\"/><w:docPartUnique/>\
             </w:docPartObj></w:sdtPr><w:sdtContent>",
        );
        let mut heading = String::new();
        run(&mut heading, "", "Innehåll");
        self.paragraph("TOCHeading", before, &heading);
        for (position, (number, entry)) in shown.iter().enumerate() {
            let mut content = String::new();
            if position == 0 {
                content.push_str(
                    "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> TOC \\o \
                     \"1-3\" \\h \\z \\u </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>",
                );
            }
            let name = bookmark(u32::try_from(*number).unwrap_or(u32::MAX));
            let _ = write!(content, "<w:hyperlink w:anchor=\"{}\" w:history=\"1\">", escape(&name));
            run(&mut content, "", entry.words);
            content.push_str("</w:hyperlink>");
            self.paragraph(&format!("TOC{}", entry.level), "", &content);
        }
        let end = "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>";
        self.paragraph("", "", end);
        self.out.push_str("</w:sdtContent></w:sdt>");
        self.end = None;
    }
}

/// The headings in the order that the body writes them.
fn collect<'a>(section: &'a Section, level: u8, entries: &mut Vec<Entry<'a>>) {
    entries.push(Entry { level, words: &section.heading });
    section.sections.iter().for_each(|inner| collect(inner, level.saturating_add(1), entries));
}
