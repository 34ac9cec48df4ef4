//! Small documents for the tests of spreadsheets, and the large one with formulas in it.

use crate::sample;
use samsyn_document::{
    Align, Belopp, Block, Cell, Column, Datum, Document, FigureId, Formula, Inline, Layout, Row, RowKind, Section,
    Table, Unit, Value,
};

/// A document of these tables.
pub fn document(tables: Vec<Table>) -> Document {
    let blocks = tables.into_iter().map(Block::Table).collect();
    Document {
        layout: Layout::Report,
        title: "Prov".into(),
        subtitle: "2022".into(),
        organisation: "Samordningsförbundet Exempel & Co".into(),
        language: "sv".into(),
        per: Datum::parse("2022-08-30").expect("a day"),
        withheld_under: None,
        meta: vec![],
        foot: None,
        sections: vec![Section { blocks, ..Section::new("a", "A") }],
    }
}

pub fn table(label: &str, caption: &str, columns: &[&str], rows: Vec<Row>) -> Table {
    let column = |heading: &&str| Column { group: None, heading: (*heading).into(), align: Align::Right };
    Table {
        id: label.to_lowercase().replace(' ', "-"),
        label: (!label.is_empty()).then(|| label.into()),
        caption: caption.into(),
        corner: "Rad".into(),
        columns: columns.iter().map(column).collect(),
        rows,
        footnotes: vec![],
        remarks: vec![],
    }
}

pub fn row(header: &str, cells: Vec<Cell>) -> Row {
    Row::Data { header: Cell::text(header), sub: None, cells, kind: RowKind::Normal }
}

/// The figure `1/rad/NAME`.
pub fn figure(name: &str) -> FigureId {
    FigureId::new("1", "rad", name)
}

pub fn cell(name: &str, value: Value, formula: Option<Formula>) -> Cell {
    Cell { formula, ..Cell::figure(value, figure(name)) }
}

pub fn count(name: &str, count: i64, formula: Option<Formula>) -> Cell {
    cell(name, Value::Antal(count), formula)
}

pub fn amount(name: &str, kronor: i64, formula: Option<Formula>) -> Cell {
    cell(name, Value::Belopp(Belopp::from_kronor(kronor), Unit::Kronor), formula)
}

pub fn text(words: &str) -> Cell {
    Cell::text(words)
}

/// Calls `change` for every cell of the tables' rows.
pub fn each_cell(document: &mut Document, change: &mut dyn FnMut(&mut Cell)) {
    fn walk(section: &mut Section, change: &mut dyn FnMut(&mut Cell)) {
        for block in &mut section.blocks {
            let Block::Table(table) = block else { continue };
            for row in &mut table.rows {
                if let Row::Data { cells, .. } = row {
                    cells.iter_mut().for_each(&mut *change);
                }
            }
        }
        section.sections.iter_mut().for_each(|inner| walk(inner, change));
    }
    document.sections.iter_mut().for_each(|section| walk(section, change));
}

/// Adds a footnote and a remark with these words to every table.
pub fn add_notes(document: &mut Document, words: &str) {
    for block in document.sections.iter_mut().flat_map(|section| &mut section.blocks) {
        if let Block::Table(table) = block {
            table.footnotes.push(vec![Inline::Text(words.into())]);
            table.remarks.push(vec![Inline::Text(words.into())]);
        }
    }
}

/// The large made-up document with the formulas that such a document has.
pub fn with_formulas() -> Document {
    let mut document = sample::document();
    let mut rows: Vec<(String, String)> = Vec::new();
    document.each_cell(&mut |cell| {
        if let Some(id) = &cell.figure
            && !["summa", "andel"].contains(&id.rad.as_str())
            && !rows.contains(&(id.tabell.clone(), id.rad.clone()))
        {
            rows.push((id.tabell.clone(), id.rad.clone()));
        }
    });
    each_cell(&mut document, &mut |cell| {
        let Some(FigureId { tabell, rad, kolumn }) = cell.figure.clone() else { return };
        let at = |rad: &str, kolumn: &str| FigureId::new(tabell.clone(), rad, kolumn);
        let of_rows = || {
            let rads = rows.iter().filter(|(table, _)| *table == tabell);
            Some(Formula::Sum(rads.map(|(_, rad)| at(rad, &kolumn)).collect()))
        };
        let name = kolumn.rsplit_once('_').map_or("", |(name, _)| name);
        cell.formula = match (tabell.as_str(), rad.as_str()) {
            ("6", "andel") => Some(Formula::Ratio(at("summa", &kolumn), at("summa", &format!("{name}_T")))),
            ("6", _) if kolumn.ends_with("_T") => {
                Some(Formula::Sum(["K", "M"].map(|sex| at(&rad, &format!("{name}_{sex}"))).to_vec()))
            }
            ("4", _) if kolumn == "kvot" => Some(Formula::Ratio(at(&rad, "utfall"), at(&rad, "budget"))),
            ("4" | "6", "summa") => of_rows(),
            ("9", _) if kolumn == "T" => Some(Formula::Sum(vec![at(&rad, "K"), at(&rad, "M")])),
            _ => None,
        };
    });
    document
}
