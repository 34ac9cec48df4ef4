//! The same figure is the same in every format.

use crate::base::{Program, project};
use crate::readback;
use samsyn_core::calc::{Rakning, siffror};
use samsyn_core::rapport::bokslut;
use samsyn_core::rapport::pm::pm;
use samsyn_core::underlag::Underlag;
use samsyn_document::{Document, Look, format};
use samsyn_import::faktatabell::{self, Vanor};
use samsyn_import::package::{Limits, parse, read_dir};
use samsyn_import::{bokforing, sie};
use std::collections::HashMap;

/// The PM of a package's half-year, built in memory.
fn document(package: &str, period: &str, per: &str) -> (Document, HashMap<String, String>) {
    let files = read_dir(&project(package), &Limits::default()).unwrap();
    let per = per.parse().unwrap();
    let facts = parse(&files, &Limits::default(), per).facts.unwrap();
    let underlag = Underlag::new(facts.known_at(per), per);
    let rakning = Rakning::new(&underlag, period.parse().unwrap());
    let figures = siffror(&rakning).into_iter().map(|f| (f.id.to_string(), format::plain(&f.value))).collect();
    (pm(&rakning), figures)
}

/// The delårsrapport of the demo's förbund, with its bookkeeping and plan.
fn delarsrapport() -> (Document, HashMap<String, String>) {
    let per = "2022-10-20".parse().unwrap();
    let files = read_dir(&project("demo"), &Limits::default()).unwrap();
    let mut facts = parse(&files, &Limits::default(), per).facts.unwrap().known_at(per);
    let bytes = |name: &str| std::fs::read(project("demo/ekonomi").join(name)).unwrap();
    let vanor = Vanor { rubriker: &[("not", "not_nr")], annars: &[("galler_fran", "2021")] };
    let limits = samsyn_import::grid::Limits::default();
    facts.rapportstruktur = faktatabell::read("r.csv", &bytes("rapportstruktur.csv"), &limits, vanor).unwrap();
    facts.projektkopplingar = faktatabell::read("p.csv", &bytes("projekt.csv"), &limits, vanor).unwrap();
    facts.kostnadsstallen = faktatabell::read("k.csv", &bytes("kostnadsstallen.csv"), &limits, vanor).unwrap();
    let plan = "plan-2022-10-20.csv";
    facts.planposter = samsyn_import::plan::read(plan, &bytes(plan), per, &limits).unwrap();
    for name in ["2021-06-30.se", "2021-12-31.se", "2022-06-30.se"] {
        let read = bokforing::bokslut(&sie::read(name, &bytes(name)).unwrap(), None).unwrap().facts;
        let own = |till| read.bokslut.iter().any(|of| of.till == till && of.raknat_ur.is_none());
        facts.bokslut.extend(read.bokslut.iter().filter(|of| of.raknat_ur.is_none()).cloned());
        facts.kontosaldon.extend(read.kontosaldon.iter().filter(|of| own(of.till)).cloned());
        facts.objektsaldon.extend(read.objektsaldon.iter().filter(|of| own(of.till)).cloned());
    }
    let underlag = Underlag::new(facts, per);
    let rakning = Rakning::new(&underlag, "2022-H1".parse().unwrap());
    let all = bokslut::alla_siffror(&rakning);
    let figures = all.into_iter().map(|f| (f.id.to_string(), format::plain(&f.value))).collect();
    (bokslut::bokslutsrapport(&rakning), figures)
}

const CASES: [(&str, &str, &str); 5] = [
    ("demo", "2022-H1", "2022-08-30"),
    ("demo", "2022-H2", "2023-03-01"),
    ("demo", "2023-H1", "2023-08-30"),
    ("testdata/prov/1", "2024-H1", "2024-08-30"),
    ("testdata/prov/2", "2024-H2", "2025-02-20"),
];

#[test]
fn every_format_says_what_the_figures_say() {
    let pms = CASES.map(|(package, period, per)| (package, period, document(package, period, per)));
    let report = ("delårsrapport", "2022", delarsrapport());
    for (package, period, (document, figures)) in pms.into_iter().chain([report]) {
        let model = readback::model(&document);
        assert!(model.len() > 300, "{package} {period}: {}", model.len());
        for (id, value) in &model {
            assert_eq!(figures.get(id), Some(value), "{package} {period} {id}");
        }
        let none = (Vec::<String>::new(), Vec::<String>::new());
        let html = readback::html(&samsyn_render::html(&document));
        let missing = readback::difference(&html, &model).1;
        assert!(missing.is_empty(), "{package} {period} html: {missing:?}");
        for (id, value) in &html {
            assert_eq!(figures.get(id), Some(value), "{package} {period} html {id}");
        }
        let markdown = readback::markdown(&samsyn_render::markdown(&document), &document);
        assert_eq!(readback::difference(&markdown, &model), none, "{package} {period} markdown");
        let json = readback::json(&samsyn_render::json(&document));
        assert!(readback::difference(&json, &model).1.is_empty(), "{package} {period} json");
        for (id, value) in &json {
            assert_eq!(figures.get(id), Some(value), "{package} {period} json {id}");
        }
        let xlsx = samsyn_render::xlsx(&document, &Look::default()).unwrap();
        assert_eq!(readback::xlsx(&xlsx, &document), readback::tables(&document), "{package} {period} xlsx");
        let docx = samsyn_render::docx(&document, &Look::default(), None).unwrap();
        let missing = readback::difference(&readback::docx(&docx, &document), &model).1;
        assert!(missing.is_empty(), "{package} {period} docx: {missing:?}");
        for table in document.tables() {
            let csv = samsyn_render::csv(&document, &table.id).unwrap();
            assert_eq!(readback::csv(&csv, table), readback::table(table), "{package} {period} csv {}", table.id);
        }
    }
}

/// A generated sentence names no figure that is not there: such a place would show a figure's name.
#[test]
fn no_sentence_shows_the_name_of_a_figure() {
    for (package, period, per) in CASES {
        let (document, _) = document(package, period, per);
        let markdown = samsyn_render::markdown(&document);
        for line in markdown.lines().filter(|line| line.contains("saknas: ")) {
            assert!(!line.contains('/') || line.contains(" i "), "{package} {period}: {line}");
        }
        assert!(!markdown.contains("{"), "{package} {period}");
    }
}

/// The command writes the same files as the actions make, and refuses what it cannot write.
#[test]
fn the_report_is_written_in_the_format_of_its_name() {
    let program = Program::with_demo();
    for (name, begins) in [("pm.html", "<!doctype html>"), ("pm.md", "# Uppföljning"), ("ny/mapp/pm.json", "{")] {
        program.done(&["rapport", "pm", "2022-H1", "--per", "2022-08-30", "--ut", name]);
        let text = std::fs::read_to_string(program.path(name)).unwrap();
        assert!(text.to_lowercase().starts_with(&begins.to_lowercase()), "{name}: {}", &text[..60]);
        assert!(text.ends_with('\n'), "{name}");
    }
    let left: Vec<_> = std::fs::read_dir(program.folder.path())
        .unwrap()
        .filter(|entry| entry.as_ref().unwrap().file_name().to_string_lossy().ends_with(".del"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
    let run = program.run(&["rapport", "pm", "2022-H1", "--ut", "pm.odt"]);
    assert_eq!(run.code, 2, "{run:?}");
    assert!(run.err.contains(".pdf, .docx, .xlsx, .html, .md, .json"), "{run:?}");
    std::fs::write(program.path("fil"), "").unwrap();
    let run = program.run(&["rapport", "pm", "2022-H1", "--ut", "fil/pm.html"]);
    assert_eq!(run.code, 3, "{run:?}");
}

/// Bad input: a broken template, a logo that is no image, a colour that cannot be read on paper: told with
/// the file, and no file is left half written.
#[test]
fn what_cannot_be_used_is_told_and_nothing_is_written() {
    let program = Program::with_demo();
    std::fs::write(program.path("bild.png"), "ingen bild").unwrap();
    std::fs::write(program.path("mall.dotx"), "ingen mall").unwrap();
    for (choices, told) in [
        (vec!["--ut", "pm.pdf", "--logotyp", "bild.png"], "bild.png: Logotypen är ingen PNG- eller JPEG-bild."),
        (vec!["--ut", "pm.docx", "--mall", "mall.dotx"], "mall.dotx: Mallen är inget Word-dokument"),
        (vec!["--ut", "pm.pdf", "--farg", "#ffe800"], "för svag kontrast"),
        (vec!["--ut", "pm.pdf", "--farg", "blå"], "är ingen färg"),
        (vec!["--ut", "pm.csv"], "Välj den med --tabell"),
        (vec!["--ut", "pm.csv", "--tabell", "99"], "Tabell 99 finns inte i dokumentet. Välj någon av: 1, 2"),
        (vec!["--ut", "pm.pdf", "--tabell", "6"], "Låt --ut sluta på .csv"),
    ] {
        let run = program.run(&[vec!["rapport", "pm", "2022-H1", "--per", "2022-08-30"], choices.clone()].concat());
        assert_eq!(run.code, 2, "{choices:?}: {run:?}");
        assert!(run.err.contains(told), "{choices:?}: {}", run.err);
    }
    let run = program.run(&["rapport", "pm", "2022-H1", "--ut", "pm.pdf", "--logotyp", "finns-inte.png"]);
    assert!(run.code == 3 && run.err.contains("finns-inte.png kan inte läsas: den finns inte."), "{run:?}");
    let mut left: Vec<_> = std::fs::read_dir(program.folder.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    left.sort();
    assert_eq!(left, ["bild.png", "mall.dotx", "samsyn-data"]);
}
