//! Counts that contradict themselves, each other, or the single inskrivningar of the same insats.

use super::Collector;
use super::picture::Picture;
use crate::deltagande::{Deltagande, Kon};
use crate::insats::InsatsTyp;
use crate::manadsantal::Manadsantal;
use crate::{Facts, Id, Severity};
use samsyn_document::{Datum, Manad};
use std::collections::{BTreeMap, HashMap, HashSet};

/// Enrolled, exited and ongoing of one sex in a month.
#[derive(Clone, Copy, Default)]
struct Flow {
    entered: i64,
    left: i64,
    ongoing: i64,
}

/// What an insats has handed in: women and men, month by month.
type Months = BTreeMap<Manad, [Flow; 2]>;

/// The months of every insats that hands in counts. A sex without a row is nought.
fn handed_in(facts: &Facts) -> HashMap<&Id, Months> {
    let mut all: HashMap<&Id, Months> = HashMap::new();
    for row in &facts.manadsantal {
        let month = all.entry(&row.insats_id).or_default().entry(row.manad).or_default();
        month[row.kon as usize].entered += i64::from(row.inskrivna);
        month[row.kon as usize].ongoing += i64::from(row.pagaende);
    }
    for row in &facts.avslutsantal {
        let month = all.get_mut(&row.insats_id).and_then(|months| months.get_mut(&row.manad));
        month.into_iter().for_each(|month| month[row.kon as usize].left += i64::from(row.utskrivna));
    }
    all
}

pub(super) fn fel(facts: &Facts, told: &mut Collector) {
    for row in &facts.avslutsantal {
        let parts = [("till_arbete_studier", row.till_arbete_studier), ("med_plan", row.med_plan)];
        for (column, part) in parts.into_iter().filter(|(_, part)| *part > row.utskrivna) {
            told.fact(Severity::Fel, row, column, "more than exited", || {
                let message = format!("{part} är fler än de {} som skrivits ut.", row.utskrivna);
                (message, format!("Rätta {column} eller utskrivna."))
            });
        }
    }
    macro_rules! registered {
        ($($noun:ident),+) => {$(
            for row in facts.$noun.iter().filter(|row| row.inkommen < row.manad.first()) {
                told.fact(Severity::Fel, row, "inkommen", "before the month", || {
                    let message = format!("Antalen kom in {} innan {} började.", row.inkommen, row.manad.words());
                    (message, "Rätta datumet eller månaden.".to_owned())
                });
            }
        )+};
    }
    registered!(manadsantal, avslutsantal);
    counted_twice(facts, told);
}

/// Nobody is counted twice: each single inskrivning lies wholly before or after the months that its insats counts.
/// One finding for each insats, at its first month of counts.
pub(super) fn counted_twice(facts: &Facts, told: &mut Collector) {
    let mut spans: HashMap<&Id, (Manad, Manad)> = HashMap::new();
    let months = facts.manadsantal.iter().map(|row| (&row.insats_id, row.manad));
    for (insats, month) in months.chain(facts.avslutsantal.iter().map(|row| (&row.insats_id, row.manad))) {
        let span = spans.entry(insats).or_insert((month, month));
        *span = (span.0.min(month), span.1.max(month));
    }
    let mut twice: HashMap<&Id, i64> = HashMap::new();
    for row in facts.deltagare.iter().filter(|row| row.makulerad.is_none() && !row.anonym) {
        let Some((first, last)) = spans.get(&row.insats_id) else { continue };
        let before = row.utskriven.is_some_and(|day| day < first.first());
        if !before && row.inskriven <= last.last() {
            *twice.entry(&row.insats_id).or_default() += 1;
        }
    }
    macro_rules! tell {
        ($($noun:ident),+) => {$(
            for row in &facts.$noun {
                let (Some(number), Some(span)) = (twice.remove(&row.insats_id), spans.get(&row.insats_id)) else {
                    continue;
                };
                told.fact(Severity::Fel, row, "manad", "counted twice", || twice_words(number, *span));
            }
        )+};
    }
    tell!(manadsantal, avslutsantal);
}

fn twice_words(number: i64, (first, last): (Manad, Manad)) -> (String, String) {
    let many = samsyn_document::format::number(number);
    let single = if number == 1 { "enskild inskrivning" } else { "enskilda inskrivningar" };
    let when =
        if first == last { first.words() } else { format!("månaderna {} till {}", first.words(), last.words()) };
    let message = format!("Insatsen har lämnat antal för {when} och också {many} {single} i den tiden.");
    let hint = "En person skulle räknas två gånger. Ta bort antalen, eller låt de enskilda inskrivningarna sluta före \
                den första månaden eller börja efter den sista.";
    (message, hint.to_owned())
}

/// Months that have not begun.
pub(super) fn future(facts: &Facts, today: Datum, told: &mut Collector) {
    macro_rules! each {
        ($($noun:ident),+) => {$(
            for row in facts.$noun.iter().filter(|row| row.manad.first() > today) {
                told.fact(Severity::Varning, row, "manad", "future", || {
                    (format!("{} ligger i framtiden.", row.manad.words()), "Kontrollera månaden.".to_owned())
                });
            }
        )+};
    }
    each!(manadsantal, avslutsantal);
}

/// Months that do not follow from the one before, that lack, or that have exits and nothing else.
pub(super) fn months(facts: &Facts, told: &mut Collector) {
    let all = handed_in(facts);
    let mut missing: HashSet<(&Id, Manad)> = HashSet::new();
    for row in &facts.manadsantal {
        let Some(months) = all.get(&row.insats_id) else { continue };
        let Some((&before, flows)) = months.range(..row.manad).next_back() else { continue };
        if before.next() == row.manad {
            let expected = flows[row.kon as usize].ongoing + entered_less_left(months, row.manad, row.kon);
            if expected != i64::from(row.pagaende) {
                told.fact(Severity::Varning, row, "pagaende", "does not follow", || follows(row, months, before));
            }
        } else if missing.insert((&row.insats_id, row.manad)) {
            told.fact(Severity::Varning, row, "manad", "a month missing", || {
                let lacking: Vec<String> =
                    before.next().to(row.manad).filter(|month| *month != row.manad).map(Manad::words).collect();
                let message = format!("Antal saknas för {}.", samsyn_document::format::list(&lacking));
                (message, "Be insatsen om antalen, också när de är noll.".to_owned())
            });
        }
    }
    for row in &facts.avslutsantal {
        let told_of = all.get(&row.insats_id).is_some_and(|months| months.contains_key(&row.manad));
        if !told_of {
            told.fact(Severity::Varning, row, "manad", "exits alone", || {
                let message = format!("Inskrivna och pågående saknas för {}.", row.manad.words());
                (message, "Lägg till inskrivna och pågående för månaden.".to_owned())
            });
        }
    }
}

fn entered_less_left(months: &Months, month: Manad, kon: Kon) -> i64 {
    months.get(&month).map_or(0, |flows| flows[kon as usize].entered - flows[kon as usize].left)
}

fn follows(row: &Manadsantal, months: &Months, before: Manad) -> (String, String) {
    let of = |month: Manad| months.get(&month).map(|flows| flows[row.kon as usize]).unwrap_or_default();
    let (was, now) = (of(before).ongoing, of(row.manad));
    let expected = was + now.entered - now.left;
    let message = format!(
        "{} pågick vid slutet av {}, {} skrevs in och {} ut: då pågår {expected}, inte {}.",
        was,
        before.words(),
        now.entered,
        now.left,
        now.ongoing
    );
    (message, "Fråga insatsen vilket antal som är fel.".to_owned())
}

/// Counts of an insats of another typ than individ.
pub(super) fn not_individ(facts: &Facts, told: &mut Collector) {
    let counted: HashSet<&Id> = facts
        .manadsantal
        .iter()
        .map(|row| &row.insats_id)
        .chain(facts.avslutsantal.iter().map(|row| &row.insats_id))
        .collect();
    let other =
        |insats: &&crate::insats::Insats| insats.typ != InsatsTyp::Individ && counted.contains(&insats.insats_id);
    for insats in facts.insatser.iter().filter(other) {
        told.fact(Severity::Varning, insats, "typ", "counts participants", || {
            let message = format!("En {} har lämnat antal deltagare.", insats.typ.text().to_lowercase());
            (message, "Kontrollera insatsens typ, eller vilken insats antalen gäller.".to_owned())
        });
    }
}

/// Participants still ongoing in the last month counted, when nothing more can tell of them: the insats's chain ended
/// before `today`, in or before that month, or the insats has gone over to single inskrivningar.
pub(super) fn still_enrolled(facts: &Facts, picture: &Picture<'_>, today: Datum, told: &mut Collector) {
    let mut all: Vec<(&Id, Months)> = handed_in(facts).into_iter().collect();
    all.sort_by_key(|(id, _)| picture.position(id));
    for (id, months) in all {
        let (Some((&last, flows)), Some(at)) = (months.last_key_value(), picture.position(id)) else { continue };
        let ongoing: i64 = flows.iter().map(|flow| flow.ongoing).sum();
        if ongoing == 0 {
            continue;
        }
        let insats = &facts.insatser[at];
        if let Some(end) = picture.chain_ends(id).filter(|end| *end < today && *end <= last.last()) {
            told.fact(Severity::Varning, insats, "", "still counted", || {
                let message = format!("{ongoing} pågår i {} fast insatsen slutade {end}.", last.words());
                (message, "För in dem som avslutade, eller lägg till en förlängning.".to_owned())
            });
        } else if let Some(today) = Manad::of(today).filter(|today| begins_single(facts, id, last, *today)) {
            told.fact(Severity::Varning, insats, "", "left behind", || {
                let message = format!(
                    "{ongoing} pågick i {}, den sista månad som har antal, och är inte bland de enskilda inskrivningar \
                     som finns till och med {}.",
                    last.words(),
                    today.words()
                );
                (message, "Lämna de månaderna en och en i stället, eller skriv ut dem.".to_owned())
            });
        }
    }
}

/// Whether the insats has a single inskrivning after one month and not after the other: it has gone over to those.
fn begins_single(facts: &Facts, id: &Id, after: Manad, until: Manad) -> bool {
    let of = |row: &&Deltagande| row.insats_id == *id && row.makulerad.is_none() && !row.anonym;
    facts.deltagare.iter().filter(of).any(|row| after.last() < row.inskriven && row.inskriven <= until.last())
}

/// What an insats that hands in counts lacks from `first` to `last`, both included: months in which it runs, after the
/// first that it has handed in.
pub(super) fn missing(facts: &Facts, picture: &Picture<'_>, first: Datum, last: Datum, told: &mut Collector) {
    let all = handed_in(facts);
    for (insats, period) in picture.with_latest() {
        let id = &insats.insats_id;
        let Some(months) = all.get(id) else { continue };
        let Some((&begin, _)) = months.first_key_value() else { continue };
        let (Some(from), Some(to)) = (Manad::of(first.max(period.start)), Manad::of(last.min(period.slut))) else {
            continue;
        };
        let handed = |month: &Manad| months.contains_key(month);
        let over = |month: &Manad| {
            months.last_key_value().is_some_and(|(end, _)| end < month && begins_single(facts, id, *end, *month))
        };
        let lacking: Vec<String> =
            from.max(begin).to(to).filter(|month| !handed(month) && !over(month)).map(Manad::words).collect();
        if !lacking.is_empty() {
            told.fact(Severity::Varning, insats, "", "months missing", || {
                let message = format!("Antal deltagare saknas för {}.", samsyn_document::format::list(&lacking));
                (message, "Be insatsen om antalen, också när de är noll.".to_owned())
            });
        }
    }
}
