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
    if pm.rakning.rader.tabell_6.is_empty() {
        return section;
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

/// How many have come in and gone out since 1 January.
pub(super) fn in_and_out(pm: &Skrivare<'_, '_>) -> Text {
    let period = pm.rakning.period;
    pm.text(
        "Från den 1 januari till och med den {0} {1} har {ord nyckeltal/inskrivna/antal} \
         {välj nyckeltal/inskrivna/antal inskrivning|inskrivningar} gjorts och {ord nyckeltal/avslutade/antal} avslutats.",
        &[sista_dagen(period), &period.year().to_string()],
    )
}

fn flow(pm: &Skrivare<'_, '_>) -> Text {
    if pm.antal("nyckeltal", "deltagit", "antal") == 0 {
        return pm.text("Ingen har deltagit i någon insats sedan den 1 januari.", &[]);
    }
    let mut text = in_and_out(pm);
    text.extend(pm.text(
        " Sammanlagt har {nyckeltal/deltagit/antal} deltagit, och den {0} pågick stödet för {6/summa/pagaende_S}.",
        &[sista_dagen(pm.rakning.period)],
    ));
    if pm.antal("nyckeltal", "anonyma", "antal") > 0 {
        text.extend(pm.text(" Därutöver har {ord nyckeltal/anonyma/antal} registrerats anonymt.", &[]));
    }
    text.extend(year_before(pm));
    text
}

/// Last year's number of enrolments, with where it comes from.
fn year_before(pm: &Skrivare<'_, '_>) -> Text {
    let known = |rad| pm.value("fjolar", rad, "antal") != Value::Missing;
    let (Some(before), true) = (pm.rakning.period.year_before(), known("inskrivna")) else { return Text::new() };
    let when = if before.number() == 1 { halvar(before) } else { before.year().to_string() };
    let mut text = pm.text(
        " Under {0} gjordes {fjolar/inskrivna/antal} {välj fjolar/inskrivna/antal inskrivning|inskrivningar}",
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

pub(super) fn outcome(pm: &Skrivare<'_, '_>) -> Section {
    let mut section = Section::new("utfall", "Utfall för deltagare");
    if pm.antal("nyckeltal", "avslutade", "antal") == 0 {
        section.blocks.push(pm.paragraph("Ingen deltagare har avslutats.", &[]));
        return section;
    }
    section.blocks.push(Block::Paragraph(results(pm)));
    section.blocks.push(Block::Table(tabell_8(pm)));
    section.blocks.push(Block::Chart(outcome_chart(pm)));
    section.blocks.extend(work(pm));
    section.blocks.push(Block::Table(tabell_9(pm)));
    section
}

fn results(pm: &Skrivare<'_, '_>) -> Text {
    let mut text = pm.text(
        "Av {nyckeltal/avslutade/antal} avslutade har {ord 8/summa/till_arbete_studier_S} gått till arbete eller studier: \
         {ord 8/summa/till_arbete_studier_K} {välj 8/summa/till_arbete_studier_K kvinna|kvinnor} och \
         {ord 8/summa/till_arbete_studier_M} {välj 8/summa/till_arbete_studier_M man|män}.",
        &[],
    );
    if pm.value("nyckeltal", "till_arbete_studier", "andel") == Value::Missing {
        return text;
    }
    text.extend(pm.text(
        " Räknat på {nyckeltal/avslutade_exkl_insatsens_avslut/antal} avslutade, utan dem vars insats själv upphört, är \
         andelen {nyckeltal/till_arbete_studier/andel}.",
        &[],
    ));
    if pm.value("fjolar", "till_arbete_studier", "andel") != Value::Missing {
        text.extend(pm.text(" Under samma tid året före var den {fjolar/till_arbete_studier/andel}.", &[]));
    }
    text.extend(pm.text(
        " Med dem som aktivt söker arbete är det {nyckeltal/till_arbete_studier_eller_arbetssokande/antal}, eller \
         {nyckeltal/till_arbete_studier_eller_arbetssokande/andel}. Av andra skäl avslutades \
         {ord nyckeltal/ovriga_avslut/antal}. Till fortsatt rehabilitering gick \
         {ord nyckeltal/fortsatt_rehabilitering_K/antal} {välj nyckeltal/fortsatt_rehabilitering_K/antal kvinna|kvinnor} \
         och {ord nyckeltal/fortsatt_rehabilitering_M/antal} \
         {välj nyckeltal/fortsatt_rehabilitering_M/antal man|män}; på grund av sjukdom avslutades \
         {ord nyckeltal/sjukdom_K/antal} {välj nyckeltal/sjukdom_K/antal kvinna|kvinnor} och \
         {ord nyckeltal/sjukdom_M/antal} {välj nyckeltal/sjukdom_M/antal man|män}.",
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
        "Andelarna räknas på {nyckeltal/avslutade_exkl_insatsens_avslut/antal} avslutade; de som skrivits ut bara för \
         att insatsen själv avslutats är inte med. Kvinnors andel räknas på kvinnor och mäns på män. ”–” betyder att \
         ingen i gruppen har avslutats. Andel med plan: de som hade en plan för vidare rehabilitering när de \
         avslutades.",
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

/// Fewer in work than this are told by the table alone.
const FEW: i64 = 5;

/// Kinds of work, in words, for each sex that has more than a few in work.
fn work(pm: &Skrivare<'_, '_>) -> Vec<Block> {
    let mut blocks = Vec::new();
    for (letter, who) in [("K", "kvinnor"), ("M", "män")] {
        if pm.antal("9", "summa_arbete", letter) < FEW {
            continue;
        }
        let template = format!(
            "Av de {{9/summa_arbete/{letter}}} {who} som arbetar har {{ord 9/subventionerat_arbete/{letter}}} ett \
             subventionerat arbete ({{9/andel_subventionerat_arbete/{letter}}}) och \
             {{ord 9/ej_subventionerat_arbete/{letter}}} ett arbete utan subvention \
             ({{9/andel_ej_subventionerat_arbete/{letter}}}). På heltid arbetar {{9/andel_heltid/{letter}}} och på \
             deltid {{9/andel_deltid/{letter}}}. Av de {{9/summa_arbete_eller_studier/{letter}}} {who} som gått till \
             arbete eller studier studerar {{ord 9/studerande/{letter}}} ({{9/andel_studerande/{letter}}})."
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
