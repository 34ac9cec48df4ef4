//! What a SIE file is to the förbund: a closing with the balances of its accounts, cost centres and projects. Knows no
//! database.

use crate::sie::{Objekt, Saldo, Saldoslag, Sie, Transaktion, Transaktionsslag, Typ};
use samsyn_core::bokslut::Bokslut;
use samsyn_core::kontosaldo::{Kontosaldo, is_balance};
use samsyn_core::objektsaldo::{KOSTNADSSTALLE, Objektsaldo, PROJEKT};
use samsyn_core::personnummer::contains_personnummer;
use samsyn_core::{Facts, Finding, Id, Place};
use samsyn_document::{Belopp, Datum};
use std::collections::BTreeMap;

/// The closings that a file tells.
#[derive(Clone, Debug, Default)]
pub struct Boksluten {
    /// The file's own, and those within its year whose vouchers up to a day were summed: rows of `bokslut`,
    /// `kontosaldon` and `objektsaldon`.
    pub facts: Facts,
    /// The day that the file closes on.
    pub till: Option<Datum>,
}

/// The closings of a file. `till` is the day that its balances cover, where a person has told it; else the file's own
/// word, else the year's last day. From a file with vouchers the half-year's closing within the year comes too.
///
/// Errors: what keeps the file from being a closing, with remedy.
pub fn bokslut(sie: &Sie, till: Option<Datum>) -> Result<Boksluten, Vec<Finding>> {
    let people = personer(sie);
    if !people.is_empty() {
        return Err(people);
    }
    let Some(year) = sie.rakenskapsar.get(&0).copied().filter(|_| sie.typ != Typ::FyraI) else {
        let told = "Filen har verifikationer att bokföra (typ 4I) och inga saldon.";
        return Err(fel(told, "Exportera SIE 4 (4E) med saldon från bokföringsprogrammet."));
    };
    let closes = match (till.or(sie.omfattn), sie.genererad) {
        (Some(day), _) => day,
        (None, Some(written)) if written < year.till => {
            let told = format!(
                "Filen är skriven {written}, innan räkenskapsåret slutar {}, och säger inte till och med vilken dag \
                 saldona räcker (#OMFATTN).",
                year.till
            );
            return Err(fel(&told, "Ange dagen som bokslutet gäller."));
        }
        (None, _) => year.till,
    };
    if !(year.fran..=year.till).contains(&closes) {
        let told = format!("Dagen {closes} ligger utanför räkenskapsåret {}–{}.", year.fran, year.till);
        return Err(fel(&told, "Ange en dag i räkenskapsåret."));
    }
    if sie.omfattn.is_some_and(|own| closes > own) {
        let told = format!("Filens saldon räcker inte längre än till och med {}.", sie.omfattn.unwrap_or(closes));
        return Err(fel(&told, "Ange den dagen, eller exportera en senare fil."));
    }
    let mut facts = Facts::default();
    let vouchers = !sie.verifikationer.is_empty();
    // Without a word of the file's own its balances are those of its last voucher: a closing before that is summed.
    let later = |day: Datum| sie.verifikationer.iter().any(|voucher| voucher.datum > day && voucher.datum <= year.till);
    let (own, summed) = match sie.omfattn {
        Some(own) => (own, false),
        None if later(closes) => (year.till, true),
        None => (closes, false),
    };
    if !summed {
        stang(sie, year.fran, own, None, &mut facts)?;
    }
    let half = Datum::new(year.till.year(), 6, 30).filter(|half| *half > year.fran && *half < own);
    let asked = Some(closes).filter(|day| *day < own);
    if vouchers {
        for day in [half.filter(|half| *half < closes), asked].into_iter().flatten() {
            if !facts.bokslut.iter().any(|known| known.till == day) {
                stang(sie, year.fran, day, Some(own), &mut facts)?;
            }
        }
    }
    Ok(Boksluten { facts, till: Some(own) })
}

/// A personnummer in what is stored of a file: names and numbers of accounts, cost centres and projects, and of vouchers.
fn personer(sie: &Sie) -> Vec<Finding> {
    let konton = sie
        .konton
        .iter()
        .filter(|(_, of)| contains_personnummer(&of.namn))
        .map(|(konto, _)| format!("Namnet på konto {konto} innehåller ett personnummer."));
    let bad = |(of, namn): &(&Objekt, &String)| contains_personnummer(namn) || contains_personnummer(&of.objekt);
    let objekt = sie
        .objekt
        .iter()
        .filter(bad)
        .map(|(of, _)| format!("Ett objekt i dimension {} innehåller ett personnummer.", of.dimension));
    let voucher =
        |of: &&crate::sie::Verifikation| contains_personnummer(&of.serie) || contains_personnummer(&of.nummer);
    let numbers = sie.verifikationer.iter().filter(voucher);
    let numbers = numbers.map(|of| format!("En verifikation den {} har ett personnummer som nummer.", of.datum));
    let words = [&sie.program.0, &sie.program.1, &sie.foretagsnamn].into_iter().any(|text| contains_personnummer(text));
    let words = words.then(|| "Filens program eller företagsnamn innehåller ett personnummer.".to_owned());
    let all = konton.chain(objekt).chain(numbers).chain(words);
    all.map(|told| Finding::error(Place::default(), told, "Rätta i bokföringsprogrammet och exportera igen.")).collect()
}

fn fel(told: &str, hint: &str) -> Vec<Finding> {
    vec![Finding::error(Place::default(), told, hint)]
}

/// Adds one closing: the file's own balances, or with `ur` those that its vouchers up to the day give.
fn stang(sie: &Sie, fran: Datum, till: Datum, ur: Option<Datum>, facts: &mut Facts) -> Result<(), Vec<Finding>> {
    let (name, version) = (&sie.program.0, &sie.program.1);
    let program = [name.as_str(), version.as_str()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
    let program = Some(program.join(" ")).filter(|program| !program.is_empty());
    facts.bokslut.push(Bokslut { till, fran, program, raknat_ur: ur });
    let mut konton: BTreeMap<u32, (Belopp, Belopp)> = BTreeMap::new();
    for saldo in sie.saldon.iter().filter(|saldo| saldo.ar == 0) {
        match saldo.slag {
            Saldoslag::Ib => konton.entry(saldo.konto).or_default().0 += saldo.belopp,
            Saldoslag::Ub | Saldoslag::Res if ur.is_none() => konton.entry(saldo.konto).or_default().1 += saldo.belopp,
            _ => {}
        }
    }
    let moved = rorelser(sie, fran, till);
    if ur.is_some() {
        konton.values_mut().for_each(|(opening, closing)| *closing = *opening);
        for row in &moved {
            konton.entry(row.konto).or_default().1 += row.belopp;
        }
    }
    for (konto, (ingaende_kr, utgaende_kr)) in konton {
        let namn = sie.konton.get(&konto).map(|known| known.namn.clone()).filter(|name| !name.is_empty());
        let namn = namn.unwrap_or_else(|| format!("Konto {konto}"));
        facts.kontosaldon.push(Kontosaldo { till, konto, namn, ingaende_kr, utgaende_kr });
    }
    let sums = if moved.is_empty() {
        perioder(sie)?
    } else {
        per_objekt(moved.iter().map(|row| (row.konto, &row.objekt, row.belopp)))
    };
    for ((dimension, objekt, konto), belopp_kr) in sums {
        let namn = sie.objekt.get(&Objekt { dimension: u32::from(dimension), objekt: objekt.clone() }).cloned();
        let namn = namn.filter(|name| !name.is_empty());
        let Some(objekt) = Id::new(&objekt) else {
            let shown: String = objekt.chars().take(40).collect();
            let told = format!("Objektet ”{shown}” i dimension {dimension} har ett nummer som inte kan användas.");
            return Err(fel(&told, "Ge kostnadsstället eller projektet ett nummer av bokstäver och siffror."));
        };
        facts.objektsaldon.push(Objektsaldo { till, dimension, objekt, namn, konto, belopp_kr });
    }
    Ok(())
}

/// The rows of vouchers that count, between two days; a file may have the year before too.
fn rorelser(sie: &Sie, fran: Datum, till: Datum) -> Vec<&Transaktion> {
    let vouchers = sie.verifikationer.iter().filter(|voucher| (fran..=till).contains(&voucher.datum));
    vouchers.flat_map(|voucher| &voucher.transaktioner).filter(|row| row.slag == Transaktionsslag::Trans).collect()
}

type Summor = BTreeMap<(u16, String, u32), Belopp>;

/// The sums of income and costs per cost centre and per project.
fn per_objekt<'s>(rows: impl Iterator<Item = (u32, &'s Vec<Objekt>, Belopp)>) -> Summor {
    let mut sums = Summor::new();
    for (konto, objekt, belopp) in rows.filter(|(konto, ..)| !is_balance(*konto)) {
        for dimension in [KOSTNADSSTALLE, PROJEKT] {
            for of in objekt.iter().filter(|of| of.dimension == u32::from(dimension)) {
                *sums.entry((dimension, of.objekt.clone(), konto)).or_default() += belopp;
            }
        }
    }
    sums
}

/// The sums from the months of a file without vouchers. A month is a change; what the months of a cost centre or project
/// come to can be no more than the account's own sum.
fn perioder(sie: &Sie) -> Result<Summor, Vec<Finding>> {
    let of_month = |saldo: &&Saldo| saldo.slag == Saldoslag::Psaldo && saldo.ar == 0 && !saldo.objekt.is_empty();
    let rows = sie.saldon.iter().filter(of_month).map(|saldo| (saldo.konto, &saldo.objekt, saldo.belopp));
    let sums = per_objekt(rows);
    for saldo in sie.saldon.iter().filter(|saldo| saldo.ar == 0 && saldo.slag == Saldoslag::Res) {
        for dimension in [KOSTNADSSTALLE, PROJEKT] {
            let of = sums.iter().filter(|((dim, _, konto), _)| *dim == dimension && *konto == saldo.konto);
            let total: Belopp = of.map(|(_, belopp)| *belopp).sum();
            if total.ore().abs() > saldo.belopp.ore().abs() {
                let told = format!(
                    "Periodsaldona (#PSALDO) för konto {} summerar till mer än kontots resultat (#RES), så det går inte att \
                     säga vad varje kostnadsställe och projekt har kostat.",
                    saldo.konto
                );
                return Err(fel(&told, "Exportera SIE 4 med verifikationer."));
            }
        }
    }
    Ok(sums)
}

/// The file as it is kept: without texts and signatures of vouchers, which may name people.
pub fn utan_texter(mut sie: Sie) -> Sie {
    for voucher in &mut sie.verifikationer {
        voucher.text.clear();
        voucher.sign.clear();
        for row in &mut voucher.transaktioner {
            row.text.clear();
            row.sign.clear();
        }
    }
    sie
}
