//! The template comes back as it went out, also by way of other programs.

use crate::base::{idag, read, row, several};
use samsyn_core::deltagande::Deltagande;
use samsyn_core::uppfoljning::Rad;
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

/// The same in .ods and .xls, where LibreOffice is installed.
#[test]
fn other_programs_keep_the_template_whole() {
    let folder = tempfile::tempdir().unwrap();
    let rader = several();
    std::fs::write(folder.path().join("mall.xlsx"), made(&rader)).unwrap();
    for format in ["ods", "xls", "xlsx"] {
        let out = folder.path().join(format);
        let profile = format!("-env:UserInstallation=file://{}", folder.path().join("profil").display());
        let done = std::process::Command::new("soffice")
            .args([&profile, "--headless", "--convert-to", format, "--outdir"])
            .arg(&out)
            .arg(folder.path().join("mall.xlsx"))
            .output();
        if !done.is_ok_and(|done| done.status.success()) || !out.exists() {
            eprintln!("LibreOffice is not here");
            return;
        }
        let bytes = std::fs::read(out.join(format!("mall.{format}"))).unwrap();
        let last = read(&format!("mall.{format}"), &bytes);
        assert_eq!(last.findings, [], "{format}");
        assert_eq!(last.rader, expected(&rader), "{format}");
    }
}
