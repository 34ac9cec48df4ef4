//! Word: the package is whole, the figures are the model's, and other programs open it.

mod mall;
mod other;

use crate::{readback, sample};
use quick_xml::Reader;
use quick_xml::events::Event;
use samsyn_document::{Block, Cell, Column, Document, Inline, Layout, Logo, Look, Row, Section, Value};
use std::collections::HashSet;
use std::io::{Cursor, Read};

fn written(document: &Document) -> Vec<u8> {
    samsyn_render::docx(document, &Look::default(), None).unwrap()
}

/// The sample without what takes time to draw.
fn without_charts() -> Document {
    fn strip(sections: &mut [Section]) {
        for section in sections {
            section.blocks.retain(|block| !matches!(block, Block::Chart(_)));
            strip(&mut section.sections);
        }
    }
    let mut document = sample::document();
    strip(&mut document.sections);
    document
}

/// All parts by name.
fn parts(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let count = archive.len();
    let read = |i| {
        let mut file = archive.by_index(i).unwrap();
        let mut content = Vec::new();
        file.read_to_end(&mut content).unwrap();
        (file.name().unwrap().into_owned(), content)
    };
    (0..count).map(read).collect()
}

fn part(bytes: &[u8], name: &str) -> String {
    let found = parts(bytes).into_iter().find(|(known, _)| known == name);
    String::from_utf8(found.unwrap_or_else(|| panic!("{name}")).1).unwrap()
}

/// Every part that is XML is well formed; every relation leads to a part, every part has a type, and
/// no id of a bookmark or picture is used twice.
fn check_package(bytes: &[u8]) {
    let parts = parts(bytes);
    assert_eq!(parts[0].0, "[Content_Types].xml");
    let names: HashSet<&str> = parts.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names.len(), parts.len());
    let types = String::from_utf8(parts[0].1.clone()).unwrap();
    for (name, content) in &parts {
        let ending = name.rsplit('.').next().unwrap();
        let typed = types.contains(&format!("\"/{name}\"")) || types.contains(&format!("Extension=\"{ending}\""));
        assert!(typed || name == "[Content_Types].xml", "{name} has no type");
        if !matches!(ending, "xml" | "rels") {
            continue;
        }
        let text = std::str::from_utf8(content).unwrap();
        let mut reader = Reader::from_str(text);
        let mut ids = HashSet::new();
        loop {
            match reader.read_event().unwrap_or_else(|error| panic!("{name}: {error}")) {
                Event::Start(element) | Event::Empty(element) => {
                    let attributes: Vec<_> = element.attributes().map(Result::unwrap).collect();
                    let value = |wanted: &str| {
                        let found = attributes.iter().find(|a| a.key.local_name().as_ref() == wanted);
                        found.map(|a| a.value.to_string()).unwrap_or_default()
                    };
                    match element.local_name().as_ref() {
                        "Relationship" if value("TargetMode") != "External" => {
                            let folder = name.split("_rels/").next().unwrap();
                            let target = value("Target");
                            let full = target.strip_prefix('/').map_or(format!("{folder}{target}"), str::to_owned);
                            assert!(names.contains(full.as_str()), "{name}: {full}");
                        }
                        kind @ ("bookmarkStart" | "docPr" | "footnote") => {
                            assert!(ids.insert(format!("{kind} {}", value("id"))), "{name}: {kind} {}", value("id"));
                        }
                        _ => {}
                    }
                }
                Event::Eof => break,
                _ => {}
            }
        }
    }
}

#[test]
fn the_package_is_whole_and_has_the_figures_of_the_model() {
    let document = sample::document();
    let bytes = written(&document);
    check_package(&bytes);
    let read = readback::docx(&bytes, &document);
    assert_eq!(readback::difference(&read, &readback::model(&document)), (vec![], vec![]));
}

/// The reader must be able to find fault.
#[test]
fn a_changed_figure_is_seen() {
    let document = without_charts();
    let model = readback::model(&document);
    let bytes = written(&document);
    for (before, after) in [
        (">1\u{a0}338<", ">1\u{a0}339<"),
        (">tio<", ">nio<"),
        ("◆\u{a0}Gul<", "●\u{a0}Grön<"),
        (">I stort sett<", ">Ja<"),
        (">18<", ">81<"),
    ] {
        let all = parts(&bytes);
        let changed = mall::zipped(all.iter().map(|(name, content)| match name.as_str() {
            "word/document.xml" => {
                let text = std::str::from_utf8(content).unwrap();
                assert!(text.contains(before), "{before}");
                (name.as_str(), text.replacen(before, after, 1).into_bytes())
            }
            _ => (name.as_str(), content.clone()),
        }));
        let (more, less) = readback::difference(&readback::docx(&changed, &document), &model);
        assert_eq!((more.len(), less.len()), (1, 1), "{before}");
    }
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    let document = sample::document();
    assert!(written(&document) == written(&document));
}

/// What the law on accessible documents and a person who goes on writing need.
#[test]
fn the_file_has_what_word_and_readers_need() {
    let bytes = written(&sample::document());
    let text = part(&bytes, "word/document.xml");
    for wanted in [
        "<w:pStyle w:val=\"Title\"/>",
        "<w:pStyle w:val=\"Heading1\"/>",
        "<w:pStyle w:val=\"Heading2\"/>",
        "<w:pStyle w:val=\"ListBullet\"/>",
        "<w:pStyle w:val=\"Observera\"/>",
        "<w:rStyle w:val=\"Saknaduppgift\"/>",
        " TOC \\o",
        "<w:tblCaption w:val=\"Antal deltagare\"/>",
        "descr=\"Förbrukningskvot per insats. Liggande staplar",
        "<w:footnoteReference w:id=\"1\"/>",
        "1\u{a0}234\u{a0}567\u{a0}kronor",
    ] {
        assert!(text.contains(wanted), "{wanted}");
    }
    let tables = text.matches("<w:tbl>").count();
    assert_eq!(tables, sample::document().tables().len());
    let two = sample::document().tables().iter().filter(|t| t.columns.iter().any(|c| c.group.is_some())).count();
    assert_eq!(text.matches("<w:tblHeader/>").count(), tables + two);
    assert_eq!(text.matches("<w:tr>").count(), text.matches("<w:cantSplit/>").count());
    let styles = part(&bytes, "word/styles.xml");
    assert!(styles.contains("<w:lang w:val=\"sv-SE\""));
    assert!(part(&bytes, "word/settings.xml").contains("<w:updateFields w:val=\"true\"/>"));
    let core = part(&bytes, "docProps/core.xml");
    for wanted in ["<dc:title>Uppföljning av insatser</dc:title>", "<dc:language>sv-SE<", ">2022-08-30T00:00:00Z<"] {
        assert!(core.contains(wanted), "{wanted}");
    }
    let footer = part(&bytes, "word/footer1.xml");
    assert!(footer.contains(" PAGE ") && footer.contains(" NUMPAGES "));
    // Every style that is used is there.
    let ids = |text: &str, before: &str| -> HashSet<String> {
        text.split(before).skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
    };
    let known = ids(&styles, "w:styleId=\"");
    for kind in ["<w:pStyle w:val=\"", "<w:rStyle w:val=\"", "<w:tblStyle w:val=\""] {
        assert!(ids(&text, kind).is_subset(&known), "{:?}", ids(&text, kind).difference(&known));
    }
    for kind in ["<w:basedOn w:val=\"", "<w:next w:val=\""] {
        assert!(ids(&styles, kind).is_subset(&known));
    }
}

/// A caption's number is a field that counts the tables; where the model's number is not the next
/// one, the field says so. A table without number has no field.
#[test]
fn captions_count_as_the_model_does() {
    let text = part(&written(&without_charts()), "word/document.xml");
    let fields: Vec<&str> =
        text.split("SEQ Tabell \\* ARABIC").skip(1).map(|rest| rest.split(" </w:instrText>").next().unwrap()).collect();
    assert_eq!(fields, ["", "", " \\r 4", "", "", " \\r 9"]);
    let mut document = without_charts();
    for section in &mut document.sections {
        for block in &mut section.blocks {
            if let Block::Table(table) = block {
                table.label = None;
            }
        }
    }
    let fewer = part(&written(&document), "word/document.xml");
    assert_eq!(fewer.matches("SEQ Tabell").count(), 2);
}

/// Characters that no document may hold are left out, and markup is characters.
#[test]
fn hostile_text_stays_text() {
    let hostile = "]]>&<w:p>\u{0}\u{8}\u{b}\u{1b}\u{fffe}\u{202e}\"'{{innehåll}}\r\n\tå\u{308}👩\u{200d}⚖️\u{ad}slut";
    let mut document = sample::document();
    document.title = hostile.into();
    document.organisation = hostile.into();
    document.meta.push((hostile.into(), hostile.into()));
    document.sections[0].heading = hostile.into();
    document.sections[0].blocks.push(Block::Paragraph(vec![Inline::Emphasis(hostile.into())]));
    for section in &mut document.sections {
        for block in &mut section.blocks {
            match block {
                Block::Table(table) => {
                    table.caption = hostile.into();
                    table.label = Some(format!("{hostile} 7"));
                    table.corner = hostile.into();
                    table.columns[0].heading = hostile.into();
                    if let Some(Row::Data { header, sub, .. }) = table.rows.get_mut(1) {
                        header.value = Value::Text(hostile.into());
                        *sub = Some(hostile.into());
                    }
                }
                Block::Chart(chart) => {
                    chart.title = hostile.into();
                    chart.description = hostile.into();
                    chart.rows[0].label = hostile.into();
                }
                _ => {}
            }
        }
    }
    let bytes = written(&document);
    check_package(&bytes);
    let text = part(&bytes, "word/document.xml");
    assert!(text.contains("]]&gt;&amp;&lt;w:p&gt;\"'{{innehåll}}<") || text.contains("]]&gt;&amp;&lt;w:p&gt;&quot;"));
    assert!(!text.contains('\u{202e}') && !text.contains('\u{0}'));
}

/// A letter has neither title page nor contents; a logo stands first in both.
#[test]
fn a_letter_is_a_page_with_a_title() {
    let mut document = without_charts();
    document.layout = Layout::Letter;
    document.sections.truncate(1);
    let mut png = Vec::new();
    png.extend(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0\0\0\0\x80\x08\x06\0\0\0");
    let look = Look { logo: Some(Logo::read(png).unwrap()), ..Look::default() };
    let bytes = samsyn_render::docx(&document, &look, None).unwrap();
    check_package(&bytes);
    let text = part(&bytes, "word/document.xml");
    assert!(!text.contains(" TOC ") && !text.contains("pageBreakBefore") && !text.contains("titlePg"));
    assert!(text.contains("descr=\"Logotyp för Samordningsförbundet Exempel\""));
    assert!(!part(&bytes, "word/settings.xml").contains("updateFields"));
}

/// A heading and the lines that lead in to a table are not left alone at the foot of a page.
#[test]
fn what_leads_in_to_a_table_goes_with_it() {
    let lead = |words: &str| Block::Paragraph(vec![Inline::Text(words.to_owned())]);
    let Some(table) = sample::document().tables().first().map(|&table| Block::Table(table.clone())) else { panic!() };
    let mut section = Section::new("s", "Rubrik");
    section.blocks = vec![lead("leder"), table.clone(), lead("efter"), lead("sist"), table];
    let text = part(&written(&Document { sections: vec![section], ..sample::document() }), "word/document.xml");
    let kept = |words: &str| {
        let (before, _) = text.split_once(&format!(">{words}<")).unwrap();
        before.rsplit_once("<w:p>").unwrap().1.contains("<w:keepNext/>")
    };
    assert_eq!(["leder", "efter", "sist"].map(kept), [true, false, false]);
}

/// A table that no upright page has room for stands on a turned one, together with its heading; what
/// follows is upright again.
#[test]
fn a_very_wide_table_turns_the_page() {
    let mut document = without_charts();
    let upright = part(&written(&document), "word/document.xml");
    assert!(!upright.contains("landscape"), "15 columns of figures have room on an upright page");
    let Some(Block::Table(table)) = document.sections[5].blocks.first_mut() else { panic!("a table") };
    for i in 0..8 {
        table.columns.push(Column {
            group: None,
            heading: format!("Kolumnrubrik {i}"),
            align: samsyn_document::Align::Left,
        });
        for row in &mut table.rows {
            if let Row::Data { cells, .. } = row {
                cells.push(Cell::text("ordförande"));
            }
        }
    }
    let bytes = written(&document);
    check_package(&bytes);
    let text = part(&bytes, "word/document.xml");
    assert_eq!(text.matches("<w:sectPr>").count(), 3);
    assert_eq!(text.matches("w:orient=\"landscape\"").count(), 1);
    let heading = text.find(">Kvalitetssäkring</w:t></w:r><w:bookmarkEnd").unwrap();
    let first = text.find("<w:sectPr>").unwrap();
    assert!(first < heading && heading < text.find("landscape").unwrap());
    let read = readback::docx(&bytes, &document);
    assert_eq!(readback::difference(&read, &readback::model(&document)), (vec![], vec![]));
}
