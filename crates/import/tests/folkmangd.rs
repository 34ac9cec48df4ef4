//! SCB's table of the population on 1 November: every form gives the rows of the demo, and what is no such table is told.

use rust_xlsxwriter::{Workbook, Worksheet};
use samsyn_core::Severity;
use samsyn_core::folkmangd::Folkmangd;
use samsyn_document::Datum;
use samsyn_import::folkmangd::{Last, fraga, read};
use samsyn_import::grid::Limits;
use serde_json::{Value, json};

/// The members, in the order of the demo's rows.
const KOMMUNER: [&str; 8] = ["Enköping", "Heby", "Håbo", "Knivsta", "Tierp", "Uppsala", "Älvkarleby", "Östhammar"];

fn file(path: &str) -> Vec<u8> {
    std::fs::read(format!("{}/../../{path}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn sample(name: &str) -> Vec<u8> {
    file(&format!("testdata/folkmangd/{name}"))
}

/// The rows of demo/folkmangd.csv.
fn demo() -> Vec<Folkmangd> {
    let text = String::from_utf8(file("demo/folkmangd.csv")).unwrap();
    let row = |line: &str| {
        let [kommun, datum, antal] = line.split(';').collect::<Vec<_>>().try_into().unwrap();
        Folkmangd { kommun: kommun.to_owned(), datum: Datum::parse(datum).unwrap(), antal: antal.parse().unwrap() }
    };
    text.lines().skip(1).map(row).collect()
}

fn las(bytes: &[u8], kommuner: &[&str]) -> Result<Last, String> {
    read("folkmangd", bytes, kommuner, &Limits::default()).map_err(|findings| {
        assert!(findings.iter().all(|one| one.severity == Severity::Fel && !one.hint.is_empty()), "{findings:?}");
        findings.iter().map(|finding| finding.to_string()).collect::<Vec<_>>().join("\n")
    })
}

/// A file that gives the rows of the demo, with this many other regions.
fn check_demo(what: &str, bytes: &[u8], passerade: usize) {
    assert_eq!(las(bytes, &KOMMUNER), Ok(Last { rader: demo(), utan: vec![], passerade }), "{what}");
}

/// A file of Håbo and Knivsta with these populations of 2021.
fn check(bytes: &[u8], expect: [u32; 2]) {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let last = las(bytes, &["Håbo", "Knivsta"]).unwrap_or_else(|wrong| panic!("{text}\n{wrong}"));
    let found: Vec<(String, u32)> =
        last.rader.iter().map(|row| (format!("{} {}", row.kommun, row.datum), row.antal)).collect();
    assert_eq!(
        found,
        [("Håbo 2021-11-01".to_owned(), expect[0]), ("Knivsta 2021-11-01".to_owned(), expect[1])],
        "{text}"
    );
}

/// A file that is refused, with words that its errors have.
fn refused(bytes: &[u8], expect: &[&str]) {
    let wrong = las(bytes, &["Håbo", "Knivsta"]).expect_err(&String::from_utf8_lossy(bytes));
    for words in expect {
        assert!(wrong.contains(words), "{words:?} is not in:\n{wrong}");
    }
}

fn xlsx(fill: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    fill(book.add_worksheet());
    book.save_to_buffer().unwrap()
}

/// Every form in which SCB gives the table.
#[test]
fn every_form_gives_the_rows_of_the_demo() {
    for name in ["api-1.json", "api-2-gles.json", "komma-latin1.csv", "semikolon.csv", "tabb.txt"] {
        check_demo(name, &sample(name), 4);
    }
    check_demo("the product's own", &file("demo/folkmangd.csv"), 0);
    let utf16: Vec<u8> =
        String::from_utf8(sample("api-1.json")).unwrap().encode_utf16().flat_map(u16::to_le_bytes).collect();
    check_demo("utf-16", &utf16, 4);
}

/// The regions of the samples with their populations in 2017 and 2021.
fn regions() -> Vec<(String, String, f64, f64)> {
    let text = sample("tabb.txt");
    let text = String::from_utf8(text).unwrap();
    let lines: Vec<Vec<&str>> = text.lines().skip(1).map(|line| line.split('\t').collect()).collect();
    let region = |two: &[Vec<&str>]| {
        let (code, name) = two[0][0].split_once(' ').unwrap();
        (code.to_owned(), name.to_owned(), two[0][4].parse().unwrap(), two[1][4].parse().unwrap())
    };
    lines.chunks(2).map(region).collect()
}

/// SCB's workbooks: a title, years over the numbers and nothing over the regions, with or without a column of codes,
/// a row for what is counted, and footnotes below.
#[test]
fn workbooks_give_the_rows_of_the_demo() {
    for codes in [false, true] {
        let bytes = xlsx(|sheet| {
            let first = if codes { 2 } else { 1 };
            sheet.write(0, 0, "Folkmängden den 1 november efter region, tabellinnehåll och år").unwrap();
            sheet.write(2, first, "Folkmängd").unwrap();
            sheet.write(3, first, "2017").unwrap().write(3, first + 1, "2021").unwrap();
            for (row, (code, name, earlier, later)) in (4..).zip(regions()) {
                if codes {
                    sheet.write(row, 0, code).unwrap().write(row, 1, name).unwrap();
                } else {
                    sheet.write(row, 0, format!("{code} {name}")).unwrap();
                }
                sheet.write(row, first, earlier).unwrap().write(row, first + 1, later).unwrap();
            }
            sheet.write(20, 0, "Heby kommun hörde till Västmanlands län till och med 2006.").unwrap();
            sheet.write(21, 0, "Senaste uppdatering:").unwrap().write(22, 0, "20251106 08:00").unwrap();
        });
        check_demo(if codes { "codes" } else { "names" }, &bytes, 4);
    }
    let numbers = xlsx(|sheet| {
        sheet.write_row(0, 0, ["kod", "region", "", ""]).unwrap().write(0, 2, 2017).unwrap().write(0, 3, 2021).unwrap();
        for (row, (code, name, earlier, later)) in (1..).zip(regions()) {
            sheet.write(row, 0, code.parse::<u32>().unwrap()).unwrap().write(row, 1, name).unwrap();
            sheet.write(row, 2, earlier).unwrap().write(row, 3, later).unwrap();
        }
    });
    check_demo("codes as numbers", &numbers, 4);
}

/// What nobody sees in the workbook is not read.
#[test]
fn hidden_sheets_are_passed_over() {
    let mut book = Workbook::new();
    for antal in [1, 22_250] {
        let sheet = book.add_worksheet();
        sheet.write_row(0, 0, ["region", "2021"]).unwrap().write(1, 0, "Håbo").unwrap();
        sheet.write(1, 1, antal).unwrap().write(2, 0, "Knivsta").unwrap().write(2, 1, 19_708).unwrap();
    }
    book.worksheet_from_index(0).unwrap().set_hidden(true);
    book.worksheet_from_index(1).unwrap().set_active(true);
    check(&book.save_to_buffer().unwrap(), [22_250, 19_708]);
}

/// A column of codes beside names that have theirs adds nothing.
#[test]
fn codes_may_stand_twice() {
    check("kod;region;2021\n0305;0305 Håbo;22250\n0330;0330 Knivsta;19708\n".as_bytes(), [22_250, 19_708]);
    check("region;kod;2021\nHåbo;0305;22250\nKnivsta;0330;19708\n".as_bytes(), [22_250, 19_708]);
}

/// Men and women with a row each are summed; a total is taken where there is one.
#[test]
fn men_and_women_are_the_whole() {
    check(
        "region,kön,2021\nHåbo,män,11000\nHåbo,kvinnor,11250\nKnivsta,kvinnor,9708\nKnivsta,män,10000\n".as_bytes(),
        [22_250, 19_708],
    );
    check(
        "region;kön;2021\nHåbo;män;1\nHåbo;totalt;22250\nKnivsta;män;2\nKnivsta;totalt;19708\n".as_bytes(),
        [22_250, 19_708],
    );
    // In SCB's workbooks a region stands only on the first of its rows.
    check("region;ålder;kön;2021\n0305 Håbo;totalt ålder;män;11000\n;;kvinnor;11250\n0330 Knivsta;totalt ålder;män;10000\n;;kvinnor;9708\n".as_bytes(), [22_250, 19_708]);
    refused(
        "region;kön;2021\nHåbo;män;1\nHåbo;kvinnor;2\nKnivsta;män;3\n".as_bytes(),
        &["Knivsta 2021-11-01: Folkmängden i Knivsta saknar män eller kvinnor"],
    );
    refused(
        "region;kön;2021\nHåbo;kvinnor;2\nKnivsta;kvinnor;3\n".as_bytes(),
        &["visar inte hela folkmängden: \"kön\" har \"kvinnor\"."],
    );
}

/// Ages and other divisions are told, wherever they stand, with how to save without them.
#[test]
fn divided_tables_are_refused() {
    refused(
        "region;ålder;2021\nHåbo;0 år;1\nHåbo;1 år;2\n".as_bytes(),
        &["\"ålder\" har \"0 år\", \"1 år\".", "varken ålder eller kön"],
    );
    refused("region;ålder;2021\nHåbo;0 år;1\nKnivsta;0 år;2\n".as_bytes(), &["\"ålder\" har \"0 år\"."]);
    refused("region;2021;kvinnor 2021\nHåbo;22250;11000\n".as_bytes(), &["Kolumnen \"kvinnor 2021\""]);
    refused("region;2021;\nHåbo;22250;11000\n".as_bytes(), &["Kolumn C har antal men ingen rubrik."]);
    refused(";män;kvinnor\n;2021;2021\nHåbo;1;2\n".as_bytes(), &["rad 1", "\"män\""]);
    refused("region;2021;2022\n;män;kvinnor\nHåbo;1;2\n".as_bytes(), &["rad 2", "\"män\""]);
    refused("region;år;Folkökning\nHåbo;2021;1\n".as_bytes(), &["ingen rad med rubrikerna region och år"]);
    refused("region;tabellinnehåll;2021\nHåbo;Folkökning;22250\n".as_bytes(), &["har \"Folkökning\""]);
    let twice =
        "region;kön;sex;2021\nHåbo;män;men;1\nHåbo;kvinnor;women;2\nKnivsta;män;men;3\nKnivsta;kvinnor;women;4\n";
    refused(twice.as_bytes(), &["\"sex\" har \"men\", \"women\"."]);
    // Of two things counted, people are taken.
    check(
        "region;tabellinnehåll;2021\nHåbo;Folkmängd;1\nHåbo;Folkökning;-5\nKnivsta;Folkmängd;2\n;Folkökning;6\n"
            .as_bytes(),
        [1, 2],
    );
}

/// The population at the end of the year has the same form.
#[test]
fn the_end_of_the_year_is_another_table() {
    let text = "\"Folkmängd den 31 december\"\nregion;2021\nHåbo;22250\nKnivsta;19708\n";
    refused(text.as_bytes(), &["den 31 december, inte den 1 november"]);
    check(text.replace("31 december", "1 november").as_bytes(), [22_250, 19_708]);
    refused(
        &changed(|table| table["dimension"]["ContentsCode"]["category"]["label"] = json!({ "BE0101N1": "Folkmängd" })),
        &["den 31 december"],
    );
    for day in ["2021-12-31", "2021M12", "nyår"] {
        refused(
            format!("region;år;antal\nHåbo;{day};22250\n").as_bytes(),
            &["rad 2, kolumn \"år\"", day, "Skriv ett år"],
        );
        refused(&changed(|table| table["dimension"]["Tid"]["category"]["index"] = json!([day])), &[day]);
    }
    for day in ["2021-11-01", "2021M11", "2021"] {
        check(format!("region;år;antal\nHåbo;{day};22250\nKnivsta;{day};19708\n").as_bytes(), [22_250, 19_708]);
        check(&changed(|table| table["dimension"]["Tid"]["category"]["index"] = json!([day])), [22_250, 19_708]);
    }
}

/// Errors have place and remedy.
#[test]
fn what_is_no_number_is_told_where_it_stands() {
    for (text, words) in [
        ("-5", "\"-5\" är inget antal"),
        ("22,5", "\"22,5\" är inget antal"),
        ("22.250", "är inget antal"),
        ("många", "\"många\" är inget antal"),
        ("..", "SCB har ingen uppgift här: det står \"..\"."),
        ("", "Antalet saknas."),
        ("0", "Håbo har enligt filen inga invånare."),
        ("4294967296", "är inget antal"),
    ] {
        let place = if text == "0" { "Håbo 2021-11-01" } else { "rad 3, kolumn \"2021\"" };
        refused(format!("region;2021;2022\nKnivsta;1;2\nHåbo;{text};7\n").as_bytes(), &[words, place]);
    }
    refused("region;2021\nKnivsta;19708\nHåbo\n".as_bytes(), &["rad 3, kolumn \"2021\": Antalet saknas."]);
    refused("region;2021\nHåbo;1\n;19708\n".as_bytes(), &["rad 3: Raden har antal men ingen region."]);
    for (value, words) in [
        (json!(-5), "\"-5\" är inget antal"),
        (json!(22.5), "\"22.5\" är inget antal"),
        (json!("22250"), "är inget antal"),
        (json!(null), "det står \"..\""),
        (json!(0), "inga invånare"),
        (json!(1e300), "är inget antal"),
    ] {
        refused(&changed(|table| table["value"][0] = value), &[words, "2021-11-01"]);
    }
    refused("region;kön;2021\nHåbo;män;4000000000\nHåbo;kvinnor;4000000000\n".as_bytes(), &["orimligt stor"]);
}

#[test]
fn a_member_has_one_number() {
    check("region;2021\nHåbo;22250\n0305 Håbo kommun;22 250\nKnivsta;19708\n".as_bytes(), [22_250, 19_708]);
    refused(
        "region;2021\nHåbo;22250\nKnivsta;1\nHåbo kommun;22251\n".as_bytes(),
        &["rad 4, kolumn \"2021\": Håbo har två olika antal", "(rad 2)"],
    );
}

/// Members that the file does not have, and a file that has none of them.
#[test]
fn missing_members_are_named() {
    let last =
        las("region;2021\n00 Riket;10\n03 Uppsala län;5\nHåbo kommun;3\n".as_bytes(), &["Uppsala", "Håbo", "Heby"])
            .unwrap();
    assert_eq!((last.utan, last.passerade, last.rader.len()), (vec!["Uppsala".to_owned(), "Heby".to_owned()], 2, 1));
    let others = "region;2021\nSala;1\nNora;2\nUppsala län;3\nVilhelmina;4\nMark;5\nDorotea;6\nEda;7\n";
    refused(
        others.as_bytes(),
        &["ingen av förbundets kommuner", "\"Sala\", \"Nora\", \"Uppsala län\", \"Vilhelmina\", \"Mark\" och 2 till"],
    );
    refused("region;2021\n".as_bytes(), &["inga rader med regioner"]);
    refused("region;2021\n0305;22250\n".as_bytes(), &["Den har \"0305\".", "med namn och inte bara kod"]);
}

/// A small JSON-stat table of Håbo and Knivsta, with something changed.
fn changed(change: impl FnOnce(&mut Value)) -> Vec<u8> {
    let mut table = json!({
        "class": "dataset", "version": "2.0", "id": ["Region", "ContentsCode", "Tid"], "size": [2, 1, 1],
        "dimension": {
            "Region": { "category": { "index": { "0330": 1, "0305": 0 }, "label": { "0305": "Håbo", "0330": "Knivsta" } } },
            "ContentsCode": { "category": { "label": { "BE0101A9": "Folkmängd" } } },
            "Tid": { "category": { "index": ["2021"] } },
        },
        "value": [22_250, 19_708], "status": { "0": ".." },
    });
    change(&mut table);
    table.to_string().into_bytes()
}

/// A table that does not hold together is told, and nothing is set aside for what it only claims.
#[test]
fn json_that_does_not_hold_together_is_refused() {
    check(&changed(|_| {}), [22_250, 19_708]);
    check(&changed(|table| table["value"] = json!({ "1": 7, "0": 22_250 })), [22_250, 7]);
    let wrong = "värden stämmer inte med tabellens storlek";
    refused(&changed(|table| table["value"] = json!([1])), &[wrong]);
    refused(&changed(|table| table["value"] = json!([1, 2, 3])), &[wrong]);
    refused(&changed(|table| table["value"] = json!({ "2": 1 })), &[wrong]);
    refused(&changed(|table| table["value"] = json!({ "x": 1 })), &[wrong]);
    refused(&changed(|table| table["value"] = json!("x")), &[wrong]);
    for size in [json!([2, 1_000_000, 1_000_000]), json!([u64::MAX, u64::MAX, 1]), json!([5_000_001, 1, 1])] {
        refused(&changed(|table| table["size"] = size), &["fler än 5\u{a0}000\u{a0}000 värden"]);
    }
    refused(&changed(|table| table["size"] = json!([5_000_000, 1, 1])), &["Kategorierna i dimensionen \"Region\""]);
    refused(&changed(|table| table["size"] = json!([2, 1])), &["stämmer inte med dess dimensioner"]);
    refused(&changed(|table| table["size"] = json!([2, -1, 1])), &["stämmer inte med dess dimensioner"]);
    refused(
        &changed(|table| table["id"] = json!(["Region", "Region", "Tid"])),
        &["Dimensionen \"Region\" finns två gånger."],
    );
    refused(&changed(|table| table["id"] = json!(["Region", "x", "Tid"])), &["Dimensionen \"x\" saknas."]);
    refused(&changed(|table| table["id"] = json!("x")), &["Listan id saknas."]);
    for index in [json!({ "0305": 0, "0330": 0 }), json!({ "0305": 0, "0330": 2 }), json!(["0305"]), json!([1, 2])] {
        refused(
            &changed(|table| table["dimension"]["Region"]["category"]["index"] = index),
            &["Kategorierna i dimensionen \"Region\""],
        );
    }
    let renamed = |table: &mut Value| {
        table["id"][0] = json!("Plats");
        table["dimension"]["Plats"] = table["dimension"]["Region"].take();
    };
    refused(&changed(renamed), &["saknar region eller år"]);
    check(
        &changed(|table| {
            renamed(table);
            table["role"] = json!({ "geo": ["Plats"] });
        }),
        [22_250, 19_708],
    );
    check(
        &changed(|table| {
            renamed(table);
            table["dimension"]["Plats"]["label"] = json!("region");
        }),
        [22_250, 19_708],
    );
    let ages = |table: &mut Value| {
        table["id"][1] = json!("Alder");
        table["dimension"]["Alder"] = json!({ "category": { "index": ["0"], "label": { "0": "0 år" } } });
    };
    refused(&changed(ages), &["\"Alder\" har \"0 år\"", "varken ålder eller kön"]);
    refused(b"{", &["inte riktig JSON: rad 1, tecken 1"]);
    refused(b"[]", &["JSON men inte JSON-stat 2"]);
    refused(br#"{"columns":[],"data":[]}"#, &["JSON men inte JSON-stat 2"]);
    refused(&changed(|table| table["label"] = json!("811218-9876")), &["personnummer"]);
}

/// Other files are told apart, and a file that is too large is not read.
#[test]
fn other_files_are_refused() {
    refused(b"CHARSET=\"ANSI\";\n", &["PX-fil"]);
    refused(b"", &["Filen är tom."]);
    refused(b"%PDF-1.7", &["PDF"]);
    refused("Håbo;22250\n".as_bytes(), &["ingen rad med rubrikerna"]);
    refused("region;2021\nHåbo;1\nKontakt: Anna Andersson, SCB\n".as_bytes(), &["persons namn", "SCB:s kontaktperson"]);
    for bytes in [changed(|_| {}), "region;2021\nHåbo;22250\n".into()] {
        let wrong = read("x", &bytes, &["Håbo"], &Limits { max_file_bytes: 10, ..Limits::default() }).unwrap_err();
        assert!(wrong[0].message.contains("större än gränsen"), "{wrong:?}");
    }
}

/// The question asks for what the reader reads.
#[test]
fn the_question_is_as_scb_documents_it() {
    let asked: Value = serde_json::from_str(&fraga(2021)).unwrap();
    let chosen = |code: &str, filter: &str, values: Value| json!({ "code": code, "selection": { "filter": filter, "values": values } });
    let query = json!([
        chosen("Region", "all", json!(["*"])),
        chosen("Alder", "item", json!(["tot"])),
        chosen("Kon", "item", json!(["1", "2"])),
        chosen("ContentsCode", "item", json!(["BE0101A9"])),
        chosen("Tid", "item", json!(["2021"])),
    ]);
    assert_eq!(asked, json!({ "query": query, "response": { "format": "json-stat2" } }));
    let answer: Value = serde_json::from_slice(&sample("api-1.json")).unwrap();
    let codes: Vec<&Value> = asked["query"].as_array().unwrap().iter().map(|one| &one["code"]).collect();
    assert_eq!(codes, answer["id"].as_array().unwrap().iter().collect::<Vec<_>>());
}
