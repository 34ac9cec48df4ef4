//! The figures that can be told in running text, each with the cues that it needs and those that it bears.

use super::betydelse::betydelse;
use super::ledtrad::{KVINNOR, MAN};
use super::tal::Mangd;
use crate::calc::namn::namn;
use crate::calc::{Rakning, arsbudgetar, siffror};
use crate::underlag::InsatsNr;
use samsyn_document::{FigureId, Value};
use std::collections::{HashMap, HashSet};

/// What kind of number a figure is told with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Sort {
    Personer,
    Insatser,
    Avvikelser,
    Andel,
    Belopp,
}

/// Which insatser a figure is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Om {
    /// All of them.
    Alla,
    /// These alone: one, or the links of a chain.
    Dessa(Vec<InsatsNr>),
}

/// A figure that a number in a text may be compared with.
#[derive(Clone, Debug)]
pub(super) struct Jamford {
    pub figure: FigureId,
    pub value: Value,
    /// Its name in words.
    pub namn: String,
    pub sort: Sort,
    pub om: Om,
    /// The cues that must be there.
    pub behov: u64,
    /// Cues that may be there too.
    pub tal: u64,
    /// Women, men, or both when neither.
    pub kon: u64,
    /// Whether it only tells that a number is right.
    pub bara_ratt: bool,
    /// Whether others than the kansli do not see it.
    pub dold: bool,
}

/// Every figure that can be told in running text, found by its kind and the insatser that it is about.
pub(super) struct Jamforda {
    all: Vec<Jamford>,
    om_alla: HashMap<Sort, Vec<usize>>,
    om_insats: HashMap<(Sort, InsatsNr), Vec<usize>>,
    med_namn: HashMap<FigureId, usize>,
    /// By how many, and by how many percent, as they read.
    lika: HashMap<(bool, i64), Vec<usize>>,
}

impl Jamforda {
    /// Computes them.
    pub fn new(rakning: &Rakning<'_>) -> Jamforda {
        let mut found = Jamforda {
            all: jamforda(rakning),
            om_alla: HashMap::new(),
            om_insats: HashMap::new(),
            med_namn: HashMap::new(),
            lika: HashMap::new(),
        };
        for (at, jamford) in found.all.iter().enumerate() {
            found.med_namn.insert(jamford.figure.clone(), at);
            match &jamford.value {
                Value::Antal(count) => found.lika.entry((false, *count)).or_default().push(at),
                Value::Andel(ratio) => found.lika.entry((true, ratio.percent())).or_default().push(at),
                _ => {}
            }
            match &jamford.om {
                Om::Alla => found.om_alla.entry(jamford.sort).or_default().push(at),
                Om::Dessa(these) => {
                    these.iter().for_each(|&insats| found.om_insats.entry((jamford.sort, insats)).or_default().push(at))
                }
            }
        }
        found
    }

    /// The figure with this name.
    pub fn med(&self, id: &FigureId) -> Option<&Jamford> {
        self.med_namn.get(id).map(|&at| &self.all[at])
    }

    /// The figures that have this value, whatever they count.
    pub fn lika(&self, mangd: Mangd) -> Vec<&Jamford> {
        let key = match mangd {
            Mangd::Antal(count) => (false, count),
            Mangd::Procent { tal, decimaler: 0 } => (true, tal),
            Mangd::Procent { .. } | Mangd::Belopp { .. } => return Vec::new(),
        };
        self.lika.get(&key).into_iter().flatten().map(|&at| &self.all[at]).collect()
    }

    /// Marks the figures that are withheld when these are counted.
    pub fn dolj(&mut self, withholding: &Rakning<'_>) {
        let hidden: HashSet<FigureId> = siffror(withholding)
            .into_iter()
            .filter(|figure| figure.value == Value::Withheld)
            .map(|figure| figure.id)
            .collect();
        for jamford in &mut self.all {
            jamford.dold = hidden.contains(&jamford.figure);
        }
    }

    /// Those of a kind that are about all insatser or about one of these, the first to tell first.
    pub fn av(&self, sort: Sort, insatser: impl Iterator<Item = InsatsNr>) -> Vec<&Jamford> {
        let of_all = self.om_alla.get(&sort).into_iter();
        let of_these = insatser.filter_map(|insats| self.om_insats.get(&(sort, insats)));
        let mut found: Vec<usize> = of_all.chain(of_these).flatten().copied().collect();
        found.sort_unstable();
        found.dedup();
        found.into_iter().map(|at| &self.all[at]).collect()
    }
}

fn jamforda(rakning: &Rakning<'_>) -> Vec<Jamford> {
    let mut found = Vec::new();
    for figure in siffror(rakning).into_iter().chain(arsbudgetar(rakning)) {
        let id = &figure.id;
        let Some((sort, behov, tal)) = betydelse(&id.tabell, &id.rad, &id.kolumn) else { continue };
        let Some(om) = om(rakning, &id.tabell, &id.rad) else { continue };
        found.push(Jamford {
            namn: namn(rakning.underlag, id),
            sort,
            om,
            behov,
            tal,
            kon: kon(&id.tabell, &id.rad, &id.kolumn),
            bara_ratt: only_confirms(&id.tabell, &id.rad, &id.kolumn),
            value: figure.value,
            figure: figure.id,
            dold: false,
        });
    }
    // Of two that say the same, the first of these is the one to tell.
    found.sort_by_key(|jamford| match jamford.figure.tabell.as_str() {
        "nyckeltal" => 0,
        "malgrupp" => 1,
        _ => 2,
    });
    found
}

/// Whether a figure only tells that a number is right, since few sentences mean it.
fn only_confirms(tabell: &str, rad: &str, kolumn: &str) -> bool {
    match (tabell, rad) {
        ("malgrupp-deltagit" | "insats" | "kostnad" | "inriktning", _) => true,
        ("svar", "i_fas" | "prognos") => !matches!(kolumn, "ja" | "nås"),
        ("svar", _) => matches!(kolumn, "antal" | "delvis"),
        (_, "avslutade_exkl_insatsens_avslut") => true,
        ("4", _) => matches!(kolumn, "utfall_tkr" | "budget_tkr"),
        _ => kolumn.starts_with("avslutade_totalt"),
    }
}

/// The insatser of a row; `None` for rows that are about something else.
fn om(rakning: &Rakning<'_>, tabell: &str, rad: &str) -> Option<Om> {
    let underlag = rakning.underlag;
    match underlag.insats_nr(rad) {
        Some(nr) if matches!(tabell, "4" | "insats") => Some(Om::Dessa(vec![nr])),
        Some(nr) => Some(Om::Dessa(underlag.kedjor[underlag.insatser[nr].kedja].lankar.clone())),
        None => Some(Om::Alla),
    }
}

fn kon(tabell: &str, rad: &str, kolumn: &str) -> u64 {
    match (tabell, rad, kolumn.rsplit('_').next().unwrap_or("")) {
        ("malgrupp" | "malgrupp-deltagit", "kvinnor", _) => KVINNOR,
        ("malgrupp" | "malgrupp-deltagit", "man", _) => MAN,
        ("nyckeltal", rad, _) if rad.ends_with("_K") => KVINNOR,
        ("nyckeltal", rad, _) if rad.ends_with("_M") => MAN,
        ("6" | "8" | "9", _, "K") => KVINNOR,
        ("6" | "8" | "9", _, "M") => MAN,
        _ => 0,
    }
}
