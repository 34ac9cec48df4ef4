//! The lists of testdata/egna-listor, kept by hand by hurried people, against what a careful reader reads in them:
//! the tables of facit.md are the one truth.

use crate::base::dag;
use samsyn_core::Severity;
use samsyn_core::deltagande::{Avslutsorsak, Kon, Omfattning};
use samsyn_core::uppfoljning::Rad;
use samsyn_import::grid::{self, Limits};
use samsyn_import::uppfoljningsfil::{Hur, Last, Ordlista, las};
use std::path::Path;

const FILER: [&str; 3] = ["lista-hast.xlsx", "uppfoljning-var-2026.ods", "deltagare_export.csv"];

/// What a person answers: the words of a reason, and its code. Each as facit.md's *Words and codes* has it.
const SVAR: [&[(&str, &str)]; 3] = [
    &[
        // "insatsen slut i norra | insatsen_avslutad": only a part of the insats ended, which a person must know.
        ("insatsen slut i norra", "insatsen_avslutad"),
        // "ville sluta själv; kom en dag, ville inte | egen_begäran"
        ("kom en dag ville inte", "egen_begäran"),
    ],
    &[
        // "tillbaka till vården | fortsatt_rehabilitering | (a judgement)"
        ("tillbaka till varden", "fortsatt_rehabilitering"),
        // "över till kommunens vanliga stöd | ordinarie_stöd"
        ("over till kommunens vanliga stod", "ordinarie_stöd"),
    ],
    // "fel målgrupp | övrigt | (a judgement, same figures)"
    &[("fel malgrupp", "övrigt")],
];

/// Columns that nobody knows, and that a person says are not to be read: facit.md's *Reading the file*.
const KOLUMNER: [&[&str]; 3] =
    [&["Kommer från", "Grupp", "Kommentar"], &["Försörjning", "På gång", "Anm"], &["Anteckning"]];

fn file(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/egna-listor");
    std::fs::read(folder.join(name)).unwrap()
}

fn read(name: &str, ordlista: &Ordlista) -> Last {
    let book =
        grid::read(name, &file(name), &Limits::default()).unwrap_or_else(|refused| panic!("{name}: {refused:?}"));
    // Handed in 2026-07-06, as facit.md says.
    las(&book, ordlista, dag("2026-07-06"))
}

/// The answers of a list, as they are remembered.
fn svar(nr: usize) -> Ordlista {
    let mut ordlista = Ordlista::default();
    for (words, kod) in SVAR[nr] {
        ordlista.varden.insert(("avslutsorsak".into(), (*words).into()), (*kod).into());
    }
    Ordlista::of_text(&ordlista.to_text())
}

/// The rows of the facit's table of one list, each by the table's headings.
fn facit(nr: usize) -> Vec<Vec<(String, String)>> {
    let text = String::from_utf8(file("facit.md")).unwrap();
    let section = text.split("\n## ").nth(nr + 1).unwrap();
    let cells = |line: &str| line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
    let mut lines = section.lines().filter(|line| line.starts_with('|')).map(cells);
    let head = lines.next().unwrap();
    lines.skip(1).map(|row| head.iter().cloned().zip(row).collect()).collect()
}

/// A field of a row that was read, in the facit's words.
fn field(rad: &Rad, rubrik: &str) -> Option<String> {
    let yes = |answer: Option<bool>| answer.map(|yes| if yes { "ja" } else { "nej" }.to_owned());
    match rubrik {
        "nr" if rad.anonym == Some(true) && rad.nummer.is_none() => Some("(skyddad)".into()),
        "nr" => rad.nummer.clone(),
        "kön" => rad.kon.map(|kon| Kon::kod(kon).to_owned()),
        "född" => rad.fodelsear.map(|year| year.to_string()),
        "första dag" => rad.inskriven.map(|day| day.to_string()),
        "sista dag" => rad.utskriven.map(|day| day.to_string()),
        "avslutsorsak" => rad.avslutsorsak.map(|kod| Avslutsorsak::kod(kod).to_owned()),
        "omfattning" => rad.arbete_omfattning.map(|extent| Omfattning::kod(extent).to_owned()),
        "studerar" => yes(rad.studerar),
        "söker arbete" => yes(rad.arbetssokande),
        "plan" => yes(rad.plan_vid_avslut),
        "anonym" => yes(rad.anonym),
        _ => panic!("the facit has a column {rubrik}"),
    }
}

#[test]
fn every_row_is_read_as_a_careful_reader_does() {
    let mut wrong = Vec::new();
    for (nr, name) in FILER.into_iter().enumerate() {
        let last = read(name, &svar(nr));
        let expected = facit(nr);
        assert_eq!((expected.len(), last.rader.len()), ([18, 25, 12][nr], expected.len()), "{name}");
        let sheets = last.bladen.iter().flat_map(|(sheet, rows)| std::iter::repeat_n(sheet, *rows));
        for ((rad, row), sheet) in last.rader.iter().zip(&expected).zip(sheets) {
            for (rubrik, value) in row {
                let found = if rubrik == "blad" { sheet.clone() } else { field(rad, rubrik).unwrap_or_default() };
                if found != *value {
                    wrong.push(format!("{name}, rad {}, {rubrik}: {found:?}, facit {value:?}", rad.rad));
                }
            }
        }
        let faults: Vec<String> =
            last.findings.iter().filter(|f| f.severity == Severity::Fel).map(|f| f.to_string()).collect();
        assert_eq!((faults, last.okanda), (Vec::new(), Vec::new()), "{name}");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Without answers: each doubtful wording is asked about once, and nothing else.
#[test]
fn what_is_asked() {
    for (nr, name) in FILER.into_iter().enumerate() {
        let last = read(name, &Ordlista::default());
        let mut asked: Vec<_> = last.okanda.iter().map(|value| (value.falt, value.nyckel.as_str())).collect();
        let mut answers: Vec<_> = SVAR[nr].iter().map(|(words, _)| ("avslutsorsak", *words)).collect();
        asked.sort();
        answers.sort();
        assert_eq!(asked, answers, "{name}");
        let unknown = last.kolumner.iter().filter(|kolumn| kolumn.hur == Hur::Okand);
        assert_eq!(unknown.map(|kolumn| kolumn.rubrik.as_str()).collect::<Vec<_>>(), KOLUMNER[nr], "{name}");
    }
}

/// All that is kept of each gives the same rows, with and without the answers.
#[test]
fn what_is_kept_gives_the_same_rows() {
    for (nr, name) in FILER.into_iter().enumerate() {
        for ordlista in [svar(nr), Ordlista::default()] {
            let last = read(name, &ordlista);
            let book = grid::read("som-last.csv", &last.som_last, &Limits::default()).unwrap();
            let again = las(&book, &ordlista, dag("2026-07-06"));
            assert_eq!((again.rader, again.som_last), (last.rader, last.som_last), "{name}");
        }
    }
}

/// How reasons in words of their own are read is told once for each wording; a sum, a heading and a row that stand
/// twice are passed over.
#[test]
fn what_is_told() {
    let told = |nr: usize| -> Vec<String> {
        let last = read(FILER[nr], &svar(nr));
        let notes = last.findings.iter().filter(|finding| finding.severity == Severity::Upplysning);
        notes.map(|finding| format!("{} {}", finding.place.row.unwrap_or(0), finding.message)).collect()
    };
    assert_eq!(
        told(0),
        [
            "0 Utan inskrivningar, och läses inte: \"Budget anteckn\".",
            "9 \"läser på komvux\" läses som studier, studerar.",
            "14 \"söker jobb via AF\" läses som arbetssökande, söker arbete.",
            "24 Rad 24 ser ut att vara en summa och läses inte som en inskrivning.",
        ]
    );
    assert_eq!(
        told(1),
        [
            "0 Inskrivningar läses från bladen \"Pågående\" och \"Avslutade\".",
            "2 \"fick jobb 50%\" läses som arbete, arbetar 50 %.",
            "5 \"började plugga\" läses som studier, studerar.",
            "8 \"fick jobb heltid\" läses som arbete, arbetar 100 %.",
            "11 \"söker jobb\" läses som arbetssökande, söker arbete.",
            "12 \"fick jobb 75 %, pluggar också\" läses som arbete, arbetar 75 %, studerar.",
            "15 \"projektet tog slut, jobbar 25%\" läses som insatsen avslutad, arbetar 25 %.",
        ]
    );
    assert_eq!(
        told(2),
        [
            "2 \"började studera\" läses som studier, studerar.",
            "9 Rad 9 upprepar rubrikerna och läses inte.",
            "14 Raden säger detsamma som rad 8 och läses inte.",
        ]
    );
}
