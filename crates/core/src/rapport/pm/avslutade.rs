//! Section 8: what each ended insats was for and what came of it.

use super::mal::{goal, quoted};
use crate::rapport::skrivare::Skrivare;
use crate::underlag::{InsatsNr, InsatsUnderlag};
use samsyn_document::{Block, Inline, Section, Text, format};

pub(super) fn section(pm: &Skrivare<'_, '_>) -> Section {
    let mut section = Section::new("avslutade", "Avslutade insatser");
    let ended = &pm.rakning.rader.avslutade;
    if ended.is_empty() {
        section.blocks.push(pm.paragraph("Ingen insats har avslutats under halvåret.", &[]));
    }
    section.sections = ended.iter().map(|&insats| one(pm, insats)).collect();
    section
}

fn one(pm: &Skrivare<'_, '_>, insats: InsatsNr) -> Section {
    let of = pm.insats(insats);
    let id = of.insats.insats_id.as_str();
    let mut section = Section::new(format!("avslutad-{id}"), &of.insats.namn);
    if let Some(period) = of.period() {
        let days = [format::long_date(period.start), format::long_date(period.slut)];
        let owner = &of.insats.insatsagare;
        section.blocks.push(pm.paragraph(
            "Insatsen pågick från den {0} till och med den {1}. Insatsägare: {2}.",
            &[&days[0], &days[1], owner],
        ));
    }
    let parties = if of.parter.is_empty() {
        vec![Inline::Text("Parter: ".to_owned()), Inline::Placeholder("parter".to_owned())]
    } else {
        pm.text("Parter: {0}.", &[&format::list(&of.parter)])
    };
    section.blocks.push(Block::Paragraph(parties));
    let place = |label: &str, what: &str| {
        Block::Paragraph(vec![Inline::Text(format!("{label}: ")), Inline::Placeholder(what.to_owned())])
    };
    let report = of.slutrapport.as_ref();
    match report.and_then(|report| report.syfte.as_deref()) {
        Some(said) => section.blocks.extend(own_words("Syfte", said)),
        None => section.blocks.push(place("Syfte", "insatsens syfte")),
    }
    if of.mal.is_empty() {
        section.blocks.push(place("Mål", "insatsens mål"));
    } else {
        section.blocks.push(pm.paragraph("Mål och utfall:", &[]));
        section.blocks.push(Block::List(of.mal.iter().map(|mal| goal(pm, insats, mal)).collect()));
    }
    match report.and_then(|report| report.lardomar.as_deref()) {
        Some(said) => section.blocks.extend(own_words("Lärdomar", said)),
        None => section.blocks.push(place("Lärdomar", "lärdomar ur slutrapporten")),
    }
    let comments = comments(pm, of);
    if !comments.is_empty() {
        section.blocks.push(pm.paragraph("Parternas kommentarer:", &[]));
        section.blocks.push(Block::List(comments));
    }
    section
}

/// A text in its paragraphs, the first one with what it is.
fn own_words(label: &str, said: &str) -> Vec<Block> {
    let lines = said.lines().map(str::trim).filter(|line| !line.is_empty()).enumerate();
    let text = |(i, line): (usize, &str)| if i == 0 { format!("{label}: {line}") } else { line.to_owned() };
    lines.map(text).map(|text| Block::Paragraph(vec![Inline::Text(text)])).collect()
}

/// The comment of each party, or its place; and of those who commented without being known as parties.
fn comments(pm: &Skrivare<'_, '_>, of: &InsatsUnderlag) -> Vec<Text> {
    let others = of.partskommentarer.iter().map(|said| &said.part).filter(|part| !of.parter.contains(part));
    let one = |part: &String| match of.partskommentarer.iter().find(|said| said.part == *part) {
        Some(said) => pm.text("{0}: ”{1}”.", &[part, &quoted(&said.kommentar)]),
        None => vec![Inline::Text(format!("{part}: ")), Inline::Placeholder("partens kommentar".to_owned())],
    };
    of.parter.iter().chain(others).map(one).collect()
}
