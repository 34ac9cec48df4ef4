//! Decides whether a number is what the figures say. Speaks only when the cues point to one figure, or to a few that
//! all say something else.

use super::fraga::{Fraga, fraga};
use super::jamfor::{Jamford, Om, Sort};
use super::kandidat::Kandidat;
use super::lage::Lage;
use super::ledtrad::*;
use super::mening::Last;
use super::tal::Mangd;
use super::{Anmarkning, Granskare, Ratt};
use samsyn_document::{FigureId, Value, format};

impl Granskare {
    /// Numbers that differ from the figures.
    pub(super) fn numbers(&self, text: &str, last: &Last<'_>, lage: &Lage, found: &mut Vec<Anmarkning>) {
        for nr in 0..last.kandidater.len() {
            let Some(fraga) = fraga(last, lage, nr) else { continue };
            found.extend(self.one(text, last, &last.kandidater[nr], &fraga));
        }
    }

    /// The figures that a number of a sentence may be about, by their kind and insatser.
    fn av_slaget(&self, last: &Last<'_>, kandidat: &Kandidat, fraga: &Fraga) -> Vec<&Jamford> {
        let named = last.named.iter().flat_map(|named| named.insatser.iter().copied());
        self.jamforda.av(kandidat.sort, fraga.om.iter().copied().chain(named))
    }

    /// The figures that bear a number of a sentence.
    pub(super) fn ratta(&self, last: &Last<'_>, kandidat: &Kandidat, fraga: &Fraga) -> Vec<&Jamford> {
        let mangd = kandidat.skrivet.mangd;
        let right = |jamford: &Jamford| {
            let near = fraga.cirka && mangd.avstand(&jamford.value).is_some_and(|apart| apart <= 50);
            near || mangd.ar(&jamford.value)
        };
        let mut found = self.av_slaget(last, kandidat, fraga);
        found.retain(|one| may_be(one, kandidat.sort, fraga) && right(one));
        found
    }

    fn one(&self, text: &str, last: &Last<'_>, kandidat: &Kandidat, fraga: &Fraga) -> Option<Anmarkning> {
        let mangd = kandidat.skrivet.mangd;
        let of_sort = self.av_slaget(last, kandidat, fraga);
        let rights = self.ratta(last, kandidat, fraga);
        if !rights.is_empty() {
            let meant: Vec<&Jamford> = rights.into_iter().filter(|jamford| is_meant(jamford, fraga)).collect();
            let hidden = meant.iter().all(|jamford| jamford.dold);
            return meant.first().filter(|_| hidden).map(|jamford| small(text, last, kandidat, jamford));
        }
        let slips = slips(&of_sort, mangd, fraga);
        let mut meant: Vec<&Jamford> = of_sort.iter().copied().filter(|jamford| is_meant(jamford, fraga)).collect();
        if fraga.cues == 0 || !meant.is_empty() {
            meant.extend(slips);
        }
        if meant.iter().any(|jamford| jamford.value == Value::Withheld) {
            return None;
        }
        let apart = |jamford: &&&Jamford| mangd.avstand(&jamford.value).unwrap_or(u64::MAX);
        let likely = meant.iter().filter(|jamford| is_likely(mangd, jamford));
        let nearest = *likely.clone().min_by_key(apart)?;
        let certain = likely.clone().all(|jamford| same(&jamford.value, &nearest.value))
            || (apart(&&nearest) <= 100 && (fraga.cues == 0 || is_meant(nearest, fraga)));
        Some(remark(text, last, kandidat, nearest, certain))
    }
}

/// Whether the sentence can be about the figure, taken widely: a number that is any such figure is right.
fn may_be(jamford: &Jamford, sort: Sort, fraga: &Fraga) -> bool {
    let cues = jamford.behov & (fraga.cues | fraga.mening) != 0
        || fraga.cues == 0
        || (jamford.behov == PAGAR && fraga.cues & IN != 0);
    let answered = jamford.figure.tabell == "svar" && jamford.figure.kolumn == "antal";
    match sort {
        Sort::Insatser if fraga.cues & HELHET != 0 => answered || jamford.behov & (HELHET | UT | START) != 0,
        Sort::Belopp => true,
        _ => cues,
    }
}

/// Whether the cues point to the figure: all that it needs are there, and none that it does not bear.
fn is_meant(jamford: &Jamford, fraga: &Fraga) -> bool {
    let points =
        |cues: u64| cues & jamford.behov == jamford.behov && cues & !(jamford.behov | jamford.tal) == 0 && cues != 0;
    (points(fraga.cues) || points(fraga.vidare))
        && !jamford.bara_ratt
        && jamford.kon == fraga.kon
        && is_about(jamford, fraga)
}

fn is_about(jamford: &Jamford, fraga: &Fraga) -> bool {
    match &jamford.om {
        Om::Alla => fraga.om.is_empty() || fraga.eller_alla,
        Om::Dessa(these) => fraga.om.iter().any(|insats| these.contains(insats)),
    }
}

/// The figures that a large count of people nearly is, whatever the sentence says that they did.
fn slips<'j>(of_sort: &[&'j Jamford], mangd: Mangd, fraga: &Fraga) -> Vec<&'j Jamford> {
    let Mangd::Antal(written) = mangd else { return Vec::new() };
    if fraga.kon != 0 || !fraga.om.is_empty() || written < 20 {
        return Vec::new();
    }
    let near = |jamford: &&Jamford| {
        let little = matches!(jamford.value, Value::Antal(count) if count.abs_diff(written) == 1);
        let nearly = mangd.avstand(&jamford.value).is_some_and(|apart| apart <= 10);
        jamford.sort == Sort::Personer && jamford.om == Om::Alla && jamford.kon == 0 && (little || nearly)
    };
    let found: Vec<&Jamford> = of_sort.iter().copied().filter(near).collect();
    let one = found.windows(2).all(|pair| same(&pair[0].value, &pair[1].value));
    if one { found } else { Vec::new() }
}

fn same(one: &Value, other: &Value) -> bool {
    one == other || format::in_text(one) == format::in_text(other)
}

/// Whether a number that differs can be meant to be the figure at all.
fn is_likely(mangd: Mangd, jamford: &Jamford) -> bool {
    let Some(apart) = mangd.avstand(&jamford.value) else { return false };
    match (mangd, &jamford.value) {
        (Mangd::Antal(written), Value::Antal(count)) => apart <= 500 || written.abs_diff(*count) <= 4,
        (Mangd::Procent { .. }, _) => apart <= 250,
        _ => apart <= 400,
    }
}

/// A right number that others than the kansli are not to see.
fn small(text: &str, last: &Last<'_>, kandidat: &Kandidat, jamford: &Jamford) -> Anmarkning {
    let plats = last.plats(&kandidat.skrivet.bitar);
    let skrivet = text[plats.clone()].to_owned();
    let markup = live(kandidat.skrivet.bokstaver, &skrivet, &jamford.figure, &jamford.value);
    let varfor = format!(
        "Siffran stämmer ({}), men är liten eller skulle avslöja ett litet antal. Tabellerna döljer den för styrelsen. En \
         levande siffra döljs också.",
        jamford.namn
    );
    let ratt = Some(Ratt { figure: jamford.figure.clone(), value: jamford.value.clone(), markup });
    Anmarkning { plats, skrivet, varfor, ratt }
}

/// The figure as it is written in a text, in words where it stands in words.
pub(super) fn live(bokstaver: bool, skrivet: &str, id: &FigureId, value: &Value) -> String {
    match (bokstaver, value) {
        (true, Value::Antal(_)) if skrivet.starts_with(char::is_uppercase) => format!("{{Ord {id}}}"),
        (true, Value::Antal(_)) if skrivet == "ett" => format!("{{ett {id}}}"),
        (true, Value::Antal(_)) => format!("{{ord {id}}}"),
        _ => format!("{{{id}}}"),
    }
}

fn remark(text: &str, last: &Last<'_>, kandidat: &Kandidat, nearest: &Jamford, certain: bool) -> Anmarkning {
    let plats = last.plats(&kandidat.skrivet.bitar);
    let skrivet = text[plats.clone()].to_owned();
    let id = &nearest.figure;
    let markup = live(kandidat.skrivet.bokstaver, &skrivet, id, &nearest.value);
    let value = format::in_text(&nearest.value);
    let (varfor, ratt) = if certain {
        let ratt = Ratt { figure: id.clone(), value: nearest.value.clone(), markup };
        (format!("Här står {skrivet}, men tabellerna ger {value} ({}).", nearest.namn), Some(ratt))
    } else {
        let said = format!(
            "Här står {skrivet}, men ingen av de siffror som meningen kan handla om har det värdet; närmast är {value} \
             ({}).",
            nearest.namn
        );
        (said, None)
    };
    Anmarkning { plats, skrivet, varfor, ratt }
}
