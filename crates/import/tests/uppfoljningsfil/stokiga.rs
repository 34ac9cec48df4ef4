//! The messy files of testdata/uppfoljningsfiler, each with what is expected beside it: sheets, columns, rows and
//! findings. Run with `UPPDATERA=1` to write what was found as what is expected, and read the difference before it is
//! believed.

use crate::base::{idag, read};
use samsyn_core::deltagande::{Avslutsorsak, Forsorjning, Forsorjningstid, Kon, Omfattning, Utbildning};
use samsyn_core::uppfoljning::Rad;
use samsyn_import::grid::{self, Limits};
use samsyn_import::uppfoljningsfil::{Last, Ordlista, anmarkt, las};
use std::path::{Path, PathBuf};

/// The largest of these files, in bytes.
const LARGEST: u64 = 20_000;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/uppfoljningsfiler")
}

/// Every file of spreadsheets, in order.
fn files() -> Vec<PathBuf> {
    let about = |path: &PathBuf| path.extension().is_some_and(|e| e == "vantat" || e == "md");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| !about(path));
    files.sort();
    files
}

/// A row's fields that say something.
fn row(rad: &Rad) -> String {
    let yes = |answer: bool| if answer { "ja" } else { "nej" }.to_owned();
    let fields = [
        ("nr", rad.nummer.clone()),
        ("kön", rad.kon.map(Kon::kod).map(str::to_owned)),
        ("född", rad.fodelsear.map(|year| year.to_string())),
        ("in", rad.inskriven.map(|day| day.to_string())),
        ("utbildning", rad.utbildning.map(Utbildning::kod).map(str::to_owned)),
        ("före", rad.forsorjning_fore.map(Forsorjning::kod).map(str::to_owned)),
        ("tid", rad.forsorjningstid_fore.map(Forsorjningstid::kod).map(str::to_owned)),
        ("ut", rad.utskriven.map(|day| day.to_string())),
        ("orsak", rad.avslutsorsak.map(Avslutsorsak::kod).map(str::to_owned)),
        ("arbete", rad.arbete_omfattning.map(Omfattning::kod).map(str::to_owned)),
        ("subventionerat", rad.arbete_subventionerat.map(yes)),
        ("studerar", rad.studerar.map(yes)),
        ("söker", rad.arbetssokande.map(yes)),
        ("plan", rad.plan_vid_avslut.map(yes)),
        ("efter", rad.forsorjning_efter.map(Forsorjning::kod).map(str::to_owned)),
        ("anonym", rad.anonym.map(yes)),
    ];
    let said: Vec<String> = fields.into_iter().filter_map(|(name, value)| Some(format!("{name}={}", value?))).collect();
    format!("rad {}: {}", rad.rad, said.join(" "))
}

fn outcome(last: &Last) -> String {
    let mut lines = vec![format!("blad: {}", last.blad)];
    for kolumn in &last.kolumner {
        let falt = kolumn.falt.unwrap_or("läses inte");
        lines.push(format!("kolumn {}: {} = {falt}", kolumn.bokstav, kolumn.rubrik.replace('\n', " ")));
    }
    lines.extend(last.rader.iter().map(row));
    lines.extend(last.okanda.iter().map(|v| format!("okänt: {} \"{}\" i {} celler", v.falt, v.nyckel, v.antal)));
    lines.extend(last.findings.iter().map(|finding| finding.to_string()));
    lines.join("\n") + "\n"
}

#[test]
fn every_messy_file_is_read_as_expected() {
    let mut wrong = Vec::new();
    let files = files();
    assert!(files.len() >= 30, "{}", files.len());
    for path in files {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        assert!(std::fs::metadata(&path).unwrap().len() < LARGEST, "{name} is large");
        let found = outcome(&read(&name, &std::fs::read(&path).unwrap()));
        let beside = folder().join(format!("{name}.vantat"));
        if std::env::var_os("UPPDATERA").is_some() {
            std::fs::write(&beside, &found).unwrap();
        }
        let expected = std::fs::read_to_string(&beside).unwrap_or_default();
        if found != expected {
            wrong.push(format!("== {name}\nvantat:\n{expected}\nfanns:\n{found}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// All that is ever kept of a file gives the same rows when it is read again.
#[test]
fn what_is_kept_gives_the_same_rows() {
    for path in files() {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let last = read(&name, &std::fs::read(&path).unwrap());
        let again = read("som-last.csv", &last.som_last);
        assert_eq!(again.rader, last.rader, "{name}");
        assert_eq!(again.som_last, last.som_last, "{name}");
        let text = String::from_utf8(last.som_last).unwrap();
        for left_out in ["kommentar", "ringer", "Kommentar", "43", "1985-05-17", "1988-11-31", "0822", "0203;"] {
            assert!(!text.contains(left_out), "{name} keeps {left_out}");
        }
    }
}

/// The annotated copy of each is read as the file itself.
#[test]
fn every_annotated_copy_is_read_as_its_file() {
    for path in files() {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let book = grid::read(&name, &std::fs::read(&path).unwrap(), &Limits::default()).unwrap();
        let last = las(&book, &Ordlista::default(), idag());
        let again = read("kopia.xlsx", &anmarkt(&book, &last.blad, &last.findings).unwrap());
        assert_eq!(again.rader, last.rader, "{name}");
    }
}
