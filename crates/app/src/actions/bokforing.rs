//! The bookkeeping: taking in SIE files, and what accounts, projects and cost centres are.

pub mod forslag;
pub mod koppling;
pub mod visa;

use crate::actions::forbund::Chosen;
use crate::{Error, clock};
use samsyn_core::bokslut::Bokslut;
use samsyn_core::calc::bokslut;
use samsyn_core::kontosaldo::Kontosaldo;
use samsyn_core::objektsaldo::Objektsaldo;
use samsyn_core::personnummer::contains_personnummer;
use samsyn_core::underlag::{BokslutUnderlag, Underlag};
use samsyn_core::{Fact, Facts, Finding};
use samsyn_document::{Belopp, Datum};
use samsyn_import::bokforing::{self, Boksluten};
use samsyn_import::sie::{self, Kodning, Sie};
use samsyn_store::import::Reading;
use samsyn_store::{Signature, facts, forbund, import};

/// What the reason is when nobody gives one.
pub const SKAL: &str = "inläsning av bokföring";

/// A SIE file that has been read.
#[derive(Clone, Debug)]
pub struct Last {
    /// Its name.
    pub namn: String,
    /// The company that it says it is of.
    pub foretag: String,
    /// That company's number, as written.
    pub orgnr: String,
    /// What its letters were written in.
    pub kodning: Kodning,
    /// How many vouchers it has.
    pub verifikationer: usize,
    /// What is odd but stops nothing.
    pub notes: Vec<Finding>,
    /// The closings that it tells.
    pub boksluten: Boksluten,
    /// The file as it is kept.
    behallen: Vec<u8>,
}

/// Reads a file. `till` is the day that its balances cover, where a person has told it.
pub fn las(namn: &str, bytes: &[u8], till: Option<Datum>) -> Result<Last, Error> {
    let sie = sie::read(namn, bytes).map_err(Error::Findings)?;
    let boksluten = bokforing::bokslut(&sie, till).map_err(Error::Findings)?;
    // A file's own name may be a person's.
    let namn = if contains_personnummer(namn) { "filen" } else { namn };
    let (foretag, orgnr, kodning) = (sie.foretagsnamn.clone(), sie.orgnr.clone(), sie.kodning);
    let (verifikationer, notes) = (sie.verifikationer.len(), sie.notes.clone());
    let behallen = sie::write(&bokforing::utan_texter(sie));
    Ok(Last { namn: namn.to_owned(), foretag, orgnr, kodning, verifikationer, notes, boksluten, behallen })
}

/// A closing beside what is held already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nytt {
    /// The closing.
    pub bokslut: Bokslut,
    /// How many accounts it has.
    pub konton: usize,
    /// The result since the financial year began, öre, as every account outside classes 1 and 2 gives it.
    pub resultat: Belopp,
    /// Whether there is a closing of the day already.
    pub finns: bool,
    /// Whether it stands so already, in every balance and every voucher.
    pub lika: bool,
    /// The accounts whose balance is another than is held: number, name, before and now in öre.
    pub andrade: Vec<(u32, String, Belopp, Belopp)>,
    /// Accounts with a balance that the rapportstruktur has no line for.
    pub utan_rad: Vec<(u32, String)>,
}

/// What a file would change.
#[derive(Clone, Debug)]
pub struct Granskning {
    /// The closings that would be stored, the file's own first.
    pub nytt: Vec<Nytt>,
    /// What the förbund itself is called, when the file says another number than its.
    pub annat_foretag: Option<String>,
    /// The closing of the year before, when it is not held: without it a report has nothing to compare with.
    pub fjol_saknas: Option<Datum>,
    rader: Facts,
    borta: Vec<(&'static str, String)>,
    /// The förbund's latest event when it was judged.
    pub handelse: i64,
}

/// What a file would change of what is held. A closing that was summed from vouchers never takes the place of one that has
/// a file of its own.
pub async fn granska(chosen: &Chosen<'_>, last: &Last) -> Result<Granskning, Error> {
    let (handelse, _) = forbund::state(chosen.db, chosen.access.forbund()).await?;
    let stored = facts::current(chosen.db, &chosen.access).await?;
    let own_file = |till: Datum| stored.bokslut.iter().any(|held| held.till == till && held.raknat_ur.is_none());
    let mut rader = last.boksluten.facts.clone();
    let passed: Vec<Datum> =
        rader.bokslut.iter().filter(|new| new.raknat_ur.is_some() && own_file(new.till)).map(|new| new.till).collect();
    rader.bokslut.retain(|row| !passed.contains(&row.till));
    rader.kontosaldon.retain(|row| !passed.contains(&row.till));
    rader.objektsaldon.retain(|row| !passed.contains(&row.till));
    let mut borta: Vec<(&'static str, String)> = Vec::new();
    for row in &rader.bokslut {
        let keys = |facts: &Facts| {
            let accounts = facts.kontosaldon.iter().filter(|of| of.till == row.till);
            let sums = facts.objektsaldon.iter().filter(|of| of.till == row.till);
            let accounts = accounts.map(|of| (Kontosaldo::RESOURCE, of.key()));
            accounts.chain(sums.map(|of| (Objektsaldo::RESOURCE, of.key()))).collect::<Vec<_>>()
        };
        let now: std::collections::HashSet<_> = keys(&rader).into_iter().collect();
        borta.extend(keys(&stored).into_iter().filter(|key| !now.contains(key)));
    }
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let own = stored.forbund.first();
    let number = own.and_then(|own| own.organisationsnummer.as_deref()).map(digits).unwrap_or_default();
    let other = !number.is_empty() && !last.orgnr.is_empty() && !number.ends_with(&digits(&last.orgnr));
    let annat_foretag = own.filter(|_| other).map(|own| own.namn.clone());
    let mut all = Vec::new();
    for row in &rader.bokslut {
        let mut new = nytt(&stored, &rader, row, &borta);
        new.lika &= kept_so(chosen, last, row.till).await?;
        all.push(new);
    }
    let before = rader.bokslut.first().map(|row| row.fran.add_days(-1));
    let fjol_saknas = before.filter(|day| !stored.bokslut.iter().any(|held| held.till == *day));
    Ok(Granskning { nytt: all, annat_foretag, fjol_saknas, rader, borta, handelse })
}

/// Whether the kept file of a closing says the same, whatever day it was written and by what version of a program.
async fn kept_so(chosen: &Chosen<'_>, last: &Last, till: Datum) -> Result<bool, Error> {
    let kept = behallen(chosen, till, clock::today()).await?;
    Ok(kept.is_some_and(|kept| said(&kept).eq(said(&last.behallen))))
}

/// The rows of a kept file but those that tell of the export itself.
fn said(file: &[u8]) -> impl Iterator<Item = &[u8]> {
    let of_export = |row: &&[u8]| row.starts_with(b"#GEN ") || row.starts_with(b"#PROGRAM ");
    file.split(|byte| *byte == b'\n').filter(move |row| !of_export(row))
}

fn nytt(stored: &Facts, rader: &Facts, bokslut: &Bokslut, borta: &[(&'static str, String)]) -> Nytt {
    let till = bokslut.till;
    let new: Vec<&Kontosaldo> = rader.kontosaldon.iter().filter(|row| row.till == till).collect();
    let was = |konto: u32| stored.kontosaldon.iter().find(|row| row.till == till && row.konto == konto);
    let held = stored.bokslut.iter().any(|row| row.till == till);
    let changed = new.iter().filter(|_| held).filter_map(|row| {
        let before = was(row.konto).map_or(Belopp::NOLL, |was| was.utgaende_kr);
        (before != row.utgaende_kr).then(|| (row.konto, row.namn.clone(), before, row.utgaende_kr))
    });
    let gone =
        stored.kontosaldon.iter().filter(|row| row.till == till && !new.iter().any(|new| new.konto == row.konto));
    let gone = gone.map(|row| (row.konto, row.namn.clone(), row.utgaende_kr, Belopp::NOLL));
    let andrade: Vec<_> = changed.chain(gone).collect();
    let same = |row: &&Objektsaldo| stored.objektsaldon.contains(row);
    let lika = stored.bokslut.contains(bokslut)
        && new.iter().all(|row| was(row.konto) == Some(row))
        && rader.objektsaldon.iter().filter(|row| row.till == till).all(|row| same(&row))
        && !borta.iter().any(|(_, key)| key.starts_with(&till.to_string()));
    let runs = Facts {
        rapportstruktur: stored.rapportstruktur.clone(),
        bokslut: vec![bokslut.clone()],
        kontosaldon: new.iter().map(|row| (*row).clone()).collect(),
        ..Facts::default()
    };
    let underlag = Underlag::new(runs, clock::today());
    let utan_rad = bokslut::stammer::utan_rad(&underlag.bokforing, till);
    Nytt {
        bokslut: bokslut.clone(),
        konton: new.len(),
        resultat: bokslut::resultat(&underlag.bokforing, till).unwrap_or_default(),
        finns: held,
        lika,
        andrade,
        utan_rad: utan_rad.into_iter().map(|row| (row.konto, row.namn.clone())).collect(),
    }
}

/// Stores what was judged, with the file without texts. Whether anything was stored; `None` when something else happened
/// meanwhile.
pub async fn spara(
    chosen: &Chosen<'_>,
    last: &Last,
    granskning: &Granskning,
    (who, why): (&str, &str),
) -> Result<Option<bool>, Error> {
    if contains_personnummer(why) {
        return Err(Error::Usage("Skälet innehåller ett personnummer. Ta bort det; inget har sparats.".to_owned()));
    }
    let Some(till) = last.boksluten.till else { return Ok(Some(false)) };
    // Every closing has the file that it was read from, for its vouchers may be others where its balances are the same.
    let changed = granskning.nytt.iter().filter(|new| !new.lika);
    let files: Vec<_> = changed.map(|new| (filnamn(new.bokslut.till), last.behallen.clone())).collect();
    let signature = Signature { who, why, now_ms: clock::now_ms() };
    let name = format!("Bokföring till och med {till}");
    let (rader, borta) = (&granskning.rader, &granskning.borta);
    let reading = Reading { name: &name, after: granskning.handelse, files_alone: !files.is_empty() };
    let outcome = import::store_rows(chosen.db, &chosen.access, reading, rader, borta, &files, signature).await?;
    Ok(if outcome.stored || outcome.unchanged { Some(outcome.stored) } else { None })
}

/// What the file of a closing is kept as.
pub fn filnamn(till: Datum) -> String {
    format!("bokforing-{till}.se")
}

/// The bookkeeping of a closing as it was kept, with vouchers but without their texts, as known at the end of a day. Missing
/// when the closing came without a file, as in a data package.
pub async fn sie_fil(chosen: &Chosen<'_>, till: Datum, per: Datum) -> Result<Option<Sie>, Error> {
    let kept = behallen(chosen, till, per).await?;
    kept.map(|kept| sie::read(&filnamn(till), &kept).map_err(Error::Findings)).transpose()
}

/// The bytes of the file that a closing was read from, as they are kept.
async fn behallen(chosen: &Chosen<'_>, till: Datum, per: Datum) -> Result<Option<Vec<u8>>, Error> {
    let found = import::latest(chosen.db, &chosen.access, &filnamn(till), per.ends_ms()).await?;
    Ok(found.map(|fil| fil.innehall))
}

/// A closing as a file, SIE 4E: the kept one, or else one made of its balances.
pub async fn fil(chosen: &Chosen<'_>, of: &BokslutUnderlag, per: Datum) -> Result<(String, Vec<u8>), Error> {
    let name = filnamn(of.bokslut.till);
    if let Some(kept) = behallen(chosen, of.bokslut.till, per).await? {
        return Ok((name, kept));
    }
    let stored = chosen.facts(per).await?;
    let own = stored.forbund.first();
    let number = own.and_then(|own| own.organisationsnummer.as_deref()).unwrap_or_default();
    let names = (own.map_or("", |own| own.namn.as_str()), number);
    Ok((name, sie::write(&bokforing::ur_saldon((&of.bokslut, &of.konton, &of.objekt), names, clock::today()))))
}
