//! The one-page paper that goes to the board with a PM: proposal as att-clauses, the matter, annex.

use crate::calc::Rakning;
use crate::rapport::pm::{kvartal, sammanfattning};
use crate::rapport::skrivare::{Skrivare, brev};
use samsyn_document::{Block, Document, Inline, Section, format};

/// Builds the paper for the PM of the half-year that is counted.
pub fn tjansteskrivelse(rakning: &Rakning<'_>) -> Document {
    let pm = Skrivare::new(rakning);
    let matter = format!("Uppföljning av insatser, {}", kvartal(rakning.period));
    Document {
        withheld_under: rakning.smatal().map(|smatal| smatal.threshold()),
        meta: vec![("Till".to_owned(), "Styrelsen".to_owned())],
        ..brev(
            rakning,
            matter.clone(),
            "Tjänsteskrivelse",
            vec![proposal(&pm, &matter), the_matter(&pm), annex(&matter)],
        )
    }
}

fn proposal(pm: &Skrivare<'_, '_>, matter: &str) -> Section {
    let mut section = Section::new("forslag", "Förslag till beslut");
    section.blocks.push(pm.paragraph("Styrelsen föreslås besluta", &[]));
    let document = matter.replacen('U', "u", 1);
    section.blocks.push(Block::List(vec![pm.text("att lägga {0}, till handlingarna.", &[&document])]));
    section
}

fn the_matter(pm: &Skrivare<'_, '_>) -> Section {
    let mut section = Section::new("arendet", "Ärendet");
    let period = format::halvar(pm.rakning.period);
    section.blocks.push(pm.paragraph(
        "Kansliet följer varje halvår upp de insatser som förbundet finansierar. I bilagan redovisas {0}. Under \
         halvåret har {ord nyckeltal/insatser/antal} {välj nyckeltal/insatser/antal insats|insatser} varit i gång.",
        &[&period],
    ));
    if pm.antal("svar", "trafikljus", "antal") > 0 {
        section.blocks.push(Block::Paragraph(sammanfattning::phases(pm)));
    }
    section.blocks.extend(sammanfattning::results(pm));
    section
}

fn annex(matter: &str) -> Section {
    let mut section = Section::new("bilaga", "Bilaga");
    section.blocks.push(Block::Paragraph(vec![Inline::Text(format!("PM {matter}"))]));
    section.blocks.push(Block::Paragraph(vec![
        Inline::Text("Förbundschef: ".to_owned()),
        Inline::Placeholder("namn".to_owned()),
    ]));
    section
}
