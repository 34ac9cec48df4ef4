use super::*;
use proptest::prelude::*;
use samsyn_document::{Align, Inline, Layout, Row, Table, Value};

fn finn(id: &FigureId) -> Result<Cell, String> {
    let value = match id.tabell.as_str() {
        "6" => Value::Antal(277),
        "nyckeltal" => Value::Antal(7),
        "dold" => Value::Withheld,
        _ => return Err(format!("siffran {id}")),
    };
    Ok(Cell::figure(value, id.clone()))
}

fn read(text: &str) -> Vec<Block> {
    blocks(text, "sammanfattning", &finn)
}

/// What the blocks say, one line each.
fn said(text: &str) -> Vec<String> {
    let words = |text: &samsyn_document::Text| samsyn_document::format::text(text);
    let told = |block: &Block| match block {
        Block::Heading(heading) => format!("# {heading}"),
        Block::Paragraph(text) => words(text),
        Block::List(items) => items.iter().map(|item| format!("- {}", words(item))).collect::<Vec<_>>().join("\n"),
        Block::Table(table) => format!("tabell {}: {} rader", table.id, table.rows.len()),
        other => format!("{other:?}"),
    };
    read(text).iter().map(told).collect()
}

#[test]
fn paragraphs_headings_and_lists_are_read() {
    let text = "Första raden\nfortsätter här.\n\n## En rubrik\nText *med tryck* på.\n- ett\n- två\n  och mer\n\n- tre";
    assert_eq!(
        said(text),
        ["Första raden fortsätter här.", "# En rubrik", "Text med tryck på.", "- ett\n- två och mer", "- tre"]
    );
    assert_eq!(said("Lista:\n\n- ett\n- två\n  och mer"), ["Lista:", "- ett\n- två och mer"]);
    assert_eq!(
        read("*tryck* på")[0],
        Block::Paragraph(vec![Inline::Emphasis("tryck".into()), Inline::Text(" på".into())])
    );
}

#[test]
fn figures_are_live() {
    assert_eq!(said("{6/summa/deltagit_S} har deltagit"), ["277 har deltagit"]);
    assert_eq!(said("{Ord nyckeltal/insatser/antal} av {ord nyckeltal/insatser/antal}"), ["Sju av sju"]);
    assert_eq!(said("{dold/a/b} personer, {ord dold/a/b}"), ["ett antal personer, ett antal"]);
    assert_eq!(said("{borta/a/b}"), ["[saknas: siffran borta/a/b]"]);
    assert_eq!(said("{saknas kansliets skäl}"), ["[saknas: kansliets skäl]"]);
}

/// Words only are no place for a figure: its value would stay behind when it changes, or tell what is withheld.
#[test]
fn a_figure_stands_in_text_or_alone_in_a_cell() {
    assert_eq!(said("## Alla {6/a/b} st"), ["# Alla {6/a/b} st"]);
    let text = "Tabell: Egen {6/a/b}\n| A | Kv {6/a/b} |\n| r | {6/a/b} av {6/a/c} |";
    let Block::Table(table) = &read(text)[0] else { panic!() };
    let Row::Data { cells, .. } = &table.rows[0] else { panic!() };
    assert_eq!((table.caption.as_str(), table.columns[0].heading.as_str()), ("Egen {6/a/b}", "Kv {6/a/b}"));
    assert_eq!(cells[0].value, Value::Text("{6/a/b} av {6/a/c}".into()));
}

#[test]
fn a_long_paragraph_is_parted_at_a_sentence() {
    let text = "En mening som upprepas. ".repeat(1000);
    let blocks = read(&text);
    assert_eq!(blocks.len(), 4);
    assert_eq!(said(&text).join(" "), text.trim());
    assert!(said(&text)[0].ends_with("upprepas."));
    assert_eq!(read(&"å".repeat(10_000)).len(), 4);
}

#[test]
fn what_is_not_understood_stands_as_written() {
    for text in ["{", "}", "{}", "{a/b}", "{sju 6/a/b}", "5 * 3 * 2", "a*b*c", "* ensam", "C:\\mapp", "#hashtag", "\\"]
    {
        let shown = said(text);
        assert_eq!(shown, [text], "{text}");
    }
}

#[test]
fn pasted_text_is_cleaned() {
    assert_eq!(clean("a\u{ad}b\u{200b}c\r\nd\t e \r\n\r\n\r\n\u{feff}f\u{0}\n"), "abc\nd  e\n\nf");
    assert_eq!(clean("\n\n  \n"), "");
    assert_eq!(clean("12\u{a0}345"), "12\u{a0}345");
}

#[test]
fn a_table_of_ones_own_has_live_figures() {
    let blocks = read("Tabell: Deltagare\n| | Antal | Not |\n|---|---|---|\n| Alla | {6/summa/deltagit_S} | a \\| b |");
    let [Block::Table(table)] = blocks.as_slice() else { panic!("{blocks:?}") };
    assert_eq!((table.caption.as_str(), table.columns.len(), table.rows.len()), ("Deltagare", 2, 1));
    assert_eq!((table.columns[0].align, table.columns[1].align), (Align::Right, Align::Left));
    let Row::Data { cells, .. } = &table.rows[0] else { panic!() };
    assert_eq!(cells[0].value, Value::Antal(277));
    assert_eq!(cells[1].value, Value::Text("a | b".into()));
    assert_eq!(blocks, read(&markup(&blocks)));
    let dashes = read("| a | b |\n| \\--- | |\n| \\: | - |");
    let [Block::Table(table)] = dashes.as_slice() else { panic!("{dashes:?}") };
    assert_eq!((table.rows.len(), &dashes), (2, &read(&markup(&dashes))));
}

fn document() -> Document {
    let table = |id: &str| {
        Block::Table(Table {
            id: id.into(),
            label: Some("Tabell 1".into()),
            caption: String::new(),
            corner: String::new(),
            columns: Vec::new(),
            rows: Vec::new(),
            footnotes: Vec::new(),
            remarks: Vec::new(),
        })
    };
    let text = |words: &str| Block::Paragraph(vec![Inline::Text(words.into())]);
    let mut first = Section::new("a", "A");
    first.blocks =
        vec![text("före"), Block::Notice(vec![Inline::Text("obs".into())]), table("tabell-1"), text("efter")];
    let mut second = Section::new("b", "B");
    second.sections.push(Section::new("b-inre", "Inre"));
    Document {
        layout: Layout::Report,
        title: "T".into(),
        subtitle: String::new(),
        organisation: String::new(),
        language: "sv".into(),
        per: "2022-08-30".parse().unwrap(),
        withheld_under: None,
        meta: Vec::new(),
        foot: None,
        sections: vec![first, second, Section::new("c", "C")],
    }
}

#[test]
fn a_text_takes_the_place_of_the_generated_and_of_nothing_else() {
    let texter = Texter::from([("a".into(), "Skrivet.".into()), ("a/tabell-1".into(), String::new())]);
    let done = skrivet(document(), &texter, &finn).document;
    let kinds: Vec<bool> = done.sections[0].blocks.iter().map(is_text).collect();
    // The notice stands first, then what is written, then the table; the text after it was taken away.
    assert_eq!(kinds, [false, true, false]);
    assert_eq!(done.sections[1..], document().sections[1..]);
}

#[test]
fn every_place_has_a_name_and_its_text() {
    let found: Vec<(String, String)> = platser(&document()).into_iter().map(|p| (p.namn, p.text)).collect();
    let pairs: Vec<(&str, &str)> = found.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    assert_eq!(pairs, [("a", "före"), ("a/tabell-1", "efter"), ("b", ""), ("b-inre", ""), ("c", "")]);
}

#[test]
fn sections_are_ordered_named_added_and_left_out() {
    let order = |text: &str| {
        let texter = Texter::from([(DISPOSITION.into(), text.into())]);
        let done = skrivet(document(), &texter, &finn);
        done.document.sections.into_iter().map(|section| section.heading).collect::<Vec<_>>()
    };
    assert_eq!(order(""), ["A", "B", "C"]);
    assert_eq!(order("c\na"), ["C", "A", "B"]);
    assert_eq!(order("a = Annat\neget-1 = Mitt\n- b\nfinns-inte = X\neget-x = Y\na"), ["Annat", "Mitt", "C"]);
    let text = "c\n- a\neget-2 = Mitt\nb = Bra";
    let read = Disposition::of(&document(), Some(text));
    assert_eq!(read.text(), text);
    let after = |change: Andring| {
        let mut order = read.clone();
        order.andra(change, ["eget-7/tabell", "a"].into_iter());
        order.text()
    };
    let id = |id: &str| id.to_owned();
    assert_eq!(after(Andring::Upp(id("b"))), "c\n- a\nb = Bra\neget-2 = Mitt");
    assert_eq!(after(Andring::Upp(id("c"))), text);
    assert_eq!(after(Andring::Ner(id("c"))), "- a\nc\neget-2 = Mitt\nb = Bra");
    assert_eq!(after(Andring::Ner(id("b"))), text);
    assert_eq!(after(Andring::TaMed(id("a"))), "c\na\neget-2 = Mitt\nb = Bra");
    assert_eq!(after(Andring::Utelamna(id("c"))), "- c\n- a\neget-2 = Mitt\nb = Bra");
    assert_eq!(after(Andring::Kalla(id("b"), id("  "))), "c\n- a\neget-2 = Mitt\nb");
    assert_eq!(after(Andring::Kalla(id("eget-2"), id("Ditt"))), "c\n- a\neget-2 = Ditt\nb = Bra");
    assert_eq!(after(Andring::Nytt(id(""))), format!("{text}\neget-8 = Eget avsnitt"));
    assert_eq!(after(Andring::Upp(id("finns-inte"))), text);
}

proptest! {
    /// What is read can be written and read again without change.
    #[test]
    fn text_survives_being_written_and_read(text in "([ a-zåäö*{}|#\\\\\n:.-]|\\{6/a/b\\}|Tabell:|\\{saknas x\\}){0,60}") {
        let once = read(&text);
        let again = read(&markup(&once));
        prop_assert_eq!(said_of(&once), said_of(&again), "{}", markup(&once));
    }

    #[test]
    fn any_text_can_be_read(text in any::<String>()) {
        read(&text);
        prop_assert_eq!(clean(&clean(&text)), clean(&text));
    }
}

fn said_of(blocks: &[Block]) -> Vec<String> {
    blocks.iter().map(|block| format!("{block:?}")).filter(|said| said != "Paragraph([])").collect()
}

#[test]
fn every_place_says_where_it_stands() {
    let texter = Texter::from([("a".into(), "Ett.\n\nTvå.\n\n| A | B |\n| c | d |".into())]);
    let done = skrivet(document(), &texter, &finn);
    let told: Vec<(&str, &str, Range<usize>)> =
        done.omfang.iter().map(|at| (at.plats.as_str(), at.avsnitt.as_str(), at.block.clone())).collect();
    assert_eq!(
        told,
        [("a", "a", 0..4), ("a/tabell-1", "a", 5..6), ("b", "b", 0..0), ("b-inre", "b-inre", 0..0), ("c", "c", 0..0)]
    );
}
