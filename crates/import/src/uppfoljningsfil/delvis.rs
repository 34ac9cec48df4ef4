//! Headings that say more than the field: which part of them tells it.

use super::rubriker::{kand, kand_under, ofarliga};
use super::{Falt, Slag, nyckel};

/// Signs after which a heading explains itself.
const TECKEN: [char; 6] = ['/', '–', '—', '?', ':', '('];
/// The field that the first part of a heading means, with how much of it was left out: the part before a sign that
/// parts (1), or the first words (2). Only where the other part changes nothing, or says the same; of all else a person
/// is asked: *Nr: mobil*, *Slutdatum / beräknat*, *Studier / praktik*, *Start/slut*, *Orsak till inskrivning*.
pub(super) fn delvis(over: Option<&str>, rubrik: &str) -> Option<(u8, Falt)> {
    let kand_har = |text: &str| over.map_or_else(|| kand(text), |over| kand_under(over, text));
    if let Some((first, rest)) = rubrik.split_once(TECKEN)
        && let Some(falt) = kand_har(first)
    {
        let alone = !rest.contains(char::is_alphanumeric);
        // What people do after is told by several fields, of which the other part may name another.
        let whole =
            !matches!(falt.slag(), Slag::JaNej) && falt != Falt::ArbeteOmfattning || falt == Falt::PlanVidAvslut;
        let same = alone
            || match kand(rest) {
                Some(other) => other == falt,
                None => whole && changes_nothing(falt, &nyckel(rest)),
            };
        return same.then_some((1, falt));
    }
    let key = nyckel(rubrik);
    let words: Vec<&str> = key.split(' ').collect();
    let found = |count: usize| {
        let (first, rest) = words.split_at_checked(count)?;
        let falt = kand_har(&first.join(" "))?;
        changes_nothing(falt, &rest.join(" ")).then_some((2, falt))
    };
    (1..words.len()).rev().find_map(found)
}

/// Whether words after the heading of a field leave it what it is: a day of something else is another day, and the
/// number of an insats is no inskrivning's.
fn changes_nothing(falt: Falt, rest: &str) -> bool {
    let other_day = |word: &str| kand(word).is_some_and(|other| other != falt && other.slag() == Slag::Dag);
    let changes = |word: &str| match falt.slag() {
        Slag::Dag => other_day(word),
        Slag::Nummer => word.starts_with("insats") || word.starts_with("projekt"),
        _ => false,
    };
    ofarliga(rest) && !rest.split(' ').any(changes)
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
            // What is said beside may be that it is another thing.
            ("Nr: mobil", None),
            ("Nr (mobil)", None),
            ("Nr i insatsen", None),
            ("Nummer insats", None),
            ("Slutdatum / beräknat", None),
            ("Slutdatum (beräknat)", None),
            ("Start: ansökan", None),
            ("Start avslut", None),
            ("Orsak: inskrivning", None),
            ("Utbildning – pågående", None),
            ("Slutdatum – insatsen", Some((1, Falt::Utskriven))),
            ("Kön: kvinna/man", Some((1, Falt::Kon))),
            ("Kommentar", None),
        ] {
            assert_eq!(delvis(None, rubrik), falt, "{rubrik}");
        }
        // Work before the insats is not work after it.
        assert_eq!(delvis(Some("Före insatsen"), "Arbete i insatsen"), None);
    }
}
