//! The formulas that say what is wrong with a row as one types, and those that colour its cells.

use super::kolumner::{KOLUMNER, bokstav};
use crate::uppfoljningsfil::Falt;

/// A check of a row: the cells that it colours, the formula that holds when something is wrong, and what is said.
pub(super) struct Kontroll {
    pub falt: &'static [Falt],
    pub villkor: String,
    pub ord: &'static str,
}

/// Fields that only an exit has, in the order of the columns; they stand side by side.
const EFTER: &[Falt] = &[
    Falt::Avslutsorsak,
    Falt::ArbeteOmfattning,
    Falt::ArbeteSubventionerat,
    Falt::Studerar,
    Falt::Arbetssokande,
    Falt::PlanVidAvslut,
    Falt::ForsorjningEfter,
];

/// Every check of a row; the list goes from row `first` to row `last`, as people count them.
pub(super) fn kontroller(row: u32, first: u32, last: u32) -> Vec<Kontroll> {
    let at = |falt| format!("${}{row}", bokstav(falt));
    let (nummer, kon, fodd) = (at(Falt::Nummer), at(Falt::Kon), at(Falt::Fodelsear));
    let (start, slut, orsak, anonym) =
        (at(Falt::Inskriven), at(Falt::Utskriven), at(Falt::Avslutsorsak), at(Falt::Anonym));
    let efter = format!("{orsak}:{}", at(Falt::ForsorjningEfter));
    let any = anything(row);
    let column = bokstav(Falt::Nummer);
    vec![
        Kontroll {
            falt: &[Falt::Nummer],
            villkor: personnummer(&nummer),
            ord: "Numret ser ut som ett personnummer. Ta bort det.",
        },
        Kontroll {
            falt: &[Falt::Nummer],
            villkor: format!("AND({nummer}<>\"\",COUNTIF(${column}${first}:${column}${last},{nummer})>1)"),
            ord: "Samma nummer två gånger.",
        },
        Kontroll {
            falt: &[Falt::Kon],
            villkor: format!("AND({any},{kon}=\"\",UPPER({anonym})<>\"JA\")"),
            ord: "Kön saknas.",
        },
        Kontroll {
            falt: &[Falt::Fodelsear],
            villkor: format!("AND({fodd}<>\"\",LEN({fodd})<>4)"),
            ord: "Födelseåret ska ha fyra siffror.",
        },
        Kontroll { falt: &[Falt::Inskriven], villkor: format!("AND({any},{start}=\"\")"), ord: "Första dag saknas." },
        Kontroll {
            falt: &[Falt::Inskriven],
            villkor: format!("ISTEXT({start})"),
            ord: "Första dag är inget datum. Skriv till exempel 2026-02-28.",
        },
        Kontroll {
            falt: &[Falt::Utskriven],
            villkor: format!("ISTEXT({slut})"),
            ord: "Sista dag är inget datum. Skriv till exempel 2026-02-28.",
        },
        Kontroll {
            falt: &[Falt::Inskriven, Falt::Utskriven],
            villkor: format!("AND(ISNUMBER({start}),ISNUMBER({slut}),{slut}<{start})"),
            ord: "Sista dag är före första dag.",
        },
        Kontroll {
            falt: &[Falt::Avslutsorsak],
            villkor: format!("AND({slut}<>\"\",{orsak}=\"\",UPPER({anonym})<>\"JA\")"),
            ord: "Avslutsorsak saknas.",
        },
        Kontroll {
            falt: EFTER,
            villkor: format!("AND({slut}=\"\",COUNTA({efter})>0,UPPER({anonym})<>\"JA\")"),
            ord: "Uppgift om avslut, men sista dag saknas.",
        },
        Kontroll {
            falt: &[Falt::Anonym],
            villkor: format!("AND(UPPER({anonym})=\"JA\",COUNTA({slut}:{})>0)", at(Falt::ForsorjningEfter)),
            ord: "En anonym räknas bara. Ta bort uppgifterna om avslut.",
        },
    ]
}

/// Whether the cell has ten or twelve digits, however they are parted.
pub(super) fn personnummer(cell: &str) -> String {
    let bare = format!("SUBSTITUTE(SUBSTITUTE(SUBSTITUTE({cell},\"-\",\"\"),\"+\",\"\"),\" \",\"\")");
    format!("AND(OR(LEN({bare})=10,LEN({bare})=12),ISNUMBER(VALUE({bare})))")
}

/// Whether anything stands in the row.
fn anything(row: u32) -> String {
    let last = KOLUMNER.last().map_or('A', |kolumn| bokstav(kolumn.falt));
    format!("COUNTA($A{row}:${last}{row})>0")
}

/// What the column *Att rätta* says of a row: nothing when nothing is wrong.
pub(super) fn att_ratta(row: u32, first: u32, last: u32) -> String {
    let parts: Vec<String> = kontroller(row, first, last)
        .iter()
        .map(|kontroll| format!("IF({},\"{} \",\"\")", kontroll.villkor, kontroll.ord))
        .collect();
    format!("=TRIM({})", parts.join("&"))
}
