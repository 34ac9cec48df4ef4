//! Figures of an earlier time have less weight, a section may begin on a page of its own, and rows that people fill in by
//! hand are high.

use crate::base::{document, pdf, section, table, text};
use crate::reader::read;
use lopdf::content::Content;
use samsyn_document::{Align, Block, Cell, Layout, Row, RowKind, Section};

/// `faint` of `look.typ`.
const FAINT: [f32; 3] = [93.0 / 255.0, 102.0 / 255.0, 117.0 / 255.0];

/// How many pieces of text are set in the colour of what has less weight.
fn faint(bytes: &[u8]) -> usize {
    let file = lopdf::Document::load_mem(bytes).unwrap();
    let mut found = 0;
    for page in file.page_iter() {
        let mut colour = [0.0; 3];
        for operation in Content::decode(&file.get_page_content(page).unwrap()).unwrap().operations {
            match operation.operator.as_str() {
                "scn" | "sc" | "rg" => {
                    let parts: Vec<f32> = operation.operands.iter().filter_map(|part| part.as_float().ok()).collect();
                    colour = parts.try_into().unwrap_or_default();
                }
                "Tj" | "TJ" => found += usize::from(colour.iter().zip(FAINT).all(|(a, b)| (a - b).abs() < 0.003)),
                _ => {}
            }
        }
    }
    found
}

#[test]
fn a_column_of_an_earlier_time_is_subdued() {
    let of = |align: Align| {
        let mut table = table(3, 5);
        table.columns[2].align = align;
        pdf(&document(Layout::Letter, vec![section("Räkning", vec![Block::Table(table)])]))
    };
    let (own, earlier) = (of(Align::Right), of(Align::Earlier));
    // The heading and the five figures, the sum among them.
    assert_eq!(faint(&earlier), faint(&own) + 6);
    assert_eq!(read(&earlier).pages, read(&own).pages, "nothing else differs");
}

#[test]
fn a_section_begins_on_a_page_of_its_own() {
    let blocks = || vec![Block::Paragraph(text("Ord."))];
    let own = |heading: &str| Section { blocks: blocks(), ..Section::on_own_page("e", heading) };
    for layout in [Layout::Report, Layout::Letter] {
        let sections = vec![own("Första"), section("Andra", blocks()), own("Tredje"), own("Fjärde")];
        let read = read(&pdf(&document(layout, sections)));
        let of = |words: &str| read.pages.iter().rposition(|page| page.contains(words)).unwrap();
        let first = of("Första");
        assert_eq!([of("Andra"), of("Tredje"), of("Fjärde")], [first, first + 1, first + 2], "no empty page");
        assert_eq!(read.pages.len(), first + 3);
    }
}

/// A turned page before it or in it makes no empty page either.
#[test]
fn a_turned_page_beside_one_leaves_no_empty_page() {
    let wide = || vec![Block::Table(table(24, 4))];
    let sections = vec![
        section("Bred", wide()),
        Section { blocks: wide(), ..Section::on_own_page("e", "Egen") },
        Section { blocks: vec![Block::Paragraph(text("Slut."))], ..Section::on_own_page("f", "Sist") },
    ];
    let read = read(&pdf(&document(Layout::Letter, sections)));
    assert!(read.pages.iter().all(|page| !page.trim().is_empty()), "{:?}", read.pages);
}

#[test]
fn rows_to_fill_in_by_hand_are_high() {
    let pages = |kind: RowKind| {
        let mut table = table(3, 20);
        for row in &mut table.rows {
            if let Row::Data { cells, kind: of, .. } = row {
                (*cells, *of) = (vec![Cell::empty(); 3], kind);
            }
        }
        read(&pdf(&document(Layout::Letter, vec![section("Att skriva under", vec![Block::Table(table)])]))).pages.len()
    };
    assert_eq!((pages(RowKind::Normal), pages(RowKind::ByHand)), (1, 2));
}
