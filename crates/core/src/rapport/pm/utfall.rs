//! Outcome of participants in section 7: tables 8 and 9 and their chart.

use super::antal;
use super::deltagare::KON;
use super::statistik::chain_table;
use super::{manader, table};
use crate::rapport::skrivare::{Skrivare, right, right_in, sentences};
use samsyn_document::chart::{Chart, ChartKind, ChartRow};
use samsyn_document::{Block, Cell, RowKind, Section, Table, Text, Value};

pub(super) fn section(pm: &Skrivare<'_, '_>) -> Section {
    let mut section = Section::new("utfall", "Utfall för deltagare");
    if !pm.any("nyckeltal", "avslutade", "antal") {
        section.blocks.push(pm.paragraph("Ingen deltagare har avslutats.", &[]));
        return section;
    }
    section.blocks.extend(results(pm).map(Block::Paragraph));
    section.blocks.push(Block::Table(tabell_8(pm)));
    section.blocks.push(Block::Chart(outcome_chart(pm)));
    section.blocks.extend(work(pm));
    section.blocks.push(Block::Table(tabell_9(pm)));
    section
}

/// What came of those exited, in a few sentences: `None` when none of them may be told.
fn results(pm: &Skrivare<'_, '_>) -> Option<Text> {
    let by_sex = pm.if_shown(
        ": {ord 8/summa/till_arbete_studier_K} {välj 8/summa/till_arbete_studier_K kvinna|kvinnor} och \
         {ord 8/summa/till_arbete_studier_M} {välj 8/summa/till_arbete_studier_M man|män}",
        &[],
    );
    let mut arrived = pm.if_shown(
        "Av {nyckeltal/avslutade/antal} avslutade har {ord 8/summa/till_arbete_studier_S} gått till arbete eller studier",
        &[],
    );
    if !arrived.is_empty() {
        arrived.extend(by_sex.into_iter().chain(pm.text(".", &[])));
    }
    let mut told = vec![arrived];
    if pm.value("nyckeltal", "till_arbete_studier", "andel") != Value::Missing {
        let share = pm.if_shown(
            "Räknat på {nyckeltal/avslutade_exkl_insatsens_avslut/antal} avslutade, utan dem vars insats själv upphört, \
             är andelen {nyckeltal/till_arbete_studier/andel}.",
            &[],
        );
        let with_seekers = if share.is_empty() {
            "Till arbete, studier eller aktivt arbetssökande gick \
             {nyckeltal/till_arbete_studier_eller_arbetssokande/antal}, eller \
             {nyckeltal/till_arbete_studier_eller_arbetssokande/andel}."
        } else {
            "Med dem som aktivt söker arbete är det {nyckeltal/till_arbete_studier_eller_arbetssokande/antal}, eller \
             {nyckeltal/till_arbete_studier_eller_arbetssokande/andel}."
        };
        let compared = !share.is_empty() && pm.shows("fjolar", "till_arbete_studier", "andel");
        told.push(share);
        if compared {
            told.push(pm.text("Under samma tid året före var den {fjolar/till_arbete_studier/andel}.", &[]));
        }
        // Counts by month do not tell who seeks work.
        if pm.value("nyckeltal", "ovriga_avslut", "antal") != Value::Missing {
            told.push(pm.if_shown(with_seekers, &[]));
            told.push(pm.if_shown("Av andra skäl avslutades {ord nyckeltal/ovriga_avslut/antal}.", &[]));
        }
        told.push(reasons(pm));
    }
    let text = sentences(told);
    (!text.is_empty()).then_some(text)
}

/// How many women and men left for rehabilitation and for illness.
fn reasons(pm: &Skrivare<'_, '_>) -> Text {
    let both = |rad: &str| {
        format!(
            "{{ord nyckeltal/{rad}_K/antal}} {{välj nyckeltal/{rad}_K/antal kvinna|kvinnor}} och \
             {{ord nyckeltal/{rad}_M/antal}} {{välj nyckeltal/{rad}_M/antal man|män}}"
        )
    };
    let went_on = pm.if_shown(&format!("Till fortsatt rehabilitering gick {}", both("fortsatt_rehabilitering")), &[]);
    let first = if went_on.is_empty() { "På" } else { "; på" };
    let ill = pm.if_shown(&format!("{first} grund av sjukdom avslutades {}", both("sjukdom")), &[]);
    let end = if went_on.is_empty() && ill.is_empty() { Text::new() } else { pm.text(".", &[]) };
    [went_on, ill, end].concat()
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
    eight.remarks.extend(antal::whose(pm));
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
        let kinds = format!(
            "Av de {{9/summa_arbete/{letter}}} {who} som arbetar har {{ord 9/subventionerat_arbete/{letter}}} ett \
             subventionerat arbete ({{9/andel_subventionerat_arbete/{letter}}}) och \
             {{ord 9/ej_subventionerat_arbete/{letter}}} ett arbete utan subvention \
             ({{9/andel_ej_subventionerat_arbete/{letter}}})."
        );
        let kinds = pm.if_shown(&kinds, &[]);
        let extent = if kinds.is_empty() {
            format!(
                "Av de {{9/summa_arbete/{letter}}} {who} som arbetar gör {{9/andel_heltid/{letter}}} det på heltid och \
                 {{9/andel_deltid/{letter}}} på deltid."
            )
        } else {
            format!("På heltid arbetar {{9/andel_heltid/{letter}}} och på deltid {{9/andel_deltid/{letter}}}.")
        };
        let studies = format!(
            "Av de {{9/summa_arbete_eller_studier/{letter}}} {who} som gått till arbete eller studier studerar \
             {{ord 9/studerande/{letter}}} ({{9/andel_studerande/{letter}}})."
        );
        let text = sentences([kinds, pm.if_shown(&extent, &[]), pm.if_shown(&studies, &[])]);
        blocks.extend((!text.is_empty()).then_some(Block::Paragraph(text)));
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
    let on_whom = antal::exits_of_single(pm).unwrap_or_else(|| pm.text("Räknat på alla avslutade.", &[]));
    let how = "Den som både arbetar och studerar räknas en gång i summan av arbete eller studier. \
               Andelar av arbete delas med summa arbete, andel studerande med summa arbete eller studier.";
    nine.remarks.push(sentences([on_whom, pm.text(how, &[])]));
    nine
}
