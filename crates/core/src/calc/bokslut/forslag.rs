//! What the system proposes to book for a quarter: the insatser's requisitions, and with a half-year's first quarter the
//! member fees that are invoiced for the half-year. Each voucher balances. Amounts have the sign of the bookkeeping: debit
//! is positive.
//!
//! Nothing is guessed that the bookkeeping does not say: a project, cost centre or account that is missing is told, and
//! then nothing is proposed.

use super::forslagskonto::{avgiftskonto, konto};
use crate::calc::avgift::{self, Avgifter, Betalare};
use crate::planpost::Plankategori;
use crate::rapportstruktur::Rad;
use crate::underlag::{InsatsUnderlag, Underlag};
use crate::{Id, medlem::MedlemTyp};
use samsyn_document::{Belopp, Datum, Kvartal, format};

/// A voucher that is proposed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forslag {
    /// The day to book it on.
    pub datum: Datum,
    /// Its text. Names an insats or a member, never a person.
    pub text: String,
    /// Its rows, the debit first; they sum to nothing.
    pub rader: Vec<Forslagsrad>,
}

/// A row of a proposed voucher.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forslagsrad {
    /// The account.
    pub konto: u32,
    /// The cost centre's number.
    pub kostnadsstalle: Option<Id>,
    /// The project's number.
    pub projekt: Option<Id>,
    /// Öre; debit is positive.
    pub belopp: Belopp,
}

/// The vouchers of a quarter, requisitions first; the insatser and members in their order.
///
/// Errors: everything that is missing, each with what to do.
pub fn forslag(underlag: &Underlag, kvartal: Kvartal) -> Result<Vec<Forslag>, Vec<String>> {
    let mut saknas = Vec::new();
    let mut found = rekvisitioner(underlag, kvartal, &mut saknas);
    if let Some(half) = [1, 3].iter().position(|first| *first == kvartal.number()) {
        found.extend(avgifter(underlag, kvartal, half, &mut saknas));
    }
    if found.is_empty() && saknas.is_empty() {
        saknas.push(format!("Det finns inget att bokföra för {kvartal}: ingen insats har någon rekvisition."));
    }
    if saknas.is_empty() { Ok(found) } else { Err(saknas) }
}

/// Each insats's requisition: debit the account of samverkansinsatser, with project and cost centre; credit the debts to
/// suppliers. On the day it came in, but never after the quarter: its cost belongs to the closing that the quarter is in.
fn rekvisitioner(underlag: &Underlag, kvartal: Kvartal, saknas: &mut Vec<String>) -> Vec<Forslag> {
    let of_quarter = |of: &'_ InsatsUnderlag| {
        let row = of.rekvisitioner.iter().find(|row| row.kvartal == kvartal && row.belopp_kr != Belopp::NOLL);
        row.map(|row| (row.belopp_kr, row.inkommen))
    };
    let known: Vec<_> = underlag.insatser.iter().filter_map(|of| of_quarter(of).map(|row| (of, row))).collect();
    if known.is_empty() {
        return Vec::new();
    }
    let (bokforing, year) = (&underlag.bokforing, kvartal.year());
    let debet = konto(bokforing, year, Rad::Samverkansinsatser).map_err(|told| saknas.push(told));
    let kredit = konto(bokforing, year, Rad::Leverantorsskulder).map_err(|told| saknas.push(told));
    let kostnadsstalle = kostnadsstalle(underlag, year).map_err(|told| saknas.push(told));
    let mut found = Vec::new();
    for (of, (belopp, inkommen)) in known {
        let projekt = projekt(underlag, year, of).map_err(|told| saknas.push(told));
        let (Ok(debet), Ok(kredit), Ok(kostnadsstalle), Ok(projekt)) = (debet, kredit, &kostnadsstalle, projekt) else {
            continue;
        };
        let objekt = (Some(kostnadsstalle.clone()), Some(projekt));
        found.push(Forslag {
            datum: inkommen.min(kvartal.last()),
            text: format!("Rekvisition {} kvartal {} {year}", of.namn_med_agare(), kvartal.number()),
            rader: rader((debet, objekt), (kredit, (None, None)), belopp),
        });
    }
    found
}

type Objekt = (Option<Id>, Option<Id>);

fn rader(debet: (u32, Objekt), kredit: (u32, Objekt), belopp: Belopp) -> Vec<Forslagsrad> {
    let row = |(konto, (kostnadsstalle, projekt)): (u32, Objekt), belopp| Forslagsrad {
        konto,
        kostnadsstalle,
        projekt,
        belopp,
    };
    vec![row(debet, belopp), row(kredit, -belopp)]
}

fn kostnadsstalle(underlag: &Underlag, year: u16) -> Result<Id, String> {
    let of = underlag.bokforing.kostnadsstallen(year).iter().filter(|of| of.rad == Plankategori::Samverkansinsatser);
    let all: Vec<&Id> = of.map(|of| &of.sie_kostnadsstalle).collect();
    match all[..] {
        [only] => Ok(only.clone()),
        [] => Err(format!(
            "Inget kostnadsställe är samverkansinsatser {year}. Ange det under Konton, projekt och kostnadsställen."
        )),
        _ => Err(format!(
            "Flera kostnadsställen är samverkansinsatser {year}: {}. Förslaget vet inte vilket som gäller.",
            format::list(&all.iter().map(|id| id.as_str()).collect::<Vec<_>>())
        )),
    }
}

fn projekt(underlag: &Underlag, year: u16, of: &InsatsUnderlag) -> Result<Id, String> {
    let mapped = underlag.bokforing.projekt(year).iter().filter(|row| row.insats_id_eller_post == of.insats.insats_id);
    let all: Vec<&Id> = mapped.map(|row| &row.sie_projekt).collect();
    match all[..] {
        [only] => Ok(only.clone()),
        [] => Err(format!(
            "{} har inget projekt i bokföringen {year}. Ange det under Konton, projekt och kostnadsställen.",
            of.namn_med_agare()
        )),
        _ => Err(format!(
            "{} har flera projekt i bokföringen {year}: {}. Förslaget vet inte vilket som gäller.",
            of.namn_med_agare(),
            format::list(&all.iter().map(|id| id.as_str()).collect::<Vec<_>>())
        )),
    }
}

/// Each member's invoice for the half-year that begins (0: the first): debit the claims on customers, credit the member's
/// account of income. On the quarter's first day. The state is one payer.
fn avgifter(underlag: &Underlag, kvartal: Kvartal, half: usize, saknas: &mut Vec<String>) -> Vec<Forslag> {
    let (ekonomi, year) = (&underlag.ekonomi, kvartal.year());
    let fees = match arets(underlag, year) {
        Ok(fees) => fees,
        Err(told) => {
            saknas.push(told);
            return Vec::new();
        }
    };
    let debet = konto(&underlag.bokforing, year, Rad::Kundfordringar).map_err(|told| saknas.push(told));
    let mut found = Vec::new();
    for (who, members) in betalare(underlag) {
        let amount = fees.av(who).map_or(0, |fee| avgift::halvarsbelopp(fee)[half]);
        if amount == 0 {
            continue;
        }
        let names: Vec<&str> = members.iter().map(|at| ekonomi.medlemmar[*at].medlem.as_str()).collect();
        match (debet, avgiftskonto(underlag, year, &members)) {
            (Ok(debet), Ok(kredit)) => found.push(Forslag {
                datum: kvartal.first(),
                text: format!("Medlemsavgift {} halvår {} {year}", format::list(&names), half + 1),
                rader: rader((debet, (None, None)), (kredit, (None, None)), Belopp::from_kronor(amount)),
            }),
            (_, Err(told)) => saknas.push(told),
            (Err(()), Ok(_)) => {}
        }
    }
    found
}

/// The year's fees, when they can be invoiced.
fn arets(underlag: &Underlag, year: u16) -> Result<Avgifter, String> {
    let (total, _) = avgift::totalen(&underlag.ekonomi, year)
        .ok_or_else(|| format!("Medlemsavgifterna {year} är inte angivna. Ange summan under Ekonomi."))?;
    let fees = avgift::avgifter(&underlag.ekonomi, year, total).map_err(|told| told.to_string())?;
    match &fees.kommuner {
        Err(told) => Err(told.to_string()),
        Ok(_) if fees.preliminar => Err(format!(
            "Medlemsavgifterna {year} är preliminära, för året har ingen avgiftsregel. Lägg till den under Ekonomi."
        )),
        Ok(_) => Ok(fees),
    }
}

/// Who is invoiced, each with its members by place: the state's are one.
fn betalare(underlag: &Underlag) -> Vec<(Betalare, Vec<usize>)> {
    let members = || underlag.ekonomi.medlemmar.iter().enumerate();
    let of = |typ: MedlemTyp| members().filter(move |(_, of)| of.typ == typ).map(|(at, _)| at);
    let mut all =
        vec![(Betalare::Staten, of(MedlemTyp::Stat).collect()), (Betalare::Region, of(MedlemTyp::Region).collect())];
    all.extend(of(MedlemTyp::Kommun).map(|at| (Betalare::Kommun(at), vec![at])));
    all
}
