//! Section 6: nine questions on the work of the styrgrupper.

use super::{rows_by_typ, table};
use crate::calc::Fraga;
use crate::rapport::skrivare::{Skrivare, left};
use samsyn_document::{Block, Section, Text, format};

/// How a question is told: its heading in the table, its own heading, and its sentences.
struct Told {
    fraga: Fraga,
    column: &'static str,
    heading: &'static str,
    /// Who answer in the way that needs no remark, after "I sju av tolv insatser".
    good: &'static str,
    /// The answer that is good.
    kod: &'static str,
    /// What introduces those that answer otherwise.
    other: &'static str,
}

const TOLD: [Told; 9] = [
    Told {
        fraga: Fraga::Styrgruppsmoten,
        column: "Styrgruppsmöten",
        heading: "Styrgruppsmöten enligt avtal",
        good: "har styrgruppen mötts så ofta som avtalet säger",
        kod: "ja",
        other: "Möten saknas i",
    },
    Told {
        fraga: Fraga::OrdinarieRepresentation,
        column: "Ordinarie ledamöter",
        heading: "Ordinarie representation i styrgruppen",
        good: "har de ordinarie ledamöterna varit med på mötena",
        kod: "ja",
        other: "Någon ordinarie ledamot har varit borta vid minst ett möte i",
    },
    Told {
        fraga: Fraga::Uppfoljning,
        column: "Uppföljning",
        heading: "Uppföljning enligt avtal",
        good: "har uppföljningen registrerats som avtalat",
        kod: "ja",
        other: "Uppföljningen är inte fullständig i",
    },
    Told {
        fraga: Fraga::KontrollMetod,
        column: "Metod",
        heading: "Kontroll av metod",
        good: "har styrgruppen kontrollerat att metoden är den som ansökan anger",
        kod: "ja",
        other: "Metoden stämde inte alla kvartal i",
    },
    Told {
        fraga: Fraga::KontrollMalgrupp,
        column: "Målgrupp",
        heading: "Kontroll av målgrupp",
        good: "har styrgruppen kontrollerat att målgruppen är den som ansökan anger",
        kod: "ja",
        other: "Målgruppen stämde inte alla kvartal i",
    },
    Told {
        fraga: Fraga::Jamlikhet,
        column: "Jämlikhet",
        heading: "Jämlikhet",
        good: "har jämlikhet tagits upp i styrgruppen eller i det löpande arbetet",
        kod: "ja",
        other: "Jämlikhet har inte tagits upp varje kvartal i",
    },
    Told {
        fraga: Fraga::Jamstalldhet,
        column: "Jämställdhet",
        heading: "Jämställdhet",
        good: "har jämställdhet tagits upp i styrgruppen eller i det löpande arbetet",
        kod: "ja",
        other: "Jämställdhet har inte tagits upp varje kvartal i",
    },
    Told {
        fraga: Fraga::ImplementeringDiskuterad,
        column: "Implementering",
        heading: "Förutsättningar för implementering",
        good: "har styrgruppen talat om vad som krävs för att arbetssättet ska bli kvar efter insatsen",
        kod: "ja",
        other: "Frågan har inte tagits upp varje kvartal i",
    },
    Told {
        fraga: Fraga::AvvikelseMalgruppMetod,
        column: "Avvikelse målgrupp eller metod",
        heading: "Avvikelse i målgrupp eller metod",
        good: "finns ingen avvikelse i målgrupp eller metod",
        kod: "nej",
        other: "Avvikelse har rapporterats av",
    },
];

pub(super) fn section(pm: &Skrivare<'_, '_>) -> Section {
    let mut section = Section::new("kvalitet", "Kvalitetssäkring");
    section.blocks.push(pm.paragraph(
        "Styrgrupperna svarar varje kvartal på nio frågor. Halvårets svar är ja först när alla kvartal svarar ja; en \
         avvikelse räknas om något kvartal har den.",
        &[],
    ));
    let mut table = table(5, "Kvalitetssäkring", "Insats");
    table.columns = TOLD.iter().map(|told| left(told.column)).collect();
    let kolumner: Vec<&str> = TOLD.iter().map(|told| told.fraga.kolumn()).collect();
    table.rows = rows_by_typ(pm, &pm.rakning.rader.tabell_2, |insats| pm.rad("5", insats, &kolumner));
    if table.rows.is_empty() {
        section.blocks.push(pm.paragraph("Ingen insats hör till halvåret.", &[]));
        return section;
    }
    section.blocks.push(Block::Table(table));
    for told in &TOLD {
        let mut part = Section::new(format!("kvalitet-{}", told.fraga.kolumn().replace('_', "-")), told.heading);
        part.blocks.push(Block::Paragraph(paragraph(pm, told)));
        section.sections.push(part);
    }
    section
}

fn paragraph(pm: &Skrivare<'_, '_>, told: &Told) -> Text {
    let rad = told.fraga.kolumn();
    let answered = pm.antal("svar", rad, "antal");
    if answered == 0 {
        return pm.text("Ingen insats har svarat.", &[]);
    }
    if pm.antal("svar", rad, told.kod) == answered && answered > 1 {
        let who = if answered < pm.rakning.rader.tabell_2.len() as i64 { " som har svarat" } else { "" };
        return pm.text("I alla insatser{0} {1}.", &[who, told.good]);
    }
    let counts = format!(
        "I {{ord svar/{rad}/{}}} av {{ord svar/{rad}/antal}} {{välj svar/{rad}/antal insats|insatser}} {}.",
        told.kod, told.good
    );
    let mut text = pm.text(&counts, &[]);
    let others: Vec<String> = ["ja", "delvis", "nej"]
        .into_iter()
        .filter(|kod| *kod != told.kod)
        .flat_map(|kod| told.fraga.insatser_with(pm.rakning, kod))
        .map(|insats| pm.namn(insats))
        .collect();
    if !others.is_empty() {
        text.extend(pm.text(" {0} {1}.", &[told.other, &format::list(&others)]));
    }
    text
}
