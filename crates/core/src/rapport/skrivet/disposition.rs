//! Which sections a report has, in which order and under which headings. A line each: `id`, `id = Heading`, `- id` for
//! one that is left out. Sections of one's own are called `eget-1`, `eget-2` …

use samsyn_document::{Document, Section};

/// How the ids of sections of one's own begin.
pub const EGET: &str = "eget-";

/// A section in the order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Avsnitt {
    /// Its id.
    pub id: String,
    /// Its heading.
    pub rubrik: String,
    /// The heading that it has of itself; `None` for one's own.
    pub egen_rubrik: Option<String>,
    /// Whether it is left out.
    pub utelamnat: bool,
}

/// The sections in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disposition(pub Vec<Avsnitt>);

/// The heading of a section of one's own that has been given none.
const UTAN_RUBRIK: &str = "Eget avsnitt";

/// A change of which sections there are and in which order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Andring {
    /// One step up.
    Upp(String),
    /// One step down.
    Ner(String),
    /// Left out.
    Utelamna(String),
    /// Taken in again.
    TaMed(String),
    /// Called something else; empty is its own heading again.
    Kalla(String, String),
    /// A new section of one's own, last but for none, under a heading.
    Nytt(String),
}

impl Disposition {
    /// The sections of a generated document, as a text orders them. One that the text does not name keeps its place
    /// after the one that it follows; a name that is no section's is passed over.
    pub fn of(document: &Document, text: Option<&str>) -> Disposition {
        let known: Vec<(&str, &str)> =
            document.sections.iter().map(|section| (section.id.as_str(), section.heading.as_str())).collect();
        let mut order: Vec<Avsnitt> = Vec::new();
        for line in text.unwrap_or_default().lines() {
            let (utelamnat, line) = match line.trim().strip_prefix("- ") {
                Some(rest) => (true, rest),
                None => (false, line.trim()),
            };
            let (id, heading) = line.split_once('=').map_or((line, ""), |(id, heading)| (id.trim(), heading.trim()));
            let own = known.iter().find(|(known, _)| *known == id).map(|(_, heading)| (*heading).to_owned());
            let is_eget = is_eget(id);
            if order.iter().any(|known| known.id == id) || (own.is_none() && !is_eget) {
                continue;
            }
            let given = if heading.is_empty() { own.clone() } else { Some(heading.to_owned()) };
            let rubrik = given.unwrap_or_else(|| UTAN_RUBRIK.to_owned());
            order.push(Avsnitt { id: id.to_owned(), rubrik, egen_rubrik: own, utelamnat });
        }
        for (at, (id, heading)) in known.iter().enumerate() {
            if order.iter().any(|known| known.id == *id) {
                continue;
            }
            let before = at.checked_sub(1).and_then(|at| order.iter().position(|other| other.id == known[at].0));
            let place = before.map_or(0, |place| place + 1);
            let own = Some((*heading).to_owned());
            order.insert(
                place,
                Avsnitt { id: (*id).to_owned(), rubrik: (*heading).to_owned(), egen_rubrik: own, utelamnat: false },
            );
        }
        Disposition(order)
    }

    /// The order as a text.
    pub fn text(&self) -> String {
        let line = |avsnitt: &Avsnitt| {
            let out = if avsnitt.utelamnat { "- " } else { "" };
            let heading = match &avsnitt.egen_rubrik {
                Some(own) if *own == avsnitt.rubrik => String::new(),
                _ => format!(" = {}", avsnitt.rubrik.replace(['\n', '\r'], " ")),
            };
            format!("{out}{}{heading}", avsnitt.id)
        };
        self.0.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    /// Changes the order; a section that there is none of is passed over. `used` are the places that have been written at.
    pub fn andra<'t>(&mut self, change: Andring, used: impl Iterator<Item = &'t str>) {
        let place = |id: &str| self.0.iter().position(|avsnitt| avsnitt.id == id);
        let given = |rubrik: String| Some(rubrik.trim().to_owned()).filter(|rubrik| !rubrik.is_empty());
        match change {
            Andring::Upp(id) => {
                if let Some(at) = place(&id) {
                    self.0.swap(at, at.saturating_sub(1));
                }
            }
            Andring::Ner(id) => {
                if let Some(at) = place(&id).filter(|at| at + 1 < self.0.len()) {
                    self.0.swap(at, at + 1);
                }
            }
            Andring::Utelamna(id) => self.0.iter_mut().filter(|a| a.id == id).for_each(|a| a.utelamnat = true),
            Andring::TaMed(id) => self.0.iter_mut().filter(|a| a.id == id).for_each(|a| a.utelamnat = false),
            Andring::Kalla(id, rubrik) => {
                let rubrik = given(rubrik);
                for avsnitt in self.0.iter_mut().filter(|a| a.id == id) {
                    let own = avsnitt.egen_rubrik.clone();
                    avsnitt.rubrik = rubrik.clone().or(own).unwrap_or_else(|| UTAN_RUBRIK.to_owned());
                }
            }
            Andring::Nytt(rubrik) => {
                let id = self.next_eget(used);
                let rubrik = given(rubrik).unwrap_or_else(|| UTAN_RUBRIK.to_owned());
                self.0.push(Avsnitt { id, rubrik, egen_rubrik: None, utelamnat: false });
            }
        }
    }

    /// An id for one more section of one's own: never one that has been used.
    fn next_eget<'t>(&self, used: impl Iterator<Item = &'t str>) -> String {
        let number = |id: &str| id.strip_prefix(EGET)?.split('/').next()?.parse::<u32>().ok();
        let named = self.0.iter().filter_map(|avsnitt| number(&avsnitt.id));
        let most = named.chain(used.filter_map(number)).max().unwrap_or(0);
        format!("{EGET}{}", most.saturating_add(1))
    }

    /// The sections in this order, those left out gone and those of one's own empty.
    pub(super) fn arrange(&self, mut sections: Vec<Section>) -> Vec<Section> {
        let mut arranged = Vec::with_capacity(self.0.len());
        for avsnitt in self.0.iter().filter(|avsnitt| !avsnitt.utelamnat) {
            let found = sections.iter().position(|section| section.id == avsnitt.id);
            let mut section = match found {
                Some(at) => sections.swap_remove(at),
                None => Section::new(&avsnitt.id, ""),
            };
            section.heading.clone_from(&avsnitt.rubrik);
            arranged.push(section);
        }
        arranged
    }
}

fn is_eget(id: &str) -> bool {
    id.strip_prefix(EGET)
        .is_some_and(|number| (1..=6).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit()))
}
