//! A text that a person has written, held against the figures of a half-year: numbers, counts in words and names of
//! insatser that the figures do not bear. Changes nothing, and keeps silent when in doubt.

mod ansats;
mod belopp;
mod betydelse;
mod fraga;
mod inaktuell;
mod jamfor;
mod kandidat;
mod lage;
mod ledtrad;
mod mall;
mod mening;
mod namn;
mod ord;
mod tal;
mod utan_tal;

pub use belopp::obelagda;

use crate::calc::Rakning;
use crate::underlag::InsatsNr;
use jamfor::Jamforda;
use lage::Lage;
use ledtrad::{ANNAT, Ordbok, PERSON, TYST};
use mall::Mallar;
use mening::Last;
use namn::Namnbok;
use ord::Ordning;
use samsyn_document::{FigureId, Halvar, Value, format};
use std::collections::BTreeSet;
use std::ops::Range;

use tal::Mangd;
pub use utan_tal::utan_tal;

/// What the figures do not bear.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anmarkning {
    /// Where it stands in the text, in bytes.
    pub plats: Range<usize>,
    /// What stands there.
    pub skrivet: String,
    /// Why it is pointed out, in one sentence.
    pub varfor: String,
    /// The right figure, when there is one; missing when it is not certain which figure is meant.
    pub ratt: Option<Ratt>,
}

/// The figure that a text should tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ratt {
    /// Its name.
    pub figure: FigureId,
    /// Its value; never missing or withheld.
    pub value: Value,
    /// What can stand in the place of what is written: a live figure, for instance `{6/summa/pagaende_S}`.
    pub markup: String,
}

/// Whether something is pointed out already where this stands.
fn is_told(found: &[Anmarkning], plats: &Range<usize>) -> bool {
    found.iter().any(|other| other.plats.start < plats.end && plats.start < other.plats.end)
}

/// What in the text the figures do not bear, in the order of the text.
pub fn granska(rakning: &Rakning<'_>, text: &str) -> Vec<Anmarkning> {
    Granskare::new(rakning).granska(text)
}

/// What texts about a half-year are compared with. Made once, it serves any number of texts.
pub struct Granskare {
    period: Halvar,
    jamforda: Jamforda,
    ordbok: Ordbok,
    mallar: Mallar,
    namnbok: Namnbok,
    /// The insatser that belong to the half-year or are shown in it, their chains, and those that end in it.
    i_perioden: BTreeSet<InsatsNr>,
    /// Each insats's name and owner.
    insatser: Vec<String>,
    /// A count of people below this is not to be told by hand; none when small counts are shown to all.
    grans: Option<i64>,
}

impl std::fmt::Debug for Granskare {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Granskare")
    }
}

impl Granskare {
    /// Finds what to compare with: every figure is computed here.
    pub fn new(rakning: &Rakning<'_>) -> Granskare {
        let (underlag, rader) = (rakning.underlag, &rakning.rader);
        let shown = rader.tabell_1.iter().chain(&rader.tabell_4).chain(&rader.avslutade);
        let chains = shown.map(|&insats| underlag.insatser[insats].kedja).chain(rader.tabell_6.iter().copied());
        let name = |of: &crate::underlag::InsatsUnderlag| of.namn_med_agare();
        let namnbok = Namnbok::new(underlag);
        Granskare {
            period: rakning.period,
            jamforda: Jamforda::new(rakning),
            ordbok: Ordbok::new(),
            mallar: Mallar::new(rakning, &namnbok),
            namnbok,
            i_perioden: chains.flat_map(|kedja| underlag.kedjor[kedja].lankar.iter().copied()).collect(),
            insatser: underlag.insatser.iter().map(name).collect(),
            grans: None,
        }
    }

    /// Also points out a right number that others than the kansli are not to see: those withheld when these are counted.
    #[must_use]
    pub fn och_sma_tal(mut self, withholding: &Rakning<'_>) -> Granskare {
        self.jamforda.dolj(withholding);
        self.grans = Some(i64::from(withholding.underlag.installningar.sma_tal));
        self
    }

    /// What in the text the figures do not bear, in the order of the text. Takes time in step with the text's length.
    pub fn granska(&self, text: &str) -> Vec<Anmarkning> {
        let mut found = Vec::new();
        self.varje_mening(text, |last, lage| {
            let from = found.len();
            self.names(text, last, &mut found);
            self.numbers(text, last, lage, &mut found);
            self.mallar.numbers(text, last, &mut found);
            self.small(text, last, &mut found);
            found[from..].sort_by_key(|remark| remark.plats.start);
        });
        found
    }

    /// Small counts of people in a text that is of something else than the half-year's figures, such as the förbund's own
    /// economy.
    pub fn sma_tal(&self, text: &str) -> Vec<Anmarkning> {
        let mut found = Vec::new();
        self.varje_mening(text, |last, _| self.small(text, last, &mut found));
        found
    }

    /// Reads a text sentence by sentence, with what the text before each was about.
    fn varje_mening(&self, text: &str, mut each: impl FnMut(&Last<'_>, &Lage)) {
        let cut = Ordning::new(text);
        let mut lage = Lage::default();
        for mening in &cut.meningar {
            let named = self.namnbok.finn(text, &cut, mening.bitar.clone());
            let last = Last::new(self, &cut, mening, named);
            lage.enter(mening);
            each(&last, &lage);
            lage.leave(&last);
        }
    }

    /// Small counts of people, whether or not a figure is meant: written by hand they are told to everyone.
    fn small(&self, text: &str, last: &Last<'_>, found: &mut Vec<Anmarkning>) {
        let Some(grans) = self.grans.filter(|_| last.alla & (TYST | ANNAT) == 0) else { return };
        for bit in last.mening.bitar.clone() {
            let Some(written) = tal::las(last.cut, bit) else { continue };
            let article = matches!(last.ord(bit), "en" | "ett");
            let small = matches!(written.mangd, Mangd::Antal(count) if (1..grans).contains(&count)) && !article;
            let people = last.cue(written.bitar.end) & PERSON != 0 || last.ord(written.bitar.end) == "man";
            let plats = last.plats(&written.bitar);
            if small && people && !is_told(found, &plats) {
                let varfor = "Ett litet antal personer som skrivs för hand läses av alla, också av dem som inte ser små \
                              tal. Sätt in en levande siffra, som döljs för dem, eller skriv om meningen.";
                let skrivet = text[plats.clone()].to_owned();
                found.push(Anmarkning { plats, skrivet, varfor: varfor.to_owned(), ratt: None });
            }
        }
    }

    /// Names of insatser that the half-year does not have. A sentence about another time may name them.
    fn names(&self, text: &str, last: &Last<'_>, found: &mut Vec<Anmarkning>) {
        let named = last.named.iter().filter(|named| !named.agare);
        for named in named.filter(|_| !last.annan_tid) {
            if named.insatser.iter().any(|insats| self.i_perioden.contains(insats)) {
                continue;
            }
            let Some(first) = named.insatser.first() else { continue };
            let plats = last.plats(&named.bitar);
            found.push(Anmarkning {
                skrivet: text[plats.clone()].to_owned(),
                plats,
                varfor: format!("Insatsen {} hör inte till {}.", self.insatser[*first], format::halvar(self.period)),
                ratt: None,
            });
        }
    }
}
