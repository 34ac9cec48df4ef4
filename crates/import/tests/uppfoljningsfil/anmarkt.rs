//! The annotated copy: the file's own values, with every fault at its cell, at its row and in a list.

use crate::base::{idag, zip};
use samsyn_import::grid::{self, Book, Cell, Limits};
use samsyn_import::uppfoljningsfil::{Last, Ordlista, anmarkt, las};

const FILE: &str = "Uppföljning Bryggan;;;;;;\n;;;;;;\nNr;Kön;Född;Start;Slut;Orsak;Anteckning\n\
    1;K;1985;2022-02-30;;;\n2;Kille;1990;2022-04-01;2022-09-01;gick hem;lång\n3;M;1971;2022-04-02;;;\n";

fn open(name: &str, bytes: &[u8]) -> Book {
    grid::read(name, bytes, &Limits::default()).unwrap()
}

fn read(book: &Book) -> Last {
    las(book, &Ordlista::default(), idag())
}

fn text(cell: Option<&Cell>) -> String {
    match cell {
        Some(Cell::Text(text)) => text.to_string(),
        other => format!("{other:?}"),
    }
}

#[test]
fn every_fault_stands_at_its_cell_its_row_and_in_the_list() {
    let book = open("fil.csv", FILE.as_bytes());
    let last = read(&book);
    let bytes = anmarkt(&book, &last.blad, &last.findings).unwrap();
    assert_eq!(bytes, anmarkt(&book, &last.blad, &last.findings).unwrap());
    let copy = open("kopia.xlsx", &bytes);
    assert_eq!(copy.sheets.iter().map(|sheet| sheet.name.as_str()).collect::<Vec<_>>(), ["Att rätta", "Inskrivningar"]);

    let list: Vec<String> = copy.sheets[0]
        .rows
        .iter()
        .map(|row| format!("{} {}", text(row.cells.first()), text(row.cells.get(1))))
        .collect();
    assert_eq!(
        list[3..],
        ["Inskrivningar, D4 Fel", "Inskrivningar, B5 Fel", "Inskrivningar, F5 Fel", "Inskrivningar, G3 Varning"]
    );

    let own = &copy.sheets[1];
    assert_eq!(text(own.rows[1].cells.get(7)), "Att rätta");
    let words = |row: usize| text(own.rows[row].cells.get(7));
    assert_eq!(words(2), "Start: \"2022-02-30\" är inget datum. Skriv till exempel 2022-02-28.");
    assert!(
        words(3).starts_with("Kön: \"Kille\" finns inte i listan.") && words(3).contains("Orsak: \"gick hem\""),
        "{}",
        words(3)
    );
    assert_eq!(own.rows[4].cells.len(), 4, "a row without faults has no words");

    // Cells, notes and colours as they stand in the file.
    let mut parts = zip(&bytes);
    let notes = parts.remove("xl/comments1.xml").unwrap();
    for cell in ["ref=\"D4\"", "ref=\"B5\"", "ref=\"F5\"", "ref=\"G3\""] {
        assert!(notes.contains(cell), "{cell}: {notes}");
    }
    assert!(notes.contains("Skriv till exempel 2022-02-28."));
    let sheet = &parts["xl/worksheets/sheet2.xml"];
    let style = |cell: &str| {
        let (_, rest) = sheet.split_once(&format!("<c r=\"{cell}\" ")).unwrap();
        rest.split_once('>').unwrap().0.split("s=\"").nth(1).and_then(|s| s.split('"').next()).unwrap_or("0").to_owned()
    };
    assert_eq!(style("D4"), style("B5"));
    assert!(style("D4") != style("D5") && style("G3") != style("F3") && style("G3") != style("D4"));
    // A row's words are seen whole: row 5 has two faults, row 4 one.
    let height = |row: &str| -> u32 {
        let (_, rest) = sheet.split_once(&format!("<row r=\"{row}\" ")).unwrap();
        rest.split_once("ht=\"").unwrap().1.split_once('"').unwrap().0.parse().unwrap()
    };
    assert!((height("4"), words(2).chars().count()) == (33, 66) && height("5") > 33, "{}", words(2));
    assert!(sheet.contains("<autoFilter ref=\"A3:H6\"/>") && sheet.contains("ySplit=\"3\""));
}

/// The copy is read as the file that it is a copy of, and can be handed in when it has been mended.
#[test]
fn the_copy_is_read_as_the_file() {
    let book = open("fil.csv", FILE.as_bytes());
    let last = read(&book);
    let copy = open("kopia.xlsx", &anmarkt(&book, &last.blad, &last.findings).unwrap());
    let again = read(&copy);
    assert_eq!(again.rader, last.rader);
    assert_eq!(again.findings.len(), last.findings.len());
    // A copy of the copy has one list and one column of words.
    let twice = open("kopia.xlsx", &anmarkt(&copy, &again.blad, &again.findings).unwrap());
    assert_eq!(twice.sheets.len(), 2);
    assert_eq!(twice.sheets[1], copy.sheets[1]);
}
