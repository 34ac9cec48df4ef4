//! The economy in words and tables: result against budget, forecast and last year, parts and insatser against the plan.

use super::oversikt::{balanskrav, used};
use super::{Rapport, tabell};
use crate::calc::bokslut::drift::is_nothing;
use crate::calc::bokslut::insatser::{INRIKTNING, Insatsprojekt, insatsrader};
use crate::calc::bokslut::oversikt::ar_fore;
use crate::calc::bokslut::{har_objekt, objektnamn};
use crate::calc::tabeller::bokforing::PARTER;
use crate::objektsaldo::{KOSTNADSSTALLE, PROJEKT};
use crate::rapport::skrivare::{right, sentences};
use samsyn_document::chart::{Chart, ChartKind, ChartRow};
use samsyn_document::{Block, Cell, Datum, Row, RowKind, Section, Table, Text, Value, format};

pub(super) fn section(rapport: &Rapport<'_, '_>) -> Section {
    let mut section = Section::new("ekonomi", "Ekonomi");
    if !rapport.har(rapport.dagar.till) {
        section.blocks.push(Block::Notice(rapport.writer.text("Bokslutet är inte inläst.", &[])));
        return section;
    }
    section.blocks.extend(result(rapport));
    section.blocks.push(rapport.place("vad resultatet beror på"));
    section.sections.push(parts(rapport));
    section.sections.push(insatser(rapport));
    section.sections.extend(used(rapport));
    section.sections.push(balanskrav(rapport));
    section
}

fn result(rapport: &Rapport<'_, '_>) -> Vec<Block> {
    let (writer, till) = (&rapport.writer, rapport.dagar.till);
    let fjol = ar_fore(till, 1);
    let id = |day: Datum| format!("{{oversikt/resultat/{day}}}");
    let mut text = format!("För {{0}} redovisar förbundet ett resultat på {}", id(till));
    if writer.shows("oversikt", "resultat", &fjol.to_string()) {
        text += &format!(", att jämföra med {} ett år tidigare", id(fjol));
    }
    text += ".";
    if writer.shows("driftsredovisning", "totalt", "budget_tkr") {
        let of = if rapport.helar() {
            "Det budgeterade resultatet i {1} var"
        } else {
            "Hälften av årets budgeterade resultat i {1} är"
        };
        text += &format!(
            " {of} {{driftsredovisning/totalt/budget_tkr}}, så utfallet avviker med {{driftsredovisning/totalt/avvikelse_tkr}}."
        );
    }
    vec![writer.paragraph(&text, &[&rapport.tiden(), &rapport.planen()])]
}

/// What the board, the kansli and projects cost, against the year's budget and forecast.
fn parts(rapport: &Rapport<'_, '_>) -> Section {
    let writer = &rapport.writer;
    let mut section = Section::new("kostnader", "Kostnader mot budget");
    let days = rapport.resultatdagar();
    let underlag = writer.rakning.underlag;
    let mut table = tabell("kostnader", "Kostnader mot årets budget, tkr", "Post");
    table.columns = rapport.utfallskolumner(&days);
    let mut kolumner: Vec<String> = days.iter().map(|day| format!("{day}_tkr")).collect();
    if rapport.har_prognos() {
        table.columns.push(right("Prognos för året"));
        kolumner.push("arsprognos_tkr".to_owned());
    }
    table.columns.extend([right("Budget för året"), right("Använt av budget")]);
    kolumner.extend(["arsbudget_tkr".to_owned(), "andel_av_arsbudget".to_owned()]);
    for kategori in PARTER {
        let cells: Vec<Cell> = kolumner.iter().map(|kolumn| writer.cell("kostnader", kategori.kod(), kolumn)).collect();
        if !cells.iter().all(|cell| is_nothing(&cell.value)) {
            table.rows.push(writer.namngiven_rad(kategori.text(), RowKind::Normal, cells));
        }
    }
    let told = rapport.saknar(&[KOSTNADSSTALLE], "Utfallet kan därför inte delas upp.");
    if table.rows.is_empty() {
        let none =
            || Block::Notice(writer.text("Inget kostnadsställe i bokslutet är kopplat till en del av planen.", &[]));
        section.blocks.push(told.unwrap_or_else(none));
        return section;
    }
    section.blocks.extend(told);
    for day in days.iter().filter(|day| **day != rapport.dagar.till) {
        if !har_objekt(&underlag.bokforing, *day, KOSTNADSSTALLE) {
            table
                .remarks
                .push(writer.text("Bokslutet per den {0} har inga kostnadsställen.", &[&format::long_date(*day)]));
        }
    }
    table.remarks.push(writer.text(
        "Utfallet är det som är bokfört på varje dels kostnadsställen, budget och prognos det som står i styrelsens plan.",
        &[],
    ));
    section.blocks.push(Block::Table(table));
    section
}

/// What each insats cost, and the direction of spending.
fn insatser(rapport: &Rapport<'_, '_>) -> Section {
    let writer = &rapport.writer;
    let underlag = writer.rakning.underlag;
    let mut section = Section::new("samverkansinsatser", "Samverkansinsatser");
    let days = rapport.resultatdagar();
    let mut table = tabell("samverkansinsatser", "Samverkansinsatser, tkr", "Insats");
    table.columns = rapport.utfallskolumner(&days);
    let mut kolumner: Vec<String> = days.iter().map(|day| format!("{day}_tkr")).collect();
    if rapport.har_prognos() {
        table.columns.push(right("Prognos för året"));
        kolumner.push("arsprognos_tkr".to_owned());
    }
    let budget = if rapport.helar() { "Budget för året" } else { "Hälften av årets budget" };
    table.columns.extend([right(budget), right("Förbrukningskvot")]);
    kolumner.extend(["budget_tkr".to_owned(), "forbrukningskvot".to_owned()]);
    for row in insatsrader(writer.rakning, &days) {
        let namn = row.projekt.namn();
        let cells = kolumner.iter().map(|kolumn| writer.cell("samverkansinsatser", &namn, kolumn)).collect();
        let (header, owner) = match underlag.insats_nr(&namn) {
            Some(nr) => (writer.insats(nr).kortnamn().to_owned(), Some(writer.insats(nr).insats.insatsagare.clone())),
            None => match &row.projekt {
                Insatsprojekt::Projekt(day, projekt) => {
                    (underlag.bokforing.per(*day).map_or(namn, |of| objektnamn(of, PROJEKT, projekt)), None)
                }
                Insatsprojekt::Post(post) => (format::capital(&post.as_str().replace('_', " ")), None),
            },
        };
        table.rows.push(Row::Data { header: Cell::text(header), sub: owner, cells, kind: RowKind::Normal });
    }
    if table.rows.is_empty() {
        let told = rapport.saknar(&[PROJEKT], "Kostnaden för varje insats är därför inte känd.");
        let none = || Block::Notice(writer.text("Inget projekt i bokslutet hör till en insats.", &[]));
        section.blocks.push(told.unwrap_or_else(none));
        return section;
    }
    let of = if rapport.helar() { "årets budget" } else { "hälften av årets budget" };
    let quota = writer.text("Förbrukningskvoten är utfallet delat med {0} i styrelsens plan.", &[of]);
    let forecast = writer.text("Prognosen är planens för hela året.", &[]);
    table.remarks.push(sentences([quota, if rapport.har_prognos() { forecast } else { Text::new() }]));
    if writer.antal("samverkansinsatser", "over_85_procent", "antal") > 0 {
        section.blocks.push(writer.paragraph(
            "{Ord samverkansinsatser/over_85_procent/antal} {välj samverkansinsatser/over_85_procent/antal \
             insats|insatser} har använt mer än 85 procent av sin budget, {samverkansinsatser/over_85_procent/andel} av dem \
             som har en.",
            &[],
        ));
    }
    let chart = quotas(&table);
    section.blocks.push(Block::Table(table));
    section.blocks.extend(chart.map(Block::Chart));
    section.blocks.push(Block::Table(direction(rapport)));
    section
}

/// A bar for every insats of the table that has a budget; none when no insats has.
fn quotas(table: &Table) -> Option<Chart> {
    let row = |row: &Row| {
        let Row::Data { header, sub, cells, .. } = row else { return None };
        let quota = cells.last().filter(|cell| matches!(cell.value, Value::Andel(_)))?;
        let owner = sub.as_ref().map_or_else(String::new, |owner| format!(", {owner}"));
        let label = format!("{}{owner}", format::value(&header.value));
        Some(ChartRow { label, cells: vec![quota.clone()] })
    };
    let rows: Vec<ChartRow> = table.rows.iter().filter_map(row).collect();
    (!rows.is_empty()).then(|| Chart {
        id: "diagram-forbrukningskvot".to_owned(),
        title: "Förbrukningskvot per insats".to_owned(),
        description:
            "Liggande staplar, en för varje insats med budget i styrelsens plan: hur stor del av budgeten som har \
                      använts. Strecket är hela budgeten. Talen står i tabellen ovan."
                .to_owned(),
        kind: ChartKind::PercentBars,
        series: vec!["Förbrukningskvot".to_owned()],
        rows,
    })
}

fn direction(rapport: &Rapport<'_, '_>) -> Table {
    let writer = &rapport.writer;
    let mut table = tabell("inriktning", format!("Inriktning av insatser, {}, tkr", rapport.tiden()), "Inriktning");
    table.columns = vec![right("Utfall"), right("Budget"), right("Förbrukningskvot")];
    let cells = |rad: &str| {
        ["utfall_tkr", "budget_tkr", "forbrukningskvot"].map(|kolumn| writer.cell("inriktning", rad, kolumn)).to_vec()
    };
    for kategori in INRIKTNING {
        table.rows.push(writer.namngiven_rad(kategori.text(), RowKind::Normal, cells(kategori.kod())));
    }
    table.rows.push(writer.namngiven_rad("Summa", RowKind::Sum, cells("summa_insatser")));
    let of = if rapport.helar() { "årets budget" } else { "hälften av årets budget" };
    let text = "Budgeten är {0} i styrelsens plan, en annan än den som insatserna har beviljats per kvartal.";
    table.remarks.push(writer.text(text, &[of]));
    table
}
