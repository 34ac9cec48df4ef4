//! The forecast of a year's outcome per insats, beside the budget and what people themselves have forecast.

use crate::calc::source::{provade, utan_prognos};
use crate::calc::tabeller::ekonomi::{egen_prognos, prognosrader, prognostabell};
use crate::calc::{Rakning, prognoser as figures};
use crate::rapport::skrivare::{Skrivare, brev, right};
use samsyn_document::{Belopp, Block, Cell, Document, Inline, Kvot, RowKind, Section, Table, Unit, Value, format};

/// Builds the forecast of the counted year, from the claims that are known.
pub fn prognos(rakning: &Rakning<'_>) -> Document {
    let writer = Skrivare::of(rakning, figures(rakning));
    let ar = rakning.period.year();
    brev(
        rakning,
        format!("Prognos {ar}"),
        "Insatsernas utfall för året",
        vec![outcome(&writer, ar), method(&writer, ar)],
    )
}

fn outcome(writer: &Skrivare<'_, '_>, ar: u16) -> Section {
    let mut section = Section::new("prognos", "Utfall och prognos");
    let tabell = prognostabell(ar);
    if prognosrader(writer.rakning.underlag, ar).is_empty() {
        section.blocks.push(Block::Notice(
            writer.text("Ingen budget och ingen rekvisition är känd för {0}.", &[&ar.to_string()]),
        ));
        return section;
    }
    if writer.shows(&tabell, "summa", "prognos_tkr") {
        let text = format!(
            "Av årets budget på {{{tabell}/summa/budget_tkr}} har {{{tabell}/summa/utfall_tkr}} rekvirerats. Prognosen för \
             hela {ar} är {{{tabell}/summa/prognos_tkr}}."
        );
        section.blocks.push(writer.paragraph(&text, &[]));
    }
    section.blocks.push(Block::Table(table(writer, ar)));
    section
}

fn table(writer: &Skrivare<'_, '_>, ar: u16) -> Table {
    let underlag = writer.rakning.underlag;
    let tabell = prognostabell(ar);
    let own = egen_prognos(&underlag.ekonomi, ar);
    let mut columns = vec![right("Budget"), right("Utfall hittills"), right("Prognos")];
    let mut kolumner = vec!["budget_tkr", "utfall_tkr", "prognos_tkr"];
    if own.is_some() {
        columns.push(right("Egen prognos"));
        kolumner.push("egen_prognos_tkr");
    }
    let rows = prognosrader(underlag, ar);
    let mut all: Vec<_> = rows.iter().map(|&insats| writer.rad(&tabell, insats, &kolumner)).collect();
    let sum = kolumner.iter().map(|kolumn| writer.cell(&tabell, "summa", kolumn)).collect();
    all.push(writer.namngiven_rad("Alla insatser", RowKind::Sum, sum));
    let mut remarks =
        vec![writer.text("En prognos är avrundad efter hur säker den är; summan räknas före avrundning.", &[])];
    let unknown = utan_prognos(underlag, ar);
    if !unknown.is_empty() {
        let names: Vec<String> = unknown.iter().map(|&insats| writer.namn(insats)).collect();
        let text = "Summan av prognoserna saknas: inget är rekvirerat som säger hur mycket {0} kommer att använda.";
        remarks.push(writer.text(text, &[&format::list(&names)]));
    }
    if let Some(day) = own.and_then(|(plan, _)| underlag.ekonomi.planer[plan].datum) {
        let text = "Egen prognos är den som står i planen till styrelsens möte den {0}. Summan är planens, med det som där \
                    väntas bli över.";
        remarks.push(writer.text(text, &[&format::long_date(day)]));
    }
    Table {
        id: tabell,
        label: None,
        caption: format!("Prognos för {ar}, tkr"),
        corner: "Insats".to_owned(),
        columns,
        rows: all,
        footnotes: Vec::new(),
        remarks,
    }
}

/// How it is made, and how wrong it would have been.
fn method(writer: &Skrivare<'_, '_>, ar: u16) -> Section {
    let mut section = Section::new("metod", "Så är prognosen gjord");
    section.blocks.push(writer.paragraph(
        "Till det som har rekvirerats läggs budgeten för de kvartal som återstår, gånger den andel av budgeten som insatsen \
         använde samma kvartal tidigare år. Har insatsen inga tidigare år används alla insatsers andel, och finns inget \
         tidigare år den andel som insatsen, eller annars alla insatser, har använt hittills.",
        &[],
    ));
    let tried = provade(writer.rakning.underlag, ar, None);
    if tried.is_empty() {
        section.blocks.push(Block::Notice(vec![Inline::Text(
            "Inget tidigare år är helt känt, så det går inte att säga hur fel prognosen brukar bli.".to_owned(),
        )]));
        return section;
    }
    let tkr = |amount: Belopp| Cell { value: Value::Belopp(amount, Unit::Tkr), ..Cell::empty() };
    let rows = tried.iter().map(|one| {
        let error = Kvot::new((one.prognos - one.utfall).ore(), one.utfall.ore()).map_or(Value::Missing, Value::Andel);
        let cells = vec![tkr(one.prognos), tkr(one.utfall), Cell { value: error, ..Cell::empty() }];
        writer.namngiven_rad(&one.ar.to_string(), RowKind::Normal, cells)
    });
    section.blocks.push(Block::Table(Table {
        id: "prognosfel".to_owned(),
        label: None,
        caption: "Samma metod på tidigare år, efter samma kvartal, tkr".to_owned(),
        corner: "År".to_owned(),
        columns: vec![right("Prognos"), right("Utfall"), right("Fel")],
        rows: rows.collect(),
        footnotes: Vec::new(),
        remarks: vec![writer.text("Fel är prognos minus utfall, i procent av utfallet.", &[])],
    }));
    section
}
