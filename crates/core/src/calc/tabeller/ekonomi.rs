//! Figures of the förbund's own economy: the fees of a year, and the plans.

use super::Figures;
use crate::calc::avgift::{Avgiftsdel, Betalare, totalen};
use crate::calc::grupp::Grupp;
use crate::calc::kontekst::Rakning;
use crate::calc::pengar::{Post, Span};
use crate::calc::source::{Planvarde, Source};
use crate::calc::utrymme::Planrad;
use crate::medlem::MedlemTyp;
use crate::planpost::{Plankategori, Plankolumn, Planslag};
use crate::underlag::{Ekonomi, InsatsNr, Plan, PlanNr, Underlag};
use samsyn_document::{Datum, Halvar, format};
use std::collections::{HashMap, HashSet};

/// What the name of a table with fees begins with; the year follows.
const AVGIFTER: &str = "medlemsavgifter-";
/// What the name of a plan's table begins with; the day of the meeting follows, and `-utan-` with the applications that
/// are not counted.
const PLAN: &str = "beslutsutrymme-";
const UTAN: &str = "-utan-";

/// What is told of every payer, with the name of its column.
pub const DELAR: [(&str, Avgiftsdel); 6] = [
    ("kr", Avgiftsdel::Avgift),
    ("fjolar_kr", Avgiftsdel::Fjolar),
    ("andring_kr", Avgiftsdel::Andring),
    ("halvar_1_kr", Avgiftsdel::Halvar1),
    ("halvar_2_kr", Avgiftsdel::Halvar2),
    ("folkmangd", Avgiftsdel::Folkmangd),
];

/// Every payer with the name of its row, the sum first.
pub fn betalare(ekonomi: &Ekonomi) -> Vec<(String, Betalare)> {
    let members = || ekonomi.medlemmar.iter().enumerate();
    let of = |typ: MedlemTyp| members().filter(move |(_, medlem)| medlem.typ == typ);
    let name = |name: &str| name.replace('/', "-");
    let state: Vec<&str> = of(MedlemTyp::Stat).map(|(_, medlem)| medlem.medlem.as_str()).collect();
    let state = if state.is_empty() { "staten".to_owned() } else { name(&format::list(&state)) };
    let mut rows = vec![("totalt".to_owned(), Betalare::Alla), (state, Betalare::Staten)];
    rows.extend(of(MedlemTyp::Region).map(|(_, medlem)| (name(&medlem.medlem), Betalare::Region)));
    rows.push(("kommunerna".to_owned(), Betalare::Kommunerna));
    rows.extend(of(MedlemTyp::Kommun).map(|(at, medlem)| (name(&medlem.medlem), Betalare::Kommun(at))));
    rows
}

/// The name of the table of a year's fees.
pub fn avgiftstabell(ar: u16) -> String {
    format!("{AVGIFTER}{ar}")
}

/// The fees of a year; none when their sum is not known.
pub(super) fn avgifter(to: &mut Figures<'_, '_>, ar: u16) {
    let ekonomi = &to.rakning.underlag.ekonomi;
    if totalen(ekonomi, ar).is_none() {
        return;
    }
    for (rad, who) in betalare(ekonomi) {
        for (kolumn, what) in DELAR {
            let counted = matches!(who, Betalare::Kommunerna | Betalare::Kommun(_));
            if counted || what != Avgiftsdel::Folkmangd {
                to.add(&avgiftstabell(ar), &rad, kolumn, Source::Avgift(ar, who, what));
            }
        }
    }
}

/// The names that a plan's posts have in figures and addresses, each its own.
pub fn marken(plan: &Plan) -> Vec<String> {
    let mut all: Vec<String> = Vec::with_capacity(plan.poster.len());
    let mut taken: HashSet<String> = HashSet::new();
    // The number that the next post of the same name begins to look at.
    let mut next: HashMap<String, usize> = HashMap::new();
    for post in &plan.poster {
        let own = format!("{}.{}", post.kategori.kod(), post.marke());
        let number = next.entry(own.clone()).or_insert(1);
        let name = loop {
            let name = if *number == 1 { own.clone() } else { format!("{own}-{number}") };
            *number += 1;
            if taken.insert(name.clone()) {
                break name;
            }
        };
        all.push(name);
    }
    all
}

/// The name of a plan's table, with the applications that are left out.
pub fn plantabell(plan: &Plan, utan: &[usize]) -> String {
    let day = plan.datum.map_or_else(String::new, |day| day.to_string());
    if utan.is_empty() {
        return format!("{PLAN}{day}");
    }
    let names = marken(plan);
    let without: Vec<&str> = utan.iter().filter_map(|&at| names.get(at)).map(String::as_str).collect();
    format!("{PLAN}{day}{UTAN}{}", without.join("~"))
}

/// The applications of a plan that these names leave out; names that are not there are passed over.
pub fn utan(plan: &Plan, names: &str) -> Vec<usize> {
    let known = marken(plan);
    let left_out = |at: usize| names.split('~').any(|name| name == known[at]);
    plan.ansokningar().map(|(at, _)| at).filter(|&at| left_out(at)).collect()
}

/// The rows of a plan that sum it up, with their names.
pub fn summarader(plan: &Plan) -> Vec<(&'static str, Planrad)> {
    let mut rows: Vec<(&str, Planrad)> = Vec::new();
    for &kategori in Plankategori::ALL {
        let given = plan.av(kategori).next().is_some() && kategori != Plankategori::OverskottFranTidigareAr;
        rows.extend(given.then_some((kategori.kod(), Planrad::Kategori(kategori))));
    }
    if flera_intakter(plan) {
        rows.push(("summa_intakter", Planrad::SummaIntakter));
    }
    rows.extend([
        ("summa_kostnader", Planrad::SummaKostnader),
        ("arets_resultat", Planrad::AretsResultat),
        (Plankategori::OverskottFranTidigareAr.kod(), Planrad::Overskott),
        ("ingaende_beslutsutrymme", Planrad::Ingaende),
    ]);
    if plan.ansokningar().next().is_some() {
        rows.push(("beslutsutrymme_efter_beslut", Planrad::EfterBeslut));
        rows.push((sista_raden(plan), Planrad::Kvarvarande));
    } else {
        rows.push((sista_raden(plan), Planrad::Kvarvarande));
    }
    rows
}

/// Whether a plan has income of several categories, whose sum is a row of its own.
pub fn flera_intakter(plan: &Plan) -> bool {
    let given = |kategori: &&Plankategori| kategori.is_income() && plan.av(**kategori).next().is_some();
    Plankategori::ALL.iter().filter(given).count() > 1
}

/// The name of the row that says what is left to decide about.
pub fn sista_raden(plan: &Plan) -> &'static str {
    let applied = plan.ansokningar().next().is_some();
    if applied { "beslutsutrymme_efter_ej_beslutade" } else { "kvarvarande_beslutsutrymme" }
}

/// Every figure of a plan.
pub(super) fn plan(to: &mut Figures<'_, '_>, nr: PlanNr, utan: &[usize]) {
    let plan = &to.rakning.underlag.ekonomi.planer[nr];
    let tabell = plantabell(plan, utan);
    let posts = marken(plan).into_iter().enumerate().map(|(at, name)| (name, Planrad::Post(at)));
    let sums = summarader(plan).into_iter().map(|(name, rad)| (name.to_owned(), rad));
    for (name, rad) in posts.chain(sums) {
        for (kolumn, column) in plan.kolumner.iter().enumerate() {
            let value = Planvarde { plan: nr, utan: utan.to_vec(), rad, kolumn };
            to.add(&tabell, &name, column.to_string(), Source::Plan(value));
        }
    }
}

/// What the name of a table with forecasts begins with; the year follows.
const PROGNOS: &str = "prognos-";

/// The name of the table of a year's forecasts.
pub fn prognostabell(ar: u16) -> String {
    format!("{PROGNOS}{ar}")
}

/// The insatser that have a budget or a claim in the year, in their order.
pub fn prognosrader(underlag: &Underlag, ar: u16) -> Vec<InsatsNr> {
    let of_year = |&insats: &InsatsNr| {
        let of = &underlag.insatser[insats];
        of.budget.iter().any(|row| row.kvartal.year() == ar)
            || of.rekvisitioner.iter().any(|row| row.kvartal.year() == ar)
    };
    (0..underlag.insatser.len()).filter(of_year).collect()
}

/// The latest plan that has a forecast for the year: the plan and the column.
pub fn egen_prognos(ekonomi: &Ekonomi, ar: u16) -> Option<(PlanNr, usize)> {
    let column = Plankolumn { ar, slag: Some(Planslag::Prognos) };
    let plans = ekonomi.planer.iter().enumerate().rev();
    let mut found = plans.filter_map(|(nr, plan)| Some((nr, plan.kolumner.iter().position(|other| *other == column)?)));
    found.next()
}

/// The forecasts of the counted year: outcome so far, budget, forecast, and what people themselves have forecast.
pub(super) fn prognoser(to: &mut Figures<'_, '_>) {
    let (underlag, ar) = (to.rakning.underlag, to.rakning.period.year());
    let tabell = prognostabell(ar);
    let own = egen_prognos(&underlag.ekonomi, ar);
    let rows = prognosrader(underlag, ar).into_iter().map(Some).chain([None]);
    for insats in rows {
        let rad = insats.map_or_else(|| "summa".to_owned(), |insats| to.insats_id(insats));
        let grupp = insats.map_or(Grupp::Alla, Grupp::Insats);
        to.add(&tabell, &rad, "utfall_tkr", Source::Pengar(grupp, Post::Utfall, Span::Helar));
        to.add(&tabell, &rad, "budget_tkr", Source::Pengar(grupp, Post::Budget, Span::Helar));
        to.add(&tabell, &rad, "prognos_tkr", Source::Prognos(ar, insats));
        if let Some((plan, kolumn)) = own {
            let posts = &underlag.ekonomi.planer[plan].poster;
            let at = |id: &str| {
                posts.iter().position(|post| post.kategori == Plankategori::Samverkansinsatser && post.namn == id)
            };
            let row = match insats {
                Some(_) => at(&rad).map(Planrad::Post),
                None => Some(Planrad::Kategori(Plankategori::Samverkansinsatser)),
            };
            if let Some(row) = row {
                let value = Planvarde { plan, utan: Vec::new(), rad: row, kolumn };
                to.add(&tabell, &rad, "egen_prognos_tkr", Source::Plan(value));
            }
        }
    }
}

/// Adds the figures of a table of the economy; whether the name is of one.
pub(super) fn named(to: &mut Figures<'_, '_>, tabell: &str) -> bool {
    if let Some(year) = tabell.strip_prefix(AVGIFTER) {
        if let Some(half) = aret(year) {
            avgifter(to, half.year());
        }
        return true;
    }
    if let Some(year) = tabell.strip_prefix(PROGNOS) {
        if aret(year).is_some_and(|half| half.year() == to.rakning.period.year()) {
            prognoser(to);
        }
        return true;
    }
    let Some(rest) = tabell.strip_prefix(PLAN) else { return false };
    let (day, names) = rest.split_once(UTAN).unwrap_or((rest, ""));
    if let Some((nr, left_out)) = found(to.rakning, day, names) {
        plan(to, nr, &left_out);
    }
    true
}

/// A year that a name tells, as its second half-year; `None` when it is none that can be counted.
fn aret(text: &str) -> Option<Halvar> {
    text.parse().ok().and_then(|year| Halvar::new(year, 2)).filter(|half| half.year().to_string() == text)
}

/// The year that the figures of a table are of, whatever half-year is counted, as its second half-year: that of a
/// forecast.
pub fn tabellens_ar(tabell: &str) -> Option<Halvar> {
    aret(tabell.strip_prefix(PROGNOS)?)
}

fn found(rakning: &Rakning<'_>, day: &str, names: &str) -> Option<(PlanNr, Vec<usize>)> {
    let ekonomi = &rakning.underlag.ekonomi;
    let nr = ekonomi.plan(Datum::parse(day)?)?;
    Some((nr, utan(&ekonomi.planer[nr], names)))
}
