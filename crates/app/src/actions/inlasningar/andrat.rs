//! What an import changed, for its page and for the question whether to undo it: how many facts of each noun, and of
//! inskrivningar which, insats by insats.

use crate::Error;
use crate::actions::forbund::Chosen;
use crate::actions::ord::{self, Ord};
use crate::clock;
use samsyn_core::Fact;
use samsyn_core::deltagande::Deltagande;
use samsyn_core::uppfoljning::nummer;
use samsyn_document::format;
use samsyn_store::inlast::{self, Andrad};

/// Nouns that tell of participants: what they hold is for those who may see single inskrivningar.
const OM_DELTAGARE: [&str; 3] = ["deltagare", "manadsantal", "avslutsantal"];

/// What an import changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Andrat {
    /// Of each noun in words: how many facts were new and how many changed.
    pub slag: Vec<(String, i64, i64)>,
    /// The inskrivningar, insats by insats; none for one who may not see them.
    pub insatser: Vec<AvInsats>,
    /// Whether anything about participants changed that the reader may not see.
    pub dolt: bool,
}

/// What an import changed of an insats's inskrivningar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AvInsats {
    /// The insats.
    pub id: String,
    /// Its name.
    pub namn: String,
    /// Each inskrivning.
    pub rader: Vec<Rad>,
}

/// What an import did to an inskrivning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gjort {
    /// It is new.
    Ny,
    /// It got an exit.
    Avslutad,
    /// Something else in it is another.
    Andrad,
    /// It was cancelled.
    Makulerad,
}

/// An inskrivning that an import made anything of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rad {
    /// Its id.
    pub id: String,
    /// The number that the insats has given.
    pub nummer: String,
    /// What was done.
    pub gjort: Gjort,
    /// What changed: the field, before and after, in words. Nothing of a new one.
    pub andringar: Vec<(String, String, String)>,
}

impl Gjort {
    /// In words.
    pub fn text(self) -> &'static str {
        match self {
            Gjort::Ny => "ny",
            Gjort::Avslutad => "avslutad",
            Gjort::Andrad => "ändrad",
            Gjort::Makulerad => "makulerad",
        }
    }
}

impl AvInsats {
    /// `Två nya, en ändrad och tre avslutade inskrivningar.`
    pub fn summa(&self) -> String {
        let kinds = [
            (Gjort::Ny, "ny", "nya"),
            (Gjort::Avslutad, "avslutad", "avslutade"),
            (Gjort::Andrad, "ändrad", "ändrade"),
            (Gjort::Makulerad, "makulerad", "makulerade"),
        ];
        let counted = kinds.iter().filter_map(|(gjort, one, many)| {
            let count = self.rader.iter().filter(|row| row.gjort == *gjort).count() as i64;
            let word = if count == 1 { one } else { many };
            (count > 0).then(|| (count, format!("{} {word}", format::in_words(count, false))))
        });
        let counted: Vec<(i64, String)> = counted.collect();
        let last = counted.last().map_or(0, |(count, _)| *count);
        let told: Vec<&str> = counted.iter().map(|(_, text)| text.as_str()).collect();
        let noun = if last == 1 { "inskrivning" } else { "inskrivningar" };
        format!("{} {noun}.", format::capital(&format::list(&told)))
    }
}

/// What the event of an import changed. `people` is whether the reader may see single inskrivningar.
pub async fn andrat(chosen: &Chosen<'_>, event: i64, people: bool) -> Result<Andrat, Error> {
    let counted = inlast::per_noun(chosen.db, &chosen.access, event).await?;
    let dolt = !people && counted.iter().any(|(fil, ..)| OM_DELTAGARE.contains(fil));
    let shown = counted.into_iter().filter(|(fil, ..)| people || !OM_DELTAGARE.contains(fil));
    let slag = shown.map(|(fil, new, changed)| (ord::flera(fil).to_owned(), new, changed)).collect();
    if !people {
        return Ok(Andrat { slag, insatser: Vec::new(), dolt });
    }
    let underlag = chosen.underlag(clock::today()).await?;
    let words = Ord::new(&underlag);
    let mut insatser: Vec<AvInsats> = Vec::new();
    for found in inlast::of_noun(chosen.db, &chosen.access, Deltagande::RESOURCE, event).await? {
        let Some(row) = read(&found.efter.cells) else { continue };
        let id = row.insats_id.to_string();
        let rad = rad(&words, &row, &found);
        match insatser.iter_mut().find(|of| of.id == id) {
            Some(of) => of.rader.push(rad),
            None => insatser.push(AvInsats { namn: words.insats(&id).to_owned(), id, rader: vec![rad] }),
        }
    }
    Ok(Andrat { slag, insatser, dolt })
}

fn read(cells: &[String]) -> Option<Deltagande> {
    Deltagande::parse(&|at| cells.get(at).map_or("", String::as_str), &mut |_, _| ())
}

fn rad(words: &Ord<'_>, row: &Deltagande, found: &Andrad) -> Rad {
    let before = found.fore.as_ref().and_then(|version| read(&version.cells));
    let gjort = match &before {
        _ if row.makulerad.is_some() => Gjort::Makulerad,
        None => Gjort::Ny,
        Some(before) if before.utskriven.is_none() && row.utskriven.is_some() => Gjort::Avslutad,
        Some(_) => Gjort::Andrad,
    };
    let andringar = found.fore.iter().flat_map(|fore| {
        let changed = ord::andrade(Deltagande::FIELDS, &fore.cells, &found.efter.cells);
        changed.map(|(field, old, new)| (ord::faltnamn(field), words.varde(field, old), words.varde(field, new)))
    });
    Rad { id: row.deltagande_id.to_string(), nummer: nummer(row).to_owned(), gjort, andringar: andringar.collect() }
}
