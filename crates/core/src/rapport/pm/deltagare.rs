//! Participants in section 7: tables 6–9 and their charts.

use super::statistik::chain_table;
use super::{halvar, manader, sista_dagen, table};
use crate::rapport::skrivare::{Skrivare, right, right_in};
use samsyn_document::chart::{Chart, ChartKind, ChartRow};
use samsyn_document::{Block, Cell, RowKind, Section, Table, Text, Value};

const KON: [(&str, &str); 3] = [("K", "K"), ("M", "M"), ("S", "S:a")];

pub(super) fn participants(pm: &Skrivare<'_, '_>) -> Section {
    let mut section = Section::new("deltagare", "Deltagare");
    section.blocks.push(Block::Paragraph(flow(pm)));
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
    let kolumner: Vec<&str> = kolumner.iter().map(String::as_str).collect();
    let mut six = chain_table(pm, six, "6", &kolumner);
    six.remarks.push(pm.text("K = kvinnor, M = män, S:a = summa. Anonyma ingår inte.", &[]));
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

fn flow(pm: &Skrivare<'_, '_>) -> Text {
    let period = pm.rakning.period;
    let mut text = pm.text(
        "Från den 1 januari till och med den {0} {1} har {nyckeltal/inskrivna/antal} personer skrivits in och \
         {nyckeltal/avslutade/antal} avslutats. Sammanlagt har {nyckeltal/deltagit/antal} deltagit, och den {0} pågick \
         stödet för {6/summa/pagaende_S}.",
        &[sista_dagen(period), &period.year().to_string()],
    );
    if pm.antal("nyckeltal", "anonyma", "antal") > 0 {
        text.extend(pm.text(" Därutöver har {nyckeltal/anonyma/antal} registrerats anonymt.", &[]));
    }
    let known = |rad| pm.value("fjolar", rad, "antal") != Value::Missing;
    if let (Some(before), true) = (period.year_before(), known("inskrivna")) {
        text.extend(pm.text(" Under {0} skrevs {fjolar/inskrivna/antal} personer in", &[&halvar(before)]));
        if known("deltagit") {
            text.extend(pm.text(" och {fjolar/deltagit/antal} deltog", &[]));
        }
        text.extend(pm.text(".", &[]));
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

pub(super) fn outcome(pm: &Skrivare<'_, '_>) -> Section {
    let mut section = Section::new("utfall", "Utfall för deltagare");
    if pm.antal("nyckeltal", "avslutade", "antal") == 0 {
        section.blocks.push(pm.paragraph("Ingen deltagare har avslutats.", &[]));
    } else {
        section.blocks.push(Block::Paragraph(results(pm)));
    }
    section.blocks.push(Block::Table(tabell_8(pm)));
    section.blocks.push(Block::Chart(outcome_chart(pm)));
    section.blocks.extend(work(pm));
    section.blocks.push(Block::Table(tabell_9(pm)));
    section
}

fn results(pm: &Skrivare<'_, '_>) -> Text {
    let mut text = pm.text(
        "Av {nyckeltal/avslutade/antal} avslutade har {8/summa/till_arbete_studier_S} gått till arbete eller studier, \
         {8/summa/till_arbete_studier_K} kvinnor och {8/summa/till_arbete_studier_M} män.",
        &[],
    );
    if pm.value("nyckeltal", "till_arbete_studier", "andel") == Value::Missing {
        return text;
    }
    text.extend(pm.text(
        " Räknat på de {nyckeltal/avslutade_exkl_insatsens_avslut/antal} vars insats inte själv avslutats är andelen \
         {nyckeltal/till_arbete_studier/andel}.",
        &[],
    ));
    if pm.value("fjolar", "till_arbete_studier", "andel") != Value::Missing {
        text.extend(pm.text(" Samma halvår året före var den {fjolar/till_arbete_studier/andel}.", &[]));
    }
    text.extend(pm.text(
        " Med dem som aktivt söker arbete är det {nyckeltal/till_arbete_studier_eller_arbetssokande/antal}, eller \
         {nyckeltal/till_arbete_studier_eller_arbetssokande/andel}. {nyckeltal/ovriga_avslut/antal} har avslutats av \
         andra skäl. Till fortsatt rehabilitering gick {nyckeltal/fortsatt_rehabilitering_K/antal} kvinnor och \
         {nyckeltal/fortsatt_rehabilitering_M/antal} män; på grund av sjukdom avslutades \
         {nyckeltal/sjukdom_K/antal} kvinnor och {nyckeltal/sjukdom_M/antal} män.",
        &[],
    ));
    text
}

fn tabell_8(pm: &Skrivare<'_, '_>) -> Table {
    let mut eight = table(8, format!("Till arbete eller studier {}", manader(pm.rakning.period)), "Insats");
    let mut kolumner = Vec::new();
    for (group, name) in [("Antal", "till_arbete_studier"), ("Andel av de avslutade", "andel")] {
        for (letter, label) in KON {
            eight.columns.push(right_in(group, label));
            kolumner.push(format!("{name}_{letter}"));
        }
    }
    eight.columns.push(right("Andel med plan"));
    kolumner.push("andel_plan".to_owned());
    let kolumner: Vec<&str> = kolumner.iter().map(String::as_str).collect();
    let mut eight = chain_table(pm, eight, "8", &kolumner);
    eight.remarks.push(pm.text(
        "Andelarna räknas på dem som avslutats ({nyckeltal/avslutade_exkl_insatsens_avslut/antal}), utom dem som \
         skrivits ut bara för att insatsen själv avslutats; andel för kvinnor på kvinnor och för män på män. ”–” \
         betyder att ingen sådan finns att räkna på.",
        &[],
    ));
    eight
}

fn outcome_chart(pm: &Skrivare<'_, '_>) -> Chart {
    let row = |&kedja: &usize| {
        let insats = pm.rakning.underlag.kedjor[kedja].forsta;
        let rad = pm.insats(insats).insats.insats_id.as_str();
        ChartRow {
            label: pm.namn(insats),
            cells: ["K", "M"].map(|letter| pm.cell("8", rad, &format!("till_arbete_studier_{letter}"))).to_vec(),
        }
    };
    Chart {
        id: "diagram-utfall".to_owned(),
        title: format!("Till arbete eller studier {} {}", manader(pm.rakning.period), pm.rakning.period.year()),
        description: "Staplar för kvinnor och män visar per insats hur många som gått till arbete eller studier. \
            Siffrorna står i tabell 8."
            .to_owned(),
        kind: ChartKind::GroupedBars,
        series: vec!["Kvinnor".to_owned(), "Män".to_owned()],
        rows: pm.rakning.rader.tabell_6.iter().map(row).collect(),
    }
}

/// Kinds of work, in words, for each sex that has someone in work.
fn work(pm: &Skrivare<'_, '_>) -> Vec<Block> {
    let mut blocks = Vec::new();
    for (letter, who) in [("K", "kvinnor"), ("M", "män")] {
        if pm.antal("9", "summa_arbete", letter) == 0 {
            continue;
        }
        let template = format!(
            "Av de {{9/summa_arbete/{letter}}} {who} som arbetar har {{9/subventionerat_arbete/{letter}}} ett \
             subventionerat arbete ({{9/andel_subventionerat_arbete/{letter}}}) och \
             {{9/ej_subventionerat_arbete/{letter}}} ett arbete utan subvention \
             ({{9/andel_ej_subventionerat_arbete/{letter}}}). På heltid arbetar {{9/andel_heltid/{letter}}} och på \
             deltid {{9/andel_deltid/{letter}}}. Av de {{9/summa_arbete_eller_studier/{letter}}} {who} som gått till \
             arbete eller studier studerar {{9/studerande/{letter}}} ({{9/andel_studerande/{letter}}})."
        );
        blocks.push(pm.paragraph(&template, &[]));
    }
    blocks
}

/// Rows of table 9: label, name among the figures, kind.
const TABELL_9: [(&str, &str, RowKind); 16] = [
    ("Subventionerat arbete", "subventionerat_arbete", RowKind::Normal),
    ("Ej subventionerat arbete", "ej_subventionerat_arbete", RowKind::Normal),
    ("Arbetar 25 %", "arbetar_25", RowKind::Normal),
    ("Arbetar 50 %", "arbetar_50", RowKind::Normal),
    ("Arbetar 75 %", "arbetar_75", RowKind::Normal),
    ("Arbetar 80 %", "arbetar_80", RowKind::Normal),
    ("Arbetar 100 %", "arbetar_100", RowKind::Normal),
    ("Summa arbete", "summa_arbete", RowKind::Sum),
    ("Studerande", "studerande", RowKind::Normal),
    ("Summa arbete eller studier", "summa_arbete_eller_studier", RowKind::Sum),
    ("Aktivt arbetssökande", "aktivt_arbetssokande", RowKind::Normal),
    ("Andel subventionerat arbete", "andel_subventionerat_arbete", RowKind::Share),
    ("Andel ej subventionerat arbete", "andel_ej_subventionerat_arbete", RowKind::Share),
    ("Andel deltid", "andel_deltid", RowKind::Share),
    ("Andel heltid", "andel_heltid", RowKind::Share),
    ("Andel studerande", "andel_studerande", RowKind::Share),
];

fn tabell_9(pm: &Skrivare<'_, '_>) -> Table {
    let mut nine = table(9, "Arbete, studier och arbetssökande efter avslut", "Efter avslutet");
    nine.columns = vec![right("Kvinnor"), right("Män"), right("Summa")];
    for (label, rad, kind) in TABELL_9 {
        let cell = |letter| Some(pm.cell("9", rad, letter)).filter(|c| c.figure.is_some()).unwrap_or_else(Cell::empty);
        nine.rows.push(pm.namngiven_rad(label, kind, ["K", "M", "S"].map(cell).to_vec()));
    }
    nine.remarks.push(pm.text(
        "Räknat på alla avslutade. Den som både arbetar och studerar räknas en gång i summan av arbete eller studier. \
         Andelar av arbete delas med summa arbete, andel studerande med summa arbete eller studier.",
        &[],
    ));
    nine
}
