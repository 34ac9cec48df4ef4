//! Freezing a version and reading what was frozen. What is frozen is read, never computed: the document, as the kansli
//! and as others see it; every figure with its rule and its facts; the texts; and the underlag itself as a data package.

mod gallring;

pub use gallring::utan;

use super::{Grund, Oppen, diarienummer};
use crate::Error;
use crate::actions::forbund::Chosen;
use crate::actions::rapport;
use crate::actions::spara;
use samsyn_core::calc::{self, FactGroup, FactRef, Figure};
use samsyn_core::version::Lage;
use samsyn_document::datum::moment;
use samsyn_document::{Datum, Document, FigureId, Value};
use samsyn_import::package::{self, ReceivedFile};
use samsyn_store::version::Version;
use samsyn_store::version::fryst::{self, Del};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::io::{Cursor, Read};
use std::sync::Arc;

/// The parts, and the form that each is written in now. A part in an earlier form is read as long as there is a
/// program: a new form gets a new number here, and what reads the part goes on knowing the old. In form 2 of the figures
/// a group may tell how many of its facts have been removed.
const DOKUMENT: (&str, i64) = ("dokument", 1);
const OFFENTLIGT: (&str, i64) = ("dokument-offentligt", 1);
const SIFFROR: (&str, i64) = ("siffror", 2);
const TEXTER: (&str, i64) = ("texter", 1);
const UNDERLAG: (&str, i64) = ("underlag", 1);

/// The figures of a låst version, with the facts behind them.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Siffror {
    /// The figures, in the order of the report.
    pub siffror: Vec<Siffra>,
    /// The facts; a figure refers to them by their place here.
    fakta: Vec<Faktum>,
}

/// A figure of a låst version.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Siffra {
    /// Its name.
    pub id: FigureId,
    /// Its name in words.
    pub namn: String,
    /// Its value.
    pub varde: Value,
    /// Whether it is withheld from those who may not see small counts.
    pub dold: bool,
    /// Whether it counts people.
    pub personer: bool,
    /// Its rule in words.
    pub regel: String,
    /// The facts behind it, by their part in it.
    grupper: Vec<Grupp>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Grupp {
    rubrik: String,
    varde: Value,
    var_och_en: bool,
    fakta: Vec<usize>,
    /// How many more there were that have been removed, and when.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    gallrade: Vec<(Datum, usize)>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
struct Faktum {
    fil: String,
    nyckel: String,
    text: String,
}

impl Siffror {
    /// The figure with this name.
    pub fn finn(&self, id: &FigureId) -> Option<&Siffra> {
        self.siffror.iter().find(|figure| figure.id == *id)
    }

    /// The facts behind a figure, by their part in it.
    pub fn fakta(&self, siffra: &Siffra) -> Vec<FactGroup> {
        let fact = |at: &usize| {
            let fact = self.fakta.get(*at)?;
            let (noun, _) = samsyn_core::facts::resource(&fact.fil)?;
            Some(FactRef { noun, key: fact.nyckel.clone(), text: fact.text.clone() })
        };
        let group = |grupp: &Grupp| FactGroup {
            heading: grupp.rubrik.clone(),
            value: grupp.varde.clone(),
            each_counts_one: grupp.var_och_en,
            facts: grupp.fakta.iter().filter_map(fact).collect(),
        };
        siffra.grupper.iter().map(group).collect()
    }
}

/// Collects figures, each fact kept once.
#[derive(Default)]
struct Samling {
    fakta: Vec<Faktum>,
    platser: HashMap<Faktum, usize>,
}

impl Samling {
    fn add(&mut self, fact: FactRef) -> usize {
        let fact = Faktum { fil: fact.noun.to_owned(), nyckel: fact.key, text: fact.text };
        let next = self.fakta.len();
        *self.platser.entry(fact.clone()).or_insert_with(|| {
            self.fakta.push(fact);
            next
        })
    }

    fn grupp(&mut self, group: FactGroup) -> Grupp {
        let fakta = group.facts.into_iter().map(|fact| self.add(fact)).collect();
        let (rubrik, varde, var_och_en) = (group.heading, group.value, group.each_counts_one);
        Grupp { rubrik, varde, var_och_en, fakta, gallrade: Vec::new() }
    }
}

/// What freezing gives: the parts, and the sum over them.
#[derive(Debug)]
pub struct Fryst {
    /// The parts.
    pub delar: Vec<Del>,
    /// The sum over them.
    pub kontrollsumma: String,
}

/// Makes what is to be frozen of an open version. The one who freezes sees all.
pub async fn frys(chosen: &Chosen<'_>, open: &Oppen) -> Result<Fryst, Error> {
    let (slag, avser) = (open.version.slag, open.version.avser);
    let public = Grund::of(&chosen.clone().withholding(true), slag, avser, open.per).await?;
    let locked = Version { lage: Lage::Last, ..open.version.clone() };
    let document = |grund: Arc<Grund>| {
        let locked = Oppen { version: locked.clone(), per: open.per, grund, texter: open.texter.clone(), fore: None };
        json(&locked.skriven().document)
    };
    let facts = chosen.facts(open.per).await?;
    let underlag = package::write(&facts, &format!("Underlag, {}", chosen.namn));
    let siffror = ReceivedFile { name: "siffror.json".to_owned(), bytes: json(&figures(open))? };
    let delar = vec![
        part(DOKUMENT, document(open.grund.clone())?),
        part(OFFENTLIGT, document(public)?),
        part(SIFFROR, spara::zip(&[siffror])?),
        part(TEXTER, json(&open.skrivna())?),
        part(UNDERLAG, spara::zip(&underlag)?),
    ];
    let kontrollsumma = fryst::kontrollsumma(&delar);
    Ok(Fryst { delar, kontrollsumma })
}

fn figures(open: &Oppen) -> Siffror {
    let (underlag, period) = (&open.grund.underlag, open.version.slag.raknas(open.version.avser));
    let rakning = calc::Rakning::new(underlag, period);
    let withholding = calc::Rakning::withholding(underlag, period, underlag.installningar.sma_tal);
    let mut samling = Samling::default();
    let all = rapport::siffror(&rakning, open.version.slag, open.version.avser);
    let siffror = all.into_iter().map(|Figure { id, value, source }| Siffra {
        namn: calc::namn::namn(underlag, &id),
        varde: value,
        dold: source.value(&withholding) == Value::Withheld,
        personer: source.counts_people(),
        regel: source.rule(&rakning),
        grupper: source.facts(&rakning).into_iter().map(|group| samling.grupp(group)).collect(),
        id,
    });
    let siffror = siffror.collect();
    Siffror { siffror, fakta: samling.fakta }
}

fn part((name, form): (&str, i64), bytes: Vec<u8>) -> Del {
    Del::new(name, form, bytes)
}

fn json(what: &impl Serialize) -> Result<Vec<u8>, Error> {
    serde_json::to_vec(what).map_err(|error| Error::Failure(format!("Rapporten kan inte frysas: {error}.")))
}

/// The document of a låst version, as it was frozen for this reader, with its seal at the foot.
pub async fn dokument(chosen: &Chosen<'_>, version: &Version) -> Result<Document, Error> {
    let which = if chosen.withheld { OFFENTLIGT } else { DOKUMENT };
    let mut document: Document = parsed(version, &stored(chosen, version, which).await?.innehall)?;
    document.foot = Some(sigill(version));
    Ok(document)
}

/// What stands at the foot of a låst version: when it was låst, its number, and the sum over what was frozen.
pub fn sigill(version: &Version) -> String {
    let when = version.last.as_ref().map(|(ms, _)| moment(*ms)).unwrap_or_default();
    let number = version.diarienummer.map(|number| format!(", diarienummer {}", diarienummer(number)));
    let sum = version.kontrollsumma.as_deref().unwrap_or("–");
    format!("Låst {when}{}. Kontrollsumma (SHA-256) {sum}", number.unwrap_or_default())
}

/// The figures of a låst version.
pub async fn siffror(chosen: &Chosen<'_>, version: &Version) -> Result<Siffror, Error> {
    parsed(version, &unzip(&stored(chosen, version, SIFFROR).await?.innehall)?)
}

/// The day on which inskrivningar behind a låst version were last removed; `None` when none have been.
pub async fn gallrad(chosen: &Chosen<'_>, version: &Version) -> Result<Option<Datum>, Error> {
    let parts = fryst::gallrade(chosen.db, &chosen.access, version.nr).await?;
    Ok(parts.iter().map(|part| part.gallrad_ms).max().map(Datum::of_ms))
}

/// The underlag that a låst version rests on, as a zip file.
pub async fn underlag(chosen: &Chosen<'_>, version: &Version) -> Result<Vec<u8>, Error> {
    Ok(stored(chosen, version, UNDERLAG).await?.innehall)
}

/// What the sums in a zip file of parts are, and how one works them out again.
const OM_DELARNA: &str = "\
Delarna av en låst rapport, som de frystes. De ändras aldrig. Bara gallring tar bort något ur dem: då finns filen
gallrat.txt, och för de delar som står där gäller summan i den i stället för den i kontrollsummor.txt. Övriga delar, bland
dem dokumentet, stämmer fortfarande.

kontrollsummor.txt har en rad för varje del: dess namn och dess SHA-256.
SHA-256 av kontrollsummor.txt är den kontrollsumma som står längst ner i rapporten.

Så kontrolleras de: räkna SHA-256 av varje fil och jämför med kontrollsummor.txt. Räkna sedan SHA-256 av
kontrollsummor.txt och jämför med rapportens fot. På Linux och macOS: sha256sum eller shasum -a 256. I Windows:
certutil -hashfile FIL SHA256.

dokument och texter är JSON, siffror och underlag är zip-filer. dokument-offentligt är rapporten utan små antal.
";

/// Every part of a låst version as it was frozen, with the sums, as a zip file: from it alone one can work out the sum
/// at the report's foot.
pub async fn delar(chosen: &Chosen<'_>, version: &Version) -> Result<Vec<u8>, Error> {
    let mut sums = fryst::summor(chosen.db, &chosen.access, version.nr).await?;
    sums.sort();
    let lines: String = sums.iter().map(|(name, sum)| format!("{name} {sum}\n")).collect();
    let mut files = vec![
        ReceivedFile { name: "läs mig.txt".to_owned(), bytes: OM_DELARNA.as_bytes().to_vec() },
        ReceivedFile { name: "kontrollsummor.txt".to_owned(), bytes: lines.into_bytes() },
    ];
    let thinned = fryst::gallrade(chosen.db, &chosen.access, version.nr).await?;
    if !thinned.is_empty() {
        let line = |part: &fryst::GallradDel| {
            format!("{} gallrad {}, SHA-256 nu {}\n", part.del, Datum::of_ms(part.gallrad_ms), part.sha256)
        };
        let bytes = thinned.iter().map(line).collect::<String>().into_bytes();
        files.push(ReceivedFile { name: "gallrat.txt".to_owned(), bytes });
    }
    for (name, _) in sums {
        let part = stored(chosen, version, (&name, i64::MAX)).await?;
        files.push(ReceivedFile { name, bytes: part.innehall });
    }
    spara::zip(&files)
}

async fn stored(chosen: &Chosen<'_>, version: &Version, (name, newest): (&str, i64)) -> Result<Del, Error> {
    let broken = |what: &str| Error::Failure(format!("Den låsta versionen {} {what}: {name}.", version.nr));
    let found = fryst::read(chosen.db, &chosen.access, version.nr, name).await?;
    let found = found.ok_or_else(|| broken("saknar en del"))?;
    if found.form > newest {
        return Err(broken("är skriven av en nyare version av programmet"));
    }
    Ok(found)
}

/// What a part says.
fn parsed<T: for<'d> Deserialize<'d>>(version: &Version, bytes: &[u8]) -> Result<T, Error> {
    serde_json::from_slice(bytes)
        .map_err(|error| Error::Failure(format!("Den låsta versionen {} kan inte läsas: {error}.", version.nr)))
}

/// The only file of a zip file.
fn unzip(bytes: &[u8]) -> Result<Vec<u8>, Error> {
    let first = oppnad(bytes)?.into_iter().next();
    first.map(|file| file.bytes).ok_or_else(|| Error::Failure("Fryst del är tom.".to_owned()))
}

/// The files of a zip file.
fn oppnad(bytes: &[u8]) -> Result<Vec<ReceivedFile>, Error> {
    let read = || {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes))?;
        let mut files = Vec::new();
        for at in 0..archive.len() {
            let mut file = archive.by_index(at)?;
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes)?;
            files.push(ReceivedFile { name: file.name()?.into_owned(), bytes });
        }
        Ok(files)
    };
    let read: zip::result::ZipResult<Vec<ReceivedFile>> = read();
    read.map_err(|error| Error::Failure(format!("Fryst del kan inte packas upp: {error}.")))
}
