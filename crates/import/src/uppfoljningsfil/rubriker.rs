//! What insatser call their columns: common headings, in the form of [`nyckel`].

use super::{Falt, nyckel};
use std::collections::HashMap;
use std::sync::LazyLock;

/// Headings of each field. The template's own heading and the field's name are known beside these.
const KANDA: &[(Falt, &[&str])] = &[
    (
        Falt::Nummer,
        &[
            "nr",
            "nummer",
            "lopnr",
            "lopnummer",
            "lop nr",
            "id",
            "id nr",
            "id nummer",
            "idnr",
            "idnummer",
            "kod",
            "deltagare",
            "deltagare nr",
            "deltagare id",
            "deltagarnr",
            "deltagarnummer",
            "deltagar nr",
            "deltagarid",
            "deltagarkod",
            "deltagarens nr",
            "deltagarens nummer",
            "deltagar id",
            "inskrivning nr",
            "inskrivningsnummer",
            "unikt nummer",
            "unik kod",
            "eget nummer",
            "insatsens nummer",
            "arendenummer",
            "arende nr",
        ],
    ),
    (
        Falt::Kon,
        &[
            "kon",
            "sex",
            "man kvinna",
            "kvinna man",
            "m k",
            "k m",
            "kvinna eller man",
            "man eller kvinna",
            "juridiskt kon",
        ],
    ),
    (
        Falt::Fodelsear,
        &[
            "fod",
            "fodd",
            "fodd ar",
            "fodelsear",
            "fodelse ar",
            "fod ar",
            "fodar",
            "fodelsedatum",
            "fodelsedag",
            "fodelsedata",
            "fodelsetid",
            "fod datum",
            "ar fodd",
            "fodelsear aaaa",
        ],
    ),
    (
        Falt::Inskriven,
        &[
            "start",
            "startdatum",
            "start datum",
            "startdag",
            "inskriven",
            "inskrivning",
            "inskrivningsdatum",
            "inskriven datum",
            "inskriven den",
            "inskrivningsdag",
            "in",
            "datum in",
            "in datum",
            "indatum",
            "paborjad",
            "paborjat",
            "paborjade",
            "borjade",
            "borjan",
            "startade",
            "forsta dag",
            "fran",
            "fran och med",
            "fr o m",
            "from",
            "datum for inskrivning",
            "datum inskrivning",
            "inskrivning datum",
            "datum for start",
            "insats start",
            "insatsstart",
            "datum inskriven",
            "datum start",
            "insatsen paborjad",
            "start i insatsen",
            "startdatum i insatsen",
            "datum fore",
            "inskr",
            "inskr datum",
        ],
    ),
    (
        Falt::InskrivenRegistrerad,
        &[
            "registrerad",
            "reg datum",
            "regdatum",
            "registreringsdatum",
            "registrerad datum",
            "registrerad den",
            "inskriven registrerad",
            "inskrivning registrerad",
            "registrerad in",
            "registrerad inskrivning",
        ],
    ),
    (
        Falt::Utbildning,
        &[
            "utbildning",
            "utbildningsniva",
            "utbildningsbakgrund",
            "hogsta utbildning",
            "hogsta avslutade utbildning",
            "hogst avslutad utbildning",
            "hogsta avslutad utbildning",
            "hogsta utbildningsniva",
            "utb",
            "utb niva",
            "tidigare utbildning",
            "avslutad utbildning",
            "utbildning fore",
        ],
    ),
    (
        Falt::ForsorjningFore,
        &[
            "forsorjning fore",
            "forsorjning vid start",
            "forsorjning in",
            "forsorjning vid inskrivning",
            "forsorjning fore insatsen",
            "forsorjning innan",
            "forsorjning innan insatsen",
            "fore forsorjning",
            "forsorjning vid insatsstart",
            "forsorjning start",
            "ersattning fore",
            "ersattning vid start",
            "ersattning in",
            "inkomst fore",
            "huvudsaklig forsorjning fore",
            "forsorjningskalla fore",
            "forsorjning vid in",
            "offentlig forsorjning fore",
            "forsorjning vid inskr",
        ],
    ),
    (
        Falt::ForsorjningstidFore,
        &[
            "forsorjningstid",
            "forsorjningstid fore",
            "hur lange",
            "tid med forsorjning",
            "forsorjning hur lange",
            "tid i forsorjning",
            "tid i offentlig forsorjning",
            "tid med offentlig forsorjning",
            "hur lange fore",
            "forsorjning tid",
            "hur lang tid",
            "tid utan arbete",
            "tid i bidrag",
            "hur lange forsorjning",
            "hur lange med forsorjning",
            "hur lange med offentlig forsorjning",
            "forsorjningstid fore insatsen",
            "tid fore",
        ],
    ),
    (
        Falt::Utskriven,
        &[
            "slut",
            "slutdatum",
            "slut datum",
            "slutdag",
            "avslut",
            "avslutsdatum",
            "avslutad",
            "avslutad datum",
            "avslutad den",
            "avslutdatum",
            "avslutningsdatum",
            "utskriven",
            "utskrivning",
            "utskrivningsdatum",
            "utskriven datum",
            "utskriven den",
            "ut",
            "datum ut",
            "ut datum",
            "utdatum",
            "sista dag",
            "slutade",
            "till",
            "till och med",
            "t o m",
            "tom",
            "datum for avslut",
            "datum for utskrivning",
            "datum avslut",
            "avslut datum",
            "datum utskrivning",
            "utskrivning datum",
            "datum utskriven",
            "datum slut",
            "insats slut",
            "insatsen avslutad",
            "datum efter",
            "utskr",
            "utskr datum",
            "datum for slut",
            "datum vid avslut",
        ],
    ),
    (
        Falt::UtskrivenRegistrerad,
        &[
            "utskriven registrerad",
            "utskrivning registrerad",
            "avslut registrerat",
            "avslut registrerad",
            "registrerad ut",
            "registrerad avslut",
            "registrerat avslut",
            "registrerad utskrivning",
        ],
    ),
    (
        Falt::Avslutsorsak,
        &[
            "orsak",
            "avslutsorsak",
            "avslutningsorsak",
            "anledning",
            "orsak till avslut",
            "anledning till avslut",
            "avslut orsak",
            "orsak avslut",
            "avslutsanledning",
            "skal",
            "skal till avslut",
            "orsak efter",
            "varfor avslutad",
            "utskrivningsorsak",
            "orsak till utskrivning",
            "orsak vid avslut",
            "avslutad orsak",
            "avslutad till",
            "utskriven till",
            "avslut till",
        ],
    ),
    (Falt::Arbetar, &["arbete ja nej", "jobb ja nej", "jobbar ja nej", "i arbete ja nej", "till arbete ja nej"]),
    (
        Falt::ArbeteOmfattning,
        &[
            "jobb",
            "arbete",
            "arbetar",
            "omfattning",
            "arbetsomfattning",
            "arbete omfattning",
            "omfattning arbete",
            "omfattning av arbete",
            "omf",
            "omf procent",
            "omf i procent",
            "omf av arbete",
            "arbete omf",
            "arbetar omf",
            "jobb omf",
            "jobb procent",
            "procent",
            "arbete procent",
            "arbetar procent",
            "arbete i procent",
            "jobbar",
            "jobbar procent",
            "arbetar efter",
            "arbetar efter avslut",
            "arbete efter",
            "arbete efter insatsen",
            "arbete vid avslut",
            "i arbete",
            "anstallning",
            "anstallning procent",
            "anstallningsgrad",
            "tjanstgoringsgrad",
            "sysselsattningsgrad",
            "omfattning procent",
            "arbetets omfattning",
            "till arbete",
        ],
    ),
    (
        Falt::ArbeteSubventionerat,
        &[
            "subventionerat",
            "subventionerat arbete",
            "subventionerad",
            "subventionerad anstallning",
            "lonestod",
            "lonebidrag",
            "arbete subventionerat",
            "subv",
            "subv arbete",
            "arbete med lonestod",
            "arbete med subvention",
            "subvention",
            "arbete med stod",
        ],
    ),
    (
        Falt::Studerar,
        &[
            "studier",
            "studerar",
            "studerande",
            "studier efter",
            "studerar efter",
            "studier vid avslut",
            "studerar efter avslut",
            "till studier",
            "i studier",
            "utbildning efter",
        ],
    ),
    (
        Falt::Arbetssokande,
        &[
            "arbetssokande",
            "soker arbete",
            "soker jobb",
            "aktivt arbetssokande",
            "arbetssokande efter",
            "arbetssokande vid avslut",
            "arbetssok",
            "inskriven pa af",
            "soker aktivt arbete",
        ],
    ),
    (
        Falt::Sysselsattning,
        &[
            "sysselsattning",
            "sysselsattning efter",
            "sysselsattning vid avslut",
            "sysselsattning efter insatsen",
            "efter insatsen",
            "sysselsattning efter avslut",
            "till arbete studier",
            "arbete studier",
            "resultat",
            "arbete eller studier",
            "till arbete eller studier",
            "resultat vid avslut",
            "status efter",
            "situation efter insatsen",
            "sysselsattning ut",
            "avslutad till arbete studier",
        ],
    ),
    (
        Falt::PlanVidAvslut,
        &[
            "plan",
            "plan vid avslut",
            "fortsatt plan",
            "plan efter",
            "plan for fortsatt rehabilitering",
            "planering",
            "planering vid avslut",
            "har plan",
            "plan finns",
            "plan framat",
            "rehabplan",
            "fortsatt planering",
        ],
    ),
    (
        Falt::ForsorjningEfter,
        &[
            "forsorjning efter",
            "forsorjning vid avslut",
            "forsorjning ut",
            "forsorjning efter insatsen",
            "forsorjning efter avslut",
            "forsorjning vid utskrivning",
            "efter forsorjning",
            "forsorjning vid slut",
            "forsorjning slut",
            "ersattning efter",
            "ersattning vid avslut",
            "ersattning ut",
            "inkomst efter",
            "huvudsaklig forsorjning efter",
            "forsorjningskalla efter",
            "forsorjning avslut",
            "forsorjning vid ut",
            "offentlig forsorjning efter",
        ],
    ),
    (
        Falt::Anonym,
        &[
            "anonym",
            "anonyma",
            "skyddad identitet",
            "skyddad id",
            "skyddad",
            "utan samtycke",
            "ej samtycke",
            "inget samtycke",
            "saknar samtycke",
            "sekretess",
            "skyddade personuppgifter",
            "skyddad personuppgift",
            "sekretessmarkering",
            "samtycke saknas",
        ],
    ),
];

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

/// Without blanks, since a heading is often hyphenated: *Inskrivnings-datum*, *Löp nr*.
static INDEX: LazyLock<HashMap<String, Falt>> = LazyLock::new(|| {
    let common = KANDA.iter().flat_map(|(falt, words)| words.iter().map(|word| (tight(word), *falt)));
    let own = Falt::ALL.into_iter().flat_map(|falt| [(tight(falt.namn()), falt), (tight(falt.rubrik()), falt)]);
    own.chain(common).collect()
});

fn tight(text: &str) -> String {
    nyckel(text).replace(' ', "")
}

/// The field that a heading commonly means. What stands in brackets is passed over when it is not known.
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
    all.find(|falt| !(fore && falt.om_avslut())).or_else(|| kand(rubrik).filter(|falt| !(fore && falt.om_avslut())))
}

/// Whether a heading of work says that its extent stands there; else it may as well be yes or no.
pub(super) fn om_omfattning(nyckel: &str) -> bool {
    ["omf", "procent", "grad"].iter().any(|word| nyckel.contains(word))
}

fn without_brackets(text: &str) -> String {
    let mut depth = 0u32;
    let mut kept = String::new();
    for c in text.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => kept.push(c),
            _ => {}
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_common_heading_is_one_field_in_its_normal_form() {
        for (falt, words) in KANDA {
            for word in *words {
                assert_eq!(nyckel(word), *word);
                assert_eq!(kand(word), Some(*falt), "{word}");
            }
        }
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
        ] {
            assert_eq!(kand_under(over, rubrik), falt, "{over} / {rubrik}");
        }
    }
}
