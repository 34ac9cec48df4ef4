//! The vouchers that are proposed for a quarter, as a file that a bookkeeping program takes in: SIE 4I.

use crate::actions::forbund::Chosen;
use crate::{Error, clock};
use samsyn_core::calc::bokslut::forslag::{self, Forslag, Forslagsrad};
use samsyn_core::objektsaldo::{KOSTNADSSTALLE, PROJEKT};
use samsyn_core::underlag::Underlag;
use samsyn_document::{Belopp, Datum, Kvartal};
use samsyn_import::sie::{self, Objekt, Rakenskapsar, Sie, Transaktion, Transaktionsslag, Typ, Verifikation};
use std::collections::BTreeMap;

/// A written proposal.
#[derive(Clone, Debug)]
pub struct Fil {
    /// Its name; the ending is what tells 4I from other SIE files.
    pub namn: String,
    /// The file.
    pub innehall: Vec<u8>,
    /// What it proposes.
    pub forslag: Vec<Forslag>,
}

impl Fil {
    /// What is debited in all, öre.
    pub fn summa(&self) -> Belopp {
        self.forslag.iter().filter_map(|of| of.rader.first()).map(|row| row.belopp).sum()
    }
}

/// The proposal for a quarter as known at the end of a day. What is missing is an error, all of it at once.
pub async fn fil(chosen: &Chosen<'_>, kvartal: Kvartal, per: Datum) -> Result<Result<Fil, Vec<String>>, Error> {
    let underlag = chosen.underlag(per).await?;
    let found = match forslag::forslag(&underlag, kvartal) {
        Ok(found) => found,
        Err(missing) => return Ok(Err(missing)),
    };
    let facts = chosen.facts(per).await?;
    let orgnr = facts.forbund.first().and_then(|own| own.organisationsnummer.clone()).unwrap_or_default();
    let sie = som_sie(&found, &underlag.forbund, orgnr);
    Ok(Ok(Fil { namn: format!("forslag-{kvartal}.si"), innehall: sie::write(&sie), forslag: found }))
}

/// The file's content. Vouchers have no numbers, for the receiving program gives them; accounts, projects and cost centres
/// are the receiving program's own and are not named.
fn som_sie(forslag: &[Forslag], foretagsnamn: &str, orgnr: String) -> Sie {
    Sie {
        typ: Typ::FyraI,
        program: ("Samsyn".to_owned(), env!("CARGO_PKG_VERSION").to_owned()),
        genererad: Some(clock::today()),
        foretagsnamn: cp437(foretagsnamn),
        orgnr,
        rakenskapsar: aren(forslag),
        verifikationer: forslag.iter().map(verifikation).collect(),
        ..Sie::default()
    }
}

/// The letters that names have and the format lacks, as the nearest that it has: some programs read nothing but CP437.
fn cp437(text: &str) -> String {
    let plain = |sign: char| match sign {
        '…' => "...".to_owned(),
        '–' | '—' | '‑' => "-".to_owned(),
        '’' | '‘' => "'".to_owned(),
        '”' | '“' => "\"".to_owned(),
        other => other.to_string(),
    };
    text.chars().map(plain).collect()
}

/// The years that the vouchers lie in, the latest as 0. Lag (2018:597) 3 kap. 1 §: the financial year is the calendar year.
fn aren(forslag: &[Forslag]) -> BTreeMap<i32, Rakenskapsar> {
    let years = || forslag.iter().map(|of| of.datum.year());
    let (Some(first), Some(last)) = (years().min(), years().max()) else { return BTreeMap::new() };
    let of = |year: i32| {
        let (fran, till) = (Datum::new(year, 1, 1)?, Datum::new(year, 12, 31)?);
        Some((year - last, Rakenskapsar { fran, till }))
    };
    (first..=last).filter_map(of).collect()
}

fn verifikation(of: &Forslag) -> Verifikation {
    Verifikation {
        serie: String::new(),
        nummer: String::new(),
        datum: of.datum,
        text: cp437(&of.text),
        regdatum: None,
        sign: String::new(),
        transaktioner: of.rader.iter().map(transaktion).collect(),
    }
}

fn transaktion(row: &Forslagsrad) -> Transaktion {
    let objekt = [(KOSTNADSSTALLE, &row.kostnadsstalle), (PROJEKT, &row.projekt)].into_iter().filter_map(|(nr, id)| {
        let objekt = id.as_ref()?.to_string();
        Some(Objekt { dimension: u32::from(nr), objekt })
    });
    Transaktion {
        slag: Transaktionsslag::Trans,
        konto: row.konto,
        objekt: objekt.collect(),
        belopp: row.belopp,
        datum: None,
        text: String::new(),
        kvantitet: None,
        sign: String::new(),
    }
}

/// The quarters that something can be proposed for: those with a requisition, and the first of each half-year that has
/// fees; the latest first.
pub fn kvartal(underlag: &Underlag) -> Vec<Kvartal> {
    let rows = underlag.insatser.iter().flat_map(|of| &of.rekvisitioner).map(|row| row.kvartal);
    let fees = underlag.ekonomi.medlemsavgifter.iter();
    let invoiced = fees.flat_map(|fees| [1, 3].into_iter().filter_map(|number| Kvartal::new(fees.ar, number)));
    let mut all: Vec<Kvartal> = rows.chain(invoiced).collect();
    all.sort_by(|one, other| other.cmp(one));
    all.dedup();
    all
}
