//! What is read of each kind of file.

use crate::base::{USUAL, ods, read, said, shown, usual, usual_ods, xlsx};
use samsyn_import::grid::Kind;

#[test]
fn excel_since_2007() {
    let book = read("x.xlsx", &xlsx(usual)).unwrap();
    assert_eq!((book.kind, book.epoch_1904, shown(&book).as_str()), (Kind::Xlsx, false, USUAL));
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
