//! What is said of objects must agree: that they are named, and that their closing balances follow from the vouchers.

use super::falt::{belopp_text, shown};
use super::las::{Las, rader};
use super::{Objekt, Saldo, Saldoslag, Sie, Transaktionsslag, Typ};
use samsyn_document::Datum;
use std::collections::HashMap;

/// An object in a row has its `#OBJEKT`, or nobody knows its name. 4I need not name them, for the receiving system does.
pub(super) fn namn(las: &mut Las) {
    if las.sie.typ == Typ::FyraI {
        return;
    }
    let balances = las.sie.saldon.iter().zip(&las.spar.saldon).map(|(row, line)| (&row.objekt, *line));
    let vouchers = las.sie.verifikationer.iter().zip(&las.spar.verifikationer);
    let rows = vouchers.flat_map(|(ver, line)| ver.transaktioner.iter().map(|row| (&row.objekt, *line)));
    let mut used: HashMap<&Objekt, (u32, u32)> = HashMap::new();
    for (objekt, line) in balances.chain(rows) {
        for of in objekt {
            used.entry(of).or_insert((line, 0)).1 += 1;
        }
    }
    used.retain(|of, _| !las.sie.objekt.contains_key(of));
    if las.sie.objekt.is_empty() && !used.is_empty() {
        let told = format!("Filen använder {} objekt men namnger inget: den har ingen #OBJEKT.", used.len());
        las.note(None, told);
        return;
    }
    let mut unnamed: Vec<_> = used.into_iter().map(|(of, (line, count))| (line, of.clone(), count)).collect();
    unnamed.sort();
    for (line, of, count) in unnamed {
        let told = format!(
            "Objekt {} i dimension {} används ({}) men har ingen #OBJEKT.",
            shown(&of.objekt),
            of.dimension,
            rader(count)
        );
        las.note(line, told);
    }
}

/// Year 0 of an account and an object: where `#OIB` and `#OUB` are both given, the vouchers between are the difference.
/// Where one is missing nothing is followed, for programs leave out what is nought, and result accounts have no `#OIB`.
pub(super) fn saldon(las: &mut Las, within: std::ops::RangeInclusive<Datum>) {
    let of_year = |row: &&Saldo| row.ar == 0 && row.objekt.len() == 1;
    let mut ib: HashMap<(u32, &Objekt), Option<i128>> = HashMap::new();
    for row in las.sie.saldon.iter().filter(|row| row.slag == Saldoslag::Oib).filter(of_year) {
        // Told twice, nobody knows which of them counts.
        let told = ib.entry((row.konto, &row.objekt[0])).or_insert(Some(i128::from(row.belopp.ore())));
        *told = told.filter(|ore| *ore == i128::from(row.belopp.ore()));
    }
    if ib.is_empty() {
        return;
    }
    let booked = bokfort(&las.sie, &ib, within);
    let mut wrong = Vec::new();
    for (row, line) in las.sie.saldon.iter().zip(&las.spar.saldon) {
        if row.slag != Saldoslag::Oub || !of_year(&row) || las.spar.obalans.contains(&row.konto) {
            continue;
        }
        let key = (row.konto, &row.objekt[0]);
        let Some(Some(ib)) = ib.get(&key).copied() else { continue };
        let booked = booked.get(&key).copied().unwrap_or(0);
        if ib + booked != i128::from(row.belopp.ore()) {
            let told = format!(
                "Konto {}, objekt {} i dimension {}: #OUB är {}, men #OIB {} och verifikationerna {} ger {}.",
                row.konto,
                shown(&row.objekt[0].objekt),
                row.objekt[0].dimension,
                belopp_text(i128::from(row.belopp.ore())),
                belopp_text(ib),
                belopp_text(booked),
                belopp_text(ib + booked)
            );
            wrong.push((*line, told));
        }
    }
    for (line, told) in wrong {
        las.error(line, told, "Exportera filen igen, med årets alla verifikationer.");
    }
}

type Nyckel<'s> = (u32, &'s Objekt);

/// What the vouchers book on the accounts and objects that are asked for. An object counts once in a row.
fn bokfort<'s>(
    sie: &'s Sie,
    asked: &HashMap<Nyckel<'s>, Option<i128>>,
    within: std::ops::RangeInclusive<Datum>,
) -> HashMap<Nyckel<'s>, i128> {
    let vouchers = sie.verifikationer.iter().filter(|ver| within.contains(&ver.datum));
    let rows = vouchers.flat_map(|ver| &ver.transaktioner).filter(|row| row.slag == Transaktionsslag::Trans);
    let mut sums = HashMap::new();
    for row in rows {
        for (at, of) in row.objekt.iter().enumerate() {
            if asked.contains_key(&(row.konto, of)) && !row.objekt[..at].contains(of) {
                *sums.entry((row.konto, of)).or_default() += i128::from(row.belopp.ore());
            }
        }
    }
    sums
}
