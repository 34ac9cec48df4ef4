//! Documents to set: the demo's PM, and small ones made by hand.

use crate::reader::{Read, read};
use samsyn_core::calc::Rakning;
use samsyn_core::rapport::pm::pm;
use samsyn_core::underlag::Underlag;
use samsyn_document::{
    Align, Cell, Color, Column, Document, FigureId, Inline, Layout, Logo, Look, Row, RowKind, Section, Table, Text,
    Value,
};
use samsyn_import::package::{Limits, parse, read_dir};
use std::path::Path;
use std::sync::LazyLock;

/// The half-years that are looked at: period and day of knowledge.
const CASES: [(&str, &str); 3] = [("2022-H1", "2022-08-30"), ("2022-H2", "2023-03-01"), ("2023-H1", "2023-08-30")];

/// A PM of the demo, and how it reads back.
pub struct Case {
    pub period: &'static str,
    pub document: Document,
    pub bytes: Vec<u8>,
    pub read: Read,
}

/// The cases, each set and read back once.
pub static DEMO: LazyLock<Vec<Case>> = LazyLock::new(|| {
    let case = |(period, per)| {
        let document = demo(period, per);
        let bytes = pdf(&document);
        Case { period, read: read(&bytes), document, bytes }
    };
    CASES.into_iter().map(case).collect()
});

/// The demo's PM.
fn demo(period: &str, per: &str) -> Document {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo");
    let files = read_dir(&folder, &Limits::default()).unwrap();
    let per = per.parse().unwrap();
    let facts = parse(&files, &Limits::default(), per).facts.unwrap();
    let underlag = Underlag::new(facts.known_at(per), per);
    pm(&Rakning::new(&underlag, period.parse().unwrap()))
}

pub fn document(layout: Layout, sections: Vec<Section>) -> Document {
    Document {
        layout,
        title: "Titel".to_owned(),
        subtitle: "Undertitel".to_owned(),
        organisation: "Förbundet".to_owned(),
        language: "sv".into(),
        per: "2022-08-30".parse().unwrap(),
        withheld_under: None,
        meta: vec![("Diarienummer".to_owned(), "2022/12".to_owned())],
        foot: None,
        sections,
    }
}

pub fn text(words: &str) -> Text {
    vec![Inline::Text(words.to_owned())]
}

pub fn section(heading: &str, blocks: Vec<samsyn_document::Block>) -> Section {
    Section { blocks, ..Section::new("s", heading) }
}

/// A table of figures with so many columns and rows.
pub fn table(columns: usize, rows: usize) -> Table {
    let column = |i: usize| Column {
        group: (columns > 4).then(|| format!("Grupp {}", i / 3 + 1)),
        heading: ["Kvinnor", "Män", "Summa"][i % 3].to_owned(),
        align: Align::Right,
    };
    let figure = |row: usize, i: usize| {
        let id = FigureId::new("t", format!("r{row}"), format!("k{i}"));
        Cell::figure(Value::Antal((row * 1_000 + i) as i64), id)
    };
    let row = |row: usize| Row::Data {
        header: Cell::text(format!("Rad {row}")),
        sub: row.is_multiple_of(2).then(|| "Östhammar".to_owned()),
        cells: (0..columns).map(|i| figure(row, i)).collect(),
        kind: if row + 1 == rows { RowKind::Sum } else { RowKind::Normal },
    };
    Table {
        id: "tabell-1".to_owned(),
        label: Some("Tabell 1".to_owned()),
        caption: "Antal".to_owned(),
        corner: "Rad".to_owned(),
        columns: (0..columns).map(column).collect(),
        rows: (0..rows).map(row).collect(),
        footnotes: vec![],
        remarks: vec![],
    }
}

pub fn pdf(document: &Document) -> Vec<u8> {
    samsyn_pdf::pdf(document, &Look::default()).unwrap()
}

/// A logo of 12 × 8 pixels, made by hand: a PNG with a stored (not compressed) picture.
pub fn png() -> Vec<u8> {
    let (width, height) = (12_u32, 8_u32);
    let raw: Vec<u8> =
        (0..height).flat_map(|_| std::iter::once(0).chain((0..width * 3).map(|i| (i * 7) as u8))).collect();
    let mut zlib = vec![0x78, 0x01, 0x01];
    zlib.extend((raw.len() as u16).to_le_bytes());
    zlib.extend((!(raw.len() as u16)).to_le_bytes());
    zlib.extend(&raw);
    let (mut a, mut b) = (1_u32, 0_u32);
    for byte in &raw {
        a = (a + u32::from(*byte)) % 65_521;
        b = (b + a) % 65_521;
    }
    zlib.extend((b << 16 | a).to_be_bytes());
    let mut head = Vec::new();
    head.extend(width.to_be_bytes());
    head.extend(height.to_be_bytes());
    head.extend([8, 2, 0, 0, 0]);
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    for (kind, data) in [(b"IHDR", head), (b"IDAT", zlib), (b"IEND", Vec::new())] {
        file.extend((data.len() as u32).to_be_bytes());
        let mut sum = !0_u32;
        for byte in kind.iter().chain(&data) {
            sum ^= u32::from(*byte);
            for _ in 0..8 {
                sum = if sum & 1 == 1 { sum >> 1 ^ 0xedb8_8320 } else { sum >> 1 };
            }
        }
        file.extend(kind);
        file.extend(data);
        file.extend((!sum).to_be_bytes());
    }
    file
}

pub fn look() -> Look {
    Look { color: Color(0x7a, 0x1f, 0x3d), logo: Some(Logo::read(png()).unwrap()) }
}
