//! Section 7: direction of spending, participants, target group, expected participants and costs.

use super::{antal, deltagare, manader, table, utfall};
use crate::calc::{Grupp, Matt, Rakning};
use crate::insats::InsatsTyp;
use crate::rapport::skrivare::{Skrivare, right, sentences};
use crate::underlag::KedjeNr;
use samsyn_document::{Block, Cell, Row, RowKind, Section, Table, Text, Value, format};

pub(super) fn section(pm: &Skrivare<'_, '_>) -> Section {
    let mut section = Section::new("statistik", "Statistik och kostnader");
    section.sections = vec![
        direction(pm),
        deltagare::participants(pm),
        utfall::section(pm),
        target_group(pm),
        expected(pm),
        costs(pm),
    ];
    section
}

fn direction(pm: &Skrivare<'_, '_>) -> Section {
    let mut section = Section::new("inriktning", "Medel till individ, struktur och kompetens");
    section.blocks.push(pm.paragraph(
        "Tabellen visar hur insatsernas utfall från den 1 januari fördelar sig. Styrelsens prioritering för året finns \
         inte i underlaget och jämförs därför inte.",
        &[],
    ));
    let caption = format!("Utfall per typ av insats, {}", manader(pm.rakning.period));
    let mut table = Table { id: "tabell-inriktning".to_owned(), label: None, ..table(0, caption, "Typ av insats") };
    table.columns = vec![right("Utfall, tkr"), right("Andel")];
    for &typ in InsatsTyp::ALL {
        let cells = ["ack_utfall_tkr", "andel"].map(|kolumn| pm.cell("inriktning", typ.kod(), kolumn)).to_vec();
        table.rows.push(pm.namngiven_rad(super::typ_plural(typ), RowKind::Normal, cells));
    }
    let sum = vec![pm.cell("inriktning", "summa", "ack_utfall_tkr"), Cell::empty()];
    table.rows.push(pm.namngiven_rad("Summa", RowKind::Sum, sum));
    if pm.value("inriktning", "individ", "andel") == Value::Missing {
        section.blocks = vec![pm.paragraph("Inget utfall är känt.", &[])];
    } else {
        section.blocks.push(Block::Table(table));
    }
    section
}

/// Rows of the target group: heading, and the row's name among the figures.
const MALGRUPP: [(&str, &[(&str, &str)]); 4] = [
    ("Kön", &[("Kvinnor", "kvinnor"), ("Män", "man")]),
    ("Ålder", &[("Under 30 år", "under_30"), ("30–44 år", "30_44"), ("45–59 år", "45_59"), ("60 år och äldre", "60_")]),
    (
        "Offentlig försörjning före insatsen",
        &[("Ingen", "ingen_forsorjning"), ("Mer än tre år", "forsorjning_over_3_ar")],
    ),
    (
        "Högsta utbildning",
        &[
            ("Grundskola", "hogst_grundskola"),
            ("Gymnasium", "gymnasium"),
            ("Eftergymnasial", "eftergymnasial"),
            ("Saknas eller okänd", "utbildning_saknas_eller_okand"),
        ],
    ),
];

fn target_group(pm: &Skrivare<'_, '_>) -> Section {
    let mut section = Section::new("malgrupp", "Målgrupp");
    let before = pm.value("fjolar-malgrupp", "kvinnor", "andel") != Value::Missing;
    let mut table = table(10, "Målgrupp, andel av deltagarna", "Uppgift vid inskrivningen");
    table.columns = vec![right(&format!("Inskrivna {}", manader(pm.rakning.period)))];
    if before {
        let year = i32::from(pm.rakning.period.year()) - 1;
        table.columns.push(right(&format!("Inskrivna {} {year}", manader(pm.rakning.period))));
    }
    table.columns.push(right("Alla som deltagit"));
    for (heading, rows) in MALGRUPP {
        table.rows.push(Row::Group { heading: heading.to_owned() });
        for (label, rad) in rows {
            let mut cells = vec![pm.cell("malgrupp", rad, "andel")];
            cells.extend(before.then(|| pm.cell("fjolar-malgrupp", rad, "andel")));
            cells.push(pm.cell("malgrupp-deltagit", rad, "andel"));
            table.rows.push(pm.namngiven_rad(label, RowKind::Normal, cells));
        }
    }
    table.remarks.push(match antal::shares_of_single(pm) {
        Some(on_whom) => {
            let how = "De vars uppgift är okänd är med. Ålder är inskrivningsåret minus födelseåret.";
            sentences([on_whom, pm.text(how, &[])])
        }
        None => on_all(pm),
    });
    if !pm.any("nyckeltal", "deltagit", "antal") {
        section.blocks.push(pm.paragraph("Ingen har deltagit.", &[]));
        return section;
    }
    section.blocks.extend(target_group_in_words(pm).map(Block::Paragraph));
    section.blocks.push(Block::Table(table));
    section
}

/// Who they are, of those whose inskrivningar are known one by one.
fn target_group_in_words(pm: &Skrivare<'_, '_>) -> Option<Text> {
    let (all, who) = match pm.rakning.enskilda() {
        Grupp::Enskilda => (["malgrupp", "alla", "antal"], "Av dem som skrivits in och är kända en och en"),
        _ => (["nyckeltal", "inskrivna", "antal"], "Av dem som skrivits in"),
    };
    if !pm.any(all[0], all[1], all[2]) {
        return None;
    }
    let young = if pm.shows("malgrupp", "kvinnor", "andel") {
        "Yngre än 30 år är {malgrupp/under_30/andel}."
    } else {
        "{0} är {malgrupp/under_30/andel} yngre än 30 år."
    };
    let told = [
        "{0} är {malgrupp/kvinnor/andel} kvinnor och {malgrupp/man/andel} män.",
        young,
        "Offentlig försörjning före insatsen saknades för {malgrupp/ingen_forsorjning/andel}, och \
         {malgrupp/forsorjning_over_3_ar/andel} hade haft sådan i mer än tre år.",
        "Grundskola är den högsta utbildningen för {malgrupp/hogst_grundskola/andel}.",
    ];
    let text = sentences(told.map(|template| pm.if_shown(template, &[who])));
    (!text.is_empty()).then_some(text)
}

fn on_all(pm: &Skrivare<'_, '_>) -> Text {
    let counted = pm.if_shown("{nyckeltal/inskrivna/antal} inskrivna och alla {nyckeltal/deltagit/antal}", &[]);
    let counted = if counted.is_empty() { pm.text("inskrivna och alla", &[]) } else { counted };
    let mut remark = pm.text("Andelarna räknas på alla ", &[]);
    remark.extend(counted);
    remark.extend(
        pm.text(" som deltagit, även dem vars uppgift är okänd. Ålder är inskrivningsåret minus födelseåret.", &[]),
    );
    remark
}

fn expected(pm: &Skrivare<'_, '_>) -> Section {
    let mut section = Section::new("forvantat", "Förväntat och faktiskt antal deltagare");
    let mut table = table(11, format!("Förväntat och faktiskt antal, {}", manader(pm.rakning.period)), "Insats");
    table.columns = vec![right("Förväntat"), right("Faktiskt"), right("Andel")];
    let kolumner = ["forvantat", "faktiskt", "andel"];
    table.rows = chain_rows(pm, "forvantat", &kolumner);
    table.remarks.push(pm.text(
        "Förväntat är insatsens antal per år för de kvartal hittills i år som den pågått. Faktiskt är alla som \
         deltagit. Andelen är faktiskt delat med förväntat så som det står i tabellen.",
        &[],
    ));
    table.remarks.extend(antal::unknown(pm));
    if table.rows.is_empty() {
        section.blocks.push(pm.paragraph("Ingen individinsats har deltagare eller ett förväntat antal.", &[]));
    } else {
        section.blocks.push(Block::Table(table));
    }
    section
}

fn costs(pm: &Skrivare<'_, '_>) -> Section {
    let mut section = Section::new("kostnad", "Kostnad per deltagare");
    let mut table = table(12, format!("Kostnad, kronor, {}", manader(pm.rakning.period)), "Individinsats");
    table.columns = vec![right("Per deltagare"), right("Per deltagare till arbete eller studier")];
    let kolumner = ["per_deltagare_kr", "per_till_arbete_studier_kr"];
    table.rows = chain_rows(pm, "kostnad", &kolumner);
    for (label, rad, kind) in [
        ("Arbetsnära insatser", "arbetsnara", RowKind::Share),
        ("Förrehabiliterande insatser", "forrehabilitering", RowKind::Share),
        ("Alla individinsatser", "summa", RowKind::Sum),
    ] {
        let cells = kolumner.map(|kolumn| pm.cell("kostnad", rad, kolumn)).to_vec();
        table.rows.push(pm.namngiven_rad(label, kind, cells));
    }
    table.remarks.push(pm.text(
        "Insatsens utfall från den 1 januari delat med alla som deltagit, och med dem som gått till arbete eller \
         studier. Förrehabiliterande insatser har ofta andra mål än direkt arbete, och redovisas därför för sig.",
        &[],
    ));
    table.remarks.extend(antal::unknown(pm));
    let unknown = pm.rakning.is_unknown(Grupp::Individ, Matt::Deltagit);
    if pm.value("kostnad", "summa", "per_deltagare_kr") == Value::Missing && !unknown {
        section.blocks.push(pm.paragraph("Ingen kostnad per deltagare kan räknas.", &[]));
        return section;
    }
    if pm.shows("kostnad", "summa", "per_deltagare_kr") {
        section.blocks.push(pm.paragraph(
            "Förbundets kostnad per deltagare i individinsatserna var under {0} i genomsnitt \
             {kostnad/summa/per_deltagare_kr}. Parternas egna resurser är inte med.",
            &[&halvar_so_far(pm.rakning)],
        ));
    }
    section.blocks.push(Block::Table(table));
    section
}

/// What is counted from 1 January, in words.
fn halvar_so_far(rakning: &Rakning<'_>) -> String {
    let period = rakning.period;
    if period.number() == 1 { format::halvar(period) } else { period.year().to_string() }
}

/// A row for each chain that has figures in the table, in the order of the tables.
fn chain_rows(pm: &Skrivare<'_, '_>, tabell: &str, kolumner: &[&str]) -> Vec<Row> {
    let underlag = pm.rakning.underlag;
    let mut chains: Vec<KedjeNr> = (0..underlag.kedjor.len()).collect();
    chains.sort_by_key(|&kedja| (underlag.forsta(kedja).typ, underlag.kedjor[kedja].forsta));
    let has_row = |kedja: &KedjeNr| {
        let rad = underlag.forsta(*kedja).insats_id.as_str();
        kolumner.iter().any(|kolumn| pm.cell(tabell, rad, kolumn).figure.is_some())
    };
    chains.into_iter().filter(has_row).map(|kedja| pm.rad(tabell, underlag.kedjor[kedja].forsta, kolumner)).collect()
}

/// A table of chains with the figures of tables 6, 7 and 8.
pub(super) fn chain_table(pm: &Skrivare<'_, '_>, mut table: Table, tabell: &str, kolumner: &[&str]) -> Table {
    let rader = &pm.rakning.rader.tabell_6;
    let of = |kedja: &KedjeNr| pm.rad(tabell, pm.rakning.underlag.kedjor[*kedja].forsta, kolumner);
    table.rows = rader.iter().map(of).collect();
    let cells = kolumner.iter().map(|kolumn| pm.cell(tabell, "summa", kolumn)).collect();
    table.rows.push(pm.namngiven_rad("Summa", RowKind::Sum, cells));
    let shares: Vec<Cell> = kolumner
        .iter()
        .map(|kolumn| {
            Some(pm.cell(tabell, "fordelning", kolumn)).filter(|c| c.figure.is_some()).unwrap_or_else(Cell::empty)
        })
        .collect();
    if shares.iter().any(|cell| cell.figure.is_some()) {
        table.rows.push(pm.namngiven_rad("Fördelning kvinnor och män", RowKind::Share, shares));
    }
    for &kedja in rader {
        let links = pm.rakning.started_links(kedja);
        if let [_, later @ ..] = links.as_slice()
            && !later.is_empty()
        {
            let names: Vec<&str> = later.iter().map(|&i| pm.insats(i).insats.namn.as_str()).collect();
            let first = pm.namn(pm.rakning.underlag.kedjor[kedja].forsta);
            table
                .remarks
                .push(pm.text("{0} räknas tillsammans med {1}, som fortsätter den.", &[&first, &format::list(&names)]));
        }
    }
    table
}
