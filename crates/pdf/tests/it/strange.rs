//! Documents that no one would write, and some that someone will.

use crate::base::{DEMO, document, look, pdf, png, section, table, text};
use crate::reader::read;
use samsyn_document::chart::{Chart, ChartKind, ChartRow};
use samsyn_document::look::Picture;
use samsyn_document::{Block, Cell, Inline, Layout, Logo, Look, Row, RowKind, Section, Value};
use samsyn_pdf::PdfError;

#[test]
fn an_empty_document_is_a_title_page() {
    let mut empty = document(Layout::Report, vec![]);
    assert_eq!(read(&pdf(&empty)).artifacts.len(), 1);
    (empty.title, empty.subtitle, empty.organisation) = (String::new(), String::new(), String::new());
    empty.meta.clear();
    for layout in [Layout::Report, Layout::Letter] {
        empty.layout = layout;
        assert!(read(&pdf(&empty)).tags.words().contains("Dokument"));
    }
    let hollow = section(
        "",
        vec![
            Block::Paragraph(vec![]),
            Block::List(vec![]),
            Block::List(vec![vec![]]),
            Block::Notice(vec![]),
            Block::Paragraph(text("")),
        ],
    );
    assert!(!pdf(&document(Layout::Report, vec![hollow])).is_empty());
}

#[test]
fn tables_of_all_sizes_are_set() {
    for (columns, rows) in [(0, 0), (1, 0), (0, 3), (3, 1), (4, 2), (9, 20), (15, 12), (24, 9), (60, 4), (200, 2)] {
        let mut table = table(columns, rows);
        table.footnotes = vec![text("En fotnot."), text("En till.")];
        table.remarks = vec![text("En anmärkning.")];
        if let Some(Row::Data { header, .. }) = table.rows.first_mut() {
            header.notes = vec![0, 1, 7];
        }
        let read = read(&pdf(&document(Layout::Report, vec![section("Tabeller", vec![Block::Table(table.clone())])])));
        let words = read.tags.words();
        for i in 0..columns {
            let figure = samsyn_document::format::number((rows.saturating_sub(1) * 1_000 + i) as i64);
            assert!(rows == 0 || words.contains(&figure), "{columns} × {rows}: {figure}");
        }
        assert_eq!(words.matches("En fotnot.").count(), 1, "{columns} × {rows}");
        assert!(rows == 0 || read.tags.all("Link").len() >= 2, "{columns} × {rows}");
    }
}

/// A heading and the lines that lead in to a table are not left alone at the foot of a page.
#[test]
fn what_leads_in_to_a_table_goes_with_it() {
    let (mut parted, mut stranded) = (0, Vec::new());
    for lines in 1..40 {
        let filler = (0..lines).map(|_| Block::Paragraph(text("Rad."))).collect();
        let lead = Block::Paragraph(text("Leder in till den."));
        let table = section("Tabellens rubrik", vec![lead, Block::Table(table(3, 12))]);
        let read = read(&pdf(&document(Layout::Letter, vec![section("Före", filler), table])));
        let of = |words: &str| read.pages.iter().position(|page| page.contains(words)).unwrap();
        parted += usize::from(of("Tabellens rubrik") > 0);
        if of("Leder in") != of("Tabellens rubrik") || of("Leder in") != of("Tabell 1") {
            stranded.push(lines);
        }
    }
    assert!(parted > 3, "the table never comes on a second page");
    assert!(stranded.is_empty(), "{stranded:?}");
}

/// Rows with too few or too many cells, and notes that do not exist, are no reason to stop.
#[test]
fn uneven_rows_are_made_even() {
    let mut table = table(3, 4);
    for (i, row) in table.rows.iter_mut().enumerate() {
        if let Row::Data { cells, .. } = row {
            cells.resize(i * 2, Cell::text("x"));
        }
    }
    let read = read(&pdf(&document(Layout::Report, vec![section("Ojämnt", vec![Block::Table(table)])])));
    assert!(read.tags.all("TR").iter().all(|row| row.inner.len() == 4));
}

#[test]
fn very_long_texts_are_set() {
    let word = "Samordningsförbundsstyrelsesammanträdesprotokollsjusterare".repeat(40);
    let long = "Ord och åter ord, alltid fler ord. ".repeat(400);
    let mut table = table(3, 4);
    table.caption = long.clone();
    table.columns[1].heading = word.clone();
    table.rows.push(Row::Group { heading: long.clone() });
    table.rows.push(Row::Data {
        header: Cell::text(word.clone()),
        sub: Some(long.clone()),
        cells: vec![Cell::text(long.clone()), Cell::text(word.clone()), Cell::empty()],
        kind: RowKind::Share,
    });
    let blocks = vec![
        Block::Paragraph(text(&long)),
        Block::Paragraph(vec![Inline::Placeholder(long.clone()), Inline::Emphasis(word.clone())]),
        Block::Notice(text(&long)),
        Block::List(vec![text(&word)]),
        Block::Table(table),
    ];
    let mut document = document(Layout::Report, vec![section(&long, blocks)]);
    document.title = long.clone();
    document.organisation = long.clone();
    document.meta = vec![(word.clone(), long)];
    assert!(read(&pdf(&document)).artifacts.len() > 8);
}

/// What comes from files and people is never markup, and no character stops the printing.
#[test]
fn strange_characters_are_only_characters() {
    let strange = "#let x = 1 *fet* _kursiv_ $a$ `kod` <etikett> @ref \\ \" ' // [a](b) https://x.se -> 1x1 & <b>";
    let lacking = "👩\u{200d}⚖️ 👍🏽 שלום العربية 漢字 \u{0}\u{8}\u{202e}\u{2066}\u{fffe}\u{feff}\u{e000}\u{f0000} \
                   e\u{301} a\u{ad}b \u{2028}";
    let both = format!("{strange} {lacking}");
    let mut table = table(2, 2);
    table.label = Some(both.clone());
    table.caption = both.clone();
    table.corner = both.clone();
    table.columns[0].group = Some(both.clone());
    table.columns[0].heading = both.clone();
    table.footnotes = vec![text(&both)];
    table.rows.push(Row::Group { heading: both.clone() });
    let chart = Chart {
        id: both.clone(),
        title: both.clone(),
        description: both.clone(),
        kind: ChartKind::GroupedBars,
        series: vec![both.clone(), both.clone()],
        rows: vec![ChartRow { label: both.clone(), cells: vec![Cell::text(both.clone()), Cell::text("2")] }],
    };
    let blocks = vec![
        Block::Paragraph(text(&both)),
        Block::List(vec![vec![Inline::Emphasis(both.clone()), Inline::Placeholder(both.clone())]]),
        Block::Notice(text(&both)),
        Block::Table(table),
        Block::Chart(chart),
    ];
    let inner = Section { sections: vec![section(&both, vec![])], ..section(&both, blocks) };
    for layout in [Layout::Report, Layout::Letter] {
        let mut document = document(layout, vec![inner.clone()]);
        document.title = both.clone();
        document.subtitle = both.clone();
        document.organisation = both.clone();
        document.meta = vec![(both.clone(), both.clone())];
        document.language = "#sv\"".into();
        let words = read(&samsyn_pdf::pdf(&document, &look()).unwrap()).tags.words();
        let bare = |words: &str| words.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        assert!(bare(&words).contains(&bare(strange)), "{words}");
        assert!(words.contains("□□□□"), "{words}");
    }
}

#[test]
fn a_broken_logo_is_told() {
    let whole = png();
    let mut logo = Logo::read(whole.clone()).unwrap();
    for bytes in [whole[..40].to_vec(), [&whole[..44], &[0xff; 60]].concat(), b"ingen bild".to_vec(), Vec::new()] {
        logo.bytes = bytes;
        for picture in [Picture::Png, Picture::Jpeg] {
            logo.picture = picture;
            let look = Look { logo: Some(logo.clone()), ..Look::default() };
            let error = samsyn_pdf::pdf(&document(Layout::Report, vec![]), &look).unwrap_err();
            assert_eq!(error, PdfError::Logo);
            assert!(error.to_string().starts_with("Logotypen kan inte läsas"), "{error}");
        }
    }
}

/// Deeper than any heading level there is, and all lights and kinds of missing values.
#[test]
fn deep_sections_and_all_values() {
    let mut deep = section("Djupast", vec![Block::Paragraph(text("Här."))]);
    for _ in 0..12 {
        deep = Section { sections: vec![deep], ..Section::new("d", "Djupare") };
    }
    let mut table = table(1, 3);
    let lights = [samsyn_document::Ljus::Gron, samsyn_document::Ljus::Gul, samsyn_document::Ljus::Rod];
    for (row, light) in table.rows.iter_mut().zip(lights) {
        if let Row::Data { cells, .. } = row {
            cells[0].value = Value::Ljus(light);
        }
    }
    table.rows.push(Row::Data {
        header: Cell::text("Saknas"),
        sub: None,
        cells: vec![Cell { value: Value::Withheld, ..Cell::empty() }],
        kind: RowKind::Share,
    });
    deep.blocks.push(Block::Table(table));
    let words = read(&pdf(&document(Layout::Report, vec![deep]))).tags.words();
    for said in ["Djupast", "Grön", "Gul", "Röd", "..", "betyder att värdet inte visas."] {
        assert!(words.contains(said), "{said}");
    }
}

/// The PM is neither cut short nor spread out.
#[test]
fn the_report_has_a_reports_length() {
    for case in &*DEMO {
        let pages = case.read.artifacts.len();
        assert!((10..=22).contains(&pages), "{} has {pages} pages", case.period);
    }
}
