//! Tables as CSV, read back.

use crate::{readback, sample};
use samsyn_document::{Align, Cell, Column, Datum, Document, FigureId, Layout, Row, RowKind, Section, Table, Value};

#[test]
fn every_table_gives_its_figures() {
    let document = sample::document();
    for table in document.tables() {
        let text = samsyn_render::csv(&document, &table.id).expect("CSV");
        assert_eq!(readback::csv(&text, table), readback::table(table), "{}", table.id);
        assert!(text.ends_with('\n') && !text.contains('\r'));
    }
}

#[test]
fn headings_are_one_row_and_groups_a_column() {
    let document = sample::document();
    let lines = |which: &str| {
        let text = samsyn_render::csv(&document, which).expect("CSV");
        text.trim_start_matches('\u{feff}').lines().map(str::to_owned).collect::<Vec<_>>()
    };
    let six = lines("6");
    assert!(
        six[0].starts_with("Individinsatser;Hör till;Inregistrerade januari–juni, K;Inregistrerade januari–juni, M;")
    );
    assert!(six[1].starts_with("Vägval – nästa steg;Norrsund;18;17;35;"), "{}", six[1]);
    let four = lines("4");
    assert!(four[0].starts_with("Grupp;Insats;Hör till;Halvåret, tkr, Utfall;"), "{}", four[0]);
    assert!(four[1].starts_with("Individinsatser;Vägval – nästa steg;Norrsund;1290;1338;96;"), "{}", four[1]);
    assert!(four[8].starts_with("Strukturinsatser;Samordnare"), "{}", four[8]);
    assert!(four[11].starts_with(";Summa;;13515;-12;;1234568;"), "{}", four[11]);
}

#[test]
fn a_table_is_found_by_number_name_or_id() {
    let document = sample::document();
    let six = samsyn_render::csv(&document, "6").expect("CSV");
    for which in ["tabell-6", "Tabell 6", " TABELL 6 "] {
        assert_eq!(samsyn_render::csv(&document, which).as_ref(), Ok(&six), "{which}");
    }
    for which in ["14", "", "Tabell", "60", "\u{0}"] {
        let told = samsyn_render::csv(&document, which).expect_err("no such table").to_string();
        assert!(told.ends_with("finns inte i dokumentet. Välj någon av: 1, 2, 4, 5, 6, 9."), "{told}");
    }
    let none = Document { sections: vec![], ..document };
    let told = samsyn_render::csv(&none, "6").expect_err("no table").to_string();
    assert_eq!(told, "Tabell 6 finns inte: dokumentet har inga tabeller.");
}

/// Excel runs what begins as a formula, in quotes or not. Numbers stay numbers.
#[test]
fn words_are_never_formulas() {
    let words = ["=1+1", "+46", "-x", "@A1", "\t=1", " =1", "＝1", "–", "a=b", "x;\"y\"\nz", "\u{0}=1"];
    let expected = ["'=1+1", "'+46", "'-x", "'@A1", "'\t=1", "' =1", "'＝1", "–", "a=b", "x;\"y\"\nz", "'=1"];
    let row = |words: &&str| {
        let negative = Cell::figure(Value::Antal(-12), FigureId::new("1", "a", "b"));
        Row::Data {
            header: Cell::text(*words),
            sub: None,
            cells: vec![Cell::text(*words), negative],
            kind: RowKind::Normal,
        }
    };
    let column = |heading: &str| Column { group: None, heading: heading.into(), align: Align::Left };
    let table = Table {
        id: "prov".into(),
        label: None,
        caption: "Prov".into(),
        corner: "=X".into(),
        columns: vec![column("@Y"), column("Z")],
        rows: words.iter().map(row).collect(),
        footnotes: vec![],
        remarks: vec![],
    };
    let mut section = Section::new("a", "A");
    section.blocks.push(samsyn_document::Block::Table(table));
    let document = Document {
        layout: Layout::Report,
        title: String::new(),
        subtitle: String::new(),
        organisation: String::new(),
        language: "sv".into(),
        per: Datum::parse("2022-08-30").expect("a day"),
        withheld_under: None,
        meta: vec![],
        foot: None,
        sections: vec![section],
    };
    let text = samsyn_render::csv(&document, "prov").expect("CSV");
    let text = text.strip_prefix('\u{feff}').expect("a byte order mark");
    let mut reader = ::csv::ReaderBuilder::new().delimiter(b';').from_reader(text.as_bytes());
    assert_eq!(reader.headers().expect("headings"), vec!["'=X", "'@Y", "Z"]);
    let read: Vec<_> = reader.records().map(|record| record.expect("a row")).collect();
    assert_eq!(read.len(), words.len());
    for (record, expected) in read.iter().zip(expected) {
        assert_eq!((&record[0], &record[1], &record[2]), (expected, expected, "-12"));
    }
}
