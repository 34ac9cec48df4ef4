//! The half-year follow-up report to the board.

pub(super) mod antal;
mod avslutade;
mod budget;
mod deltagare;
mod forsorjning;
mod insatser;
mod kvalitet;
mod mal;
pub(super) mod sammanfattning;
mod statistik;
mod utfall;

use crate::calc::Rakning;
use crate::insats::InsatsTyp;
use crate::rapport::skrivare::Skrivare;
use crate::underlag::InsatsNr;
use samsyn_document::{Document, Halvar, Row, Table, Text, format};

/// Builds the PM of the half-year that is counted.
pub fn pm(rakning: &Rakning<'_>) -> Document {
    let pm = Skrivare::new(rakning);
    let period = rakning.period;
    Document {
        layout: samsyn_document::Layout::Report,
        title: "Uppföljning av insatser".to_owned(),
        subtitle: format::capital(&kvartal(period)),
        organisation: rakning.underlag.forbund.clone(),
        language: "sv".into(),
        per: rakning.underlag.per,
        withheld_under: rakning.smatal().map(|smatal| smatal.threshold()),
        meta: vec![("Period".to_owned(), format!("{}–{}", period.first(), period.last()))],
        foot: None,
        sections: [
            Some(sammanfattning::inledning(&pm)),
            Some(sammanfattning::bakgrund(&pm)),
            Some(insatser::section(&pm)),
            Some(mal::section(&pm)),
            Some(budget::section(&pm)),
            Some(kvalitet::section(&pm)),
            Some(statistik::section(&pm)),
            Some(avslutade::section(&pm)),
            forsorjning::section(&pm),
            Some(sammanfattning::reflektioner(&pm)),
        ]
        .into_iter()
        .flatten()
        .collect(),
    }
}

/// `kvartal 1 och 2 2022`.
pub(crate) fn kvartal(period: Halvar) -> String {
    let [first, second] = period.quarters();
    format!("kvartal {} och {} {}", first.number(), second.number(), period.year())
}

/// The months from 1 January to the half-year's end: `januari–juni`.
fn manader(period: Halvar) -> &'static str {
    if period.number() == 1 { "januari–juni" } else { "januari–december" }
}

/// The half-year's own months.
fn halvarets_manader(period: Halvar) -> &'static str {
    if period.number() == 1 { "januari–juni" } else { "juli–december" }
}

/// The half-year's last day without the year: `30 juni`.
fn sista_dagen(period: Halvar) -> &'static str {
    if period.number() == 1 { "30 juni" } else { "31 december" }
}

/// The plural of an insats's typ.
fn typ_plural(typ: InsatsTyp) -> &'static str {
    match typ {
        InsatsTyp::Individ => "Individinsatser",
        InsatsTyp::Struktur => "Strukturinsatser",
        InsatsTyp::Kompetens => "Kompetensinsatser",
    }
}

/// A table without rows, to be filled.
fn table(number: u32, caption: impl Into<String>, corner: &str) -> Table {
    Table {
        id: format!("tabell-{number}"),
        label: Some(format!("Tabell {number}")),
        caption: caption.into(),
        corner: corner.to_owned(),
        columns: Vec::new(),
        rows: Vec::new(),
        footnotes: Vec::new(),
        remarks: Vec::new(),
    }
}

/// Rows of insatser under a heading for each typ.
fn rows_by_typ(pm: &Skrivare<'_, '_>, insatser: &[InsatsNr], mut row: impl FnMut(InsatsNr) -> Row) -> Vec<Row> {
    let mut rows = Vec::new();
    for &typ in InsatsTyp::ALL {
        let of_typ: Vec<InsatsNr> = insatser.iter().copied().filter(|&i| pm.insats(i).insats.typ == typ).collect();
        if !of_typ.is_empty() {
            rows.push(Row::Group { heading: typ_plural(typ).to_owned() });
            rows.extend(of_typ.into_iter().map(&mut row));
        }
    }
    rows
}

/// Adds a footnote to the table and gives its index.
fn footnote(table: &mut Table, text: Text) -> usize {
    table.footnotes.push(text);
    table.footnotes.len() - 1
}
