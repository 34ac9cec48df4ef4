//! Section 5: conditions, deviations, and money used of money granted.

use super::mal::{kansliets_kommentar, quoted};
use super::{footnote, halvarets_manader, manader, rows_by_typ, table};
use crate::avvikelse::{Avvikelse, AvvikelseTyp};
use crate::calc::{Fraga, Grupp, Source};
use crate::kommentar::Om;
use crate::rapport::skrivare::{Skrivare, left, right, right_in};
use crate::underlag::InsatsNr;
use samsyn_document::chart::{Chart, ChartKind, ChartRow};
use samsyn_document::{Block, Inline, Kvot, Row, RowKind, Section, Table, Text, Value, format};

pub(super) fn section(pm: &Skrivare<'_, '_>) -> Section {
    let mut section = Section::new("budget", "Utfall av beviljad budget");
    let mut conditions = table(3, "Förutsättningar för utfall", "Insats");
    conditions.columns =
        vec![left("Vakans i finansierad resurs"), left("Vakans i egen resurs"), left("Avvikelse om budget")];
    conditions.rows = rows_by_typ(pm, &pm.rakning.rader.tabell_1, |insats| {
        pm.rad("3", insats, &["vakans_sof", "vakans_egen", "avvikelse_budget"])
    });
    if !conditions.rows.is_empty() {
        section.blocks.push(Block::Table(conditions));
    }
    section.blocks.push(Block::Paragraph(vacancies(pm)));
    section.blocks.extend(deviations(pm));
    if !pm.rakning.rader.tabell_4.is_empty() {
        section.blocks.push(Block::Table(tabell_4(pm)));
        section.blocks.extend(used(pm));
        section.blocks.push(Block::Chart(forbrukning(pm)));
    }
    section
}

fn names(pm: &Skrivare<'_, '_>, fraga: Fraga, kod: &str) -> String {
    format::list(&fraga.insatser_with(pm.rakning, kod).into_iter().map(|i| pm.namn(i)).collect::<Vec<_>>())
}

fn vacancies(pm: &Skrivare<'_, '_>) -> Text {
    if pm.antal("svar", "vakans_sof", "antal") == 0 {
        return pm.text("Ingen insats har svarat om vakanser.", &[]);
    }
    let mut text = if pm.antal("svar", "vakans_sof", "ja") == 0 {
        pm.text("Ingen insats har rapporterat vakans i resurser som förbundet finansierar.", &[])
    } else {
        pm.text(
            "Vakans i resurser som förbundet finansierar har rapporterats av {ord svar/vakans_sof/ja} \
             {välj svar/vakans_sof/ja insats|insatser}: {0}.",
            &[&names(pm, Fraga::VakansSof, "ja")],
        )
    };
    text.extend(if pm.antal("svar", "vakans_egen", "ja") == 0 {
        pm.text(" Ingen har rapporterat vakans i resurser som parterna finansierar själva.", &[])
    } else {
        pm.text(
            " Vakans i resurser som parterna finansierar själva har rapporterats av {ord svar/vakans_egen/ja} \
             {välj svar/vakans_egen/ja insats|insatser}: {0}.",
            &[&names(pm, Fraga::VakansEgen, "ja")],
        )
    });
    text
}

/// A paragraph per avvikelse handed in during the half-year, of every kind.
fn deviations(pm: &Skrivare<'_, '_>) -> Vec<Block> {
    let period = pm.rakning.period;
    let mut found: Vec<(InsatsNr, &Avvikelse)> = Vec::new();
    for (insats, of) in pm.rakning.underlag.insatser.iter().enumerate() {
        let in_period = of.avvikelser.iter().filter(|a| (period.first()..=period.last()).contains(&a.inlamnad));
        found.extend(in_period.map(|avvikelse| (insats, avvikelse)));
    }
    found.sort_by_key(|(insats, avvikelse)| (avvikelse.inlamnad, *insats));
    let about_budget = if pm.antal("nyckeltal", "avvikelser_budget", "antal") == 0 {
        pm.paragraph("Ingen avvikelse om budget har kommit in under halvåret.", &[])
    } else {
        pm.paragraph(
            "{Ord nyckeltal/avvikelser_budget/antal} {välj nyckeltal/avvikelser_budget/antal avvikelse|avvikelser} om \
             budget har kommit in under halvåret, från {ord svar/avvikelse_budget/ja} \
             {välj svar/avvikelse_budget/ja insats|insatser}.",
            &[],
        )
    };
    let mut blocks = vec![about_budget];
    let others = found.iter().filter(|(_, avvikelse)| !avvikelse.typer.include(AvvikelseTyp::Budget)).count();
    if others > 0 {
        let reports = if others == 1 { "avvikelse" } else { "avvikelser" };
        let others = format::in_words(others as i64, false);
        blocks.push(pm.paragraph("Därutöver har {0} {1} av andra slag kommit in.", &[&others, reports]));
    }
    blocks.extend(found.into_iter().map(|(insats, avvikelse)| Block::Paragraph(deviation(pm, insats, avvikelse))));
    blocks
}

fn deviation(pm: &Skrivare<'_, '_>, insats: InsatsNr, avvikelse: &Avvikelse) -> Text {
    let kinds: Vec<&str> = avvikelse.typer.all().iter().map(|typ| typ.text()).collect();
    let mut text = pm.text(
        "{*0} lämnade den {1} in en avvikelse om {2}.",
        &[&pm.namn(insats), &format::long_date(avvikelse.inlamnad), &format::list(&kinds)],
    );
    match &avvikelse.beskrivning {
        Some(said) => text.extend(pm.text(" Styrgruppens beskrivning: ”{0}”.", &[&quoted(said)])),
        None => text.extend([Inline::Text(" ".into()), Inline::Placeholder("beskrivning".into())]),
    }
    if let (Some(_), Some(year)) = (avvikelse.overforing_kr, avvikelse.overforing_till_ar) {
        let asked = format!(" Begärd överföring till {{0}}: {{avvikelse/{}/overforing_kr}}.", avvikelse.avvikelse_id);
        text.extend(pm.text(&asked, &[&year.to_string()]));
    }
    match (avvikelse.beslut, avvikelse.beslutad) {
        (Some(decision), Some(day)) => {
            let said = [decision.text().to_lowercase(), format::long_date(day)];
            text.extend(pm.text(" Beslut: {0} den {1}.", &[&said[0], &said[1]]));
        }
        _ => text.extend(pm.text(" Något beslut finns inte i underlaget.", &[])),
    }
    let id = avvikelse.avvikelse_id.as_str();
    if let Some(said) = pm.insats(insats).kommentar_om(Om::Avvikelse, id, pm.rakning.period) {
        text.push(Inline::Text(" ".to_owned()));
        text.extend(kansliets_kommentar(pm, said));
    }
    text
}

/// Table 4. In the first half-year the accumulated figures are the half-year's own and stand once.
fn tabell_4(pm: &Skrivare<'_, '_>) -> Table {
    let period = pm.rakning.period;
    let own = format!("{} {}", format::capital(halvarets_manader(period)), period.year());
    let accumulated = format!("{} {}", format::capital(manader(period)), period.year());
    let mut table = table(4, "Utfall och budget, tkr", "Insats");
    let mut kolumner = Vec::new();
    if period.number() == 2 {
        table.columns = vec![right_in(&own, "Utfall"), right_in(&own, "Budget")];
        kolumner = vec!["utfall_tkr", "budget_tkr"];
    }
    let both = [right_in(&accumulated, "Utfall"), right_in(&accumulated, "Budget"), right("Förbrukningskvot")];
    table.columns.extend(both);
    kolumner.extend(["ack_utfall_tkr", "ack_budget_tkr", "forbrukningskvot"]);
    let carried = |insats: &InsatsNr| Source::Overfort(Grupp::Insats(*insats)).value(pm.rakning) != Value::Missing;
    if pm.rakning.rader.tabell_4.iter().any(carried) {
        table.columns.push(right(&format!("Överfört till {}", period.year() + 1)));
        kolumner.push("overfort_till_nasta_ar_tkr");
    }
    let mut notes = table.clone();
    table.rows = rows_by_typ(pm, &pm.rakning.rader.tabell_4, |insats| {
        let mut row = pm.rad("4", insats, &kolumner);
        if let (Row::Data { header, .. }, Some(note)) = (&mut row, this_year(pm, insats)) {
            header.notes.push(footnote(&mut notes, note));
        }
        row
    });
    table.footnotes = notes.footnotes;
    let sums = kolumner.iter().map(|kolumn| pm.cell("4", "summa", kolumn));
    table.rows.push(pm.namngiven_rad("Summa", RowKind::Sum, sums.collect()));
    table.remarks.push(pm.text(
        "Förbrukningskvot är utfallet från den 1 januari delat med budgeten för samma tid, räknat på kronor före \
         avrundning. Summor avrundas från kronor och kan skilja sig med en från summan av raderna.",
        &[],
    ));
    table
}

/// Why an insats's year is not a whole one.
fn this_year(pm: &Skrivare<'_, '_>, insats: InsatsNr) -> Option<Text> {
    let (year, period) = (pm.rakning.period, pm.insats(insats).period()?);
    let so_far = year.year_start()..=year.last();
    if period.start > year.last() {
        return Some(pm.text("Inte startad; startar {0}.", &[&format::long_date(period.start)]));
    }
    if so_far.contains(&period.slut) {
        return Some(pm.text("Avslutad {0}.", &[&format::long_date(period.slut)]));
    }
    let started_late = so_far.contains(&period.start) && period.start > year.year_start();
    started_late.then(|| pm.text("Start {0}.", &[&format::long_date(period.start)]))
}

/// What the table shows, in words: the sum, and who used least and more than all.
fn used(pm: &Skrivare<'_, '_>) -> Vec<Block> {
    if pm.value("4", "summa", "forbrukningskvot") == Value::Missing {
        return Vec::new();
    }
    let mut text = pm.text(
        "Sammanlagt har insatserna använt {4/summa/ack_utfall_tkr} av {4/summa/ack_budget_tkr}, eller \
         {4/summa/forbrukningskvot}.",
        &[],
    );
    let ratio = |insats: &InsatsNr| {
        let rad = pm.insats(*insats).insats.insats_id.as_str();
        match pm.value("4", rad, "forbrukningskvot") {
            Value::Andel(ratio) => Some((ratio, *insats)),
            _ => None,
        }
    };
    let ratios: Vec<(Kvot, InsatsNr)> = pm.rakning.rader.tabell_4.iter().filter_map(ratio).collect();
    let lowest = ratios.iter().copied().min_by(|a, b| a.0.compare(b.0));
    if let (Some((_, insats)), true) = (lowest, ratios.len() > 1) {
        let rad = &pm.insats(insats).insats.insats_id;
        let lowest = format!(" Lägst är förbrukningskvoten i {{*0}}, {{4/{rad}/forbrukningskvot}}.");
        text.extend(pm.text(&lowest, &[&pm.namn(insats)]));
    }
    let over: Vec<String> =
        ratios.iter().filter(|(ratio, _)| ratio.part() > ratio.base()).map(|(_, i)| pm.namn(*i)).collect();
    if !over.is_empty() {
        text.extend(pm.text(" Mer än budgeten har använts i {0}.", &[&format::list(&over)]));
    }
    let rule = pm.paragraph(
        "Medel som inte har använts vid årets slut går tillbaka till förbundet, om inte styrgruppen i en avvikelse har \
         begärt att få föra över dem och förbundschefen har beviljat det.",
        &[],
    );
    vec![Block::Paragraph(text), rule]
}

fn forbrukning(pm: &Skrivare<'_, '_>) -> Chart {
    let row = |&insats: &InsatsNr| ChartRow {
        label: pm.namn(insats),
        cells: vec![pm.cell("4", pm.insats(insats).insats.insats_id.as_str(), "forbrukningskvot")],
    };
    Chart {
        id: "diagram-forbrukning".to_owned(),
        title: format!("Förbrukningskvot, {} {}", manader(pm.rakning.period), pm.rakning.period.year()),
        description: "En stapel per insats visar hur stor del av budgeten som har använts; ett streck markerar \
            100 procent. Siffrorna står i tabell 4."
            .to_owned(),
        kind: ChartKind::PercentBars,
        series: vec!["Förbrukningskvot".to_owned()],
        rows: pm.rakning.rader.tabell_4.iter().map(row).collect(),
    }
}
