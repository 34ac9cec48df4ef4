//! Public support that is reckoned to fall away: exits to work or studies × the förbund's flat rates.

use crate::given::{Given, forbund, kvinna, man, of};
use samsyn_core::calc::forsorjning::{Antagande, per_ar};
use samsyn_core::calc::{Rakning, siffra};
use samsyn_core::deltagande::{Forsorjning, Omfattning};
use samsyn_core::medlem::{Medlem, MedlemTyp};
use samsyn_core::schablon::Schablon;
use samsyn_core::underlag::Underlag;
use samsyn_document::{Belopp, FigureId, Formula, Halvar, Row, Table, Value, format};

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
    at(given, &format!("summa/{column}"))
}

/// A row and column of the table.
fn at(given: &Given, place: &str) -> String {
    let underlag = Underlag::new(given.facts.clone(), of("2024-12-31"));
    let rakning = Rakning::new(&underlag, Halvar::new(2024, 1).unwrap());
    let id = FigureId::parse(&format!("forsorjning/{place}")).unwrap();
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

/// One of each, with a rate: some support before and after or not, work to some extent or not, studies or not.
fn everyone() -> Underlag {
    let mut given = alby();
    given.facts.deltagare.clear();
    given.facts.schabloner.clear();
    let or_none = |codes: Vec<&'static str>| codes.into_iter().chain([""]).collect::<Vec<_>>();
    let support: Vec<&str> = Forsorjning::ALL.iter().map(|of| of.kod()).collect();
    let extents = or_none(Omfattning::ALL.iter().map(|of| of.kod()).collect());
    for before in Forsorjning::ALL {
        given.facts.schabloner.push(rate(2024, "Bolmen", before.kod(), 100));
        for after in or_none(support.clone()) {
            for (extent, studies) in extents.iter().flat_map(|extent| [(extent, "ja"), (extent, "nej")]) {
                let del = kvinna("2024-01-10").ut("2024-05-01").med("forsorjning_fore", before.kod());
                let del = del.med("forsorjning_efter", after).med("arbete_omfattning", extent).med("studerar", studies);
                given = given.deltagande(del);
            }
        }
    }
    Underlag::new(given.facts, of("2024-12-31"))
}

/// For each person lägst ≤ efter omfattning ≤ högst.
#[test]
fn no_assumption_takes_away_more_than_the_next() {
    let underlag = everyone();
    assert_eq!(underlag.deltaganden.len(), 9 * 10 * 6 * 2);
    for person in underlag.deltaganden.iter().enumerate() {
        let kronor = |antagande| per_ar(&underlag, person, antagande).kronor();
        let amounts = [Antagande::Lagst, Antagande::Omfattning, Antagande::Hogst].map(kronor);
        assert!(amounts.is_sorted(), "{amounts:?}: {:?}, {:?} after", person.1, underlag.forsorjning_efter(person.0));
        let had = person.1.forsorjning_fore != Some(Forsorjning::Ingen);
        assert_eq!(amounts[2], if had { 100 } else { 0 });
    }
}

/// *Efter omfattning*: the whole rate for those with forsorjning_efter ingen; for the others × the extent of work; for the
/// others who study without working the whole rate, but nothing for one who keeps the same support.
#[test]
fn by_extent_asks_for_support_after_then_work_then_studies() {
    for (after, extent, studies, percent) in [
        ("ingen", "80", "nej", 100),
        ("ingen", "25", "ja", 100),
        ("ingen", "", "ja", 100),
        ("sjukpenning", "80", "nej", 80),
        ("försörjningsstöd", "50", "nej", 50),
        ("försörjningsstöd", "50", "ja", 50),
        ("", "25", "ja", 25),
        ("studiestöd", "", "ja", 100),
        ("", "", "ja", 100),
        ("försörjningsstöd", "", "ja", 0),
    ] {
        let mut given = alby();
        let del = kvinna("2024-01-10").ut("2024-05-01").med("forsorjning_fore", "försörjningsstöd");
        let del = del.med("forsorjning_efter", after).med("arbete_omfattning", extent).med("studerar", studies);
        given.facts.deltagare.clear();
        given = given.deltagande(del);
        let told = shown(&given, "minskning_omfattning_tkr");
        assert_eq!(told, (percent * 2).to_string(), "{after} after, works {extent}, studies {studies}");
    }
}

/// From any figure one reaches the facts behind it: who is counted, and with how much.
#[test]
fn an_amount_leads_to_each_person_and_what_is_counted() {
    let underlag = Underlag::new(alby().facts, of("2024-12-31"));
    let rakning = Rakning::new(&underlag, Halvar::new(2024, 1).unwrap());
    let facts = |column: &str| -> Vec<String> {
        let figure = siffra(&rakning, &FigureId::parse(&format!("forsorjning/summa/{column}")).unwrap()).unwrap();
        let groups = figure.source.facts(&rakning);
        groups.into_iter().flat_map(|group| group.facts).map(|fact| fact.text).collect()
    };
    let told = facts("minskning_omfattning_tkr");
    let ends = |text: &str, end: &str| assert!(text.ends_with(end), "{text}");
    assert_eq!(told.len(), 3);
    ends(
        &told[0],
        "försörjningsstöd före, försörjningsstöd efter; schablon 200\u{a0}000 kr, Beslut; räknas med 100\u{a0}000 kr",
    );
    ends(&told[1], "försörjningsstöd före, ingen efter; schablon 200\u{a0}000 kr, Beslut; räknas med 200\u{a0}000 kr");
    ends(&facts("minskning_lagst_tkr")[0], "räknas med 0 kr");
    let told = facts("manader_hogst");
    assert!(told.len() == 4 && told[0].starts_with("100\u{a0}000 kr, inkommen"), "what it cost, too: {told:?}");
    ends(&facts("med_forsorjning")[3], "sjukpenning före, okänd försörjning efter; ingen schablon");
}

/// Exits to work or studies of those who had support before, with extents and support after: one who works and studies
/// stands with the extent of work, and every row and column sums to those with support before.
#[test]
fn exits_are_told_by_extent_and_support_after() {
    let given = alby();
    for (place, value) in [
        ("omfattning_50/efter_försörjningsstöd", "1"),
        ("omfattning_100/efter_ingen", "1"),
        ("omfattning_100/efter_okand", "1"),
        ("omfattning_100/med_forsorjning", "2"),
        ("omfattning_25/med_forsorjning", "0"),
        ("studier_utan_arbete/efter_studiestöd", "1"),
        ("summa/efter_ingen", "1"),
        ("summa/med_forsorjning", "4"),
    ] {
        assert_eq!(at(&given, place), value, "{place}");
    }
    let del = || kvinna("2024-01-10").ut("2024-05-01").med("forsorjning_fore", "sjukpenning");
    let both = given.deltagande(del().arbetar("25").studerar().med("forsorjning_efter", "studiestöd"));
    assert_eq!(at(&both, "omfattning_25/efter_studiestöd"), "1");
    assert_eq!(at(&both, "studier_utan_arbete/efter_studiestöd"), "1");
}

/// Of those counted by month it is not known what support they had: they are unknown, so that the numbers sum to all who
/// went to work or studies.
#[test]
fn those_counted_by_month_have_unknown_support() {
    let given = alby().insats("m").period("2024-01-01", "2024-12-31");
    let given = (1..=6).fold(given, |given, month| given.manadsantal(&format!("2024-{month:02}"), "K", 2, 0));
    let given = given.avslutsantal("2024-03", "K", "arbete", [2, 2, 0]);
    assert_eq!(shown(&given, "okand_forsorjning"), "2");
    assert_eq!(at(&given, "m/okand_forsorjning"), "2");
    assert_eq!(at(&given, "a/okand_forsorjning"), "0");
    assert_eq!(shown(&given, "utan_forsorjning"), "1");
    assert_eq!(shown(&given, "andel_utan"), "14", "one of seven");
    let underlag = Underlag::new(given.facts.clone(), of("2024-12-31"));
    let rakning = Rakning::new(&underlag, Halvar::new(2024, 1).unwrap());
    let figure = siffra(&rakning, &FigureId::parse("forsorjning/summa/okand_forsorjning").unwrap()).unwrap();
    let groups = figure.source.facts(&rakning);
    assert_eq!(groups.iter().map(|group| group.heading.as_str()).collect::<Vec<_>>(), ["Antal per månad"]);
    assert!(figure.source.rule(&rakning).ends_with("inte är känd. Därtill antalen per månad från m."));
}

fn printed(rakning: &Rakning<'_>) -> Option<Table> {
    let pm = samsyn_core::rapport::pm::pm(rakning);
    pm.tables().into_iter().find(|table| table.id == "forsorjning-efter").cloned()
}

/// Support that nobody has is left out of the printed table; a sum is a formula of what is printed. With the section it is
/// withheld wherever small counts are.
#[test]
fn the_table_shows_the_support_that_someone_has() {
    let mut facts = alby().facts;
    let underlag = Underlag::new(facts.clone(), of("2024-12-31"));
    let period = Halvar::new(2024, 1).unwrap();
    let rakning = Rakning::new(&underlag, period);
    let table = printed(&rakning).expect("the table");
    let row = |row: &Row| {
        let Row::Data { header, cells, .. } = row else { panic!("a row") };
        (format::value(&header.value), cells.iter().map(|cell| format::plain(&cell.value)).collect::<Vec<_>>())
    };
    assert_eq!(table.columns.len(), Omfattning::ALL.len() + 2);
    let rows: Vec<_> = table.rows.iter().map(row).collect();
    let headings: Vec<&str> = rows.iter().map(|(heading, _)| heading.as_str()).collect();
    assert_eq!(headings, ["Ingen", "Försörjningsstöd", "Studiestöd", "Okänd", "Summa"]);
    // 25, 50, 75, 80 and 100 percent, studies, and the sum.
    assert_eq!(rows[4].1, ["0", "1", "0", "0", "2", "1", "4"]);
    let Row::Data { cells, .. } = &table.rows[4] else { panic!("a sum") };
    let parts = cells.iter().map(|cell| cell.formula.as_ref()).collect::<Vec<_>>();
    assert!(matches!(parts[1], Some(Formula::Sum(ids)) if ids.len() == 4), "{parts:?}");
    let figure =
        siffra(&rakning, &FigureId::parse("forsorjning/omfattning_50/efter_försörjningsstöd").unwrap()).unwrap();
    assert_eq!(figure.source.facts(&rakning)[0].facts.len(), 1);
    let rule = figure.source.rule(&rakning);
    let expect = "som hade offentlig försörjning före insatsen, som arbetar 50 %, med försörjningsstöd efter.";
    assert!(rule.ends_with(expect), "{rule}");
    let withholding = Rakning::withholding(&underlag, period, 5);
    assert!(printed(&withholding).is_none());
    let figure = siffra(&withholding, &figure.id).unwrap();
    assert_eq!(figure.value, Value::Withheld);
    assert!(figure.source.facts(&withholding).iter().all(|group| group.facts.is_empty()));
    facts.deltagare.retain(|row| row.forsorjning_fore == Some(Forsorjning::Ingen));
    let underlag = Underlag::new(facts, of("2024-12-31"));
    assert!(printed(&Rakning::new(&underlag, period)).is_none(), "nobody had support before");
}
