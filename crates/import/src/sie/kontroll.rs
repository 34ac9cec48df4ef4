//! What the whole of a file must agree with: accounts that are named, days within the years, balances that follow from the
//! vouchers.

use super::falt::belopp_text;
use super::las::{Las, rader};
use super::objekt;
use super::{Ktyp, Saldoslag, Sie, Transaktionsslag, Typ, Verifikation};
use samsyn_document::Datum;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Where things stand in the file, for what is asked when all of it has been read.
#[derive(Default)]
pub(super) struct Spar {
    /// The line of each of `Sie::verifikationer`, and of each of `Sie::saldon`.
    pub(super) verifikationer: Vec<u32>,
    pub(super) saldon: Vec<u32>,
    /// Days of rows of their own.
    pub(super) datum: Vec<(u32, Datum)>,
    /// What is said of accounts: line, account, kind or code.
    pub(super) ktyper: Vec<(u32, u32, Ktyp)>,
    pub(super) sru: Vec<(u32, u32, String)>,
    /// Whether a voucher could not be read, so that no balance can be followed.
    pub(super) olast: bool,
    /// Accounts of vouchers that do not balance. That their balances do not follow either is told already.
    pub(super) obalans: HashSet<u32>,
    /// Accounts used before they were named: the first line and how many rows.
    utan_namn: BTreeMap<u32, (u32, u32)>,
}

impl Spar {
    /// An account is used.
    pub(super) fn konto(&mut self, konto: u32, line: u32, sie: &Sie) {
        if !sie.konton.contains_key(&konto) {
            self.utan_namn.entry(konto).or_insert((line, 0)).1 += 1;
        }
    }
}

impl Verifikation {
    /// How a finding names it.
    pub(super) fn kallad(&self) -> String {
        let parts = [self.serie.as_str(), self.nummer.as_str()].into_iter().filter(|part| !part.is_empty());
        let name: String = parts.collect::<Vec<_>>().join(" ").chars().take(40).collect();
        if name.is_empty() { "Verifikationen".to_owned() } else { format!("Verifikation {name}") }
    }

    /// The sum of the rows that count, in öre.
    pub(super) fn summa(&self) -> i128 {
        let counts = self.transaktioner.iter().filter(|row| row.slag == Transaktionsslag::Trans);
        counts.map(|row| i128::from(row.belopp.ore())).sum()
    }
}

/// Whether a file of type 4 is 4I; see [`Typ::FyraI`].
pub(super) fn is_4i(sie: &Sie, name: &str) -> bool {
    let balances = sie.saldon.iter().any(|row| matches!(row.slag, Saldoslag::Ib | Saldoslag::Ub | Saldoslag::Res));
    let named = name.len() > 3 && name.as_bytes()[name.len() - 3..].eq_ignore_ascii_case(b".si");
    !balances && (named || sie.rakenskapsar.is_empty())
}

/// Everything, in the order of the functions below.
pub(super) fn kontrollera(las: &mut Las) {
    konton(las);
    ar(las);
    dagar(las);
    objekt::namn(las);
    saldon(las);
}

/// Every account in a row of the file's own year has its `#KONTO`; 4I need not name them, for the receiving system does. What
/// is said of an account that the file does not have is nothing that anybody reads.
fn konton(las: &mut Las) {
    for (line, konto, ktyp) in std::mem::take(&mut las.spar.ktyper) {
        match las.sie.konton.get_mut(&konto) {
            Some(found) => found.ktyp = Some(ktyp),
            None => las.note(line, format!("Konto {konto} har en kontotyp men ingen #KONTO.")),
        }
    }
    for (line, konto, sru) in std::mem::take(&mut las.spar.sru) {
        match las.sie.konton.get_mut(&konto) {
            Some(found) => found.sru.push(sru),
            None => las.note(line, format!("Konto {konto} har en SRU-kod men ingen #KONTO.")),
        }
    }
    if las.sie.typ == Typ::FyraI {
        return;
    }
    let of_year: HashSet<u32> = las.sie.saldon.iter().filter(|row| row.ar == 0).map(|row| row.konto).collect();
    let booked = las.sie.verifikationer.iter().flat_map(|ver| &ver.transaktioner).map(|row| row.konto);
    let used: HashSet<u32> = of_year.into_iter().chain(booked).collect();
    for (konto, (line, count)) in std::mem::take(&mut las.spar.utan_namn) {
        if las.sie.konton.contains_key(&konto) {
            continue;
        }
        let told = format!("Konto {konto} används ({}) men har ingen #KONTO.", rader(count));
        if used.contains(&konto) || las.spar.olast {
            las.error(line, told, "Exportera filen med hela kontoplanen.");
        } else {
            las.note(line, told);
        }
    }
}

/// The year that the file is about is told, and preferably the others that have balances.
fn ar(las: &mut Las) {
    let told = |year: &i32| las.sie.rakenskapsar.contains_key(year);
    if las.sie.typ != Typ::FyraI && !told(&0) {
        las.error(
            None,
            "Räkenskapsåret saknas: filen har ingen #RAR 0 med datum.",
            "Skriv till exempel #RAR 0 20220101 20221231.",
        );
    }
    let used: BTreeSet<i32> = las.sie.saldon.iter().map(|row| row.ar).collect();
    for year in used.into_iter().filter(|year| *year != 0) {
        if !las.sie.rakenskapsar.contains_key(&year) {
            las.note(None, format!("Filen har saldon för år {year}, men ingen #RAR säger när det var."));
        }
    }
}

/// A voucher lies in a year that the file tells. The day of a row of its own says nothing of when it counts.
fn dagar(las: &mut Las) {
    let years: Vec<_> = las.sie.rakenskapsar.values().copied().collect();
    if years.is_empty() {
        return;
    }
    let outside = |day: &Datum| !years.iter().any(|year| (year.fran..=year.till).contains(day));
    let vouchers = las.sie.verifikationer.iter().map(|ver| ver.datum);
    let vouchers: Vec<_> =
        las.spar.verifikationer.iter().copied().zip(vouchers).filter(|(_, day)| outside(day)).collect();
    let told = |day: Datum| format!("{day} ligger utanför filens räkenskapsår.");
    for (line, day) in vouchers {
        let hint = "Räkenskapsåren står i #RAR. Rätta datumet, eller exportera det år som det hör till.";
        las.error(line, told(day), hint);
    }
    for (line, day) in std::mem::take(&mut las.spar.datum).into_iter().filter(|(_, day)| outside(day)) {
        las.note(line, format!("{} Raden räknas på verifikationens dag.", told(day)));
    }
}

/// 4E, year 0: opening balance and the vouchers up to `#OMFATTN` give the closing balance; the vouchers give the result. An
/// account without `#IB` opens at nothing. A balance is told once.
fn saldon(las: &mut Las) {
    let mut seen: HashMap<(Saldoslag, i32, u32), (u32, i128)> = HashMap::new();
    let mut twice = Vec::new();
    for (row, line) in las.sie.saldon.iter().zip(&las.spar.saldon) {
        if matches!(row.slag, Saldoslag::Ib | Saldoslag::Ub | Saldoslag::Res) {
            let now = (*line, i128::from(row.belopp.ore()));
            if let Some((first, _)) = seen.insert((row.slag, row.ar, row.konto), now) {
                twice.push((*line, row.konto, first));
            }
        }
    }
    // Some programs write both for an account; it closes once.
    for ((_, year, konto), (line, res)) in seen.iter().filter(|((slag, ..), _)| *slag == Saldoslag::Res) {
        if let Some((first, _)) = seen.get(&(Saldoslag::Ub, *year, *konto)).filter(|(_, ub)| ub != res) {
            twice.push((*line, *konto, *first));
        }
    }
    twice.sort_unstable();
    for (line, konto, first) in twice {
        las.error(line, format!("Saldot för konto {konto} står redan på rad {first}."), "Ta bort det ena.");
    }
    let Some(year) = las.sie.rakenskapsar.get(&0).copied().filter(|_| las.sie.typ == Typ::FyraE && !las.spar.olast)
    else {
        return;
    };
    let last = las.sie.omfattn.unwrap_or(year.till).min(year.till);
    let mut sums: HashMap<u32, i128> = HashMap::new();
    for ver in las.sie.verifikationer.iter().filter(|ver| (year.fran..=last).contains(&ver.datum)) {
        for row in ver.transaktioner.iter().filter(|row| row.slag == Transaktionsslag::Trans) {
            *sums.entry(row.konto).or_default() += i128::from(row.belopp.ore());
        }
    }
    if sums.is_empty() {
        las.note(None, "Filen har inga verifikationer för året, så saldona kan inte följas.");
        return;
    }
    let mut wrong = Vec::new();
    for ((slag, _, konto), (line, told)) in seen.iter().filter(|((_, year, _), _)| *year == 0) {
        let booked = sums.get(konto).copied().unwrap_or(0);
        let ib = seen.get(&(Saldoslag::Ib, 0, *konto)).map_or(0, |(_, ib)| *ib);
        let (expect, why) = match slag {
            Saldoslag::Ub => {
                (ib + booked, format!("#IB {} och verifikationerna {}", belopp_text(ib), belopp_text(booked)))
            }
            Saldoslag::Res => (booked, "verifikationerna".to_owned()),
            _ => continue,
        };
        if *told != expect && !las.spar.obalans.contains(konto) {
            let label = if *slag == Saldoslag::Ub { "#UB" } else { "#RES" };
            let told = belopp_text(*told);
            wrong.push((*line, format!("Konto {konto}: {label} är {told}, men {why} ger {}.", belopp_text(expect))));
        }
    }
    wrong.sort();
    for (line, told) in wrong {
        las.error(line, told, "Exportera filen igen, med årets alla verifikationer.");
    }
    objekt::saldon(las, year.fran..=last);
}
