//! No name and no personnummer anywhere: where they are found, and what is let through.

use crate::base::{ods, parts_of, read, said, usual, usual_ods, with_part, xlsx};
use crate::gamla::{self, PLAIN, Sheet, Xls};
use rust_xlsxwriter::{DataValidation, DocProperties, Format, Note, Shape, Workbook, Worksheet};

/// The file is refused as personal, its places are these, and the value stands nowhere in what is said.
fn check(what: &str, name: &str, bytes: &[u8], places: &[&str]) {
    let refused = read(name, bytes).expect_err(what);
    let said = said(&refused);
    assert!(refused.personal, "{what}: {said}");
    let found: Vec<String> =
        refused.findings.iter().map(|finding| finding.place.key.clone().unwrap_or_default()).collect();
    assert_eq!(found, places, "{what}: {said}");
    for secret in ["0017", "900101", "Andersson"] {
        assert!(!said.contains(secret), "{what}: {said}");
    }
}

/// A workbook in which one thing is personal.
fn with(fill: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    xlsx(|sheet| {
        usual(sheet);
        fill(sheet);
    })
}

fn workbook(fill: impl FnOnce(&mut Workbook)) -> Vec<u8> {
    let mut workbook = Workbook::new();
    usual(workbook.add_worksheet().set_name("Deltagare").unwrap());
    fill(&mut workbook);
    workbook.save_to_buffer().unwrap()
}

/// An import that contains a personnummer is refused; the value is masked in the message and never stored or logged.
/// Free text is checked the same way: cells, and all that does not show.
#[test]
fn personnummer_are_found_wherever_they_stand() {
    let cell = "bladet \"Deltagare\", cell B14";
    check(
        "text",
        "x.xlsx",
        &with(|s| {
            s.write(13, 1, "900101-0017").unwrap();
        }),
        &[cell],
    );
    check(
        "in a text",
        "x.xlsx",
        &with(|s| {
            s.write(13, 1, "se 19900101 - 0017.").unwrap();
        }),
        &[cell],
    );
    check(
        "number",
        "x.xlsx",
        &with(|s| {
            s.write(13, 1, 9_001_010_017_i64).unwrap();
        }),
        &[cell],
    );
    check(
        "long number",
        "x.xlsx",
        &with(|s| {
            s.write(13, 1, 199_001_010_017_i64).unwrap();
        }),
        &[cell],
    );
    let digits = Format::new().set_num_format("000000-0000");
    let short = |s: &mut Worksheet| {
        s.write_with_format(13, 1, 1_019_801, &digits).unwrap();
    };
    check("number without its noughts", "x.xlsx", &with(short), &[cell]);
    let split = |s: &mut Worksheet| {
        s.write(13, 0, 900_101).unwrap();
        s.write(13, 1, "0017").unwrap();
    };
    check("two cells", "x.xlsx", &with(split), &["bladet \"Deltagare\", cell B14 och cellen före"]);
    let days = |s: &mut Worksheet| {
        let day = Format::new().set_num_format("yyyy-mm-dd");
        for (row, last) in [(9, "0017"), (10, "0017"), (11, "0017")] {
            s.write_with_format(row, 5, 32_874, &day).unwrap();
            s.write(row, 6, last).unwrap();
        }
    };
    check(
        "days and last four",
        "x.xlsx",
        &with(days),
        &["bladet \"Deltagare\", cell G10 och cellen före, och på raderna under"],
    );
    let formula = rust_xlsxwriter::Formula::new("=\"900101-\"&\"0017\"").set_result("900101-0017");
    check(
        "formula",
        "x.xlsx",
        &with(|s| {
            s.write(13, 1, formula).unwrap();
        }),
        &[cell],
    );
    let inside = rust_xlsxwriter::Formula::new("=LEN(\"900101-0017\")").set_result("11");
    check(
        "in a formula",
        "x.xlsx",
        &with(|s| {
            s.write(13, 1, inside).unwrap();
        }),
        &["bladet \"Deltagare\", cell B14, formeln"],
    );
    let note = |s: &mut Worksheet| {
        s.insert_note(13, 1, &Note::new("gäller 900101-0017")).unwrap();
    };
    check("comment", "x.xlsx", &with(note), &["bladet \"Deltagare\", kommentar till cell B14"]);
    let row = |s: &mut Worksheet| {
        s.write(13, 1, "900101-0017").unwrap().set_row_hidden(13).unwrap();
    };
    check("hidden row", "x.xlsx", &with(row), &[cell]);
    let around = "bladet \"Deltagare\", utanför cellerna (sidhuvud, listor, länkar)";
    check(
        "header",
        "x.xlsx",
        &with(|s| {
            s.set_header("&L900101-0017");
        }),
        &[around],
    );
    let list = DataValidation::new().allow_list_strings(&["900101-0017", "annan"]).unwrap();
    check(
        "list",
        "x.xlsx",
        &with(|s| {
            s.add_data_validation(1, 1, 9, 1, &list).unwrap();
        }),
        &[around],
    );
    let link = |s: &mut Worksheet| {
        s.write_url_with_text(13, 1, "https://exempel.se/900101-0017", "länk").unwrap();
    };
    check("link", "x.xlsx", &with(link), &["en länk"]);
    let shape = |s: &mut Worksheet| {
        s.insert_shape(1, 1, &Shape::textbox().set_text("900101-0017")).unwrap();
    };
    check("text box", "x.xlsx", &with(shape), &["en textruta eller form"]);

    let hidden = |w: &mut Workbook| {
        w.add_worksheet().set_name("Gamla").unwrap().set_hidden(true).write(0, 0, "900101-0017").unwrap();
    };
    check("hidden sheet", "x.xlsx", &workbook(hidden), &["det dolda bladet \"Gamla\", cell A1"]);
    let tab = |w: &mut Workbook| {
        w.add_worksheet().set_name("900101-0017").unwrap();
    };
    check(
        "sheet's name",
        "x.xlsx",
        &workbook(tab),
        &["arbetsbokens namn och områden", "filens egenskaper", "namnet på blad nummer 2"],
    );
    let properties = |w: &mut Workbook| {
        w.set_properties(&DocProperties::new().set_title("900101-0017"));
    };
    check("properties", "x.xlsx", &workbook(properties), &["filens egenskaper"]);
    let custom = |w: &mut Workbook| {
        w.set_properties(&DocProperties::new().set_custom_property("Ärende", "900101-0017"));
    };
    check("own property", "x.xlsx", &workbook(custom), &["filens egenskaper"]);
    let name = |w: &mut Workbook| {
        w.define_name("person", "=\"900101-0017\"").unwrap();
    };
    check("defined name", "x.xlsx", &workbook(name), &["arbetsbokens namn och områden"]);
    let both = |w: &mut Workbook| {
        w.add_worksheet().set_name("Anna Andersson").unwrap().write(0, 0, "900101-0017").unwrap();
    };
    let places = ["bladet nummer 2, cell A1", "namnet på blad nummer 2"];
    check("sheet's name is not told", "x.xlsx", &workbook(both), &[places[1], places[0]]);
    check("file's name", "900101-0017.xlsx", &with(|_| {}), &["filens namn"]);
}

/// Texts in pieces, and parts that nothing points to.
#[test]
fn personnummer_are_found_in_what_does_not_show() {
    let book = with(|_| {});
    let unused = |text: &str| text.replace("</sst>", "<si><r><t>900101</t></r><r><t>-0017</t></r></si></sst>");
    check(
        "unused text",
        "x.xlsx",
        &with_part(&book, "xl/sharedStrings.xml", unused),
        &["en text som ingen cell visar"],
    );
    let thread =
        "<threadedComments><threadedComment ref=\"B14\"><text>900101-0017</text></threadedComment></threadedComments>";
    let book = with_part(&book, "xl/threadedComments/threadedComment1.xml", |_| thread.to_owned());
    check("thread without a sheet", "x.xlsx", &book, &["en kommentar"]);
    let rels = "<Relationships><Relationship Id=\"r\" Type=\"x/threadedComment\" Target=\"../threadedComments/threadedComment1.xml\"/></Relationships>";
    let book = with_part(&book, "xl/worksheets/_rels/sheet1.xml.rels", |_| rels.to_owned());
    check("thread", "x.xlsx", &book, &["bladet \"Deltagare\", kommentar till cell B14"]);
    let cache = "<pivotCacheRecords><r><s v=\"900101-0017\"/></r></pivotCacheRecords>";
    let book = with_part(&with(|_| {}), "xl/pivotCache/pivotCacheRecords1.xml", |_| cache.to_owned());
    check("pivot table", "x.xlsx", &book, &["en pivottabells sparade värden"]);
    let sixteen = |text: &str| {
        let xml = format!("<?xml version=\"1.0\" encoding=\"UTF-16\"?>{}", text.split_once("?>").unwrap().1);
        xml.replace("D1", "900101-0017")
    };
    let mut parts = parts_of(&with(|_| {}));
    let shared = parts.iter_mut().find(|(name, _)| name == "xl/sharedStrings.xml").unwrap();
    let text = sixteen(std::str::from_utf8(&shared.1).unwrap());
    shared.1 = [vec![0xFF, 0xFE], text.encode_utf16().flat_map(u16::to_le_bytes).collect()].concat();
    check("sixteen bits", "x.xlsx", &crate::base::packed(&parts), &["bladet \"Deltagare\", cell A2"]);
}

#[test]
fn personnummer_are_found_in_opendocument() {
    let table = |cell: &str| {
        ods("", &format!("<table:table table:name=\"A\"><table:table-row>{cell}</table:table-row></table:table>"))
    };
    let text =
        |inside: &str| table(&format!("<table:table-cell office:value-type=\"string\">{inside}</table:table-cell>"));
    let cell = "bladet \"A\", cell A1";
    check("text", "x.ods", &text("<text:p>900101-0017</text:p>"), &[cell]);
    check("pieces", "x.ods", &text("<text:p>900101<text:span>-00</text:span>17</text:p>"), &[cell]);
    let number = "<table:table-cell office:value-type=\"float\" office:value=\"9001010017\"><text:p>9,0E9</text:p></table:table-cell>";
    check("number", "x.ods", &table(number), &[cell]);
    let shown = "<table:table-cell office:value-type=\"float\" office:value=\"1019801\"><text:p>000101-9801</text:p></table:table-cell>";
    check("shown", "x.ods", &table(shown), &[cell]);
    let comment = "<text:p>x</text:p><office:annotation><text:p>900101-0017</text:p></office:annotation>";
    check("comment", "x.ods", &text(comment), &["bladet \"A\", kommentar till cell A1"]);
    check(
        "shape",
        "x.ods",
        &text("<draw:frame><draw:text-box><text:p>900101-0017</text:p></draw:text-box></draw:frame>"),
        &[cell],
    );
    let meta =
        "<office:document-meta><office:meta><dc:title>900101-0017</dc:title></office:meta></office:document-meta>";
    check("properties", "x.ods", &with_part(&usual_ods(), "meta.xml", |_| meta.to_owned()), &["filens egenskaper"]);
    let header = "<office:document-styles><style:header><text:p>900101<text:tab/>-0017</text:p></style:header></office:document-styles>";
    check(
        "header",
        "x.ods",
        &with_part(&usual_ods(), "styles.xml", |_| header.to_owned()),
        &["ett sidhuvud eller en sidfot"],
    );
    let list = "<table:content-validations><table:content-validation table:condition=\"of:cell-content-is-in-list(&quot;900101-0017&quot;)\"/></table:content-validations>";
    let table = "<table:table table:name=\"A\"/>";
    check("list", "x.ods", &ods("", &format!("{list}{table}")), &["filens namn, listor och områden"]);
}

#[test]
fn personnummer_are_found_in_excel_before_2007() {
    let book =
        |sheet: Sheet, strings: Vec<&'static str>| Xls { strings, sheets: vec![sheet], ..Xls::default() }.bytes();
    let sheet = || Sheet::new("A", false);
    let cell = "bladet \"A\", cell B14";
    check("text", "x.xls", &book(sheet().string(13, 1, 0), vec!["900101-0017"]), &[cell]);
    check("number", "x.xls", &book(sheet().number(13, 1, PLAIN, 9_001_010_017.0), vec![]), &[cell]);
    check("unused", "x.xls", &book(sheet(), vec!["900101-0017"]), &["en text som ingen cell visar"]);
    let comment = book(sheet().comment(13, 1, 7, "Anna Andersson", "Anna Andersson:\n900101-0017"), vec![]);
    check("comment", "x.xls", &comment, &["bladet \"A\", kommentar till cell B14"]);
    let hidden = book(Sheet::new("B", true).string(0, 0, 0), vec!["900101-0017"]);
    check("hidden sheet", "x.xls", &hidden, &["det dolda bladet \"B\", cell A1"]);
    let header = book(sheet().with(0x14, &gamla::text("&L900101-0017 ", false)), vec![]);
    check("header", "x.xls", &header, &["en del av filen som inte syns"]);
    let summary = vec![("\u{5}SummaryInformation", b"\x1e\0\0\0\x10\0\0\0om 900101-0017\0\0".to_vec())];
    let properties = Xls { streams: summary, ..gamla::usual() }.bytes();
    check("properties", "x.xls", &properties, &["filens egenskaper"]);
}

#[test]
fn personnummer_are_found_in_text() {
    check("semicolon", "x.csv", b"Nr;Id\nD1;900101-0017\n", &["cell B2"]);
    check("comma", "x.csv", b"Nr,Dag,Sista\nD1,900101,0017\n", &["cell C2 och cellen före"]);
    check("broken", "x.csv", b"Nr;Id\nD1;\"900101-0017\nD2;x\n", &["cell B2", "cell B2"]);
}

/// No name and no personnummer anywhere; a deltagande has a number given by the insats.
#[test]
fn names_are_found() {
    check(
        "cell",
        "x.xlsx",
        &with(|s| {
            s.write(13, 1, "Anna Andersson").unwrap();
        }),
        &["bladet \"Deltagare\", cell B14"],
    );
    let column = |heading: &'static str, below: &'static str| {
        with(move |s| {
            s.write(0, 5, heading).unwrap();
            s.write(1, 5, below).unwrap();
        })
    };
    check("heading", "x.xlsx", &column("Förnamn", "Xyz"), &["bladet \"Deltagare\", kolumn F"]);
    check("numbers", "x.xlsx", &column("Personnr", "****"), &["bladet \"Deltagare\", kolumn F"]);
    check("persons", "x.xlsx", &column("Deltagare", "Xyz Zyx"), &["bladet \"Deltagare\", kolumn F"]);
    check("alone", "x.xlsx", &column("Kontakt", "Anna"), &["bladet \"Deltagare\", cell F2"]);
    // Of a whole column, how many cells there are to mend.
    let many = with(|s| {
        s.write(0, 5, "Kontakt").unwrap();
        for (row, name) in [(1, "Anna"), (2, "Erik"), (4, "Anna")] {
            s.write(row, 5, name).unwrap();
        }
    });
    check("several", "x.xlsx", &many, &["bladet \"Deltagare\", cell F2, den första av 3 celler i kolumnen"]);
    let note = |s: &mut Worksheet| {
        s.insert_note(13, 1, &Note::new("ring Anna Andersson").add_author_prefix(false)).unwrap();
    };
    check("comment", "x.xlsx", &with(note), &["bladet \"Deltagare\", kommentar till cell B14"]);
    let tab = |w: &mut Workbook| {
        w.add_worksheet().set_name("Anna Andersson").unwrap();
    };
    check("tab", "x.xlsx", &workbook(tab), &["namnet på blad nummer 2"]);
    check("file's name", "Anna Andersson.xlsx", &with(|_| {}), &["filens namn"]);
    check("text", "x.csv", b"Nr;Vem\nD1;Andersson, Anna\n", &["cell B2"]);
    let hidden =
        Xls { strings: vec!["Anna Andersson"], sheets: vec![Sheet::new("B", true).string(0, 0, 0)], ..Xls::default() };
    check("hidden", "x.xls", &hidden.bytes(), &["det dolda bladet \"B\", cell A1"]);
}

/// What only looks personal: who made the file, insatser called by a given name, numbers under *Deltagare*, days
/// beside years, moments, ids and measures.
#[test]
fn what_only_looks_personal_is_let_through() {
    let quiet = |what: &str, bytes: &[u8]| {
        if let Err(refused) = read("x", bytes) {
            panic!("{what}: {}", said(&refused));
        }
    };
    let made = |w: &mut Workbook| {
        w.set_properties(&DocProperties::new().set_author("Anna Andersson"));
    };
    quiet("maker", &workbook(made));
    let note = Note::new("inte klart").set_author("Anna Andersson").add_author_prefix(true);
    quiet(
        "maker of a comment",
        &with(|s| {
            s.insert_note(13, 1, &note).unwrap();
        }),
    );
    let comment = "Anna Andersson:\ninte klart";
    let sheet = Sheet::new("A", false).comment(13, 1, 7, "", comment);
    quiet("maker of a comment, xls", &Xls { sheets: vec![sheet], ..Xls::default() }.bytes());
    let comment = "<office:annotation><dc:creator>Anna Andersson</dc:creator><dc:date>2022-01-01T00:00:00</dc:date>\
         <text:p>Anna Andersson:</text:p><text:p>inte klart</text:p></office:annotation>";
    let cell = format!("<table:table-cell>{comment}</table:table-cell>");
    let table = format!("<table:table table:name=\"A\"><table:table-row>{cell}</table:table-row></table:table>");
    quiet("maker of a comment, ods", &ods("", &table));
    let insats = |s: &mut Worksheet| {
        (0..4).for_each(|row| {
            s.write(row, 6, if row == 0 { "Insats" } else { "Alma" }).unwrap();
        })
    };
    quiet("insats", &with(insats));
    let ids = |s: &mut Worksheet| {
        (0..4).for_each(|row| {
            s.write(row, 6, if row == 0 { "Deltagare".to_owned() } else { format!("D{row}") }).unwrap();
        })
    };
    quiet("numbers of persons", &with(ids));
    let years = |s: &mut Worksheet| {
        let day = Format::new().set_num_format("yyyy-mm-dd");
        for (row, year) in (5..).zip(1980..2000) {
            s.write_with_format(row, 6, 32_874 + row, &day).unwrap();
            s.write(row, 7, year).unwrap();
            s.write(row, 8, 20_220_110 + row).unwrap();
            s.write(row, 9, year).unwrap();
        }
    };
    quiet("days beside years", &with(years));
    quiet(
        "empty column for names",
        &with(|s| {
            s.write(0, 5, "Namn").unwrap();
        }),
    );
    let ids = "<a xr:uid=\"{19900101-0017-4AF4-9A01-900101001700}\" cx=\"9001010017\" t=\"2022-01-01T00:00:00Z\" d=\"M 900101 0017\"/>";
    quiet("ids", &with_part(&with(|_| {}), "xl/drawings/drawing9.xml", |_| ids.to_owned()));
    let anchors = "<a><from><col>900101</col><off>0017</off></from></a>";
    quiet("measures", &with_part(&with(|_| {}), "xl/drawings/drawing9.xml", |_| anchors.to_owned()));
}
