//! What has changed between two kännedomsdatum: the figures, and the facts that changed them.

use super::andrad::{Andrad, Uppgift};
use super::grind::Visit;
use super::sida::{Answer, Page, show, show_wrong};
use super::tid::{Fragor, Tid, day};
use crate::access::Action;
use crate::actions::ord::Ord;
use crate::actions::siffra;
use crate::actions::skillnad::{self, Changed, ChangedFact};
use askama::Template;
use samsyn_document::{Datum, format};

#[derive(Template)]
#[template(path = "rapport/skillnad.html")]
struct Sida<'a> {
    page: Page,
    visit: &'a Visit,
    tid: &'a Tid,
    fran: Option<Datum>,
    jamfort: bool,
    /// Whether the days stand in the wrong order.
    bakvant: bool,
    dold: bool,
    andrade: Vec<Andrad>,
}

/// GET `/f/{forbund}/skillnad`
pub async fn sida(visit: Visit, asked: Fragor) -> Answer {
    let chosen = visit.chosen()?;
    let tid = Tid::new(&visit, &chosen, &asked).await?;
    let from = day(&asked, "fran")?;
    let sees = visit.rights.all(Action::SeInskrivningar);
    let bakvant = from.is_some_and(|from| from > tid.per);
    let changed = match from {
        Some(from) if !bakvant => skillnad::skillnad(&chosen, tid.period, from, tid.per).await?,
        _ => Vec::new(),
    };
    let underlag = chosen.underlag(tid.per).await?;
    let ord = Ord::new(&underlag);
    let shown: Vec<Andrad> = changed.iter().map(|figure| told(&visit, &tid, &ord, figure, sees)).collect();
    let people = changed.iter().flat_map(|figure| &figure.facts).any(|fact| !siffra::visas(fact.noun, false));
    if sees && people {
        visit.log("läsning av inskrivningar", &format!("skillnad, {}", tid.halvar_i_ord())).await?;
    }
    let view = Sida {
        page: Page::new(&visit, "Vad har ändrats?", "rapport"),
        fran: from,
        jamfort: from.is_some(),
        bakvant,
        dold: chosen.withheld,
        andrade: shown,
        visit: &visit,
        tid: &tid,
    };
    if bakvant { show_wrong(&view) } else { show(&view) }
}

fn told(visit: &Visit, tid: &Tid, ord: &Ord<'_>, changed: &Changed, sees: bool) -> Andrad {
    let (shown, hidden): (Vec<&ChangedFact>, Vec<&ChangedFact>) =
        changed.facts.iter().partition(|fact| siffra::visas(fact.noun, sees));
    Andrad {
        namn: changed.namn.clone(),
        lank: Some(tid.siffra(visit, &changed.id)),
        fore: format::value(&changed.before),
        efter: format::value(&changed.after),
        fakta: shown.into_iter().map(|changed| fact(changed, ord)).collect(),
        dolda: hidden.len(),
    }
}

fn fact(changed: &ChangedFact, ord: &Ord<'_>) -> Uppgift {
    let how = match (&changed.before, &changed.after) {
        (None, _) => "Ny",
        (_, None) => "Borta",
        _ => "Ändrad",
    };
    Uppgift {
        ord: how,
        namn: ord.uppgift(changed.noun, &changed.key),
        fore: changed.before.clone().unwrap_or_default(),
        efter: changed.after.clone().unwrap_or_default(),
        vem: String::new(),
    }
}

impl Sida<'_> {
    fn fran_i_ord(&self) -> String {
        self.fran.map(format::long_date).unwrap_or_default()
    }
}
