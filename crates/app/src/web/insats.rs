//! One insats, and the list of all.

use super::figur::{self, Siffror};
use super::grind::Visit;
use super::sida::{Answer, Fail, Page, show};
use super::tid::{Fragor, Tid};
use crate::access::{Action, Reach};
use crate::actions::historik::{self, Historik};
use crate::actions::insats::{self, UtanLage};
use crate::actions::makulera;
use askama::Template;
use axum::extract::Path;
use samsyn_core::insats::{Insats, InsatsTyp};
use samsyn_core::insatsperiod::Insatsperiod;
use samsyn_document::{Belopp, Cell, Kvartal, format};

#[derive(Template)]
#[template(path = "insats/lista.html")]
struct Lista<'a> {
    page: Page,
    visit: &'a Visit,
    tid: &'a Tid,
    insatser: Vec<(Insats, Option<Insatsperiod>)>,
    far_andra: bool,
}

/// GET `/f/{forbund}/insatser`
pub async fn lista(visit: Visit, asked: Fragor) -> Answer {
    let chosen = visit.chosen()?;
    let tid = Tid::new(&visit, &chosen, &asked).await?;
    let insatser = insats::lista(&chosen, &visit.rights, tid.per).await?;
    let page = Page::new(&visit, "Insatser", "insatser");
    let far_andra = visit.rights.reach(Action::AndraInsats) > Reach::Nothing;
    show(&Lista { page, visit: &visit, tid: &tid, insatser, far_andra })
}

impl Lista<'_> {
    fn lage(&self, period: Option<&Insatsperiod>) -> &'static str {
        match period {
            None => "utan beslutad period",
            Some(period) if period.start > self.tid.per => "har inte startat",
            Some(period) if period.slut < self.tid.per => "avslutad",
            Some(_) => "pågår",
        }
    }
}

#[derive(Template)]
#[template(path = "insats/sida.html")]
struct Sida<'a> {
    page: Page,
    visit: &'a Visit,
    tid: &'a Tid,
    siffror: Siffror<'a>,
    sida: &'a insats::Sida,
    bild: String,
    historik: Vec<Historik>,
    far_andra: bool,
    far_bedoma: bool,
    far_makulera: bool,
    ser_inskrivningar: bool,
    far_skriva_in: bool,
    far_ta_bort: bool,
    sma_tal: bool,
}

/// GET `/f/{forbund}/insats/{insats}`
pub async fn sida(visit: Visit, Path((_, id)): Path<(String, String)>, asked: Fragor) -> Answer {
    let chosen = visit.chosen()?;
    let tid = Tid::new(&visit, &chosen, &asked).await?;
    let found = insats::sida(&chosen, &visit.rights, &id, tid.period, tid.per).await?;
    let sida = found.ok_or(Fail::NotFound)?;
    let bars: Vec<(Kvartal, i64, i64)> =
        sida.kvartal.iter().map(|row| (row.kvartal, row.kronor.0, row.kronor.1)).collect();
    let underlag = chosen.underlag(tid.per).await?;
    let page = Page::new(&visit, sida.insats.namn.clone(), "insatser");
    let view = Sida {
        page,
        visit: &visit,
        tid: &tid,
        siffror: Siffror::new(&visit, &tid),
        bild: figur::pengar_per_kvartal(&bars),
        historik: historik::of_insats(&chosen, &underlag, &id).await?,
        far_andra: visit.rights.on(Action::AndraInsats, &id),
        far_bedoma: visit.rights.on(Action::Bedoma, &id),
        ser_inskrivningar: visit.rights.on(Action::SeInskrivningar, &id),
        far_skriva_in: visit.rights.on(Action::SkrivInskrivning, &id),
        far_makulera: makulera::utan_uppgifter(&underlag, &id),
        far_ta_bort: visit.rights.on(Action::TaBortInskrivning, &id),
        sma_tal: chosen.withheld,
        sida: &sida,
    };
    show(&view)
}

impl Sida<'_> {
    fn adress(&self) -> String {
        format!("insats/{}", self.sida.insats.insats_id)
    }

    fn kronor(&self, amount: &Option<Belopp>) -> String {
        amount.map_or_else(String::new, |amount| format!("{} kr", format::kronor(amount)))
    }

    fn antal(&self, cell: &Cell) -> String {
        self.siffror.cell(cell)
    }

    fn kvartal(&self, kvartal: &Kvartal) -> String {
        format::capital(&format::kvartal(*kvartal))
    }

    /// Participants are counted for individinsatser only.
    fn individ(&self) -> bool {
        self.sida.insats.typ == InsatsTyp::Individ
    }

    /// The quarters whose report is missing, in a line.
    fn saknas(&self) -> Option<String> {
        let short = |quarter: &Kvartal| format::kvartal_kort(*quarter).replace(' ', "\u{a0}");
        let told: Vec<String> = self.sida.saknade.iter().map(short).collect();
        (!told.is_empty()).then(|| format!("{}.", format::list(&told)))
    }

    /// The quarter of an answer, where there is no room for words.
    fn kvartal_kort(&self, at: &usize) -> String {
        self.sida.rapporter.get(*at).map_or_else(String::new, |kvartal| format::kvartal_kort(*kvartal))
    }

    fn ord(&self, text: &Option<String>) -> String {
        text.clone().unwrap_or_default()
    }
}
