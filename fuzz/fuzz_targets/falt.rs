//! Every type that a cell can have: what is read survives the file and the store.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rust_decimal::Decimal;
use samsyn_core::avvikelse::AvvikelseTyper;
use samsyn_core::deltagande::{Avslutsorsak, Kon};
use samsyn_core::field::parse_cell;
use samsyn_core::{Field, Id, Stored};
use samsyn_document::{Belopp, Datum, Kvartal, Period};

fn survives<T: Field + PartialEq + std::fmt::Debug>(text: &str) {
    let Ok(value) = parse_cell::<T>(text) else { return };
    assert_eq!(parse_cell::<T>(&value.write()).unwrap(), value);
    let stored = match value.store() {
        Stored::Int(number) => number.map_or_else(String::new, |number| number.to_string()),
        Stored::Text(text) => text.unwrap_or_default(),
    };
    assert_eq!(T::load(&stored), Some(value));
}

fuzz_target!(|text: &str| {
    survives::<Belopp>(text);
    survives::<Datum>(text);
    survives::<Kvartal>(text);
    survives::<Period>(text);
    survives::<Decimal>(text);
    survives::<u16>(text);
    survives::<u32>(text);
    survives::<bool>(text);
    survives::<Id>(text);
    survives::<AvvikelseTyper>(text);
    survives::<Kon>(text);
    survives::<Option<Avslutsorsak>>(text);
    survives::<Option<String>>(text);
    survives::<String>(text);
});
