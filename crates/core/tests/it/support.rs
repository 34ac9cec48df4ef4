//! Public support that is reckoned to fall away: exits to work or studies × the förbund's flat rates.

use crate::given::{Given, forbund, kvinna, man, of};
use samsyn_core::calc::{Rakning, siffra};
use samsyn_core::medlem::{Medlem, MedlemTyp};
use samsyn_core::schablon::Schablon;
use samsyn_core::underlag::Underlag;
use samsyn_document::{Belopp, FigureId, Halvar, format};

fn rate(ar: u16, kommun: &str, forsorjning: &str, kronor: i64) -> Schablon {
    let belopp_kr = Belopp::from_kronor(kronor);
    Schablon { ar, kommun: kommun.into(), forsorjning: of(forsorjning), belopp_kr, kalla: "Beslut".into() }
}

/// Five who went to work or studies: three with a rate, one with support that has none, one without support.
fn alby() -> Given {
    let del = || kvinna("2024-01-10").ut("2024-05-01");
    let had = |kind: &str| del().med("forsorjning_fore", kind);
    let mut given = forbund()
        .insats("a")
        .period("2024-01-01", "2024-12-31")
        .rekvisition("2024-K1", "100000")
        .deltagande(had("försörjningsstöd").arbetar("50").med("forsorjning_efter", "försörjningsstöd"))
        .deltagande(had("försörjningsstöd").arbetar("100").med("forsorjning_efter", "ingen"))
        .deltagande(had("försörjningsstöd").studerar().med("forsorjning_efter", "studiestöd"))
        .deltagande(had("sjukpenning").arbetar("100"))
        .deltagande(had("ingen").arbetar("100"))
        .deltagande(man("2024-01-10").ut("2024-05-01").med("forsorjning_fore", "försörjningsstöd").soker());
    given.facts.medlemmar = vec![Medlem { medlem: "Bolmen".into(), typ: MedlemTyp::Kommun }];
    given.facts.schabloner = vec![rate(2024, "Bolmen", "försörjningsstöd", 200_000)];
    given
}

fn shown(given: &Given, column: &str) -> String {
    let underlag = Underlag::new(given.facts.clone(), of("2024-12-31"));
    let rakning = Rakning::new(&underlag, Halvar::new(2024, 1).unwrap());
    let id = FigureId::parse(&format!("forsorjning/summa/{column}")).unwrap();
    siffra(&rakning, &id).map_or_else(|| "none".into(), |figure| format::plain(&figure.value))
}

/// Exits to work or studies of people who had public support × rate per kommun and year, with the share that had none
/// beside it.
#[test]
fn exits_with_support_before_are_counted_with_their_rate() {
    let given = alby();
    for (column, value) in [
        ("med_forsorjning", "4"),
        ("med_schablon", "3"),
        ("utan_forsorjning", "1"),
        ("okand_forsorjning", "0"),
        ("andel_utan", "20"),
        // Only the one who has no support after; half of one and all of two; all of three.
        ("minskning_lagst_tkr", "200"),
        ("minskning_omfattning_tkr", "500"),
        ("minskning_hogst_tkr", "600"),
        // 100 000 kr is half of 200 000, a fifth of 500 000 and a sixth of 600 000 a year.
        ("manader_lagst", "6"),
        ("manader_omfattning", "2"),
        ("manader_hogst", "2"),
    ] {
        assert_eq!(shown(&given, column), value, "{column}");
    }
}

/// Never one proud number without its assumptions: without a rate there is none, and a rate of another year or kommun is
/// none.
#[test]
fn without_a_rate_nothing_is_reckoned() {
    let mut given = alby();
    given.facts.schabloner.clear();
    assert_eq!(shown(&given, "minskning_hogst_tkr"), "none");
    given.facts.schabloner = vec![rate(2023, "Bolmen", "försörjningsstöd", 1), rate(2024, "Annan", "sjukpenning", 1)];
    assert_eq!(shown(&given, "med_schablon"), "0");
    assert_eq!(shown(&given, "minskning_hogst_tkr"), "");
    // An insats that no kommun runs has no kommun's rates.
    let mut given = alby();
    given.facts.medlemmar[0].typ = MedlemTyp::Region;
    assert_eq!(shown(&given, "med_schablon"), "0");
}
