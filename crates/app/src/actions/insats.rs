//! One insats on one page: what is decided, its goals, money and participants per quarter, its answers and avvikelser.

use crate::Error;
use crate::access::{Action, Rights};
use crate::actions::forbund::Chosen;
use crate::actions::laget::{self, Rapportlage};
use crate::actions::slutrapport;
use samsyn_core::avvikelse::Avvikelse;
use samsyn_core::calc;
use samsyn_core::calc::rader::belongs;
use samsyn_core::insats::Insats;
use samsyn_core::insatsperiod::Insatsperiod;
use samsyn_core::kommentar::Om;
use samsyn_core::kvartalsrapport::Kvartalsrapport;
use samsyn_core::partskommentar::Partskommentar;
use samsyn_core::slutrapport::Slutrapport;
use samsyn_core::underlag::{InsatsUnderlag, Underlag};
use samsyn_document::{Cell, Datum, FigureId, Halvar, Kvartal, Value};
use std::collections::HashMap;

/// A goal with its outcomes over time.
#[derive(Debug)]
pub struct MalRad {
    /// Its number.
    pub nr: u16,
    /// The goal.
    pub mal: String,
    /// The target.
    pub maltal: Cell,
    /// What it is counted in.
    pub enhet: &'static str,
    /// Reported outcomes: quarter, value, comment.
    pub utfall: Vec<(Kvartal, Cell, String)>,
}

/// Money and participants of one quarter.
#[derive(Debug)]
pub struct KvartalRad {
    /// The quarter.
    pub kvartal: Kvartal,
    /// Used.
    pub utfall: Cell,
    /// Granted.
    pub budget: Cell,
    /// Used and granted in kronor, for the chart.
    pub kronor: (i64, i64),
    /// Enrolled, exited, to work or studies, ongoing at the quarter's end.
    pub personer: [Cell; 4],
}

/// A question and its answers.
#[derive(Debug)]
pub struct FragaRad {
    /// The question.
    pub fraga: &'static str,
    /// The answers, one for each report of the page.
    pub svar: Vec<String>,
}

/// Why an insats has no light in a half-year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UtanLage {
    /// It does not run then.
    InteIgang,
    /// Another insats has the chain's row: its id and name, if the reader may see it.
    Overtagen(Option<Granne>),
    /// No report is in.
    IngenRapport,
}

/// The whole page.
#[derive(Debug)]
pub struct Sida {
    /// The insats.
    pub insats: Insats,
    /// Its light, whether it is in phase with its goals, and the styrgrupp's forecast, in the half-year.
    pub lage: [Cell; 3],
    /// Why none of the three is known, if none is.
    pub utan_lage: Option<UtanLage>,
    /// Decisions on its period, the earliest first.
    pub perioder: Vec<Insatsperiod>,
    /// Its parties.
    pub parter: Vec<String>,
    /// The insats that this one continues, and the one that continues it: id and name.
    pub fore: Option<Granne>,
    /// The insats that continues it.
    pub efter: Option<Granne>,
    /// Its goals.
    pub mal: Vec<MalRad>,
    /// Its quarters.
    pub kvartal: Vec<KvartalRad>,
    /// The quarters that have a report, the latest first.
    pub rapporter: Vec<Kvartal>,
    /// The quarters whose report is due and not in, the latest first.
    pub saknade: Vec<Kvartal>,
    /// The answers.
    pub fragor: Vec<FragaRad>,
    /// What styrgrupp and kansli say beside: quarter and text.
    pub kommentarer: Vec<(Kvartal, &'static str, String)>,
    /// Its avvikelser, in the order handed in, with the kansli's comment.
    pub avvikelser: Vec<(Avvikelse, Option<String>)>,
    /// The kansli's comment on the half-year.
    pub kommentar: Option<String>,
    /// The kansli's own view of i fas, with its reason.
    pub kansli: Option<(&'static str, Option<String>)>,
    /// Why the kansli shows another light than the answers give.
    pub ljusmotiv: Option<String>,
    /// Whether it has ended, or is about to, so that a final report is to be written.
    pub behover_slutrapport: bool,
    /// Its final report.
    pub slutrapport: Option<Slutrapport>,
    /// Its parties with what they say at the end.
    pub partskommentarer: Vec<(String, Option<Partskommentar>)>,
}

impl Sida {
    /// Whether any part of a final report is known.
    pub fn har_slutrapport(&self) -> bool {
        self.slutrapport.is_some() || self.partskommentarer.iter().any(|(_, said)| said.is_some())
    }
}

/// An insats as known at the end of a day; nothing when there is none, or when the rights do not reach it.
pub async fn sida(
    chosen: &Chosen<'_>,
    rights: &Rights,
    id: &str,
    period: Halvar,
    per: Datum,
) -> Result<Option<Sida>, Error> {
    let underlag = chosen.underlag(per).await?;
    if !rights.on(Action::SeLaget, id) {
        return Ok(None);
    }
    let Some(nr) = underlag.insats_nr(id) else { return Ok(None) };
    let rakning = chosen.rakning(&underlag, period);
    let all = calc::siffror(&rakning).into_iter().chain(calc::insatsens(&rakning, nr));
    let figures: HashMap<FigureId, Value> =
        all.filter(|figure| figure.id.rad == id).map(|figure| (figure.id, figure.value)).collect();
    let of = &underlag.insatser[nr];
    let (fore, efter) = neighbours(&underlag, of);
    let (rapporter, saknade) = reports(of, per);
    let may = |neighbour: &Granne| rights.on(Action::SeLaget, &neighbour.0);
    let lage = ["trafikljus", "i_fas", "prognos"].map(|kolumn| cell(&figures, "2", id, kolumn.to_owned()));
    let row = rakning.rader.tabell_1.iter().map(|&row| &underlag.insatser[row]).find(|row| row.kedja == of.kedja);
    let utan_lage = lage.iter().all(|cell| cell.value == Value::Missing).then(|| match row {
        _ if !belongs(&underlag, nr, period) => UtanLage::InteIgang,
        Some(row) if row.insats.insats_id != of.insats.insats_id => UtanLage::Overtagen(Some(named(row)).filter(may)),
        _ => UtanLage::IngenRapport,
    });
    Ok(Some(Sida {
        insats: of.insats.clone(),
        lage,
        utan_lage,
        perioder: of.perioder.clone(),
        parter: of.parter.clone(),
        fore: fore.filter(may),
        efter: efter.filter(may),
        mal: of.mal.iter().map(|mal| goal(of, mal, period, &figures)).collect(),
        kvartal: quarters(of, id, &figures),
        fragor: answers(of, &rapporter),
        rapporter,
        saknade,
        kommentarer: comments(&of.rapporter),
        avvikelser: avvikelser(of),
        kommentar: of.kommentar(period).map(str::to_owned),
        kansli: calc::svar::reports(of, period)
            .last()
            .and_then(|latest| Some((latest.kansli_i_fas?.text(), latest.kansli_motiv.clone()))),
        ljusmotiv: calc::svar::reports(of, period)
            .last()
            .and_then(|latest| calc::svar::satt_ljus(of, latest, period))
            .map(|set| set.motiv.clone()),
        behover_slutrapport: slutrapport::behovs(of, period),
        slutrapport: of.slutrapport.clone(),
        partskommentarer: slutrapport::parter(of),
    }))
}

/// Its avvikelser, each with what the kansli says of it in its half-year.
fn avvikelser(of: &InsatsUnderlag) -> Vec<(Avvikelse, Option<String>)> {
    let said = |avvikelse: &Avvikelse| {
        let comment = of.kommentar_om(Om::Avvikelse, avvikelse.avvikelse_id.as_str(), avvikelse.halvar()?)?;
        Some(comment.to_owned())
    };
    of.avvikelser.iter().map(|avvikelse| (avvikelse.clone(), said(avvikelse))).collect()
}

/// Every insats as known at the end of a day that the rights reach: what it is, and its latest decided period.
pub async fn lista(
    chosen: &Chosen<'_>,
    rights: &Rights,
    per: Datum,
) -> Result<Vec<(Insats, Option<Insatsperiod>)>, Error> {
    let underlag = chosen.underlag(per).await?;
    let shown = underlag.insatser.iter().filter(|of| rights.on(Action::SeLaget, of.insats.insats_id.as_str()));
    let mut all: Vec<_> = shown.map(|of| (of.insats.clone(), of.period().cloned())).collect();
    all.sort_by_key(|(insats, _)| insats.typ);
    Ok(all)
}

/// An insats by id and name.
type Granne = (String, String);

fn named(of: &InsatsUnderlag) -> Granne {
    (of.insats.insats_id.to_string(), of.insats.namn.clone())
}

fn neighbours(underlag: &Underlag, of: &InsatsUnderlag) -> (Option<Granne>, Option<Granne>) {
    let before = of.insats.redovisas_med.as_ref().and_then(|id| underlag.insats_nr(id.as_str()));
    let after = underlag.insatser.iter().find(|next| next.insats.redovisas_med.as_ref() == Some(&of.insats.insats_id));
    (before.map(|nr| named(&underlag.insatser[nr])), after.map(named))
}

/// The figure as a cell; a missing value when there is none.
fn cell(figures: &HashMap<FigureId, Value>, tabell: &str, id: &str, kolumn: String) -> Cell {
    let figure = FigureId::new(tabell, id, kolumn);
    match figures.get(&figure) {
        Some(value) => Cell::figure(value.clone(), figure),
        None => Cell { value: Value::Missing, ..Cell::text("") },
    }
}

/// A goal, with what has come of it up to the half-year's end.
fn goal(
    of: &InsatsUnderlag,
    mal: &samsyn_core::mal::Mal,
    period: Halvar,
    figures: &HashMap<FigureId, Value>,
) -> MalRad {
    let id = of.insats.insats_id.as_str();
    let last = period.quarters()[1];
    let outcomes = of.malutfall.iter().filter(|utfall| utfall.mal_nr == mal.mal_nr && utfall.kvartal <= last);
    let outcome = |utfall: &samsyn_core::malutfall::Malutfall| {
        let value = cell(figures, "mal", id, format!("mal_{}_utfall_{}", mal.mal_nr, utfall.kvartal));
        (utfall.kvartal, value, utfall.kommentar.clone().unwrap_or_default())
    };
    MalRad {
        nr: mal.mal_nr,
        mal: mal.mal.clone(),
        maltal: cell(figures, "mal", id, format!("mal_{}_maltal", mal.mal_nr)),
        enhet: mal.enhet.map_or("", |enhet| enhet.text()),
        utfall: outcomes.map(outcome).collect(),
    }
}

fn quarters(of: &InsatsUnderlag, id: &str, figures: &HashMap<FigureId, Value>) -> Vec<KvartalRad> {
    const UTFALL: &str = "utfall_tkr_";
    let told = figures.keys().filter(|figure| figure.tabell == "kvartal");
    let mut quarters: Vec<Kvartal> =
        told.filter_map(|figure| figure.kolumn.strip_prefix(UTFALL)?.parse().ok()).collect();
    quarters.sort();
    let row = |kvartal: Kvartal| {
        let of_quarter = |name: &str| cell(figures, "kvartal", id, format!("{name}_{kvartal}"));
        let used = of.rekvisitioner.iter().filter(|row| row.kvartal == kvartal).map(|row| row.belopp_kr.ore()).sum();
        let granted = of.budget.iter().filter(|row| row.kvartal == kvartal).map(|row| row.belopp_kr.ore()).sum();
        KvartalRad {
            kvartal,
            utfall: of_quarter("utfall_tkr"),
            budget: of_quarter("budget_tkr"),
            kronor: (used, granted),
            personer: ["inregistrerade", "avslutade", "till_arbete_studier", "pagaende"].map(of_quarter),
        }
    };
    quarters.into_iter().map(row).collect()
}

type Question = (&'static str, fn(&Kvartalsrapport) -> String);

fn yes(holds: bool) -> String {
    if holds { "Ja" } else { "Nej" }.to_owned()
}

/// Every question of the quarterly report, in its order.
const QUESTIONS: [Question; 13] = [
    ("I fas med målen, enligt styrgruppen", |r| r.i_fas.text().to_owned()),
    ("I fas med målen, enligt kansliet", |r| r.kansli_i_fas.map_or_else(String::new, |view| view.text().to_owned())),
    ("Prognos för måluppfyllelse", |r| r.prognos.text().to_owned()),
    ("Vakans i resurs som förbundet finansierar", |r| yes(r.vakans_sof)),
    ("Vakans i resurs som parterna finansierar", |r| yes(r.vakans_egen)),
    ("Styrgruppsmöten har hållits enligt avtal", |r| yes(r.styrgruppsmoten)),
    ("Ordinarie ledamöter har varit med", |r| yes(r.ordinarie_representation)),
    ("Uppföljning har registrerats enligt avtal", |r| yes(r.uppfoljning)),
    ("Metoden stämmer med ansökan", |r| yes(r.kontroll_metod)),
    ("Målgruppen stämmer med ansökan", |r| yes(r.kontroll_malgrupp)),
    ("Jämlikhet och jämställdhet har diskuterats", |r| match (r.jamlikhet, r.jamstalldhet) {
        (true, true) => "Ja".to_owned(),
        (true, false) => "Bara jämlikhet".to_owned(),
        (false, true) => "Bara jämställdhet".to_owned(),
        (false, false) => "Nej".to_owned(),
    }),
    ("Förutsättningar för implementering har diskuterats", |r| yes(r.implementering_diskuterad)),
    ("Avvikelse i målgrupp eller metod", |r| yes(r.avvikelse_malgrupp_metod)),
];

/// The quarters whose report is in, and those whose report is missing; the latest first. Before the first report nothing
/// is missed: reports from before the system began may never come.
fn reports(of: &InsatsUnderlag, per: Datum) -> (Vec<Kvartal>, Vec<Kvartal>) {
    let mut quarters: Vec<Kvartal> = of.rapporter.iter().map(|report| report.kvartal).collect();
    quarters.sort_by(|one, other| other.cmp(one));
    let Some(first) = quarters.last().copied() else { return (quarters, Vec::new()) };
    let later = std::iter::successors(Some(first), |quarter| Some(quarter.next()));
    let due = later.take_while(|quarter| quarter.due() <= per);
    let mut missing: Vec<Kvartal> =
        due.filter(|quarter| laget::reported(of, *quarter, per) == Rapportlage::Saknas).collect();
    missing.reverse();
    (quarters, missing)
}

fn answers(of: &InsatsUnderlag, quarters: &[Kvartal]) -> Vec<FragaRad> {
    let report = |quarter: &Kvartal| of.rapporter.iter().find(|report| report.kvartal == *quarter);
    let reports: Vec<&Kvartalsrapport> = quarters.iter().filter_map(report).collect();
    let row =
        |(fraga, answer): Question| FragaRad { fraga, svar: reports.iter().map(|report| answer(report)).collect() };
    QUESTIONS.into_iter().map(row).collect()
}

fn comments(reports: &[Kvartalsrapport]) -> Vec<(Kvartal, &'static str, String)> {
    let of = |report: &Kvartalsrapport| {
        let said = [("Styrgruppen", &report.kommentar), ("Kansliet", &report.kansli_motiv)];
        let quarter = report.kvartal;
        said.into_iter().filter_map(move |(who, text)| Some((quarter, who, text.clone()?))).collect::<Vec<_>>()
    };
    reports.iter().flat_map(of).collect()
}
