//! What stands in the cells, and files of other kinds.

use super::bok::{Bok, bok};

pub fn alla() -> Vec<(&'static str, Bok)> {
    vec![
        (
            "09-datum-som-text.xlsx",
            bok(&[
                "Nr|Kön|Född|Datum in|Datum ut|Orsak",
                "1|K|1985|'2025-02-03|'2025-5-30|flytt",
                "2|M|1979|'250210|3/6 2025|arbete",
                "3|K|1990|17 feb 2025|den 1 december 2025|studier",
                "4|M|1988|20250224|2025-12-01 00:00:00|sjukdom",
                "5|K|1971|3.3.2025|1/12-25|övrigt",
                "6|K|1993|@2025-03-10|pågår|",
            ]),
        ),
        (
            "10-serienummer.xlsx",
            bok(&[
                "Nr|Kön|Född|Inskriven|Utskriven|Orsak",
                "1|K|1985|#45691|#45807|flytt",
                "2|M|1979|#45698|@2025-06-03|arbete",
                "3|K|1990|#45705||",
            ]),
        ),
        (
            "11-serienummer-fran-1904.xlsx",
            Bok {
                fran_1904: true,
                ..bok(&[
                    "Nr|Kön|Född|Inskriven|Utskriven|Orsak",
                    "1|K|1985|@2025-02-03|@2025-05-30|flytt",
                    "2|M|1979|#44236|#44349|arbete",
                ])
            },
        ),
        (
            "13-kv-och-kryss.xlsx",
            bok(&[
                "nr |KÖN|född|start |slut|orsak|arbete|studerar|söker arbete|plan",
                " 1|K|1985|@2025-02-03|@2025-05-30| Arbete |halvtid|-|x|X",
                "2|kv|1979|@2025-02-10|@2025-06-03|STUDIER||x||",
                "3|Kvinna |1990|@2025-02-17|@2025-06-13|arbetssokande|||ja|j",
                "4|m|1988|@2025-02-24|@2025-06-27|Egen begäran||0|0|1",
                "5|Man\u{a0}|1971|@2025-03-03|@2025-09-05|Fortsatt rehab.|nej|n|n|✓",
            ]),
        ),
        (
            "14-procent.xlsx",
            bok(&[
                "Nr|Kön|Född|Start|Slut|Orsak|Omfattning",
                "1|K|1985|@2025-02-03|@2025-05-30|arbete|%0.5",
                "2|M|1979|@2025-02-10|@2025-06-03|arbete|%1",
                "3|K|1990|@2025-02-17|@2025-06-13|arbete|75",
                "4|M|1988|@2025-02-24|@2025-06-27|arbete|heltid",
                "5|K|1971|@2025-03-03|@2025-09-05|arbete|40 %",
                "6|M|1971|@2025-03-03|@2025-09-05|arbete|deltid",
            ]),
        ),
        (
            "15-sysselsattning-i-en-kolumn.xlsx",
            bok(&[
                "Nr|Kön|Född|Start|Slut|Efter insatsen",
                "1|K|1985|@2025-02-03|@2025-05-30|Arbete 50 %",
                "2|M|1979|@2025-02-10|@2025-06-03|Studier",
                "3|K|1990|@2025-02-17|@2025-06-13|Arbetssökande",
                "4|M|1988|@2025-02-24|@2025-06-27|Arbete 25 % och studier",
                "5|K|1971|@2025-03-03|@2025-09-05|Arbete",
            ]),
        ),
        (
            "16-tvasiffriga-ar.xlsx",
            bok(&[
                "Nr|Kön|År född|Start",
                "1|K|85|@2025-02-03",
                "2|M|'07|@2025-02-10",
                "3|K|-68|@2025-02-17",
                "4|M|'45|@2025-02-24",
                "5|K|'12|@2025-03-03",
            ]),
        ),
        (
            "17-fodelsedatum.xlsx",
            bok(&[
                "Nr|Kön|Födelsedatum|Start",
                "1|K|@1985-05-17|@2025-02-03",
                "2|M|'19790822|@2025-02-10",
                "3|K|'900203|@2025-02-17",
                "4|M|'1988-11-31|@2025-02-24",
            ]),
        ),
        (
            "21-gammal-excel.xls",
            bok(&[
                "Bryggan",
                "",
                "Nr|Kön|Född|Start|Slut|Orsak|Arbete",
                "1|K|1985|@2025-02-03|@2025-05-30|Arbete|%0.8",
                "2|M|1979|@2025-02-10|||",
                "Totalt|2|||1||",
            ]),
        ),
        (
            "22-libreoffice.ods",
            bok(&[
                "Nr|Kön|Född|Start|Slut|Orsak|Studerar|Kommentar",
                "1|K|1985|@2025-02-03|@2025-05-30|Studier|ja|",
                "2|M|1979|@2025-02-10|||nej|på väg",
                "",
                "3|K|1990|'2025-02-17|@2025-09-05|Flyttat||",
            ]),
        ),
        (
            "24-manga-fel.xlsx",
            bok(&[
                "Nr|Kön|Född|Inskriven|Utskriven|Orsak|Studerar",
                "1|K|1985|'2025-02-30||flytt|",
                "2|M|1979|@2025-06-02|@2025-02-10|slutade komma|kanske",
                "3|okänd|2985|@2025-02-17|i höstas|arbete|",
                "4 b|K|1990|@2025-02-24|=1/0=>#DIV/0!|Slutade  komma|",
                "5|M|1988|#12|||ja",
            ]),
        ),
        (
            "25-samma-nummer.xlsx",
            bok(&[
                "Nr|Kön|Född|Start|Slut",
                "1|K|1985|@2025-02-03|",
                "2|M|1979|@2025-02-10|@2025-05-30",
                "1|Kvinna|'85|'2025-02-03|",
                "2|M|1979|@2025-09-01|",
            ]),
        ),
        (
            "26-utan-nummer.xlsx",
            bok(&[
                "Kön|Född|Start|Slut|Orsak",
                "K|1985|@2025-02-03||",
                "K|1985|@2025-02-03||",
                "M|1979|@2025-02-10|@2025-06-03|arbete",
            ]),
        ),
        (
            "27-amerikanska-datum.xlsx",
            bok(&[
                "Nr|Kön|Född|Start",
                "1|K|1985|'02/03/2025",
                "2|M|1979|'02/13/2025",
                "3|K|1990|@2025-02-17",
                "4|K|1990|mars 2025",
            ]),
        ),
        (
            "30-avslut-utan-orsak.xlsx",
            bok(&[
                "Nr|Kön|Född|Start|Slut|Arbete|Studerar|Söker arbete",
                "1|K|1985|@2025-02-03|@2025-05-30|50|nej|ja",
                "2|M|1979|@2025-02-10|@2025-06-03||ja|nej",
                "3|K|1990|@2025-02-17|@2025-06-13|||ja",
                "4|M|1988|@2025-02-24|@2025-06-27|nej|nej|nej",
                "5|M|1988|@2025-03-03||nej|nej|nej",
            ]),
        ),
    ]
}

/// Files of text: Latin-1 as Excel saves it, tabs, quotation marks.
pub fn texter() -> Vec<(&'static str, Vec<u8>)> {
    let latin1 = "Löpnr;Kön;Född;Inskriven;Utskriven;Avslutsorsak;Försörjning vid avslut\r\n\
        1;Kvinna;1985;2025-02-03;2025-05-30;Föräldraledig;Försörjningsstöd\r\n2;Man;1979;2025-02-10;;;\r\n;;;;;;\r\nSumma;2;;;1;;\r\n";
    let tabs = "Nr\tKön\tFödd\tStart\tSlut\tOrsak\n1\tK\t1985\t2025-02-03\t\t\n2\tM\t1979\t2025-02-10\t2025-06-03\tegen begäran\n";
    let quoted = "sep=;\r\n\"Nr\";\"Kön\";\"Skyddad identitet\";\"Start\";\"Slut\"\r\n\"1\";\"K\";\"\";\"2025-02-03\";\"\"\r\n\
        \"2\";\"\";\"ja\";\"2025-02-10\";\"\"\r\n\"3\";\"M\";\"nej\";\"45705\";\"-\"\r\n";
    vec![
        ("19-latin1.csv", latin1.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect()),
        ("20-tabbar.txt", tabs.as_bytes().to_vec()),
        ("32-citattecken-och-anonyma.csv", [b"\xef\xbb\xbf", quoted.as_bytes()].concat()),
    ]
}
