//! Numbers that were right when something else was known and are right no more: a text that is older than the figures.

use super::fraga::fraga;
use super::jamfor::Jamford;
use super::tal::{self, Mangd, Skrivet};
use super::{Anmarkning, Granskare, Ratt, ansats, is_told};
use samsyn_document::{Datum, FigureId, Value, format};
use std::ops::Range;

/// A number without words that tell what it counts is a figure's only when it is this large …
const STORT: i64 = 10;
/// … and no more figures than these have that value.
const FA: usize = 12;

/// A number that is right, and the figures that it may tell.
struct Bekraftad {
    plats: Range<usize>,
    skrivet: Skrivet,
    figurer: Vec<FigureId>,
}

impl Granskare {
    /// Numbers that what was known on a day bore, by `fore`, and that the figures do not bear now, where `found` has
    /// nothing yet; in the order of the text.
    pub fn inaktuella(&self, fore: &Granskare, dag: Datum, text: &str, found: &[Anmarkning]) -> Vec<Anmarkning> {
        let still: Vec<Range<usize>> = self.bekraftade(text).into_iter().map(|right| right.plats).collect();
        let mut told = Vec::new();
        for right in fore.bekraftade(text) {
            if still.contains(&right.plats) || is_told(found, &right.plats) {
                continue;
            }
            let now: Vec<&Jamford> = right.figurer.iter().filter_map(|id| self.jamforda.med(id)).collect();
            let unclear = |one: &&Jamford| matches!(one.value, Value::Missing | Value::Withheld);
            if now.len() < right.figurer.len() || now.iter().any(unclear) {
                continue;
            }
            if now.iter().any(|one| right.skrivet.mangd.ar(&one.value)) {
                continue;
            }
            told.extend(now.first().map(|first| remark(text, &right, first, &now, dag)));
        }
        told
    }

    /// The numbers of a text that the figures bear.
    fn bekraftade(&self, text: &str) -> Vec<Bekraftad> {
        let mut found = Vec::new();
        self.varje_mening(text, |last, lage| {
            let asked: Vec<(usize, Vec<FigureId>)> = (0..last.kandidater.len())
                .filter_map(|nr| {
                    let rights = self.ratta(last, &last.kandidater[nr], &fraga(last, lage, nr)?);
                    Some((last.kandidater[nr].skrivet.bitar.start, ids(rights)))
                })
                .collect();
            let (cut, mut bit) = (last.cut, last.mening.bitar.start);
            while bit < last.mening.bitar.end {
                let Some(skrivet) = tal::las(cut, bit).filter(|_| !cut.is_year(bit)) else {
                    bit += 1;
                    continue;
                };
                let plats = last.plats(&skrivet.bitar);
                let figurer = match asked.iter().find(|(at, _)| *at == bit) {
                    Some((_, rights)) if !rights.is_empty() => rights.clone(),
                    _ => self.ensamma(skrivet.mangd),
                };
                bit = skrivet.bitar.end.max(bit + 1);
                if !figurer.is_empty() {
                    found.push(Bekraftad { plats, skrivet, figurer });
                }
            }
        });
        found
    }

    /// The figures that a number is by its value alone; none when it is small, or when there are many.
    fn ensamma(&self, mangd: Mangd) -> Vec<FigureId> {
        if matches!(mangd, Mangd::Antal(count) if count < STORT) || matches!(mangd, Mangd::Belopp { .. }) {
            return Vec::new();
        }
        let same = ids(self.jamforda.lika(mangd));
        if same.len() <= FA { same } else { Vec::new() }
    }
}

fn ids(jamforda: Vec<&Jamford>) -> Vec<FigureId> {
    jamforda.into_iter().map(|jamford| jamford.figure.clone()).collect()
}

fn remark(text: &str, right: &Bekraftad, first: &Jamford, now: &[&Jamford], dag: Datum) -> Anmarkning {
    let skrivet = text[right.plats.clone()].to_owned();
    let value = format::in_text(&first.value);
    let varfor = format!(
        "Här står {skrivet}, som stämde med det som var känt {}, men tabellerna ger nu {value} ({}).",
        format::long_date(dag),
        first.namn
    );
    let one = now.iter().all(|other| other.value == first.value);
    let ratt = one.then(|| Ratt {
        figure: first.figure.clone(),
        value: first.value.clone(),
        markup: ansats::live(right.skrivet.bokstaver, &skrivet, &first.figure, &first.value),
    });
    Anmarkning { plats: right.plats.clone(), skrivet, varfor, ratt }
}
