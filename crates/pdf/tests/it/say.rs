//! The PDF says what the model says: every word of every block, and every cell of every table.

use crate::base::{Case, DEMO};
use crate::reader::Tag;
use samsyn_document::{Block, Cell, Document, Row, Section, Table, Text, format};

/// Words without what setting them in lines may change: spaces, hyphens where a line ends.
fn bare(words: &str) -> String {
    words.chars().filter(|c| !c.is_whitespace() && !matches!(c, '\u{ad}' | '-' | '\u{2010}')).collect()
}

fn cell(cell: &Cell) -> String {
    let notes: Vec<String> = cell.notes.iter().map(|note| format!("{})", note + 1)).collect();
    format::value(&cell.value) + &notes.join(" ")
}

fn rows(table: &Table) -> Vec<Vec<String>> {
    let row = |row: &Row| match row {
        Row::Group { heading } => vec![bare(heading)],
        Row::Data { header, sub, cells, .. } => {
            let sub = sub.as_ref().map_or_else(String::new, |sub| format!(", {sub}"));
            let header = cell(header) + &sub;
            std::iter::once(header).chain(cells.iter().map(cell)).map(|words| bare(&words)).collect()
        }
    };
    table.rows.iter().map(row).collect()
}

fn heads(table: &Table) -> Vec<String> {
    let mut found: Vec<&str> = vec![&table.corner];
    let mut last = None;
    for column in &table.columns {
        match &column.group {
            None => found.push(&column.heading),
            Some(group) if last != Some(group) => found.push(group),
            Some(_) => {}
        }
        last = column.group.as_ref();
    }
    found.extend(table.columns.iter().filter(|column| column.group.is_some()).map(|column| column.heading.as_str()));
    found.into_iter().map(bare).collect()
}

/// Every text of the document outside tables' cells, in reading order.
fn texts(document: &Document) -> Vec<String> {
    fn of(section: &Section, out: &mut Vec<String>) {
        out.push(section.heading.clone());
        let said = |text: &Text| format::text(text);
        for block in &section.blocks {
            match block {
                Block::Heading(words) => out.push(words.clone()),
                Block::Paragraph(text) => out.push(said(text)),
                Block::Notice(text) => out.push(format!("Observera. {}", said(text))),
                Block::List(items) => out.extend(items.iter().map(said)),
                Block::Chart(chart) => out.push(chart.title.clone()),
                Block::Table(table) => {
                    out.push(table.label.as_ref().map_or_else(String::new, |l| format!("{l}. ")) + &table.caption);
                    out.extend(table.footnotes.iter().chain(&table.remarks).map(said));
                }
            }
        }
        section.sections.iter().for_each(|inner| of(inner, out));
    }
    let mut out = vec![document.organisation.clone(), document.title.clone(), document.subtitle.clone()];
    document.sections.iter().for_each(|section| of(section, &mut out));
    out
}

/// Words of the tag tree without the contents list.
fn spoken(tag: &Tag) -> String {
    if tag.role == "TOC" || tag.role == "TOCI" {
        return String::new();
    }
    bare(&tag.text) + &tag.inner.iter().map(spoken).collect::<String>()
}

#[test]
fn every_cell_of_every_table_is_read_back() {
    for Case { period, document, read, .. } in &*DEMO {
        let (model, found) = (document.tables(), read.tags.all("Table"));
        assert_eq!(model.len(), found.len());
        for (table, tag) in model.iter().zip(found) {
            let mut read: Vec<Vec<String>> =
                tag.all("TR").iter().map(|row| row.inner.iter().map(|cell| bare(&cell.words())).collect()).collect();
            let two = table.columns.iter().any(|column| column.group.is_some());
            let head: Vec<String> = read.drain(..if two { 2 } else { 1 }).flatten().collect();
            assert_eq!(head, heads(table), "{period} {}", table.id);
            assert_eq!(read, rows(table), "{period} {}", table.id);
        }
    }
}

#[test]
fn every_text_is_read_back_in_order() {
    for Case { period, document, read, .. } in &*DEMO {
        let spoken = spoken(&read.tags);
        let mut rest = spoken.as_str();
        for text in texts(document) {
            let at = rest.find(&bare(&text)).unwrap_or_else(|| panic!("{period}: {text:?} in {:.400}", rest));
            rest = &rest[at + bare(&text).len()..];
        }
    }
}
