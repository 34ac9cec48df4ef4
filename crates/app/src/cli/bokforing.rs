//! The bookkeeping on the command line: SIE files in and out, and what accounts, projects and cost centres are.

use super::args::{Per, Whose};
use super::{DONE, FINDINGS, print};
use crate::Error;
use crate::actions::bokforing::{self, Granskning, Last, Nytt, forslag, koppling};
use crate::actions::forbund::{Chosen, per_or_today};
use crate::actions::spara;
use clap::Args;
use samsyn_document::{Datum, Kvartal, format};
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
pub struct ImportSie {
    /// Filen, som bokföringsprogrammet skriver den: SIE 1, 2, 3 eller 4.
    #[arg(value_name = "FIL")]
    pub file: PathBuf,
    /// Dagen som saldona gäller, när filen inte säger det.
    #[arg(long = "till", value_name = "DATUM")]
    pub until: Option<Datum>,
    /// Visa bara vad som skulle ändras.
    #[arg(long = "visa")]
    pub show: bool,
    /// Läs in fastän filen har ett annat organisationsnummer än förbundet.
    #[arg(long = "annat-foretag")]
    pub other: bool,
    /// Varför bokföringen läses in; sparas i loggen.
    #[arg(long = "skal", value_name = "TEXT", default_value = bokforing::SKAL, hide_default_value = true)]
    pub why: String,
    #[command(flatten)]
    pub whose: Whose,
}

#[derive(Debug, Args)]
pub struct ImportKoppling {
    /// Filen: .csv, .xlsx, .xls eller .ods med konton, projekt, kostnadsställen eller schabloner.
    #[arg(value_name = "FIL")]
    pub file: PathBuf,
    /// Från vilket år raderna gäller, när filen inte säger det.
    #[arg(long = "fran", value_name = "AR")]
    pub from: Option<u16>,
    /// Varför; sparas i loggen.
    #[arg(long = "skal", value_name = "TEXT", default_value = "inläsning av koppling", hide_default_value = true)]
    pub why: String,
    #[command(flatten)]
    pub whose: Whose,
}

#[derive(Debug, Args)]
pub struct WriteSie {
    /// Bokslutets dag, till exempel 2022-06-30.
    #[arg(value_name = "DATUM")]
    pub until: Datum,
    #[command(flatten)]
    pub per: Per,
    #[command(flatten)]
    pub whose: Whose,
    /// Fil att skriva: .se.
    #[arg(long = "ut", value_name = "FIL")]
    pub to: PathBuf,
}

#[derive(Debug, Args)]
pub struct WriteForslag {
    /// Kvartal, till exempel 2022-K2.
    #[arg(value_name = "KVARTAL", value_parser = quarter)]
    pub quarter: Kvartal,
    #[command(flatten)]
    pub per: Per,
    #[command(flatten)]
    pub whose: Whose,
    /// Fil att skriva: .si.
    #[arg(long = "ut", value_name = "FIL")]
    pub to: PathBuf,
}

/// A quarter, its letter of either case.
fn quarter(text: &str) -> Result<Kvartal, String> {
    text.to_uppercase().parse()
}

fn read(path: &Path) -> Result<(String, Vec<u8>), Error> {
    let bytes = std::fs::read(path).map_err(|error| Error::file(path, "läsas", &error))?;
    Ok((path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned()), bytes))
}

/// Takes in a SIE file; tells what it is and what it changed.
pub async fn import(chosen: &Chosen<'_>, choices: &ImportSie) -> Result<u8, Error> {
    let (name, bytes) = read(&choices.file)?;
    let last = bokforing::las(&name, &bytes, choices.until)?;
    let granskning = bokforing::granska(chosen, &last).await?;
    print(&told(&last, &granskning))?;
    if let Some(own) = granskning.annat_foretag.as_ref().filter(|_| !choices.other) {
        return Err(Error::Usage(format!(
            "Filen gäller {} ({}), inte {own}. Är det rätt fil: läs in den med --annat-foretag. Inget har sparats.",
            last.foretag, last.orgnr
        )));
    }
    let lost = granskning.nytt.iter().any(|new| !new.utan_rad.is_empty());
    if choices.show {
        print("Inget har sparats.\n")?;
        return Ok(if lost { FINDINGS } else { DONE });
    }
    let done = bokforing::spara(chosen, &last, &granskning, (&super::who(), &choices.why)).await?;
    print(match done {
        Some(true) => "Bokföringen är inläst.\n",
        Some(false) => "Bokföringen är redan inläst så. Inget har ändrats.\n",
        None => {
            return Err(Error::Failure("Något annat ändrades samtidigt. Inget har sparats. Försök igen.".to_owned()));
        }
    })?;
    Ok(if lost { FINDINGS } else { DONE })
}

fn told(last: &Last, granskning: &Granskning) -> String {
    let mut text = format!(
        "{}: {} ({}), {} verifikationer, läst som {}.\n",
        last.namn,
        last.foretag,
        last.orgnr,
        format::number(last.verifikationer as i64),
        last.kodning.namn()
    );
    for note in &last.notes {
        text += &format!("{note}\n");
    }
    for new in &granskning.nytt {
        text += &one(new);
    }
    if let Some(day) = granskning.fjol_saknas {
        text += &format!(
            "  Bokslutet per {day} är inte inläst. Läs in det årets fil också, så får rapporten jämförelsetal.\n"
        );
    }
    text
}

fn one(new: &Nytt) -> String {
    let summed = new
        .bokslut
        .raknat_ur
        .map_or_else(String::new, |from| format!(", summerat ur verifikationerna i en fil som räcker till {from}"));
    let mut text = format!(
        "  {}: {} konton, resultat {} kr{summed}{}\n",
        new.bokslut.till,
        new.konton,
        format::kronor(new.resultat),
        if new.lika { ", redan inläst" } else { "" }
    );
    for (konto, namn, before, now) in &new.andrade {
        text += &format!("    {konto} {namn}: {} (förut {})\n", format::kronor(*now), format::kronor(*before));
    }
    if !new.utan_rad.is_empty() {
        let named: Vec<String> = new.utan_rad.iter().map(|(konto, namn)| format!("{konto} {namn}")).collect();
        text += &format!("    Utan rad i rapporterna: {}.\n", format::list(&named));
    }
    text
}

/// Takes in what accounts, projects or cost centres are.
pub async fn import_koppling(chosen: &Chosen<'_>, choices: &ImportKoppling) -> Result<u8, Error> {
    let (name, bytes) = read(&choices.file)?;
    let last = koppling::las(&name, &bytes, choices.from)?;
    let (changed, ended) = koppling::spara(chosen, &last, (&super::who(), &choices.why)).await?;
    let table = last.tabell.text();
    print(&match (changed, ended) {
        (0, 0) => format!("{table}: redan inläst så. Inget har ändrats.\n"),
        (1, 0) => format!("{table}: 1 rad är ny eller ändrad.\n"),
        (changed, 0) => format!("{table}: {changed} rader är nya eller ändrade.\n"),
        (changed, ended) => {
            format!("{table}: nya eller ändrade rader {changed}, rader som inte gäller längre {ended}.\n")
        }
    })
}

/// Writes the bookkeeping of a closing as SIE 4E.
pub async fn write(chosen: &Chosen<'_>, choices: &WriteSie) -> Result<u8, Error> {
    let per = per_or_today(choices.per.per);
    let underlag = chosen.underlag(per).await?;
    let missing = || Error::Usage(format!("Bokslutet per {} är inte inläst.", choices.until));
    let found = underlag.bokforing.per(choices.until).ok_or_else(missing)?;
    let (_, bytes) = bokforing::fil(chosen, found, per).await?;
    spara::file(&choices.to, &bytes)?;
    print(&format!("{} är skriven.\n", choices.to.display()))
}

/// Writes the vouchers that are proposed for a quarter as SIE 4I.
pub async fn write_forslag(chosen: &Chosen<'_>, choices: &WriteForslag) -> Result<u8, Error> {
    if !choices.to.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("si")) {
        let name = choices.to.display();
        return Err(Error::Usage(format!(
            "{name} slutar inte på .si, som skiljer en fil att bokföra från andra SIE-filer."
        )));
    }
    let found = forslag::fil(chosen, choices.quarter, per_or_today(choices.per.per)).await?;
    let fil = found.map_err(|missing| Error::Usage(format!("{}\nInget är skrivet.", missing.join("\n"))))?;
    spara::file(&choices.to, &fil.innehall)?;
    let mut text = String::new();
    for of in &fil.forslag {
        let [debet, kredit] = &of.rader[..] else { continue };
        let amount = format::kronor(debet.belopp);
        text += &format!("  {} {}: {amount} kr, debet {}, kredit {}\n", of.datum, of.text, debet.konto, kredit.konto);
    }
    let (count, sum) = (format::number(fil.forslag.len() as i64), format::kronor(fil.summa()));
    print(&format!("{text}{} är skriven: {count} verifikationer, {sum} kr.\n", choices.to.display()))
}
