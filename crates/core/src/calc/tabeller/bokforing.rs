//! Figures of the bookkeeping: statements, notes, driftsredovisning, key ratios. A column is a closing, or says what it
//! tells of the counted half-year.

use super::Figures;
use crate::calc::bokslut::drift::{self, Aretsplan, Driftrad};
use crate::calc::bokslut::insatser::{INRIKTNING, insatsrader, kostnad};
use crate::calc::bokslut::not::{Not, Notpost};
use crate::calc::bokslut::uppstallning::{Form, Uppstalld, balansrakning, kassaflode, resultatrakning};
use crate::calc::bokslut::{Tid, ar, oversikt};
use crate::calc::kontekst::Rakning;
use crate::calc::source::{Bokvarde, Source};
use crate::planpost::{Plankategori, Planslag};
use crate::rapportstruktur::{Rad, Radgrupp};
use crate::underlag::{Bokforing, Underlag};
use samsyn_document::{Datum, Halvar, Value};

/// The closings that a report shows beside each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Boksluten {
    /// The half-year's last day.
    pub till: Datum,
    /// The same day of the year before.
    pub fjol: Datum,
    /// The last day of the year before.
    pub arsslut: Datum,
}

impl Boksluten {
    /// Those of a half-year: the delårsrapport's for the first, the årsredovisning's for the second.
    pub fn av(period: Halvar) -> Boksluten {
        let till = period.last();
        let arsslut = period.year_start().add_days(-1);
        let fjol = if period.number() == 1 { oversikt::ar_fore(till, 1) } else { arsslut };
        Boksluten { till, fjol, arsslut }
    }

    /// Those of them that there are, for income and costs.
    pub fn resultat(&self, bokforing: &Bokforing) -> Vec<Datum> {
        known(bokforing, &[self.till, self.fjol])
    }

    /// Those of them that there are, for assets and debts.
    pub fn balans(&self, bokforing: &Bokforing) -> Vec<Datum> {
        known(bokforing, &[self.till, self.fjol, self.arsslut])
    }
}

fn known(bokforing: &Bokforing, days: &[Datum]) -> Vec<Datum> {
    let mut all: Vec<Datum> = Vec::new();
    for &day in days {
        if bokforing.per(day).is_some() && !all.contains(&day) {
            all.push(day);
        }
    }
    all
}

/// The name of a row in a note.
pub fn notnamn(post: &Notpost) -> String {
    match post {
        Notpost::Namn(name) => name.to_string(),
        Notpost::Konto(konto) => konto.to_string(),
        Notpost::Post(post) => post.to_string(),
        Notpost::Projekt(projekt) => format!("projekt-{projekt}"),
        Notpost::UtanProjekt => "utan_projekt".to_owned(),
    }
}

/// Every figure of the bookkeeping for a half-year's report; none without its closing.
fn figures(to: &mut Figures<'_, '_>) {
    let underlag = to.rakning.underlag;
    let closings = Boksluten::av(to.rakning.period);
    if underlag.bokforing.per(closings.till).is_none() {
        return;
    }
    for till in closings.resultat(&underlag.bokforing) {
        statement(to, "resultatrakning", till, resultatrakning(Form::av(ar(closings.till)), till));
        statement(to, "kassaflode", till, kassaflode(till));
    }
    for till in closings.balans(&underlag.bokforing) {
        statement(to, "balansrakning", till, balansrakning(Tid::vid(till)));
    }
    for rad in Rad::av(Radgrupp::EgetKapital) {
        let source = Source::Bok(Bokvarde::Rad(Tid::ingaende(closings.till), rad));
        to.add("balansrakning", rad.kod(), format!("{}-ingaende", closings.till), source);
    }
    notes(to, &closings);
    drift(to, &closings);
    parts(to, &closings);
    insatser(to, &closings);
    ratios(to, &closings);
    overview(to, &closings);
}

fn statement(to: &mut Figures<'_, '_>, tabell: &str, till: Datum, rader: Vec<Uppstalld>) {
    for rad in rader {
        if let Uppstalld::Post(post) = rad {
            to.add(tabell, post.namn, till.to_string(), post.source);
        }
    }
}

fn notes(to: &mut Figures<'_, '_>, closings: &Boksluten) {
    let underlag = to.rakning.underlag;
    let days = closings.balans(&underlag.bokforing);
    for not in Not::av(&underlag.bokforing, ar(closings.till)) {
        let tabell = format!("not-{}", not.nr);
        let posts = not.poster(&underlag.bokforing, &days);
        for &till in &days {
            let source = |post: &Notpost| Source::Bok(Bokvarde::Not(Tid::vid(till), not, post.clone()));
            for post in &posts {
                to.add(&tabell, &notnamn(post), till.to_string(), source(post));
            }
            to.add(&tabell, "summa", till.to_string(), Source::Summa(posts.iter().map(source).collect()));
        }
    }
}

/// A row's plan, outcome and the difference of the two as they are shown.
fn drift(to: &mut Figures<'_, '_>, closings: &Boksluten) {
    let underlag = to.rakning.underlag;
    let halv = to.rakning.period.number() == 1;
    let rows = drift::driftrader(underlag, closings.till, halv);
    let tkr = |source: Source| Source::Tkr(Box::new(source));
    let mut add = |namn: &str, budget: Option<Source>, utfall: Source| {
        let utfall = tkr(utfall);
        if let Some(budget) = budget.map(tkr) {
            to.add("driftsredovisning", namn, "budget_tkr", budget.clone());
            let difference = Source::Skillnad(Box::new(utfall.clone()), Box::new(budget));
            to.add("driftsredovisning", namn, "avvikelse_tkr", difference);
        }
        to.add("driftsredovisning", namn, "utfall_tkr", utfall);
    };
    for row in &rows {
        add(&row.namn, row.budget.clone(), row.utfall.clone());
    }
    let all = Source::Bok(Bokvarde::Resultat(closings.till));
    let rest = drift::ovriga_poster(underlag, closings.till, halv, &rows);
    let told = Source::Summa(rows.into_iter().map(|row: Driftrad| row.utfall).collect());
    add("ovrigt", rest, Source::Skillnad(Box::new(all.clone()), Box::new(told)));
    let plan = Aretsplan::av(underlag, ar(closings.till), Planslag::Budget);
    add("totalt", plan.and_then(|of| of.del(of.alla(underlag), halv)), all);
}

/// Categories of costs, as positive numbers.
pub const PARTER: [Plankategori; 7] = [
    Plankategori::Fortroendevalda,
    Plankategori::Forvaltning,
    Plankategori::ForvaltningEsf,
    Plankategori::Esf,
    Plankategori::Projekt,
    Plankategori::Samverkansinsatser,
    Plankategori::OvrigaSamverkansinsatser,
];

/// What was spent on a category, as a positive number in tkr.
fn spent(till: Datum, kategori: Plankategori) -> Source {
    kostnad(Source::Bok(Bokvarde::Part(till, kategori)))
}

/// What a plan has for a category, as a positive number in tkr.
fn planned(underlag: &Underlag, of: Aretsplan, halv: bool, kategorier: &[Plankategori]) -> Option<Source> {
    let posts = of.poster(underlag, |post| kategorier.contains(&post.kategori));
    of.del(posts, halv).map(kostnad)
}

fn parts(to: &mut Figures<'_, '_>, closings: &Boksluten) {
    let underlag = to.rakning.underlag;
    let halv = to.rakning.period.number() == 1;
    let plan = Aretsplan::av(underlag, ar(closings.till), Planslag::Budget);
    let forecast = Aretsplan::av(underlag, ar(closings.till), Planslag::Prognos);
    for kategori in PARTER {
        for till in closings.resultat(&underlag.bokforing) {
            to.add("kostnader", kategori.kod(), format!("{till}_tkr"), spent(till, kategori));
        }
        for (of, kolumn) in [(plan, "arsbudget_tkr"), (forecast, "arsprognos_tkr")] {
            if let Some(source) = of.and_then(|of| planned(underlag, of, false, &[kategori])) {
                to.add("kostnader", kategori.kod(), kolumn, source.clone());
                if kolumn == "arsbudget_tkr" {
                    let used = Source::andel(spent(closings.till, kategori), source);
                    to.add("kostnader", kategori.kod(), "andel_av_arsbudget", used);
                }
            }
        }
    }
    let mut direction = |namn: &str, kategorier: &[Plankategori]| {
        let utfall = Source::Summa(kategorier.iter().map(|&of| spent(closings.till, of)).collect());
        to.add("inriktning", namn, "utfall_tkr", utfall.clone());
        if let Some(budget) = plan.and_then(|of| planned(underlag, of, halv, kategorier)) {
            to.add("inriktning", namn, "budget_tkr", budget.clone());
            to.add("inriktning", namn, "forbrukningskvot", Source::andel(utfall, budget));
        }
    };
    for kategori in INRIKTNING {
        direction(kategori.kod(), &[kategori]);
    }
    direction("summa_insatser", &INRIKTNING);
}

/// How much of its budget an insats is to have used before it counts as having used most of it, in percent.
pub const MEST: i64 = 85;

/// What each insats cost, this year and the last, what the plan has for it, and how much of that it has used.
fn insatser(to: &mut Figures<'_, '_>, closings: &Boksluten) {
    let days = closings.resultat(&to.rakning.underlag.bokforing);
    let mut shares = Vec::new();
    for row in insatsrader(to.rakning, &days) {
        let namn = row.projekt.namn();
        for &till in &days {
            to.add("samverkansinsatser", &namn, format!("{till}_tkr"), row.utfall(till));
        }
        if let Some(budget) = &row.budget {
            let used = Source::andel(row.utfall(closings.till), budget.clone());
            if used.value(to.rakning) != Value::Missing {
                shares.push(used.clone());
            }
            to.add("samverkansinsatser", &namn, "budget_tkr", budget.clone());
            to.add("samverkansinsatser", &namn, "forbrukningskvot", used);
        }
        if let Some(forecast) = row.arsprognos {
            to.add("samverkansinsatser", &namn, "arsprognos_tkr", forecast);
        }
    }
    let most = Source::Over(shares.clone(), Some(MEST));
    to.add("samverkansinsatser", "over_85_procent", "antal", most.clone());
    to.add("samverkansinsatser", "over_85_procent", "andel", Source::andel(most, Source::Over(shares, None)));
}

fn ratios(to: &mut Figures<'_, '_>, closings: &Boksluten) {
    for till in closings.resultat(&to.rakning.underlag.bokforing) {
        for (rad, source) in [
            ("soliditet_procent", oversikt::soliditet(till)),
            ("kassalikviditet_procent", oversikt::kassalikviditet(till)),
        ] {
            if let Some(source) = source {
                to.add("nyckeltal", rad, till.to_string(), source);
            }
        }
    }
}

/// How many years the overview shows, the counted one first.
pub const OVERSIKTENS_AR: u16 = 5;

fn overview(to: &mut Figures<'_, '_>, closings: &Boksluten) {
    let underlag = to.rakning.underlag;
    for years in 0..OVERSIKTENS_AR {
        let till = oversikt::ar_fore(closings.till, years);
        for (rad, _) in oversikt::OVERSIKT {
            if let Some(source) = oversikt::oversikt(underlag, rad, till) {
                to.add("oversikt", rad, till.to_string(), source);
            }
        }
    }
    for till in closings.resultat(&underlag.bokforing) {
        for (rad, _, notrad) in oversikt::BALANSKRAV {
            if let Some(source) = oversikt::balanskrav(underlag, till, notrad) {
                to.add("balanskrav", rad, till.to_string(), source);
            }
        }
        to.add("balanskrav", "balanskravsresultat", till.to_string(), oversikt::balanskravsresultat(underlag, till));
    }
    let this = ar(closings.till);
    for year in oversikt::resultatar(underlag, this + u16::from(to.rakning.period.number() == 2)) {
        if let Some(source) = oversikt::arsresultat(underlag, year) {
            to.add("arsresultat", &year.to_string(), "resultat_tkr", source);
        }
    }
    for year in this.saturating_sub(20)..=this {
        if let Some((income, spent)) = oversikt::medlemsintakt(underlag, year) {
            to.add("forbrukning", &year.to_string(), "medlemsintakt_tkr", income.clone());
            to.add("forbrukning", &year.to_string(), "samverkansinsatser_tkr", spent.clone());
            to.add("forbrukning", &year.to_string(), "andel", Source::andel(spent, income));
        }
    }
}

/// The tables of the bookkeeping that have no other figures.
const TABELLER: [&str; 9] = [
    "resultatrakning",
    "balansrakning",
    "kassaflode",
    "driftsredovisning",
    "kostnader",
    "samverkansinsatser",
    "oversikt",
    "balanskrav",
    "arsresultat",
];

/// Whether a figure is of the bookkeeping; two tables have others too.
pub fn is_of(id: &samsyn_document::FigureId) -> bool {
    let note = id.tabell.strip_prefix("not-").is_some_and(|number| number.parse::<u16>().is_ok());
    let row = id.rad.as_str();
    note || TABELLER.contains(&id.tabell.as_str())
        || matches!(id.tabell.as_str(), "forbrukning" | "resultatmal" | "aktiviteter")
        || (id.tabell == "nyckeltal" && matches!(row, "soliditet_procent" | "kassalikviditet_procent"))
        || (id.tabell == "inriktning" && (row == "summa_insatser" || Plankategori::of_kod(row).is_some()))
}

/// Every figure of the bookkeeping for the counted half-year.
pub fn bokslut(rakning: &Rakning<'_>) -> Vec<crate::calc::Figure> {
    let mut to = Figures { rakning, list: Vec::new() };
    figures(&mut to);
    super::verksamhet::figures(&mut to);
    to.list
}
