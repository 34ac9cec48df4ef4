//! Which insatser a figure is about.

use crate::calc::kontekst::Rakning;
use crate::insats::{Inriktning, InsatsTyp};
use crate::underlag::{InsatsNr, KedjeNr};
use samsyn_document::format;

/// A group of insatser that a figure counts together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Grupp {
    /// One insats.
    Insats(InsatsNr),
    /// All links of one chain.
    Kedja(KedjeNr),
    /// All chains shown in tables 6, 7 and 8.
    Visade,
    /// Those of them in which nobody is counted by months, so that each inskrivning is known.
    Enskilda,
    /// All chains with typ individ, those without inriktning too.
    Individ,
    /// All chains with typ individ and this inriktning.
    Inriktning(Inriktning),
    /// All insatser of this typ.
    Typ(InsatsTyp),
    /// All insatser shown in table 4.
    MedBudget,
    /// All insatser.
    Alla,
}

impl Grupp {
    /// Whether the insats belongs to the group.
    pub fn has(self, rakning: &Rakning<'_>, insats: InsatsNr) -> bool {
        let kedja = rakning.underlag.insatser[insats].kedja;
        match self {
            Grupp::Insats(one) => one == insats,
            Grupp::Typ(typ) => rakning.underlag.insatser[insats].insats.typ == typ,
            Grupp::MedBudget => rakning.rader.tabell_4.contains(&insats),
            Grupp::Alla => true,
            _ => self.has_chain(rakning, kedja),
        }
    }

    /// Whether the chain belongs to the group; never for groups of single insatser.
    pub fn has_chain(self, rakning: &Rakning<'_>, kedja: KedjeNr) -> bool {
        let forsta = rakning.underlag.forsta(kedja);
        match self {
            Grupp::Kedja(one) => one == kedja,
            Grupp::Visade => rakning.rader.tabell_6.contains(&kedja),
            Grupp::Enskilda => rakning.rader.tabell_6.contains(&kedja) && !rakning.counts.by_month(kedja),
            Grupp::Individ => forsta.typ == InsatsTyp::Individ,
            Grupp::Inriktning(inriktning) => forsta.typ == InsatsTyp::Individ && forsta.inriktning == Some(inriktning),
            Grupp::Alla => true,
            Grupp::Insats(_) | Grupp::Typ(_) | Grupp::MedBudget => false,
        }
    }

    /// The group in words, for a rule: "i …".
    pub fn words(self, rakning: &Rakning<'_>) -> String {
        match self {
            Grupp::Insats(insats) => rakning.underlag.insatser[insats].insats.namn.clone(),
            Grupp::Kedja(kedja) => {
                let name = |i: &InsatsNr| rakning.underlag.insatser[*i].insats.namn.as_str();
                let links: Vec<&str> = rakning.started_links(kedja).iter().map(name).collect();
                format::list(&links)
            }
            Grupp::Visade => "alla insatser i tabellen".to_owned(),
            Grupp::Enskilda => "insatser i tabellen som lämnar inskrivningar en och en".to_owned(),
            Grupp::Individ => "alla individinsatser".to_owned(),
            Grupp::Inriktning(inriktning) => format!("individinsatser med inriktning {}", inriktning.kod()),
            Grupp::Typ(typ) => format!("alla {}er", typ.text().to_lowercase()),
            Grupp::MedBudget => "alla insatser med budget".to_owned(),
            Grupp::Alla => "alla insatser".to_owned(),
        }
    }
}
