//! What several years tell beside each other: the overview of five, what the members' money went to, the balanskravsutredning.

use super::{Rapport, tabell};
use crate::calc::bokslut::ar;
use crate::calc::bokslut::drift::is_nothing;
use crate::calc::bokslut::oversikt::{self, BALANSKRAV, OVERSIKT, ar_fore};
use crate::calc::tabeller::bokforing::OVERSIKTENS_AR;
use crate::rapport::skrivare::{Skrivare, right};
use samsyn_document::chart::{Chart, ChartKind, ChartRow};
use samsyn_document::{Block, Cell, Datum, Row, RowKind, Section, Text, format};

/// The overview of five years, for the förvaltningsberättelse.
pub(super) fn overview(rapport: &Rapport<'_, '_>) -> Section {
    let mut section = Section::new("oversikt", "Översikt över verksamhetens utveckling");
    let writer = &rapport.writer;
    let days: Vec<Datum> = (0..OVERSIKTENS_AR).map(|years| ar_fore(rapport.dagar.till, years)).collect();
    let mut table = tabell("oversikt", "Fem år i sammandrag", "Post");
    table.columns = rapport.kolumner(&days);
    for (rad, text) in OVERSIKT {
        let cells = days.iter().map(|day| writer.cell("oversikt", rad, &day.to_string())).collect();
        table.rows.push(writer.namngiven_rad(text, RowKind::Normal, cells));
    }
    for text in [
        "Soliditet är eget kapital delat med summan av tillgångarna och säger hur förbundet kan betala på lång sikt.",
        "Kassalikviditet är omsättningstillgångar delat med kortfristiga skulder och säger hur förbundet kan betala på kort \
         sikt.",
        "Antal anställda är heltidstjänster, avrundat. Personalomsättning är de som slutat eller bytt tjänst delat med \
         antalet anställda i snitt över två år.",
    ] {
        table.remarks.push(writer.text(text, &[]));
    }
    let sources: Vec<&str> = days
        .iter()
        .flat_map(|day| OVERSIKT.map(|(rad, _)| writer.published("oversikt", rad, &day.to_string())))
        .flatten()
        .collect();
    let mut named: Vec<&str> = Vec::new();
    for source in sources {
        if !named.contains(&source) {
            named.push(source);
        }
    }
    if !named.is_empty() {
        table.remarks.push(writer.text("Det som inte finns i bokföringen är hämtat ur {0}.", &[&format::list(&named)]));
    }
    let chart = Chart {
        id: "diagram-resultat".to_owned(),
        title: "Intäkter och resultat, tkr".to_owned(),
        description:
            "Liggande staplar för varje bokslut: intäkter och resultat. Ett resultat under noll går åt vänster från \
             nollinjen. Talen står i tabellen ovan."
                .to_owned(),
        kind: ChartKind::GroupedBars,
        series: vec!["Intäkter".to_owned(), "Resultat".to_owned()],
        rows: days
            .iter()
            .filter(|day| ["intakter", "resultat"].iter().any(|rad| writer.shows("oversikt", rad, &day.to_string())))
            .map(|day| ChartRow {
                label: day.to_string(),
                cells: ["intakter", "resultat"].map(|rad| writer.cell("oversikt", rad, &day.to_string())).to_vec(),
            })
            .collect(),
    };
    section.blocks.push(Block::Table(table));
    section.blocks.push(Block::Chart(chart));
    section
}

/// What of the members' fees has gone to insatser, year by year; none when no year is known.
pub(super) fn used(rapport: &Rapport<'_, '_>) -> Option<Section> {
    let writer = &rapport.writer;
    let this = ar(rapport.dagar.till);
    let mut table = tabell("forbrukning", "Insatser i förhållande till medlemsintäkt, tkr", "År");
    table.columns = vec![right("Medlemsintäkt"), right("Samverkansinsatser"), right("Andel")];
    let mut told: Vec<u16> = Vec::new();
    for year in this.saturating_sub(20)..=this {
        let cells: Vec<Cell> = ["medlemsintakt_tkr", "samverkansinsatser_tkr", "andel"]
            .map(|kolumn| writer.cell("forbrukning", &year.to_string(), kolumn))
            .to_vec();
        if cells.iter().any(|cell| cell.figure.is_some()) {
            table.rows.push(writer.namngiven_rad(&year.to_string(), RowKind::Normal, cells));
            told.push(year);
        }
    }
    if table.rows.is_empty() {
        return None;
    }
    table.remarks.extend(utan_uppgift(writer, &told));
    let year = |row: &Row| match row {
        Row::Data { header, cells, .. } => {
            Some(ChartRow { label: format::value(&header.value), cells: cells[..2].to_vec() })
        }
        Row::Group { .. } => None,
    };
    let chart = Chart {
        id: "diagram-medlemsintakt".to_owned(),
        title: "Medlemsintäkt och samverkansinsatser, tkr".to_owned(),
        description:
            "Liggande staplar för varje år: vad medlemmarna har betalat och vad insatserna har kostat. Talen står i \
                      tabellen ovan."
                .to_owned(),
        kind: ChartKind::GroupedBars,
        series: vec!["Medlemsintäkt".to_owned(), "Samverkansinsatser".to_owned()],
        rows: table.rows.iter().filter_map(year).collect(),
    };
    let mut section = Section::new("forbrukning", "Förbrukning i förhållande till medlemsintäkt");
    section.blocks.extend([Block::Table(table), Block::Chart(chart)]);
    Some(section)
}

/// Names the years between the first and the last of these that are not among them, more than three on end as a range:
/// `2011–2016, 2018 och 2019`. None when no year lacks. The years are in order.
fn utan_uppgift(writer: &Skrivare<'_, '_>, years: &[u16]) -> Option<Text> {
    let mut missing: Vec<String> = Vec::new();
    for pair in years.windows(2) {
        let (first, last) = (pair[0] + 1, pair[1] - 1);
        match last.saturating_sub(first) {
            3.. => missing.push(format!("{first}–{last}")),
            _ => missing.extend((first..=last).map(|year| year.to_string())),
        }
    }
    (!missing.is_empty()).then(|| writer.text("Uppgift saknas för {0}.", &[&format::list(&missing)]))
}

/// What the law asks about the year's result, and the results since the start.
pub(super) fn balanskrav(rapport: &Rapport<'_, '_>) -> Section {
    let writer = &rapport.writer;
    let mut section = Section::new("balanskrav", "Balanskravsutredning");
    let days = rapport.resultatdagar();
    let mut table = tabell("balanskrav", "Balanskravsutredning, kronor", "Post");
    table.columns = rapport.kolumner(&days);
    let cells =
        |rad: &str| -> Vec<Cell> { days.iter().map(|day| writer.cell("balanskrav", rad, &day.to_string())).collect() };
    for (rad, text, notrad) in BALANSKRAV {
        if notrad.is_none() || !cells(rad).iter().all(|cell| is_nothing(&cell.value)) {
            table.rows.push(writer.namngiven_rad(text, RowKind::Normal, cells(rad)));
        }
    }
    table.rows.push(writer.namngiven_rad("Balanskravsresultat", RowKind::Sum, cells("balanskravsresultat")));
    section.blocks.push(Block::Table(table));
    let before = ar(rapport.dagar.till) + u16::from(rapport.helar());
    let years = oversikt::resultatar(writer.rakning.underlag, before);
    if !years.is_empty() {
        let mut table = tabell("arsresultat", "Årets resultat sedan starten, tkr", "År");
        table.columns = vec![right("Resultat")];
        table.remarks.extend(utan_uppgift(writer, &years));
        for year in years {
            let cell = writer.cell("arsresultat", &year.to_string(), "resultat_tkr");
            table.rows.push(writer.namngiven_rad(&year.to_string(), RowKind::Normal, vec![cell]));
        }
        section.blocks.push(Block::Table(table));
    }
    section.blocks.push(rapport.place("hur ett underskott ska återställas, eller skäl att inte göra det"));
    section
}
