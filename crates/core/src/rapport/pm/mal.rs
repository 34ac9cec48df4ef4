//! Section 4: where each insats stands with its goals.

use super::{rows_by_typ, table};
use crate::calc::Fraga;
use crate::calc::svar;
use crate::mal::{Enhet, Mal};
use crate::rapport::skrivare::{Skrivare, left};
use crate::underlag::InsatsNr;
use samsyn_document::{Block, Inline, Ljus, Section, Text, Value, format};

pub(super) fn section(pm: &Skrivare<'_, '_>) -> Section {
    let mut section = Section::new("mal", "Resultat av i insatsen angivna mål");
    section.blocks.push(pm.paragraph(
        "Grönt betyder att insatsen ligger i fas med sina mål, gult att den behöver hållas under uppsikt och rött att \
         något behöver åtgärdas eller att en avvikelse ska lämnas in.",
        &[],
    ));
    let mut table = table(2, "Nuläge mål", "Insats");
    table.columns = vec![left("Läge"), left("I fas med målen"), left("Styrgruppens prognos")];
    table.rows =
        rows_by_typ(pm, &pm.rakning.rader.tabell_2, |insats| pm.rad("2", insats, &["trafikljus", "i_fas", "prognos"]));
    section.blocks.push(Block::Table(table));
    section.blocks.push(Block::Paragraph(in_all(pm)));
    for &insats in &pm.rakning.rader.tabell_2 {
        section.blocks.extend(not_green(pm, insats));
    }
    section
}

fn in_all(pm: &Skrivare<'_, '_>) -> Text {
    if pm.antal("svar", "i_fas", "antal") == 0 {
        return pm.text("Ingen insats har lämnat någon kvartalsrapport för halvåret.", &[]);
    }
    if pm.antal("svar", "trafikljus", "grön") == pm.antal("svar", "trafikljus", "antal") {
        return pm.text("Alla insatser som har svarat är gröna.", &[]);
    }
    let mut text =
        pm.text("Av {ord svar/trafikljus/antal} {välj svar/trafikljus/antal insats|insatser} som har svarat är ", &[]);
    text.extend(pm.lights());
    text.extend(pm.text(". Nedan följer de som inte är gröna.", &[]));
    text
}

/// What is told of an insats that is not green; also where kansli and styrgrupp differ.
fn not_green(pm: &Skrivare<'_, '_>, insats: InsatsNr) -> Vec<Block> {
    let of = pm.insats(insats);
    let id = of.insats.insats_id.as_str();
    let light = pm.value("2", id, "trafikljus");
    let Some(latest) = svar::reports(of, pm.rakning.period).last() else {
        let text = pm.text("{*0}: ", &[&pm.namn(insats)]);
        let missing = Inline::Placeholder("kvartalsrapport för halvåret".to_owned());
        return vec![Block::Paragraph([text, vec![missing]].concat())];
    };
    let differ = latest.kansli_i_fas.filter(|view| *view != latest.i_fas);
    if light == Value::Ljus(Ljus::Gron) && differ.is_none() {
        return Vec::new();
    }
    let mut text = pm.text("{*0} är {1}. ", &[&pm.namn(insats), &format::value(&light).to_lowercase()]);
    text.extend(phase(pm, latest.i_fas.kod()));
    text.extend(forecast(pm, insats));
    if let Some(view) = differ {
        text.extend(pm.text(
            " Kansliet gör en annan bedömning än styrgruppen: {0}, där styrgruppen svarar {1}.",
            &[&view.text().to_lowercase(), &latest.i_fas.text().to_lowercase()],
        ));
        match &latest.kansli_motiv {
            Some(reason) => text.extend(pm.text(" Kansliets skäl: {0}.", &[reason.trim_end_matches('.')])),
            None => text.extend([Inline::Text(" ".into()), Inline::Placeholder("kansliets skäl".into())]),
        }
    }
    if let Some(comment) = &latest.kommentar {
        text.extend(pm.text(" Styrgruppens kommentar: ”{0}”.", &[comment.trim_end_matches('.')]));
    }
    let mut blocks = vec![Block::Paragraph(text)];
    let goals: Vec<Text> = of.mal.iter().map(|mal| goal(pm, insats, mal)).collect();
    if goals.is_empty() {
        blocks.push(Block::Paragraph(vec![Inline::Placeholder(format!("mål för {}", pm.namn(insats)))]));
    } else {
        blocks.push(Block::List(goals));
    }
    blocks
}

fn phase(pm: &Skrivare<'_, '_>, kod: &str) -> Text {
    let said = match kod {
        "ja" => "Enligt styrgruppen ligger insatsen i fas med sina mål.",
        "i_stort_sett" => "Enligt styrgruppen ligger insatsen i stort sett i fas med sina mål.",
        "delvis" => "Enligt styrgruppen ligger insatsen delvis i fas med sina mål.",
        _ => "Enligt styrgruppen ligger insatsen inte i fas med sina mål.",
    };
    pm.text(said, &[])
}

fn forecast(pm: &Skrivare<'_, '_>, insats: InsatsNr) -> Text {
    let said = match svar::code(&Fraga::Prognos.answer(pm.insats(insats), pm.rakning.period)) {
        Some("nås") => " Dess prognos är att målen nås.",
        Some("nås_ej") => " Dess prognos är att målen inte nås.",
        _ => " Den har inte lämnat någon prognos.",
    };
    pm.text(said, &[])
}

/// A goal with target and outcome: of the half-year, and the latest before it since the insats started.
pub(super) fn goal(pm: &Skrivare<'_, '_>, insats: InsatsNr, mal: &Mal) -> Text {
    let of = pm.insats(insats);
    let id = of.insats.insats_id.as_str();
    let unit = if mal.enhet == Some(Enhet::Procent) { " procent" } else { "" };
    let mut text = pm.text("{0}.", &[mal.mal.trim_end_matches('.')]);
    if mal.maltal.is_some() {
        let target = format!(" Mål: {{mal/{id}/mal_{}_maltal}}{{0}}.", mal.mal_nr);
        text.extend(pm.text(&target, &[unit]));
    }
    let period = pm.rakning.period;
    let reported =
        of.malutfall.iter().filter(|utfall| utfall.mal_nr == mal.mal_nr && period.last() >= utfall.kvartal.last());
    let mut any = false;
    for utfall in reported {
        any |= period.has(utfall.kvartal);
        let outcome = match utfall.utfall {
            Some(_) => {
                format!(" Utfall kvartal {{0}}: {{mal/{id}/mal_{}_utfall_{}}}{{1}}", mal.mal_nr, utfall.kvartal)
            }
            None => " Utfall kvartal {0}: inget tal".to_owned(),
        };
        let when = format!("{} {}", utfall.kvartal.number(), utfall.kvartal.year());
        text.extend(pm.text(&outcome, &[&when, unit]));
        match &utfall.kommentar {
            Some(comment) => text.extend(pm.text(" ({0}).", &[comment])),
            None => text.push(Inline::Text(".".to_owned())),
        }
    }
    if !any {
        text.extend([Inline::Text(" ".into()), Inline::Placeholder("utfall för halvåret".into())]);
    }
    text
}
