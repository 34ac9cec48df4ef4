//! About the program: what it is, its accessibility, and every component of its pages in every state.

use super::figur;
use super::grind::Visit;
use super::sida::{Answer, Page, show};
use askama::Template;
use samsyn_core::Severity;
use samsyn_core::finding::{Finding, Place};
use samsyn_document::{Belopp, Cell, FigureId, Kvartal, Kvot, Ljus, Unit, Value};
use samsyn_render::html;

#[derive(Template)]
#[template(path = "om/sida.html")]
struct Om {
    page: Page,
    version: &'static str,
}

/// GET `/om`
pub async fn om(visit: Visit) -> Answer {
    show(&Om { page: Page::new(&visit, "Om Samsyn", ""), version: env!("CARGO_PKG_VERSION") })
}

#[derive(Template)]
#[template(path = "om/tillganglighet.html")]
struct Tillganglighet {
    page: Page,
}

/// GET `/om/tillganglighet`
pub async fn tillganglighet(visit: Visit) -> Answer {
    show(&Tillganglighet { page: Page::new(&visit, "Tillgänglighetsredogörelse", "") })
}

#[derive(Template)]
#[template(path = "om/komponenter.html")]
struct Komponenter {
    page: Page,
    ljus: Vec<String>,
    siffror: Vec<(&'static str, String)>,
    staplar: Vec<String>,
    floden: Vec<String>,
    over_tid: String,
    pengar: String,
    fynd: Vec<Finding>,
}

/// GET `/om/komponenter`
pub async fn komponenter(visit: Visit) -> Answer {
    let cell = |value| Cell::figure(value, FigureId::new("6", "summa", "exempel"));
    let figure = |value| html::figure(&cell(value), &|_| "#siffror".to_owned());
    let place = Place { file: Some("rekvisitioner.csv".into()), row: Some(14), ..Place::default() };
    let finding = |severity| {
        Finding::new(severity, place.clone(), "\"2026-02-30\" är inget datum.", "Skriv till exempel 2026-02-28.")
    };
    let halves = ["2021 h1", "2021 h2", "2022 h1", "2022 h2"].map(str::to_owned);
    let quarters: Vec<(Kvartal, i64, i64)> = [1, 2]
        .into_iter()
        .filter_map(|number| Some((Kvartal::new(2022, number)?, 30 + 30 * i64::from(number), 80)))
        .collect();
    let view = Komponenter {
        page: Page::new(&visit, "Komponenter", ""),
        ljus: [Ljus::Gron, Ljus::Gul, Ljus::Rod].map(figur::ljus).to_vec(),
        siffror: vec![
            ("Antal", figure(Value::Antal(1277))),
            ("Andel", figure(Kvot::new(64, 92).map_or(Value::Missing, Value::Andel))),
            ("Tkr", figure(Value::Belopp(Belopp::from_kronor(8_570_400), Unit::Tkr))),
            ("Saknas", figure(Value::Missing)),
            ("Visas inte", figure(Value::Withheld)),
        ],
        staplar: [(Some(48), 50), (Some(0), 50), (Some(106), 100), (None, 50)]
            .map(|(used, passed)| figur::budgetstapel(used, passed, "1 290", "2 675"))
            .to_vec(),
        floden: [[61, 18, 43], [0, 0, 0], [1, 100, 5]].map(|counts| figur::floden(counts, 100)).to_vec(),
        over_tid: figur::over_tid("Antal som deltagit", &halves, &[Some(120), None, Some(277), Some(0)], ""),
        pengar: figur::pengar_per_kvartal(&quarters),
        fynd: [Severity::Fel, Severity::Varning, Severity::Upplysning].map(finding).to_vec(),
    };
    show(&view)
}
