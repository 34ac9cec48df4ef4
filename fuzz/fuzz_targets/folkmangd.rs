//! SCB's table of population in any form: never panics, never tells a personnummer, and what it reads is whole and
//! comes back when it is written as a table.
#![no_main]

use libfuzzer_sys::fuzz_target;
use samsyn_core::Severity;
use samsyn_core::personnummer::contains_personnummer;
use samsyn_import::folkmangd::read;
use samsyn_import::grid::Limits;

const KOMMUNER: [&str; 4] = ["Håbo", "Uppsala kommun", "Borås stad", "Knivsta"];

fuzz_target!(|data: &[u8]| {
    let limits = Limits { max_unpacked_bytes: 4 << 20, max_rows: 5_000, max_cells: 100_000, ..Limits::default() };
    let last = match read("tabell", data, &KOMMUNER, &limits) {
        Ok(last) => last,
        Err(findings) => {
            assert!(!findings.is_empty());
            for finding in findings {
                assert!(finding.severity == Severity::Fel && !contains_personnummer(&finding.to_string()), "{finding}");
            }
            return;
        }
    };
    assert!(!last.rader.is_empty());
    let place = |kommun: &str| KOMMUNER.iter().position(|known| *known == kommun).unwrap();
    assert!(last.rader.is_sorted_by(|a, b| (a.datum, place(&a.kommun)) < (b.datum, place(&b.kommun))));
    for row in &last.rader {
        assert!(row.antal > 0 && (row.datum.month(), row.datum.day()) == (11, 1));
        assert!(!last.utan.contains(&row.kommun));
    }
    assert!(
        KOMMUNER.iter().all(|kommun| last
            .utan
            .iter()
            .chain(last.rader.iter().map(|row| &row.kommun))
            .any(|known| known == kommun))
    );
    let mut written = "kommun;datum;antal\n".to_owned();
    for row in &last.rader {
        written.push_str(&format!("{};{};{}\n", row.kommun, row.datum, row.antal));
    }
    match read("tabell", written.as_bytes(), &KOMMUNER, &limits) {
        Ok(again) => assert_eq!(again.rader, last.rader),
        // A day and a number of four digits beside it may happen to be a personnummer.
        Err(findings) => assert!(findings[0].message.contains("personnummer"), "{findings:?}"),
    }
});
