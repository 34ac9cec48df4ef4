//! How counts of people hang together, whatever the facts: what a reader can reckon with.

use super::Key;
use crate::calc::grupp::Grupp;
use crate::calc::kontekst::Rakning;
use crate::calc::matt::Matt::{self, *};
use crate::deltagande::Kon;
use std::collections::{HashMap, HashSet};

/// Measures of which the first come to as many as the others, or more.
const AT_LEAST: &[(&[Matt], &[Matt])] = &[
    (&[Arbetar], &[Arbetar25, Arbetar50, Arbetar75, Arbetar80, Arbetar100]),
    (&[Deltid], &[Arbetar25, Arbetar50, Arbetar75, Arbetar80]),
    (&[Arbetar], &[Deltid, Arbetar100]),
    (&[Arbetar], &[SubventioneratArbete, EjSubventioneratArbete]),
    (&[TillArbeteStudier], &[Arbetar]),
    (&[TillArbeteStudier], &[Studerar]),
    (&[Arbetar, Studerar], &[TillArbeteStudier]),
    (&[Avslutade], &[TillArbeteStudier]),
    (&[Avslutade], &[Arbetssokande]),
    (&[Avslutade], &[Bas]),
    (&[Bas], &[BasMedPlan]),
    (&[Bas], &[BasArbeteStudierEllerSoker, BasOvriga]),
    (&[Bas], &[FortsattRehabilitering, Sjukdom]),
    (&[BasArbeteStudierEllerSoker], &[BasTillArbeteStudier]),
    (&[BasTillArbeteStudier, Arbetssokande], &[BasArbeteStudierEllerSoker]),
    (&[TillArbeteStudier], &[BasTillArbeteStudier]),
    // Of those written out because the insats ended, some work or study.
    (&[Avslutade, BasTillArbeteStudier], &[Bas, TillArbeteStudier]),
    (&[AvslutadeTotalt], &[Avslutade]),
    (&[Deltagit], &[Pagaende, Avslutade]),
    (&[Deltagit], &[Inregistrerade]),
    (&[Pagaende, Avslutade], &[Inregistrerade]),
    (&[Inregistrerade], &[Under30, Alder30Till44, Alder45Till59, Alder60]),
    (&[Inregistrerade], &[IngenForsorjning]),
    (&[Inregistrerade], &[ForsorjningOver3Ar]),
    (&[Inregistrerade], &[Grundskola, Gymnasium, Eftergymnasial, UtbildningOkand]),
    (&[Deltagit], &[DeltagitUnder30, DeltagitAlder30Till44, DeltagitAlder45Till59, DeltagitAlder60]),
    (&[Deltagit], &[DeltagitIngenForsorjning]),
    (&[Deltagit], &[DeltagitForsorjningOver3Ar]),
    (&[Deltagit], &[DeltagitGrundskola, DeltagitGymnasium, DeltagitEftergymnasial, DeltagitUtbildningOkand]),
];

/// Of the target group: among all who took part, and among those enrolled since 1 January.
const MALGRUPP: [(Matt, Matt); 10] = [
    (DeltagitUnder30, Under30),
    (DeltagitAlder30Till44, Alder30Till44),
    (DeltagitAlder45Till59, Alder45Till59),
    (DeltagitAlder60, Alder60),
    (DeltagitIngenForsorjning, IngenForsorjning),
    (DeltagitForsorjningOver3Ar, ForsorjningOver3Ar),
    (DeltagitGrundskola, Grundskola),
    (DeltagitGymnasium, Gymnasium),
    (DeltagitEftergymnasial, Eftergymnasial),
    (DeltagitUtbildningOkand, UtbildningOkand),
];

/// What a reader knows of a count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// It is shown.
    Shown,
    /// Some figure would show it, but it is withheld. Not nought, since nought is shown.
    Withheld,
    /// No figure shows it.
    Untold,
}

/// A count above nought.
#[derive(Clone, Copy, Debug)]
pub(super) struct Term {
    pub count: i64,
    pub state: State,
}

/// The counts that are above nought, and the sums among them. Those of nought, told or not, are taken as
/// known; so a sum that happens to be whole is taken as one that always is.
pub(super) struct System {
    pub terms: Vec<Term>,
    /// Terms and the factors with which they come to nought.
    pub relations: Vec<Vec<(usize, i64)>>,
    places: HashMap<Place, usize>,
    /// How many each key counts, and its term when they are any.
    known: HashMap<Key, (i64, Option<usize>)>,
    keys: Vec<(Key, usize)>,
    seen: HashSet<Vec<(usize, i64)>>,
}

/// A count by the chains in which there is anyone: groups with the same people are one.
type Place = (bool, Vec<usize>, Option<Kon>, Matt);

impl System {
    /// The counts that figures show, and how they hang together.
    pub fn new(rakning: &Rakning<'_>, keys: &[Key]) -> System {
        let mut system = System {
            terms: Vec::new(),
            relations: Vec::new(),
            places: HashMap::new(),
            known: HashMap::new(),
            keys: Vec::new(),
            seen: HashSet::new(),
        };
        for &key in keys {
            if let (_, Some(term)) = system.term(rakning, key, State::Shown) {
                system.keys.push((key, term));
            }
        }
        let mut groups: Vec<(bool, Grupp)> = Vec::new();
        for key in keys {
            system.by_sex_and_chain(rakning, *key);
            if !groups.contains(&(key.fjolar, key.grupp)) {
                groups.push((key.fjolar, key.grupp));
            }
        }
        for (fjolar, grupp) in groups {
            for kon in [None, Some(Kon::Kvinna), Some(Kon::Man)] {
                system.by_measure(rakning, |matt| Key { fjolar, grupp, kon, matt });
            }
        }
        if rakning.period.number() == 2 {
            // Those who went on from the year before.
            let all = |fjolar, matt| Key { fjolar, grupp: Grupp::Visade, kon: None, matt };
            let now = [all(false, Deltagit), all(true, Avslutade)];
            system.at_least(rakning, &now, &[all(false, Inregistrerade), all(true, Deltagit)]);
        }
        system
    }

    /// Withholds the counts of which it is so.
    pub fn withhold(&mut self, small: impl Fn(&Key, i64) -> bool) {
        for (key, term) in &self.keys {
            let term = &mut self.terms[*term];
            if small(key, term.count) {
                term.state = State::Withheld;
            }
        }
    }

    /// Withholds what is the same as something withheld, so that no page shows what another withholds.
    pub fn withhold_equals(&mut self) {
        loop {
            let pairs = self
                .relations
                .iter()
                .filter(|relation| matches!(relation.as_slice(), [(_, 1), (_, -1)] | [(_, -1), (_, 1)]));
            let state = |at: usize| self.terms[at].state;
            let told = pairs.flat_map(|pair| [(pair[0].0, pair[1].0), (pair[1].0, pair[0].0)]);
            let found = told.filter(|&(one, other)| state(one) == State::Withheld && state(other) == State::Shown);
            let same: Vec<usize> = found.map(|(_, other)| other).collect();
            if same.is_empty() {
                return;
            }
            same.into_iter().for_each(|at| self.terms[at].state = State::Withheld);
        }
    }

    /// Whether the count may be shown.
    pub fn is_shown(&self, key: &Key) -> bool {
        let term = self.known.get(key).and_then(|(_, term)| *term);
        term.is_none_or(|term| self.terms[term].state == State::Shown)
    }

    /// How many the key counts, and its term when they are any.
    fn term(&mut self, rakning: &Rakning<'_>, key: Key, state: State) -> (i64, Option<usize>) {
        let (terms, places) = (&mut self.terms, &mut self.places);
        *self.known.entry(key).or_insert_with(|| {
            let count = key.count(rakning);
            let term = (count != 0).then(|| {
                *places.entry(place(rakning, key)).or_insert_with(|| {
                    terms.push(Term { count, state });
                    terms.len() - 1
                })
            });
            (count, term)
        })
    }

    /// Women and men come to the sum, and chains to their group.
    fn by_sex_and_chain(&mut self, rakning: &Rakning<'_>, key: Key) {
        if key.kon.is_none() {
            self.at_least(rakning, &[key], &[Kon::Kvinna, Kon::Man].map(|kon| Key { kon: Some(kon), ..key }));
        }
        let (_, chains, ..) = place(rakning, key);
        let chains: Vec<Key> = chains.into_iter().map(|kedja| Key { grupp: Grupp::Kedja(kedja), ..key }).collect();
        self.at_least(rakning, &[key], &chains);
    }

    fn by_measure(&mut self, rakning: &Rakning<'_>, of: impl Fn(Matt) -> Key) {
        for (more, less) in AT_LEAST {
            let keys = |all: &[Matt]| all.iter().map(|&matt| of(matt)).collect::<Vec<Key>>();
            self.at_least(rakning, &keys(more), &keys(less));
        }
        for (took_part, enrolled) in MALGRUPP {
            self.at_least(rakning, &[of(took_part)], &[of(enrolled)]);
            // Of those who went on from the year before, some are of the class.
            self.at_least(rakning, &[of(Deltagit), of(enrolled)], &[of(Inregistrerade), of(took_part)]);
        }
    }

    /// The first come to as many as the others, or more; the rest are a count that nobody tells. Kept when
    /// figures tell two of the counts at least.
    fn at_least(&mut self, rakning: &Rakning<'_>, more: &[Key], less: &[Key]) {
        let mut relation: Vec<(usize, i64)> = Vec::new();
        let mut rest = 0;
        for (key, factor) in more.iter().map(|key| (key, 1)).chain(less.iter().map(|key| (key, -1))) {
            let (count, term) = self.term(rakning, *key, State::Untold);
            rest += factor * count;
            let Some(term) = term else { continue };
            match relation.iter_mut().find(|(known, _)| *known == term) {
                Some((_, known)) => *known += factor,
                None => relation.push((term, factor)),
            }
        }
        relation.retain(|(_, factor)| *factor != 0);
        relation.sort_unstable();
        let told = relation.iter().filter(|(term, _)| self.terms[*term].state != State::Untold).count();
        if told < 2 || rest < 0 || !self.seen.insert(relation.clone()) {
            return;
        }
        if rest > 0 {
            relation.push((self.terms.len(), -1));
            self.terms.push(Term { count: rest, state: State::Untold });
        }
        self.relations.push(relation);
    }
}

fn place(rakning: &Rakning<'_>, key: Key) -> Place {
    let year = if key.fjolar { rakning.year_before() } else { Some(rakning) };
    let anyone = |kedja: &usize| Key { grupp: Grupp::Kedja(*kedja), ..key }.count(rakning) > 0;
    let chains = year.map_or_else(Vec::new, |year| year.chains(key.grupp).filter(anyone).collect());
    (key.fjolar, chains, key.kon, key.matt)
}
