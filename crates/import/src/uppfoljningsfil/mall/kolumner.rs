//! The template's columns: which fields, how wide, and what people are told of each.

use crate::uppfoljningsfil::Falt;

/// A column of the template.
pub(super) struct Kolumn {
    pub falt: Falt,
    /// In characters.
    pub bredd: u8,
    /// What it means, shown beside a chosen cell and on the sheet of help.
    pub hjalp: &'static str,
}

const fn kolumn(falt: Falt, bredd: u8, hjalp: &'static str) -> Kolumn {
    Kolumn { falt, bredd, hjalp }
}

pub(super) const KOLUMNER: [Kolumn; 16] = [
    kolumn(
        Falt::Nummer,
        10,
        "Insatsens eget nummer, ett för varje inskrivning. Aldrig ett personnummer. Den som skrivs in igen får ett nytt nummer, till exempel 7b.",
    ),
    kolumn(Falt::Kon, 10, "Kvinna eller Man, enligt folkbokföringen. Får vara tomt bara för den som är anonym."),
    kolumn(Falt::Fodelsear, 10, "Året med fyra siffror, till exempel 1985. Aldrig månad och dag."),
    kolumn(Falt::Inskriven, 13, "Den dag då personen skrevs in i insatsen, till exempel 2026-02-28."),
    kolumn(Falt::Utbildning, 19, "Högsta avslutade utbildning när personen skrevs in."),
    kolumn(
        Falt::ForsorjningFore,
        22,
        "Den offentliga försörjning som personen hade före insatsen. Ingen, om det inte fanns någon.",
    ),
    kolumn(Falt::ForsorjningstidFore, 14, "Hur länge personen hade haft offentlig försörjning före insatsen."),
    kolumn(Falt::Utskriven, 13, "Den dag då personen skrevs ut. Tomt så länge personen är kvar i insatsen."),
    kolumn(Falt::Avslutsorsak, 22, "Varför personen skrevs ut. Ska fyllas i när det finns en sista dag."),
    kolumn(Falt::ArbeteOmfattning, 12, "Hur mycket personen arbetar efter avslutet. Tomt för den som inte arbetar."),
    kolumn(Falt::ArbeteSubventionerat, 15, "Ja, om arbetsgivaren får lönestöd för arbetet."),
    kolumn(Falt::Studerar, 10, "Ja, om personen studerar efter avslutet."),
    kolumn(
        Falt::Arbetssokande,
        10,
        "Ja, om personen aktivt söker arbete efter avslutet. Kan gälla också den som arbetar deltid.",
    ),
    kolumn(Falt::PlanVidAvslut, 10, "Ja, om det finns en plan för fortsatt rehabilitering när personen skrivs ut."),
    kolumn(
        Falt::ForsorjningEfter,
        22,
        "Den offentliga försörjning som personen har efter avslutet. Ingen, om det inte finns någon.",
    ),
    kolumn(
        Falt::Anonym,
        10,
        "Ja för den som har skyddad identitet eller inte har samtyckt. Personen räknas bara: fyll i första dag och inget om avslut.",
    ),
];

pub(super) use crate::grid::ATT_RATTA;

/// The letter of a field's column; all of them come before Z.
pub(super) fn bokstav(falt: Falt) -> char {
    let place = KOLUMNER.iter().position(|kolumn| kolumn.falt == falt).unwrap_or(0);
    char::from(b'A' + u8::try_from(place).unwrap_or(0))
}
