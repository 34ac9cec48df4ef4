//! The command line as a user meets it: help, exit codes, errors in Swedish.

use crate::base::{Program, project};

const COMMANDS: &[&[&str]] = &[
    &["demo"],
    &["importera"],
    &["importera", "underlag"],
    &["importera", "deltagare"],
    &["importera", "plan"],
    &["importera", "folkmangd"],
    &["hamta"],
    &["hamta", "folkmangd"],
    &["exportera", "plan"],
    &["exportera", "sie-forslag"],
    &["avgifter"],
    &["rapport", "avgifter"],
    &["rapport", "prognos"],
    &["rapport", "beslutsutrymme"],
    &["mall"],
    &["mall", "deltagare"],
    &["exportera", "underlag"],
    &["siffror"],
    &["siffra"],
    &["skillnad"],
    &["rapport"],
    &["rapport", "pm"],
    &["rapport", "tjansteskrivelse"],
    &["rapport", "manad"],
    &["rapport", "finsam"],
    &["kontrollera"],
    &["gallra"],
    &["gallra", "visa"],
    &["gallra", "besluta"],
    &["gallra", "utfor"],
    &["gallra", "aterta"],
    &["gallra", "inskrivning"],
    &["sakerhetskopiera"],
    &["generera"],
    &["komplettering"],
];

#[test]
fn every_command_has_help_in_swedish_with_an_example() {
    let program = Program::new();
    for command in COMMANDS.iter().copied().chain([&[] as &[&str]]) {
        let help = program.done(&[command, &["--help"]].concat());
        assert!(help.contains("Användning: samsyn") && help.contains("Exempel:\n  samsyn"), "{command:?}: {help}");
        for english in ["Usage", "Options", "Commands", "Arguments", "Print ", "[default", "[possible", "help"] {
            let left = help.replace("--help", "");
            assert!(!left.contains(english), "{command:?} says {english}: {help}");
        }
    }
}

/// Exit codes 0 done, 1 findings that stop, 2 wrong usage, 3 failure.
#[test]
fn wrong_usage_is_told_in_swedish() {
    let program = Program::with_demo();
    for (arguments, told) in [
        (vec!["siffror", "2022"], "PM är för ett halvår. Skriv 2022-H1 eller 2022-H2"),
        (vec!["sifror", "2022-H1"], "Kommandot sifror finns inte. Menade du siffra eller siffror?"),
        (vec!["siffror"], "Detta saknas: <PERIOD>"),
        (vec!["siffror", "2022-H3"], "är inget halvår. Skriv till exempel 2022-H1."),
        (vec!["siffror", "2022-H1", "--per", "2022-02-30"], "är inget datum"),
        (vec!["siffror", "2022-H1", "--format", "xml"], "Välj något av: csv, json"),
        (vec!["siffror", "2022-H1", "--perr", "2022-08-30"], "--perr finns inte. Menade du --per?"),
        (vec!["siffra", "2022-H1", "6/summa"], "är inget namn på en siffra"),
        (vec!["avgifter", "-2022"], "\"-2022\" är inget år. Skriv till exempel 2022."),
        (vec!["avgifter", "2022", "--total", "-1"], "är inget belopp i hela kronor"),
        (vec!["siffra", "2022-H1", "6/summa/antal"], "Kolumnen finns inte på raden. Kolumner: inregistrerade_K"),
        (vec!["siffra", "2022-H1", "14/x/y"], "Tabellen finns inte. Tabeller: 1, 2"),
        (vec!["--forbund", "nej", "siffror", "2022-H1"], "inget samordningsförbund med id"),
        (vec!["--data", "tom", "siffror", "2022-H1"], "Det finns ingen databas i tom."),
        (vec!["--databas", "mysql://x", "siffror", "2022-H1"], "postgres://"),
    ] {
        let run = program.run(&arguments);
        assert_eq!(run.code, 2, "{arguments:?}: {run:?}");
        assert!(run.err.contains(told), "{arguments:?}: {}", run.err);
        assert!(run.out.is_empty() && !run.err.contains("error"), "{arguments:?}: {run:?}");
    }
}

#[test]
fn findings_stop_an_import_and_nothing_is_stored() {
    let program = Program::new();
    let demo = project("demo");
    let run = program.run(&["importera", "underlag", demo.to_str().unwrap()]);
    assert_eq!(run.code, 1, "{run:?}");
    assert!(run.err.contains("VARNING: ") && run.err.contains("--godkann-varningar"), "{}", run.err);
    assert_eq!(program.run(&["siffror", "2022-H1"]).code, 2, "nothing was stored");
    let run = program.run(&["importera", "underlag", "finns-inte"]);
    assert_eq!(run.code, 1, "{run:?}");
    assert!(run.err.contains("finns-inte"), "{}", run.err);
}

#[test]
fn the_same_package_again_changes_nothing_and_says_so() {
    let program = Program::with_demo();
    let demo = project("demo");
    let told = program.done(&["importera", "underlag", demo.to_str().unwrap(), "--godkann-varningar"]);
    assert!(told.contains("finns redan inläst. Inget har ändrats."), "{told}");
}

/// Four participants registered in September 2023 had started in 2022, and two were cancelled in October
/// 2023: the difference is listed fact by fact.
#[test]
fn the_difference_names_the_facts_that_made_it() {
    let program = Program::with_demo();
    let told = program.done(&["skillnad", "2023-H1", "--fran", "2023-08-30", "--till", "2023-12-31"]);
    assert!(told.contains("6/summa/pagaende_S: 292 → "), "{told}");
    // Only the facts that changed the figure: two more enrolments, and none of those that left later.
    let figure = told.split("\n\n").find(|part| part.starts_with("6/enk-jobbcentrum/pagaende_M: 29 → 31")).unwrap();
    assert_eq!(figure.matches("  + deltagare ").count(), 2, "{figure}");
    assert_eq!(figure.lines().count(), 3, "{figure}");
    assert!(told.contains("  samma uppgifter som "), "{told}");
    assert!(told.contains("  + deltagare D") && told.contains("  − deltagare D"), "{told}");
    let same = program.done(&["skillnad", "2023-H1", "--fran", "2023-08-30", "--till", "2023-08-30"]);
    assert!(same.starts_with("Ingen siffra för 2023-H1 skiljer sig"), "{same}");
}

#[test]
fn a_figure_tells_its_rule_its_base_and_its_facts() {
    let program = Program::with_demo();
    let told = program.done(&["siffra", "2022-H1", "8/ost-bryggan/andel_M", "--per", "2022-08-30"]);
    assert!(told.starts_with("8/ost-bryggan/andel_M = 30\u{a0}%"), "{told}");
    assert!(told.contains("Täljare, inskrivningar: 3\n") && told.contains("Bas, inskrivningar: 10\n"), "{told}");
    assert_eq!(told.matches("  deltagare D").count(), 13, "{told}");
}

#[test]
fn completions_are_written_for_three_shells() {
    let program = Program::new();
    for shell in ["bash", "zsh", "fish"] {
        assert!(program.done(&["komplettering", shell]).contains("siffror"), "{shell}");
    }
    assert_eq!(program.run(&["komplettering", "tcsh"]).code, 2);
}

#[test]
fn the_demo_shows_the_state_and_what_to_try_next() {
    let program = Program::new();
    let told = program.done(&["demo", "--utan-webb"]);
    assert!(told.contains("Läget 2022-H1, uppgifter per 2022-08-30"), "{told}");
    assert!(
        told.contains("Östhammar, Bryggan               Grön  Ja           88\u{a0}%   15         12     27"),
        "{told}"
    );
    for period in ["2022-H1", "2023-H1"] {
        for ending in ["html", "md", "json"] {
            assert!(
                program.path(&format!("samsyn-demo/rapporter/pm-{period}.{ending}")).is_file(),
                "{period}.{ending}"
            );
        }
    }
    // What it says to try next works as it stands.
    let next: Vec<&str> = told.lines().filter_map(|line| line.strip_prefix("  samsyn ")).collect();
    assert_eq!(next.len(), 3, "{told}");
    for line in next {
        program.done(&line.split_whitespace().collect::<Vec<_>>());
    }
    assert!(program.done(&["demo", "--utan-webb"]).contains("Inget har ändrats"));
}

/// A reader that goes away (`samsyn siffror … | head -1`) is no failure.
#[test]
fn a_closed_pipe_is_no_failure() {
    let program = Program::with_demo();
    let mut child = program.command(&["siffror", "2022-H1"]).stdout(std::process::Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}
