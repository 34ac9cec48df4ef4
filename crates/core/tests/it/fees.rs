//! Member fees.

use crate::given::{Given, forbund, of};
use proptest::prelude::*;
use samsyn_core::avgiftsregel::{Avgiftsmetod, Avgiftsregel};
use samsyn_core::calc::avgift::{Avgifter, Hinder, avgifter, halvarsbelopp, totalen};
use samsyn_core::calc::{Rakning, siffra};
use samsyn_core::folkmangd::Folkmangd;
use samsyn_core::medlem::Medlem;
use samsyn_core::medlemsavgift::Medlemsavgift;
use samsyn_core::planpost::Planpost;
use samsyn_core::underlag::{Ekonomi, Underlag};
use samsyn_document::{Belopp, Document, FigureId, Halvar, format};

/// A förbund with a region, the state and these kommuner, with their population on 1 November 2023.
fn with(kommuner: &[(&str, u32)]) -> Given {
    let mut given = forbund();
    let member = |medlem: &str, typ: &str| Medlem { medlem: medlem.into(), typ: of(typ) };
    given.facts.medlemmar = vec![member("Region Ö", "region"), member("FK", "stat"), member("AF", "stat")];
    for (name, people) in kommuner {
        given.facts.medlemmar.push(member(name, "kommun"));
        let row = Folkmangd { kommun: (*name).into(), datum: of("2023-11-01"), antal: *people };
        given.facts.folkmangd.push(row);
    }
    given
}

impl Given {
    fn regel(mut self, ar: u16, metod: Avgiftsmetod, rest_till: Option<&str>) -> Given {
        let (rest_till, folkmangd_datum) = (rest_till.map(str::to_owned), of("2023-11-01"));
        self.facts.avgiftsregler.push(Avgiftsregel { ar, metod, rest_till, folkmangd_datum });
        self
    }

    fn totalt(mut self, ar: u16, kronor: &str) -> Given {
        self.facts.medlemsavgifter.push(Medlemsavgift { ar, totalt_kr: of(kronor), beslutad: None });
        self
    }

    fn ekonomi(&self) -> Ekonomi {
        self.underlag().ekonomi
    }

    fn underlag(&self) -> Underlag {
        Underlag::new(self.facts.clone(), of("2024-12-31"))
    }
}

fn shown(given: &Given, id: &str) -> String {
    let underlag = given.underlag();
    let rakning = Rakning::new(&underlag, Halvar::new(2024, 2).unwrap());
    siffra(&rakning, &FigureId::parse(id).unwrap()).map_or_else(|| "none".into(), |figure| format::plain(&figure.value))
}

fn shares(given: &Given, total: i64) -> Vec<i64> {
    let found = avgifter(&given.ekonomi(), 2024, Belopp::from_kronor(total)).unwrap();
    found.kommuner.unwrap().iter().map(|kommun| kommun.avgift).collect()
}

// *storsta_rest* = largest remainder to whole kronor
#[test]
fn the_largest_remainders_take_what_is_left() {
    // A fourth of 40 is 10, of which a third each is 3 and a remainder: the first one listed takes the krona.
    let three = with(&[("A", 100), ("B", 100), ("C", 100)]).regel(2024, Avgiftsmetod::StorstaRest, None);
    assert_eq!(shares(&three, 40), [4, 3, 3]);
    // 10 × 15/40, 12/40 and 13/40: 3,75 and 3,0 and 3,25.
    let other = with(&[("A", 12), ("B", 13), ("C", 15)]).regel(2024, Avgiftsmetod::StorstaRest, None);
    assert_eq!(shares(&other, 40), [3, 3, 4]);
}

// *avrunda_var_for_sig* = each kommun half up, the difference to a named kommun
#[test]
fn each_is_rounded_and_a_named_kommun_takes_the_difference() {
    let metod = Avgiftsmetod::AvrundaVarForSig;
    // 10 × a third is 3,33: three rounded down make 9, and the krona goes to B.
    let three = [("A", 100), ("B", 100), ("C", 100)];
    assert_eq!(shares(&with(&three).regel(2024, metod, Some("B")), 40), [3, 4, 3]);
    // 10 × a fourth is 2,5, which is rounded up to 3: four make 12, and D gives two back.
    let four = [("A", 1), ("B", 1), ("C", 1), ("D", 1)];
    assert_eq!(shares(&with(&four).regel(2024, metod, Some("D")), 40), [3, 3, 3, 1]);
}

// A krona that does not divide between region and kommuner goes to the region. The fees always sum to the total.
#[test]
fn the_region_takes_the_krona_that_does_not_divide() {
    let given = with(&[("A", 1)]).regel(2024, Avgiftsmetod::StorstaRest, None);
    let of = |total| {
        let found = avgifter(&given.ekonomi(), 2024, Belopp::from_kronor(total)).unwrap();
        [found.staten, found.region, found.kommunerna]
    };
    assert_eq!(of(40), [20, 10, 10]);
    assert_eq!(of(42), [21, 11, 10]);
    // The published sum of 2017.
    assert_eq!(of(21_585_170), [10_792_585, 5_396_293, 5_396_292]);
    // The state's half is whole kronor as well.
    assert_eq!(of(41), [20, 11, 10]);
}

// A preliminary fee uses the latest population known.
#[test]
fn a_year_without_a_rule_follows_the_latest_one_on_the_latest_population() {
    let mut given = with(&[("A", 3), ("B", 1)]).regel(2023, Avgiftsmetod::StorstaRest, None);
    let later = |kommun: &str, antal| Folkmangd { kommun: kommun.into(), datum: of("2024-11-01"), antal };
    let fees = |given: &Given, ar| avgifter(&given.ekonomi(), ar, Belopp::from_kronor(80)).unwrap();
    let of_year = |fees: &Avgifter| fees.kommuner.clone().unwrap().iter().map(|k| k.avgift).collect::<Vec<_>>();
    given.facts.folkmangd.push(later("A", 1));
    // Of the later day only one of them is known.
    assert_eq!((of_year(&fees(&given, 2025)), fees(&given, 2025).preliminar), (vec![15, 5], true));
    given.facts.folkmangd.push(later("B", 3));
    assert_eq!(of_year(&fees(&given, 2025)), [5, 15]);
    assert_eq!(fees(&given, 2025).folkmangd, Some(of("2024-11-01")));
    // A year with a rule of its own keeps to it.
    assert_eq!((of_year(&fees(&given, 2023)), fees(&given, 2023).preliminar), (vec![15, 5], false));
    // Before the first rule nothing tells the shares; the fourths are told.
    let before = fees(&given, 2022);
    assert_eq!((before.region, before.kommuner), (20, Err(Hinder::IngenRegel(2022))));
}

#[test]
fn what_cannot_be_shared_is_told_with_what_to_do() {
    let rule = |given: Given| given.regel(2024, Avgiftsmetod::StorstaRest, None);
    let told = |given: &Given, total: Belopp| match avgifter(&given.ekonomi(), 2024, total) {
        Err(why) => why.to_string(),
        Ok(fees) => fees.kommuner.unwrap_err().to_string(),
    };
    let sum = Belopp::from_kronor(100);
    let mut without = rule(with(&[("Alby", 1), ("Bolmen", 2)]));
    without.facts.folkmangd.remove(1);
    let missing = told(&without, sum);
    assert_eq!(
        missing,
        "Folkmängd den 1\u{a0}november 2023 saknas för Bolmen. Läs in den från SCB eller skriv in den."
    );
    assert!(told(&rule(with(&[("A", 0)])), sum).contains("noll i alla kommuner"));
    assert!(told(&with(&[("A", 1)]), sum).contains("ingen avgiftsregel för 2024"));
    assert!(told(&rule(with(&[])), sum).contains("ingen kommun"));
    assert!(told(&rule(with(&[("A", 1)])), Belopp::from_kronor(-1)).contains("hela kronor, noll eller mer"));
    assert!(told(&rule(with(&[("A", 1)])), Belopp::from_ore(150)).contains("hela kronor"));
    let each = |rest| with(&[("A", 1), ("B", 1), ("C", 1), ("D", 1)]).regel(2024, Avgiftsmetod::AvrundaVarForSig, rest);
    assert!(told(&each(None), sum).contains("inte vilken kommun"));
    assert!(told(&each(Some("Ö")), sum).contains("inte är en kommun"));
    // Two kronor shared by four: half a krona each is rounded up to one, and D would pay -1.
    assert!(told(&each(Some("D")), Belopp::from_kronor(8)).contains("under noll"));
}

#[test]
fn figures_have_last_years_beside_them() {
    let given = with(&[("A", 3), ("B", 1)]).regel(2023, Avgiftsmetod::StorstaRest, None);
    let given = given.regel(2024, Avgiftsmetod::StorstaRest, None).totalt(2023, "80").totalt(2024, "84");
    for (id, value) in [
        ("totalt/kr", "84"),
        ("FK och AF/kr", "42"),
        ("Region Ö/kr", "21"),
        ("kommunerna/kr", "21"),
        ("A/kr", "16"),
        ("A/fjolar_kr", "15"),
        ("A/andring_kr", "1"),
        ("B/kr", "5"),
        ("B/halvar_1_kr", "3"),
        ("B/halvar_2_kr", "2"),
        ("totalt/halvar_1_kr", "43"),
        ("totalt/halvar_2_kr", "41"),
        ("kommunerna/folkmangd", "4"),
    ] {
        assert_eq!(shown(&given, &format!("medlemsavgifter-2024/{id}")), value, "{id}");
    }
    assert_eq!(shown(&given, "medlemsavgifter-2023/A/fjolar_kr"), "");
    // A year before without a rule of its own: what the kommuner paid then is not told by another year's rule.
    let mut given = given;
    given.facts.avgiftsregler[0].ar = 2022;
    assert_eq!(shown(&given, "medlemsavgifter-2024/A/fjolar_kr"), "");
    assert_eq!(shown(&given, "medlemsavgifter-2024/A/andring_kr"), "");
    assert_eq!(shown(&given, "medlemsavgifter-2024/kommunerna/fjolar_kr"), "20");
    assert_eq!(shown(&given, "medlemsavgifter-2022/totalt/kr"), "none");
}

/// Each part of what a fee rests on tells what it amounts to itself, and the year that its rule is of.
#[test]
fn what_a_fee_rests_on_bears_its_own_values() {
    let given = with(&[("A", 3), ("B", 1)]).regel(2023, Avgiftsmetod::StorstaRest, None).totalt(2023, "80");
    let of = |given: &Given, id: &str| {
        let underlag = given.underlag();
        let rakning = Rakning::new(&underlag, Halvar::new(2024, 2).unwrap());
        let figure = siffra(&rakning, &FigureId::parse(id).unwrap()).unwrap();
        let told = figure.source.facts(&rakning).into_iter();
        let told: Vec<String> =
            told.map(|group| format!("{}: {}", group.heading, format::plain(&group.value))).collect();
        (told, figure.source.rule(&rakning))
    };
    let (groups, _) = of(&given, "medlemsavgifter-2023/A/kr");
    assert_eq!(groups, ["Summan för 2023: 80", "Regeln för 2023: Största rest", "Folkmängd för 2023: 4"]);
    assert_eq!(of(&given, "medlemsavgifter-2023/totalt/halvar_1_kr").0, ["Summan för 2023: 80"]);
    // A year that follows an earlier one's rule says whose it is.
    let given = given.totalt(2024, "84");
    let (groups, rule) = of(&given, "medlemsavgifter-2024/A/folkmangd");
    assert_eq!(groups, ["Summan för 2024: 84", "Regeln för 2023: Största rest", "Folkmängd för 2024: 4"]);
    assert!(rule.contains("ingen egen regel"), "{rule}");
    // Last year's fee was rounded by last year's rule.
    let given = given.regel(2024, Avgiftsmetod::AvrundaVarForSig, Some("B"));
    assert!(of(&given, "medlemsavgifter-2024/A/fjolar_kr").1.contains("största resterna"));
    assert!(of(&given, "medlemsavgifter-2024/A/kr").1.contains("läggs på B"));
}

#[test]
fn a_fault_in_a_rule_names_the_year_of_the_rule() {
    let metod = Avgiftsmetod::AvrundaVarForSig;
    let given = with(&[("A", 1), ("B", 1), ("C", 1), ("D", 1)]);
    for (rest, told) in [(None, "Regeln för 2022 avrundar"), (Some("D"), "Med regeln för 2022")] {
        let fees = avgifter(&given.clone().regel(2022, metod, rest).ekonomi(), 2024, Belopp::from_kronor(8)).unwrap();
        let why = fees.kommuner.unwrap_err().to_string();
        assert!(why.starts_with(told), "{why}");
    }
}

/// No year that an address can name stops the program.
#[test]
fn a_year_that_cannot_be_has_no_fees() {
    let mut given = with(&[("A", 1)]).regel(2024, Avgiftsmetod::StorstaRest, None).totalt(0, "8").totalt(65_535, "8");
    given.facts.planposter.push(Planpost {
        plan: of("2024-10-20"),
        kategori: of("intakter"),
        post: "Medlemsavgifter".into(),
        kolumn: of("2024"),
        belopp_kr: Belopp::from_kronor(1),
    });
    for year in ["0", "1", "65535", "65536", "-1", "hej"] {
        assert_eq!(shown(&given, &format!("medlemsavgifter-{year}/totalt/andring_kr")), "none", "{year}");
    }
}

fn paper(given: &Given, ar: u16) -> Document {
    let underlag = given.underlag();
    let rakning = Rakning::new(&underlag, Halvar::new(2024, 2).unwrap());
    samsyn_core::rapport::avgifter::avgifter(&rakning, ar)
}

/// What the paper says, roughly.
fn words(document: &Document) -> String {
    format!("{:?}", document.sections)
}

/// The board is not asked to decide on what cannot be told, nor on what may change.
#[test]
fn only_fees_that_are_known_are_proposed() {
    let metod = Avgiftsmetod::StorstaRest;
    let proposed = |given: &Given| {
        let document = paper(given, 2024);
        let section = document.sections.iter().find(|section| section.id == "forslag");
        section.map_or_else(String::new, |section| format!("{section:?}"))
    };
    let known = with(&[("A", 1)]).regel(2024, metod, None).totalt(2024, "80");
    assert!(proposed(&known).contains("att fastställa medlemsavgifterna för "), "{}", proposed(&known));
    let preliminary = with(&[("A", 1)]).regel(2023, metod, None).totalt(2024, "80");
    let told = proposed(&preliminary);
    assert!(told.contains("att lägga de preliminära") && !told.contains("fastställa"), "{told}");
    let mut unknown = known.clone();
    unknown.facts.folkmangd.clear();
    assert_eq!(proposed(&unknown), "");
    // What the board has decided is told also then.
    unknown.facts.medlemsavgifter[0].beslutad = Some(of("2023-11-23"));
    let told = proposed(&unknown);
    assert!(told.contains("att fastställa") && !told.contains("enligt tabellen"), "{told}");
}

/// Why last year's fees are not there is told as it is.
#[test]
fn last_years_fees_are_missing_for_their_own_reason() {
    let metod = Avgiftsmetod::StorstaRest;
    let given = with(&[("A", 1)]).regel(2024, metod, None).totalt(2024, "80");
    assert!(words(&paper(&given, 2024)).contains("Summan av avgifterna för "));
    let given = given.totalt(2023, "80");
    assert!(
        words(&paper(&given, 2024)).contains("Det finns ingen avgiftsregel för 2023"),
        "{}",
        words(&paper(&given, 2024))
    );
    let given = given.regel(2022, metod, None);
    assert!(words(&paper(&given, 2024)).contains("Regeln för "));
    let mut given = given.regel(2023, metod, None);
    given.facts.avgiftsregler.last_mut().unwrap().folkmangd_datum = of("2021-11-01");
    let told = words(&paper(&given, 2024));
    assert!(told.contains("november 2021 saknas för A"), "{told}");
}

/// The sum stands among the fees, else in a plan for a meeting in that year or the one before.
#[test]
fn an_old_plan_does_not_tell_what_fees_became() {
    let post = |plan: &str, kolumn: &str, tkr: i64| Planpost {
        plan: of(plan),
        kategori: of("intakter"),
        post: "Medlemsavgifter".into(),
        kolumn: of(kolumn),
        belopp_kr: Belopp::from_kronor(tkr * 1_000),
    };
    let mut given = forbund().totalt(2025, "7");
    given.facts.planposter = vec![
        post("2022-03-01", "2022", 22),
        post("2022-03-01", "2023", 23),
        post("2022-03-01", "2024", 24),
        post("2022-10-20", "2023-prognos", 99),
        post("2022-10-20", "2023-budget", 33),
        post("2024-10-20", "2025-budget", 25),
    ];
    let sum = |year| totalen(&given.ekonomi(), year).map(|(sum, _)| sum.tkr());
    assert_eq!([sum(2022), sum(2023), sum(2024), sum(2026)], [Some(22), Some(33), None, None]);
    assert_eq!(totalen(&given.ekonomi(), 2025).unwrap().0, Belopp::from_kronor(7));
}

proptest! {
    // The fees always sum to the total.
    #[test]
    fn fees_always_sum(people in prop::collection::vec(0u32..300_000, 1..20), total in 0i64..50_000_000) {
        prop_assume!(people.iter().any(|people| *people > 0));
        let names: Vec<String> = (0..people.len()).map(|at| format!("K{at}")).collect();
        let kommuner: Vec<(&str, u32)> = names.iter().map(String::as_str).zip(people.iter().copied()).collect();
        for (metod, rest) in [(Avgiftsmetod::StorstaRest, None), (Avgiftsmetod::AvrundaVarForSig, Some("K0"))] {
            let given = with(&kommuner).regel(2024, metod, rest);
            let fees = avgifter(&given.ekonomi(), 2024, Belopp::from_kronor(total)).unwrap();
            // The law's shares, to the krona: half, a fourth and a fourth.
            prop_assert!((2 * fees.staten - total).abs() <= 1, "{:?}", fees);
            prop_assert!((4 * fees.region - total).abs() <= 4 && fees.region >= fees.kommunerna, "{:?}", fees);
            prop_assert_eq!(fees.staten + fees.region + fees.kommunerna, total);
            let Ok(shared) = &fees.kommuner else { continue };
            prop_assert_eq!(shared.iter().map(|kommun| kommun.avgift).sum::<i64>(), fees.kommunerna);
            // Each pays its share by population, to the krona; the named one takes what the others' rounding leaves.
            let all: i128 = people.iter().map(|people| i128::from(*people)).sum();
            for one in shared.iter().filter(|one| rest.is_none() || one.medlem != 3) {
                let off = i128::from(one.avgift) * all - i128::from(fees.kommunerna) * i128::from(one.folkmangd);
                prop_assert!(off.abs() < all, "{:?}", one);
            }
            // A bigger population never pays less, but for the one that takes the difference.
            for one in shared {
                for other in shared.iter().filter(|other| other.folkmangd > one.folkmangd) {
                    let named = metod == Avgiftsmetod::AvrundaVarForSig && [one.medlem, other.medlem].contains(&3);
                    prop_assert!(named || other.avgift >= one.avgift, "{:?} {:?}", one, other);
                }
            }
        }
    }

    /// Both invoices sum to the year's fee, and the second is never the larger.
    #[test]
    fn the_halves_sum_to_the_year(fee in 0i64..1_000_000_000) {
        let [first, second] = halvarsbelopp(fee);
        prop_assert_eq!(first + second, fee);
        prop_assert!(first >= second && first - second <= 1);
    }
}
