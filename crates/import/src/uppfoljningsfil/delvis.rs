//! Headings that say more than the field: which part of them tells it.

use super::rubriker::{kand, kand_under};
use super::{Falt, Slag, nyckel};

/// Signs after which a heading explains itself.
const TECKEN: [char; 6] = ['/', '–', '—', '?', ':', '('];
/// Words after a known heading that change nothing in what it means.
const OFARLIGA: &[&str] = &[
    "for",
    "vid",
    "i",
    "av",
    "den",
    "med",
    "egna",
    "ord",
    "varfor",
    "fritext",
    "datum",
    "ar",
    "nr",
    "avslut",
    "avslutet",
    "avslutning",
    "fortsattning",
    "fortsattningen",
    "framat",
    "framover",
    "efterat",
    "deltagare",
    "deltagaren",
    "deltagarens",
    "personen",
    "personens",
    "insats",
    "insatsen",
    "projektet",
    "finns",
    "ja",
    "nej",
    "kvinna",
    "man",
    "k",
    "m",
];

/// The field that the first part of a heading means, with how much of it was left out: the part before a sign that
/// parts (1), or the first words (2). Not where the other part may change what is meant: *Studier / praktik*,
/// *Start/slut*, *Orsak till inskrivning*.
pub(super) fn delvis(over: Option<&str>, rubrik: &str) -> Option<(u8, Falt)> {
    let kand_har = |text: &str| over.map_or_else(|| kand(text), |over| kand_under(over, text));
    if let Some((first, rest)) = rubrik.split_once(TECKEN)
        && let Some(falt) = kand_har(first)
    {
        let other = kand(rest);
        let alone = rest.trim_matches(|c: char| !c.is_alphanumeric()).is_empty();
        let whole =
            !matches!(falt.slag(), Slag::JaNej) && falt != Falt::ArbeteOmfattning || falt == Falt::PlanVidAvslut;
        let same = alone || other == Some(falt) || (other.is_none() && whole);
        return same.then_some((1, falt));
    }
    let key = nyckel(rubrik);
    let words: Vec<&str> = key.split(' ').collect();
    let found = |count: usize| {
        let (first, rest) = words.split_at_checked(count)?;
        let falt = kand_har(&first.join(" "))?;
        rest.iter().all(|word| OFARLIGA.contains(word)).then_some((2, falt))
    };
    (1..words.len()).rev().find_map(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_part_of_a_heading_tells_when_the_rest_does_not_change_it() {
        for (rubrik, falt) in [
            ("Orsak / hur gick det", Some((1, Falt::Avslutsorsak))),
            ("Orsak – egna ord", Some((1, Falt::Avslutsorsak))),
            ("Född (år och dag)", Some((1, Falt::Fodelsear))),
            ("Studerar?", Some((1, Falt::Studerar))),
            ("Plan / SIP", Some((1, Falt::PlanVidAvslut))),
            ("Plan för fortsättning", Some((2, Falt::PlanVidAvslut))),
            ("Orsak avslut insatsen", Some((2, Falt::Avslutsorsak))),
            ("Start datum i projektet", Some((2, Falt::Inskriven))),
            ("Studier / praktik", None),
            ("Start/slut", None),
            ("Orsak till inskrivning", None),
            ("Deltagare telefon", None),
            ("Inskriven av handläggare", None),
            ("Kommentar", None),
        ] {
            assert_eq!(delvis(None, rubrik), falt, "{rubrik}");
        }
        // Work before the insats is not work after it.
        assert_eq!(delvis(Some("Före insatsen"), "Arbete i insatsen"), None);
    }
}
