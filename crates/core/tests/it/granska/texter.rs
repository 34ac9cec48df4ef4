//! Whole texts: the program's own, long ones, odd ones, and those of whoever runs the tests.

use super::{FORSTA_2022, granskare, package};
use samsyn_core::calc::Rakning;
use samsyn_core::rapport::granska::{Granskare, granska};
use samsyn_core::rapport::pm::pm;
use samsyn_document::{Block, Cell, Inline, Section, Text, Value, format};
use std::path::Path;

/// How many of a hundred figures that are one off are pointed out, at least.
const FLOOR: usize = 80;

/// Any text can be looked through, and each remark points at what it says.
#[test]
fn any_text_can_be_looked_through() {
    let pieces = [
        "12 ",
        "{",
        "}",
        "av ",
        "deltagare",
        "\n",
        "\n\n",
        "|",
        "åtta ",
        "Bryggan ",
        "–",
        "(",
        " %",
        "3,",
        ". ",
        "İ",
        "1 000 ",
    ];
    let mut seed = 7_u64;
    for _ in 0..2_000 {
        let mut text = String::new();
        for _ in 0..30 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            text.push_str(pieces[(seed >> 33) as usize % pieces.len()]);
        }
        for remark in FORSTA_2022.granska(&text) {
            assert_eq!(text[remark.plats.clone()], remark.skrivet);
        }
    }
}

/// What the program itself writes is what the figures say.
#[test]
fn the_programs_own_text_is_left_in_peace() {
    let mut characters = 0;
    for (name, period, per) in [
        ("demo", "2022-H1", "2022-08-30"),
        ("demo", "2022-H2", "2023-03-01"),
        ("demo", "2023-H1", "2023-08-30"),
        ("testdata/prov/1", "2024-H1", "2024-08-30"),
        ("testdata/prov/1", "2024-H2", "2025-02-20"),
        ("testdata/prov/2", "2024-H1", "2024-08-30"),
        ("testdata/prov/2", "2024-H2", "2025-02-20"),
    ] {
        let underlag = package(name, per);
        let rakning = Rakning::new(&underlag, period.parse().unwrap());
        let mut text = String::new();
        pm(&rakning).sections.iter().for_each(|section| write_out(section, &mut text));
        characters += text.chars().count();
        let said: Vec<_> = granska(&rakning, &text)
            .into_iter()
            .map(|remark| {
                format!("{} {:?}", remark.varfor, text.get(remark.plats.start.saturating_sub(150)..remark.plats.end))
            })
            .collect();
        assert!(said.is_empty(), "{name} {period}:\n{}", said.join("\n"));
    }
    assert!(characters > 20_000, "{characters}");
}

/// A figure as it reads, one more than it is; nothing when it is no number.
fn one_more(piece: &Inline) -> Option<String> {
    if let Inline::InWords { cell: Cell { value: Value::Antal(count), .. }, capital, neuter } = piece {
        let word = format::in_words(count + 1, *neuter);
        return Some(if *capital { format::capital(&word) } else { word });
    }
    let Inline::Value(_) = piece else { return None };
    let said = format::inline(piece);
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '\u{a0}' | '\u{202f}');
    let end = said.find(|c| !is_part(c)).unwrap_or(said.len());
    let number: i64 = said[..end].chars().filter(char::is_ascii_digit).collect::<String>().parse().ok()?;
    let after =
        if said[..end].ends_with(is_part) && !said[..end].ends_with(|c: char| c.is_ascii_digit()) { " " } else { "" };
    Some(format!("{}{after}{}", format::number(number + 1), &said[end..]))
}

/// Of the figures in the program's own sentences, each made one more than it is, most are pointed out. A sentence that
/// the program does not follow is left in peace, so that what it does point out is worth reading.
#[test]
fn most_figures_that_are_one_off_are_pointed_out() {
    let (mut all, mut found, mut missed) = (0, 0, Vec::new());
    for (period, per) in [("2022-H1", "2022-08-30"), ("2022-H2", "2023-03-01"), ("2023-H1", "2023-08-30")] {
        let underlag = package("demo", per);
        let rakning = Rakning::new(&underlag, period.parse().unwrap());
        let granskare = Granskare::new(&rakning);
        let mut paragraphs = Vec::new();
        pm(&rakning).sections.iter().for_each(|section| collect(section, &mut paragraphs));
        for (heading, paragraph) in &paragraphs {
            for at in 0..paragraph.len() {
                let Some(changed) = one_more(&paragraph[at]) else { continue };
                let before = format!("## {heading}\n\n{}", format::text(&paragraph[..at].to_vec()));
                let text = format!("{before}{changed}{}", format::text(&paragraph[at + 1..].to_vec()));
                let place = before.len()..before.len() + changed.len();
                let seen = granskare
                    .granska(&text)
                    .iter()
                    .any(|remark| remark.plats.start < place.end && place.start < remark.plats.end);
                all += 1;
                found += usize::from(seen);
                if !seen {
                    missed.push(format!("{period} {changed}: {text}"));
                }
            }
        }
    }
    assert!(all > 50 && found * 100 >= all * FLOOR, "{found} of {all}; missed:\n{}", missed.join("\n"));
}

fn collect(section: &Section, into: &mut Vec<(String, Text)>) {
    for block in &section.blocks {
        match block {
            Block::Paragraph(said) => into.push((section.heading.clone(), said.clone())),
            Block::List(items) => into.extend(items.iter().map(|item| (section.heading.clone(), item.clone()))),
            _ => {}
        }
    }
    section.sections.iter().for_each(|inner| collect(inner, into));
}

fn write_out(section: &Section, text: &mut String) {
    text.push_str(&format!("## {}\n\n", section.heading));
    for block in &section.blocks {
        match block {
            Block::Paragraph(said) | Block::Notice(said) => text.push_str(&format!("{}\n\n", format::text(said))),
            Block::List(items) => items.iter().for_each(|item| text.push_str(&format!("- {}\n", format::text(item)))),
            _ => {}
        }
    }
    section.sections.iter().for_each(|inner| write_out(inner, text));
}

/// A long text takes time in step with its length. The limit is loose: the program is slow before it is optimised.
#[test]
fn a_long_text_is_soon_looked_through() {
    let usual = "Under halvåret har 278 deltagare deltagit i elva insatser, och 61 procent gick till arbete eller studier. \
                 I Bryggan (Östhammar) var 25 pågående.\n\n";
    for piece in
        [usual, "12 deltagare ", "{", "{}", "Bryggan ", "Uppsala, ", "1 000 ", "och ", "av 12 ", "(", "|", "\n"]
    {
        let text = piece.repeat(200_000 / piece.len());
        let begun = std::time::Instant::now();
        FORSTA_2022.granska(&text);
        let took = begun.elapsed();
        println!("{:?} × {}: {took:?}", piece.chars().take(20).collect::<String>(), 200_000 / piece.len());
        assert!(took.as_secs() < 5, "{piece:?}: {took:?}");
    }
}

/// Texts of one's own can be looked through: name, half-year and kännedomsdatum.
const TEXTER: [(&str, &str, &str); 3] = [
    ("pm-2022-kv1-2.txt", "2022-H1", "2022-08-30"),
    ("pm-2023-kv1-2.txt", "2023-H1", "2023-08-30"),
    ("styrelsehandlingar-2022-10-20.txt", "2022-H1", "2022-08-30"),
];

/// Prints what is pointed out in the texts of the folder that SAMSYN_TEXTER names.
#[test]
fn texts_of_ones_own_can_be_looked_through() {
    let Ok(folder) = std::env::var("SAMSYN_TEXTER") else {
        println!("SAMSYN_TEXTER names no folder: there are no texts to look through.");
        return;
    };
    for (name, period, per) in TEXTER {
        let Ok(text) = std::fs::read_to_string(Path::new(&folder).join(name)) else {
            println!("{name} is not there.");
            continue;
        };
        let found = granskare(period, per).granska(&text);
        println!("{name}: {} characters, {} remarks", text.chars().count(), found.len());
        for remark in &found {
            let before = text[..remark.plats.start].char_indices().rev().nth(70).map_or(0, |(at, _)| at);
            let after =
                text[remark.plats.end..].char_indices().nth(60).map_or("", |(at, _)| &text[remark.plats.end..][..at]);
            let around = [&text[before..remark.plats.end], after].concat().replace('\n', " ");
            println!("  …{around}…\n    {} {:?}", remark.varfor, remark.ratt.as_ref().map(|ratt| &ratt.markup));
        }
    }
}
