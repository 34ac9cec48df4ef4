//! A number in a sentence that is the program's own but for its numbers: it must be the figure that stands there. So what
//! was written when something else was known, or typed over, is found also where the words alone tell too little.

use super::mening::Last;
use super::namn::Namnbok;
use super::ord::{Block as Slags, Mening, Ordning, Slag};
use super::tal::{self, Skrivet};
use super::{Anmarkning, Ratt, ansats, is_told};
use crate::calc::Rakning;
use crate::calc::namn::namn;
use crate::rapport::{pm, tjansteskrivelse};
use crate::underlag::InsatsNr;
use samsyn_document::{Block, Cell, FigureId, Inline, Section, Text, Value, format};
use std::collections::HashMap;
use std::ops::Range;

/// How many words on each side of a number tell which sentence it stands in.
const NARA: usize = 4;
/// How many of them must be words, and no numbers.
const MINST: usize = 4;

/// A figure in one of the program's own sentences.
#[derive(Clone, Debug)]
struct Plats {
    figure: FigureId,
    value: Value,
    namn: String,
    /// The insatser and years that the sentence names.
    om: Om,
}

type Om = (Vec<InsatsNr>, Vec<i64>);

/// The program's own sentences about a half-year, with the figures in them.
#[derive(Default)]
pub(super) struct Mallar {
    /// By the whole sentence, and then by the place in it.
    hela: HashMap<String, HashMap<usize, Vec<Plats>>>,
    /// By the words on each side of a figure.
    nara: HashMap<String, Vec<Plats>>,
}

/// A word or a number of a sentence.
struct Led {
    ord: String,
    tal: Option<Skrivet>,
}

impl Mallar {
    /// Writes the reports and takes them apart.
    pub fn new(rakning: &Rakning<'_>, namnbok: &Namnbok) -> Mallar {
        let mut paragraphs = Vec::new();
        for document in [pm::pm(rakning), tjansteskrivelse::tjansteskrivelse(rakning)] {
            document.sections.iter().for_each(|section| collect(section, &mut paragraphs));
        }
        let mut mallar = Mallar::default();
        for paragraph in &paragraphs {
            mallar.add(paragraph, rakning, namnbok);
        }
        mallar
    }

    fn add(&mut self, paragraph: &Text, rakning: &Rakning<'_>, namnbok: &Namnbok) {
        let mut text = String::new();
        let mut figures: Vec<(Range<usize>, &Cell)> = Vec::new();
        for piece in paragraph {
            let from = text.len();
            text.push_str(&format::inline(piece));
            if let Inline::Value(cell) | Inline::InWords { cell, .. } = piece {
                figures.push((from..text.len(), cell));
            }
        }
        let cut = Ordning::new(&text);
        for mening in &cut.meningar {
            let leder = leder(&cut, mening);
            let hel = nyckel(&leder, 0..leder.len());
            let named = namnbok.finn(&text, &cut, mening.bitar.clone());
            let om = (insatser(named.iter().flat_map(|named| named.insatser.iter().copied())), years(&cut, mening));
            for (at, led) in leder.iter().enumerate() {
                let Some(written) = &led.tal else { continue };
                let begins = cut.bitar[written.bitar.start].plats.start;
                let figure = figures.iter().find(|(range, _)| range.contains(&begins));
                let Some((figure, value)) = figure.and_then(|(_, cell)| Some((cell.figure.clone()?, &cell.value)))
                else {
                    continue;
                };
                if written.mangd.ar(value) {
                    let namn = namn(rakning.underlag, &figure);
                    let plats = Plats { figure, value: value.clone(), namn, om: om.clone() };
                    if let Some(key) = &hel {
                        self.hela.entry(key.clone()).or_default().entry(at).or_default().push(plats.clone());
                    }
                    if let Some(key) = nara(&leder, at) {
                        self.nara.entry(key).or_default().push(plats);
                    }
                }
            }
        }
    }

    /// Numbers of a sentence that differ from the figures at their places, where nothing has been found yet.
    pub fn numbers(&self, text: &str, last: &Last<'_>, found: &mut Vec<Anmarkning>) {
        if !matches!(last.mening.block, Slags::Stycke | Slags::Lista) {
            return;
        }
        let leder = leder(last.cut, last.mening);
        let hela = nyckel(&leder, 0..leder.len()).and_then(|key| self.hela.get(&key));
        let mut om = None;
        for (at, led) in leder.iter().enumerate() {
            let Some(written) = &led.tal else { continue };
            let platser = hela.and_then(|hela| hela.get(&at));
            let Some(platser) = platser.or_else(|| self.nara.get(&nara(&leder, at)?)) else { continue };
            let om = om.get_or_insert_with(|| {
                let named = last.named.iter().flat_map(|named| named.insatser.iter().copied());
                (insatser(named), years(last.cut, last.mening))
            });
            let mut platser = platser.iter().filter(|plats| plats.om == *om);
            let Some(first) = platser.clone().next() else { continue };
            let one = platser.clone().all(|plats| plats.figure == first.figure);
            let plats = last.plats(&written.bitar);
            if one && !is_told(found, &plats) && !platser.any(|plats| written.mangd.ar(&plats.value)) {
                let skrivet = text[plats.clone()].to_owned();
                let markup = ansats::live(written.bokstaver, &skrivet, &first.figure, &first.value);
                let value = format::in_text(&first.value);
                let varfor = format!("Här står {skrivet}, men tabellerna ger {value} ({}).", first.namn);
                let ratt = Ratt { figure: first.figure.clone(), value: first.value.clone(), markup };
                found.push(Anmarkning { plats, skrivet, varfor, ratt: Some(ratt) });
            }
        }
    }
}

fn collect(section: &Section, into: &mut Vec<Text>) {
    for block in &section.blocks {
        match block {
            Block::Paragraph(said) => into.push(said.clone()),
            Block::List(items) => into.extend(items.iter().cloned()),
            _ => {}
        }
    }
    section.sections.iter().for_each(|inner| collect(inner, into));
}

/// The words and numbers of a sentence, without its signs. A year stands as it is; any other number as `#`.
fn leder(cut: &Ordning, mening: &Mening) -> Vec<Led> {
    let (mut out, mut bit) = (Vec::new(), mening.bitar.start);
    while bit < mening.bitar.end {
        match (tal::las(cut, bit), cut.bitar[bit].slag) {
            (Some(written), _) if !cut.is_year(bit) => {
                bit = written.bitar.end;
                out.push(Led { ord: "#".to_owned(), tal: Some(written) });
                continue;
            }
            (_, Slag::Levande) => out.push(Led { ord: "#".to_owned(), tal: None }),
            (_, Slag::Tecken(_)) => {}
            _ => out.push(Led { ord: cut.ord(bit).to_owned(), tal: None }),
        }
        bit += 1;
    }
    out
}

fn years(cut: &Ordning, mening: &Mening) -> Vec<i64> {
    let year = |bit: usize| match cut.bitar[bit].slag {
        Slag::Tal { tal, .. } if cut.is_year(bit) => Some(tal),
        _ => None,
    };
    let mut years: Vec<i64> = mening.bitar.clone().filter_map(year).collect();
    years.sort_unstable();
    years.dedup();
    years
}

fn insatser(named: impl Iterator<Item = InsatsNr>) -> Vec<InsatsNr> {
    let mut all: Vec<InsatsNr> = named.collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// What is near a number, and where among it the number stands; nothing when it tells too little.
fn nara(leder: &[Led], at: usize) -> Option<String> {
    let from = at.saturating_sub(NARA);
    let key = nyckel(leder, from..(at + NARA + 1).min(leder.len()))?;
    Some(format!("{} {key}", at - from))
}

/// The words of a part of a sentence, with its ends; nothing when they are too few.
fn nyckel(leder: &[Led], range: Range<usize>) -> Option<String> {
    let words = leder[range.clone()].iter().filter(|led| led.ord != "#").count();
    (words >= MINST).then(|| {
        let begins = if range.start == 0 { "^" } else { "" };
        let ends = if range.end == leder.len() { "$" } else { "" };
        let said: Vec<&str> = leder[range].iter().map(|led| led.ord.as_str()).collect();
        format!("{begins}{}{ends}", said.join(" "))
    })
}
