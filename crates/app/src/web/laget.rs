//! The situation of a förbund on one page.

use super::figur::{self, Siffror};
use super::grind::Visit;
use super::sida::{Answer, Page, show};
use super::tid::{Fragor, Tid, given};
use crate::access::Action;
use crate::actions::atgarder::{Atgard, Gallande};
use crate::actions::laget::{self, Laget, Rad, Rapportlage, Steg};
use askama::Template;
use samsyn_core::insats::InsatsTyp;
use samsyn_document::{Cell, Halvar, Ljus, format};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// What a list can be sorted by, with the word that people read.
const SORTERING: [(&str, &str); 5] = [
    ("", "Rapportens ordning"),
    ("lage", "Sämst läge först"),
    ("kvot", "Lägst förbrukning först"),
    ("pagar", "Flest pågående först"),
    ("namn", "Namn"),
];

#[derive(Template)]
#[template(path = "laget/sida.html")]
struct Sida<'a> {
    page: Page,
    visit: &'a Visit,
    tid: &'a Tid,
    siffror: Siffror<'a>,
    laget: &'a Laget,
    grupper: Vec<(&'static str, bool, Vec<&'a Rad>)>,
    visas: usize,
    /// Whether any individinsats is shown.
    har_individ: bool,
    ledtext: String,
    sma_tal: bool,
    urval: Urval,
    sortering: [(&'static str, &'static str); 5],
    storst: i64,
    pa_tid: Option<Pictures>,
    utveckling: &'a [Steg],
    hela: bool,
}

/// What the list is limited to, as the address tells it.
#[derive(Debug)]
struct Urval {
    sok: String,
    ljus: String,
    sortera: String,
    aktivt: bool,
}

/// Development over the half-years, as pictures.
struct Pictures {
    deltagit: String,
    till_arbete: String,
    kvot: String,
}

/// GET `/f/{forbund}/laget`
pub async fn sida(visit: Visit, asked: Fragor) -> Answer {
    let chosen = visit.chosen()?;
    let tid = Tid::new(&visit, &chosen, &asked).await?;
    let laget = laget::laget(&chosen, &visit.rights, tid.period, tid.per).await?;
    let urval = Urval::of(&asked);
    let shown = urval.rows(&laget);
    let storst = laget.rader.iter().filter_map(|rad| rad.antal).flatten().max().unwrap_or(0);
    let hela = visit.rights.all(Action::SeLaget);
    let groups = [InsatsTyp::Individ, InsatsTyp::Struktur, InsatsTyp::Kompetens].map(|typ| {
        let rows: Vec<&Rad> = shown.iter().copied().filter(|rad| rad.typ == typ).collect();
        (heading(typ), typ == InsatsTyp::Individ, rows)
    });
    let utveckling = laget.utveckling.as_deref().map_or(&[][..], Vec::as_slice);
    let page = Sida {
        page: Page::new(&visit, "Läget", "laget"),
        visit: &visit,
        tid: &tid,
        siffror: Siffror::new(&visit, &tid),
        grupper: groups.into_iter().filter(|(_, _, rows)| !rows.is_empty()).collect(),
        visas: shown.len(),
        har_individ: shown.iter().any(|rad| rad.typ == InsatsTyp::Individ),
        ledtext: lead(&laget, hela, &tid),
        sma_tal: chosen.withheld,
        urval,
        sortering: SORTERING,
        storst,
        pa_tid: (utveckling.len() > 1).then(|| pictures(utveckling)),
        utveckling,
        hela,
        laget: &laget,
    };
    show(&page)
}

fn heading(typ: InsatsTyp) -> &'static str {
    match typ {
        InsatsTyp::Individ => "Individinsatser",
        InsatsTyp::Struktur => "Strukturinsatser",
        InsatsTyp::Kompetens => "Kompetensinsatser",
    }
}

impl Urval {
    fn of(asked: &BTreeMap<String, String>) -> Urval {
        let text = |name| given(asked, name).unwrap_or_default().to_owned();
        let (sok, ljus, sortera) = (text("sok"), text("ljus"), text("sortera"));
        let aktivt = !(sok.is_empty() && ljus.is_empty() && sortera.is_empty());
        Urval { sok, ljus, sortera, aktivt }
    }

    fn rows<'l>(&self, laget: &'l Laget) -> Vec<&'l Rad> {
        let sought = self.sok.to_lowercase();
        let mut rows: Vec<&Rad> = laget.rader.iter().collect();
        rows.retain(|rad| {
            let named = format!("{} {}", rad.namn, rad.agare).to_lowercase().contains(&sought);
            let light = rad.ljus.map_or("", Ljus::word);
            named && (self.ljus.is_empty() || self.ljus == light)
        });
        match self.sortera.as_str() {
            "lage" => rows.sort_by_key(|rad| Reverse(rad.ljus)),
            "kvot" => rows.sort_by_key(|rad| rad.kvot_procent.unwrap_or(i64::MAX)),
            "pagar" => rows.sort_by_key(|rad| Reverse(rad.antal.map_or(-1, |antal| antal[2]))),
            "namn" => rows.sort_by_key(|rad| swedish(&rad.namn)),
            _ => {}
        }
        rows
    }
}

/// A key that puts å, ä and ö last, in that order.
fn swedish(text: &str) -> String {
    let after = |c: char| match c {
        'å' => '\u{e000}',
        'ä' | 'æ' => '\u{e001}',
        'ö' | 'ø' => '\u{e002}',
        'é' | 'è' => 'e',
        other => other,
    };
    text.to_lowercase().chars().map(after).collect()
}

/// The situation in a sentence or two.
fn lead(laget: &Laget, hela: bool, tid: &Tid) -> String {
    let rader = &laget.rader;
    if !laget.har_insatser() {
        let whose = if hela { "Ingen insats" } else { "Ingen av dina insatser" };
        return format!("{whose} hör till {}. Välj ett annat halvår.", tid.halvar_i_ord());
    }
    let reports = match (laget.saknade_rapporter(), laget.senare) {
        (0, None) => "Alla kvartalsrapporter som insatserna nedan ska ha lämnat är inne.".to_owned(),
        (0, Some(later)) => {
            let number = format::in_words(later.antal as i64, false);
            format!("Halvårets kvartalsrapporter är inne, men {number} senare saknas.")
        }
        (count, later) => {
            let number = format::capital(&format::in_words(count as i64, false));
            let word = if count == 1 { "kvartalsrapport" } else { "kvartalsrapporter" };
            let then = later.map(|later| format!(", och {} senare", format::in_words(later.antal as i64, false)));
            format!("{number} {word} saknas{}.", then.unwrap_or_default())
        }
    };
    if rader.is_empty() {
        return format!("En annan insats har tagit över under {}. {reports}", tid.halvar_i_ord());
    }
    let count = |light| rader.iter().filter(|rad| rad.ljus == Some(light)).count() as i64;
    let word = |count: i64| if count == 1 { "insats" } else { "insatser" };
    let all = rader.len() as i64;
    let lights = [(Ljus::Rod, "röd", "röda"), (Ljus::Gul, "gul", "gula"), (Ljus::Gron, "grön", "gröna")];
    let told = lights.into_iter().filter_map(|(light, one, more)| match count(light) {
        0 => None,
        1 => Some(format!("en {one}")),
        many => Some(format!("{} {more}", format::in_words(many, false))),
    });
    let without = rader.iter().filter(|rad| rad.ljus.is_none()).count() as i64;
    let without = (without > 0).then(|| format!("{} utan svar", format::in_words(without, false)));
    let told: Vec<String> = told.chain(without).collect();
    let number = format!("{} {}", format::capital(&format::in_words(all, false)), word(all));
    let insatser = if told.is_empty() { number } else { format!("{number}: {}", format::list(&told)) };
    format!("{insatser}. {reports}")
}

fn pictures(steps: &[Steg]) -> Pictures {
    let labels: Vec<String> = steps.iter().map(|step| format::halvar_kort(step.halvar)).collect();
    let values = |at: usize| -> Vec<Option<i64>> { steps.iter().map(|step| step.antal[at]).collect() };
    Pictures {
        deltagit: figur::over_tid("Antal som deltagit sedan årets början", &labels, &values(0), ""),
        till_arbete: figur::over_tid("Till arbete eller studier", &labels, &values(1), "\u{a0}%"),
        kvot: figur::over_tid("Förbrukat av budgeten hittills under året", &labels, &values(2), "\u{a0}%"),
    }
}

impl Sida<'_> {
    fn stapel(&self, rad: &Rad) -> String {
        let (used, budget) = (format::value(&rad.utfall.value), format::value(&rad.budget.value));
        figur::budgetstapel(rad.ar_procent, self.laget.gatt_procent, &used, &budget)
    }

    fn bild(&self, rad: &Rad) -> String {
        rad.antal.map_or_else(String::new, |antal| figur::floden(antal, self.storst))
    }

    fn nyckel(&self, tabell: &str, rad: &str, kolumn: &str) -> String {
        self.siffror.cell(&self.laget.figures.cell(tabell, rad, kolumn))
    }

    /// A figure of another half-year than the page's.
    fn av(&self, half: &Halvar, cell: &Cell) -> String {
        let tid = Tid { period: *half, ..self.tid.clone() };
        Siffror::new(self.visit, &tid).cell(cell)
    }

    fn rapport_ord(&self, state: &Rapportlage) -> &'static str {
        match state {
            Rapportlage::Inne => "inne",
            Rapportlage::Saknas => "saknas",
            Rapportlage::Vantas => "väntas",
            Rapportlage::Ingen => "–",
        }
    }

    fn lank(&self, atgard: &Atgard) -> String {
        match &atgard.gallande {
            Gallande::Insats(id) => self.visit.url(&format!("insats/{id}?{}", self.tid.query())),
            Gallande::Kontroller => self.visit.url(&format!("kontroller?{}", self.tid.query())),
            Gallande::Version(nr) => self.visit.url(&format!("version/{nr}")),
            Gallande::Halvar(half) => {
                let tid = Tid { period: *half, ..self.tid.clone() };
                self.visit.url(&format!("laget?{}", tid.query()))
            }
        }
    }
}
