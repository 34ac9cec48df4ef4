//! Small sets of facts, and what the checks say of them. A fact is a line as in its file; columns
//! after the last one written are empty.

use super::*;
use crate::{Fact, for_every_noun};
use samsyn_document::Halvar;

/// One insats with a period, a report and a requisition in time, to which a test adds lines.
const BASE: &[(&str, &str)] = &[
    ("forbund", "f;Samordningsförbundet Alby"),
    ("insatser", "a;Alby;Insats A;;individ"),
    ("insatsperioder", "a;2024-01-01;2024-06-30;2023-11-20"),
    ("budget", "a;2024-K1;1000"),
    ("budget", "a;2024-K2;1000"),
];

fn parse<F: Fact>(line: &str) -> F {
    let cells: Vec<&str> = line.split(';').collect();
    let cell = |i: usize| cells.get(i).copied().unwrap_or_default();
    F::parse(&cell, &mut |field, error| panic!("{line}: {} {}", F::FIELDS[field], error.what)).unwrap()
}

fn facts(lines: &[(&str, &str)]) -> Facts {
    let mut facts = Facts::default();
    for (noun, line) in BASE.iter().chain(lines) {
        macro_rules! push {
            ($($field:ident: $type:ty,)+) => {
                match *noun {
                    $(<$type as Fact>::RESOURCE => facts.$field.push(parse(line)),)+
                    other => panic!("{other}"),
                }
            };
        }
        for_every_noun!(push);
    }
    facts
}

fn day(text: &str) -> Datum {
    Datum::parse(text).unwrap()
}

/// Findings as people read them, without the remedy.
fn told(findings: Vec<Finding>) -> Vec<String> {
    let text = |finding: Finding| Finding { hint: String::new(), ..finding }.to_string();
    findings.into_iter().map(text).collect()
}

fn fel_in(lines: &[(&str, &str)]) -> Vec<String> {
    told(fel(&facts(lines)))
}

fn varningar_in(lines: &[(&str, &str)], today: &str) -> Vec<String> {
    told(varningar(&facts(lines), day(today)))
}

fn periodens_in(lines: &[(&str, &str)], half: &str, per: &str) -> Vec<String> {
    told(periodens(&facts(lines), half.parse::<Halvar>().unwrap(), day(per)))
}

/// A report of `a` on `quarter`, handed in on `day`, with the answer on target group and method.
fn report(quarter: &str, day: &str, departs: &str) -> String {
    format!("a;{quarter};{day};ja;nås;nej;nej;ja;ja;ja;ja;ja;ja;ja;ja;{departs}")
}

#[test]
fn what_is_whole_has_no_findings() {
    assert_eq!(fel_in(&[]), [""; 0]);
    assert_eq!(varningar_in(&[], "2030-01-01"), [""; 0]);
}

/// What the kansli and the parties write is about an insats, an avvikelse and a member that there are.
#[test]
fn a_judgement_about_nothing_is_told() {
    let good = [
        ("medlemmar", "Alby;kommun"),
        ("avvikelser", "A1;a;2024-02-01;budget"),
        ("slutrapporter", "a;Att pröva"),
        ("partskommentarer", "a;Alby;Bra"),
        ("kommentarer", "insats;a;2024-H1;Bra"),
        ("kommentarer", "avvikelse;A1;2024-H1;Bra"),
        ("ljusval", "a;2024-H1;gul;Vakans"),
    ];
    assert_eq!(fel_in(&good), [""; 0]);
    assert_eq!(varningar_in(&good, "2024-03-01"), [""; 0]);
    for line in [
        ("slutrapporter", "b;Att pröva"),
        ("partskommentarer", "b;Alby;Bra"),
        ("partskommentarer", "a;Ceså;Bra"),
        ("kommentarer", "insats;A1;2024-H1;Bra"),
        ("kommentarer", "avvikelse;a;2024-H1;Bra"),
        ("ljusval", "b;2024-H1;gul;Vakans"),
    ] {
        let found = fel_in(&[&good[..], &[line]].concat());
        assert!(found.len() == 1 && found[0].contains(&format!("{}.csv", line.0)), "{line:?}: {found:?}");
    }
    let late = [&good[..], &[("kommentarer", "avvikelse;A1;2024-H2;Bra")]].concat();
    assert_eq!(
        varningar_in(&late, "2024-03-01"),
        ["VARNING: kommentarer.csv, avvikelse/A1/2024-H2, kolumn \"halvar\": Avvikelsen lämnades in 2024-02-01, inte \
          under 2024-H2."]
    );
}

/// redovisas_med names an earlier insats that this one continues. Cycles are an error.
#[test]
fn every_circle_is_told_once() {
    let insats = |line| ("insatser", line);
    let period = |line| ("insatsperioder", line);
    let found = fel_in(&[
        insats("b;Alby;B;;individ;;c"),
        insats("c;Alby;C;;individ;;d"),
        insats("d;Alby;D;;individ;;c"),
        insats("e;Alby;E;;individ;;e"),
        insats("g;Alby;G;;individ;;a"),
        period("b;2024-01-01;2024-06-30;2023-11-20"),
        period("c;2024-01-01;2024-06-30;2023-11-20"),
        period("d;2024-01-01;2024-06-30;2023-11-20"),
        period("e;2024-01-01;2024-06-30;2023-11-20"),
        period("g;2024-01-01;2024-06-30;2023-11-20"),
    ]);
    assert_eq!(
        found,
        [
            "FEL: insatser.csv, c, kolumn \"redovisas_med\": Insatserna redovisas med varandra i en cirkel: c → d → c.",
            "FEL: insatser.csv, e, kolumn \"redovisas_med\": Insatserna redovisas med varandra i en cirkel: e → e.",
        ]
    );
}

/// An anonymous person is only counted, never exited, no outcome.
#[test]
fn an_anonymous_person_has_no_exit() {
    let found = |line| fel_in(&[("deltagare", line)]).len();
    assert_eq!(found("1;a;;;2024-02-01;2024-02-01;;;;;;;;;;;;;;ja"), 0);
    assert_eq!(found("1;a;K;1990;2024-02-01;2024-02-01;gymnasium;;;;;;;;;;;;2024-03-01;ja"), 0);
    assert_eq!(found("1;a;;;2024-02-01;2024-02-01;;;;2024-03-01;2024-03-01;flytt;;;;;;;;ja"), 1);
    assert_eq!(found("1;a;;;2024-02-01;2024-02-01;;;;;;;;;;;;ingen;;ja"), 1);
}

/// An exit may be registered before its enrolment is; a day may be registered on itself.
#[test]
fn registrations_in_any_order_are_accepted() {
    let line = "1;a;K;1990;2024-02-01;2024-05-01;;;;2024-02-01;2024-02-01;flytt;;;nej;nej;ja;ingen;;nej";
    assert_eq!(fel_in(&[("deltagare", line)]), [""; 0]);
}

/// Outside every decided period of its chain: superseded decisions and other links count.
#[test]
fn superseded_periods_and_other_links_are_periods_too() {
    let lines = [
        ("insatsperioder", "a;2024-04-01;2024-09-30;2024-02-01"),
        ("insatser", "b;Alby;B;;individ;;a"),
        ("insatsperioder", "b;2025-01-01;2025-12-31;2024-10-01"),
    ];
    let at = |quarter: &str| {
        let line = format!("a;{quarter};10");
        let mut lines = lines.to_vec();
        lines.push(("budget", &line));
        varningar_in(&lines, "2026-12-31").iter().filter(|told| told.contains("utanför")).count()
    };
    assert_eq!(["2023-K4", "2024-K1", "2024-K3", "2024-K4", "2025-K4", "2026-K1"].map(at), [1, 0, 0, 1, 0, 1]);
    let enrolled = |day: &str| {
        let line = format!("1;b;K;1990;{day};{day};;;;;;;;;;;;;;nej");
        let mut lines = lines.to_vec();
        lines.push(("deltagare", &line));
        varningar_in(&lines, "2026-12-31").iter().filter(|told| told.contains("utanför")).count()
    };
    assert_eq!(["2023-12-31", "2024-01-01", "2024-12-31", "2025-12-31", "2026-01-01"].map(enrolled), [1, 0, 1, 0, 1]);
}

/// Reports are missed in the quarters that the reports at hand span, once they were due.
#[test]
fn a_report_is_missed_when_it_was_due() {
    let (first, last) = (report("2024-K1", "2024-04-20", "nej"), "b;2024-K3;2024-07-20;ja;nås");
    let last = format!("{last};nej;nej;ja;ja;ja;ja;ja;ja;ja;ja;nej");
    let lines = [
        ("insatser", "b;Alby;B;;struktur"),
        ("insatser", "c;Alby;C;;struktur"),
        ("insatsperioder", "b;2024-07-01;2024-12-31;2023-11-20"),
        ("insatsperioder", "a;2024-01-01;2024-12-31;2024-05-20"),
        ("insatsperioder", "c;2024-01-01;2024-03-31;2023-11-20"),
        ("kvartalsrapporter", first.as_str()),
        ("kvartalsrapporter", last.as_str()),
    ];
    let at = |today| varningar_in(&lines, today).into_iter().filter(|told| told.contains("saknas")).collect::<Vec<_>>();
    let second = "VARNING: kvartalsrapporter.csv, a/2024-K2: Kvartalsrapporten för 2024-K2 saknas; den skulle ha \
                  lämnats 2024-07-31.";
    let other = "VARNING: kvartalsrapporter.csv, c/2024-K1: Kvartalsrapporten för 2024-K1 saknas; den skulle ha \
                 lämnats 2024-04-30.";
    assert_eq!(at("2024-04-30"), [""; 0]);
    assert_eq!(at("2024-05-01"), [other]);
    assert_eq!(at("2024-07-31"), [other]);
    assert_eq!(at("2024-08-01"), [second, other]);
    assert_eq!(at("2030-01-01").len(), 3, "K3, but not K4, which no report is from");
}

/// A report and avvikelser on target group or method say the same, seen until the report is handed in.
#[test]
fn report_and_deviation_agree() {
    let at = |handed_in: &str, answers: [&str; 2]| {
        let deviation = format!("A1;a;{handed_in};malgrupp_metod|tid");
        let reports = [report("2024-K1", "2024-04-20", answers[0]), report("2024-K2", "2024-07-20", answers[1])];
        let lines = [
            ("avvikelser", deviation.as_str()),
            ("kvartalsrapporter", reports[0].as_str()),
            ("kvartalsrapporter", reports[1].as_str()),
        ];
        let kinds = |told: &String| told.split(", ").nth(1).filter(|_| told.contains("säger")).map(str::to_owned);
        varningar_in(&lines, "2024-06-01").iter().filter_map(kinds).collect::<Vec<_>>()
    };
    assert_eq!(at("2024-02-01", ["ja", "nej"]), [""; 0]);
    assert_eq!(at("2024-02-01", ["nej", "nej"]), ["a/2024-K1"]);
    assert_eq!(at("2024-04-20", ["ja", "nej"]), [""; 0], "told of in the report handed in the same day");
    assert_eq!(at("2024-04-21", ["ja", "nej"]), ["a/2024-K1", "a/2024-K2"]);
    assert_eq!(at("2024-02-01", ["ja", "ja"]), ["a/2024-K2"]);
}

/// A claimed registration in the future.
#[test]
fn what_is_registered_today_is_not_in_the_future() {
    let lines =
        [("rekvisitioner", "a;2024-K1;900;2024-05-02"), ("avvikelser", "A1;a;2024-05-02;tid;;;;bifall;2024-05-03")];
    assert_eq!(varningar_in(&lines, "2024-05-03"), [""; 0]);
    assert_eq!(
        varningar_in(&lines, "2024-05-02"),
        ["VARNING: avvikelser.csv, A1, kolumn \"beslutad\": Registreringsdatumet 2024-05-03 ligger i framtiden."]
    );
}

/// Nobody is said to be still enrolled after the last day that the facts say anything about.
#[test]
fn still_enrolled_is_told_when_it_can_be_known() {
    let one = "1;a;K;1990;2024-02-01;2024-02-01;;;;;;;;;;;;;;nej";
    let other = "2;a;K;1990;2024-02-01;2024-02-01;;;;2024-06-30;2024-07-01;flytt;;;nej;nej;ja;ingen;;nej";
    assert_eq!(varningar_in(&[("deltagare", one)], "2024-12-31"), [""; 0]);
    let found = varningar_in(&[("deltagare", one), ("deltagare", other)], "2024-12-31");
    assert_eq!(found, ["VARNING: insatser.csv, a: 1 inskrivning saknar utskrivning fast insatsen slutade 2024-06-30."]);
}

/// What lacks in a half-year, for each insats that its latest decided period overlaps, from the day
/// on which it was due.
#[test]
fn a_half_year_lacks_what_was_due() {
    let claim = ("rekvisitioner", "a;2024-K1;900;2024-04-30");
    let missing = |per| periodens_in(&[claim], "2024-H1", per);
    assert_eq!(missing("2024-04-29"), [""; 0]);
    let first = "VARNING: kvartalsrapporter.csv, a/2024-K1: Kvartalsrapporten för 2024-K1 saknas; den skulle ha \
                 lämnats 2024-04-30.";
    assert_eq!(missing("2024-04-30"), [first]);
    assert_eq!(missing("2024-07-31").len(), 3, "two reports and a requisition");
    assert_eq!(periodens_in(&[claim], "2024-H2", "2025-07-31"), [""; 0], "the insats has ended");
}

/// Worst first: what contradicts or is missing, then what came late.
#[test]
fn a_half_year_is_told_worst_first() {
    let reports = [report("2024-K1", "2024-05-02", "nej"), report("2024-K2", "2024-07-31", "nej")];
    let found = periodens_in(
        &[
            ("kvartalsrapporter", &reports[0]),
            ("kvartalsrapporter", &reports[1]),
            ("rekvisitioner", "a;2024-K1;1000,01;2024-05-01"),
            ("rekvisitioner", "a;2024-K2;1000;2024-07-31"),
            ("avvikelser", "A1;a;2024-06-30;budget;;500;2025"),
            ("avvikelser", "A2;a;2024-06-30;tid"),
            ("avvikelser", "A3;a;2024-07-01;budget;;500;2025"),
            ("mal", "a;1;Mål"),
            ("mal", "a;2;Mål"),
            ("malutfall", "a;2;2024-K2;7"),
            ("deltagare", "1;a;K;1990;2024-02-01;2024-02-01;;;;2024-06-30;2024-07-01;flytt;;;nej;nej;;ingen;;nej"),
            ("deltagare", "2;a;K;1990;2023-02-01;2024-02-01;;;;2023-06-30;2024-07-01;flytt;;;;;;;;nej"),
        ],
        "2024-H1",
        "2024-08-30",
    );
    assert_eq!(
        found,
        [
            "VARNING: avvikelser.csv, A1, kolumn \"beslut\": Avvikelsen lämnades in 2024-06-30 med begäran om \
             överföring och väntar på beslut.",
            "VARNING: insatser.csv, a: Avslutade sedan 2024-01-01 saknar plan vid avslut för 1.",
            "VARNING: rekvisitioner.csv, a/2024-K1, kolumn \"belopp_kr\": Rekvisitionen 1\u{a0}000,01\u{a0}kronor är \
             över budgeten 1\u{a0}000\u{a0}kronor för 2024-K1.",
            "UPPLYSNING: avvikelser.csv, A2, kolumn \"beslut\": Avvikelsen lämnades in 2024-06-30 och har inget beslut.",
            "UPPLYSNING: insatser.csv, a: Inget utfall är redovisat i 2024-H1 för mål 1.",
            "UPPLYSNING: kvartalsrapporter.csv, a/2024-K1, kolumn \"inlamnad\": Rapporten lämnades 2024-05-02; sista \
             dag var 2024-04-30.",
            "UPPLYSNING: rekvisitioner.csv, a/2024-K1, kolumn \"inkommen\": Rekvisitionen kom 2024-05-01; sista dag \
             var 2024-04-30.",
        ]
    );
}

/// Counts contradict neither themselves nor the single inskrivningar of their insats.
#[test]
fn counts_that_cannot_be_are_told() {
    let month = ("manadsantal", "a;2024-02;K;3;3;2024-03-01");
    let exits = |numbers: &str| fel_in(&[month, ("avslutsantal", &format!("a;2024-02;K;flytt;{numbers};2024-03-01"))]);
    assert_eq!(exits("2;2;2"), [""; 0]);
    assert_eq!(
        exits("2;3;0"),
        [
            "FEL: avslutsantal.csv, a/2024-02/K/flytt, kolumn \"till_arbete_studier\": 3 är fler än de 2 som skrivits ut."
        ]
    );
    assert!(exits("2;0;3")[0].contains("kolumn \"med_plan\""));
    let early = fel_in(&[("manadsantal", "a;2024-02;K;3;3;2024-01-31")]);
    let told = "FEL: manadsantal.csv, a/2024-02/K, kolumn \"inkommen\": Antalen kom in 2024-01-31 innan februari 2024 började.";
    assert_eq!(early, [told]);
    assert_eq!(fel_in(&[("manadsantal", "a;2024-02;K;3;3;2024-02-01")]), [""; 0]);
    assert_eq!(fel_in(&[("manadsantal", "b;2024-02;K;3;3;2024-03-01")]).len(), 1);
    assert_eq!(fel_in(&[("avslutsantal", "b;2024-02;K;flytt;3;3;0;2024-03-01")]).len(), 1);
}

/// A single inskrivning lies wholly before or after the months that its insats counts.
#[test]
fn nobody_is_counted_twice() {
    let counts =
        [("manadsantal", "a;2024-02;K;3;3;2024-03-01"), ("avslutsantal", "a;2024-03;K;flytt;3;0;0;2024-04-01")];
    let with = |single: &str| fel_in(&[&counts[..], &[("deltagare", single)]].concat());
    let out = |enrolled: &str, day: &str| format!("1;a;K;1990;{enrolled};{enrolled};;;;{day};{day};flytt;;;;;;;;nej");
    for (enrolled, day) in [("2024-01-05", "2024-01-31"), ("2024-04-01", "2024-04-02")] {
        assert_eq!(with(&out(enrolled, day)), [""; 0]);
    }
    assert_eq!(with("1;a;K;1990;2024-04-01;2024-04-01;;;;;;;;;;;;;;nej"), [""; 0]);
    // Not cancelled, not anonymous.
    assert_eq!(with("1;a;K;1990;2024-02-01;2024-02-01;;;;;;;;;;;;;2024-03-01;nej"), [""; 0]);
    assert_eq!(with("1;a;;;2024-02-01;2024-02-01;;;;;;;;;;;;;;ja"), [""; 0]);
    for (enrolled, day) in [("2024-01-05", "2024-02-01"), ("2024-03-31", "2024-04-01"), ("2024-02-10", "2024-02-11")] {
        let told = "FEL: manadsantal.csv, a/2024-02/K, kolumn \"manad\": Insatsen har lämnat antal för månaderna februari \
                    2024 till mars 2024 och också 1 enskild inskrivning i den tiden.";
        assert_eq!(with(&out(enrolled, day)), [told]);
    }
    assert_eq!(with("1;a;K;1990;2024-01-05;2024-01-05;;;;;;;;;;;;;;nej").len(), 1, "never exited");
}

/// Counts that are odd: months that do not follow, that lack, lie ahead or outside.
#[test]
fn odd_counts_are_told() {
    let told = |lines: &[(&str, &str)]| varningar_in(lines, "2024-05-10");
    let (january, march) =
        (("manadsantal", "a;2024-01;K;3;3;2024-02-01"), ("manadsantal", "a;2024-03;K;0;5;2024-04-01"));
    let february = |numbers: &str| format!("a;2024-02;K;{numbers};2024-03-01");
    let exits = ("avslutsantal", "a;2024-02;K;flytt;1;0;0;2024-03-01");
    assert_eq!(told(&[january, ("manadsantal", &february("2;4")), exits]), [""; 0]);
    assert_eq!(
        told(&[january, ("manadsantal", &february("2;5")), exits]),
        [
            "VARNING: manadsantal.csv, a/2024-02/K, kolumn \"pagaende\": 3 pågick vid slutet av januari 2024, 2 skrevs in \
             och 1 ut: då pågår 4, inte 5."
        ]
    );
    // A sex without a row is nought.
    let men = told(&[january, ("manadsantal", "a;2024-02;M;1;2;2024-03-01")]);
    assert!(men.len() == 1 && men[0].contains("då pågår 1, inte 2"), "{men:?}");
    assert_eq!(
        told(&[january, march]),
        ["VARNING: manadsantal.csv, a/2024-03/K, kolumn \"manad\": Antal saknas för februari 2024."]
    );
    let alone = told(&[january, exits]);
    assert!(alone.len() == 1 && alone[0].contains("Inskrivna och pågående saknas för februari 2024."), "{alone:?}");
    let ahead = told(&[("manadsantal", "a;2024-06;K;3;3;2024-06-01")]);
    assert!(ahead.len() == 1 && ahead[0].contains("juni 2024 ligger i framtiden."), "{ahead:?}");
    let outside = told(&[("manadsantal", "a;2023-12;K;3;3;2024-01-01")]);
    assert!(outside.len() == 1 && outside[0].contains("Antalen för december 2023 ligger utanför"), "{outside:?}");
    let other = [
        ("insatser", "s;Alby;Insats S;;struktur"),
        ("insatsperioder", "s;2024-01-01;2024-06-30;2023-11-20"),
        ("manadsantal", "s;2024-01;K;3;3;2024-02-01"),
    ];
    let other = told(&other);
    assert!(other.len() == 1 && other[0].contains("En strukturinsats har lämnat antal deltagare."), "{other:?}");
}

/// Those ongoing in the last month counted are told of by nothing more.
#[test]
fn those_left_behind_are_told() {
    let june = |ongoing: u32| format!("a;2024-06;K;3;{ongoing};2024-07-01");
    let told = |ongoing: u32, more: &[(&str, &str)]| {
        varningar_in(&[&[("manadsantal", june(ongoing).as_str())], more].concat(), "2024-09-10")
    };
    let longer = [("insatsperioder", "a;2024-01-01;2024-12-31;2023-12-01")];
    let single = ("deltagare", "1;a;K;1990;2024-07-05;2024-07-05;;;;;;;;;;;;;;nej");
    let of =
        |all: Vec<String>| all.into_iter().filter(|line| line.contains("pågår") || line.contains("pågick")).count();
    assert_eq!(of(told(0, &[])), 0);
    assert_eq!(of(told(2, &longer)), 0);
    let ended = told(2, &[]);
    assert!(
        ended.iter().any(|line| line.contains("2 pågår i juni 2024 fast insatsen slutade 2024-06-30.")),
        "{ended:?}"
    );
    assert_eq!(of(told(2, &[longer[0], single])), 1);
    assert_eq!(of(told(0, &[longer[0], single])), 0);
}

/// The checks of a half-year name the months that lack, in which the insats runs.
#[test]
fn a_half_year_names_the_months_that_lack() {
    let lacking = |more: &[(&str, &str)], per: &str| -> Vec<String> {
        let all = periodens_in(&[&[("manadsantal", "a;2024-02;K;3;0;2024-03-01")], more].concat(), "2024-H1", per);
        all.into_iter().filter(|line| line.contains("Antal deltagare saknas")).collect()
    };
    let told = "VARNING: insatser.csv, a: Antal deltagare saknas för mars 2024, april 2024, maj 2024 och juni 2024.";
    assert_eq!(lacking(&[], "2024-08-30"), [told]);
    let april = [("manadsantal", "a;2024-04;M;0;0;2024-05-01")];
    assert!(lacking(&april, "2024-05-10")[0].ends_with("för mars 2024 och maj 2024."));
    // From when it hands in single inskrivningar none lacks.
    let single = ("deltagare", "1;a;K;1990;2024-05-05;2024-05-05;;;;;;;;;;;;;;nej");
    assert!(lacking(&[april[0], single], "2024-08-30")[0].ends_with("för mars 2024."));
}

/// Lag (2003:1210) 5 §: what the fees come to is a sum of whole kronor, and a rule that rounds each share by itself leaves
/// the difference to a kommun of the förbund.
#[test]
fn what_no_fee_can_be_counted_from_is_told() {
    let members = [("medlemmar", "Alby;kommun"), ("medlemmar", "Regionen;region")];
    let with = |lines: &[(&'static str, &'static str)]| [&members[..], lines].concat();
    let good = with(&[
        ("medlemsavgifter", "2022;23090000"),
        ("medlemsavgifter", "2023;0"),
        ("folkmangd", "Alby;2021-11-01;1"),
        ("avgiftsregler", "2022;avrunda_var_for_sig;Alby;2021-11-01"),
        ("avgiftsregler", "2023;storsta_rest;Alby;2021-11-01"),
        ("sparandesteg", "2013-10-02;0;20;;Skrivelse"),
        ("sparandesteg", "2013-10-02;5000000;100;4000000;Skrivelse"),
    ]);
    assert_eq!(fel_in(&good), [""; 0]);
    assert_eq!(varningar_in(&good, "2024-03-01"), [""; 0]);
    let stops = |line| fel_in(&with(&[line]));
    let place = "FEL: medlemsavgifter.csv, 2022, kolumn \"totalt_kr\":";
    assert_eq!(stops(("medlemsavgifter", "2022;-1")), [format!("{place} Summan är negativ: −1\u{a0}kronor.")]);
    assert_eq!(stops(("medlemsavgifter", "2022;1,50")), [format!("{place} Summan är inte hela kronor.")]);
    let rule = "avgiftsregler.csv, 2022, kolumn \"rest_till\":";
    let region = "Regionen är ingen kommun och kan inte ta skillnaden.";
    let each = ("avgiftsregler", "2022;avrunda_var_for_sig;Regionen;2021-11-01");
    assert_eq!(stops(each), [format!("FEL: {rule} {region}")]);
    // One that is no member at all is told once, whatever the method.
    for method in ["avrunda_var_for_sig", "storsta_rest"] {
        let line = format!("2022;{method};Ceså;2021-11-01");
        let lines = [&members[..], &[("avgiftsregler", line.as_str())]].concat();
        assert_eq!((fel_in(&lines).len(), varningar_in(&lines, "2024-03-01").len()), (1, 0), "{method}");
    }
    let step = |rest: &str| fel_in(&[("sparandesteg", format!("2013-10-02;{rest}").as_str())]);
    assert!(step("0;;;Skrivelse")[0].ends_with("Steget säger inte hur mycket som högst bör sparas."));
    assert!(step("-1;20;;Skrivelse")[0].ends_with("Intäkten är negativ: −1\u{a0}kronor."));
    assert!(step("0;;-1;Skrivelse")[0].ends_with("Gränsen är negativ: −1\u{a0}kronor."));
    let odd = |line| varningar_in(&with(&[line]), "2024-03-01");
    assert_eq!(
        odd(("avgiftsregler", "2022;storsta_rest;Regionen;2021-11-01")),
        [format!("VARNING: {rule} {region}")],
        "with the largest remainder nobody takes a difference"
    );
    assert!(odd(("avgiftsregler", "2022;avrunda_var_for_sig;;2021-11-01"))[0].contains("Ingen kommun tar skillnaden"));
    assert_eq!(
        odd(("folkmangd", "Alby;2021-11-01;0")),
        ["VARNING: folkmangd.csv, Alby/2021-11-01, kolumn \"antal\": Folkmängden 2021-11-01 är noll."]
    );
    assert!(odd(("sparandesteg", "2013-10-02;0;101;;Skrivelse"))[0].contains("större än årets intäkt"));
}
