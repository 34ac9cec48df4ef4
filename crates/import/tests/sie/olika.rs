//! Where the reader and the crate `sie-parser` differ, case by case, and who is right.

use super::oracle::{Fakta, our_answer, squeezed, their_answer};
use samsyn_import::sie::{read, write};

const HEAD: &str = "#FLAGGA 0\n#PROGRAM P 1\n#FORMAT PC8\n#SIETYP 4\n#ORGNR 222000-2576\n#FNAMN \"Bolaget\"\n\
                    #RAR 0 20220101 20221231\n#KONTO 1930 \"Bank\"\n#KONTO 4010 Insatser\n";

/// The lines that rows add to the head's, or the first error.
fn answers(rows: &str) -> [String; 2] {
    let whole = format!("{HEAD}{rows}");
    let without = squeezed(their_answer(HEAD).unwrap());
    let new = |lines: Fakta| {
        let lines = squeezed(lines).into_iter().filter(|line| !without.contains(line));
        lines.collect::<Vec<_>>().join("; ")
    };
    let ours = read("a.se", whole.as_bytes()).map(|sie| our_answer(&sie));
    let ours = ours.map(new).unwrap_or_else(|errors| format!("FEL {}", errors[0].message));
    let theirs = their_answer(&whole).map(new).unwrap_or_else(|fault| format!("FEL {fault}"));
    [ours, theirs]
}

#[test]
fn where_the_two_differ() {
    for (rows, ours, theirs) in CASES {
        assert_eq!(answers(rows), [*ours, *theirs], "{rows}");
    }
}

/// A proposal to book, type 4I, as the program writes it: the other reads the same, but for vouchers without a number, which
/// the receiving program gives.
#[test]
fn a_written_proposal_is_read_by_both() {
    let rows = "#VER \"\" \"\" 20220729 \"Rekvisition En väg in kvartal 2 2022\"\n{\n#TRANS 4010 {1 40 6 104} 468445\n\
                #TRANS 2440 {} -468445\n}\n";
    let sie = read("a.si", format!("{HEAD}{rows}").as_bytes()).unwrap();
    let bytes = write(&sie);
    let text = sie_parser::decode_cp437(&bytes);
    let numbered = |text: &str| text.replace("#VER \"\" \"\"", "#VER \"\" 1");
    assert!(their_answer(&text).unwrap_err().starts_with("#VER field #1"));
    let ours = our_answer(&read("a.si", numbered(&text).as_bytes()).unwrap());
    assert_eq!(squeezed(their_answer(&numbered(&text)).unwrap()), squeezed(ours));
    assert!(text.contains("#TRANS 4010 {1 \"40\" 6 \"104\"} 468445.00"));
}

/// Rows, what ours makes of them, and what the other does.
const CASES: &[(&str, &str, &str)] = &[
    // Field 5.7 of the format: a backslash before a quotation mark, and nothing said of two backslashes. Ours keeps both.
    (r#"#KONTO 1940 "C:\\bok""#, r"konto 1940 C:\\bok", r"konto 1940 C:\bok"),
    // A quotation mark in a field that did not begin with one: the format does not say. Ours loses no letter.
    ("#KONTO 1940 a\"b", "konto 1940 a\"b", "konto 1940 a"),
    // An account named twice: the format does not say. Ours keeps the first and tells of it.
    ("#KONTO 1930 Kassa", "", "konto 1930 Kassa"),
    // The format has a decimal point. Ours takes a comma as well, for some programs write it and it means nothing else.
    ("#IB 0 1930 12,50", "ib 0 1930 1250", "FEL #IB field #2 \"12,50\": Invalid decimal: unknown character"),
    // No amount of the format: ours is right to ask instead of guess.
    ("#IB 0 1930 1_000", "FEL #IB: ”1_000” är inget belopp.", "ib 0 1930 100000"),
    ("#IB 0 1930 1.005", "FEL #IB: ”1.005” är inget belopp.", "ib 0 1930 100"),
    ("#IB 0 1930 1e3", "FEL #IB: ”1e3” är inget belopp.", "ib 0 1930 100000"),
    // The other keeps the last without a word; which is right nobody can tell but who made the file.
    ("#IB 0 1930 1\n#IB 0 1930 2", "FEL Saldot för konto 1930 står redan på rad 10.", "ib 0 1930 200"),
    // The format allows a voucher without a number, which the receiver gives, and letters in one. Ours is right.
    (
        "#VER \"\" \"\" 20220301\n{\n#TRANS 1930 {} 0\n}",
        "ver 20220301; trans 1930 [] 0 0",
        "FEL #VER field #1 \"\": cannot parse integer from empty string",
    ),
    (
        "#VER A 1b 20220301\n{\n#TRANS 1930 {} 0\n}",
        "ver A 1b 20220301; trans 1930 [] 0 0",
        "FEL #VER field #1 \"1b\": invalid digit found in string",
    ),
    // The format has braces, empty ones where there are no objects: the other is right. Nothing else can be meant.
    (
        "#VER A 1 20220301\n{\n#TRANS 1930 0\n}",
        "ver A 1 20220301; trans 1930 [] 0 0",
        "FEL #TRANS field #1 missing or not an object list",
    ),
    // A file that has been cut off, vouchers that do not balance or lie outside the years, accounts that nobody has named:
    // the other takes them as they are. Ours is to refuse what is no bookkeeping.
    (
        "#VER A 1 20220301\n{\n#TRANS 1930 {} 0\n",
        "FEL Filen slutar mitt i Verifikation A 1.",
        "ver A 1 20220301; trans 1930 [] 0 0",
    ),
    (
        "#VER A 1 20220301\n{\n#TRANS 1930 {} 5\n}",
        "FEL Verifikation A 1 (2022-03-01) går inte jämnt ut: raderna summerar till 5.00, inte 0.",
        "ver A 1 20220301; trans 1930 [] 500 0",
    ),
    (
        "#VER A 1 20250301\n{\n#TRANS 1930 {} 0\n}",
        "FEL 2025-03-01 ligger utanför filens räkenskapsår.",
        "ver A 1 20250301; trans 1930 [] 0 0",
    ),
    ("#UB 0 2999 5", "FEL Konto 2999 används (1 rad) men har ingen #KONTO.", "ub 0 2999 500"),
    (
        "#RAR 0 20230101 20231231",
        "FEL #RAR: Räkenskapsår 0 står två gånger med olika datum.",
        "rar 0 20230101 20231231",
    ),
    // A code of the tax return with a letter, and a year without days, are written by programs; nothing here needs them.
    ("#SRU 1930 7281x", "", "FEL #SRU field #1 \"7281x\": invalid digit found in string"),
    ("#RAR -1", "", "FEL #RAR field #1 missing or non-string"),
];
