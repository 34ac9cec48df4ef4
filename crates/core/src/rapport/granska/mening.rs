//! A sentence as it is read: the cues of its words, the insatser that it names, and what came before it.

use super::Granskare;
use super::kandidat::{Kandidat, kandidater};
use super::ledtrad::*;
use super::namn::Namnd;
use super::ord::{Bit, Block, Mening, Ordning, Slag};
use samsyn_document::format;
use std::ops::Range;

/// A sentence that has been read.
pub(super) struct Last<'a> {
    pub cut: &'a Ordning,
    pub mening: &'a Mening,
    pub named: Vec<Namnd>,
    pub kandidater: Vec<Kandidat>,
    /// All cues of the sentence.
    pub alla: u64,
    /// Whether it tells of another time than the half-year.
    pub annan_tid: bool,
    cues: Vec<u64>,
}

/// Words that tell that a sentence is about the time before or after the half-year.
const ANNAN_TID: [&str; 17] = [
    "avslutas",
    "start",
    "bevilj",
    "beslut",
    "kommer",
    "kommande",
    "planera",
    "tidigare",
    "avslutades",
    "förläng",
    "framöver",
    "upphör",
    "ersätt",
    "ersatt",
    "nästa",
    "ansök",
    "fortsätt",
];

impl<'a> Last<'a> {
    /// Reads a sentence.
    pub fn new(by: &Granskare, cut: &'a Ordning, mening: &'a Mening, named: Vec<Namnd>) -> Last<'a> {
        let mut last = Last { cut, mening, named, kandidater: Vec::new(), alla: 0, annan_tid: false, cues: Vec::new() };
        let worth = |bit: &Bit| matches!(bit.slag, Slag::Tal { .. } | Slag::Ord);
        if !cut.bitar[mening.bitar.clone()].iter().any(worth) {
            return last;
        }
        last.read(by);
        last.alla = last.cues.iter().fold(0, |all, cues| all | cues);
        let told = |bit: usize| ANNAN_TID.iter().any(|word| cut.ord(bit).starts_with(word));
        last.annan_tid |= mening.bitar.clone().any(told);
        if matches!(mening.block, Block::Stycke | Block::Lista) {
            last.kandidater = kandidater(&last);
        }
        last
    }

    /// The cues of a piece; none outside the sentence.
    pub fn cue(&self, bit: usize) -> u64 {
        let inside = self.mening.bitar.contains(&bit);
        if inside { self.cues.get(bit - self.mening.bitar.start).copied().unwrap_or(0) } else { 0 }
    }

    /// The cues of several pieces.
    pub fn union(&self, bitar: Range<usize>) -> u64 {
        bitar.fold(0, |all, bit| all | self.cue(bit))
    }

    /// The word, when it belongs to the sentence.
    pub fn ord(&self, bit: usize) -> &'a str {
        if self.mening.bitar.contains(&bit) { self.cut.ord(bit) } else { "" }
    }

    /// Where pieces stand in the text, in bytes.
    pub fn plats(&self, bitar: &Range<usize>) -> Range<usize> {
        let pieces = &self.cut.bitar[bitar.clone()];
        pieces.first().map_or(0..0, |first| first.plats.start..pieces.last().map_or(first.plats.end, |l| l.plats.end))
    }

    /// Cues by piece. A comparison silences the rest of the sentence; another year all until the half-year's own.
    fn read(&mut self, by: &Granskare) {
        let mut cues = vec![0; self.mening.bitar.len()];
        let mut named = self.named.iter().filter(|named| !named.agare).peekable();
        let (mut compared, mut other_year, mut elsewhen) = (false, false, false);
        for (place, bit) in self.mening.bitar.clone().enumerate() {
            while named.next_if(|named| named.bitar.end <= bit).is_some() {}
            if named.peek().is_some_and(|named| named.bitar.contains(&bit)) {
                continue;
            }
            let word = self.ord(bit);
            match self.cut.bitar[bit].slag {
                Slag::Tal { tal, decimaler: 0 } => {
                    if self.is_year(bit, tal) {
                        other_year = tal != i64::from(by.period.year());
                    }
                    cues[place] = self.age(bit, tal);
                }
                Slag::Blandat => cues[place] = range(word),
                Slag::Ord => {
                    compared |= word.starts_with("jämför");
                    cues[place] = self.of_word(by, bit, word);
                }
                _ => {}
            }
            if compared || other_year {
                cues[place] |= TYST;
                elsewhen = true;
            }
        }
        self.cues = cues;
        self.annan_tid = elsewhen;
    }

    /// Whether four digits are a year.
    pub fn is_year(&self, bit: usize, tal: i64) -> bool {
        let digits = self.ord(bit).len() == 4;
        digits && (1990..2100).contains(&tal) && self.cue(bit + 1) & (PERSON | INSATS) == 0
    }

    fn age(&self, bit: usize, tal: i64) -> u64 {
        match (tal, self.ord(bit.wrapping_sub(1)), self.ord(bit + 1)) {
            (30, "under" | "än", "år") => UNDER_30,
            (60, _, "år") => FRAN_60,
            _ => 0,
        }
    }

    fn of_word(&self, by: &Granskare, bit: usize, word: &str) -> u64 {
        let (before, after) = (self.ord(bit.wrapping_sub(1)), self.ord(bit + 1));
        let lately = |stems: &[&str]| {
            (1..=5).any(|back| stems.iter().any(|stem| self.ord(bit.wrapping_sub(back)).starts_with(stem)))
        };
        let cues = by.ordbok.av(word);
        match word {
            "arbete" if !leads_to(before) && !matches!(after, "eller" | "och" | "/") => 0,
            "in" if lately(&["skriv", "skrev", "registrer"]) => IN,
            "ut" if lately(&["skriv", "skrev"]) => UT,
            "per" if ["deltag", "individ", "person"].iter().any(|stem| after.starts_with(stem)) => PER_DELTAGARE,
            "per" if matches!(after, "år" | "kvartal" | "månad" | "insats" | "kommun" | "termin" | "vecka") => TYST,
            "år" if matches!(before, "3" | "tre") => TRE_AR,
            "året" if before == "hela" => HELAR,
            "årets" if after.starts_with("budget") => HELAR,
            "kvartal" if self.one_quarter(bit + 1) => TYST,
            "sedan" if self.since_elsewhen(bit) => TYST,
            "halvåret" if before == "andra" && by.period.number() == 1 => TYST,
            "halvåret" if by.period.number() == 2 => ANNAT,
            _ if word.starts_with("rehabilitering") && before == "fortsatt" => REHAB,
            _ if word.starts_with("kvartalsrapport") => 0,
            _ if cues == SUBV && [2, 1].iter().any(|&back| is_no(self.ord(bit.wrapping_sub(back)))) => EJ_SUBV,
            _ if cues == DELTAGIT && self.takes_part_elsewhere(bit + 1) => ANNAT,
            _ if format::MONTHS.contains(&word) && !by.own_month(word) => TYST,
            _ => cues,
        }
    }

    /// `kvartal 1`, but not `kvartal 1 och 2`.
    fn one_quarter(&self, bit: usize) -> bool {
        let number = matches!(self.ord(bit), "1" | "2" | "3" | "4");
        number && !matches!(self.ord(bit + 1), "och" | "–" | "-" | "samt")
    }

    /// `sedan starten`, `sedan insatsen startade`, but not `sedan den 1 januari`.
    fn since_elsewhen(&self, bit: usize) -> bool {
        let words = (1..=3).map(|on| self.ord(bit + on));
        words.into_iter().any(|word| ["start", "insats", "vår", "höst", "begynn"].iter().any(|s| word.starts_with(s)))
    }

    /// `deltog på seminariet`, but not `deltog i insatserna`.
    fn takes_part_elsewhere(&self, bit: usize) -> bool {
        let own = |bit: usize| {
            let word = self.ord(bit);
            ["insats", "individinsats", "någon", "förbundet", "våra", "dessa"].iter().any(|stem| word.starts_with(stem))
                || self.named.iter().any(|named| named.bitar.contains(&bit))
        };
        match self.ord(bit) {
            "i" | "vid" => !(1..=3).any(|on| own(bit + on)),
            "på" | "som" => true,
            _ => false,
        }
    }
}

/// Words before what someone goes on to: `till arbete`.
fn leads_to(word: &str) -> bool {
    matches!(word, "till" | "i" | "eller" | "och" | "/")
}

fn is_no(word: &str) -> bool {
    matches!(word, "ej" | "inte" | "icke" | "utan")
}

impl Granskare {
    /// Whether the half-year or what is counted from 1 January begins or ends in the month.
    fn own_month(&self, word: &str) -> bool {
        let last = if self.period.number() == 1 { "juni" } else { "december" };
        word == "januari" || word == last || (word == "juli" && self.period.number() == 2)
    }
}

/// Ages from one to another.
fn range(word: &str) -> u64 {
    match word {
        "30–44" | "30-44" => FRAN_30,
        "45–59" | "45-59" => FRAN_45,
        _ => 0,
    }
}
