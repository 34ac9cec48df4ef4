//! The packages are good: the same every time, of the size asked for, and without errors.

use super::*;
use samsyn_core::personnummer::contains_personnummer;
use samsyn_core::{Fact, Severity, for_every_noun};
use samsyn_import::package::{Limits, Parsed, ReceivedFile};

fn size(forbund: u32, years: u16, deltaganden: u32, seed: u64) -> Size {
    Size { forbund, years, deltaganden: Some(deltaganden), seed }
}

fn packages(size: Size) -> Vec<Vec<ReceivedFile>> {
    all(size).map(|facts| package::write(&facts, "Prov")).collect()
}

fn parse(files: &[ReceivedFile]) -> Parsed {
    package::parse(files, &Limits::default(), day(2026, 1, 1))
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    let wanted = size(3, 2, 900, 7);
    assert_eq!(packages(wanted), packages(wanted));
    assert_ne!(packages(wanted), packages(Size { seed: 8, ..wanted }));
    let three = packages(wanted);
    assert_ne!(three[0], three[1]);
}

/// The generator's version is pinned; this notices if what it gives changes all the same.
#[test]
fn the_bytes_are_those_of_the_last_release() {
    let fnv = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    let files = packages(size(2, 3, 1_000, 1));
    let tables = files.iter().flatten().filter(|file| file.name.ends_with(".csv"));
    let sum = tables.flat_map(|file| &file.bytes).fold(0xcbf2_9ce4_8422_2325, fnv);
    assert_eq!(sum, 9_300_978_574_263_101_753, "if the packages are meant to change, write the new sum here");
}

#[test]
fn packages_are_read_without_errors_and_nearly_without_warnings() {
    for (seed, years) in [(1, 3), (2, 1), (3, 2), (4, 5), (5, 3), (6, 8)] {
        for (nr, files) in packages(size(4, years, 1_200, seed)).iter().enumerate() {
            let parsed = parse(files);
            let told: Vec<String> = parsed.findings.iter().map(ToString::to_string).collect();
            let errors = parsed.findings.iter().filter(|finding| finding.severity == Severity::Fel).count();
            assert_eq!(errors, 0, "seed {seed}, {}: {told:#?}", name(nr as u32 + 1));
            // Requisitions over budget, which are meant to be there.
            let odd = |text: &&String| !text.contains("är över budgeten");
            assert_eq!(told.iter().filter(odd).collect::<Vec<_>>(), Vec::<&String>::new(), "seed {seed}");
            assert_eq!(parsed.facts, all(size(4, years, 1_200, seed)).nth(nr), "what is read is what was made up");
        }
    }
}

#[test]
fn as_many_are_made_as_were_asked_for() {
    for (forbund, total) in [(1, 0), (1, 1), (4, 3), (75, 10_007)] {
        let all: Vec<Facts> = all(size(forbund, 3, total, 1)).collect();
        assert_eq!(all.len(), forbund as usize);
        assert_eq!(all.iter().map(|facts| facts.deltagare.len()).sum::<usize>(), total as usize);
    }
    let usual = Size { forbund: 2, years: 3, deltaganden: None, seed: 1 };
    assert_eq!(all(usual).map(|facts| facts.deltagare.len()).sum::<usize>(), 2_400);
    for facts in all(size(12, 3, 12_000, 9)) {
        assert!((8..=15).contains(&facts.insatser.len()), "{}", facts.insatser.len());
        assert!(facts.insatser.iter().any(|insats| insats.redovisas_med.is_some()));
        assert!(facts.insatsperioder.len() > facts.insatser.len(), "some are prolonged");
        assert!(
            facts.deltagare.iter().any(|row| row.anonym) && facts.deltagare.iter().any(|row| row.makulerad.is_some())
        );
        assert!(facts.deltagare.iter().any(|row| row.utskriven.is_none() && !row.anonym));
        assert!(!facts.avvikelser.is_empty() && !facts.malutfall.is_empty() && !facts.aktiviteter.is_empty());
    }
}

/// No id and no text looks like a personnummer, not even beside another.
#[test]
fn nothing_looks_like_a_personnummer() {
    for facts in all(size(4, 3, 4_000, 11)) {
        macro_rules! each {
            ($($field:ident: $type:ty,)+) => {$(
                for row in &facts.$field {
                    let cells: Vec<String> = (0..<$type>::FIELDS.len()).map(|field| row.cell(field)).collect();
                    assert!(cells.iter().all(|cell| !contains_personnummer(cell)), "{cells:?}");
                }
            )+};
        }
        for_every_noun!(each);
    }
}

#[test]
fn sizes_that_cannot_be_are_refused() {
    let folder = std::env::temp_dir().join("samsyn-generera-ingen");
    for wrong in [size(0, 3, 1, 1), size(10_000, 3, 1, 1), size(1, 0, 1, 1), size(1, 99, 1, 1)] {
        assert!(matches!(write(wrong, &folder, &mut |_| ()), Err(Error::Usage(_))), "{wrong:?}");
    }
    assert!(!folder.exists());
}
