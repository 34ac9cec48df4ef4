//! Footnotes: those of a table become footnotes of the page, numbered by Word.

use super::error::DocxError;
use super::package::{Package, Relations, set_type};
use super::styles::Styles;
use super::text;
use super::xml::{self, Element, Node, escape};
use super::{base, settings};
use samsyn_document::Text;
use std::fmt::Write;

/// The footnotes that are written.
#[derive(Debug, Default)]
pub(super) struct Notes {
    markup: String,
    count: u32,
    /// The id that the next one gets.
    next: u32,
}

/// Where a footnote of a table stands: not yet, or with its number and the bookmark around its mark.
pub(super) type Place = Option<(u32, String)>;

impl Notes {
    /// Footnotes after those that the document already has.
    pub(super) fn after(package: &Package, part: Option<&str>) -> Result<Notes, DocxError> {
        let ids = match part {
            Some(part) => {
                let root = package.xml(part, || Element::new("w:footnotes", &[]))?;
                let ids = root.elements().filter_map(|note| note.attribute("id")?.parse::<i64>().ok());
                ids.filter(|id| *id < i64::from(u16::MAX)).max().unwrap_or(0)
            }
            None => 0,
        };
        Ok(Notes { next: u32::try_from(ids.max(0)).unwrap_or(0) + 1, ..Notes::default() })
    }

    /// The mark of a footnote in the text. The first mark carries the footnote, later ones refer to it.
    pub(super) fn mark(&mut self, out: &mut String, styles: &Styles, words: &Text, place: &mut Place, bookmark: u32) {
        let style = text::in_style(styles, "FootnoteReference");
        if let Some((number, name)) = place {
            text::field(out, &style, &format!("NOTEREF {name} \\f \\h"), &number.to_string());
            return;
        }
        let id = self.next;
        self.next += 1;
        self.count += 1;
        let name = format!("_RefNot{id}");
        let _ = write!(
            out,
            "<w:bookmarkStart w:id=\"{bookmark}\" w:name=\"{name}\"/><w:r><w:rPr>{style}</w:rPr>\
             <w:footnoteReference w:id=\"{id}\"/></w:r><w:bookmarkEnd w:id=\"{bookmark}\"/>"
        );
        let _ = write!(
            self.markup,
            "<w:footnote w:id=\"{id}\"><w:p><w:pPr><w:pStyle w:val=\"{}\"/></w:pPr><w:r><w:rPr>{style}</w:rPr>\
             <w:footnoteRef/></w:r><w:r><w:t xml:space=\"preserve\"> </w:t></w:r>",
            escape(styles.id("FootnoteText"))
        );
        text::text(&mut self.markup, styles, words);
        self.markup.push_str("</w:p></w:footnote>");
        *place = Some((self.count, name));
    }

    /// Puts the footnotes in the package: in the part that there is, else in a new one.
    pub(super) fn put(
        self,
        package: &mut Package,
        relations: &mut Relations,
        types: &mut Element,
        part: Option<String>,
    ) -> Result<(), DocxError> {
        if self.count == 0 {
            return Ok(());
        }
        let Some(part) = part else {
            let name = package.free_name("word/footnotes", ".xml");
            package.put(&name, base::part_of("footnotes", &format!("{SEPARATORS}{}", self.markup)).into_bytes());
            set_type(types, &name, &format!("{}footnotes+xml", base::MAIN_TYPES));
            relations.add("footnotes", &name);
            return settings::separators(package, relations, types);
        };
        let mut root = package.xml(&part, || Element::new("w:footnotes", &[]))?;
        xml::bind(&mut root, &[("w", base::WORD)]).ok_or_else(|| DocxError::Xml(part.clone()))?;
        root.children.push(Node::Raw(self.markup));
        package.put(&part, root.to_part());
        Ok(())
    }
}

/// The rules between text and footnotes, which are footnotes of a kind.
const SEPARATORS: &str = "<w:footnote w:type=\"separator\" w:id=\"-1\"><w:p><w:pPr><w:spacing w:before=\"0\" \
     w:after=\"0\" w:line=\"240\" w:lineRule=\"auto\"/></w:pPr><w:r><w:separator/></w:r></w:p></w:footnote>\
     <w:footnote w:type=\"continuationSeparator\" w:id=\"0\"><w:p><w:pPr><w:spacing w:before=\"0\" w:after=\"0\" \
     w:line=\"240\" w:lineRule=\"auto\"/></w:pPr><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>";
