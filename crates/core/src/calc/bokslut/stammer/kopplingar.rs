//! How accounts, cost centres and projects are mapped, and what the projects have cost beside the requisitions.

use super::{Avstamning, att_bedoma, kr, told};
use crate::calc::bokslut::drift::{self, INTAKTSRADER};
use crate::calc::bokslut::{ar, av_part, av_projekt, har_objekt, kopplat, objektnamn, rad_for};
use crate::calc::tabeller::bokforing::Boksluten;
use crate::kontosaldo::Kontosaldo;
use crate::objektsaldo::{KOSTNADSSTALLE, Objektsaldo, PROJEKT};
use crate::rekvisition::Rekvisition;
use crate::underlag::{Bokforing, Underlag};
use samsyn_document::{Belopp, Datum};

pub(super) fn tell(underlag: &Underlag, closings: &Boksluten, all: &mut Vec<Avstamning>) {
    let bokforing = &underlag.bokforing;
    let mut mappings: Vec<u16> = Vec::new();
    for till in closings.balans(bokforing) {
        accounts(bokforing, till, all);
        let since = bokforing.struktur(ar(till)).first().map(|run| run.galler_fran);
        if let Some(since) = since.filter(|since| !mappings.contains(since)) {
            mappings.push(since);
            structure(bokforing, since, all);
        }
    }
    objects(bokforing, closings.till, all);
    counted_once(bokforing, closings.till, all);
    requisitions(underlag, closings.till, all);
}

/// Accounts with a balance that are in no run of the year's rapportstruktur.
pub fn utan_rad(bokforing: &Bokforing, till: Datum) -> Vec<&Kontosaldo> {
    let Some(of) = bokforing.per(till) else { return Vec::new() };
    let empty = |row: &&Kontosaldo| row.ingaende_kr == Belopp::NOLL && row.utgaende_kr == Belopp::NOLL;
    of.konton.iter().filter(|row| !empty(row) && rad_for(bokforing, till, row.konto).is_none()).collect()
}

/// Runs of accounts of a year that overlap: the accounts' numbers.
pub fn dubbla(bokforing: &Bokforing, year: u16) -> Vec<(u32, u32)> {
    let runs = bokforing.struktur(year);
    let mut found = Vec::new();
    for (at, one) in runs.iter().enumerate() {
        for other in &runs[at + 1..] {
            let (from, to) = (one.konto_fran.max(other.konto_fran), one.konto_till.min(other.konto_till));
            if from <= to {
                found.push((from, to));
            }
        }
    }
    found
}

/// Cost centres (dimension 1) or projects (6) of a closing that are mapped to nothing: number and name.
pub fn inte_kopplade(bokforing: &Bokforing, till: Datum, dimension: u16) -> Vec<String> {
    let Some(of) = bokforing.per(till) else { return Vec::new() };
    let mapped = |row: &&Objektsaldo| match dimension {
        KOSTNADSSTALLE => bokforing.kostnadsstallen(ar(till)).iter().any(|of| of.sie_kostnadsstalle == row.objekt),
        _ => kopplat(bokforing, till, &row.objekt).is_some(),
    };
    let lost = of.objekt.iter().filter(|row| row.dimension == dimension && !mapped(row));
    let mut lost: Vec<String> =
        lost.map(|row| format!("{} {}", row.objekt, objektnamn(of, dimension, &row.objekt))).collect();
    lost.dedup();
    lost
}

/// Every account with a balance has a line.
fn accounts(bokforing: &Bokforing, till: Datum, all: &mut Vec<Avstamning>) {
    let lost = utan_rad(bokforing, till).into_iter();
    let lost: Vec<String> = lost.map(|row| format!("{} {} har ingen rad", row.konto, row.namn)).collect();
    told(
        all,
        format!("Konton {till}"),
        &lost,
        "Ange deras rad under Konton, projekt och kostnadsställen.",
        "Varje konto med saldo har en rad i rapporterna.".to_owned(),
    );
}

/// No account has two lines in the mapping that applies from a year.
fn structure(bokforing: &Bokforing, since: u16, all: &mut Vec<Avstamning>) {
    let run = |(from, to): (u32, u32)| if from == to { format!("{from}") } else { format!("{from}–{to}") };
    let double = dubbla(bokforing, since).into_iter();
    let double: Vec<String> = double.map(|of| format!("konto {} har två rader", run(of))).collect();
    told(
        all,
        format!("Rapportstrukturen från {since}"),
        &double,
        "Ta bort den ena.",
        "Inget konto har två rader.".to_owned(),
    );
}

/// Every cost centre and project is mapped. A förbund may do without: then its driftsredovisning has fewer rows.
fn objects(bokforing: &Bokforing, till: Datum, all: &mut Vec<Avstamning>) {
    for (dimension, what) in [(KOSTNADSSTALLE, "Kostnadsställen"), (PROJEKT, "Projekt")] {
        let vad = format!("{what} {till}");
        if !har_objekt(bokforing, till, dimension) {
            let text = "Bokslutet har inga, så driftsredovisningen delas inte upp på dem. Har ni det i bokföringen: läs in en \
                        fil som har dem.";
            att_bedoma(all, vad, text.to_owned());
            continue;
        }
        let lost = inte_kopplade(bokforing, till, dimension);
        let lost: Vec<String> = lost.iter().map(|lost| format!("{lost} är inte kopplat")).collect();
        told(all, vad, &lost, "Koppla dem under Konton, projekt och kostnadsställen.", "Alla är kopplade.".to_owned());
    }
}

/// Nothing stands both on a row of cost centres and on a row of projects in the driftsredovisning.
fn counted_once(bokforing: &Bokforing, till: Datum, all: &mut Vec<Avstamning>) {
    let Some(of) = bokforing.per(till) else { return };
    let on_centres: Vec<&Objektsaldo> =
        drift::PARTER.iter().flat_map(|(kategori, ..)| av_part(bokforing, till, *kategori)).collect();
    let mut twice = Vec::new();
    for konto in of.konton.iter().filter(|konto| !konto.is_balance()) {
        if rad_for(bokforing, till, konto.konto).is_some_and(|run| INTAKTSRADER.contains(&run.rad)) {
            continue;
        }
        let sum = |rows: &mut dyn Iterator<Item = &Objektsaldo>| -> Belopp {
            rows.filter(|row| row.konto == konto.konto).map(|row| row.belopp_kr).sum()
        };
        let centres = sum(&mut on_centres.iter().copied());
        let projects = sum(&mut of.objekt.iter().filter(|row| row.dimension == PROJEKT));
        let over = (centres + projects).ore().abs() - konto.utgaende_kr.ore().abs();
        if centres != Belopp::NOLL && projects != Belopp::NOLL && over > 0 {
            twice.push(format!(
                "{} {} har {} på kostnadsställen för styrelse, kansli och projekt och {} på projekt, men är {}",
                konto.konto,
                konto.namn,
                kr(centres),
                kr(projects),
                kr(konto.utgaende_kr)
            ));
        }
    }
    let vad = format!("Kostnadsställen och projekt {till}");
    let remedy = "Bokför projektet på ett kostnadsställe för samverkansinsatser.";
    told(all, vad, &twice, remedy, "Inget räknas både på ett kostnadsställe och på ett projekt.".to_owned());
}

/// The accounts' cost per project equals the requisitions of the same time, in whole kronor as claims are.
fn requisitions(underlag: &Underlag, till: Datum, all: &mut Vec<Avstamning>) {
    if !har_objekt(&underlag.bokforing, till, PROJEKT) {
        return;
    }
    let mut differ = Vec::new();
    for insats in &underlag.insatser {
        let of_year = |claim: &&Rekvisition| claim.kvartal.year() == ar(till) && claim.kvartal.last() <= till;
        let claimed: Belopp = insats.rekvisitioner.iter().filter(of_year).map(|claim| claim.belopp_kr).sum();
        let booked = av_projekt(&underlag.bokforing, till, &insats.insats.insats_id);
        let booked: Belopp = booked.iter().map(|row| row.belopp_kr).sum();
        if booked.kronor() != claimed.kronor() {
            let name = insats.namn_med_agare();
            differ.push(format!("insatsen {name} är bokförd med {} och rekvirerad med {}", kr(booked), kr(claimed)));
        }
    }
    let vad = format!("Projekt och rekvisitioner {till}");
    let remedy = "Jämför projektets verifikationer med insatsens rekvisitioner, och rätta den som är fel.";
    told(all, vad, &differ, remedy, "Varje insats är bokförd med det som den har rekvirerat.".to_owned());
}
