//! What insatser write in the cells of closed lists: common words, in the form of [`nyckel`](super::nyckel).

use super::{Falt, Slag};
use std::collections::HashMap;
use std::sync::LazyLock;

type Ord = (&'static str, &'static [&'static str]);

const KON: &[Ord] = &[
    ("K", &["k", "kv", "kvinna", "kvinnor", "kvinnlig", "kvinnligt", "f", "female"]),
    ("M", &["m", "man", "manlig", "manligt", "male"]),
];

const UTBILDNING: &[Ord] = &[
    (
        "grundskola",
        &[
            "grundskola",
            "grundskolan",
            "grundskoleutbildning",
            "hogst grundskola",
            "forgymnasial",
            "forgymnasial utbildning",
            "grsk",
            "grundsk",
            "folkskola",
        ],
    ),
    (
        "gymnasium",
        &[
            "gymnasium",
            "gymnasiet",
            "gymnasial",
            "gymnasieskola",
            "gymnasieutbildning",
            "gymnasial utbildning",
            "gy",
            "gymn",
        ],
    ),
    (
        "eftergymnasial",
        &[
            "eftergymnasial",
            "eftergymnasial utbildning",
            "efter gymnasial",
            "efter gymnasium",
            "hogskola",
            "universitet",
            "hogskola universitet",
            "universitet hogskola",
            "hogskoleutbildning",
            "hogskola eller universitet",
            "yh",
            "yrkeshogskola",
        ],
    ),
    (
        "saknas_eller_okänd",
        &[
            "saknas eller okand",
            "saknas",
            "okand",
            "okant",
            "vet ej",
            "vet inte",
            "ingen",
            "ingen utbildning",
            "uppgift saknas",
            "saknas okand",
            "saknar utbildning",
            "ej kand",
            "?",
        ],
    ),
];

const FORSORJNING: &[Ord] = &[
    (
        "ingen",
        &[
            "ingen",
            "inget",
            "ingen forsorjning",
            "ingen offentlig forsorjning",
            "saknar forsorjning",
            "utan forsorjning",
            "ingen ersattning",
            "0",
        ],
    ),
    (
        "försörjningsstöd",
        &[
            "forsorjningsstod",
            "ekonomiskt bistand",
            "ek bistand",
            "ek bist",
            "ekonomiskt bist",
            "socialbidrag",
            "forsorjningsst",
            "fors stod",
        ],
    ),
    ("sjukpenning", &["sjukpenning", "sjukp", "sjp"]),
    (
        "rehabiliteringspenning",
        &["rehabiliteringspenning", "rehabpenning", "rehab penning", "rehabiliteringsersattning"],
    ),
    ("aktivitetsersättning", &["aktivitetsersattning", "aktivitetsers", "akt ers", "akt ersattning"]),
    ("sjukersättning", &["sjukersattning", "sjukers", "sjuk ers"]),
    ("aktivitetsstöd", &["aktivitetsstod", "akt stod", "aktstod"]),
    (
        "arbetslöshetsersättning",
        &["arbetsloshetsersattning", "a kassa", "akassa", "arbetsloshetskassa", "ersattning fran a kassa"],
    ),
    ("studiestöd", &["studiestod", "studiemedel", "studiebidrag", "csn"]),
];

const FORSORJNINGSTID: &[Ord] = &[
    ("ingen", &["ingen", "ingen tid", "ingen forsorjning", "0", "0 ar"]),
    (
        "under_1_år",
        &[
            "under 1 ar",
            "under 1",
            "mindre an 1 ar",
            "mindre an ett ar",
            "under ett ar",
            "kortare an 1 ar",
            "kortare an ett ar",
            "0 1 ar",
            "upp till 1 ar",
            "max 1 ar",
            "hogst ett ar",
        ],
    ),
    ("1-3_år", &["1 3 ar", "1 3", "1 till 3 ar", "ett till tre ar", "mellan 1 och 3 ar", "1 2 ar", "2 3 ar"]),
    (
        "över_3_år",
        &[
            "over 3 ar",
            "over 3",
            "mer an 3 ar",
            "mer an tre ar",
            "over tre ar",
            "langre an 3 ar",
            "langre an tre ar",
            "3 ar plus",
            "3 plus ar",
            "3 plus",
            "mer an 3",
        ],
    ),
];

const AVSLUTSORSAK: &[Ord] = &[
    (
        "arbete",
        &[
            "arbete",
            "jobb",
            "till arbete",
            "till jobb",
            "fatt arbete",
            "fatt jobb",
            "fick arbete",
            "fick jobb",
            "anstallning",
            "fick anstallning",
            "fatt anstallning",
            "anstalld",
            "borjat arbeta",
            "borjade arbeta",
            "borjat jobba",
            "borjade jobba",
        ],
    ),
    ("studier", &["studier", "till studier"]),
    ("arbetssökande", &["arbetssokande", "till arbetssokande"]),
    (
        "fortsatt_rehabilitering",
        &[
            "fortsatt rehabilitering",
            "fortsatt rehab",
            "vidare rehabilitering",
            "vidare rehab",
            "rehabilitering",
            "rehab",
        ],
    ),
    (
        "sjukdom",
        &[
            "sjukdom",
            "sjuk",
            "sjukskriven",
            "sjukskrivning",
            "blev sjuk",
            "blev sjukskriven",
            "blivit sjuk",
            "insjuknade",
        ],
    ),
    ("föräldraledighet", &["foraldraledighet", "foraldraledig", "mammaledig", "pappaledig", "barnledig"]),
    ("flytt", &["flytt", "flyttat", "flyttade", "flyttad", "flyttar", "flyttat fran kommunen", "flytt fran kommunen"]),
    (
        "egen_begäran",
        &[
            "egen begaran",
            "pa egen begaran",
            "eget onskemal",
            "egen vilja",
            "hoppat av",
            "hoppade av",
            "avhopp",
            "avbrot sjalv",
            "avbrutit sjalv",
            "slutade sjalv",
            "ville sluta",
            "ville sluta sjalv",
            "ville inte mer",
            "ville inte fortsatta",
        ],
    ),
    (
        "annan_aktör",
        &[
            "annan aktor",
            "till annan aktor",
            "annan aktor tog over",
            "annan insats",
            "till annan insats",
            "overford till annan aktor",
        ],
    ),
    ("ordinarie_stöd", &["ordinarie stod", "ordinarie verksamhet", "till ordinarie stod", "till ordinarie verksamhet"]),
    ("övrigt", &["ovrigt", "ovrig", "annat", "annan orsak", "ovriga skal", "ovrig orsak", "ovriga orsaker"]),
    (
        "insatsen_avslutad",
        &[
            "insatsen avslutad",
            "insatsen avslutas",
            "insatsen slut",
            "insatsens slut",
            "insatsen slutade",
            "insatsen tog slut",
            "insatsen upphor",
            "projektet avslutat",
            "projektet slut",
            "projektet slutade",
            "projektet tog slut",
            "projektslut",
            "insats avslutad",
        ],
    ),
];

const OMFATTNING: &[Ord] = &[
    ("25", &["kvartstid"]),
    ("50", &["halvtid", "pa halvtid", "halvtid 50 procent"]),
    ("100", &["heltid", "pa heltid", "heltid 100 procent"]),
];

const SYSSELSATTNING: &[Ord] = &[
    ("studier", &["studier", "studerar", "studerande", "till studier", "studie"]),
    ("arbetssökande", &["arbetssokande", "aktivt arbetssokande", "soker arbete", "soker jobb", "arbetssok"]),
    ("inget", &["inget", "ingen", "ingen sysselsattning", "varken eller", "nej"]),
    ("arbete_50", &["halvtid", "halvtidsarbete", "halvtidsjobb"]),
    ("arbete_100", &["heltid", "heltidsarbete", "heltidsjobb"]),
];

const JA_NEJ: &[Ord] = &[
    ("ja", &["ja", "j", "x", "1", "sant", "true", "yes", "japp"]),
    ("nej", &["nej", "n", "0", "falskt", "false", "no", "-", "–", "—", "−"]),
];

/// Words that say nothing, in any list but yes and no.
const INGET: &[&str] = &["-", "–", "—", "−", "--", ".", "ej aktuellt", "inte aktuellt", "ingen uppgift", "n a"];
/// Words for a person who is only counted, where a number should stand.
pub(super) const ANONYM: &[&str] = &[
    "anonym",
    "skyddad",
    "skyddad id",
    "skyddad identitet",
    "skyddade personuppgifter",
    "sekretess",
    "utan samtycke",
    "ej samtycke",
    "inget samtycke",
    "saknar samtycke",
];
/// Words for one who has not exited, where a last day should stand.
pub(super) const PAGAR: &[&str] = &["pagar", "pagaende", "kvar", "fortfarande inskriven", "ej avslutad", "nej"];

static INDEX: LazyLock<HashMap<Falt, HashMap<String, &'static str>>> = LazyLock::new(|| {
    Falt::ALL.into_iter().filter(|falt| matches!(falt.slag(), Slag::Lista | Slag::JaNej)).map(of_field).collect()
});

fn of_field(falt: Falt) -> (Falt, HashMap<String, &'static str>) {
    let mut known: HashMap<String, &'static str> = HashMap::new();
    if falt.slag() == Slag::Lista {
        known.extend(INGET.iter().map(|word| ((*word).to_owned(), "")));
    }
    for (code, words) in ord(falt) {
        known.extend(words.iter().map(|word| ((*word).to_owned(), *code)));
    }
    for (code, words) in falt.koder() {
        known.extend([(super::nyckel(code), code), (super::nyckel(words), code)]);
    }
    (falt, known)
}

fn ord(falt: Falt) -> &'static [Ord] {
    match falt {
        Falt::Kon => KON,
        Falt::Utbildning => UTBILDNING,
        Falt::ForsorjningFore | Falt::ForsorjningEfter => FORSORJNING,
        Falt::ForsorjningstidFore => FORSORJNINGSTID,
        Falt::Avslutsorsak => AVSLUTSORSAK,
        Falt::ArbeteOmfattning => OMFATTNING,
        Falt::Sysselsattning => SYSSELSATTNING,
        _ if falt.slag() == Slag::JaNej => JA_NEJ,
        _ => &[],
    }
}

/// The code of a word, empty when it says nothing; `None` when nobody knows it.
pub(super) fn kod(falt: Falt, nyckel: &str) -> Option<&'static str> {
    INDEX.get(&falt)?.get(nyckel).copied()
}

/// Whether the word says nothing in any column.
pub(super) fn inget(nyckel: &str) -> bool {
    INGET.contains(&nyckel)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::uppfoljningsfil::nyckel;

    #[test]
    fn every_word_is_one_code_of_its_list() {
        for falt in Falt::ALL {
            let mut seen = HashMap::new();
            for (code, words) in ord(falt) {
                assert_eq!(falt.kod(code), Some(*code), "{falt:?}");
                for word in *words {
                    assert_eq!(nyckel(word), *word);
                    assert_eq!(seen.insert(*word, *code), None, "{falt:?} {word}");
                    assert_eq!(kod(falt, word), Some(*code), "{falt:?} {word}");
                }
            }
            for (code, words) in falt.koder() {
                assert_eq!((kod(falt, &nyckel(code)), kod(falt, &nyckel(words))), (Some(code), Some(code)));
            }
        }
    }
}
