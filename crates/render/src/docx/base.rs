//! The empty document that is written in when the förbund has no template of its own: A4, page
//! numbers at the foot, a running head, no content.

use super::package::{Package, RELATION, Relations, TYPES, set_default, set_type};
use super::styles::{self, Setting};
use super::xml::{DECLARATION, Element, escape};
use samsyn_document::{Document, Layout};

/// The namespace of Word's markup.
pub(super) const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
/// What the content types of Word's parts begin with.
pub(super) const MAIN_TYPES: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.";

/// Page of A4 and its margins, in twentieths of a point.
const PAGE: &str = "<w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1418\" w:right=\"1247\" w:bottom=\"1304\" \
                    w:left=\"1247\" w:header=\"680\" w:footer=\"624\" w:gutter=\"0\"/>";
/// Width of the text on that page.
pub(super) const TEXT_WIDTH: u32 = 11_906 - 2 * 1_247;

/// The parts of an empty document.
pub(super) fn package(document: &Document, setting: &Setting) -> Package {
    let mut package = Package::default();
    let mut types = Element::new("Types", &[("xmlns", "http://schemas.openxmlformats.org/package/2006/content-types")]);
    set_default(&mut types, "xml", "application/xml");
    set_default(&mut types, "rels", "application/vnd.openxmlformats-package.relationships+xml");
    package.put(TYPES, Vec::new());
    let mut relations = Relations::none("word/document.xml");
    for (kind, part, root, content) in [
        ("styles", "styles", None, styles::builtin(setting)),
        ("settings", "settings", Some("settings"), settings(setting.language)),
        ("header", "header1", Some("hdr"), header(document)),
        ("footer", "footer1", Some("ftr"), footer(document)),
    ] {
        let name = format!("word/{part}.xml");
        let content = root.map_or(content.clone(), |root| part_of(root, &content));
        package.put(&name, content.into_bytes());
        set_type(&mut types, &name, &format!("{MAIN_TYPES}{kind}+xml"));
        relations.add(kind, &name);
    }
    let body = format!("<w:body>{}</w:body>", section(document.layout));
    package.put("word/document.xml", part_of("document", &body).into_bytes());
    set_type(&mut types, "word/document.xml", &format!("{MAIN_TYPES}document.main+xml"));
    package.put_relations(&relations);
    let mut root = Relations::none("");
    root.add("officeDocument", "word/document.xml");
    package.put_relations(&root);
    package.put(TYPES, types.to_part());
    package
}

/// A part of Word's markup around its content.
pub(super) fn part_of(root: &str, content: &str) -> String {
    let relations = RELATION.trim_end_matches('/');
    format!("{DECLARATION}<w:{root} xmlns:w=\"{WORD}\" xmlns:r=\"{relations}\">{content}</w:{root}>")
}

/// How the pages are. The header and the footer have the first ids of the document's relations.
fn section(layout: Layout) -> String {
    let header = "<w:headerReference w:type=\"default\" r:id=\"rId3\"/>";
    let footer = "<w:footerReference w:type=\"default\" r:id=\"rId4\"/>";
    match layout {
        // Without a header or a footer of its own, the first page has none.
        Layout::Report => format!("<w:sectPr>{header}{footer}{PAGE}<w:titlePg/></w:sectPr>"),
        Layout::Letter => format!("<w:sectPr>{footer}{PAGE}</w:sectPr>"),
    }
}

fn settings(language: &str) -> String {
    let language = escape(language);
    format!(
        "<w:zoom w:percent=\"100\"/><w:defaultTabStop w:val=\"1304\"/><w:hyphenationZone w:val=\"425\"/>\
         <w:characterSpacingControl w:val=\"doNotCompress\"/><w:compat><w:compatSetting \
         w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat>\
         <w:themeFontLang w:val=\"{language}\"/><w:decimalSymbol w:val=\",\"/><w:listSeparator w:val=\";\"/>"
    )
}

fn header(document: &Document) -> String {
    let words = [&document.organisation, &document.title].map(|words| words.trim());
    let words: Vec<&str> = words.into_iter().filter(|words| !words.is_empty()).collect();
    let words = escape(&words.join(" – "));
    format!(
        "<w:p><w:pPr><w:pStyle w:val=\"Header\"/></w:pPr><w:r><w:t xml:space=\"preserve\">{words}</w:t></w:r></w:p>"
    )
}

/// The number of the page and, in brackets, how many there are.
fn footer(document: &Document) -> String {
    let foot = document.foot.as_deref().unwrap_or_default();
    let foot = if foot.is_empty() {
        String::new()
    } else {
        let words = escape(foot);
        format!(
            "<w:p><w:pPr><w:pStyle w:val=\"Footer\"/><w:jc w:val=\"left\"/></w:pPr><w:r><w:rPr><w:sz w:val=\"13\"/></w:rPr><w:t \
             xml:space=\"preserve\">{words}</w:t></w:r></w:p>"
        )
    };
    let field = |name: &str| {
        format!(
            "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> {name} \
             </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>1</w:t></w:r><w:r>\
             <w:fldChar w:fldCharType=\"end\"/></w:r>"
        )
    };
    format!(
        "{foot}<w:p><w:pPr><w:pStyle w:val=\"Footer\"/></w:pPr>{}<w:r><w:t xml:space=\"preserve\"> (</w:t></w:r>{}<w:r>\
         <w:t>)</w:t></w:r></w:p>",
        field("PAGE"),
        field("NUMPAGES")
    )
}
