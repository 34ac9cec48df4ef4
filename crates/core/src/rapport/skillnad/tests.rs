//! The appendix, the names of figures, and words that changed.

use super::*;
use samsyn_document::{Align, Cell, Column, Document, Row, RowKind, Section, Table, format};

fn fact(slag: &'static str, nyckel: &str, handelse: Handelse, (fore, efter): (Option<&str>, Option<&str>)) -> Faktum {
    Faktum {
        slag,
        nyckel: nyckel.into(),
        namn: format!("Uppgift {nyckel}"),
        fore: fore.map(str::to_owned),
        efter: efter.map(str::to_owned),
        handelse,
        vem: Some("2022-10-01, Kim: rättat".into()),
    }
}

fn siffra(kolumn: &str, fakta: Vec<Faktum>) -> Siffra {
    Siffra {
        id: FigureId::new("6", "summa", kolumn.to_owned()),
        namn: format!("Tabell 6: summa, {kolumn}"),
        fore: Value::Antal(277),
        efter: Value::Antal(278),
        fakta,
        dolda: 0,
    }
}

fn skillnad(siffror: Vec<Siffra>) -> Skillnad {
    let side = |namn: &str, per: &str| Sidan { namn: namn.into(), per: per.parse().unwrap(), om: Vec::new() };
    let mut fore = side("version 1, känt per 30 augusti 2022", "2022-08-30");
    fore.om.push(("Diarienummer, version 1".into(), "2022/7".into()));
    Skillnad {
        rubrik: "PM, version 1".into(),
        forbund: "Förbundet".into(),
        fore,
        efter: side("det som är känt per 31 december 2022", "2022-12-31"),
        texter: Vec::new(),
        siffror,
        dolda: Vec::new(),
        sma_tal: None,
    }
}

fn made(skillnad: &Skillnad) -> Document {
    bilaga(skillnad, "2023-01-01".parse().unwrap())
}

/// The rows of a table as they read.
fn rows(document: &Document, id: &str) -> Vec<Vec<String>> {
    let table = document.tables().into_iter().find(|table| table.id == id).unwrap();
    let of = |row: &Row| match row {
        Row::Data { header, cells, .. } => {
            std::iter::once(header).chain(cells).map(|cell| format::value(&cell.value)).collect()
        }
        Row::Group { heading } => vec![heading.clone()],
    };
    table.rows.iter().map(of).collect()
}

/// The words of the running text.
fn words(sections: &[Section]) -> String {
    let text = |section: &Section| {
        let own = crate::rapport::skrivet::i_ord(&section.blocks);
        format!("{}\n{own}\n{}", section.heading, words(&section.sections))
    };
    sections.iter().map(text).collect()
}

#[test]
fn each_figure_refers_to_the_facts_that_moved_it_by_number() {
    let late = || fact("rekvisitioner", "a/2022-K1", Handelse::Sen, (None, Some("10 kr")));
    let right =
        || fact("deltagare", "D1", Handelse::Rattad, (Some("avslutsorsak: arbete"), Some("avslutsorsak: flytt")));
    let document = made(&skillnad(vec![siffra("a", vec![late()]), siffra("b", vec![right(), late()])]));
    let because: Vec<String> = rows(&document, "siffror-tabell").into_iter().map(|row| row[3].clone()).collect();
    assert_eq!(because, ["1", "1, 2"]);
    let facts = rows(&document, "uppgifter-tabell");
    assert_eq!(facts[0][..4], ["1. Uppgift a/2022-K1", "Kom in sent", "–", "10 kr"]);
    assert_eq!(facts[1][..4], ["2. Uppgift D1", "Rättad", "avslutsorsak: arbete", "avslutsorsak: flytt"]);
    assert_eq!(facts.len(), 2);
    let said = words(&document.sections);
    assert!(said.contains("Två siffror skiljer sig.") && said.contains("Kom in sent: en uppgift"), "{said}");
    assert_eq!(
        document.meta[..2],
        [
            ("Före".to_owned(), "Version 1, känt per 30 augusti 2022".to_owned()),
            ("Diarienummer, version 1".to_owned(), "2022/7".to_owned())
        ]
    );
}

#[test]
fn many_numbers_are_told_as_ranges() {
    let all: Vec<Faktum> =
        (1..=20).map(|nr| fact("budget", &format!("{nr:02}"), Handelse::Ny, (None, Some("1 kr")))).collect();
    let of = |numbers: &[usize]| numbers.iter().map(|nr| all[nr - 1].clone()).collect();
    let figures = vec![
        siffra("alla", all.clone()),
        siffra("par", of(&[1, 2, 4])),
        siffra("glest", of(&[1, 3, 5, 7, 9, 11, 13])),
        siffra("inga", Vec::new()),
    ];
    let because: Vec<String> =
        rows(&made(&skillnad(figures)), "siffror-tabell").into_iter().map(|row| row[3].clone()).collect();
    assert_eq!(because, ["1–20", "1, 2, 4", "1, 3, 5, 7, 9, 11 m.fl.", "–"]);
}

/// A report answers many questions: what it says to one of them, that figure tells.
#[test]
fn a_fact_says_in_the_list_what_it_says_everywhere() {
    let said = |answer| fact("kvartalsrapporter", "a/2022-K2", Handelse::Sen, (None, Some(answer)));
    let figures = vec![
        siffra("a", vec![said("ja, inlämnad 2022-09-01")]),
        siffra("b", vec![said("nej, inlämnad 2022-09-01 (kansliet)"), said("delvis, inlämnad 2022-09-01")]),
    ];
    let facts = rows(&made(&skillnad(figures)), "uppgifter-tabell");
    assert_eq!((facts.len(), facts[0][3].as_str()), (1, "ja, inlämnad 2022-09-01"));
    let figures = vec![
        siffra("a", vec![said("ja, inlämnad 2022-09-01")]),
        siffra("b", vec![said("delvis, inlämnad 2022-09-01")]),
    ];
    assert_eq!(rows(&made(&skillnad(figures)), "uppgifter-tabell")[0][3], "inlämnad 2022-09-01");
}

#[test]
fn single_inskrivningar_are_taken_away_and_counted() {
    let person = |key: &str, kind| fact("deltagare", key, kind, (None, Some("kvinna, 45 år")));
    let money = fact("budget", "a/2022-K1", Handelse::Ny, (None, Some("1 kr")));
    let figures = vec![
        siffra("a", vec![person("D1", Handelse::Sen), person("D2", Handelse::Sen), money]),
        siffra("b", vec![person("D1", Handelse::Sen), person("D3", Handelse::Rattad)]),
    ];
    let all = skillnad(figures);
    let full = made(&all);
    assert_eq!(full.foot.as_deref(), Some("Innehåller enskilda inskrivningar. Får inte spridas."));
    let open = all.utan_enskilda();
    let document = made(&open);
    assert!(document.foot.is_none() && !format!("{document:?}").contains("kvinna"));
    let said = words(&document.sections);
    assert!(said.contains("Kom in sent: två inskrivningar") && said.contains("Rättad: en inskrivning"), "{said}");
    let because: Vec<String> = rows(&document, "siffror-tabell").into_iter().map(|row| row[3].clone()).collect();
    assert_eq!(because, ["1 och två inskrivningar", "två inskrivningar"]);
    let said = words(&made(&Skillnad { sma_tal: Some(2), ..open }).sections);
    assert!(said.contains("Kom in sent: två inskrivningar"), "{said}");
    assert!(said.contains("Rättad: färre än två inskrivningar") && said.contains("Antal personer jämförs inte"));
}

#[test]
fn texts_mark_what_is_gone_and_what_is_new_in_words() {
    let kept = "Det här är samma text som förut och den är lång nog för att inte behöva stå här i sin helhet igen.";
    let fore = format!("{kept} Sju av tolv insatser.");
    let efter = format!("{kept} Åtta av tolv insatser.");
    let part = Textdel { rubrik: "Utfall, efter tabell 9".into(), fore, efter };
    let document = made(&Skillnad { texter: vec![part], ..skillnad(Vec::new()) });
    let said = words(&document.sections);
    assert!(said.contains("Utfall, efter tabell 9"), "{said}");
    assert!(said.contains("i sin helhet igen. [borttaget: Sju] [nytt: Åtta] av tolv insatser."), "{said}");
    assert!(!said.contains("Det här är samma text"), "{said}");
    let part = Textdel { rubrik: "Dag".into(), fore: "Den 30 augusti kom.".into(), efter: "Den 22 maj kom.".into() };
    let said = words(&made(&Skillnad { texter: vec![part], ..skillnad(Vec::new()) }).sections);
    assert!(said.contains("Den [borttaget: 30 augusti] [nytt: 22 maj] kom."), "{said}");
}

#[test]
fn figures_are_called_what_the_tables_call_them() {
    let id = |rad: &str| FigureId::new("2", rad.to_owned(), "trafikljus");
    let row = |header: &str, sub: Option<&str>, kind, rad: &str| Row::Data {
        header: Cell::text(header),
        sub: sub.map(str::to_owned),
        cells: vec![Cell::figure(Value::Antal(1), id(rad))],
        kind,
    };
    let table = Table {
        id: "tabell-2".into(),
        label: Some("Tabell 2".into()),
        caption: "Läget".into(),
        corner: "Insats".into(),
        columns: vec![Column { group: Some("S:a".into()), heading: "Läge".into(), align: Align::Left }],
        rows: vec![
            Row::Group { heading: "Ålder".into() },
            row("Bryggan", Some("Östhammar"), RowKind::Normal, "a"),
            row("Under 30 år", None, RowKind::Normal, "b"),
            row("Summa", None, RowKind::Sum, "c"),
        ],
        footnotes: Vec::new(),
        remarks: Vec::new(),
    };
    let mut document = made(&skillnad(Vec::new()));
    document.sections[0].blocks.push(samsyn_document::Block::Table(table));
    let names = siffernamn(&document);
    assert_eq!(names[&id("a")], "Tabell 2: Bryggan (Östhammar), S:a, läge");
    assert_eq!(names[&id("b")], "Tabell 2: Ålder, under 30 år, S:a, läge");
    assert_eq!(names[&id("c")], "Tabell 2: Summa, S:a, läge");
}

#[test]
fn words_that_changed_are_told_apart() {
    let bits = ord_for_ord("Sju av tolv insatser.", "Åtta av tolv insatser.");
    assert_eq!(bits, [Bit::Borta("Sju".into()), Bit::Ny("Åtta".into()), Bit::Lika(" av tolv insatser.".into())]);
}

/// Two long texts without a word in common take no long time.
#[test]
fn long_texts_are_compared_in_parts() {
    let text = |word: &str| (0..60_000).map(|n| format!("{word}{n} ")).collect::<String>();
    assert_eq!(ord_for_ord(&text("a"), &text("b")).len(), 2);
    let lines = |word: &str| (0..30_000).map(|n| format!("{word}{n}\n")).collect::<String>();
    assert_eq!(ord_for_ord(&lines("a"), &lines("b")).len(), 2);
    let kept = format!("Samma.\n{}", text("a"));
    assert_eq!(ord_for_ord(&kept, &format!("Samma.\n{}", text("b"))).len(), 3);
}

#[test]
fn nothing_changed_is_said_so() {
    let document = made(&skillnad(Vec::new()));
    assert_eq!(document.sections.len(), 1);
    assert!(words(&document.sections).contains("Ingen siffra och ingen text skiljer sig."));
}
