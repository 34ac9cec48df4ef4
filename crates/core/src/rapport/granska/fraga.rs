//! What a sentence says of one of its numbers: what is counted, of whom, and in which insatser.

use super::jamfor::Sort;
use super::kandidat::{Kandidat, Led};
use super::lage::Lage;
use super::ledtrad::*;
use super::mening::Last;
use super::namn::Namnd;
use super::ord::{Block, Slag};
use crate::underlag::InsatsNr;

/// What the sentence says of a number.
pub(super) struct Fraga {
    /// The cues that the figure must bear.
    pub cues: u64,
    /// The cues when what is said later in the sentence is about the number too; none when it cannot be.
    pub vidare: u64,
    /// The cues of the whole sentence.
    pub mening: u64,
    pub kon: u64,
    /// The insatser that the number is about; none when it is about all.
    pub om: Vec<InsatsNr>,
    /// Whether it may be about all as well.
    pub eller_alla: bool,
    pub cirka: bool,
}

/// The pieces around a number.
struct Fonster {
    /// After the number before.
    floor: usize,
    /// The number's own words.
    left: usize,
    right: usize,
}

/// The words that belong to the sentence's number `nr`, up to commas and to the numbers beside it.
fn fonster(last: &Last<'_>, nr: usize) -> Fonster {
    let kandidat = &last.kandidater[nr];
    let sentence = &last.mening.bitar;
    let at = kandidat.skrivet.bitar.start;
    let before = nr.checked_sub(1).map(|before| (last.kandidater[before].slut + 1).min(at));
    let next = last.kandidater[nr + 1..].iter().map(|next| next.skrivet.bitar.start).find(|&next| next > kandidat.slut);
    // A live figure has its own words as a written number has.
    let live = |bit: &usize| last.cut.bitar[*bit].slag == Slag::Levande;
    let before = (before.unwrap_or(sentence.start)..at).rev().find(live).map(|bit| bit + 1).or(before);
    let next = (kandidat.slut + 1..next.unwrap_or(sentence.end)).find(live).or(next);
    // The last "och" between two numbers parts their words.
    let och = |from: usize, to: usize| (from..to).rev().find(|&bit| last.ord(bit) == "och");
    let floor = before.map_or(sentence.start, |before| och(before, at).unwrap_or(before));
    let ceiling = next.map_or(sentence.end, |next| och(kandidat.slut + 1, next).unwrap_or(next));
    let left = (floor..at).rev().find(|&bit| is_boundary(last.ord(bit))).map_or(floor, |bit| bit + 1);
    let right = (kandidat.slut + 1..ceiling).find(|&bit| is_boundary(last.ord(bit))).unwrap_or(ceiling);
    Fonster { floor, left, right }
}

/// What the sentence says of its number `nr`; `None` when it tells to keep silent.
pub(super) fn fraga(last: &Last<'_>, lage: &Lage, nr: usize) -> Option<Fraga> {
    let kandidat = &last.kandidater[nr];
    let at = kandidat.skrivet.bitar.start;
    let Fonster { floor, left, right } = fonster(last, nr);
    let whole = kandidat.led == Led::Helt;
    // "av 32 kvinnor i kategorin arbete" are not all the women.
    let narrowed = whole && matches!(last.ord(kandidat.slut + 1), "i" | "som" | "med" | "inom" | "till" | "från");
    let own = match (whole, narrowed) {
        (true, false) => kandidat.egna,
        (true, true) => last.union(kandidat.slut + 1..right) | kandidat.egna,
        (false, _) => last.union(left..right) | kandidat.egna,
    };
    let silent = match kandidat.sort {
        Sort::Insatser | Sort::Avvikelser => TYST,
        _ => TYST | ANNAT | MALET,
    };
    // A target often stands just after what came of it: "41 procent (mål 50 procent)".
    let target = last.union(right..last.mening.bitar.end.min(right + 3)) & MALET;
    let heard = own | last.union(floor..right) | last.cue(at) | target;
    if is_limit(last, at) || heard & silent != 0 {
        return None;
    }
    let cirka = [1, 2].iter().any(|&back| CIRKA.contains(&last.ord(at.wrapping_sub(back))));
    let (om, eller_alla) = about(last, lage, nr, floor, right)?;
    let kon = match own & (KVINNOR | MAN) {
        one @ (KVINNOR | MAN) => one,
        _ => 0,
    };
    // What follows after "varav" is told of some of them alone.
    let alone = whole || [0, 1].iter().any(|on| last.ord(right + on) == "varav");
    let cues = cues(last, kandidat, own, kon, alone)?;
    let people = matches!(kandidat.sort, Sort::Personer | Sort::Andel) && !alone;
    let vidare = if people && cues & MATT != 0 { last.alla & MATT } else { 0 };
    Some(Fraga { cues, vidare, mening: last.alla, kon, om, eller_alla, cirka })
}

/// Whether the number is a limit: `över 60 procent`, `upp till tolv`.
fn is_limit(last: &Last<'_>, at: usize) -> bool {
    let before = last.ord(at.wrapping_sub(1));
    matches!(before, "över" | "under" | "än" | "minst" | "högst" | "upp" | "max" | "mest")
        || (before == "till" && matches!(last.ord(at.wrapping_sub(2)), "upp" | "fram"))
}

const CIRKA: [&str; 12] =
    ["cirka", "ca", "c:a", "omkring", "ungefär", "runt", "drygt", "knappt", "nästan", "närmare", "nära", "kring"];

fn is_boundary(word: &str) -> bool {
    matches!(word, "," | ";" | ":" | "(" | ")" | "–" | "medan" | "men" | "samt" | "varav") || word.starts_with("jämför")
}

/// The cues that the figure must bear; `None` when there are too few to tell.
fn cues(last: &Last<'_>, kandidat: &Kandidat, own: u64, kon: u64, alone: bool) -> Option<u64> {
    let part = kandidat.led == Led::Del;
    let measured = |domain: u64| if own & domain != 0 { own & domain } else { last.alla & domain };
    match kandidat.sort {
        Sort::Personer => {
            let cues = if alone { own & MATT } else { measured(MATT) };
            // A word elsewhere in the sentence says less.
            let little =
                cues & !(ARBETE | STUDIER | SOKER | PLAN) == 0 && cues & (ARBETE | STUDIER) != ARBETE | STUDIER;
            let cues = if own & MATT == 0 && little { 0 } else { cues };
            // Some of the participants are not all who came, left, or took part.
            let all_of_them = cues & !(IN | UT | PAGAR | DELTAGIT) == 0;
            (!part || !all_of_them).then_some(cues)
        }
        Sort::Andel => {
            let cues = measured(MATT | (PENGAR & !OVERFORT) | TYPER | (own & NEKAD));
            let cues = if cues & (FORSORJNING | UTBILDNING) == 0 { cues & !NEKAD } else { cues };
            // "Utfallet för deltagarna" is no money.
            let cues = if cues & MATT != 0 && cues & PENGAR == UTFALL { cues & !UTFALL } else { cues };
            let enrolled = last.mening.block == Block::Lista || last.alla & MALGRUPP != 0;
            let cues = if cues == 0 && kon != 0 && enrolled { IN } else { cues };
            (cues != 0).then_some(cues)
        }
        Sort::Belopp => {
            let cues = measured(PENGAR) & !MEDEL;
            let told = !last.named.is_empty() || last.alla & (INSATS | HELHET) != 0;
            (cues != 0 && told && own & NEKAD == 0).then_some(cues)
        }
        Sort::Avvikelser => Some(measured(AVVIKELSE | BUDGET | MALGRUPP | METOD)),
        Sort::Insatser => insatser(last, kandidat, own),
    }
}

/// Questions whose words often stand in other sentences too.
const SVAGA: u64 = METOD | MALGRUPP | JAMLIK | JAMST | IMPLEMENT | UPPFOLJNING;

/// Whether the sentence tells what a styrgrupp has answered.
fn answers(last: &Last<'_>) -> bool {
    let stems = ["kontroll", "diskut", "stäm", "tagit", "talat", "avtal", "registrer"];
    last.alla & SVAGA == 0
        || last.mening.bitar.clone().any(|bit| stems.iter().any(|stem| last.ord(bit).starts_with(stem)))
}

/// A number of insatser is one that is known only when the sentence says that it is all of them, or answers a question.
fn insatser(last: &Last<'_>, kandidat: &Kandidat, own: u64) -> Option<u64> {
    let typ = kandidat.egna & TYPER;
    let told = if answers(last) { FRAGOR } else { FRAGOR & !SVAGA } | UT | START | BUDGET | EGEN;
    match kandidat.led {
        Led::Helt => {
            let narrowed = matches!(last.ord(kandidat.slut + 1), "som" | "med" | "där" | "i" | "från");
            (!narrowed || last.alla & HELHET != 0).then_some(HELHET | typ)
        }
        Led::Del => {
            let cues = last.alla & told | (own & NEKAD);
            (cues & FRAGOR != 0 && typ == 0).then_some(cues)
        }
        // What is to end has not ended.
        Led::Ensamt if own & UT != 0 && last.annan_tid => None,
        Led::Ensamt if own & told & !START != 0 => (typ == 0).then_some(own & (told | NEKAD)),
        Led::Ensamt => {
            let all = own & HELHET != 0 || (last.alla & HELHET != 0 && last.alla & FRAGOR & !UPPFOLJNING == 0);
            all.then_some(HELHET | typ)
        }
    }
}

/// The insatser that a number is about, and whether it may be about all as well; `None` when that is not certain.
fn about(last: &Last<'_>, lage: &Lage, nr: usize, floor: usize, right: usize) -> Option<(Vec<InsatsNr>, bool)> {
    let kandidat = &last.kandidater[nr];
    if matches!(kandidat.sort, Sort::Insatser | Sort::Avvikelser) {
        let inside = last.named.iter().any(|named| !named.agare && named.bitar.start < kandidat.skrivet.bitar.start);
        return (!inside).then_some((Vec::new(), true));
    }
    let at = kandidat.skrivet.bitar.start;
    let between = |from: usize, to: usize| -> Vec<&Namnd> {
        last.named.iter().filter(|named| (from..to).contains(&named.bitar.start)).collect()
    };
    let mut named = between(floor, at);
    if named.is_empty() {
        named = between(at, right);
    }
    if named.is_empty() {
        named = last.named.iter().rfind(|named| named.bitar.start < at).into_iter().collect();
    }
    match named.as_slice() {
        [one] => Some((one.insatser.clone(), one.agare)),
        [] if last.named.is_empty() => Some((lage.insatser().to_vec(), true)),
        [] => Some((Vec::new(), true)),
        _ => None,
    }
}
