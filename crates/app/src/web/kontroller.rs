//! What contradicts, is missing or late, with a link to where it is mended.

use super::grind::Visit;
use super::sida::{Answer, Page, show};
use super::tid::{Fragor, Tid};
use crate::access::{Action, Reach};
use crate::actions::kontrollera;
use crate::actions::ord::Ord;
use askama::Template;
use samsyn_core::{Finding, Severity};

#[derive(Template)]
#[template(path = "kontroller/sida.html")]
struct Sida<'a> {
    page: Page,
    visit: &'a Visit,
    tid: &'a Tid,
    grupper: Vec<Grupp>,
    /// Whether the visitor can mend what is told.
    rattar: bool,
}

/// Findings that weigh the same.
struct Grupp {
    klass: &'static str,
    rubrik: &'static str,
    fynd: Vec<Fynd>,
}

/// A finding, and where it is mended.
struct Fynd {
    plats: String,
    text: String,
    rad: String,
    lank: Option<(String, &'static str)>,
}

/// GET `/f/{forbund}/kontroller`
pub async fn sida(visit: Visit, asked: Fragor) -> Answer {
    let chosen = visit.chosen()?;
    let tid = Tid::new(&visit, &chosen, &asked).await?;
    let findings = kontrollera::kontrollera(&chosen, tid.period, tid.per).await?;
    let underlag = chosen.underlag(tid.per).await?;
    let ord = Ord::new(&underlag);
    let shown: Vec<(&Finding, Option<&str>)> = findings
        .iter()
        .map(|finding| (finding, insats_of(finding, &ord)))
        .filter(|(finding, insats)| reaches(&visit, finding, *insats))
        .collect();
    let group = |severity, klass, rubrik| Grupp {
        klass,
        rubrik,
        fynd: shown
            .iter()
            .filter(|(finding, _)| finding.severity == severity)
            .map(|(finding, insats)| told(&visit, &tid, &ord, finding, *insats))
            .collect(),
    };
    let groups = vec![
        group(Severity::Fel, "fel", "Motsägelser"),
        group(Severity::Varning, "varning", "Saknas eller är tveksamt"),
        group(Severity::Upplysning, "upplysning", "Att känna till"),
    ];
    let page = Page::new(&visit, "Kontroller", "kontroller");
    let grupper = groups.into_iter().filter(|group| !group.fynd.is_empty()).collect();
    let rattar = visit.rights.reach(Action::Importera) > Reach::Nothing;
    show(&Sida { page, visit: &visit, tid: &tid, grupper, rattar })
}

/// The file of a finding without its ending, and its key.
fn fact(finding: &Finding) -> Option<(&str, &str)> {
    let place = &finding.place;
    Some((place.file.as_deref()?.trim_end_matches(".csv"), place.key.as_deref()?))
}

/// The insats that a finding is about.
fn insats_of<'i>(finding: &'i Finding, ord: &Ord<'i>) -> Option<&'i str> {
    fact(finding).and_then(|(file, key)| ord.om(file, key))
}

/// A single inskrivning is told of only to those who may see it; one with own insatser sees what is about them.
fn reaches(visit: &Visit, finding: &Finding, insats: Option<&str>) -> bool {
    let people = finding.place.file.as_deref() == Some("deltagare.csv");
    if people && !visit.rights.all(Action::SeInskrivningar) {
        return false;
    }
    match visit.rights.reach(Action::SeKontroller) {
        Reach::All => true,
        Reach::Own => insats.is_some_and(|id| visit.rights.on(Action::SeKontroller, id)),
        Reach::Nothing => false,
    }
}

fn told(visit: &Visit, tid: &Tid, ord: &Ord<'_>, finding: &Finding, insats: Option<&str>) -> Fynd {
    let lank = match insats {
        Some(id) => Some((visit.url(&format!("insats/{id}?{}", tid.query())), "Till insatsen")),
        None if visit.rights.reach(Action::Importera) > Reach::Nothing => {
            Some((visit.url("import"), "Rätta i filen och läs in igen"))
        }
        None => None,
    };
    // A remedy is told to those who can follow it.
    let mends = visit.rights.reach(Action::Importera) > Reach::Nothing;
    let rad = if mends { ord.mening(&finding.hint) } else { String::new() };
    let plats = fact(finding).map_or_else(|| finding.place.to_string(), |(file, key)| ord.uppgift(file, key));
    Fynd { plats, text: ord.mening(&finding.message), rad, lank }
}
