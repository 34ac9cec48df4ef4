//! Changing a plan by hand: its form, and the plan that a form makes.

use crate::Error;
use crate::actions::forbund::Chosen;
use crate::actions::insatsbeslut::{Form, Wrong, unfit};
use crate::actions::plan::{self, Sparad};
use samsyn_core::calc::avgift::totalen;
use samsyn_core::planpost::{Plankategori, Plankolumn, Planpost, Planslag};
use samsyn_core::underlag::{Plan, Post, Underlag};
use samsyn_document::{Belopp, Datum, Halvar};

/// How many empty rows a form has for new posts.
pub const TOMMA: usize = 3;
/// The longest text of a field, in characters.
const LONGEST: usize = 200;
/// The most rows and columns of a plan that is changed by hand.
const MOST_ROWS: usize = 300;
/// The most columns.
const MOST_COLUMNS: usize = 40;

/// The name of a field of a row: `kategori-3`, `post-3`, or the amount of a column, `belopp-3-2023-budget`.
pub fn falt(what: &str, row: usize) -> String {
    format!("{what}-{row}")
}

/// The name of an amount's field.
pub fn beloppsfalt(row: usize, column: Plankolumn) -> String {
    format!("belopp-{row}-{column}")
}

/// What a form for a plan holds: amounts in tkr, or in kronor when one is not whole tkr.
pub fn form(plan: &Plan) -> Form {
    let mut form = Form::new();
    let tkr = in_tkr(plan);
    form.insert("enhet".to_owned(), if tkr { "tkr" } else { "kr" }.to_owned());
    form.insert("rader".to_owned(), (plan.poster.len() + TOMMA).to_string());
    let columns: Vec<String> = plan.kolumner.iter().map(ToString::to_string).collect();
    form.insert("kolumner".to_owned(), columns.join(" "));
    for (row, post) in plan.poster.iter().enumerate() {
        form.insert(falt("kategori", row), post.kategori.kod().to_owned());
        form.insert(falt("post", row), post.namn.clone());
        for (&column, amount) in plan.kolumner.iter().zip(&post.belopp) {
            if let Some(amount) = amount {
                form.insert(beloppsfalt(row, column), written(*amount, tkr));
            }
        }
    }
    form
}

fn in_tkr(plan: &Plan) -> bool {
    plan.poster.iter().flat_map(|post| &post.belopp).flatten().all(|amount| amount.ore() % 100_000 == 0)
}

fn written(amount: Belopp, tkr: bool) -> String {
    let text = if tkr { amount.tkr().to_string() } else { samsyn_document::format::kronor(amount) };
    text.replace('\u{2212}', "-").replace(samsyn_document::format::NBSP, " ")
}

/// The columns of a form.
pub fn kolumner(form: &Form) -> Vec<Plankolumn> {
    let text = form.get("kolumner").map_or("", String::as_str);
    text.split_whitespace().filter_map(|column| column.parse().ok()).take(MOST_COLUMNS).collect()
}

/// The rows of a form.
pub fn rader(form: &Form) -> usize {
    form.get("rader").and_then(|rows| rows.parse().ok()).unwrap_or(0).min(MOST_ROWS)
}

/// The facts that a form makes; what is wrong with it by field.
pub fn las(form: &Form, mote: Datum) -> Result<Vec<Planpost>, Wrong> {
    let mut wrong = unfit(form, LONGEST);
    let given = |name: &str| form.get(name).map_or("", |text| text.trim());
    let thousand = if given("enhet") == "kr" { 1 } else { 1_000 };
    let columns = kolumner(form);
    let mut rows: Vec<Planpost> = Vec::new();
    for row in 0..rader(form) {
        let (category, name) = (given(&falt("kategori", row)), given(&falt("post", row)));
        let amounts: Vec<(Plankolumn, &str)> = columns
            .iter()
            .map(|&column| (column, given(&beloppsfalt(row, column))))
            .filter(|(_, text)| !text.is_empty())
            .collect();
        if given(&falt("bort", row)) == "ja" || (name.is_empty() && amounts.is_empty()) {
            continue;
        }
        let Some(kategori) = Plankategori::of_kod(category) else {
            wrong.push((falt("kategori", row), "Välj en kategori för posten.".to_owned()));
            continue;
        };
        if name.is_empty() {
            wrong.push((falt("post", row), "Skriv postens namn, eller ta bort beloppen på raden.".to_owned()));
        } else if rows.iter().any(|other| (other.kategori, other.post.as_str()) == (kategori, name)) {
            let told = format!("Posten ”{name}” finns redan under {}. Ge den ett annat namn.", kategori.text());
            wrong.push((falt("post", row), told));
        }
        for (kolumn, text) in amounts {
            match Belopp::parse(text).and_then(|amount| amount.ore().checked_mul(thousand)) {
                Some(ore) if ore.abs() <= 100_000_000_000_000 => {
                    let belopp_kr = Belopp::from_ore(ore);
                    rows.push(Planpost { plan: mote, kategori, post: name.to_owned(), kolumn, belopp_kr });
                }
                _ => {
                    let told = format!("”{text}” är inget belopp. Skriv till exempel 1200 eller -1500.");
                    wrong.push((beloppsfalt(row, kolumn), told));
                }
            }
        }
    }
    if rows.is_empty() && wrong.is_empty() {
        wrong.push((String::new(), "Planen har inga belopp. Fyll i minst ett.".to_owned()));
    }
    if wrong.is_empty() { Ok(rows) } else { Err(wrong) }
}

/// Stores the plan that a form makes. Says what is wrong when it cannot be; nothing is stored then.
pub async fn spara(chosen: &Chosen<'_>, mote: Datum, form: &Form, who: &str) -> Result<Result<Sparad, Wrong>, Error> {
    let why = form.get("skal").map_or("", |why| why.trim());
    let mut wrong = Wrong::new();
    if why.is_empty() {
        wrong.push(("skal".to_owned(), "Skriv varför planen ändras.".to_owned()));
    }
    if form.get("ny_kolumn").is_some_and(|column| !column.trim().is_empty()) {
        let told = "Året är inte tillagt. Tryck Lägg till året, eller töm rutan.";
        wrong.push(("ny_kolumn".to_owned(), told.to_owned()));
    }
    match las(form, mote) {
        Ok(rows) if wrong.is_empty() => Ok(Ok(plan::spara(chosen, mote, rows, (who, why)).await?)),
        Ok(_) => Ok(Err(wrong)),
        Err(more) => Ok(Err([more, wrong].concat())),
    }
}

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
    if Halvar::of(mote).is_none() {
        return Err(format!("{mote} kan inte vara dagen för ett möte."));
    }
    match from {
        Borjan::Plan(day) => {
            let nr = underlag.ekonomi.plan(day).ok_or_else(|| format!("Det finns ingen plan till mötet den {day}."))?;
            let copy = Plan { datum: Some(mote), ..underlag.ekonomi.planer[nr].clone() };
            Ok(copy.rader())
        }
        Borjan::Besluten => decided(underlag, mote),
    }
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
