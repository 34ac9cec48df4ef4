//! What the rows of an uppföljningsfil change in the inskrivningar that are known. Nothing is removed: what is gone
//! from the file, and an exit that the file no longer has, are for a person to decide.

use super::Rad;
use super::nummer::{Nummer, kan_vara_namn, nummer, nyckel};
use crate::deltagande::{Deltagande, Kon};
use crate::{Finding, Id, Place};
use samsyn_document::Datum;
use std::collections::{HashMap, HashSet};

/// A row of the file and the inskrivning that it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Traff {
    /// The row.
    pub rad: u64,
    /// The inskrivning as it is known; `None` when it is new.
    pub fore: Option<Deltagande>,
    /// The inskrivning as the file has it.
    pub efter: Deltagande,
}

/// What a file changes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Jamforelse {
    /// Inskrivningar that are not known, in the order of the file.
    pub nya: Vec<Traff>,
    /// Those that the file has otherwise.
    pub andrade: Vec<Traff>,
    /// How many the file has as they are known.
    pub oforandrade: usize,
    /// Those whose exit is known and that have none in the file: `efter` is without it. Nothing happens to them until
    /// a person says so.
    pub utan_avslut: Vec<Traff>,
    /// Those that are known and no longer stand in the file. Nothing happens to them until a person says so.
    pub borta: Vec<Deltagande>,
    /// The inskrivning that each row of the file came to be, in their order; `None` for one that came to be none.
    pub ids: Vec<Option<Id>>,
    /// What is wrong or worth knowing: the row, in place of the column the field's name, and in place of a fact's key which
    /// of the rows it is, counted from nought: `#3`.
    pub findings: Vec<Finding>,
}

/// Compares the rows of an insats's file with the inskrivningar that are known, of all insatser and cancelled ones too.
/// What is new counts as registered on `dag`, unless the row tells another day.
///
/// A row is about the inskrivning with its number. Two insatser may use the same numbers: an id that is made here has
/// the insats's own before the number. Rows without a number are about the one with the same sex, year of birth and
/// first day, as far as there are any left; the rest are new and get the next numbers. One that is cancelled is found so
/// only beside another that is not: as the second of an inskrivning that was registered twice. A blank cell says nothing.
pub fn jamfor(insats: &Id, kanda: &[Deltagande], rader: &[Rad], dag: Datum) -> Jamforelse {
    let own: Vec<&Deltagande> = kanda.iter().filter(|known| known.insats_id == *insats).collect();
    let mut found = Jamforelse::default();
    let hits = hits(&own, rader);
    let taken: HashSet<&str> = hits.iter().flatten().map(|known| known.deltagande_id.as_str()).collect();
    let mut ids = Nummer::new(insats, kanda, rader.iter().filter_map(|rad| rad.nummer.as_deref()));
    for (nr, (rad, fore)) in rader.iter().zip(&hits).enumerate() {
        let told = found.findings.len();
        let mut id = fore.map(|known| known.deltagande_id.clone());
        match fore {
            Some(fore) if fore.makulerad.is_some() => {
                let told = "Inskrivningen är makulerad. Raden läses inte.";
                let place = place(rad, "deltagande_id");
                found.findings.push(if rad.nummer.is_some() {
                    Finding::note(place, told)
                } else {
                    Finding::warning(place, told, "Är det en annan person, så ge raden ett eget nummer.")
                });
            }
            Some(fore) => changed(&mut found, rad, fore, dag),
            None => {
                if let Some(efter) = new(&mut found, rad, insats, &mut ids, dag) {
                    like_cancelled(&mut found, rad, &own);
                    id = Some(efter.deltagande_id.clone());
                    found.nya.push(Traff { rad: rad.rad, fore: None, efter });
                }
            }
        }
        found.ids.push(id);
        found.findings.iter_mut().skip(told).for_each(|finding| finding.place.key = Some(format!("#{nr}")));
    }
    let gone = own.iter().filter(|known| known.makulerad.is_none() && !known.anonym);
    found.borta = gone.filter(|known| !taken.contains(known.deltagande_id.as_str())).map(|&d| d.clone()).collect();
    found
}

fn place(rad: &Rad, field: &str) -> Place {
    Place { row: Some(rad.rad), ..Place::default() }.column(field)
}

/// Tells of a row without a number that is new although one that is cancelled looks alike.
fn like_cancelled(found: &mut Jamforelse, rad: &Rad, own: &[&Deltagande]) {
    let Some(key) = Likhet::of_rad(rad).filter(|key| rad.nummer.is_none() && !key.0) else { return };
    let Some(known) = own.iter().find(|known| known.makulerad.is_some() && Likhet::of(known) == key) else { return };
    let message = format!(
        "En makulerad inskrivning, {}, har samma kön, födelseår och första dag. Raden läses som en ny.",
        nummer(known)
    );
    let hint = "Är det samma inskrivning, så ta bort raden ur listan.";
    found.findings.push(Finding::warning(place(rad, "inskriven"), message, hint));
}

/// The known inskrivning that each row is about.
fn hits<'k>(own: &[&'k Deltagande], rader: &[Rad]) -> Vec<Option<&'k Deltagande>> {
    let by_number: HashMap<String, &Deltagande> = own.iter().map(|&known| (nyckel(nummer(known)), known)).collect();
    let of_number = |rad: &Rad| by_number.get(&nyckel(rad.nummer.as_deref()?)).copied();
    let mut hits: Vec<Option<&Deltagande>> = rader.iter().map(of_number).collect();
    let mut taken: HashSet<&str> = hits.iter().flatten().map(|known| known.deltagande_id.as_str()).collect();
    // Of those that look alike one with the same exit is taken first, and one that is cancelled last.
    let mut alike: HashMap<Likhet, Vec<&Deltagande>> = HashMap::new();
    for known in own {
        alike.entry(Likhet::of(known)).or_default().push(known);
    }
    for (same_exit, cancelled) in [(true, false), (false, false), (false, true)] {
        let living: HashSet<Likhet> = hits.iter().flatten().map(|known| Likhet::of(known)).collect();
        for (rad, hit) in rader.iter().zip(&mut hits).filter(|(rad, hit)| rad.nummer.is_none() && hit.is_none()) {
            let Some(key) = Likhet::of_rad(rad).filter(|key| !cancelled || living.contains(key)) else { continue };
            let fits = |known: &&&Deltagande| {
                !taken.contains(known.deltagande_id.as_str())
                    && known.makulerad.is_some() == cancelled
                    && (!same_exit || known.utskriven == rad.utskriven)
            };
            if let Some(known) = alike.get(&key).and_then(|known| known.iter().find(fits)) {
                taken.insert(known.deltagande_id.as_str());
                *hit = Some(known);
            }
        }
    }
    hits
}

/// What tells one person from another when there are no numbers.
#[derive(PartialEq, Eq, Hash)]
struct Likhet(bool, Option<Kon>, Option<u16>, Datum);

impl Likhet {
    fn of(known: &Deltagande) -> Likhet {
        Likhet::new(known.anonym, known.kon, known.fodelsear, known.inskriven)
    }

    fn of_rad(rad: &Rad) -> Option<Likhet> {
        Some(Likhet::new(rad.anonym == Some(true), rad.kon, rad.fodelsear, rad.inskriven?))
    }

    /// Of one who is only counted nothing but the day is known.
    fn new(anonym: bool, kon: Option<Kon>, fodelsear: Option<u16>, inskriven: Datum) -> Likhet {
        if anonym { Likhet(true, None, None, inskriven) } else { Likhet(false, kon, fodelsear, inskriven) }
    }
}

fn new(found: &mut Jamforelse, rad: &Rad, insats: &Id, ids: &mut Nummer<'_>, dag: Datum) -> Option<Deltagande> {
    let Some(inskriven) = rad.inskriven else {
        let message = "Första dag saknas.";
        found.findings.push(Finding::error(
            place(rad, "inskriven"),
            message,
            "Skriv den dag då inskrivningen började.",
        ));
        return None;
    };
    let id = match &rad.nummer {
        Some(number) if kan_vara_namn(number) => {
            let hint = "Ge varje inskrivning ett löpnummer som inte säger vem det är.";
            let message = "Numret har ingen siffra och kan vara ett namn.";
            found.findings.push(Finding::error(place(rad, "deltagande_id"), message, hint));
            return None;
        }
        Some(number) => ids.of(number),
        None => {
            let number = ids.next_free();
            ids.of(&number)
        }
    };
    let Some(deltagande_id) = id else {
        let hint = "Skriv ett kort nummer, till exempel 7 eller 2022-07, som ingen annan inskrivning i insatsen har.";
        found.findings.push(Finding::error(place(rad, "deltagande_id"), "Numret kan inte användas.", hint));
        return None;
    };
    let known = rad.inskriven_registrerad.unwrap_or(dag);
    let blank = Deltagande {
        kon: rad.kon,
        fodelsear: rad.fodelsear,
        anonym: rad.anonym == Some(true),
        ..Deltagande::ny(deltagande_id, insats.clone(), inskriven, known)
    };
    with(found, rad, blank, dag)
}

fn changed(found: &mut Jamforelse, rad: &Rad, fore: &Deltagande, dag: Datum) {
    let other = |differs: bool| usize::from(differs);
    let differences = other(rad.kon.is_some_and(|kon| fore.kon.is_some_and(|old| old != kon)))
        + other(rad.fodelsear.is_some_and(|year| fore.fodelsear.is_some_and(|old| old != year)))
        + other(rad.inskriven.is_some_and(|day| day != fore.inskriven));
    if differences == 3 {
        let message = "Numret tillhör en annan inskrivning: kön, födelseår och första dag är andra än förut.";
        let hint = "Ge den nya inskrivningen ett eget nummer.";
        found.findings.push(Finding::error(place(rad, "deltagande_id"), message, hint));
        return;
    }
    if rad.inskriven.is_some_and(|day| day != fore.inskriven)
        && rad.fodelsear.is_some_and(|year| fore.fodelsear.is_some_and(|old| old != year))
    {
        let message = "Födelseår och första dag är andra än förut. Kanske är det en annan person.";
        let hint = "Har listan sorterats utan sina nummer ska den inte läsas in.";
        found.findings.push(Finding::warning(place(rad, "deltagande_id"), message, hint));
    }
    let mut efter = fore.clone();
    efter.kon = rad.kon.or(fore.kon);
    efter.fodelsear = rad.fodelsear.or(fore.fodelsear);
    efter.inskriven = rad.inskriven.unwrap_or(fore.inskriven);
    efter.inskriven_registrerad = rad.inskriven_registrerad.unwrap_or(fore.inskriven_registrerad);
    if rad.inskriven_registrerad.is_none() && efter.inskriven_registrerad < efter.inskriven {
        efter.inskriven_registrerad = dag;
    }
    efter.anonym = rad.anonym.unwrap_or(fore.anonym);
    let Some(efter) = with(found, rad, efter, dag) else { return };
    if fore.utskriven.is_some() && rad.utskriven.is_none() && !fore.anonym {
        let utan = Traff { rad: rad.rad, fore: Some(fore.clone()), efter: efter.utan_avslut() };
        found.utan_avslut.push(utan);
    }
    if efter == *fore {
        found.oforandrade += 1;
    } else {
        found.andrade.push(Traff { rad: rad.rad, fore: Some(fore.clone()), efter });
    }
}

/// The inskrivning with what the row says besides the first things; `None` when it is told why not.
fn with(found: &mut Jamforelse, rad: &Rad, mut to: Deltagande, dag: Datum) -> Option<Deltagande> {
    to.utbildning = rad.utbildning.or(to.utbildning);
    to.forsorjning_fore = rad.forsorjning_fore.or(to.forsorjning_fore);
    to.forsorjningstid_fore = rad.forsorjningstid_fore.or(to.forsorjningstid_fore);
    if rad.inskriven.is_some_and(|day| day > dag) {
        let message = format!("Första dagen ligger efter {dag}.");
        found.findings.push(Finding::error(
            place(rad, "inskriven"),
            message,
            "Ta med inskrivningen när den har börjat.",
        ));
        return None;
    }
    if to.anonym {
        if rad.utskriven.is_some() {
            let told = "En anonym räknas bara. Uppgifterna om avslut läses inte.";
            found.findings.push(Finding::note(place(rad, "utskriven"), told));
        }
        return Some(raknad(&to));
    }
    match (rad.utskriven, to.utskriven) {
        (Some(day), _) if day > dag => {
            let message = format!("Sista dagen ligger efter {dag}.");
            let hint = "Skriv avslutet när det har skett.";
            found.findings.push(Finding::error(place(rad, "utskriven"), message, hint));
            None
        }
        (None, None) => {
            without_exit(found, rad);
            Some(to)
        }
        (day, known) => {
            let first = known.is_none();
            to.utskriven = day.or(known);
            let told = rad.utskriven_registrerad;
            to.utskriven_registrerad =
                if first { Some(told.unwrap_or(dag)) } else { told.or(to.utskriven_registrerad) };
            // A last day that is moved on cannot have been known before it came.
            if told.is_none() && to.utskriven_registrerad < to.utskriven {
                to.utskriven_registrerad = Some(dag);
            }
            to.avslutsorsak = rad.avslutsorsak.or(to.avslutsorsak);
            to.arbete_omfattning = rad.arbete_omfattning.or(to.arbete_omfattning);
            to.arbete_subventionerat = rad.arbete_subventionerat.or(to.arbete_subventionerat);
            to.studerar = rad.studerar.or(to.studerar);
            to.arbetssokande = rad.arbetssokande.or(to.arbetssokande);
            to.plan_vid_avslut = rad.plan_vid_avslut.or(to.plan_vid_avslut);
            to.forsorjning_efter = rad.forsorjning_efter.or(to.forsorjning_efter);
            Some(to)
        }
    }
}

/// One who is only counted: nothing is kept but the number and the first day.
fn raknad(of: &Deltagande) -> Deltagande {
    let new = Deltagande::ny(of.deltagande_id.clone(), of.insats_id.clone(), of.inskriven, of.inskriven_registrerad);
    Deltagande { makulerad: of.makulerad, anonym: true, ..new }
}

/// A row about one who is not exited: a reason tells that the last day was forgotten, other facts are not read.
fn without_exit(found: &mut Jamforelse, rad: &Rad) {
    if rad.avslutsorsak.is_some() {
        let hint = "Skriv sista dagen, eller ta bort avslutsorsaken om deltagaren är kvar.";
        found.findings.push(Finding::error(place(rad, "utskriven"), "Avslutsorsak finns men inte sista dag.", hint));
        return;
    }
    let yes = |answer: Option<bool>| answer == Some(true);
    let said = [
        ("arbete_omfattning", rad.arbete_omfattning.is_some()),
        ("arbete_subventionerat", yes(rad.arbete_subventionerat)),
        ("studerar", yes(rad.studerar)),
        ("arbetssokande", yes(rad.arbetssokande)),
        ("plan_vid_avslut", yes(rad.plan_vid_avslut)),
        ("forsorjning_efter", rad.forsorjning_efter.is_some()),
    ];
    if let Some((field, _)) = said.into_iter().find(|(_, said)| *said) {
        let message = "Uppgift om hur det gick finns men ingen sista dag. Den läses inte.";
        let hint = "Skriv sista dagen om deltagaren har slutat.";
        found.findings.push(Finding::warning(place(rad, field), message, hint));
    }
}

#[cfg(test)]
mod tests;
