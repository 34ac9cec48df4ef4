//! An insats's uppföljningsfil on the command line: the template, and taking in what comes back.

use super::args::Whose;
use super::{DONE, FINDINGS, print};
use crate::actions::forbund::Chosen;
use crate::actions::spara;
use crate::actions::uppfoljningsfil::{self, Granskning, Val};
use crate::{Error, clock};
use clap::{Args, Subcommand};
use samsyn_core::insats::Insats;
use samsyn_core::uppfoljning::nummer;
use samsyn_core::{Finding, Severity};
use samsyn_document::{Datum, format};
use samsyn_import::grid::Limits;
use samsyn_import::uppfoljningsfil::{Falt, Ordlista, nyckel};
use samsyn_store::import::ImportOutcome;
use std::path::PathBuf;

/// How many inskrivningar are named.
const TOLD: usize = 20;

#[derive(Debug, Subcommand)]
pub enum Template {
    /// Excelfil att fylla i för en insats, med de inskrivningar som redan är kända.
    #[command(after_help = "\nExempel:\n  samsyn mall deltagare --insats ost-bryggan --ut bryggan.xlsx\n")]
    Deltagare {
        /// Insatsens id.
        #[arg(long = "insats", value_name = "ID")]
        insats: String,
        /// Fil att skriva, .xlsx.
        #[arg(long = "ut", value_name = "FIL")]
        to: PathBuf,
        #[command(flatten)]
        whose: Whose,
    },
}

#[derive(Debug, Args)]
pub struct ImportDeltagare {
    /// Filen: .xlsx, .xls, .ods eller .csv.
    #[arg(value_name = "FIL")]
    pub file: PathBuf,
    /// Insatsens id.
    #[arg(long = "insats", value_name = "ID")]
    pub insats: String,
    /// Dagen då uppgifterna blev kända för kansliet; utan val i dag.
    #[arg(long, value_name = "DATUM")]
    pub per: Option<Datum>,
    /// Vad en kolumn är, till exempel "Började=inskriven"; tomt efter likhetstecknet: läses inte. Kan upprepas.
    #[arg(long = "kolumn", value_name = "RUBRIK=FALT")]
    pub columns: Vec<String>,
    /// Vad ett ord betyder, till exempel "avslutsorsak:fått jobb=arbete". Kan upprepas.
    #[arg(long = "ord", value_name = "FALT:ORD=KOD")]
    pub words: Vec<String>,
    /// Makulera en inskrivning som inte längre står i filen. Kan upprepas.
    #[arg(long = "makulera", value_name = "NUMMER")]
    pub cancel: Vec<String>,
    /// Ta bort ett avslut som inte längre står i filen. Kan upprepas.
    #[arg(long = "oppna", value_name = "NUMMER")]
    pub reopen: Vec<String>,
    /// Visa bara vad som skulle ändras.
    #[arg(long = "visa")]
    pub show: bool,
    /// Läs in trots varningar.
    #[arg(long = "godkann-varningar")]
    pub accept_warnings: bool,
    /// Skriv en kopia av filen med det som ska rättas, .xlsx.
    #[arg(long = "anmarkt", value_name = "FIL")]
    pub annotated: Option<PathBuf>,
    /// Varför uppgifterna läses in; sparas i loggen.
    #[arg(
        long = "skal",
        value_name = "TEXT",
        default_value = "Uppföljningsfil från insatsen.",
        hide_default_value = true
    )]
    pub why: String,
    #[command(flatten)]
    pub whose: Whose,
}

/// Writes the template.
pub async fn template(chosen: &Chosen<'_>, insats: &str, to: &std::path::Path) -> Result<u8, Error> {
    let insats = find(chosen, insats).await?;
    spara::file(to, &uppfoljningsfil::mall(chosen, &insats).await?)?;
    print(&format!("{} är skriven.\n", to.display()))
}

async fn find(chosen: &Chosen<'_>, id: &str) -> Result<Insats, Error> {
    let facts = chosen.facts(clock::today()).await?;
    let found = facts.insatser.iter().find(|insats| insats.insats_id.as_str() == id).cloned();
    found.ok_or_else(|| {
        let ids: Vec<String> = facts.insatser.iter().map(|insats| insats.insats_id.to_string()).collect();
        Error::Usage(format!("Det finns ingen insats med id {id}. De som finns: {}.", format::list(&ids)))
    })
}

/// Takes in a file, or shows what it would change.
pub async fn import(chosen: &Chosen<'_>, choices: &ImportDeltagare) -> Result<u8, Error> {
    let insats = find(chosen, &choices.insats).await?;
    let dag = choices.per.unwrap_or_else(clock::today);
    if dag > clock::today() {
        return Err(Error::Usage(format!(
            "Dagen {dag} har inte varit än. Välj en tidigare dag, eller lämna --per ute."
        )));
    }
    let bytes = std::fs::read(&choices.file).map_err(|error| Error::file(&choices.file, "läsas", &error))?;
    let name = choices.file.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let read = uppfoljningsfil::las_fil(&name, &bytes, &Limits::default());
    let fil = read.map_err(|refused| Error::Findings(refused.findings))?;
    let mut ordlista = uppfoljningsfil::ordlista(chosen, &choices.insats).await?;
    learn(&mut ordlista, choices)?;
    let first = uppfoljningsfil::granska(chosen, &insats, (&fil, &ordlista), (dag, &Val::default(), false)).await?;
    let val = decided(&first, choices)?;
    let judged = match val == Val::default() {
        true => first,
        false => uppfoljningsfil::granska(chosen, &insats, (&fil, &ordlista), (dag, &val, false)).await?,
    };
    if let Some(to) = &choices.annotated {
        spara::file(to, &uppfoljningsfil::anmarkt(&fil, &judged)?)?;
    }
    print(&told(&judged))?;
    let warned = judged.findings.iter().any(|finding| finding.severity == Severity::Varning);
    let asked = !judged.jamforelse.borta.is_empty() || !judged.jamforelse.utan_avslut.is_empty();
    if choices.show {
        return Ok(DONE);
    }
    if !judged.kan_lasas() {
        print("Filen är inte inläst. Rätta felen och läs in den igen.\n")?;
        return Ok(FINDINGS);
    }
    if (warned || asked && val == Val::default()) && !choices.accept_warnings {
        print("Filen är inte inläst. Läs igenom det som är tveksamt och läs in den igen med --godkann-varningar.\n")?;
        return Ok(FINDINGS);
    }
    let who = std::env::var("USER").or_else(|_| std::env::var("USERNAME")).unwrap_or_else(|_| "okänd".to_owned());
    let outcome = uppfoljningsfil::las_in(chosen, &judged, (&fil, &ordlista), (&who, &choices.why)).await?;
    let (told, code) = besked(&outcome);
    print(told)?;
    Ok(code)
}

/// What came of it, in words and as the command's exit code.
fn besked(outcome: &ImportOutcome) -> (&'static str, u8) {
    match (outcome.stored, outcome.unchanged) {
        (true, _) => ("Filen är inläst.\n", DONE),
        (false, true) => ("Allt i filen var redan känt. Inget har ändrats.\n", DONE),
        (false, false) => {
            ("Något annat ändrades i förbundet samtidigt. Inget är inläst. Kör kommandot igen.\n", FINDINGS)
        }
    }
}

fn learn(ordlista: &mut Ordlista, choices: &ImportDeltagare) -> Result<(), Error> {
    for given in &choices.columns {
        let (heading, field) = given.split_once('=').unwrap_or((given, ""));
        let field = match field.trim() {
            "" => None,
            name => Some(Falt::of_namn(name).map(|falt| falt.namn().to_owned()).ok_or_else(|| no_field(name))?),
        };
        ordlista.rubriker.insert(nyckel(heading), field);
    }
    for given in &choices.words {
        let parts = given.split_once('=').and_then(|(left, kod)| Some((left.split_once(':')?, kod.trim())));
        let Some(((field, word), kod)) = parts else {
            return Err(Error::Usage(format!(
                "{given:?} går inte att läsa. Skriv till exempel \"avslutsorsak:fått jobb=arbete\"."
            )));
        };
        let falt = Falt::of_namn(field.trim()).ok_or_else(|| no_field(field))?;
        let koder = falt.koder();
        if !kod.is_empty() && !koder.iter().any(|(known, _)| *known == kod) {
            let known: Vec<&str> = koder.iter().map(|(known, _)| *known).collect();
            return Err(Error::Usage(format!(
                "{kod:?} finns inte i listan för {field}. Skriv ett av: {}.",
                known.join(", ")
            )));
        }
        ordlista.varden.insert((falt.namn().to_owned(), nyckel(word)), kod.to_owned());
    }
    Ok(())
}

fn no_field(name: &str) -> Error {
    let known = Falt::ALL.map(|falt| falt.namn());
    Error::Usage(format!("Det finns inget fält {name:?}. De som finns: {}.", known.join(", ")))
}

/// What is decided about inskrivningar that the file leaves open, told by their numbers.
fn decided(found: &Granskning, choices: &ImportDeltagare) -> Result<Val, Error> {
    let mut val = Val::default();
    for number in &choices.cancel {
        let gone = found.jamforelse.borta.iter().find(|one| nummer(one) == number);
        let gone = gone.ok_or_else(|| {
            Error::Usage(format!(
                "Inskrivning {number} står i filen eller är inte känd. Bara det som fattas i filen kan makuleras."
            ))
        })?;
        val.makulera.insert(gone.deltagande_id.to_string());
    }
    for number in &choices.reopen {
        let open = found.jamforelse.utan_avslut.iter().find(|hit| nummer(&hit.efter) == number);
        let open =
            open.ok_or_else(|| Error::Usage(format!("Inskrivning {number} har inget avslut som fattas i filen.")))?;
        val.oppna.insert(open.efter.deltagande_id.to_string());
    }
    Ok(val)
}

/// What a file would change, in words.
fn told(judged: &Granskning) -> String {
    let found = &judged.jamforelse;
    let lines = |findings: &[Finding]| -> String { findings.iter().map(|one| format!("{one}\n")).collect() };
    let mut text = lines(&uppfoljningsfil::samlade(&judged.findings));
    let number = |count: usize| format::number(count as i64);
    text += &format!(
        "{}: {} nya, {} ändrade och {} oförändrade inskrivningar i filen.\n",
        judged.insats.namn,
        number(found.nya.len()),
        number(found.andrade.len()),
        number(found.oforandrade)
    );
    let numbers = |all: Vec<&str>| {
        let more = all.len().saturating_sub(TOLD);
        let told = all.iter().take(TOLD).copied().collect::<Vec<_>>().join(", ");
        if more == 0 { told } else { format!("{told} och {} till", format::number(more as i64)) }
    };
    if !found.borta.is_empty() {
        let gone = numbers(found.borta.iter().map(nummer).collect());
        text += &format!("Inte längre i filen, står kvar som de är: {gone}. Var de misstag: --makulera NUMMER.\n");
    }
    if !found.utan_avslut.is_empty() {
        let open = numbers(found.utan_avslut.iter().map(|hit| nummer(&hit.efter)).collect());
        text +=
            &format!("Avslut som inte längre står i filen, de gäller ändå: {open}. Var de misstag: --oppna NUMMER.\n");
    }
    for half in &judged.siffror {
        text += &format!("Siffror som ändras, {}: {}.\n", format::halvar(half.halvar), number(half.siffror.len()));
        for figure in &half.siffror {
            text += &format!("  {}: {} → {}\n", figure.namn, figure.fore, figure.efter);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_taken_in_is_no_success() {
        let of = |stored, unchanged| besked(&ImportOutcome { stored, unchanged, ..ImportOutcome::default() }).1;
        assert_eq!([of(true, false), of(false, true), of(false, false)], [DONE, DONE, FINDINGS]);
    }
}
