//! What is left of a frozen part when inskrivningar are removed: every figure with its value, and how many facts behind
//! it have been removed and when.

use super::{Grupp, SIFFROR, Siffra, Siffror, UNDERLAG, json, oppnad, unzip};
use crate::Error;
use crate::actions::spara;
use samsyn_core::Fact;
use samsyn_core::deltagande::Deltagande;
use samsyn_document::Datum;
use samsyn_import::gallring::{self, Kvar};
use samsyn_import::package::ReceivedFile;
use samsyn_store::version::fryst::Del;
use std::collections::HashSet;

/// The form and the bytes of what is left of a part without these inskrivningar; `None` when it has none of them. Only
/// the figures and the underlag tell of single ones.
pub fn utan(part: &Del, ids: &HashSet<String>, now_ms: i64) -> Result<Option<(i64, Vec<u8>)>, Error> {
    match part.del.as_str() {
        name if name == SIFFROR.0 => figures(part, ids, Datum::of_ms(now_ms)),
        name if name == UNDERLAG.0 => package(part, ids),
        _ => Ok(None),
    }
}

fn figures(part: &Del, ids: &HashSet<String>, day: Datum) -> Result<Option<(i64, Vec<u8>)>, Error> {
    let mut all: Siffror = serde_json::from_slice(&unzip(&part.innehall)?)
        .map_err(|error| Error::Failure(format!("siffrorna kan inte läsas: {error}")))?;
    if !all.remove(ids, day) {
        return Ok(None);
    }
    let file = ReceivedFile { name: "siffror.json".to_owned(), bytes: json(&all)? };
    Ok(Some((SIFFROR.1, spara::zip(&[file])?)))
}

fn package(part: &Del, ids: &HashSet<String>) -> Result<Option<(i64, Vec<u8>)>, Error> {
    let (mut files, mut any) = (oppnad(&part.innehall)?, false);
    for file in &mut files {
        let left = match gallring::utan(&file.bytes, ids) {
            Kvar::Allt => continue,
            Kvar::Detta(left) => left,
            Kvar::Inget => Vec::new(),
        };
        (file.bytes, any) = (left, true);
    }
    Ok(if any { Some((part.form, spara::zip(&files)?)) } else { None })
}

impl Siffror {
    /// Removes the facts about these inskrivningar; each group tells how many. Whether there were any.
    fn remove(&mut self, ids: &HashSet<String>, day: Datum) -> bool {
        let kept: Vec<bool> =
            self.fakta.iter().map(|fact| fact.fil != Deltagande::RESOURCE || !ids.contains(&fact.nyckel)).collect();
        // The place of each fact that is kept among those that are.
        let mut next = 0;
        let places: Vec<Option<usize>> = kept
            .iter()
            .map(|kept| {
                next += usize::from(*kept);
                kept.then(|| next - 1)
            })
            .collect();
        let of_group = |group: &mut Grupp| {
            let before = group.fakta.len();
            group.fakta = group.fakta.iter().filter_map(|at| places.get(*at).copied().flatten()).collect();
            let removed = before - group.fakta.len();
            match group.gallrade.iter_mut().find(|(when, _)| *when == day) {
                Some((_, count)) => *count += removed,
                None if removed > 0 => group.gallrade.push((day, removed)),
                None => {}
            }
        };
        self.siffror.iter_mut().flat_map(|figure| &mut figure.grupper).for_each(of_group);
        let mut kept_too = kept.iter();
        self.fakta.retain(|_| kept_too.next().copied().unwrap_or(true));
        kept.contains(&false)
    }

    /// How many facts of each group behind a figure have been removed, and when; groups as in [`Siffror::fakta`].
    pub fn gallrade(&self, siffra: &Siffra) -> Vec<Vec<(Datum, usize)>> {
        siffra.grupper.iter().map(|group| group.gallrade.clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::Faktum;
    use super::*;
    use samsyn_document::{FigureId, Value};

    fn made() -> Siffror {
        let fact = |fil: &str, nyckel: &str| Faktum { fil: fil.into(), nyckel: nyckel.into(), text: nyckel.into() };
        let fakta =
            vec![fact("deltagare", "D1"), fact("insatser", "D1"), fact("deltagare", "D2"), fact("deltagare", "D3")];
        let grupp = |fakta: &[usize]| Grupp {
            rubrik: "Inskrivningar".into(),
            varde: Value::Antal(fakta.len() as i64),
            var_och_en: true,
            fakta: fakta.to_vec(),
            gallrade: Vec::new(),
        };
        let siffra = Siffra {
            id: FigureId::new("6", "summa", "pagaende_S"),
            namn: "Pågående".into(),
            varde: Value::Antal(4),
            dold: false,
            personer: true,
            regel: "Regel.".into(),
            grupper: vec![grupp(&[0, 1, 2, 3]), grupp(&[1]), grupp(&[2])],
        };
        Siffror { siffror: vec![siffra], fakta }
    }

    /// Låsta figures stay, and their trace then says "gallrad" and the date.
    #[test]
    fn the_count_still_explains_the_value() {
        let mut all = made();
        let (one, two) = (Datum::parse("2026-01-02").unwrap(), Datum::parse("2026-03-04").unwrap());
        assert!(all.remove(&["D1", "D9"].map(str::to_owned).into(), one));
        assert!(!all.remove(&["D1"].map(str::to_owned).into(), two));
        assert!(all.remove(&["D3"].map(str::to_owned).into(), one));
        assert!(all.remove(&["D2"].map(str::to_owned).into(), two));
        let figure = all.siffror[0].clone();
        let keys = |group: &samsyn_core::calc::FactGroup| {
            group.facts.iter().map(|fact| format!("{} {}", fact.noun, fact.key)).collect::<Vec<_>>()
        };
        let left: Vec<_> = all.fakta(&figure).iter().map(keys).collect();
        assert_eq!(left, [vec!["insatser D1"], vec!["insatser D1"], vec![]]);
        assert_eq!(all.gallrade(&figure), [vec![(one, 2), (two, 1)], vec![], vec![(two, 1)]]);
        assert_eq!((figure.varde, all.fakta(&all.siffror[0])[0].value.clone()), (Value::Antal(4), Value::Antal(4)));
        assert!(!serde_json::to_string(&all).unwrap().contains("D3"));
    }

    #[test]
    fn what_was_frozen_before_is_read() {
        let mut text = serde_json::to_value(made()).unwrap();
        assert!(text["siffror"][0]["grupper"][0].get("gallrade").is_none());
        text["siffror"][0]["grupper"][0].as_object_mut().unwrap().remove("gallrade");
        let read: Siffror = serde_json::from_value(text).unwrap();
        assert_eq!(read.gallrade(&read.siffror[0])[0], []);
    }
}
