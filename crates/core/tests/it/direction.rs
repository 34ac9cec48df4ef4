//! Counting participants: inriktning, the direction of spending.

use crate::check::{INGEN, check, rows};
use crate::given::forbund;

// rows individ, struktur, kompetens: `ack_utfall_tkr`, `andel` of their sum
#[test]
fn spending_is_divided_by_typ() {
    let given = forbund()
        .insats("a")
        .rekvisition("2024-K1", "400000")
        .rekvisition("2024-K2", "100000")
        .rekvisition("2024-K3", "99000")
        .insats("s")
        .typ("struktur")
        .rekvisition("2024-K2", "250400")
        .insats("k")
        .typ("kompetens")
        .rekvisition("2023-K4", "5000");
    check(
        &given,
        "2024-H1",
        &[
            ("inriktning/individ/ack_utfall_tkr", "500"),
            ("inriktning/struktur/ack_utfall_tkr", "250"),
            ("inriktning/kompetens/ack_utfall_tkr", "0"),
            ("inriktning/individ/andel", "67"), // 66.63
            ("inriktning/struktur/andel", "33"),
            ("inriktning/kompetens/andel", "0"),
            ("inriktning/summa/ack_utfall_tkr", "750"),
            ("inriktning/summa/andel", INGEN),
        ],
    );
    assert_eq!(rows(&given, "2024-H1", "inriktning"), ["individ", "struktur", "kompetens", "summa"]);
    check(&given, "2024-H2", &[("inriktning/individ/ack_utfall_tkr", "599")]);
}

// Each insats counts under its own typ, also a link of a chain with another.
#[test]
fn a_link_counts_under_its_own_typ() {
    let given = forbund()
        .insats("a")
        .rekvisition("2024-K1", "1000")
        .insats("b")
        .typ("struktur")
        .redovisas_med("a")
        .rekvisition("2024-K1", "3000");
    check(&given, "2024-H1", &[("inriktning/individ/andel", "25"), ("inriktning/struktur/andel", "75")]);
}

// An empty base gives a missing value ("–", an empty field in `siffror`), never 0.
#[test]
fn nothing_spent_gives_no_shares() {
    check(
        &forbund().insats("a"),
        "2024-H1",
        &[("inriktning/individ/ack_utfall_tkr", "0"), ("inriktning/individ/andel", "")],
    );
}
