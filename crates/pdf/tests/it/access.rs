//! What the standards ask for and a screen reader needs.

use crate::base::{Case, DEMO, document, look, pdf, section, table, text};
use crate::reader::{follow, read, string};
use samsyn_document::{Block, Layout};

#[test]
fn the_file_says_what_it_is() {
    let read = &DEMO[0].read;
    let catalog = read.file.catalog().unwrap();
    assert_eq!(string(catalog.get(b"Lang").unwrap()), "sv");
    let shown = follow(&read.file, catalog.get(b"ViewerPreferences").unwrap()).as_dict().unwrap();
    assert!(shown.get(b"DisplayDocTitle").unwrap().as_bool().unwrap());
    let marked = follow(&read.file, catalog.get(b"MarkInfo").unwrap()).as_dict().unwrap();
    assert!(marked.get(b"Marked").unwrap().as_bool().unwrap());
    let xmp = follow(&read.file, catalog.get(b"Metadata").unwrap()).as_stream().unwrap();
    let xmp = String::from_utf8(xmp.get_plain_content().unwrap_or_else(|_| xmp.content.clone())).unwrap();
    for said in [
        "<pdfaid:part>2</pdfaid:part>",
        "<pdfaid:conformance>A</pdfaid:conformance>",
        "<pdfuaid:part>1</pdfuaid:part>",
        "<rdf:li>sv</rdf:li>",
        "Uppföljning av insatser",
        "<rdf:li>Samordningsförbundet Uppsala län</rdf:li>",
        "<xmp:CreateDate>2022-08-30T00:00:00Z</xmp:CreateDate>",
    ] {
        assert!(xmp.contains(said), "{said}");
    }
    assert!(catalog.get(b"Outlines").is_ok());
    // Every font is embedded.
    let fonts = read.file.objects.values().filter_map(|object| object.as_dict().ok());
    let described = fonts
        .filter(|dict| dict.get(b"Type").and_then(|o| o.as_name()).is_ok_and(|name| name == b"FontDescriptor"))
        .inspect(|dict| {
            assert!(dict.has(b"FontFile3") || dict.has(b"FontFile2"));
        });
    assert!((2..=5).contains(&described.count()));
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    for case in &DEMO[..2] {
        (0..4).for_each(|_| samsyn_pdf::forget());
        assert!(case.bytes == pdf(&case.document), "{}", case.period);
    }
}

#[test]
fn headings_go_down_one_level_at_a_time() {
    for Case { period, document, read, .. } in &*DEMO {
        let (mut levels, mut found) = (vec![0], Vec::new());
        read.tags.each(&mut |tag| {
            if let Some(level) = tag.role.strip_prefix('H').and_then(|level| level.parse::<usize>().ok()) {
                levels.push(level);
                found.push(tag.words());
            }
        });
        assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{levels:?}");
        assert_eq!(found[0], "Innehåll");
        let tops: Vec<&str> = document.sections.iter().map(|section| section.heading.as_str()).collect();
        let first: Vec<&str> =
            found.iter().zip(&levels[1..]).filter(|(_, level)| **level == 1).map(|(words, _)| words.as_str()).collect();
        assert_eq!(&first[1..], &tops, "{period}");
        assert_eq!(read.tags.all("Title").len(), 1);
        assert!(read.tags.all("TOCI").len() >= tops.len());
    }
}

#[test]
fn tables_have_headers_of_rows_and_columns() {
    for Case { period, read, .. } in &*DEMO {
        let tables = read.tags.all("Table");
        assert!(tables.len() >= 12);
        for table in tables {
            assert_eq!(table.inner[0].role, "Caption", "{period}");
            let rows = table.all("TR");
            let width: i64 = rows[0].inner.iter().map(|cell| cell.columns).sum();
            assert!(rows[0].inner.iter().all(|cell| cell.role == "TH" && cell.scope.as_deref() == Some("Column")));
            for row in &rows[1..] {
                if row.inner.iter().all(|cell| cell.role == "TH") {
                    let scope = if row.inner[0].columns == width { "Row" } else { "Column" };
                    assert!(row.inner.iter().all(|cell| cell.scope.as_deref() == Some(scope)), "{}", row.words());
                    continue;
                }
                assert_eq!(row.inner[0].role, "TH");
                assert_eq!(row.inner[0].scope.as_deref(), Some("Row"), "{}", row.words());
                assert!(row.inner[1..].iter().all(|cell| cell.role == "TD"), "{}", row.words());
                assert_eq!(row.inner.len() as i64, width, "{}", row.words());
                assert!(row.inner[1..].iter().all(|cell| cell.headers >= 2), "a column and a row: {}", row.words());
            }
        }
    }
}

#[test]
fn pictures_have_descriptions() {
    let read = read(&samsyn_pdf::pdf(&DEMO[0].document, &look()).unwrap());
    let figures = read.tags.all("Figure");
    assert_eq!(figures.len(), 4);
    assert_eq!(figures[0].alt.as_deref(), Some("Logotyp för Samordningsförbundet Uppsala län"));
    assert!(figures.iter().all(|figure| figure.alt.as_ref().is_some_and(|alt| alt.len() > 20)));
    assert!(figures[1].alt.as_ref().unwrap().starts_with("Förbrukningskvot, januari–juni 2022. "));
}

#[test]
fn what_repeats_is_no_content() {
    let read = &DEMO[0].read;
    assert_eq!(read.untagged.trim(), "");
    let pages = read.artifacts.len();
    assert!(pages >= 10);
    for (i, words) in read.artifacts.iter().enumerate().skip(1) {
        assert!(words.contains("Samordningsförbundet Uppsala län"), "{words}");
        assert!(words.ends_with(&format!("{} ({pages})", i + 1)), "{words}");
    }
    assert!(!read.artifacts[0].contains("Samordnings"));
}

/// A table over several pages is one table, and its headings are read once.
#[test]
fn a_long_table_is_one_table() {
    let long = document(Layout::Report, vec![section("Lång", vec![Block::Table(table(3, 500))])]);
    let read = read(&pdf(&long));
    let tables = read.tags.all("Table");
    assert_eq!(tables.len(), 1);
    assert_eq!(tables[0].all("TR").len(), 501);
    assert_eq!(tables[0].words().matches("Kvinnor").count(), 1);
    let repeated = read.artifacts.iter().filter(|words| words.contains("Kvinnor")).count();
    assert_eq!(repeated, read.artifacts.len() - 3, "on every page but title, contents and the first");
}

#[test]
fn a_letter_has_neither_title_page_nor_contents() {
    let letter = document(Layout::Letter, vec![section("Förslag till beslut", vec![Block::Paragraph(text("att"))])]);
    let read = read(&samsyn_pdf::pdf(&letter, &look()).unwrap());
    assert_eq!(read.artifacts.len(), 1);
    let words = read.tags.words();
    assert!(words.contains("Förbundet") && words.contains("30\u{a0}augusti 2022"), "{words}");
    assert!(!words.contains("Innehåll"));
    assert_eq!(read.artifacts[0], "1 (1)");
}
