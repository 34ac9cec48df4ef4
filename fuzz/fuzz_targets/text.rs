//! The texts of reports: whatever is written can be read, what is read can be written and read again, and it can be held
//! against the figures.
#![no_main]

use libfuzzer_sys::fuzz_target;
use samsyn_core::Facts;
use samsyn_core::calc::Rakning;
use samsyn_core::rapport::granska::Granskare;
use samsyn_core::rapport::skillnad::{Bit, ord_for_ord};
use samsyn_core::rapport::skrivet::{blocks, clean, markup};
use samsyn_core::underlag::Underlag;
use samsyn_document::{Block, Cell, FigureId, Value};
use std::sync::LazyLock;

static GRANSKARE: LazyLock<Granskare> = LazyLock::new(|| {
    let underlag = Underlag::new(Facts::default(), "2022-08-30".parse().unwrap());
    Granskare::new(&Rakning::new(&underlag, "2022-H1".parse().unwrap()))
});

fn finn(id: &FigureId) -> Result<Cell, String> {
    match id.tabell.as_str() {
        "6" => Ok(Cell::figure(Value::Antal(7), id.clone())),
        "7" => Ok(Cell::figure(Value::Withheld, id.clone())),
        _ => Err(format!("siffran {id}")),
    }
}

fuzz_target!(|text: &str| {
    let cleaned = clean(text);
    assert_eq!(clean(&cleaned), cleaned);
    let once = blocks(text, "plats", &finn);
    let again = blocks(&markup(&once), "plats", &finn);
    let said = |blocks: &[Block]| {
        blocks.iter().map(|block| format!("{block:?}")).filter(|said| said != "Paragraph([])").collect::<Vec<_>>()
    };
    assert_eq!(said(&once), said(&again));
    for remark in GRANSKARE.granska(&cleaned) {
        assert_eq!(cleaned.get(remark.plats), Some(&*remark.skrivet));
    }
    let (mut before, mut after) = (String::new(), String::new());
    for bit in ord_for_ord(text, &cleaned) {
        match bit {
            Bit::Lika(words) => {
                before.push_str(&words);
                after.push_str(&words);
            }
            Bit::Borta(words) => before.push_str(&words),
            Bit::Ny(words) => after.push_str(&words),
        }
    }
    assert_eq!((before.as_str(), after.as_str()), (text, cleaned.as_str()));
});
