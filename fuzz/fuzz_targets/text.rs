//! The texts of reports: whatever is written can be read, and what is read can be written and read again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use samsyn_core::rapport::skrivet::{blocks, clean, markup};
use samsyn_document::{Cell, FigureId, Value};

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
    let said = |blocks: &[samsyn_document::Block]| {
        blocks.iter().map(|block| format!("{block:?}")).filter(|said| said != "Paragraph([])").collect::<Vec<_>>()
    };
    assert_eq!(said(&once), said(&again));
});
