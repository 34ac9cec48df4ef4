//! Månadsvisa nyckeltal: of each individinsats how many come, go and go on month by month, and the year so far against
//! what is expected.

use crate::calc::tabeller::manad::{KON, MATT, chains, months, months_of, until};
use crate::calc::{Grupp, Rakning, antal, manader};
use crate::rapport::skrivare::{Skrivare, brev, right_in, sentences};
use crate::underlag::KedjeNr;
use samsyn_document::{Block, Document, Manad, Row, RowKind, Section, Table, Text, Value, format};

/// The headings of the measures.
const RUBRIKER: [&str; 4] = ["Nya", "Avslutade", "Pågående vid månadens slut", "Till arbete eller studier"];

/// Builds the tables of the year that is counted, up to the half-year's end: of all individinsatser with their sum, or
/// of one chain. Months that had not begun on the day as of which facts are known are left out.
pub fn manad(rakning: &Rakning<'_>, kedja: Option<KedjeNr>) -> Document {
    let writer = Skrivare::of(rakning, manader(rakning));
    let mut sections: Vec<Section> = Vec::new();
    let shown = chains(rakning).into_iter().filter(|own| kedja.is_none_or(|one| one == *own));
    if rakning.smatal().is_some() {
        sections.push(withheld(&writer));
    } else if months(rakning).is_empty() {
        sections.push(notice(&writer, "Året hade inte börjat den {0}.", &format::long_date(rakning.underlag.per)));
    } else {
        let own: Vec<Section> = shown.map(|kedja| of_chain(&writer, kedja)).collect();
        if kedja.is_none() && own.len() > 1 {
            sections.push(of_all(&writer));
        }
        sections.extend(own);
        if sections.is_empty() {
            let year = rakning.period.year().to_string();
            sections.push(notice(&writer, "Ingen individinsats pågick under {0}.", &year));
        }
    }
    Document {
        withheld_under: rakning.smatal().map(|smatal| smatal.threshold()),
        ..brev(rakning, "Månadsvisa nyckeltal", rakning.period.year().to_string(), sections)
    }
}

fn notice(writer: &Skrivare<'_, '_>, text: &str, name: &str) -> Section {
    let mut section = Section::new("manad", "Månader");
    section.blocks.push(Block::Notice(writer.text(text, &[name])));
    section
}

/// Months are not weighed against each other and against the year, so none is shown to one who may not see small counts.
fn withheld(writer: &Skrivare<'_, '_>) -> Section {
    notice(writer, "Antal per månad är små och visas bara för den som får se små antal personer.", "")
}

fn of_all(writer: &Skrivare<'_, '_>) -> Section {
    let mut section = Section::new("manad-alla", "Alla individinsatser");
    section.blocks.push(Block::Paragraph(so_far(writer, "summa", Grupp::Individ)));
    let mut table = table(writer, "summa", Grupp::Individ, "Alla individinsatser");
    table.remarks.extend(lacking_of_all(writer));
    section.blocks.push(Block::Table(table));
    section
}

fn of_chain(writer: &Skrivare<'_, '_>, kedja: KedjeNr) -> Section {
    let underlag = writer.rakning.underlag;
    let (rad, name) = (underlag.forsta(kedja).insats_id.as_str(), writer.namn(underlag.kedjor[kedja].forsta));
    let mut section = Section::new(format!("manad-{rad}"), &name);
    section.blocks.push(Block::Paragraph(so_far(writer, rad, Grupp::Kedja(kedja))));
    let mut table = table(writer, rad, Grupp::Kedja(kedja), &name);
    let links = writer.rakning.started_links(kedja);
    let later: Vec<&str> = links.iter().skip(1).map(|&link| underlag.insatser[link].insats.namn.as_str()).collect();
    if !later.is_empty() {
        table.remarks.push(writer.text("Räknas tillsammans med {0}, som fortsätter den.", &[&format::list(&later)]));
    }
    table.remarks.extend(by_month(writer, kedja));
    section.blocks.push(Block::Table(table));
    section
}

/// How many have taken part in the year so far, and how that stands to what is expected.
fn so_far(writer: &Skrivare<'_, '_>, rad: &str, grupp: Grupp) -> Text {
    let Some(until) = until(writer.rakning, grupp) else { return Text::new() };
    let when = until.words();
    let took_part = match writer.value("manad", rad, "deltagit") {
        Value::Missing => writer.text("Hur många som har deltagit till och med {0} är inte känt.", &[&when]),
        _ => writer.text(&format!("Till och med {{0}} har {{manad/{rad}/deltagit}} deltagit."), &[&when]),
    };
    let plan = if writer.value("manad", rad, "mot_plan") == Value::Missing {
        Text::new()
    } else {
        let text = format!(
            "Mot plan är det {{manad/{rad}/mot_plan}} av {{manad/{rad}/forvantat}} förväntade för de månader som \
             insatsen har pågått."
        );
        writer.text(&text, &[])
    };
    sentences([took_part, plan])
}

fn table(writer: &Skrivare<'_, '_>, rad: &str, grupp: Grupp, name: &str) -> Table {
    let year = writer.rakning.period.year();
    let mut table = Table {
        id: format!("manad-{rad}"),
        label: None,
        caption: format!("{name}, månad för månad {year}"),
        corner: "Månad".to_owned(),
        columns: Vec::new(),
        rows: Vec::new(),
        footnotes: Vec::new(),
        remarks: Vec::new(),
    };
    for heading in RUBRIKER {
        table.columns.extend(KON.map(|(letter, _)| right_in(heading, if letter == "S" { "S:a" } else { letter })));
    }
    let row = |label: &str, kind, when: &str| {
        let cells =
            MATT.iter().flat_map(|(name, _)| KON.iter().map(move |(letter, _)| format!("{name}_{letter}_{when}")));
        writer.namngiven_rad(label, kind, cells.map(|kolumn| writer.cell("manad", rad, &kolumn)).collect())
    };
    let months = months_of(writer.rakning, grupp);
    let words = |month: Manad| format::capital(format::month(month.number()));
    table.rows =
        months.iter().map(|&month| row(&words(month), RowKind::Normal, &month.to_string())).collect::<Vec<Row>>();
    if let Some(until) = until(writer.rakning, grupp) {
        let label = format!("Året till och med {}", format::month(until.number()));
        table.rows.push(row(&label, RowKind::Sum, "hittills"));
    }
    table.remarks.push(writer.text("K = kvinnor, M = män, S:a = summa. Anonyma ingår inte.", &[]));
    if months.last().is_some_and(|last| writer.rakning.underlag.per < last.last()) {
        let per = format::long_date(writer.rakning.underlag.per);
        table.remarks.push(writer.text("Den sista månaden var inte slut den {0}.", &[&per]));
    }
    table
}

/// Which insatser lack counts for a month, so that the sum is not known.
fn lacking_of_all(writer: &Skrivare<'_, '_>) -> Option<Text> {
    let (underlag, period) = (writer.rakning.underlag, writer.rakning.period);
    let links = chains(writer.rakning).into_iter().flat_map(|kedja| underlag.kedjor[kedja].lankar.iter().copied());
    let of = |link| {
        let months = antal::missing(underlag, link, period.year_start(), period.last());
        let words: Vec<String> = months.into_iter().map(Manad::words).collect();
        (!words.is_empty()).then(|| format!("{} i {}", writer.namn(link), format::list(&words)))
    };
    let lacking: Vec<String> = links.filter_map(of).collect();
    let text = "Antal saknas för {0}. ”–” betyder att antalet inte är känt.";
    (!lacking.is_empty()).then(|| writer.text(text, &[&format::list(&lacking)]))
}

/// Whose numbers come from counts, and which months lack.
fn by_month(writer: &Skrivare<'_, '_>, kedja: KedjeNr) -> Vec<Text> {
    let (underlag, period) = (writer.rakning.underlag, writer.rakning.period);
    if !writer.rakning.counts.by_month(kedja) {
        return Vec::new();
    }
    let mut said = vec![writer.text("Siffrorna kommer ur antal per månad.", &[])];
    let links = underlag.kedjor[kedja].lankar.iter();
    let lacking = links.flat_map(|&link| antal::missing(underlag, link, period.year_start(), period.last()));
    let lacking: Vec<String> = lacking.map(Manad::words).collect();
    if !lacking.is_empty() {
        said.push(
            writer.text("Antal saknas för {0}. ”–” betyder att antalet inte är känt.", &[&format::list(&lacking)]),
        );
    }
    said
}
