//! All facts of one förbund known at one date, in the form that counting likes: names are small
//! integers, days are day numbers, codes are bytes. A report sees facts only through this.

mod bokforing;
mod bygg;
mod ekonomi;

pub use bokforing::{Bokforing, BokslutUnderlag};
pub use ekonomi::{Ekonomi, Plan, PlanNr, Post};

use crate::aktivitet::Aktivitet;
use crate::avslutsantal::Avslutsantal;
use crate::avvikelse::Avvikelse;
use crate::budget::Budget;
use crate::deltagande::{Avslutsorsak, Forsorjning, Forsorjningstid, Kon, Omfattning, Utbildning};
use crate::historiskt_tal::HistorisktTal;
use crate::insats::Insats;
use crate::insatsperiod::Insatsperiod;
use crate::installning::{Installningar, Ljuskarta};
use crate::kommentar::{Kommentar, Om};
use crate::kvartalsrapport::Kvartalsrapport;
use crate::ljusval::Ljusval;
use crate::mal::Mal;
use crate::malutfall::Malutfall;
use crate::manadsantal::Manadsantal;
use crate::partskommentar::Partskommentar;
use crate::rekvisition::Rekvisition;
use crate::schablon::Schablon;
use crate::slutrapport::Slutrapport;
use crate::verksamhetsmal::Verksamhetsmal;
use samsyn_document::{Datum, Halvar, Kvartal};

/// An insats's place in [`Underlag::insatser`], the order of insatser.csv.
pub type InsatsNr = usize;
/// A chain's place in [`Underlag::kedjor`].
pub type KedjeNr = usize;

/// All facts that one report may use.
#[derive(Clone, Debug)]
pub struct Underlag {
    /// The kännedomsdatum: what was known at the end of this day, Swedish time.
    pub per: Datum,
    /// The förbund's id.
    pub forbund_id: String,
    /// The förbund's name.
    pub forbund: String,
    /// Insatser with what belongs to them.
    pub insatser: Vec<InsatsUnderlag>,
    /// Chains of insatser.
    pub kedjor: Vec<Kedja>,
    /// Deltaganden that are known and not cancelled, anonymous ones too.
    pub deltaganden: Vec<DeltagandeRad>,
    /// Ids of the deltaganden.
    deltagande_ids: Names,
    /// Income support after the exit, of each of them: apart, since only one reckoning asks for it.
    forsorjning_efter: Vec<Option<Forsorjning>>,
    /// The förbund's own economy.
    pub ekonomi: Ekonomi,
    /// The förbund's bookkeeping.
    pub bokforing: Bokforing,
    /// The board's goals, by year and number.
    pub verksamhetsmal: Vec<Verksamhetsmal>,
    /// Seminars, webinars and networks, in time order.
    pub aktiviteter: Vec<Aktivitet>,
    /// What public support is reckoned to cost, per year, kommun and kind.
    pub schabloner: Vec<Schablon>,
    /// Figures from publications.
    pub historiska_tal: Vec<HistorisktTal>,
    /// The förbund's settings.
    pub installningar: Installningar,
}

/// An insats and the facts about it.
#[derive(Clone, Debug)]
pub struct InsatsUnderlag {
    /// The insats.
    pub insats: Insats,
    /// Its chain.
    pub kedja: KedjeNr,
    /// Known decisions on its period, the earliest decision first.
    pub perioder: Vec<Insatsperiod>,
    /// Its parties.
    pub parter: Vec<String>,
    /// Budget per quarter, in time order.
    pub budget: Vec<Budget>,
    /// Payment claims, in time order.
    pub rekvisitioner: Vec<Rekvisition>,
    /// Deviation reports, in the order handed in.
    pub avvikelser: Vec<Avvikelse>,
    /// Quarterly reports, in time order.
    pub rapporter: Vec<Kvartalsrapport>,
    /// Goals, by number.
    pub mal: Vec<Mal>,
    /// Outcomes of goals, in time order.
    pub malutfall: Vec<Malutfall>,
    /// Its final report.
    pub slutrapport: Option<Slutrapport>,
    /// What the parties say of it at its end.
    pub partskommentarer: Vec<Partskommentar>,
    /// The kansli's comments on it and on its avvikelser.
    pub kommentarer: Vec<Kommentar>,
    /// Lights set by hand.
    pub ljusval: Vec<Ljusval>,
    /// Its enrolments, where it hands in counts only, in time order.
    pub manadsantal: Vec<Manadsantal>,
    /// Its exits, where it hands in counts only, in time order.
    pub avslutsantal: Vec<Avslutsantal>,
    /// Which light its answers give: the förbund's setting, the same for every insats.
    pub ljuskarta: Ljuskarta,
}

impl InsatsUnderlag {
    /// The latest decided period, among decisions known; missing when none is.
    pub fn period(&self) -> Option<&Insatsperiod> {
        self.perioder.last()
    }

    /// Whether its latest decided period overlaps these days, both inclusive, by at least one day.
    pub fn pagar(&self, first: Datum, last: Datum) -> bool {
        self.period().is_some_and(|period| period.start <= last && period.slut >= first)
    }

    /// Whether a quarter's report is to be handed in and is not: the insats runs in the quarter, whenever the report is
    /// due.
    pub fn saknar_rapport(&self, quarter: Kvartal) -> bool {
        let handed_in = self.rapporter.iter().any(|report| report.kvartal == quarter);
        self.pagar(quarter.first(), quarter.last()) && !handed_in
    }

    /// The kansli's comment on this insats in a half-year.
    pub fn kommentar(&self, halvar: Halvar) -> Option<&str> {
        self.kommentar_om(Om::Insats, self.insats.insats_id.as_str(), halvar)
    }

    /// The kansli's comment on this insats or one of its avvikelser in a half-year.
    pub fn kommentar_om(&self, om: Om, nyckel: &str, halvar: Halvar) -> Option<&str> {
        let same = |said: &&Kommentar| said.om == om && said.nyckel.as_str() == nyckel && said.halvar == halvar;
        self.kommentarer.iter().find(same).map(|said| said.text.as_str())
    }

    /// The light that the kansli has set for a half-year.
    pub fn ljusval(&self, halvar: Halvar) -> Option<&Ljusval> {
        self.ljusval.iter().find(|set| set.halvar == halvar)
    }

    /// The name for tables and running text.
    pub fn kortnamn(&self) -> &str {
        self.insats.kortnamn.as_deref().unwrap_or(&self.insats.namn)
    }

    /// The name for running text where its owner is not told beside it: several insatser may have the same.
    pub fn namn_med_agare(&self) -> String {
        format!("{} ({})", self.kortnamn(), self.insats.insatsagare)
    }
}

/// Insatser that are counted together.
#[derive(Clone, Debug)]
pub struct Kedja {
    /// The earliest link, whose name, typ and inriktning the chain has.
    pub forsta: InsatsNr,
    /// All links, in the order of insatser.csv.
    pub lankar: Vec<InsatsNr>,
}

/// A deltagande as counting sees it: 32 bytes.
#[derive(Clone, Copy, Debug)]
pub struct DeltagandeRad {
    /// First day.
    pub inskriven: Datum,
    /// Last day, when an exit is known.
    pub utskriven: Option<Datum>,
    /// When the enrolment became known.
    pub inskriven_registrerad: Datum,
    /// When the exit became known.
    pub utskriven_registrerad: Option<Datum>,
    /// The insats, which knows its chain.
    pub insats: u32,
    /// Year of enrolment minus year of birth; missing when the year of birth is unknown.
    pub alder: Option<std::num::NonZeroU8>,
    /// Sex; missing only for an anonymous one.
    pub kon: Option<Kon>,
    /// Education.
    pub utbildning: Option<Utbildning>,
    /// Income support before.
    pub forsorjning_fore: Option<Forsorjning>,
    /// For how long.
    pub forsorjningstid_fore: Option<Forsorjningstid>,
    /// Why exited.
    pub avslutsorsak: Option<Avslutsorsak>,
    /// Extent of work after the exit.
    pub omfattning: Option<Omfattning>,
    /// Whether that work is subsidised.
    pub subventionerat: Option<bool>,
    /// Studies after the exit.
    pub studerar: bool,
    /// Seeks work after the exit.
    pub soker: bool,
    /// Has a plan at the exit.
    pub plan: bool,
    /// Only counted.
    pub anonym: bool,
}

/// Many short names in one piece of memory.
#[derive(Clone, Debug, Default)]
struct Names {
    text: String,
    ends: Vec<u32>,
}

impl Names {
    fn push(&mut self, name: &str) {
        self.text.push_str(name);
        self.ends.push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
    }

    fn get(&self, at: usize) -> &str {
        let begin = if at == 0 { 0 } else { self.ends.get(at - 1).map_or(0, |&end| end as usize) };
        let end = self.ends.get(at).map_or(begin, |&end| end as usize);
        self.text.get(begin..end).unwrap_or("")
    }
}

impl Underlag {
    /// The same facts under these settings.
    #[must_use]
    pub fn with(mut self, installningar: Installningar) -> Underlag {
        self.insatser.iter_mut().for_each(|insats| insats.ljuskarta = installningar.trafikljus);
        self.installningar = installningar;
        self
    }

    /// The insatser and these facts of the economy alone, without anyone who takes part: for asking what would be.
    #[must_use]
    pub fn med_ekonomi(&self, ekonomi: Ekonomi) -> Underlag {
        Underlag {
            per: self.per,
            forbund_id: self.forbund_id.clone(),
            forbund: self.forbund.clone(),
            insatser: self.insatser.clone(),
            kedjor: self.kedjor.clone(),
            deltaganden: Vec::new(),
            deltagande_ids: Names::default(),
            forsorjning_efter: Vec::new(),
            ekonomi,
            bokforing: self.bokforing.clone(),
            verksamhetsmal: self.verksamhetsmal.clone(),
            aktiviteter: self.aktiviteter.clone(),
            schabloner: self.schabloner.clone(),
            historiska_tal: self.historiska_tal.clone(),
            installningar: self.installningar.clone(),
        }
    }

    /// The id of a deltagande, by its place in [`Underlag::deltaganden`].
    pub fn deltagande_id(&self, at: usize) -> &str {
        self.deltagande_ids.get(at)
    }

    /// The income support that a deltagande has after the exit, by its place in [`Underlag::deltaganden`].
    pub fn forsorjning_efter(&self, at: usize) -> Option<Forsorjning> {
        self.forsorjning_efter.get(at).copied().flatten()
    }

    /// The insats with this id.
    pub fn insats_nr(&self, id: &str) -> Option<InsatsNr> {
        self.insatser.iter().position(|insats| insats.insats.insats_id.as_str() == id)
    }

    /// The insats and the chain of a deltagande.
    pub fn insats_of(&self, deltagande: &DeltagandeRad) -> &InsatsUnderlag {
        &self.insatser[deltagande.insats as usize]
    }

    /// The insats that gives a chain its name, typ and inriktning.
    pub fn forsta(&self, kedja: KedjeNr) -> &Insats {
        &self.insatser[self.kedjor[kedja].forsta].insats
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deltagande_is_small() {
        assert!(size_of::<DeltagandeRad>() <= 32);
    }

    #[test]
    fn names_come_back() {
        let mut names = Names::default();
        ["D1", "", "D22"].iter().for_each(|name| names.push(name));
        assert_eq!([names.get(0), names.get(1), names.get(2), names.get(3)], ["D1", "", "D22", ""]);
    }
}
