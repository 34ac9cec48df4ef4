//! Changing a plan by hand: its form, and the plan that a form makes.

use crate::Error;
use crate::actions::forbund::Chosen;
use crate::actions::insatsbeslut::{Form, Wrong, unfit};
use crate::actions::plan::{self, Nyare, Sparad};
use crate::actions::star::HANDELSE;
use samsyn_core::Field;
use samsyn_core::planpost::{MOST_COLUMNS, MOST_POSTS, Plankategori, Plankolumn, Planpost};
use samsyn_core::underlag::Plan;
use samsyn_document::{Belopp, Datum, format};
use std::collections::HashSet;

/// How many empty rows a form has for new posts.
pub const TOMMA: usize = 3;
/// The longest text of a field, in characters.
const LONGEST: usize = 200;
/// The most rows of a form that are looked at: more than a plan may have, so that some can be taken away.
const MOST_ROWS: usize = 2 * MOST_POSTS;

/// The name of a field of a row: `kategori-3`, `post-3`, or the amount of a column, `belopp-3-2023-budget`.
pub fn falt(what: &str, row: usize) -> String {
    format!("{what}-{row}")
}

/// The name of an amount's field.
pub fn beloppsfalt(row: usize, column: Plankolumn) -> String {
    format!("belopp-{row}-{column}")
}

/// What a form for a plan holds: amounts in tkr, or in kronor when one is not whole tkr. `handelse` is the förbund's latest
/// event before what is stored of the meeting was read.
pub fn form(plan: &Plan, handelse: i64) -> Form {
    let mut form = Form::new();
    form.insert(HANDELSE.to_owned(), handelse.to_string());
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
    let text = if tkr { amount.tkr().to_string() } else { format::kronor(amount) };
    text.replace('\u{2212}', "-").replace(format::NBSP, " ")
}

/// The columns of a form.
pub fn kolumner(form: &Form) -> Vec<Plankolumn> {
    let text = form.get("kolumner").map_or("", String::as_str);
    let mut all: Vec<Plankolumn> = text.split_whitespace().filter_map(|column| column.parse().ok()).collect();
    all.sort();
    all.dedup();
    all
}

/// The rows of a form, at most those that are looked at.
pub fn rader(form: &Form) -> usize {
    given_rows(form).min(MOST_ROWS)
}

fn given_rows(form: &Form) -> usize {
    form.get("rader").and_then(|rows| rows.parse().ok()).unwrap_or(0)
}

/// What is told when a plan has more than it may; nothing of it is left out instead.
fn too_large(posts: usize, columns: usize) -> Option<String> {
    let told = |count: usize, most: usize, what: &str| {
        (count > most).then(|| format!("Planen har {count} {what}. Den får ha högst {most}: ta bort några."))
    };
    told(posts, MOST_POSTS, "poster").or_else(|| told(columns, MOST_COLUMNS, "kolumner"))
}

/// The facts that a form makes; what is wrong with it by field.
pub fn las(form: &Form, mote: Datum) -> Result<Vec<Planpost>, Wrong> {
    let mut wrong = unfit(form, LONGEST);
    let given = |name: &str| form.get(name).map_or("", |text| text.trim());
    let thousand = if given("enhet") == "kr" { 1 } else { 1_000 };
    let columns = kolumner(form);
    if given_rows(form) > MOST_ROWS {
        return Err(vec![(String::new(), too_large(given_rows(form) - TOMMA, 0).unwrap_or_default())]);
    }
    let mut rows: Vec<Planpost> = Vec::new();
    let mut posts: HashSet<(Plankategori, &str)> = HashSet::new();
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
        } else if let Err(error) = <String as Field>::parse(name) {
            wrong.push((falt("post", row), format!("Namnet {}. {}", error.what, error.hint)));
        } else if !posts.insert((kategori, name)) {
            let told = format!("Posten ”{name}” finns redan under {}. Ge den ett annat namn.", kategori.text());
            wrong.push((falt("post", row), told));
        } else if amounts.is_empty() {
            let told =
                format!("”{name}” har inga belopp. Fyll i minst ett, skriv 0 om det är noll, eller ta bort raden.");
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
    if let Some(told) = too_large(posts.len(), columns.len()) {
        wrong.push((String::new(), told));
    }
    if rows.is_empty() && wrong.is_empty() {
        wrong.push((String::new(), "Planen har inga belopp. Fyll i minst ett.".to_owned()));
    } else if wrong.is_empty() {
        let given: HashSet<Plankolumn> = rows.iter().map(|row| row.kolumn).collect();
        for column in columns.iter().filter(|column| !given.contains(column)) {
            let told = format!("{} har inga belopp. Fyll i minst ett, eller ta bort året.", column.rubrik());
            wrong.push(("bort_kolumn".to_owned(), told));
        }
    }
    if wrong.is_empty() { Ok(rows) } else { Err(wrong) }
}

/// What came of saving a form.
#[derive(Debug)]
pub enum Utfall {
    /// The plan is as the form says.
    Klart(Sparad),
    /// What is wrong with the form, by field.
    Fel(Wrong),
    /// Someone else has changed the plan since the form was made.
    Nyare(Nyare),
}

/// Stores the plan that a form makes, unless someone else has changed it since the form was made. Nothing is stored when
/// anything is wrong.
pub async fn spara(chosen: &Chosen<'_>, mote: Datum, form: &Form, who: &str) -> Result<Utfall, Error> {
    let given = |name: &str| form.get(name).map_or("", |text| text.trim());
    let mut wrong = Wrong::new();
    let mut tell = |field: &str, text: &str| wrong.push((field.to_owned(), text.to_owned()));
    if given("skal").is_empty() {
        tell("skal", "Skriv varför planen ändras.");
    }
    if !given("ny_kolumn").is_empty() {
        tell("ny_kolumn", "Året är inte tillagt. Tryck Lägg till året, eller töm rutan.");
    }
    if !given("bort_kolumn").is_empty() {
        tell("bort_kolumn", "Året är inte borttaget. Tryck Ta bort året, eller välj inget år.");
    }
    let rows = match las(form, mote) {
        Ok(rows) if wrong.is_empty() => rows,
        Ok(_) => return Ok(Utfall::Fel(wrong)),
        Err(more) => return Ok(Utfall::Fel([more, wrong].concat())),
    };
    // A form that does not say is as old as can be.
    let handelse = given(HANDELSE).parse().unwrap_or(0);
    Ok(match plan::spara_pa(chosen, mote, rows, (who, given("skal")), handelse).await? {
        Ok(done) => Utfall::Klart(done),
        Err(nyare) => Utfall::Nyare(nyare),
    })
}
