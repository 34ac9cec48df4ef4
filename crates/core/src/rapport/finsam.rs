//! Uppföljning Finsam: the head counts per insats and sex that the national follow-up asks for.

use crate::calc::tabeller::finsam::MATT;
use crate::calc::{Rakning, finsam as figures};
use crate::insats::InsatsTyp;
use crate::rapport::pm::antal;
use crate::rapport::skrivare::{Skrivare, brev, right, right_in};
use samsyn_document::{Block, Document, RowKind, Section, Table, format};

/// Builds the table of what is counted from 1 January to the half-year's end: for a whole year, that of its second
/// half-year.
pub fn finsam(rakning: &Rakning<'_>) -> Document {
    let writer = Skrivare::of(rakning, figures(rakning));
    let period = rakning.period;
    let year = period.year().to_string();
    let when = if period.number() == 1 { format!("januari–juni {year}") } else { year };
    let mut section = Section::new("finsam", format!("Deltagare {when}"));
    let (per, last) = (rakning.underlag.per, period.last());
    if per < last {
        section.blocks.push(Block::Notice(writer.text(
            "Perioden var inte slut den {0}. Siffrorna är preliminära, och pågående är de som pågick då.",
            &[&format::long_date(per)],
        )));
    }
    section.blocks.push(writer.paragraph(
        "Antalen är inskrivningar: en person som deltar i två insatser räknas en gång i vardera. Anonyma är med bara i \
         den sista kolumnen.",
        &[],
    ));
    section.blocks.push(Block::Table(table(&writer, &when)));
    Document {
        withheld_under: rakning.smatal().map(|smatal| smatal.threshold()),
        ..brev(rakning, "Uppföljning Finsam", when, vec![section])
    }
}

fn table(writer: &Skrivare<'_, '_>, when: &str) -> Table {
    let rakning = writer.rakning;
    let mut table = Table {
        id: "finsam".to_owned(),
        label: None,
        caption: format!("Deltagare per insats och kön, {when}"),
        corner: "Insats".to_owned(),
        columns: Vec::new(),
        rows: Vec::new(),
        footnotes: Vec::new(),
        remarks: Vec::new(),
    };
    let last = format::long_date(rakning.underlag.per.min(rakning.period.last()));
    let headings = [
        "Nya".to_owned(),
        "Har deltagit".to_owned(),
        "Avslutade".to_owned(),
        format!("Pågående {last}"),
        "Till arbete eller studier".to_owned(),
    ];
    let mut kolumner = Vec::new();
    for (heading, (name, _)) in headings.iter().zip(MATT) {
        for (letter, label) in [("K", "K"), ("M", "M"), ("S", "S:a")] {
            table.columns.push(right_in(heading, label));
            kolumner.push(format!("{name}_{letter}"));
        }
    }
    table.columns.push(right("Anonyma"));
    kolumner.push("anonyma".to_owned());
    let kolumner: Vec<&str> = kolumner.iter().map(String::as_str).collect();
    let chains = rakning.rader.tabell_6.iter().map(|&kedja| rakning.underlag.kedjor[kedja].forsta);
    table.rows = chains.map(|insats| writer.rad("finsam", insats, &kolumner)).collect();
    let sum = kolumner.iter().map(|kolumn| writer.cell("finsam", "summa", kolumn)).collect();
    table.rows.push(writer.namngiven_rad("Summa", RowKind::Sum, sum));
    table.remarks.push(writer.text("K = kvinnor, M = män, S:a = summa.", &[]));
    table.remarks.extend(antal::whose(writer).into_iter().chain(antal::unknown(writer)));
    let empty = without_anyone(writer);
    if !empty.is_empty() {
        let names = format::list(&empty);
        table.remarks.push(writer.text("Individinsatser som pågått utan deltagare: {0}.", &[&names]));
    }
    table
}

/// Individinsatser that ran since 1 January, of chains in which nobody has taken part.
fn without_anyone(writer: &Skrivare<'_, '_>) -> Vec<String> {
    let rakning = writer.rakning;
    let runs = |&insats: &usize| {
        let of = &rakning.underlag.insatser[insats];
        of.insats.typ == InsatsTyp::Individ
            && of.pagar(rakning.period.year_start(), rakning.period.last())
            && !rakning.rader.tabell_6.contains(&of.kedja)
    };
    (0..rakning.underlag.insatser.len()).filter(runs).map(|insats| writer.namn(insats)).collect()
}
