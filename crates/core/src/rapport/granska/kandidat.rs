//! Numbers of a sentence that may be figures of the report: those with a word that says what they count.

use super::jamfor::Sort;
use super::ledtrad::*;
use super::mening::Last;
use super::ord::Slag;
use super::tal::{Mangd, Skrivet, las};

/// A number that may be a figure.
#[derive(Clone, Debug)]
pub(super) struct Kandidat {
    pub skrivet: Skrivet,
    pub sort: Sort,
    /// The last piece that belongs to it: its noun, or its unit.
    pub slut: usize,
    /// The cues of the number's own words.
    pub egna: u64,
    pub led: Led,
}

/// A number's part in "sju av tolv".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Led {
    Ensamt,
    /// The first: some of something.
    Del,
    /// The second: all that there are.
    Helt,
}

/// Adjectives that do not narrow what is counted.
const NEUTRAL: [&str; 21] = [
    "nya",
    "unika",
    "olika",
    "aktuella",
    "enskilda",
    "stycken",
    "st",
    "totalt",
    "finansierade",
    "beviljade",
    "pågående",
    "inskrivna",
    "inregistrerade",
    "registrerade",
    "avslutade",
    "utskrivna",
    "anonyma",
    "redovisade",
    "nyinskrivna",
    "förbundets",
    "nu",
];

/// Words before a number that only tells which one it is.
const NAMED_BY_NUMBER: [&str; 19] = [
    "tabell", "figur", "bilaga", "sida", "punkt", "mål", "kapitel", "kap", "nr", "vecka", "kvartal", "fråga", "steg",
    "diagram", "artikel", "fas", "dnr", "§", "den",
];

/// The numbers of a sentence that may be figures.
pub(super) fn kandidater(last: &Last<'_>) -> Vec<Kandidat> {
    let mut found: Vec<Kandidat> = Vec::new();
    let end = last.mening.bitar.end;
    let mut at = last.mening.bitar.start;
    while at < end {
        let named = last.named.iter().any(|named| named.bitar.contains(&at));
        match las(last.cut, at).filter(|_| !named && is_free(last, at)) {
            Some(skrivet) if skrivet.bitar.end <= end => {
                at = skrivet.bitar.end;
                found.extend(kandidat(last, skrivet, &found));
            }
            _ => at += 1,
        }
    }
    found
}

/// Whether a number stands for itself: it is no year, no part of a range or of a row of numbers, and names nothing.
fn is_free(last: &Last<'_>, at: usize) -> bool {
    let digits = |bit: usize| {
        let inside = last.mening.bitar.contains(&bit);
        inside && matches!(last.cut.bitar[bit].slag, Slag::Tal { .. } | Slag::Blandat)
    };
    let (before, after) = (at.wrapping_sub(1), at + 1);
    let dash = |bit: usize| matches!(last.ord(bit), "-" | "–" | "\u{2212}" | "/");
    let year = matches!(last.cut.bitar[at].slag, Slag::Tal { tal, decimaler: 0 } if last.is_year(at, tal));
    let row = digits(before) || digits(after);
    let range = (dash(before) && digits(at.wrapping_sub(2))) || (dash(after) && digits(at + 2));
    !(year || row || range) && last.ord(after) != "§" && !NAMED_BY_NUMBER.contains(&last.ord(before))
}

fn kandidat(last: &Last<'_>, skrivet: Skrivet, before: &[Kandidat]) -> Option<Kandidat> {
    let slut = skrivet.bitar.end - 1;
    let sort = match skrivet.mangd {
        Mangd::Procent { .. } => Sort::Andel,
        Mangd::Belopp { .. } => Sort::Belopp,
        Mangd::Antal(_) => return counted(last, skrivet, before),
    };
    Some(Kandidat { skrivet, sort, slut, egna: 0, led: Led::Ensamt })
}

/// A count, when something tells what it counts.
fn counted(last: &Last<'_>, skrivet: Skrivet, before: &[Kandidat]) -> Option<Kandidat> {
    let after = skrivet.bitar.end;
    let word = last.ord(skrivet.bitar.start);
    let part = last.ord(after) == "av";
    if matches!(word, "en" | "ett") && !part {
        return None;
    }
    if matches!(word, "ingen" | "inga") && last.cue(after) & (INSATS | AVVIKELSE) == 0 {
        return None;
    }
    let make = |sort, slut, egna, led| Some(Kandidat { skrivet: skrivet.clone(), sort, slut, egna, led });
    if part && let Some(whole) = after_of(last, after + 1) {
        // "sju av tolv": what is counted stands after the second number, or nowhere.
        let noun = noun(last, whole + 1).or_else(|| loose_noun(last));
        return noun.and_then(|(sort, slut)| make(sort, slut.max(whole), last.union(whole..slut + 1), Led::Del));
    }
    let second = before.last().is_some_and(|k| k.led == Led::Del && k.slut >= skrivet.bitar.start);
    let led = if second || is_of_live(last, &skrivet) || is_definite(last, &skrivet) { Led::Helt } else { Led::Ensamt };
    if let Some((sort, slut)) = noun(last, after) {
        let own = last.union(after..slut + 1);
        let of_kind = part && own & STRUKTUR != 0 && own & INSATS == 0;
        return make(sort, slut, own, if part && !of_kind { Led::Del } else { led });
    }
    if second {
        let whole = before.last().map(|k| k.sort)?;
        return make(whole, skrivet.bitar.start, 0, Led::Helt);
    }
    elliptic(last, &skrivet, before).and_then(|(sort, egna)| make(sort, skrivet.bitar.start, egna, Led::Ensamt))
}

/// The second number of "sju av (de) tolv".
fn after_of(last: &Last<'_>, at: usize) -> Option<usize> {
    let at = if matches!(last.ord(at), "de" | "dessa" | "totalt" | "sammanlagt" | "våra") { at + 1 } else { at };
    let inside = last.mening.bitar.contains(&at);
    if inside && last.cut.bitar[at].slag == Slag::Levande {
        return Some(at);
    }
    las(last.cut, at).filter(|next| inside && matches!(next.mangd, Mangd::Antal(n) if n > 1)).map(|_| at)
}

/// The second number of "sju av tolv" where the first is a live figure.
fn is_of_live(last: &Last<'_>, skrivet: &Skrivet) -> bool {
    let at = skrivet.bitar.start;
    let live = |bit: usize| last.mening.bitar.contains(&bit) && last.cut.bitar[bit].slag == Slag::Levande;
    match last.ord(at.wrapping_sub(1)) {
        "av" => live(at.wrapping_sub(2)),
        "de" | "dessa" => last.ord(at.wrapping_sub(2)) == "av" && live(at.wrapping_sub(3)),
        _ => false,
    }
}

/// `de tolv insatserna`, and `av tolv insatser` where a sentence begins.
fn is_definite(last: &Last<'_>, skrivet: &Skrivet) -> bool {
    let at = skrivet.bitar.start;
    match last.ord(at.wrapping_sub(1)) {
        "de" | "dessa" | "alla" | "samtliga" => true,
        "av" => at.saturating_sub(1) == last.mening.bitar.start,
        _ => false,
    }
}

/// The noun that a count stands before, when nothing between narrows it.
fn noun(last: &Last<'_>, from: usize) -> Option<(Sort, usize)> {
    let mut measured = None;
    for bit in from..from + 4 {
        let (word, cue) = (last.ord(bit), last.cue(bit));
        if cue & PERSON != 0 || (word == "man" && bit == from) {
            return Some((Sort::Personer, bit));
        }
        if cue & INSATS != 0 {
            return Some((Sort::Insatser, bit));
        }
        if cue & AVVIKELSE != 0 {
            return Some((Sort::Avvikelser, bit));
        }
        if cue & STRUKTUR != 0 && last.ord(bit.wrapping_sub(1)) == "av" {
            return Some((Sort::Insatser, bit));
        }
        if cue & (IN | UT | ANONYM | PAGAR) != 0 && NEUTRAL.contains(&word) {
            measured = Some((Sort::Personer, bit));
        }
        let link = match bit - from {
            0 => matches!(word, "är" | "var" | "av"),
            1 => matches!(word, "de" | "dessa"),
            _ => false,
        };
        if !(link || NEUTRAL.contains(&word) || cue & (STRUKTUR | KOMPETENS) != 0) {
            break;
        }
    }
    measured
}

/// What "sju av tolv" counts when no noun follows.
fn loose_noun(last: &Last<'_>) -> Option<(Sort, usize)> {
    let sort = match last.alla & (INSATS | PERSON) {
        INSATS => Sort::Insatser,
        PERSON => Sort::Personer,
        _ => return None,
    };
    Some((sort, 0))
}

/// A count whose noun is understood: `och 92 avslutats`, `antalet inskrivna var 233`, `grönt i sex`.
fn elliptic(last: &Last<'_>, skrivet: &Skrivet, before: &[Kandidat]) -> Option<(Sort, u64)> {
    let (at, after) = (skrivet.bitar.start, skrivet.bitar.end);
    let light = last.cue(at.wrapping_sub(2)) & (GRON | GUL | ROD);
    if last.ord(at.wrapping_sub(1)) == "i" && light != 0 {
        return Some((Sort::Insatser, light));
    }
    let verb = last.union(after..after + 2) & (IN | UT | DELTAGIT | ARBETE | STUDIER) != 0
        || matches!(last.ord(after), "gått" | "gick" | "har" if last.union(after + 1..after + 5) & ARBETE != 0);
    let people = last.alla & PERSON != 0 || before.last().is_some_and(|before| before.sort == Sort::Personer);
    if verb && people {
        return Some((Sort::Personer, 0));
    }
    let told = matches!(last.ord(at.wrapping_sub(1)), "är" | "var" | "till" | "blev" | "på");
    let from = last.mening.bitar.start.max(at.saturating_sub(12));
    let number = (from..at).rev().find(|&bit| last.ord(bit).starts_with("antal"))?;
    let counted = last.union(number + 1..at) & (PERSON | MATT);
    let ends = matches!(last.ord(after), "" | "." | "," | "och" | ")" | ";");
    (told && ends && counted != 0 && last.union(number..at) & INSATS == 0).then_some((Sort::Personer, 0))
}
