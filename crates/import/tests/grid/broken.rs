//! Good files of each kind, broken by machine in known ways. Each is read or refused within two seconds, with a
//! sentence in Swedish; where the content is known to be gone, it is refused.

use crate::base::{SOON, USUAL, packed, parts_of, read, said, shown, usual, usual_ods, xlsx};
use crate::gamla;
use std::time::Instant;

/// What may come of a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Outcome {
    /// What stood in it is gone: it must be refused.
    Refused,
    /// What stood in it is untouched: it must be read as before.
    Same,
    /// It depends on what the broken bytes were.
    Either,
}

use Outcome::{Either, Refused, Same};

/// Broken files with how they were broken.
type Broken = Vec<(String, Vec<u8>, Outcome)>;

fn check(kind: &str, cases: &Broken) {
    for (how, bytes, outcome) in cases {
        let began = Instant::now();
        let read = read("fil", bytes);
        let took = began.elapsed();
        assert!(took < SOON, "{kind}, {how}: {took:?}");
        match &read {
            Ok(book) => {
                assert_ne!(*outcome, Refused, "{kind}, {how}: {}", shown(book));
                assert!(*outcome != Same || shown(book) == USUAL, "{kind}, {how}: {}", shown(book));
            }
            Err(refused) => {
                assert_ne!(*outcome, Same, "{kind}, {how}: {}", said(refused));
                assert!(!refused.findings.is_empty(), "{kind}, {how}");
                for finding in &refused.findings {
                    assert!(finding.message.ends_with('.') && !finding.hint.is_empty(), "{kind}, {how}: {finding}");
                }
            }
        }
    }
}

/// The file cut, with bytes turned around, doubled, or with something in front or behind.
fn any_file(good: &[u8]) -> Broken {
    let mut cases = Vec::new();
    for tenth in 1..10 {
        // The last tenth of a compound file may be empty.
        let outcome = if tenth == 9 && good.starts_with(&[0xD0]) { Either } else { Refused };
        cases.push((format!("cut at {tenth}/10"), good[..good.len() * tenth / 10].to_vec(), outcome));
    }
    for part in 0..30 {
        let at = good.len() * part / 30;
        let mut bytes = good.to_vec();
        bytes[at] ^= 0xFF;
        cases.push((format!("byte {at} turned"), bytes, Either));
        let mut bytes = good.to_vec();
        let end = bytes.len().min(at + 64);
        bytes[at..end].fill(0);
        cases.push((format!("64 bytes from {at} gone"), bytes, Either));
    }
    cases.push(("twice".to_owned(), [good, good].concat(), Either));
    cases.push(("with blanks in front".to_owned(), [b"    ", good].concat(), Either));
    cases.push(("without its first byte".to_owned(), good[1..].to_vec(), Refused));
    cases.push(("backwards".to_owned(), good.iter().rev().copied().collect(), Refused));
    cases
}

/// Each part of a package gone, empty, cut, exchanged for another, or noise.
fn package(good: &[u8], needed: &[&str]) -> Broken {
    let parts = parts_of(good);
    let mut cases = Vec::new();
    for (index, (name, bytes)) in parts.iter().enumerate() {
        let is_needed = needed.contains(&name.as_str());
        let is_xml = name.ends_with(".xml") && name != "[Content_Types].xml" && !name.starts_with("META-INF");
        let lost = if is_needed { Refused } else { Either };
        let mut case = |how: &str, with: Option<Vec<u8>>, outcome: Outcome| {
            let mut parts = parts.clone();
            match with {
                Some(bytes) => parts[index].1 = bytes,
                None => drop(parts.remove(index)),
            }
            cases.push((format!("{name} {how}"), packed(&parts), outcome));
        };
        case("gone", None, lost);
        case("empty", Some(Vec::new()), lost);
        let cut = bytes[..bytes.len() * 2 / 3].to_vec();
        case("cut", Some(cut), if is_xml { Refused } else { lost });
        case("as another part", Some(parts[(index + 1) % parts.len()].1.clone()), lost);
        case("noise", Some(vec![0xFE; 300]), if is_xml { Refused } else { lost });
        let upside = bytes.iter().map(u8::to_ascii_uppercase).collect();
        case("in capitals", Some(upside), lost);
    }
    // Parts in another order are the same package.
    let mut turned = parts.clone();
    turned.reverse();
    cases.push(("parts in another order".to_owned(), packed(&turned), Same));
    let mut more = parts;
    more.push(("readme.txt".to_owned(), b"hej".to_vec()));
    cases.push(("with another part".to_owned(), packed(&more), Same));
    cases
}

#[test]
fn a_hundred_broken_workbooks() {
    let good = xlsx(usual);
    let needed = ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"];
    let mut cases = any_file(&good);
    cases.extend(package(&good, &needed));
    let types = |text: &str, from: &str, to: &str| {
        let mut parts = parts_of(&good);
        for (_, bytes) in parts.iter_mut().filter(|(name, _)| name == text) {
            *bytes = String::from_utf8_lossy(bytes).replace(from, to).into_bytes();
        }
        packed(&parts)
    };
    let sheet = "xl/worksheets/sheet1.xml";
    for (how, part, from, to, outcome) in [
        ("other content types", "[Content_Types].xml", "spreadsheetml", "wordprocessingml", Same),
        ("smaller dimension", sheet, "A1:E4", "A1:A1", Same),
        ("larger dimension", sheet, "A1:E4", "A1:XFD1048576", Same),
        ("no dimension", sheet, "<dimension ref=\"A1:E4\"/>", "", Same),
        ("texts out of reach", sheet, "t=\"s\"><v>", "t=\"s\"><v>9", Refused),
        ("texts of letters", sheet, "t=\"s\"><v>", "t=\"s\"><v>x", Refused),
        ("an end too many", sheet, "</sheetData>", "</row></sheetData>", Refused),
        ("an end missing", sheet, "</row></sheetData>", "</sheetData>", Refused),
        ("other ids of sheets", "xl/workbook.xml", "r:id=\"rId1\"", "r:id=\"rId99\"", Refused),
        (
            "a link out of the package",
            "xl/_rels/workbook.xml.rels",
            "worksheets/sheet1",
            "../../../../etc/passwd",
            Refused,
        ),
        ("styles that are not there", sheet, "s=\"1\"", "s=\"4000000000\"", Either),
        ("rows backwards", sheet, "<row r=\"4\"", "<row r=\"1\"", Refused),
        ("no texts", "xl/_rels/workbook.xml.rels", "sharedStrings\"", "x\"", Refused),
    ] {
        cases.push((how.to_owned(), types(part, from, to), outcome));
    }
    assert!(cases.len() >= 100, "{}", cases.len());
    check("xlsx", &cases);
}

#[test]
fn a_hundred_broken_opendocuments() {
    let good = usual_ods();
    let mut cases = any_file(&good);
    cases.extend(package(&good, &["content.xml"]));
    let content = |from: &str, to: &str| crate::base::with_part(&good, "content.xml", |text| text.replace(from, to));
    for (how, from, to, outcome) in [
        ("values of no kind", "office:value-type=\"float\"", "office:value-type=\"x\"", Either),
        ("numbers that are none", "office:value=\"1.5\"", "office:value=\"1,5\"", Either),
        ("rows fewer than none", "number-rows-repeated=\"1\"", "number-rows-repeated=\"-1\"", Same),
        ("rows of letters", "number-rows-repeated=\"1\"", "number-rows-repeated=\"x\"", Same),
        ("cells of none", "number-columns-repeated=\"2\"", "number-columns-repeated=\"0\"", Either),
        ("an end too many", "</table:table>", "</table:table></table:table>", Refused),
        ("a cell without end", "</table:table-cell></table:table-row>", "</table:table-row>", Refused),
        ("no table", "table:table ", "table:tablet ", Refused),
        ("other prefixes", "office:value", "kontor:value", Same),
    ] {
        cases.push((how.to_owned(), content(from, to), outcome));
    }
    let row = "<table:table-row table:number-rows-repeated=\"";
    for n in [2_u64, 1_000, 1 << 31, 1 << 32, 1 << 63] {
        cases.push((format!("{n} rows"), content(row, &format!("{row}{n}")), Either));
    }
    assert!(cases.len() >= 80, "{}", cases.len());
    check("ods", &cases);
}

#[test]
fn a_hundred_broken_workbooks_from_before_2007() {
    let good = gamla::usual().bytes();
    let mut cases = any_file(&good);
    let stream = gamla::usual().stream();
    for tenth in 1..10 {
        let cut = stream[..stream.len() * tenth / 10].to_vec();
        cases.push((format!("stream cut at {tenth}/10"), gamla::compound(&[("Workbook", cut)]), Refused));
    }
    // Each record in turn: gone, empty, longer than it is, and of another kind.
    let mut at = 0;
    while at + 4 <= stream.len() {
        let length = usize::from(u16::from_le_bytes([stream[at + 2], stream[at + 3]]));
        let end = at + 4 + length;
        let (before, whole, after) = (&stream[..at], &stream[at..end], &stream[end..]);
        let kind = u16::from_le_bytes([whole[0], whole[1]]);
        let mut case = |how: &str, bytes: Vec<u8>| {
            let outcome = if at == 0 { Refused } else { Either };
            let file = gamla::compound(&[("Workbook", [before, &bytes, after].concat())]);
            cases.push((format!("record {kind:#x} at {at} {how}"), file, outcome));
        };
        case("gone", Vec::new());
        case("empty", gamla::record(kind, &[]));
        case("longer", [&whole[..2], &0xFFF0_u16.to_le_bytes(), &whole[4..]].concat());
        case("of another kind", [&[0x77, 0x77], &whole[2..]].concat());
        case("full", gamla::record(kind, &vec![0xFF; length]));
        at = end;
    }
    assert!(cases.len() >= 100, "{}", cases.len());
    check("xls", &cases);
}

#[test]
fn broken_texts() {
    let good = "Nr;Kön;Inskriven\r\nD1;K;2022-01-10\r\nD2;M;2022-02-01\r\n";
    let mut cases: Broken = Vec::new();
    for at in 0..good.len() {
        let mut bytes = good.as_bytes().to_vec();
        bytes[at] ^= 0x80;
        cases.push((format!("byte {at} turned"), bytes, Either));
        let mut bytes = good.as_bytes().to_vec();
        bytes[at] = 0;
        cases.push((format!("byte {at} nought"), bytes, Refused));
        let mut bytes = good.as_bytes().to_vec();
        bytes.insert(at, b'"');
        cases.push((format!("quotation mark at {at}"), bytes, Either));
    }
    check("csv", &cases);
}
