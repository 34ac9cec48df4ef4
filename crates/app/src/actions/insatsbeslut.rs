//! Deciding about an insats: to create, change, prolong or close it. Each is an event with who, when and why, and
//! nothing of what was known before is lost.

use crate::actions::forbund::Chosen;
use crate::{Error, clock};
use samsyn_core::insats::{Insats, InsatsTyp};
use samsyn_core::insatsperiod::Insatsperiod;
use samsyn_core::personnummer::contains_personnummer;
use samsyn_core::{Fact, Facts, Finding, Severity, kontroll};
use samsyn_store::{Signature, change};
use std::collections::BTreeMap;

/// What a form holds, by field; kept as typed so that a page can show it again.
pub type Form = BTreeMap<String, String>;

/// What is wrong with a form: the field, and what to do. The field is empty when it is about all of it.
pub type Wrong = Vec<(String, String)>;

/// The most characters of a field.
const LONGEST: usize = 500;

/// What a person wants to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beslut {
    /// A new insats with its first period.
    Skapa,
    /// Other facts about it.
    Andra,
    /// A new decided period: longer, shorter or moved.
    Period,
}

impl Beslut {
    /// The kind of event.
    fn slag(self) -> &'static str {
        match self {
            Beslut::Skapa => "ny insats",
            Beslut::Andra => "ändrad insats",
            Beslut::Period => "beslut om period",
        }
    }
}

/// The form without what must not stand on a page again.
pub fn without_personnummer(mut form: Form) -> Form {
    form.retain(|_, text| !contains_personnummer(text));
    form
}

/// The most bytes of a text that can be stored.
const MOST_BYTES: usize = 10_000;

/// Fields that are too long or hold a personnummer.
pub fn unfit(form: &Form, longest: usize) -> Wrong {
    let mut wrong = Wrong::new();
    let long = |text: &str| text.chars().count() > longest || text.len() > MOST_BYTES;
    for (field, _) in form.iter().filter(|(_, text)| long(text)) {
        let most = samsyn_document::format::number(i64::try_from(longest).unwrap_or(i64::MAX));
        wrong.push((field.clone(), format!("Texten är för lång. Skriv högst {most} tecken.")));
    }
    for (field, _) in form.iter().filter(|(_, text)| contains_personnummer(text)) {
        wrong.push((field.clone(), "Fältet innehåller ett personnummer. Ta bort det; inget har sparats.".to_owned()));
    }
    wrong
}

/// Carries out a decision. Says what is wrong with the form when it cannot be; nothing is stored then.
pub async fn besluta(chosen: &Chosen<'_>, what: Beslut, form: &Form, who: &str) -> Result<Result<(), Wrong>, Error> {
    let why = form.get("skal").map_or("", |why| why.trim());
    let mut wrong = Wrong::new();
    if why.is_empty() {
        wrong.push(("skal".to_owned(), "Skriv varför, eller vilket beslut det bygger på.".to_owned()));
    }
    wrong.extend(unfit(form, LONGEST));
    let mut rows = Facts::default();
    if what != Beslut::Period {
        rows.insatser.extend(parse::<Insats>(form, &mut wrong));
    }
    if what != Beslut::Andra {
        rows.insatsperioder.extend(parse::<Insatsperiod>(form, &mut wrong));
    }
    if !wrong.is_empty() {
        return Ok(Err(wrong));
    }
    let stored = samsyn_store::facts::current(chosen.db, &chosen.access).await?;
    wrong.extend(against(what, &stored, &rows));
    if !wrong.is_empty() {
        return Ok(Err(wrong));
    }
    let signature = Signature { who, why, now_ms: clock::now_ms() };
    change::change(chosen.db, &chosen.access, &rows, signature, what.slag()).await?;
    Ok(Ok(()))
}

/// The fields of an insats as a form shows them.
pub async fn form_of(chosen: &Chosen<'_>, id: &str) -> Result<Form, Error> {
    let stored = samsyn_store::facts::current(chosen.db, &chosen.access).await?;
    let mut form = Form::new();
    let insats = stored.insatser.iter().find(|insats| insats.insats_id.as_str() == id);
    let Some(insats) = insats else { return Ok(form) };
    for (at, field) in Insats::FIELDS.iter().enumerate() {
        form.insert((*field).to_owned(), insats.cell(at));
    }
    let of = stored.insatsperioder.iter().filter(|period| period.insats_id.as_str() == id);
    if let Some(period) = of.max_by_key(|period| period.beslutad) {
        form.insert("start".to_owned(), period.start.to_string());
        form.insert("slut".to_owned(), period.slut.to_string());
    }
    Ok(form)
}

/// Reads one noun's fields from the form.
pub fn parse<F: Fact>(form: &Form, wrong: &mut Wrong) -> Option<F> {
    let cell = |at: usize| form.get(F::FIELDS[at]).map_or("", String::as_str);
    let mut tell = |at: usize, error: samsyn_core::FieldError| {
        let text = if contains_personnummer(cell(at)) { "" } else { cell(at) };
        let said =
            if text.is_empty() { "Fältet är tomt.".to_owned() } else { format!("”{text}” {}.", error.what) };
        let hint = if text.is_empty() { "Fyll i det.".to_owned() } else { error.hint };
        let field = F::FIELDS[at].to_owned();
        if !wrong.iter().any(|(other, _)| *other == field) {
            wrong.push((field, format!("{said} {hint}")));
        }
    };
    F::parse(&cell, &mut tell)
}

/// What does not go together with what is stored.
fn against(what: Beslut, stored: &Facts, rows: &Facts) -> Wrong {
    let mut wrong = Wrong::new();
    let known = |id: &samsyn_core::Id| stored.insatser.iter().any(|insats| insats.insats_id == *id);
    for insats in &rows.insatser {
        match (what, known(&insats.insats_id)) {
            (Beslut::Skapa, true) => wrong.push((
                "insats_id".to_owned(),
                format!("Det finns redan en insats med id {}. Välj ett annat.", insats.insats_id),
            )),
            (Beslut::Andra, false) => wrong.push((String::new(), "Insatsen finns inte.".to_owned())),
            _ => {}
        }
    }
    for insats in rows.insatser.iter().filter(|insats| insats.typ != InsatsTyp::Individ && insats.inriktning.is_some())
    {
        let typ = insats.typ.text().to_lowercase();
        wrong.push(("inriktning".to_owned(), format!("En {typ} har ingen inriktning. Välj Ingen.")));
    }
    if let Some(before) = rows.insatser.iter().find_map(|insats| insats.redovisas_med.as_ref().filter(|id| !known(id)))
    {
        let told = format!("Det finns ingen insats med id {before}. Välj en i listan.");
        wrong.push(("redovisas_med".to_owned(), told));
    }
    let taken = what == Beslut::Skapa && !wrong.is_empty();
    for period in rows.insatsperioder.iter().filter(|_| !taken) {
        if period.slut < period.start {
            wrong.push(("slut".to_owned(), "Slutdagen ligger före startdagen.".to_owned()));
        }
        if period.beslutad > clock::today() {
            wrong.push(("beslutad".to_owned(), "Beslutsdagen ligger i framtiden.".to_owned()));
        }
        let same = |other: &&Insatsperiod| other.insats_id == period.insats_id && other.beslutad >= period.beslutad;
        if let Some(later) = stored.insatsperioder.iter().find(same) {
            let day = later.beslutad;
            wrong.push((
                "beslutad".to_owned(),
                format!("Det finns redan ett beslut från {day}. Ett nytt beslut måste ha en senare dag."),
            ));
        }
    }
    if wrong.is_empty() {
        wrong.extend(together(stored, rows));
    }
    wrong
}

/// Errors that the rows make together with what is stored and that were not there before, such as a cycle.
fn together(stored: &Facts, rows: &Facts) -> Wrong {
    let mut after = stored.clone();
    for insats in &rows.insatser {
        match after.insatser.iter_mut().find(|other| other.insats_id == insats.insats_id) {
            Some(other) => other.clone_from(insats),
            None => after.insatser.push(insats.clone()),
        }
    }
    after.insatsperioder.extend(rows.insatsperioder.iter().cloned());
    let before = kontroll::fel(stored);
    let new = kontroll::fel(&after).into_iter().filter(|finding| !before.contains(finding));
    let told = |finding: Finding| {
        let field = finding.place.column.clone().unwrap_or_default();
        (field, format!("{} {}", finding.message, finding.hint).trim().to_owned())
    };
    new.filter(|finding| finding.severity == Severity::Fel).map(told).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(fields: &[(&str, &str)]) -> Form {
        fields.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
    }

    /// What is wrong with a new insats beside those of the förbund, by field.
    fn judged(stored: &Facts, changes: &[(&str, &str)]) -> Vec<String> {
        let whole = [("insats_id", "ny"), ("namn", "Ny"), ("insatsagare", "Heby"), ("typ", "struktur")];
        let days = [("start", "2022-01-01"), ("slut", "2022-12-31"), ("beslutad", "2021-11-01")];
        let mut form = form(&[&whole[..], &days[..]].concat());
        form.extend(self::form(changes));
        let mut wrong = Wrong::new();
        let rows = Facts {
            insatser: parse::<Insats>(&form, &mut wrong).into_iter().collect(),
            insatsperioder: parse::<Insatsperiod>(&form, &mut wrong).into_iter().collect(),
            ..Facts::default()
        };
        if wrong.is_empty() {
            wrong = against(Beslut::Skapa, stored, &rows);
        }
        wrong.into_iter().map(|(field, _)| field).collect()
    }

    #[test]
    fn what_does_not_go_together_is_told_at_its_field() {
        let none = Facts::default();
        assert_eq!(judged(&none, &[]), Vec::<String>::new());
        assert_eq!(judged(&none, &[("inriktning", "arbetsnära")]), ["inriktning"]);
        assert_eq!(judged(&none, &[("redovisas_med", "finns-ej")]), ["redovisas_med"]);
        assert_eq!(judged(&none, &[("slut", "2021-12-31")]), ["slut"]);
        assert_eq!(judged(&none, &[("beslutad", "2999-01-01")]), ["beslutad"]);
        let insats = parse::<Insats>(
            &form(&[("insats_id", "ny"), ("namn", "X"), ("insatsagare", "Y"), ("typ", "individ")]),
            &mut Wrong::new(),
        );
        let stored = Facts { insatser: insats.into_iter().collect(), ..Facts::default() };
        assert_eq!(judged(&stored, &[]), ["insats_id"], "a taken id is told once");
    }

    #[test]
    fn a_personnummer_is_never_quoted() {
        let mut wrong = Wrong::new();
        parse::<Insatsperiod>(&form(&[("start", "19121212-1212")]), &mut wrong);
        assert!(wrong.iter().all(|(_, text)| !text.contains("1212")), "{wrong:?}");
    }
}
