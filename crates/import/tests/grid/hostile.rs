//! Files made to do harm: each is read or refused soon, with a sentence that tells what is wrong.

use crate::base::{SOON, ods, packed, parts_of, read, said, shown, usual, with_part, xlsx, zipped};
use crate::gamla::{self, PLAIN, Sheet, Xls, words};
use samsyn_import::grid::{self, Limits};
use std::time::Instant;

/// The file is refused within two seconds, and this is said of it.
fn check(what: &str, bytes: &[u8], expect: &str) {
    let began = Instant::now();
    let refused = read("x", bytes).expect_err(what);
    let took = began.elapsed();
    assert!(!refused.personal && said(&refused).contains(expect), "{what}: {}", said(&refused));
    assert!(took < SOON, "{what}: {took:?}");
}

/// The file is read within two seconds, as this.
fn reads(what: &str, bytes: &[u8], expect: &str) -> Vec<String> {
    let began = Instant::now();
    let book = read("x", bytes).unwrap_or_else(|refused| panic!("{what}: {}", said(&refused)));
    let took = began.elapsed();
    assert_eq!(shown(&book), expect, "{what}");
    assert!(took < SOON, "{what}: {took:?}");
    book.notes.iter().map(ToString::to_string).collect()
}

const SHEET: &str = "xl/worksheets/sheet1.xml";
const STRINGS: &str = "xl/sharedStrings.xml";

fn book() -> Vec<u8> {
    xlsx(usual)
}

/// A workbook whose sheet has these rows.
fn rows(rows: &str) -> Vec<u8> {
    with_part(&book(), SHEET, |_| format!("<worksheet><sheetData>{rows}</sheetData></worksheet>"))
}

#[test]
fn zip_bombs() {
    let big = " ".repeat(12 << 20);
    check("ratio", &with_part(&book(), STRINGS, |_| big.clone()), "Filen blir för stor när den packas upp.");
    check(
        "ratio, ods",
        &with_part(&crate::base::usual_ods(), "styles.xml", |_| big.clone()),
        "Filen blir för stor när den packas upp.",
    );
    // Sizes that the archive declares are not believed: the bomb says that it is small.
    let mut bomb = with_part(&book(), STRINGS, |_| big.clone());
    let declared = (big.len() as u32).to_le_bytes();
    while let Some(at) = bomb.windows(4).position(|four| four == declared) {
        bomb[at..at + 4].copy_from_slice(&[9, 0, 0, 0]);
    }
    check("lies", &bomb, "Filen");
    let limits = Limits { max_unpacked_bytes: 3_000, ..Limits::default() };
    let refused = grid::read("x", &book(), &limits).unwrap_err();
    assert!(said(&refused).contains("Filen blir för stor när den packas upp."), "parts together");
    let limits = Limits { max_file_bytes: 1 << 20, ..Limits::default() };
    let refused = grid::read("x", &vec![b'a'; (1 << 20) + 1], &limits).unwrap_err();
    assert!(said(&refused).contains("Filen är större än gränsen 1 MiB."));
}

/// A cell in column XFD, and rows far down.
#[test]
fn cells_far_away() {
    check(
        "XFD",
        &rows("<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>"),
        "cell XFD1048576: Här står något, men bara kolumnerna A–IV läses.",
    );
    reads("empty XFD", &rows("<row r=\"1048576\"><c r=\"XFD1048576\" s=\"1\"/></row>"), "[Deltagare]\n");
    reads("far down", &rows("<row r=\"1048576\"><c r=\"A1048576\"><v>1</v></c></row>"), "[Deltagare]\n1048576 1\n");
    check(
        "beyond all",
        &rows("<row r=\"4294967295\"><c r=\"A1\"><v>1</v></c></row><row><c><v>1</v></c></row>"),
        "raderna står inte i ordning",
    );
    check(
        "letters without end",
        &rows(&format!("<row r=\"1\"><c r=\"{}1\"><v>1</v></c></row>", "Z".repeat(50))),
        "läses.",
    );
    let old = |sheet: Sheet| Xls { sheets: vec![sheet], ..Xls::default() }.bytes();
    reads(
        "old, far down",
        &old(Sheet::new("A", false).number(65_535, 255, PLAIN, 1.0)),
        &format!("[A]\n65536 {}1\n", "|".repeat(255)),
    );
    check("old, to the right", &old(Sheet::new("A", false).number(0, 300, PLAIN, 1.0)), "bara kolumnerna A–IV läses.");
    let tall: String =
        (0..24_000).map(|row| format!("<row r=\"{}\"><c r=\"IV1\"><v>1</v></c></row>", row + 1)).collect();
    check("wide rows", &rows(&tall), "Filen har för många celler.");
}

#[test]
fn a_billion_rows_declared() {
    let table = |row: &str| ods("", &format!("<table:table table:name=\"A\">{row}</table:table>"));
    let cell = |more: &str| format!("<table:table-cell {more} office:value-type=\"float\" office:value=\"1\"/>");
    let row = |more: &str, cells: &str| format!("<table:table-row {more}>{cells}</table:table-row>");
    let billion = "table:number-rows-repeated=\"1000000000\"";
    check("filled rows", &table(&row(billion, &cell(""))), "Filen har fler än 200\u{a0}000 ifyllda rader.");
    check("filled cells", &table(&row("", &cell("table:number-columns-repeated=\"1000000000\""))), "läses.");
    let both = row(billion, &cell("table:number-columns-repeated=\"200\""));
    check("both", &table(&both), "Filen har");
    let empty = format!("{}{}", row(billion, "<table:table-cell/>"), row("", &cell("")));
    reads("empty rows", &table(&empty), "[A]\n1000000001 1\n");
    let ages =
        format!("{}{}", row("table:number-rows-repeated=\"99999999999\"", "<table:table-cell/>"), row("", &cell("")));
    check("rows past all numbers", &table(&ages), "raderna står inte i ordning");
    let empty = row("", "<table:table-cell table:number-columns-repeated=\"4294967295\"/>");
    reads("empty cells", &table(&empty), "[A]\n");
    let columns = "<table:table-column table:visibility=\"collapse\" table:number-columns-repeated=\"4294967295\"/>";
    reads("hidden columns", &table(columns), "[A]\n");
}

#[test]
fn xml_made_to_do_harm() {
    let laughs = "<!DOCTYPE sst [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]><sst><si><t>&b;</t></si></sst>";
    check("entities", &with_part(&book(), STRINGS, |_| laughs.to_owned()), "Filens XML har en dokumenttyp");
    let outside = "<!DOCTYPE a [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><a>&a;</a>";
    check("outside", &with_part(&book(), "docProps/app.xml", |_| outside.to_owned()), "Filens XML har en dokumenttyp");
    let unknown = "<sst><si><t>&nbsp;</t></si></sst>";
    check("unknown entity", &with_part(&book(), STRINGS, |_| unknown.to_owned()), "dess XML går inte att läsa");
    let deep = format!("{}{}", "<a>".repeat(100_000), "</a>".repeat(100_000));
    check("deep", &with_part(&book(), "docProps/app.xml", |_| deep.clone()), "för djupt nästlad");
    check("deep, ods", &ods("", &deep), "för djupt nästlad");
    check("cut", &with_part(&book(), SHEET, |text| text[..text.len() / 2].to_owned()), "dess XML går inte att läsa");
}

#[test]
fn too_much_of_something() {
    let sheets: String = (0..3_000).map(|n| format!("<sheet name=\"B{n}\" sheetId=\"{n}\" r:id=\"rId1\"/>")).collect();
    let many = |text: &str| text.replace("</sheets>", &format!("{sheets}</sheets>"));
    check("sheets", &with_part(&book(), "xl/workbook.xml", many), "Filen har för många blad.");
    let tables = "<table:table table:name=\"A\"/>".repeat(5_000);
    check("tables", &ods("", &tables), "Filen har för många blad.");
    let mut parts = parts_of(&book());
    parts.extend((0..4_100).map(|n| (format!("xl/media/{n}.png"), Vec::new())));
    check("parts", &packed(&parts), "Filen har för många delar.");
    let long = format!("<row r=\"1\"><c r=\"B1\" t=\"inlineStr\"><is><t>{}</t></is></c></row>", "å".repeat(60_000));
    check("long text", &rows(&long), "cell B1: Texten är för lång.");
    let texts: String = (0..60_000).map(|n| format!("<si><t>{}</t></si>", n % 7)).collect();
    let strings = |_: &str| format!("<sst count=\"4000000000\" uniqueCount=\"4000000000\">{texts}</sst>");
    let one = rows("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>59999</v></c></row>");
    reads("shared texts", &with_part(&one, STRINGS, strings), "[Deltagare]\n1 '2\n");
    // One long text that a thousand cells share: more than a book may hold.
    let shared = format!("<sst><si><t>{}</t></si></sst>", "å".repeat(40_000));
    let cells: String = (1..=1_000).map(|n| format!("<row r=\"{n}\"><c t=\"s\"><v>0</v></c></row>")).collect();
    let book = with_part(&rows(&cells), STRINGS, |_| shared.clone());
    let limits = Limits { max_all_text_bytes: 1 << 20, ..Limits::default() };
    assert!(said(&grid::read("x", &book, &limits).unwrap_err()).contains("Filen har för mycket text."));
    let wide = ["a;".repeat(300), "\n".to_owned()].concat();
    check("wide text", format!("{wide}{wide}").as_bytes(), "cell IW1: Här står något");
}

#[test]
fn parts_that_contradict_each_other() {
    let twice = {
        let mut bytes = zipped(&[("content.xml", "<a/>"), ("c0ntent.xml", "<b/>")]);
        while let Some(at) = bytes.windows(7).position(|name| name == b"c0ntent") {
            bytes[at + 1] = b'o';
        }
        bytes
    };
    check("twice", &twice, "samma del finns två gånger");
    check(
        "row twice",
        &rows("<row r=\"2\"><c><v>1</v></c></row><row r=\"2\"><c><v>1</v></c></row>"),
        "raderna står inte i ordning",
    );
    check(
        "cell twice",
        &rows("<row r=\"2\"><c r=\"B2\"><v>1</v></c><c r=\"B2\"><v>2</v></c></row>"),
        "cell B2: Filen är skadad: cellerna står inte i ordning",
    );
    check(
        "no such text",
        &rows("<row r=\"2\"><c r=\"B2\" t=\"s\"><v>99</v></c></row>"),
        "cell B2: Filen är skadad: cellens text saknas i den",
    );
    let no_sheet = parts_of(&book()).into_iter().filter(|(name, _)| name != SHEET).collect::<Vec<_>>();
    check("no sheet", &packed(&no_sheet), "bladet \"Deltagare\": Filen är skadad: bladet saknas i den.");
    // What a sheet says of its own size is not believed.
    let lies = |text: &str| text.replace("<dimension ref=\"A1:E4\"", "<dimension ref=\"A1:XFD1048576\"");
    reads("dimension", &with_part(&book(), SHEET, lies), crate::base::USUAL);
    check(
        "no sheets",
        &with_part(&book(), "xl/workbook.xml", |_| "<workbook/>".to_owned()),
        "Filen har inga blad med celler.",
    );
    check("no tables", &ods("", ""), "Filen har inga blad med celler.");
}

/// The template's own column of checks is never read: a copy saved by a program that does not count formulas is no worse.
#[test]
fn formulas_of_the_templates_own_checks_are_not_told() {
    let head = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Nummer</t></is></c>\
                <c r=\"B1\" t=\"inlineStr\"><is><t>HEADING</t></is></c></row>";
    let checks = "<row r=\"2\"><c r=\"A2\"><v>1</v></c><c r=\"B2\"><f>IF(A2=1,\"\",\"Fel\")</f></c></row>";
    let under = |heading: &str| rows(&format!("{}{checks}", head.replace("HEADING", heading)));
    assert_eq!(reads("checks", &under("Att rätta"), "[Deltagare]\n1 'Nummer|'Att rätta\n2 1\n"), [""; 0]);
    assert_eq!(reads("others", &under("Ålder"), "[Deltagare]\n1 'Nummer|'Ålder\n2 1\n").len(), 1);
}

#[test]
fn nothing_is_followed_or_run() {
    let values = rows(
        "<row r=\"1\"><c r=\"A1\"><f>1+1</f><v>2</v></c><c r=\"B1\"><f>[1]A!A1</f></c><c r=\"C1\"><f>A9</f><v></v></c>\
         <c r=\"D1\" t=\"str\"><f>\"\"</f><v></v></c><c r=\"E1\" t=\"e\"><f>1/0</f><v>#DIV/0!</v></c></row>",
    );
    let linked = with_part(&values, "xl/externalLinks/externalLink1.xml", |_| "<externalLink/>".to_owned());
    let notes = reads(
        "formulas",
        &with_part(&linked, "xl/vbaProject.bin", |_| "x".to_owned()),
        "[Deltagare]\n1 2||||#DIV/0!\n",
    );
    assert_eq!(
        notes,
        [
            "VARNING: x, bladet \"Deltagare\", cell B1: Formler utan sparat värde läses som tomma celler: 2. \
             Öppna filen i Excel eller LibreOffice, spara den och läs in den igen.",
            "UPPLYSNING: x: Filen har makron. De körs inte och läses inte.",
            "UPPLYSNING: x: Filen har länkar till andra filer. De följs inte; de värden som sparats i filen används.",
            "UPPLYSNING: x: Filen har formler. De räknas inte om; de värden som sparats i filen används.",
        ]
    );
    let inside = with_part(&book(), "xl/embeddings/Microsoft_Word_Document.docx", |_| "x".to_owned());
    check("embedded", &inside, "Filen har ett annat dokument inbäddat i sig");
}

#[test]
fn locked_and_other_files() {
    let locked = gamla::compound(&[("EncryptionInfo", vec![1; 300]), ("EncryptedPackage", vec![2; 5_000])]);
    check("locked", &locked, "Filen är skyddad med lösenord och går inte att läsa. Ta bort lösenordet i Excel");
    let old = gamla::usual().stream();
    let pass = [&old[..20], &gamla::record(0x2F, &[0; 6]), &old[20..]].concat();
    check("locked, old", &gamla::compound(&[("Workbook", pass)]), "skyddad med lösenord");
    let manifest = |_: &str| "<manifest:encryption-data/>".to_owned();
    check("locked, ods", &with_part(&ods("", ""), "META-INF/manifest.xml", manifest), "skyddad med lösenord");
    check(
        "word",
        &gamla::compound(&[("WordDocument", vec![1; 9_000])]),
        "Filen är ett Word-dokument, inte ett kalkylark.",
    );
    check("excel 95", &gamla::compound(&[("Book", vec![1; 9_000])]), "Excelformat från före 1997");
    check("docx", &zipped(&[("word/document.xml", "<a/>")]), "Filen är ett Word-dokument");
    check("xlsb", &zipped(&[("xl/workbook.bin", "x")]), "Filen är en binär Excel-arbetsbok (.xlsb).");
    check("zip", &zipped(&[("a.csv", "a;b")]), "Packa upp arkivet och välj kalkylarket i det.");
    check(
        "text in ods",
        &zipped(&[("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", "<a/>")]),
        "ett annat slags dokument",
    );
    check(
        "xml 2003",
        b"<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?><Workbook/>",
        "spara den som .xlsx",
    );
    check("picture", b"\x89PNG\r\n\x1a\n", "Filen är en bild");
    check("noise", &[7; 3_000], "Filen är inget kalkylark och ingen text.");
}

/// Chains of sectors that bite their own tails or lead out of the file, and records that are longer than they may be.
#[test]
fn compound_files_made_to_do_harm() {
    let good = gamla::usual().bytes();
    for at in (512..1_024).step_by(4) {
        for to in [0_u32, 1, 2, 5, 0x00FF_FFFF, 0xFFFF_FFF9] {
            let mut bytes = good.clone();
            bytes[at..at + 4].copy_from_slice(&to.to_le_bytes());
            let began = Instant::now();
            drop(read("x", &bytes));
            assert!(began.elapsed() < SOON, "sector table, {at} to {to}");
        }
    }
    let circle = {
        // The directory's own sector follows on itself.
        let mut bytes = good.clone();
        let directory = u32::from_le_bytes(bytes[48..52].try_into().unwrap());
        let at = 512 + directory as usize * 4;
        bytes[at..at + 4].copy_from_slice(&directory.to_le_bytes());
        bytes
    };
    check("circle", &circle, "Filen är skadad: dess delar hänger inte ihop.");
    let count = Sheet::new("A", false).with(0xE5, &words(&[0xFFFF, 0, 9])).with(0xBD, &words(&[0, 0])).with(0x06, &[]);
    reads("short records", &Xls { sheets: vec![count], ..Xls::default() }.bytes(), "[A]\n1 0\n");
}
