//! What must agree before the accounts are printed, when a year differs from the one before, and when the books count twice.

use crate::accounts::{ARSSLUT, TILL, alby, konto, objekt, run, shown, wrong};
use crate::given::{Given, of};
use samsyn_core::calc::Rakning;
use samsyn_core::calc::bokslut::stammer::{Utfall, avstamningar};
use samsyn_core::rapportstruktur::Rapportstruktur;
use samsyn_core::underlag::Underlag;
use samsyn_document::{Belopp, Halvar};

/// What is for a person to judge: what is held against what.
fn judged(given: &Given) -> Vec<String> {
    let underlag = Underlag::new(given.facts.clone(), of("2024-12-31"));
    let rakning = Rakning::new(&underlag, Halvar::new(2024, 1).unwrap());
    let all = avstamningar(&rakning).into_iter().filter(|of| of.utfall == Utfall::ArAttBedoma);
    all.map(|of| format!("{}: {}", of.vad, of.text)).collect()
}

/// The mapping as it is, and one from 2024 with these changes.
fn from_2024(given: &mut Given, change: impl Fn(&mut Rapportstruktur)) {
    let mut later = given.facts.rapportstruktur.clone();
    for run in &mut later {
        run.galler_fran = 2024;
        change(run);
    }
    given.facts.rapportstruktur.extend(later);
}

/// A note is its lines: when its number changes between years, the year before still shows the same lines in it.
#[test]
fn a_note_that_changes_its_number_keeps_its_lines() {
    let mut given = alby();
    let numbered = |run: &mut Rapportstruktur, line: &str, nr: u16| {
        if run.rad.kod() == line {
            (run.not_nr, run.notrad) = (Some(nr), Some(of("per_konto")));
        }
    };
    given.facts.kontosaldon.push(konto(ARSSLUT, 2440, 0, -7_000));
    for run in &mut given.facts.rapportstruktur {
        numbered(run, "kassa_och_bank", 14);
        numbered(run, "leverantorsskulder", 3);
    }
    from_2024(&mut given, |run| {
        run.not_nr = None;
        numbered(run, "kassa_och_bank", 3);
    });
    assert_eq!(shown(&given, &format!("not-3/1910/{TILL}")), "719");
    assert_eq!(shown(&given, &format!("not-3/1910/{ARSSLUT}")), "500");
    assert_eq!(shown(&given, &format!("not-3/summa/{ARSSLUT}")), "500");
    assert_eq!(shown(&given, &format!("not-3/2440/{ARSSLUT}")), "none");
    assert_eq!(shown(&given, &format!("not-14/1910/{ARSSLUT}")), "none");
}

/// Each note sums to its line: an account of the line that is in no note is told.
#[test]
fn a_note_without_one_of_its_lines_accounts_is_told() {
    let mut given = alby();
    given.facts.rapportstruktur.iter_mut().filter(|run| run.konto_fran == 7_020).for_each(|run| run.not_nr = None);
    let told = wrong(&given).join("\n");
    let expect = "Noterna 2024-06-30: Not 8 ger −200,20 kr men kostnader för personal är −300,40 kr.";
    assert!(told.contains(expect), "{told}");
}

/// What the year began with is held against what the year before ended with, also when an account has moved to another line
/// in between; that the year before is shown by its own mapping is told.
#[test]
fn an_account_that_moves_to_another_line_is_held_against_itself() {
    let mut given = alby();
    let opening = |given: &mut Given, account: u32, ore: i64| {
        given.facts.kontosaldon.retain(|row| row.till != of(ARSSLUT) || row.konto != account);
        given.facts.kontosaldon.push(konto(ARSSLUT, account, 0, ore));
        let now = given.facts.kontosaldon.iter_mut().find(|row| row.till == of(TILL) && row.konto == account);
        now.unwrap().ingaende_kr = Belopp::from_ore(ore);
    };
    opening(&mut given, 1_510, 20_000);
    opening(&mut given, 1_910, 30_000);
    from_2024(&mut given, |run| {
        if run.konto_fran == 1_500 {
            run.rad = of("kundfordringar");
        }
    });
    let told = wrong(&given).join("\n");
    assert!(!told.contains("Ingående balanser"), "{told}");
    let judged = judged(&given).join("\n");
    let expect =
        "Jämförelsetal: Har bytt rad sedan 2023: 1510 Konto 1510 från kortfristiga fordringar till kundfordringar.";
    assert!(judged.contains(expect), "{judged}");
    given.facts.kontosaldon.iter_mut().filter(|row| row.konto == 1_510).for_each(|row| row.ingaende_kr = Belopp::NOLL);
    let told = wrong(&given).join("\n");
    assert!(told.contains("Ingående balanser: Kundfordringar började på 0 kr men slutade på 200 kr."), "{told}");
}

/// A cost on the kansli's cost centre and on an insats's project stands on two rows of the driftsredovisning: it is told.
#[test]
fn what_is_counted_both_on_a_cost_centre_and_on_a_project_is_told() {
    let mut given = alby();
    given.facts.objektsaldon.push(objekt(6, "101", 7_010, 5_000));
    let told = wrong(&given).join("\n");
    let expect = "Kostnadsställen och projekt 2024-06-30: 7010 Konto 7010 har 200,20 kr på kostnadsställen för styrelse, kansli \
                  och projekt och 50 kr på projekt, men är 200,20 kr. Bokför projektet på ett kostnadsställe för \
                  samverkansinsatser.";
    assert!(told.contains(expect), "{told}");
    // Half on the kansli and half on the project is no more than there is.
    given.facts.objektsaldon.iter_mut().filter(|row| row.konto == 7_010).for_each(|row| {
        row.belopp_kr = Belopp::from_ore(10_010);
    });
    let told = wrong(&given).join("\n");
    assert!(!told.contains("Kostnadsställen och projekt"), "{told}");
}

/// Rounding differs in print and nowhere else, and is told apart: every line of the cash flow is rounded by itself.
#[test]
fn what_the_rounding_makes_differ_in_print_is_for_a_person_to_judge() {
    let mut given = alby();
    // 279,40 in result, 50,50 more in claims and 90,50 more in debts: 279 − 51 + 91 + 20 − 120 = 219 beside 219,40 kr.
    for (account, ore) in [(1_510, 5_050), (2_440, -9_050)] {
        let rows = given.facts.kontosaldon.iter_mut();
        rows.filter(|row| row.konto == account && row.till == of(TILL))
            .for_each(|row| row.utgaende_kr = Belopp::from_ore(ore));
    }
    assert!(!wrong(&given).iter().any(|text| text.starts_with("Kassa")), "{:?}", wrong(&given));
    let told = judged(&given);
    assert!(told.is_empty(), "{told:?}");
    // A claim of 50 öre, paid: 279 − 51 + 90 + 20 − 120 = 218, and liquid funds are 718,90 − 500 = 219.
    for (account, ore) in [(1_910, 71_890), (2_440, -9_000)] {
        let rows = given.facts.kontosaldon.iter_mut();
        rows.filter(|row| row.konto == account && row.till == of(TILL))
            .for_each(|row| row.utgaende_kr = Belopp::from_ore(ore));
    }
    assert!(!wrong(&given).iter().any(|text| text.starts_with("Kassa")), "{:?}", wrong(&given));
    let told = judged(&given).join("\n");
    let expect = "Kassaflödet i tryck 2024-06-30: I hela kronor skiljer 1 kr mellan kassaflödet och förändringen av likvida medel";
    assert!(told.contains(expect), "{told}");
}

/// A result that the program has booked stays on its account until it is moved: it is last year's result till then.
#[test]
fn a_booked_result_is_last_years_until_it_is_moved() {
    let mut given = alby();
    given.facts.rapportstruktur.push(run(8999, 8999, "bokfort_resultat", None));
    given.facts.rapportstruktur.insert(0, run(2099, 2099, "bokfort_resultat", None));
    given.facts.rapportstruktur.iter_mut().filter(|run| run.konto_fran == 2_000).for_each(|run| run.konto_till = 2_098);
    // The year before booked its result of 100 kr; it still stands there.
    given.facts.kontosaldon.push(konto(ARSSLUT, 8999, 0, 10_000));
    given.facts.kontosaldon.push(konto(ARSSLUT, 2099, 0, -10_000));
    given.facts.kontosaldon.push(konto(TILL, 2099, -10_000, -10_000));
    let rows = given.facts.kontosaldon.iter_mut();
    rows.filter(|row| row.konto == 2_010 && row.till == of(TILL)).for_each(|row| {
        (row.ingaende_kr, row.utgaende_kr) = (Belopp::from_ore(-40_000), Belopp::from_ore(-40_000));
    });
    assert_eq!(shown(&given, &format!("balansrakning/redovisat_resultat_fg_ar/{ARSSLUT}")), "0");
    assert_eq!(shown(&given, &format!("balansrakning/redovisat_resultat_fg_ar/{TILL}")), "100");
    assert_eq!(shown(&given, &format!("balansrakning/periodens_resultat/{TILL}")), "279");
    let told = wrong(&given);
    let broken = |text: &&String| !text.starts_with("Projekt");
    assert!(told.iter().find(broken).is_none(), "{told:?}");
}

/// Income with a row of its own stands there and nowhere else, also when its project is mapped to nothing.
#[test]
fn income_of_an_unmapped_project_is_counted_once() {
    let mut given = alby();
    given.facts.rapportstruktur.push(run(8_000, 8_099, "eu_bidrag", None));
    given.facts.kontosaldon.push(konto(TILL, 8_000, 0, -200_000_000));
    given.facts.objektsaldon.push(objekt(6, "999", 8_000, -200_000_000));
    given.facts.objektsaldon.push(objekt(6, "999", 4_010, 30_010_000));
    assert_eq!(shown(&given, "driftsredovisning/eu_bidrag/utfall_tkr"), "2000");
    assert_eq!(shown(&given, "driftsredovisning/projekt-999/utfall_tkr"), "-300");
    assert_eq!(shown(&given, &format!("samverkansinsatser/projekt-999/{TILL}_tkr")), "300");
}

/// The accounts are of the calendar year: a file of another year says so before anything is printed.
#[test]
fn a_broken_financial_year_is_told() {
    let mut given = alby();
    given.facts.bokslut[0].fran = of("2023-07-01");
    let told = wrong(&given).join("\n");
    let expect =
        "Räkenskapsåret 2024-06-30: Räkenskapsåret i bokslutet började 2023-07-01, men rapporten visar det som januari";
    assert!(told.contains(expect), "{told}");
}

/// A förbund may do without cost centres and projects: that is for a person to judge, and nobody is told to mend it.
#[test]
fn a_closing_without_cost_centres_and_projects_is_judged() {
    let mut given = alby();
    given.facts.objektsaldon.clear();
    assert!(wrong(&given).is_empty(), "{:?}", wrong(&given));
    let told = judged(&given);
    for what in ["Kostnadsställen 2024-06-30: Bokslutet har inga", "Projekt 2024-06-30: Bokslutet har inga"] {
        assert!(told.iter().any(|text| text.starts_with(what)), "{told:?}");
    }
}

/// What is more than the rounding of some thirty lines is wrong to the öre, and is not called rounding.
#[test]
fn a_large_difference_is_not_called_rounding() {
    let mut given = alby();
    given.facts.kontosaldon.iter_mut().filter(|row| row.konto == 2_010).for_each(|row| row.utgaende_kr = Belopp::NOLL);
    assert!(wrong(&given).iter().any(|text| text.starts_with("Balansräkningen")), "{:?}", wrong(&given));
    assert!(!judged(&given).iter().any(|text| text.contains("avrundas")), "{:?}", judged(&given));
}
