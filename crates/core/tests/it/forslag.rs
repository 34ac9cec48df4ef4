//! What is proposed to book for a quarter: small cases, and what is told when something is missing.

use samsyn_core::avgiftsregel::{Avgiftsmetod, Avgiftsregel};
use samsyn_core::bokslut::Bokslut;
use samsyn_core::calc::bokslut::forslag::forslag;
use samsyn_core::folkmangd::Folkmangd;
use samsyn_core::insats::{Insats, InsatsTyp};
use samsyn_core::kontosaldo::Kontosaldo;
use samsyn_core::kostnadsstalle::Kostnadsstalle;
use samsyn_core::medlem::{Medlem, MedlemTyp};
use samsyn_core::medlemsavgift::Medlemsavgift;
use samsyn_core::planpost::Plankategori;
use samsyn_core::projektkoppling::Projektkoppling;
use samsyn_core::rapportstruktur::{Rad, Rapportstruktur};
use samsyn_core::rekvisition::Rekvisition;
use samsyn_core::underlag::Underlag;
use samsyn_core::{Facts, Id};
use samsyn_document::{Belopp, Datum};

fn id(text: &str) -> Id {
    Id::new(text).unwrap()
}

fn day(text: &str) -> Datum {
    Datum::parse(text).unwrap()
}

fn run(rad: Rad, konto_fran: u32, konto_till: u32) -> Rapportstruktur {
    Rapportstruktur { galler_fran: 2021, konto_fran, konto_till, rad, not_nr: None, notrad: None }
}

fn konto(konto: u32, namn: &str) -> Kontosaldo {
    let (till, namn) = (day("2021-12-31"), namn.to_owned());
    Kontosaldo { till, konto, namn, ingaende_kr: Belopp::NOLL, utgaende_kr: Belopp::NOLL }
}

/// One insats with a requisition that came in after the year's end; a kommun, a region and the state; all that is needed.
fn whole() -> Facts {
    let member = |medlem: &str, typ| Medlem { medlem: medlem.to_owned(), typ };
    let rekvisition = |kvartal: &str, kronor, inkommen| Rekvisition {
        insats_id: id("bryggan"),
        kvartal: kvartal.parse().unwrap(),
        belopp_kr: Belopp::from_kronor(kronor),
        inkommen: day(inkommen),
    };
    Facts {
        insatser: vec![Insats {
            insats_id: id("bryggan"),
            insatsagare: "Aby".to_owned(),
            namn: "Bryggan till arbete".to_owned(),
            kortnamn: Some("Bryggan".to_owned()),
            typ: InsatsTyp::Individ,
            inriktning: None,
            redovisas_med: None,
            forvantat_antal_per_ar: None,
        }],
        rekvisitioner: vec![
            rekvisition("2022-K1", 500, "2022-04-20"),
            rekvisition("2022-K2", -40, "2022-07-20"),
            rekvisition("2022-K4", 300, "2023-01-20"),
        ],
        medlemmar: vec![
            member("Aby kommun", MedlemTyp::Kommun),
            member("Region Aby", MedlemTyp::Region),
            member("Staten", MedlemTyp::Stat),
        ],
        medlemsavgifter: vec![Medlemsavgift { ar: 2022, totalt_kr: Belopp::from_kronor(10), beslutad: None }],
        avgiftsregler: vec![Avgiftsregel {
            ar: 2022,
            metod: Avgiftsmetod::StorstaRest,
            rest_till: None,
            folkmangd_datum: day("2021-11-01"),
        }],
        folkmangd: vec![Folkmangd { kommun: "Aby kommun".to_owned(), datum: day("2021-11-01"), antal: 7 }],
        rapportstruktur: vec![
            run(Rad::Kundfordringar, 1510, 1510),
            run(Rad::Leverantorsskulder, 2440, 2449),
            run(Rad::Samverkansinsatser, 4000, 4099),
        ],
        kostnadsstallen: vec![Kostnadsstalle {
            galler_fran: 2021,
            sie_kostnadsstalle: id("40"),
            rad: Plankategori::Samverkansinsatser,
        }],
        projektkopplingar: vec![Projektkoppling {
            galler_fran: 2021,
            sie_projekt: id("111"),
            insats_id_eller_post: id("bryggan"),
        }],
        bokslut: vec![Bokslut { till: day("2021-12-31"), fran: day("2021-01-01"), program: None, raknat_ur: None }],
        kontosaldon: vec![
            konto(2441, "Skulder till leverantörer"),
            konto(3011, "Medlemsavgift Aby"),
            konto(3021, "Medlemsavgift Region Aby"),
            konto(3031, "Medlemsavgift staten"),
            konto(4010, "Insatser"),
            konto(4020, "Andra insatser"),
        ],
        ..Facts::default()
    }
}

/// `date text: account cost centre project öre, …; …`, or what is missing.
fn told(facts: Facts, kvartal: &str) -> String {
    let underlag = Underlag::new(facts, day("2023-06-01"));
    match forslag(&underlag, kvartal.parse().unwrap()) {
        Err(missing) => format!("FEL {}", missing.join(" | ")),
        Ok(found) => {
            let row = |row: &samsyn_core::calc::bokslut::forslag::Forslagsrad| {
                let of = |id: &Option<Id>| id.as_ref().map_or_else(|| "-".to_owned(), Id::to_string);
                format!("{} {} {} {}", row.konto, of(&row.kostnadsstalle), of(&row.projekt), row.belopp.kronor())
            };
            let one = |of: &samsyn_core::calc::bokslut::forslag::Forslag| {
                format!("{} {}: {}", of.datum, of.text, of.rader.iter().map(row).collect::<Vec<_>>().join(", "))
            };
            found.iter().map(one).collect::<Vec<_>>().join("; ")
        }
    }
}

#[test]
fn a_quarter_is_its_requisitions_and_the_half_year_that_begins() {
    // Money paid back turns the sides around.
    assert_eq!(
        told(whole(), "2022-K2"),
        "2022-06-30 Rekvisition Bryggan (Aby) kvartal 2 2022: 4010 40 111 -40, 2441 - - 40"
    );
    assert_eq!(
        told(whole(), "2022-K4"),
        "2022-12-31 Rekvisition Bryggan (Aby) kvartal 4 2022: 4010 40 111 300, 2441 - - -300"
    );
    // Ten kronor: five, three and two; the first half is rounded up.
    assert_eq!(
        told(whole(), "2022-K1"),
        "2022-03-31 Rekvisition Bryggan (Aby) kvartal 1 2022: 4010 40 111 500, 2441 - - -500; \
         2022-01-01 Medlemsavgift Staten halvår 1 2022: 1510 - - 3, 3031 - - -3; \
         2022-01-01 Medlemsavgift Region Aby halvår 1 2022: 1510 - - 2, 3021 - - -2; \
         2022-01-01 Medlemsavgift Aby kommun halvår 1 2022: 1510 - - 1, 3011 - - -1"
    );
    assert_eq!(told(whole(), "2022-K3").matches("2022-07-01 Medlemsavgift").count(), 3);
    // A later year's chart of accounts says nothing of this year's.
    let mut later = whole();
    let mut closing = later.bokslut[0].clone();
    (closing.till, closing.fran) = (day("2024-12-31"), day("2024-01-01"));
    later.bokslut.push(closing);
    assert_eq!(told(later, "2022-K1"), told(whole(), "2022-K1"));
}

/// What is taken away from the facts, or added.
type Andring<'a> = &'a dyn Fn(&mut Facts);

#[test]
fn what_is_missing_is_told() {
    let without = |kvartal: &str, change: Andring<'_>| {
        let mut facts = whole();
        change(&mut facts);
        told(facts, kvartal)
    };
    let cases: [(&str, Andring<'_>, &str); 9] = [
        ("2021-K2", &|_| (), "FEL Det finns inget att bokföra för 2021-K2: ingen insats har någon rekvisition."),
        (
            "2022-K2",
            &|facts| facts.projektkopplingar.clear(),
            "FEL Bryggan (Aby) har inget projekt i bokföringen 2022.",
        ),
        (
            "2022-K2",
            &|facts| {
                let other = Projektkoppling { sie_projekt: id("112"), ..facts.projektkopplingar[0].clone() };
                facts.projektkopplingar.push(other);
            },
            "FEL Bryggan (Aby) har flera projekt i bokföringen 2022: 111 och 112.",
        ),
        (
            "2022-K2",
            &|facts| {
                let other = Kostnadsstalle { sie_kostnadsstalle: id("41"), ..facts.kostnadsstallen[0].clone() };
                facts.kostnadsstallen.push(other);
            },
            "FEL Flera kostnadsställen är samverkansinsatser 2022: 40 och 41.",
        ),
        ("2022-K1", &|facts| facts.medlemsavgifter.clear(), "FEL Medlemsavgifterna 2022 är inte angivna."),
        ("2022-K1", &|facts| facts.avgiftsregler[0].ar = 2021, "FEL Medlemsavgifterna 2022 är preliminära"),
        ("2022-K1", &|facts| facts.folkmangd.clear(), "FEL Folkmängd den 1\u{a0}november 2021 saknas för Aby kommun."),
        (
            "2022-K1",
            &|facts| facts.kontosaldon[1].namn = "Medlemsavgift Ceby".to_owned(),
            "FEL Aby kommun har inget intäktskonto: inget konto i klass 3 har det namnet i bokslutet per 2021-12-31.",
        ),
        (
            "2022-K1",
            &|facts| facts.kontosaldon.push(konto(3012, "Medlemsavgift Aby, rest")),
            "FEL Aby kommun har flera intäktskonton i bokslutet per 2021-12-31: 3011 Medlemsavgift Aby och 3012",
        ),
    ];
    for (kvartal, change, expect) in cases {
        let found = without(kvartal, change);
        assert!(found.starts_with(expect) && !found.contains(" | "), "{found}");
    }
    // Another income from the same member is not its fee.
    let other = without("2022-K1", &|facts| facts.kontosaldon.push(konto(3990, "Hyra från Aby")));
    assert_eq!(other, told(whole(), "2022-K1"));
    // An account of a line that no closing has: the mapping's first.
    assert!(without("2022-K2", &|facts| facts.kontosaldon.clear()).contains(": 4000 40 111 -40, 2440"));
}
