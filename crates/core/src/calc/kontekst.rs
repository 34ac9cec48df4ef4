//! A half-year counted: the underlag, one pass over its deltaganden, and the rows of the tables.
//! Every figure is read from here.

use crate::calc::antal;
use crate::calc::grupp::Grupp;
use crate::calc::matt::{self, Bits, Matt};
use crate::calc::rader::Rader;
use crate::calc::smatal::Smatal;
use crate::deltagande::Kon;
use crate::underlag::{InsatsNr, KedjeNr, Underlag};
use samsyn_document::{Datum, Halvar};
use std::sync::{Arc, OnceLock};

/// How many deltaganden of each chain and sex have each measure, and what is not known of a chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counts {
    cells: Vec<[[u32; matt::COUNT]; 3]>,
    unknown: Vec<Bits>,
    counted: Vec<bool>,
}

/// Where a sex stands among a chain's counts; those whose sex is missing, the anonymous, stand last.
fn place(kon: Option<Kon>) -> usize {
    kon.map_or(Kon::ALL.len(), |kon| kon as usize)
}

impl Counts {
    /// One pass over all deltaganden; then the months of those insatser that hand in counts.
    pub fn new(underlag: &Underlag, period: Halvar) -> Counts {
        let (a, b) = (period.year_start(), period.last());
        let mut counts = vec![[[0; matt::COUNT]; 3]; underlag.kedjor.len()];
        for deltagande in &underlag.deltaganden {
            let mut bits = matt::bits(deltagande, a, b);
            let cells = &mut counts[underlag.insats_of(deltagande).kedja][place(deltagande.kon)];
            while bits != 0 {
                cells[bits.trailing_zeros() as usize] += 1;
                bits &= bits - 1;
            }
        }
        let mut counts = Counts { unknown: vec![0; counts.len()], counted: vec![false; counts.len()], cells: counts };
        counts.add_months(underlag, a, b);
        counts
    }

    fn add_months(&mut self, underlag: &Underlag, a: Datum, b: Datum) {
        for (insats, of) in underlag.insatser.iter().enumerate() {
            if of.manadsantal.is_empty() && of.avslutsantal.is_empty() {
                continue;
            }
            for matt in antal::MATT {
                for (row, number) in antal::rows(underlag, insats, matt, a, b) {
                    let cell = &mut self.cells[of.kedja][place(Some(row.kon()))][matt as usize];
                    *cell = cell.saturating_add(number);
                }
            }
            self.unknown[of.kedja] = antal::unknown(underlag, of.kedja, a, b);
            self.counted[of.kedja] = antal::is_counted(underlag, of.kedja, a, b);
        }
    }

    /// Whether a measure of a chain is not known, since its counts do not tell it.
    pub fn is_unknown(&self, kedja: KedjeNr, matt: Matt) -> bool {
        self.unknown[kedja] & matt.bit() != 0
    }

    /// Whether every measure of every chain is known.
    fn is_whole(&self) -> bool {
        self.unknown.iter().all(|bits| *bits == 0)
    }

    /// Whether someone of the chain is counted by months, and not as a single inskrivning.
    pub fn by_month(&self, kedja: KedjeNr) -> bool {
        self.counted[kedja]
    }

    /// The count of one sex in one chain.
    pub fn of(&self, kedja: KedjeNr, kon: Kon, matt: Matt) -> i64 {
        i64::from(self.cells[kedja][place(Some(kon))][matt as usize])
    }

    /// The count of all in one chain: women, men, and the anonymous, whose sex is missing.
    pub fn both(&self, kedja: KedjeNr, matt: Matt) -> i64 {
        self.cells[kedja].iter().map(|cells| i64::from(cells[matt as usize])).sum()
    }
}

/// One half-year of one underlag, counted.
#[derive(Clone, Debug)]
pub struct Rakning<'u> {
    /// The facts.
    pub underlag: &'u Underlag,
    /// The half-year.
    pub period: Halvar,
    /// The counts.
    pub counts: Counts,
    /// The rows of the tables.
    pub rader: Rader,
    before: OnceLock<Option<Box<Rakning<'u>>>>,
    threshold: u32,
    smatal: Option<Arc<Smatal>>,
}

impl<'u> Rakning<'u> {
    /// Counts the half-year. Every figure is shown.
    pub fn new(underlag: &'u Underlag, period: Halvar) -> Rakning<'u> {
        let counts = Counts::new(underlag, period);
        let rader = Rader::new(underlag, period, &counts);
        Rakning { underlag, period, counts, rader, before: OnceLock::new(), threshold: 0, smatal: None }
    }

    /// Counts the half-year for readers who may not see counts of people from 1 up to the threshold.
    /// Figures that would tell them are [`Value::Withheld`](samsyn_document::Value::Withheld). Nothing is
    /// withheld when the threshold is 0 or 1.
    pub fn withholding(underlag: &'u Underlag, period: Halvar, threshold: u32) -> Rakning<'u> {
        Rakning::new(underlag, period).hiding(threshold)
    }

    fn hiding(mut self, threshold: u32) -> Rakning<'u> {
        self.threshold = threshold;
        if threshold > 1 {
            self.smatal = Some(Arc::new(Smatal::new(&self, threshold)));
        }
        self
    }

    /// Counts the half-year again with what was withheld the first time; the underlag must be the same. Finding out
    /// what to withhold costs a hundred times what counting does.
    pub fn again(underlag: &'u Underlag, period: Halvar, smatal: Arc<Smatal>) -> Rakning<'u> {
        Rakning { threshold: smatal.threshold(), smatal: Some(smatal), ..Rakning::new(underlag, period) }
    }

    /// What is withheld; `None` when everything is shown.
    pub fn smatal(&self) -> Option<&Arc<Smatal>> {
        self.smatal.as_ref()
    }

    /// The chains of a group, for counting people.
    pub fn chains(&self, grupp: Grupp) -> impl Iterator<Item = KedjeNr> {
        (0..self.underlag.kedjor.len()).filter(move |&kedja| grupp.has_chain(self, kedja))
    }

    /// How many deltaganden of the group have the measure, whoever asks.
    pub(crate) fn count(&self, grupp: Grupp, kon: Option<Kon>, matt: Matt) -> i64 {
        let of = |kedja| match kon {
            Some(kon) => self.counts.of(kedja, kon, matt),
            None => self.counts.both(kedja, matt),
        };
        match grupp {
            Grupp::Kedja(kedja) => of(kedja),
            Grupp::Visade => self.rader.tabell_6.iter().map(|&kedja| of(kedja)).sum(),
            _ => self.chains(grupp).map(of).sum(),
        }
    }

    /// Whether a measure of the group is not known: one of its chains hands in counts that do not tell it.
    pub fn is_unknown(&self, grupp: Grupp, matt: Matt) -> bool {
        match grupp {
            Grupp::Kedja(kedja) => self.counts.is_unknown(kedja, matt),
            _ => !self.counts.is_whole() && self.chains(grupp).any(|kedja| self.counts.is_unknown(kedja, matt)),
        }
    }

    /// The chains of tables 6, 7 and 8 in which someone is counted by months.
    pub fn by_month(&self) -> Vec<KedjeNr> {
        self.rader.tabell_6.iter().copied().filter(|&kedja| self.counts.by_month(kedja)).collect()
    }

    /// The chains whose participants are known one by one: all of the tables, unless some are counted by months.
    pub fn enskilda(&self) -> Grupp {
        if self.by_month().is_empty() { Grupp::Visade } else { Grupp::Enskilda }
    }

    /// The links of a chain that have started by the half-year's end, the chain's name first.
    pub fn started_links(&self, kedja: KedjeNr) -> Vec<InsatsNr> {
        let chain = &self.underlag.kedjor[kedja];
        let started = |&&i: &&InsatsNr| {
            let period = self.underlag.insatser[i].period();
            i != chain.forsta && period.is_some_and(|p| p.start <= self.period.last())
        };
        std::iter::once(chain.forsta).chain(chain.lankar.iter().filter(started).copied()).collect()
    }

    /// The same half of the year before, where its facts are complete: every insats that belonged to
    /// it has handed in each quarterly report that its period asks for, and there is one at least.
    /// Counted when first asked for.
    pub fn year_before(&self) -> Option<&Rakning<'u>> {
        self.before.get_or_init(|| self.count_year_before().map(Box::new)).as_deref()
    }

    /// Whether it is complete is asked first: finding out what to withhold asks for the year before that in turn, and
    /// so would go on to the first year there is.
    fn count_year_before(&self) -> Option<Rakning<'u>> {
        let period = self.period.year_before()?;
        let plain = Rakning::new(self.underlag, period);
        if !plain.is_complete() {
            return None;
        }
        match &self.smatal {
            Some(smatal) => {
                Some(Rakning { threshold: self.threshold, smatal: Some(smatal.before()?.clone()), ..plain })
            }
            None => Some(plain.hiding(self.threshold)),
        }
    }

    /// Whether every insats that belongs to the half-year has handed in each quarterly report that its period asks
    /// for, and there is one at least.
    fn is_complete(&self) -> bool {
        let complete = |&insats: &InsatsNr| {
            let insats = &self.underlag.insatser[insats];
            !self.period.quarters().into_iter().any(|quarter| insats.saknar_rapport(quarter))
        };
        !self.rader.tabell_2.is_empty() && self.rader.tabell_2.iter().all(complete)
    }
}
