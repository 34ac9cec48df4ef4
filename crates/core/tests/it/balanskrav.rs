//! The balanskravsutredning: the year's result with what has not been realised set apart.

use crate::accounts::{ARSSLUT, TILL, alby, konto, run, shown};
use crate::given::{Given, of};
use samsyn_core::calc::{Rakning, siffra};
use samsyn_core::underlag::Underlag;
use samsyn_document::{FigureId, Halvar, format};

/// The result − realised gains on fixed assets − unrealised gains + unrealised losses − what is taken back of them (rows of
/// the notes with those names): a loss set apart one year comes back when it is realised.
#[test]
fn a_loss_set_apart_comes_back_when_it_is_realised() {
    let mut given = alby();
    given.facts.rapportstruktur.extend([
        run(8310, 8310, "ovriga_finansiella_intakter", Some((9, "realiserade_vinster"))),
        run(8320, 8320, "ovriga_finansiella_intakter", Some((9, "aterforing_orealiserade"))),
        run(8410, 8410, "ovriga_finansiella_kostnader", Some((9, "realiserade_forluster"))),
        run(8420, 8420, "ovriga_finansiella_kostnader", Some((9, "orealiserade_forluster"))),
        run(8430, 8430, "ovriga_finansiella_kostnader", Some((10, "aterforing_orealiserade"))),
    ]);
    let with = |rows: &[(&str, u32, i64)]| {
        let mut given = given.clone();
        given.facts.kontosaldon.extend(rows.iter().map(|(till, account, ore)| konto(till, *account, 0, *ore)));
        given
    };
    let names = ["resultat", "orealiserade_forluster", "aterforing_orealiserade", "balanskravsresultat"];
    let rows = |given: &Given| names.map(|name| shown(given, &format!("balanskrav/{name}/{TILL}")));
    assert_eq!(rows(&given), ["279", "0", "0", "279"]);
    // Shares fall by 50 kronor in 2023 and are sold for that in 2024: the loss is realised, what was booked is taken back.
    let sold = with(&[(ARSSLUT, 8420, 5_000), (TILL, 8320, -5_000), (TILL, 8410, 5_000)]);
    assert_eq!(rows(&sold), ["279", "0", "-50", "229"]);
    // They rise again: nothing was lost, and nothing is won.
    let rose = with(&[(ARSSLUT, 8420, 5_000), (TILL, 8320, -5_000)]);
    assert_eq!(rows(&rose), ["329", "0", "-50", "279"]);
    // A gain set apart before is realised: it is taken back as a cost, and counts.
    let gain = with(&[(TILL, 8310, -5_000), (TILL, 8430, 5_000)]);
    assert_eq!(rows(&gain), ["279", "0", "50", "329"]);
    // Taken back in two notes: the sum of both.
    assert_eq!(rows(&with(&[(TILL, 8320, -5_000), (TILL, 8430, 2_000)]))[2], "-30");
    let underlag = Underlag::new(sold.facts, of("2024-12-31"));
    let rakning = Rakning::new(&underlag, Halvar::new(2023, 2).unwrap());
    let value = |row: &str| {
        let id = FigureId::parse(&format!("balanskrav/{row}/{ARSSLUT}")).unwrap();
        format::plain(&siffra(&rakning, &id).unwrap().value)
    };
    assert_eq!(names.map(value), ["50", "50", "0", "100"], "set apart the year before");
}
