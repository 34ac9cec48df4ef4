//! A SIE file as closings, and the tables of what accounts are.

use samsyn_core::rapportstruktur::{Rad, Rapportstruktur};
use samsyn_core::{Facts, Finding};
use samsyn_document::{Belopp, Datum};
use samsyn_import::bokforing::{bokslut, ur_saldon, utan_texter};
use samsyn_import::faktatabell::{self, Vanor};
use samsyn_import::grid::Limits;
use samsyn_import::sie;

fn day(text: &str) -> Datum {
    text.parse().unwrap()
}

/// A year's file with these lines after its head.
fn year(lines: &str) -> String {
    format!(
        "#FLAGGA 0\n#SIETYP 4\n#GEN 20230115\n#FNAMN \"Prov\"\n#RAR 0 20220101 20221231\n#KONTO 1920 \"Bank\"\n\
         #KONTO 3011 \"Avgift\"\n#KONTO 4010 \"Insatser\"\n#DIM 1 \"Kst\"\n#DIM 6 \"Projekt\"\n#OBJEKT 6 \"101\" \"Ett\"\n{lines}"
    )
}

/// Income of 100 in March and 60 in September, insatser of 30 and 20 for project 101.
const VERIFIKATIONER: &str = "#IB 0 1920 500.00\n#UB 0 1920 610.00\n#RES 0 3011 -160.00\n#RES 0 4010 50.00\n\
    #VER A 1 20220301 \"\"\n{\n#TRANS 1920 {} 100.00\n#TRANS 3011 {} -100.00\n}\n\
    #VER A 2 20220630 \"\"\n{\n#TRANS 4010 {1 40 6 101} 30.00\n#TRANS 1920 {} -30.00\n}\n\
    #VER A 3 20220901 \"\"\n{\n#TRANS 1920 {} 60.00\n#TRANS 3011 {} -60.00\n}\n\
    #VER A 4 20220902 \"\"\n{\n#TRANS 4010 {1 40 6 101} 20.00\n#TRANS 1920 {} -20.00\n}\n";

fn read(text: &str, till: Option<&str>) -> Result<Facts, Vec<Finding>> {
    bokslut(&sie::read("prov.se", text.as_bytes())?, till.map(day)).map(|read| read.facts)
}

fn told(text: &str, till: Option<&str>) -> String {
    read(text, till).unwrap_err().iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// The closing balance of an account, kronor.
fn saldo(facts: &Facts, till: &str, konto: u32) -> Option<i64> {
    let row = facts.kontosaldon.iter().find(|row| row.till == day(till) && row.konto == konto)?;
    Some(row.utgaende_kr.kronor())
}

#[test]
fn a_years_file_gives_the_half_years_closing_too() {
    let facts = read(&year(VERIFIKATIONER), None).unwrap();
    let closings: Vec<_> = facts.bokslut.iter().map(|row| (row.till.to_string(), row.raknat_ur)).collect();
    let own = day("2022-12-31");
    assert_eq!(closings, [("2022-12-31".to_owned(), None), ("2022-06-30".to_owned(), Some(own))]);
    assert_eq!([1920, 3011, 4010].map(|konto| saldo(&facts, "2022-12-31", konto)), [Some(610), Some(-160), Some(50)]);
    // What is booked on the last day is counted.
    assert_eq!([1920, 3011, 4010].map(|konto| saldo(&facts, "2022-06-30", konto)), [Some(570), Some(-100), Some(30)]);
    let of = |till: &str, dimension: u16| {
        let mine = |row: &&samsyn_core::objektsaldo::Objektsaldo| row.till == day(till) && row.dimension == dimension;
        facts
            .objektsaldon
            .iter()
            .filter(mine)
            .map(|row| (row.objekt.to_string(), row.belopp_kr.kronor()))
            .collect::<Vec<_>>()
    };
    assert_eq!(of("2022-12-31", 6), [("101".to_owned(), 50)]);
    assert_eq!(of("2022-06-30", 6), [("101".to_owned(), 30)]);
    assert_eq!(of("2022-06-30", 1), [("40".to_owned(), 30)]);
    assert_eq!(facts.objektsaldon.iter().find(|row| row.dimension == 6).unwrap().namn.as_deref(), Some("Ett"));
}

#[test]
fn a_file_that_does_not_say_its_day_is_asked_about() {
    let early = year(VERIFIKATIONER).replace("#GEN 20230115", "#GEN 20221001");
    assert!(told(&early, None).contains("säger inte till och med vilken dag saldona räcker"), "{}", told(&early, None));
    let facts = read(&early, Some("2022-09-30")).unwrap();
    assert_eq!(saldo(&facts, "2022-09-30", 1920), Some(610));
    assert_eq!(saldo(&facts, "2022-06-30", 1920), Some(570));
    assert!(told(&early, Some("2023-01-01")).contains("utanför räkenskapsåret"));
    let covered = early.replace("#RAR", "#OMFATTN 20220930\n#RAR");
    assert_eq!(saldo(&read(&covered, None).unwrap(), "2022-09-30", 1920), Some(610));
    assert!(told(&covered, Some("2022-12-31")).contains("räcker inte längre än till och med 2022-09-30"));
    assert!(told("#FLAGGA 0\n#SIETYP 4\n#VER \"\" \"\" 20220301\n{\n#TRANS 1 {} 0\n}\n", None).contains("4I"));
}

/// Files without vouchers have months: each is a change, and they cannot come to more than the account.
#[test]
fn months_tell_what_belongs_to_a_project() {
    let months = |of: &str| {
        let head = year("#IB 0 1920 500.00\n#UB 0 1920 450.00\n#RES 0 4010 50.00\n").replace("#SIETYP 4", "#SIETYP 3");
        format!("{head}{of}")
    };
    let facts = read(
        &months("#PSALDO 0 202203 4010 {6 101} 30.00\n#PSALDO 0 202209 4010 {6 101} 20.00\n#PSALDO 0 202209 4010 {} 20.00\n"),
        None,
    )
    .unwrap();
    assert_eq!(facts.objektsaldon.len(), 1);
    assert_eq!(facts.objektsaldon[0].belopp_kr, Belopp::from_kronor(50));
    assert!(!facts.bokslut.iter().any(|row| row.raknat_ur.is_some()), "nothing tells the half-year");
    let over = months("#PSALDO 0 202203 4010 {6 101} 30.00\n#PSALDO 0 202209 4010 {6 101} 50.00\n");
    assert!(told(&over, None).contains("summerar till mer än kontots resultat"), "{}", told(&over, None));
}

#[test]
fn an_objects_number_that_cannot_be_used_is_told() {
    let odd = year(VERIFIKATIONER).replace("6 101}", "6 \"1/01\"}");
    assert!(told(&odd, None).contains("Objektet ”1/01” i dimension 6"), "{}", told(&odd, None));
}

#[test]
fn a_table_of_accounts_is_read_with_place_and_remedy() {
    let vanor = Vanor { rubriker: &[("not", "not_nr")], annars: &[("galler_fran", "2021")] };
    let read = |text: &str| faktatabell::read::<Rapportstruktur>("r.csv", text.as_bytes(), &Limits::default(), vanor);
    let rows = read(
        "konto_fran;konto_till;rad;not;notrad\n4010;4010;samverkansinsatser;5;per_projekt\n\n5010;5010;lokaler;;\n",
    );
    let rows = rows.unwrap();
    assert_eq!((rows.len(), rows[0].galler_fran, rows[0].rad), (2, 2021, Rad::Samverkansinsatser));
    assert_eq!((rows[0].not_nr, rows[1].not_nr), (Some(5), None));
    let wrong = |text: &str| read(text).unwrap_err().iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    let told = wrong(
        "konto_fran;konto_till;rad\n4010;;samverkansinsatser\n5010;5010;hyra\n5010;5010;lokaler\n5010;5011;lokaler\n",
    );
    assert!(told.contains("r.csv, rad 2, kolumn \"konto_till\": Värdet saknas"), "{told}");
    assert!(told.contains("rad 3, kolumn \"rad\": ”hyra” finns inte i listan"), "{told}");
    assert!(told.contains("rad 5: Raden 2021/5010 finns två gånger."), "{told}");
    assert!(wrong("a;b\n1;2\n").contains("Första raden ska vara"));
    assert!(wrong("konto_fran;konto_till;rad\n").contains("inga rader"));
    let person = wrong("konto_fran;konto_till;rad;notrad\n1;1;lokaler;900101-0017\n");
    assert!(person.contains("personnummer") && !person.contains("900101"), "{person}");
}

/// An amount is never lost: an account that vouchers change closes with something, or with nothing.
#[test]
fn an_account_that_does_not_close_is_told() {
    let lost = year(VERIFIKATIONER).replace("#RES 0 4010 50.00\n", "");
    let told_lost = told(&lost, None);
    assert!(
        told_lost.contains("Konto 4010 har ingen #RES, men ingående saldo och verifikationer ger 50 kr."),
        "{told_lost}"
    );
    let bare = lost.replace("#UB 0 1920 610.00\n#RES 0 3011 -160.00\n", "");
    assert!(told(&bare, None).contains("Filen har inga utgående saldon (#UB och #RES)"), "{}", told(&bare, None));
    // A file that was cut off among its balances, without vouchers, comes to something.
    let from = VERIFIKATIONER.find("#RES").unwrap();
    let cut = told(&year(&VERIFIKATIONER[..from]), None);
    assert!(cut.contains("#UB och #RES minus #IB är 110 kr, inte 0"), "{cut}");
    let both = year(VERIFIKATIONER).replace("#RES 0 4010 50.00\n", "#RES 0 4010 50.00\n#UB 0 4010 50.00\n");
    assert_eq!(saldo(&read(&both, None).unwrap(), "2022-12-31", 4010), Some(50), "an account closes once");
}

#[test]
fn a_day_that_the_balances_do_not_reach_is_summed_or_refused() {
    // Without a word of its own, the file's balances are those of its last voucher.
    let facts = read(&year(VERIFIKATIONER), Some("2022-06-30")).unwrap();
    let closings: Vec<_> = facts.bokslut.iter().map(|row| (row.till, row.raknat_ur)).collect();
    assert_eq!(closings, [(day("2022-06-30"), Some(day("2022-09-02")))]);
    let from = VERIFIKATIONER.find("#VER").unwrap();
    let bare = year(&VERIFIKATIONER[..from]).replace("#RAR 0", "#OMFATTN 20221231\n#RAR 0");
    let told = told(&bare, Some("2022-06-30"));
    assert!(told.contains("utan verifikationer går det inte att räkna fram 2022-06-30"), "{told}");
    // What the file covers beyond its year is not asked.
    let beyond = year(VERIFIKATIONER).replace("#RAR 0", "#OMFATTN 20230131\n#RAR 0");
    assert_eq!(read(&beyond, None).unwrap().bokslut[0].till, day("2022-12-31"));
}

/// The months of a whole file say nothing of a closing before its first voucher.
#[test]
fn a_closing_before_the_first_voucher_has_no_sums() {
    let late = "#IB 0 1920 500.00\n#UB 0 1920 480.00\n#RES 0 4010 20.00\n#PSALDO 0 202209 4010 {6 101} 20.00\n\
                #VER A 4 20220902 \"\"\n{\n#TRANS 4010 {1 40 6 101} 20.00\n#TRANS 1920 {} -20.00\n}\n";
    let facts = read(&year(late), None).unwrap();
    assert_eq!(saldo(&facts, "2022-06-30", 1920), Some(500));
    assert!(!facts.objektsaldon.iter().any(|row| row.till == day("2022-06-30")));
    assert!(facts.objektsaldon.iter().any(|row| row.till == day("2022-12-31")));
}

#[test]
fn amounts_of_another_currency_are_refused() {
    let of = |valuta: &str| year(VERIFIKATIONER).replace("#RAR 0", &format!("#VALUTA {valuta}\n#RAR 0"));
    assert!(told(&of("EUR"), None).contains("inte i kronor"));
    assert!(read(&of("sek"), None).is_ok());
}

/// No name of a participant is ever stored: employees, customers and suppliers have dimensions of their own.
#[test]
fn dimensions_of_people_are_not_kept() {
    let lines = "#DIM 7 \"Anställd\"\n#UNDERDIM 20 \"Del\" 1\n#OBJEKT 7 \"12\" \"Namn Namnsson\"\n#OBJEKT 20 \"5\" \"Fem\"\n\
                 #IB 0 1920 500.00\n#UB 0 1920 470.00\n#RES 0 4010 30.00\n#OIB 0 1920 {7 12} 5.00\n\
                 #PSALDO 0 202206 4010 {6 101 7 12} 30.00\n\
                 #VER A 2 20220630 \"Namn\" 20220701 \"sign\"\n{\n#TRANS 4010 {20 5 6 101 7 12} 30.00 20220630 \"Namn\"\n\
                 #TRANS 1920 {} -30.00\n}\n";
    let read = sie::read("prov.se", year(lines).as_bytes()).unwrap();
    let kept = String::from_utf8(sie::write(&utan_texter(read.clone()))).unwrap();
    for gone in ["Namn", "sign", " 7 ", "{7", "\"12\""] {
        assert!(!kept.contains(gone), "{gone}: {kept}");
    }
    assert!(
        kept.contains("#TRANS 4010 {20 \"5\" 6 \"101\"} 30.00") && kept.contains("#OBJEKT 20 \"5\" \"Fem\""),
        "{kept}"
    );
    let again = sie::read("prov.se", kept.as_bytes()).unwrap();
    assert_eq!(
        bokslut(&again, None).unwrap().facts,
        bokslut(&read, None).unwrap().facts,
        "nothing that counts is lost"
    );
}

#[test]
fn a_personnummer_is_refused_wherever_it_is_kept() {
    for head in [
        "#ORGNR 850709-9805",
        "#DIM 8 \"19850709-9805\"",
        "#KPTYP 850709-9805",
        "#SRU 4010 850709-9805",
        "#OBJEKT 6 850709-9805 \"Ett\"",
        "#KONTO 4020 \"850709-9805\"",
    ] {
        let text = year(&format!("{head}\n{VERIFIKATIONER}"));
        let told = told(&text, None);
        assert!(told.contains("personnummer") && !told.contains("9805"), "{head}: {told}");
    }
}

/// A closing that came without a file is written from its balances; read again it is the same closing.
#[test]
fn a_closing_without_a_file_is_written_from_its_balances() {
    let facts = read(&year(VERIFIKATIONER), None).unwrap();
    for closing in &facts.bokslut {
        let konton: Vec<_> = facts.kontosaldon.iter().filter(|row| row.till == closing.till).cloned().collect();
        let objekt: Vec<_> = facts.objektsaldon.iter().filter(|row| row.till == closing.till).cloned().collect();
        let sie = ur_saldon((closing, &konton, &objekt), ("Prov", "222000-1234"), day("2023-02-01"));
        let again = bokslut(&sie::read("ut.se", &sie::write(&sie)).unwrap(), None).unwrap().facts;
        assert_eq!((again.kontosaldon, again.objektsaldon), (konton, objekt), "{}", closing.till);
        assert_eq!(again.bokslut.len(), 1);
    }
}
