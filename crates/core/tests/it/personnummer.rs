//! Personnummer in any spelling are found, and what the field writes every day is not taken for one.

use proptest::prelude::*;
use samsyn_core::personnummer::contains_personnummer;
use samsyn_document::{Datum, format};
use std::path::{Path, PathBuf};

/// Signs that people, keyboards and word processors put between the parts.
const SIGNS: &[&str] = &[
    "-",
    "+",
    " ",
    "_",
    "/",
    ".",
    "--",
    " - ",
    " \u{2013} ",
    "\t",
    "\n",
    "\u{a0}",
    "\u{202f}",
    "\u{2010}",
    "\u{2011}",
    "\u{2012}",
    "\u{2013}",
    "\u{2014}",
    "\u{2015}",
    "\u{2212}",
    "\u{ff0d}",
    "\u{200b}-\u{ad}",
];

fn day() -> impl Strategy<Value = Datum> {
    (0i64..73_000).prop_map(|days| Datum::new(1900, 1, 1).unwrap().add_days(days))
}

/// The ten digits of a personnummer, or of a samordningsnummer; the last is what makes the weighted sum even out.
fn ten(born: Datum, person: u16, samordning: bool) -> String {
    let day = born.day() + if samordning { 60 } else { 0 };
    let nine = format!("{:02}{:02}{day:02}{person:03}", born.year() % 100, born.month());
    let doubled = |(at, digit): (usize, char)| (digit as u32 - 48) * (2 - at as u32 % 2);
    let sum: u32 = nine.chars().enumerate().map(doubled).map(|product| product / 10 + product % 10).sum();
    format!("{nine}{}", (10 - sum % 10) % 10)
}

/// The digits as they stand on a keyboard for Chinese, and marks that nobody sees between them.
fn odd(text: &str, wide: bool, unseen: bool) -> String {
    let wider = |c: char| match c.to_digit(10).filter(|_| wide) {
        Some(digit) => char::from_u32(0xff10 + digit).unwrap(),
        None => c,
    };
    text.chars().flat_map(|c| [Some(wider(c)), unseen.then_some('\u{200b}')]).flatten().collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    // An import that contains a personnummer … is refused
    #[test]
    fn every_number_is_found_in_any_spelling(
        born in day(),
        who in (0u16..1000, any::<bool>()),
        century in any::<bool>(),
        signs in [prop::sample::select(SIGNS), prop::sample::select(SIGNS), prop::sample::select(SIGNS)],
        oddly in (any::<bool>(), any::<bool>()),
        around in (prop::sample::select(&["", "Ring ", "D", "(", "2022-06-30, ", "2 "][..]),
            prop::sample::select(&["", ".", " i dag", ")", ", 2022-06-30", " 2 st", "-A"][..])),
    ) {
        let ten = ten(born, who.0, who.1);
        let (date, last) = ten.split_at(6);
        let year = if century { format!("{}", born.year()) } else { date[..2].to_owned() };
        let (month, day) = (&date[2..4], &date[4..]);
        let [a, b, c] = signs;
        for number in [
            format!("{year}{month}{day}{last}"),
            format!("{year}{month}{day}{a}{last}"),
            format!("{year}{b}{month}{c}{day}{a}{last}"),
        ] {
            let text = format!("{}{}{}", around.0, odd(&number, oddly.0, oddly.1), around.1);
            prop_assert!(contains_personnummer(&text), "{:?}", text);
        }
    }

    // Dates, periods, amounts, telephone numbers, diarienummer and organisationsnummer are none.
    #[test]
    fn what_is_written_every_day_is_let_through(
        days in (day(), day()),
        between in prop::sample::select(&["-", "\u{2013}", " - ", " \u{2013} ", "--", "/", " ", ", ", " till "][..]),
        number in (0u64..10_000, 0u64..1_000_000_000_000),
        telephone in (0u32..1000, 0u32..100, 0u32..100),
    ) {
        let (from, to) = days;
        let (small, large) = number;
        let short = |day: Datum| format!("{:02}{:02}{:02}", day.year() % 100, day.month(), day.day());
        let (three, two, last) = telephone;
        let mut texts = vec![
            format!("{from}{between}{to}"),
            format!("{from}{between}{to}{between}{from}"),
            format!("{}{between}{}", short(from), short(to)),
            format!("{}{between}{}", from.to_string().replace('-', ""), to.to_string().replace('-', "")),
            format!("{}-{small:04} {}-{small:04}", from.year(), to.year()),
            format!("{}-{small:04}", from.year()),
            format::number(large as i64),
            format::number(large as i64).replace(['\u{a0}', '\u{202f}'], " "),
            format!("070-{three:03} {two:02} {last:02}"),
            format!("08-{three:03} {two:02} {last:02}"),
            format!("0303-{three:03} {two:02}"),
            format!("+46 70 {three:03} {two:02} {last:02}"),
            format!("{}{}-{small:04}", 16 + large % 84, 2000 + large % 8000),
        ];
        if between.trim() != "" && between.trim() != "," {
            texts.push(format!("{from}{between}{}-K{}", to.year(), to.month().div_ceil(3)));
            texts.push(format!("{from}{between}{}-{:02}", to.year(), to.month()));
        }
        for text in texts {
            prop_assert!(!contains_personnummer(&text), "{:?}", text);
        }
    }
}

fn csv_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in folder.read_dir().unwrap().map(|entry| entry.unwrap().path()) {
        if entry.is_dir() {
            csv_files(&entry, found);
        } else if entry.extension().is_some_and(|end| end == "csv") {
            found.push(entry);
        }
    }
}

// No real or made-up underlag is refused for what it does not hold.
#[test]
fn no_underlag_of_ours_holds_a_number() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut files = Vec::new();
    for folder in ["demo", "testdata"] {
        csv_files(&root.join(folder), &mut files);
    }
    // The packages that are refused for one.
    files.retain(|file| !file.components().any(|part| part.as_os_str().to_string_lossy().contains("-personnummer")));
    assert!(files.len() > 100, "{} files", files.len());
    let mut cells = 0;
    for file in files {
        let text = String::from_utf8_lossy(&std::fs::read(&file).unwrap()).into_owned();
        for cell in text.lines().flat_map(|line| line.split(';')) {
            cells += 1;
            assert!(!contains_personnummer(cell), "{}: {cell}", file.display());
        }
    }
    assert!(cells > 10_000, "{cells} cells");
}
