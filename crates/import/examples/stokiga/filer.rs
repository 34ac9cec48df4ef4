//! How the list stands on the sheet: titles, heads, months, sums, sheets, what is hidden.

use super::bok::{Blad, Bok, blad, bok};

pub fn alla() -> Vec<(&'static str, Bok)> {
    vec![
        (
            "01-enkel.xlsx",
            bok(&[
                "Löpnr|Kön|Född|Inskriven|Utbildning|Försörjning före|Hur länge|Utskriven|Orsak|Arbete|Lönestöd|Studier|Söker arbete|Plan|Försörjning efter|Anonym",
                "1|K|1985|@2025-02-03|Gymnasium|Försörjningsstöd|1-3 år|||||||||",
                "2|M|1990|@2025-02-10|Grundskola|Sjukpenning|Över 3 år|@2025-11-28|Arbete|50 %|ja|nej|ja|ja|Ingen|",
                "3|||||||||||||||",
                "4||1970|@2025-03-03||||||||||||ja",
            ]),
        ),
        (
            "02-titel-och-tomma-rader.xlsx",
            Bok {
                bladen: vec![Blad {
                    sammanfogade: vec![(0, 0, 0, 6), (1, 0, 1, 6)],
                    ..blad(
                        "Deltagare",
                        &[
                            "UNGDOMSLYFTET",
                            "Uppföljningsfil till kansliet, helår 2025",
                            "",
                            "Ansvarig:|projektledaren",
                            "",
                            "",
                            "Deltagare nr|Man/kvinna|Födelseår|Startdatum|Slutdatum|Anledning|Kommentar",
                            "",
                            "'001|Kvinna|1999|@2025-01-13|@2025-06-13|Studier|börjar på komvux i augusti",
                            "",
                            "'002|Man|2001|@2025-01-20|||",
                            "",
                            "",
                            "'003|Kvinna|1998|@2025-02-17|@2025-04-04|Flytt|",
                        ],
                    )
                }],
                ..Bok::default()
            },
        ),
        (
            "03-dubbla-rubriker.xlsx",
            Bok {
                bladen: vec![Blad {
                    sammanfogade: vec![(1, 0, 2, 0), (1, 1, 2, 1), (1, 2, 2, 2), (1, 3, 1, 5), (1, 6, 1, 10)],
                    ..blad(
                        "Lista",
                        &[
                            "Bryggan 2025",
                            "Nr|Kön|Född|Före insatsen|||Efter insatsen",
                            "|||Datum|Utbildning|Försörjning|Datum|Orsak|Arbete (%)|Studier|Försörjning",
                            "1|K|1985|@2025-02-03|gymnasium|försörjningsstöd|@2025-09-30|arbete|75|nej|ingen",
                            "2|M|1979|@2025-03-10|grundskola|sjukpenning|||||",
                            "3|K|1990|@2025-03-17|eftergymnasial|a-kassa|@2025-10-31|studier||ja|studiemedel",
                        ],
                    )
                }],
                ..Bok::default()
            },
        ),
        (
            "04-manader-och-upprepade-rubriker.xlsx",
            bok(&[
                "Nr|Kön|Född|Start|Slut|Orsak",
                "Januari 2025",
                "1|K|1985|@2025-01-13||",
                "2|M|1979|@2025-01-20|@2025-03-31|sjukdom",
                "Februari 2025",
                "Nr|Kön|Född|Start|Slut|Orsak",
                "3|K|1990|@2025-02-03||",
                "@2025-03-01",
                "Nr|Kön|Född|Start|Slut|Orsak",
                "4|M|1968|@2025-03-10|@2025-12-31|insatsen avslutad",
            ]),
        ),
        (
            "05-summor-och-forklaringar.xlsx",
            bok(&[
                "Nr|Kön|Född|Start|Slut|Orsak|Studier",
                "1|K|1985|@2025-01-13|@2025-06-30|studier|x",
                "2|M|1979|@2025-01-20||||",
                "3|K|1990|@2025-02-03|@2025-08-29|egen begäran|",
                "Summa|3|||2||1",
                "",
                "Kvinnor|2",
                "Män|1",
                "",
                "x = ja, tomt = nej",
            ]),
        ),
        (
            "06-pagaende-och-avslutade.xlsx",
            Bok {
                bladen: vec![
                    blad("Läs mig", &["Fyll i ett blad för pågående och ett för avslutade.", "Frågor? Ring kansliet."]),
                    blad("Pågående", &["Nr|Kön|Född|Inskriven", "5|K|1985|@2025-09-01", "6|M|1991|@2025-10-06"]),
                    blad(
                        "Avslutade",
                        &[
                            "Nr|Kön|Född|Inskriven|Utskriven|Avslutsorsak|Till arbete/studier",
                            "1|K|1977|@2024-09-02|@2025-05-30|Arbete|Arbete 100 %",
                            "2|M|1988|@2024-10-07|@2025-06-13|Studier|Studier",
                            "3|M|1966|@2024-11-04|@2025-06-27|Sjuk|Inget",
                        ],
                    ),
                ],
                ..Bok::default()
            },
        ),
        (
            "07-avslut-pa-eget-blad.xlsx",
            Bok {
                bladen: vec![
                    blad(
                        "Inskrivna",
                        &[
                            "Nr|Kön|Född|In|Utbildning",
                            "1|K|1985|@2025-02-03|gymnasium",
                            "2|M|1979|@2025-02-10|grundskola",
                            "3|K|1990|@2025-02-17|",
                        ],
                    ),
                    blad("Avslut", &["Nr|Ut|Orsak|Arbete", "3|@2025-09-30|arbete|50", "1|@2025-10-31|flytt|"]),
                ],
                ..Bok::default()
            },
        ),
        (
            "08-ett-blad-per-halvar.xlsx",
            Bok {
                bladen: vec![
                    blad(
                        "VT 25",
                        &[
                            "ID|Kön|Födelseår|Start|Slut|Orsak",
                            "25-1|K|1985|@2025-02-03|@2025-05-30|övrigt",
                            "25-2|M|1979|@2025-02-10||",
                        ],
                    ),
                    blad(
                        "HT 25",
                        &[
                            "ID|Kön|Födelseår|Start|Slut|Orsak",
                            "25-3|K|1990|@2025-08-18||",
                            "25-2|M|1979|@2025-02-10|@2025-11-14|annan aktör",
                        ],
                    ),
                    blad("Diagram", &["Antal per halvår", "VT|2", "HT|1"]),
                ],
                ..Bok::default()
            },
        ),
        (
            "12-dolda-rader-kolumner-och-blad.xlsx",
            Bok {
                bladen: vec![
                    Blad {
                        dolda_kolumner: vec![2],
                        dolda_rader: vec![2],
                        ..blad(
                            "Lista",
                            &[
                                "Nr|Kön|Född|Start|Slut",
                                "1|K|1985|@2025-02-03|",
                                "2|M|1979|@2025-02-10|@2025-05-30",
                                "3|K|1990|@2025-02-17|",
                            ],
                        )
                    },
                    Blad {
                        dolt: true,
                        ..blad("Gammal lista", &["Nr|Kön|Född|Start|Slut", "91|K|1980|@2019-02-04|@2019-06-14"])
                    },
                ],
                ..Bok::default()
            },
        ),
        (
            "18-omkastade-kolumner.xlsx",
            bok(&[
                "Anteckningar|Slut|Start|Skostorlek|Kön|Nr|||Född|Orsak",
                "ringer själv||@2025-02-03||K|1|||1985|",
                "|@2025-05-30|@2025-02-10|43|M|2||se pärm|1979|ordinarie stöd",
            ]),
        ),
        ("23-inga-rader.xlsx", bok(&["Uppföljning 2025", "", "Nr|Kön|Född|Start|Slut|Orsak"])),
        (
            "28-okanda-rubriker.xlsx",
            bok(&["Fält A|Fält B|Fält C|Fält D", "1|K|1985|@2025-02-03", "2|M|1979|@2025-02-10"]),
        ),
        (
            "29-forberedda-nummer.xlsx",
            bok(&[
                "Nr|Kön|Född|Start|Slut|Orsak|Studerar|Ålder vid start",
                "1|K|1985|@2025-02-03|||nej|=YEAR(D2)-C2=>40",
                "2|M|1979|@2025-02-10|@2025-06-13|studier|ja|=YEAR(D3)-C3=>46",
                "3||||||nej|=YEAR(D4)-C4=>1900",
                "4||||||nej|=YEAR(D5)-C5=>1900",
                "5||||||nej|",
                "6||||||nej|",
                "7||||||nej|",
                "8||||||nej|",
            ]),
        ),
        (
            "31-ingen-lista.xlsx",
            bok(&["Till kansliet", "Vi har inga deltagare det här kvartalet.", "Hälsningar från oss"]),
        ),
    ]
}
