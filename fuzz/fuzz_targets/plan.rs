//! The board's plan in any form: never panics, never tells a personnummer, and what it reads is the same plan when it is
//! written and read again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use samsyn_core::Severity;
use samsyn_core::calc::utrymme::Utrymme;
use samsyn_core::personnummer::contains_personnummer;
use samsyn_core::underlag::Plan;
use samsyn_import::grid::Limits;
use samsyn_import::plan::{csv, read};

fuzz_target!(|data: &[u8]| {
    let mote = "2022-10-20".parse().unwrap();
    let rows = match read("plan", data, mote, &Limits::default()) {
        Ok(rows) => rows,
        Err(findings) => {
            assert!(!findings.is_empty());
            for finding in findings {
                assert!(finding.severity == Severity::Fel && !contains_personnummer(&finding.to_string()), "{finding}");
            }
            return;
        }
    };
    assert!(!rows.is_empty());
    let plan = Plan::new(&rows);
    let sums = Utrymme::new(&plan, &[]);
    assert_eq!(sums.kolumner.len(), plan.kolumner.len());
    match read("plan.csv", csv(&plan).as_bytes(), mote, &Limits::default()) {
        Ok(again) => assert_eq!(Plan::new(&again), plan),
        // Numbers that stand beside each other may happen to be a personnummer.
        Err(findings) => assert!(findings[0].message.contains("personnummer"), "{findings:?}"),
    }
});
