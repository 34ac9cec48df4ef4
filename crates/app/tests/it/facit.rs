//! Every published figure, and every figure of the made-up förbund, comes out of the program.

use crate::base::{Program, project, rows};
use std::collections::HashMap;

/// Package, facit, half-year, kännedomsdatum, förbund.
fn cases() -> Vec<(String, String, &'static str, &'static str, String)> {
    let mut cases = Vec::new();
    for (period, per) in [("2022-H1", "2022-08-30"), ("2022-H2", "2023-03-01"), ("2023-H1", "2023-08-30")] {
        let facit = format!("testdata/facit/pm-{period}.csv");
        cases.push(("demo".to_owned(), facit, period, per, "uppsala-lan".to_owned()));
    }
    for prov in ["1", "2"] {
        for (period, per) in
            [("2024-H1", "2024-08-30"), ("2024-H1", "2024-12-01"), ("2024-H2", "2024-12-31"), ("2024-H2", "2025-02-20")]
        {
            let package = format!("testdata/prov/{prov}");
            let facit = format!("{package}/facit-{period}-per-{per}.csv");
            cases.push((package, facit, period, per, format!("prov-{prov}")));
        }
    }
    cases
}

/// Imports every package and compares; an empty and an absent figure are the same thing.
fn check(database: &[&str]) {
    let program = Program::new();
    let run = |arguments: &[&str]| program.done(&[database, arguments].concat());
    for package in ["demo", "testdata/prov/1", "testdata/prov/2"] {
        let folder = project(package);
        run(&["importera", "underlag", folder.to_str().unwrap(), "--godkann-varningar"]);
    }
    let mut wrong = Vec::new();
    let mut compared = 0;
    for (_, facit, period, per, forbund) in cases() {
        let printed = run(&["siffror", period, "--per", per, "--forbund", &forbund]);
        assert!(printed.starts_with("tabell;rad;kolumn;varde\n"), "{printed}");
        let got: HashMap<String, &str> = printed
            .lines()
            .skip(1)
            .filter_map(|line| line.rsplit_once(';'))
            .map(|(id, value)| (id.replace(';', "/"), value))
            .collect();
        for row in rows(&project(&facit)) {
            let id = row[..3].join("/");
            let value = got.get(&id).copied().unwrap_or("");
            compared += 1;
            if value != row[3] {
                wrong.push(format!("{facit} {id}: facit {:?}, Samsyn {value:?}", row[3]));
            }
        }
    }
    assert!(wrong.is_empty(), "{} av {compared} siffror skiljer sig:\n{}", wrong.len(), wrong.join("\n"));
    assert_eq!(compared, 797 + 4104);
}

#[test]
fn every_figure_of_the_facit_comes_out_of_sqlite() {
    check(&["--data", "data"]);
}

/// Also on PostgreSQL, when `./test` has started one; it says so when it has not.
#[test]
fn every_figure_of_the_facit_comes_out_of_postgres() {
    match std::env::var("SAMSYN_TEST_PG") {
        Ok(url) => check(&["--databas", &url]),
        Err(_) if std::env::var("SAMSYN_HOPPA").is_ok_and(|value| value == "1") => {}
        Err(_) => panic!("SAMSYN_TEST_PG is not set: run ./test, or leave PostgreSQL out with SAMSYN_HOPPA=1"),
    }
}

/// Every published fee and every figure of both published plans. Two sums of the older plan are misprinted in the
/// original; the facit says so and has what their rows come to.
#[test]
fn every_fee_and_every_figure_of_the_plans_comes_out() {
    let program = Program::new();
    let run = |arguments: &[&str]| program.done(&[&["--data", "data"], arguments].concat());
    let folder = project("demo");
    run(&["importera", "underlag", folder.to_str().unwrap(), "--godkann-varningar"]);
    for plan in ["plan-2018-03-16.csv", "plan-2022-10-20.csv"] {
        let path = folder.join("ekonomi").join(plan);
        assert!(run(&["importera", "plan", path.to_str().unwrap()]).contains("är inläst"));
        assert!(run(&["importera", "plan", path.to_str().unwrap()]).contains("Inget har ändrats"));
    }
    let mut got: HashMap<String, String> = HashMap::new();
    for (year, which) in [
        ("2018", "avgifter"),
        ("2019", "avgifter"),
        ("2022", "avgifter"),
        ("2018", "beslutsutrymme"),
        ("2022", "beslutsutrymme"),
    ] {
        let printed = run(&["siffror", year, "--rapport", which]);
        let lines = printed.lines().skip(1).filter_map(|line| line.rsplit_once(';'));
        got.extend(lines.map(|(id, value)| (id.replace(';', "/"), value.to_owned())));
    }
    let facit = rows(&project("testdata/facit/avgifter-och-beslutsutrymme.csv"));
    let wrong: Vec<String> = facit
        .iter()
        .map(|row| (row[..3].join("/"), row[3].clone()))
        .filter(|(id, value)| got.get(id) != Some(value))
        .map(|(id, value)| format!("{id}: facit {value:?}, Samsyn {:?}", got.get(&id)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(facit.len(), 116);
}

/// Every figure of the delårsrapport comes out of the three SIE files, the plan and historiska tal. The facit allows one
/// krona of rounding in the result; none is needed.
#[test]
fn every_figure_of_the_delarsrapport_comes_out() {
    let program = Program::new();
    let run = |arguments: &[&str]| program.done(&[&["--data", "data"], arguments].concat());
    let folder = project("demo");
    run(&["importera", "underlag", folder.to_str().unwrap(), "--godkann-varningar"]);
    let path = |name: &str| folder.join("ekonomi").join(name).to_str().unwrap().to_owned();
    run(&["importera", "plan", &path("plan-2022-10-20.csv")]);
    for koppling in ["rapportstruktur.csv", "projekt.csv", "kostnadsstallen.csv"] {
        run(&["importera", "koppling", &path(koppling), "--fran", "2021"]);
    }
    for sie in ["2021-06-30.se", "2021-12-31.se", "2022-06-30.se"] {
        assert!(run(&["importera", "sie", &path(sie)]).contains("är inläst"));
        assert!(run(&["importera", "sie", &path(sie)]).contains("Inget har ändrats"));
    }
    let printed = run(&["siffror", "2022-H1", "--rapport", "delarsrapport"]);
    let lines = printed.lines().skip(1).filter_map(|line| line.rsplit_once(';'));
    let got: HashMap<String, String> = lines.map(|(id, value)| (id.replace(';', "/"), value.to_owned())).collect();
    let facit = rows(&project("testdata/facit/delarsrapport-2022-06-30.csv"));
    let wrong: Vec<String> = facit
        .iter()
        .map(|row| (row[..3].join("/"), row[3].clone()))
        .filter(|(id, value)| got.get(id) != Some(value))
        .map(|(id, value)| format!("{id}: facit {value:?}, Samsyn {:?}", got.get(&id)))
        .collect();
    assert!(wrong.is_empty(), "{} av {}:\n{}", wrong.len(), facit.len(), wrong.join("\n"));
    assert_eq!(facit.len(), 221);
}
