//! Beslutsutrymme.

use crate::given::{Given, forbund, of};
use proptest::prelude::*;
use samsyn_core::calc::utrymme::{Planrad, Utrymme};
use samsyn_core::calc::{FactGroup, Rakning, plan, siffra};
use samsyn_core::planpost::{Plankategori, Plankolumn, Planpost};
use samsyn_core::underlag::{Plan, Underlag};
use samsyn_document::{Belopp, FigureId, Halvar, Value, format};

/// A post, with tkr per column.
fn post(kategori: &str, name: &str, amounts: &[(&str, i64)]) -> Vec<Planpost> {
    let row = |(kolumn, tkr): &(&str, i64)| Planpost {
        plan: of("2024-10-20"),
        kategori: of(kategori),
        post: name.into(),
        kolumn: of(kolumn),
        belopp_kr: Belopp::from_kronor(tkr * 1_000),
    };
    amounts.iter().map(row).collect()
}

fn shown(given: &Given, id: &str) -> String {
    let underlag = Underlag::new(given.facts.clone(), of("2024-12-31"));
    let rakning = Rakning::new(&underlag, Halvar::new(2024, 2).unwrap());
    siffra(&rakning, &FigureId::parse(id).unwrap()).map_or_else(|| "none".into(), |figure| format::plain(&figure.value))
}

/// Income, costs and two applications over three years.
fn alby() -> Given {
    let mut given = forbund();
    given.facts.planposter = [
        post(
            "intakter",
            "Medlemsavgifter",
            &[("2024-budget", 100), ("2024-prognos", 100), ("2025-budget", 100), ("2026-budget", 100)],
        ),
        post("samverkansinsatser", "a", &[("2024-budget", 90), ("2024-prognos", 80), ("2025-budget", 110)]),
        post("forvaltning", "Förvaltning", &[("2024-budget", 20), ("2024-prognos", 20), ("2025-budget", 20)]),
        post("samverkansinsatser", "Ej nyttjat", &[("2024-prognos", -5)]),
        post("overskott_fran_tidigare_ar", "Ingående", &[("2024-budget", 50), ("2024-prognos", 50)]),
        post("ej_beslutade", "Tillägg Ö", &[("2025-budget", 7)]),
        post("vantade", "Ny insats", &[("2025-budget", 3), ("2026-budget", 4)]),
    ]
    .concat();
    given
}

#[test]
fn a_plan_is_summed_column_by_column() {
    for (id, value) in [
        ("intakter/2024-budget", "100"),
        ("samverkansinsatser/2024-prognos", "75"),
        ("samverkansinsatser.ej-nyttjat/2024-prognos", "-5"),
        ("samverkansinsatser.ej-nyttjat/2024-budget", ""),
        ("summa_kostnader/2024-prognos", "95"),
        ("arets_resultat/2024-budget", "-10"),
        ("arets_resultat/2024-prognos", "5"),
        ("overskott_fran_tidigare_ar/2024-budget", "50"),
        ("ingaende_beslutsutrymme/2024-budget", "150"),
        ("beslutsutrymme_efter_beslut/2024-budget", "40"),
        // What is brought forward is what remains by the forecast, with the applications that are counted.
        ("overskott_fran_tidigare_ar/2025-budget", "55"),
        ("beslutsutrymme_efter_beslut/2025-budget", "25"),
        ("ej_beslutade/2025-budget", "7"),
        ("vantade/2025-budget", "3"),
        ("beslutsutrymme_efter_ej_beslutade/2025-budget", "15"),
        ("overskott_fran_tidigare_ar/2026-budget", "15"),
        ("beslutsutrymme_efter_ej_beslutade/2026-budget", "111"),
    ] {
        assert_eq!(shown(&alby(), &format!("beslutsutrymme-2024-10-20/{id}")), value, "{id}");
    }
}

#[test]
fn an_application_that_is_left_out_changes_its_years_and_those_after() {
    let without = "beslutsutrymme-2024-10-20-utan-ej_beslutade.tillagg-o";
    for (id, value) in [
        ("ej_beslutade/2025-budget", ""),
        ("ej_beslutade.tillagg-o/2025-budget", "7"),
        ("beslutsutrymme_efter_ej_beslutade/2024-prognos", "55"),
        ("beslutsutrymme_efter_ej_beslutade/2025-budget", "22"),
        ("beslutsutrymme_efter_ej_beslutade/2026-budget", "118"),
    ] {
        assert_eq!(shown(&alby(), &format!("{without}/{id}")), value, "{id}");
    }
    // A figure without an application that is not there is no figure.
    let other = "beslutsutrymme-2024-10-20-utan-ej_beslutade.annat/beslutsutrymme_efter_ej_beslutade/2025-budget";
    assert_eq!(shown(&alby(), other), "none");
}

#[test]
fn without_applications_there_is_one_last_row() {
    let mut given = alby();
    given.facts.planposter.retain(|row| !row.kategori.is_application());
    assert_eq!(shown(&given, "beslutsutrymme-2024-10-20/kvarvarande_beslutsutrymme/2025-budget"), "25");
    assert_eq!(shown(&given, "beslutsutrymme-2024-10-20/beslutsutrymme_efter_beslut/2025-budget"), "none");
    // Nothing tells what is brought forward to a first year.
    given.facts.planposter.retain(|row| row.kategori != Plankategori::OverskottFranTidigareAr);
    assert_eq!(shown(&given, "beslutsutrymme-2024-10-20/kvarvarande_beslutsutrymme/2025-budget"), "");
}

/// What is brought forward to a year is the same whatever column of it says so.
#[test]
fn what_one_column_of_the_first_year_brings_forward_counts_for_the_other() {
    let mut given = alby();
    given
        .facts
        .planposter
        .retain(|row| row.kategori != Plankategori::OverskottFranTidigareAr || row.kolumn == of("2024-budget"));
    for (id, value) in [
        ("overskott_fran_tidigare_ar/2024-prognos", "50"),
        ("beslutsutrymme_efter_ej_beslutade/2024-prognos", "55"),
        ("overskott_fran_tidigare_ar/2025-budget", "55"),
        ("beslutsutrymme_efter_ej_beslutade/2026-budget", "111"),
    ] {
        assert_eq!(shown(&given, &format!("beslutsutrymme-2024-10-20/{id}")), value, "{id}");
    }
    let underlag = Underlag::new(given.facts.clone(), of("2024-12-31"));
    let rakning = Rakning::new(&underlag, Halvar::new(2024, 2).unwrap());
    let id = FigureId::parse("beslutsutrymme-2024-10-20/overskott_fran_tidigare_ar/2024-prognos").unwrap();
    let figure = siffra(&rakning, &id).unwrap();
    assert!(figure.source.rule(&rakning).contains("budget 2024"), "{}", figure.source.rule(&rakning));
    let groups = figure.source.facts(&rakning);
    assert!(groups.len() == 1 && groups[0].facts.len() == 1, "{groups:?}");
}

/// Income of several kinds is summed in a row of its own, which is what the chart shows.
#[test]
fn income_is_all_of_the_income() {
    let mut given = alby();
    assert_eq!(shown(&given, "beslutsutrymme-2024-10-20/summa_intakter/2024-budget"), "none");
    given.facts.planposter.extend(post("anslag", "Bidrag", &[("2024-budget", 30)]));
    assert_eq!(shown(&given, "beslutsutrymme-2024-10-20/summa_intakter/2024-budget"), "130");
    assert_eq!(shown(&given, "beslutsutrymme-2024-10-20/arets_resultat/2024-budget"), "20");
    let underlag = Underlag::new(given.facts.clone(), of("2024-12-31"));
    let rakning = Rakning::new(&underlag, Halvar::new(2024, 2).unwrap());
    let document = samsyn_core::rapport::beslutsutrymme::beslutsutrymme(&rakning, 0, &[]);
    let charts = document.sections.iter().flat_map(|section| &section.blocks).filter_map(|block| match block {
        samsyn_document::Block::Chart(chart) => Some(chart),
        _ => None,
    });
    let first: Vec<String> = charts.map(|chart| format::plain(&chart.rows[0].cells[0].value)).collect();
    assert_eq!(first, ["130"]);
}

/// An insats is called by its name wherever a paper or a rule names it.
#[test]
fn an_application_of_an_insats_is_called_by_its_name() {
    let mut given = alby().insats("alb-ny");
    given.facts.insatser[0].namn = "Nya Vägen".into();
    given.facts.insatser[0].kortnamn = None;
    given.facts.planposter.extend(post("ej_beslutade", "alb-ny", &[("2025-budget", 9)]));
    let underlag = Underlag::new(given.facts.clone(), of("2024-12-31"));
    let rakning = Rakning::new(&underlag, Halvar::new(2024, 2).unwrap());
    let place = underlag.ekonomi.planer[0].ansokningar().find(|(_, post)| post.namn == "alb-ny").unwrap().0;
    for (utan, told) in [(vec![], "räknas med: Tillägg Ö, Nya Vägen"), (vec![place], "Inte medräknade: Nya Vägen.")]
    {
        let document = samsyn_core::rapport::beslutsutrymme::beslutsutrymme(&rakning, 0, &utan);
        let words = format!("{:?}", document.sections);
        assert!(words.contains(told), "{words}");
    }
    let figures = plan(&rakning, 0, &[place]);
    let last = figures.iter().find(|figure| figure.id.rad == "beslutsutrymme_efter_ej_beslutade").unwrap();
    assert!(last.source.rule(&rakning).ends_with("Inte medräknade: Nya Vägen."), "{}", last.source.rule(&rakning));
}

/// The words of what differs.
#[test]
fn years_that_differ_are_told_in_words() {
    let underlag = Underlag::new(forbund().facts, of("2024-12-31"));
    let of_years = |years: &[(&str, i64)]| Plan::new(&post("intakter", "Avgifter", years));
    let (short, long) = (of_years(&[("2024", 1)]), of_years(&[("2024", 1), ("2025", 1), ("2026", 1)]));
    let told = |one: &Plan, other: &Plan| samsyn_core::rapport::planskillnad::planskillnad(&underlag, one, other);
    assert_eq!(told(&short, &long), ["Nya kolumner: 2025 och 2026."]);
    assert_eq!(told(&long, &short), ["Borttagna kolumner: 2025 och 2026."]);
    assert_eq!(told(&of_years(&[("2024", 1), ("2025", 1)]), &short), ["Borttagen kolumn: 2025."]);
}

#[test]
fn two_posts_of_one_name_have_names_of_their_own() {
    let mut given = alby();
    given.facts.planposter.extend(post("vantade", "Ny  insats!", &[("2025-budget", 1)]));
    assert_eq!(shown(&given, "beslutsutrymme-2024-10-20/vantade.ny-insats/2025-budget"), "3");
    assert_eq!(shown(&given, "beslutsutrymme-2024-10-20/vantade.ny-insats-2/2025-budget"), "1");
}

/// Every figure of a plan says its rule, and the posts that it names make it.
#[test]
fn the_posts_of_a_figure_make_it() {
    let underlag = Underlag::new(alby().facts, of("2024-12-31"));
    let rakning = Rakning::new(&underlag, Halvar::new(2024, 2).unwrap());
    for figure in plan(&rakning, 0, &[]) {
        assert!(!figure.source.rule(&rakning).contains("  "), "{}", figure.id);
        let groups = figure.source.facts(&rakning);
        let tkr = |value: &Value| format::plain(value).parse::<i64>().unwrap_or(0);
        let part = |group: &FactGroup| tkr(&group.value) * if groups.len() == 1 { 1 } else { sign(&group.heading) };
        let sum: i64 = groups.iter().map(part).sum();
        assert_eq!(sum, tkr(&figure.value), "{}: {groups:?}", figure.id);
    }
}

/// A figure of several parts adds what comes in, and takes off costs and applications.
fn sign(heading: &str) -> i64 {
    let last = heading.rsplit(": ").next().unwrap_or(heading).to_lowercase();
    if ["kostnader", "ansökningar som räknas med"].contains(&last.as_str()) { -1 } else { 1 }
}

fn years(first: u16, count: u16) -> Vec<Plankolumn> {
    (first..first + count).map(|ar| Plankolumn { ar, slag: None }).collect()
}

proptest! {
    /// Adding an application changes each year by its amount, with what it took of the years before, and nothing else.
    #[test]
    fn an_application_changes_each_year_by_its_amount(
        costs in prop::collection::vec(prop::collection::vec(-500i64..5_000, 6), 1..20),
        applied in prop::collection::vec(0i64..5_000, 6),
        start in -1_000i64..10_000,
    ) {
        let columns = years(2024, 6);
        let mut rows: Vec<Planpost> = Vec::new();
        let mut add = |kategori: &str, name: &str, amounts: &[i64]| {
            let names: Vec<String> = columns.iter().map(ToString::to_string).collect();
            let amounts: Vec<(&str, i64)> = names.iter().map(String::as_str).zip(amounts.iter().copied()).collect();
            rows.extend(post(kategori, name, &amounts));
        };
        add("intakter", "in", &[20_000; 6]);
        add("overskott_fran_tidigare_ar", "Ingående", &[start]);
        costs.iter().enumerate().for_each(|(at, amounts)| add("samverkansinsatser", &format!("i{at}"), amounts));
        add("ej_beslutade", "ny", &applied);
        let plan = Plan::new(&rows);
        let place = plan.ansokningar().next().unwrap().0;
        let (with, without) = (Utrymme::new(&plan, &[]), Utrymme::new(&plan, &[place]));
        let mut taken = 0;
        for (at, amount) in applied.iter().enumerate() {
            let (with, without) = (&with.kolumner[at], &without.kolumner[at]);
            prop_assert_eq!(with.intakter, without.intakter);
            prop_assert_eq!(with.kostnader, without.kostnader);
            prop_assert_eq!((without.overskott.unwrap() - with.overskott.unwrap()).tkr(), taken);
            taken += amount;
            let left = |of: &samsyn_core::calc::utrymme::Kolumnsumma| of.av(Planrad::Kvarvarande).unwrap();
            prop_assert_eq!((left(without) - left(with)).tkr(), taken);
        }
    }

    /// A plan and the facts that it makes are the same thing.
    #[test]
    fn a_plan_is_its_facts(amounts in prop::collection::vec(-9i64..9, 12)) {
        let names = ["2023", "2024", "2025"];
        let rows: Vec<Planpost> = amounts
            .chunks(3)
            .enumerate()
            .flat_map(|(at, amounts)| {
                let amounts: Vec<(&str, i64)> = names.into_iter().zip(amounts.iter().copied()).collect();
                post("samverkansinsatser", &format!("i{at}"), &amounts)
            })
            .collect();
        prop_assert_eq!(Plan::new(&rows).rader(), rows);
    }
}
