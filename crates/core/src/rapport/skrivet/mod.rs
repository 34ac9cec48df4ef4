//! What people write in a report: texts at places in it, its own sections, and their order. A place that nobody has
//! written at keeps the text that the figures gave. Knows the document model, no format and no figure's rule.

mod disposition;
mod las;
mod markup;
mod platser;

pub use disposition::{Avsnitt, Disposition, EGET};
pub use las::{blocks, clean};
pub use markup::markup;
pub use platser::{Plats, platser};

use samsyn_document::{Block, Cell, Document, FigureId, Section};
use std::collections::BTreeMap;

/// The place whose text says which sections there are and in which order.
pub const DISPOSITION: &str = "disposition";

/// The written texts of a report, by place.
pub type Texter = BTreeMap<String, String>;

/// Finds a figure by its name; `None` when the half-year has none such, or when it has no value.
pub type Finn<'a> = &'a dyn Fn(&FigureId) -> Option<Cell>;

/// The document with what has been written in it.
pub fn skrivet(mut document: Document, texter: &Texter, finn: Finn<'_>) -> Document {
    let order = Disposition::of(&document, texter.get(DISPOSITION).map(String::as_str));
    document.sections = order.arrange(std::mem::take(&mut document.sections));
    for section in &mut document.sections {
        write_in(section, texter, finn);
    }
    document
}

fn write_in(section: &mut Section, texter: &Texter, finn: Finn<'_>) {
    let (id, old) = (section.id.clone(), std::mem::take(&mut section.blocks));
    let mut blocks = Vec::with_capacity(old.len());
    for run in platser::runs(&id, old) {
        blocks.extend(run.notices);
        match texter.get(&run.plats) {
            Some(text) => blocks.extend(las::blocks(text, &run.plats, finn)),
            None => blocks.extend(run.text),
        }
        blocks.extend(run.fixed);
    }
    section.blocks = blocks;
    section.sections.iter_mut().for_each(|inner| write_in(inner, texter, finn));
}

/// Whether a block is text that can be written over, or stands fast: a table, a chart, a notice.
fn is_text(block: &Block) -> bool {
    matches!(block, Block::Heading(_) | Block::Paragraph(_) | Block::List(_))
}

#[cfg(test)]
mod tests;
