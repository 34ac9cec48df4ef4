//! The template comes back as it went out, also by way of other programs.

use crate::base::{dag, enrolled, idag, read, row, several, zip};
use samsyn_core::deltagande::{Deltagande, Kon};
use samsyn_core::uppfoljning::Rad;
use samsyn_import::grid::{self, Cell, Limits};
use samsyn_import::uppfoljningsfil::{Mall, mall};

fn made(rader: &[Deltagande]) -> Vec<u8> {
    let about = Mall { forbund: "Samordningsförbundet Alby", insats_namn: "Bryggan", rader, dag: idag() };
    mall(&about).unwrap()
}

fn expected(rader: &[Deltagande]) -> Vec<Rad> {
    let kept = rader.iter().filter(|d| d.makulerad.is_none());
    (5..).zip(kept).map(|(at, d)| row(at, d)).collect()
}

/// Read back it gives exactly the known rows and no finding.
#[test]
fn the_template_comes_back_as_it_went_out() {
    let rader = several();
    let bytes = made(&rader);
    let last = read("mall.xlsx", &bytes);
    assert_eq!(last.findings, []);
    assert_eq!(last.rader, expected(&rader));
    assert_eq!((last.blad.as_str(), last.kolumner.len()), ("Inskrivningar", 16));
    assert_eq!(bytes, made(&rader), "the same template gives the same bytes");
    let empty = read("mall.xlsx", &made(&[]));
    assert_eq!((empty.rader.len(), empty.findings.len()), (0, 1), "{:?}", empty.findings);
}

/// Lists to choose from, help beside every cell, text that stays text, and only cells to fill in can be changed.
#[test]
fn the_template_guides_whoever_fills_it_in() {
    let parts = zip(&made(&several()));
    let (sheet, styles) = (&parts["xl/worksheets/sheet1.xml"], &parts["xl/styles.xml"]);
    let formats: Vec<&str> = styles.split_once("<cellXfs").unwrap().1.split("<xf ").skip(1).collect();
    let format = |cell: &str| {
        let (_, rest) = sheet.split_once(&format!("<c r=\"{cell}\" s=\"")).unwrap();
        formats[rest.split('"').next().unwrap().parse::<usize>().unwrap()]
    };
    let text = |cell: &str| format(cell).contains("numFmtId=\"49\"");
    let open = |cell: &str| format(cell).contains("locked=\"0\"");
    // 50 % and 1-3 stay as they are chosen; a day and a year are none.
    assert!(text("J14") && text("G14") && text("A14") && !text("D14") && !text("C14"));
    assert!(open("A14") && open("B5") && !open("A5") && sheet.contains("<sheetProtection sheet=\"1\""));
    assert_eq!(sheet.matches("<dataValidation ").count(), 16);
    assert_eq!((sheet.matches("type=\"list\"").count(), sheet.matches("promptTitle=").count()), (12, 16));
    assert!(parts["docProps/core.xml"].contains("<dc:title>Inskrivningar i Bryggan</dc:title>"));
    assert!(parts["docProps/core.xml"].contains("<dc:creator></dc:creator>"));
}

/// Settings by which LibreOffice counts formulas anew when it opens a file.
const COUNT_ANEW: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>"#;

/// The file in another format as LibreOffice makes it; `None` where it is not installed.
fn converted(bytes: &[u8], format: &str) -> Option<Vec<u8>> {
    let folder = tempfile::tempdir().unwrap();
    let (out, profile) = (folder.path().join("ut"), folder.path().join("profil"));
    std::fs::create_dir_all(profile.join("user")).unwrap();
    std::fs::write(profile.join("user/registrymodifications.xcu"), COUNT_ANEW).unwrap();
    std::fs::write(folder.path().join("mall.xlsx"), bytes).unwrap();
    let profile = format!("-env:UserInstallation=file://{}", profile.display());
    std::process::Command::new("soffice")
        .args([&profile, "--headless", "--convert-to", format, "--outdir"])
        .args([&out, &folder.path().join("mall.xlsx")])
        .output()
        .ok()?;
    std::fs::read(out.join(format!("mall.{format}"))).ok()
}

/// The same in .ods and .xls, where LibreOffice is installed.
#[test]
fn other_programs_keep_the_template_whole() {
    let rader = several();
    for format in ["ods", "xls", "xlsx"] {
        let Some(bytes) = converted(&made(&rader), format) else { return eprintln!("LibreOffice is not here") };
        let last = read(&format!("mall.{format}"), &bytes);
        assert_eq!(last.findings, [], "{format}");
        assert_eq!(last.rader, expected(&rader), "{format}");
    }
}

/// The last column says in words what is wrong with a row, where LibreOffice is installed to count it.
#[test]
fn the_template_says_what_is_wrong() {
    let whole = || enrolled("1", Kon::Man, "2025-02-10");
    let numbered = |number: &str, change: fn(&mut Deltagande)| {
        let mut row = Deltagande { deltagande_id: enrolled(number, Kon::Man, "2025-02-10").deltagande_id, ..whole() };
        change(&mut row);
        row
    };
    let rader = [
        numbered("1", |_| {}),
        numbered("2", |row| row.kon = None),
        numbered("3", |row| row.utskriven = Some(dag("2025-01-01"))),
        numbered("4", |row| row.studerar = Some(true)),
        numbered("5", |row| (row.anonym, row.kon, row.utskriven) = (true, None, Some(dag("2025-04-01")))),
        numbered("6", |row| row.kon = Some(Kon::Kvinna)),
        numbered("6", |_| {}),
        numbered("900101-0018", |_| {}),
    ];
    let Some(bytes) = converted(&made(&rader), "xlsx") else { return eprintln!("LibreOffice is not here") };
    let book = grid::read("mall.xlsx", &bytes, &Limits::default()).unwrap();
    let said: Vec<String> = book.sheets[0].rows[3..]
        .iter()
        .map(|row| if let Some(Cell::Text(text)) = row.cells.get(16) { text.to_string() } else { String::new() })
        .collect();
    assert_eq!(
        said,
        [
            "",
            "Kön saknas.",
            "Sista dag är före första dag. Avslutsorsak saknas.",
            "Uppgift om avslut, men sista dag saknas.",
            "En anonym räknas bara. Ta bort uppgifterna om avslut.",
            "Samma nummer två gånger.",
            "Samma nummer två gånger.",
            "Numret ser ut som ett personnummer. Ta bort det.",
        ]
    );
}
