//! What an insats leaves behind: its purpose, what was learnt, and what each party says.

use crate::actions::bedomning::{LONGEST, Skrivet, text};
use crate::actions::forbund::Chosen;
use crate::actions::insatsbeslut::{Form, Wrong, parse, unfit};
use crate::{Error, clock};
use samsyn_core::insats::Insats;
use samsyn_core::partskommentar::Partskommentar;
use samsyn_core::slutrapport::Slutrapport;
use samsyn_core::underlag::InsatsUnderlag;
use samsyn_core::{Fact, Facts};
use samsyn_document::{Datum, Halvar};
use samsyn_store::{Signature, change};
use std::fmt::Write;

/// The kind of event.
pub const SLAG: &str = "slutrapport";

/// The final report of an insats, as known today.
#[derive(Debug)]
pub struct Slut {
    /// The insats.
    pub insats: Insats,
    /// Its last day, when one is decided.
    pub sista_dag: Option<Datum>,
    /// What is stored.
    pub rapport: Option<Slutrapport>,
    /// Its parties and others who have commented, each with what it says.
    pub parter: Vec<(String, Option<Partskommentar>)>,
}

/// The parties of an insats and others who have commented, each with what it says.
pub fn parter(of: &InsatsUnderlag) -> Vec<(String, Option<Partskommentar>)> {
    let others = of.partskommentarer.iter().map(|said| &said.part).filter(|part| !of.parter.contains(part));
    let said = |part: &String| of.partskommentarer.iter().find(|said| said.part == *part).cloned();
    of.parter.iter().chain(others).map(|part| (part.clone(), said(part))).collect()
}

/// Whether an insats has ended at the end of a half-year, or by today's.
pub fn behovs(of: &InsatsUnderlag, halvar: Halvar) -> bool {
    let last = Halvar::of(clock::today()).map_or(halvar.last(), |now| now.last().max(halvar.last()));
    of.slutrapport.is_some() || of.period().is_some_and(|period| period.slut <= last)
}

/// What there is of an insats; nothing when there is no such insats.
pub async fn las(chosen: &Chosen<'_>, id: &str) -> Result<Option<Slut>, Error> {
    let underlag = chosen.underlag(clock::today()).await?;
    let of = underlag.insats_nr(id).map(|nr| &underlag.insatser[nr]);
    Ok(of.map(|of| Slut {
        insats: of.insats.clone(),
        sista_dag: of.period().map(|period| period.slut),
        rapport: of.slutrapport.clone(),
        parter: parter(of),
    }))
}

/// The name of a party's field in the form: letters, digits and underscores, different for different parties.
pub fn falt(part: &str) -> String {
    let mut name = String::from("part-");
    for byte in part.bytes() {
        if byte.is_ascii_alphanumeric() {
            name.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(name, "_{byte:02x}");
        }
    }
    name
}

impl Slut {
    /// Whether there is something to change.
    pub fn finns(&self) -> bool {
        self.rapport.is_some() || self.parter.iter().any(|(_, said)| said.is_some())
    }

    /// What is stored, as the form holds it.
    pub fn form(&self) -> Form {
        let mut form = Form::new();
        for (at, field) in Slutrapport::FIELDS.iter().enumerate() {
            form.insert((*field).to_owned(), self.rapport.as_ref().map_or_else(String::new, |report| report.cell(at)));
        }
        let said =
            |said: &Option<Partskommentar>| said.as_ref().map_or_else(String::new, |said| said.kommentar.clone());
        form.extend(self.parter.iter().map(|(part, comment)| (falt(part), said(comment))));
        form
    }

    /// Stores what the form says, and takes away what is empty; whether anything changed. Says what is wrong when it
    /// cannot be.
    pub async fn spara(&self, chosen: &Chosen<'_>, form: &Form, who: &str) -> Result<Result<bool, Wrong>, Error> {
        let (rows, ended) = match self.written(form) {
            Ok(written) => written,
            Err(wrong) => return Ok(Err(wrong)),
        };
        let why = text(form, "skal").unwrap_or_else(|| "Slutrapport".to_owned());
        let signature = Signature { who, why: &why, now_ms: clock::now_ms() };
        let done = change::change_and_end(chosen.db, &chosen.access, &rows, &ended, signature, SLAG).await?;
        Ok(Ok(done.event.is_some()))
    }

    /// The facts that a form leads to, and those that it ends.
    fn written(&self, form: &Form) -> Result<Skrivet, Wrong> {
        let mut wrong = unfit(form, LONGEST);
        let mut cells: Form = ["syfte", "lardomar", "inkommen"]
            .into_iter()
            .filter_map(|field| Some((field.to_owned(), text(form, field)?)))
            .collect();
        let empty = !["syfte", "lardomar"].iter().any(|field| cells.contains_key(*field));
        cells.insert("insats_id".to_owned(), self.insats.insats_id.to_string());
        let (mut rows, mut ended) = (Facts::default(), Vec::new());
        rows.slutrapporter.extend(parse::<Slutrapport>(&cells, &mut wrong));
        for report in &rows.slutrapporter {
            if report.inkommen.is_some_and(|day| day > clock::today()) {
                wrong.push((
                    "inkommen".to_owned(),
                    "Dagen ligger i framtiden. Skriv den dag rapporten kom in.".to_owned(),
                ));
            }
            if empty && report.inkommen.is_some() {
                wrong.push(("inkommen".to_owned(), "Fyll i syfte eller lärdomar, eller lämna dagen tom.".to_owned()));
            }
        }
        for (part, said) in &self.parter {
            match (text(form, &falt(part)), said) {
                (Some(kommentar), _) => {
                    let (insats_id, part) = (self.insats.insats_id.clone(), part.clone());
                    rows.partskommentarer.push(Partskommentar { insats_id, part, kommentar });
                }
                (None, Some(said)) => ended.push((Partskommentar::RESOURCE, said.key())),
                (None, None) => {}
            }
        }
        if empty {
            rows.slutrapporter.clear();
            ended.extend(self.rapport.iter().map(|report| (Slutrapport::RESOURCE, report.key())));
        }
        if wrong.is_empty() && rows == Facts::default() && ended.is_empty() {
            wrong.push(("syfte".to_owned(), "Fyll i minst ett fält.".to_owned()));
        }
        if self.finns() && text(form, "skal").is_none() {
            wrong.push(("skal".to_owned(), "Skriv varför slutrapporten ändras.".to_owned()));
        }
        if wrong.is_empty() { Ok((rows, ended)) } else { Err(wrong) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_party_has_a_field_of_its_own() {
        let names: Vec<String> = ["Östhammar", "Asthammar", "Region A", "Region_A", "Region-A"].map(falt).to_vec();
        let mut distinct = names.clone();
        distinct.sort();
        distinct.dedup();
        assert_eq!(distinct.len(), names.len(), "{names:?}");
        assert!(names.iter().all(|name| name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b))));
    }
}
