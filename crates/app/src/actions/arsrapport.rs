//! Reports on a calendar year: key figures month by month, Uppföljning Finsam, and the forecast of the outcome.

use crate::Error;
use crate::access::Action;
use crate::actions::forbund::Chosen;
use samsyn_core::rapport;
use samsyn_core::underlag::Underlag;
use samsyn_document::{Document, Halvar};
use std::sync::Arc;

/// A report on a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arsrapport {
    /// Key figures month by month, of all individinsatser.
    Manad,
    /// Head counts per insats and sex.
    Finsam,
    /// The forecast of the year's outcome.
    Prognos,
}

impl Arsrapport {
    /// Its name in addresses, files and commands.
    pub const fn kod(self) -> &'static str {
        match self {
            Arsrapport::Manad => "manad",
            Arsrapport::Finsam => "finsam",
            Arsrapport::Prognos => "prognos",
        }
    }

    /// What reading it takes.
    pub const fn kraver(self) -> Action {
        match self {
            Arsrapport::Manad | Arsrapport::Finsam => Action::SeRapport,
            Arsrapport::Prognos => Action::SeEkonomi,
        }
    }

    /// The report that a file's name begins with.
    pub fn of_kod(kod: &str) -> Option<Arsrapport> {
        [Arsrapport::Manad, Arsrapport::Finsam, Arsrapport::Prognos].into_iter().find(|report| report.kod() == kod)
    }
}

/// The half-year with which the year is counted: what is counted runs from 1 January to its end. Says what is wrong when
/// it is no year.
pub fn aret(text: &str) -> Result<Halvar, String> {
    let year = text.parse().ok().filter(|_| text.len() == 4).and_then(|year| Halvar::new(year, 2));
    year.ok_or_else(|| format!("{text:?} är inget år. Skriv till exempel 2022."))
}

/// The report on the half-year's calendar year, up to the half-year's end. With an insats, the months of its chain only.
pub fn of(
    chosen: &Chosen<'_>,
    underlag: &Arc<Underlag>,
    which: Arsrapport,
    period: Halvar,
    insats: Option<&str>,
) -> Result<Document, Error> {
    let rakning = chosen.rakning(underlag, period);
    let unknown = |id: &str| Error::Usage(format!("Insatsen {id} finns inte i förbundet."));
    let chain =
        |id: &str| underlag.insats_nr(id).map(|insats| underlag.insatser[insats].kedja).ok_or_else(|| unknown(id));
    let kedja = insats.map(chain).transpose()?;
    Ok(match which {
        Arsrapport::Manad => rapport::manad::manad(&rakning, kedja),
        Arsrapport::Finsam => rapport::finsam::finsam(&rakning),
        Arsrapport::Prognos => rapport::prognos::prognos(&rakning),
    })
}
