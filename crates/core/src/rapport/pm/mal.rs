//! Section 4: where each insats stands with its goals.

use super::{footnote, rows_by_typ, table};
use crate::calc::Fraga;
use crate::calc::svar;
use crate::kvartalsrapport::IFas;
use crate::mal::{Enhet, Mal};
use crate::rapport::skrivare::{Skrivare, left};
use crate::underlag::InsatsNr;
use samsyn_document::{Block, Inline, Ljus, Row, Section, Text, Value};

pub(super) fn section(pm: &Skrivare<'_, '_>) -> Section {
    let mut section = Section::new("mal", "Resultat av i insatsen angivna mål");
    section.blocks.push(pm.paragraph(
        "Grönt betyder att insatsen ligger i fas med sina mål, gult att den behöver hållas under uppsikt och rött att \
         något behöver åtgärdas eller att en avvikelse ska lämnas in.",
        &[],
    ));
    let mut table = table(2, "Nuläge mål", "Insats");
    table.columns = vec![left("Läge"), left("I fas med målen"), left("Styrgruppens prognos")];
    let mut notes = table.clone();
    table.rows = rows_by_typ(pm, &pm.rakning.rader.tabell_2, |insats| {
        let mut row = pm.rad("2", insats, &["trafikljus", "i_fas", "prognos"]);
        if let Row::Data { cells, .. } = &mut row {
            if let Some(note) = set_by_hand(pm, insats) {
                cells[0].notes.push(footnote(&mut notes, note));
            }
            if let Some(note) = kansli_view(pm, insats) {
                cells[1].notes.push(footnote(&mut notes, note));
            }
        }
        row
    });
    table.footnotes = notes.footnotes;
    if !table.rows.is_empty() {
        section.blocks.push(Block::Table(table));
    }
    section.blocks.push(Block::Paragraph(in_all(pm)));
    for &insats in &pm.rakning.rader.tabell_2 {
        section.blocks.extend(with_comment(pm, insats, not_green(pm, insats)));
    }
    let others = (0..pm.rakning.underlag.insatser.len()).filter(|insats| !pm.rakning.rader.tabell_2.contains(insats));
    section.blocks.extend(others.flat_map(|insats| with_comment(pm, insats, Vec::new())));
    section
}

/// What is told of an insats, and the kansli's comment on it where there is one.
fn with_comment(pm: &Skrivare<'_, '_>, insats: InsatsNr, mut blocks: Vec<Block>) -> Vec<Block> {
    let Some(said) = pm.insats(insats).kommentar(pm.rakning.period) else { return blocks };
    match blocks.first_mut() {
        Some(Block::Paragraph(text)) => {
            text.push(Inline::Text(" ".to_owned()));
            text.extend(kansliets_kommentar(pm, said));
        }
        _ => {
            let text = [pm.text("{*0}: ", &[&pm.namn(insats)]), kansliets_kommentar(pm, said)].concat();
            blocks.insert(0, Block::Paragraph(text));
        }
    }
    blocks
}

/// The kansli's own words, as such.
pub(super) fn kansliets_kommentar(pm: &Skrivare<'_, '_>, said: &str) -> Text {
    pm.text("Kansliets kommentar: ”{0}”.", &[&quoted(said)])
}

/// Somebody's words as they stand within quotation marks: on one line, without the last full stop.
pub(super) fn quoted(said: &str) -> String {
    let line = said.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
    line.trim_end_matches('.').to_owned()
}

/// A note where table 2 shows a light that the kansli has set.
fn set_by_hand(pm: &Skrivare<'_, '_>, insats: InsatsNr) -> Option<Text> {
    let latest = svar::reports(pm.insats(insats), pm.rakning.period).last()?;
    svar::satt_ljus(pm.insats(insats), latest, pm.rakning.period)?;
    let given = svar::svarens_ljus(pm.insats(insats), latest);
    Some(pm.text("Satt av kansliet; svaren ger {0}.", &[neuter(given)]))
}

fn neuter(light: Ljus) -> &'static str {
    match light {
        Ljus::Gron => "grönt",
        Ljus::Gul => "gult",
        Ljus::Rod => "rött",
    }
}

/// A note where table 2 shows the kansli's view and the styrgrupp's is another.
fn kansli_view(pm: &Skrivare<'_, '_>, insats: InsatsNr) -> Option<Text> {
    let latest = svar::reports(pm.insats(insats), pm.rakning.period).last()?;
    latest.kansli_i_fas.filter(|view| *view != latest.i_fas)?;
    Some(pm.text("Kansliets bedömning; styrgruppen svarar {0}.", &[&latest.i_fas.text().to_lowercase()]))
}

fn in_all(pm: &Skrivare<'_, '_>) -> Text {
    let answered = pm.antal("svar", "trafikljus", "antal");
    if answered == 0 {
        return pm.text("Ingen insats har lämnat någon kvartalsrapport för halvåret.", &[]);
    }
    let mut text = super::sammanfattning::phases(pm);
    if pm.antal("svar", "trafikljus", "grön") < answered {
        text.extend(pm.text(" Nedan följer de vars läge inte är grönt.", &[]));
    }
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
    let set = svar::satt_ljus(of, latest, pm.rakning.period);
    if light == Value::Ljus(Ljus::Gron) && differ.is_none() && set.is_none() {
        return Vec::new();
    }
    let mut text = pm.text("{*0}: ", &[&pm.namn(insats)]);
    match differ {
        None => text.extend(pm.text("styrgruppen svarar att insatsen {0}.", &[phase(latest.i_fas)])),
        Some(view) => {
            text.extend(pm.text(
                "styrgruppen svarar att insatsen {0}, kansliet bedömer att den {1}.",
                &[phase(latest.i_fas), phase(view)],
            ));
            match &latest.kansli_motiv {
                Some(reason) => text.extend(pm.text(" Kansliets skäl: ”{0}”.", &[&quoted(reason)])),
                None => text.extend([Inline::Text(" ".into()), Inline::Placeholder("kansliets skäl".into())]),
            }
        }
    }
    text.extend(forecast(pm, insats));
    let given = neuter(svar::svarens_ljus(of, latest));
    text.extend(match set {
        None => pm.text(" Läget är {0}.", &[given]),
        Some(set) => pm.text(
            " Läget är {0}, satt av kansliet; svaren ger {1}. Kansliets skäl: ”{2}”.",
            &[neuter(set.ljus), given, &quoted(&set.motiv)],
        ),
    });
    if let Some(comment) = &latest.kommentar {
        text.extend(pm.text(" Styrgruppens kommentar: ”{0}”.", &[&quoted(comment)]));
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

fn phase(i_fas: IFas) -> &'static str {
    match i_fas {
        IFas::Ja => "ligger i fas med sina mål",
        IFas::IStortSett => "i stort sett ligger i fas med sina mål",
        IFas::Delvis => "delvis ligger i fas med sina mål",
        IFas::Nej => "inte ligger i fas med sina mål",
    }
}

fn forecast(pm: &Skrivare<'_, '_>, insats: InsatsNr) -> Text {
    let said = match svar::code(&Fraga::Prognos.answer(pm.insats(insats), pm.rakning.period)) {
        Some("nås") => " Styrgruppens prognos är att målen nås.",
        Some("nås_ej") => " Styrgruppens prognos är att målen inte nås.",
        _ => " Styrgruppen har inte lämnat någon prognos.",
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
            None => " Utfall kvartal {0}, i ord".to_owned(),
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
