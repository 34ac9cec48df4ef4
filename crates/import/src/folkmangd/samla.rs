//! Numbers to rows: each member has one population for each day, or it is told why not.

use super::varde::SAKNAS;
use super::{Andra, Fil, Last, SPARA, Uppgift, Uppgifter};
use samsyn_core::folkmangd::Folkmangd;
use samsyn_core::kontroll::{Collector, shown};
use samsyn_core::{Finding, Place};
use samsyn_document::{Datum, format};
use std::collections::BTreeMap;

/// The parts of a population, each with where it stands.
type Delar = Vec<Option<(u32, Place)>>;

/// The rows.
pub(super) fn rader(fil: Fil, uppgifter: Uppgifter, kommuner: &[&str]) -> Result<Last, Vec<Finding>> {
    let Uppgifter { delar, alla, andra } = uppgifter;
    if alla.is_empty() {
        return Err(vec![no_members(fil, &andra)]);
    }
    let utan = (0..kommuner.len()).filter(|at| !alla.iter().any(|uppgift| uppgift.medlem == *at));
    let utan = utan.map(|at| kommuner[at].to_owned()).collect();
    let mut told = Collector::default();
    let mut found: BTreeMap<(Datum, usize), Delar> = BTreeMap::new();
    for Uppgift { medlem, datum, del, antal, place } in alla {
        let parts = found.entry((datum, medlem)).or_insert_with(|| vec![None; delar]);
        let Some(part) = parts.get_mut(del) else { continue };
        match (antal, part.as_ref()) {
            (Err(text), _) => told.tell("folkmangd", "antal", "no number", || no_number(place, &text)),
            (Ok(antal), None) => *part = Some((antal, place)),
            (Ok(antal), Some((other, there))) if antal != *other => told.tell("folkmangd", "kommun", "twice", || {
                let message = format!(
                    "{} har två olika antal den {datum}: {} här och {} på ett annat ställe{}.",
                    kommuner[medlem],
                    format::number(antal.into()),
                    format::number((*other).into()),
                    there.row.map_or_else(String::new, |row| format!(" (rad {row})")),
                );
                Finding::error(place, message, "Ta bort det som inte gäller.")
            }),
            (Ok(_), Some(_)) => {}
        }
    }
    // Parts that could not be read have been told.
    let whole = !told.has_errors();
    let mut rader = Vec::with_capacity(found.len());
    for ((datum, medlem), parts) in found {
        let kommun = kommuner[medlem];
        let place = Place { key: Some(format!("{kommun} {datum}")), ..fil.place() };
        let sum = parts.iter().try_fold(0u32, |sum, part| sum.checked_add(part.as_ref()?.0));
        match sum {
            Some(antal) if antal > 0 => rader.push(Folkmangd { kommun: kommun.to_owned(), datum, antal }),
            _ if !whole => {}
            Some(_) => told.tell("folkmangd", "antal", "nobody", || {
                let hint = "Välj bara år då kommunen har funnits.";
                Finding::error(place, format!("{kommun} har enligt filen inga invånare."), hint)
            }),
            None => told.tell("folkmangd", "antal", "part", || {
                let message = format!("Folkmängden i {kommun} saknar män eller kvinnor, eller är orimligt stor.");
                Finding::error(place, message, "Spara tabellen igen utan att dela upp den efter kön.")
            }),
        }
    }
    if told.has_errors() {
        return Err(told.finish());
    }
    Ok(Last { rader, utan, passerade: andra.alla.len() })
}

fn no_number(place: Place, text: &str) -> Finding {
    let other = "Välj bara år som kommunen har uppgift för.";
    match text.trim() {
        "" => Finding::error(place, "Antalet saknas.", other),
        sign if SAKNAS.contains(&sign) => {
            Finding::error(place, format!("SCB har ingen uppgift här: det står \"{sign}\"."), other)
        }
        text => {
            let message = format!("{} är inget antal invånare.", shown("folkmangd", "antal", text));
            Finding::error(place, message, "Skriv ett helt tal, till exempel 22250.")
        }
    }
}

/// The file holds none of the members.
fn no_members(fil: Fil, andra: &Andra) -> Finding {
    let first: Vec<String> = andra.forsta.iter().map(|region| shown("folkmangd", "region", region)).collect();
    let more = andra.alla.len() - first.len();
    let holds = match (first.is_empty(), more) {
        (true, _) => return fil.error("Tabellen har inga rader med regioner.", SPARA),
        (false, 0) => first.join(", "),
        (false, more) => format!("{} och {} till", first.join(", "), format::number(more as i64)),
    };
    let message = format!("Filen har ingen av förbundets kommuner. Den har {holds}.");
    fil.error(message, "Välj förbundets kommuner när du hämtar tabellen, med namn och inte bara kod.")
}
