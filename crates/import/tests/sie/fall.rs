//! Small cases: a file's rows, and what is told of them.

use encoding_rs::WINDOWS_1252;
use samsyn_core::Finding;
use samsyn_import::sie::{Kodning, Sie, Typ, read};

/// What every case begins with: rows 1–7.
const HEAD: &str = "#FLAGGA 0\n#FORMAT PC8\n#SIETYP 4\n#RAR 0 20220101 20221231\n#RAR -1 20210101 20211231\n\
                    #KONTO 1930 \"Bank\"\n#KONTO 4010 Insatser\n";

/// `8: message` for each finding, without remedies.
fn told(findings: &[Finding]) -> String {
    let line = |finding: &Finding| match finding.place.row {
        Some(row) => format!("{row}: {}", finding.message),
        None => finding.message.clone(),
    };
    findings.iter().map(line).collect::<Vec<_>>().join(" | ")
}

fn of(name: &str, text: &str) -> Result<Sie, String> {
    read(name, text.as_bytes()).map_err(|findings| {
        assert!(findings.iter().all(|finding| !finding.message.is_empty()));
        told(&findings)
    })
}

/// The rows after the head: errors, or else notes.
fn check(rows: &str, expect: &str) {
    let notes = |sie: Sie| {
        let none = "Filen har inga verifikationer för året, så saldona kan inte följas.";
        told(&sie.notes.into_iter().filter(|note| note.message != none).collect::<Vec<_>>())
    };
    let found = of("a.se", &format!("{HEAD}{rows}")).map(notes).unwrap_or_else(|errors| format!("FEL {errors}"));
    assert_eq!(found, expect, "{rows}");
}

const VER: &str = "#VER A 1 20220301 \"Text\"\n{\n#TRANS 1930 {} -100\n#TRANS 4010 {} 100.00\n}\n";

#[test]
fn what_is_told() {
    for (rows, expect) in [
        ("", ""),
        ("\n  \n", ""),
        (
            "#EGEN 1\n#egen 2\n#ANNAN\n",
            "10: Posten ”#ANNAN” lästes inte (1 rad). | 8: Posten ”#EGEN” lästes inte (2 rader).",
        ),
        ("hej\n", "FEL 8: Raden börjar med ”hej”, men varje post börjar med #."),
        ("#KONTO x Bank\n", "FEL 8: #KONTO: ”x” är inget kontonummer."),
        ("#KONTO 1930 Bank\n", ""),
        ("#KONTO 1930 Kassa\n", "8: Konto 1930 heter här ”Kassa”, men förut ”Bank”, som gäller."),
        ("#KTYP 1930 T\n#SRU 1930 7281\n", ""),
        ("#KTYP 1930 X\n", "FEL 8: #KTYP: ”X” är ingen kontotyp."),
        ("#KTYP 1931 T\n", "8: Konto 1931 har en kontotyp men ingen #KONTO."),
        ("#SRU 1931 7281\n", "8: Konto 1931 har en SRU-kod men ingen #KONTO."),
        ("#IB 0 1930 12,345\n", "FEL 8: #IB: ”12,345” är inget belopp."),
        ("#IB 0 1930\n", "FEL 8: #IB: Beloppet saknas."),
        ("#IB x 1930 1\n", "FEL 8: #IB: ”x” är inget årsnummer."),
        ("#IB 0 1930 1\n#IB 0 1930 1\n", "FEL 9: Saldot för konto 1930 står redan på rad 8."),
        ("#RES 0 4010 1\n#UB 0 4010 1\n", ""),
        ("#RES 0 4010 1\n#UB 0 4010 2\n", "FEL 8: Saldot för konto 4010 står redan på rad 9."),
        ("#IB -1 1931 1\n#UB -1 1931 1\n", "8: Konto 1931 används (2 rader) men har ingen #KONTO."),
        ("#PSALDO 0 202212 4010 {1 \"\" 6 3} 1\n", "Filen använder 1 objekt men namnger inget: den har ingen #OBJEKT."),
        ("#IB -2 1930 1\n", "Filen har saldon för år -2, men ingen #RAR säger när det var."),
        ("#IB 0 1930 1 7st\n", "8: Kvantiteten ”7st” är inget tal och lästes inte."),
        ("#RAR 1 20230101 2023123\n", "FEL 8: #RAR: ”2023123” är inget datum."),
        ("#RAR 1 20231231 20230101\n", "FEL 8: #RAR: Räkenskapsåret slutar 2023-01-01, före sin början 2023-12-31."),
        ("#RAR 0 20210101 20211231\n", "FEL 8: #RAR: Räkenskapsår 0 står två gånger med olika datum."),
        ("#SIETYP 5\n", "FEL 8: #SIETYP: ”5” är ingen SIE-typ."),
        (
            "#DIM 6 Projekt\n#OBJEKT 6 a A\n#OBJEKT 6 a B\n",
            "10: Objektet står en gång till med annat namn; det första gäller.",
        ),
        ("#UNDERDIM 61 Del\n", "FEL 8: #UNDERDIM: dimensionsnummer saknas."),
        ("#PSALDO 0 202213 4010 {} 1\n", "FEL 8: #PSALDO: ”202213” är ingen månad."),
        ("#PSALDO 0 202212 4010 {1 2 3} 1\n", "FEL 8: #PSALDO: En klammer står där ett fält väntades."),
        ("#PSALDO 0 202212 4010 {1 2 1\n", "FEL 8: #PSALDO: Klammern med objekt stängs inte."),
        ("#OIB 0 1930 {1 2 6 3} 1\n", "Filen använder 2 objekt men namnger inget: den har ingen #OBJEKT."),
        (
            "#DIM 6 Projekt\n#OBJEKT 6 5 Ett\n#PSALDO 0 202212 4010 {6 5} 1\n#PSALDO 0 202212 4010 {6 7} 1\n\
             #VER A 1 20220301\n{\n#TRANS 1930 {} 0\n#BTRANS 1930 {1 9 6 7} 0\n}\n",
            "11: Objekt ”7” i dimension 6 används (2 rader) men har ingen #OBJEKT. | \
             12: Objekt ”9” i dimension 1 används (1 rad) men har ingen #OBJEKT.",
        ),
        ("#OIB {1 2} 1930 1\n", "FEL 8: #OIB: En klammer står där ett fält väntades."),
        (VER, ""),
        (
            "#VER A 1 20220301\n{\n#TRANS 1930 {} -100\n#RTRANS 1930 {} 5\n#BTRANS 1930 {} 7\n#TRANS 4010 {} 100\n}\n",
            "",
        ),
        (
            "#VER A 1 20220301\n{\n#TRANS 1930 {} -100\n#TRANS 4010 {} 100.01\n}\n",
            "FEL 8: Verifikation A 1 (2022-03-01) går inte jämnt ut: raderna summerar till 0.01, inte 0.",
        ),
        ("#VER A 1 20220301\n{\n#TRANS 1930 {} x\n#TRANS 4010 {} 100\n}\n", "FEL 10: #TRANS: ”x” är inget belopp."),
        ("#VER A 1 20220230\n{\n#TRANS 1930 {} 0\n}\n", "FEL 8: #VER: ”20220230” är inget datum."),
        ("#VER A 1\n{\n#TRANS 1930 {} 0\n}\n", "FEL 8: #VER: Verifikationens datum saknas."),
        ("#VER A 1 20230101\n{\n}\n", "FEL 8: 2023-01-01 ligger utanför filens räkenskapsår."),
        (
            "#VER A 1 20221231\n{\n#TRANS 1930 {} 0 20230101\n#BTRANS 1930 {} 0 20230101\n}\n",
            "10: 2023-01-01 ligger utanför filens räkenskapsår. Raden räknas på verifikationens dag.",
        ),
        ("#VER A 1 20210101\n{\n}\n#VER A 2 20220101\n{\n}\n", ""),
        (
            "#VER A 1 20220101\n{\n#TRANS 1931 {} 1\n#TRANS 1931 {} -1\n}\n",
            "FEL 10: Konto 1931 används (2 rader) men har ingen #KONTO.",
        ),
        ("#TRANS 1930 {} 1\n", "FEL 8: #TRANS: Raden hör inte till någon verifikation."),
        ("#VER A 1 20220101\n{\n#TRANS 1930 {} 0\n", "FEL 8: Filen slutar mitt i Verifikation A 1."),
        ("#VER \"\" \"\" 20220101\n", "FEL 8: Filen slutar mitt i Verifikationen."),
        (
            "#VER A 1 20220101\n#VER A 2 20220101\n{\n}\n",
            "FEL 9: Verifikation A 1 har inga rader: här står ”#VER” där { väntades.",
        ),
        (
            "#VER A 1 20220101\n{\n#VER A 2 20220101\n{\n}\n",
            "FEL 10: ”#VER” står här innan klammern efter Verifikation A 1 (rad 8) har stängts.",
        ),
        ("#VER A 1 20220101\n{\n#EGEN 1\n}\n", "10: Posten ”#EGEN” lästes inte (1 rad)."),
        ("{\n", "FEL 8: En klammer öppnas här utan #VER på raden före."),
        ("}\n", "FEL 8: En klammer stängs här, men ingen är öppen."),
        ("#VER A 1 20220101 \"tex", "FEL 8: Ett citattecken på raden har inget slut."),
        ("#KONTO 19\u{1}30 Bank\n", "FEL 8: Raden har ett styrtecken, som ingen text har."),
        (
            "#IB 0 1930 19121212-1212\n",
            "FEL 8: Raden går inte att läsa. Det som står där visas inte, för det liknar ett personnummer.",
        ),
    ] {
        check(rows, expect);
    }
}

/// IB + the year's transactions up to OMFATTN = UB; RES = their sum.
#[test]
fn balances_follow_from_vouchers() {
    for (rows, expect) in [
        ("#IB 0 1930 500\n#UB 0 1930 400\n#RES 0 4010 100\n", ""),
        ("#UB 0 1930 -100\n", ""),
        ("#RES 0 4010 100.01\n", "FEL 13: Konto 4010: #RES är 100.01, men verifikationerna ger 100.00."),
        ("#UB 0 1930 1\n", "FEL 13: Konto 1930: #UB är 1.00, men #IB 0.00 och verifikationerna -100.00 ger -100.00."),
        (
            "#IB 0 1930 500\n#UB 0 1930 500\n",
            "FEL 14: Konto 1930: #UB är 500.00, men #IB 500.00 och verifikationerna -100.00 ger 400.00.",
        ),
        ("#OMFATTN 20220228\n#IB 0 1930 500\n#UB 0 1930 500\n", ""),
        ("#OMFATTN 20220301\n#IB 0 1930 500\n#UB 0 1930 400\n", ""),
        ("#IB -1 1930 500\n#UB -1 1930 900\n", ""),
        // In a file that is cut off no balance can be followed: that it is cut is told, and nothing else.
        ("#RES 0 4010 107\n#VER A 2 20220302\n{\n#TRANS 4010 {} 7\n", "FEL 14: Filen slutar mitt i Verifikation A 2."),
        // A month's earlier year does not count.
        ("#VER A 2 20211231\n{\n#TRANS 1930 {} 1\n#TRANS 4010 {} -1\n}\n#RES 0 4010 100\n", ""),
    ] {
        // Where no voucher of the year is within OMFATTN, there is nothing to follow.
        check(&format!("{VER}{rows}"), expect);
    }
}

/// OIB + the year's transactions of the object up to OMFATTN = OUB, where both are given.
#[test]
fn balances_of_objects_follow_from_vouchers() {
    let vouchers = "#OBJEKT 1 10 Tio\n#OBJEKT 6 3 Tre\n\
                    #VER A 1 20220301\n{\n#TRANS 1930 {1 10 6 3} -100\n#TRANS 4010 {1 10 1 10} 100\n}\n\
                    #VER A 2 20220701\n{\n#TRANS 1930 {1 10} -7\n#BTRANS 1930 {1 10} -9\n#TRANS 4010 {6 3} 7\n}\n";
    for (rows, expect) in [
        ("#OIB 0 1930 {1 10} 500\n#OUB 0 1930 {1 10} 393\n", ""),
        ("#OUB 0 1930 {1 10} 393\n#OIB 0 1930 {1 10} 500\n", ""),
        ("#OIB 0 1930 {6 3} 500\n#OUB 0 1930 {6 3} 400\n", ""),
        ("#OIB 0 4010 {1 10} 0\n#OUB 0 4010 {1 10} 100\n", ""),
        ("#OMFATTN 20220630\n#OIB 0 1930 {1 10} 500\n#OUB 0 1930 {1 10} 400\n", ""),
        (
            "#OIB 0 1930 {1 10} 500\n#OUB 0 1930 {1 10} 500\n",
            "FEL 22: Konto 1930, objekt ”10” i dimension 1: #OUB är 500.00, men #OIB 500.00 och verifikationerna \
             -107.00 ger 393.00.",
        ),
        // Nothing to follow: one of the two is missing, another year, several objects, told in two ways.
        ("#OUB 0 1930 {1 10} 5\n", ""),
        ("#OIB 0 1930 {1 10} 500\n#OUB 0 1930 {6 3} 5\n#OUB 0 4010 {1 10} 5\n", ""),
        ("#OIB -1 1930 {1 10} 500\n#OUB -1 1930 {1 10} 5\n", ""),
        ("#OIB 0 1930 {1 10 6 3} 500\n#OUB 0 1930 {1 10 6 3} 5\n", ""),
        ("#OIB 0 1930 {1 10} 1\n#OIB 0 1930 {1 10} 2\n#OUB 0 1930 {1 10} 5\n", ""),
    ] {
        check(&format!("{vouchers}{rows}"), expect);
    }
    // Without vouchers nothing can be followed, which is told already.
    check("#OBJEKT 1 10 Tio\n#OIB 0 1930 {1 10} 500\n#OUB 0 1930 {1 10} 5\n", "");
}

#[test]
fn the_checksum_is_that_of_labels_and_fields() {
    let all = |sum: &str| {
        format!(
            "#FLAGGA 0\n#KSUMMA\n#SIETYP 4\n#RAR 0 20220101 20221231\n#KONTO 1930 \"Ba\\\"nk\"\n{}#KSUMMA{sum}\n",
            "#VER \"\" \"\" 20220101\n{\n#TRANS 1930 {6 \"3\"} 0\n}\n"
        )
    };
    let fault = of("a.se", &all(" 1")).unwrap_err();
    // Counted by another program: zlib's crc32 of `#SIETYP4#RAR02022010120221231#KONTO1930Ba"nk#VER20220101#TRANS1930630`.
    assert_eq!(fault, "10: #KSUMMA: Kontrollsumman är ”1”, men filens innehåll ger 4129773280.");
    for right in [" 4129773280", " -165194016", "", " \"4129773280\""] {
        assert!(of("a.se", &all(right)).is_ok(), "{right}");
    }
    assert_eq!(of("a.se", &all("")).unwrap().notes[0].message, "#KSUMMA har inget värde och prövas inte.");
    let half = all("").replace("}\n#KSUMMA\n", "}\n");
    assert_eq!(of("a.se", &half).unwrap_err(), "2: En kontrollsumma börjar här (#KSUMMA), men filen slutar utan den.");
}

#[test]
fn what_is_no_sie_is_told() {
    for (bytes, expect) in [
        (&b""[..], "Filen är tom."),
        (b" \r\n", "Filen är tom."),
        (b"<!DOCTYPE html><html>", "Filen är en webbsida, inte en SIE-fil."),
        (b"\xef\xbb\xbf\n<HTML>", "Filen är en webbsida, inte en SIE-fil."),
        (b"<?xml version=\"1.0\"?><Sie>", "Filen är XML, kanske SIE 5, som inte kan läsas."),
        (b"PK\x03\x04\x14", "Filen är ett zip-arkiv eller en arbetsbok."),
        (b"\xff\xfe#\0F\0", "Filen är sparad som UTF-16."),
        (b"konto;belopp", "Filen är ingen SIE-fil: den första raden börjar inte med #."),
        (b"#FLAGGA 0\n", "Räkenskapsåret saknas: filen har ingen #RAR 0 med datum."),
    ] {
        assert_eq!(told(&read("a.se", bytes).unwrap_err()), expect);
    }
    let long = format!("{HEAD}#KONTO 1 \"{}\"\n", "a".repeat(70_000));
    assert_eq!(of("a.se", &long).unwrap_err(), "8: Raden är längre än 64 kB.");
    let many = format!("{HEAD}{}", "x\n".repeat(1_000));
    assert!(of("a.se", &many).unwrap_err().ends_with("Och 800 fel till."));
}

/// #FORMAT PC8 stands in every file, whatever it is written in.
#[test]
fn letters_are_read_in_what_they_are_written_in() {
    let text = format!("{HEAD}#FNAMN \"Samordningsförbundet Älvsjö-Åhus\"\n");
    let (latin1, mark) = (WINDOWS_1252.encode(&text).0.into_owned(), format!("\u{feff}{text}"));
    for (bytes, kodning) in
        [(text.as_bytes(), Kodning::Utf8), (&latin1, Kodning::Latin1), (mark.as_bytes(), Kodning::Utf8)]
    {
        let sie = read("a.se", bytes).unwrap();
        assert_eq!((sie.foretagsnamn.as_str(), sie.kodning), ("Samordningsförbundet Älvsjö-Åhus", kodning));
        let expect = format!("Filens tecken är lästa som {}, inte CP437", kodning.namn());
        assert!(sie.notes.iter().any(|note| note.message.starts_with(&expect)));
    }
    let lost = of("a.se", &format!("{HEAD}#FNAMN \"Samordningsf\u{fffd}rbundet\"\n")).unwrap();
    assert!(told(&lost.notes).contains("En del bokstäver har gått förlorade"));
}

#[test]
fn a_file_of_type_4_without_balances_is_4i_by_its_name() {
    let typ = |name: &str, rows: &str| of(name, &format!("{HEAD}{rows}")).unwrap().typ;
    assert_eq!([typ("a.se", ""), typ("a.SI", ""), typ("å.si", "#IB 0 1930 0\n")], [Typ::FyraE, Typ::FyraI, Typ::FyraE]);
    let sie = of("a", "#SIETYP 4\n#RAR 0\n#VER \"\" \"\" 20220101\n{\n#TRANS 1930 {} 0\n}\n").unwrap();
    assert_eq!((sie.typ, sie.verifikationer[0].transaktioner[0].konto), (Typ::FyraI, 1930));
    assert_eq!(of("a", "#FLAGGA 0\n#RAR 0 20220101 20221231\n").unwrap().typ, Typ::Ett);
}
