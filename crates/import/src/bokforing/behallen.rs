//! The file that is kept of a closing: nothing in it may be about a person.

use crate::sie::{Dimension, Konto, Objekt, Rakenskapsar, Saldo, Saldoslag, Sie, Typ, Verifikation};
use samsyn_core::bokslut::Bokslut;
use samsyn_core::kontosaldo::Kontosaldo;
use samsyn_core::objektsaldo::{KOSTNADSSTALLE, Objektsaldo, PROJEKT};
use samsyn_core::personnummer::contains_personnummer;
use samsyn_core::{Finding, Place};
use samsyn_document::{Belopp, Datum, Manad};

/// A personnummer in what is kept of a file: what it says of the company, names and numbers of accounts, dimensions and
/// objects, and numbers of vouchers.
pub(super) fn personer(sie: &Sie) -> Vec<Finding> {
    let konton = sie
        .konton
        .iter()
        .filter(|(_, of)| contains_personnummer(&of.namn) || of.sru.iter().any(|sru| contains_personnummer(sru)));
    let konton = konton.map(|(konto, _)| format!("Konto {konto} har ett personnummer som namn eller kod."));
    let dimensioner = sie.dimensioner.iter().filter(|(_, of)| contains_personnummer(&of.namn));
    let dimensioner =
        dimensioner.map(|(nummer, _)| format!("Namnet på dimension {nummer} innehåller ett personnummer."));
    let bad = |(of, namn): &(&Objekt, &String)| contains_personnummer(namn) || contains_personnummer(&of.objekt);
    let objekt = sie.objekt.iter().filter(bad);
    let objekt = objekt.map(|(of, _)| format!("Ett objekt i dimension {} innehåller ett personnummer.", of.dimension));
    let bad = |of: &&Verifikation| contains_personnummer(&of.serie) || contains_personnummer(&of.nummer);
    let numbers = sie.verifikationer.iter().filter(bad);
    let numbers = numbers.map(|of| format!("En verifikation den {} har ett personnummer som nummer.", of.datum));
    let head = [&sie.program.0, &sie.program.1, &sie.foretagsnamn, &sie.orgnr, &sie.kptyp];
    let head = head.into_iter().any(|text| contains_personnummer(text));
    let head = head.then(|| "Filens program, företag eller kontoplan innehåller ett personnummer.".to_owned());
    let all = konton.chain(dimensioner).chain(objekt).chain(numbers).chain(head);
    all.map(|told| Finding::error(Place::default(), told, "Rätta i bokföringsprogrammet och exportera igen.")).collect()
}

/// The file as it is kept: without texts and signatures of vouchers, and without every dimension but cost centres, projects
/// and what divides them. The others are employees, customers and suppliers, and name people.
pub fn utan_texter(mut sie: Sie) -> Sie {
    for voucher in &mut sie.verifikationer {
        voucher.text.clear();
        voucher.sign.clear();
        for row in &mut voucher.transaktioner {
            row.text.clear();
            row.sign.clear();
        }
    }
    let kept = |dimension: u32| dimension == u32::from(KOSTNADSSTALLE) || dimension == u32::from(PROJEKT);
    let parts = sie.dimensioner.iter().filter(|(_, of)| of.over.is_some_and(kept)).map(|(nummer, _)| *nummer);
    let parts: Vec<u32> = parts.collect();
    let kept = |dimension: u32| kept(dimension) || parts.contains(&dimension);
    sie.dimensioner.retain(|nummer, _| kept(*nummer));
    sie.objekt.retain(|of, _| kept(of.dimension));
    sie.saldon.retain(|saldo| saldo.objekt.is_empty() || saldo.objekt.iter().any(|of| kept(of.dimension)));
    sie.saldon.iter_mut().for_each(|saldo| saldo.objekt.retain(|of| kept(of.dimension)));
    for row in sie.verifikationer.iter_mut().flat_map(|voucher| &mut voucher.transaktioner) {
        row.objekt.retain(|of| kept(of.dimension));
    }
    sie
}

/// A closing as a file, where none was kept of it: its balances, without vouchers. What its cost centres and projects have
/// cost since the year began stands in the closing's month.
pub fn ur_saldon(
    (bokslut, konton, objekt): (&Bokslut, &[Kontosaldo], &[Objektsaldo]),
    (foretagsnamn, orgnr): (&str, &str),
    written: Datum,
) -> Sie {
    let saldo = |slag: Saldoslag, konto: u32, belopp: Belopp| Saldo {
        slag,
        ar: 0,
        manad: None,
        konto,
        objekt: Vec::new(),
        belopp,
        kvantitet: None,
    };
    let opening = konton.iter().filter(|row| row.ingaende_kr != Belopp::NOLL);
    let opening = opening.map(|row| saldo(Saldoslag::Ib, row.konto, row.ingaende_kr));
    let closing = konton.iter().map(|row| {
        let slag = if row.is_balance() { Saldoslag::Ub } else { Saldoslag::Res };
        saldo(slag, row.konto, row.utgaende_kr)
    });
    let of = |row: &Objektsaldo| Objekt { dimension: row.dimension.into(), objekt: row.objekt.to_string() };
    let parts = objekt.iter().map(|row| Saldo {
        manad: Manad::new(row.till.year() as u16, row.till.month()),
        objekt: vec![of(row)],
        ..saldo(Saldoslag::Psaldo, row.konto, row.belopp_kr)
    });
    let konto = |row: &Kontosaldo| (row.konto, Konto { namn: row.namn.clone(), ..Konto::default() });
    let dimension = |nummer: u16, namn: &str| (nummer.into(), Dimension { namn: namn.to_owned(), over: None });
    Sie {
        typ: Typ::FyraE,
        program: (bokslut.program.clone().unwrap_or_default(), String::new()),
        genererad: Some(written),
        foretagsnamn: foretagsnamn.to_owned(),
        orgnr: orgnr.to_owned(),
        rakenskapsar: [(0, Rakenskapsar { fran: bokslut.fran, till: arets_slut(bokslut) })].into(),
        omfattn: Some(bokslut.till),
        konton: konton.iter().map(konto).collect(),
        dimensioner: [dimension(KOSTNADSSTALLE, "Kostnadsställe"), dimension(PROJEKT, "Projekt")].into(),
        objekt: objekt.iter().map(|row| (of(row), row.namn.clone().unwrap_or_default())).collect(),
        saldon: opening.chain(closing).chain(parts).collect(),
        ..Sie::default()
    }
}

/// The last day of a year that begins as the closing's does; never before the closing.
fn arets_slut(bokslut: &Bokslut) -> Datum {
    let fran = bokslut.fran;
    let next = Datum::new(fran.year() + 1, fran.month(), fran.day());
    next.map_or(bokslut.till, |next| next.add_days(-1)).max(bokslut.till)
}
