//! The workbook as other programs see it: openpyxl, and LibreOffice, which computes it anew.
//!
//! `./test` installs both. Without them the tests fail and say what to install; with `SAMSYN_HOPPA=1`
//! they are left out.

use super::evaluate::Book;
use super::{made, xlsx};
use serde_json::Value;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// Settings of LibreOffice: compute every formula anew when a workbook is opened. It reads no other
/// line breaks than these.
const RECALCULATE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>"#;

/// The workbook with 77 as the value of every formula: who reads it and does not compute is found out.
fn without_values(bytes: &[u8]) -> Vec<u8> {
    let mut book = ZipArchive::new(Cursor::new(bytes)).expect("a workbook");
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for i in 0..book.len() {
        let mut file = book.by_index(i).expect("a file");
        let name = file.name().expect("a name").into_owned();
        let mut text = Vec::new();
        file.read_to_end(&mut text).expect("bytes");
        if name.starts_with("xl/worksheets/sheet") {
            let whole = String::from_utf8(text).expect("text");
            let mut parts = whole.split("</f><v>");
            let first = parts.next().unwrap_or_default().to_owned();
            let rest = parts.map(|part| format!("</f><v>77{}", &part[part.find("</v>").expect("an end")..]));
            text = (first + &rest.collect::<String>()).into_bytes();
        }
        out.start_file(name, SimpleFileOptions::default()).expect("a file");
        out.write_all(&text).expect("bytes");
    }
    out.finish().expect("a workbook").into_inner()
}

/// A folder for this test, empty.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::remove_dir_all(&folder).ok();
    std::fs::create_dir_all(&folder).expect("a folder");
    folder
}

/// Whether a test that lacks a program may be left out; else it fails and says what is lacking.
fn left_out(lacking: &str) -> bool {
    let may = std::env::var("SAMSYN_HOPPA").is_ok_and(|value| value == "1");
    assert!(may, "{lacking} SAMSYN_HOPPA=1 leaves the test out.");
    eprintln!("Left out: {lacking}");
    may
}

#[test]
fn openpyxl_reads_the_workbook() {
    let python = ["python3", "python"].into_iter().find(|python| {
        let run = Command::new(python).args(["-c", "import openpyxl"]).output();
        run.is_ok_and(|run| run.status.success())
    });
    let Some(python) = python else {
        left_out("openpyxl is missing: install Python and run pip install openpyxl.");
        return;
    };
    let path = folder("openpyxl").join("prov.xlsx");
    let document = made::with_formulas();
    std::fs::write(&path, xlsx(&document)).expect("a file");
    let run = Command::new(python).args(["-c", include_str!("openpyxl.py")]).arg(&path).output().expect("Python");
    assert!(run.status.success() && run.stderr.is_empty(), "{}", String::from_utf8_lossy(&run.stderr));
    let book: Value = serde_json::from_slice(&run.stdout).expect("JSON");

    assert_eq!(book["title"], "Uppföljning av insatser");
    assert_eq!(book["creator"], "Samordningsförbundet Exempel");
    assert_eq!((&book["created"], &book["modified"]), (&"2022-08-30 00:00:00".into(), &"2022-08-30 00:00:00".into()));
    assert_eq!(book["names"]["Tabell_6"], "'Tabell 6 Antal deltagare'!$A$5:$Q$15");
    let sheets = book["sheets"].as_array().expect("sheets");
    let name = |sheet: &Value| sheet["name"].as_str().expect("a name").to_owned();
    let names: Vec<String> = sheets.iter().map(name).collect();
    assert_eq!((names[0].as_str(), names[names.len() - 1].as_str()), ("Innehåll", "Diagram"));
    for sheet in sheets {
        assert_eq!((&sheet["paper"], &sheet["footer"][1]), (&9.into(), &"&P (&N)".into()), "{}", name(sheet));
        assert_eq!(sheet["header"][0], "Samordningsförbundet Exempel");
        assert_eq!(sheet["header"][1], "Uppföljning av insatser, Kvartal 1 och 2 2022");
        assert_eq!(sheet["charts"], if name(sheet) == "Diagram" { 2 } else { 0 });
    }
    for sheet in &sheets[1..sheets.len() - 1] {
        assert_eq!(sheet["cells"]["A3"]["link"], "'Innehåll'!A1", "{}", name(sheet));
        // One page wide is what Excel takes when nothing is said.
        assert_eq!(sheet["fits"], serde_json::json!([true, null, 0]), "{}", name(sheet));
        let target = format!("'{}'!A1", name(sheet));
        let links = sheets[0]["cells"].as_object().expect("cells");
        assert!(links.values().any(|cell| cell["link"] == target.as_str()), "{target}");
    }
    let six = &sheets[names.iter().position(|name| name == "Tabell 6 Antal deltagare").expect("table 6")];
    assert_eq!((&six["frozen"], &six["repeated"]), (&"B7".into(), &"$5:$6".into()));
    assert_eq!(six["landscape"], true);
    assert_eq!(six["merged"].as_array().map_or(0, Vec::len), 9);
    let cell = |place: &str| &six["cells"][place];
    assert_eq!((&cell("C14")["kind"], &cell("C14")["text"]), (&"f".into(), &"=SUM(C7:C13)".into()));
    assert_eq!(cell("C15")["format"], "0\\ %");
    // The mark of a footnote is shown by the format; the cell holds the number.
    assert_eq!((&cell("G8")["kind"], &cell("G8")["format"]), (&"n".into(), &"#,##0\" ¹⁾\"".into()));
    assert!(cell("A17")["text"].as_str().is_some_and(|text| text.starts_with("1) En av deltagarna återkom")));
    let one = &sheets[1]["cells"];
    assert_eq!((&one["D7"]["kind"], &one["D7"]["text"]), (&"d".into(), &"2022-12-31 00:00:00".into()));
}

/// LibreOffice computes every formula and comes to what the file says.
#[test]
fn libreoffice_comes_to_the_same() {
    let document = made::with_formulas();
    let folder = folder("libreoffice");
    let (path, out) = (folder.join("prov.xlsx"), folder.join("ut"));
    let before = xlsx(&document);
    std::fs::write(&path, without_values(&before)).expect("a file");
    let user = folder.join("profil/user");
    std::fs::create_dir_all(&user).expect("a folder");
    std::fs::write(user.join("registrymodifications.xcu"), RECALCULATE).expect("a file");
    let profile = format!("-env:UserInstallation=file://{}", folder.join("profil").display());
    let convert = ["--headless", "--convert-to", "xlsx", "--outdir"];
    let Ok(run) = Command::new("soffice").arg(profile).args(convert).arg(&out).arg(&path).output() else {
        left_out("LibreOffice is missing: install Debian's package libreoffice-calc-nogui.");
        return;
    };
    let made = out.join("prov.xlsx");
    assert!(made.exists(), "LibreOffice (with Calc) wrote nothing: {}", String::from_utf8_lossy(&run.stderr));
    let after = std::fs::read(made).expect("a workbook");
    let (before, after) = (Book::open(&before), Book::open(&after));
    let formulas = before.formulas();
    assert!(formulas.len() > 90);
    for (sheet, place, text) in formulas {
        let (stored, computed) = (before.stored(&sheet, place), after.stored(&sheet, place));
        match (stored, computed) {
            (Some(calamine::Data::Float(stored)), Some(calamine::Data::Float(computed))) => {
                assert!((stored - computed).abs() < 1e-9 * stored.abs().max(1.0), "{sheet} {text}: {computed}");
            }
            other => panic!("{sheet} {place:?} {text}: {other:?}"),
        }
    }
}
