//! Small counts of people: what is withheld, and that nobody can work it out.

use crate::attacker::{Attack, View, view};
use crate::check::{SIST, underlag};
use crate::given::{Given, forbund, kvinna, man, of};
use crate::random::{as_counts, day, facts, period};
use proptest::prelude::*;
use samsyn_core::Facts;
use samsyn_core::calc::{Rakning, insatsens, siffror};
use samsyn_core::rapport::{pm::pm, tjansteskrivelse::tjansteskrivelse};
use samsyn_core::underlag::Underlag;
use samsyn_document::{Block, Document, Inline, Manad, Section, Value, format};
use samsyn_import::package::{Limits, parse, read_dir};
use std::collections::HashMap;
use std::path::Path;

/// Half-years of the demo, and the day as of which they were reported.
const DEMO: [(&str, &str); 3] = [("2022-H1", "2022-08-30"), ("2022-H2", "2023-03-01"), ("2023-H1", "2023-08-30")];

fn demo(per: &str) -> Underlag {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo");
    let per = per.parse().unwrap();
    let files = read_dir(&folder, &Limits::default()).unwrap();
    let facts = parse(&files, &Limits::default(), per).facts.unwrap();
    Underlag::new(facts.known_at(per), per)
}

/// Every figure of 2024-H1 with counts under five withheld, by name.
fn shown(given: &Given) -> HashMap<String, String> {
    let underlag = underlag(&given.facts, SIST);
    let rakning = Rakning::withholding(&underlag, "2024-H1".parse().unwrap(), 5);
    siffror(&rakning).into_iter().map(|f| (f.id.to_string(), format::value(&f.value))).collect()
}

fn one(women: usize, men: usize) -> Given {
    let given = forbund().insats("a").period("2024-01-01", "2024-12-31").rekvisition("2024-K1", "1000");
    given.deltaganden(women, kvinna("2024-02-01")).deltaganden(men, man("2024-02-01"))
}

// Outside the kansli's roles … counts of people under a threshold … are withheld
#[test]
fn a_count_under_the_threshold_is_withheld_and_so_is_its_share() {
    let shown = shown(&one(4, 0));
    assert_eq!(shown["6/a/inregistrerade_K"], "..");
    assert_eq!(shown["6/summa/inregistrerade_S"], "..");
    assert_eq!(shown["malgrupp/kvinnor/andel"], "..");
    assert_eq!(shown["forvantat/a/faktiskt"], "..");
    assert_eq!(shown["kostnad/a/per_deltagare_kr"], "..", "1 000 kr ÷ 250 kr is 4");
}

// Nought is shown: it counts nobody.
#[test]
fn nought_and_the_threshold_are_shown() {
    let shown = shown(&one(5, 0));
    assert_eq!(shown["6/a/inregistrerade_K"], "5");
    assert_eq!(shown["6/a/inregistrerade_M"], "0");
    assert_eq!(shown["6/summa/inregistrerade_S"], "5");
}

// with as many more as are needed so that nothing can be subtracted back
#[test]
fn the_other_sex_is_withheld_too() {
    let shown = shown(&one(3, 20));
    assert_eq!(shown["6/a/inregistrerade_K"], "..");
    assert_eq!(shown["6/a/inregistrerade_M"], "..");
    assert_eq!(shown["6/a/inregistrerade_S"], "23");
}

// and of other insatser, the one with the fewest.
#[test]
fn one_more_insats_is_withheld_the_smallest() {
    let given = one(3, 20).insats("b").period("2024-01-01", "2024-12-31").deltaganden(30, kvinna("2024-02-01"));
    let given = given.insats("c").period("2024-01-01", "2024-12-31").deltaganden(10, kvinna("2024-02-01"));
    let shown = shown(&given.deltaganden(10, man("2024-02-01")));
    let women = ["a", "b", "c", "summa"].map(|row| shown[&format!("6/{row}/inregistrerade_K")].as_str());
    let men = ["a", "b", "c", "summa"].map(|row| shown[&format!("6/{row}/inregistrerade_M")].as_str());
    assert_eq!(women, ["..", "30", "..", "43"]);
    assert_eq!(men, ["..", "0", "..", "30"]);
}

// What is shown of a sum never leaves less than the threshold for what is withheld of it.
#[test]
fn two_small_counts_do_not_hide_each_other() {
    let given = one(1, 0).insats("b").period("2024-01-01", "2024-12-31").deltaganden(1, kvinna("2024-02-01"));
    let given = given.insats("c").period("2024-01-01", "2024-12-31").deltaganden(9, kvinna("2024-02-01"));
    let shown = shown(&given);
    assert_eq!(
        ["a", "b", "c", "summa"].map(|row| shown[&format!("6/{row}/inregistrerade_S")].as_str()),
        ["..", "..", "..", "11"]
    );
}

// A figure that is withheld has no facts, and neither formula nor facts tell it elsewhere.
#[test]
fn a_withheld_figure_has_no_facts() {
    let given = one(3, 20);
    let underlag = underlag(&given.facts, SIST);
    let rakning = Rakning::withholding(&underlag, "2024-H1".parse().unwrap(), 5);
    for figure in siffror(&rakning) {
        let groups = figure.source.facts(&rakning);
        assert!(figure.value != Value::Withheld || groups.is_empty(), "{}", figure.id);
        assert!(groups.iter().flat_map(|group| &group.facts).all(|fact| fact.noun != "deltagare"), "{}", figure.id);
    }
    pm(&rakning).each_cell(&mut |cell| assert!(cell.value != Value::Withheld || cell.formula.is_none()));
    let sum = samsyn_document::FigureId::new("6", "a", "inregistrerade_S");
    pm(&rakning).each_cell(&mut |cell| assert!(cell.figure.as_ref() != Some(&sum) || cell.formula.is_none()));
}

/// Names of counts from 1 up to the threshold, as they are.
fn small(truth: &View, threshold: i64) -> Vec<&String> {
    truth
        .iter()
        .filter(|(_, count)| count.is_some_and(|count| (1..threshold).contains(&count)))
        .map(|(name, _)| name)
        .collect()
}

/// Fails when the attacker learns a small count; gives how many counts are shown.
fn withstands(underlag: &Underlag, period: samsyn_document::Halvar, threshold: u32) -> Result<usize, String> {
    let truth = view(&Rakning::new(underlag, period));
    let rakning = Rakning::withholding(underlag, period, threshold);
    let mut seen = view(&rakning);
    // The attacker is told even the noughts, which a share of a small number hides.
    seen.iter_mut().filter(|(name, _)| truth[*name] == Some(0)).for_each(|(_, count)| *count = Some(0));
    let small = small(&truth, i64::from(threshold));
    if let Some(name) = small.iter().find(|name| seen[**name].is_some()) {
        return Err(format!("{name} is shown"));
    }
    let wrong = seen.iter().find(|(name, count)| count.is_some() && truth[*name].is_some() && **count != truth[*name]);
    if let Some((name, _)) = wrong {
        return Err(format!("{name} is wrong"));
    }
    let told = Attack::new(&rakning, &seen).run();
    match told.iter().find(|name| small.contains(name)) {
        Some(name) => Err(format!("{name} = {:?} is told", truth[name.as_str()])),
        None => Ok(seen.values().filter(|count| count.is_some()).count()),
    }
}

#[test]
fn the_demo_withstands() {
    for (period, per) in DEMO {
        let underlag = demo(per);
        let period = period.parse().unwrap();
        let shown = withstands(&underlag, period, 5).unwrap();
        assert!(shown > 100, "{period}: no more than {shown} are shown");
    }
}

// The attack is one that works: with small counts withheld and no others, it tells them.
#[test]
fn without_more_withheld_the_attacker_succeeds() {
    for (period, per) in DEMO {
        let underlag = demo(per);
        let rakning = Rakning::new(&underlag, period.parse().unwrap());
        let truth = view(&rakning);
        let small = small(&truth, 5);
        let hide = |(name, count): (&String, &Option<i64>)| (name.clone(), count.filter(|_| !small.contains(&name)));
        let told = Attack::new(&rakning, &truth.iter().map(hide).collect()).run();
        let found = small.iter().filter(|name| told.contains(name)).count();
        assert!(found * 2 > small.len(), "{period}: {found} of {}", small.len());
    }
}

/// Each deltagande so many times, so that counts are of all sizes.
fn larger(mut facts: Facts, times: &[usize]) -> Facts {
    let rows = std::mem::take(&mut facts.deltagare);
    for (i, row) in rows.into_iter().enumerate() {
        for nr in 0..times[i % times.len()] {
            let id = of(&format!("D{i}-{nr}"));
            facts.deltagare.push(samsyn_core::deltagande::Deltagande { deltagande_id: id, ..row.clone() });
        }
    }
    facts
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    // a property test tries to
    #[test]
    fn nobody_can_work_out_a_small_count(
        facts in facts(),
        times in prop::collection::vec(1usize..9, 1..8),
        period in period(),
        per in day(),
        threshold in 2u32..8,
    ) {
        let underlag = underlag(&larger(facts, &times), &per.to_string());
        prop_assert_eq!(withstands(&underlag, period, threshold).err(), None);
    }

    // The same protection holds where some insatser hand in counts, all of their months or not the last ones.
    #[test]
    fn nobody_can_work_out_a_small_count_from_months(
        facts in facts(),
        times in prop::collection::vec(1usize..9, 1..8),
        counted in 1u8..32,
        last in prop::option::weighted(0.3, 0u8..36),
        period in period(),
        per in day(),
        threshold in 2u32..8,
    ) {
        let underlag = with_counts(&larger(facts, &times).known_at(per), counted, last, per);
        prop_assert_eq!(withstands(&underlag, period, threshold).err(), None);
        tells_nothing(&underlag, period);
    }

    // Nothing is withheld when the threshold is 0 or 1.
    #[test]
    fn without_a_threshold_everything_is_shown(facts in facts(), period in period(), threshold in 0u32..2) {
        let underlag = underlag(&facts, SIST);
        let (plain, withheld) = (Rakning::new(&underlag, period), Rakning::withholding(&underlag, period, threshold));
        prop_assert_eq!(pm(&plain), pm(&withheld));
    }

    // Tables, running text and charts agree, and every sentence can be read.
    #[test]
    fn no_document_tells_a_small_count(facts in facts(), times in prop::collection::vec(1usize..9, 1..8), period in period()) {
        let underlag = underlag(&larger(facts, &times), SIST);
        tells_nothing(&underlag, period);
    }
}

#[test]
fn the_documents_of_the_demo_tell_no_small_count() {
    for (period, per) in DEMO {
        tells_nothing(&demo(per), period.parse().unwrap());
    }
}

/// Some insatser, bit by bit of `counted`, hand in counts; no later than the month `last`, counted from January 2023.
fn with_counts(facts: &Facts, counted: u8, last: Option<u8>, per: samsyn_document::Datum) -> Underlag {
    let mut facts = as_counts(facts, |nr| counted & (1 << nr) != 0);
    if let Some(last) = last.and_then(|last| Manad::new(2023 + u16::from(last / 12), last % 12 + 1)) {
        facts.manadsantal.retain(|row| row.manad <= last);
        facts.avslutsantal.retain(|row| row.manad <= last);
    }
    Underlag::new(facts, per)
}

// The demo withstands where every second insats hands in counts; and quarters and months are shown to nobody.
#[test]
fn the_demo_withstands_with_counts() {
    for (period, per) in DEMO {
        let (folder, per) = (Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo"), per.parse().unwrap());
        let files = read_dir(&folder, &Limits::default()).unwrap();
        let known = parse(&files, &Limits::default(), per).facts.unwrap().known_at(per);
        let period = period.parse().unwrap();
        for odd in [0, 1] {
            let underlag = Underlag::new(as_counts(&known, |nr| nr % 2 == odd), per);
            let shown = withstands(&underlag, period, 5).unwrap();
            assert!(shown > 60, "{period}: no more than {shown} are shown");
            assert!(!Rakning::new(&underlag, period).by_month().is_empty());
            tells_nothing(&underlag, period);
            let rakning = Rakning::withholding(&underlag, period, 5);
            for figure in (0..underlag.insatser.len()).flat_map(|insats| insatsens(&rakning, insats)) {
                assert!(!figure.source.counts_people() || figure.value == Value::Withheld, "{}", figure.id);
                assert!(
                    figure.source.facts(&rakning).iter().all(|g| !g.facts.iter().any(|f| f.noun.ends_with("antal")))
                );
            }
        }
    }
}

fn tells_nothing(underlag: &Underlag, period: samsyn_document::Halvar) {
    let plain = Rakning::new(underlag, period);
    let people: HashMap<String, bool> = siffror(&plain)
        .into_iter()
        .map(|figure| {
            let mut small = false;
            samsyn_core::calc::smatal::Key::each(&figure.source, &mut |key| {
                small |= (1..5).contains(&key.count(&plain))
            });
            (figure.id.to_string(), small)
        })
        .collect();
    let rakning = Rakning::withholding(underlag, period, 5);
    for document in [pm(&rakning), tjansteskrivelse(&rakning)] {
        let mut see = |cell: &samsyn_document::Cell| {
            let small = cell.figure.as_ref().is_some_and(|id| people[&id.to_string()]);
            assert!(!small || matches!(cell.value, Value::Withheld | Value::Missing), "{cell:?}");
        };
        document.each_cell(&mut see);
        document.sections.iter().for_each(|section| {
            each(section, &mut |block| match block {
                Block::Chart(chart) => chart.rows.iter().flat_map(|row| &row.cells).for_each(&mut see),
                Block::Paragraph(text) => reads_well(text),
                _ => {}
            })
        });
        said_in_the_legend(&document);
    }
}

fn each<'a>(section: &'a Section, see: &mut dyn FnMut(&'a Block)) {
    section.blocks.iter().for_each(&mut *see);
    section.sections.iter().for_each(|section| each(section, see));
}

/// A paragraph says something, begins with a word, and has no sign in place of a number.
fn reads_well(text: &[Inline]) {
    let said: String = text.iter().map(format::inline).collect();
    let named = matches!(text.first(), Some(Inline::Emphasis(_)));
    assert!(said.chars().next().is_some_and(|first| named || first == '[' || first.is_uppercase()), "{said:?}");
    assert!(!said.contains("  ") && !said.contains(format::WITHHELD), "{said:?}");
}

// The legend tells why a value is not shown.
fn said_in_the_legend(document: &Document) {
    let mut any = false;
    document.each_cell(&mut |cell| any |= cell.value == Value::Withheld);
    let legend = format::legend(document).unwrap_or_default();
    assert_eq!(any, legend.contains("mindre än 5 personer"), "{legend}");
}
