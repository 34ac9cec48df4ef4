//! Making a plan for another meeting: as the one before, or from what is decided. Nothing is stored here.

use samsyn_core::calc::avgift::totalen;
use samsyn_core::planpost::{Plankategori, Plankolumn, Planpost, Planslag};
use samsyn_core::underlag::{Plan, Post, Underlag};
use samsyn_document::{Belopp, Datum, Halvar};

/// Where a new plan begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Borjan {
    /// As the plan of another meeting.
    Plan(Datum),
    /// With what is decided: fees, and each insats's budget per year.
    Besluten,
}

/// The rows of a new plan for a meeting; says why there are none.
pub fn ny(underlag: &Underlag, mote: Datum, from: Borjan) -> Result<Vec<Planpost>, String> {
    if underlag.ekonomi.plan(mote).is_some() {
        return Err(format!("Det finns redan en plan till mötet den {mote}. Ändra den i stället."));
    }
    mojlig(mote)?;
    match from {
        Borjan::Plan(day) => {
            let nr = underlag.ekonomi.plan(day).ok_or_else(|| format!("Det finns ingen plan till mötet den {day}."))?;
            let copy = Plan { datum: Some(mote), ..underlag.ekonomi.planer[nr].clone() };
            Ok(copy.rader())
        }
        Borjan::Besluten => decided(underlag, mote),
    }
}

/// Whether a meeting can be on the day; why not.
pub fn mojlig(mote: Datum) -> Result<(), String> {
    Halvar::of(mote).map(drop).ok_or_else(|| format!("{mote} kan inte vara dagen för ett möte."))
}

/// What is decided for the year of the meeting and the years after it that any insats has a budget for.
fn decided(underlag: &Underlag, mote: Datum) -> Result<Vec<Planpost>, String> {
    let first = u16::try_from(mote.year()).unwrap_or(0);
    let mut years: Vec<u16> =
        underlag.insatser.iter().flat_map(|insats| insats.budget.iter().map(|row| row.kvartal.year())).collect();
    years.push(first);
    years.retain(|year| *year >= first);
    years.sort_unstable();
    years.dedup();
    let kolumner: Vec<Plankolumn> = years.iter().map(|&ar| Plankolumn { ar, slag: Some(Planslag::Budget) }).collect();
    let fees = years.iter().map(|&year| totalen(&underlag.ekonomi, year).map(|(sum, _)| sum)).collect();
    let mut poster = vec![Post { kategori: Plankategori::Intakter, namn: "Medlemsavgifter".to_owned(), belopp: fees }];
    for insats in &underlag.insatser {
        let of_year = |year: &u16| {
            let rows: Vec<Belopp> =
                insats.budget.iter().filter(|row| row.kvartal.year() == *year).map(|row| row.belopp_kr).collect();
            (!rows.is_empty()).then(|| rows.into_iter().sum())
        };
        let belopp: Vec<Option<Belopp>> = years.iter().map(of_year).collect();
        if belopp.iter().any(Option::is_some) {
            let namn = insats.insats.insats_id.to_string();
            poster.push(Post { kategori: Plankategori::Samverkansinsatser, namn, belopp });
        }
    }
    let rows = Plan { datum: Some(mote), kolumner, poster }.rader();
    if rows.is_empty() {
        return Err(format!(
            "Inget är beslutat för {first} eller senare. Utgå från en annan plan, eller läs in en fil."
        ));
    }
    Ok(rows)
}
