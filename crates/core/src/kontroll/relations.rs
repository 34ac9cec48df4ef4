//! What names something that is not there: an unknown insats, goal or member; chains in a circle.

use super::{Collector, Gaps, nearest, shown};
use crate::insats::Insats;
use crate::kommentar::{Kommentar, Om};
use crate::{Fact, Facts, Severity};
use std::collections::{HashMap, HashSet};

/// How many names a hint lists when none of them is near.
const FEW: usize = 12;

/// The names of a noun that others may refer to.
struct Register<'f> {
    resource: &'static str,
    names: HashSet<&'f str>,
    gaps: &'f Gaps,
}

impl<'f> Register<'f> {
    fn of<F: Fact>(rows: &'f [F], name: impl Fn(&'f F) -> &'f str, gaps: &'f Gaps) -> Register<'f> {
        Register { resource: F::RESOURCE, names: rows.iter().map(name).collect(), gaps }
    }

    fn has(&self, name: &str) -> bool {
        self.names.contains(name) || self.gaps.may_hold(self.resource, name)
    }

    /// Tells every row whose `column` names something else.
    fn check<'r, F: Fact>(
        &self,
        rows: &'r [F],
        column: &'static str,
        name: impl Fn(&'r F) -> Option<&'r str>,
        told: &mut Collector,
    ) {
        for row in rows {
            if let Some(name) = name(row).filter(|name| !self.has(name)) {
                told.fact(Severity::Fel, row, column, "unknown", || self.words(F::RESOURCE, column, name));
            }
        }
    }

    fn words(&self, resource: &str, column: &str, name: &str) -> (String, String) {
        let file = self.resource;
        let mut names: Vec<&str> = self.names.iter().copied().collect();
        names.sort_unstable();
        // What is nearly a known name is no person's.
        let (stands, hint) = match nearest(name, names.iter().copied()) {
            Some(near) => (format!("\"{name}\""), format!("Menade du {near}?")),
            None if !names.is_empty() && names.len() <= FEW => {
                (shown(resource, column, name), format!("I {file}.csv finns {}.", names.join(", ")))
            }
            None => (shown(resource, column, name), format!("Rätta det, eller lägg till en rad i {file}.csv.")),
        };
        (format!("{stands} finns inte i {file}.csv."), hint)
    }
}

pub(super) fn fel(facts: &Facts, gaps: &Gaps, told: &mut Collector) {
    unknown_insats(facts, gaps, told);
    unknown_member(facts, gaps, told);
    unknown_goal(facts, gaps, told);
    without_period(facts, gaps, told);
    circles(&facts.insatser, told);
}

fn unknown_insats(facts: &Facts, gaps: &Gaps, told: &mut Collector) {
    let insatser = Register::of(&facts.insatser, |insats| insats.insats_id.as_str(), gaps);
    macro_rules! each {
        ($($noun:ident),+) => {
            $(insatser.check(&facts.$noun, "insats_id", |row| Some(row.insats_id.as_str()), told);)+
        };
    }
    each!(
        insatsperioder,
        insatsparter,
        budget,
        rekvisitioner,
        avvikelser,
        kvartalsrapporter,
        mal,
        malutfall,
        deltagare,
        slutrapporter,
        partskommentarer,
        ljusval,
        manadsantal,
        avslutsantal
    );
    insatser.check(&facts.kommentarer, "nyckel", |row| about(row, Om::Insats), told);
    let avvikelser = Register::of(&facts.avvikelser, |avvikelse| avvikelse.avvikelse_id.as_str(), gaps);
    avvikelser.check(&facts.kommentarer, "nyckel", |row| about(row, Om::Avvikelse), told);
    insatser.check(&facts.insatser, "redovisas_med", |row| row.redovisas_med.as_ref().map(|id| id.as_str()), told);
}

/// What a comment is about, when it is about a fact of this noun.
fn about(row: &Kommentar, om: Om) -> Option<&str> {
    (row.om == om).then_some(row.nyckel.as_str())
}

fn unknown_member(facts: &Facts, gaps: &Gaps, told: &mut Collector) {
    let members = Register::of(&facts.medlemmar, |member| member.medlem.as_str(), gaps);
    members.check(&facts.insatsparter, "part", |row| Some(&row.part), told);
    members.check(&facts.partskommentarer, "part", |row| Some(&row.part), told);
    members.check(&facts.folkmangd, "kommun", |row| Some(&row.kommun), told);
    members.check(&facts.avgiftsregler, "rest_till", |row| row.rest_till.as_deref(), told);
}

/// An outcome belongs to a goal of the same insats.
fn unknown_goal(facts: &Facts, gaps: &Gaps, told: &mut Collector) {
    let goals: HashSet<(&str, u16)> = facts.mal.iter().map(|mal| (mal.insats_id.as_str(), mal.mal_nr)).collect();
    for row in &facts.malutfall {
        let key = format!("{}/{}", row.insats_id, row.mal_nr);
        if !goals.contains(&(row.insats_id.as_str(), row.mal_nr)) && !gaps.may_hold("mal", &key) {
            told.fact(Severity::Fel, row, "mal_nr", "unknown goal", || {
                let message = format!("Insatsen {} har inget mål {} i mal.csv.", row.insats_id, row.mal_nr);
                (message, "Rätta numret, eller lägg till målet i mal.csv.".to_owned())
            });
        }
    }
}

fn without_period(facts: &Facts, gaps: &Gaps, told: &mut Collector) {
    let decided: HashSet<&str> = facts.insatsperioder.iter().map(|period| period.insats_id.as_str()).collect();
    for insats in &facts.insatser {
        let id = insats.insats_id.as_str();
        if !decided.contains(id) && !gaps.may_hold("insatsperioder", id) {
            told.fact(Severity::Fel, insats, "insats_id", "without period", || {
                let message = format!("Insatsen {id} har ingen beslutad period.");
                (message, "Lägg till minst ett beslut om period.".to_owned())
            });
        }
    }
}

/// One finding for each circle of `redovisas_med`, at the link that stands first in the file. Every
/// link is walked once.
fn circles(insatser: &[Insats], told: &mut Collector) {
    let index: HashMap<_, _> = insatser.iter().enumerate().map(|(i, insats)| (&insats.insats_id, i)).collect();
    let before = |i: usize| insatser[i].redovisas_med.as_ref().and_then(|id| index.get(id).copied());
    let mut walk: Vec<Option<usize>> = vec![None; insatser.len()];
    for start in 0..insatser.len() {
        let mut at = Some(start);
        while let Some(link) = at.filter(|&link| walk[link].is_none()) {
            walk[link] = Some(start);
            at = before(link);
        }
        let Some(met) = at.filter(|&link| walk[link] == Some(start)) else { continue };
        let mut circle = vec![met];
        while let Some(next) = circle.last().and_then(|&link| before(link)).filter(|&link| link != met) {
            circle.push(next);
        }
        let first = circle.iter().enumerate().min_by_key(|(_, link)| **link).map_or(0, |(place, _)| place);
        circle.rotate_left(first);
        told.fact(Severity::Fel, &insatser[circle[0]], "redovisas_med", "circle", || {
            let names: Vec<&str> =
                circle.iter().chain([&circle[0]]).take(FEW).map(|&i| insatser[i].insats_id.as_str()).collect();
            let message = format!("Insatserna redovisas med varandra i en cirkel: {}.", names.join(" → "));
            (message, "Lämna redovisas_med tom för den insats som var först.".to_owned())
        });
    }
}
