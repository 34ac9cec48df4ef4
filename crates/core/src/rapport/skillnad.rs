//! What differs between two versions of a report, or between one and what is known now: every figure with the facts
//! behind it and what happened to them, and the texts.

mod bilaga;
mod siffernamn;

pub use bilaga::bilaga;
pub use siffernamn::siffernamn;

use crate::Fact;
use crate::deltagande::Deltagande;
use samsyn_document::{Datum, FigureId, Value};
use similar::{ChangeTag, DiffTag, TextDiff};
use std::collections::BTreeMap;

codes! {
    /// What happened to a fact behind a figure between the two sides.
    pub enum Handelse {
        Ny = "ny" => "Ny",
        Sen = "sen" => "Kom in sent",
        Rattad = "rattad" => "Rättad",
        Kompletterad = "kompletterad" => "Kompletterad",
        Makulerad = "makulerad" => "Makulerad",
        Annorlunda = "annorlunda" => "Räknas annorlunda",
        Borta = "borta" => "Räknas inte längre",
    }
}

/// One side of the comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sidan {
    /// What it is: `version 1, känt per 30 augusti 2022`.
    pub namn: String,
    /// Its kännedomsdatum.
    pub per: Datum,
    /// What else identifies it, label and text: a version's diarienummer, its sum, what the board did with it.
    pub om: Vec<(String, String)>,
}

/// A text that is not the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Textdel {
    /// What its place is called: the heading of its section, and after which table.
    pub rubrik: String,
    /// What stood there; empty when nothing did.
    pub fore: String,
    /// What stands there; empty when nothing does.
    pub efter: String,
}

/// A figure that is not the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Siffra {
    /// Its name.
    pub id: FigureId,
    /// Its name in words.
    pub namn: String,
    /// Its value before; missing when it was not there.
    pub fore: Value,
    /// Its value after; missing when it is not there.
    pub efter: Value,
    /// The facts that changed it.
    pub fakta: Vec<Faktum>,
    /// How many inskrivningar changed it that are not told one by one.
    pub dolda: usize,
}

/// A fact that changed a figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Faktum {
    /// The noun's file in a data package.
    pub slag: &'static str,
    /// The fact's key.
    pub nyckel: String,
    /// What it is called.
    pub namn: String,
    /// What it said, when it counted before.
    pub fore: Option<String>,
    /// What it says, when it counts after.
    pub efter: Option<String>,
    /// What happened to it.
    pub handelse: Handelse,
    /// When, by whom and why, when that is known.
    pub vem: Option<String>,
}

/// All that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skillnad {
    /// What is compared.
    pub rubrik: String,
    /// The förbund's name.
    pub forbund: String,
    /// The earlier side.
    pub fore: Sidan,
    /// The later side.
    pub efter: Sidan,
    /// The texts that differ.
    pub texter: Vec<Textdel>,
    /// The figures that differ.
    pub siffror: Vec<Siffra>,
    /// How many inskrivningar that are not told one by one, by what happened to them.
    pub dolda: Vec<(Handelse, usize)>,
    /// Set when counts of people are left out: smaller numbers of inskrivningar than this are not told.
    pub sma_tal: Option<u32>,
}

/// The noun whose facts are single persons.
const ENSKILDA: &str = Deltagande::RESOURCE;

impl Skillnad {
    /// Whether single inskrivningar are told.
    pub fn har_enskilda(&self) -> bool {
        self.siffror.iter().flat_map(|figure| &figure.fakta).any(|fact| fact.slag == ENSKILDA)
    }

    /// Takes single inskrivningar away; how many they were stays, and what happened to them.
    #[must_use]
    pub fn utan_enskilda(mut self) -> Skillnad {
        let mut gone = BTreeMap::new();
        for figure in &mut self.siffror {
            let all = figure.fakta.len();
            for fact in figure.fakta.extract_if(.., |fact| fact.slag == ENSKILDA) {
                gone.insert(fact.nyckel, fact.handelse);
            }
            figure.dolda += all - figure.fakta.len();
        }
        let count = |kind: Handelse| gone.values().filter(|one| **one == kind).count();
        self.dolda = Handelse::ALL.iter().map(|&kind| (kind, count(kind))).filter(|(_, count)| *count > 0).collect();
        self
    }
}

/// A piece of a text in a comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bit {
    /// The same on both sides.
    Lika(String),
    /// Only on the earlier side.
    Borta(String),
    /// Only on the later side.
    Ny(String),
}

/// So many lines, or words of a changed part, are compared one by one; the time grows with their product.
const MOST: usize = 2_000;

/// How a text became another, word by word; a part that is long and quite another stands as gone and new.
pub fn ord_for_ord(before: &str, after: &str) -> Vec<Bit> {
    let mut bits = Vec::new();
    let whole = |bits: &mut Vec<Bit>, old: &str, new: &str| {
        add(bits, ChangeTag::Delete, old);
        add(bits, ChangeTag::Insert, new);
    };
    if before.lines().count() > MOST || after.lines().count() > MOST {
        whole(&mut bits, before, after);
        return bits;
    }
    let lines = TextDiff::from_lines(before, after);
    for op in lines.ops() {
        let side = |range: std::ops::Range<usize>, of: &dyn Fn(usize) -> String| range.map(of).collect::<String>();
        let old = side(op.old_range(), &|at| lines.old_slice(at).unwrap_or_default().to_owned());
        let new = side(op.new_range(), &|at| lines.new_slice(at).unwrap_or_default().to_owned());
        let long = |text: &str| text.split_whitespace().count() > MOST;
        match op.tag() {
            DiffTag::Equal => add(&mut bits, ChangeTag::Equal, &old),
            DiffTag::Replace if !long(&old) && !long(&new) => {
                let words = TextDiff::from_words(&old, &new);
                words.iter_all_changes().for_each(|change| add(&mut bits, change.tag(), change.value()));
            }
            _ => whole(&mut bits, &old, &new),
        }
    }
    bits
}

/// Adds words, to the last bit when it is of the same kind.
fn add(bits: &mut Vec<Bit>, tag: ChangeTag, words: &str) {
    if words.is_empty() {
        return;
    }
    match (tag, bits.last_mut()) {
        (ChangeTag::Equal, Some(Bit::Lika(last)))
        | (ChangeTag::Delete, Some(Bit::Borta(last)))
        | (ChangeTag::Insert, Some(Bit::Ny(last))) => last.push_str(words),
        (ChangeTag::Equal, _) => bits.push(Bit::Lika(words.to_owned())),
        (ChangeTag::Delete, _) => bits.push(Bit::Borta(words.to_owned())),
        (ChangeTag::Insert, _) => bits.push(Bit::Ny(words.to_owned())),
    }
}

#[cfg(test)]
mod tests;
