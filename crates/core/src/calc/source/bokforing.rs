//! Figures of the bookkeeping, and of the plan beside it.

use super::fakta::fact;
use crate::Id;
use crate::calc::bokslut::not::{Not, Notpost};
use crate::calc::bokslut::{self, Tid};
use crate::calc::figure::FactRef;
use crate::kontosaldo::Kontosaldo;
use crate::objektsaldo::{KOSTNADSSTALLE, Objektsaldo, PROJEKT};
use crate::planpost::{Plankategori, Planpost};
use crate::rapportstruktur::Rad;
use crate::underlag::{PlanNr, Underlag};
use samsyn_document::{Belopp, Datum, Unit, Value, format};

/// An amount of the bookkeeping, with the sign of the page; of the statements in whole kronor.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Bokvarde {
    /// A line of the statements.
    Rad(Tid, Rad),
    /// A row of a note.
    Not(Tid, Not, Notpost),
    /// The result from the year's beginning to a closing.
    Resultat(Datum),
    /// What belongs to a category's cost centres.
    Part(Datum, Plankategori),
    /// What belongs to the projects of an insats or a post of the plan.
    Projekt(Datum, Id),
    /// What belongs to one project, by its number in the bookkeeping.
    SieProjekt(Datum, Id),
    /// Posts of a plan.
    Plan(Planandel),
}

/// Posts of a plan in one of its columns, all of the year or half of it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Planandel {
    /// The plan.
    pub plan: PlanNr,
    /// The column's place in the plan.
    pub kolumn: usize,
    /// The posts' places in the plan.
    pub poster: Vec<usize>,
    /// Whether half of the year's amount is meant.
    pub halv: bool,
}

impl Planandel {
    fn rader(&self, underlag: &Underlag) -> Vec<Planpost> {
        let Some(plan) = underlag.ekonomi.planer.get(self.plan) else { return Vec::new() };
        let (Some(datum), Some(&kolumn)) = (plan.datum, plan.kolumner.get(self.kolumn)) else { return Vec::new() };
        let posts = self.poster.iter().filter_map(|&at| plan.poster.get(at));
        let row = |post: &crate::underlag::Post| {
            let belopp_kr = post.belopp.get(self.kolumn).copied().flatten()?;
            Some(Planpost { plan: datum, kategori: post.kategori, post: post.namn.clone(), kolumn, belopp_kr })
        };
        posts.filter_map(row).collect()
    }

    fn belopp(&self, underlag: &Underlag) -> Option<Belopp> {
        let rows = self.rader(underlag);
        let signed = |row: &Planpost| if row.kategori.is_income() { row.belopp_kr } else { -row.belopp_kr };
        let sum: Belopp = rows.iter().map(signed).sum();
        let whole = if self.halv { Belopp::from_ore(sum.ore() / 2) } else { sum };
        (!rows.is_empty()).then_some(whole)
    }
}

impl Bokvarde {
    /// The amount in whole kronor; missing without a closing, or without a post in the plan.
    pub(super) fn value(&self, underlag: &Underlag) -> Value {
        let bokforing = &underlag.bokforing;
        let known = |till: &Datum, dimension| bokslut::har_objekt(bokforing, *till, dimension);
        let spent = |rows: Vec<&Objektsaldo>| -rows.iter().map(|row| row.belopp_kr).sum::<Belopp>();
        let amount = match self {
            Bokvarde::Rad(tid, rad) => bokslut::radbelopp(bokforing, *tid, *rad),
            Bokvarde::Not(tid, not, post) => not.belopp(bokforing, *tid, post),
            Bokvarde::Resultat(till) => bokslut::resultat(bokforing, *till),
            Bokvarde::Part(till, kategori) => {
                known(till, KOSTNADSSTALLE).then(|| spent(bokslut::av_part(bokforing, *till, *kategori)))
            }
            Bokvarde::Projekt(till, post) => {
                known(till, PROJEKT).then(|| spent(bokslut::av_projekt(bokforing, *till, post)))
            }
            // A project without any row had not begun, or was over.
            Bokvarde::SieProjekt(till, projekt) => {
                Some(bokslut::av_sieprojekt(bokforing, *till, projekt)).filter(|rows| !rows.is_empty()).map(spent)
            }
            Bokvarde::Plan(andel) => andel.belopp(underlag),
        };
        // The statements are in whole kronor, line by line; what is shown in thousands is rounded once, from öre.
        let line = matches!(self, Bokvarde::Rad(..) | Bokvarde::Not(..) | Bokvarde::Resultat(_));
        let rounded = |amount| if line { bokslut::hela_kronor(amount) } else { amount };
        amount.map_or(Value::Missing, |amount| Value::Belopp(rounded(amount), Unit::Kronor))
    }

    pub(super) fn rule(&self, underlag: &Underlag) -> String {
        let at = |tid: &Tid| {
            if tid.ingaende {
                format!("när räkenskapsåret för bokslutet {} började", tid.till)
            } else {
                format!("per {}", format::long_date(tid.till))
            }
        };
        let sign = "Intäkter, tillgångar, eget kapital och skulder är positiva, kostnader negativa.";
        match self {
            Bokvarde::Rad(tid, rad) => format!(
                "Saldona {} på de konton som rapportstrukturen för {} lägger på raden {}, avrundade till hela kronor. {sign}",
                at(tid),
                bokslut::ar(tid.till),
                rad.text()
            ),
            Bokvarde::Not(tid, not, post) => {
                let what = match post {
                    Notpost::Namn(_) => "de konton som rapportstrukturen lägger på raden".to_owned(),
                    Notpost::Konto(konto) => format!("konto {konto}"),
                    Notpost::Post(post) => format!("notens konton som hör till de projekt som är {post}"),
                    Notpost::Projekt(projekt) => format!("notens konton som hör till projekt {projekt}"),
                    Notpost::UtanProjekt => "notens konton som inte hör till något projekt".to_owned(),
                };
                format!("Not {}: det som {} står på {what}, avrundat till hela kronor. {sign}", not.nr, at(tid))
            }
            Bokvarde::Resultat(till) => format!(
                "Alla intäkter minus alla kostnader från räkenskapsårets början till och med {}, avrundat till hela kronor \
                 från ören.",
                format::long_date(*till)
            ),
            Bokvarde::Part(till, kategori) => format!(
                "Intäkter och kostnader från räkenskapsårets början till och med {} på de kostnadsställen som hör till {}, utan \
                 medlemsavgifter och EU-bidrag. Kostnader är negativa.",
                format::long_date(*till),
                kategori.text()
            ),
            Bokvarde::Projekt(till, post) => format!(
                "Intäkter och kostnader från räkenskapsårets början till och med {} på de projekt i bokföringen som är {post}, \
                 utan medlemsavgifter och EU-bidrag. Kostnader är negativa.",
                format::long_date(*till)
            ),
            Bokvarde::SieProjekt(till, projekt) => format!(
                "Intäkter och kostnader från räkenskapsårets början till och med {} på projekt {projekt} i bokföringen, utan \
                 medlemsavgifter och EU-bidrag. Kostnader är negativa.",
                format::long_date(*till)
            ),
            Bokvarde::Plan(andel) => {
                let plan = underlag.ekonomi.planer.get(andel.plan);
                let meeting = plan.and_then(|plan| plan.datum).map_or_else(String::new, format::long_date);
                let column = plan.and_then(|plan| plan.kolumner.get(andel.kolumn)).map(|column| column.rubrik());
                let part = if andel.halv { "Hälften av året" } else { "Året" };
                format!(
                    "{part} i kolumnen {} i planen till styrelsens möte den {meeting}. Intäkter är positiva, kostnader \
                     negativa. Planen är en annan budget än den som insatserna har beviljats per kvartal.",
                    column.unwrap_or_default()
                )
            }
        }
    }

    /// The accounts, projects, cost centres or posts, and what they are called together.
    pub(super) fn facts(&self, underlag: &Underlag) -> (String, Vec<FactRef>) {
        let bokforing = &underlag.bokforing;
        let accounts = |tid: Tid, rows: Vec<&Kontosaldo>| {
            rows.into_iter().map(|row| fact(row, konto(row, tid.saldo(row)))).collect::<Vec<_>>()
        };
        let sums = |rows: Vec<&Objektsaldo>| rows.into_iter().map(|row| fact(row, objekt(row))).collect::<Vec<_>>();
        match self {
            Bokvarde::Rad(tid, rad) => {
                (format!("{}, konton", rad.text()), accounts(*tid, bokslut::konton(bokforing, tid.till, *rad)))
            }
            Bokvarde::Not(tid, not, post @ (Notpost::Post(_) | Notpost::Projekt(_))) => {
                ("Projekt i bokföringen".to_owned(), sums(not.projekt(bokforing, tid.till, post)))
            }
            Bokvarde::Not(tid, not, post) => {
                ("Konton".to_owned(), accounts(*tid, not.konton(bokforing, tid.till, post)))
            }
            Bokvarde::Resultat(till) => {
                ("Konton".to_owned(), accounts(Tid::vid(*till), bokslut::resultatkonton(bokforing, *till)))
            }
            Bokvarde::Part(till, kategori) => {
                ("Kostnadsställen i bokföringen".to_owned(), sums(bokslut::av_part(bokforing, *till, *kategori)))
            }
            Bokvarde::Projekt(till, post) => {
                ("Projekt i bokföringen".to_owned(), sums(bokslut::av_projekt(bokforing, *till, post)))
            }
            Bokvarde::SieProjekt(till, projekt) => {
                ("Projekt i bokföringen".to_owned(), sums(bokslut::av_sieprojekt(bokforing, *till, projekt)))
            }
            Bokvarde::Plan(andel) => {
                let said = |row: &Planpost| {
                    format!("{}, {}, {} kr", row.post, row.kolumn.rubrik(), format::number(row.belopp_kr.kronor()))
                };
                ("Poster i planen".to_owned(), andel.rader(underlag).iter().map(|row| fact(row, said(row))).collect())
            }
        }
    }
}

fn konto(row: &Kontosaldo, amount: Belopp) -> String {
    format!("{} {}: {} kr i bokföringen", row.konto, row.namn, format::kronor(amount))
}

fn objekt(row: &Objektsaldo) -> String {
    let name = row.namn.as_deref().map_or_else(String::new, |name| format!(" {name}"));
    format!("{}{name}, konto {}: {} kr i bokföringen", row.objekt, row.konto, format::kronor(row.belopp_kr))
}
