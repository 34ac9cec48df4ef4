//! The file in other programs: python-docx reads it, LibreOffice opens it and lays out its pages.

use super::written;
use crate::sample;
use std::path::Path;
use std::process::Command;

/// Whether a program that is not there may be done without; else the test fails and says what to install.
fn may_leave_out(what: &str, install: &str) {
    let may = std::env::var("SAMSYN_HOPPA").is_ok_and(|value| value == "1");
    assert!(may, "{what} behövs för testet. {install} SAMSYN_HOPPA=1 hoppar över det.");
    eprintln!("hoppar över: {what}");
}

fn folder(name: &str) -> std::path::PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

const SCRIPT: &str = r#"
import sys, docx
d = docx.Document(sys.argv[1])
names = {s.name for s in d.styles}
assert {'Heading 1', 'Title', 'Caption', 'List Bullet', 'footnote text'} <= names, names
print('title', d.core_properties.title)
for p in d.paragraphs:
    if p.style.name.startswith('Heading') or p.style.name == 'Caption':
        print(p.style.name, p.text)
for t in d.tables:
    print('table', len(t.rows), len(t.columns), t.style.name, '|'.join(c.text for c in t.rows[-1].cells))
print('pictures', len(d.inline_shapes))
d.add_paragraph('En rad till', style='Heading 2')
d.save(sys.argv[2])
docx.Document(sys.argv[2])
"#;

#[test]
fn python_docx_reads_it_and_writes_on() {
    let has = Command::new("python3").args(["-c", "import docx"]).output().is_ok_and(|run| run.status.success());
    if !has {
        return may_leave_out("python-docx", "Installera det med: pip install python-docx.");
    }
    let folder = folder("python-docx");
    let file = folder.join("rapport.docx");
    std::fs::write(&file, written(&sample::document())).unwrap();
    let run = Command::new("python3").args(["-c", SCRIPT]).arg(&file).arg(folder.join("mer.docx")).output().unwrap();
    let said = String::from_utf8(run.stdout).unwrap();
    assert!(run.status.success(), "{said}{}", String::from_utf8_lossy(&run.stderr));
    for line in [
        "title Uppföljning av insatser",
        "Heading 1 Sammanfattning",
        "Heading 2 Uppföljning enligt avtal",
        "Caption Tabell 1. Insatser",
        "Caption Tabell 4. Utfall och budget",
        "Caption Förbrukningskvot per insats",
        "table 11 16 Rapporttabell Fördelning kvinnor och män|48\u{a0}%|52\u{a0}%|",
        "table 7 4 Rapporttabell Aktivt arbetssökande|10|15|25",
        "pictures 2",
    ] {
        assert!(said.lines().any(|known| known.starts_with(line)), "{line} saknas i\n{said}");
    }
}

/// One conversion, as it takes seconds: the pages hold what the document says.
#[test]
fn libreoffice_opens_it_without_repair() {
    let soffice =
        ["soffice", "libreoffice"].into_iter().find(|name| Command::new(name).arg("--version").output().is_ok());
    let (Some(soffice), true) = (soffice, Command::new("pdftotext").arg("-v").output().is_ok()) else {
        return may_leave_out(
            "LibreOffice Writer och pdftotext",
            "Installera Debians paket libreoffice-writer-nogui och poppler-utils.",
        );
    };
    let folder = folder("libreoffice");
    let file = folder.join("rapport.docx");
    std::fs::write(&file, written(&sample::document())).unwrap();
    let _ = std::fs::remove_file(folder.join("rapport.pdf"));
    // A profile of its own, so that a LibreOffice that is open does not take the work.
    let profile = format!("-env:UserInstallation=file://{}", folder.join("profil").display());
    let run = Command::new(soffice)
        .args([profile.as_str(), "--headless", "--convert-to", "pdf", "--outdir"])
        .args([&folder, &file])
        .output()
        .unwrap();
    let complaint = String::from_utf8_lossy(&run.stderr).into_owned();
    assert!(folder.join("rapport.pdf").exists(), "{complaint}");
    let run = Command::new("pdftotext").arg("-layout").arg(folder.join("rapport.pdf")).arg("-").output().unwrap();
    let text = String::from_utf8(run.stdout).unwrap().replace('\u{a0}', " ");
    for words in [
        "Uppföljning av insatser",
        "Innehåll",
        "Tabell 6. Antal deltagare",
        "1 234 568",
        "Förlängd genom beslut den 14 mars 2022 med 6 månader.",
        "[saknas: kansliets kommentar till Arbetsintro]",
    ] {
        assert!(text.contains(words), "{words} saknas i\n{text}");
    }
    let pages = text.matches('\u{c}').count();
    assert!((5..=12).contains(&pages), "{pages} sidor");
    assert!(text.contains(&format!("{pages} ({pages})")), "sidnummer");
}
