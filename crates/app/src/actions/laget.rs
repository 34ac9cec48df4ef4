//! The situation of a förbund on one page: what needs attention, its insatser row by row, totals, and how it has
//! developed over the half-years.

use crate::Error;
use crate::access::{Action, Rights};
use crate::actions::atgarder::{self, Atgard, Oversikt};
use crate::actions::forbund::Chosen;
use crate::actions::{kontrollera, version};
use samsyn_core::calc::rader::belongs;
use samsyn_core::calc::{self, Rakning};
use samsyn_core::insats::InsatsTyp;
use samsyn_core::underlag::{InsatsNr, InsatsUnderlag, Underlag};
use samsyn_document::{Cell, Datum, FigureId, Halvar, Kvartal, Ljus, Value};
use std::collections::HashMap;
use std::sync::Arc;

/// Figures by name, to be put on a page.
#[derive(Debug)]
pub struct Figures(HashMap<FigureId, Value>);

impl Figures {
    /// Every figure of the half-year, and the insatser's own of the year.
    pub fn new(rakning: &Rakning<'_>) -> Figures {
        let all = calc::siffror(rakning).into_iter().chain(calc::arsbudgetar(rakning));
        Figures(all.map(|figure| (figure.id, figure.value)).collect())
    }

    /// A figure as a cell; a missing value when there is none.
    pub fn cell(&self, tabell: &str, rad: &str, kolumn: &str) -> Cell {
        let id = FigureId::new(tabell, rad, kolumn);
        match self.0.get(&id) {
            Some(value) => Cell::figure(value.clone(), id),
            None => Cell { value: Value::Missing, ..Cell::text("") },
        }
    }

    /// Whole percent, when the figure is a share.
    pub fn percent(&self, tabell: &str, rad: &str, kolumn: &str) -> Option<i64> {
        match self.0.get(&FigureId::new(tabell, rad, kolumn)) {
            Some(Value::Andel(ratio)) => Some(ratio.percent()),
            _ => None,
        }
    }

    /// A count, when it is known and shown.
    pub fn count(&self, tabell: &str, rad: &str, kolumn: &str) -> Option<i64> {
        match self.0.get(&FigureId::new(tabell, rad, kolumn)) {
            Some(Value::Antal(count)) => Some(*count),
            _ => None,
        }
    }
}

/// A quarterly report as the page tells of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rapportlage {
    /// Handed in.
    Inne,
    /// Due, and not handed in.
    Saknas,
    /// Not due yet.
    Vantas,
    /// The insats does not run in the quarter.
    Ingen,
}

/// One insats.
#[derive(Debug)]
pub struct Rad {
    /// Its id.
    pub id: String,
    /// Its name for tables.
    pub namn: String,
    /// Who runs it.
    pub agare: String,
    /// What it works with.
    pub typ: InsatsTyp,
    /// Its light.
    pub ljus: Option<Ljus>,
    /// The light, as a figure.
    pub trafikljus: Cell,
    /// In phase with its goals.
    pub i_fas: Cell,
    /// Whether the styrgrupp forecasts that the goals will not be reached.
    pub nas_ej: bool,
    /// Förbrukningskvot of the year so far.
    pub kvot: Cell,
    /// The same in whole percent.
    pub kvot_procent: Option<i64>,
    /// How much of the year's budget is used, whole percent.
    pub ar_procent: Option<i64>,
    /// The same, as a figure.
    pub av_aret: Cell,
    /// Used so far.
    pub utfall: Cell,
    /// The year's budget.
    pub budget: Cell,
    /// Enrolled, exited, and ongoing.
    pub nya: Cell,
    /// Exited.
    pub avslutade: Cell,
    /// Ongoing.
    pub pagar: Cell,
    /// The three as numbers for the chart; nothing when any is missing or withheld.
    pub antal: Option<[i64; 3]>,
    /// To work or studies.
    pub till_arbete: Cell,
    /// Its share.
    pub andel: Cell,
    /// The half-year's reports.
    pub rapporter: [(Kvartal, Rapportlage); 2],
    /// Avvikelser without a decision.
    pub oppna_avvikelser: usize,
}

/// A link of a chain that belongs to the half-year, where the row is that of a later link.
#[derive(Debug)]
pub struct Lank {
    /// Its id.
    pub id: String,
    /// Its name.
    pub namn: String,
    /// Who ran it.
    pub agare: String,
    /// The id and name of the insats that has the chain's row.
    pub fortsatter: (String, String),
    /// The half-year's reports.
    pub rapporter: [(Kvartal, Rapportlage); 2],
    /// Avvikelser without a decision.
    pub oppna_avvikelser: usize,
}

/// Quarterly reports that are due and not handed in, of quarters after a half-year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Senare {
    /// The half-year.
    pub efter: Halvar,
    /// How many they are.
    pub antal: usize,
    /// The first half-year that misses one.
    pub forst: Halvar,
}

/// One half-year in the development.
#[derive(Debug)]
pub struct Steg {
    /// Which.
    pub halvar: Halvar,
    /// Deltagit since 1 January, share to work or studies, used of budget so far.
    pub deltagit: Cell,
    /// Exited since 1 January.
    pub avslutade: Cell,
    /// Share to work or studies.
    pub till_arbete: Cell,
    /// Förbrukningskvot.
    pub kvot: Cell,
    /// The first and the last two as numbers, for charts.
    pub antal: [Option<i64>; 3],
}

/// The whole page.
#[derive(Debug)]
pub struct Laget {
    /// The insatser, in the order of the tables.
    pub rader: Vec<Rad>,
    /// Insatser of the half-year that another has taken over from, and that have no row.
    pub lankar: Vec<Lank>,
    /// What is missing after the half-year.
    pub senare: Option<Senare>,
    /// What needs somebody, most urgent first.
    pub atgarder: Vec<Atgard>,
    /// Every figure of the half-year.
    pub figures: Arc<Figures>,
    /// The latest half-years, the earliest first; only for one who sees the whole förbund.
    pub utveckling: Option<Arc<Vec<Steg>>>,
    /// How much of the year had passed, whole percent, at the half-year's end or at `per` if that was before.
    pub gatt_procent: i64,
    /// Whether nothing is known at all.
    pub tomt: bool,
}

impl Laget {
    /// Whether any insats that is shown belongs to the half-year.
    pub fn har_insatser(&self) -> bool {
        !(self.rader.is_empty() && self.lankar.is_empty())
    }

    /// How many quarterly reports are due and not handed in.
    pub fn saknade_rapporter(&self) -> usize {
        let all = self.rader.iter().map(|rad| &rad.rapporter).chain(self.lankar.iter().map(|lank| &lank.rapporter));
        all.flatten().filter(|(_, state)| *state == Rapportlage::Saknas).count()
    }

    /// Whether anyone is only counted.
    pub fn har_anonyma(&self) -> bool {
        self.figures.count("7", "summa", "anonyma") != Some(0)
    }
}

/// The situation in a half-year, as known at the end of a day, as far as the rights reach.
pub async fn laget(chosen: &Chosen<'_>, rights: &Rights, period: Halvar, per: Datum) -> Result<Laget, Error> {
    let underlag = chosen.underlag(per).await?;
    let rakning = chosen.rakning(&underlag, period);
    let figures = chosen.made(&underlag, &format!("lägets siffror {period}"), || Figures::new(&rakning));
    let shown = rakning.rader.tabell_1.iter().map(|&insats| &underlag.insatser[insats]);
    let shown = shown.filter(|of| rights.on(Action::SeLaget, of.insats.insats_id.as_str()));
    let rader: Vec<Rad> = shown.map(|of| rad(&underlag, of, &figures, period, per)).collect();
    let lankar = hidden(&underlag, &rakning.rader.tabell_1, period, per);
    let lankar: Vec<Lank> = lankar.into_iter().filter(|lank| rights.on(Action::SeLaget, &lank.id)).collect();
    let known = half_years(&underlag, per).contains(&period);
    let senare = if known { later(&underlag, rights, period, per) } else { None };
    let findings = match rights.all(Action::SeKontroller) {
        true => Some(kontrollera::kontrollera(chosen, period, per).await?),
        false => None,
    };
    let findings = findings.as_deref().map_or(&[][..], Vec::as_slice);
    let versioner = match rights.all(Action::KommenteraRapport) {
        true => version::vantar(chosen, period).await?,
        false => Vec::new(),
    };
    let atgarder = atgarder::atgarder(&Oversikt {
        rader: &rader,
        lankar: &lankar,
        underlag: &underlag,
        findings,
        versioner: &versioner,
        senare,
        agerar: rights.all(Action::Bedoma),
    });
    let whole = rights.all(Action::SeLaget);
    let utveckling = whole
        .then(|| chosen.made(&underlag, &format!("utveckling {period}"), || development(chosen, &underlag, period)));
    let tomt = underlag.insatser.is_empty();
    Ok(Laget { rader, lankar, senare, atgarder, figures, utveckling, gatt_procent: passed(period, per), tomt })
}

/// The half-year that a page shows when none is asked for: the latest that has a quarterly report, else the one of `per`.
/// Of the insatser that the rights reach.
pub fn latest(underlag: &Underlag, rights: &Rights, per: Datum) -> Halvar {
    let own = underlag.insatser.iter().filter(|of| rights.on(Action::SeLaget, of.insats.insats_id.as_str()));
    let reported = own.flat_map(|insats| &insats.rapporter).map(|report| report.kvartal).max();
    half_of(reported.unwrap_or_else(|| Kvartal::of(per)))
}

/// The latest half-year that any insats has reported on; the one of `per` when there is none.
pub fn reported_half(underlag: &Underlag, per: Datum) -> Halvar {
    let reported = underlag.insatser.iter().flat_map(|insats| &insats.rapporter).map(|report| report.kvartal).max();
    half_of(reported.unwrap_or_else(|| Kvartal::of(per)))
}

fn half_of(quarter: Kvartal) -> Halvar {
    let half = if quarter.number() <= 2 { 1 } else { 2 };
    Halvar::new(quarter.year(), half).unwrap_or_else(|| unreachable!("a quarter lies in a half-year"))
}

/// The half-years that can be chosen, the latest first: those of [`known`], and on to the half-year of `per` for as
/// long as any insats is decided to run.
pub fn half_years(underlag: &Underlag, per: Datum) -> Vec<Halvar> {
    let known = known(underlag, per);
    let decided = underlag.insatser.iter().filter_map(|of| Some(of.period()?.slut)).max();
    let last = decided.and_then(|day| Halvar::of(day.min(per)));
    let next = |half: &Halvar| Halvar::of(half.last().add_days(1));
    let more = std::iter::successors(known.first().and_then(next), next)
        .take_while(|half| last.is_some_and(|last| *half <= last));
    let mut all: Vec<Halvar> = more.collect();
    all.reverse();
    all.extend(known);
    all
}

/// The half-years of every year that has a budget or a report, and those between; the latest first.
fn known(underlag: &Underlag, per: Datum) -> Vec<Halvar> {
    let quarters = |of: &InsatsUnderlag| {
        let budget = of.budget.iter().map(|row| row.kvartal);
        budget.chain(of.rapporter.iter().map(|report| report.kvartal)).collect::<Vec<_>>()
    };
    let known: Vec<Kvartal> = underlag.insatser.iter().flat_map(quarters).collect();
    let first = known.iter().min().map_or(per.year(), |quarter| i32::from(quarter.year()));
    let last = known.iter().max().map_or(per.year(), |quarter| i32::from(quarter.year()));
    let years = (first..=last).rev().filter_map(|year| u16::try_from(year).ok());
    years.flat_map(|year| [2, 1].map(|half| Halvar::new(year, half))).flatten().collect()
}

/// What is missing after a half-year, of the insatser that the rights reach.
fn later(underlag: &Underlag, rights: &Rights, efter: Halvar, per: Datum) -> Option<Senare> {
    let first = efter.quarters()[1].next();
    let quarters = std::iter::successors(Some(first), |quarter| Some(quarter.next()));
    let quarters = quarters.take_while(|quarter| quarter.due() <= per);
    let own = |of: &&InsatsUnderlag| rights.on(Action::SeLaget, of.insats.insats_id.as_str());
    let missing = |quarter: &Kvartal| {
        let of_all = underlag.insatser.iter().filter(own);
        of_all.filter(|of| reported(of, *quarter, per) == Rapportlage::Saknas).count()
    };
    let counts: Vec<(Kvartal, usize)> =
        quarters.map(|quarter| (quarter, missing(&quarter))).filter(|(_, count)| *count > 0).collect();
    let (forst, _) = counts.first()?;
    Some(Senare { efter, antal: counts.iter().map(|(_, count)| count).sum(), forst: half_of(*forst) })
}

fn rad(underlag: &Underlag, of: &InsatsUnderlag, figures: &Figures, period: Halvar, per: Datum) -> Rad {
    let id = of.insats.insats_id.as_str();
    let kedja = underlag.forsta(of.kedja).insats_id.as_str();
    let count = |tabell, kolumn| figures.count(tabell, kedja, kolumn);
    let trafikljus = figures.cell("2", id, "trafikljus");
    let antal = match (count("6", "inregistrerade_S"), count("6", "avslutade_S"), count("6", "pagaende_S")) {
        (Some(nya), Some(avslutade), Some(pagar)) => Some([nya, avslutade, pagar]),
        _ => None,
    };
    Rad {
        id: id.to_owned(),
        namn: of.kortnamn().to_owned(),
        agare: of.insats.insatsagare.clone(),
        typ: of.insats.typ,
        ljus: if let Value::Ljus(light) = trafikljus.value { Some(light) } else { None },
        trafikljus,
        i_fas: figures.cell("2", id, "i_fas"),
        nas_ej: matches!(figures.cell("2", id, "prognos").value, Value::Svar(svar) if svar.kod == "nås_ej"),
        kvot: figures.cell("4", id, "forbrukningskvot"),
        kvot_procent: figures.percent("4", id, "forbrukningskvot"),
        ar_procent: figures.percent("insats", id, "andel_av_arsbudget"),
        av_aret: figures.cell("insats", id, "andel_av_arsbudget"),
        utfall: figures.cell("4", id, "ack_utfall_tkr"),
        budget: figures.cell("insats", id, "arsbudget_tkr"),
        nya: figures.cell("6", kedja, "inregistrerade_S"),
        avslutade: figures.cell("6", kedja, "avslutade_S"),
        pagar: figures.cell("6", kedja, "pagaende_S"),
        antal,
        till_arbete: figures.cell("8", kedja, "till_arbete_studier_S"),
        andel: figures.cell("8", kedja, "andel_S"),
        rapporter: period.quarters().map(|quarter| (quarter, reported(of, quarter, per))),
        oppna_avvikelser: open(of),
    }
}

/// Whether the quarter's report is in. It is due one month after the quarter's end.
pub fn reported(of: &InsatsUnderlag, quarter: Kvartal, per: Datum) -> Rapportlage {
    match of.saknar_rapport(quarter) {
        true if quarter.due() <= per => Rapportlage::Saknas,
        true => Rapportlage::Vantas,
        false if of.rapporter.iter().any(|report| report.kvartal == quarter) => Rapportlage::Inne,
        false => Rapportlage::Ingen,
    }
}

/// Links that belong to the half-year and whose chain has the row of another.
fn hidden(underlag: &Underlag, shown: &[InsatsNr], period: Halvar, per: Datum) -> Vec<Lank> {
    let lank = |(nr, of): (InsatsNr, &InsatsUnderlag)| {
        let row = shown.iter().find(|&&row| underlag.insatser[row].kedja == of.kedja)?;
        let row = &underlag.insatser[*row];
        (!shown.contains(&nr) && belongs(underlag, nr, period)).then(|| Lank {
            id: of.insats.insats_id.to_string(),
            namn: of.insats.namn.clone(),
            agare: of.insats.insatsagare.clone(),
            fortsatter: (row.insats.insats_id.to_string(), row.insats.namn.clone()),
            rapporter: period.quarters().map(|quarter| (quarter, reported(of, quarter, per))),
            oppna_avvikelser: open(of),
        })
    };
    underlag.insatser.iter().enumerate().filter_map(lank).collect()
}

/// Avvikelser without a decision.
fn open(of: &InsatsUnderlag) -> usize {
    of.avvikelser.iter().filter(|avvikelse| avvikelse.beslut.is_none()).count()
}

/// The latest six half-years up to this one that have anything to tell.
fn development(chosen: &Chosen<'_>, underlag: &Arc<Underlag>, period: Halvar) -> Vec<Steg> {
    let mut halves: Vec<Halvar> = known(underlag, period.last());
    halves.retain(|half| half.last() <= period.last() && half.last() <= underlag.per.add_months(6));
    halves.truncate(6);
    let mut steps: Vec<Steg> = halves
        .into_iter()
        .map(|half| {
            let figures = Figures::new(&chosen.rakning(underlag, half));
            Steg {
                halvar: half,
                deltagit: figures.cell("nyckeltal", "deltagit", "antal"),
                avslutade: figures.cell("nyckeltal", "avslutade", "antal"),
                till_arbete: figures.cell("nyckeltal", "till_arbete_studier", "andel"),
                kvot: figures.cell("4", "summa", "forbrukningskvot"),
                antal: [
                    figures.count("nyckeltal", "deltagit", "antal"),
                    figures.percent("nyckeltal", "till_arbete_studier", "andel"),
                    figures.percent("4", "summa", "forbrukningskvot"),
                ],
            }
        })
        .collect();
    steps.reverse();
    steps
}

/// How much of the year has passed at the half-year's end, or at `per` if that is before: whole percent.
fn passed(period: Halvar, per: Datum) -> i64 {
    let at = period.last().min(per);
    if at < period.year_start() {
        return 0;
    }
    i64::from(at.month()) * 100 / 12
}
