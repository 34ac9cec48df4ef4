//! Section 3: the insatser, with footnotes from the decisions.

use super::{footnote, rows_by_typ, table};
use crate::insatsperiod::Insatsperiod;
use crate::rapport::skrivare::{Skrivare, right};
use crate::underlag::InsatsNr;
use samsyn_document::{Block, Cell, Row, RowKind, Section, Table, Text, format};

pub(super) fn section(pm: &Skrivare<'_, '_>) -> Section {
    let mut section = Section::new("insatser", "Insatser");
    section.blocks.push(pm.paragraph(
        "Tabellen visar de insatser som ingår i uppföljningen av {0}, med det namn som står i ansökan. I övriga \
         tabeller och i text används kortare namn.",
        &[&format::halvar(pm.rakning.period)],
    ));
    let table = tabell_1(pm);
    if table.rows.is_empty() {
        section.blocks = vec![pm.paragraph("Ingen insats hör till halvåret.", &[])];
    } else {
        section.blocks.push(Block::Table(table));
    }
    section
}

fn tabell_1(pm: &Skrivare<'_, '_>) -> Table {
    let mut table = table(1, "Insatser", "Insats");
    table.columns = vec![right("Start"), right("Till och med")];
    let mut notes = table.clone();
    table.rows = rows_by_typ(pm, &pm.rakning.rader.tabell_1, |insats| {
        let of = pm.insats(insats);
        let id = of.insats.insats_id.as_str();
        let mut header = Cell::text(&of.insats.namn);
        header.notes = decision_notes(pm, insats).into_iter().map(|text| shared_footnote(&mut notes, text)).collect();
        Row::Data {
            header,
            sub: Some(of.insats.insatsagare.clone()),
            cells: ["start", "slut"].map(|kolumn| pm.cell("1", id, kolumn)).to_vec(),
            kind: RowKind::Normal,
        }
    });
    table.footnotes = notes.footnotes;
    table
}

/// The index of the footnote with this text; a new one when there is none.
fn shared_footnote(table: &mut Table, text: Text) -> usize {
    let found = table.footnotes.iter().position(|known| *known == text);
    found.unwrap_or_else(|| footnote(table, text))
}

/// What decisions since the last half-year changed, why an insats has not started, and what follows it.
fn decision_notes(pm: &Skrivare<'_, '_>, insats: InsatsNr) -> Vec<Text> {
    let of = pm.insats(insats);
    let waiting = pm.rakning.rader.ej_startade.contains(&insats);
    let mut notes = Vec::new();
    for pair in of.perioder.windows(2) {
        let [before, after] = pair else { continue };
        if after.beslutad >= pm.rakning.period.first() || (waiting && before.start != after.start) {
            notes.extend(change(before, after).map(|text| pm.text("{0}", &[&text])));
        }
    }
    if let Some(next) = pm.follows(insats).map(|next| pm.insats(next)) {
        let days = next.period().map_or_else(String::new, |p| format!("{}–{}", p.start, p.slut));
        notes.push(pm.text("Fortsätter som {0}, {1}.", &[&next.insats.namn, &days]));
    }
    let underlag = pm.rakning.underlag;
    let earlier = of.insats.redovisas_med.as_ref().and_then(|id| underlag.insats_nr(id.as_str()));
    if let Some(earlier) = earlier.map(|earlier| pm.insats(earlier)) {
        let days = earlier.period().map_or_else(String::new, |p| format!(", {}–{}", p.start, p.slut));
        notes.push(pm.text("Fortsätter {0}{1}.", &[&earlier.insats.namn, &days]));
    }
    notes
}

/// What a decision changed, in a sentence; `None` when nothing.
fn change(before: &Insatsperiod, after: &Insatsperiod) -> Option<String> {
    let decided = format::long_date(after.beslutad);
    let mut parts = Vec::new();
    if after.start != before.start {
        parts.push(format!("start {} i stället för {}", after.start, before.start));
    }
    if after.slut > before.slut {
        parts.push(format!("förlängd från {} till {}", before.slut, after.slut));
    } else if after.slut < before.slut {
        parts.push(format!("förkortad från {} till {}", before.slut, after.slut));
    }
    (!parts.is_empty()).then(|| format!("Beslut den {decided}: {}.", format::list(&parts)))
}
