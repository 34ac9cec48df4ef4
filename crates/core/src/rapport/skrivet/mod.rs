//! What people write in a report: texts at places in it, its own sections, and their order. A place that nobody has
//! written at keeps the text that the figures gave. Knows the document model, no format and no figure's rule.

mod disposition;
mod las;
mod markup;
mod platser;

pub use disposition::{Andring, Avsnitt, Disposition, EGET};
pub use las::{blocks, clean};
pub use markup::markup;
pub use platser::{Plats, i_ord, platser};

use samsyn_document::{Block, Cell, Document, FigureId, Section};
use std::collections::BTreeMap;
use std::ops::Range;

/// The place whose text says which sections there are and in which order.
pub const DISPOSITION: &str = "disposition";

/// The written texts of a report, by place.
pub type Texter = BTreeMap<String, String>;

/// Finds a figure by its name. When the half-year has none such, or it has no value: what it is called.
pub type Finn<'a> = &'a dyn Fn(&FigureId) -> Result<Cell, String>;

/// Where the text of a place stands in a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Omfang {
    /// The place.
    pub plats: String,
    /// The id of its section.
    pub avsnitt: String,
    /// Its blocks among those of the section, notices too; empty when nothing stands there.
    pub block: Range<usize>,
}

/// A report with what has been written in it.
#[derive(Clone, Debug)]
pub struct Skriven {
    /// The document.
    pub document: Document,
    /// Its places, in reading order.
    pub omfang: Vec<Omfang>,
}

/// The document with what has been written in it.
pub fn skrivet(mut document: Document, texter: &Texter, finn: Finn<'_>) -> Skriven {
    let order = Disposition::of(&document, texter.get(DISPOSITION).map(String::as_str));
    document.sections = order.arrange(std::mem::take(&mut document.sections));
    let mut omfang = Vec::new();
    for section in &mut document.sections {
        write_in(section, texter, finn, &mut omfang);
    }
    Skriven { document, omfang }
}

fn write_in(section: &mut Section, texter: &Texter, finn: Finn<'_>, omfang: &mut Vec<Omfang>) {
    let (id, old) = (section.id.clone(), std::mem::take(&mut section.blocks));
    let mut blocks = Vec::with_capacity(old.len());
    for run in platser::runs(&id, old) {
        let first = blocks.len();
        blocks.extend(run.notices);
        match texter.get(&run.plats) {
            Some(text) => blocks.extend(las::blocks(text, &run.plats, finn)),
            None => blocks.extend(run.text),
        }
        omfang.push(Omfang { plats: run.plats, avsnitt: id.clone(), block: first..blocks.len() });
        blocks.extend(run.fixed);
    }
    section.blocks = blocks;
    section.sections.iter_mut().for_each(|inner| write_in(inner, texter, finn, omfang));
}

/// Whether two texts say something else than each other, however their lines are broken.
pub fn ord_skiljer(a: &str, b: &str) -> bool {
    las::one_line(a) != las::one_line(b)
}

/// Whether a block is text that can be written over, a table of one's own too, or stands fast: a table of the report, a
/// chart, a notice.
fn is_text(block: &Block) -> bool {
    match block {
        Block::Heading(_) | Block::Paragraph(_) | Block::List(_) => true,
        Block::Table(table) => table.id.starts_with(EGEN_TABELL),
        Block::Chart(_) | Block::Notice(_) => false,
    }
}

/// What the ids of tables begin with that people have written.
const EGEN_TABELL: &str = "egen-";

#[cfg(test)]
mod tests;
