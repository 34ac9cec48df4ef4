//! Figures of an earlier time have less weight than the document's own, a section may begin on a page of its own, and rows
//! that people fill in by hand are high.

use crate::sample;
use samsyn_document::{Align, Block, Cell, Column, Document, FigureId, Look, Row, RowKind, Section, Table, Value};
use std::io::{Cursor, Read};

/// A statement of two years, the earlier last, on a page of its own.
fn document() -> Document {
    let column = |heading: &str, align| Column { group: None, heading: heading.to_owned(), align };
    let row = |name: &str, kind, figures: [i64; 2]| Row::Data {
        header: Cell::text(name),
        sub: None,
        cells: figures
            .iter()
            .map(|n| Cell::figure(Value::Antal(*n), FigureId::new("t", name, n.to_string())))
            .collect(),
        kind,
    };
    let table = Table {
        id: "rakning".to_owned(),
        label: None,
        caption: "Resultaträkning".to_owned(),
        corner: "Post".to_owned(),
        columns: vec![column("2022", Align::Right), column("Utfall 2021-06-30", Align::Earlier)],
        rows: vec![row("Intäkt", RowKind::Normal, [71, 81]), row("Summa", RowKind::Sum, [72, 82])],
        footnotes: vec![],
        remarks: vec![],
    };
    let own = Section { blocks: vec![Block::Table(table)], ..Section::on_own_page("rakning", "Resultaträkning") };
    Document { sections: vec![Section::new("forst", "Först"), own], ..sample::document() }
}

/// Lines to sign on.
fn to_sign() -> Document {
    let column = |heading: &str| Column { group: None, heading: heading.to_owned(), align: Align::Left };
    let row = |role: &str, kind| Row::Data { header: Cell::text(role), sub: None, cells: vec![Cell::empty(); 2], kind };
    let mut document = document();
    let Some(Block::Table(table)) = document.sections[1].blocks.first_mut() else { panic!("a table") };
    table.columns = ["Namn", "Underskrift"].map(column).to_vec();
    table.rows = vec![row("Ordförande", RowKind::ByHand), row("Ledamot", RowKind::ByHand)];
    document
}

#[test]
fn rows_to_fill_in_by_hand_are_high() {
    let document = to_sign();
    assert!(document.tables()[0].is_by_hand(1) && !self::document().tables()[0].is_by_hand(1));
    let page = samsyn_render::html(&document);
    assert_eq!(page.matches("<tr role=\"row\" class=\"by-hand\">").count(), 2);
    let body = part(&samsyn_render::docx(&document, &Look::default(), None).unwrap(), "word/document.xml");
    assert_eq!(body.matches("<w:trHeight w:val=\"800\" w:hRule=\"atLeast\"/>").count(), 2);
    let widths: Vec<usize> =
        between(&body, "<w:tblGrid>", "</w:tblGrid>").split("w:w=\"").skip(1).map(leading).collect();
    assert!(widths[1] > 2_700 && widths[2] > 2_700, "{widths:?}");
    let bytes = samsyn_render::xlsx(&document, &Look::default()).unwrap();
    let sheet = (1..=2).map(|n| part(&bytes, &format!("xl/worksheets/sheet{n}.xml")));
    let high = |sheet: &String| sheet.matches(" ht=\"48\"").count() == 2;
    assert!(sheet.filter(high).count() == 1);
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut text = String::new();
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

fn between<'t>(text: &'t str, from: &str, to: &str) -> &'t str {
    text.split(from).nth(1).unwrap().split(to).next().unwrap()
}

/// The number that a text begins with.
fn leading(text: &str) -> usize {
    text.split(|c: char| !c.is_ascii_digit()).next().unwrap().parse().unwrap()
}

#[test]
fn on_a_page_they_are_marked_and_subdued() {
    let page = samsyn_render::html(&document());
    for (figure, class) in [("71", "num"), ("72", "num"), ("81", "num earlier"), ("82", "num earlier")] {
        let cell = page.split("<td").find(|cell| cell.contains(&format!(">{figure}<"))).unwrap();
        let classes = between(cell, "class=\"", "\"");
        assert_eq!(classes.trim_start_matches("apart "), class, "{figure}");
    }
    // The colour is one that the test of contrast knows, and holds on the rows of sums as well.
    assert!(page.contains(".sum td.earlier { color: var(--ink-3)"));
    assert_eq!(page.matches("<section class=\"own-page\"").count(), 1);
    let paper = page.split("@media print").nth(1).unwrap();
    assert!(paper.contains(".own-page { break-before: page }"));
}

#[test]
fn word_has_a_style_for_them() {
    let bytes = samsyn_render::docx(&document(), &Look::default(), None).unwrap();
    let body = part(&bytes, "word/document.xml");
    let of = |figure: &str| body.split("<w:tc>").find(|cell| cell.contains(&format!(">{figure}<"))).unwrap();
    let style = |figure: &str| between(of(figure), "w:pStyle w:val=\"", "\"");
    assert_eq!(["71", "72"].map(style), ["Tabelltal"; 2]);
    assert_eq!(["81", "82"].map(style), ["Tabelltaltidigare"; 2]);
    assert!(of("72").contains("\"Strong\"") && !of("82").contains("\"Strong\""));
    let day = body.split("<w:tc>").skip(1).find(|cell| cell.contains("Utfall")).unwrap();
    assert_eq!(day.matches("<w:noBreakHyphen/>").count(), 2, "a day in a heading is not parted");
    let style = part(&bytes, "word/styles.xml");
    let style = style.split("<w:style ").find(|style| style.contains("\"Tabelltaltidigare\"")).unwrap().to_owned();
    assert!(style.contains("<w:color w:val=\"5D6675\"/>") && style.contains("<w:basedOn w:val=\"Tabelltal\"/>"));
    let heading = |words: &str| {
        let paragraphs = body.split("<w:p>").filter(|p| p.contains("\"Heading1\""));
        paragraphs.filter(|p| p.contains(words)).any(|p| p.contains("<w:pageBreakBefore/>"))
    };
    assert!(heading("Resultaträkning"));
}

#[test]
fn a_workbook_has_a_colour_for_them() {
    let bytes = samsyn_render::xlsx(&document(), &Look::default()).unwrap();
    let styles = part(&bytes, "xl/styles.xml");
    let fonts: Vec<&str> = styles.split("<fonts").nth(1).unwrap().split("<font>").skip(1).collect();
    let formats: Vec<usize> =
        between(&styles, "<cellXfs", "</cellXfs>").split("fontId=\"").skip(1).map(leading).collect();
    let sheet = (1..=2).map(|n| part(&bytes, &format!("xl/worksheets/sheet{n}.xml"))).find(|s| s.contains("<v>81<"));
    let font = |figure: &str| {
        let cell = sheet.as_deref().unwrap().split("<c ").find(|cell| cell.contains(&format!("<v>{figure}<"))).unwrap();
        fonts[formats[leading(between(cell, "s=\"", "\""))]]
    };
    assert!(font("71").contains("FF1B2330") && font("72").contains("FF1B2330") && font("72").contains("<b/>"));
    for figure in ["81", "82"] {
        assert!(font(figure).contains("FF4A5364") && !font(figure).contains("<b/>"), "{figure}: {}", font(figure));
    }
}
