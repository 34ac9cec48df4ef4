//! What insatser call their columns: common headings, in the form of [`nyckel`].

use super::{Falt, nyckel};
use std::collections::HashMap;
use std::sync::LazyLock;

/// A field's name with a colon, then its headings with commas between; `#` begins a remark.
const KANDA: &str = include_str!("rubriker.txt");

/// Words over several columns that say which side of the insats they tell of.
const FORE: &[&str] = &[
    "fore",
    "fore insats",
    "fore insatsen",
    "innan",
    "innan insatsen",
    "vid start",
    "start",
    "vid inskrivning",
    "inskrivning",
    "in",
    "vid insatsens start",
    "bakgrund",
    "fore start",
];
const EFTER: &[&str] = &[
    "efter",
    "efter insats",
    "efter insatsen",
    "vid avslut",
    "avslut",
    "avslutning",
    "vid utskrivning",
    "utskrivning",
    "ut",
    "slut",
    "vid slut",
    "resultat",
    "vid insatsens slut",
    "efter avslut",
    "utfall",
];

/// Words beside a known heading that change nothing in what it means.
const OFARLIGA: &str = "\
    for vid i av den med och om egna ord fri text fritext varfor hur gick det sip datum ar dag nr avslut avslutet \
    avslutning fortsattning fortsattningen framat framover efterat deltagare deltagaren deltagarens personen personens \
    insats insatsen projektet finns ja nej kvinna man k m x procent skriv ange valj aaaa mm dd aaaammdd aammdd \
    obligatorisk obligatoriskt frivillig frivilligt kant okant";

/// Without blanks, since a heading is often hyphenated: *Inskrivnings-datum*, *Löp nr*.
static INDEX: LazyLock<HashMap<String, Falt>> = LazyLock::new(|| {
    let common = kanda().into_iter().map(|(word, falt)| (tight(word), falt));
    let own = Falt::ALL.into_iter().flat_map(|falt| [(tight(falt.namn()), falt), (tight(falt.rubrik()), falt)]);
    own.chain(common).collect()
});

/// Every common heading with its field.
fn kanda() -> Vec<(&'static str, Falt)> {
    let mut falt = None;
    let mut all = Vec::new();
    for line in KANDA.lines().filter(|line| !line.starts_with('#')) {
        if let Some(name) = line.strip_suffix(':') {
            falt = Falt::of_namn(name);
        } else {
            let words = line.split(',').map(str::trim).filter(|word| !word.is_empty());
            all.extend(words.filter_map(|word| Some((word, falt?))));
        }
    }
    all
}

fn tight(text: &str) -> String {
    nyckel(text).replace(' ', "")
}

/// Whether all words of a [`nyckel`] change nothing in what a heading beside them means.
pub(super) fn ofarliga(nyckel: &str) -> bool {
    nyckel.split(' ').all(|word| {
        let number = !word.is_empty() && word.chars().all(|c| c.is_ascii_digit());
        number || OFARLIGA.split_ascii_whitespace().any(|known| known == word)
    })
}

/// The field that a heading commonly means. What stands in brackets is passed over when it changes nothing.
pub(super) fn kand(rubrik: &str) -> Option<Falt> {
    let found = |text: &str| INDEX.get(&tight(text)).copied();
    found(rubrik).or_else(|| found(&without_brackets(rubrik)))
}

/// The field of a heading under another that stands over several, such as *Efter insatsen*.
pub(super) fn kand_under(over: &str, rubrik: &str) -> Option<Falt> {
    let bare = without_brackets(rubrik);
    let side = nyckel(&without_brackets(over));
    let (fore, efter) = (FORE.contains(&side.as_str()), EFTER.contains(&side.as_str()));
    let named = if fore {
        "fore"
    } else if efter {
        "efter"
    } else {
        ""
    };
    let joined = [format!("{over} {bare}"), format!("{bare} {over}"), format!("{bare} {named}")];
    let mut all = joined.iter().filter_map(|text| INDEX.get(&tight(text)).copied());
    // Work before the insats is not work after it, whatever the lower heading says alone.
    all.next().or_else(|| kand(rubrik)).filter(|falt| !(fore && falt.om_avslut()))
}

/// Whether a heading of work says that its extent stands there; else it may as well be yes or no.
pub(super) fn om_omfattning(nyckel: &str) -> bool {
    ["omf", "procent", "grad"].iter().any(|word| nyckel.contains(word))
}

/// The heading without what stands in brackets, unless that may change what it means: *Slutdatum (beräknat)*.
fn without_brackets(text: &str) -> String {
    let mut depth = 0u32;
    let (mut kept, mut inside) = (String::new(), String::new());
    for c in text.chars() {
        match c {
            '(' | '[' => {
                depth += 1;
                inside.push(' ');
            }
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => kept.push(c),
            _ => inside.push(c),
        }
    }
    let words = nyckel(&inside);
    if words.is_empty() || ofarliga(&words) { kept } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_common_heading_is_one_field_in_its_normal_form() {
        let all = kanda();
        for (word, falt) in &all {
            assert_eq!(nyckel(word), *word);
            assert_eq!(kand(word), Some(*falt), "{word}");
        }
        assert!(Falt::ALL.iter().all(|falt| all.iter().any(|(_, known)| known == falt)));
        for falt in Falt::ALL {
            assert_eq!(kand(falt.rubrik()), Some(falt));
            // *Arbetar* can be either, which what stands under it decides.
            let other = if falt == Falt::Arbetar { Falt::ArbeteOmfattning } else { falt };
            assert_eq!(kand(falt.namn()), Some(other));
        }
    }

    #[test]
    fn headings_as_people_write_them() {
        for (rubrik, falt) in [
            ("Löpnr.", Some(Falt::Nummer)),
            ("KÖN (K/M)", Some(Falt::Kon)),
            ("Inskrivnings-\ndatum", Some(Falt::Inskriven)),
            ("Datum\nin", Some(Falt::Inskriven)),
            ("Avslutsorsak *", Some(Falt::Avslutsorsak)),
            ("Försörjning vid start", Some(Falt::ForsorjningFore)),
            ("%", Some(Falt::ArbeteOmfattning)),
            ("Född (år)", Some(Falt::Fodelsear)),
            ("Slutdatum (ÅÅÅÅ-MM-DD)", Some(Falt::Utskriven)),
            ("Nr (mobil)", None),
            ("Slutdatum (beräknat)", None),
            ("Start [ansökan]", None),
            ("Samtycke", None),
            ("Ålder", None),
            ("Kommentar", None),
        ] {
            assert_eq!(kand(rubrik), falt, "{rubrik}");
        }
    }

    #[test]
    fn a_heading_over_others_says_which_side() {
        for (over, rubrik, falt) in [
            ("Före insatsen", "Försörjning", Some(Falt::ForsorjningFore)),
            ("Efter insatsen", "Försörjning", Some(Falt::ForsorjningEfter)),
            ("Efter insatsen", "Arbete (%)", Some(Falt::ArbeteOmfattning)),
            ("Före insatsen", "Arbete (%)", None),
            ("In", "Datum", Some(Falt::Inskriven)),
            ("Avslut", "Datum", Some(Falt::Utskriven)),
            ("Avslut", "Orsak", Some(Falt::Avslutsorsak)),
            ("Om deltagaren", "Kön", Some(Falt::Kon)),
            ("Avslut", "Datum (planerat)", None),
        ] {
            assert_eq!(kand_under(over, rubrik), falt, "{over} / {rubrik}");
        }
    }
}
