//! An insats's list on the command line: the template out and in again, a list of its own, and what is wrong with it.

use crate::base::{Program, project};

#[test]
fn the_template_comes_back_unchanged() {
    let program = Program::with_demo();
    program.done(&["mall", "deltagare", "--insats", "ost-bryggan", "--ut", "bryggan.xlsx"]);
    let told = program.done(&["importera", "deltagare", "bryggan.xlsx", "--insats", "ost-bryggan"]);
    assert!(
        told.contains("0 nya, 0 ändrade") && told.ends_with("Allt i filen var redan känt. Inget har ändrats.\n"),
        "{told}"
    );
    let unknown = program.run(&["mall", "deltagare", "--insats", "bryggan", "--ut", "b.xlsx"]);
    assert!(
        unknown.code == 2 && unknown.err.contains("De som finns: ") && unknown.err.contains("ost-bryggan"),
        "{unknown:?}"
    );
}

#[test]
fn a_list_of_its_own_is_asked_about_and_taken_in() {
    let program = Program::with_demo();
    let list = project("testdata/egna-listor/deltagare_export.csv");
    let list = list.to_str().unwrap();
    let arguments = ["importera", "deltagare", list, "--insats", "ost-bryggan"];
    let asked = program.run(&[&arguments[..], &["--anmarkt", "att-ratta.xlsx"]].concat());
    assert!(asked.code == 1 && asked.out.contains("\"fel målgrupp\" finns inte i listan."), "{asked:?}");
    assert!(asked.out.ends_with("Filen är inte inläst. Rätta felen och läs in den igen.\n"), "{asked:?}");
    assert!(program.path("att-ratta.xlsx").is_file());
    let word = ["--ord", "avslutsorsak:fel målgrupp=övrigt"];
    let shown = program.done(&[&arguments[..], &word, &["--visa"]].concat());
    assert!(
        shown.contains("12 nya, 0 ändrade") && shown.contains("Siffror som ändras, första halvåret 2026"),
        "{shown}"
    );
    // Days outside the insats's period must be accepted.
    let warned = program.run(&[&arguments[..], &word].concat());
    assert!(warned.code == 1 && warned.out.contains("--godkann-varningar"), "{warned:?}");
    let done = program.done(&[&arguments[..], &word, &["--godkann-varningar", "--per", "2026-07-06"]].concat());
    assert!(done.ends_with("Filen är inläst.\n"), "{done}");
    // Known from the day that was told, and the word is remembered.
    let count = |per: &str| {
        let id = "6/ost-bryggan/inregistrerade_S";
        let told = program.done(&["siffra", "2026-H1", id, "--per", per]);
        told.lines().filter(|line| line.contains("ost-bryggan.")).count()
    };
    assert_eq!((count("2026-07-05"), count("2026-07-06")), (0, 6));
    let again = program.done(&[&arguments[..], &["--godkann-varningar"]].concat());
    assert!(again.contains("12 oförändrade") && again.ends_with("Inget har ändrats.\n"), "{again}");
    let wrong = program.run(&[&arguments[..], &["--kolumn", "Nr=numret"]].concat());
    assert!(wrong.code == 2 && wrong.err.contains("Det finns inget fält \"numret\""), "{wrong:?}");
}

/// "The value is masked in the message and never stored or logged."
#[test]
fn a_personnummer_is_refused_and_not_told() {
    let program = Program::with_demo();
    std::fs::write(program.path("lista.csv"), "Nr;Kön;Start;Not\n1;K;2022-03-01;900101-0017\n").unwrap();
    let refused = program.run(&["importera", "deltagare", "lista.csv", "--insats", "ost-bryggan"]);
    assert_eq!(refused.code, 1, "{refused:?}");
    assert!(refused.err.contains("personnummer"), "{refused:?}");
    assert!(!format!("{refused:?}").contains("900101"), "{refused:?}");
}

/// Faults stand on the sheet that they are on.
#[test]
fn a_fault_is_told_with_its_sheet_when_there_are_several() {
    let program = Program::with_demo();
    let list = project("testdata/egna-listor/uppfoljning-var-2026.ods");
    let told = program.done(&["importera", "deltagare", list.to_str().unwrap(), "--insats", "ost-bryggan", "--visa"]);
    let outside = |sheet: &str, row: &str| {
        let place = format!("VARNING: {sheet}, rad {row}, ");
        told.lines().any(|line| line.starts_with(&place) && line.contains("utanför alla beslutade perioder"))
    };
    // Both sheets have a row 11 that lies outside.
    assert!(outside("Pågående", "11") && outside("Avslutade", "11"), "{told}");
}
