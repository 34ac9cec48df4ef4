//! The workbook read back: by calamine, by openpyxl, and recomputed.

mod evaluate;
mod made;
mod programs;

use crate::{readback, sample};
use evaluate::{Book, Result};
use made::{amount, count, document, figure, table, text};
use samsyn_document::{Belopp, Datum, Document, Formula, Kvot, Ljus, Look, Row, Svar, Tal, Unit, Value};

fn xlsx(document: &Document) -> Vec<u8> {
    samsyn_render::xlsx(document, &Look::default()).expect("a workbook")
}

/// Every formula gives what stands beside it.
fn check_formulas(bytes: &[u8]) -> usize {
    let book = Book::open(bytes);
    let formulas = book.formulas();
    for (sheet, place, text) in &formulas {
        let stored = match book.stored(sheet, *place) {
            Some(calamine::Data::Float(number)) => *number,
            other => panic!("{sheet} {place:?} {text}: {other:?}"),
        };
        let computed = book.compute(sheet, text).number();
        let close = (stored - computed).abs() <= 1e-12 * stored.abs().max(1.0);
        assert!(close, "{sheet} {place:?} {text}: {stored} is not {computed}");
    }
    formulas.len()
}

#[test]
fn a_workbook_gives_every_figure_of_the_tables() {
    for document in [sample::document(), made::with_formulas()] {
        let read = readback::xlsx(&xlsx(&document), &document);
        assert_eq!(read, readback::tables(&document));
        assert!(read.len() > 200, "{}", read.len());
    }
}

/// The reader must be able to find fault.
#[test]
fn a_changed_figure_is_seen() {
    let document = made::with_formulas();
    let mut other = document.clone();
    made::each_cell(&mut other, &mut |cell| {
        if let Value::Belopp(amount, unit) = cell.value {
            cell.value = Value::Belopp(amount + Belopp::from_kronor(500), unit);
        }
    });
    let read = readback::xlsx(&xlsx(&other), &document);
    let (more, less) = readback::difference(&read, &readback::tables(&document));
    assert!(!more.is_empty() && more.len() == less.len());
}

/// Formulas are written where the model has them and they hold, and give what stands in the cell.
#[test]
fn formulas_agree_with_the_values() {
    let bytes = xlsx(&made::with_formulas());
    // Sums of women and men: 7 rows of 5 groups; sums of rows: 10, of sums 5; shares 10; quotas 9; charts.
    assert!(check_formulas(&bytes) > 90);
    let book = Book::open(&bytes);
    let six = "Tabell 6 Antal deltagare";
    assert_eq!(book.formula(six, "E7").as_deref(), Some("C7+D7"));
    assert_eq!(book.formula(six, "C14").as_deref(), Some("SUM(C7:C13)"));
    assert_eq!(book.formula(six, "C15").as_deref(), Some("IF(N(E14)>0,C14/E14,\"–\")"));
    let four = "Tabell 4 Utfall och budget";
    // A sum over group headings is one range; one that its rows do not bear is a value.
    assert_eq!(book.formula(four, "C19").as_deref(), Some("SUM(C8:C18)"));
    assert_eq!(book.formula(four, "D19"), None);
    assert_eq!(book.stored(four, (18, 3)), Some(&calamine::Data::Float(-12_000.0)));
    assert!(book.formula("Diagram", "B6").is_some_and(|text| text.starts_with("'Tabell 4")));
}

fn rows(rows: Vec<Row>) -> Book {
    let bytes = xlsx(&document(vec![table("Tabell 1", "Prov", &["A", "B", "C"], rows)]));
    check_formulas(&bytes);
    Book::open(&bytes)
}

fn sum(parts: &[&str]) -> Option<Formula> {
    Some(Formula::Sum(parts.iter().map(|part| figure(part)).collect()))
}

#[test]
fn a_formula_that_does_not_hold_is_a_value() {
    let ratio = |a: &str, b: &str| Some(Formula::Ratio(figure(a), figure(b)));
    let seventh = Kvot::new(1, 7).map_or(Value::Missing, Value::Andel);
    let other = Kvot::new(2, 7).map_or(Value::Missing, Value::Andel);
    let book = rows(vec![
        made::row("ett", vec![count("a1", 1, None), count("b1", 7, None), amount("c1", 10, None)]),
        made::row("två", vec![count("a2", 2, None), count("b2", 0, None), amount("c2", 20, None)]),
        // Does not add up; the part is not there; adds up but for the öre.
        made::row(
            "fel",
            vec![
                count("a3", 4, sum(&["a1", "a2"])),
                count("b3", 7, sum(&["b1", "x1"])),
                amount("c3", 31, sum(&["c1", "c2"])),
            ],
        ),
        // Sums of themselves, alone and by way of each other.
        made::row(
            "ring",
            vec![count("a4", 0, sum(&["a4"])), count("b4", 5, sum(&["c4"])), count("c4", 5, sum(&["b4"]))],
        ),
        made::row(
            "kvot",
            vec![
                made::cell("a5", seventh.clone(), ratio("a1", "b1")),
                made::cell("b5", other, ratio("a1", "b1")),
                made::cell("c5", Value::Missing, ratio("a1", "b2")),
            ],
        ),
        made::row("rätt", vec![count("a6", 3, sum(&["a1", "a2"])), count("b6", 7, sum(&[])), count("c6", 4, None)]),
    ]);
    let sheet = "Tabell 1 Prov";
    let formula = |place: &str| book.formula(sheet, place);
    for place in ["B8", "C8", "D8", "B9", "C10", "B10", "D10", "C11"] {
        let allowed = place == "B10";
        assert_eq!(formula(place).is_some(), allowed, "{place}: {:?}", formula(place));
    }
    // Of two that lean on each other, one is a value.
    assert_eq!((formula("C9").is_some(), formula("D9").is_some()), (true, false));
    assert_eq!(formula("B11").as_deref(), Some("SUM(B6:B7)"));
    assert_eq!(book.cell(sheet, evaluate::at("D10")), Result::Words("–".into()));
}

/// A missing part is words in its cell: SUM passes over it, + would not.
#[test]
fn sums_bear_missing_parts_and_leave_other_numbers_out() {
    let missing = |id: &str| made::cell(id, Value::Missing, None);
    let book = rows(vec![
        made::row("ett", vec![count("a1", 1, None), missing("b1"), count("c1", 1, sum(&["a1", "b1"]))]),
        Row::Group { heading: "Rubrik".into() },
        made::row("två", vec![count("a2", 2, None), count("b2", 3, None), count("c2", 5, sum(&["a2", "b2"]))]),
        made::row("del", vec![count("a3", 3, sum(&["a1", "a2"])), missing("b3"), missing("c3")]),
        made::row("tre", vec![count("a4", 4, None), count("b4", 4, None), missing("c4")]),
        made::row("fyra", vec![count("a5", 5, None), count("b5", 5, None), missing("c5")]),
        made::row(
            "summa",
            vec![
                count("a6", 12, sum(&["a1", "a2", "a4", "a5"])),
                count("b6", 12, sum(&["b5", "b4", "b2", "b1"])),
                count("c6", 2, sum(&["a1", "a1"])),
            ],
        ),
    ]);
    let formula = |place: &str| book.formula("Tabell 1 Prov", place).unwrap_or_default();
    assert_eq!(formula("D6"), "SUM(B6,C6)");
    assert_eq!(formula("D8"), "B8+C8");
    assert_eq!(formula("B9"), "SUM(B6:B8)");
    assert_eq!(formula("B12"), "SUM(B6:B8,B10:B11)");
    assert_eq!(formula("C12"), "SUM(C6:C11)");
    assert_eq!(formula("D12"), "B6+B6");
}

/// What is left of sums is a formula when it comes to what stands there, and a value when it does not.
#[test]
fn what_is_taken_off_is_a_formula() {
    let less = |plus: &[&str], minus: &[&str]| {
        let ids = |names: &[&str]| names.iter().map(|name| figure(name)).collect();
        Some(Formula::Difference(ids(plus), ids(minus)))
    };
    let missing = |id: &str| made::cell(id, Value::Missing, None);
    let document = document(vec![table(
        "Tabell 1",
        "Prov",
        &["A", "B", "C"],
        vec![
            made::row("ett", vec![count("a1", 10, None), count("b1", 4, None), count("c1", 6, less(&["a1"], &["b1"]))]),
            made::row("två", vec![count("a2", 3, None), missing("b2"), count("c2", 3, less(&["a2"], &["b2"]))]),
            made::row(
                "tre",
                vec![
                    count("a3", 2, less(&["a1", "a2"], &["b1", "c1", "a4"])),
                    count("b3", 9, less(&["a1"], &["a2"])),
                    count("c3", 5, less(&[], &["a1"])),
                ],
            ),
            made::row("fyra", vec![count("a4", 1, None), missing("b4"), missing("c4")]),
        ],
    )]);
    let bytes = xlsx(&document);
    let (book, sheet) = (Book::open(&bytes), "Tabell 1 Prov");
    assert_eq!(book.formula(sheet, "D6").as_deref(), Some("SUM(B6)-(SUM(C6))"));
    assert!(book.formula(sheet, "B8").is_some_and(|text| text.contains(")-(")));
    // Nine is not what is left, and nothing is not a sum.
    assert_eq!((book.formula(sheet, "C8"), book.formula(sheet, "D8")), (None, None));
    assert_eq!(check_formulas(&bytes), 3);
}

/// Words that begin as formulas do stay words.
#[test]
fn words_are_never_formulas() {
    let hostile = ["=1+1", "+46 70", "-x", "@SUM(A1)", "=HYPERLINK(\"http://x\")", "=cmd|' /C calc'!A0"];
    let lines = hostile.iter().map(|words| made::row(words, vec![text(words), text(words), text(words)]));
    let mut other = document(vec![table("=1", "=2", &["=3", "@4", "-5"], lines.collect())]);
    other.title = "=T".into();
    let bytes = xlsx(&other);
    let book = Book::open(&bytes);
    assert!(book.formulas().is_empty());
    for words in hostile {
        assert!(book.find("=1 =2", words).is_some(), "{words}");
    }
}

#[test]
fn what_excel_cannot_hold_is_cut_or_left_out() {
    let long = "å".repeat(40_000);
    let control: String = (0..32).filter_map(char::from_u32).chain("x\u{7f}\u{202e}\u{fffe}_x0041_y".chars()).collect();
    let lines = vec![
        made::row(&long, vec![text(&long), text(&control), text("a\nb")]),
        made::row("stort", vec![count("a", i64::MAX, None), count("b", i64::MIN, None), text("🦀")]),
    ];
    let mut odd = document(vec![table("Tabell 1", &long, &[&long, &control, "C"], lines)]);
    odd.title = format!("&P {long}");
    odd.subtitle = control.clone();
    made::add_notes(&mut odd, &long);
    let book = Book::open(&xlsx(&odd));
    let sheet = book.sheets[1].clone();
    assert!(sheet.encode_utf16().count() <= 31);
    let cut = |words: &str| words.encode_utf16().count() == 32_767 && words.ends_with('…');
    assert!(matches!(book.cell(&sheet, (5, 0)), Result::Words(words) if cut(&words)));
    assert_eq!(book.cell(&sheet, (5, 2)), Result::Words("\t\nx_x0041_y".into()));
    assert_eq!(
        book.cell(&sheet, (6, 1)),
        Result::Words("9\u{a0}223\u{a0}372\u{a0}036\u{a0}854\u{a0}775\u{a0}807".into())
    );
}

#[test]
fn many_rows_and_tables_become_many_rows_and_sheets() {
    let lines = |of: usize| {
        let line = |i: usize| {
            let name = format!("{of}-{i}");
            made::row(&name, vec![count(&name, i as i64, None), text("x"), amount(&format!("k{name}"), i as i64, None)])
        };
        (0..500).map(line).collect::<Vec<_>>()
    };
    let same = (0..30).map(|of| table("Tabell 1", "Samma namn på allt som finns här", &["A", "B", "C"], lines(of)));
    let many = document(same.collect());
    let bytes = xlsx(&many);
    assert_eq!(readback::xlsx(&bytes, &many), readback::tables(&many));
    let book = Book::open(&bytes);
    assert_eq!(book.sheets.len(), 31);
    let unique: std::collections::HashSet<String> = book.sheets.iter().map(|name| name.to_lowercase()).collect();
    assert_eq!(unique.len(), 31);
}

/// A document without tables still tells what it is; a table without columns or rows is still a sheet.
#[test]
fn empty_things_are_written_too() {
    assert_eq!(Book::open(&xlsx(&document(vec![]))).sheets, ["Innehåll"]);
    let empty = document(vec![table("", "", &[], vec![]), table("", "", &["A"], vec![])]);
    assert_eq!(Book::open(&xlsx(&empty)).sheets, ["Innehåll", "Tabell", "Tabell (2)"]);
}

#[test]
fn a_table_that_no_sheet_can_hold_is_refused() {
    let names: Vec<String> = (0..16_000).map(|i| i.to_string()).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let wide = document(vec![table("Tabell 1", "Bred", &names, vec![])]);
    let error = samsyn_render::xlsx(&wide, &Look::default()).expect_err("too wide").to_string();
    assert!(error.starts_with("Tabell 1. Bred får inte plats på ett blad i Excel"), "{error}");
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    let document = made::with_formulas();
    let bytes = xlsx(&document);
    std::thread::sleep(std::time::Duration::from_millis(1_100));
    assert!(bytes == xlsx(&document));
}

/// Each kind of value is shown as documents write it.
#[test]
fn every_kind_of_value_is_read_back() {
    let day = |text: &str| Value::Datum(Datum::parse(text).expect("a day"));
    let tal = |mantissa, decimals| Tal::new(mantissa, decimals).map_or(Value::Missing, Value::Tal);
    let share = |part, base| Kvot::new(part, base).map_or(Value::Missing, Value::Andel);
    let money = |ore, unit| Value::Belopp(Belopp::from_ore(ore), unit);
    let values = vec![
        (day("2022-06-30"), "yyyy\\-mm\\-dd"),
        (day("1900-01-01"), "yyyy\\-mm\\-dd"),
        (tal(-12_345, 1), "#,##0.0"),
        (tal(12_300, 3), "#,##0.000"),
        (tal(90, 0), "#,##0"),
        (share(1, 8), "0\\ %"),
        (share(57, 200), "0\\ %"),
        (share(-1, 3), "0\\ %"),
        (money(149_999_950, Unit::Tkr), "#,##0,"),
        (money(-150_050_000, Unit::Tkr), "#,##0,"),
        (money(-50, Unit::Kronor), "#,##0"),
        (Value::Ljus(Ljus::Rod), "General"),
        (Value::Svar(Svar::new("i_stort_sett", "I stort sett")), "General"),
        (Value::Missing, "General"),
        (Value::Withheld, "General"),
        (Value::Text("12 ord".into()), "General"),
    ];
    let line = |(i, (value, _)): (usize, &(Value, &str))| {
        made::row(&i.to_string(), vec![made::cell(&i.to_string(), value.clone(), None)])
    };
    let document = document(vec![table("Tabell 1", "Prov", &["A"], values.iter().enumerate().map(line).collect())]);
    let bytes = xlsx(&document);
    assert_eq!(readback::xlsx(&bytes, &document), readback::tables(&document));
    let book = Book::open(&bytes);
    for (row, (value, code)) in (5..).zip(&values) {
        assert_eq!(book.format("Tabell 1 Prov", (row, 1)), *code, "{value:?}");
    }
}

/// Amounts keep their öre: a sum of kronor that are shown rounded is not the sum of what is shown.
#[test]
fn cells_hold_whole_values() {
    let ore = |id: &str, ore| made::cell(id, Value::Belopp(Belopp::from_ore(ore), Unit::Tkr), None);
    let book = rows(vec![made::row("ett", vec![ore("a", 49_999), ore("b", -123_456_789), ore("c", 10)])]);
    let numbers = [1, 2, 3].map(|column| book.cell("Tabell 1 Prov", (5, column)).number());
    assert_eq!(numbers, [499.99, -1_234_567.89, 0.1]);
}
