//! Templates: the content goes in by their styles, they keep what they have, and broken ones are refused.

use super::{check_package, part, parts, without_charts};
use crate::{readback, sample};
use samsyn_document::{Document, Look};
use samsyn_render::DocxError;
use samsyn_render::docx::Template;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const MAIN: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.";

pub(super) fn zipped<N: AsRef<str>>(parts: impl IntoIterator<Item = (N, Vec<u8>)>) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        archive.start_file(name.as_ref(), SimpleFileOptions::default()).unwrap();
        archive.write_all(&content).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// What a template for a test consists of.
struct Made {
    body: String,
    styles: String,
    kind: &'static str,
    more: Vec<(&'static str, Vec<u8>)>,
}

impl Made {
    fn new(body: &str, styles: &str) -> Made {
        Made { body: body.to_owned(), styles: styles.to_owned(), kind: "template.main+xml", more: Vec::new() }
    }

    fn bytes(&self) -> Vec<u8> {
        let root = |name: &str, content: &str| {
            format!("<?xml version=\"1.0\"?><w:{name} xmlns:w=\"{W}\" xmlns:r=\"{R}\">{content}</w:{name}>")
                .into_bytes()
        };
        let types = format!(
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" \
             ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" \
             ContentType=\"application/xml\"/><Override PartName=\"/word/document.xml\" ContentType=\"{MAIN}{}\"/>\
             <Override PartName=\"/word/styles.xml\" ContentType=\"{MAIN}styles+xml\"/><Override \
             PartName=\"/word/header7.xml\" ContentType=\"{MAIN}header+xml\"/></Types>",
            self.kind
        );
        let relations = |list: &[(&str, &str, &str)]| {
            let each = |(id, kind, target): &(&str, &str, &str)| {
                format!("<Relationship Id=\"{id}\" Type=\"{R}/{kind}\" Target=\"{target}\"/>")
            };
            let all: String = list.iter().map(each).collect();
            let space = "http://schemas.openxmlformats.org/package/2006/relationships";
            format!("<Relationships xmlns=\"{space}\">{all}</Relationships>").into_bytes()
        };
        let section = "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rId9\"/><w:pgSz w:w=\"11906\" \
                       w:h=\"16838\"/><w:pgMar w:top=\"1701\" w:right=\"1701\" w:bottom=\"1701\" w:left=\"1701\" \
                       w:header=\"708\" w:footer=\"708\" w:gutter=\"0\"/></w:sectPr>";
        let mut parts = vec![
            ("[Content_Types].xml", types.into_bytes()),
            ("_rels/.rels", relations(&[("rId1", "officeDocument", "word/document.xml")])),
            ("word/document.xml", root("document", &format!("<w:body>{}{section}</w:body>", self.body))),
            ("word/styles.xml", root("styles", &self.styles)),
            ("word/header7.xml", root("hdr", "<w:p><w:r><w:t>Förbundets eget sidhuvud</w:t></w:r></w:p>")),
            (
                "word/_rels/document.xml.rels",
                relations(&[("rId1", "styles", "styles.xml"), ("rId9", "header", "header7.xml")]),
            ),
        ];
        parts.extend(self.more.iter().cloned());
        zipped(parts)
    }
}

fn style(kind: &str, id: &str, name: &str, more: &str) -> String {
    format!("<w:style w:type=\"{kind}\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/>{more}</w:style>")
}

fn paragraph(words: &str) -> String {
    format!("<w:p><w:r><w:t>{words}</w:t></w:r></w:p>")
}

fn filled(template: &[u8]) -> (Document, Vec<u8>) {
    let document = without_charts();
    let template = Template::read(template).unwrap();
    let bytes = samsyn_render::docx(&document, &Look::default(), Some(&template)).unwrap();
    check_package(&bytes);
    let read = readback::docx(&bytes, &document);
    assert_eq!(readback::difference(&read, &readback::model(&document)), (vec![], vec![]));
    (document, bytes)
}

#[test]
fn an_empty_template_gets_the_styles_it_lacks() {
    let made = Made::new("<w:p/>", &style("paragraph", "Normal", "Normal", "<w:rPr><w:sz w:val=\"24\"/></w:rPr>"));
    let (_, bytes) = filled(&made.bytes());
    let styles = part(&bytes, "word/styles.xml");
    for wanted in ["\"heading 1\"", "\"caption\"", "\"Rapporttabell\"", "\"footnote text\"", "<w:sz w:val=\"24\"/>"] {
        assert!(styles.contains(wanted), "{wanted}");
    }
    assert!(styles.contains("<w:lang w:val=\"sv-SE\"/>"));
    let types = part(&bytes, "[Content_Types].xml");
    assert!(types.contains("document.main+xml") && !types.contains("template.main"));
    assert!(part(&bytes, "word/header7.xml").contains("Förbundets eget sidhuvud"));
    assert!(part(&bytes, "word/document.xml").contains("r:id=\"rId9\""));
}

#[test]
fn the_templates_own_styles_are_used_whatever_they_are_called() {
    let styles = [
        // As a Swedish Word writes them: built-in names, Swedish ids.
        style("paragraph", "Rubrik1", "heading 1", "<w:rPr><w:color w:val=\"FF0000\"/></w:rPr>"),
        style("paragraph", "Rubrik", "Title", ""),
        style("paragraph", "Beskrivning", "caption", ""),
        style("paragraph", "Punktlista", "List Bullet", "<w:pPr><w:numPr><w:numId w:val=\"3\"/></w:numPr></w:pPr>"),
        style("character", "Fotnotsreferens", "footnote reference", ""),
        // As other programs write them: Swedish names.
        style("paragraph", "X1", "Rubrik 2", ""),
        style("paragraph", "X2", "Underrubrik", ""),
        style("paragraph", "X3", "Eget", "<w:aliases w:val=\"Fotnotstext,FT\"/>"),
        // The name of ours for something else.
        style("character", "Observera", "Något annat", ""),
        style("table", "Grontabell", "Förbundets tabell", "").replace("w:type", "w:customStyle=\"1\" w:type"),
    ];
    let (_, bytes) = filled(&Made::new("", &styles.concat()).bytes());
    let text = part(&bytes, "word/document.xml");
    for (id, times) in [("Rubrik1", 7), ("Rubrik", 1), ("Beskrivning", 6), ("Punktlista", 3), ("X1", 4), ("X2", 1)] {
        assert_eq!(text.matches(&format!("<w:pStyle w:val=\"{id}\"/>")).count(), times, "{id}");
    }
    assert!(text.contains("<w:tblStyle w:val=\"Grontabell\"/>") && text.contains("\"ObserveraRapport\""));
    assert!(!text.contains("<w:numPr>"), "the template's list has its own bullets");
    assert!(part(&bytes, "word/footnotes.xml").contains("<w:pStyle w:val=\"X3\"/>"));
    let after = part(&bytes, "word/styles.xml");
    assert!(after.contains("FF0000") && !after.contains("\"Heading1\"") && after.contains("\"ObserveraRapport\""));
    assert!(after.contains("<w:basedOn w:val=\"Rubrik1\"/>") || !after.contains("basedOn w:val=\"Heading1\""));
}

#[test]
fn the_content_goes_where_the_template_says() {
    let mark = "<w:p><w:r><w:t>{{</w:t></w:r><w:r><w:t>Innehåll</w:t></w:r><w:r><w:t>}}</w:t></w:r></w:p>";
    let made = Made::new(&format!("{}{mark}{}", paragraph("Före"), paragraph("Efter")), "");
    let (_, bytes) = filled(&made.bytes());
    let text = part(&bytes, "word/document.xml");
    let places =
        [">Före<", ">Sammanfattning</w:t></w:r></w:hyperlink>", ">Avslutningsanledningar<", ">Efter<", "<w:sectPr>"];
    let found: Vec<usize> = places.iter().map(|words| text.rfind(words).unwrap_or_else(|| panic!("{words}"))).collect();
    assert!(found.is_sorted(), "{found:?}");
    assert!(!text.contains("}}"));
    // Without the mark it comes last, on a page of its own.
    let (_, bytes) = filled(&Made::new(&paragraph("Före"), "").bytes());
    let text = part(&bytes, "word/document.xml");
    assert!(text.find(">Före<") < text.find("<w:pageBreakBefore/>"));
    // A template with contents of its own keeps them alone.
    let own = "<w:p><w:r><w:instrText> TOC \\o </w:instrText></w:r></w:p>";
    let (_, bytes) = filled(&Made::new(own, "").bytes());
    assert_eq!(part(&bytes, "word/document.xml").matches(" TOC ").count(), 1);
}

#[test]
fn what_is_no_template_is_refused_with_a_reason() {
    let good = Made::new("<w:p/>", "");
    let bytes = good.bytes();
    assert!(Template::read(&bytes).is_ok());
    let refused = |bytes: &[u8]| Template::read(bytes).map(|_| ()).unwrap_err();
    let without = |name: &str| zipped(parts(&bytes).into_iter().filter(|(known, _)| known != name));
    let with = |name: &'static str, content: &[u8]| {
        let rest = parts(&bytes).into_iter().filter(|(known, _)| known != name);
        zipped(rest.chain([(name.to_owned(), content.to_vec())]))
    };
    for nothing in [&b""[..], b"inte en zip", &bytes[..bytes.len() / 2], &bytes[..bytes.len() - 1], &bytes[10..]] {
        assert!(matches!(refused(nothing), DocxError::NoArchive | DocxError::Part(_)));
    }
    assert_eq!(refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest"), DocxError::Ole);
    assert_eq!(refused(&without("word/document.xml")), DocxError::NoDocument);
    assert_eq!(refused(&without("[Content_Types].xml")), DocxError::NoDocument);
    assert_eq!(refused(&zipped([("xl/workbook.xml", vec![])])), DocxError::NoDocument);
    assert_eq!(refused(&with("word/vbaProject.bin", b"x")), DocxError::Macros);
    let docm = Made { kind: "x", ..Made::new("", "") };
    let docm = parts(&docm.bytes()).into_iter().map(|(name, content)| {
        let text = String::from_utf8(content).unwrap();
        (name, text.replace(&format!("{MAIN}x"), "application/vnd.ms-word.document.macroEnabled.main+xml").into_bytes())
    });
    assert_eq!(refused(&zipped(docm)), DocxError::Macros);
    assert_eq!(refused(&with("word/document.xml", b"<w:document>")), DocxError::Xml("word/document.xml".into()));
    assert_eq!(refused(&with("word/styles.xml", b"\xff\xfe")), DocxError::Xml("word/styles.xml".into()));
    let bomb = b"<!DOCTYPE a [<!ENTITY b \"c\">]><w:document>&b;</w:document>";
    assert_eq!(refused(&with("word/document.xml", bomb)), DocxError::Xml("word/document.xml".into()));
    let strict = b"<w:document xmlns:w=\"http://purl.oclc.org/ooxml/wordprocessingml/main\"><w:body/></w:document>";
    assert_eq!(refused(&with("word/document.xml", strict)), DocxError::Strict);
    assert_eq!(refused(&with("../ut", b"")), DocxError::Part("../ut".into()));
    assert_eq!(refused(&with("word/media/stor.bin", &vec![0; 101 << 20])), DocxError::TooLarge);
    assert_eq!(refused(&vec![b'P'; 21 << 20]), DocxError::TooLarge);
    for error in [DocxError::Ole, DocxError::Macros, DocxError::Xml("word/styles.xml".into())] {
        assert!(error.to_string().starts_with("Mallen ") && error.to_string().ends_with('.'));
    }
}

/// Whatever a byte is changed to, the template is refused or used, and nothing stops.
#[test]
fn a_damaged_template_never_stops_the_program() {
    let document = Document { sections: Vec::new(), ..sample::document() };
    let bytes = Made::new(&paragraph("Text"), &style("paragraph", "Rubrik1", "heading 1", "")).bytes();
    let mut seed = 7_u32;
    for _ in 0..400 {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let mut damaged = bytes.clone();
        let at = seed as usize % damaged.len();
        damaged[at] ^= (seed >> 24) as u8 | 1;
        if let Ok(template) = Template::read(&damaged) {
            let _ = samsyn_render::docx(&document, &Look::default(), Some(&template));
        }
    }
}
