//! The search for another world, and what is withheld so that there is one.
//!
//! A search alters one count by one, which puts every sum that it stands in off. It then takes the sum that
//! is hardest to mend, alters one of its counts so that it holds again, which may put others off, and so on
//! until every sum holds: that is a world. When a sum cannot be mended, or what must be withheld comes to as
//! much as in the best world so far, the last alteration is taken back and the next way is tried.
//!
//! An alteration touches few sums, so how hard each sum is to mend is remembered until one of its own counts
//! is altered; reckoning it anew for every sum at every step took most of the time.

use super::relationer::{State, System};
use std::cmp::Reverse;

/// How many changes a search may try until it has found a world.
const TRIES: usize = 2_000;
/// How many more it may try to find a cheaper one.
const MORE: usize = 100;

/// Withholds more, until no count from 1 up to `limit` that is withheld can be told from what is shown.
pub(super) fn protect(system: &mut System, limit: i64) {
    while let Some(more) = small_rest(system, limit) {
        system.terms[more].state = State::Withheld;
    }
    let mut search = Search::new(system);
    // Those that differ in a world already found, where they stay different when more is withheld.
    let mut safe = vec![false; system.terms.len()];
    for small in 0..system.terms.len() {
        let term = system.terms[small];
        if term.state != State::Withheld || term.count >= limit || safe[small] {
            continue;
        }
        for other in search.cheapest(system, small).unwrap_or_else(|| search.all_near(system, small)) {
            safe[other] = true;
            if system.terms[other].state == State::Shown {
                system.terms[other].state = State::Withheld;
            }
        }
    }
}

/// A count to withhold where what is shown of a sum leaves less than `limit` for what is withheld of it.
fn small_rest(system: &System, limit: i64) -> Option<usize> {
    let terms = &system.terms;
    system.relations.iter().find_map(|relation| {
        let (shown, hidden): (Vec<_>, Vec<_>) =
            relation.iter().partition(|(term, _)| terms[*term].state == State::Shown);
        let any = hidden.iter().any(|(term, _)| terms[*term].state == State::Withheld);
        let one_side = hidden.iter().all(|(_, factor)| *factor > 0) || hidden.iter().all(|(_, factor)| *factor < 0);
        let rest: i64 = hidden.iter().map(|(term, factor)| terms[*term].count * factor.abs()).sum();
        let smallest = || shown.iter().map(|(term, _)| *term).min_by_key(|&term| (terms[term].count, term));
        (any && one_side && rest < limit).then(smallest).flatten()
    })
}

/// Whether a count that nobody tells can mend the relation alone, and how many ways there are to mend it.
type Hardness = (bool, usize);

/// A search that changes one count, and then others until every sum agrees. It may change what is shown
/// too, but then that must be withheld, which costs as much as it counts.
struct Search {
    /// The relations that a term stands in, and with which factor.
    relations_of: Vec<Vec<(usize, i64)>>,
    /// By how much each count differs.
    change: Vec<i64>,
    /// Those that differ.
    changed: Vec<usize>,
    /// By how much each relation's sum is off.
    off: Vec<i64>,
    /// The relations that are off, in order.
    broken: Vec<usize>,
    /// How hard each of them is to mend, where that has been reckoned since a count of it was altered.
    hard: Vec<Option<Hardness>>,
    cost: i64,
    best: Option<(i64, Vec<usize>)>,
    tries: usize,
}

impl Search {
    fn new(system: &System) -> Search {
        let mut relations_of = vec![Vec::new(); system.terms.len()];
        for (at, relation) in system.relations.iter().enumerate() {
            relation.iter().for_each(|&(term, factor)| relations_of[term].push((at, factor)));
        }
        Search {
            relations_of,
            change: vec![0; system.terms.len()],
            changed: Vec::new(),
            off: vec![0; system.relations.len()],
            broken: Vec::new(),
            hard: vec![None; system.relations.len()],
            cost: 0,
            best: None,
            tries: 0,
        }
    }

    /// What differs in the cheapest world found in which this count is another.
    fn cheapest(&mut self, system: &System, term: usize) -> Option<Vec<usize>> {
        self.best = None;
        for by in [1, -1] {
            if allowed(system, term, by) {
                self.tries = TRIES;
                self.alter(system, term, by);
                self.mend(system);
                self.undo(system, term, by);
            }
        }
        self.best.take().map(|(_, changed)| changed)
    }

    /// Mends the hardest of the broken relations in each way, until none is broken.
    fn mend(&mut self, system: &System) {
        let Some(relation) = self.hardest(system) else {
            self.tries = self.tries.min(MORE);
            self.best = Some((self.cost, self.changed.clone()));
            return;
        };
        let mut ways: Vec<(usize, i64)> = self.ways(system, relation).collect();
        ways.sort_by_key(|&(term, _)| {
            (cost(system, term), self.relations_of[term].len(), Reverse(system.terms[term].count))
        });
        for (term, by) in ways {
            if self.tries == 0 {
                return;
            }
            self.tries -= 1;
            let dear = self.best.as_ref().is_some_and(|(best, _)| *best <= self.cost + cost(system, term));
            if !dear {
                self.alter(system, term, by);
                self.mend(system);
                self.undo(system, term, by);
            }
        }
    }

    /// The broken relation with fewest ways to mend it. Those that a count that nobody tells can mend alone come last.
    fn hardest(&mut self, system: &System) -> Option<usize> {
        for &relation in &self.broken {
            let (free, ways) = self.hard[relation].unwrap_or_else(|| self.hardness(system, relation));
            self.hard[relation] = Some((free, ways));
            if ways == 0 {
                return Some(relation);
            }
        }
        self.broken.iter().copied().min_by_key(|&relation| self.hard[relation])
    }

    fn hardness(&self, system: &System, relation: usize) -> Hardness {
        let free = |term: usize| self.relations_of[term].len() == 1 && cost(system, term) == 0;
        self.ways(system, relation).fold((false, 0), |(any, number), (term, _)| (any || free(term), number + 1))
    }

    /// The changes of one count that would mend a relation.
    fn ways(&self, system: &System, relation: usize) -> impl Iterator<Item = (usize, i64)> {
        let off = self.off[relation];
        let terms = system.relations[relation].iter();
        // Nearly every factor is 1 or -1, and dividing is slow.
        let by = terms.filter_map(move |&(term, factor)| match factor {
            1 | -1 => Some((term, -off * factor)),
            _ => (off % factor == 0).then(|| (term, -off / factor)),
        });
        by.filter(|&(term, by)| self.change[term] == 0 && allowed(system, term, by))
    }

    fn alter(&mut self, system: &System, term: usize, by: i64) {
        self.change[term] = by;
        self.changed.push(term);
        self.cost += cost(system, term);
        self.shift(term, by);
    }

    fn undo(&mut self, system: &System, term: usize, by: i64) {
        self.change[term] = 0;
        self.changed.pop();
        self.cost -= cost(system, term);
        self.shift(term, -by);
    }

    fn shift(&mut self, term: usize, by: i64) {
        for &(at, factor) in &self.relations_of[term] {
            self.off[at] += factor * by;
            self.hard[at] = None;
            match (self.off[at] != 0, self.broken.binary_search(&at)) {
                (true, Err(place)) => self.broken.insert(place, at),
                (false, Ok(place)) => drop(self.broken.remove(place)),
                _ => {}
            }
        }
    }

    /// Everything that hangs together with the count. In another world all of it is twice as large.
    fn all_near(&self, system: &System, term: usize) -> Vec<usize> {
        let mut near = vec![term];
        let mut seen = vec![false; system.terms.len()];
        seen[term] = true;
        let mut at = 0;
        while let Some(&next) = near.get(at) {
            at += 1;
            for &(relation, _) in &self.relations_of[next] {
                for &(other, _) in &system.relations[relation] {
                    if !std::mem::replace(&mut seen[other], true) {
                        near.push(other);
                    }
                }
            }
        }
        near
    }
}

/// What it costs that a count is another: nothing when the reader does not see it.
fn cost(system: &System, term: usize) -> i64 {
    let term = system.terms[term];
    if term.state == State::Shown { term.count } else { 0 }
}

/// Whether a count may be another by so much. What is withheld is not nought.
fn allowed(system: &System, term: usize, by: i64) -> bool {
    let term = system.terms[term];
    term.count + by >= if term.state == State::Untold { 0 } else { 1 }
}
