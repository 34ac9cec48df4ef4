//! The accounts as an economist expects them: resultaträkning, balansräkning, kassaflödesanalys, driftsredovisning, and
//! what goes with them.

use super::{Rapport, tabell};
use crate::calc::bokslut::drift::{Driftgrupp, driftrader, is_nothing};
use crate::calc::bokslut::uppstallning::{
    Form, Post, Postslag, Uppstalld, balansrakning, kassaflode as flode, resultatrakning,
};
use crate::calc::bokslut::{Tid, ar};
use crate::objektsaldo::{KOSTNADSSTALLE, PROJEKT};
use crate::rapport::skrivare::{left, right};
use samsyn_document::{Block, Cell, Datum, Inline, Row, RowKind, Section, Value, format};

const UTAN: &str = "Bokslutet är inte inläst.";

/// Adds the statement's table, or says that there is no closing.
fn statement(rapport: &Rapport<'_, '_>, section: &mut Section, rader: &[Uppstalld], days: &[Datum], caption: &str) {
    if !rapport.har(rapport.dagar.till) {
        section.blocks.push(Block::Notice(rapport.writer.text(UTAN, &[])));
        return;
    }
    let mut table = tabell(&section.id, format!("{caption}, kronor"), "Post");
    table.columns.push(left("Not"));
    table.columns.extend(rapport.kolumner(days));
    table.rows = rows(rapport, &section.id, rader, days);
    section.blocks.push(Block::Table(table));
}

/// The rows of a statement; a line that is nothing in every column is left out, and so is a heading without lines.
fn rows(rapport: &Rapport<'_, '_>, id: &str, rader: &[Uppstalld], days: &[Datum]) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for rad in rader {
        match rad {
            Uppstalld::Rubrik(heading) => {
                if matches!(rows.last(), Some(Row::Group { .. })) {
                    rows.pop();
                }
                rows.push(Row::Group { heading: (*heading).to_owned() });
            }
            Uppstalld::Post(post) => {
                let cells: Vec<Cell> =
                    days.iter().map(|day| rapport.writer.cell(id, post.namn, &day.to_string())).collect();
                let line = post.slag == Postslag::Rad && post.rad.is_some();
                if line && cells.iter().all(|cell| is_nothing(&cell.value)) {
                    continue;
                }
                rows.push(row(rapport, post, cells));
            }
        }
    }
    rows
}

fn row(rapport: &Rapport<'_, '_>, post: &Post, cells: Vec<Cell>) -> Row {
    let structure = rapport.writer.rakning.underlag.bokforing.struktur(ar(rapport.dagar.till));
    let note = post.rad.and_then(|rad| structure.iter().filter(|run| run.rad == rad).find_map(|run| run.not_nr));
    let note = note.map_or_else(Cell::empty, |number| Cell::text(format!("Not {number}")));
    let kind = if post.slag == Postslag::Rad { RowKind::Normal } else { RowKind::Sum };
    let cells = std::iter::once(note).chain(cells).collect();
    Row::Data { header: Cell::text(post.text), sub: None, cells, kind }
}

pub(super) fn resultat(rapport: &Rapport<'_, '_>) -> Section {
    let mut section = Section::on_own_page("resultatrakning", "Resultaträkning");
    let rader = resultatrakning(Form::av(ar(rapport.dagar.till)), rapport.dagar.till);
    let text =
        if rapport.helar() { "Resultaträkning, januari–december" } else { "Resultaträkning, januari–juni" };
    statement(rapport, &mut section, &rader, &rapport.resultatdagar(), text);
    section
}

pub(super) fn balans(rapport: &Rapport<'_, '_>) -> Section {
    let mut section = Section::on_own_page("balansrakning", "Balansräkning");
    let rader = balansrakning(Tid::vid(rapport.dagar.till));
    let days = rapport.dagar.balans(&rapport.writer.rakning.underlag.bokforing);
    statement(rapport, &mut section, &rader, &days, "Balansräkning");
    let writer = &rapport.writer;
    let till = rapport.dagar.till.to_string();
    let (of_result, of_balance) = (
        writer.value("resultatrakning", "periodens_resultat", &till),
        writer.value("balansrakning", "periodens_resultat", &till),
    );
    if of_result != of_balance && of_result != Value::Missing {
        section.blocks.push(writer.paragraph(
            "Resultatet är {0} i resultaträkningen, som är summan av rader i hela kronor, och {1} i balansräkningen, som är \
             avrundat från ören.",
            &[&format::in_text(&of_result), &format::in_text(&of_balance)],
        ));
    }
    section
}

pub(super) fn kassaflode(rapport: &Rapport<'_, '_>) -> Section {
    let mut section = Section::on_own_page("kassaflode", "Kassaflödesanalys");
    statement(rapport, &mut section, &flode(rapport.dagar.till), &rapport.resultatdagar(), "Kassaflödesanalys");
    // No line of a cash flow has a note.
    for block in &mut section.blocks {
        if let Block::Table(table) = block {
            table.columns.remove(0);
            for row in &mut table.rows {
                if let Row::Data { cells, .. } = row {
                    cells.remove(0);
                }
            }
        }
    }
    section
}

pub(super) fn principer(rapport: &Rapport<'_, '_>) -> Section {
    let mut section = Section::new("principer", "Redovisningsprinciper");
    let form = Form::av(ar(rapport.dagar.till));
    section.blocks.push(rapport.writer.paragraph(
        "Räkenskaperna följer {0}. Belopp i räkningarna är i hela kronor: varje rad är avrundad och summorna är summor av \
         raderna.",
        &[form.lag],
    ));
    section
        .blocks
        .push(rapport.place(
            "principer för periodisering, avskrivning, finansiella tillgångar och leasing, och vad som ändrats",
        ));
    section
}

pub(super) fn drift(rapport: &Rapport<'_, '_>) -> Section {
    let mut section = Section::on_own_page("driftsredovisning", "Driftsredovisning");
    if !rapport.har(rapport.dagar.till) {
        section.blocks.push(Block::Notice(rapport.writer.text(UTAN, &[])));
        return section;
    }
    let writer = &rapport.writer;
    section.blocks.extend(rapport.saknar(
        &[KOSTNADSSTALLE, PROJEKT],
        "Det som skulle stått på dem ingår i det som inte har en egen rad, och ett streck betyder att utfallet inte är känt.",
    ));
    let mut table = tabell("driftsredovisning", format!("Driftsredovisning {}, tkr", rapport.tiden()), "Post");
    table.columns = ["Budget", "Utfall", "Avvikelse"].map(right).to_vec();
    let cells = |namn: &str| -> Vec<Cell> {
        ["budget_tkr", "utfall_tkr", "avvikelse_tkr"]
            .map(|kolumn| writer.cell("driftsredovisning", namn, kolumn))
            .to_vec()
    };
    let nothing = |namn: &str| cells(namn).iter().all(|cell| is_nothing(&cell.value));
    let mut grupp: Option<Driftgrupp> = None;
    for row in driftrader(writer.rakning.underlag, rapport.dagar.till, !rapport.helar()) {
        if nothing(&row.namn) {
            continue;
        }
        if grupp != Some(row.grupp) {
            table.rows.push(Row::Group { heading: row.grupp.text().to_owned() });
            grupp = Some(row.grupp);
        }
        let owner = writer.rakning.underlag.insats_nr(&row.namn).map(|nr| writer.insats(nr).insats.insatsagare.clone());
        table.rows.push(Row::Data {
            header: Cell::text(&row.text),
            sub: owner,
            cells: cells(&row.namn),
            kind: RowKind::Normal,
        });
    }
    if !nothing("ovrigt") {
        table.rows.push(Row::Group { heading: Driftgrupp::Ovrigt.text().to_owned() });
        table.rows.push(writer.namngiven_rad("Intäkter och kostnader utan egen rad", RowKind::Normal, cells("ovrigt")));
    }
    table.rows.push(writer.namngiven_rad("Totalt", RowKind::Sum, cells("totalt")));
    let share = if rapport.helar() { "årets" } else { "hälften av årets" };
    table.remarks.push(writer.text("Budgeten är {0} i {1}.", &[share, &rapport.planen()]));
    table
        .remarks
        .push(writer.text("Avvikelsen är skillnaden mellan de tal som visas. Summor är avrundade från kronor.", &[]));
    section.blocks.push(Block::Table(table));
    section
}

/// Lines to sign on. Nobody's name is filled in.
pub(super) fn underskrifter(rapport: &Rapport<'_, '_>) -> Section {
    let mut section = Section::on_own_page("underskrifter", "Underskrifter");
    section.blocks.push(rapport.writer.paragraph(
        "{0} är upprättad enligt {1} och avser {2}.",
        &[
            if rapport.helar() { "Årsredovisningen" } else { "Delårsrapporten" },
            Form::av(ar(rapport.dagar.till)).lag,
            &rapport.tiden(),
        ],
    ));
    let mut table = tabell("underskrifter", "Styrelsens underskrifter", "Uppdrag");
    table.columns = vec![left("Namn"), left("Utsedd av"), left("Datum och underskrift")];
    for role in
        ["Ordförande", "1:e vice ordförande", "2:e vice ordförande", "Ledamot", "Ledamot", "Ledamot", "Förbundschef"]
    {
        table.rows.push(Row::Data {
            header: Cell::text(role),
            sub: None,
            cells: vec![Cell::empty(); 3],
            kind: RowKind::ByHand,
        });
    }
    section.blocks.push(Block::Table(table));
    section.blocks.push(Block::Paragraph(vec![Inline::Placeholder("ort och dag".to_owned())]));
    section
}
