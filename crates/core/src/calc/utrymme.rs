//! The beslutsutrymme of a plan: what is left to decide about in each of its columns, with the applications that are
//! counted. Pure sums; a plan of sixty insatser over ten years takes microseconds.

use crate::planpost::{Plankategori, Plankolumn, Planslag};
use crate::underlag::Plan;
use samsyn_document::Belopp;

/// A row that is counted from the posts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Planrad {
    /// One post, by its place in the plan.
    Post(usize),
    /// The posts of a category.
    Kategori(Plankategori),
    /// Income of every category.
    SummaIntakter,
    /// Every decided or planned cost.
    SummaKostnader,
    /// Income less costs.
    AretsResultat,
    /// What is brought forward from earlier years.
    Overskott,
    /// Income and what is brought forward.
    Ingaende,
    /// What is brought forward and the year's result.
    EfterBeslut,
    /// The same, less the applications that are counted.
    Kvarvarande,
}

/// What one column of a plan comes to, in öre.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kolumnsumma {
    /// Per category, in its order; missing when no post of it has an amount.
    pub kategorier: [Option<Belopp>; Plankategori::ALL.len()],
    /// Income.
    pub intakter: Belopp,
    /// Costs.
    pub kostnader: Belopp,
    /// What is brought forward; missing when nothing tells it.
    pub overskott: Option<Belopp>,
    /// The applications that are counted; missing when none has an amount.
    pub ansokningar: Option<Belopp>,
}

impl Kolumnsumma {
    /// Income less costs.
    pub fn resultat(&self) -> Belopp {
        self.intakter - self.kostnader
    }

    /// A row's value; missing where nothing tells it.
    pub fn av(&self, rad: Planrad) -> Option<Belopp> {
        match rad {
            Planrad::Post(_) => None,
            Planrad::Kategori(kategori) => self.kategorier[kategori as usize],
            Planrad::SummaIntakter => Some(self.intakter),
            Planrad::SummaKostnader => Some(self.kostnader),
            Planrad::AretsResultat => Some(self.resultat()),
            Planrad::Overskott => self.overskott,
            Planrad::Ingaende => Some(self.overskott? + self.intakter),
            Planrad::EfterBeslut => Some(self.overskott? + self.resultat()),
            Planrad::Kvarvarande => Some(self.overskott? + self.resultat() - self.ansokningar.unwrap_or(Belopp::NOLL)),
        }
    }
}

/// A plan, summed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Utrymme {
    /// One per column of the plan.
    pub kolumner: Vec<Kolumnsumma>,
}

impl Utrymme {
    /// Sums a plan. The applications at the places in `utan` are not counted.
    ///
    /// What is brought forward to a year is what the plan gives; else what remains of the year before, by its forecast
    /// where there is one; else what another column of the same year gives.
    pub fn new(plan: &Plan, utan: &[usize]) -> Utrymme {
        let mut kolumner: Vec<Kolumnsumma> = vec![Kolumnsumma::default(); plan.kolumner.len()];
        for (at, post) in plan.poster.iter().enumerate() {
            let kategori = post.kategori;
            let left_out = kategori.is_application() && utan.contains(&at);
            for (sum, amount) in kolumner.iter_mut().zip(&post.belopp) {
                let Some(amount) = amount.filter(|_| !left_out) else { continue };
                let add = |to: &mut Option<Belopp>| *to = Some(to.unwrap_or(Belopp::NOLL) + amount);
                add(&mut sum.kategorier[kategori as usize]);
                if kategori.is_income() {
                    sum.intakter += amount;
                } else if kategori.is_cost() {
                    sum.kostnader += amount;
                } else if kategori.is_application() {
                    add(&mut sum.ansokningar);
                } else {
                    add(&mut sum.overskott);
                }
            }
        }
        for at in 0..kolumner.len() {
            match ingang(plan, at) {
                Ingang::Given | Ingang::Okand => {}
                Ingang::Samma(other) => kolumner[at].overskott = kolumner[other].overskott,
                Ingang::Fore(before) => kolumner[at].overskott = kolumner[before].av(Planrad::Kvarvarande),
            }
        }
        Utrymme { kolumner }
    }
}

/// Where what is brought forward to a column comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ingang {
    /// The plan gives it.
    Given,
    /// It is what remains of this column, of the year before.
    Fore(usize),
    /// The plan gives it in this other column of the same year.
    Samma(usize),
    /// Nothing tells it.
    Okand,
}

/// Where what is brought forward to a column comes from. Only a column that is given, or whose year before there is, is
/// pointed to: following it always ends.
pub fn ingang(plan: &Plan, at: usize) -> Ingang {
    let given =
        |column: usize| plan.av(Plankategori::OverskottFranTidigareAr).any(|(_, post)| post.belopp[column].is_some());
    if given(at) {
        return Ingang::Given;
    }
    if let Some(before) = year_before(&plan.kolumner, at) {
        return Ingang::Fore(before);
    }
    let same = (0..plan.kolumner.len()).find(|&other| plan.kolumner[other].ar == plan.kolumner[at].ar && given(other));
    same.map_or(Ingang::Okand, Ingang::Samma)
}

/// The column of the year before one, its forecast rather than its budget.
fn year_before(kolumner: &[Plankolumn], at: usize) -> Option<usize> {
    let before = |column: &Plankolumn| column.ar.checked_add(1) == Some(kolumner[at].ar);
    let forecast = |column: &Plankolumn| before(column) && column.slag == Some(Planslag::Prognos);
    kolumner.iter().position(forecast).or_else(|| kolumner.iter().position(before))
}
