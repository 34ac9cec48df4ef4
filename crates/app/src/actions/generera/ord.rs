//! Made-up names: kommuner, insatser, and ids made from them.

use super::slump::Slump;
use samsyn_core::insats::{Inriktning, InsatsTyp};

/// Beginnings and ends of kommun names; no two together are a real kommun.
const BEGINNINGS: &[&str] = &[
    "Björn", "Brunn", "Dal", "Ek", "Fager", "Gran", "Hassel", "Järn", "Klock", "Lind", "Mossa", "Norr", "Rönn", "Sand",
    "Tall", "Ulv", "Vinter", "Åker", "Ängs", "Öst",
];
const ENDS: &[&str] = &["arp", "bäcken", "lösa", "mark", "måla", "rud", "säter", "tuna", "vallen", "åsen"];

/// So many kommuner, no two alike, in alphabetical order.
pub fn kommuner(slump: &mut Slump, count: usize) -> Vec<String> {
    let ends = slump.some(ENDS, ENDS.len());
    let beginnings = slump.some(BEGINNINGS, count);
    let mut names: Vec<String> =
        beginnings.iter().zip(ends.iter().cycle()).map(|(begin, end)| format!("{begin}{end}")).collect();
    names.sort();
    names
}

/// An insats to choose: typ, inriktning, short name, and what the full name adds to it.
pub type Forslag = (InsatsTyp, Option<Inriktning>, &'static str, &'static str);

const NARA: Option<Inriktning> = Some(Inriktning::Arbetsnara);
const FORE: Option<Inriktning> = Some(Inriktning::Forrehabilitering);

/// Insatser that work with people.
pub const INDIVID: &[Forslag] = &[
    (InsatsTyp::Individ, NARA, "Jobbspåret", "stöd hela vägen till arbete"),
    (InsatsTyp::Individ, NARA, "Arbetsbron", "praktik med handledare"),
    (InsatsTyp::Individ, NARA, "Startbanan", "unga på väg till arbete eller studier"),
    (InsatsTyp::Individ, NARA, "Yrkeslotsen", "matchning mot arbetsgivare"),
    (InsatsTyp::Individ, NARA, "Steget ut", "från sjukskrivning till arbete"),
    (InsatsTyp::Individ, NARA, "Verkstaden", "arbetsträning i egen takt"),
    (InsatsTyp::Individ, NARA, "Två spår", "svenska och arbete samtidigt"),
    (InsatsTyp::Individ, FORE, "Hälsoknuten", "hälsa som första steg"),
    (InsatsTyp::Individ, FORE, "Vardagskraft", "rutiner, rörelse och stöd"),
    (InsatsTyp::Individ, FORE, "Grunden", "kartläggning och gemensam planering"),
    (InsatsTyp::Individ, FORE, "Stegvis", "förberedelse för rehabilitering"),
    (InsatsTyp::Individ, FORE, "Gröna rummet", "trädgård och återhämtning"),
    (InsatsTyp::Individ, FORE, "Balansen", "att leva med långvarig smärta"),
];

/// Insatser that work with how the parties cooperate.
pub const STRUKTUR: &[Forslag] = &[
    (InsatsTyp::Struktur, None, "Samordnaren", "lokal samordning mellan parterna"),
    (InsatsTyp::Struktur, None, "En ingång", "gemensam väg in till parterna"),
    (InsatsTyp::Struktur, None, "Rundabordet", "rutin för flerpartsmöten"),
    (InsatsTyp::Struktur, None, "Samverkansytan", "digitalt arbetssätt för parterna"),
];

/// Insatser that teach.
pub const KOMPETENS: &[Forslag] = &[
    (InsatsTyp::Kompetens, None, "Samverkansskolan", "utbildning för handläggare"),
    (InsatsTyp::Kompetens, None, "Metodstödet", "handledning i gemensamma metoder"),
    (InsatsTyp::Kompetens, None, "Kunskapslyftet", "om våld och hälsa för chefer"),
];

/// Small letters, digits and hyphens: `Två spår` gives `tva-spar`.
pub fn slug(name: &str) -> String {
    let plain = |letter: char| match letter {
        'å' | 'ä' => 'a',
        'ö' => 'o',
        letter if letter.is_ascii_alphanumeric() => letter,
        _ => '-',
    };
    name.to_lowercase().chars().map(plain).collect()
}
