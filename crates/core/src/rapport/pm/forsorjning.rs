//! Section on public support: what is reckoned to fall away when people go to work or studies, with the assumptions beside
//! it. Left out when the förbund has given no flat rates.

use super::antal;
use crate::calc::forsorjning::{Efter, Till, har_schabloner};
use crate::calc::tabeller::forsorjning::{kedjor, kolumn, rad};
use crate::rapport::skrivare::{Skrivare, only_shown_parts, right, right_in};
use samsyn_document::{Block, Row, RowKind, Section, Table};

pub(super) fn section(pm: &Skrivare<'_, '_>) -> Option<Section> {
    let rakning = pm.rakning;
    if !har_schabloner(rakning.underlag, rakning.period.last()) || rakning.smatal().is_some() {
        return None;
    }
    let mut section = Section::new("forsorjning", "Minskad offentlig försörjning");
    section.blocks.push(pm.paragraph(
        "Beräkningen gäller dem som sedan den 1 januari gått till arbete eller studier. För var och en som hade offentlig \
         försörjning före insatsen räknas förbundets schablon för ett helt år i kommunen som äger insatsen. Vad som hade hänt \
         utan insatsen är inte känt, så beräkningen visar vad som kan ha fallit bort och inte vad insatsen har sparat.",
        &[],
    ));
    if pm.shows("forsorjning", "summa", "minskning_omfattning_tkr") {
        section.blocks.push(pm.paragraph(
            "{Ord forsorjning/summa/med_forsorjning} personer hade försörjning före, {ord forsorjning/summa/med_schablon} av \
             dem med en schablon; {ord forsorjning/summa/utan_forsorjning} hade ingen. Efter arbetets omfattning är \
             minskningen {forsorjning/summa/minskning_omfattning_tkr} på ett helt år. Räknas bara de som inte har någon \
             försörjning efter är den {forsorjning/summa/minskning_lagst_tkr}, och räknas hela schablonen för alla är den \
             {forsorjning/summa/minskning_hogst_tkr}.",
            &[],
        ));
    }
    section.blocks.push(Block::Table(people(pm)));
    section.blocks.extend(outcome(pm).map(Block::Table));
    section.blocks.push(Block::Table(amounts(pm)));
    Some(section)
}

fn empty(id: &str, caption: &str, corner: &str) -> Table {
    Table {
        id: id.to_owned(),
        label: None,
        caption: caption.to_owned(),
        corner: corner.to_owned(),
        columns: Vec::new(),
        rows: Vec::new(),
        footnotes: Vec::new(),
        remarks: Vec::new(),
    }
}

/// A row per chain, per inriktning, and the sum.
fn rows(pm: &Skrivare<'_, '_>, kolumner: &[&str]) -> Vec<Row> {
    let underlag = pm.rakning.underlag;
    let mut rows: Vec<Row> = Vec::new();
    for kedja in kedjor(pm.rakning) {
        rows.push(pm.rad("forsorjning", underlag.kedjor[kedja].forsta, kolumner));
    }
    let named =
        [("arbetsnara", "Arbetsnära", RowKind::Share), ("forrehabilitering", "Förrehabilitering", RowKind::Share)];
    for (rad, text, kind) in named.into_iter().chain([("summa", "Alla individinsatser", RowKind::Sum)]) {
        let cells = kolumner.iter().map(|kolumn| pm.cell("forsorjning", rad, kolumn)).collect();
        rows.push(pm.namngiven_rad(text, kind, cells));
    }
    rows
}

fn people(pm: &Skrivare<'_, '_>) -> Table {
    let mut table = empty("forsorjning-antal", "Till arbete eller studier, efter försörjning före insatsen", "Insats");
    table.columns = ["Med försörjning", "Med schablon", "Utan försörjning", "Okänt", "Andel utan"].map(right).to_vec();
    table.rows = rows(pm, &["med_forsorjning", "med_schablon", "utan_forsorjning", "okand_forsorjning", "andel_utan"]);
    table.remarks.push(pm.text(
        "Andelen utan försörjning är av alla som gått till arbete eller studier. Den som saknar schablon räknas inte i \
         beloppen.",
        &[],
    ));
    table.remarks.extend(antal::support(pm, kedjor(pm.rakning).into_iter()));
    table
}

/// What exits of those with support before led to, a row per support after; support that nobody has is left out. None when
/// nobody had support before.
fn outcome(pm: &Skrivare<'_, '_>) -> Option<Table> {
    if pm.antal("forsorjning", "summa", "med_forsorjning") == 0 {
        return None;
    }
    let caption = "De med försörjning före insatsen: arbetets omfattning och försörjning efter";
    let mut table = empty("forsorjning-efter", caption, "Försörjning efter");
    table.columns = Till::alla()
        .map(|till| match till {
            Till::Arbete(extent) => right_in("Arbetar", extent.text()),
            Till::Studier => right("Studerar"),
        })
        .collect();
    table.columns.push(right("Summa"));
    let rader: Vec<String> = Till::alla().map(rad).chain(["summa".to_owned()]).collect();
    let mut row = |text: &str, kind, kolumn: &str| {
        let cells = rader.iter().map(|rad| pm.cell("forsorjning", rad, kolumn)).collect();
        table.rows.push(pm.namngiven_rad(text, kind, cells));
    };
    for efter in Efter::alla().filter(|efter| pm.antal("forsorjning", "summa", &kolumn(*efter)) > 0) {
        row(efter.text(), RowKind::Normal, &kolumn(efter));
    }
    row("Summa", RowKind::Sum, "med_forsorjning");
    table
        .remarks
        .push(pm.text("Alla individinsatser. Den som både arbetar och studerar står under arbetets omfattning.", &[]));
    only_shown_parts(&mut table);
    Some(table)
}

fn amounts(pm: &Skrivare<'_, '_>) -> Table {
    let mut table = empty("forsorjning-belopp", "Beräknad minskning på ett helt år, och tid till kostnaden", "Insats");
    let groups = [("Lägst", "lagst"), ("Efter omfattning", "omfattning"), ("Högst", "hogst")];
    let mut kolumner = Vec::new();
    for (text, name) in groups {
        table.columns.push(right_in(text, "Tkr"));
        table.columns.push(right_in(text, "Månader"));
        kolumner.push(format!("minskning_{name}_tkr"));
        kolumner.push(format!("manader_{name}"));
    }
    let kolumner: Vec<&str> = kolumner.iter().map(String::as_str).collect();
    table.rows = rows(pm, &kolumner);
    for text in [
        "Lägst: bara den som inte har någon försörjning efter insatsen, hela schablonen. Efter omfattning: hela schablonen \
         för den som inte har någon försörjning efter, annars schablonen gånger arbetets omfattning; vid studier utan arbete \
         hela schablonen, men inget för den som har kvar samma försörjning. Högst: hela schablonen för alla.",
        "Månader: så länge minskningen behöver vara för att bli lika stor som det insatsen har kostat sedan den 1 januari.",
    ] {
        table.remarks.push(pm.text(text, &[]));
    }
    let mut sources: Vec<&str> = pm.rakning.underlag.schabloner.iter().map(|rate| rate.kalla.as_str()).collect();
    sources.sort_unstable();
    sources.dedup();
    table.remarks.push(pm.text("Schablonernas källa: {0}.", &[&samsyn_document::format::list(&sources)]));
    table
}
