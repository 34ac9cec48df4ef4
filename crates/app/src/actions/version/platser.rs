//! What the places of a report are called.

use super::{Oppen, skriva};
use samsyn_core::rapport::skrivet::{self, DISPOSITION, Skriven};
use samsyn_document::{Document, Table};
use std::collections::HashMap;

/// The places of an open version.
#[derive(Debug)]
pub struct Platser<'o> {
    open: &'o Oppen,
    /// Those that the report shows, in reading order, with what each is called.
    pub visade: Vec<(String, String)>,
}

impl<'o> Platser<'o> {
    /// The places of a version as it has been written.
    pub fn of(open: &'o Oppen, skriven: &Skriven) -> Platser<'o> {
        let named: HashMap<String, String> = rubriker(&skriven.document).into_iter().collect();
        let named = |plats: &str| named.get(plats).cloned().unwrap_or_default();
        let visade = skriven.omfang.iter().map(|at| (at.plats.clone(), named(&at.plats)));
        Platser { open, visade: visade.collect() }
    }

    /// What a place that the report shows is called.
    pub fn visad(&self, plats: &str) -> Option<&str> {
        self.visade.iter().find(|(name, _)| name == plats).map(|(_, heading)| heading.as_str())
    }

    /// What a place is called, also one in a section that is left out; `None` when the report has no such place.
    pub fn rubrik(&self, plats: &str) -> Option<String> {
        self.visad(plats).map(str::to_owned).or_else(|| {
            let section = plats.split('/').next().unwrap_or_default();
            let generated = || skrivet::platser(&self.open.grund.document).iter().any(|place| place.namn == plats);
            let known = plats.starts_with(skrivet::EGET) || generated();
            let order = skriva::disposition(self.open).0;
            order.into_iter().find(|avsnitt| known && avsnitt.id == section).map(|avsnitt| avsnitt.rubrik)
        })
    }

    /// Places that have been written at and that the report does not have any more: a table or section that the figures
    /// no longer give. One in a section that is left out is not among them.
    pub fn hemlosa(&self) -> Vec<&'o str> {
        let written = self.open.texter.iter().filter(|text| text.text.as_deref().is_some_and(|text| !text.is_empty()));
        let places = written.map(|text| text.plats.as_str()).filter(|plats| *plats != DISPOSITION);
        places.filter(|plats| self.rubrik(plats).is_none()).collect()
    }
}

/// The places of a report in reading order, with what each is called: `Budget, efter tabell 4`.
pub fn rubriker(document: &Document) -> Vec<(String, String)> {
    let named = |place: skrivet::Plats| {
        let heading = match place.namn.split_once('/') {
            None => place.rubrik,
            Some((_, block)) => format!("{}, efter {}", place.rubrik, efter(document, block)),
        };
        (place.namn, heading)
    };
    skrivet::platser(document).into_iter().map(named).collect()
}

/// What a table or chart is called in running text.
fn efter(document: &Document, block: &str) -> String {
    match document.tables().into_iter().find(|table| table.id == block) {
        Some(Table { label: Some(label), .. }) => label.to_lowercase(),
        Some(_) => "tabellen".to_owned(),
        None => "diagrammet".to_owned(),
    }
}
