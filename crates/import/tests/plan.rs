//! The board's plan as a file: read, written, and read again.

use samsyn_core::planpost::Planpost;
use samsyn_core::underlag::Plan;
use samsyn_document::{Belopp, Datum};
use samsyn_import::{grid, plan};

fn day() -> Datum {
    "2022-10-20".parse().unwrap()
}

fn read(text: &str) -> Result<Vec<Planpost>, String> {
    let told =
        |findings: Vec<samsyn_core::Finding>| findings.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    plan::read("plan.csv", text.as_bytes(), day(), &grid::Limits::default()).map_err(told)
}

#[test]
fn the_real_plans_are_read_and_written_as_they_were() {
    for name in ["plan-2018-03-16.csv", "plan-2022-10-20.csv"] {
        let path = format!("{}/../../demo/ekonomi/{name}", env!("CARGO_MANIFEST_DIR"));
        let bytes = std::fs::read(path).unwrap();
        let rows = plan::read(name, &bytes, day(), &grid::Limits::default()).unwrap();
        let made = Plan::new(&rows);
        assert_eq!(made.rader().len(), rows.len());
        assert_eq!(Plan::new(&read(&plan::csv(&made)).unwrap()), made);
        // As Excel, the rows of sums are passed over.
        let book = plan::xlsx(&made).unwrap();
        assert_eq!(Plan::new(&plan::read("plan.xlsx", &book, day(), &grid::Limits::default()).unwrap()), made);
    }
}

#[path = "../../render/tests/it/xlsx/evaluate.rs"]
#[expect(dead_code, reason = "the rest of it is for the workbooks of papers")]
mod evaluate;

/// Counted anew from the plain amounts, every formula gives what stands beside it.
#[test]
fn formulas_of_the_excel_file_come_to_what_it_shows() {
    let mut plans: Vec<Plan> = ["plan-2018-03-16.csv", "plan-2022-10-20.csv"]
        .iter()
        .map(|name| {
            let path = format!("{}/../../demo/ekonomi/{name}", env!("CARGO_MANIFEST_DIR"));
            let text = std::fs::read_to_string(path).unwrap();
            Plan::new(&read(&text).unwrap())
        })
        .collect();
    // What is brought forward stands in one of the first year's columns only, and income is of two kinds.
    let odd = "kategori;post;2022-budget_tkr;2022-prognos_tkr;2023-budget_tkr\r\nanslag;Bidrag;10;;5\r\n\
               intakter;A;100;100;110\r\nsamverkansinsatser;b;80;70;90\r\noverskott_fran_tidigare_ar;In;5;;\r\n";
    plans.push(Plan::new(&read(odd).unwrap()));
    for plan in plans {
        let book = evaluate::Book::open(&plan::xlsx(&plan).unwrap());
        let formulas = book.formulas();
        assert_eq!(formulas.len(), 6 * plan.kolumner.len());
        for (sheet, place, text) in formulas {
            let stored = match book.stored(&sheet, place) {
                Some(calamine::Data::Float(number)) => *number,
                other => panic!("{place:?} {text}: {other:?}"),
            };
            let computed = book.compute(&sheet, &text).number();
            assert!((stored - computed).abs() < 1e-6, "{place:?} {text}: {stored} is not {computed}");
        }
    }
}

/// What Excel shows without counting again is what the program counts; a row of sums per row, a formula in each.
#[test]
fn sums_of_the_excel_file_are_those_of_the_plan() {
    let text = "kategori;post;2022-budget_tkr;2022-prognos_tkr;2023-budget_tkr\r\n\
                intakter;A;100;100;110\r\nsamverkansinsatser;b;80;70;90\r\nsamverkansinsatser;c;;-5;\r\n\
                overskott_fran_tidigare_ar;Ingående;5;5;\r\nej_beslutade;d;;;7\r\n";
    let made = Plan::new(&read(text).unwrap());
    let book = grid::read("plan.xlsx", &plan::xlsx(&made).unwrap(), &grid::Limits::default()).unwrap();
    let row = |name: &str| {
        let found = book.sheets[0].rows.iter().find(|row| row.cells[1] == grid::Cell::Text(name.into())).unwrap();
        let number = |cell: &grid::Cell| match cell {
            grid::Cell::Number(number) => *number,
            other => panic!("{name}: {other:?}"),
        };
        found.cells[2..].iter().map(number).collect::<Vec<_>>()
    };
    assert_eq!(row("Intäkter"), [100.0, 100.0, 110.0]);
    assert_eq!(row("Summa kostnader"), [80.0, 65.0, 90.0]);
    assert_eq!(row("Årets resultat"), [20.0, 35.0, 20.0]);
    assert_eq!(row("Över-/underskott från tidigare år"), [5.0, 5.0, 40.0]);
    assert_eq!(row("Ansökningar"), [0.0, 0.0, 7.0]);
    assert_eq!(row("Kvarvarande beslutsutrymme"), [25.0, 40.0, 53.0]);
}

#[test]
fn amounts_are_read_as_people_write_them() {
    let rows = read("Kategori;Post;2023 budget;x\r\n");
    assert!(rows.unwrap_err().contains("är ingen kolumn i en plan"));
    let rows =
        read("Min plan\r\n\r\nKATEGORI;Post;Budget 2023, tkr;2024 (kr)\r\nIntäkter;Avgifter;1 200,5;−1500\r\n;;;\r\n");
    let amounts: Vec<Belopp> = rows.unwrap().iter().map(|row| row.belopp_kr).collect();
    assert_eq!(amounts, [Belopp::from_kronor(1_200_500), Belopp::from_kronor(-1_500)]);
    // An amount in kronor and öre comes back as such.
    let odd = Plan::new(&read("kategori;post;2024_kr\r\nprojekt;A;-0,50\r\nprojekt;B;1234,05\r\n").unwrap());
    assert_eq!(Plan::new(&read(&plan::csv(&odd)).unwrap()), odd);
}

/// A spreadsheet program takes a file without it for another alphabet, and shows Ã¥ for å.
#[test]
fn a_plan_as_csv_says_that_it_is_utf_8() {
    let made = Plan::new(&read("kategori;post;2024_kr\r\nprojekt;Å;1\r\n").unwrap());
    assert!(
        plan::csv(&made).starts_with("\u{feff}kategori;post;2024_tkr")
            || plan::csv(&made).starts_with("\u{feff}kategori;post;2024_kr")
    );
    assert_eq!(Plan::new(&read(&plan::csv(&made)).unwrap()), made);
}

/// Nothing of a plan that is too large is left out: it is refused, with how much it may have.
#[test]
fn a_plan_that_is_too_large_is_refused_whole() {
    let posts = |count: usize| {
        let rows: String = (0..count).map(|at| format!("projekt;Post {at};1\r\n")).collect();
        read(&format!("kategori;post;2024_tkr\r\n{rows}"))
    };
    assert_eq!(posts(300).unwrap().len(), 300);
    assert!(posts(301).unwrap_err().contains("fler än 300 poster"));
    let columns = |count: usize| {
        let heads: String = (0..count).map(|at| format!(";{}_tkr", 2000 + at)).collect();
        read(&format!("kategori;post{heads}\r\nprojekt;A{}\r\n", ";1".repeat(count)))
    };
    assert_eq!(columns(40).unwrap().len(), 40);
    assert!(columns(41).unwrap_err().contains("Den får ha högst 40"));
}

#[test]
fn what_is_wrong_is_told_with_its_place() {
    for (text, told) in [
        ("post;2023_tkr\r\nA;1\r\n", "ingen rad med rubrikerna kategori och post"),
        ("kategori;post\r\nintakter;A\r\n", "ingen kolumn med belopp"),
        (
            "kategori;post;2023_tkr\r\nintakter;A;1\r\nprojekt;B;\r\n",
            "rad 3, kolumn \"post\": Posten ”B” har inga belopp",
        ),
        ("kategori;post;2023_tkr;2024_tkr\r\nprojekt;A;1;\r\n", "kolumn \"2024\": Kolumnen 2024 har inga belopp"),
        ("kategori;post;2023_tkr;2023_kr\r\nintakter;A;1;2\r\n", "Kolumnen 2023 finns två gånger."),
        (
            "kategori;post;2023_tkr\r\nutgifter;A;1\r\n",
            "plan.csv, rad 2, kolumn \"kategori\": ”utgifter” är ingen kategori.",
        ),
        ("kategori;post;2023_tkr\r\n;A;1\r\n", "Kategorin saknas."),
        ("kategori;post;2023_tkr\r\nintakter;;1\r\n", "Postens namn saknas."),
        (
            "kategori;post;2023_tkr\r\nintakter;A;1\r\nintakter;A;2\r\n",
            "rad 3, kolumn \"post\": Posten ”A” finns två gånger",
        ),
        ("kategori;post;2023_tkr\r\nintakter;A;tolv\r\n", "rad 2, kolumn \"2023\": ”tolv” är inget belopp."),
        ("kategori;post;2023_tkr\r\nintakter;A;1.234,5\r\n", "är inget belopp"),
        ("kategori;post;2023_tkr\r\nintakter;A;99999999999\r\n", "är inget belopp"),
        ("kategori;post;2023_tkr\r\nintakter;A;\r\n", "rad 2, kolumn \"post\": Posten ”A” har inga belopp."),
        ("kategori;post;23-budget_tkr\r\nintakter;A;1\r\n", "är ingen kolumn i en plan"),
    ] {
        let wrong = read(text).unwrap_err();
        assert!(wrong.contains(told), "{text}: {wrong}");
    }
    // One sign of control in a long text is no reason to think that it is none; nothing could be done with the name.
    let rows: String = (0..250).map(|at| format!("intakter;Medlemsavgift {at};1\r\n")).collect();
    let odd = read(&format!("kategori;post;2023_tkr\r\n{rows}intakter;Av\u{17}gift;1\r\n")).unwrap_err();
    assert!(odd.contains("rad 252, kolumn \"post\": Postens namn innehåller styrtecken."), "{odd}");
    let personal = read("kategori;post;2023_tkr\r\nintakter;Avser 900101-0017;1\r\n").unwrap_err();
    assert!(personal.contains("personnummer") && !personal.contains("900101"), "{personal}");
}
