//! The places of a report where there is text: before the first table or chart of a section, and after each.

use super::{is_text, markup};
use samsyn_document::{Block, Cell, Document, Row, Section, Table, format};

/// A place in a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plats {
    /// Its name: `{section}`, or `{section}/{table or chart}` for the text after that. Stable: what is written is kept
    /// under it.
    pub namn: String,
    /// The heading of its section.
    pub rubrik: String,
    /// The text that stands there now, as markup; empty when there is none.
    pub text: String,
    /// The same as it reads, its figures as they are shown.
    pub ord: String,
}

/// The blocks of a section from one table or chart to the next.
pub(super) struct Run {
    pub(super) plats: String,
    /// Notices within the text; they are never written over.
    pub(super) notices: Vec<Block>,
    pub(super) text: Vec<Block>,
    /// The table or chart that ends the run.
    pub(super) fixed: Option<Block>,
}

impl Run {
    fn new(plats: String) -> Run {
        Run { plats, notices: Vec::new(), text: Vec::new(), fixed: None }
    }
}

/// A section's blocks by place, in order.
pub(super) fn runs(section: &str, blocks: Vec<Block>) -> Vec<Run> {
    let mut done = Vec::new();
    let mut run = Run::new(section.to_owned());
    for block in blocks {
        let id = match &block {
            _ if is_text(&block) => {
                run.text.push(block);
                continue;
            }
            Block::Table(table) => &table.id,
            Block::Chart(chart) => &chart.id,
            _ => {
                run.notices.push(block);
                continue;
            }
        };
        let next = Run::new(format!("{section}/{id}"));
        run.fixed = Some(block);
        done.push(std::mem::replace(&mut run, next));
    }
    done.push(run);
    done
}

/// Every place of a document in reading order, with the text that stands there.
pub fn platser(document: &Document) -> Vec<Plats> {
    let mut found = Vec::new();
    document.sections.iter().for_each(|section| of_section(section, &mut found));
    found
}

fn of_section(section: &Section, found: &mut Vec<Plats>) {
    for run in runs(&section.id, section.blocks.clone()) {
        let (text, ord) = (markup(&run.text), i_ord(&run.text));
        found.push(Plats { namn: run.plats, rubrik: section.heading.clone(), text, ord });
    }
    section.sections.iter().for_each(|inner| of_section(inner, found));
}

/// Blocks of text as they read: a blank line between, a dash before each item, of a table its caption and its rows with
/// a line between the cells.
pub fn i_ord(blocks: &[Block]) -> String {
    let said = blocks.iter().map(|block| match block {
        Block::Heading(words) => words.clone(),
        Block::Paragraph(words) => format::text(words),
        Block::List(items) => {
            items.iter().map(|item| format!("– {}", format::text(item))).collect::<Vec<_>>().join("\n")
        }
        Block::Table(table) => rader(table),
        Block::Chart(_) | Block::Notice(_) => String::new(),
    });
    said.filter(|said| !said.is_empty()).collect::<Vec<_>>().join("\n\n")
}

fn rader(table: &Table) -> String {
    let head = std::iter::once(table.corner.clone()).chain(table.columns.iter().map(|column| column.heading.clone()));
    let said = |cell: &Cell| format::value(&cell.value);
    let rows = table.rows.iter().map(|row| match row {
        Row::Group { heading } => heading.clone(),
        Row::Data { header, cells, .. } => {
            std::iter::once(header).chain(cells).map(said).collect::<Vec<_>>().join(" | ")
        }
    });
    let lines = [table.caption.clone(), head.collect::<Vec<_>>().join(" | ")].into_iter().chain(rows);
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}
