//! What differs between two plans, in words: `Arbetslivsintro 2023: −500 tkr`.

use crate::calc::namn::postnamn;
use crate::planpost::{Plankolumn, Planslag};
use crate::underlag::{Plan, Post, Underlag};
use samsyn_document::{Belopp, format};

/// What differs in the later plan from the earlier: each post and year in the order of the later, then posts that are
/// gone. Years that only one of them has are told as such.
pub fn planskillnad(underlag: &Underlag, before: &Plan, after: &Plan) -> Vec<String> {
    let mut told = Vec::new();
    let years = |of: &Plan, other: &Plan| -> Vec<String> {
        let missing = of.kolumner.iter().filter(|column| !other.kolumner.contains(column));
        missing.map(|column| column.rubrik().to_lowercase()).collect()
    };
    let (new, gone) = (years(after, before), years(before, after));
    let same = |post: &Post, plan: &Plan| {
        plan.poster.iter().find(|other| (other.kategori, &other.namn) == (post.kategori, &post.namn)).cloned()
    };
    let both =
        || {
            after.kolumner.iter().enumerate().filter_map(|(at, column)| {
                Some((before.kolumner.iter().position(|other| other == column)?, at, *column))
            })
        };
    for post in &after.poster {
        let name = postnamn(underlag, post);
        let Some(old) = same(post, before) else {
            told.push(format!("Ny post: {name}{}.", amounts(post, &after.kolumner)));
            continue;
        };
        for (then, now, column) in both() {
            let (then, now) = (old.belopp[then], post.belopp[now]);
            let change = now.unwrap_or(Belopp::NOLL) - then.unwrap_or(Belopp::NOLL);
            if change != Belopp::NOLL {
                told.push(format!("{name} {}: {}", year(column), signed(change)));
            }
        }
    }
    for post in before.poster.iter().filter(|post| same(post, after).is_none()) {
        let name = postnamn(underlag, post);
        told.push(format!("Borttagen post: {name}{}.", amounts(post, &before.kolumner)));
    }
    let mut columns = |all: &[String], one: &str, more: &str| {
        if !all.is_empty() {
            told.push(format!("{}: {}.", if all.len() == 1 { one } else { more }, format::list(all)));
        }
    };
    columns(&new, "Ny kolumn", "Nya kolumner");
    columns(&gone, "Borttagen kolumn", "Borttagna kolumner");
    told
}

/// The year of a column; a forecast says so.
fn year(column: Plankolumn) -> String {
    match column.slag {
        Some(Planslag::Prognos) => format!("{} (prognos)", column.ar),
        _ => column.ar.to_string(),
    }
}

/// A post's amounts: `, 2024: 110 tkr, 2025: 73 tkr`.
fn amounts(post: &Post, columns: &[Plankolumn]) -> String {
    let given = columns.iter().zip(&post.belopp).filter_map(|(column, amount)| Some((column, (*amount)?)));
    given.map(|(column, amount)| format!(", {}: {}", year(*column), plain(amount))).collect()
}

/// An amount with its sign: `+110 tkr`, `−500 tkr`; in kronor when it is not whole thousands.
fn signed(amount: Belopp) -> String {
    let text = plain(amount);
    if amount.is_negative() { text } else { format!("+{text}") }
}

/// An amount in tkr, or in kronor when it is not whole thousands, so that two that differ never read alike.
pub fn plain(amount: Belopp) -> String {
    if amount.ore() % 100_000 == 0 {
        format!("{}{}tkr", format::number(amount.tkr()), format::NBSP)
    } else {
        format!("{}{}kr", format::kronor(amount), format::NBSP)
    }
}
