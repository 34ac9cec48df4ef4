//! A bookkeeping file of any kind: never panics, never tells a personnummer, and what is read is the same when it is
//! written and read again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use samsyn_core::Severity;
use samsyn_core::personnummer::contains_personnummer;
use samsyn_import::sie::{Kodning, Sie, Typ, read, write};

fn content(sie: Sie) -> Sie {
    Sie { notes: Vec::new(), kodning: Kodning::Cp437, ..sie }
}

fuzz_target!(|data: &[u8]| {
    for name in ["a.se", "a.si"] {
        let sie = match read(name, data) {
            Ok(sie) => sie,
            Err(findings) => {
                assert!(!findings.is_empty());
                for finding in findings {
                    assert!(finding.severity == Severity::Fel && !contains_personnummer(&finding.message), "{finding}");
                }
                continue;
            }
        };
        for note in &sie.notes {
            assert!(note.severity == Severity::Upplysning && !contains_personnummer(&note.message), "{note}");
        }
        // Months and objects of a file of type 4I are not written; vouchers without a year may have any name.
        let sie = match sie.typ {
            Typ::FyraI => Sie { saldon: Vec::new(), ..content(sie) },
            _ => content(sie),
        };
        let name = if sie.typ == Typ::FyraI { "a.si" } else { name };
        let again = read(name, &write(&sie)).map(content);
        assert_eq!(again, Ok(sie));
    }
});
