//! What has been taken in can be given back, row for row, and taken in again.

use crate::base::{Program, project};

const FILES: [&str; 17] = [
    "forbund",
    "medlemmar",
    "folkmangd",
    "avgiftsregler",
    "historiska_tal",
    "insatser",
    "insatsperioder",
    "insatsparter",
    "budget",
    "rekvisitioner",
    "avvikelser",
    "kvartalsrapporter",
    "mal",
    "malutfall",
    "verksamhetsmal",
    "aktiviteter",
    "deltagare",
];

#[test]
fn the_demo_comes_back_row_for_row() {
    let program = Program::with_demo();
    program.done(&["exportera", "underlag", "ut"]);
    for name in FILES {
        let received = std::fs::read_to_string(project(&format!("demo/{name}.csv"))).unwrap();
        let given = std::fs::read_to_string(program.path(&format!("ut/{name}.csv"))).unwrap();
        assert_eq!(given, received, "{name}");
    }
    assert!(program.path("ut/datapackage.json").is_file());
    let again = program.run(&["exportera", "underlag", "ut"]);
    assert_eq!(again.code, 2, "{again:?}");
    assert!(again.err.contains("inte tom") && again.err.contains("--ersatt"), "{again:?}");
    program.done(&["exportera", "underlag", "ut", "--ersatt"]);
}

#[test]
fn an_export_taken_in_again_changes_nothing() {
    let program = Program::with_demo();
    program.done(&["exportera", "underlag", "ut"]);
    let told = program.done(&["importera", "underlag", "ut", "--godkann-varningar"]);
    assert!(told.contains("Inget har ändrats"), "{told}");
    program.done(&["--data", "ny", "importera", "underlag", "ut", "--godkann-varningar"]);
    let of = |data: &str| program.done(&["--data", data, "siffror", "2023-H1", "--per", "2023-08-30"]);
    assert_eq!(of("samsyn-data"), of("ny"));
}

/// With history every version is there: when it was known, until when, who registered it and why.
#[test]
fn history_holds_every_version() {
    let program = Program::with_demo();
    program.done(&["exportera", "underlag", "ut", "--med-historik"]);
    let text = std::fs::read_to_string(program.path("ut/historik/insatsperioder.csv")).unwrap();
    let heading = text.lines().next().unwrap();
    assert_eq!(heading, "insats_id;start;slut;beslutad;kand_fran;kand_till;registrerad;av;skal");
    assert_eq!(text.lines().count(), 26);
    let text = std::fs::read_to_string(program.path("ut/historik/deltagare.csv")).unwrap();
    let of = |id: &str| text.lines().filter(|line| line.starts_with(id)).count();
    assert_eq!(of("D00001;"), 2, "enrolled, then exited");
}
