//! What a SIE file is to the förbund: a closing with the balances of its accounts, cost centres and projects. Knows no
//! database.

mod behallen;

pub use behallen::{ur_saldon, utan_texter};

use crate::sie::{Objekt, Saldo, Saldoslag, Sie, Transaktion, Transaktionsslag, Typ};
use samsyn_core::bokslut::Bokslut;
use samsyn_core::kontosaldo::{Kontosaldo, is_balance};
use samsyn_core::objektsaldo::{KOSTNADSSTALLE, Objektsaldo, PROJEKT};
use samsyn_core::{Facts, Finding, Id, Place};
use samsyn_document::{Belopp, Datum, format};
use std::collections::BTreeMap;

/// The closings that a file tells.
#[derive(Clone, Debug, Default)]
pub struct Boksluten {
    /// The file's own, and those within its year whose vouchers up to a day were summed: rows of `bokslut`,
    /// `kontosaldon` and `objektsaldon`.
    pub facts: Facts,
    /// The day that the file closes on: its own word, else the day that was given, else that of its last voucher.
    pub till: Option<Datum>,
}

/// The closings of a file. `till` is the day that its balances cover, where a person has told it; else the file's own
/// word, else the year's last day. From a file with vouchers the half-year's closing within the year comes too.
///
/// Errors: what keeps the file from being a closing, with remedy.
pub fn bokslut(sie: &Sie, till: Option<Datum>) -> Result<Boksluten, Vec<Finding>> {
    let people = behallen::personer(sie);
    if !people.is_empty() {
        return Err(people);
    }
    let Some(year) = sie.rakenskapsar.get(&0).copied().filter(|_| sie.typ != Typ::FyraI) else {
        let told = "Filen har verifikationer att bokföra (typ 4I) och inga saldon.";
        return Err(fel(told, "Exportera SIE 4 (4E) med saldon från bokföringsprogrammet."));
    };
    let valuta = sie.valuta.trim();
    if !(valuta.is_empty() || valuta.eq_ignore_ascii_case("SEK")) {
        return Err(fel("Filens belopp är inte i kronor (#VALUTA).", "Exportera filen i svenska kronor."));
    }
    if closing_balances(sie).next().is_none() {
        let told = "Filen har inga utgående saldon (#UB och #RES) för räkenskapsåret.";
        return Err(fel(told, "Exportera SIE 4 med saldon från bokföringsprogrammet."));
    }
    // Every voucher balances, so what all accounts change by is nothing, whatever they opened with. A file with vouchers is
    // asked account by account.
    let opening = sie.saldon.iter().filter(|saldo| saldo.ar == 0 && saldo.slag == Saldoslag::Ib);
    let opening: Belopp = opening.map(|saldo| saldo.belopp).sum();
    let difference = closing_balances(sie).map(|(_, belopp)| belopp).sum::<Belopp>() - opening;
    if sie.verifikationer.is_empty() && difference != Belopp::NOLL {
        let told = format!(
            "Filens saldon går inte jämnt ut: #UB och #RES minus #IB är {} kr, inte 0.",
            format::kronor(difference)
        );
        return Err(fel(&told, "Filen är nog avklippt, eller saknar konton. Exportera den igen med alla saldon."));
    }
    let told = sie.omfattn.map(|day| day.min(year.till));
    let closes = match (till.or(told), sie.genererad) {
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
    if let Some(own) = told.filter(|own| closes > *own) {
        let told = format!("Filens saldon räcker inte längre än till och med {own}.");
        return Err(fel(&told, "Ange den dagen, eller exportera en senare fil."));
    }
    let mut facts = Facts::default();
    // Without a word of the file's own its balances are those of its last voucher: a closing before that is summed.
    let days = sie.verifikationer.iter().map(|voucher| voucher.datum).filter(|day| *day <= year.till);
    let last = days.max();
    let (own, summed) = match (told, last) {
        (Some(own), _) => (own, false),
        (None, Some(last)) if last > closes => (last, true),
        (None, _) => (closes, false),
    };
    if closes < own && last.is_none() {
        let told = format!("Filens saldon gäller {own}, och utan verifikationer går det inte att räkna fram {closes}.");
        return Err(fel(&told, "Exportera en fil till och med den dagen, eller SIE 4 med verifikationer."));
    }
    if !summed {
        stang(sie, year.fran, own, None, &mut facts)?;
    }
    let half = Datum::new(year.till.year(), 6, 30).filter(|half| *half > year.fran && *half < closes);
    let asked = Some(closes).filter(|day| *day < own);
    for day in [half, asked].into_iter().flatten().filter(|_| last.is_some()) {
        stang(sie, year.fran, day, Some(own), &mut facts)?;
    }
    Ok(Boksluten { facts, till: Some(own) })
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
            Saldoslag::Ib => konton.entry(saldo.konto).or_default().0 = saldo.belopp,
            Saldoslag::Ub | Saldoslag::Res if ur.is_none() => konton.entry(saldo.konto).or_default().1 = saldo.belopp,
            _ => {}
        }
    }
    let moved = rorelser(sie, fran, till);
    if ur.is_none() && !sie.verifikationer.is_empty() {
        oppna(sie, &moved)?;
    }
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
    let sums = if sie.verifikationer.is_empty() {
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
            let hint = "Ge kostnadsstället eller projektet högst 64 bokstäver, siffror, bindestreck, punkter eller \
                        understreck, utan mellanslag, som nummer.";
            return Err(fel(&told, hint));
        };
        facts.objektsaldon.push(Objektsaldo { till, dimension, objekt, namn, konto, belopp_kr });
    }
    Ok(())
}

/// What each account closes with: an account that some programs tell of as both `#UB` and `#RES` closes once.
fn closing_balances(sie: &Sie) -> impl Iterator<Item = (u32, Belopp)> {
    let of_year = sie.saldon.iter().filter(|saldo| saldo.ar == 0);
    let closing = of_year.filter(|saldo| matches!(saldo.slag, Saldoslag::Ub | Saldoslag::Res));
    closing.map(|saldo| (saldo.konto, saldo.belopp)).collect::<BTreeMap<_, _>>().into_iter()
}

/// Refuses a file where an account that opens with something, or that vouchers change, does not close: its amount would be
/// lost. One that comes to nothing may be left out.
fn oppna(sie: &Sie, moved: &[&Transaktion]) -> Result<(), Vec<Finding>> {
    let mut sums: BTreeMap<u32, Belopp> = BTreeMap::new();
    for saldo in sie.saldon.iter().filter(|saldo| saldo.ar == 0 && saldo.slag == Saldoslag::Ib) {
        *sums.entry(saldo.konto).or_default() += saldo.belopp;
    }
    for row in moved {
        *sums.entry(row.konto).or_default() += row.belopp;
    }
    for (konto, _) in closing_balances(sie) {
        sums.remove(&konto);
    }
    let wrong: Vec<Finding> = sums
        .into_iter()
        .filter(|(_, sum)| *sum != Belopp::NOLL)
        .map(|(konto, sum)| {
            let label = if is_balance(konto) { "#UB" } else { "#RES" };
            let sum = format::kronor(sum);
            let told = format!("Konto {konto} har ingen {label}, men ingående saldo och verifikationer ger {sum} kr.");
            Finding::error(Place::default(), told, "Exportera filen igen, med alla saldon.")
        })
        .collect();
    if wrong.is_empty() { Ok(()) } else { Err(wrong) }
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
