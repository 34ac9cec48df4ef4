//! All facts of one förbund, noun by noun, as a data package holds them.

use crate::aktivitet::Aktivitet;
use crate::avgiftsregel::Avgiftsregel;
use crate::avslutsantal::Avslutsantal;
use crate::avvikelse::Avvikelse;
use crate::bokslut::Bokslut;
use crate::budget::Budget;
use crate::deltagande::Deltagande;
use crate::folkmangd::Folkmangd;
use crate::forbund::Forbund;
use crate::historiskt_tal::HistorisktTal;
use crate::insats::Insats;
use crate::insatspart::Insatspart;
use crate::insatsperiod::Insatsperiod;
use crate::kommentar::Kommentar;
use crate::kontosaldo::Kontosaldo;
use crate::kostnadsstalle::Kostnadsstalle;
use crate::kvartalsrapport::Kvartalsrapport;
use crate::ljusval::Ljusval;
use crate::mal::Mal;
use crate::malutfall::Malutfall;
use crate::manadsantal::Manadsantal;
use crate::medlem::Medlem;
use crate::medlemsavgift::Medlemsavgift;
use crate::objektsaldo::Objektsaldo;
use crate::partskommentar::Partskommentar;
use crate::planpost::Planpost;
use crate::projektkoppling::Projektkoppling;
use crate::rapportstruktur::Rapportstruktur;
use crate::rekvisition::Rekvisition;
use crate::schablon::Schablon;
use crate::slutrapport::Slutrapport;
use crate::sparandesteg::Sparandesteg;
use crate::verksamhetsmal::Verksamhetsmal;

/// Calls a macro with every noun, `field: Type`, in the order of the data package: the one list that
/// import, store and export walk.
#[macro_export]
macro_rules! for_every_noun {
    ($do:ident) => {
        $do! {
            forbund: $crate::forbund::Forbund,
            medlemmar: $crate::medlem::Medlem,
            folkmangd: $crate::folkmangd::Folkmangd,
            avgiftsregler: $crate::avgiftsregel::Avgiftsregel,
            historiska_tal: $crate::historiskt_tal::HistorisktTal,
            insatser: $crate::insats::Insats,
            insatsperioder: $crate::insatsperiod::Insatsperiod,
            insatsparter: $crate::insatspart::Insatspart,
            budget: $crate::budget::Budget,
            rekvisitioner: $crate::rekvisition::Rekvisition,
            avvikelser: $crate::avvikelse::Avvikelse,
            kvartalsrapporter: $crate::kvartalsrapport::Kvartalsrapport,
            mal: $crate::mal::Mal,
            malutfall: $crate::malutfall::Malutfall,
            verksamhetsmal: $crate::verksamhetsmal::Verksamhetsmal,
            aktiviteter: $crate::aktivitet::Aktivitet,
            deltagare: $crate::deltagande::Deltagande,
            slutrapporter: $crate::slutrapport::Slutrapport,
            partskommentarer: $crate::partskommentar::Partskommentar,
            kommentarer: $crate::kommentar::Kommentar,
            ljusval: $crate::ljusval::Ljusval,
            manadsantal: $crate::manadsantal::Manadsantal,
            avslutsantal: $crate::avslutsantal::Avslutsantal,
            medlemsavgifter: $crate::medlemsavgift::Medlemsavgift,
            planposter: $crate::planpost::Planpost,
            sparandesteg: $crate::sparandesteg::Sparandesteg,
            bokslut: $crate::bokslut::Bokslut,
            kontosaldon: $crate::kontosaldo::Kontosaldo,
            objektsaldon: $crate::objektsaldo::Objektsaldo,
            rapportstruktur: $crate::rapportstruktur::Rapportstruktur,
            projektkopplingar: $crate::projektkoppling::Projektkoppling,
            kostnadsstallen: $crate::kostnadsstalle::Kostnadsstalle,
            schabloner: $crate::schablon::Schablon,
        }
    };
}

/// The noun whose file in a data package has this name, with the names of its fields; `None` when there is none.
pub fn resource(name: &str) -> Option<(&'static str, &'static [&'static str])> {
    let mut found = None;
    macro_rules! look {
        ($($field:ident: $type:ty,)+) => { $(
            if <$type as crate::Fact>::RESOURCE == name {
                found = Some((<$type as crate::Fact>::RESOURCE, <$type as crate::Fact>::FIELDS));
            }
        )+ };
    }
    for_every_noun!(look);
    found
}

/// Rows of every noun, in the order of their files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// The förbund itself: one row.
    pub forbund: Vec<Forbund>,
    /// Members.
    pub medlemmar: Vec<Medlem>,
    /// Population.
    pub folkmangd: Vec<Folkmangd>,
    /// Rules for member fees.
    pub avgiftsregler: Vec<Avgiftsregel>,
    /// Figures from publications.
    pub historiska_tal: Vec<HistorisktTal>,
    /// Insatser.
    pub insatser: Vec<Insats>,
    /// Decided periods.
    pub insatsperioder: Vec<Insatsperiod>,
    /// Parties.
    pub insatsparter: Vec<Insatspart>,
    /// Budget per quarter.
    pub budget: Vec<Budget>,
    /// Payment claims.
    pub rekvisitioner: Vec<Rekvisition>,
    /// Deviation reports.
    pub avvikelser: Vec<Avvikelse>,
    /// Quarterly reports.
    pub kvartalsrapporter: Vec<Kvartalsrapport>,
    /// Goals of insatser.
    pub mal: Vec<Mal>,
    /// Outcomes of goals.
    pub malutfall: Vec<Malutfall>,
    /// The board's goals.
    pub verksamhetsmal: Vec<Verksamhetsmal>,
    /// Activities.
    pub aktiviteter: Vec<Aktivitet>,
    /// Participations.
    pub deltagare: Vec<Deltagande>,
    /// Final reports.
    pub slutrapporter: Vec<Slutrapport>,
    /// What parties say of ended insatser.
    pub partskommentarer: Vec<Partskommentar>,
    /// The kansli's own comments.
    pub kommentarer: Vec<Kommentar>,
    /// Lights set by hand.
    pub ljusval: Vec<Ljusval>,
    /// Counts of enrolments per month.
    pub manadsantal: Vec<Manadsantal>,
    /// Counts of exits per month and reason.
    pub avslutsantal: Vec<Avslutsantal>,
    /// What members pay together, per year.
    pub medlemsavgifter: Vec<Medlemsavgift>,
    /// Posts of the board's plans.
    pub planposter: Vec<Planpost>,
    /// Recommended savings.
    pub sparandesteg: Vec<Sparandesteg>,
    /// Closings of the bookkeeping.
    pub bokslut: Vec<Bokslut>,
    /// Balances of accounts.
    pub kontosaldon: Vec<Kontosaldo>,
    /// Sums of cost centres and projects.
    pub objektsaldon: Vec<Objektsaldo>,
    /// Which line an account is shown on.
    pub rapportstruktur: Vec<Rapportstruktur>,
    /// Which insats a project is.
    pub projektkopplingar: Vec<Projektkoppling>,
    /// Which line a cost centre is.
    pub kostnadsstallen: Vec<Kostnadsstalle>,
    /// What support is reckoned to cost.
    pub schabloner: Vec<Schablon>,
}

impl Facts {
    /// The facts as known at the end of `per`, straight from a data package seen for the first time.
    /// What the store does with a first import, without a store; the two are tested to agree.
    pub fn known_at(&self, per: samsyn_document::Datum) -> Facts {
        let mut known = Facts::default();
        macro_rules! pick {
            ($($field:ident: $type:ty,)+) => {
                $(known.$field = latest_known(&self.$field, self, per.ends_ms());)+
            };
        }
        for_every_noun!(pick);
        known
    }
}

fn latest_known<F: crate::Fact>(rows: &[F], all: &Facts, at: i64) -> Vec<F> {
    let none = std::collections::HashMap::new();
    crate::known::plan(&none, Some(rows), all, true, 0)
        .add
        .into_iter()
        .filter(|version| version.known <= at && version.ended.is_none_or(|ended| ended > at))
        .map(|version| version.fact)
        .collect()
}
