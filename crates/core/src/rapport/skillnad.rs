//! What differs between two versions of a report, or between one and what is known now, as a document: every figure
//! with the facts behind it and what happened to them, and the texts.

use samsyn_document::{
    Align, Block, Cell, Column, Datum, Document, FigureId, Inline, Layout, Row, RowKind, Section, Table, Value, format,
};
use similar::{ChangeTag, DiffTag, TextDiff};

codes! {
    /// What happened to a fact behind a figure between the two sides.
    pub enum Handelse {
        Ny = "ny" => "Ny",
        Sen = "sen" => "Kom in sent",
        Rattad = "rattad" => "Rättad",
        Makulerad = "makulerad" => "Makulerad",
        Borta = "borta" => "Räknas inte längre",
    }
}

/// One side of the comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sidan {
    /// What it is: `version 1`, `det som är känt 2022-12-31`.
    pub namn: String,
    /// Its kännedomsdatum.
    pub per: Datum,
}

/// A text that is not the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Textdel {
    /// The heading of its section.
    pub rubrik: String,
    /// What stood there; empty when nothing did.
    pub fore: String,
    /// What stands there; empty when nothing does.
    pub efter: String,
}

/// A figure that is not the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Siffra {
    /// Its name.
    pub id: FigureId,
    /// Its name in words.
    pub namn: String,
    /// Its value before; missing when it was not there.
    pub fore: Value,
    /// Its value after; missing when it is not there.
    pub efter: Value,
    /// The facts that changed it.
    pub fakta: Vec<Faktum>,
}

/// A fact that changed a figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Faktum {
    /// The noun's file in a data package.
    pub slag: &'static str,
    /// The fact's key.
    pub nyckel: String,
    /// What it is called.
    pub namn: String,
    /// What it said, when it counted before.
    pub fore: Option<String>,
    /// What it says, when it counts after.
    pub efter: Option<String>,
    /// What happened to it.
    pub handelse: Handelse,
    /// When, by whom and why, when that is known.
    pub vem: Option<String>,
}

/// All that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skillnad {
    /// What is compared.
    pub rubrik: String,
    /// The förbund's name.
    pub forbund: String,
    /// The earlier side.
    pub fore: Sidan,
    /// The later side.
    pub efter: Sidan,
    /// The texts that differ.
    pub texter: Vec<Textdel>,
    /// The figures that differ.
    pub siffror: Vec<Siffra>,
}

/// A piece of a text in a comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bit {
    /// The same on both sides.
    Lika(String),
    /// Only on the earlier side.
    Borta(String),
    /// Only on the later side.
    Ny(String),
}

/// So many lines, or words of a changed part, are compared one by one; the time grows with their product.
const MOST: usize = 2_000;

/// How a text became another, word by word; a part that is long and quite another stands as gone and new.
pub fn ord_for_ord(before: &str, after: &str) -> Vec<Bit> {
    let mut bits = Vec::new();
    let whole = |bits: &mut Vec<Bit>, old: &str, new: &str| {
        add(bits, ChangeTag::Delete, old);
        add(bits, ChangeTag::Insert, new);
    };
    if before.lines().count() > MOST || after.lines().count() > MOST {
        whole(&mut bits, before, after);
        return bits;
    }
    let lines = TextDiff::from_lines(before, after);
    for op in lines.ops() {
        let side = |range: std::ops::Range<usize>, of: &dyn Fn(usize) -> String| range.map(of).collect::<String>();
        let old = side(op.old_range(), &|at| lines.old_slice(at).unwrap_or_default().to_owned());
        let new = side(op.new_range(), &|at| lines.new_slice(at).unwrap_or_default().to_owned());
        let long = |text: &str| text.split_whitespace().count() > MOST;
        match op.tag() {
            DiffTag::Equal => add(&mut bits, ChangeTag::Equal, &old),
            DiffTag::Replace if !long(&old) && !long(&new) => {
                let words = TextDiff::from_words(&old, &new);
                words.iter_all_changes().for_each(|change| add(&mut bits, change.tag(), change.value()));
            }
            _ => whole(&mut bits, &old, &new),
        }
    }
    bits
}

/// Adds words, to the last bit when it is of the same kind.
fn add(bits: &mut Vec<Bit>, tag: ChangeTag, words: &str) {
    if words.is_empty() {
        return;
    }
    match (tag, bits.last_mut()) {
        (ChangeTag::Equal, Some(Bit::Lika(last)))
        | (ChangeTag::Delete, Some(Bit::Borta(last)))
        | (ChangeTag::Insert, Some(Bit::Ny(last))) => last.push_str(words),
        (ChangeTag::Equal, _) => bits.push(Bit::Lika(words.to_owned())),
        (ChangeTag::Delete, _) => bits.push(Bit::Borta(words.to_owned())),
        (ChangeTag::Insert, _) => bits.push(Bit::Ny(words.to_owned())),
    }
}

/// The differences as a document, to be printed as an appendix.
pub fn bilaga(skillnad: &Skillnad, day: Datum) -> Document {
    let mut sections = vec![inledning(skillnad)];
    if !skillnad.siffror.is_empty() {
        sections.push(siffror(skillnad));
        sections.push(uppgifter(skillnad));
    }
    if !skillnad.texter.is_empty() {
        sections.push(texter(skillnad));
    }
    Document {
        layout: Layout::Letter,
        title: "Vad har ändrats?".to_owned(),
        subtitle: skillnad.rubrik.clone(),
        organisation: skillnad.forbund.clone(),
        language: "sv".into(),
        per: skillnad.efter.per,
        withheld_under: None,
        meta: vec![
            ("Före".to_owned(), side(&skillnad.fore)),
            ("Efter".to_owned(), side(&skillnad.efter)),
            ("Upprättad".to_owned(), format::long_date(day)),
        ],
        foot: None,
        sections,
    }
}

fn side(side: &Sidan) -> String {
    format!("{}, uppgifter per {}", side.namn, format::long_date(side.per))
}

fn words(text: impl Into<String>) -> Vec<Inline> {
    vec![Inline::Text(text.into())]
}

fn inledning(skillnad: &Skillnad) -> Section {
    let mut section = Section::new("sammanfattning", "Sammanfattning");
    let told = match (skillnad.siffror.len(), skillnad.texter.len()) {
        (0, 0) => "Ingen siffra och ingen text skiljer sig.".to_owned(),
        (figures, 0) => format!("{} skiljer sig. Texterna är desamma.", counted(figures, "siffra", "siffror")),
        (0, texts) => format!("{} skiljer sig. Siffrorna är desamma.", counted(texts, "text", "texter")),
        (figures, texts) => format!(
            "{} och {} skiljer sig.",
            counted(figures, "siffra", "siffror"),
            counted(texts, "text", "texter").to_lowercase()
        ),
    };
    section.blocks.push(Block::Paragraph(words(told)));
    let mut facts: Vec<&Faktum> = skillnad.siffror.iter().flat_map(|figure| &figure.fakta).collect();
    facts.sort_by_key(|fact| (fact.slag, &fact.nyckel, fact.handelse));
    facts.dedup_by_key(|fact| (fact.slag, &fact.nyckel, fact.handelse));
    let kinds = Handelse::ALL.iter().filter_map(|kind| {
        let count = facts.iter().filter(|fact| fact.handelse == *kind).count();
        (count > 0)
            .then(|| words(format!("{}: {}", kind.text(), counted(count, "uppgift", "uppgifter").to_lowercase())))
    });
    let kinds: Vec<Vec<Inline>> = kinds.collect();
    if !kinds.is_empty() {
        section.blocks.push(Block::Paragraph(words("Det som hänt med uppgifterna bakom siffrorna:")));
        section.blocks.push(Block::List(kinds));
    }
    section
}

fn counted(count: usize, one: &str, many: &str) -> String {
    let said = format::in_words(i64::try_from(count).unwrap_or(i64::MAX), false);
    format::capital(&format!("{said} {}", if count == 1 { one } else { many }))
}

fn column(heading: &str, align: Align) -> Column {
    Column { group: None, heading: heading.to_owned(), align }
}

fn table(id: &str, caption: &str, corner: &str, columns: Vec<Column>, rows: Vec<Row>) -> Block {
    Block::Table(Table {
        id: id.to_owned(),
        label: None,
        caption: caption.to_owned(),
        corner: corner.to_owned(),
        columns,
        rows,
        footnotes: Vec::new(),
        remarks: Vec::new(),
    })
}

fn row(header: Cell, cells: Vec<Cell>) -> Row {
    Row::Data { header, sub: None, cells, kind: RowKind::Normal }
}

fn siffror(skillnad: &Skillnad) -> Section {
    let mut section = Section::new("siffror", "Siffror som skiljer sig");
    let cell = |value: &Value| Cell { value: value.clone(), figure: None, formula: None, notes: Vec::new() };
    let rows = skillnad.siffror.iter();
    let rows =
        rows.map(|figure| row(Cell::text(&figure.namn), vec![cell(&figure.fore), cell(&figure.efter)])).collect();
    let columns = vec![column("Före", Align::Right), column("Efter", Align::Right)];
    section.blocks.push(table("siffror-tabell", "Siffror före och efter", "Siffra", columns, rows));
    section
}

/// Each fact once, with what it said and says and who changed it.
fn uppgifter(skillnad: &Skillnad) -> Section {
    let mut section = Section::new("uppgifter", "Uppgifterna bakom");
    let mut facts: Vec<&Faktum> = skillnad.siffror.iter().flat_map(|figure| &figure.fakta).collect();
    facts.sort_by_key(|fact| (fact.slag, &fact.nyckel, &fact.fore, &fact.efter));
    facts.dedup();
    if facts.is_empty() {
        section.blocks.push(Block::Paragraph(words("Siffrorna skiljer sig av andra skäl än enskilda uppgifter.")));
        return section;
    }
    let rows = facts.into_iter().map(|fact| {
        let said = |side: &Option<String>| Cell::text(side.as_deref().unwrap_or("–"));
        let vem = Cell::text(fact.vem.as_deref().unwrap_or("–"));
        let cells = vec![Cell::text(fact.handelse.text()), said(&fact.fore), said(&fact.efter), vem];
        row(Cell::text(&fact.namn), cells)
    });
    let columns = ["Vad som hänt", "Före", "Efter", "När, vem och varför"].map(|heading| column(heading, Align::Left));
    section.blocks.push(table(
        "uppgifter-tabell",
        "Uppgifter som ändrats",
        "Uppgift",
        columns.to_vec(),
        rows.collect(),
    ));
    section
}

fn texter(skillnad: &Skillnad) -> Section {
    let mut section = Section::new("texter", "Texter som skiljer sig");
    for (number, part) in (1..).zip(&skillnad.texter) {
        let mut inner = Section::new(format!("text-{number}"), &part.rubrik);
        for (label, text) in [("Före", &part.fore), ("Efter", &part.efter)] {
            let said = if text.is_empty() { "–".to_owned() } else { text.replace("\n\n", " ").replace('\n', " ") };
            let label = Inline::Emphasis(format!("{label}: "));
            inner.blocks.push(Block::Paragraph(vec![label, Inline::Text(said)]));
        }
        section.sections.push(inner);
    }
    section
}

#[cfg(test)]
mod tests {
    use super::*;

    fn skillnad() -> Skillnad {
        let fact = Faktum {
            slag: "deltagare",
            nyckel: "D1".into(),
            namn: "Inskrivning D1".into(),
            fore: None,
            efter: Some("inskriven 2022-03-01".into()),
            handelse: Handelse::Sen,
            vem: Some("2022-10-01, Kim: rättat".into()),
        };
        let figure = |kolumn: &str| Siffra {
            id: FigureId::new("6", "summa", kolumn),
            namn: format!("Tabell 6: summa, {kolumn}"),
            fore: Value::Antal(277),
            efter: Value::Antal(278),
            fakta: vec![fact.clone()],
        };
        Skillnad {
            rubrik: "PM, version 1".into(),
            forbund: "Förbundet".into(),
            fore: Sidan { namn: "version 1".into(), per: "2022-08-30".parse().unwrap() },
            efter: Sidan { namn: "det som är känt".into(), per: "2022-12-31".parse().unwrap() },
            texter: vec![Textdel { rubrik: "Bakgrund".into(), fore: "Gammalt.".into(), efter: String::new() }],
            siffror: vec![figure("deltagit_S"), figure("inregistrerade_S")],
        }
    }

    #[test]
    fn a_fact_is_told_once_however_many_figures_it_changed() {
        let document = bilaga(&skillnad(), "2023-01-01".parse().unwrap());
        let rows: Vec<usize> = document.tables().iter().map(|table| table.rows.len()).collect();
        assert_eq!(rows, [2, 1]);
        let said = format!("{document:?}");
        assert!(said.contains("Två siffror och en text skiljer sig."), "{said}");
        assert!(said.contains("Kom in sent: en uppgift"));
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
        let none = Skillnad { texter: Vec::new(), siffror: Vec::new(), ..skillnad() };
        let document = bilaga(&none, "2023-01-01".parse().unwrap());
        assert_eq!(document.sections.len(), 1);
        assert!(format!("{document:?}").contains("Ingen siffra och ingen text skiljer sig."));
    }
}
