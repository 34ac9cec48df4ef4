//! What is read of each kind of file.

use crate::base::{USUAL, ods, read, said, shown, usual, usual_ods, with_part, xlsx};
use crate::gamla::{self, DAY, PLAIN, Sheet, Xls, words};
use samsyn_import::grid::Kind;

#[test]
fn excel_since_2007() {
    let book = read("x.xlsx", &xlsx(usual)).unwrap();
    assert_eq!((book.kind, book.epoch_1904, shown(&book).as_str()), (Kind::Xlsx, false, USUAL));
}

#[test]
fn excel_before_2007() {
    let book = read("x.xls", &gamla::usual().bytes()).unwrap();
    assert_eq!((book.kind, book.epoch_1904, shown(&book).as_str()), (Kind::Xls, false, USUAL));
}

/// A text may go on over several records, and change the width of its letters there; a formula's text follows it.
#[test]
fn texts_over_several_records() {
    let mut stream = Xls { strings: vec!["Kö"], sheets: vec![], ..Xls::default() };
    stream.sheets.push(
        Sheet::new("A", false)
            .string(0, 0, 0)
            .with(0x06, &[words(&[0, 1, PLAIN]), vec![0, 0, 0, 0, 0, 0, 0xFF, 0xFF], words(&[0, 0, 0, 0])].concat())
            .with(0x207, &gamla::text("svar", false))
            .with(0x06, &[words(&[0, 2, DAY]), 44_562_f64.to_le_bytes().to_vec(), words(&[0, 0, 0, 0])].concat())
            .with(0x06, &[words(&[0, 3, DAY]), vec![2, 0, 0x17, 0, 0, 0, 0xFF, 0xFF], words(&[0, 0, 0, 0])].concat()),
    );
    let whole = stream.stream();
    // The shared text becomes `Kön`: two letters of two bytes, then one of one byte in the next record.
    let at = whole.windows(4).position(|four| four == [2, 0, 1, b'K']).unwrap();
    let mut longer = whole.clone();
    longer[at] = 3;
    longer.splice(at + 7..at + 7, gamla::record(0x3C, &[0, b'n']));
    // The sheet begins six bytes later.
    let link = longer.windows(2).position(|two| two == [0x85, 0]).unwrap() + 4;
    longer[link] += 6;
    let book = read("x.xls", &gamla::compound(&[("Workbook", longer)])).unwrap();
    assert_eq!(shown(&book), "[A]\n1 'Kön|'svar|2022-01-01|#REF!\n");
    assert!(book.notes.iter().any(|note| note.message.starts_with("Filen har formler.")));
}

/// Dates: cells with a date format, both epochs, time of day dropped; plain numbers stay numbers.
#[test]
fn days_count_from_two_epochs() {
    let days = |sheet: Sheet| sheet.number(0, 0, DAY, 43_100.5).number(0, 1, DAY, 60.0).number(0, 2, PLAIN, 43_100.0);
    for (epoch_1904, expect) in
        [(false, "[A]\n1 2017-12-31|60|43100\n"), (true, "[A]\n1 2022-01-01|1904-03-01|43100\n")]
    {
        let book = Xls { epoch_1904, sheets: vec![days(Sheet::new("A", false))], ..Xls::default() };
        let book = read("x.xls", &book.bytes()).unwrap();
        assert_eq!((book.epoch_1904, shown(&book).as_str()), (epoch_1904, expect));
    }
    let book = xlsx(usual);
    let later = with_part(&book, "xl/workbook.xml", |text| text.replace("<workbookPr", "<workbookPr date1904=\"1\""));
    let book = read("x.xlsx", &later).unwrap();
    assert!(book.epoch_1904 && shown(&book).contains("|2026-01-11|"), "{}", shown(&book));
    let null =
        "<table:calculation-settings><table:null-date table:date-value=\"1904-01-01\"/></table:calculation-settings>";
    let table = "<table:table table:name=\"A\"></table:table>";
    assert!(read("x.ods", &ods("", &format!("{null}{table}"))).unwrap().epoch_1904);
}

/// Hidden sheets, rows and columns, and merged areas.
#[test]
fn what_is_hidden_is_told() {
    let bytes = {
        let mut workbook = rust_xlsxwriter::Workbook::new();
        let sheet = workbook.add_worksheet().set_name("A").unwrap();
        sheet.write(0, 0, "x").unwrap();
        sheet.write(1, 0, "y").unwrap();
        sheet.set_row_hidden(1).unwrap();
        sheet.set_column_hidden(2).unwrap();
        sheet.merge_range(2, 0, 3, 1, "z", &rust_xlsxwriter::Format::new()).unwrap();
        workbook.add_worksheet().set_name("B").unwrap().set_hidden(true);
        workbook.save_to_buffer().unwrap()
    };
    let expect = "[A]\n1 'x\n2 dold 'y\n3 'z\n[B] dolt\n";
    let about = |bytes: &[u8]| {
        let book = read("x", bytes).unwrap();
        (shown(&book), book.sheets[0].hidden_columns.clone(), book.sheets[0].merged.clone())
    };
    assert_eq!(about(&bytes), (expect.to_owned(), vec![2], vec![(3, 0, 4, 1)]));

    let old = Xls {
        strings: vec!["x", "y", "z"],
        sheets: vec![
            Sheet::new("A", false)
                .with(0x7D, &words(&[2, 2, 0, 0, 1, 0]))
                .with(0x208, &words(&[1, 0, 1, 0, 0, 0, 0x20, 0]))
                .string(0, 0, 0)
                .string(1, 0, 1)
                .string(2, 0, 2)
                .with(0xE5, &words(&[1, 2, 3, 0, 1])),
            Sheet::new("B", true),
        ],
        ..Xls::default()
    };
    assert_eq!(about(&old.bytes()), (expect.to_owned(), vec![2], vec![(3, 0, 4, 1)]));

    let style = "<style:style style:name=\"ta2\"><style:table-properties table:display=\"false\"/></style:style>";
    let cell = |more: &str, text: &str| {
        format!("<table:table-cell {more} office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>")
    };
    let body = format!(
        "<table:table table:name=\"A\"><table:table-column table:number-columns-repeated=\"2\"/>\
         <table:table-column table:visibility=\"collapse\"/><table:table-row>{}</table:table-row>\
         <table:table-row table:visibility=\"collapse\">{}</table:table-row><table:table-row>{}</table:table-row></table:table>\
         <table:table table:name=\"B\" table:style-name=\"ta2\"/>",
        cell("", "x"),
        cell("", "y"),
        cell("table:number-columns-spanned=\"2\" table:number-rows-spanned=\"2\"", "z")
    );
    assert_eq!(about(&ods(style, &body)), (expect.to_owned(), vec![2], vec![(3, 0, 4, 1)]));
}

#[test]
fn opendocument() {
    let book = read("x.ods", &usual_ods()).unwrap();
    assert_eq!((book.kind, book.epoch_1904, shown(&book).as_str()), (Kind::Ods, false, USUAL));
}

#[test]
fn text_in_any_of_three_signs() {
    for text in [
        "Nr;Kön\r\nD1;K\r\n\r\nD2;\"M;K\"\r\n",
        "Nr\tKön\r\nD1\tK\r\n\r\nD2\tM;K\r\n",
        "Nr,Kön\r\nD1,K\r\n\r\nD2,M;K\r\n",
    ] {
        let book = read("x.csv", text.as_bytes()).unwrap();
        assert_eq!((book.kind, shown(&book).as_str()), (Kind::Csv, "[]\n1 'Nr|'Kön\n2 'D1|'K\n4 'D2|'M;K\n"));
    }
}

/// Rows that stand twice in OpenDocument stand twice when they are read.
#[test]
fn repeated_rows_and_cells() {
    let cell = "<table:table-cell table:number-columns-repeated=\"2\" office:value-type=\"string\"><text:p>x</text:p></table:table-cell>";
    let row = format!("<table:table-row table:number-rows-repeated=\"2\">{cell}</table:table-row>");
    let book = read("x.ods", &ods("", &format!("<table:table table:name=\"A\">{row}</table:table>"))).unwrap();
    assert_eq!(shown(&book), "[A]\n1 'x|'x\n2 'x|'x\n");
}

#[test]
fn what_is_no_spreadsheet_is_told() {
    for (bytes, expect) in [
        (&b""[..], "FEL: fil: Filen är tom. Välj ett kalkylark: .xlsx, .xls, .ods eller .csv.\n"),
        (
            b"%PDF-1.7\n",
            "FEL: fil: Filen är ett PDF-dokument, inte ett kalkylark. Välj ett kalkylark: .xlsx, .xls, .ods eller .csv.\n",
        ),
        (
            b"\xef\xbb\xbf\r\n<HTML><table>",
            "FEL: fil: Filen är en webbsida, inte ett kalkylark, vad den än heter. Öppna filen i Excel och spara den som .xlsx (Excel-arbetsbok).\n",
        ),
    ] {
        assert_eq!(said(&read("fil", bytes).unwrap_err()), expect);
    }
}
