//! What must agree before the accounts are printed, told in words: balance, result, notes, cash flow, opening balances,
//! projects and requisitions, accounts without a line.

use super::uppstallning::{balansrakning, kassaflode, post};
use super::{Tid, ar, hela_kronor, notbelopp, notposter, objektnamn, rad_for, radbelopp, resultat};
use crate::calc::kontekst::Rakning;
use crate::calc::source::Source;
use crate::calc::tabeller::bokforing::{Boksluten, noter};
use crate::kontosaldo::Kontosaldo;
use crate::objektsaldo::{KOSTNADSSTALLE, Objektsaldo, PROJEKT};
use crate::rapportstruktur::{Rad, Radgrupp};
use crate::underlag::{Bokforing, Underlag};
use samsyn_document::{Belopp, Datum, Value, format};

/// Whether something agrees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Utfall {
    /// It does not.
    StammerInte,
    /// It cannot be told, or is for a person to judge.
    ArAttBedoma,
    /// It does.
    Stammer,
}

/// Something that must agree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Avstamning {
    /// Whether it does.
    pub utfall: Utfall,
    /// What is held against what: `Balansräkningen 2022-06-30`.
    pub vad: String,
    /// What was found, in a sentence.
    pub text: String,
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

/// Everything that must agree for the counted half-year's report, what does not first.
pub fn avstamningar(rakning: &Rakning<'_>) -> Vec<Avstamning> {
    let underlag = rakning.underlag;
    let closings = Boksluten::av(rakning.period);
    let mut all = Vec::new();
    if underlag.bokforing.per(closings.till).is_none() {
        let text = format!("Bokslutet per {} är inte inläst.", format::long_date(closings.till));
        return vec![Avstamning { utfall: Utfall::StammerInte, vad: "Bokslut".to_owned(), text }];
    }
    for till in closings.balans(&underlag.bokforing) {
        accounts(underlag, till, &mut all);
        balance(underlag, till, &mut all);
        notes(underlag, till, &mut all);
        cash(rakning, till, &mut all);
    }
    opening(underlag, &closings, &mut all);
    objects(underlag, closings.till, &mut all);
    requisitions(rakning, closings.till, &mut all);
    all.sort_by_key(|of| of.utfall);
    all
}

fn kr(amount: Belopp) -> String {
    format!("{} kr", format::kronor(amount))
}

fn told(all: &mut Vec<Avstamning>, agrees: bool, vad: String, text: String) {
    let utfall = if agrees { Utfall::Stammer } else { Utfall::StammerInte };
    all.push(Avstamning { utfall, vad, text });
}

fn accounts(underlag: &Underlag, till: Datum, all: &mut Vec<Avstamning>) {
    let bokforing = &underlag.bokforing;
    let lost = utan_rad(bokforing, till);
    let named: Vec<String> = lost.iter().map(|row| format!("{} {}", row.konto, row.namn)).collect();
    let text = if named.is_empty() {
        "Varje konto med saldo har en rad i rapporterna.".to_owned()
    } else {
        let named: Vec<&str> = named.iter().map(String::as_str).collect();
        format!("Utan rad i rapporterna: {}. Lägg in dem i rapportstrukturen.", format::list(&named))
    };
    told(all, lost.is_empty(), format!("Konton {till}"), text);
    let double = dubbla(bokforing, ar(till));
    if !double.is_empty() {
        let runs: Vec<String> = double
            .iter()
            .map(|(from, to)| if from == to { from.to_string() } else { format!("{from}–{to}") })
            .collect();
        let runs: Vec<&str> = runs.iter().map(String::as_str).collect();
        let text = format!("Konton med två rader i rapportstrukturen: {}. Ta bort den ena.", format::list(&runs));
        told(all, false, format!("Konton {till}"), text);
    }
}

/// Assets equal equity and liabilities, to the öre.
fn balance(underlag: &Underlag, till: Datum, all: &mut Vec<Avstamning>) {
    let bokforing = &underlag.bokforing;
    let sum = |wanted: fn(Rad) -> bool| -> Belopp {
        let lines = Rad::ALL.iter().copied().filter(|rad| wanted(*rad));
        lines.filter_map(|rad| radbelopp(bokforing, Tid::vid(till), rad)).sum()
    };
    let assets = sum(Rad::is_asset);
    let other = sum(|rad| !rad.is_asset() && !rad.is_result() && rad.grupp() != Radgrupp::Bokfort);
    let result = resultat(bokforing, till).unwrap_or_default();
    let difference = assets - other - result;
    let text = if difference == Belopp::NOLL {
        format!("Tillgångarna är lika stora som eget kapital och skulder: {}.", kr(assets))
    } else {
        format!(
            "Tillgångarna är {}, eget kapital och skulder {}. Det skiljer {}.",
            kr(assets),
            kr(other + result),
            kr(difference)
        )
    };
    told(all, difference == Belopp::NOLL, format!("Balansräkningen {till}"), text);
    let lines: Belopp = Rad::ALL
        .iter()
        .filter(|rad| rad.is_result())
        .filter_map(|&rad| radbelopp(bokforing, Tid::vid(till), rad))
        .sum();
    let text = if lines == result {
        format!("Resultatet är detsamma i resultaträkningen och balansräkningen: {}.", kr(result))
    } else {
        format!("Resultaträkningens rader ger {} men kontona {}.", kr(lines), kr(result))
    };
    told(all, lines == result, format!("Resultatet {till}"), text);
}

/// Each note sums to its line, to the öre.
fn notes(underlag: &Underlag, till: Datum, all: &mut Vec<Avstamning>) {
    let bokforing = &underlag.bokforing;
    let mut wrong = Vec::new();
    let numbers = noter(underlag, till);
    for &not_nr in &numbers {
        let mut lines: Vec<Rad> = Vec::new();
        let mut outside = Belopp::NOLL;
        for run in bokforing.struktur(ar(till)).iter().filter(|run| run.not_nr == Some(not_nr)) {
            if !lines.contains(&run.rad) {
                lines.push(run.rad);
            }
        }
        let line: Belopp = lines.iter().filter_map(|&rad| radbelopp(bokforing, Tid::vid(till), rad)).sum();
        // Accounts of the line that are in no note, or in another.
        for run in
            bokforing.struktur(ar(till)).iter().filter(|run| lines.contains(&run.rad) && run.not_nr != Some(not_nr))
        {
            let Some(of) = bokforing.per(till) else { continue };
            let own = of.konton.iter().filter(|konto| run.har(konto.konto));
            outside += super::tecken(run.rad, own.map(|konto| konto.utgaende_kr).sum());
        }
        let rows = notposter(bokforing, not_nr, &[till]);
        let note: Belopp = rows.iter().filter_map(|post| notbelopp(bokforing, Tid::vid(till), not_nr, post)).sum();
        if note != line - outside || outside != Belopp::NOLL {
            wrong.push(format!("not {not_nr} ger {} men raden {}", kr(note), kr(line)));
        }
    }
    if numbers.is_empty() {
        return;
    }
    let text = if wrong.is_empty() {
        "Varje not summerar till sin rad.".to_owned()
    } else {
        let wrong: Vec<&str> = wrong.iter().map(String::as_str).collect();
        format!("{}.", format::capital(&format::list(&wrong)))
    };
    told(all, wrong.is_empty(), format!("Noterna {till}"), text);
}

/// The cash flow explains the change of liquid funds.
fn cash(rakning: &Rakning<'_>, till: Datum, all: &mut Vec<Avstamning>) {
    let rows = kassaflode(till);
    let of = |namn: &str| match post(&rows, namn).map(|source: Source| source.value(rakning)) {
        Some(Value::Belopp(amount, _)) => amount,
        _ => Belopp::NOLL,
    };
    let change = of("likvida_medel_vid_periodens_slut") - of("likvida_medel_vid_arets_borjan");
    let flow = of("arets_kassaflode");
    // Whole kronor: some twenty lines are rounded each by itself.
    let difference = change - flow;
    let rounding = difference.ore().abs() <= 1_000;
    let text = match difference {
        Belopp::NOLL => format!("Kassaflödet är förändringen av likvida medel: {}.", kr(flow)),
        _ if rounding => format!(
            "Kassaflödet är {} och likvida medel har ändrats med {}. Skillnaden på {} är avrundning.",
            kr(flow),
            kr(change),
            kr(difference)
        ),
        _ => format!("Kassaflödet är {} men likvida medel har ändrats med {}.", kr(flow), kr(change)),
    };
    told(all, rounding, format!("Kassaflödet {till}"), text);
    // What is printed may differ from what is booked by a krona or two.
    let balance = balansrakning(Tid::vid(till));
    let shown = |namn: &str| match post(&balance, namn).map(|source: Source| source.value(rakning)) {
        Some(Value::Belopp(amount, _)) => hela_kronor(amount),
        _ => Belopp::NOLL,
    };
    let difference = shown("summa_tillgangar") - shown("summa_eget_kapital_och_skulder");
    if difference != Belopp::NOLL {
        all.push(Avstamning {
            utfall: Utfall::ArAttBedoma,
            vad: format!("Balansräkningen {till}"),
            text: format!("De tryckta summorna i hela kronor skiljer {}, av avrundning.", kr(difference)),
        });
    }
}

/// What the year began with is what the year before ended with.
fn opening(underlag: &Underlag, closings: &Boksluten, all: &mut Vec<Avstamning>) {
    let bokforing = &underlag.bokforing;
    let (Some(_), Some(_)) = (bokforing.per(closings.till), bokforing.per(closings.arsslut)) else {
        let text = format!(
            "Bokslutet per {} är inte inläst, så ingående balanser kan inte jämföras.",
            format::long_date(closings.arsslut)
        );
        all.push(Avstamning { utfall: Utfall::ArAttBedoma, vad: "Ingående balanser".to_owned(), text });
        return;
    };
    let mut wrong = Vec::new();
    let lines = Rad::ALL.iter().copied().filter(|rad| !rad.is_result() && rad.grupp() != Radgrupp::Bokfort);
    let (mut equity_in, mut equity_out) = (Belopp::NOLL, resultat(bokforing, closings.arsslut).unwrap_or_default());
    for rad in lines {
        let start = radbelopp(bokforing, Tid::ingaende(closings.till), rad).unwrap_or_default();
        let end = radbelopp(bokforing, Tid::vid(closings.arsslut), rad).unwrap_or_default();
        // The result moves between the lines of equity as the year turns.
        if rad.grupp() == Radgrupp::EgetKapital {
            equity_in += start;
            equity_out += end;
        } else if start != end {
            wrong.push(format!("{} började på {} men slutade på {}", rad.text().to_lowercase(), kr(start), kr(end)));
        }
    }
    if equity_in != equity_out {
        wrong.push(format!("eget kapital började på {} men slutade på {}", kr(equity_in), kr(equity_out)));
    }
    let text = if wrong.is_empty() {
        format!("Året började med det som stod kvar {}.", format::long_date(closings.arsslut))
    } else {
        let wrong: Vec<&str> = wrong.iter().map(String::as_str).collect();
        format!("{}.", format::capital(&format::list(&wrong)))
    };
    told(all, wrong.is_empty(), "Ingående balanser".to_owned(), text);
}

/// Cost centres (dimension 1) or projects (6) of a closing that are mapped to nothing: number and name.
pub fn inte_kopplade(underlag: &Underlag, till: Datum, dimension: u16) -> Vec<String> {
    let bokforing = &underlag.bokforing;
    let Some(of) = bokforing.per(till) else { return Vec::new() };
    let mapped = |row: &&Objektsaldo| match dimension {
        KOSTNADSSTALLE => bokforing.kostnadsstallen(ar(till)).iter().any(|of| of.sie_kostnadsstalle == row.objekt),
        _ => bokforing.projekt(ar(till)).iter().any(|of| of.sie_projekt == row.objekt),
    };
    let lost = of.objekt.iter().filter(|row| row.dimension == dimension && !mapped(row));
    let mut lost: Vec<String> =
        lost.map(|row| format!("{} {}", row.objekt, objektnamn(of, dimension, &row.objekt))).collect();
    lost.dedup();
    lost
}

/// Every cost centre and project is mapped.
fn objects(underlag: &Underlag, till: Datum, all: &mut Vec<Avstamning>) {
    for (dimension, what) in [(KOSTNADSSTALLE, "Kostnadsställen"), (PROJEKT, "Projekt")] {
        let lost = inte_kopplade(underlag, till, dimension);
        let any = super::har_objekt(&underlag.bokforing, till, dimension);
        let text = match lost.as_slice() {
            _ if !any => "Bokslutet har inga, så driftsredovisningen kan inte delas upp.".to_owned(),
            [] => "Alla är kopplade.".to_owned(),
            lost => {
                let lost: Vec<&str> = lost.iter().map(String::as_str).collect();
                format!("Inte kopplade: {}.", format::list(&lost))
            }
        };
        told(all, any && lost.is_empty(), format!("{what} {till}"), text);
    }
}

/// The accounts' cost per project equals the requisitions of the same time.
fn requisitions(rakning: &Rakning<'_>, till: Datum, all: &mut Vec<Avstamning>) {
    let underlag = rakning.underlag;
    let mut differ = Vec::new();
    for insats in &underlag.insatser {
        let booked = super::av_projekt(&underlag.bokforing, till, &insats.insats.insats_id);
        let claims = insats.rekvisitioner.iter();
        let of_year =
            |claim: &&crate::rekvisition::Rekvisition| claim.kvartal.year() == ar(till) && claim.kvartal.last() <= till;
        let claimed: Belopp = claims.filter(of_year).map(|claim| claim.belopp_kr).sum();
        let booked: Belopp = booked.iter().map(|row| row.belopp_kr).sum();
        // Claims are in whole kronor.
        if booked.kronor() != claimed.kronor() {
            let name = insats.kortnamn();
            differ.push(format!("{name} är bokförd med {} och rekvirerad med {}", kr(booked), kr(claimed)));
        }
    }
    if !super::har_objekt(&underlag.bokforing, till, PROJEKT) {
        return;
    }
    let text = if differ.is_empty() {
        "Varje insats är bokförd med det som den har rekvirerat.".to_owned()
    } else {
        let differ: Vec<&str> = differ.iter().map(String::as_str).collect();
        format!("{}.", format::list(&differ))
    };
    told(all, differ.is_empty(), format!("Projekt och rekvisitioner {till}"), text);
}
