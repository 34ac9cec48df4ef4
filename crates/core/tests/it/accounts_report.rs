//! The report of a closing as a document: its columns, its pages, and what it says when the closing tells less.

use crate::accounts::{ARSSLUT, TILL, alby, konto, objekt};
use crate::given::{Given, of};
use samsyn_core::bokslut::Bokslut;
use samsyn_core::calc::Rakning;
use samsyn_core::historiskt_tal::HistorisktTal;
use samsyn_core::objektsaldo::Objektsaldo;
use samsyn_core::planpost::Planpost;
use samsyn_core::projektkoppling::Projektkoppling;
use samsyn_core::rapport::bokslut::bokslutsrapport;
use samsyn_core::underlag::Underlag;
use samsyn_document::chart::ChartRow;
use samsyn_document::{
    Align, Belopp, Block, Document, FigureId, Formula, Halvar, Period, Row, RowKind, Section, Table, Value, format,
};

fn report(given: &Given) -> Document {
    let underlag = Underlag::new(given.facts.clone(), of("2024-12-31"));
    bokslutsrapport(&Rakning::new(&underlag, Halvar::new(2024, 1).unwrap()))
}

/// Fees, the kansli and an insats in the board's plan.
fn planned() -> Given {
    let mut given = alby();
    let post = |kategori: &str, name: &str| Planpost {
        plan: of("2023-11-20"),
        kategori: of(kategori),
        post: name.into(),
        kolumn: of("2024-budget"),
        belopp_kr: Belopp::from_kronor(40_000),
    };
    let posts = [("intakter", "Medlemsavgifter"), ("forvaltning", "Kansli"), ("samverkansinsatser", "a")];
    given.facts.planposter = posts.map(|(kategori, name)| post(kategori, name)).to_vec();
    given
}

fn table<'d>(document: &'d Document, id: &str) -> &'d Table {
    document.tables().into_iter().find(|table| table.id == id).unwrap_or_else(|| panic!("{id}"))
}

fn section<'d>(sections: &'d [Section], id: &str) -> Option<&'d Section> {
    sections.iter().find_map(|of| if of.id == id { Some(of) } else { section(&of.sections, id) })
}

fn notices(document: &Document, id: &str) -> Vec<String> {
    let blocks = section(&document.sections, id).map_or(&[][..], |section| &section.blocks).iter();
    let told = blocks.filter_map(|block| if let Block::Notice(text) = block { Some(format::text(text)) } else { None });
    told.collect()
}

#[test]
fn only_the_reports_own_closing_has_full_weight() {
    let document = report(&alby());
    let set = |id: &str| -> Vec<(String, Align)> {
        table(&document, id).columns.iter().map(|column| (column.heading.clone(), column.align)).collect()
    };
    let own = (TILL.to_owned(), Align::Right);
    let note = ("Not".to_owned(), Align::Left);
    assert_eq!(set("balansrakning"), [note.clone(), own.clone(), (ARSSLUT.to_owned(), Align::Earlier)]);
    assert_eq!(set("resultatrakning"), [note, own.clone()]);
    assert_eq!(set("not-8"), std::slice::from_ref(&own));
    let overview = set("oversikt");
    assert!(overview.len() == 5 && overview[0] == own);
    assert!(overview[1..].iter().all(|(_, align)| *align == Align::Earlier));
}

#[test]
fn each_statement_begins_on_a_page_of_its_own() {
    let document = report(&alby());
    let own: Vec<&str> = document.sections.iter().filter(|of| of.own_page).map(|of| of.id.as_str()).collect();
    let statements = ["resultatrakning", "balansrakning", "kassaflode", "noter", "driftsredovisning", "underskrifter"];
    assert_eq!(own, statements);
    let by_hand = |row: &Row| matches!(row, Row::Data { kind: RowKind::ByHand, .. });
    assert!(table(&document, "underskrifter").rows.iter().all(by_hand));
}

/// Without cost centres and projects it is not known what came of the parts of the plan: that is said, and no part has
/// cost nought.
#[test]
fn a_closing_without_cost_centres_and_projects_says_so() {
    let mut given = planned();
    let told = report(&given);
    for id in ["driftsredovisning", "kostnader", "samverkansinsatser"] {
        assert!(notices(&told, id).is_empty(), "{id}: {:?}", notices(&told, id));
    }
    given.facts.objektsaldon.clear();
    let document = report(&given);
    let begins = |id: &str, words: &str| {
        let told = notices(&document, id);
        assert!(told.len() == 1 && told[0].starts_with(words), "{id}: {told:?}");
    };
    begins("driftsredovisning", "Bokslutet per den 30\u{a0}juni 2024 har inga kostnadsställen och inga projekt.");
    begins("kostnader", "Bokslutet per den 30\u{a0}juni 2024 har inga kostnadsställen.");
    begins("samverkansinsatser", "Bokslutet per den 30\u{a0}juni 2024 har inga projekt.");
    let mut parts = 0;
    for row in &table(&document, "driftsredovisning").rows {
        let Row::Data { header, cells, kind: RowKind::Normal, .. } = row else { continue };
        let header = format::value(&header.value);
        if header != "Medlemsavgifter" && !header.starts_with("Intäkter och kostnader") {
            assert_eq!(cells[1].value, Value::Missing, "{header}");
            parts += 1;
        }
    }
    assert_eq!(parts, 2, "the kansli and the insats");
    let remarks: Vec<String> = table(&document, "driftsredovisning").remarks.iter().map(format::text).collect();
    assert_eq!(remarks[0], "Budgeten är hälften av årets i styrelsens plan av den 20\u{a0}november 2023.");
}

/// A chart shows figures that also stand in a table beside it: result by closing, spending by insats.
#[test]
fn result_and_spending_are_shown_in_charts() {
    let document = report(&planned());
    let charts = |id: &str| -> Vec<(String, Vec<String>)> {
        let blocks = section(&document.sections, id).map_or(&[][..], |section| &section.blocks).iter();
        let charts = blocks.filter_map(|block| if let Block::Chart(chart) = block { Some(chart) } else { None });
        let row =
            |row: &ChartRow| (row.label.clone(), row.cells.iter().map(|cell| format::value(&cell.value)).collect());
        charts.flat_map(|chart| chart.rows.iter().map(row)).collect()
    };
    assert_eq!(charts("oversikt")[0].0, TILL);
    // 300,50 of half of 40 000.
    assert_eq!(charts("samverkansinsatser"), [("a, Bolmen".to_owned(), vec!["2\u{a0}%".to_owned()])]);
    assert!(charts("forbrukning").iter().any(|(year, _)| year == "2023"), "{:?}", charts("forbrukning"));
}

/// The rows of a table: the heading, and what each cell shows.
fn rows(table: &Table) -> Vec<(String, Vec<String>)> {
    let row = |row: &Row| match row {
        Row::Data { header, cells, .. } => {
            Some((format::value(&header.value), cells.iter().map(|cell| format::plain(&cell.value)).collect()))
        }
        Row::Group { .. } => None,
    };
    table.rows.iter().filter_map(row).collect()
}

/// Samverkansinsatser against budget with förbrukningskvot, with last year, budget and forecast: what a share divides by is
/// printed with it.
#[test]
fn insatser_are_held_against_half_the_budget_and_told_with_the_forecast() {
    let mut given = planned();
    let headings = |given: &Given| -> Vec<String> {
        let document = report(given);
        table(&document, "samverkansinsatser").columns.iter().map(|column| column.heading.clone()).collect()
    };
    let [utfall, budget, quota] = ["Utfall 2024-06-30", "Hälften av årets budget", "Förbrukningskvot"];
    assert_eq!(headings(&given), [utfall, budget, quota], "no plan has a forecast");
    let mut forecast = given.facts.planposter[2].clone();
    (forecast.kolumn, forecast.belopp_kr) = (of("2024-prognos"), Belopp::from_kronor(50_000));
    given.facts.planposter.push(forecast);
    assert_eq!(headings(&given), [utfall, "Prognos för året", budget, quota]);
    // 300,50 of half of 40 000; a project that the plan does not have has neither.
    let told = report(&given);
    let told = rows(table(&told, "samverkansinsatser"));
    let row = |name: &str, cells: [&str; 4]| (name.to_owned(), cells.map(str::to_owned).to_vec());
    assert_eq!(told, [row("a", ["0", "50", "20", "2"]), row("Objekt 199", ["0", "", "", ""])]);
    let document = report(&given);
    let Row::Data { cells, .. } = &table(&document, "samverkansinsatser").rows[0] else { panic!("a row") };
    let id = |column: &str| Some(FigureId::new("samverkansinsatser", "a", column));
    let figures: Vec<Option<FigureId>> = cells.iter().map(|cell| cell.figure.clone()).collect();
    let columns = ["2024-06-30_tkr", "arsprognos_tkr", "budget_tkr", "forbrukningskvot"];
    assert_eq!(figures, columns.map(id));
    let ratio = Formula::Ratio(id(columns[0]).unwrap(), id(columns[2]).unwrap());
    assert_eq!(cells[3].formula.as_ref(), Some(&ratio));
}

/// An insats without cost in any of the closings, and with nought in the plan, is no row.
#[test]
fn an_insats_with_nothing_is_no_row() {
    let given = planned().insats("b").period("2024-01-01", "2024-12-31");
    let with = |budget: i64, forecast: Option<i64>, closing: Option<&str>| {
        let mut given = given.clone();
        let post = |kolumn: &str, kronor: i64| Planpost {
            post: "b".into(),
            kolumn: of(kolumn),
            belopp_kr: Belopp::from_kronor(kronor),
            ..given.facts.planposter[2].clone()
        };
        let posts = [Some(post("2024-budget", budget)), forecast.map(|kronor| post("2024-prognos", kronor))];
        given.facts.planposter.extend(posts.into_iter().flatten());
        if let Some(till) = closing {
            spent(&mut given, till, "b");
        }
        let document = report(&given);
        rows(table(&document, "samverkansinsatser")).iter().any(|(name, _)| name == "b")
    };
    assert!(!with(0, None, None), "nothing");
    assert!(!with(0, Some(0), None), "nothing is expected");
    assert!(with(1, None, None), "a budget");
    assert!(with(0, Some(1), None), "a forecast");
    assert!(with(0, None, Some("2023-06-30")), "a cost last year");
}

/// A closing, when there is none of the day, in which a project of its own has cost an insats ten kronor.
fn spent(given: &mut Given, till: &str, insats: &str) {
    let facts = &mut given.facts;
    if !facts.bokslut.iter().any(|closing| closing.till == of(till)) {
        facts.bokslut.push(Bokslut { till: of(till), fran: of("2023-01-01"), ..facts.bokslut[0].clone() });
    }
    facts.kontosaldon.push(konto(till, 4010, 0, 1_000));
    facts.objektsaldon.push(Objektsaldo { till: of(till), ..objekt(6, "150", 4010, 1_000) });
    let mapped = facts.projektkopplingar[0].clone();
    let (sie_projekt, insats_id_eller_post) = (of("150"), of(insats));
    facts.projektkopplingar.push(Projektkoppling { sie_projekt, insats_id_eller_post, ..mapped });
}

/// In an årsredovisning the budget is the whole year's.
#[test]
fn a_year_is_held_against_the_whole_budget() {
    let mut given = planned();
    given.facts.planposter.iter_mut().for_each(|post| post.kolumn = of("2023-budget"));
    spent(&mut given, ARSSLUT, "a");
    let underlag = Underlag::new(given.facts, of("2024-12-31"));
    let document = bokslutsrapport(&Rakning::new(&underlag, Halvar::new(2023, 2).unwrap()));
    let table = table(&document, "samverkansinsatser");
    assert_eq!(table.columns[1].heading, "Budget för året");
    assert_eq!(rows(table)[0].1[1], "40");
}

/// A part with no source is listed as missing: years between the first and the last shown that no source tells of.
#[test]
fn years_that_no_source_tells_of_are_named() {
    let remarks = |years: &[u16]| -> Vec<String> {
        let mut given = alby();
        for &year in years {
            for name in ["tilldelning", "samverkansinsatser", "arets_resultat"] {
                let (nyckeltal, period) = (name.to_owned(), Period::Ar(year));
                let (varde, enhet, kalla) = (Some(of("100")), Some("tkr".to_owned()), "Årsredovisning".to_owned());
                given.facts.historiska_tal.push(HistorisktTal { nyckeltal, period, varde, enhet, kalla });
            }
        }
        let document = report(&given);
        let [used, results] = ["forbrukning", "arsresultat"].map(|id| &table(&document, id).remarks);
        assert_eq!(used, results);
        used.iter().map(format::text).collect()
    };
    // The closing of the year before the report's tells of 2023.
    for (years, told) in [
        (&[][..], None),
        (&[2022], None),
        (&[2021], Some("Uppgift saknas för 2022.")),
        (&[2020, 2022], Some("Uppgift saknas för 2021.")),
        (&[2019], Some("Uppgift saknas för 2020, 2021 och 2022.")),
        (&[2018], Some("Uppgift saknas för 2019–2022.")),
        (&[2009, 2015, 2016, 2018, 2021], Some("Uppgift saknas för 2010–2014, 2017, 2019, 2020 och 2022.")),
    ] {
        assert_eq!(remarks(years), told.into_iter().map(str::to_owned).collect::<Vec<_>>(), "{years:?}");
    }
}
