//! The förbund's own economy: members with their population, fees, plans and recommended savings.

use crate::Id;
use crate::avgiftsregel::Avgiftsregel;
use crate::folkmangd::Folkmangd;
use crate::medlem::Medlem;
use crate::medlemsavgift::Medlemsavgift;
use crate::planpost::{Plankategori, Plankolumn, Planpost};
use crate::sparandesteg::Sparandesteg;
use samsyn_document::{Belopp, Datum};
use std::collections::HashMap;

/// A plan's place in [`Ekonomi::planer`].
pub type PlanNr = usize;

/// The facts of the förbund's own economy.
#[derive(Clone, Debug, Default)]
pub struct Ekonomi {
    /// Members, in the order of medlemmar.csv.
    pub medlemmar: Vec<Medlem>,
    /// Population per kommun and day.
    pub folkmangd: Vec<Folkmangd>,
    /// Rules for member fees, the earliest year first.
    pub avgiftsregler: Vec<Avgiftsregel>,
    /// The fees of each year together, the earliest year first.
    pub medlemsavgifter: Vec<Medlemsavgift>,
    /// The board's plans, the earliest meeting first.
    pub planer: Vec<Plan>,
    /// Recommended savings, the earliest table first and in it the smallest income.
    pub sparandesteg: Vec<Sparandesteg>,
}

/// The plan as it stood at one board meeting.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// The day of the meeting; missing only in an empty plan.
    pub datum: Option<Datum>,
    /// Its columns: the earliest year first, budget before forecast.
    pub kolumner: Vec<Plankolumn>,
    /// Its posts, by category and in each in the order of the file.
    pub poster: Vec<Post>,
}

/// A post of a plan, with its amounts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Post {
    /// What kind.
    pub kategori: Plankategori,
    /// An insats's id, or its own name.
    pub namn: String,
    /// One amount per column of the plan; missing where there is none.
    pub belopp: Vec<Option<Belopp>>,
}

impl Post {
    /// What tells an application from others in an address: small letters, digits and hyphens.
    pub fn marke(&self) -> String {
        let plain = |letter: char| match letter {
            'å' | 'ä' => 'a',
            'ö' => 'o',
            'é' => 'e',
            other if other.is_ascii_alphanumeric() => other,
            _ => '-',
        };
        let text: String = self.namn.to_lowercase().chars().map(plain).collect();
        let parts: Vec<&str> = text.split('-').filter(|part| !part.is_empty()).collect();
        if parts.is_empty() { "ansokan".to_owned() } else { parts.join("-") }
    }

    /// Whether a project of the bookkeeping with this mapping is of the post: its words in small letters with underscores, or
    /// the first of them.
    pub fn is_mapped_by(&self, id: &Id) -> bool {
        let whole = self.marke().replace('-', "_");
        whole.strip_prefix(id.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('_'))
    }
}

impl Plan {
    /// The plan that these rows make, all of one meeting.
    pub fn new(rows: &[Planpost]) -> Plan {
        let mut kolumner: Vec<Plankolumn> = rows.iter().map(|row| row.kolumn).collect();
        kolumner.sort();
        kolumner.dedup();
        let mut poster: Vec<Post> = Vec::new();
        let mut places: HashMap<(Plankategori, &str), usize> = HashMap::new();
        for row in rows {
            let at = *places.entry((row.kategori, &row.post)).or_insert_with(|| {
                let belopp = vec![None; kolumner.len()];
                poster.push(Post { kategori: row.kategori, namn: row.post.clone(), belopp });
                poster.len() - 1
            });
            if let Ok(column) = kolumner.binary_search(&row.kolumn) {
                poster[at].belopp[column] = Some(row.belopp_kr);
            }
        }
        poster.sort_by_key(|post| post.kategori);
        Plan { datum: rows.first().map(|row| row.plan), kolumner, poster }
    }

    /// The facts that make it.
    pub fn rader(&self) -> Vec<Planpost> {
        let Some(plan) = self.datum else { return Vec::new() };
        let of = |post: &Post| {
            let post = post.clone();
            let amounts = self.kolumner.iter().zip(post.belopp);
            amounts.filter_map(move |(&kolumn, amount)| {
                let namn = post.namn.clone();
                Some(Planpost { plan, kategori: post.kategori, post: namn, kolumn, belopp_kr: amount? })
            })
        };
        self.poster.iter().flat_map(of).collect()
    }

    /// Its posts of a category, with their places.
    pub fn av(&self, kategori: Plankategori) -> impl Iterator<Item = (usize, &Post)> {
        self.poster.iter().enumerate().filter(move |(_, post)| post.kategori == kategori)
    }

    /// Its applications that the board has not decided, with their places.
    pub fn ansokningar(&self) -> impl Iterator<Item = (usize, &Post)> {
        self.poster.iter().enumerate().filter(|(_, post)| post.kategori.is_application())
    }
}

impl Ekonomi {
    /// The facts, in the order that counting likes.
    pub(super) fn new(facts: &mut crate::Facts) -> Ekonomi {
        let mut ekonomi = Ekonomi {
            medlemmar: std::mem::take(&mut facts.medlemmar),
            folkmangd: std::mem::take(&mut facts.folkmangd),
            avgiftsregler: std::mem::take(&mut facts.avgiftsregler),
            medlemsavgifter: std::mem::take(&mut facts.medlemsavgifter),
            planer: Vec::new(),
            sparandesteg: std::mem::take(&mut facts.sparandesteg),
        };
        ekonomi.avgiftsregler.sort_by_key(|rule| rule.ar);
        ekonomi.medlemsavgifter.sort_by_key(|fees| fees.ar);
        ekonomi.sparandesteg.sort_by_key(|step| (step.galler_fran, step.intakt_fran_kr));
        let mut rows = std::mem::take(&mut facts.planposter);
        rows.sort_by_key(|row| row.plan);
        ekonomi.planer = rows.chunk_by(|one, next| one.plan == next.plan).map(Plan::new).collect();
        ekonomi
    }

    /// The plan for the meeting of a day.
    pub fn plan(&self, datum: Datum) -> Option<PlanNr> {
        self.planer.iter().position(|plan| plan.datum == Some(datum))
    }
}
