//! The accounts: lines, notes, sums, cash flow, driftsredovisning, and what must agree.

use crate::given::{Given, forbund, of};
use proptest::prelude::*;
use samsyn_core::bokslut::Bokslut;
use samsyn_core::calc::bokslut::stammer::{Utfall, avstamningar};
use samsyn_core::calc::{Rakning, siffra};
use samsyn_core::kontosaldo::Kontosaldo;
use samsyn_core::kostnadsstalle::Kostnadsstalle;
use samsyn_core::objektsaldo::Objektsaldo;
use samsyn_core::planpost::Planpost;
use samsyn_core::projektkoppling::Projektkoppling;
use samsyn_core::rapportstruktur::Rapportstruktur;
use samsyn_core::underlag::Underlag;
use samsyn_document::{Belopp, FigureId, Formula, Halvar, Value, format};

pub const TILL: &str = "2024-06-30";
pub const ARSSLUT: &str = "2023-12-31";

/// A run of accounts: the first, the last, the line, the note and its row.
pub fn run(from: u32, to: u32, rad: &str, note: Option<(u16, &str)>) -> Rapportstruktur {
    Rapportstruktur {
        galler_fran: 2018,
        konto_fran: from,
        konto_till: to,
        rad: of(rad),
        not_nr: note.map(|(number, _)| number),
        notrad: note.map(|(_, name)| of(name)),
    }
}

/// An account at a closing: opening and closing balance in öre, with the sign of the bookkeeping.
pub fn konto(till: &str, konto: u32, ingaende: i64, utgaende: i64) -> Kontosaldo {
    Kontosaldo {
        till: of(till),
        konto,
        namn: format!("Konto {konto}"),
        ingaende_kr: Belopp::from_ore(ingaende),
        utgaende_kr: Belopp::from_ore(utgaende),
    }
}

pub fn objekt(dimension: u16, kod: &str, konto: u32, ore: i64) -> Objektsaldo {
    let namn = Some(format!("Objekt {kod}"));
    Objektsaldo { till: of(TILL), dimension, objekt: of(kod), namn, konto, belopp_kr: Belopp::from_ore(ore) }
}

/// A half-year: fees 1 000 kr and 50 öre, insatser 400,70, staff 300,40, machines bought for 120 and worn by 20.
pub fn alby() -> Given {
    let mut given = forbund().insats("a").period("2024-01-01", "2024-12-31");
    let facts = &mut given.facts;
    let bokslut = |till: &str, fran: &str| Bokslut { till: of(till), fran: of(fran), program: None, raknat_ur: None };
    facts.bokslut = vec![bokslut(TILL, "2024-01-01"), bokslut(ARSSLUT, "2023-01-01")];
    facts.rapportstruktur = vec![
        run(1200, 1299, "materiella_anlaggningstillgangar", None),
        run(1500, 1599, "kortfristiga_fordringar", None),
        run(1900, 1999, "kassa_och_bank", None),
        run(2000, 2099, "overskott_tidigare_ar", None),
        run(2400, 2499, "leverantorsskulder", None),
        run(3000, 3999, "rorelseintakter", Some((2, "medlemsavgifter"))),
        run(4010, 4010, "samverkansinsatser", Some((5, "per_projekt"))),
        run(7010, 7010, "personal", Some((8, "lon"))),
        run(7020, 7029, "personal", Some((8, "per_konto"))),
        run(7830, 7830, "avskrivningar", None),
    ];
    facts.kontosaldon = vec![
        konto(ARSSLUT, 1910, 0, 50_000),
        konto(ARSSLUT, 2010, 0, -40_000),
        konto(ARSSLUT, 3010, 0, -10_000),
        konto(TILL, 1210, 0, 10_000),
        konto(TILL, 1510, 0, 5_000),
        konto(TILL, 1910, 50_000, 71_940),
        konto(TILL, 2010, -50_000, -50_000),
        konto(TILL, 2440, 0, -9_000),
        konto(TILL, 3010, 0, -100_050),
        konto(TILL, 4010, 0, 40_070),
        konto(TILL, 7010, 0, 20_020),
        konto(TILL, 7021, 0, 10_020),
        konto(TILL, 7830, 0, 2_000),
    ];
    facts.objektsaldon = vec![
        objekt(1, "20", 7010, 20_020),
        objekt(1, "20", 7021, 10_020),
        objekt(1, "40", 4010, 40_070),
        objekt(6, "101", 4010, 30_050),
        objekt(6, "199", 4010, 10_020),
    ];
    facts.projektkopplingar =
        vec![Projektkoppling { galler_fran: 2018, sie_projekt: of("101"), insats_id_eller_post: of("a") }];
    let centre = |kod: &str, rad: &str| Kostnadsstalle { galler_fran: 2018, sie_kostnadsstalle: of(kod), rad: of(rad) };
    facts.kostnadsstallen = vec![centre("20", "forvaltning"), centre("40", "samverkansinsatser")];
    given
}

fn value(given: &Given, id: &str) -> Option<Value> {
    let underlag = Underlag::new(given.facts.clone(), of("2024-12-31"));
    let rakning = Rakning::new(&underlag, Halvar::new(2024, 1).unwrap());
    siffra(&rakning, &FigureId::parse(id).unwrap()).map(|figure| figure.value)
}

pub fn shown(given: &Given, id: &str) -> String {
    value(given, id).map_or_else(|| "none".into(), |value| format::plain(&value))
}

/// What does not agree: what is held against what.
pub fn wrong(given: &Given) -> Vec<String> {
    let underlag = Underlag::new(given.facts.clone(), of("2024-12-31"));
    let rakning = Rakning::new(&underlag, Halvar::new(2024, 1).unwrap());
    let all = avstamningar(&rakning).into_iter().filter(|of| of.utfall == Utfall::StammerInte);
    all.map(|of| format!("{}: {}", of.vad, of.text)).collect()
}

/// In the accounts income is positive and cost negative on the page; SIE files have the opposite sign. Results, balances
/// and notes come from account balances through a mapping account interval → report line.
#[test]
fn lines_follow_the_mapping_with_the_sign_of_the_page() {
    let given = alby();
    for (id, value) in [
        ("resultatrakning/rorelseintakter", "1001"),
        ("resultatrakning/samverkansinsatser", "-401"),
        ("resultatrakning/personal", "-300"),
        ("resultatrakning/avskrivningar", "-20"),
        // Sums of the lines as they are shown: 1001 − 401 − 300 − 20.
        ("resultatrakning/periodens_resultat", "280"),
        ("balansrakning/kassa_och_bank", "719"),
        ("balansrakning/leverantorsskulder", "90"),
        ("balansrakning/overskott_tidigare_ar", "500"),
        // Rounded from öre: 1000,50 − 400,70 − 300,40 − 20 = 279,40.
        ("balansrakning/periodens_resultat", "279"),
    ] {
        assert_eq!(shown(&given, &format!("{id}/{TILL}")), value, "{id}");
    }
    assert_eq!(shown(&given, &format!("balansrakning/kassa_och_bank/{ARSSLUT}")), "500");
    assert_eq!(shown(&given, "balansrakning/kassa_och_bank/2022-12-31"), "none");
}

/// Each note sums to its line; a note per project tells what belongs to no project, too.
#[test]
fn notes_show_what_their_lines_are_made_of() {
    let mut given = alby();
    assert_eq!(shown(&given, &format!("not-8/lon/{TILL}")), "-200");
    assert_eq!(shown(&given, &format!("not-8/7021/{TILL}")), "-100");
    assert_eq!(shown(&given, &format!("not-5/a/{TILL}")), "-301");
    assert_eq!(shown(&given, &format!("not-5/projekt-199/{TILL}")), "-100");
    assert_eq!(shown(&given, &format!("not-5/utan_projekt/{TILL}")), "none");
    given.facts.objektsaldon.retain(|row| row.objekt != of("199"));
    assert_eq!(shown(&given, &format!("not-5/utan_projekt/{TILL}")), "-100");
}

/// The cash flow explains the change in liquid funds, also when something was bought.
#[test]
fn the_cash_flow_explains_the_change_in_liquid_funds() {
    let given = alby();
    for (id, value) in [
        ("arets_resultat", "279"),
        ("avskrivningar", "20"),
        ("forandring_kortfristiga_fordringar", "-50"),
        ("forandring_kortfristiga_skulder", "90"),
        ("investeringsverksamheten", "-120"),
        ("arets_kassaflode", "219"),
        ("likvida_medel_vid_arets_borjan", "500"),
        ("likvida_medel_vid_periodens_slut", "719"),
    ] {
        assert_eq!(shown(&given, &format!("kassaflode/{id}/{TILL}")), value, "{id}");
    }
}

/// Every statement is tied, and what does not tie is listed: an account in no interval is an error that names it, never
/// silently left out.
#[test]
fn what_does_not_agree_is_told_in_words() {
    assert_eq!(wrong(&alby()), [OKOPPLAT, REKVISITION]);
    let told = |change: &dyn Fn(&mut Given)| {
        let mut given = alby();
        change(&mut given);
        wrong(&given).join("\n")
    };
    let lost = told(&|given| given.facts.kontosaldon.push(konto(TILL, 8310, 0, -1)));
    assert!(
        lost.contains("Konton 2024-06-30: 8310 Konto 8310 har ingen rad. Ange deras rad under Konton, projekt och kostnadsställen."),
        "{lost}"
    );
    assert!(lost.contains("Balansräkningen 2024-06-30"), "{lost}");
    let double = told(&|given| given.facts.rapportstruktur.push(run(7005, 7010, "lokaler", None)));
    let expect = "Rapportstrukturen från 2018: Konto 7010 har två rader. Ta bort den ena.";
    assert_eq!(double.matches(expect).count(), 1, "two closings have the same mapping: {double}");
    let opened = told(&|given| given.facts.kontosaldon[5].ingaende_kr = Belopp::from_ore(49_999));
    assert!(
        opened.contains("Ingående balanser: Kassa och bank började på 499,99 kr men slutade på 500 kr"),
        "{opened}"
    );
    let flow = "Kassaflödet 2024-06-30: Kassaflödet är 219,40 kr men likvida medel har ändrats med 219,41 kr, det skiljer 0,01 kr.";
    assert!(opened.contains(flow), "an öre is no rounding: {opened}");
    let centre = told(&|given| given.facts.kostnadsstallen.clear());
    assert!(
        centre.contains("Kostnadsställen 2024-06-30: 20 Objekt 20 är inte kopplat och 40 Objekt 40 är inte kopplat."),
        "{centre}"
    );
    let none = told(&|given| given.facts.bokslut.clear());
    assert_eq!(none, "Bokslut: Bokslutet per 30\u{a0}juni 2024 är inte inläst.");
}

const OKOPPLAT: &str =
    "Projekt 2024-06-30: 199 Objekt 199 är inte kopplat. Koppla dem under Konton, projekt och kostnadsställen.";

/// The accounts' cost per project equals the requisitions.
const REKVISITION: &str = "Projekt och rekvisitioner 2024-06-30: Insatsen a (Bolmen) är bokförd med 300,50 kr och rekvirerad med 0 kr. Jämför projektets verifikationer med insatsens rekvisitioner, och rätta den som är fel.";

/// A printed difference is that of the two figures shown; half-year budgets are half of the year's column.
#[test]
fn the_driftsredovisning_is_held_against_half_the_plan() {
    let mut given = alby();
    let post = |kategori: &str, name: &str, kronor: i64| Planpost {
        plan: of("2023-11-20"),
        kategori: of(kategori),
        post: name.into(),
        kolumn: of("2024-budget"),
        belopp_kr: Belopp::from_kronor(kronor),
    };
    given.facts.planposter = vec![post("intakter", "Medlemsavgifter", 3_001), post("samverkansinsatser", "a", 2_999)];
    // 1 500,5 → 2 tkr, 1 001 → 1 tkr: the difference is 1 − 2.
    for (id, value) in [
        ("medlemsavgifter/budget_tkr", "2"),
        ("medlemsavgifter/utfall_tkr", "1"),
        ("medlemsavgifter/avvikelse_tkr", "-1"),
        ("a/budget_tkr", "-1"),
        ("a/utfall_tkr", "0"),
        ("kansli/utfall_tkr", "0"),
        ("kansli/budget_tkr", "none"),
        ("totalt/budget_tkr", "0"),
    ] {
        assert_eq!(shown(&given, &format!("driftsredovisning/{id}")), value, "{id}");
    }
}

/// Older years followed 1997:614, so forms and rules carry the year from which they apply.
#[test]
fn a_year_under_the_older_law_has_its_own_sums() {
    let given = alby();
    assert_eq!(shown(&given, &format!("resultatrakning/verksamhetens_resultat/{TILL}")), "280");
    let mut facts = given.facts.clone();
    for row in &mut facts.bokslut {
        row.till = of(&row.till.to_string().replace("2024", "2018").replace("2023", "2017"));
    }
    for row in &mut facts.kontosaldon {
        row.till = of(&row.till.to_string().replace("2024", "2018").replace("2023", "2017"));
    }
    let underlag = Underlag::new(facts, of("2024-12-31"));
    let rakning = Rakning::new(&underlag, Halvar::new(2018, 1).unwrap());
    let value = |id: &str| siffra(&rakning, &FigureId::parse(id).unwrap()).map(|figure| format::plain(&figure.value));
    assert_eq!(value("resultatrakning/verksamhetens_nettokostnader/2018-06-30").as_deref(), Some("280"));
    assert_eq!(value("resultatrakning/verksamhetens_resultat/2018-06-30"), None);
}

/// The mappings carry the year from which they apply: those of a later year replace all earlier ones.
#[test]
fn a_later_mapping_replaces_all_earlier_ones() {
    let mut given = alby();
    given.facts.rapportstruktur.push(Rapportstruktur { galler_fran: 2024, ..run(3000, 3999, "bidrag", None) });
    assert_eq!(shown(&given, &format!("resultatrakning/bidrag/{TILL}")), "1001");
    assert_eq!(shown(&given, &format!("balansrakning/kassa_och_bank/{TILL}")), "0");
    assert_eq!(shown(&given, &format!("balansrakning/kassa_och_bank/{ARSSLUT}")), "500");
    given.facts.rapportstruktur.last_mut().unwrap().galler_fran = 2025;
    assert_eq!(shown(&given, &format!("resultatrakning/bidrag/{TILL}")), "0");
}

/// A result that the bookkeeping program books at the year's end is counted once.
#[test]
fn a_booked_result_is_not_counted_again() {
    let mut given = alby();
    given.facts.rapportstruktur.push(run(8999, 8999, "bokfort_resultat", None));
    given.facts.rapportstruktur.insert(0, run(2099, 2099, "bokfort_resultat", None));
    given.facts.rapportstruktur.iter_mut().filter(|run| run.konto_fran == 2000).for_each(|run| run.konto_till = 2098);
    given.facts.kontosaldon.push(konto(TILL, 8999, 0, 27_940));
    given.facts.kontosaldon.push(konto(TILL, 2099, 0, -27_940));
    assert_eq!(shown(&given, &format!("balansrakning/periodens_resultat/{TILL}")), "279");
    assert!(!wrong(&given).iter().any(|text| text.contains("Balansräkningen")), "{:?}", wrong(&given));
}

/// Every figure can name its sources: a line its accounts, a sum those of its lines, a difference both.
#[test]
fn a_line_leads_to_its_accounts() {
    let given = alby();
    let underlag = Underlag::new(given.facts, of("2024-12-31"));
    let rakning = Rakning::new(&underlag, Halvar::new(2024, 1).unwrap());
    let facts = |id: &str| {
        let figure = siffra(&rakning, &FigureId::parse(id).unwrap()).unwrap();
        let groups = figure.source.facts(&rakning);
        groups.into_iter().flat_map(|group| group.facts).map(|fact| fact.key).collect::<Vec<_>>()
    };
    assert_eq!(facts(&format!("resultatrakning/personal/{TILL}")), ["2024-06-30/7010", "2024-06-30/7021"]);
    assert_eq!(facts(&format!("not-5/a/{TILL}")), ["2024-06-30/6/101/4010"]);
    assert_eq!(facts("driftsredovisning/kansli/utfall_tkr"), ["2024-06-30/1/20/7010", "2024-06-30/1/20/7021"]);
    let total = facts(&format!("kassaflode/arets_kassaflode/{TILL}"));
    assert!(total.contains(&"2024-06-30/2440".to_owned()) && total.contains(&"2024-06-30/1210".to_owned()));
}

/// A sum is a formula of its lines in a spreadsheet.
#[test]
fn sums_are_formulas() {
    let given = alby();
    let underlag = Underlag::new(given.facts, of("2024-12-31"));
    let rakning = Rakning::new(&underlag, Halvar::new(2024, 1).unwrap());
    let figures = samsyn_core::calc::bokslutets_siffror(&rakning);
    let formulas = samsyn_core::calc::formel::formulas(&rakning, &figures);
    let id = FigureId::parse(&format!("resultatrakning/summa_intakter/{TILL}")).unwrap();
    assert!(matches!(&formulas[&id], Formula::Sum(parts) if parts.len() == 5), "{:?}", formulas.get(&id));
    let id = FigureId::parse(&format!("balansrakning/summa_tillgangar/{TILL}")).unwrap();
    assert!(matches!(formulas.get(&id), Some(Formula::Sum(_))));
}

proptest! {
    /// The result is the same in all statements, and assets equal equity and liabilities, whenever every voucher balances.
    #[test]
    fn balanced_books_give_balanced_statements(moves in prop::collection::vec((0_usize..6, 0_usize..6, 1_i64..9_000_000), 1..40)) {
        let accounts = [1210, 1910, 2440, 3010, 4010, 7010];
        let mut given = alby();
        given.facts.kontosaldon.retain(|row| row.till == of(ARSSLUT));
        let mut sums = [0_i64; 6];
        for (debit, credit, amount) in moves {
            sums[debit] += amount;
            sums[credit] -= amount;
        }
        for (account, sum) in accounts.into_iter().zip(sums) {
            given.facts.kontosaldon.push(konto(TILL, account, 0, sum));
        }
        let told = wrong(&given);
        let broken = |text: &&String| text.starts_with("Balans") || text.starts_with("Resultatet") || text.starts_with("Kassa");
        prop_assert!(told.iter().find(broken).is_none(), "{:?}", told);
    }
}
