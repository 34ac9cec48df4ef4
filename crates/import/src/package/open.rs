//! The files of a package, noun by noun, and the rows on which their facts stand.

use super::{Limits, ReceivedFile, in_file};
use crate::descriptor::{self, Descriptor, FILE, NEEDED, RESOURCES};
use crate::table;
use crate::text::{self, NoText, Read};
use samsyn_core::kontroll::{Collector, Gaps};
use samsyn_core::{Fact, Facts, Finding, for_every_noun};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// What was read of a package.
pub(super) struct Package<'p> {
    descriptor: &'p Descriptor,
    pub facts: Facts,
    pub present: BTreeSet<&'static str>,
    pub gaps: Gaps,
    rows: BTreeMap<&'static str, Vec<u64>>,
}

impl<'p> Package<'p> {
    /// Reads every file that the descriptor names.
    pub fn open(files: &[ReceivedFile], limits: &Limits, descriptor: &'p Descriptor, told: &mut Collector) -> Self {
        let (facts, gaps) = (Facts::default(), Gaps::default());
        let mut package = Package { descriptor, facts, present: BTreeSet::new(), gaps, rows: BTreeMap::new() };
        package.unnamed(files, told);
        macro_rules! read {
            ($($field:ident: $type:ty,)+) => {
                $(match package.text::<$type>(files, limits, told) {
                    Some((path, text)) => {
                        let table = table::read::<$type>(path, &text, &mut package.gaps, told);
                        package.facts.$field = table.facts;
                        package.rows.insert(<$type as Fact>::RESOURCE, table.rows);
                    }
                    None => package.gaps.noun(<$type as Fact>::RESOURCE),
                })+
            };
        }
        for_every_noun!(read);
        package
    }

    /// The text of a noun's file; `None` when it did not come or is no text.
    fn text<'f, F: Fact>(
        &mut self,
        files: &'f [ReceivedFile],
        limits: &Limits,
        told: &mut Collector,
    ) -> Option<(&'p str, Cow<'f, str>)> {
        let noun = F::RESOURCE;
        let Some(path) = self.descriptor.paths.get(noun) else {
            if NEEDED.contains(&noun) {
                let message = format!("Resursen {noun} saknas.");
                let hint = format!("Lägg till {noun}.csv och nämn den i datapackage.json.");
                told.tell(noun, "", "needed", || Finding::error(descriptor::place(), message, hint));
            }
            return None;
        };
        let mut stop = |message: &str, hint: &str| {
            told.tell(noun, "", "no text", || Finding::error(in_file(path), message, hint));
        };
        let Some(file) = files.iter().find(|file| file.name == *path) else {
            stop("Filen saknas.", "Lägg till den, eller ta bort resursen ur datapackage.json.");
            return None;
        };
        self.present.insert(noun);
        if let Some(finding) = limits.check(path, file.bytes.len() as u64) {
            told.tell(noun, "", "size", || finding);
            return None;
        }
        match text::read(&file.bytes) {
            Ok((text, how)) => {
                let name = match how {
                    Read::Utf8 => return Some((path, text)),
                    Read::Latin1 => "Latin-1",
                    Read::Utf16 => "UTF-16",
                };
                told.tell(noun, "", "encoding", || Finding::note(in_file(path), format!("Filen är läst som {name}.")));
                return Some((path, text));
            }
            Err(NoText::Empty) => stop("Filen är tom.", "Den ska ha åtminstone en rad med kolumnernas namn."),
            Err(NoText::Workbook) => {
                stop("Filen är en arbetsbok eller ett arkiv, inte text.", "Spara bladet som CSV med semikolon.");
            }
            Err(NoText::Binary) => stop("Filen är inte text.", "Spara den som CSV med semikolon, i UTF-8."),
            Err(NoText::Mixed(row)) => stop(
                &format!("Filen blandar UTF-8 och Latin-1, från rad {row}."),
                "Öppna den i ett textprogram, rätta å, ä och ö, och spara i UTF-8.",
            ),
        }
        None
    }

    /// A file with a resource's name that the descriptor does not name would be left out in silence.
    fn unnamed(&self, files: &[ReceivedFile], told: &mut Collector) {
        for noun in RESOURCES {
            let file = format!("{noun}.csv");
            let named = self.descriptor.named.contains(noun) || self.descriptor.paths.values().any(|p| *p == file);
            if !named && !NEEDED.contains(noun) && files.iter().any(|received| received.name == file) {
                told.tell(FILE, "", "unnamed", || {
                    let message = format!("Filen läses inte: den nämns inte i {FILE}.");
                    Finding::warning(in_file(&file), message, format!("Lägg till resursen {noun} i {FILE}."))
                });
            }
        }
    }

    /// Findings about facts, with the file's path and the fact's row.
    pub fn located(&self, mut findings: Vec<Finding>) -> Vec<Finding> {
        let mut wanted: HashMap<String, HashSet<String>> = HashMap::new();
        for place in findings.iter().map(|finding| &finding.place) {
            if let (Some(file), Some(key)) = (&place.file, &place.key) {
                wanted.entry(file.clone()).or_default().insert(key.clone());
            }
        }
        let mut rows: HashMap<(String, String), u64> = HashMap::new();
        macro_rules! find {
            ($($field:ident: $type:ty,)+) => {
                $(self.find(&self.facts.$field, &wanted, &mut rows);)+
            };
        }
        for_every_noun!(find);
        for finding in &mut findings {
            let place = &mut finding.place;
            let Some(file) = &place.file else { continue };
            if let Some(key) = &place.key {
                place.row = rows.get(&(file.clone(), key.clone())).copied();
            }
            if let Some(path) = file.strip_suffix(".csv").and_then(|noun| self.descriptor.paths.get(noun)) {
                place.file = Some(path.clone());
            }
        }
        findings
    }

    /// The rows of the facts whose keys are wanted; nothing is done for a noun without findings.
    fn find<F: Fact>(
        &self,
        facts: &[F],
        wanted: &HashMap<String, HashSet<String>>,
        found: &mut HashMap<(String, String), u64>,
    ) {
        let file = format!("{}.csv", F::RESOURCE);
        let (Some(keys), Some(rows)) = (wanted.get(&file), self.rows.get(F::RESOURCE)) else { return };
        for (fact, row) in facts.iter().zip(rows) {
            let key = fact.key();
            if keys.contains(&key) {
                found.entry((file.clone(), key)).or_insert(*row);
            }
        }
    }
}
