//! What other programs say of the file: qpdf and poppler, from the Debian packages `qpdf` and
//! `poppler-utils`. `SAMSYN_HOPPA=1` leaves out what is not installed, and says so.

use crate::base::DEMO;
use samsyn_document::{Value, format};
use std::path::PathBuf;
use std::process::{Command, Output};

/// The demo's PM in a file of its own.
fn file(name: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, &DEMO[0].bytes).unwrap();
    path
}

/// What a program says; `None` when it is not there and may be left out.
fn run(program: &str, before: &[&str], file: &PathBuf, after: &[&str]) -> Option<Output> {
    match Command::new(program).args(before).arg(file).args(after).output() {
        Ok(output) => Some(output),
        Err(_) if std::env::var("SAMSYN_HOPPA").is_ok_and(|v| v == "1") => {
            eprintln!("{program} is not installed: left out");
            None
        }
        Err(error) => panic!("{program}: {error}. Install Debian's qpdf and poppler-utils, or set SAMSYN_HOPPA=1."),
    }
}

#[test]
fn qpdf_finds_nothing_wrong() {
    let file = file("qpdf.pdf");
    let Some(output) = run("qpdf", &["--check"], &file, &[]) else { return };
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && said.contains("No syntax or stream encoding errors found"), "{said}");
}

#[test]
fn poppler_knows_it_as_tagged_and_archived() {
    let file = file("pdfinfo.pdf");
    let Some(output) = run("pdfinfo", &["-isodates", "-enc", "UTF-8"], &file, &[]) else { return };
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    for line in ["Tagged: yes", "Author: Samordningsförbundet Uppsala län", "CreationDate: 2022-08-30", "A4"] {
        assert!(said.split_whitespace().collect::<Vec<_>>().join(" ").contains(line), "{line}: {said}");
    }
}

/// The text that people copy has every figure of the tables, on the line of its row.
#[test]
fn the_text_has_every_figure() {
    let file = file("pdftotext.pdf");
    let Some(output) = run("pdftotext", &["-layout"], &file, &["-"]) else { return };
    let text = String::from_utf8(output.stdout).unwrap().replace('\u{a0}', " ");
    DEMO[0].document.each_cell(&mut |cell| {
        if cell.figure.is_some() && !matches!(cell.value, Value::Missing | Value::Withheld) {
            let shown = format::value(&cell.value).replace('\u{a0}', " ");
            assert!(text.contains(&shown), "{:?} {shown}", cell.figure);
        }
    });
    assert!(text.lines().any(|line| {
        let words: Vec<&str> = line.split_whitespace().collect();
        words.join(" ").starts_with("Jobbcentrum, Enköping 1 290 1 338 96 %")
    }));
}
