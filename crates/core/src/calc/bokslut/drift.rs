//! The driftsredovisning: what the board planned and what came of it, per part of the plan, insats and post.

use super::{ar, kopplat, objektnamn};
use crate::Id;
use crate::calc::source::{Bokvarde, Planandel, Source};
use crate::objektsaldo::PROJEKT;
use crate::planpost::{Plankategori, Planslag};
use crate::rapportstruktur::Rad;
use crate::underlag::{Plan, PlanNr, Post, Underlag};
use samsyn_document::{Belopp, Datum, Value};

/// Where in the driftsredovisning a row stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Driftgrupp {
    /// Income.
    Intakter,
    /// The board, the kansli and projects of its own.
    Forvaltning,
    /// Insatser.
    Samverkansinsatser,
    /// What supports the insatser.
    OvrigaSamverkansinsatser,
    /// What belongs to no row above.
    Ovrigt,
}

impl Driftgrupp {
    /// Its heading.
    pub const fn text(self) -> &'static str {
        match self {
            Driftgrupp::Intakter => "Intäkter",
            Driftgrupp::Forvaltning => "Styrelse, kansli och projekt",
            Driftgrupp::Samverkansinsatser => "Samverkansinsatser",
            Driftgrupp::OvrigaSamverkansinsatser => "Övriga samverkansinsatser",
            Driftgrupp::Ovrigt => "Övrigt",
        }
    }
}

/// A row: what was planned and what came of it, in kronor with the sign of the page.
#[derive(Clone, Debug)]
pub struct Driftrad {
    /// Its name in figures.
    pub namn: String,
    /// Its words.
    pub text: String,
    /// Where it stands.
    pub grupp: Driftgrupp,
    /// What the plan says; missing when it has no such post.
    pub budget: Option<Source>,
    /// What the bookkeeping says.
    pub utfall: Source,
}

/// Rows of cost centres, with their names in figures and their words.
pub(super) const PARTER: [(Plankategori, &str, &str); 6] = [
    (Plankategori::Fortroendevalda, "styrelse", "Styrelse"),
    (Plankategori::Forvaltning, "kansli", "Kansli"),
    (Plankategori::ForvaltningEsf, "kansli_esf", "Kansli, ESF-projekt"),
    (Plankategori::Esf, "kostnader_esf", "Kostnader, ESF-projekt"),
    (Plankategori::Projekt, "projekt", "Projekt"),
    (Plankategori::OvrigaKostnaderNetto, "ovriga_kostnader_netto", "Övriga kostnader, netto"),
];

/// A plan and the place of its column that tells what a year's budget, or forecast, is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Aretsplan {
    /// The plan.
    pub plan: PlanNr,
    /// The column's place.
    pub kolumn: usize,
}

impl Aretsplan {
    /// The latest plan with a column of the kind for the year; a column that does not say counts as budget.
    pub fn av(underlag: &Underlag, ar: u16, slag: Planslag) -> Option<Aretsplan> {
        let column = |plan: &Plan| {
            let of = |wanted: Option<Planslag>| plan.kolumner.iter().position(|c| c.ar == ar && c.slag == wanted);
            of(Some(slag)).or_else(|| of(None).filter(|_| slag == Planslag::Budget))
        };
        let plans = underlag.ekonomi.planer.iter().enumerate().rev();
        plans.filter_map(|(plan, of)| Some(Aretsplan { plan, kolumn: column(of)? })).next()
    }

    /// Some of its posts, for a whole year or half of one; missing when none is chosen.
    pub fn del(self, poster: Vec<usize>, halv: bool) -> Option<Source> {
        let any = !poster.is_empty();
        any.then_some(Source::Bok(Bokvarde::Plan(Planandel { plan: self.plan, kolumn: self.kolumn, poster, halv })))
    }

    /// The places of the posts that a rule picks.
    pub fn poster(self, underlag: &Underlag, wanted: impl Fn(&Post) -> bool) -> Vec<usize> {
        let plan = &underlag.ekonomi.planer[self.plan];
        plan.poster.iter().enumerate().filter(|(_, post)| wanted(post)).map(|(at, _)| at).collect()
    }

    /// Every post that is income or cost; applications and what is brought forward are not.
    pub fn alla(self, underlag: &Underlag) -> Vec<usize> {
        self.poster(underlag, |post| post.kategori.is_income() || post.kategori.is_cost())
    }
}

/// The rows, each with what was planned for the whole year or half of it, and what came of it at the closing.
pub fn driftrader(underlag: &Underlag, till: Datum, halv: bool) -> Vec<Driftrad> {
    let plan = Aretsplan::av(underlag, ar(till), Planslag::Budget);
    let mut rows = intakter(underlag, till, halv, plan);
    for (kategori, namn, text) in PARTER {
        let posts = plan.map(|of| of.poster(underlag, |post| post.kategori == kategori)).unwrap_or_default();
        rows.push(Driftrad {
            namn: namn.to_owned(),
            text: text.to_owned(),
            grupp: Driftgrupp::Forvaltning,
            budget: plan.and_then(|of| of.del(posts, halv)),
            utfall: Source::Bok(Bokvarde::Part(till, kategori)),
        });
    }
    projekt(underlag, till, halv, plan, &mut rows);
    rows
}

/// Whether a post of the plan is what a line of income tells.
fn is_on(post: &Post, rad: Rad) -> bool {
    let name = post.namn.to_lowercase();
    let eu = name.contains("esf") || name.starts_with("eu");
    match rad {
        Rad::Rorelseintakter => name.contains("medlemsavgift") || post.kategori == Plankategori::Anslag,
        Rad::EuBidrag => eu,
        _ => false,
    }
}

/// The lines of income that the plan has posts for. Their accounts are counted here, whatever cost centre they have.
pub const INTAKTSRADER: [Rad; 2] = [Rad::Rorelseintakter, Rad::EuBidrag];

fn intakter(underlag: &Underlag, till: Datum, halv: bool, plan: Option<Aretsplan>) -> Vec<Driftrad> {
    let of = |rad: Rad| {
        let posts = plan.map(|of| of.poster(underlag, |post| post.kategori.is_income() && is_on(post, rad)));
        let posts = posts.unwrap_or_default();
        let one = posts.first().zip(plan).and_then(|(&at, of)| underlag.ekonomi.planer[of.plan].poster.get(at));
        let (namn, text) = match (rad, one) {
            (Rad::Rorelseintakter, _) => ("medlemsavgifter".to_owned(), "Medlemsavgifter".to_owned()),
            (_, Some(post)) => (post.marke().replace("-medel", "").replace('-', "_"), post.namn.clone()),
            (_, None) => (rad.kod().to_owned(), rad.text().to_owned()),
        };
        Driftrad {
            namn,
            text,
            grupp: Driftgrupp::Intakter,
            budget: plan.and_then(|of| of.del(posts, halv)),
            utfall: Source::Bok(Bokvarde::Rad(super::Tid::vid(till), rad)),
        }
    };
    INTAKTSRADER.map(of).to_vec()
}

/// The name that a post of the plan has where a year's projects are mapped: the insats's id, or its words in small
/// letters; the mapping may have the first of its words only.
pub fn postnyckel(underlag: &Underlag, ar: u16, post: &Post) -> String {
    if underlag.insats_nr(&post.namn).is_some() {
        return post.namn.clone();
    }
    let mapped = underlag.bokforing.projekt(ar).iter().map(|row| &row.insats_id_eller_post);
    let longest = mapped.filter(|id| post.is_mapped_by(id)).max_by_key(|id| id.as_str().len());
    longest.map_or_else(|| post.marke().replace('-', "_"), Id::to_string)
}

fn projekt(underlag: &Underlag, till: Datum, halv: bool, plan: Option<Aretsplan>, rows: &mut Vec<Driftrad>) {
    let insatser = |kategori| match kategori {
        Plankategori::Samverkansinsatser => Some(Driftgrupp::Samverkansinsatser),
        Plankategori::OvrigaSamverkansinsatser => Some(Driftgrupp::OvrigaSamverkansinsatser),
        _ => None,
    };
    let mut told: Vec<String> = Vec::new();
    if let Some(of) = plan {
        for (at, post) in underlag.ekonomi.planer[of.plan].poster.iter().enumerate() {
            let Some(grupp) = insatser(post.kategori) else { continue };
            let namn = postnyckel(underlag, ar(till), post);
            let Some(id) = Id::new(&namn) else { continue };
            if let Some(same) = rows.iter_mut().find(|row| row.namn == namn && row.grupp == grupp) {
                if let Some(Source::Bok(Bokvarde::Plan(of))) = &mut same.budget {
                    of.poster.push(at);
                }
                continue;
            }
            told.push(namn.clone());
            rows.push(Driftrad {
                text: crate::calc::namn::postnamn(underlag, post),
                namn,
                grupp,
                budget: of.del(vec![at], halv),
                utfall: Source::Bok(Bokvarde::Projekt(till, id)),
            });
        }
    }
    for (namn, text, utfall) in ovriga_projekt(underlag, till, &told) {
        let insats = matches!(utfall, Source::Bok(Bokvarde::SieProjekt(..))) || underlag.insats_nr(&namn).is_some();
        let grupp = if insats { Driftgrupp::Samverkansinsatser } else { Driftgrupp::OvrigaSamverkansinsatser };
        rows.push(Driftrad { namn, text, grupp, budget: None, utfall });
    }
    rows.sort_by_key(|row| row.grupp);
}

/// Projects that no row tells of: mapped to an insats or post that the plan does not have, and mapped to nothing. Name,
/// words and amount of each.
fn ovriga_projekt(underlag: &Underlag, till: Datum, told: &[String]) -> Vec<(String, String, Source)> {
    let bokforing = &underlag.bokforing;
    let Some(of) = bokforing.per(till) else { return Vec::new() };
    let mut projects: Vec<&Id> =
        of.objekt.iter().filter(|row| row.dimension == PROJEKT).map(|row| &row.objekt).collect();
    projects.dedup();
    let mut found: Vec<(String, String, Source)> = Vec::new();
    for project in projects {
        let row = match kopplat(bokforing, till, project) {
            Some(post) if told.contains(&post.to_string()) => continue,
            Some(post) => {
                let text = underlag
                    .insats_nr(post.as_str())
                    .map_or_else(|| objektnamn(of, PROJEKT, project), |nr| underlag.insatser[nr].kortnamn().to_owned());
                (post.to_string(), text, Source::Bok(Bokvarde::Projekt(till, post.clone())))
            }
            None => {
                let source = Source::Bok(Bokvarde::SieProjekt(till, project.clone()));
                (format!("projekt-{project}"), objektnamn(of, PROJEKT, project), source)
            }
        };
        if !found.iter().any(|(namn, ..)| *namn == row.0) {
            found.push(row);
        }
    }
    found
}

/// What the plan has for no row: its other income. Missing when every post has a row.
pub fn ovriga_poster(underlag: &Underlag, till: Datum, halv: bool, rows: &[Driftrad]) -> Option<Source> {
    let plan = Aretsplan::av(underlag, ar(till), Planslag::Budget)?;
    let told = |at: &usize| {
        rows.iter().any(|row| matches!(&row.budget, Some(Source::Bok(Bokvarde::Plan(of))) if of.poster.contains(at)))
    };
    let rest: Vec<usize> = plan.alla(underlag).into_iter().filter(|at| !told(at)).collect();
    plan.del(rest, halv)
}

/// Whether a value is nothing: missing, or nought.
pub fn is_nothing(value: &Value) -> bool {
    matches!(value, Value::Missing) || matches!(value, Value::Belopp(amount, _) if *amount == Belopp::NOLL)
}
