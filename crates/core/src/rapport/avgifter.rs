//! Member fees of a year, as a paper to the board: proposal as att-clauses, the matter, and what each member pays.

use crate::calc::avgift::{self, Avgifter, Betalare, Hinder};
use crate::calc::tabeller::ekonomi::{avgiftstabell, betalare};
use crate::calc::{Rakning, avgifter as figures};
use crate::rapport::skrivare::{Skrivare, brev, right};
use crate::underlag::Ekonomi;
use samsyn_document::{Block, Column, Document, Inline, Row, RowKind, Section, Table, format};

/// Builds the paper on a year's fees. Without a sum for the year it says what is missing.
pub fn avgifter(rakning: &Rakning<'_>, ar: u16) -> Document {
    let writer = Skrivare::of(rakning, figures(rakning, ar));
    let ekonomi = &rakning.underlag.ekonomi;
    let found = avgift::totalen(ekonomi, ar).map(|(total, _)| avgift::avgifter(ekonomi, ar, total));
    let decided = ekonomi.medlemsavgifter.iter().find(|fees| fees.ar == ar).and_then(|fees| fees.beslutad);
    let mut sections = Vec::new();
    match &found {
        None => sections.push(missing(&format!(
            "Summan av medlemsavgifterna för {ar} är inte angiven. Ange den, eller statens andel, så räknas varje \
             medlems avgift."
        ))),
        Some(Err(why)) => sections.push(missing(&why.to_string())),
        Some(Ok(fees)) => {
            sections.extend(proposal(&writer, fees, decided.is_some()));
            sections.push(matter(&writer, fees));
        }
    }
    Document {
        meta: vec![("Till".to_owned(), "Styrelsen".to_owned())]
            .into_iter()
            .chain(decided.map(|day| ("Beslutat".to_owned(), format::long_date(day))))
            .collect(),
        ..brev(rakning, format!("Medlemsavgifter {ar}"), "Tjänsteskrivelse", sections)
    }
}

fn missing(text: &str) -> Section {
    let mut section = Section::new("saknas", "Avgifterna kan inte räknas");
    section.blocks.push(Block::Notice(vec![Inline::Text(text.to_owned())]));
    section
}

/// The paper on a year's fees with another sum than the one that is known: it says so on every page, and is no proposal.
pub fn prov(rakning: &Rakning<'_>, ar: u16) -> Document {
    const PROV: &str = "Prov med en annan summa. Inget är sparat, och det är inget förslag till beslut.";
    let mut document = avgifter(rakning, ar);
    document.title += ", prov";
    document.meta.retain(|(what, _)| what != "Beslutat");
    document.sections.retain(|section| section.id != "forslag");
    if let Some(first) = document.sections.first_mut() {
        first.blocks.insert(0, Block::Notice(vec![Inline::Text(PROV.to_owned())]));
    }
    document.foot = Some(PROV.to_owned());
    document
}

/// What the board is to decide, or has decided. Fees that cannot be told for every member are not proposed, and
/// preliminary ones are only to be noted.
fn proposal(writer: &Skrivare<'_, '_>, fees: &Avgifter, decided: bool) -> Option<Section> {
    let mut section = Section::new("forslag", if decided { "Beslut" } else { "Förslag till beslut" });
    let ar = fees.ar.to_string();
    let begin = if decided { "Styrelsen har beslutat" } else { "Styrelsen föreslås besluta" };
    section.blocks.push(writer.paragraph(begin, &[]));
    let total = format!("{{{}/totalt/kr}}", avgiftstabell(fees.ar));
    let known = fees.kommuner.is_ok();
    let clauses: Vec<String> = if known && !fees.preliminar {
        vec![
            format!(
                "att fastställa medlemsavgifterna för {{0}} till sammanlagt {total}, fördelade enligt tabellen, och"
            ),
            "att avgiften betalas mot faktura, ett belopp per halvår enligt tabellen.".to_owned(),
        ]
    } else if decided {
        vec![format!("att fastställa medlemsavgifterna för {{0}} till sammanlagt {total}.")]
    } else if known {
        vec![format!("att lägga de preliminära medlemsavgifterna för {{0}}, sammanlagt {total}, till handlingarna.")]
    } else {
        return None;
    };
    section.blocks.push(Block::List(clauses.iter().map(|clause| writer.text(clause, &[&ar])).collect()));
    Some(section)
}

fn matter(writer: &Skrivare<'_, '_>, fees: &Avgifter) -> Section {
    let mut section = Section::new("arendet", "Ärendet");
    let rows = betalare(&writer.rakning.underlag.ekonomi);
    let state = rows.iter().find(|(_, who)| *who == Betalare::Staten).map_or("staten", |(name, _)| name.as_str());
    let region = rows.iter().find(|(_, who)| *who == Betalare::Region).map_or("regionen", |(name, _)| name.as_str());
    let day = fees.folkmangd.map(format::long_date).unwrap_or_default();
    section.blocks.push(writer.paragraph(
        "Staten betalar hälften av avgifterna genom {0}. {1} betalar en fjärdedel och kommunerna tillsammans en \
         fjärdedel (5 § lagen (2003:1210) om finansiell samordning av rehabiliteringsinsatser).",
        &[state, region],
    ));
    match &fees.kommuner {
        Ok(_) => section
            .blocks
            .push(writer.paragraph("Kommunerna delar på sin fjärdedel efter folkmängden den {0}.", &[&day])),
        Err(why) => section.blocks.push(Block::Notice(vec![Inline::Text(told(why))])),
    }
    if fees.preliminar && fees.kommuner.is_ok() {
        section.blocks.push(Block::Notice(writer.text(
            "Avgifterna är preliminära: regeln för {0} är inte bestämd. De är räknade efter den senaste regeln och den \
             senast kända folkmängden.",
            &[&fees.ar.to_string()],
        )));
    }
    section.blocks.push(Block::Table(table(writer, fees)));
    section
}

fn told(why: &Hinder) -> String {
    format!("Kommunernas avgifter kan inte räknas. {why}")
}

fn table(writer: &Skrivare<'_, '_>, fees: &Avgifter) -> Table {
    let tabell = avgiftstabell(fees.ar);
    let before = fees.ar.saturating_sub(1);
    let group = |heading: &str, name: String| Column { group: Some(heading.to_owned()), ..right(&name) };
    let columns = vec![
        right("Folkmängd"),
        group("Avgift, kronor", before.to_string()),
        group("Avgift, kronor", fees.ar.to_string()),
        group("Avgift, kronor", "Ändring".to_owned()),
        group("Att fakturera, kronor", "Första halvåret".to_owned()),
        group("Att fakturera, kronor", "Andra halvåret".to_owned()),
    ];
    let kolumner = ["folkmangd", "fjolar_kr", "kr", "andring_kr", "halvar_1_kr", "halvar_2_kr"];
    let row = |name: &str, header: &str, kind: RowKind| {
        let mut cells: Vec<_> = kolumner.iter().map(|kolumn| writer.cell(&tabell, name, kolumn)).collect();
        if cells[0].figure.is_none() {
            cells[0] = samsyn_document::Cell::empty();
        }
        writer.namngiven_rad(header, kind, cells)
    };
    let rows = betalare(&writer.rakning.underlag.ekonomi);
    let mut all: Vec<Row> = Vec::new();
    let part = |wanted: fn(Betalare) -> bool| rows.iter().filter(move |(_, who)| wanted(*who));
    all.extend(
        part(|who| matches!(who, Betalare::Staten | Betalare::Region))
            .map(|(name, _)| row(name, name, RowKind::Normal)),
    );
    all.push(Row::Group { heading: "Kommunerna".to_owned() });
    all.extend(part(|who| matches!(who, Betalare::Kommun(_))).map(|(name, _)| row(name, name, RowKind::Normal)));
    all.push(row("kommunerna", "Kommunerna tillsammans", RowKind::Sum));
    all.push(row("totalt", "Alla medlemmar", RowKind::Sum));
    let missing = |row: &str| writer.value(&tabell, row, "fjolar_kr") == samsyn_document::Value::Missing;
    let kommun = rows.iter().find(|(_, who)| matches!(who, Betalare::Kommun(_))).map_or("", |(name, _)| name.as_str());
    let year = before.to_string();
    let why = (missing("totalt") || missing(kommun)).then(|| last_year(&writer.rakning.underlag.ekonomi, before));
    Table {
        id: tabell,
        label: None,
        caption: format!("Medlemsavgifter {}", fees.ar),
        corner: "Medlem".to_owned(),
        columns,
        rows: all,
        footnotes: Vec::new(),
        remarks: why.map(|(text, why)| writer.text(text, &[&year, &why])).into_iter().collect(),
    }
}

/// Why last year's fees are not all there: a template with the year and the reason.
fn last_year(ekonomi: &Ekonomi, ar: u16) -> (&'static str, String) {
    let Some((total, _)) = avgift::totalen(ekonomi, ar) else {
        return ("Summan av avgifterna för {0} finns inte i systemet.", String::new());
    };
    match avgift::avgifter(ekonomi, ar, total) {
        Err(why) => ("Avgifterna för {0} kan inte räknas. {1}", why.to_string()),
        Ok(fees) => match fees.kommuner {
            Err(why) => ("Kommunernas avgifter för {0} kan inte räknas. {1}", why.to_string()),
            Ok(_) => (
                "Regeln för {0} finns inte i systemet, så kommunernas avgifter det året kan inte räknas.",
                String::new(),
            ),
        },
    }
}
