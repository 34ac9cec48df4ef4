//! Participants in section 7: tables 6 and 7 and their chart.

use super::antal;
use super::statistik::chain_table;
use super::{manader, sista_dagen, table};
use crate::rapport::skrivare::{Skrivare, right, right_in, sentences};
use samsyn_document::chart::{Chart, ChartKind, ChartRow};
use samsyn_document::{Block, Section, Text, format};

pub(super) const KON: [(&str, &str); 3] = [("K", "K"), ("M", "M"), ("S", "S:a")];

pub(super) fn participants(pm: &Skrivare<'_, '_>) -> Section {
    let mut section = Section::new("deltagare", "Deltagare");
    section.blocks.extend(flow(pm).map(Block::Paragraph));
    let period = pm.rakning.period;
    let months = manader(period);
    let groups = [
        ("inregistrerade", format!("Inregistrerade {months}")),
        ("avslutade", format!("Avslutade {months}")),
        ("avslutade_totalt", "Avslutade hela insatsperioden".to_owned()),
        ("pagaende", format!("Pågående {}", sista_dagen(period))),
        ("till_arbete_studier", "Till arbete eller studier".to_owned()),
    ];
    let mut six = table(6, "Antal deltagare", "Insats");
    let mut kolumner = Vec::new();
    for (name, heading) in &groups {
        for (letter, label) in KON {
            six.columns.push(right_in(heading, label));
            kolumner.push(format!("{name}_{letter}"));
        }
    }
    if pm.rakning.rader.tabell_6.is_empty() {
        return section;
    }
    let kolumner: Vec<&str> = kolumner.iter().map(String::as_str).collect();
    let mut six = chain_table(pm, six, "6", &kolumner);
    six.remarks.push(pm.text("K = kvinnor, M = män, S:a = summa. Anonyma ingår inte.", &[]));
    six.remarks.extend(antal::whose(pm).into_iter().chain(antal::unknown(pm)));
    section.blocks.push(Block::Table(six));
    section.blocks.push(Block::Chart(flow_chart(pm)));
    let mut seven = table(7, format!("Anonymt registrerade {months}"), "Insats");
    seven.columns = vec![right("Antal")];
    let mut seven = chain_table(pm, seven, "7", &["anonyma"]);
    seven.remarks.push(pm.text(
        "Anonymt registreras den som inte har lämnat samtycke eller har skyddade uppgifter. En anonym deltagare kan \
         inte skrivas ut och följs inte upp.",
        &[],
    ));
    section.blocks.push(Block::Table(seven));
    section
}

/// How many have come in and gone out since 1 January; nothing when neither may be told.
pub(super) fn in_and_out(pm: &Skrivare<'_, '_>) -> Text {
    let period = pm.rakning.period;
    let days = [sista_dagen(period), &period.year().to_string()];
    let told = ["inskrivna", "avslutade"].map(|rad| pm.shows("nyckeltal", rad, "antal"));
    let template = match told {
        [false, false] => return Text::new(),
        [true, false] => {
            "Från den 1 januari till och med den {0} {1} har {ord nyckeltal/inskrivna/antal} \
             {välj nyckeltal/inskrivna/antal inskrivning|inskrivningar} gjorts."
        }
        [false, true] => {
            "Från den 1 januari till och med den {0} {1} har {ord nyckeltal/avslutade/antal} \
             {välj nyckeltal/avslutade/antal inskrivning|inskrivningar} avslutats."
        }
        [true, true] => {
            "Från den 1 januari till och med den {0} {1} har {ord nyckeltal/inskrivna/antal} \
             {välj nyckeltal/inskrivna/antal inskrivning|inskrivningar} gjorts och {ord nyckeltal/avslutade/antal} avslutats."
        }
    };
    pm.text(template, &days)
}

/// Participants in a few sentences: `None` when none of them may be told.
fn flow(pm: &Skrivare<'_, '_>) -> Option<Text> {
    if !pm.any("nyckeltal", "deltagit", "antal") {
        return Some(pm.text("Ingen har deltagit i någon insats sedan den 1 januari.", &[]));
    }
    let last = sista_dagen(pm.rakning.period);
    let in_all = match (pm.shows("nyckeltal", "deltagit", "antal"), pm.shows("6", "summa", "pagaende_S")) {
        (true, true) => {
            "Sammanlagt har {nyckeltal/deltagit/antal} deltagit, och den {0} pågick stödet för {6/summa/pagaende_S}."
        }
        (true, false) => "Sammanlagt har {nyckeltal/deltagit/antal} deltagit.",
        (false, true) => "Den {0} pågick stödet för {6/summa/pagaende_S}.",
        (false, false) => "",
    };
    let anonymous = if pm.any("nyckeltal", "anonyma", "antal") {
        pm.text("Därutöver har {ord nyckeltal/anonyma/antal} registrerats anonymt.", &[])
    } else {
        Text::new()
    };
    let text = sentences([in_and_out(pm), pm.if_shown(in_all, &[last]), anonymous, year_before(pm)]);
    (!text.is_empty()).then_some(text)
}

/// Last year's number of enrolments, with where it comes from.
fn year_before(pm: &Skrivare<'_, '_>) -> Text {
    let known = |rad| pm.shows("fjolar", rad, "antal");
    let (Some(before), true) = (pm.rakning.period.year_before(), known("inskrivna")) else { return Text::new() };
    let when = if before.number() == 1 { format::halvar(before) } else { before.year().to_string() };
    let mut text = pm.text(
        "Under {0} gjordes {fjolar/inskrivna/antal} {välj fjolar/inskrivna/antal inskrivning|inskrivningar}",
        &[&when],
    );
    if known("deltagit") {
        text.extend(pm.text(" och {fjolar/deltagit/antal} deltog", &[]));
    }
    match pm.published("fjolar", "inskrivna", "antal") {
        Some(source) => text.extend(pm.text(", enligt {0}.", &[source])),
        None => text.extend(pm.text(", räknat på det som är känt nu.", &[])),
    }
    text
}

fn flow_chart(pm: &Skrivare<'_, '_>) -> Chart {
    let row = |(label, name): (&str, &str)| ChartRow {
        label: label.to_owned(),
        cells: ["K", "M"].map(|letter| pm.cell("6", "summa", &format!("{name}_{letter}"))).to_vec(),
    };
    Chart {
        id: "diagram-deltagare".to_owned(),
        title: format!("Deltagare {} {}", manader(pm.rakning.period), pm.rakning.period.year()),
        description: "Staplar för kvinnor och män visar hur många som skrivits in, avslutats, pågår och gått till \
            arbete eller studier. Siffrorna är summorna i tabell 6."
            .to_owned(),
        kind: ChartKind::GroupedBars,
        series: vec!["Kvinnor".to_owned(), "Män".to_owned()],
        rows: [
            ("Inregistrerade", "inregistrerade"),
            ("Avslutade", "avslutade"),
            ("Pågående", "pagaende"),
            ("Till arbete eller studier", "till_arbete_studier"),
        ]
        .map(row)
        .to_vec(),
    }
}
