//! The differences as a document, to be printed as an appendix. On paper each figure refers by number to the facts that
//! moved it, and what is gone and new in a text is told in words.

use super::{Bit, Faktum, Handelse, Siffra, Skillnad, Textdel, ord_for_ord};
use samsyn_document::{
    Align, Block, Cell, Column, Datum, Document, Inline, Layout, Row, RowKind, Section, Table, Value, format,
};
use std::collections::HashMap;

/// The differences as a document made on a day.
pub fn bilaga(skillnad: &Skillnad, day: Datum) -> Document {
    let facts = numbered(skillnad);
    let mut sections = vec![inledning(skillnad, &facts)];
    if !skillnad.siffror.is_empty() {
        sections.push(siffror(skillnad, &facts));
        sections.push(uppgifter(skillnad, &facts));
    }
    if !skillnad.texter.is_empty() {
        sections.push(texter(&skillnad.texter));
    }
    let mut meta = Vec::new();
    for (label, side) in [("Före", &skillnad.fore), ("Efter", &skillnad.efter)] {
        meta.push((label.to_owned(), format::capital(&side.namn)));
        meta.extend(side.om.iter().cloned());
    }
    meta.push(("Upprättad".to_owned(), format::long_date(day)));
    Document {
        layout: Layout::Letter,
        title: "Vad har ändrats?".to_owned(),
        subtitle: skillnad.rubrik.clone(),
        organisation: skillnad.forbund.clone(),
        language: "sv".into(),
        per: skillnad.efter.per,
        withheld_under: None,
        meta,
        foot: skillnad.har_enskilda().then(|| FAR_INTE_SPRIDAS.to_owned()),
        sections,
    }
}

/// What is said of an appendix that tells of single inskrivningar.
const FAR_INTE_SPRIDAS: &str = "Innehåller enskilda inskrivningar. Får inte spridas.";

/// A fact with what it says in every figure that it moved.
struct Numrerad<'s> {
    faktum: &'s Faktum,
    fore: Vec<&'s str>,
    efter: Vec<&'s str>,
}

/// The facts, each once, in the order in which the figures tell of them.
fn numbered(skillnad: &Skillnad) -> Vec<Numrerad<'_>> {
    let mut at = HashMap::new();
    let mut facts: Vec<Numrerad<'_>> = Vec::new();
    for fact in skillnad.siffror.iter().flat_map(|figure| &figure.fakta) {
        let place = *at.entry((fact.slag, fact.nyckel.as_str())).or_insert(facts.len());
        if place == facts.len() {
            facts.push(Numrerad { faktum: fact, fore: Vec::new(), efter: Vec::new() });
        }
        if let Some(known) = facts.get_mut(place) {
            known.fore.extend(fact.fore.as_deref());
            known.efter.extend(fact.efter.as_deref());
        }
    }
    facts
}

fn words(text: impl Into<String>) -> Vec<Inline> {
    vec![Inline::Text(text.into())]
}

fn inledning(skillnad: &Skillnad, facts: &[Numrerad<'_>]) -> Section {
    let mut section = Section::new("sammanfattning", "Sammanfattning");
    if skillnad.har_enskilda() {
        section.blocks.push(Block::Notice(words(FAR_INTE_SPRIDAS)));
    }
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
    if skillnad.sma_tal.is_some() {
        let told = "Antal personer jämförs inte här, inte heller andelar och kostnader av dem: skillnaden mellan två dagar \
                    skulle avslöja små antal. I texterna står … i stället för tal.";
        section.blocks.push(Block::Paragraph(words(told)));
    }
    let of = |kind: Handelse| facts.iter().filter(|fact| fact.faktum.handelse == kind).count();
    let shown = Handelse::ALL.iter().map(|&kind| (kind, of(kind))).filter(|(_, count)| *count > 0);
    let shown = shown.map(|(kind, count)| (kind, counted(count, "uppgift", "uppgifter").to_lowercase()));
    listed(&mut section, "Det som hänt med uppgifterna bakom siffrorna:", shown.collect());
    let hidden = skillnad.dolda.iter().map(|(kind, count)| {
        let told = match skillnad.sma_tal.map(i64::from) {
            Some(least) if size(*count) < least => {
                format!("färre än {} inskrivningar", format::in_words(least, false))
            }
            _ => counted(*count, "inskrivning", "inskrivningar").to_lowercase(),
        };
        (*kind, told)
    });
    listed(&mut section, "Inskrivningar som inte visas en och en:", hidden.collect());
    section
}

/// What happened, and to how many.
fn listed(section: &mut Section, heading: &str, kinds: Vec<(Handelse, String)>) {
    if !kinds.is_empty() {
        section.blocks.push(Block::Paragraph(words(heading)));
        let items = kinds.into_iter().map(|(kind, told)| words(format!("{}: {told}", kind.text())));
        section.blocks.push(Block::List(items.collect()));
    }
}

fn size(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn counted(count: usize, one: &str, many: &str) -> String {
    let said = format::in_words(size(count), false);
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

fn siffror(skillnad: &Skillnad, facts: &[Numrerad<'_>]) -> Section {
    let mut section = Section::new("siffror", "Siffror som skiljer sig");
    if !facts.is_empty() {
        let told = "Talen i kolumnen Beror på är numren på uppgifterna i nästa avsnitt.";
        section.blocks.push(Block::Paragraph(words(told)));
    }
    let numbers: HashMap<(&str, &str), usize> =
        facts.iter().zip(1..).map(|(fact, nr)| ((fact.faktum.slag, fact.faktum.nyckel.as_str()), nr)).collect();
    let cell = |value: &Value| match value {
        Value::Belopp(..) => Cell::text(format::in_text(value)),
        _ => Cell { value: value.clone(), figure: None, formula: None, notes: Vec::new() },
    };
    let rows = skillnad.siffror.iter().map(|figure| {
        let because = Cell::text(because(figure, &numbers));
        row(Cell::text(&figure.namn), vec![cell(&figure.fore), cell(&figure.efter), because])
    });
    let columns = vec![column("Före", Align::Right), column("Efter", Align::Right), column("Beror på", Align::Left)];
    section.blocks.push(table("siffror-tabell", "Siffror före och efter", "Siffra", columns, rows.collect()));
    section
}

/// So many numbers or ranges of them are told of one figure.
const MOST: usize = 6;

/// The numbers of the facts that moved a figure: `1, 4, 7–12`; and how many inskrivningar are not told.
fn because(figure: &Siffra, numbers: &HashMap<(&str, &str), usize>) -> String {
    let of = |fact: &Faktum| numbers.get(&(fact.slag, fact.nyckel.as_str())).copied();
    let mut all: Vec<usize> = figure.fakta.iter().filter_map(of).collect();
    all.sort_unstable();
    all.dedup();
    let mut told: Vec<String> = all.chunk_by(|one, next| *next == one + 1).flat_map(range).collect();
    let more = told.len() > MOST;
    told.truncate(MOST);
    let told = format!("{}{}", told.join(", "), if more { " m.fl." } else { "" });
    match (told.is_empty(), figure.dolda) {
        (true, 0) => format::MISSING.to_owned(),
        (false, 0) => told,
        (true, hidden) => counted(hidden, "inskrivning", "inskrivningar").to_lowercase(),
        (false, hidden) => format!("{told} och {}", counted(hidden, "inskrivning", "inskrivningar").to_lowercase()),
    }
}

/// Numbers that follow on each other, from three as a range.
fn range(run: &[usize]) -> Vec<String> {
    match run {
        [first, _, .., last] => vec![format!("{first}–{last}")],
        _ => run.iter().map(usize::to_string).collect(),
    }
}

/// Each fact once under its number, with what it said and says and who changed it.
fn uppgifter(skillnad: &Skillnad, facts: &[Numrerad<'_>]) -> Section {
    let mut section = Section::new("uppgifter", "Uppgifterna bakom");
    if facts.is_empty() {
        let hidden = skillnad.siffror.iter().any(|figure| figure.dolda > 0);
        let told = if hidden {
            "Uppgifterna är enskilda inskrivningar, som inte visas en och en."
        } else {
            "Siffrorna skiljer sig av andra skäl än enskilda uppgifter."
        };
        section.blocks.push(Block::Paragraph(words(told)));
        return section;
    }
    let rows = facts.iter().zip(1..).map(|(fact, nr)| {
        let Faktum { namn, handelse, vem, .. } = fact.faktum;
        let (fore, efter) = (common(&fact.fore), common(&fact.efter));
        let efter = if fore.is_some() && fore == efter { Some("detsamma".to_owned()) } else { efter };
        let said = |side: Option<String>| Cell::text(side.unwrap_or_else(|| format::MISSING.to_owned()));
        let vem = Cell::text(vem.as_deref().unwrap_or(format::MISSING));
        row(Cell::text(format!("{nr}. {namn}")), vec![Cell::text(handelse.text()), said(fore), said(efter), vem])
    });
    let columns = ["Vad som hänt", "Före", "Efter", "När, vem och varför"].map(|heading| column(heading, Align::Left));
    let rows = rows.collect();
    section.blocks.push(table("uppgifter-tabell", "Uppgifter som ändrats", "Uppgift", columns.to_vec(), rows));
    section
}

/// What a fact says in all the figures that it moved; what it says in one of them only, that figure tells.
fn common(said: &[&str]) -> Option<String> {
    let (first, others) = said.split_first()?;
    let stands = |part: &&str| others.iter().all(|other| other.split(", ").any(|known| known == *part));
    let kept: Vec<&str> = first.split(", ").filter(stands).collect();
    Some(if kept.is_empty() { (*first).to_owned() } else { kept.join(", ") })
}

fn texter(parts: &[Textdel]) -> Section {
    let mut section = Section::new("texter", "Texter som skiljer sig");
    let told = "Det som tagits bort står som [borttaget: …] och det som kommit till som [nytt: …]. Av text som är \
                densamma visas det närmaste; resten är … .";
    section.blocks.push(Block::Paragraph(words(told)));
    for (number, part) in (1..).zip(parts) {
        let mut inner = Section::new(format!("text-{number}"), &part.rubrik);
        let bits = joined(ord_for_ord(&part.fore, &part.efter));
        let mut pieces = Vec::new();
        for (at, bit) in bits.iter().enumerate() {
            match bit {
                Bit::Lika(same) => {
                    pieces.push(Inline::Text(shortened(&one_line(same), at > 0, at + 1 < bits.len())));
                }
                Bit::Borta(gone) => marked(&mut pieces, "borttaget", gone),
                Bit::Ny(new) => marked(&mut pieces, "nytt", new),
            }
        }
        inner.blocks.push(Block::Paragraph(pieces));
        section.sections.push(inner);
    }
    section
}

/// Changed words with nothing but space between them as one: `30 augusti` for `22 november`.
fn joined(bits: Vec<Bit>) -> Vec<Bit> {
    fn flush(all: &mut Vec<Bit>, gone: &mut String, new: &mut String) {
        let (gone, new) = (std::mem::take(gone), std::mem::take(new));
        all.extend((!gone.trim().is_empty()).then_some(Bit::Borta(gone)));
        all.extend((!new.trim().is_empty()).then_some(Bit::Ny(new)));
    }
    let (mut all, mut gone, mut new) = (Vec::new(), String::new(), String::new());
    for bit in bits {
        match bit {
            Bit::Borta(words) => gone.push_str(&words),
            Bit::Ny(words) => new.push_str(&words),
            Bit::Lika(space) if space.trim().is_empty() && !(gone.is_empty() && new.is_empty()) => {
                gone.push_str(&space);
                new.push_str(&space);
            }
            Bit::Lika(same) => {
                flush(&mut all, &mut gone, &mut new);
                all.push(Bit::Lika(same));
            }
        }
    }
    flush(&mut all, &mut gone, &mut new);
    all
}

/// Words that are gone or new, marked as such, with the space around them that they had.
fn marked(pieces: &mut Vec<Inline>, what: &str, words: &str) {
    let follows = matches!(pieces.last(), Some(Inline::Emphasis(_)));
    if follows || words.starts_with(char::is_whitespace) {
        pieces.push(Inline::Text(" ".to_owned()));
    }
    pieces.push(Inline::Emphasis(format!("[{what}: {}]", one_line(words.trim()))));
    if words.ends_with(char::is_whitespace) {
        pieces.push(Inline::Text(" ".to_owned()));
    }
}

fn one_line(text: &str) -> String {
    text.replace("\n\n", " ").replace('\n', " ")
}

/// So many words are kept on each side of what has changed.
const NEAR: usize = 15;

/// The words next to what has changed before and after them.
fn shortened(text: &str, after: bool, before: bool) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    let (head, tail) = (if after { NEAR } else { 0 }, if before { NEAR } else { 0 });
    if words.len() <= head + tail + 1 {
        return text.to_owned();
    }
    let (first, last) = (words[..head].join(" "), words[words.len() - tail..].join(" "));
    [first.as_str(), "…", last.as_str()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}
