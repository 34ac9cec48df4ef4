//! What accounts, projects and cost centres are in the reports: tables that people keep, by the year from which they apply.

use crate::actions::forbund::Chosen;
use crate::actions::insatsbeslut::{Form, Wrong, parse, unfit};
use crate::{Error, clock};
use samsyn_core::calc::bokslut::{ar, stammer};
use samsyn_core::deltagande::Forsorjning;
use samsyn_core::kostnadsstalle::Kostnadsstalle;
use samsyn_core::objektsaldo::{KOSTNADSSTALLE, PROJEKT};
use samsyn_core::personnummer::contains_personnummer;
use samsyn_core::projektkoppling::Projektkoppling;
use samsyn_core::rapportstruktur::Rapportstruktur;
use samsyn_core::schablon::Schablon;
use samsyn_core::underlag::{Post, Underlag};
use samsyn_core::{Fact, Facts, Finding, Place};
use samsyn_import::faktatabell::{self, Vanor};
use samsyn_import::grid::Limits;
use samsyn_store::change::{self, Upon};
use samsyn_store::{Signature, facts, forbund};

/// The kind of event.
pub const SLAG: &str = "koppling";

/// A table that people keep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tabell {
    /// Accounts and lines.
    Rapportstruktur,
    /// Projects.
    Projekt,
    /// Cost centres.
    Kostnadsstallen,
    /// What public support is reckoned to cost.
    Schabloner,
}

impl Tabell {
    /// Every table.
    pub const ALLA: [Tabell; 4] =
        [Tabell::Rapportstruktur, Tabell::Projekt, Tabell::Kostnadsstallen, Tabell::Schabloner];

    /// Its noun's file.
    pub const fn kod(self) -> &'static str {
        match self {
            Tabell::Rapportstruktur => Rapportstruktur::RESOURCE,
            Tabell::Projekt => Projektkoppling::RESOURCE,
            Tabell::Kostnadsstallen => Kostnadsstalle::RESOURCE,
            Tabell::Schabloner => Schablon::RESOURCE,
        }
    }

    /// Its words.
    pub const fn text(self) -> &'static str {
        match self {
            Tabell::Rapportstruktur => "Konton",
            Tabell::Projekt => "Projekt",
            Tabell::Kostnadsstallen => "Kostnadsställen",
            Tabell::Schabloner => "Schabloner",
        }
    }

    /// The field that tells its rows of a year apart.
    pub const fn nyckelfalt(self) -> &'static str {
        match self {
            Tabell::Rapportstruktur => "konto_fran",
            Tabell::Projekt => "sie_projekt",
            Tabell::Kostnadsstallen => "sie_kostnadsstalle",
            Tabell::Schabloner => "kommun",
        }
    }

    /// The table of this noun.
    pub fn of_kod(kod: &str) -> Option<Tabell> {
        Tabell::ALLA.into_iter().find(|tabell| tabell.kod() == kod)
    }
}

/// What a file says of one table.
#[derive(Clone, Debug)]
pub struct Last {
    /// The file's name.
    pub namn: String,
    /// The table.
    pub tabell: Tabell,
    /// Its rows.
    pub rader: Facts,
    /// The years from which they apply.
    pub fran: Vec<u16>,
}

/// Reads a file of any of the tables. `fran` is the year from which its rows apply, where it has no such column.
pub fn las(namn: &str, bytes: &[u8], fran: Option<u16>) -> Result<Last, Error> {
    let namn = if contains_personnummer(namn) { "filen" } else { namn };
    let limits = Limits::default();
    let year = fran.map(|year| year.to_string()).unwrap_or_default();
    let annars: &[(&str, &str)] = if fran.is_some() { &[("galler_fran", &year)] } else { &[] };
    let vanor = Vanor { rubriker: &[("not", "not_nr")], annars };
    // Whether the headings are those of a table is asked with a year, so that a missing one is told as such.
    let anyhow = Vanor { annars: &[("galler_fran", "2000")], ..vanor };
    let facts = Facts::default();
    let tabell = match () {
        () if faktatabell::liknar::<Rapportstruktur>(namn, bytes, &limits, anyhow) => Tabell::Rapportstruktur,
        () if faktatabell::liknar::<Projektkoppling>(namn, bytes, &limits, anyhow) => Tabell::Projekt,
        () if faktatabell::liknar::<Kostnadsstalle>(namn, bytes, &limits, anyhow) => Tabell::Kostnadsstallen,
        () if faktatabell::liknar::<Schablon>(namn, bytes, &limits, anyhow) => Tabell::Schabloner,
        () => {
            return Err(Error::Usage(format!(
                "{namn} har inte de rubriker som behövs. Första raden ska vara konto_fran;konto_till;rad;not;notrad för \
                 konton, sie_projekt;insats_id_eller_post för projekt, sie_kostnadsstalle;rad för kostnadsställen eller \
                 ar;kommun;forsorjning;belopp_kr;kalla för schabloner."
            )));
        }
    };
    let without_year = fran.is_none() && tabell != Tabell::Schabloner && {
        match tabell {
            Tabell::Rapportstruktur => !faktatabell::liknar::<Rapportstruktur>(namn, bytes, &limits, vanor),
            Tabell::Projekt => !faktatabell::liknar::<Projektkoppling>(namn, bytes, &limits, vanor),
            _ => !faktatabell::liknar::<Kostnadsstalle>(namn, bytes, &limits, vanor),
        }
    };
    if without_year {
        return Err(Error::Usage(format!(
            "{namn} säger inte från vilket år raderna gäller. Ange året, eller lägg till kolumnen galler_fran."
        )));
    }
    let rader = match tabell {
        Tabell::Rapportstruktur => {
            Facts { rapportstruktur: faktatabell::read(namn, bytes, &limits, vanor).map_err(Error::Findings)?, ..facts }
        }
        Tabell::Projekt => Facts {
            projektkopplingar: faktatabell::read(namn, bytes, &limits, vanor).map_err(Error::Findings)?,
            ..facts
        },
        Tabell::Kostnadsstallen => {
            Facts { kostnadsstallen: faktatabell::read(namn, bytes, &limits, vanor).map_err(Error::Findings)?, ..facts }
        }
        Tabell::Schabloner => {
            Facts { schabloner: faktatabell::read(namn, bytes, &limits, vanor).map_err(Error::Findings)?, ..facts }
        }
    };
    let mut fran: Vec<u16> = (rader.rapportstruktur.iter().map(|row| row.galler_fran))
        .chain(rader.projektkopplingar.iter().map(|row| row.galler_fran))
        .chain(rader.kostnadsstallen.iter().map(|row| row.galler_fran))
        .chain(rader.schabloner.iter().map(|row| row.ar))
        .collect();
    fran.sort_unstable();
    fran.dedup();
    Ok(Last { namn: namn.to_owned(), tabell, rader, fran })
}

/// Stores a table: the rows of the years that it tells replace those that are held. How many rows are new or changed, and
/// how many ended.
pub async fn spara(chosen: &Chosen<'_>, last: &Last, (who, why): (&str, &str)) -> Result<(usize, usize), Error> {
    if contains_personnummer(why) {
        return Err(Error::Usage("Skälet innehåller ett personnummer. Ta bort det; inget har sparats.".to_owned()));
    }
    let stored = facts::current(chosen.db, &chosen.access).await?;
    let mut wrong = judge(&stored, &last.rader);
    // A file may come before the plans that have its posts.
    wrong.retain(|(field, _)| field != "insats_id_eller_post");
    if !wrong.is_empty() {
        let told = wrong.into_iter().map(|(field, text)| {
            let place = Place { file: Some(last.namn.clone()), column: Some(field), ..Place::default() };
            Finding::error(place, text, "")
        });
        return Err(Error::Findings(told.collect()));
    }
    let ended: Vec<(&str, String)> = match last.tabell {
        Tabell::Rapportstruktur => gone(&stored.rapportstruktur, &last.rader.rapportstruktur, |row| row.galler_fran),
        Tabell::Projekt => gone(&stored.projektkopplingar, &last.rader.projektkopplingar, |row| row.galler_fran),
        Tabell::Kostnadsstallen => gone(&stored.kostnadsstallen, &last.rader.kostnadsstallen, |row| row.galler_fran),
        Tabell::Schabloner => gone(&stored.schabloner, &last.rader.schabloner, |row| row.ar),
    };
    let why = format!("{}: {why}", last.tabell.text());
    let signature = Signature { who, why: &why, now_ms: clock::now_ms() };
    let done = change::change_and_end(chosen.db, &chosen.access, &last.rader, &ended, signature, SLAG).await?;
    Ok((done.per_noun.iter().map(|(_, new, changed)| new + changed).sum(), ended.len()))
}

/// Rows that are held of the same years and are not there any more.
fn gone<F: Fact>(stored: &[F], new: &[F], year: impl Fn(&F) -> u16) -> Vec<(&'static str, String)> {
    let same_year = |row: &&F| new.iter().any(|other| year(other) == year(row));
    let left = |row: &&F| new.iter().any(|other| other.key() == row.key());
    stored.iter().filter(same_year).filter(|row| !left(row)).map(|row| (F::RESOURCE, row.key())).collect()
}

/// What is wrong with a table, closing by closing.
pub fn brister(underlag: &Underlag, tabell: Tabell) -> Vec<String> {
    let mut told = Vec::new();
    for of in underlag.bokforing.bokslut.iter().rev() {
        let till = of.bokslut.till;
        match tabell {
            Tabell::Rapportstruktur => {
                for row in stammer::utan_rad(&underlag.bokforing, till) {
                    told.push(format!("Bokslut {till}: konto {} {} har ingen rad.", row.konto, row.namn));
                }
                for (from, to) in stammer::dubbla(&underlag.bokforing, ar(till)) {
                    let run = if from == to { from.to_string() } else { format!("{from}–{to}") };
                    told.push(format!("{}: konto {run} har två rader.", ar(till)));
                }
            }
            Tabell::Projekt | Tabell::Kostnadsstallen => {
                let dimension = if tabell == Tabell::Projekt { PROJEKT } else { KOSTNADSSTALLE };
                for text in stammer::inte_kopplade(&underlag.bokforing, till, dimension) {
                    told.push(format!("Bokslut {till}: {text} är inte kopplat."));
                }
            }
            Tabell::Schabloner => {}
        }
    }
    told.dedup();
    told
}

/// What came of saving a row.
#[derive(Debug, PartialEq, Eq)]
pub enum Radutfall {
    /// The row is as the form says; whether that was a change.
    Klart(bool),
    /// What is wrong, by field; nothing is stored.
    Fel(Wrong),
}

/// Stores the row that a form tells. `andrar` is the key of the row that the form was made from; nothing when it adds one.
pub async fn spara_rad(
    chosen: &Chosen<'_>,
    tabell: Tabell,
    andrar: Option<&str>,
    form: &Form,
    who: &str,
) -> Result<Radutfall, Error> {
    let (why, mut wrong) = skal(form);
    let mut rader = Facts::default();
    match tabell {
        Tabell::Rapportstruktur => rader.rapportstruktur.extend(parse::<Rapportstruktur>(form, &mut wrong)),
        Tabell::Projekt => rader.projektkopplingar.extend(parse::<Projektkoppling>(form, &mut wrong)),
        Tabell::Kostnadsstallen => rader.kostnadsstallen.extend(parse::<Kostnadsstalle>(form, &mut wrong)),
        Tabell::Schabloner => rader.schabloner.extend(parse::<Schablon>(form, &mut wrong)),
    }
    let (event, _) = forbund::state(chosen.db, chosen.access.forbund()).await?;
    let stored = facts::current(chosen.db, &chosen.access).await?;
    let key = nyckel(&rader);
    if wrong.is_empty() {
        wrong.extend(judge(&stored, &rader));
        if andrar != Some(key.as_str()) && finns(&stored, tabell, &key) {
            let field = tabell.nyckelfalt().to_owned();
            wrong.push((field, "Det finns redan en sådan rad för året. Ändra den i stället.".to_owned()));
        }
    }
    if !wrong.is_empty() {
        return Ok(Radutfall::Fel(wrong));
    }
    let before = andrar.filter(|before| *before != key).map(|before| (tabell.kod(), before.to_owned()));
    let ended: Vec<(&str, String)> = before.into_iter().collect();
    let upon = Upon { resource: tabell.kod(), prefix: andrar.unwrap_or(&key), event };
    let signature = Signature { who, why, now_ms: clock::now_ms() };
    let made = (signature, SLAG);
    let done = change::change_upon(chosen.db, &chosen.access, &rader, &ended, Some(upon), made).await?;
    Ok(match done {
        Some(done) => Radutfall::Klart(done.event.is_some()),
        None => Radutfall::Fel(vec![(String::new(), "Någon annan sparade i samma stund. Spara igen.".to_owned())]),
    })
}

/// Ends a row. Whether there was one; else what is wrong with the form.
pub async fn ta_bort_rad(
    chosen: &Chosen<'_>,
    tabell: Tabell,
    key: &str,
    form: &Form,
    who: &str,
) -> Result<Result<bool, Wrong>, Error> {
    let (why, wrong) = skal(form);
    if !wrong.is_empty() {
        return Ok(Err(wrong));
    }
    let signature = Signature { who, why, now_ms: clock::now_ms() };
    let done = change::end(chosen.db, &chosen.access, tabell.kod(), key, signature, SLAG).await?;
    Ok(Ok(done.is_some()))
}

/// The reason, and what is wrong with it or with any field as text.
fn skal(form: &Form) -> (&str, Wrong) {
    let why = form.get("skal").map_or("", |why| why.trim());
    let mut wrong = unfit(form, 500);
    if why.is_empty() {
        wrong.push(("skal".to_owned(), "Skriv varför, eller vilket beslut det bygger på.".to_owned()));
    }
    (why, wrong)
}

/// The key of the only row.
fn nyckel(rader: &Facts) -> String {
    let keys = (rader.rapportstruktur.iter().map(Fact::key))
        .chain(rader.projektkopplingar.iter().map(Fact::key))
        .chain(rader.kostnadsstallen.iter().map(Fact::key))
        .chain(rader.schabloner.iter().map(Fact::key));
    keys.last().unwrap_or_default()
}

fn finns(stored: &Facts, tabell: Tabell, key: &str) -> bool {
    match tabell {
        Tabell::Rapportstruktur => stored.rapportstruktur.iter().any(|row| row.key() == key),
        Tabell::Projekt => stored.projektkopplingar.iter().any(|row| row.key() == key),
        Tabell::Kostnadsstallen => stored.kostnadsstallen.iter().any(|row| row.key() == key),
        Tabell::Schabloner => stored.schabloner.iter().any(|row| row.key() == key),
    }
}

/// What does not go together, by field.
fn judge(stored: &Facts, rader: &Facts) -> Wrong {
    let mut wrong = Wrong::new();
    let mut tell = |field: &str, text: String| wrong.push((field.to_owned(), text));
    for row in &rader.rapportstruktur {
        if row.konto_till < row.konto_fran {
            tell(
                "konto_till",
                "Det sista kontot är mindre än det första. Skriv samma nummer för ett konto.".to_owned(),
            );
        }
        if row.notrad.is_some() && row.not_nr.is_none() {
            tell("not_nr", "En rad i en not behöver notens nummer.".to_owned());
        }
    }
    for row in &rader.projektkopplingar {
        let id = row.insats_id_eller_post.as_str();
        let insats = stored.insatser.iter().any(|insats| insats.insats_id.as_str() == id);
        let begins = |post: &samsyn_core::planpost::Planpost| {
            let own = Post { kategori: post.kategori, namn: post.post.clone(), belopp: Vec::new() };
            let whole = own.marke().replace('-', "_");
            whole.strip_prefix(id).is_some_and(|rest| rest.is_empty() || rest.starts_with('_'))
        };
        if !insats && !stored.planposter.iter().any(begins) {
            let told = "Det finns ingen sådan insats och ingen sådan post i planerna. Skriv insatsens id, eller postens namn \
                        med små bokstäver och understreck.";
            tell("insats_id_eller_post", told.to_owned());
        }
    }
    for row in &rader.schabloner {
        if row.belopp_kr.is_negative() {
            tell("belopp_kr", "Beloppet är negativt.".to_owned());
        }
        if row.forsorjning == Forsorjning::Ingen {
            tell("forsorjning", "Ingen försörjning kostar inget. Välj ett slag av försörjning.".to_owned());
        }
        let kommun = |medlem: &samsyn_core::medlem::Medlem| medlem.medlem == row.kommun;
        if !stored.medlemmar.iter().any(kommun) {
            tell("kommun", "Kommunen är ingen medlem i förbundet.".to_owned());
        }
    }
    wrong
}

/// A row as a form begins with it; empty when there is none.
pub async fn form_of(chosen: &Chosen<'_>, tabell: Tabell, key: &str) -> Result<Form, Error> {
    fn of<F: Fact>(rows: &[F], key: &str) -> Form {
        let found = rows.iter().find(|row| row.key() == key);
        let cells =
            |row: &F| F::FIELDS.iter().enumerate().map(|(at, field)| ((*field).to_owned(), row.cell(at))).collect();
        found.map(cells).unwrap_or_default()
    }
    let stored = facts::current(chosen.db, &chosen.access).await?;
    Ok(match tabell {
        Tabell::Rapportstruktur => of(&stored.rapportstruktur, key),
        Tabell::Projekt => of(&stored.projektkopplingar, key),
        Tabell::Kostnadsstallen => of(&stored.kostnadsstallen, key),
        Tabell::Schabloner => of(&stored.schabloner, key),
    })
}
