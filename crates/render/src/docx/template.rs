//! A förbund's own template: what it must be, and where in it the content goes.

use super::base::{MAIN_TYPES, WORD};
use super::contents::Around;
use super::error::DocxError;
use super::package::{Package, Relations, TYPES};
use super::xml::{self, Element, Node};

/// A Word document or template that content can be put into.
#[derive(Clone, Debug)]
pub struct Template {
    pub(super) package: Package,
}

impl Template {
    /// Reads a `.docx` or `.dotx`: at most 20 MiB, and 100 MiB unpacked.
    ///
    /// # Errors
    /// When the file is no such document, has macros or a password, or cannot be read.
    pub fn read(bytes: &[u8]) -> Result<Template, DocxError> {
        let package = Package::read(bytes)?;
        let macros = |name: &str| {
            let file = name.rsplit('/').next().unwrap_or(name).to_lowercase();
            file.starts_with("vbaproject") || file.starts_with("vbadata")
        };
        if package.names().any(macros) {
            return Err(DocxError::Macros);
        }
        if package.part(TYPES).is_none() {
            return Err(DocxError::NoDocument);
        }
        let types = package.types()?;
        let kind = |element: &Element| element.attribute("ContentType").unwrap_or_default().to_lowercase();
        if types
            .elements()
            .any(|element| kind(element).contains("macroenabled") || kind(element).contains("vbaproject"))
        {
            return Err(DocxError::Macros);
        }
        let template = Template { package };
        template.check(&types)?;
        Ok(template)
    }

    /// Whether all that will be read and changed can be.
    fn check(&self, types: &Element) -> Result<(), DocxError> {
        let main = main_part(&self.package)?;
        let word = types.elements().any(|element| {
            element.attribute("PartName").is_some_and(|name| name.trim_start_matches('/').eq_ignore_ascii_case(&main))
                && element.attribute("ContentType").is_some_and(|kind| kind.starts_with(MAIN_TYPES))
        });
        if !word {
            return Err(DocxError::NoDocument);
        }
        let mut root = self.package.xml(&main, || Element::new("", &[]))?;
        if root.attributes.iter().any(|(_, value)| value == "http://purl.oclc.org/ooxml/wordprocessingml/main") {
            return Err(DocxError::Strict);
        }
        let readable = root.is("document") && root.child("body").is_some() && bind(&mut root).is_some();
        if !readable {
            return Err(DocxError::Xml(main));
        }
        let relations = self.package.relations(&main)?;
        for kind in ["styles", "numbering", "settings", "footnotes"] {
            if let Some(part) = relations.target(kind) {
                let mut root = self.package.xml(&part, || Element::new("w:none", &[]))?;
                xml::bind(&mut root, &[("w", WORD)]).ok_or(DocxError::Xml(part))?;
            }
        }
        self.package.relations("")?;
        Ok(())
    }
}

/// The part that the document stands in.
pub(super) fn main_part(package: &Package) -> Result<String, DocxError> {
    let told = package.relations("")?.target("officeDocument");
    let name = told.unwrap_or_else(|| "word/document.xml".to_owned());
    if package.part(&name).is_some() { Ok(name) } else { Err(DocxError::NoDocument) }
}

/// Makes the prefixes that are written usable in the document.
pub(super) fn bind(root: &mut Element) -> Option<()> {
    let drawing = "http://schemas.openxmlformats.org/drawingml/2006/";
    let relations = super::package::RELATION.trim_end_matches('/');
    let (line, main, picture) =
        (format!("{drawing}wordprocessingDrawing"), format!("{drawing}main"), format!("{drawing}picture"));
    xml::bind(root, &[("w", WORD), ("r", relations), ("wp", &line), ("a", &main), ("pic", &picture)])
}

/// Where in a body the content goes.
pub(super) struct Place {
    /// The child of the body that the content comes before.
    pub(super) at: usize,
    /// Whether anything but the section's properties comes after.
    pub(super) last: bool,
    pub(super) around: Around,
}

/// Finds the place for the content: the paragraph `{{innehåll}}`, which is taken away, else the end;
/// an empty body is emptied.
pub(super) fn place(body: &mut Element, template: bool) -> Place {
    let marked = body
        .children
        .iter()
        .position(|node| matches!(node, Node::Element(element) if element.is("p") && is_mark(&element.text())));
    let at = match marked {
        Some(at) => {
            // The mark may carry the end of a section: then that stays.
            let keep = matches!(&body.children[at], Node::Element(p) if p.child("pPr").is_some_and(|ppr| ppr.child("sectPr").is_some()));
            if keep {
                if let Node::Element(paragraph) = &mut body.children[at] {
                    paragraph.children.retain(|node| matches!(node, Node::Element(element) if element.is("pPr")));
                }
            } else {
                body.children.remove(at);
            }
            at
        }
        None => {
            let says = |node: &Node| matches!(node, Node::Element(element) if speaks(element));
            if !body.children.iter().any(says) {
                body.children.retain(|node| matches!(node, Node::Element(element) if element.is("sectPr")));
            }
            let is_end = |node: &Node| matches!(node, Node::Element(element) if element.is("sectPr"));
            body.children.iter().rposition(is_end).unwrap_or(body.children.len())
        }
    };
    let elements = |nodes: &[Node]| nodes.iter().any(|node| matches!(node, Node::Element(e) if !e.is("sectPr")));
    let around = Around {
        title: false,
        contents: body.elements().any(has_contents),
        begun: elements(&body.children[..at]),
        template,
    };
    Place { at, last: !elements(&body.children[at..]), around }
}

/// Whether a paragraph says that the content goes here; "å" may be one character or two.
fn is_mark(text: &str) -> bool {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
    matches!(text.as_str(), "{{innehåll}}" | "{{inneha\u{30a}ll}}" | "{{innehall}}")
}

/// Whether an element of the body shows something, or ends a section.
fn speaks(element: &Element) -> bool {
    !element.is("sectPr")
        && (!element.text().trim().is_empty()
            || ["drawing", "pict", "object", "tbl", "sectPr", "sdt", "altChunk", "fldSimple"]
                .iter()
                .any(|name| element.has(name)))
}

/// Whether an element holds a contents field.
fn has_contents(element: &Element) -> bool {
    let told = |text: &str| text.trim_start().to_uppercase().starts_with("TOC ");
    let here = element.is("instrText")
        && element.children.iter().any(|node| matches!(node, Node::Text(text) if told(text)))
        || element.is("fldSimple") && element.attribute("instr").is_some_and(told);
    here || element.elements().any(has_contents)
}

/// How wide the template's type is, in hundredths of Calibri: by the name of its font.
pub(super) fn type_width(package: &Package, relations: &Relations, styles: &Element) -> u32 {
    let fonts = |style: &Element| style.child("rPr").and_then(|rpr| rpr.child("rFonts")).cloned();
    let normal = styles.elements().find(|style| {
        style.attribute("type") == Some("paragraph") && matches!(style.attribute("default"), Some("1" | "true" | "on"))
    });
    let default = styles.child("docDefaults").and_then(|defaults| defaults.child("rPrDefault"));
    let found = normal.and_then(fonts).or_else(|| default.and_then(fonts));
    let theme = || {
        let part = relations.target("theme")?;
        let root = xml::parse(package.part(&part)?)?;
        let minor = root.child("themeElements")?.child("fontScheme")?.child("minorFont")?;
        minor.child("latin")?.attribute("typeface").map(str::to_owned)
    };
    let named = found.as_ref().and_then(|fonts| {
        if fonts.attribute("asciiTheme").is_some() { theme() } else { fonts.attribute("ascii").map(str::to_owned) }
    });
    let name = named.unwrap_or_else(|| "Times New Roman".to_owned()).to_lowercase();
    let is = |list: &[&str]| list.iter().any(|known| name.contains(known));
    match () {
        () if is(&["narrow", "condensed"]) => 95,
        () if is(&["calibri", "carlito", "garamond", "times", "gill sans"]) => 100,
        () if is(&["verdana", "lucida", "dejavu", "montserrat"]) => 128,
        () => 115,
    }
}
